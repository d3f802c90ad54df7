//! Triggers: looked for where something that they read has changed, and nowhere else.
//!
//! Order and rounds are as in `minds/settle.rs`: the actual state first, then minds in order, each
//! before those within it; at each, the first trigger that is due, again and again; rounds until
//! nothing moves. Minds are visited in the order of their chains, which is that order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use crate::crowd::Working;
use crate::crowd::draft::{Draft, SheetId};
use crate::crowd::store::Store;
use crate::crowd::view::View;
use crate::fault::Fault;
use crate::format::Comparator;
use crate::ground::beginning::Chain;
use crate::ground::{Condition, Reading, Term, World};
use crate::ids::{CharacterId, EventId};
use crate::minds::{Owner, PATIENCE};
use crate::value::Value;

/// Which triggers read a fluent, in which minds.
#[derive(Clone, Debug, Default)]
pub(super) struct Laws {
    /// By fluent.
    readers: Vec<Vec<Readers>>,
    /// By trigger: do its effects set a fact? And in whose minds do they set one?
    settings: Vec<(bool, Vec<CharacterId>)>,
    actions: usize,
}

/// Triggers that read a fluent in the same minds.
#[derive(Clone, Debug)]
struct Readers {
    chain: Chain,
    /// Each in order, with what else they would not be due, whatever is the case besides.
    triggers: Vec<(EventId, Option<(Comparator, Value)>)>,
}

/// The minds that have to be looked at, by their chains: what may be due in them.
#[derive(Default)]
pub(super) struct Agenda {
    due: BTreeMap<Vec<CharacterId>, (SheetId, BTreeSet<EventId>)>,
}

impl Laws {
    /// Finds out what the triggers of a world read.
    pub fn of(world: &World) -> Laws {
        let mut readers: Vec<BTreeMap<Chain, BTreeMap<EventId, _>>> =
            vec![BTreeMap::new(); world.fluents.changing()];
        let mut settings = Vec::new();
        for place in world.actions..world.events.len() {
            let trigger = EventId::from(place);
            let event = world.event(trigger);
            event.precondition.readings(&mut |reading| {
                let needed = needed(&event.precondition, reading);
                let of = &mut readers[reading.fluent.index()];
                let of = of.entry(reading.chain.clone()).or_default();
                of.insert(trigger, needed);
            });
            let mut minds = Vec::new();
            for effect in &event.effects {
                if let [mind] = *effect.target.chain {
                    minds.push(mind);
                }
            }
            settings.push((event.plain > 0, minds));
        }
        let sorted = |of: BTreeMap<Chain, BTreeMap<_, _>>| {
            let of = of.into_iter().map(|(chain, triggers)| Readers {
                chain,
                triggers: triggers.into_iter().collect(),
            });
            of.collect()
        };
        Laws {
            readers: readers.into_iter().map(sorted).collect(),
            settings,
            actions: world.actions,
        }
    }

    /// Can a trigger do anything in a mind? In the innermost ones only facts can be set.
    pub fn matters(&self, store: &Store, draft: &Draft, host: SheetId, trigger: EventId) -> bool {
        let host = draft.sheet(host);
        if host.depth < store.depth || host.imaginer != Owner::NOBODY {
            return true;
        }
        let (facts, minds) = &self.settings[trigger.index() - self.actions];
        *facts || minds.iter().any(|&mind| host.owner.is(mind))
    }
}

/// A comparison with a constant that a condition makes of a reading, and without which it cannot
/// hold.
fn needed(condition: &Condition, reading: &Reading) -> Option<(Comparator, Value)> {
    match condition {
        Condition::And(parts) => parts.iter().find_map(|part| needed(part, reading)),
        Condition::Atom(atom) => match (&atom.left, atom.comparator, &atom.right) {
            (
                Term::Fluent(left),
                comparator @ (Comparator::Equal | Comparator::Unequal),
                Term::Constant(value),
            ) if left == reading => Some((comparator, *value)),
            _ => None,
        },
        _ => None,
    }
}

impl Working<'_> {
    /// Puts down which triggers have become due, and where, by what has been changed. (What is not
    /// due now can only become so by another change.)
    fn look(&self, draft: &mut Draft, agenda: &mut Agenda) {
        let mut changes = std::mem::take(&mut draft.changes);
        let mut path = Vec::new();
        for (sheet, fluent) in changes.drain(..) {
            let readers = &self.laws.readers[fluent.index()];
            if readers.is_empty() {
                continue;
            }
            let value = draft.value(self.store, sheet, fluent);
            for Readers { chain, triggers } in readers {
                path.clear();
                let mut host = Some(sheet);
                for _ in 0..=chain.len() {
                    let Some(here) = host else { break };
                    if is_read(self.store, draft, here, chain, &path) {
                        self.look_at(draft, here, value, triggers, agenda);
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

    /// Puts down which of these are due in a mind, now that something that they read has this
    /// value.
    fn look_at(
        &self,
        draft: &Draft,
        host: SheetId,
        value: Value,
        triggers: &[(EventId, Option<(Comparator, Value)>)],
        agenda: &mut Agenda,
    ) {
        let view = View::drafted(self.store, self.numbers, draft, host);
        for &(trigger, needed) in triggers {
            let may_be = needed.is_none_or(|(comparator, wanted)| {
                (value == wanted) == (comparator == Comparator::Equal)
            });
            if may_be && self.laws.matters(self.store, draft, host, trigger) {
                // What cannot be found out is a fault when its turn comes.
                let holds = self.world.event(trigger).precondition.holds(&view);
                if holds != Ok(false) {
                    agenda.note(draft, host, trigger);
                }
            }
        }
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

impl Working<'_> {
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
        self.look(draft, &mut agenda);
        let mut rounds = 0;
        while !agenda.due.is_empty() {
            let mut after = Bound::Unbounded;
            loop {
                let mut from_here = agenda.due.range((after, Bound::Unbounded));
                let Some(path) = from_here.next().map(|(path, _)| path.clone()) else {
                    break;
                };
                self.fire(draft, &mut agenda, &path)?;
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
        agenda: &mut Agenda,
        path: &Vec<CharacterId>,
    ) -> Result<(), Fault> {
        let (sheet, mut due) = agenda.due.remove(path).expect("it is on the agenda");
        let mut firings = 0;
        while let Some(&trigger) = due.first() {
            let view = View::drafted(self.store, self.numbers, draft, sheet);
            let precondition = &self.world.event(trigger).precondition;
            let holds = precondition.holds(&view);
            if !holds.map_err(|snag| self.snag(snag, trigger))? {
                due.remove(&trigger);
                continue;
            }
            firings += 1;
            for pin in self.sets(draft, sheet, trigger)? {
                draft.tell(self.store, sheet, &pin.chain, pin.fluent, pin.value);
            }
            let moved = !draft.changes.is_empty();
            if moved {
                self.look(draft, agenda);
                if let Some((_, more)) = agenda.due.remove(path) {
                    due.extend(more);
                }
            } else if draft.sheet(sheet).depth == self.store.depth {
                // It only told minds beyond the depth.
                due.remove(&trigger);
            }
            if firings > PATIENCE || !moved && draft.sheet(sheet).depth < self.store.depth {
                let text = self.world.event_text(trigger, self.numbers);
                return Err(Fault::new("endless-triggers").with("event", text));
            }
        }
        Ok(())
    }
}
