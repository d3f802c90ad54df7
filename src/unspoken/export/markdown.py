"""Markdown, as CommonMark has it (spec.commonmark.org, 0.31), careful of GitHub's extensions.

Any punctuation mark of ASCII may have a backslash before it; those that could mean something have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from unspoken.export.edition import Edition
from unspoken.export.texts import Run

_ALWAYS = re.compile(r"([\\`*_\[\]<>&~|^$@{}#])")
_AT_START = re.compile(r"^([-+=:!]|\d{1,9}(?=[.)]))")
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=[wW])\.(?=[^\s])")
"""What GitHub would make a link of: a scheme's colon, the dot after www."""


def write(edition: Edition) -> str:
    """The main reading, thoughts in italics; the apparatus as a list under the title."""
    blocks = [f"# {escaped(edition.title)}"]
    if edition.note:
        blocks.append(f"*{escaped(edition.note)}*")
    if edition.rows:
        blocks.append("\n".join(f"- **{name}:** {escaped(said)}" for name, said in edition.rows))
    blocks.append("---")
    for paragraph in edition.main.paragraphs:
        if paragraph.heading:
            blocks.append(f"## {escaped(paragraph.heading)}")
        blocks.append(inline(paragraph.runs))
    blocks += ["---", escaped(edition.colophon)]
    return "\n\n".join(blocks) + "\n"


def inline(runs: Sequence[Run]) -> str:
    """Words as inline Markdown, at the beginning of a line. A thought is set off where asterisks
    beside it would be read as emphasis: with a space or nothing around it."""
    written = ""
    for place, run in enumerate(runs):
        text = escaped(run.text, first=not written)
        before = not written or written.endswith(" ")
        after = place + 1 == len(runs) or runs[place + 1].text.startswith(" ")
        written += f"*{text}*" if run.thought and before and after else text
    return written


def escaped(text: str, *, first: bool = True) -> str:
    """A text that means itself. ``first``: it may come first on its line."""
    text = _ADDRESS.sub(lambda found: f"\\{found[0]}", _ALWAYS.sub(r"\\\1", text))
    if not first:
        return text

    def marked(found: re.Match[str]) -> str:
        mark = found[0]
        # A backslash before a digit would be one: it goes before what follows the number.
        return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"

    return _AT_START.sub(marked, text)
