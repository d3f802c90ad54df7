//! How far into minds things reach: whether what is left out beyond the depth can ever show.
//!
//! A value in a chain of minds may depend, by an event, on values in longer chains. Where it never
//! does, states kept to a depth are exact to that depth for ever. Where an act does so by some
//! minds, certainty goes back by so many with each act; where a trigger does, it is gone (a trigger
//! may fire in all minds one after the other).

use crate::ground::{Condition, Event, EventKind, Observing, Reading, Term, World};

/// By how many minds acts reach further in than what they set; `None`: a trigger does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    acts: Option<u32>,
}

impl Reach {
    /// What the events of a world read and set.
    pub fn of(world: &World) -> Reach {
        let mut acts = 0;
        for event in &world.events {
            let by = effects(event).max(match event.kind {
                EventKind::Action => surprise(world, &event.precondition).max(observing(event)),
                EventKind::Trigger => setting_off(event),
                EventKind::Minted => 0,
            });
            if event.kind == EventKind::Action {
                acts = acts.max(by);
            } else if by > 0 {
                return Reach { acts: None };
            }
        }
        let acts = u32::try_from(acts).expect("not below nothing");
        Reach { acts: Some(acts) }
    }

    /// How deep all is certain before anything happens.
    pub fn at_first(self, depth: u32) -> Option<u32> {
        self.acts.map(|_| depth)
    }

    /// How deep all is certain after an act.
    pub fn after(self, exact: Option<u32>) -> Option<u32> {
        exact?.checked_sub(self.acts?)
    }
}

fn length(reading: &Reading) -> i64 {
    i64::try_from(reading.chain.len()).expect("a short chain")
}

/// By how much a reading reaches further in than a target, in the actual state or anybody's mind
/// (in the mind of the target's outermost character this one falls away, from both if from both).
fn beyond(reading: &Reading, target: &Reading, in_its_own_mind: bool) -> i64 {
    let by = length(reading) - length(target);
    match target.chain.first() {
        Some(own) if in_its_own_mind && reading.chain.first() != Some(own) => by + 1,
        _ => by,
    }
}

/// What effects set by what they read. An unconditional one of an act that sets a belief, in the
/// mind of the believer, is set over by the same in the state around.
fn effects(event: &Event) -> i64 {
    let mut most = 0;
    for effect in &event.effects {
        let own = event.kind == EventKind::Trigger || effect.condition != Condition::True;
        let mut found = |reading: &Reading| {
            most = most.max(beyond(reading, &effect.target, own));
        };
        effect.condition.readings(&mut found);
        effect.value.readings(&mut found);
    }
    most
}

/// What a trigger sets by when it fires.
fn setting_off(event: &Event) -> i64 {
    let mut most = 0;
    for effect in &event.effects {
        event.precondition.readings(&mut |reading| {
            most = most.max(beyond(reading, &effect.target, true));
        });
    }
    most
}

/// All that is in a mind, by who is seen to see.
fn observing(event: &Event) -> i64 {
    let Observing::Open(seeing) = &event.observing else {
        return 0;
    };
    i64::try_from(seeing.depth()).expect("a short chain") - 1
}

/// What an observer mends by what is so around it and what it believes.
fn surprise(world: &World, precondition: &Condition) -> i64 {
    let mut longest = 0;
    let mut shortest = i64::MAX;
    precondition.readings(&mut |reading| {
        longest = longest.max(length(reading));
        shortest = shortest.min((length(reading) - 1).max(0));
    });
    if longest == 0 {
        return 0;
    }
    let mut most = longest - 1 - shortest;
    let Some(atoms) = conjunction(precondition) else {
        return most.max(longest - shortest);
    };
    // Whole numbers that are compared with others are mended one by the other.
    let mut whole = Vec::new();
    for terms in atoms {
        let (mut readings, mut steps) = (Vec::new(), false);
        terms.iter().for_each(|term| {
            term.readings(&mut |reading| {
                readings.push(length(reading));
                steps |= world.is_whole(reading.fluent);
            });
        });
        if steps && readings.len() > 1 {
            whole.extend_from_slice(&readings);
        }
        most = most.max(apart(&mut readings));
    }
    most.max(apart(&mut whole))
}

/// By how much what is mended by some reaches in.
fn apart(readings: &mut [i64]) -> i64 {
    readings.sort_unstable();
    match readings {
        [first, .., last] if *last > 0 => *last - (*first - 1).max(0),
        _ => 0,
    }
}

/// The sides of a conjunction's atoms, if it is one, of plain terms.
fn conjunction(condition: &Condition) -> Option<Vec<[&Term; 2]>> {
    let plain = |term: &Term| matches!(term, Term::Constant(_) | Term::Fluent(_));
    match condition {
        Condition::True | Condition::False => Some(Vec::new()),
        Condition::Or(_) | Condition::In(_) => None,
        Condition::And(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(conjunction).collect();
            Some(parts?.concat())
        }
        Condition::Atom(atom) => {
            let sides = [&atom.left, &atom.right];
            sides.iter().all(|side| plain(side)).then(|| vec![sides])
        }
    }
}
