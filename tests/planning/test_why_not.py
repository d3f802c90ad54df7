"""Why something does not happen: what stands in its way, and the words for it."""

from __future__ import annotations

import pytest

import unspoken
from tests.planning.worlds import GATE, grounded
from unspoken.language import DiagnosticError
from unspoken.planning import Limits
from unspoken.planning.why_not import why_not

PLENTY = Limits(character=4, epistemic=2)

HUM = "property hummed() : boolean; action hum() { effect: hummed(); consenting: Ann; };"


@pytest.mark.parametrize(
    ("world", "act", "after", "limits", "said"),
    [
        (
            GATE,
            "open()",
            ("pay()",),
            PLENTY,
            """\
open(), after pay()
├─ it is not possible while `there() == False`
╰─ Ben knows that it is not
""",
        ),
        (
            GATE,
            "pay",
            (),
            PLENTY,
            """\
pay(), at the beginning
├─ Ann, for open() (0 to 2): pay(), then
│  ├─ reach()
│  ╰─ open()
│     ╰─ Ben, for out() (0 to 1): open(), then
│        ╰─ leave()
╰─ nothing stands in its way: it is possible, and whoever takes part has a reason
""",
        ),
        (
            GATE,
            "thaw()",
            ("pay()", "reach()"),
            PLENTY,
            """\
thaw(), after reach(), act 2
╰─ nothing stands in its way: it is possible, and needs no reasons
""",
        ),
        (
            GATE + "believes(Ann, paid());",
            "pay()",
            (),
            PLENTY,
            """\
pay(), at the beginning
╰─ Ann does not believe it possible: `paid() == True`
""",
        ),
        (
            GATE.replace("utility(Ben): out();", ""),
            "pay()",
            (),
            PLENTY,
            """\
pay(), at the beginning
╰─ Ann would gain by pay(), reach(), open() (0 to 2), if Ben took part in open()
   ╰─ but, as Ann sees it, Ben gains nothing by it: from 0 it leads to 0 at most
""",
        ),
        (
            GATE + "believes(Ann, believes(Ben, !there() & open()));",
            "pay()",
            (),
            Limits(character=3, epistemic=2),
            """\
pay(), at the beginning
╰─ Ann would gain by pay(), reach(), open() (0 to 2), if Ben took part in open()
   ╰─ but, as Ann sees it, Ben does not believe it possible: `open() == True`
""",
        ),
        (
            GATE,
            "pay()",
            (),
            Limits(character=2, epistemic=2),
            """\
pay(), at the beginning
╰─ Ann would gain by pay(), reach(), open() (0 to 2), but that is 3 acts ahead, and \
nobody looks more than 2 (character limit 2)
""",
        ),
        (
            GATE,
            "pay()",
            (),
            Limits(character=3, epistemic=2),
            """\
pay(), at the beginning
╰─ Ann would gain by pay(), reach(), open() (0 to 2), if Ben took part in open()
   ╰─ but, as Ann sees it, Ben would gain by open(), leave() (0 to 1), but that is 4 acts ahead, \
and nobody looks more than 3 (character limit 3)
""",
        ),
        (
            GATE,
            "pay()",
            (),
            Limits(character=4, epistemic=0),
            """\
pay(), at the beginning
╰─ Ann would gain by pay(), reach(), open() (0 to 2), but nobody looks into minds beyond \
the act at hand (epistemic limit 0)
""",
        ),
        (
            GATE,
            "pay()",
            (),
            Limits(character=4, epistemic=1),
            """\
pay(), at the beginning
╰─ Ann would gain by pay(), reach(), open() (0 to 2), if Ben took part in open()
   ╰─ but, as Ann sees it, Ben would gain by open(), leave() (0 to 1), but nobody looks deeper \
into minds (epistemic limit 1)
""",
        ),
        (
            GATE + HUM,
            "hum()",
            (),
            PLENTY,
            """\
hum(), at the beginning
╰─ Ann does not need it: by hum(), pay(), reach(), open() (0 to 2) Ann gains no more than by \
pay(), reach(), open()
""",
        ),
        (
            GATE.replace("if(open()) 2 else 0", "if(paid()) 1 else 2"),
            "pay()",
            (),
            Limits(),
            """\
pay(), at the beginning
╰─ Ann gains nothing by it: from 2 (`paid() == False`) it leads to 1 at most
""",
        ),
        (
            GATE + "property luck() : number; luck() = ?; utility(Ann): luck();",
            "pay()",
            (),
            PLENTY,
            """\
pay(), at the beginning
╰─ Ann does not know what it is worth (`luck() == ?`)
""",
        ),
    ],
)
def test_what_is_said(
    world: str, act: str, after: tuple[str, ...], limits: Limits, said: str
) -> None:
    why = why_not(grounded(world), act, after, limits)
    assert str(why) == said
    assert why.is_settled
    assert why.nothing_against == ("nothing stands in its way" in said)


def test_it_may_have_an_end() -> None:
    why = why_not(grounded(GATE), "pay()", (), PLENTY, seconds=0)
    assert not why.is_settled
    assert "whether Ann has a reason was not settled in time" in str(why)


TUNES = 12
WHISTLE = GATE.replace("if(open()) 2 else 0", "gold()") + "property gold() : boolean;"
for tune in range(TUNES):
    WHISTLE += f"property whistled{tune}() : boolean;"
    WHISTLE += f"action whistle{tune}() {{ effect: whistled{tune}(); consenting: Ann; }};"


@pytest.mark.parametrize("seconds", [None, 600.0])
def test_too_much_to_go_through_is_not_blamed_on_time(seconds: float | None) -> None:
    why = why_not(grounded(WHISTLE), "pay()", seconds=seconds)
    assert not why.is_settled
    assert (
        str(why)
        == """\
pay(), at the beginning
╰─ Ann has no reason for it; what one would lack is too much to go through, as nobody's looking \
ahead has a limit (set a character limit)
"""
    )
    assert why_not(grounded(WHISTLE), "pay()", limits=Limits(character=2)).is_settled


@pytest.mark.parametrize(
    ("act", "after", "code"),
    [
        ("pai()", (), "no-such-action"),
        ("pay(Ann)", (), "pattern-arguments"),
        ("pay()", ("pai()",), "no-such-action"),
        ("pay()", ("reach()",), "impossible-act"),
    ],
)
def test_acts_that_cannot_be(act: str, after: tuple[str, ...], code: str) -> None:
    with pytest.raises(DiagnosticError) as raised:
        why_not(grounded(GATE), act, after)
    assert [one.code for one in raised.value.diagnostics] == [code]


def test_what_a_writer_would_ask() -> None:
    story = unspoken.load("night_visit").plan()
    why = story.why_not("invite(Tara, Willow)", after=story.acts.index("apologise(Willow, Tara)"))
    (account,) = why.accounts
    assert (account.character, account.finding) == ("Tara", "others")
    assert account.other is not None
    assert (account.other.character, account.other.finding) == ("Willow", "needless")
    assert account.other.kept == ("apologise(Willow, Tara)",)
