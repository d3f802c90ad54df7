//! What can go wrong, as facts: a stable code and details; words are chosen in Python.

use std::collections::BTreeMap;
use std::fmt;

/// A failure with a stable code (`contradictory-effect`, `endless-triggers`, ...) and its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Stable, in kebab case; `unspoken.language.messages` has a page for each.
    pub code: &'static str,
    /// What is needed to say it well: names and numbers, as text.
    pub facts: BTreeMap<&'static str, String>,
}

impl Fault {
    /// A fault with no facts yet.
    pub fn new(code: &'static str) -> Self {
        Fault {
            code,
            facts: BTreeMap::new(),
        }
    }

    /// The same fault, knowing one thing more.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.facts.insert(key, value.to_string());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.code, self.facts)
    }
}

impl std::error::Error for Fault {}
