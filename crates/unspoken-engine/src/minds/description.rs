//! States described by how they came about, and their unfolding into nodes.
//!
//! A new state is described coinductively: by an old one, whose edges say which minds there are;
//! by what is true in it now; by the event that went by; by whose mind it is; and by what is still
//! to be told to minds within. What a character believes in a described state is a described
//! state. The descriptions that are met become a batch of new nodes, which is interned.
//!
//! Unfolded *without laws*, this is the state just after an event. *With laws*, triggers fire at
//! each state before its minds have their turn: one round of settling. See `settle` for why one
//! round is nearly always all.

use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::ground::beginning::Chain;
use crate::ground::{Snag, World};
use crate::ids::{CharacterId, EventId, FactsId, FluentId, NodeId};
use crate::minds::flat::ObserversId;
use crate::minds::pins::{PinsId, Told};
use crate::minds::prospects::ListId;
use crate::minds::store::{Belief, Edge};
use crate::minds::view::After;
use crate::minds::{Batch, Minds, Owner, Ref, Store};
use crate::value::{Datum, Value};

/// A described state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Description {
    /// The state that it was made of.
    pub node: NodeId,
    /// What was true in it before the event, as far as its owner mended it.
    pub before: FactsId,
    /// What is true in it after the event and all that was told, before any trigger.
    pub after: FactsId,
    /// The event, if its owner saw it.
    pub event: Option<EventId>,
    /// As whose mind it is changed.
    pub owner: Owner,
    /// What is still to be told to minds within.
    pub pins: PinsId,
}

/// A described state; what would be true in it had its owner been told nothing; and what needs not
/// be found out twice.
#[derive(Clone, Copy)]
pub(super) struct Described {
    pub state: Description,
    pub untold: FactsId,
    /// Who sees its event, if that is the same wherever the facts are.
    pub seen: Seen,
}

/// What a character believes in a described state.
#[derive(Clone, Copy)]
pub(super) enum Mind {
    /// It is the owner: the very state.
    Own,
    /// One world.
    One(Described),
    /// Several possible worlds, which nothing happened to.
    Many(Edge),
}

/// Descriptions on their way to becoming a batch.
#[derive(Clone, Default)]
pub(super) struct Unfolding {
    batch: Batch,
    ids: Vec<NodeId>,
    met: Vec<Described>,
    places: FxHashMap<Description, usize>,
    /// Do triggers fire?
    pub laws: bool,
    /// Did a trigger fire in a mind that those who have this mind on their mind might notice?
    pub loud: bool,
    /// The minds of the description under work.
    pub minds: Vec<Mind>,
    /// What is true in them.
    pub facts: Vec<FactsId>,
    /// What is true in minds within them, as far as triggers read it.
    pub deep: Vec<(Chain, FactsId)>,
    /// What triggers may be due there.
    pub list: Option<ListId>,
    /// For each mind, the first trigger due because of it.
    pub firsts: Vec<u32>,
    /// What the event tells them, and those around.
    heard: Told,
    /// What triggers told them.
    pub told: Told,
    /// Had minds no part in what fired?
    pub mindless: bool,
    /// Changes of facts; scratch space.
    pub changes: Vec<(FluentId, Value)>,
    /// Effects that apply; scratch space.
    pub applied: Vec<(usize, Datum)>,
}

impl Unfolding {
    fn clear(&mut self, laws: bool) {
        self.batch.clear();
        self.met.clear();
        self.places.clear();
        self.laws = laws;
        self.loud = false;
    }

    /// The description under work as a valuation.
    pub fn view<'u>(&'u self, store: &'u Store, owner: Owner, facts: FactsId) -> After<'u> {
        After {
            store,
            owner,
            facts,
            minds: &self.facts,
            deep: &self.deep,
            told: &self.told,
        }
    }
}

impl Minds {
    /// The state of a description. With laws, this is one round of triggers.
    pub(super) fn described(
        &mut self,
        world: &World,
        described: Described,
        laws: bool,
    ) -> Result<NodeId, Fault> {
        let mut unfolding = self.spare.pop().unwrap_or_default();
        unfolding.clear(laws);
        let result = self.unfold(world, &mut unfolding, described);
        self.spare.push(unfolding);
        result
    }

    fn unfold(
        &mut self,
        world: &World,
        unfolding: &mut Unfolding,
        described: Described,
    ) -> Result<NodeId, Fault> {
        let root = self.refer(unfolding, described);
        if let Some(node) = root.interned() {
            return Ok(node);
        }
        let mut place = 0;
        while let Some(&described) = unfolding.met.get(place) {
            let mut minds = std::mem::take(&mut unfolding.minds);
            minds.clear();
            let expanded = self.expand(unfolding, world, place, described, &mut minds);
            unfolding.minds = minds;
            expanded?;
            place += 1;
        }
        self.store.intern(&unfolding.batch, &mut unfolding.ids)?;
        let at_rest = unfolding.laws && (!unfolding.loud || self.are_quiet(&unfolding.ids)?);
        for (&described, &node) in unfolding.met.iter().zip(&unfolding.ids) {
            if at_rest {
                self.rest.settled(node);
                self.memo.remember(&self.store, described, node);
            } else if !unfolding.laws {
                self.memo.stepped.insert(described.state, node);
            }
        }
        Ok(unfolding.ids[0])
    }

    /// The reference to a described state, which is put on the list of new ones if need be.
    fn refer(&mut self, unfolding: &mut Unfolding, described: Described) -> Ref {
        let Described { state, .. } = described;
        let unmoved = state.event.is_none()
            && state.pins == PinsId::NONE
            && state.after == self.store.facts(state.node);
        if unmoved && (!unfolding.laws || self.is_settled(state.node, state.owner)) {
            return Ref::node(state.node);
        }
        let known = match unfolding.laws {
            true => self.memo.recall(&self.store, described),
            false => self.memo.stepped.get(&state).copied(),
        };
        if let Some(node) = known {
            return Ref::node(node);
        }
        let Unfolding { batch, met, .. } = unfolding;
        let characters = self.world.characters;
        let place = unfolding.places.entry(state).or_insert_with(|| {
            met.push(described);
            batch.add(characters)
        });
        Ref::new(*place)
    }

    /// Fills a new node in: its facts, and a description for each of its edges.
    fn expand(
        &mut self,
        unfolding: &mut Unfolding,
        world: &World,
        place: usize,
        described: Described,
        minds: &mut Vec<Mind>,
    ) -> Result<(), Fault> {
        let Described { state, .. } = described;
        let mut heard = std::mem::take(&mut unfolding.heard);
        self.told(world, &state, &mut heard)?;
        for character in (0..world.characters).map(CharacterId::from) {
            minds.push(if state.owner.is(character) {
                Mind::Own
            } else {
                self.mind_in(world, &described, character, &heard)?
            });
        }
        unfolding.heard = heard;
        unfolding.told.clear();
        unfolding.mindless = true;
        let facts = match unfolding.laws {
            true => self.fire(unfolding, world, &state, minds)?,
            false => state.after,
        };
        unfolding.batch.set_facts(place, facts);
        let shared = unfolding.mindless && self.is_shared(world, &described);
        for (character, &mind) in (0..).map(CharacterId).zip(&*minds) {
            let to = match mind {
                Mind::Own => Ref::new(place),
                Mind::Many(edge) => Ref::edge(edge),
                Mind::One(mut described) => {
                    self.tell(&mut described.state, character, &unfolding.told);
                    let as_ours = Description {
                        owner: state.owner,
                        ..described.state
                    };
                    if shared && as_ours == state {
                        Ref::new(place)
                    } else {
                        self.refer(unfolding, described)
                    }
                }
            };
            unfolding
                .batch
                .set_edge(place, world.characters, character, to);
        }
        Ok(())
    }

    /// May whoever believes in the very state, and is described alike, be taken to believe in the
    /// very new state? What it believes differs at most in what it believes of the owner, which is
    /// then the owner's mind as the owner itself has it: common knowledge stays one node.
    fn is_shared(&self, world: &World, described: &Described) -> bool {
        let state = &described.state;
        let Description { node, owner, .. } = *state;
        if state.before != self.store.facts(node) || state.pins != PinsId::NONE {
            return false;
        }
        let tells = state
            .event
            .is_some_and(|event| self.outcomes.sort(event).tells);
        let Some(character) = owner.character() else {
            return !tells;
        };
        !tells
            && self.store.edge(node, character) == Edge::one(node)
            && self.sees(world, described, character) == Ok(state.event.is_some())
    }

    /// What a character other than the owner believes in a described state, before any trigger.
    pub(super) fn mind_in(
        &mut self,
        world: &World,
        described: &Described,
        character: CharacterId,
        told: &Told,
    ) -> Result<Mind, Fault> {
        let state = &described.state;
        let sees = match state.event {
            Some(event) => self
                .sees(world, described, character)
                .map_err(|snag| self.snag(snag, event))?,
            None => false,
        };
        let edge = self.store.edge(state.node, character);
        let Belief::One(mind) = edge.belief() else {
            return match sees || told.reaches(character) {
                true => Err(Snag::PossibleWorlds.fault()),
                false => Ok(Mind::Many(edge)),
            };
        };
        let owner = Owner::mind(character);
        let mut described = match state.event.filter(|_| sees) {
            Some(event) => {
                let (node, before, outcome) = self.mended(world, state, mind, event, character)?;
                self.stepped(world, node, before, event, owner, outcome)?
            }
            None => self.unmoved(mind, owner),
        };
        self.tell(&mut described.state, character, told);
        Ok(Mind::One(described))
    }

    /// A state that nothing happened to.
    pub(super) fn unmoved(&self, node: NodeId, owner: Owner) -> Described {
        let facts = self.store.facts(node);
        Described {
            state: Description {
                node,
                before: facts,
                after: facts,
                event: None,
                owner,
                pins: PinsId::NONE,
            },
            untold: facts,
            seen: None,
        }
    }
}

/// Who sees the event of a description, if that is known.
pub(super) type Seen = Option<ObserversId>;
