//! Events made of what is told from without: values set in a state and in minds, whatever was
//! believed, and who sees it. They have no precondition and no schema; in everything else they are
//! events like any other, and go through the same stepping.
//!
//! The same thing told twice is one event. Its number says when it was first told, and nothing that
//! comes of it depends on that.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::ground::beginning::Chain;
use crate::ground::{Condition, Effect, Event, EventKind, Observing, Reading, Term};
use crate::ids::{CharacterId, EventId, FluentId};
use crate::minds::Minds;
use crate::value::Value;

/// What is told: in which chain of minds (outermost first, none: in truth) a fluent gets which
/// value.
pub type Telling = (Vec<CharacterId>, FluentId, Value);

/// What was told, sorted, and who saw it.
type Content = (Box<[(Chain, FluentId, Value)]>, Box<[CharacterId]>);

/// The events of what was told.
#[derive(Clone, Default)]
pub(super) struct Minted {
    places: FxHashMap<Content, EventId>,
}

impl Minds {
    /// The event of telling these things, seen by these characters: each of them steps it in its
    /// mind like any event, and knows that the others see it.
    ///
    /// Fails where a fluent is given two values, or one that it can never have (what cannot be was
    /// left out when the world was ground).
    pub fn mint(
        &mut self,
        tellings: &[Telling],
        observers: &[CharacterId],
    ) -> Result<EventId, Fault> {
        let mut pins: Vec<(Chain, FluentId, Value)> = Vec::with_capacity(tellings.len());
        for (chain, fluent, value) in tellings {
            if !self.world.may_be(*fluent, *value) {
                return Err(self.beyond_reach(*fluent, *value));
            }
            if self.world.fluents.constant(*fluent).is_none() {
                let mut chain = chain.clone();
                chain.dedup(); // whoever believes something believes that it does
                pins.push((chain.into(), *fluent, *value));
            }
        }
        pins.sort_unstable();
        pins.dedup();
        if let Some(twice) = pins
            .windows(2)
            .find(|p| (&p[0].0, p[0].1) == (&p[1].0, p[1].1))
        {
            let fluent = self.world.fluent_text(twice[0].1, &self.store.numbers);
            return Err(Fault::new("contradictory-effect").with("fluent", fluent));
        }
        let mut observers = observers.to_vec();
        observers.sort_unstable();
        observers.dedup();
        let content: Content = (pins.into(), observers.into());
        if let Some(&known) = self.minted.places.get(&content) {
            return Ok(known);
        }
        let event = event(&content, self.world.characters);
        let number = self.world.events.len() + self.world.minted.len();
        if !self.memo.has_room_for(number + 1) {
            return Err(Fault::new("too-many-events").with("limit", number));
        }
        self.outcomes.add(&event, &self.world.whole);
        Arc::make_mut(&mut self.world).minted.push(event);
        let number = EventId::from(number);
        self.minted.places.insert(content, number);
        Ok(number)
    }

    /// The fault of a value that a fluent can never have.
    pub(super) fn beyond_reach(&self, fluent: FluentId, value: Value) -> Fault {
        let numbers = &self.store.numbers;
        Fault::new("beyond-reach")
            .with("fluent", self.world.fluent_text(fluent, numbers))
            .with("value", self.world.value_text(value, numbers))
    }
}

fn event((pins, observers): &Content, characters: usize) -> Event {
    let effects = pins.iter().map(|(chain, fluent, value)| Effect {
        condition: Condition::True,
        target: Reading {
            chain: chain.clone(),
            fluent: *fluent,
        },
        value: Term::Constant(*value),
    });
    let sees = |character| match observers.binary_search(&character) {
        Ok(_) => Condition::True,
        Err(_) => Condition::False,
    };
    Event {
        kind: EventKind::Minted,
        schema: 0,
        arguments: Box::new([]),
        consenting: Box::new([]),
        precondition: Condition::True,
        effects: effects.collect(),
        plain: pins.partition_point(|(chain, ..)| chain.is_empty()),
        observing: if observers.len() < characters {
            let everybody = (0..characters).map(CharacterId::from);
            Observing::Each(everybody.map(sees).collect())
        } else {
            Observing::Everybody
        },
    }
}
