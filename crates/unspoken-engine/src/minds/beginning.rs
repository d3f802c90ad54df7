//! The beginning where minds hold several worlds, before any trigger.
//!
//! What was said of a chain of minds makes a *view*: the worlds that it takes to be possible, with
//! what was said of minds in each. A chain of which nothing was said has the view that the chain
//! without its innermost mind has: whoever has several worlds on its mind takes everybody to have
//! the same ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::Fault;
use crate::ground::Beginning;
use crate::ground::beginning::{Chain, Said};
use crate::ground::worlds::{MOST_WORLDS, too_many};
use crate::ids::{CharacterId, FactsId, FluentId, NodeId};
use crate::minds::worlds::keep;
use crate::minds::{Batch, Minds, Ref};
use crate::value::Value;

/// What was said of nested minds in a world, by chain (from there) and fluent.
type Inside = BTreeMap<(Chain, FluentId), Value>;

/// Worlds: what is so, and what was said of minds there.
type View = Vec<(FactsId, Inside)>;

/// The mind of a chain of characters: what its worlds are made of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Mind {
    /// The chain, if anything was said of it.
    chain: Option<Chain>,
    /// Whose mind it is.
    owner: CharacterId,
    /// What it took to be possible before more was said of it in the world around.
    base: View,
    /// What is said of it, and of minds in it, in the world around.
    inside: Inside,
}

struct Begun {
    batch: Batch,
    /// The places of a mind's worlds.
    places: BTreeMap<Mind, Vec<usize>>,
    open: Vec<(Mind, View)>,
}

impl Minds {
    /// The state in which everything is as was said.
    pub(super) fn begin_with_worlds(&mut self, beginning: &Beginning) -> Result<NodeId, Fault> {
        let characters = self.world.characters;
        let mut begun = Begun {
            batch: Batch::default(),
            places: BTreeMap::new(),
            open: Vec::new(),
        };
        let root = begun.batch.add(characters);
        let facts = self.store.intern_facts(&beginning.facts);
        begun.batch.set_facts(root, facts);
        let common = self.view(beginning, &[])?;
        let inside = self.so(beginning);
        let around = Around {
            chain: Some(&[]),
            facts,
            inside: &inside,
            view: &common,
        };
        for character in (0..characters).map(CharacterId::from) {
            let to = self.believed(beginning, &mut begun, &around, character)?;
            begun.batch.set_edge(root, characters, character, to);
        }
        while let Some((mind, view)) = begun.open.pop() {
            let places = begun.places[&mind].clone();
            let shared: View = view
                .iter()
                .map(|(facts, inside)| (*facts, without(inside, &mind.inside)))
                .collect();
            for (&place, (facts, inside)) in places.iter().zip(&view) {
                for character in (0..characters).map(CharacterId::from) {
                    let to = if character == mind.owner {
                        let alike =
                            |other: &FactsId| self.agree(beginning, character, *facts, *other);
                        let own = places.iter().zip(&view);
                        let own = own.filter(|(_, (other, _))| alike(other)).map(|own| *own.0);
                        refer(&mut begun.batch, own.collect())
                    } else {
                        let around = Around {
                            chain: mind.chain.as_deref(),
                            facts: *facts,
                            inside,
                            view: &shared,
                        };
                        self.believed(beginning, &mut begun, &around, character)?
                    };
                    begun.batch.set_edge(place, characters, character, to);
                }
            }
        }
        let mut ids = Vec::new();
        self.store.intern(&begun.batch, &mut ids)?;
        Ok(ids[root])
    }

    /// What a character believes in a world around.
    fn believed(
        &mut self,
        beginning: &Beginning,
        begun: &mut Begun,
        around: &Around<'_>,
        character: CharacterId,
    ) -> Result<Ref, Fault> {
        let mut chain: Option<Chain> = around.chain.map(|chain| {
            let mut deeper = chain.to_vec();
            deeper.push(character);
            deeper.into()
        });
        chain = chain.filter(|chain| beginning.pins.contains_key(chain));
        let mut base = match &chain {
            Some(chain) => self.view(beginning, chain)?,
            None => {
                let view = around.view.iter().map(|(facts, inside)| {
                    let values = self.store.values(*facts);
                    let facts = match beginning.within(values, character) {
                        Some(believed) => self.store.intern_facts(&believed),
                        None => *facts,
                    };
                    (facts, inside.clone())
                });
                view.collect()
            }
        };
        base.sort();
        base.dedup();
        let said = around.inside.iter();
        let said = said.filter(|((chain, _), _)| chain.first() == Some(&character));
        let mut inside: Inside = said
            .map(|((chain, fluent), &value)| ((chain[1..].into(), *fluent), value))
            .collect();
        let mut view = self.worlds_of(&base, &inside);
        // What it knows, it knows of the world around.
        let known: Vec<(FluentId, Value)> = beginning
            .informed
            .iter()
            .filter(|(who, _)| *who == character)
            .map(|&(_, fluent)| (fluent, self.store.value(around.facts, fluent)))
            .collect();
        let fits = |store: &crate::minds::Store, facts: FactsId| {
            known
                .iter()
                .all(|&(fluent, value)| store.value(facts, fluent) == value)
        };
        if !view.iter().any(|(facts, _)| fits(&self.store, *facts)) {
            for &(fluent, value) in &known {
                inside.insert((Chain::default(), fluent), value);
            }
            view = self.worlds_of(&base, &inside);
        }
        let mind = Mind {
            chain,
            owner: character,
            base,
            inside,
        };
        let places = match begun.places.get(&mind) {
            Some(places) => places.clone(),
            None => {
                let places: Vec<usize> = view
                    .iter()
                    .map(|(facts, _)| {
                        let place = begun.batch.add(self.world.characters);
                        begun.batch.set_facts(place, *facts);
                        place
                    })
                    .collect();
                begun.places.insert(mind.clone(), places.clone());
                begun.open.push((mind, view.clone()));
                places
            }
        };
        let fitting = places.iter().zip(&view);
        let fitting = fitting.filter(|(_, (facts, _))| fits(&self.store, *facts));
        let fitting = fitting.map(|(&place, _)| place).collect();
        Ok(refer(&mut begun.batch, fitting))
    }

    /// Does a character know nothing that tells two worlds apart?
    fn agree(&self, beginning: &Beginning, who: CharacterId, one: FactsId, other: FactsId) -> bool {
        let known = beginning.informed.iter().filter(|(whose, _)| *whose == who);
        known.fold(true, |alike, &(_, fluent)| {
            alike && self.store.value(one, fluent) == self.store.value(other, fluent)
        })
    }

    /// The worlds of a mind of which more is said in the world around.
    fn worlds_of(&mut self, base: &View, inside: &Inside) -> View {
        let own: Vec<(FluentId, Value)> = inside
            .iter()
            .filter(|((chain, _), _)| chain.is_empty())
            .map(|((_, fluent), &value)| (*fluent, value))
            .collect();
        let mut base = base.clone();
        keep(&mut base, &own, |(facts, _), fluent| {
            self.store.value(*facts, fluent)
        });
        let mut view = View::new();
        for (facts, mut there) in base {
            let deeper = inside.iter().filter(|((chain, _), _)| !chain.is_empty());
            there.extend(deeper.map(|(place, &value)| (place.clone(), value)));
            view.push((self.store.with(facts, &own), there));
        }
        view.sort();
        view.dedup();
        view
    }

    /// What a chain of minds takes to be possible by what was said of it, and of those without its
    /// innermost minds.
    fn view(&mut self, beginning: &Beginning, chain: &[CharacterId]) -> Result<View, Fault> {
        let about = |length: usize| {
            let choices = beginning.choices.iter();
            choices.filter(move |choice| *choice.chain == chain[..length])
        };
        // For each way to choose: what is so, and what was said of minds there.
        let mut ways: Vec<(Vec<Value>, Inside)> = vec![(beginning.facts.clone(), Inside::new())];
        for length in 0..=chain.len() {
            if let Some(innermost) = chain[..length].last() {
                let everywhere = beginning.everywhere.get(innermost);
                let pinned = beginning.pins.get(&chain[..length]);
                let told: BTreeMap<FluentId, Value> = everywhere
                    .into_iter()
                    .chain(pinned)
                    .flatten()
                    .map(|(&fluent, &value)| (fluent, value))
                    .collect();
                let told: Vec<(FluentId, Value)> = told.into_iter().collect();
                keep(&mut ways, &told, |(values, _), fluent| {
                    values[fluent.index()]
                });
                for (values, _) in &mut ways {
                    for &(fluent, value) in &told {
                        values[fluent.index()] = value;
                    }
                }
            }
            for choice in about(length) {
                let count = ways.len() * choice.alternatives.len();
                if count > MOST_WORLDS {
                    return Err(too_many(count));
                }
                let mut more = Vec::with_capacity(count);
                for way in &ways {
                    for alternative in &choice.alternatives {
                        let mut way = way.clone();
                        for (within, fluent, value) in alternative {
                            match within.is_empty() {
                                true => way.0[fluent.index()] = *value,
                                false => {
                                    way.1.insert((within.clone(), *fluent), *value);
                                }
                            }
                        }
                        more.push(way);
                    }
                }
                ways = more;
            }
        }
        let view = ways.into_iter();
        let mut view: View = view
            .map(|(values, inside)| (self.store.intern_facts(&values), inside))
            .collect();
        view.sort();
        view.dedup();
        Ok(view)
    }

    /// What is said of minds in those of the worlds that all take to be possible that are so.
    fn so(&self, beginning: &Beginning) -> Inside {
        let mut inside = Inside::new();
        let common = beginning
            .choices
            .iter()
            .filter(|choice| choice.chain.is_empty());
        for choice in common {
            let is_so = |said: &&Vec<Said>| {
                let mut facts = said.iter().filter(|(chain, ..)| chain.is_empty());
                facts.all(|(_, fluent, value)| beginning.facts[fluent.index()] == *value)
            };
            for (chain, fluent, value) in
                choice.alternatives.iter().find(is_so).into_iter().flatten()
            {
                if !chain.is_empty() {
                    inside.insert((chain.clone(), *fluent), *value);
                }
            }
        }
        inside
    }
}

/// The world in which somebody believes something.
struct Around<'a> {
    /// The chain whose world it is, if anything was said of that.
    chain: Option<&'a [CharacterId]>,
    facts: FactsId,
    inside: &'a Inside,
    /// The worlds among which it is one.
    view: &'a View,
}

/// What is said of minds but for what was said from further out.
fn without(inside: &Inside, outer: &Inside) -> Inside {
    let said = inside
        .iter()
        .filter(|(place, _)| !outer.contains_key(*place));
    said.map(|(place, &value)| (place.clone(), value)).collect()
}

fn refer(batch: &mut Batch, places: Vec<usize>) -> Ref {
    let distinct: BTreeSet<usize> = places.into_iter().collect();
    match distinct.len() {
        1 => Ref::new(distinct.into_iter().next().expect("one")),
        _ => batch.add_set(distinct.into_iter().map(Ref::new).collect()),
    }
}
