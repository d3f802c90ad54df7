//! Triggers: looked for where something that they read has changed, and nowhere else.
//!
//! Order and rounds are as in `minds/settle.rs`: the actual state first, then minds in order, each
//! before those within it; at each, the first trigger that is due, again and again; rounds until
//! nothing moves. Minds are visited in the order of their chains, which is that order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rustc_hash::FxHashMap;

use crate::crowd::Crowd;
use crate::crowd::draft::{Draft, SheetId};
use crate::crowd::store::Store;
use crate::crowd::view::View;
use crate::fault::Fault;
use crate::ground::World;
use crate::ground::beginning::Chain;
use crate::ids::{CharacterId, EventId, FluentId};
use crate::minds::PATIENCE;

/// Which triggers read a fluent, in which minds; sorted, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Laws {
    readers: FxHashMap<FluentId, Vec<(Chain, EventId)>>,
}

/// The minds that have to be looked at, by their chains: what may be due in them.
#[derive(Default)]
pub(super) struct Agenda {
    due: BTreeMap<Vec<CharacterId>, (SheetId, BTreeSet<EventId>)>,
}

impl Laws {
    /// Finds out what the triggers of a world read.
    pub fn of(world: &World) -> Laws {
        let mut readers: FxHashMap<FluentId, BTreeSet<(Chain, EventId)>> = FxHashMap::default();
        for place in world.actions..world.events.len() {
            let trigger = EventId::from(place);
            world.event(trigger).precondition.readings(&mut |reading| {
                let of = readers.entry(reading.fluent).or_default();
                of.insert((reading.chain.clone(), trigger));
            });
        }
        let sorted = |(fluent, of): (_, BTreeSet<_>)| (fluent, of.into_iter().collect());
        Laws {
            readers: readers.into_iter().map(sorted).collect(),
        }
    }

    /// Puts down which triggers may have become due, and where, by what has been changed.
    fn look(&self, store: &Store, draft: &mut Draft, agenda: &mut Agenda) {
        let mut changes = std::mem::take(&mut draft.changes);
        for (sheet, fluent) in changes.drain(..) {
            for (chain, trigger) in self.readers.get(&fluent).into_iter().flatten() {
                let mut host = Some(sheet);
                let mut path = Vec::new();
                for _ in 0..=chain.len() {
                    let Some(here) = host else { break };
                    if is_read(store, draft, here, chain, &path) {
                        agenda.note(draft, here, *trigger);
                    }
                    let sheet = draft.sheet(here);
                    if let Some(character) = sheet.owner.character() {
                        path.insert(0, character);
                    }
                    host = sheet.outer;
                }
            }
        }
        draft.changes = changes;
    }
}

impl Agenda {
    /// A trigger may be due in a mind.
    pub fn note(&mut self, draft: &Draft, sheet: SheetId, trigger: EventId) {
        let (_, due) = self
            .due
            .entry(chain(draft, sheet))
            .or_insert_with(|| (sheet, BTreeSet::new()));
        due.insert(trigger);
    }
}

/// Does what is read at a sheet, in a chain of minds, lie at the end of this path of sheets?
fn is_read(
    store: &Store,
    draft: &Draft,
    host: SheetId,
    chain: &[CharacterId],
    path: &[CharacterId],
) -> bool {
    let sheet = draft.sheet(host);
    let within = sheet.owner.within(chain);
    let imagined = within
        .first()
        .is_some_and(|&first| sheet.imaginer.is(first));
    let deepest = store.depth - sheet.depth + u32::from(imagined);
    let reached = within.len().min(deepest as usize);
    within[..reached] == *path
}

/// Whose minds lead to a sheet.
fn chain(draft: &Draft, mut sheet: SheetId) -> Vec<CharacterId> {
    let mut chain = Vec::new();
    while let Some(outer) = draft.sheet(sheet).outer {
        chain.extend(draft.sheet(sheet).owner.character());
        sheet = outer;
    }
    chain.reverse();
    chain
}

impl Crowd {
    /// Lets triggers fire where something changed, until nothing moves.
    pub(super) fn settle(&mut self, draft: &mut Draft) -> Result<(), Fault> {
        self.settle_with(draft, Agenda::default())
    }

    /// The same, with something to look at to begin with.
    pub(super) fn settle_with(
        &mut self,
        draft: &mut Draft,
        mut agenda: Agenda,
    ) -> Result<(), Fault> {
        let laws = std::sync::Arc::clone(&self.laws);
        laws.look(&self.store, draft, &mut agenda);
        let mut rounds = 0;
        while !agenda.due.is_empty() {
            let mut after = Bound::Unbounded;
            loop {
                let mut from_here = agenda.due.range((after, Bound::Unbounded));
                let Some(path) = from_here.next().map(|(path, _)| path.clone()) else {
                    break;
                };
                self.fire(draft, &laws, &mut agenda, &path)?;
                after = Bound::Excluded(path);
            }
            rounds += 1;
            if rounds > PATIENCE {
                return Err(Fault::new("endless-triggers"));
            }
        }
        Ok(())
    }

    /// Fires what is due in one mind, the first again and again.
    fn fire(
        &mut self,
        draft: &mut Draft,
        laws: &Laws,
        agenda: &mut Agenda,
        path: &Vec<CharacterId>,
    ) -> Result<(), Fault> {
        let (sheet, mut due) = agenda.due.remove(path).expect("it is on the agenda");
        let mut firings = 0;
        while let Some(&trigger) = due.first() {
            let view = View::drafted(&self.store, &self.numbers, draft, sheet);
            let precondition = &self.world.event(trigger).precondition;
            let holds = precondition.holds(&view);
            if !holds.map_err(|snag| self.snag(snag, trigger))? {
                due.remove(&trigger);
                continue;
            }
            firings += 1;
            for pin in self.sets(draft, sheet, trigger)? {
                draft.tell(&self.store, sheet, &pin.chain, pin.fluent, pin.value);
            }
            let moved = !draft.changes.is_empty();
            if moved {
                laws.look(&self.store, draft, agenda);
                if let Some((_, more)) = agenda.due.remove(path) {
                    due.extend(more);
                }
            } else if draft.sheet(sheet).depth == self.store.depth {
                // It only told minds beyond the depth.
                due.remove(&trigger);
            }
            if firings > PATIENCE || !moved && draft.sheet(sheet).depth < self.store.depth {
                let text = self.world.event_text(trigger, &self.numbers);
                return Err(Fault::new("endless-triggers").with("event", text));
            }
        }
        Ok(())
    }
}
