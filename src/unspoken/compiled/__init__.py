"""The numbered world: model -> numbers (FORMAT.md), and names for what comes back."""

from unspoken.compiled.number import VERSION, Numbering, number, number_expression

__all__ = ["VERSION", "Numbering", "number", "number_expression"]
