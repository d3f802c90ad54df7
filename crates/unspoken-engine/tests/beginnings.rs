//! Reasons for beginning with an act: bounded by work, and the same whatever was asked before.

#[allow(dead_code)] // shared by several tests, each of which needs a part of it
mod toy;

use toy::Toy;
use unspoken_engine::ids::{CharacterId, EventId, NodeId};
use unspoken_engine::search::{Beginnings, Deed, Effort};
use unspoken_engine::space::Space;

const LINKS: usize = 10;

/// A chain of doors: each opens the next one's door, because that one will go on.
fn doors() -> Toy {
    let names: Vec<String> = (0..LINKS).map(|i| format!("c{i}")).collect();
    let mut toy = Toy::new(&names.join(" "), "o0");
    for (i, name) in names.iter().enumerate() {
        let (here, next) = (format!("o{i} -o{}", i + 1), format!("o{}", i + 1));
        toy = toy.act(&format!("open{i}"), &here, &next, name);
    }
    let last = format!("o{LINKS}");
    for name in &names {
        let last = last.clone();
        toy = toy.wants(name, move |f| f.one(&last));
    }
    toy.done()
}

/// Why would somebody open its door?
fn question(toy: &mut Toy, state: NodeId, who: u32) -> (NodeId, CharacterId, EventId) {
    let whose = CharacterId(who);
    (toy.mind(state, whose), whose, EventId(who))
}

fn effort(work: u64) -> Effort {
    Effort {
        character_limit: 100,
        epistemic_limit: 8,
        work,
    }
}

#[test]
fn minds_eight_deep_need_no_stack_of_their_own() {
    let mut toy = doors();
    let start = toy.initial();
    let asked = question(&mut toy, start, 0);
    let deepest = Effort {
        epistemic_limit: 100,
        ..effort(u64::MAX)
    };
    let mut beginnings = Beginnings::default();
    let reason = beginnings.reason(&mut toy, asked, deepest, &[]).unwrap();
    assert_eq!(reason.expect("a reason").rest.len(), LINKS - 1);
    // Each has to have a reason in the mind of the one before.
    let reason = beginnings.reason(&mut toy, asked, effort(u64::MAX), &[]);
    assert_eq!(reason, Ok(None));
    let second = toy.apply(start, EventId(0)).unwrap();
    let asked = question(&mut toy, second, 1);
    let reason = beginnings
        .reason(&mut toy, asked, effort(u64::MAX), &[])
        .unwrap();
    assert_eq!(reason.expect("a reason").rest.len(), LINKS - 2);
}

#[test]
fn what_it_takes_is_the_same_every_time() {
    let mut toy = doors();
    let start = toy.initial();
    let asked = question(&mut toy, start, 0);
    let all = Effort {
        epistemic_limit: 100,
        ..effort(0)
    };
    let found = |beginnings: &mut Beginnings, toy: &mut Toy, work: u64| {
        let reason = beginnings.reason(toy, asked, Effort { work, ..all }, &[]);
        reason.unwrap().is_some()
    };
    let mut used = Beginnings::default();
    let enough = (0..)
        .find(|&work| found(&mut used, &mut toy, work))
        .unwrap();
    assert!(enough > LINKS as u64);
    for work in [u64::MAX, enough, enough - 1, 0, enough + 1] {
        let mut fresh = Beginnings::default();
        for beginnings in [&mut fresh, &mut used] {
            assert_eq!(found(beginnings, &mut toy, work), work >= enough);
        }
    }
}

#[test]
fn a_way_without_a_step_may_be_longer_and_need_more() {
    // Whoever would not steal in the light steals in the dark, and so has a reason to put it out.
    let mut toy = Toy::new("ann", "light")
        .act("enter", "", "in", "ann")
        .act("douse", "", "-light", "ann")
        .act("steal", "in", "has", "ann")
        .wants("ann", |f| f.one("has"))
        .done();
    let ann = CharacterId(0);
    let [enter, douse, steal] = [0, 1, 2].map(EventId);
    let start = toy.mind(toy.initial(), ann);
    let in_the_light = [(Some(toy.apply(start, enter).unwrap()), steal)];
    let mut beginnings = Beginnings::default();
    let mut rest = |act, without: &[Deed]| {
        let question = (start, ann, act);
        let reason = beginnings.reason(&mut toy, question, effort(u64::MAX), without);
        reason.unwrap().map(|reason| reason.rest)
    };
    assert_eq!(rest(enter, &[]), Some(vec![steal]));
    assert_eq!(rest(douse, &[]), None);
    assert_eq!(rest(enter, &in_the_light), Some(vec![douse, steal]));
    assert_eq!(rest(douse, &in_the_light), Some(vec![enter, steal]));
    assert_eq!(rest(enter, &[(None, steal)]), None);
    assert_eq!(rest(enter, &[]), Some(vec![steal]));
}
