"""Generated ledgers: where every use is licensed, nothing is wrong; where the one telling that
licenses a use is taken out, exactly that is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from benchmarks.novels import novel
from unspoken import parse_ledger

PEOPLE = [f"Person{number}" for number in range(8)]


class Thread(Struct, frozen=True):
    """A fact on its way: seen by the first, whispered from each to the next, used by the last."""

    fact: str
    people: tuple[str, ...]

    def scenes(self) -> list[str]:
        first, *_, last = self.people
        told = [
            f"present: {one}, {other}\n{one} whispers to {other}: {self.fact}"
            for one, other in zip(self.people, self.people[1:], strict=False)
        ]
        return [
            f"present: {first}\nhappens: {self.fact}",
            *told,
            f"present: {last}\n{last} uses: {self.fact}",
        ]


@st.composite
def threads(draw: st.DrawFn) -> list[Thread]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        people = draw(st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=5, unique=True))
        found.append(Thread(f"deed {number} was done", tuple(people)))
    return found


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Thread], list[tuple[int, int, str]]]:
    """Threads, and their scenes mixed: of which thread, which of its scenes, its text."""
    found = draw(threads())
    waiting = {place: list(enumerate(one.scenes())) for place, one in enumerate(found)}
    mixed = []
    while waiting:
        place = draw(st.sampled_from(sorted(waiting)))
        number, text = waiting[place].pop(0)
        mixed.append((place, number, text))
        if not waiting[place]:
            del waiting[place]
    return found, mixed


def text_of(scenes: list[tuple[int, int, str]], told: list[int]) -> str:
    """Scenes that happen in this order, by their clocks, and are told in another."""
    text = f"people: {', '.join(PEOPLE)}\n"
    for clock in told:
        place, number, lines = scenes[clock]
        text += f"scene: thread {place} part {number}\nwhen: {clock}\n{lines}\n"
    return text


@given(ledgers(), st.data())
def test_licensed_uses(
    made: tuple[list[Thread], list[tuple[int, int, str]]], data: st.DataObject
) -> None:
    found, scenes = made
    told = data.draw(st.permutations(range(len(scenes))))
    assert parse_ledger(text_of(scenes, list(told))).findings == ()
    place = data.draw(st.sampled_from(range(len(found))))
    gone = data.draw(st.integers(1, len(found[place].people) - 1))  # one of its tellings
    left = [scene for scene in scenes if scene[:2] != (place, gone)]
    again = data.draw(st.permutations(range(len(left))))
    text = text_of(left, list(again))
    (missing,) = parse_ledger(text).findings
    assert missing.code == "cannot-know"
    assert missing.facts["who"] == found[place].people[gone]
    assert missing.span is not None
    following = scenes[scenes.index((place, gone + 1, found[place].scenes()[gone + 1]))][2]
    assert text.splitlines()[missing.span.line - 1] == following.splitlines()[1]


names = st.sampled_from(["Anna", "Ben", "Dora"])
facts = st.sampled_from(["P is so", "P is not so", "Q is so", "Anna knows that P is so"])
plain = st.sampled_from(["P is so", "P is not so", "Q is so"])
doings = st.one_of(
    st.builds("{} {}: {}".format, names, st.sampled_from(["uses", "learns", "forgets"]), facts),
    st.builds("{} {}: {}".format, names, st.sampled_from(["says", "lies", "believes"]), facts),
    st.builds("{} learns: {} (from {})".format, names, facts, names),
    st.builds("{}: {}".format, st.sampled_from(["happens", "revealed", "no longer"]), plain),
    st.builds("secret of {}: {}".format, names, plain),
    st.tuples(
        names, st.sampled_from(["tells", "lies to", "whispers to", "writes to"]), names, facts
    )
    .filter(lambda drawn: drawn[0] != drawn[2])
    .map(lambda drawn: "{} {} {}: {}".format(*drawn)),
    st.builds(
        "{} {}".format,
        names,
        st.sampled_from(["enters", "leaves", "wakes", "falls asleep", "hides", "comes out"]),
    ),
)
scenes = st.tuples(st.lists(names, min_size=1, unique=True), st.lists(doings, max_size=6))


@given(st.lists(scenes, min_size=1, max_size=4))
def test_what_is_meant_is_not_found(made: list[tuple[list[str], list[str]]]) -> None:
    """Where every line in which something is found says that it is meant, nothing is found, and
    everything that was is told with its reason."""
    lines = ["people: Anna, Ben, Dora", "contradict: P is so; Q is so"]
    for number, (present, said) in enumerate(made):
        lines += [f"scene: S{number}", f"present: {', '.join(present)}", *said]
    found = parse_ledger("\n".join(lines)).findings
    for one in found:
        assert one.span is not None
        number = one.span.line - 1
        lines[number] = lines[number].removesuffix(" (intended: x)") + " (intended: x)"
    novel = parse_ledger("\n".join(lines))
    assert novel.findings == ()
    assert [one.diagnostic.code for one in novel.intended] == [one.code for one in found]


def test_a_generated_novel_has_no_error() -> None:
    book = parse_ledger(novel(30, 8))
    assert len(book.ledger.scenes) == 30
    assert not [one for one in book.findings if one.severity == "error"]
    assert novel(30, 8) != novel(30, 8, seed=1)
