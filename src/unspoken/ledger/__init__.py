"""Ledgers: plain scenes, written down by hand, and who knows what in them.

    text -> reading -> Ledger -> course -> checks | record -> Chronicle -> matrix

Receives a text that a writer keeps beside a novel (LEDGER.md); hands on its findings, its
chronicle, and the matrix of who knows what. Simulates nothing: nobody acts of themselves here.
"""

from __future__ import annotations

from unspoken.ledger.checks import check
from unspoken.ledger.course import Course, course_of
from unspoken.ledger.findings import Exempted, Findings
from unspoken.ledger.model import Ledger
from unspoken.ledger.reading import read
from unspoken.ledger.record import chronicle_of

__all__ = [
    "Course",
    "Exempted",
    "Findings",
    "Ledger",
    "check",
    "chronicle_of",
    "course_of",
    "read",
]
