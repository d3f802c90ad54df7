"""What is wrong or doubtful in a ledger: who says what they cannot know, and the like.

Receives a ledger's course; hands on ``Findings``. What the text as a whole shows is found here;
``along`` goes along the course, ``secrets`` keeps the secrets on the way.
"""

from __future__ import annotations

from collections.abc import Iterator

from unspoken.ledger.along import Along
from unspoken.ledger.course import Course
from unspoken.ledger.findings import Collector, Findings, about
from unspoken.ledger.model import Ledger, Line
from unspoken.ledger.order import story_order
from unspoken.ledger.phrases import form_of, near
from unspoken.ledger.reasons import names


def check(course: Course) -> Findings:
    """Everything that the checks find."""
    found = Collector(course.ledger)
    unclear = _phrases(course.ledger, found)
    _order(course.ledger, found)
    Along(course, found, unclear).walk()
    _unused(course.ledger, found, unclear)
    return found.findings()


def _phrases(ledger: Ledger, found: Collector) -> frozenset[str]:
    """Phrases that nearly are others: of those facts, nothing else is said."""
    unclear: set[str] = set()
    first: dict[str, Line] = {}
    counts: dict[str, int] = {}
    for line in _lines(ledger):
        if line.claim is not None:
            fact = line.claim.fact
            first.setdefault(fact, line)
            counts[fact] = counts.get(fact, 0) + 1
    words = {fact: form_of(fact).words for fact in first}
    people = frozenset(part.casefold() for name in ledger.people for part in name.split())
    facts = {form: fact for fact, form in words.items()}
    for form, other_form in near(words.values(), people).items():
        fact, other = facts[form], facts[other_form]
        if min(counts[fact], counts[other]) > 1:
            continue
        if counts[fact] > counts[other]:
            fact, other = other, fact
        line = first[fact]
        found.say(
            "nearly-another",
            line,
            line.about,
            [("other", about(first[other]))],
            fact=fact,
            other=other,
        )
        if line.intended is None:
            unclear |= {fact, other}
    return frozenset(unclear)


def _order(ledger: Ledger, found: Collector) -> None:
    scenes = ledger.scenes
    titles = [f"“{scene.title}”" for scene in scenes]
    for knot in story_order(scenes)[1]:
        scene = scenes[knot.scene]
        found.say(
            "order-cannot-be",
            scene,
            scene.moved.span if scene.moved is not None else None,
            scene=scene.title,
            side=knot.side,
            other=scenes[knot.other].title,
            why=knot.why.format(*titles),
        )


def _unused(ledger: Ledger, found: Collector, unclear: frozenset[str]) -> None:
    """What somebody learns, and nothing ever comes of."""
    learned: dict[str, Line] = {}
    used = set()
    for line in _in_story_order(ledger):
        if line.claim is None:
            continue
        if line.verb in ("learns", "knows"):
            learned.setdefault(line.claim.fact, line)
            if line.source not in ledger.people:
                continue
        if line.verb not in _NO_USE:
            used.add(line.claim.fact)
    for fact, line in learned.items():
        if fact not in used | unclear:
            found.say("never-used", line, line.about, who=names(line.who), fact=line.words)


_NO_USE = ("happens", "no longer", "secret", "forgets")


def _lines(ledger: Ledger) -> Iterator[Line]:
    """Every line about a fact, in the order of the text."""
    yield from ledger.known
    for scene in ledger.scenes:
        yield from scene.lines


def _in_story_order(ledger: Ledger) -> Iterator[Line]:
    yield from ledger.known
    for place in ledger.order:
        yield from ledger.scenes[place].lines
