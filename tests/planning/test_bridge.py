"""Between scenes that stand: different stories, or the first fact that cannot be reached."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

import unspoken
from tests.planning.worlds_between import WAYS
from unspoken import sources
from unspoken.planning import Limits, Plan, Solution, Step, solve
from unspoken.planning.basis import Held, bases
from unspoken.planning.bridge import ABSENCE, Bridge
from unspoken.planning.candidates import same_story
from unspoken.planning.gather import Effort, Searching, gather
from unspoken.planning.replay import replay
from unspoken.world import World

LIMITS = {"character_limit": 4, "epistemic_limit": 2}


@pytest.fixture(scope="module")
def world() -> World:
    return unspoken.parse(WAYS, "ways")


def bridged(world: World, *scenes: str, within: int = 6, **more: object) -> Bridge:
    return world.bridge(*scenes, within=within, **LIMITS, **more).bridge  # type: ignore[arg-type]


def acts(bridge: Bridge) -> list[tuple[str, ...]]:
    return [candidate.plan.acts for candidate in bridge.candidates]


ASKING = ("ask(Ann, Cat)", "unlock(Ann)", "enter(Ann)")
RAINING = ("rains()", "let_in(Ben)", "enter(Ann)")


def test_every_way_comes_out_once(world: World) -> None:
    bridge = bridged(world, "locked()", "inside()")
    assert bridge.outcome == "found"
    assert sorted(acts(bridge)) == [ASKING, RAINING]
    assert bridge.always == ("enter(Ann)",)
    assert bridge.whole


def test_the_stories_hold(world: World) -> None:
    """What the search gives back is a story by the judge's rules too: the author wants what the
    last scene has, so the demands can be judged as a goal."""
    for candidate in bridged(world, "locked()", "inside()").candidates:
        verdict = world.replay(candidate.plan)
        assert verdict.is_valid, verdict.fault


def test_they_meet_the_demands_by_the_judge_s_rules(world: World) -> None:
    """Replay shares no code with the search, and judges the reasons, the scenes, what is kept, and
    that nothing can be left out."""
    seen = 0
    for scenes, keep in (
        (["locked()", "inside()"], []),
        (["rain()", "has_key(Ann)", "inside()"], ["rain()"]),
        (["ask(*, Cat)", "!locked(), !inside()", "at(Ann) == Hall"], ["!ill(Ann)"]),
    ):
        found = bridged(world, *scenes, keep=keep)
        for candidate in found.candidates:
            verdict = replay(world.ground, candidate.plan, found.demands, goal_wanted=False)
            assert verdict.is_valid, (candidate.plan.acts, str(verdict.fault))
            seen += 1
    assert seen >= 5


def test_the_night_s_stories_hold_too() -> None:
    night = unspoken.load("night_visit")
    found = night.bridge(
        script=night.read_scenes(str(sources.scenes_of("night_visit").text))  # type: ignore[union-attr]
    ).bridge
    assert len(found.candidates) == 5
    for candidate in found.candidates:
        verdict = replay(night.ground, candidate.plan, found.demands, goal_wanted=False)
        assert verdict.is_valid, str(verdict.fault)


def test_it_is_the_same_whoever_asks_again(world: World) -> None:
    first = world.bridge("locked()", "inside()", within=6, **LIMITS).text(explain=True)  # type: ignore[arg-type]
    again = unspoken.parse(WAYS, "ways")
    assert again.bridge("locked()", "inside()", within=6, **LIMITS).text(explain=True) == first  # type: ignore[arg-type]


def test_at_most_so_many(world: World) -> None:
    bridge = bridged(world, "locked()", "inside()", candidates=1)
    assert len(bridge.candidates) == 1
    assert bridge.stories == 2


def test_what_must_not_happen_does_not(world: World) -> None:
    assert acts(bridged(world, "locked()", "inside()", never=["rains"])) == [ASKING]
    assert acts(bridged(world, "locked()", "inside()", never=["*"[:0] + "ask(*, Cat)"])) == [
        RAINING
    ]


def test_what_is_to_be_kept_is_kept_from_the_first_scene_on(world: World) -> None:
    assert acts(bridged(world, "locked()", "inside()", keep=["has_key(Cat)"])) == [RAINING]
    # It rains before the first scene: only from then on it must not.
    late = bridged(world, "rain()", "inside()", keep=["rain()"])
    assert all(act[0] == "rains()" for act in acts(late))
    assert late.candidates[0].lead_in == 1


def test_scenes_stand_in_order(world: World) -> None:
    bridge = bridged(world, "at(Ann) == Yard", "rain()", "has_key(Ann)", "inside()")
    met = {candidate.plan.acts: candidate.met for candidate in bridge.candidates}
    assert met == {
        ("rains()", *ASKING): (0, 1, 2, 4),
        ("rains()", "ask(Ann, Cat)", "let_in(Ben)", "enter(Ann)"): (0, 1, 2, 4),
    }


def test_what_leads_to_the_first_scene_is_told_apart(world: World) -> None:
    bridge = bridged(world, "has_key(Ann)", "inside()")
    assert [(one.lead_in, one.plan.acts) for one in bridge.candidates] == [
        (1, ASKING),
        (2, ("rains()", "ask(Ann, Cat)", "let_in(Ben)", "enter(Ann)")),
    ]
    assert (
        "2 acts, after 1 to get there"
        in unspoken.parse(WAYS).bridge("has_key(Ann)", "inside()", within=6).text()
    )


def test_an_act_can_be_what_stands(world: World) -> None:
    assert acts(bridged(world, "ask(*, Cat), !locked()"))[0] == ASKING[:2]
    assert acts(bridged(world, "let_in", "enter(Ann)")) == [RAINING]


def test_more_can_be_said_about_the_beginning(world: World) -> None:
    bridge = bridged(world, "locked()", "inside()", given=["!ill(Ben)"])
    assert ("break_in(Ann)",) in acts(bridge)


def test_minds_can_stand_in_a_scene(world: World) -> None:
    bridge = bridged(world, "mistaken(Ann, !ill(Ben)), knows_only(Ben, ill(Ben))", "inside()")
    assert bridge.candidates[0].lead_in == 0


# What a candidate costs


def test_the_cast_should_take_part(world: World) -> None:
    assert acts(bridged(world, "locked()", "inside()", cast=["Ben"]))[0] == RAINING
    bridge = bridged(world, "locked()", "inside()", cast=["Cat"])
    assert acts(bridge)[0] == ASKING
    with_cat, without = bridge.candidates
    assert (with_cat.absent, without.absent) == ((), ("Cat",))
    assert without.cost == len(without.plan) + len(without.news) + ABSENCE


def test_what_no_scene_has_shown_is_news(world: World) -> None:
    def news(*scenes: str) -> dict[tuple[str, ...], list[str]]:
        return {
            one.plan.acts: [*one.news.names, *map(str, one.news.facts)]
            for one in bridged(world, *scenes).candidates
        }

    assert news("locked()", "inside()") == {
        ASKING: ["Ann", "Cat", "has_key(Cat)", "at(Ann) == Yard"],
        RAINING: ["Ben", "Ann", "at(Ann) == Yard"],
    }
    shown = news("at(Ann) == Yard & locked(), has_key(Cat)", "inside()")
    assert shown == {ASKING: [], RAINING: ["Ben"]}


def test_a_belief_is_news_where_it_differs_from_what_it_is_about(world: World) -> None:
    """Ann could break in if Ben, whom she takes to be well, were well: both are told."""
    bridge = bridged(world, "locked()", "inside()", given=["!ill(Ben)", "believes(Cat, ill(Ben))"])
    (quick,) = [one for one in bridge.candidates if len(one.plan) == 1]
    assert [str(held) for held in quick.news.facts] == []


# No way


def test_the_first_fact_that_cannot_be_reached(world: World) -> None:
    bridge = bridged(world, "locked()", "rain(), inside(), ill(Ann), locked()")
    impasse = bridge.impasse
    assert bridge.outcome == "impossible"
    assert impasse is not None
    assert (impasse.scene, impasse.item.text, impasse.beside) == (2, "ill(Ann)", ())
    assert impasse.fixed
    assert impasse.proved
    assert impasse.so_far.acts == RAINING


def test_facts_that_never_hold_together(world: World) -> None:
    impasse = bridged(world, "has_key(Ann), has_key(Cat)").impasse
    assert impasse is not None
    assert (impasse.item.text, impasse.beside) == ("has_key(Cat)", ("has_key(Ann)",))


def test_what_is_to_be_kept_stands_in_the_way(world: World) -> None:
    found = world.bridge("locked()", "inside()", keep=["locked()"], within=6, **LIMITS)  # type: ignore[arg-type]
    impasse = found.bridge.impasse
    assert impasse is not None
    (kept,) = impasse.kept
    assert kept.fact == "locked()"
    assert kept.act in ("unlock(Ann)", "let_in(Ben)")
    assert f"{kept.act} contradicts it" in str(found)
    assert not found.found


def test_what_must_not_happen_stands_in_the_way(world: World) -> None:
    impasse = bridged(world, "locked()", "inside()", never=["enter", "rains"]).impasse
    assert impasse is not None
    assert impasse.never == ("enter",)


def test_too_few_acts(world: World) -> None:
    found = world.bridge("locked()", "inside()", within=2, **LIMITS)  # type: ignore[arg-type]
    assert found.bridge.impasse is not None
    assert found.bridge.impasse.longer == 3
    assert "With more acts it comes about: in 3." in str(found)


def test_what_an_act_that_would_do_lacks(world: World) -> None:
    found = world.bridge("locked()", "(!locked() & !rain() & has_key(Cat))", within=6, **LIMITS)  # type: ignore[arg-type]
    impasse = found.bridge.impasse
    assert impasse is not None
    lacks = {way.act: [str(fact) for fact in way.lacking] for way in impasse.ways}
    assert lacks["break_in(Ann)"] == ["ill(Ben) == True"]
    assert lacks["let_in(Ben)"] == ["rain() == False"]
    assert "break_in(Ann), at the beginning" in str(found)
    assert "it is not possible while `ill(Ben) == True`" in str(found)


def test_who_refuses_an_act_that_would_do(world: World) -> None:
    text = WAYS.replace("utility(Cat): if(has_key(Cat)) 0 else 1;", "utility(Cat): has_key(Cat);")
    impasse = bridged(unspoken.parse(text), "locked()", "has_key(Ann)").impasse
    assert impasse is not None
    (way,) = impasse.ways
    assert (way.act, way.lacking) == ("ask(Ann, Cat)", ())
    assert [(one.character, one.finding) for one in way.accounts] == [
        ("Ann", "willing"),
        ("Cat", "no-gain"),
    ]


# Leaving out


def test_an_act_without_which_there_is_nothing_is_proved(world: World) -> None:
    """Against the plain search: without an act of ``always`` it is impossible, and only then."""
    from unspoken.language.scenes import Script, add_to
    from unspoken.planning.bridge import demanded

    script, _ = add_to(Script(), world.model, scenes=["locked()", "inside()"])
    assert script is not None
    limits = Limits(6, 4, 2)
    pool = gather(Searching(world.ground, limits), demanded(script))
    for act in {act for plan in pool.plans for act in plan.acts}:
        never, _ = add_to(script, world.model, never=[act])
        assert never is not None
        outcome = solve(
            world.ground, None, limits, demands=demanded(never), demands_only=True
        ).outcome
        assert (outcome == "impossible") == (act in pool.always)
    assert len({same_story(plan) for plan in pool.plans}) == len(pool.plans)


def test_effort_is_bounded(world: World) -> None:
    from unspoken.language.scenes import Script, add_to
    from unspoken.planning.bridge import demanded

    script, _ = add_to(Script(), world.model, scenes=["inside()"])
    assert script is not None
    for effort in (Effort(more=0), Effort(stories=1)):
        pool = gather(Searching(world.ground, Limits(6, 4, 2), effort), demanded(script))
        assert len(pool.plans) == 1
        assert not pool.whole
    none = gather(Searching(world.ground, Limits(6, 4, 2), Effort(each=3)), demanded(script))
    assert (none.outcome, none.plans, none.whole) == ("stopped", (), False)


# What acts rest on


def held(*texts: Sequence[Held]) -> list[str]:
    return [str(one) for one in itertools.chain(*texts)]


def test_what_an_act_and_its_reasons_rest_on(world: World) -> None:
    from unspoken.planning import Reason

    rest = tuple(Step(act) for act in ASKING[1:])
    plan = Plan((Step(ASKING[0], (Reason("Ann", rest), Reason("Cat"))),))
    (basis,) = bases(world.ground, plan)
    assert held(basis.needs) == ["locked()", "has_key(Cat)"]
    ann, cat = basis.motives
    assert held(ann.gained) == ["believes(Ann, inside())"]
    assert held(ann.held) == [
        "believes(Ann, locked())",
        "believes(Ann, has_key(Cat))",
        "believes(Ann, at(Ann) == Yard)",
    ]
    assert ann.then == ASKING[1:]
    assert (ann.before, ann.after) == (0, 1)
    assert held(cat.gained) == ["believes(Cat, !has_key(Cat))"]
    assert "locked()" in held(basis.assumed)


def test_of_a_choice_only_what_settles_it_counts() -> None:
    world = unspoken.parse(
        """
        unspoken 1;
        entity Ann : character;
        property p() : boolean; property q() : boolean; property r() : boolean;
        property done() : boolean;
        q();
        action act(Ann) { precondition: p() | q() | r(); effect: done(); consenting: Ann; };
        action more() { effect: p() & r(); };
        utility(): done();
        utility(Ann): (if(done() & q()) 2 else 0) + (if(r()) 1 else 0);
        """
    )
    (basis,) = bases(world.ground, world.plan(author_limit=1).plan or Plan(()))
    assert held(basis.needs) == ["q()"]
    (motive,) = basis.motives
    assert held(motive.gained) == ["believes(Ann, done())"]
    assert held(motive.held) == ["believes(Ann, q())"]


def test_ctrl_c_gives_what_was_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from unspoken.planning import gather as module

    asked = 0

    def interrupted(*arguments: object, **more: object) -> Solution:
        nonlocal asked
        asked += 1
        if asked == 3:
            more["transitions"] = 0  # as far as it came when somebody pressed the keys
        solution = solve(*arguments, **more)  # type: ignore[arg-type]
        return solution

    monkeypatch.setattr(module, "solve", interrupted)
    bridge = bridged(world, "locked()", "inside()")
    assert asked == 3, "nothing was begun after it"
    assert len(bridge.candidates) == bridge.stories == 2
    assert not bridge.whole
