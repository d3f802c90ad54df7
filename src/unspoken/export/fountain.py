"""A screenplay in Fountain (fountain.io/syntax, 1.1).

Fountain has a mark for what looks like something else (``!`` before action, ``@`` before a name)
and a backslash for emphasis, but nothing to write ``[[``, ``/*``, or dialogue that begins like a
mark: there a word joiner, which nobody sees, stands between.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from unspoken.export.edition import Edition
from unspoken.export.screenplay import Element

JOINER = "\u2060"

_EMPHASIS = re.compile(r"[\\*_]")
_ESCAPED = r"\\\g<0>"
_IN_LINES = re.compile(r"\[(?=\[)|\](?=\])")
_IN_NOTES = re.compile(r"\[(?=\[)|\]")
_APART = rf"\g<0>{JOINER}"
_HEADING = re.compile(r"(int|ext|est|i/e)\b", re.IGNORECASE)
_ORDINARY = re.compile(r"[^\W\d_]|[“\u2018…]")
"""How a line begins that is nothing but what it says, unless it shouts."""


def write(edition: Edition) -> str:
    """Title page, then a scene for those who are there together, acts as action, speech as
    dialogue, thoughts of the story as voices over, other thoughts as notes."""
    blocks = [_title_page(edition)]
    scenes = _scenes(edition)
    begins = [time for time, _ in scenes]
    begun = -1
    for element in edition.screenplay:
        scene = max(bisect_right(begins, element.time) - 1, 0)
        if scene > begun:
            blocks.append(heading(scenes[scene][1]))
            begun = scene
        blocks.append(_block(element))
    blocks += ["> THE END <", note(edition.colophon)]
    return "\n\n".join(blocks) + "\n"


def _title_page(edition: Edition) -> str:
    said = [("Title", edition.title)]
    if authors := " and ".join(edition.said("author")):
        said += [("Credit", "written by"), ("Author", authors)]
    if edition.note:
        said.append(("Notes", edition.note))
    said += [(name, text) for name, text in edition.rows if name != "Author"]
    return "\n".join(f"{name}: {inline(text)}" for name, text in said)


def _scenes(edition: Edition) -> list[tuple[int, str]]:
    """When each scene begins, and who is in it: somebody new begins one, who leaves does not."""
    scenes: list[tuple[int, str]] = []
    there: frozenset[str] = frozenset()
    for shared in edition.shared:
        if not shared.minds <= there:
            there = shared.minds
            *others, last = (name for who, name in edition.names.items() if who in there)
            scenes.append((shared.time, f"{', '.join(others)} and {last}" if others else last))
    return scenes or [(0, edition.title)]


def _block(element: Element) -> str:
    match element.kind:
        case "action":
            return action(element.text)
        case "note":
            return note(element.text)
        case "speech":
            return dialogue(element.who, element.text, element.manner)
        case "voice":
            return dialogue(element.who, element.text, is_voice=True)


def heading(text: str) -> str:
    """A scene heading of any words."""
    text = inline(text.upper()).replace("#", f"#{JOINER}")
    return f".{text}" if text[:1].isalnum() else f".SCENE {text}"


def action(text: str) -> str:
    """A paragraph of action, marked as such where it would be taken for something else."""
    return inline(text) if _is_ordinary(text) else f"!{inline(text)}"


def _is_ordinary(text: str) -> bool:
    """Whether nobody takes this line for anything but what it says."""
    is_words = _ORDINARY.match(text) and not _HEADING.match(text)
    return bool(is_words) and text.upper() != text and not text.endswith(":")


def note(text: str) -> str:
    """A note, which is not printed."""
    return f"[[{_IN_NOTES.sub(_APART, _EMPHASIS.sub(_ESCAPED, text))}]]"


def dialogue(who: str, text: str, manner: str = "", *, is_voice: bool = False) -> str:
    """A character's name, how it is said, and the words; ``is_voice``: over the picture."""
    cue = re.sub(r"[^\w .'\u2019-]", " ", who.upper()).strip() or "SOMEBODY"
    plain = re.fullmatch(r"[A-Z][A-Z .'-]*", cue)
    lines = [f"{'' if plain else '@'}{cue}{' (V.O.)' if is_voice else ''}"]
    if manner:
        lines.append(f"({inline(manner)})")
    lines.append(inline(text) if _is_ordinary(text) else f"{JOINER}{inline(text)}")
    return "\n".join(lines)


def inline(text: str) -> str:
    """Words within a line, without emphasis, notes or comments."""
    return _IN_LINES.sub(_APART, _EMPHASIS.sub(_ESCAPED, text))
