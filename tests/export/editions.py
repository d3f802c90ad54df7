"""Editions to be exported: of shipped stories, and of any texts at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

import unspoken
from unspoken.export import Edition, Line, Paragraph, Reading, Run
from unspoken.export.edition import Shared
from unspoken.export.screenplay import Element
from unspoken.export.texts import clean
from unspoken.story import Story
from unspoken.telling import Options


@cache
def story(name: str = "night_visit") -> Story:
    """A shipped story, planned once."""
    return unspoken.load(name).plan(first_only=True)


@cache
def edition(name: str = "night_visit", through: str | None = None) -> Edition:
    return story(name).edition(through)


STORIES = ["night_visit", "paste_diamonds", "wrong_bench"]

MARKS = (
    r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~【】“”… aB1é"""
    + "\u2019\u00a0\u2060\u2028\u200d\n\t\x00\x0b\ufeff\ufffe\U0001f642"
)
PIECES = [
    *("->", "<-", "<>", "//", "/*", "*/", "[[", "]]", "{{", "}}", "<<", ">>", "::", "--", "---"),
    *("INT. ", "TODO: ", "VAR x", "INCLUDE a", "CUT TO:", "FADE IN:", "# ", "1. ", "0. ", "- "),
    *("=== a ===", "&amp;", "&#58;", "<b>", "</p>", "<!--", "$name", "_temp", "[name]", "{i}"),
    *("%s", "%(a)s", "**", "__", "''", "@@", "~~", "^^", "http://a.b/c", "www.a.bc", "(if: true)"),
    *("\\", "\\n", '"""', "JOHN", "(softly)", "|a>", "?hook", "STOP", "Ada said", "a: b", "]]>"),
]
texts = (
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.text(MARKS, max_size=4), st.text(max_size=4)),
        min_size=1,
        max_size=8,
    )
    .map("".join)
    .map(clean)
    .filter(bool)
)
"""What an author might have written, as it stands in an edition: clean, and not nothing."""


def edition_of(said: Sequence[str], *, title: str = "A title", note: str = "") -> Edition:
    """An edition through Ada alone, in which each text is a sentence and a paragraph, and the last
    one a thought."""
    lines = [
        Line((Run(text, thought=place + 1 == len(said)),), "NV", "Ada", place)
        for place, text in enumerate(said)
    ]
    return Edition(
        world="texts",
        title=title,
        apparatus=(("title", (title,)), ("note", (note,)), ("tags", tuple(said))),
        readings=(Reading("ada", "Ada", "Ada", tuple(Paragraph("Ada", (one,)) for one in lines)),),
        names={"Ada": "Ada"},
        shared=tuple(Shared(place, frozenset({"Ada"})) for place in range(len(said))),
        events=(),
        screenplay=tuple(
            Element(kind, text, 0, "Ada")
            for text in said
            for kind in ("action", "speech", "voice", "note")
        ),
        options=Options(view="limited", through="Ada"),
        version="0.0.0",
    )


def told(edition: Edition) -> list[str]:
    """The paragraphs of the main reading."""
    return [paragraph.text for paragraph in edition.main.paragraphs]
