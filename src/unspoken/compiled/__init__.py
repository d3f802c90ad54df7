"""The numbered world: model -> numbers (FORMAT.md), and names for what comes back."""

from unspoken.compiled.lower import lower
from unspoken.compiled.number import VERSION, Numbering, number, number_expression

__all__ = ["VERSION", "Numbering", "lower", "number", "number_expression"]
