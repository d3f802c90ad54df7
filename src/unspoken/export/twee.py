"""A story to be played, in Twee 3 (github.com/iftechfoundation/twine-specs), for Twine.

Nothing of one story format is used: links, ``em`` and character references mean the same in
SugarCube, Harlowe, Chapbook and Snowman. A character reference stands for every mark that could
mean something in any of them.
"""

from __future__ import annotations

import json
import re

from unspoken.export.edition import Edition
from unspoken.export.play import ABOUT, AGAIN, BACK, ONWARD, WHOSE, about, across
from unspoken.export.scenes import Part, parts, starts
from unspoken.export.texts import Paragraph

_SAFE = re.compile(
    r"""(?<=[^\W\d_])[,.:;!?'](?=[ ”\u2019]|$)  # a sentence's own marks
      | (?<=[^\W_])-(?=[^\W_])  # a hyphen
      | [^!-/:-@\[-`{-~]  # no mark of ASCII
    """,
    re.VERBOSE,
)


def write(edition: Edition) -> str:
    """Title, data, the question, a passage for each part, tagged with its mind and its forms."""
    found = parts(edition)
    begins = starts(found)
    several = len(begins) > 1
    data = {
        "ifid": str(edition.identifier).upper(),
        "format": "SugarCube",
        "format-version": "2.37.3",
        "start": "eyes",
    }
    lines = about(edition)
    head = [
        f"<strong>{escaped(lines[0])}</strong>",
        *map(escaped, lines[1:2] if edition.note else ()),
    ]
    links = (
        [link(one.label, name) for one, name in begins] if several else [link(ONWARD, begins[0][1])]
    )
    question = [WHOSE] if several else []
    passages = [
        ":: StoryTitle\n " + edition.title,  # the space: it might begin with colons
        ":: StoryData\n" + json.dumps(data, indent=2),
        _passage("eyes", "", [*head, *question, "\n".join([*links, link(ABOUT, "about")])]),
        *(_part(part) for part in found),
        _passage("about", "", [*map(escaped, lines), edition.colophon, link(BACK, "eyes")]),
    ]
    return "\n\n\n".join(passages) + "\n"


def _part(part: Part) -> str:
    links = [link(across(other), name) for other, name in part.across]
    if part.onward is None:
        links.append(link(AGAIN, "eyes"))
    else:
        links.insert(0, link(ONWARD, part.onward))
    forms = dict.fromkeys(form for paragraph in part.paragraphs for form in paragraph.forms)
    tags = " ".join([part.reading.key, *forms])
    return _passage(part.name, tags, [*map(_prose, part.paragraphs), "\n".join(links)])


def _passage(name: str, tags: str, blocks: list[str]) -> str:
    return f":: {name}{f' [{tags}]' if tags else ''}\n" + "\n\n".join(blocks)


def _prose(paragraph: Paragraph) -> str:
    return "".join(
        f"<em>{escaped(run.text)}</em>" if run.thought else escaped(run.text)
        for run in paragraph.runs
    )


def link(label: str, target: str) -> str:
    """A link. Its label is plain text to some formats, where no mark could be escaped: it has
    none."""
    words = " ".join(re.sub(r"[^\w ,.\u2019-]|_", " ", label).replace("--", " ").split())
    return f"[[{words or target}->{target}]]"


def escaped(text: str) -> str:
    """A text that means itself in every story format."""
    written = []
    place = 0
    while place < len(text):
        safe = _SAFE.match(text, place)
        written.append(text[place] if safe else f"&#{ord(text[place])};")
        place += 1
    return "".join(written)
