"""A story to be played, as a script of Ren'Py 8 (renpy.org/doc/html/text.html).

Every mind narrates with a character object of its own, so that a game can give it its own look. In
a text, ``\\`` stands before ``"`` and ``\\``; ``[``, ``{``, ``%`` and ``【`` are doubled.
"""

from __future__ import annotations

import re

from unspoken.export.edition import Edition
from unspoken.export.play import ABOUT, AGAIN, END, ONWARD, WHOSE, about, across
from unspoken.export.scenes import Part, parts, starts
from unspoken.export.texts import Line, slugs

_DOUBLED = re.compile(r"([\[{%【])")
_QUOTED = re.compile(r'([\\"])')
_INDENT = "    "


def write(edition: Edition) -> str:
    """A label for each part, a sentence a click, its form beside it."""
    found = parts(edition)
    begins = starts(found)
    minds = dict.fromkeys(
        line.mind
        for part in found
        for paragraph in part.paragraphs
        for line in paragraph.lines
        if line.mind is not None
    )
    keys = {mind: f"through_{key}" for mind, key in slugs(list(minds)).items()}
    lines = [f"# {said}" for said in about(edition)]
    lines += ["", *(f"define {key} = Character(None)" for key in keys.values())]
    several = len(begins) > 1
    target = "eyes" if several else begins[0][1]
    opening = [f"{{b}}{escaped(edition.title)}{{/b}}"]
    if edition.note:
        opening.append(f"{{i}}{escaped(edition.note)}{{/i}}")
    lines += ["", "label start:", *(_say(None, said) for said in opening)]
    lines.append(f"{_INDENT}jump unspoken_{target}")
    if several:
        choices = [(one.label, f"jump unspoken_{name}") for one, name in begins]
        lines += ["", "label unspoken_eyes:"]
        lines += _menu(WHOSE, [*choices, (ABOUT, "jump unspoken_about")])
        lines += ["", "label unspoken_about:"]
        lines += [_say(None, escaped(said)) for said in about(edition)]
        lines.append(f"{_INDENT}jump unspoken_eyes")
    for part in found:
        lines += ["", *_label(part, keys, several)]
    return "\n".join([*lines, "", f"# {edition.colophon}"]) + "\n"


def _label(part: Part, keys: dict[str, str], several: bool) -> list[str]:
    lines = [f"label unspoken_{part.name}:"]
    for paragraph in part.paragraphs:
        for line in paragraph.lines:
            who = keys[line.mind] if line.mind is not None else None
            lines.append(f"{_say(who, _words(line))}  # {line.form}")
    choices = [(across(other), f"jump unspoken_{name}") for other, name in part.across]
    if part.onward is None:
        again = [(AGAIN, "jump unspoken_eyes"), (END, "return")]
        lines += _menu("", [*choices, *again]) if several else [f"{_INDENT}return"]
    elif choices:
        lines += _menu("", [(ONWARD, f"jump unspoken_{part.onward}"), *choices])
    else:
        lines.append(f"{_INDENT}jump unspoken_{part.onward}")
    return lines


def _words(line: Line) -> str:
    return "".join(
        f"{{i}}{escaped(run.text)}{{/i}}" if run.thought else escaped(run.text) for run in line.runs
    )


def _say(who: str | None, text: str) -> str:
    return f'{_INDENT}{f"{who} " if who else ""}"{text}"'


def _menu(question: str, choices: list[tuple[str, str]]) -> list[str]:
    lines = [f"{_INDENT}menu:"]
    if question:
        lines.append(f'{_INDENT * 2}"{escaped(question)}"')
    for text, then in choices:
        lines += [f'{_INDENT * 2}"{escaped(text)}":', f"{_INDENT * 3}{then}"]
    return lines


def escaped(text: str) -> str:
    """A text that means itself between quotation marks."""
    text = _DOUBLED.sub(r"\1\1", _QUOTED.sub(r"\\\1", text))
    return text.replace("\u00a0", r"\u00a0")  # which Ren'Py would read as a plain space
