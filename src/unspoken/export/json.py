"""JSON: every sentence with its form, its mind and what it was made from (``schema.json``)."""

from __future__ import annotations

import json

from unspoken.chronicle.events import Event
from unspoken.export.edition import Edition, Reading
from unspoken.export.texts import Line

VERSION = 1
"""Of the form. A reader refuses a newer one."""


def write(edition: Edition) -> str:
    """The whole edition. ``events`` are those of the chronicle that sentences refer to."""
    options = edition.options
    data = {
        "unspoken_edition": VERSION,
        "unspoken": edition.version,
        "identifier": str(edition.identifier),
        "world": edition.world,
        "title": edition.title,
        "language": edition.language,
        "apparatus": [{"key": key, "texts": list(texts)} for key, texts in edition.apparatus],
        "telling": {
            "person": options.person,
            "tense": options.tense,
            "order": options.order,
            "hindsight": options.hindsight,
            "seed": options.seed,
            "words": options.words,
        },
        "readings": [_reading(one) for one in edition.readings],
        "events": list(map(_event, edition.events)),
        "colophon": edition.colophon,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "key": reading.key,
        "label": reading.label,
        "mind": reading.mind,
        "paragraphs": [
            {
                "mind": paragraph.mind,
                "heading": paragraph.heading or None,
                "flashback": paragraph.past,
                "sentences": [_line(line) for line in paragraph.lines],
            }
            for paragraph in reading.paragraphs
        ],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "text": line.text,
        "runs": [{"text": run.text, "thought": run.thought} for run in line.runs],
        "form": line.form,
        "mind": line.mind,
        "thinker": line.thinker,
        "speaker": line.speaker,
        "time": line.time,
        "events": list(line.events),
        "lines": list(line.sources),
    }


def _event(event: Event) -> dict[str, object]:
    return {
        "number": event.number,
        "time": event.time,
        "kind": event.kind,
        "who": event.who,
        "name": event.name,
        "arguments": list(event.arguments),
        "perceived_by": sorted(event.percepts),
        "line": event.line,
    }
