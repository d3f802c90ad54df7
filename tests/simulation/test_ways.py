"""The ways on from an act: which is meant where some of them break norms."""

from __future__ import annotations

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tests.simulation.hearts import decision, grounded, view
from unspoken.simulation.foresight import Foresight
from unspoken.simulation.ways import LATER

SHOP = """unspoken 1;
entity Ann : character;
entity Ben : character;
property there(who : character) : boolean;
property hidden(who : character) : boolean;
property has(who : character) : boolean;
action go(who : character) {
    precondition: !there(who); effect: there(who); consenting: who;
};
wish supper(Ann) { wants: has(Ann); weight: 1; };
"""


def deed(name: str, when: str = "there(who)", effect: str = "has(who)", seen: str = "") -> str:
    """Something that whoever is there can do."""
    return f"""action {name}(who : character) {{
        precondition: {when} & !has(who);
        effect: {effect};
        consenting: who;
        {seen}
    }};
    """


def against(name: str, weight: float | str, before: str = "") -> str:
    return (
        f"norm honest_{name}(Ann) {{ against: harm; acts: {name}(Ann); weight: {weight}; "
        f"{before} }};\n"
    )


def meant(text: str, acts: int = 4) -> tuple[dict[str, float], tuple[str, ...]]:
    """What speaks for Ann's going and against it, by what it is, and the way on that she means."""
    ground = grounded(SHOP + text)
    seen = view(ground, "Ann")
    found = Foresight(seen.motives, acts).foresee(seen, ground.action("go(Ann)"))
    amounts = {one.name: round(one.amount, 4) for one in (*found.pulls, *found.restraints)}
    return amounts, found.pulls[0].then if found.pulls else ()


@pytest.mark.parametrize("weight", [0.6, "absolute"])
@pytest.mark.parametrize("buy", ["abuy", "zbuy"])
def test_it_is_not_by_its_name_that_a_way_is_innocent(buy: str, weight: float | str) -> None:
    text = deed("steal") + deed(buy) + against("steal", weight)
    assert meant(text) == ({"supper(Ann)": LATER}, (f"{buy}(Ann)",))
    assert decision(grounded(SHOP + text), "Ann").chosen.act == "go(Ann)"


@pytest.mark.parametrize("weight", [0.6, "absolute"])
def test_of_much_that_is_alike_none_hides_what_is_innocent(weight: float | str) -> None:
    thefts = [f"a{number}" for number in range(20)]
    text = "".join(deed(name) + against(name, weight) for name in thefts)
    assert meant(text + deed("buy")) == ({"supper(Ann)": LATER}, ("buy(Ann)",))


def test_it_is_no_way_round_a_norm_to_do_something_else_first() -> None:
    text = deed("steal") + against("steal", "absolute")
    for place in range(12):
        text += f"property sung{place}() : boolean;" + deed(f"sing{place}", effect=f"sung{place}()")
    earning = "property paid() : boolean;" + deed("work", effect="paid()")
    found = meant(text + earning + deed("yield", "there(who) & paid()"))
    assert found == ({"supper(Ann)": round(LATER**2, 4)}, ("work(Ann)", "yield(Ann)"))


@pytest.mark.parametrize(
    ("weight", "way"), [(0.05, ("steal",)), (0.2, ("earn", "buy")), ("absolute", ("earn", "buy"))]
)
def test_a_longer_innocent_way_is_worth_what_it_is_later(
    weight: float | str, way: tuple[str, ...]
) -> None:
    earning = "property paid() : boolean;" + deed("earn", effect="paid()")
    text = deed("steal") + earning + deed("buy", "there(who) & paid()") + against("steal", weight)
    assert meant(text)[1] == tuple(f"{name}(Ann)" for name in way)
    shorter = meant(text, acts=2)
    if weight == "absolute":
        assert shorter == ({}, ())
    else:
        assert shorter[1] == ("steal(Ann)",), "one looks no farther"


def test_a_deed_may_be_innocent_once_something_has_been_done() -> None:
    """The same theft, but not before anyone's eyes."""
    unseen = deed("steal", seen="observing(x : character): x == who | !hidden(who);")
    hide = deed("hide", effect="hidden(who)")
    text = unseen + hide + against("steal", 0.8, "before: anyone;")
    assert meant(text) == ({"supper(Ann)": round(LATER**2, 4)}, ("hide(Ann)", "steal(Ann)"))


def test_where_all_break_a_norm_the_least_counts() -> None:
    """Also where the worse are many, and what is worst is found first or last."""
    for mild in ("a", "m", "z"):
        harsh = [f"{place}{number}" for place in "bn" for number in range(9)]
        text = "".join(deed(name) + against(name, 0.7) for name in harsh)
        found, way = meant(text + deed(mild) + against(mild, 0.1))
        assert found == {"supper(Ann)": LATER, f"honest_{mild}(Ann)": -0.09}
        assert way == (f"{mild}(Ann)",)


WEIGHTS = st.sampled_from([0, 0, 0.05, 0.1, 0.4, 0.8, "absolute"])


@given(
    st.lists(st.lists(WEIGHTS, min_size=1, max_size=2), min_size=1, max_size=4).flatmap(
        lambda ways: st.tuples(st.just(ways), st.permutations(range(len(ways))))
    )
)
def test_names_decide_nothing(drawn: tuple[list[list[float | str]], list[int]]) -> None:
    """The best of some ways, each a deed or two that may break norms, whatever they are called."""
    ways, order = drawn

    def text(names: list[int]) -> str:
        made = "property dim() : boolean;" + deed("dim", "!dim()", "dim()")
        for name, weights in zip(names, ways, strict=True):
            when = "there(who)"
            for place, weight in enumerate(weights):
                deed_, last = f"w{name}_{place}", place == len(weights) - 1
                made += "" if last else f"property half{name}() : boolean;\n"
                made += deed(deed_, when, "has(who)" if last else f"half{name}()")
                made += against(deed_, weight) if weight else ""
                when = f"half{name}()"
        return made

    def worth(weights: list[float | str]) -> float:
        costs = (
            -float("inf") if weight == "absolute" else -float(weight) * LATER**place
            for place, weight in enumerate(weights, start=1)
        )
        return sum(costs, LATER ** len(weights))

    note(text(order))
    best = max(map(worth, ways))
    for names in (list(range(len(ways))), order):
        amounts, way = meant(text(names))
        if best == -float("inf"):
            assert way == ()
        else:
            assert sum(amounts.values()) == pytest.approx(best, abs=1e-3), (amounts, way)
