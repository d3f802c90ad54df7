//! A transition looked at closely: what happened in which order, who saw it, what was mended and
//! what minds inferred by themselves.

use std::sync::Arc;

use crate::fault::Fault;
use crate::ground::World;
use crate::ground::beginning::Chain;
use crate::ids::{CharacterId, EventId, FluentId, NodeId};
use crate::minds::{Minds, Owner, PATIENCE};
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
    /// The values that it may have had before and may have now, where the worlds of a mind differ
    /// about that: it is unknown there.
    pub among: Option<Box<(Vec<Value>, Vec<Value>)>>,
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
        state: NodeId,
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
            let sees = imagined && self.observes(state, event, character)?;
            chain.push(character);
            trace.observed.push((chain.clone(), sees));
            let inner = match sees {
                true => self.look_mended(world, state, event, chain, trace)?,
                false => state,
            };
            self.look(world, inner, event, depth, chain, sees, trace)?;
            chain.pop();
        }
        Ok(())
    }

    /// What the innermost of a chain of minds takes to have been the case when it sees an event,
    /// with what it had to mend put down.
    fn look_mended(
        &mut self,
        world: &World,
        state: NodeId,
        event: EventId,
        chain: &[CharacterId],
        trace: &mut Trace,
    ) -> Result<NodeId, Fault> {
        let &observer = chain.last().expect("somebody observes");
        let mut mended = Vec::new();
        let mut found: Vec<(Chain, FluentId)> = Vec::new();
        for outer in self.store.each(state) {
            let minds = self.store.worlds(outer, &[observer]);
            let mut repaired = Vec::new();
            for &mind in &minds {
                let repairs = self
                    .repairs(world, &self.store.at(outer), mind, event, observer)?
                    .pins(&mut self.store.numbers);
                if minds.len() == 1 {
                    mended.push(self.pinned(world, mind, &repairs, Owner::mind(observer))?);
                }
                repaired.extend(repairs.into_iter().map(|pin| (pin.chain, pin.fluent)));
            }
            if minds.len() > 1 {
                let possible = self.conceivable(world, outer, event, observer)?;
                if possible.iter().all(|one| minds.contains(one)) {
                    repaired.clear(); // it was possible in some
                }
                mended.extend(possible);
            }
            for place in repaired {
                if !found.contains(&place) {
                    found.push(place);
                }
            }
        }
        let before = self.store.mind_of(state, observer);
        let after = self.store.edge_to(mended).state();
        for (within, fluent) in found {
            let value = |state| {
                let value = self.store.value_along(state, &within, fluent);
                value.map_err(|snag| snag.fault())
            };
            let (old, new) = (value(before)?, value(after)?);
            if old != new {
                trace.surprises.push(Difference {
                    chain: chain.iter().chain(&within).copied().collect(),
                    fluent,
                    before: old,
                    after: new,
                    among: None,
                });
            }
        }
        Ok(after)
    }

    fn look_at_round(
        &mut self,
        state: NodeId,
        owner: Owner,
        depth: usize,
        chain: &mut Vec<CharacterId>,
        trace: &mut Trace,
    ) -> Result<(), Fault> {
        let mut now = state;
        if state.is_several() {
            now = self.look_at_worlds(state, owner, chain, trace)?;
        } else {
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
        }
        if chain.len() == depth {
            return Ok(());
        }
        for character in (0..self.world.characters).map(CharacterId::from) {
            if owner.is(character) {
                continue;
            }
            let mind = self.store.mind_of(now, character);
            chain.push(character);
            self.look_at_round(mind, Owner::mind(character), depth, chain, trace)?;
            chain.pop();
        }
        Ok(())
    }

    /// The same of several worlds of one mind: what fires in all of them is put down.
    fn look_at_worlds(
        &mut self,
        state: NodeId,
        owner: Owner,
        chain: &[CharacterId],
        trace: &mut Trace,
    ) -> Result<NodeId, Fault> {
        let world = Arc::clone(&self.world);
        let (mut worlds, mut firings) = (self.store.each(state), 0);
        while let Some((events, after)) = self.fired_once(&world, owner, &worlds)? {
            if let Some(event) = events[0] {
                if events.iter().all(|other| *other == Some(event)) {
                    trace.inferred.push((chain.to_vec(), event));
                }
            }
            worlds = after;
            firings += 1;
            if firings > PATIENCE {
                return Err(Fault::new("endless-triggers"));
            }
        }
        Ok(self.store.edge_to(worlds).state())
    }

    /// Every value that differs along chains of at most so many minds, nobody twice running; in
    /// the order of chains, each before those that go on from it.
    pub fn differences(&mut self, before: NodeId, after: NodeId, depth: usize) -> Vec<Difference> {
        let mut found = Vec::new();
        self.compare(before, after, depth, &mut Vec::new(), &mut found);
        found
    }

    fn compare(
        &mut self,
        before: NodeId,
        after: NodeId,
        depth: usize,
        chain: &mut Vec<CharacterId>,
        found: &mut Vec<Difference>,
    ) {
        if before == after {
            return;
        }
        let (old, new) = (self.store.each(before), self.store.each(after));
        let plain = old.len() == 1 && new.len() == 1;
        for fluent in (0..self.world.fluents.changing()).map(FluentId::from) {
            let value = |worlds: &[NodeId]| self.store.agreed(worlds, fluent);
            let (first, last) = (value(&old), value(&new));
            if plain {
                if first != last {
                    found.push(Difference {
                        chain: chain.clone(),
                        fluent,
                        before: first,
                        after: last,
                        among: None,
                    });
                }
                continue;
            }
            let values = |worlds: &[NodeId]| self.store.values_in(worlds, fluent);
            let among = (values(&old), values(&new));
            if among.0 != among.1 {
                found.push(Difference {
                    chain: chain.clone(),
                    fluent,
                    before: first,
                    after: last,
                    among: (among.0.len() > 1 || among.1.len() > 1).then(|| Box::new(among)),
                });
            }
        }
        if chain.len() == depth {
            return;
        }
        for character in (0..self.world.characters).map(CharacterId::from) {
            if chain.last() == Some(&character) {
                continue;
            }
            let before = self.store.mind_of(before, character);
            let after = self.store.mind_of(after, character);
            chain.push(character);
            self.compare(before, after, depth, chain, found);
            chain.pop();
        }
    }
}
