"""EPUB 3.3 (w3.org/TR/epub-33): a title page, a chapter for each pair of eyes, one style sheet.

The archive is made of nothing but the edition: files in one order, one date, no dates of today.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from msgspec import Struct

from unspoken.export.edition import IN_TURN, Edition
from unspoken.export.markup import prose, title_block

DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every file: the first that an archive can have."""
MODIFIED = "1980-01-01T00:00:00Z"

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


class _Chapter(Struct, frozen=True):
    file: str
    heading: str
    body: str


def write(edition: Edition) -> bytes:
    """The book. The seal stands in the archive's comment: a file in it would be compressed."""
    chapters = list(_chapters(edition))
    style = (files("unspoken.export") / "book.css").read_text(encoding="utf-8")
    contents = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": _package(edition, chapters),
        "EPUB/nav.xhtml": _navigation(edition, chapters),
        "EPUB/style.css": style,
        "EPUB/title.xhtml": _title(edition),
        **{
            f"EPUB/{one.file}": _page(edition, one.heading, one.body, "bodymatter")
            for one in chapters
        },
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.comment = edition.colophon.encode()
        _add(archive, "mimetype", "application/epub+zip", ZIP_STORED)
        for name, text in contents.items():
            _add(archive, name, text, ZIP_DEFLATED)
    return buffer.getvalue()


def _add(archive: ZipFile, name: str, text: str, how: int) -> None:
    entry = ZipInfo(name, DATE)
    entry.compress_type = how
    entry.create_system = 0  # the same on every system
    archive.writestr(entry, text.encode())


def _chapters(edition: Edition) -> list[_Chapter]:
    several = len(edition.readings) > 1
    chapters = []
    for reading in edition.readings:
        heading = reading.label if several else edition.title
        shown = f"<h2>{escape(heading)}</h2>\n" if several else ""
        body = (
            f'<section epub:type="chapter" role="doc-chapter" aria-label="{escape(heading)}">\n'
            f"{shown}{prose(reading.paragraphs, turns=reading.key == IN_TURN, level=3)}\n</section>"
        )
        chapters.append(_Chapter(f"{reading.key}.xhtml", heading, body))
    return chapters


def _title(edition: Edition) -> str:
    # The seal is true of the whole archive, so the page in it says no more than who told it.
    told = edition.colophon.partition(", seal")[0] + "."
    body = (
        f'<section epub:type="titlepage" class="title">\n{title_block(edition)}\n'
        f'<p class="colophon">{escape(told)}</p>\n</section>'
    )
    return _page(edition, edition.title, body, "frontmatter")


def _page(edition: Edition, title: str, body: str, matter: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{edition.language}" xml:lang="{edition.language}">
<head>
<title>{escape(title)}</title>
<link rel="stylesheet" href="style.css"/>
</head>
<body epub:type="{matter}">
{body}
</body>
</html>
"""


def _navigation(edition: Edition, chapters: list[_Chapter]) -> str:
    items = "\n".join(
        f'<li><a href="{one.file}">{escape(one.heading)}</a></li>' for one in chapters
    )
    body = f"""<nav epub:type="toc" role="doc-toc">
<h2>{escape(edition.title)}</h2>
<ol>
{items}
</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden">
<ol>
<li><a epub:type="titlepage" href="title.xhtml">{escape(edition.title)}</a></li>
<li><a epub:type="bodymatter" href="{chapters[0].file}">{escape(chapters[0].heading)}</a></li>
</ol>
</nav>"""
    return _page(edition, edition.title, body, "frontmatter")


def _package(edition: Edition, chapters: list[_Chapter]) -> str:
    names = ["title.xhtml", *(one.file for one in chapters)]
    manifest = "\n".join(
        f'<item id="{name.removesuffix(".xhtml")}" href="{name}" '
        'media-type="application/xhtml+xml"/>'
        for name in names
    )
    spine = "\n".join(f'<itemref idref="{name.removesuffix(".xhtml")}"/>' for name in names)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" \
xml:lang="{edition.language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{_metadata(edition)}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""


def _metadata(edition: Edition) -> str:
    """Dublin Core, the apparatus in it, and what readers with other needs look for."""
    lines = [
        f'<dc:identifier id="id">urn:uuid:{edition.identifier}</dc:identifier>',
        f"<dc:title>{escape(edition.title)}</dc:title>",
        f"<dc:language>{edition.language}</dc:language>",
        f'<meta property="dcterms:modified">{MODIFIED}</meta>',
    ]
    lines += (f"<dc:creator>{escape(name)}</dc:creator>" for name in edition.said("author"))
    if edition.note:
        lines.append(f"<dc:description>{escape(edition.note)}</dc:description>")
    for key in ("fandom", "characters", "pairing", "tags"):
        lines += (f"<dc:subject>{escape(said)}</dc:subject>" for said in edition.said(key))
    for said in edition.said("rating"):
        lines.append(f'<meta property="dcterms:audience">{escape(said)}</meta>')
    for place, said in enumerate(edition.said("series")):
        lines.append(
            f'<meta property="belongs-to-collection" id="series{place}">{escape(said)}</meta>'
        )
        lines.append(f'<meta refines="#series{place}" property="collection-type">series</meta>')
    for name, value in (
        ("accessMode", "textual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", "Text alone, with a table of contents."),
    ):
        lines.append(f'<meta property="schema:{name}">{value}</meta>')
    return "\n".join(lines)
