//! States that are being made, as valuations.

use crate::ground::beginning::Chain;
use crate::ground::{Snag, Valuation};
use crate::ids::{CharacterId, FactsId, FluentId, NodeId};
use crate::minds::pins::Pin;
use crate::minds::{Owner, Store};
use crate::value::{Numbers, Value};

/// What is true in a state, and nobody's mind.
pub(super) struct Facts<'a> {
    pub store: &'a Store,
    pub facts: FactsId,
}

impl Valuation for Facts<'_> {
    #[inline]
    fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Snag> {
        debug_assert!(chain.is_empty(), "this is asked of facts alone");
        Ok(self.store.values(self.facts)[fluent.index()])
    }

    #[inline]
    fn numbers(&self) -> &Numbers {
        &self.store.numbers
    }
}

/// A state before an event, which its owner may have had to mend: then it is no node.
pub(super) struct Before<'a> {
    pub store: &'a Store,
    pub node: NodeId,
    pub facts: FactsId,
    pub owner: Owner,
}

impl Valuation for Before<'_> {
    #[inline]
    fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Snag> {
        let mended = self.facts != self.store.facts(self.node);
        let within = if mended {
            self.owner.within(chain)
        } else {
            chain
        };
        if within.is_empty() {
            return Ok(self.store.values(self.facts)[fluent.index()]);
        }
        self.store.at(self.node).value(within, fluent)
    }

    #[inline]
    fn numbers(&self) -> &Numbers {
        &self.store.numbers
    }
}

/// A state after an event, while triggers fire at it; its minds have not had their turn.
pub(super) struct After<'a> {
    pub store: &'a Store,
    pub owner: Owner,
    pub facts: FactsId,
    /// The facts in each character's mind.
    pub minds: &'a [FactsId],
    /// The facts in minds within minds, sorted by chain, as far as triggers read them.
    pub deep: &'a [(Chain, FactsId)],
    /// What triggers have told minds since.
    pub told: &'a [Pin],
}

impl Valuation for After<'_> {
    #[inline]
    fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Snag> {
        let within = self.owner.within(chain);
        let facts = match within {
            [] => self.facts,
            [character] => self.minds[character.index()],
            _ => {
                let place = self
                    .deep
                    .binary_search_by(|(chain, _)| (**chain).cmp(within))
                    .expect("what triggers read has been looked up");
                self.deep[place].1
            }
        };
        if !within.is_empty() && !self.told.is_empty() {
            let told = self
                .told
                .binary_search_by(|pin| (&*pin.chain, pin.fluent).cmp(&(within, fluent)));
            if let Ok(place) = told {
                return Ok(self.told[place].value);
            }
        }
        Ok(self.store.values(facts)[fluent.index()])
    }

    #[inline]
    fn numbers(&self) -> &Numbers {
        &self.store.numbers
    }
}
