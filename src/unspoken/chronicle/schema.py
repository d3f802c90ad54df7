"""Whether a JSON value has the shape that ``schema.json`` says, and if not, where it first has not.

Reads as much of JSON Schema (2020-12) as that one file uses, so that the published schema is also
what the reader holds a file to. A keyword it does not know is an error here, not a hole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

Json = Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}

_SAID_ELSEWHERE = {"$schema", "$defs", "title", "description"}


@cache
def schema() -> Json:
    """The schema of a saved chronicle."""
    return json.loads((files("unspoken.chronicle") / "schema.json").read_text(encoding="utf-8"))


def misfit(value: Json) -> str | None:
    """The first place where a value is not what a chronicle has there; None: it fits."""
    return next(_misfits(value, schema(), "it"), None)


def _misfits(value: Json, rule: Json, place: str) -> Iterator[str]:
    for keyword, wanted in rule.items():
        match keyword:
            case "$ref":
                yield from _misfits(value, schema()["$defs"][wanted.rpartition("/")[2]], place)
            case "type":
                names = [wanted] if isinstance(wanted, str) else wanted
                if not any(_is(value, name) for name in names):
                    yield f"{place} should be {' or '.join(names)}"
                    return
            case "const" | "enum":
                known = wanted if keyword == "enum" else [wanted]
                if value not in known:
                    yield f"{place} should be one of {', '.join(map(str, known))}"
            case "minimum":
                if not isinstance(value, list) and value < wanted:
                    yield f"{place} should be {wanted} or more"
            case "minItems" | "maxItems":
                if (len(value) < wanted) == (keyword == "minItems") and len(value) != wanted:
                    yield f"{place} has {len(value)} parts"
            case "required":
                yield from (f"{place} lacks `{name}`" for name in wanted if name not in value)
            case "properties":
                for name in wanted:
                    if name in value:
                        yield from _misfits(value[name], wanted[name], f"`{name}` of {place}")
            case "additionalProperties":
                others = [name for name in value if name not in rule.get("properties", ())]
                for name in others:
                    if wanted is False:
                        yield f"{place} has an unknown part `{name}`"
                    else:
                        yield from _misfits(value[name], wanted, f"`{name}` of {place}")
            case "prefixItems":
                for number, (item, its_rule) in enumerate(zip(value, wanted, strict=False)):
                    yield from _misfits(item, its_rule, f"part {number} of {place}")
            case "items":
                for number, item in enumerate(value if isinstance(value, list) else ()):
                    yield from _misfits(item, wanted, f"part {number} of {place}")
            case _:
                assert keyword in _SAID_ELSEWHERE, f"schema.json says {keyword}, which is not read"


def _is(value: Json, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name])
