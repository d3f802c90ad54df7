//! The beginning of a crowd's state, and how it settles.

use std::collections::BTreeMap;

use crate::crowd::draft::{Draft, SheetId};
use crate::crowd::laws::Agenda;
use crate::crowd::store::{MindId, Place, Store};
use crate::crowd::view::View;
use crate::crowd::{Crowd, Working};
use crate::fault::Fault;
use crate::ground::Beginning;
use crate::ground::beginning::Chain;
use crate::ids::{CharacterId, EventId, FluentId};

impl Store {
    /// Everything is as was said; each chain of minds of which nothing was said believes what the
    /// chain without its innermost mind does, but for what that one believes in whoever's mind; what
    /// was said beyond the depth is left out.
    pub fn of(beginning: &Beginning, characters: usize, depth: u32, tables: usize) -> Store {
        let mut store = Store::new(depth, tables);
        let mut places: BTreeMap<Chain, MindId> = BTreeMap::new();
        for chain in beginning.chains(depth as usize, characters) {
            let values = (0..beginning.facts.len())
                .map(|fluent| beginning.read(&chain, FluentId::from(fluent)))
                .collect();
            let common = store.common(values);
            let mind = store.mind(common, common);
            if let Some((&innermost, outer)) = chain.split_last() {
                store.nest(places[outer], innermost, mind);
            }
            places.insert(chain, mind);
        }
        store
    }
}

impl Crowd {
    /// Lets triggers fire everywhere. Minds that nobody spoke of are only looked at one by one
    /// where something is due in them.
    pub(super) fn settle_beginning(&mut self) -> Result<(), Fault> {
        let mut draft = std::mem::take(&mut self.draft);
        draft.clear();
        let root = draft.actual();
        let mut agenda = Agenda::default();
        let triggers = self.world.actions..self.world.events.len();
        let mut working = self.working();
        working.wake(&mut draft, root, &triggers, &mut agenda)?;
        working.settle_with(&mut draft, agenda)?;
        self.store.enter(&draft, root);
        self.draft = draft;
        Ok(())
    }
}

impl Working<'_> {
    /// Notes every trigger that may be due in a mind or within it.
    fn wake(
        &self,
        draft: &mut Draft,
        sheet: SheetId,
        triggers: &std::ops::Range<usize>,
        agenda: &mut Agenda,
    ) -> Result<(), Fault> {
        let place = draft.sheet(sheet).place;
        if matches!(place, Place::Common(_)) && self.is_quiet(draft, sheet, triggers)? {
            return Ok(());
        }
        for trigger in triggers.clone() {
            let trigger = EventId::from(trigger);
            if self.laws.matters(self.store, draft, sheet, trigger) {
                agenda.note(draft, sheet, trigger);
            }
        }
        if draft.sheet(sheet).depth == self.store.depth {
            return Ok(());
        }
        // All whom nobody spoke of are alike here.
        let mut alike = None;
        for character in (0..self.world.characters).map(CharacterId::from) {
            if draft.sheet(sheet).owner.is(character) {
                continue;
            }
            let believed = self.store.believed(place, character);
            if matches!(believed, Place::Common(_)) && alike == Some(true) {
                continue;
            }
            let inner = draft.inner(self.store, sheet, character);
            if matches!(believed, Place::Common(_)) && alike.is_none() {
                alike = Some(self.is_quiet(draft, inner, triggers)?);
                if alike == Some(true) {
                    continue;
                }
            }
            self.wake(draft, inner, triggers, agenda)?;
        }
        Ok(())
    }

    /// Is nothing due where everybody agrees, whoever's mind it is?
    fn is_quiet(
        &self,
        draft: &Draft,
        sheet: SheetId,
        triggers: &std::ops::Range<usize>,
    ) -> Result<bool, Fault> {
        let view = View::drafted(self.store, self.numbers, draft, sheet);
        for trigger in triggers.clone() {
            let trigger = EventId::from(trigger);
            let holds = self.world.event(trigger).precondition.holds(&view);
            if holds.map_err(|snag| self.snag(snag, trigger))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
