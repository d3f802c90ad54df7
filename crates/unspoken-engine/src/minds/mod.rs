//! States as minds have them: kept, compared, and changed by events.
//!
//! Receives a ground world, hands on states as numbers. `store` keeps them; `batch`, `partition` and
//! `intern` make equal ones the same; `description` says how new ones come about and unfolds them,
//! with `change` and `surprise` (an event; `flat`: as far as facts alone decide it), `laws` and
//! `settle` (triggers; `prospects` and `percepts`: which can be due); `beginning` and
//! `initial` make the first state; `mint` makes events of what is
//! told from without; `worlds` (events), `rounds` (triggers) and `several` are the general way, for
//! minds that hold several worlds; `graph` writes states out and reads them; `memo` remembers; `trace` looks at a
//! transition closely. Deliberately does not know search.

mod batch;
mod beginning;
mod change;
mod components;
mod description;
mod flat;
mod graph;
mod guards;
mod initial;
mod intern;
mod invariants;
mod laws;
mod memo;
mod mint;
mod partition;
mod percepts;
mod pins;
mod prospects;
mod rounds;
mod settle;
mod several;
mod span;
pub mod store;
mod surprise;
mod trace;
mod view;
mod worlds;

use std::sync::Arc;

use crate::fault::Fault;
use crate::ground::{Snag, World};
use crate::ids::{CharacterId, EventId, FluentId, NodeId};
use crate::value::{Datum, Numbers, Value};

pub use batch::{Batch, Ref};
pub use graph::Written;
pub use mint::Telling;
pub(crate) use pins::{Pins, pin};
pub(crate) use settle::PATIENCE;
pub use store::{Belief, Edge, Store};
pub(crate) use surprise::{Mends, mending};
pub use trace::{Difference, Firing, Trace};

/// As what a state is changed: as the actual one, or as a character's mind, whose beliefs about
/// its own beliefs are its beliefs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner(u32);

impl Owner {
    /// The actual state.
    pub const NOBODY: Owner = Owner(u32::MAX);

    /// The mind of a character.
    #[inline]
    pub fn mind(character: CharacterId) -> Owner {
        Owner(character.0)
    }

    /// Whose mind it is.
    #[inline]
    pub fn character(self) -> Option<CharacterId> {
        (self != Owner::NOBODY).then_some(CharacterId(self.0))
    }

    /// Is it this character's mind?
    #[inline]
    pub fn is(self, character: CharacterId) -> bool {
        self.0 == character.0
    }

    /// The chain as read from within: the owner's own mind is where we are.
    #[inline]
    pub(crate) fn within(self, chain: &[CharacterId]) -> &[CharacterId] {
        match chain.first() {
            Some(&first) if self.is(first) => &chain[1..],
            _ => chain,
        }
    }
}

/// All states of a world and what becomes of them.
#[derive(Clone)]
pub struct Minds {
    /// The ground world.
    pub world: Arc<World>,
    /// Every state met.
    pub store: Store,
    spare: Vec<description::Unfolding>,
    pins: pins::PinsTable,
    outcomes: flat::Outcomes,
    memo: memo::Memo,
    rest: memo::Rest,
    laws: laws::Laws,
    actions: prospects::Index,
    transitions: u64,
    minted: mint::Minted,
    /// Changes of facts, and effects that apply; scratch space.
    changes: Vec<(FluentId, Value)>,
    applied: Vec<(usize, Datum)>,
}

impl Minds {
    /// No states yet.
    pub fn new(world: World, numbers: Numbers) -> Minds {
        let store = Store::new(world.characters, world.fluents.changing(), numbers);
        Minds {
            laws: laws::Laws::of(&world),
            actions: prospects::Index::of(&world.events[..world.actions], false),
            outcomes: flat::Outcomes::of(&world),
            memo: memo::Memo::of(&world),
            world: Arc::new(world),
            store,
            spare: Vec::new(),
            pins: pins::PinsTable::default(),
            rest: memo::Rest::default(),
            transitions: 0,
            minted: mint::Minted::default(),
            changes: Vec::new(),
            applied: Vec::new(),
        }
    }

    /// How many settled transitions were computed.
    pub fn transitions(&self) -> u64 {
        self.transitions
    }

    /// About how many bytes the states take, and what is remembered of them.
    pub fn bytes(&self) -> usize {
        self.store.bytes()
            + self.memo.bytes()
            + self.outcomes.bytes()
            + self.laws.index.bytes()
            + self.laws.percepts.bytes()
            + self.actions.bytes()
    }

    /// Does the event's precondition hold?
    pub fn is_possible(&self, node: NodeId, event: EventId) -> Result<bool, Fault> {
        self.world
            .event(event)
            .precondition
            .holds(&self.store.at(node))
            .map_err(|snag| self.snag(snag, event))
    }

    /// All actions whose precondition holds, in order, appended to `into`.
    pub fn possible(&mut self, node: NodeId, into: &mut Vec<EventId>) -> Result<(), Fault> {
        let view = self.store.at(node);
        let prospects = self.actions.prospects(&self.store, self.store.facts(node));
        for &prospect in self.actions.slice(prospects) {
            let action = EventId(prospect.place);
            let holds = self.actions.holds(prospect, &view);
            if holds.map_err(|snag| self.snag(snag, action))? {
                into.push(action);
            }
        }
        Ok(())
    }

    /// Those of them that need a character's consent before anybody else's.
    pub fn options(
        &mut self,
        node: NodeId,
        who: CharacterId,
        into: &mut Vec<EventId>,
    ) -> Result<(), Fault> {
        if node.is_several() {
            let mut possible = Vec::new();
            self.possible_in(node, &mut possible)?;
            let consenting = |action: &EventId| self.world.event(*action).consenting.first();
            into.extend(
                possible
                    .into_iter()
                    .filter(|act| consenting(act) == Some(&who)),
            );
            return Ok(());
        }
        let view = self.store.at(node);
        let prospects = self.actions.prospects(&self.store, self.store.facts(node));
        for &prospect in self.actions.slice(prospects) {
            let action = EventId(prospect.place);
            if self.world.event(action).consenting.first() != Some(&who) {
                continue;
            }
            let holds = self.actions.holds(prospect, &view);
            if holds.map_err(|snag| self.snag(snag, action))? {
                into.push(action);
            }
        }
        Ok(())
    }

    /// Does a character see the event, as judged in this state?
    pub fn observes(
        &self,
        node: NodeId,
        event: EventId,
        character: CharacterId,
    ) -> Result<bool, Fault> {
        match self.world.event(event).observing.each() {
            None => Ok(true),
            Some(conditions) => self
                .store
                .holds(node, &conditions[character.index()])
                .map_err(|snag| self.snag(snag, event)),
        }
    }

    fn snag(&self, snag: Snag, event: EventId) -> Fault {
        let numbers = &self.store.numbers;
        let fault = snag
            .fault()
            .with("event", self.world.event_text(event, numbers));
        match snag {
            Snag::Contradiction(fluent) => {
                fault.with("fluent", self.world.fluent_text(fluent, numbers))
            }
            _ => fault,
        }
    }
}
