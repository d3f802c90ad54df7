//! The beginning, before any trigger: what the initial statements say is true and believed.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::once;

use crate::fault::Fault;
use crate::format::Expression;
use crate::ground::effects;
use crate::ground::formula::{Condition, Reading, Snag, Valuation};
use crate::ground::grounder::{Bindings, Grounder};
use crate::ground::kinds::{Kind, range_kind};
use crate::ground::words;
use crate::ground::worlds;
use crate::ids::{CharacterId, FluentId};
use crate::value::{Datum, Numbers, Value};

/// A chain of minds, outermost first.
pub type Chain = Box<[CharacterId]>;

/// What is true, and what was said to be believed (a *pin*). Whatever was not said about a chain
/// of minds is as without the innermost of them; but for what that one believes in whoever's mind.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    /// Every fluent's true value.
    pub facts: Vec<Value>,
    /// What is pinned for a chain of minds; a chain may be here only on the way to a longer one.
    pub pins: BTreeMap<Chain, BTreeMap<FluentId, Value>>,
    /// What characters believe in whoever's mind (to any depth, which no pins say).
    pub everywhere: BTreeMap<CharacterId, BTreeMap<FluentId, Value>>,
    /// What chains of minds take to be possible, in the order in which it was said.
    pub choices: Vec<Choice>,
    /// Who knows what fluents are, which is common knowledge.
    pub informed: BTreeSet<(CharacterId, FluentId)>,
}

/// Something said: in which chain of minds, from where it is said, a fluent has which value.
pub type Said = (Chain, FluentId, Value);

/// Worlds that a chain of minds takes to be possible; no chain: everybody, in common.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Whose minds.
    pub chain: Chain,
    /// What may be the case in them: each time, what is so there and what minds there believe.
    pub alternatives: Vec<Vec<Said>>,
}

impl Choice {
    /// Everything that is said of any of them.
    pub fn said(&self) -> impl Iterator<Item = &Said> {
        self.alternatives.iter().flatten()
    }
}

impl Beginning {
    /// The value of a fluent in nested minds.
    pub fn read(&self, chain: &[CharacterId], fluent: FluentId) -> Value {
        for length in (1..=chain.len()).rev() {
            let pinned = self.pins.get(&chain[..length]);
            let innermost = self.everywhere.get(&chain[length - 1]);
            let said = pinned.and_then(|pins| pins.get(&fluent));
            if let Some(&value) = said.or_else(|| innermost?.get(&fluent)) {
                return value;
            }
        }
        self.facts[fluent.index()]
    }

    /// What a character believes within a mind of which these are the facts, where nothing was said
    /// of it; None if the same.
    pub fn within(&self, facts: &[Value], character: CharacterId) -> Option<Vec<Value>> {
        let believed = self.everywhere.get(&character)?;
        let mut within = facts.to_vec();
        for (fluent, &value) in believed {
            within[fluent.index()] = value;
        }
        (within != facts).then_some(within)
    }

    /// The chains of at most so many minds that may believe otherwise than without the innermost, and
    /// those on the way to them.
    pub fn chains(&self, depth: usize, characters: usize) -> BTreeSet<Chain> {
        let pinned = self.pins.keys().filter(|chain| chain.len() <= depth);
        let mut chains: BTreeSet<Chain> = once(Chain::default()).chain(pinned.cloned()).collect();
        for chain in chains.clone() {
            self.add_chains(&mut chain.to_vec(), depth, characters, &mut chains);
        }
        chains
    }

    /// Adds those that begin with a chain and believe otherwise by no pin.
    fn add_chains(
        &self,
        chain: &mut Vec<CharacterId>,
        depth: usize,
        characters: usize,
        chains: &mut BTreeSet<Chain>,
    ) {
        let otherwise = |chain: &[CharacterId], who| {
            let mut believed = self.everywhere.get(&who).into_iter().flatten();
            believed.any(|(&fluent, &value)| self.read(chain, fluent) != value)
        };
        if chain.len() == depth || !self.everywhere.keys().any(|&who| otherwise(chain, who)) {
            return;
        }
        for who in (0..characters).map(CharacterId::from) {
            if chain.last() == Some(&who) {
                continue;
            }
            let differs = otherwise(chain, who);
            chain.push(who);
            if differs {
                chains.extend((1..=chain.len()).map(|length| chain[..length].into()));
            }
            self.add_chains(chain, depth, characters, chains);
            chain.pop();
        }
    }

    /// Somebody, or everybody in common, takes these worlds to be possible.
    pub(super) fn choose(&mut self, choice: Choice) {
        for length in 1..=choice.chain.len() {
            self.pins.entry(choice.chain[..length].into()).or_default();
        }
        self.choices.push(choice);
    }

    fn set(&mut self, chain: &[CharacterId], fluent: FluentId, value: Value) {
        if chain.is_empty() {
            self.facts[fluent.index()] = value;
            return;
        }
        for choice in &mut self.choices {
            // What is said later wins.
            if let Some(within) = chain.strip_prefix(&*choice.chain) {
                for alternative in &mut choice.alternatives {
                    alternative.retain(|(there, of, _)| (&**there, *of) != (within, fluent));
                }
            }
        }
        for length in 1..chain.len() {
            self.pins.entry(chain[..length].into()).or_default();
        }
        self.pins
            .entry(chain.into())
            .or_default()
            .insert(fluent, value);
    }

    /// The values of fluents that all minds agree about.
    pub fn agreed(&self) -> Vec<Option<Value>> {
        let mut agreed: Vec<Option<Value>> = self.facts.iter().copied().map(Some).collect();
        let believed = self.pins.values().chain(self.everywhere.values());
        for (fluent, pinned) in believed.flatten() {
            if *pinned != self.facts[fluent.index()] {
                agreed[fluent.index()] = None;
            }
        }
        for (_, fluent, value) in self.choices.iter().flat_map(Choice::said) {
            if *value != self.facts[fluent.index()] {
                agreed[fluent.index()] = None;
            }
        }
        agreed
    }

    /// The same with fluents numbered anew; those that do not change are left out.
    #[must_use]
    pub fn renumbered(&self, moved: &[FluentId], changing: usize) -> Beginning {
        let mut facts = vec![Value::UNKNOWN; changing];
        for (old, &new) in moved.iter().enumerate() {
            if new.index() < changing {
                facts[new.index()] = self.facts[old];
            }
        }
        let renumbered = |believed: &BTreeMap<FluentId, Value>| {
            let anew = believed
                .iter()
                .map(|(&old, &value)| (moved[old.index()], value));
            anew.filter(|(new, _)| new.index() < changing).collect()
        };
        let pins = self.pins.iter();
        let everywhere = self.everywhere.iter();
        Beginning {
            facts,
            pins: pins
                .map(|(chain, pins)| (chain.clone(), renumbered(pins)))
                .collect(),
            everywhere: everywhere
                .map(|(&who, said)| (who, renumbered(said)))
                .collect(),
            choices: self
                .choices
                .iter()
                .map(|choice| Choice {
                    chain: choice.chain.clone(),
                    alternatives: choice
                        .alternatives
                        .iter()
                        .map(|said| {
                            let moved = said.iter().map(|(chain, old, value)| {
                                (chain.clone(), moved[old.index()], *value)
                            });
                            moved.filter(|said| said.1.index() < changing).collect()
                        })
                        .collect(),
                })
                .collect(),
            informed: self
                .informed
                .iter()
                .map(|&(who, old)| (who, moved[old.index()]))
                .filter(|&(_, new)| new.index() < changing)
                .collect(),
        }
    }
}

pub(super) struct Reader<'b> {
    pub beginning: &'b Beginning,
    pub numbers: &'b Numbers,
}

impl Valuation for Reader<'_> {
    fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Snag> {
        Ok(self.beginning.read(chain, fluent))
    }

    fn numbers(&self) -> &Numbers {
        self.numbers
    }
}

/// Works through the initial statements in order, each in the state built so far.
///
/// The grounder's fluents must all be taken to change.
pub fn begin(grounder: &mut Grounder<'_>) -> Result<Beginning, Fault> {
    let mut beginning = Beginning::default();
    for (property, declared) in grounder.world.properties.iter().enumerate() {
        let value = by_default(declared.range, grounder.numbers);
        let facts = &mut beginning.facts;
        facts.extend(grounder.fluents.of_property(property).map(|_| value));
        for &who in &declared.unknown_to {
            let unknown = grounder.fluents.of_property(property);
            let believed = beginning
                .everywhere
                .entry(CharacterId::from(who))
                .or_default();
            believed.extend(unknown.map(|fluent| (fluent, Value::FALSE)));
        }
    }
    let world = grounder.world;
    for (place, statement) in world.initial.iter().enumerate() {
        state(grounder, statement, &mut beginning)
            .map_err(|fault| fault.with("statement", place))?;
    }
    Ok(beginning)
}

fn state(
    grounder: &mut Grounder<'_>,
    statement: &Expression,
    beginning: &mut Beginning,
) -> Result<(), Fault> {
    if let Expression::And(parts) = statement {
        return parts
            .iter()
            .try_for_each(|part| state(grounder, part, beginning));
    }
    if worlds::state(grounder, statement, beginning)? {
        return Ok(());
    }
    let mut collected = Vec::new();
    effects::collect(
        grounder,
        statement,
        &Condition::True,
        &[],
        &mut Bindings::default(),
        &mut collected,
    )?;
    effects::sort(&mut collected, grounder.numbers);
    if let Some(target) = effects::contradiction(&collected) {
        return Err(contradictory(grounder, target));
    }
    let effects = collected;
    let mut applied = Vec::new();
    let reader = Reader {
        beginning,
        numbers: grounder.numbers,
    };
    effects::applicable(&effects, &reader, &mut applied).map_err(|snag| match snag {
        Snag::Contradiction(fluent) => {
            let chain = Box::new([]);
            contradictory(grounder, &Reading { chain, fluent })
        }
        _ => snag.fault(),
    })?;
    for (place, datum) in applied {
        let target = &effects[place].target;
        let value = pack(datum, grounder.numbers);
        beginning.set(&target.chain, target.fluent, value);
    }
    Ok(())
}

/// The value of a fluent of which nothing is said, by its range.
pub(super) fn by_default(range: usize, numbers: &mut Numbers) -> Value {
    match range_kind(range) {
        Kind::Boolean => Value::FALSE,
        Kind::Number => numbers.value(0.0).expect("a number"),
        _ => Value::UNKNOWN,
    }
}

/// A datum in four bytes.
pub fn pack(datum: Datum, numbers: &mut Numbers) -> Value {
    match datum {
        Datum::Unknown => Value::UNKNOWN,
        Datum::Boolean(value) => Value::boolean(value),
        Datum::Number(number) => numbers
            .value(number)
            .expect("arithmetic gives finite numbers"),
        Datum::Entity(entity) => Value::entity(entity),
    }
}

/// The fault of effects that give a target two values at once.
pub fn contradictory(grounder: &Grounder<'_>, target: &Reading) -> Fault {
    let text = words::reading(grounder.world, grounder.fluents, grounder.numbers, target);
    Fault::new("contradictory-effect").with("fluent", text)
}

/// For each fluent its value, if no mind is wrong about it at the beginning and no effect in the
/// file can name it, whatever the variables stand for.
pub fn untouchable(grounder: &mut Grounder<'_>, beginning: &Beginning) -> Vec<Option<Value>> {
    let mut named: Vec<(usize, Vec<Option<Value>>)> = Vec::new();
    let world = grounder.world;
    let schemas = world
        .actions
        .iter()
        .filter_map(|action| action.effect.as_ref())
        .chain(world.triggers.iter().filter_map(|t| t.effect.as_ref()));
    for effect in schemas {
        effects::targets(effect, &mut |target| {
            if let Expression::Fluent {
                property,
                arguments,
                ..
            } = target
            {
                let pattern = arguments
                    .iter()
                    .map(|&argument| grounder.argument(argument, &Bindings::default()).ok())
                    .collect();
                named.push((*property, pattern));
            }
        });
    }
    let mut untouched = beginning.agreed();
    for (property, pattern) in named {
        for fluent in grounder.fluents.of_property(property) {
            let given = grounder.fluents.fluent(fluent).arguments;
            let mut places = pattern.iter().zip(&given);
            if places.all(|(wanted, given)| wanted.is_none_or(|wanted| wanted == *given)) {
                untouched[fluent.index()] = None;
            }
        }
    }
    untouched
}
