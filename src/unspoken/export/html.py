"""A page of its own: one file, nothing from anywhere else, the point of view switchable.

Without JavaScript it shows the main reading. With it, buttons and keys change the eyes, and the
reader stays at the same moment of the story. Style and script stand beside this file.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files

from unspoken.export.edition import IN_TURN, REPLAY, Edition, Reading
from unspoken.export.markup import prose, title_block


def write(edition: Edition) -> str:
    """The page. Every reading is in it, all but the main one hidden."""
    here = files("unspoken.export")
    style = (here / "page.css").read_text(encoding="utf-8").strip()
    script = (here / "page.js").read_text(encoding="utf-8").strip()
    several = len(edition.readings) > 1
    readings = "\n".join(_reading(one, edition) for one in edition.readings)
    description = edition.note or edition.title
    return f"""<!DOCTYPE html>
<html lang="{edition.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Unspoken {escape(edition.version)}">
<meta name="description" content="{escape(description)}">
<meta name="color-scheme" content="light dark">
<title>{escape(edition.title)}</title>
<style>
{style}
</style>
</head>
<body>
<header>
{title_block(edition)}
</header>
{_buttons(edition) if several else ""}
<main>
{readings}
</main>
<footer>
<p>{escape(edition.colophon)}</p>
</footer>
{f"<script>{chr(10)}{script}{chr(10)}</script>" if several else ""}
</body>
</html>
"""


def _buttons(edition: Edition) -> str:
    """One for each reading; hidden until the script that they need is there."""
    buttons = "\n".join(
        f'<button type="button" data-eyes="{one.key}" aria-controls="through-{one.key}" '
        f'aria-pressed="{"true" if one is edition.main else "false"}">{escape(one.label)}</button>'
        for one in edition.readings
    )
    return f"""<nav aria-label="Point of view" hidden>
<div role="group" aria-label="Through whose eyes">
{buttons}
</div>
</nav>
<p class="spoken" role="status" aria-live="polite"></p>"""


def _reading(reading: Reading, edition: Edition) -> str:
    is_main = reading is edition.main
    several = len(edition.readings) > 1
    timed = several and reading.key != REPLAY  # there a moment stands in several places
    label = f' aria-label="{escape(reading.label)}"' if several else ""
    return (
        f'<article id="through-{reading.key}"{label}{"" if is_main else " hidden"}>\n'
        f"{prose(reading.paragraphs, turns=reading.key == IN_TURN, timed=timed)}\n</article>"
    )
