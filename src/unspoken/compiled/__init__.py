"""The numbered world: model -> numbers (FORMAT.md), and names for what comes back."""

from unspoken.compiled.lower import lower, schemas_as_written
from unspoken.compiled.number import VERSION, Numbering, number, number_expression
from unspoken.compiled.odds import certain, odds_about

__all__ = [
    "VERSION",
    "Numbering",
    "certain",
    "lower",
    "number",
    "number_expression",
    "odds_about",
    "schemas_as_written",
]
