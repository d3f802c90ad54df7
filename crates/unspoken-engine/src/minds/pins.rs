//! Values set in nested minds, on top of whatever happens there.

use rustc_hash::FxHashMap;

use crate::ground::beginning::Chain;
use crate::ids::{CharacterId, FluentId};
use crate::value::Value;

/// A value set in nested minds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pin {
    pub chain: Chain,
    pub fluent: FluentId,
    pub value: Value,
}

/// Pins sorted by chain and fluent, one for each.
pub(crate) type Pins = Vec<Pin>;

/// Sets a pin, over an earlier one for the same place.
pub(crate) fn pin(pins: &mut Pins, chain: &[CharacterId], fluent: FluentId, value: Value) {
    match pins.binary_search_by(|pin| (&*pin.chain, pin.fluent).cmp(&(chain, fluent))) {
        Ok(place) => pins[place].value = value,
        Err(place) => pins.insert(
            place,
            Pin {
                chain: chain.into(),
                fluent,
                value,
            },
        ),
    }
}

/// How many of the pins are on nobody's mind; they come first.
pub(super) fn own(pins: &[Pin]) -> usize {
    pins.partition_point(|pin| pin.chain.is_empty())
}

/// The pins that are in a character's mind.
pub(super) fn pins_on(pins: &[Pin], character: CharacterId) -> &[Pin] {
    let first = |pin: &Pin| pin.chain.first().copied();
    let start = pins.partition_point(|pin| first(pin) < Some(character));
    let length = pins[start..].partition_point(|pin| first(pin) == Some(character));
    &pins[start..start + length]
}

/// Something that a mind was told.
#[derive(Clone, Copy)]
pub(super) struct News {
    pub mind: CharacterId,
    pub fluent: FluentId,
    pub value: Value,
}

/// What minds within a state are told, later things over earlier ones.
#[derive(Clone, Default)]
pub(super) struct Told {
    /// In its minds, in the order in which it was told.
    pub news: Vec<News>,
    /// In minds within these.
    pub pins: Pins,
}

impl Told {
    /// Nothing any more.
    pub fn clear(&mut self) {
        self.news.clear();
        self.pins.clear();
    }

    /// Tells a chain of minds something.
    pub fn tell(&mut self, chain: &[CharacterId], fluent: FluentId, value: Value) {
        match *chain {
            [mind] => self.news.push(News {
                mind,
                fluent,
                value,
            }),
            _ => pin(&mut self.pins, chain, fluent, value),
        }
    }

    /// Was a character told anything, of this or within its mind?
    pub fn reaches(&self, character: CharacterId) -> bool {
        self.news.iter().any(|news| news.mind == character)
            || !pins_on(&self.pins, character).is_empty()
    }

    /// What a character was told that a fluent is.
    #[inline]
    pub fn value(&self, mind: CharacterId, fluent: FluentId) -> Option<Value> {
        let about = |news: &&News| news.mind == mind && news.fluent == fluent;
        self.news.iter().rev().find(about).map(|news| news.value)
    }

    /// What a longer chain of minds was told that a fluent is.
    pub fn deeper(&self, chain: &[CharacterId], fluent: FluentId) -> Option<Value> {
        let place = self
            .pins
            .binary_search_by(|pin| (&*pin.chain, pin.fluent).cmp(&(chain, fluent)));
        place.ok().map(|place| self.pins[place].value)
    }
}

/// An interned list of pins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PinsId(u32);

impl PinsId {
    /// No pins.
    pub const NONE: PinsId = PinsId(u32::MAX);
}

/// Every list of pins that was met.
#[derive(Clone, Default)]
pub(super) struct PinsTable {
    lists: Vec<Pins>,
    places: FxHashMap<Pins, PinsId>,
}

impl PinsTable {
    /// The id of a list of pins.
    pub fn intern(&mut self, pins: Pins) -> PinsId {
        if pins.is_empty() {
            return PinsId::NONE;
        }
        if let Some(&id) = self.places.get(&pins) {
            return id;
        }
        let id = PinsId(u32::try_from(self.lists.len()).expect("fewer than 2^32 lists"));
        self.lists.push(pins.clone());
        self.places.insert(pins, id);
        id
    }

    /// The pins of a list.
    pub fn list(&self, id: PinsId) -> &[Pin] {
        match id {
            PinsId::NONE => &[],
            PinsId(place) => &self.lists[place as usize],
        }
    }
}
