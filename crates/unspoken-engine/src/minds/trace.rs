//! A transition looked at closely: what happened in which order, who saw it, what was mended and
//! what minds inferred by themselves.

use std::sync::Arc;

use crate::fault::Fault;
use crate::ground::{Valuation, World};
use crate::ids::{CharacterId, EventId, FluentId, NodeId};
use crate::minds::{Minds, Owner};
use crate::value::Value;

/// An event on the actual level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Firing {
    /// Which.
    pub event: EventId,
    /// The state before it.
    pub before: NodeId,
    /// The state after it, minds not yet settled.
    pub after: NodeId,
}

/// A value that changed, in nested minds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whose, outermost first.
    pub chain: Vec<CharacterId>,
    /// Of what.
    pub fluent: FluentId,
    /// From.
    pub before: Value,
    /// To.
    pub after: Value,
}

/// A transition, looked at closely.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The act, if there was one, and the triggers that fired in reality.
    pub steps: Vec<Firing>,
    /// The state after everything.
    pub settled: Option<NodeId>,
    /// For each chain of minds: does the innermost, as the outer ones imagine, see the act?
    pub observed: Vec<(Vec<CharacterId>, bool)>,
    /// What each chain of minds had to mend before it could see the act.
    pub surprises: Vec<Difference>,
    /// Triggers that fired in a mind of its own accord.
    pub inferred: Vec<(Vec<CharacterId>, EventId)>,
}

impl Minds {
    /// Everything about an event in a state, in minds nested as deep as asked.
    pub fn trace(&mut self, node: NodeId, event: EventId, depth: usize) -> Result<Trace, Fault> {
        let world = Arc::clone(&self.world);
        let mut trace = Trace::default();
        self.look(
            &world,
            node,
            event,
            depth,
            &mut Vec::new(),
            true,
            &mut trace,
        )?;
        let after = self.step(node, event, Owner::NOBODY)?;
        trace.steps.push(Firing {
            event,
            before: node,
            after,
        });
        self.trace_settling(after, depth, trace)
    }

    /// How a state settles.
    pub fn trace_settling(
        &mut self,
        node: NodeId,
        depth: usize,
        mut trace: Trace,
    ) -> Result<Trace, Fault> {
        let settled = self.settle(node, Owner::NOBODY)?;
        trace.settled = Some(settled);
        let mut now = node;
        while now != settled {
            self.look_at_round(now, Owner::NOBODY, depth, &mut Vec::new(), &mut trace)?;
            now = self.sweep(now, Owner::NOBODY)?;
        }
        Ok(trace)
    }

    #[expect(clippy::too_many_arguments, reason = "a walk and what it writes to")]
    fn look(
        &mut self,
        world: &World,
        node: NodeId,
        event: EventId,
        depth: usize,
        chain: &mut Vec<CharacterId>,
        imagined: bool,
        trace: &mut Trace,
    ) -> Result<(), Fault> {
        if chain.len() == depth {
            return Ok(());
        }
        for character in (0..world.characters).map(CharacterId::from) {
            if chain.last() == Some(&character) {
                continue;
            }
            let sees = imagined && self.observes(node, event, character)?;
            chain.push(character);
            trace.observed.push((chain.clone(), sees));
            let mut inner = node;
            if sees {
                let mind = self.mind(node, character)?;
                let repairs = self
                    .repairs(world, &self.store.at(node), mind, event, character)?
                    .pins(&mut self.store.numbers);
                for pin in &repairs {
                    let before = self
                        .store
                        .at(mind)
                        .value(&pin.chain, pin.fluent)
                        .map_err(|snag| snag.fault())?;
                    if before != pin.value {
                        trace.surprises.push(Difference {
                            chain: chain.iter().chain(&pin.chain).copied().collect(),
                            fluent: pin.fluent,
                            before,
                            after: pin.value,
                        });
                    }
                }
                inner = self.pinned(world, mind, &repairs, Owner::mind(character))?;
            }
            self.look(world, inner, event, depth, chain, sees, trace)?;
            chain.pop();
        }
        Ok(())
    }

    fn look_at_round(
        &mut self,
        node: NodeId,
        owner: Owner,
        depth: usize,
        chain: &mut Vec<CharacterId>,
        trace: &mut Trace,
    ) -> Result<(), Fault> {
        let mut now = node;
        while let Some(event) = self.due(now)? {
            let before = now;
            now = self.fire_one(before, event, owner)?;
            if chain.is_empty() {
                trace.steps.push(Firing {
                    event,
                    before,
                    after: now,
                });
            } else {
                trace.inferred.push((chain.clone(), event));
            }
        }
        if chain.len() == depth {
            return Ok(());
        }
        for character in (0..self.world.characters).map(CharacterId::from) {
            if owner.is(character) {
                continue;
            }
            let mind = self.mind(now, character)?;
            chain.push(character);
            self.look_at_round(mind, Owner::mind(character), depth, chain, trace)?;
            chain.pop();
        }
        Ok(())
    }

    fn mind(&self, node: NodeId, character: CharacterId) -> Result<NodeId, Fault> {
        self.store
            .mind(node, character)
            .map_err(|snag| snag.fault())
    }

    /// Every value that differs along chains of at most so many minds, nobody twice running; in
    /// the order of chains, each before those that go on from it.
    pub fn differences(
        &self,
        before: NodeId,
        after: NodeId,
        depth: usize,
    ) -> Result<Vec<Difference>, Fault> {
        let mut found = Vec::new();
        self.compare(before, after, depth, &mut Vec::new(), &mut found)?;
        Ok(found)
    }

    fn compare(
        &self,
        before: NodeId,
        after: NodeId,
        depth: usize,
        chain: &mut Vec<CharacterId>,
        found: &mut Vec<Difference>,
    ) -> Result<(), Fault> {
        if before == after {
            return Ok(());
        }
        let old = self.store.values(self.store.facts(before));
        let new = self.store.values(self.store.facts(after));
        for (place, (&before, &after)) in old.iter().zip(new).enumerate() {
            if before != after {
                found.push(Difference {
                    chain: chain.clone(),
                    fluent: FluentId::from(place),
                    before,
                    after,
                });
            }
        }
        if chain.len() == depth {
            return Ok(());
        }
        for character in (0..self.world.characters).map(CharacterId::from) {
            if chain.last() == Some(&character) {
                continue;
            }
            let (before, after) = (self.mind(before, character)?, self.mind(after, character)?);
            chain.push(character);
            self.compare(before, after, depth, chain, found)?;
            chain.pop();
        }
        Ok(())
    }
}
