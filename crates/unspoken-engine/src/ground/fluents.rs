//! Every ground fluent, numbered: first those that can change, then the constants.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::format::{self, NumberedWorld, Parameter};
use crate::ids::{EntityId, FluentId};
use crate::value::{Numbers, Value};

/// A property of given things.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fluent {
    /// Which property.
    pub property: usize,
    /// Of what.
    pub arguments: Box<[Value]>,
}

/// The numbering of fluents. What a number stands for is computed, not kept: a relation between
/// any two of thousands of people has millions of fluents, nearly all constant.
#[derive(Clone, Debug)]
pub struct Fluents {
    families: Arc<[Family]>,
    /// By rank: the place among all, in the order of properties and arguments.
    numbers: Vec<FluentId>,
    /// By number.
    ranks: Vec<u32>,
    constants: Vec<Value>,
}

/// The fluents of one property.
#[derive(Debug)]
struct Family {
    /// The rank of the first.
    first: usize,
    /// How many there are.
    count: usize,
    /// What the parameters range over.
    parameters: Box<[Arc<Choices>]>,
}

/// What a parameter ranges over, in order.
#[derive(Debug)]
struct Choices {
    values: Box<[Value]>,
    places: FxHashMap<Value, usize>,
}

impl Choices {
    fn of(values: Vec<Value>) -> Arc<Choices> {
        let places = values.iter().copied().zip(0..).collect();
        Arc::new(Choices {
            values: values.into(),
            places,
        })
    }
}

/// The value of a constant.
pub fn constant(constant: format::Constant, numbers: &mut Numbers) -> Result<Value, Fault> {
    match constant {
        format::Constant::Entity(entity) => Ok(Value::entity(EntityId(entity))),
        format::Constant::Boolean(value) => Ok(Value::boolean(value)),
        format::Constant::Number(number) => numbers
            .value(number)
            .ok_or_else(|| Fault::new("not-a-number")),
    }
}

/// What a variable of a type ranges over, in order.
pub fn ranging(world: &NumberedWorld, over: usize) -> Result<Vec<Value>, Fault> {
    match over {
        0 => Ok(vec![Value::FALSE, Value::TRUE]),
        1 => Err(Fault::new("malformed-world").with("reason", "a variable over all numbers")),
        _ => Ok(world
            .types
            .get(over)
            .ok_or_else(|| Fault::new("malformed-world").with("reason", format!("type {over}")))?
            .entities
            .iter()
            .map(|&entity| Value::entity(EntityId(entity)))
            .collect()),
    }
}

impl Fluents {
    /// The fluents of a world, in the order of properties and arguments; as far as this knows, all
    /// of them can change.
    pub fn of(world: &NumberedWorld, numbers: &mut Numbers) -> Result<Fluents, Fault> {
        let mut ranges: FxHashMap<usize, Arc<Choices>> = FxHashMap::default();
        let mut families = Vec::new();
        let mut first = 0_usize;
        for declared in &world.properties {
            let mut parameters = Vec::new();
            let mut count = 1_usize;
            for parameter in &declared.parameters {
                let choices = match parameter {
                    Parameter::Variable { over, .. } => match ranges.get(over) {
                        Some(choices) => Arc::clone(choices),
                        None => {
                            let choices = Choices::of(ranging(world, *over)?);
                            ranges.insert(*over, Arc::clone(&choices));
                            choices
                        }
                    },
                    Parameter::Constant { constant: fixed } => {
                        Choices::of(vec![constant(*fixed, numbers)?])
                    }
                };
                count = count.saturating_mul(choices.values.len());
                parameters.push(choices);
            }
            families.push(Family {
                first,
                count,
                parameters: parameters.into(),
            });
            first = first.saturating_add(count);
        }
        let total = u32::try_from(first).map_err(|_| Fault::new("too-many-fluents"))?;
        Ok(Fluents {
            families: families.into(),
            numbers: (0..total).map(FluentId).collect(),
            ranks: (0..total).collect(),
            constants: Vec::new(),
        })
    }

    /// Numbers anew, with those that have a constant value behind the others. Gives the new
    /// number of each old one too.
    pub fn with_constants(&self, values: &[Option<Value>]) -> (Fluents, Vec<FluentId>) {
        let (constant, changing): (Vec<usize>, Vec<usize>) =
            (0..self.len()).partition(|&place| values[place].is_some());
        let mut fluents = Fluents {
            families: Arc::clone(&self.families),
            numbers: vec![FluentId(0); self.len()],
            ranks: Vec::with_capacity(self.len()),
            constants: constant.iter().filter_map(|&old| values[old]).collect(),
        };
        let mut moved = vec![FluentId(0); self.len()];
        for (new, old) in changing.into_iter().chain(constant).enumerate() {
            let rank = self.ranks[old];
            moved[old] = FluentId::from(new);
            fluents.numbers[rank as usize] = FluentId::from(new);
            fluents.ranks.push(rank);
        }
        (fluents, moved)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ranks.len()
    }

    /// True of a world without properties.
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }

    /// How many can change; these come first.
    pub fn changing(&self) -> usize {
        self.ranks.len() - self.constants.len()
    }

    /// The value of a fluent that never changes and that nobody is wrong about.
    pub fn constant(&self, fluent: FluentId) -> Option<Value> {
        fluent
            .index()
            .checked_sub(self.changing())
            .map(|place| self.constants[place])
    }

    /// The constants' values, in order.
    pub fn constants(&self) -> &[Value] {
        &self.constants
    }

    /// What a number stands for.
    pub fn fluent(&self, fluent: FluentId) -> Fluent {
        let property = self.property(fluent);
        let family = &self.families[property];
        let mut place = self.ranks[fluent.index()] as usize - family.first;
        let mut arguments: Vec<Value> = Vec::with_capacity(family.parameters.len());
        for choices in family.parameters.iter().rev() {
            arguments.push(choices.values[place % choices.values.len()]);
            place /= choices.values.len();
        }
        arguments.reverse();
        Fluent {
            property,
            arguments: arguments.into(),
        }
    }

    /// Of which property a fluent is.
    pub fn property(&self, fluent: FluentId) -> usize {
        let rank = self.ranks[fluent.index()] as usize;
        // Of families that begin in one place, all but the last are empty.
        self.families.partition_point(|family| family.first <= rank) - 1
    }

    /// The number of a property of given things.
    pub fn find(&self, property: usize, arguments: &[Value]) -> Option<FluentId> {
        let family = self.families.get(property)?;
        if family.parameters.len() != arguments.len() {
            return None;
        }
        let mut place = 0;
        for (choices, argument) in family.parameters.iter().zip(arguments) {
            place = place * choices.values.len() + choices.places.get(argument)?;
        }
        Some(self.numbers[family.first + place])
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Fluent> + '_ {
        (0..self.len()).map(|place| self.fluent(FluentId::from(place)))
    }

    /// All fluents of a property.
    pub fn of_property(&self, property: usize) -> impl Iterator<Item = FluentId> + '_ {
        let family = &self.families[property];
        self.numbers[family.first..family.first + family.count]
            .iter()
            .copied()
    }
}
