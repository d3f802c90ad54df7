"""What the type checker is told of the compiled engine is what the engine has."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import unspoken
from unspoken import _engine

STUB = ast.parse((Path(unspoken.__file__).parent / "_engine.pyi").read_text(encoding="utf-8"))
CLASSES = {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef)}


def members(node: ast.ClassDef) -> dict[str, list[tuple[str, bool]] | None]:
    """Each member of a stub's class: parameters of a method (and whether they may be left out),
    None for an attribute."""
    found: dict[str, list[tuple[str, bool]] | None] = {}
    for member in node.body:
        if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
            found[member.target.id] = None
        elif isinstance(member, ast.FunctionDef):
            arguments = member.args.args
            required = len(arguments) - len(member.args.defaults)
            parameters = [(a.arg, place >= required) for place, a in enumerate(arguments)]
            keywords = zip(member.args.kwonlyargs, member.args.kw_defaults, strict=True)
            parameters += [(a.arg, default is not None) for a, default in keywords]
            found[member.name] = parameters[1:]
    return found


def parameters(function: object) -> list[tuple[str, bool]]:
    assert callable(function)
    return [
        (name, parameter.default is not inspect.Parameter.empty)
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self"
    ]


def test_the_names_are_the_same() -> None:
    there = {name for name in vars(_engine) if not name.startswith("_")}
    assert there == set(CLASSES)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_members_and_their_parameters_are_the_same(name: str) -> None:
    compiled = getattr(_engine, name)
    if issubclass(compiled, Exception):
        return
    stated = members(CLASSES[name])
    constructor = stated.pop("__init__", None)
    there = {member for member in vars(compiled) if not member.startswith("__")}
    assert there == set(stated)
    for member, wanted in stated.items():
        found = getattr(compiled, member)
        assert callable(found) == (wanted is not None), member
        if wanted is not None:
            assert parameters(found) == wanted, member
    if constructor is not None:
        assert parameters(compiled) == constructor


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_what_is_final_cannot_be_extended(name: str) -> None:
    final = any(isinstance(d, ast.Name) and d.id == "final" for d in CLASSES[name].decorator_list)
    base = getattr(_engine, name)
    if final:
        with pytest.raises(TypeError):
            type("Extended", (base,), {})
    else:
        type("Extended", (base,), {})
