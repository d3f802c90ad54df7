//! A state of a crowd as a valuation: the actual one, somebody's, or a draft of one.

use crate::crowd::draft::{Draft, SheetId};
use crate::crowd::store::{ACTUAL, Place, Store};
use crate::ground::{Snag, Valuation};
use crate::ids::{CharacterId, FluentId};
use crate::minds::Owner;
use crate::value::{Numbers, Value};

/// A state, with what a draft says of it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub store: &'a Store,
    pub numbers: &'a Numbers,
    pub draft: Option<(&'a Draft, SheetId)>,
    pub place: Place,
    pub owner: Owner,
    pub imaginer: Owner,
    pub depth: u32,
}

impl<'a> View<'a> {
    /// The actual state.
    pub fn actual(store: &'a Store, numbers: &'a Numbers) -> View<'a> {
        View {
            store,
            numbers,
            draft: None,
            place: Place::Mind(ACTUAL),
            owner: Owner::NOBODY,
            imaginer: Owner::NOBODY,
            depth: 0,
        }
    }

    /// A mind as a draft has it.
    pub fn drafted(
        store: &'a Store,
        numbers: &'a Numbers,
        draft: &'a Draft,
        id: SheetId,
    ) -> View<'a> {
        let sheet = draft.sheet(id);
        View {
            store,
            numbers,
            draft: Some((draft, id)),
            place: sheet.place,
            owner: sheet.owner,
            imaginer: sheet.imaginer,
            depth: sheet.depth,
        }
    }

    /// The state that a character believes in, here; beyond the depth, this one.
    #[inline]
    #[must_use]
    pub fn mind(self, character: CharacterId) -> View<'a> {
        if self.owner.is(character) {
            return self;
        }
        let (place, depth) = if self.imaginer.is(character) {
            (self.place, self.depth)
        } else if self.depth == self.store.depth {
            return self;
        } else {
            (self.store.believed(self.place, character), self.depth + 1)
        };
        let draft = self
            .draft
            .and_then(|(draft, sheet)| Some((draft, draft.find(sheet, character)?)));
        View {
            draft,
            place,
            owner: Owner::mind(character),
            imaginer: Owner::NOBODY,
            depth,
            ..self
        }
    }

    /// The value of a fluent here.
    #[inline]
    pub fn here(&self, fluent: FluentId) -> Value {
        match self.draft {
            Some((draft, sheet)) => draft.value(self.store, sheet, fluent),
            None => self.store.value(self.place, fluent),
        }
    }
}

impl Valuation for View<'_> {
    #[inline]
    fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Snag> {
        let mut view = *self;
        for &character in chain {
            view = view.mind(character);
        }
        Ok(view.here(fluent))
    }

    #[inline]
    fn numbers(&self) -> &Numbers {
        self.numbers
    }
}
