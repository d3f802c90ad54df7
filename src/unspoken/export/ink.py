"""A story to be played, in Ink (github.com/inkle/ink, 1.2): one chooses through whose eyes.

A backslash before any mark makes it mean itself, in text, in choices and in tags.
"""

from __future__ import annotations

import re

from unspoken.export.edition import Edition
from unspoken.export.play import ABOUT, AGAIN, END, ONWARD, WHOSE, about, across
from unspoken.export.scenes import Part, parts, starts

_MARKS = re.compile(
    r"""[\\{}|~\#>\[\]]  # wherever they stand
      | (?<=/)[/*] | (?<=<)-  # as the second of a pair
      | ^[^\w“”]  # whatever a line could begin with
      | ^(?=(TODO|VAR|CONST|LIST|INCLUDE|EXTERNAL)\b)
    """,
    re.VERBOSE,
)


def write(edition: Edition) -> str:
    """Tags for the whole story, the question, a knot for each part. A paragraph is a line, with
    its mind and the forms of its sentences as tags."""
    found = parts(edition)
    begins = starts(found)
    tags = [f"# {key}: {escaped(', '.join(texts))}" for key, texts in edition.apparatus]
    if not edition.said("title"):
        tags.insert(0, f"# title: {escaped(edition.title)}")
    head = (
        [escaped(edition.title), escaped(edition.note)]
        if edition.note
        else [escaped(edition.title)]
    )
    several = len(begins) > 1
    knots = ["\n".join([*tags, "", *head, "-> eyes" if several else f"-> {begins[0][1]}"])]
    if several:
        choices = [f"+ [{escaped(one.label)}] -> {name}" for one, name in begins]
        knots.append("\n".join(["=== eyes ===", WHOSE, *choices, f"+ [{ABOUT}] -> about"]))
        listed = [escaped(line) for line in about(edition)]
        knots.append("\n".join(["=== about ===", *listed, "-> eyes"]))
    knots += (_knot(part, several) for part in found)
    return "\n\n".join([*knots, f"// {edition.colophon}"]) + "\n"


def _knot(part: Part, several: bool) -> str:
    lines = [f"=== {part.name} ==="]
    for paragraph in part.paragraphs:
        forms = ", ".join(paragraph.forms)
        mind = f" # mind: {escaped(paragraph.mind)}" if paragraph.mind else ""
        lines.append(f"{escaped(paragraph.text)}{mind} # form: {forms}")
    choices = [f"+ [{escaped(across(other))}] -> {name}" for other, name in part.across]
    if part.onward is None:
        again = [f"+ [{AGAIN}] -> eyes", f"+ [{END}] -> END"]
        lines += [*choices, *again] if several else ["-> END"]
    elif choices:
        lines += [f"+ [{ONWARD}] -> {part.onward}", *choices]
    else:
        lines.append(f"-> {part.onward}")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """A text that means itself, also at the beginning of a line."""
    return _MARKS.sub(lambda found: f"\\{found[0]}", text)
