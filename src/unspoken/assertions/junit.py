"""Reports as JUnit XML, which continuous integration reads: a suite for each world, a case for each
test, its seeds among the suite's properties.

Receives reports, with how long each test took and when they were made; hands on bytes. The form is
that of the schemas of Ant and Jenkins at once: every attribute that either wants, in the order in
which Ant's wants the elements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree

from unspoken.assertions.results import Report, Result
from unspoken.seal import colophon, seal

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say."""

Took = Mapping[tuple[int, int], float]
"""Seconds, by the places of a report and of a result in it."""


def junit(reports: Sequence[Report], took: Took, made: datetime, version: str) -> bytes:
    """One document for all of them, sealed, so that the next may take its place."""
    root = ElementTree.Element("testsuites")
    for place, report in enumerate(reports):
        seconds = [took.get((place, number), 0.0) for number in range(len(report.results))]
        _suite(root, place, report, seconds, made)
    ElementTree.indent(root)
    data = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return seal(data + f"\n<!-- {colophon(version, 0)} -->\n".encode())


def _suite(
    root: ElementTree.Element,
    place: int,
    report: Report,
    seconds: Sequence[float],
    made: datetime,
) -> None:
    failed = sum(not result.holds for result in report.results)
    suite = _element(
        root,
        "testsuite",
        name=report.world,
        package="unspoken",
        id=str(place),
        timestamp=made.strftime("%Y-%m-%dT%H:%M:%S"),
        hostname="localhost",
        tests=str(len(report.results)),
        failures=str(failed),
        errors="0",
        time=f"{sum(seconds):.3f}",
    )
    properties = _element(suite, "properties")
    for result in report.results:
        seeds = " ".join(map(str, result.seeds))
        _element(properties, "property", name=f"seeds of {result.title}", value=seeds)
    for result, took in zip(report.results, seconds, strict=True):
        _case(suite, report, result, took)
    _element(suite, "system-out").text = _said("\n".join(_notes(report)))
    _element(suite, "system-err").text = ""


def _case(suite: ElementTree.Element, report: Report, result: Result, seconds: float) -> None:
    case = _element(
        suite, "testcase", name=result.title, classname=report.world, time=f"{seconds:.3f}"
    )
    if not result.holds:
        first = result.faults[0]
        failure = _element(case, "failure", message=first.message, type=first.code)
        failure.text = _said(result.text())


def _notes(report: Report) -> list[str]:
    notes = [f"{result.title}: {note}" for result in report.results for note in result.notes]
    return [*notes, *(["stopped before all were done"] if report.stopped else [])]


def _element(parent: ElementTree.Element, tag: str, /, **attributes: str) -> ElementTree.Element:
    said = {key: _said(value) for key, value in attributes.items()}
    return ElementTree.SubElement(parent, tag, said)


def _said(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
