//! Changes that have not been entered: a sheet for each mind that perceives something.

use crate::crowd::store::{ACTUAL, Place, Store};
use crate::ids::{CharacterId, FluentId};
use crate::minds::Owner;
use crate::value::Value;

/// The place of a sheet in its draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SheetId(u32);

/// What becomes of one mind.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The mind as it is.
    pub place: Place,
    /// As whose mind it is changed.
    pub owner: Owner,
    /// Who imagines this as the actual state, if somebody does: its mind is this very one, until
    /// something happens that it does not see.
    pub imaginer: Owner,
    /// How many minds deep it is.
    pub depth: u32,
    /// The sheet of the mind around it.
    pub outer: Option<SheetId>,
    /// What it believes now.
    pub values: Vec<(FluentId, Value)>,
    /// The sheets of minds within it.
    pub minds: Vec<(CharacterId, SheetId)>,
}

/// Changes of a state, beside it. Sheets are used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    sheets: Vec<Sheet>,
    used: usize,
    /// What was changed and has not been looked at since.
    pub changes: Vec<(SheetId, FluentId)>,
}

impl Draft {
    /// Blank again.
    pub fn clear(&mut self) {
        self.used = 0;
        self.changes.clear();
    }

    /// A first sheet, for the actual state.
    pub fn actual(&mut self) -> SheetId {
        self.add(Place::Mind(ACTUAL), Owner::NOBODY, Owner::NOBODY, 0, None)
    }

    /// A first sheet, for what a character takes to be the actual state.
    pub fn imagined(&mut self, place: Place, character: CharacterId, depth: u32) -> SheetId {
        let imaginer = Owner::mind(character);
        self.add(place, Owner::NOBODY, imaginer, depth, None)
    }

    fn add(
        &mut self,
        place: Place,
        owner: Owner,
        imaginer: Owner,
        depth: u32,
        outer: Option<SheetId>,
    ) -> SheetId {
        let id = SheetId(u32::try_from(self.used).expect("fewer than 2^32 sheets"));
        match self.sheets.get_mut(self.used) {
            Some(sheet) => {
                sheet.place = place;
                sheet.owner = owner;
                sheet.imaginer = imaginer;
                sheet.depth = depth;
                sheet.outer = outer;
                sheet.values.clear();
                sheet.minds.clear();
            }
            None => self.sheets.push(Sheet {
                place,
                owner,
                imaginer,
                depth,
                outer,
                values: Vec::new(),
                minds: Vec::new(),
            }),
        }
        self.used += 1;
        id
    }

    #[inline]
    pub fn sheet(&self, id: SheetId) -> &Sheet {
        &self.sheets[id.0 as usize]
    }

    /// Does it change nothing?
    pub fn is_blank(&self, id: SheetId) -> bool {
        let sheet = self.sheet(id);
        sheet.values.is_empty() && sheet.minds.iter().all(|&(_, inner)| self.is_blank(inner))
    }

    /// Whose minds it changes, where the first sheet is of the actual state.
    pub fn touched(&self) -> impl Iterator<Item = CharacterId> + '_ {
        let minds = self.sheets.first().filter(|_| self.used > 0);
        let minds = minds.into_iter().flat_map(|sheet| &sheet.minds);
        minds
            .filter(|&&(_, inner)| !self.is_blank(inner))
            .map(|&(character, _)| character)
    }

    /// The sheet of a mind within another, if there is one.
    #[inline]
    pub fn find(&self, id: SheetId, character: CharacterId) -> Option<SheetId> {
        let minds = &self.sheet(id).minds;
        let found = minds.iter().find(|&&(whose, _)| whose == character);
        found.map(|&(_, sheet)| sheet)
    }

    /// The sheet of a mind within another (not its own mind; not beyond the depth).
    pub fn inner(&mut self, store: &Store, id: SheetId, character: CharacterId) -> SheetId {
        if let Some(found) = self.find(id, character) {
            return found;
        }
        let outer = self.sheet(id);
        let (place, depth) = match outer.imaginer.is(character) {
            true => (outer.place, outer.depth),
            false => (store.believed(outer.place, character), outer.depth + 1),
        };
        let owner = Owner::mind(character);
        let inner = self.add(place, owner, Owner::NOBODY, depth, Some(id));
        self.sheets[id.0 as usize].minds.push((character, inner));
        inner
    }

    /// The value of a fluent in a mind with a sheet.
    #[inline]
    pub fn value(&self, store: &Store, id: SheetId, fluent: FluentId) -> Value {
        let sheet = self.sheet(id);
        let changed = sheet.values.iter().find(|&&(f, _)| f == fluent);
        match changed {
            Some(&(_, value)) => value,
            None => store.value(sheet.place, fluent),
        }
    }

    /// Sets a fluent in a mind.
    pub fn put(&mut self, store: &Store, id: SheetId, fluent: FluentId, value: Value) {
        if self.value(store, id, fluent) == value {
            return;
        }
        let values = &mut self.sheets[id.0 as usize].values;
        match values.iter_mut().find(|(f, _)| *f == fluent) {
            Some(entry) => entry.1 = value,
            None => values.push((fluent, value)),
        }
        self.changes.push((id, fluent));
    }

    /// Sets a fluent in a mind, or in a chain of minds within it; nothing, if that is too deep.
    pub fn tell(
        &mut self,
        store: &Store,
        id: SheetId,
        chain: &[CharacterId],
        fluent: FluentId,
        value: Value,
    ) {
        let sheet = self.sheet(id);
        match *sheet.owner.within(chain) {
            [] => self.put(store, id, fluent, value),
            [first, ref rest @ ..] => {
                if sheet.depth < store.depth || sheet.imaginer.is(first) {
                    let inner = self.inner(store, id, first);
                    self.tell(store, inner, rest, fluent, value);
                }
            }
        }
    }
}
