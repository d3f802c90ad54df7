//! What events, surprise, beliefs told and triggers make of small worlds, by the public way in.

#[allow(dead_code)] // shared by several tests, each of which needs a part of it
mod small;

use serde_json::{Value as Json, json};

use small::{A, B, Small, always, not, unsure};
use unspoken_engine::format::{Expression, read_expression};
use unspoken_engine::ground::Question;
use unspoken_engine::ids::{CharacterId, EventId, NodeId};
use unspoken_engine::minds::Owner;
use unspoken_engine::space::Space;
use unspoken_engine::story::Story;
use unspoken_engine::value::Datum;

fn all(parts: &[Json]) -> Json {
    json!(["and", parts])
}

fn set(target: Json, value: Json) -> Json {
    json!(["assign", target, value])
}

fn compare(comparator: &str, left: Json, right: Json) -> Json {
    json!(["compare", comparator, left, right])
}

fn number(value: f64) -> Json {
    json!(["number", value])
}

fn add(left: Json, right: f64) -> Json {
    json!(["arithmetic", "+", left, number(right)])
}

fn only(character: u32) -> Option<Json> {
    Some(json!([
        "compare",
        "==",
        ["variable", 0],
        ["entity", character]
    ]))
}

fn act(story: &mut Story, place: usize) -> NodeId {
    let before = story.initial();
    let after = story.apply(before, EventId::from(place)).unwrap();
    story.minds().store.check_invariants().unwrap();
    after
}

const NO: Datum = Datum::Boolean(false);
const YES: Datum = Datum::Boolean(true);

#[test]
fn a_surprised_observer_mends_what_an_equality_says_and_doubts_the_rest() {
    let world = Small::new(&[("at", 2), ("gold", 1), ("knife", 0), ("seen", 0)])
        .initially(|w| {
            vec![
                set(w.fluent("at", &[]), json!(["entity", 2])),
                set(w.fluent("gold", &[]), number(2.0)),
                set(w.fluent("gold", &[1]), number(0.0)),
                set(w.fluent("at", &[1]), json!(["entity", 0])),
                w.fluent("knife", &[1]),
            ]
        })
        .action(
            |w| {
                all(&[
                    compare("==", w.fluent("at", &[]), json!(["entity", 2])),
                    compare(">", w.fluent("gold", &[]), number(0.0)),
                    not(w.fluent("knife", &[])),
                ])
            },
            |w| {
                let less = json!(["arithmetic", "-", w.fluent("gold", &[]), number(1.0)]);
                all(&[set(w.fluent("gold", &[]), less), w.fluent("seen", &[])])
            },
            None,
        )
        // So that nothing is found never to change.
        .action(
            always,
            |w| {
                all(&[
                    w.fluent("knife", &[]),
                    set(w.fluent("at", &[]), json!(["unknown"])),
                ])
            },
            None,
        );
    let mut story = world.story();
    let after = act(&mut story, 0);
    let of_b = |name| world.value(&story, after, &[B], name);
    assert_eq!(of_b("at"), Datum::Entity(unspoken_engine::ids::EntityId(2)));
    assert_eq!(of_b("knife"), NO);
    assert_eq!(of_b("gold"), Datum::Unknown, "unknown less one is unknown");
    assert_eq!(of_b("seen"), YES);
    assert_eq!(world.value(&story, after, &[A], "gold"), Datum::Number(1.0));
    // B, whose own repair made the precondition doubtful, does not repair its picture of A.
    assert_eq!(
        world.value(&story, after, &[B, A], "gold"),
        Datum::Number(-1.0)
    );
}

#[test]
fn whole_numbers_go_no_farther_than_they_must_and_one_by_the_other() {
    let world = Small::new(&[("f", 1), ("g", 1), ("h", 1), ("p", 0)])
        .whole(&["f", "g"])
        .initially(|w| {
            vec![
                set(w.fluent("f", &[]), number(7.0)),
                set(w.fluent("g", &[]), number(1.5)),
                set(w.fluent("h", &[]), number(9.0)),
                set(w.fluent("f", &[1]), number(-3.0)),
                set(w.fluent("g", &[1]), number(5.0)),
                set(w.fluent("h", &[1]), number(0.0)),
            ]
        })
        .action(
            |w| {
                all(&[
                    compare("!=", w.fluent("f", &[]), number(2.0)),
                    compare(">=", w.fluent("f", &[]), w.fluent("g", &[])),
                    compare(">", w.fluent("h", &[]), number(5.0)),
                ])
            },
            |w| set(w.fluent("f", &[]), add(w.fluent("f", &[]), 1.0)),
            None,
        )
        .action(
            |w| compare("==", w.fluent("g", &[]), number(1.5)),
            |w| w.fluent("p", &[]),
            None,
        )
        // So that nothing is found never to change.
        .action(
            always,
            |w| {
                all(&["f", "g", "h"]
                    .map(|name| set(w.fluent(name, &[]), add(w.fluent(name, &[]), 1.0))))
            },
            None,
        );
    let mut story = world.story();
    let after = act(&mut story, 0);
    let of_b = |name| world.value(&story, after, &[B], name);
    // f goes up to what is neither below 1.5 nor 2, then g down to that.
    assert_eq!(of_b("f"), Datum::Number(4.0), "3, and what the act adds");
    assert_eq!(of_b("g"), Datum::Number(3.0));
    assert_eq!(of_b("h"), Datum::Unknown, "not a whole number");
    assert_eq!(
        world.value(&story, after, &[B, A], "f"),
        Datum::Number(-2.0)
    );
    let after = act(&mut story, 1);
    let g = world.value(&story, after, &[B], "g");
    assert_eq!(
        g,
        Datum::Number(1.5),
        "where no whole number will do, what is so"
    );
}

#[test]
fn what_is_told_beats_what_is_seen_and_reaches_who_does_not_see() {
    let world = Small::new(&[("h", 0), ("w", 0), ("n", 1)])
        .initially(|w| vec![set(w.fluent("n", &[0]), number(3.0))])
        .action(
            always,
            |w| {
                all(&[
                    w.fluent("h", &[1]),
                    set(w.fluent("h", &[]), json!(["boolean", false])),
                    set(w.fluent("n", &[0]), w.fluent("n", &[])),
                    w.fluent("w", &[]),
                ])
            },
            only(1),
        )
        .action(always, |w| set(w.fluent("n", &[]), number(7.0)), None);
    let mut story = world.story();
    let after = act(&mut story, 0);
    let value = |minds: &[CharacterId], name| world.value(&story, after, minds, name);
    assert_eq!(
        (value(&[], "h"), value(&[B], "h"), value(&[B, A], "h")),
        (NO, YES, NO)
    );
    assert_eq!(value(&[B, B], "h"), YES, "B knows what B believes");
    assert_eq!((value(&[B], "w"), value(&[A], "w")), (YES, NO));
    assert_eq!(value(&[A], "n"), Datum::Number(0.0), "told the real value");
}

#[test]
fn what_somebody_imagines_but_would_not_see_it_does_not_foresee_knowing() {
    let world = Small::new(&[("p", 0)]).action(always, |w| w.fluent("p", &[]), only(1));
    let mut story = world.story();
    let mind = story.mind(story.initial(), A);
    let imagined = story.apply(mind, EventId(0)).unwrap();
    assert_eq!(world.value(&story, imagined, &[], "p"), YES);
    assert_eq!(world.value(&story, imagined, &[A], "p"), NO);
}

#[test]
fn triggers_fire_in_every_mind_by_what_that_mind_believes() {
    let world = Small::new(&[("p", 0), ("q", 0), ("r", 0)])
        .initially(|w| vec![w.fluent("q", &[1])])
        .action(always, |w| w.fluent("p", &[]), only(0))
        .action(
            always,
            |w| all(&[not(w.fluent("p", &[])), not(w.fluent("r", &[]))]),
            None,
        )
        .trigger(
            |w| all(&[w.fluent("p", &[]), not(w.fluent("q", &[]))]),
            |w| w.fluent("q", &[]),
        )
        .trigger(
            |w| all(&[w.fluent("q", &[]), not(w.fluent("r", &[]))]),
            |w| w.fluent("r", &[]),
        );
    let mut story = world.story();
    let start = story.initial();
    assert_eq!(
        world.value(&story, start, &[B], "r"),
        YES,
        "it fired at the start"
    );
    assert_eq!(world.value(&story, start, &[A], "r"), NO);
    let after = act(&mut story, 0);
    let all =
        |minds: &[CharacterId]| ["p", "q", "r"].map(|name| world.value(&story, after, minds, name));
    assert_eq!(all(&[]), [YES, YES, YES]);
    assert_eq!(all(&[A]), [YES, YES, YES]);
    assert_eq!(all(&[B]), [NO, YES, YES]);
    assert_eq!(all(&[A, B]), [NO, NO, NO], "A thinks that B did not see it");
}

#[test]
fn a_trigger_on_a_belief_fires_once_the_mind_has_come_to_it() {
    // In A's mind p brings q; reality answers A's believing q with r, and tells A so.
    let world = Small::new(&[("p", 0), ("q", 0), ("r", 0)])
        .action(always, |w| w.fluent("p", &[0]), only(0))
        .trigger(
            |w| all(&[w.fluent("p", &[]), not(w.fluent("q", &[]))]),
            |w| w.fluent("q", &[]),
        )
        .trigger(
            |w| {
                all(&[
                    w.fluent("q", &[0]),
                    not(w.fluent("q", &[])),
                    not(w.fluent("r", &[])),
                ])
            },
            |w| all(&[w.fluent("r", &[]), w.fluent("r", &[0])]),
        );
    let mut story = world.story();
    let start = story.initial();
    let trace = story.minds_mut().trace(start, EventId(0), 2).unwrap();
    let fired: Vec<u32> = trace.steps.iter().map(|step| step.event.0).collect();
    assert_eq!(fired, [0, 2], "the act, then the law that reads A's mind");
    assert!(trace.inferred.contains(&(vec![A], EventId(1))));
    let after = act(&mut story, 0);
    assert_eq!(trace.settled, Some(after));
    assert_eq!(world.value(&story, after, &[], "r"), YES);
    assert_eq!(world.value(&story, after, &[A], "r"), YES);
    assert_eq!(world.value(&story, after, &[B], "r"), NO);
    let differences = story.minds_mut().differences(start, after, 1);
    assert!(differences.iter().any(|d| d.chain == [A]));
    assert!(differences.iter().all(|d| d.chain != [B]));
}

#[test]
fn triggers_that_undo_each_other_are_named() {
    let world = Small::new(&[("p", 0), ("q", 0)])
        .action(always, |w| w.fluent("q", &[]), None)
        .trigger(
            |w| all(&[w.fluent("q", &[]), w.fluent("p", &[])]),
            |w| not(w.fluent("p", &[])),
        )
        .trigger(
            |w| all(&[w.fluent("q", &[]), not(w.fluent("p", &[]))]),
            |w| w.fluent("p", &[]),
        );
    let mut story = world.story();
    let start = story.initial();
    let fault = story.apply(start, EventId(0)).unwrap_err();
    assert_eq!(fault.code, "endless-triggers");
    assert!(fault.facts["event"].starts_with("law"), "{fault}");
}

#[test]
fn a_number_that_grows_for_ever_is_an_endless_trigger_too() {
    let world = Small::new(&[("n", 1)]).trigger(
        |w| compare(">=", w.fluent("n", &[]), number(0.0)),
        |w| {
            let more = json!(["arithmetic", "+", w.fluent("n", &[]), number(1.0)]);
            set(w.fluent("n", &[]), more)
        },
    );
    assert_eq!(world.begin().err().unwrap().code, "endless-triggers");
}

#[test]
fn an_effect_with_two_values_is_refused() {
    let world = Small::new(&[("n", 1)]).action(
        always,
        |w| {
            all(&[
                set(w.fluent("n", &[]), number(1.0)),
                set(w.fluent("n", &[]), number(2.0)),
            ])
        },
        None,
    );
    let fault = world.begin().err().unwrap();
    assert_eq!(fault.code, "contradictory-effect");
    assert_eq!(
        (&*fault.facts["event"], &*fault.facts["fluent"]),
        ("act0()", "n()")
    );
}

#[test]
fn division_by_zero_says_where() {
    let world = Small::new(&[("n", 1), ("m", 1)])
        .action(
            |w| {
                let ratio = json!(["arithmetic", "/", number(1.0), w.fluent("m", &[])]);
                compare(">", ratio, number(0.0))
            },
            |w| set(w.fluent("n", &[]), number(1.0)),
            None,
        )
        .action(always, |w| set(w.fluent("m", &[]), number(2.0)), None);
    let mut story = world.story();
    let fault = story.is_possible(story.initial(), EventId(0)).unwrap_err();
    assert_eq!(fault.code, "division-by-zero");
    assert_eq!(fault.facts["event"], "act0()");
}

#[test]
fn a_nested_belief_falls_back_on_the_outer_minds() {
    let world = Small::new(&[("n", 1)])
        .initially(|w| vec![set(w.fluent("n", &[1]), number(7.0))])
        .action(always, |w| set(w.fluent("n", &[]), number(1.0)), None);
    let story = world.story();
    let value = |minds: &[CharacterId]| world.value(&story, story.initial(), minds, "n");
    assert_eq!(value(&[A, B]), Datum::Number(0.0));
    assert_eq!(value(&[B, A]), Datum::Number(7.0));
}

#[test]
fn what_nothing_changes_is_a_constant_and_what_cannot_happen_is_left_out() {
    let world = Small::new(&[("p", 0), ("q", 0), ("never", 0)])
        .initially(|w| vec![w.fluent("q", &[])])
        .action(always, |w| w.fluent("p", &[]), None)
        .action(
            |w| w.fluent("never", &[]),
            |w| not(w.fluent("p", &[])),
            None,
        )
        .action(|w| w.fluent("p", &[]), |w| w.fluent("q", &[]), None);
    let mut story = world.story();
    assert_eq!(story.world().fluents.changing(), 1);
    assert_eq!(
        story.world().actions,
        1,
        "the others cannot happen, or change nothing"
    );
    assert_eq!(world.value(&story, story.initial(), &[B], "q"), YES);
    let start = story.initial();
    let expression = json!([
        "and",
        [world.fluent("q", &[0]), not(world.fluent("p", &[]))]
    ]);
    let _: Expression = read_expression(&expression.to_string()).unwrap();
    assert_eq!(story.evaluate(start, &expression.to_string()), Ok(YES));
}

#[test]
fn an_unknown_utility_is_not_a_number() {
    let mut world = Small::new(&[("n", 1), ("p", 0)])
        .initially(|w| vec![set(w.fluent("n", &[]), json!(["unknown"]))])
        .action(always, |w| w.fluent("p", &[]), None);
    world.utilities = vec![
        json!({"character": null, "expression": world.fluent("n", &[])}),
        json!({"character": 0, "expression": world.fluent("p", &[])}),
    ];
    let mut story = world.story();
    let after = act(&mut story, 0);
    assert_eq!(story.utility(after, None), Ok(None));
    assert_eq!(
        story.utility(after, Some(A)),
        Ok(Some(1.0)),
        "a condition counts 1 or 0"
    );
    assert_eq!(story.utility(after, Some(B)), Ok(Some(0.0)), "none is 0");
}

#[test]
fn a_mind_of_several_worlds_holds_what_is_true_in_all_of_them() {
    let world = Small::new(&[("p", 0), ("q", 0)])
        .action(always, |w| w.fluent("p", &[]), None)
        .action(always, |w| w.fluent("q", &[]), None);
    let mut story = world.story();
    let (state, worlds) = unsure(&mut story);
    let mut sorted = worlds.to_vec();
    sorted.sort_unstable();
    assert_eq!(story.minds().store.worlds(state, &[A]), sorted);
    let mind = story.mind(state, A);
    let holds = |formula: &Json| {
        let expression = read_expression(&formula.to_string()).unwrap();
        let mut numbers = story.minds().store.numbers.clone();
        match story.world().question(&expression, &mut numbers).unwrap() {
            Question::Truth(condition) => story.minds().store.holds(mind, &condition),
            Question::Amount(_) => panic!("a condition"),
        }
    };
    let (p, q) = (world.fluent("p", &[]), world.fluent("q", &[]));
    assert_eq!(holds(&p), Ok(false));
    assert_eq!(
        holds(&not(p.clone())),
        Ok(false),
        "it does not know whether"
    );
    assert_eq!(holds(&not(q)), Ok(true));
    assert_eq!(holds(&json!(["or", [p.clone(), not(p)]])), Ok(true));
}

#[test]
fn a_world_of_single_minds_refuses_several() {
    let world = Small::new(&[("p", 0), ("q", 0)])
        .action(always, |w| w.fluent("p", &[]), None)
        .action(always, |w| w.fluent("q", &[]), only(1));
    let mut story = world.story();
    let (state, worlds) = unsure(&mut story);
    let fault = story.apply(state, EventId(0)).unwrap_err();
    assert_eq!(fault.code, "possible-worlds");
    let after = story
        .minds_mut()
        .step(state, EventId(1), Owner::NOBODY)
        .unwrap();
    let mut sorted = worlds.to_vec();
    sorted.sort_unstable();
    assert_eq!(
        story.minds().store.worlds(after, &[A]),
        sorted,
        "A did not see it"
    );
    assert_eq!(world.value(&story, after, &[B], "q"), YES);
}
