//! One event: what it makes true in a mind, who sees it there, what they mend, what they are told.

use crate::crowd::Working;
use crate::crowd::draft::{Draft, SheetId};
use crate::crowd::view::View;
use crate::crowd::watch;
use crate::fault::Fault;
use crate::ground::beginning::pack;
use crate::ground::effects::applicable;
use crate::ground::{Effect, Snag};
use crate::ids::{CharacterId, EventId};
use crate::minds::{Mends, Owner, Pins, mending, pin};
use crate::value::Numbers;

impl Working<'_> {
    /// Writes down what an event does to a mind, and to those within it, before any trigger
    /// (`semantics.md` 2.3). Everything is judged by what they believed before.
    pub(super) fn step(
        &mut self,
        draft: &mut Draft,
        sheet: SheetId,
        event: EventId,
    ) -> Result<(), Fault> {
        let sets = self.sets(draft, sheet, event)?;
        let mut witnesses: Vec<(CharacterId, Mends)> = Vec::new();
        self.witnesses(draft, sheet, event, &mut witnesses)
            .map_err(|snag| self.snag(snag, event))?;
        for (character, mended) in witnesses {
            let inner = draft.inner(self.store, sheet, character);
            for pin in mended.pins(self.numbers) {
                draft.tell(self.store, inner, &pin.chain, pin.fluent, pin.value);
            }
            self.step(draft, inner, event)?;
        }
        for pin in sets {
            draft.tell(self.store, sheet, &pin.chain, pin.fluent, pin.value);
        }
        Ok(())
    }

    /// What an event's effects set here: on nobody's mind what is so, else what minds are told.
    pub(super) fn sets(
        &mut self,
        draft: &Draft,
        sheet: SheetId,
        event: EventId,
    ) -> Result<Pins, Fault> {
        let view = View::drafted(self.store, self.numbers, draft, sheet);
        let effects = &self.world.event(event).effects;
        let mut applied = Vec::new();
        applicable(effects, &view, &mut applied).map_err(|snag| self.snag(snag, event))?;
        let owner = draft.sheet(sheet).owner;
        Ok(pinned(effects, &applied, owner, self.numbers))
    }

    /// Those who see the event, as judged here, and what they have to mend in order to see it.
    fn witnesses(
        &self,
        draft: &Draft,
        sheet: SheetId,
        event: EventId,
        into: &mut Vec<(CharacterId, Mends)>,
    ) -> Result<(), Snag> {
        let view = View::drafted(self.store, self.numbers, draft, sheet);
        let innermost = view.depth == self.store.depth;
        let mut observers = Vec::new();
        let observing = &self.world.event(event).observing;
        watch::observers(observing, &view, self.world.characters, &mut observers)?;
        for character in observers {
            if view.owner.is(character) || innermost && !view.imaginer.is(character) {
                continue;
            }
            let mind = view.mind(character);
            into.push((
                character,
                mending(self.world, event, &view, &mind, character)?,
            ));
        }
        Ok(())
    }
}

/// What effects set in a state that is changed as somebody's mind. What the owner is told of its
/// own mind comes last, over what it sees.
fn pinned(
    effects: &[Effect],
    applied: &[(usize, crate::value::Datum)],
    owner: Owner,
    numbers: &mut Numbers,
) -> Pins {
    let mut pins = Pins::new();
    for of_itself in [false, true] {
        for &(place, datum) in applied {
            let target = &effects[place].target;
            let within = owner.within(&target.chain);
            if (within.len() != target.chain.len()) == of_itself {
                pin(&mut pins, within, target.fluent, pack(datum, numbers));
            }
        }
    }
    pins
}
