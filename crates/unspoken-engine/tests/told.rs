//! What is told from without, and states written out, by the public way in.

#[allow(dead_code)] // shared by several tests, each of which needs a part of it
mod small;

use serde_json::json;

use small::{A, B, Small, always, not};
use unspoken_engine::ids::{EventId, FluentId};
use unspoken_engine::space::Space;
use unspoken_engine::story::Story;
use unspoken_engine::value::{Datum, Value};

#[test]
fn a_mind_of_several_worlds_is_written_out_and_read() {
    let worlds = Small::new(&[("p", 0), ("q", 0)])
        .action(always, |w| w.fluent("q", &[]), None)
        .initially(|w| {
            let p = w.fluent("p", &[]);
            vec![json!([
                "possible",
                ["entity", 0],
                ["or", [p, not(p.clone())]]
            ])]
        });
    let mut story = worlds.story();
    let after = story.apply(story.initial(), EventId(0)).unwrap();
    let graph = story.minds().graph(after, &[A, B]);
    assert_eq!(graph[0].minds[0].len(), 2);
    let mut fresh = worlds.story();
    let read = fresh.minds_mut().of_graph(&graph).unwrap();
    assert_eq!(fresh.minds().graph(read, &[A, B]), graph);
    assert_eq!(fresh.apply(fresh.initial(), EventId(0)), Ok(read));

    let mut plain = Small::new(&[("p", 0), ("q", 0)])
        .action(
            always,
            |w| json!(["and", [w.fluent("p", &[]), w.fluent("q", &[])]]),
            None,
        )
        .story();
    let fault = plain.minds_mut().of_graph(&graph).unwrap_err();
    assert_eq!(fault.code, "possible-worlds");
}

/// The number of a fluent.
fn numbered(world: &Small, story: &Story, name: &str) -> FluentId {
    let mut all = (0..story.world().fluents.len()).map(FluentId::from);
    let property = |f: FluentId| story.world().fluents.fluent(f).property;
    all.find(|&f| world.properties[property(f)].0 == name)
        .unwrap()
}

/// A world in which an action says p, to A as if it were q, seen by B alone; and a law.
fn saying() -> Small {
    Small::new(&[("p", 0), ("q", 0), ("r", 0)])
        .action(
            always,
            |w| json!(["and", [w.fluent("p", &[]), w.fluent("q", &[0])]]),
            Some(json!(["compare", "==", ["variable", 0], ["entity", 1]])),
        )
        .trigger(
            |w| json!(["and", [w.fluent("q", &[]), not(w.fluent("r", &[]))]]),
            |w| w.fluent("r", &[]),
        )
}

#[test]
fn what_is_told_does_what_an_action_that_says_it_does() {
    let world = saying();
    let mut story = world.story();
    let [p, q] = ["p", "q"].map(|name| numbered(&world, &story, name));
    let told = [
        (vec![A, A], q, Value::TRUE),
        (vec![], p, Value::TRUE),
        (vec![A], q, Value::TRUE),
    ];
    let minds = story.minds_mut();
    let event = minds.mint(&told, &[B, B]).unwrap();
    let other = minds.mint(&told, &[]).unwrap();
    assert_ne!(event, other);
    assert_eq!(minds.mint(&told[..2], &[B]), Ok(event), "the same content");
    let start = story.initial();
    let after = story.apply(start, event).unwrap();
    assert_eq!(Ok(after), story.apply(start, EventId(0)));
    assert_eq!(
        world.value(&story, after, &[A], "r"),
        Datum::Boolean(true),
        "the law set in"
    );
    let unseen = story.apply(start, other).unwrap();
    assert_eq!(
        world.value(&story, unseen, &[B], "p"),
        Datum::Boolean(false)
    );
    let mut possible = Vec::new();
    story.possible(start, &mut possible).unwrap();
    assert_eq!(possible, [EventId(0)], "nobody can do it");
    assert_eq!(story.event(event.index()), Ok(event));
    assert_eq!(story.happening(event.index()), Ok(event));
    assert_eq!(
        story.action(event.index()).unwrap_err().code,
        "unknown-action"
    );
    assert_eq!(story.happening(1).unwrap_err().code, "unknown-action");
}

#[test]
fn what_can_never_be_is_not_told() {
    let world = saying();
    let mut story = world.story();
    let [p, r] = ["p", "r"].map(|name| numbered(&world, &story, name));
    let number = story.packed(Datum::Number(1.0)).unwrap();
    for (fluent, value) in [(p, Value::UNKNOWN), (r, number)] {
        let minted = story.minds_mut().mint(&[(vec![], fluent, value)], &[]);
        assert_eq!(minted.unwrap_err().code, "beyond-reach");
    }
    let both = [Value::TRUE, Value::FALSE].map(|value| (vec![], p, value));
    let minted = story.minds_mut().mint(&both, &[]);
    assert_eq!(minted.unwrap_err().code, "contradictory-effect");
    assert_eq!(
        story.packed(Datum::Number(f64::INFINITY)).unwrap_err().code,
        "not-a-number"
    );
}

#[test]
fn a_graph_that_is_none_is_refused() {
    let world = saying();
    let mut story = world.story();
    let start = story.initial();
    let good = story.minds().graph(start, &[B, A]);
    assert_eq!(story.minds_mut().of_graph(&good), Ok(start));
    let mut short = good.clone();
    short[0].values.pop();
    let mut nowhere = good.clone();
    nowhere[0].minds[0] = vec![7];
    let mut beside_itself = vec![good[0].clone(), good[0].clone()];
    beside_itself[0].minds = vec![vec![1], vec![0]];
    beside_itself[1].minds = vec![vec![0], vec![1]];
    for graph in [vec![], short, nowhere, beside_itself] {
        let fault = story.minds_mut().of_graph(&graph).unwrap_err();
        assert_eq!(fault.code, "malformed-graph");
    }
}
