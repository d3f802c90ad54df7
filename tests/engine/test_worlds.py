"""Minds that hold several worlds possible: suspects, muddy children, cards, looks and laws."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from unspoken.engine import EngineError, GroundWorld, NamedValue, State, StateGraph, load
from unspoken.language import parse, parse_condition


def world(text: str) -> GroundWorld:
    model, diagnostics = parse(f"unspoken 1;\n{text}", "worlds.story")
    assert model is not None, [one.message for one in diagnostics]
    return load(model)


def so(state: State, condition: str) -> bool:
    expression, diagnostics = parse_condition(condition, state.ground.world)
    assert expression is not None, [one.message for one in diagnostics]
    return state.evaluate(expression) is True


def after(ground: GroundWorld, *acts: str) -> State:
    state = ground.initial
    for act in acts:
        assert state.allows(ground.action(act)), act
        state = state.after(act)
    return state


def may_be(state: State, *minds: str, of: str = "killer()") -> set[NamedValue]:
    for who in minds:
        state = state.mind(who)
    return set(state.possible_values(of))


HOUSE = """
type suspect : character;
entity Vale : character; entity Pym : suspect; entity Ann : suspect; entity Ben : suspect;
property killer() : suspect;
property weapon() : thing;
property sure() : boolean;
entity Rope : thing; entity Knife : thing;
killer() = Ben; weapon() = Rope;
"""

HUNT = (
    HOUSE
    + """
possible(Vale, killer() == Ann & weapon() == Knife | killer() == Ben & weapon() == Rope
    | killer() == Pym & weapon() == Rope);
action alibi(who : suspect) { precondition: !(killer() == who); effect: sure() = False; };
action alone(who : suspect) { precondition: !(killer() == who);
    observing(c : character): c == Vale; };
action whisper(who : suspect) { effect: believes(Vale, killer() = who); };
action find(what : thing) { precondition: weapon() == what; };
"""
)


def test_suspects_are_ruled_out_one_by_one() -> None:
    ground = world(HUNT)
    start = ground.initial
    assert start.value("killer()") == "Ben"
    assert start.mind("Vale").value("killer()") is None
    assert may_be(start, "Vale") == {"Pym", "Ann", "Ben"}
    assert len(start.mind("Vale").worlds) == 3
    once = after(ground, "alibi(Ann)")
    assert may_be(once, "Vale") == {"Pym", "Ben"}
    assert once.mind("Vale").value("weapon()") == "Rope", "what hangs together goes together"
    twice = after(ground, "alibi(Ann)", "alibi(Pym)")
    assert twice.mind("Vale").value("killer()") == "Ben"
    assert len(twice.mind("Vale").worlds) == 1
    assert twice == after(ground, "alibi(Pym)", "alibi(Ann)"), "in whatever order"
    assert after(ground, "find(Rope)") == once, "the knife is not it, so it was not Ann"


def test_what_somebody_holds_of_several_worlds() -> None:
    start = world(HUNT).initial
    assert so(start, "believes(Vale, killer() == Ann | killer() == Ben | killer() == Pym)")
    assert not so(start, "believes(Vale, killer() == Ann | killer() == Ben)")
    assert not so(start, "believes(Vale, killer() == Ann)")
    assert not so(start, "believes(Vale, killer() != Ann)")
    assert so(start, "!believes(Vale, killer() != Ann)")
    assert so(start, "possible(Vale, killer() == Ann) & possible(Vale, killer() == Ben)")
    assert not so(start, "possible(Vale, killer() == Ann & weapon() == Rope)")
    assert so(start, "believes(Vale, killer()) == ? & believes(Vale, killer()) != Ben")
    assert so(start, "!knows_whether(Vale, killer() == Ben)")
    assert so(start, "knows_whether(Ann, killer() == Ben) & knows(Ann, killer() == Ben)")
    assert so(start, "believes(Vale, killer() == Ann | weapon() == Rope)"), "not by its parts"


def test_everybody_is_taken_to_be_as_unsure_as_oneself() -> None:
    start = world(HUNT).initial
    assert may_be(start, "Vale", "Ann") == {"Pym", "Ann", "Ben"}
    assert may_be(start, "Ann", "Vale") == {"Ben"}, "of Vale only Vale's own mind was said"


def test_elimination_in_minds_within_minds() -> None:
    """Pym thinks that Vale has ruled Pym out."""
    ground = world(
        HOUSE
        + """
        possible(killer() == Ann | killer() == Ben | killer() == Pym);
        believes(Pym, possible(Vale, killer() == Ann | killer() == Ben));
        action alibi(who : suspect) { precondition: !(killer() == who);
            observing(c : character): c != Pym; };
        """
    )
    start = ground.initial
    assert may_be(start, "Vale") == may_be(start, "Pym") == {"Pym", "Ann", "Ben"}
    assert may_be(start, "Pym", "Vale") == {"Ann", "Ben"}
    assert so(start, "believes(Pym, !possible(Vale, killer() == Pym))")
    assert so(start, "possible(Vale, killer() == Pym)")
    then = after(ground, "alibi(Ann)")
    assert may_be(then, "Vale") == {"Pym", "Ben"}
    assert may_be(then, "Vale", "Pym") == {"Pym", "Ann", "Ben"}, "Vale knows who did not see it"
    assert may_be(then, "Pym", "Vale") == {"Ann", "Ben"}
    assert may_be(then, "Ann", "Vale") == {"Pym", "Ben"}


def test_who_is_told_keeps_the_worlds_in_which_it_is_so() -> None:
    ground = world(HUNT)
    told = after(ground, "whisper(Ann)")
    assert told.mind("Vale").value("killer()") == "Ann"
    assert told.mind("Vale").value("weapon()") == "Knife", "with all that hangs together"
    assert told.value("killer()") == "Ben", "which may be a lie"
    again = told.after("whisper(Ben)").mind("Vale")
    assert (again.value("killer()"), again.value("weapon()")) == ("Ben", "Knife")


def test_who_sees_what_is_possible_in_no_world_mends_each() -> None:
    ground = world(
        HOUSE
        + """
        possible(Vale, killer() == Ann & weapon() == Knife | killer() == Pym & weapon() == Rope);
        action confess(who : suspect) { precondition: killer() == who; };
        """
    )
    then = after(ground, "confess(Ben)")
    assert then.mind("Vale").value("killer()") == "Ben"
    assert may_be(then, "Vale", of="weapon()") == {"Rope", "Knife"}
    act = ground.action("confess(Ben)")
    surprises = ground.raw.trace(ground.initial.number, act.number, 1).surprises
    mended = [(chain, str(ground.fluents[f]), ground.named(v)) for chain, f, _, v, _ in surprises]
    assert mended == [([ground.character("Vale")], "killer()", "Ben")]
    assert not ground.raw.trace(then.number, act.number, 1).surprises


LOOKING = """
entity Ann : character; entity Ben : character;
property heads() : boolean;
property dirty() : boolean;
heads();
possible(heads() | !heads());
action look(who : character) { effect: knows_whether(who, heads()); };
action peek(who : character) { effect: knows_whether(who, heads());
    observing(c : character): c == who; };
action search() { effect: if(heads()) believes(Ann, heads()); };
"""


def test_an_onlooker_knows_that_it_was_looked_but_not_what_was_seen() -> None:
    ground = world(LOOKING)
    seen = after(ground, "look(Ann)")
    assert so(seen, "knows(Ann, heads()) & !knows_whether(Ben, heads())")
    assert so(seen, "believes(Ben, knows_whether(Ann, heads()))")
    assert so(
        seen, "!believes(Ben, believes(Ann, heads())) & possible(Ben, believes(Ann, heads()))"
    )
    assert so(seen, "believes(Ann, !knows_whether(Ben, heads()))")
    unseen = after(ground, "peek(Ann)")
    assert so(unseen, "knows(Ann, heads()) & !knows_whether(Ben, heads())")
    assert so(unseen, "believes(Ben, !knows_whether(Ann, heads()))")


def test_what_one_would_have_been_told_is_ruled_out_by_not_being_told_it() -> None:
    ground = world(LOOKING.replace("\nheads();", ""))
    assert so(after(ground, "search()"), "knows(Ann, !heads()) & !knows_whether(Ben, heads())")
    assert so(after(ground, "search()"), "believes(Ben, knows_whether(Ann, heads()))")


def test_laws_work_in_each_world() -> None:
    ground = world(
        """
        entity Ann : character; entity Ben : character;
        property rain() : boolean; property wet() : boolean; property glad(c : character) : boolean;
        property out() : boolean;
        rain();
        possible(rain() | !rain());
        trigger soak() { precondition: rain() & out() & !wet(); effect: wet(); };
        trigger know(c : character) {
            precondition: believes(c, wet()) & !glad(c); effect: glad(c); };
        action go() { effect: out(); };
        action shake() { precondition: wet(); effect: out() = False; };
        """
    )
    went = after(ground, "go()")
    assert went.value("wet()") is True
    assert may_be(went, "Ann", of="wet()") == {False, True}
    assert so(went, "believes(Ann, rain() & wet() | !rain() & !wet())")
    assert so(went, "!glad(Ann) & believes(Ann, !glad(Ann))"), "a law asks what all worlds say"
    shaken = after(ground, "go()", "shake()")
    assert so(shaken, "believes(Ann, rain() & glad(Ann) & glad(Ben))")


def children(muddy: Iterable[str], names: Iterable[str]) -> GroundWorld:
    """Each sees the others, and that is common knowledge."""
    return world(
        "".join(f"entity {name} : child; " for name in names)
        + """
        type child : character;
        property muddy(c : child) : boolean;
        forall(c : child) possible(muddy(c) | !muddy(c));
        forall(c : child) forall(other : child) if(c != other) knows_whether(c, muddy(other));
        action father() { precondition: exists(c : child) muddy(c); };
        action nobody_steps_forward() {
            precondition: forall(c : child) !knows_whether(c, muddy(c)); };
        """
        + "".join(f"muddy({name}); " for name in muddy)
    )


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_muddy_children_know_after_as_many_silences_as_there_are_others(count: int) -> None:
    names = ["Ann", "Ben", "Cat", "Dan", "Eve"][:count]
    for dirty in range(1, count + 1):
        ground = children(names[:dirty], names)
        state = after(ground, "father()")
        for _ in range(dirty - 1):
            assert not any(so(state, f"knows_whether({name}, muddy({name}))") for name in names)
            silence = ground.action("nobody_steps_forward()")
            assert state.allows(silence)
            state = state.after(silence)
        knowing = [name for name in names if so(state, f"knows_whether({name}, muddy({name}))")]
        assert knowing == names[:dirty]
        assert all(so(state, f"knows({name}, muddy({name}))") for name in knowing)


def test_what_the_father_says_makes_common_what_each_knew() -> None:
    ground = children(["Ann", "Ben"], ["Ann", "Ben"])
    somebody = "exists(c : child) muddy(c)"
    start, told = ground.initial, after(ground, "father()")
    for name in ("Ann", "Ben"):
        assert so(start, f"knows({name}, {somebody})")
        assert not so(start, f"knows_whether({name}, muddy({name}))")
    assert not so(start, f"believes(Ann, believes(Ben, {somebody}))")
    assert so(told, f"believes(Ann, believes(Ben, believes(Ann, {somebody})))")
    silence = ground.action("nobody_steps_forward()")
    assert start.after(silence) == start, "without him no silence says anything"


CARDS = """
type player : character; type card;
entity Ann : player; entity Ben : player; entity Cat : player;
entity Red : card; entity White : card; entity Blue : card;
property hand(p : player) : card;
hand(Ann) = Red; hand(Ben) = White; hand(Cat) = Blue;
possible(exists(r : player) exists(w : player) exists(b : player)
    (r != w & w != b & b != r & hand(r) = Red & hand(w) = White & hand(b) = Blue));
forall(p : player) knows_whether(p, hand(p));
action lacks(p : player, c : card) { precondition: !(hand(p) == c); };
action cannot_tell(p : player) {
    precondition: !exists(o : player) (o != p & exists(c : card) believes(p, hand(o) == c)); };
action show(p : player, to : player) { precondition: p != to; effect: knows_whether(to, hand(p)); };
"""


def test_cards_are_told_apart_by_what_players_say_they_lack() -> None:
    ground = world(CARDS)
    start = ground.initial
    assert may_be(start, "Ann", of="hand(Ben)") == {"White", "Blue"}
    assert may_be(start, "Ann", "Ben", of="hand(Ann)") == {"Red", "White", "Blue"}
    said = after(ground, "lacks(Ben, Blue)")
    assert said.mind("Ann").value("hand(Cat)") == "Blue"
    assert may_be(said, "Cat", of="hand(Ann)") == {"Red", "White"}
    assert so(said, "believes(Cat, believes(Ann, hand(Cat) == Blue) | hand(Ann) == White)")
    then = said.after("cannot_tell(Cat)")
    assert so(then, "!knows_whether(Cat, hand(Ann) == Red)")
    assert so(then, "believes(Ann, believes(Ben, hand(Ann) == Red | hand(Ann) == Blue))")
    asked = after(ground, "cannot_tell(Ann)")
    assert asked == start, "everybody knew that already"
    shown = after(ground, "show(Ann, Ben)")
    assert so(shown, "knows(Ben, hand(Cat) == Blue) & !knows_whether(Cat, hand(Ben) == White)")
    assert so(shown, "believes(Cat, exists(c : card) believes(Ben, hand(Cat) == c))")


def test_what_is_said_later_wins_at_the_beginning() -> None:
    decided = world(
        HOUSE + "possible(Vale, killer() == Ann | killer() == Pym);believes(Vale, killer()) = Ben;"
    )
    assert may_be(decided.initial, "Vale") == {"Ben"}
    unsure = world(
        HOUSE + "believes(Vale, killer()) = Ben;possible(Vale, killer() == Ann | killer() == Pym);"
    )
    assert may_be(unsure.initial, "Vale") == {"Ann", "Pym"}


def test_what_is_possible_may_say_what_is_believed_there() -> None:
    ground = world(
        HOUSE
        + """possible(exists(s : suspect) (killer() == s & believes(s, killer() == s)));
        action ask(s : suspect) { precondition: !believes(s, killer() == s); };"""
    )
    assert so(ground.initial, "knows(Ben, killer() == Ben) & !knows_whether(Ann, killer() == Ben)")
    assert so(
        ground.initial,
        "believes(Vale, forall(s : suspect) believes(s, killer() == s) | "
        "exists(s : suspect) (killer() == s & believes(s, killer() == s)))",
    )
    assert may_be(after(ground, "ask(Ann)"), "Vale") == {"Pym", "Ben"}


def test_what_an_alternative_leaves_out_is_not_so_in_it() -> None:
    start = world(
        """entity Vale : character; entity Ann : suspect; entity Ben : suspect;
        type suspect : character; property guilty(s : suspect) : boolean;
        guilty(Ben); possible(guilty(Ann) | guilty(Ben));"""
    ).initial
    assert so(start, "believes(Vale, guilty(Ann) & !guilty(Ben) | guilty(Ben) & !guilty(Ann))")


@pytest.mark.parametrize("text", [HUNT, LOOKING, CARDS])
def test_states_are_kept_and_read_again(text: str) -> None:
    ground, fresh = world(text), world(text)
    state = ground.initial
    for act in ("alibi(Ann)", "look(Ann)", "show(Ann, Ben)"):
        if ground.has_action(act):
            state = state.after(act)
    graph = StateGraph.of(state.graph().plain())
    assert graph.has_worlds
    assert graph == state.graph()
    assert ground.state_of(graph) == state
    assert fresh.state_of(graph).graph() == graph


def test_a_world_that_says_nothing_of_worlds_goes_on_from_such_a_state() -> None:
    state = after(world(HUNT), "alibi(Ann)")
    model, _ = parse(
        f"unspoken 1;\n{HOUSE} action alibi(who : suspect)"
        "{ precondition: !(killer() == who); effect: sure() = False; };"
        "action whisper(who : suspect) { effect: believes(Vale, killer() = who); };"
    )
    assert model is not None
    plain = load(model)
    with pytest.raises(EngineError) as refused:
        plain.state_of(state.graph())
    assert refused.value.args[0] in ("possible-worlds", "beyond-reach")
    chapter = load(model, state.graph())
    went_on = chapter.state_of(state.graph()).after("alibi(Pym)")
    assert went_on.mind("Vale").value("killer()") == "Ben"


@pytest.mark.parametrize(
    ("there", "wrong"),
    [([1, 1], "no set"), ([0], "no set"), ([0, 9], "leads nowhere"), ([], "no set")],
)
def test_a_mind_that_is_no_set_of_worlds_is_refused(there: list[int], wrong: str) -> None:
    plain = world(LOOKING).initial.graph().plain()
    plain[0]["minds"]["Ann"] = there
    with pytest.raises(ValueError, match=wrong):
        StateGraph.of(plain)


def test_a_mind_of_several_worlds_is_no_state_to_write_out_or_trace() -> None:
    ground = world(HUNT)
    mind = ground.initial.mind("Vale")
    with pytest.raises(EngineError, match="possible-worlds"):
        mind.graph()
    with pytest.raises(EngineError, match="possible-worlds"):
        ground.raw.trace(mind.number, ground.action("alibi(Ann)").number, 1)
    assert mind.worlds[0].graph().nodes
    assert {str(act) for act in mind.possible()} == {
        f"whisper({who})" for who in ("Pym", "Ann", "Ben")
    }
    told = mind.after("whisper(Ann)")
    assert told.mind("Vale").value("killer()") == "Ann", "as it would be in each"


def test_too_many_worlds_are_refused() -> None:
    many = "".join(f"entity C{n} : child; " for n in range(13))
    with pytest.raises(EngineError) as refused:
        world(
            f"{many} type child : character; property muddy(c : child) : boolean;"
            "forall(c : child) possible(muddy(c) | !muddy(c));"
        )
    assert refused.value.args[0] == "too-many-worlds"


def test_nothing_possible_is_refused() -> None:
    with pytest.raises(EngineError) as refused:
        world(HOUSE + "possible(Ann == Ben & killer() == Ann);")
    assert refused.value.args[0] == "nothing-possible"
