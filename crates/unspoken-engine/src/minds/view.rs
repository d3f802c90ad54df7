//! States that are being made, as valuations.

use crate::ground::beginning::Chain;
use crate::ground::{Snag, Valuation};
use crate::ids::{CharacterId, FactsId, FluentId, NodeId};
use crate::minds::pins::Told;
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
    /// The facts in each character's mind; in the owner's, the facts here.
    pub minds: &'a [FactsId],
    /// The facts in minds within minds, sorted by chain, as far as triggers read them.
    pub deep: &'a [(Chain, FactsId)],
    /// What triggers have told minds since.
    pub told: &'a Told,
}

impl After<'_> {
    /// The value of a fluent in one mind.
    #[inline(always)]
    pub fn value_of(&self, mind: CharacterId, fluent: FluentId) -> Value {
        let told = self.told.value(mind, fluent);
        told.unwrap_or_else(|| self.store.value(self.minds[mind.index()], fluent))
    }
}

impl Valuation for After<'_> {
    fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Snag> {
        let within = self.owner.within(chain);
        let facts = match within {
            [] => self.facts,
            [character] => return self.value_in(*character, fluent),
            _ => {
                if let Some(value) = self.told.deeper(within, fluent) {
                    return Ok(value);
                }
                let place = self
                    .deep
                    .binary_search_by(|(chain, _)| (**chain).cmp(within))
                    .expect("what triggers read has been looked up");
                self.deep[place].1
            }
        };
        Ok(self.store.values(facts)[fluent.index()])
    }

    #[inline]
    fn value_in(&self, mind: CharacterId, fluent: FluentId) -> Result<Value, Snag> {
        Ok(self.value_of(mind, fluent))
    }

    #[inline]
    fn numbers(&self) -> &Numbers {
        &self.store.numbers
    }
}
