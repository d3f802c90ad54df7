"""Each check of a ledger: found where it is, not where it is not, exempted where it is meant."""

from __future__ import annotations

import pytest
from msgspec import Struct

from unspoken import parse_ledger
from unspoken.language import render


class Case(Struct, frozen=True):
    """A ledger below ``people:``; the line in it (from 1) that ``code`` is found in, if ``wrong``
    stands in the place of ``right``."""

    code: str
    text: str
    wrong: str
    right: str = ""


CASES = {
    "nobody told Ben": Case(
        "cannot-know",
        "scene: A\npresent: Anna, Dora\nhappens: it rains\nscene: B\npresent: Ben, Dora\n"
        "@\nBen leaves",
        "Ben uses: it rained",
        "Dora uses: it rained",
    ),
    "asleep while it is said": Case(
        "cannot-know",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben, Dora (asleep)\n"
        "Anna tells Ben: P is so\nDora wakes\n@",
        "Dora says: P is so",
        "Anna says: P is so (to herself)\nBen uses: P is so",
    ),
    "whispered beside her": Case(
        "cannot-know",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben, Dora\nAnna whispers to Ben: P is so\n@",
        "Dora uses: P is so",
        "Ben uses: P is so",
    ),
    "out of earshot": Case(
        "cannot-know",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben, Dora (out of earshot)\n"
        "happens: it rains\n"
        "Dora uses: it rained\nAnna tells Ben: P is so\n@",
        "Dora uses: P is so",
        "Ben uses: P is so",
    ),
    "on the telephone": Case(
        "cannot-know",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben (on the telephone)\nhappens: it rains\n"
        "Anna tells Ben: P is so\n@",
        "Ben uses: it rained",
        "Ben uses: P is so",
    ),
    "only suspected": Case(
        "cannot-know",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben\n@\nBen uses: P is so\n"
        "Anna uses: P is so",
        "Ben suspects: P is so",
        "Ben learns: P is so",
    ),
    "forgotten": Case(
        "cannot-know",
        "Anna knows: P is so\nscene: A\npresent: Anna\n@\nAnna uses: P is so",
        "Anna forgets: P is so",
        "Anna suspects: P is so",
    ),
    "told by somebody who has it from nobody": Case(
        "cannot-know",
        "@\nscene: A\npresent: Ben\nBen learns: P is so (from Anna)",
        "",
        "Anna knows: P is so",
    ),
    "in the order of the story": Case(
        "cannot-know",
        "scene: A\npresent: Anna\nAnna uses: it rained\nscene: B\n@\npresent: Anna\n"
        "happens: it rains",
        "after: A",
        "before: A",
    ),
    "another's knowledge": Case(
        "cannot-know",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben, Dora (hiding)\n"
        "Anna tells Ben: P is so\n@",
        "Anna uses: Dora knows that P is so",
        "Anna uses: Ben knows that P is so\nDora uses: Anna knows that P is so",
    ),
    "whose deed it was": Case(
        "cannot-know",
        "scene: A\npresent: Anna, Ben (hiding)\nhappens: @\nBen uses: Anna knows that it rained",
        "the lamp falls\nBen learns: it rained",
        "it rains",
    ),
    "a lie believed is something to go by": Case(
        "cannot-know",
        "scene: A\npresent: Anna, Ben\n@\nBen uses: P is so",
        "Anna suspects: P is so",
        "Anna lies to Ben: P is so",
    ),
    "not there": Case(
        "not-there",
        "Anna knows: P is so\nscene: A\npresent: @\nAnna tells Ben: P is so",
        "Anna",
        "Anna, Ben",
    ),
    "has left": Case(
        "not-there",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben\n@\nBen uses: P is so\n"
        "Anna says: P is so",
        "Anna tells Ben: P is so\nAnna leaves",
        "Anna tells Ben: P is so\nBen leaves\nBen enters\nBen leaves\nBen enters (hiding)",
    ),
    "asleep": Case(
        "not-there",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben (asleep)\n@\nAnna tells Ben: P is so",
        "happens: it rains",
        "Ben wakes",
    ),
    "too far to hear": Case(
        "not-there",
        "Anna knows: P is so\nscene: A\npresent: Anna, Ben\nBen steps aside\n@: P is so",
        "Anna tells Ben",
        "Anna writes to Ben",
    ),
    "nobody wakes who is awake": Case(
        "cannot-move", "scene: A\npresent: Ben@\nBen wakes", "", " (asleep)"
    ),
    "nobody enters twice": Case(
        "cannot-move", "scene: A\npresent: Anna, Ben\n@Ben enters", "", "Ben leaves\n"
    ),
    "a ring of scenes": Case(
        "order-cannot-be",
        "scene: A\nafter: B\npresent: Anna\nscene: B\n@: A\npresent: Anna",
        "after",
        "contradict",
    ),
    "against the clock": Case(
        "order-cannot-be",
        "scene: A\nwhen: 3\npresent: Anna\nscene: B\nwhen: @\nafter: A\npresent: Anna",
        "day 2",
        "day 4",
    ),
    "two that cannot be": Case(
        "contradiction",
        "contradict: P is so; Q is so\nscene: A\npresent: Anna\nhappens: P is so\n"
        "@happens: Q is so",
        "",
        "no longer: P is so\n",
    ),
    "denied": Case(
        "contradiction",
        "scene: A\npresent: Anna\nhappens: P is so\nAnna @: P is not so\nAnna uses: P is not so",
        "learns",
        "believes",
    ),
    "what happens can be new": Case(
        "contradiction",
        "scene: A\npresent: Anna\nAnna learns: P is not so\nAnna uses: P is not so\n@: P is so",
        "Anna learns",
        "happens",
    ),
    "from the beginning": Case(
        "contradiction",
        "Anna knows: P is so\nBen knows: @\nscene: A\npresent: Anna, Ben\n"
        "Anna says: P is so\nBen uses: @",
        "P is not so",
        "Q is so",
    ),
    "known already": Case(
        "told-again",
        "Anna knows: P is so\n@\nscene: A\npresent: Anna, Ben\nAnna tells Ben: P is so",
        "Ben knows: P is so",
        "",
    ),
    "not by all who are told": Case(
        "told-again",
        "Anna and Ben know: P is so\nscene: A\npresent: Anna, Ben, Dora\nAnna tells Ben@: P is so",
        "",
        " and Dora",
    ),
    "no lie": Case(
        "no-lie",
        "@scene: A\npresent: Anna, Ben\nAnna lies to Ben: P is so",
        "Anna knows: P is so\n",
        "Anna knows: P is not so\n",
    ),
    "knows better": Case(
        "knows-better",
        "Anna and Ben know: P is not so\nscene: A\npresent: Anna, Ben, Dora\n"
        "Anna lies to @: P is so",
        "Ben",
        "Dora",
    ),
    "a keeper who does not know": Case(
        "keeper-unaware",
        "Anna knows: P is so\nsecret between @: P is so\nscene: A\npresent: Anna\n"
        "Anna uses: P is so",
        "Anna, Ben",
        "Anna",
    ),
    "a secret of all": Case(
        "secret-of-all",
        "Anna knows: P is so\nsecret of Anna: P is so\nscene: A\n"
        "@Anna whispers to Ben and Dora: P is so",
        "",
        "present: Anna, Ben, Dora\nrevealed: P is so\nscene: B\n",
    ),
    "let slip": Case(
        "secret-let-slip",
        "Anna knows: P is so\nsecret of Anna: P is so\nscene: A\npresent: Anna, Ben, Dora\n@\n"
        "Anna tells Ben: P is so\nDora leaves",
        "Dora comes out",
        "Dora leaves\nDora enters (hiding)",
    ),
    "learned for nothing": Case(
        "never-used",
        "scene: A\npresent: Anna, Ben\nAnna learns: P is so\n@",
        "",
        "Anna tells Ben: P is so",
    ),
    "misspelt": Case(
        "nearly-another",
        "scene: A\npresent: Anna\nAnna learns: the lamp fell\nAnna uses: the @ fell",
        "lampp",
        "lamp",
    ),
    "alike, and both meant": Case(
        "nearly-another",
        "scene: A\npresent: Anna\nAnna learns: the lamp fell\nAnna uses: the lamp fell\n"
        "Anna learns: the lamb fell@",
        "",
        "\nAnna uses: the lamb fell",
    ),
    "little words": Case(
        "nearly-another",
        "scene: A\npresent: Anna\nAnna learns: the lamp fell\nAnna uses: @lamp fell\n"
        "Anna uses: the lamp fell",
        "a ",
        "that the ",
    ),
}
"""Some cases provoke another finding besides; ``code`` is what they are about."""


def codes(below: str) -> list[tuple[str, int]]:
    novel = parse_ledger(f"people: Anna, Ben, Dora\n{below}\n")
    return [(one.code, one.span.line) for one in novel.findings if one.span is not None]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_found_and_not_found(case: Case) -> None:
    wrong = [code for code, _ in codes(case.text.replace("@", case.wrong))]
    assert wrong.count(case.code) == 1, wrong
    right = [code for code, _ in codes(case.text.replace("@", case.right))]
    assert case.code not in right, right


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_exempted(case: Case) -> None:
    """With ``intended`` behind the line that it is found in, it is told apart, with the reason."""
    text = "people: Anna, Ben, Dora\n" + case.text.replace("@", case.wrong)
    found = next(one for one in parse_ledger(text).findings if one.code == case.code)
    assert found.span is not None
    lines = text.split("\n")
    lines[found.span.line - 1] += " (intended: a twist)"
    novel = parse_ledger("\n".join(lines))
    assert case.code not in [one.code for one in novel.findings]
    assert (case.code, "a twist") in [(e.diagnostic.code, e.reason) for e in novel.intended]
    assert "intended-for-nothing" not in [one.code for one in novel.findings]


def test_an_intended_that_exempts_nothing_is_pointed_out() -> None:
    assert codes("scene: A\npresent: Anna\nhappens: it rains (intended: a sign)") == [
        ("intended-for-nothing", 4)
    ]


CHAIN = """\
people: Anna, Ben, Carl, Dora
chapter 1: Monday
scene: The garden
present: Anna, Ben, Carl (asleep), Dora (hiding)
Ben leaves
happens: Anna burns the will
chapter 2: Tuesday
scene: The station
present: Ben, Carl
Ben says: Anna burnt the will
"""


def test_the_chain_that_is_missing() -> None:
    (found,) = parse_ledger(CHAIN, "novel.ledger").findings
    assert (
        render(found)
        == """\
error: Ben cannot know this yet: Anna burnt the will
   ┌─ novel.ledger:10:1
   │
10 │ Ben says: Anna burnt the will
   │ ^^^^^^^^ in “The station” (chapter 2)
   ├─ novel.ledger:6:10
   │
 6 │ happens: Anna burns the will
   │          ^^^^^^^^^^^^^^^^^^^ Anna knows it from here on
   ├─ novel.ledger:5:1
   │
 5 │ Ben leaves
   │ ^^^^^^^^^^ Ben had left (line 5)
   │
   = because: until here only Anna and Dora know it: Anna did it (line 6), Dora saw it from hiding \
(line 6); Ben had left (line 5)
   = help: let somebody tell Ben before, or write how Ben learns it: `Ben learns: Anna burnt the \
will`; if it is meant, say why behind it: `(intended: a guess)`
"""
    )


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("", "no line says how anybody comes to know it"),
        ("scene: B\npresent: Anna\nhappens: it rains", "it happens only later, in “B” (line 7)"),
        (
            "scene: B\npresent: Ben\nhappens: it rains",
            "Ben comes to know it only later, in “B” (line 7)",
        ),
    ],
)
def test_what_comes_too_late(lines: str, why: str) -> None:
    text = f"people: Anna, Ben\nscene: A\npresent: Ben\nBen uses: it rained\n{lines}\n"
    found = parse_ledger(text).findings[0]
    assert found.code == "cannot-know"
    assert str(found.because).endswith(why)


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("Ben suspects: P is so", "Ben only suspects it (line 3)"),
        ("Ben learns: P is so\nBen forgets: P is so", "Ben has forgotten it (line 4)"),
        ("Ben learns: P is not so", "Ben takes it not to be so: Ben learned it (line 3)"),
        ("Anna writes to Dora: P is so", "it was in a letter to Dora (line 3)"),
        ("Anna whispers to Dora: P is so", "it was whispered to Dora (line 3)"),
    ],
)
def test_why_somebody_does_not_know(before: str, why: str) -> None:
    text = f"people: Anna, Ben, Dora\nscene: A\n{before}\nBen uses: P is so\n"
    found = [one for one in parse_ledger(text).findings if one.code == "cannot-know"]
    assert why in str(found[-1].because)


def test_who_tells_it_again_may_not_know_that_it_is_known() -> None:
    text = """\
people: Anna, Ben, Dora
scene: A
present: Anna, Ben (hiding), Dora
happens: it rains
Ben comes out
Anna tells Ben: it rained
Anna tells Dora: it rained
"""
    whom = [(one.facts["whom"], one.because) for one in parse_ledger(text).findings]
    assert whom == [
        ("Ben", "Ben saw it from hiding (line 4), which Anna does not know"),
        ("Dora", "Dora saw it (line 4), and Anna knows that"),
    ]


def test_one_slip_is_said_once() -> None:
    """Whoever says what they cannot know is taken to know it from then on, and so are the rest."""
    text = """\
people: Anna, Ben
scene: A
present: Anna, Ben
Anna says: P is so
Anna uses: P is so
Ben uses: P is so
"""
    assert [one.code for one in parse_ledger(text).findings] == ["cannot-know"]


def test_a_fact_of_almost_the_same_words_may_have_been_meant() -> None:
    text = """\
people: Ida
scene: A
present: Ida
happens: Tom sets fire to the mill
Ida uses: Tom set the mill on fire
"""
    (found,) = parse_ledger(text).findings
    assert found.help == "did you mean `Tom sets fire to the mill`?"
