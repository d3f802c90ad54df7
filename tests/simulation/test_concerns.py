"""Feelings in small worlds: appraisal over what minds really believe, nested beliefs among them."""

from __future__ import annotations

from functools import cache

import pytest

from tests.simulation.hearts import grounded
from unspoken.chronicle.events import EventNumber
from unspoken.engine import GroundWorld, State
from unspoken.model.inner import FeelingSettings
from unspoken.simulation.appraisal import Appraised
from unspoken.simulation.concerns import Stakes
from unspoken.simulation.feelings import Feelings
from unspoken.simulation.motives import Motives
from unspoken.simulation.view import View

PARTY = """unspoken 1;
type place;
entity Ann : character;
entity Ben : character;
entity Cat : character;
entity Hall : place;
entity Yard : place;
property at(who : character) : place;
property loves(who : character, whom : character) : boolean;
property fed(who : character) : boolean;
property seen(who : character, whom : character) : boolean;
action go(who : character, where : place) {
    precondition: at(who) != where;
    effect: at(who) = where;
    consenting: who;
};
action wave(who : character) {
    effect: fed(who) = fed(who);
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action blurt(who : character, whom : character) {
    precondition: loves(who, whom);
    effect: forall(o : character) if(o != who & at(o) == at(who)) believes(o, loves(who, whom));
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action tattle(who : character, to : character, lover : character, loved : character) {
    precondition: at(who) == at(to) & who != to & who != lover;
    effect: believes(to, loves(lover, loved));
    consenting: who;
    observing(o : character): at(o) == at(who) | o == Ann;
};
action hint(who : character, to : character, lover : character, loved : character) {
    precondition: at(who) == at(to) & who != to & lover != loved;
    effect: believes(to, sure(lover, loved)) = 1;
    consenting: who;
    observing(o : character): at(o) == at(who) | o == Ann;
};
action kiss(who : character, whom : character) {
    precondition: who != whom;
    effect: seen(who, whom);
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action steal(who : character, whom : character) {
    precondition: fed(whom) & who != whom;
    effect: fed(who) & !fed(whom);
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action feed(who : character, whom : character) {
    precondition: !fed(whom) & who != whom;
    effect: fed(whom);
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action rain() { effect: !fed(Cat); };
hunch sure(who : character, whom : character) { of: loves(who, whom); from: -2; to: 2; };
drive affection(who : character, whom : character) {
    from: -4; to: 4; baseline: 0; half_life: 8; role: liking; };
wish dinner(who : character) { wants: fed(who); weight: 0.5; };
norm kind(who : character) { against: harm; weight: 0.8; };
norm secret(who : character, whom : character, other : character) {
    against: lose_face; shows: loves(who, whom); before: other; weight: 0.6;
    if: loves(who, whom) & other != who & other == whom; };
norm poised(who : character) { against: lose_face; acts: wave(who); before: anyone; weight: 0.4; };
wish beloved(who : character) { wants: loves(Ben, who); weight: 0.7; };
at(Ann) = Hall;
at(Ben) = Hall;
at(Cat) = Yard;
fed(Ben);
loves(Ann, Ben);
believes(Ben, !loves(Ann, Ben));
believes(Cat, !loves(Ann, Ben));
believes(Ann, believes(Ben, !loves(Ann, Ben)));
believes(Ann, believes(Cat, !loves(Ann, Ben)));
believes(Ben, sure(Ann, Ben)) = -2;
believes(Cat, sure(Ann, Ben)) = -2;
believes(Ann, believes(Ben, sure(Ann, Ben))) = -2;
believes(Ann, believes(Cat, sure(Ann, Ben))) = -2;
believes(Ann, sure(Ben, Ann)) = -2;
believes(Ann, sure(Ben, Cat)) = -2;
believes(Cat, sure(Ben, Ann)) = -2;
believes(Cat, sure(Ben, Cat)) = -2;
"""


@cache
def world(more: str = "") -> tuple[GroundWorld, Stakes]:
    ground = grounded(PARTY + more)
    return ground, Stakes(Motives(ground))


class Mind:
    """What one of them feels as things happen, one event a round."""

    def __init__(self, who: str, more: str = "") -> None:
        self.ground, self.stakes = world(more)
        self.who = who
        self.state = self.ground.initial
        self.feelings = Feelings(settings=FeelingSettings(floor=0.01))
        self.round = 0

    def view(self, state: State) -> View:
        return View.of(self.stakes.motives, state.mind(self.who))

    def sees(self, text: str, *, perceived: bool = True) -> dict[str, tuple[float, str | None]]:
        found = self.feels(text, perceived=perceived)
        return {one.word: (round(one.strength, 3), one.toward) for one in found.arisen}

    def feels(self, text: str, *, perceived: bool = True) -> Appraised:
        act = self.ground.action(text)
        return self.changes(self.state.after(act), text if perceived else None)

    def changes(self, after: State, text: str | None = None) -> Appraised:
        self.round += 1
        found = self.stakes.appraise(
            self.view(self.state),
            self.view(after),
            self.feelings,
            EventNumber(self.round),
            self.round,
            None if text is None else self.ground.action(text),
        )
        self.state, self.feelings = after, found.feelings
        return found


def test_embarrassed_before_the_one_who_now_knows() -> None:
    """Ann blurts it out to Ben. She is embarrassed, for she believes that he believes it now."""
    ann = Mind("Ann")
    found = ann.feels("blurt(Ann, Ben)")
    assert ann.state.mind("Ben").value("loves(Ann, Ben)") is True
    assert {one.word: (one.strength, one.toward, one.about) for one in found.arisen} == {
        "embarrassment": (0.6, "Ben", "secret(Ann, Ben, Ben)")
    }


def test_not_embarrassed_before_the_wrong_person() -> None:
    """That Cat comes to know is nothing to her: it is before Ben that she minds."""
    ann = Mind("Ann")
    ann.changes(ann.state.after("go(Ben, Yard)").after("go(Cat, Hall)"))
    found = ann.feels("blurt(Ann, Ben)")
    assert ann.state.mind("Ann").mind("Cat").value("loves(Ann, Ben)") is True
    assert not found.arisen


def test_dread_of_one_who_may_have_found_out_elsewhere() -> None:
    """Cat tattles to Ben in the yard. Ann learns of it: he is not here to blush before, and she is
    blushing when he comes in."""
    ann = Mind("Ann")
    ann.changes(ann.state.after("go(Ben, Yard)"))
    assert ann.sees("tattle(Cat, Ben, Ann, Ben)") == {"dread": (0.6, "Ben")}
    assert ann.sees("go(Ben, Hall)") == {"embarrassment": (0.6, "Ben")}


def test_embarrassment_is_about_what_one_believes_not_about_what_is_so() -> None:
    """Ben knows in truth, and Ann has no idea; or Ann thinks he knows, and he does not."""
    ann = Mind("Ann")
    told = ann.state.told([(("Ben",), "loves(Ann, Ben)", True), (("Ben",), "sure(Ann, Ben)", 2.0)])
    assert told.mind("Ben").value("loves(Ann, Ben)") is True
    assert not ann.changes(told).arisen
    mistaken = Mind("Ann")
    chain = ("Ann", "Ben")
    wrong = mistaken.state.told([(chain, "loves(Ann, Ben)", True), (chain, "sure(Ann, Ben)", 2.0)])
    assert wrong.mind("Ben").value("loves(Ann, Ben)") is False
    found = mistaken.changes(wrong)
    assert [one.word for one in found.arisen] == ["embarrassment"]
    # She finds that he does not know after all.
    right = wrong.told([(chain, "loves(Ann, Ben)", False), (chain, "sure(Ann, Ben)", -2.0)])
    found = mistaken.changes(right)
    assert [one.word for one in found.ended] == ["embarrassment"]
    assert [one.word for one in found.arisen] == ["relief"]


def test_a_hint_of_it_is_both() -> None:
    ann = Mind("Ann")
    ann.changes(ann.state.after("go(Cat, Hall)"))
    assert ann.sees("hint(Cat, Ben, Ann, Ben)") == {
        "embarrassment": (0.45, "Ben"),  # 0.6 times the odds, from 0 to 3/4
        "dread": (0.45, "Ben"),
    }


def test_jealous_of_whom_the_loved_one_may_love() -> None:
    """Ann wishes for Ben's love, and hears that it may be for Cat."""
    ann = Mind("Ann")
    ann.changes(ann.state.after("go(Cat, Hall)"))
    assert ann.sees("hint(Cat, Ann, Ben, Cat)") == {"jealousy": (0.525, "Cat")}
    # Of her love for him nobody else is a rival; nor is she one of her own.
    assert set(ann.sees("hint(Cat, Ann, Ben, Ann)")) == {"hope"}


def test_hope_grows_with_the_odds_and_is_towards_whom_the_wish_is_about() -> None:
    ann = Mind("Ann")
    ann.changes(ann.state.after("go(Cat, Hall)"))
    assert ann.sees("hint(Cat, Ann, Ben, Ann)") == {"hope": (0.525, "Ben")}


def test_a_theft_by_every_eye() -> None:
    """Ann steals Ben's dinner before his eyes, and Cat looks on."""
    party = "affection(Cat, Ben) = 2;"
    ann, ben, cat = (Mind(who, party) for who in ("Ann", "Ben", "Cat"))
    for mind in (ann, ben, cat):
        mind.changes(mind.state.after("go(Cat, Hall)"))
    # She has what she wished for, by a deed against her own norm, and is seen.
    assert ann.sees("steal(Ann, Ben)") == {
        "joy": (0.5, None),
        "guilt": (0.4, "Ben"),
        "shame": (0.4, "Ben"),
    }
    assert ben.sees("steal(Ann, Ben)") == {"anger": (0.7, "Ann")}
    assert cat.sees("steal(Ann, Ben)") == {"reproach": (0.4, "Ann"), "pity": (0.25, "Ben")}


def test_unseen_it_is_guilt_alone() -> None:
    ann = Mind("Ann")
    assert set(ann.sees("steal(Ann, Ben)")) == {"joy", "guilt"}


def test_guilt_ends_when_the_harm_is_undone() -> None:
    ann = Mind("Ann")
    assert "guilt" in ann.sees("steal(Ann, Ben)")
    ann.changes(ann.state.after("go(Cat, Hall)"))
    found = ann.feels("feed(Cat, Ben)")
    assert [one.word for one in found.ended] == ["guilt"]
    assert "relief" in {one.word for one in found.arisen}
    (relief,) = (one for one in found.arisen if one.word == "relief")
    assert relief.about == "kind(Ann)"
    assert relief.cause == 3


def test_a_kindness_by_every_eye() -> None:
    """Feeding somebody is the other side of harming them."""
    ann, ben, cat = (Mind(who) for who in ("Ann", "Ben", "Cat"))
    for mind in (ann, ben, cat):
        mind.changes(mind.state.after("go(Cat, Hall)"))
    assert cat.sees("feed(Ben, Cat)") == {"gratitude": (0.7, "Ben")}
    assert ben.sees("feed(Ben, Cat)") == {"pride": (0.4, "Cat")}
    assert ann.sees("feed(Ben, Cat)") == {"admiration": (0.4, "Ben")}


def test_misfortune_without_a_culprit_is_distress() -> None:
    cat = Mind("Cat")
    cat.changes(cat.state.after("go(Cat, Hall)"))
    cat.sees("feed(Ben, Cat)", perceived=False)
    assert cat.sees("rain()") == {"distress": (0.5, None), "disappointment": (0.5, None)}


def test_losing_face_by_an_act_is_shame() -> None:
    """Before nobody it is nothing: the norm says before whom."""
    ann = Mind("Ann")
    assert ann.sees("wave(Ann)") == {"shame": (0.2, None)}  # one of them looks on: half of 0.4
    ann.changes(ann.state.after("go(Ben, Yard)"))
    assert ann.sees("wave(Ann)") == {}


def test_one_who_is_away_feels_nothing() -> None:
    cat = Mind("Cat")
    assert cat.sees("steal(Ann, Ben)", perceived=False) == {}


def test_love_for_a_dear_one_who_comes_in() -> None:
    ann = Mind("Ann", "affection(Ann, Cat) = 3;")
    assert ann.sees("go(Cat, Hall)") == {"love": (0.375, "Cat")}
    assert ann.sees("go(Cat, Yard)") == {}
    liked = Mind("Ann", "affection(Ann, Cat) = 2;")
    assert liked.sees("go(Cat, Hall)") == {}


@pytest.mark.parametrize("who", ["Ann", "Ben", "Cat"])
def test_concerns_are_one_minds_own(who: str) -> None:
    """What is true beyond what a mind believes makes no difference to what concerns it."""
    ground, stakes = world()
    for start in (ground.initial, ground.initial.after("go(Cat, Hall)")):
        mind = start.mind(who)
        inside = State(ground, mind.number)  # as if all that it believes were the truth
        assert stakes.of(View(stakes.motives, who, inside)) == stakes.of(
            View.of(stakes.motives, mind)
        )
