//! Every ground fluent, numbered: first those that can change, then the constants.

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

/// The numbering of fluents.
#[derive(Clone, Debug)]
pub struct Fluents {
    fluents: Vec<Fluent>,
    places: FxHashMap<Fluent, FluentId>,
    constants: Vec<Value>,
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
    /// Enumerates the fluents of a world, in the order of properties and arguments; as far as
    /// this knows, all of them can change.
    pub fn of(world: &NumberedWorld, numbers: &mut Numbers) -> Result<Fluents, Fault> {
        let mut fluents = Vec::new();
        for (property, declared) in world.properties.iter().enumerate() {
            let mut filled: Vec<Vec<Value>> = vec![Vec::new()];
            for parameter in &declared.parameters {
                let choices = match parameter {
                    Parameter::Variable { over, .. } => ranging(world, *over)?,
                    Parameter::Constant { constant: fixed } => vec![constant(*fixed, numbers)?],
                };
                filled = filled
                    .iter()
                    .flat_map(|start| {
                        choices.iter().map(move |&choice| {
                            let mut arguments = start.clone();
                            arguments.push(choice);
                            arguments
                        })
                    })
                    .collect();
            }
            fluents.extend(filled.into_iter().map(|arguments| Fluent {
                property,
                arguments: arguments.into(),
            }));
        }
        Ok(Fluents::numbered(fluents, Vec::new()))
    }

    fn numbered(fluents: Vec<Fluent>, constants: Vec<Value>) -> Fluents {
        let places = fluents
            .iter()
            .enumerate()
            .map(|(place, fluent)| (fluent.clone(), FluentId::from(place)))
            .collect();
        Fluents {
            fluents,
            places,
            constants,
        }
    }

    /// Numbers anew, with those that have a constant value behind the others. Gives the new
    /// number of each old one too.
    pub fn with_constants(&self, values: &[Option<Value>]) -> (Fluents, Vec<FluentId>) {
        let (constant, changing): (Vec<usize>, Vec<usize>) =
            (0..self.len()).partition(|&place| values[place].is_some());
        let order: Vec<usize> = changing.into_iter().chain(constant).collect();
        let mut moved = vec![FluentId(0); self.len()];
        for (new, &old) in order.iter().enumerate() {
            moved[old] = FluentId::from(new);
        }
        let fluents = order.iter().map(|&old| self.fluents[old].clone()).collect();
        let constants = order.iter().filter_map(|&old| values[old]).collect();
        (Fluents::numbered(fluents, constants), moved)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.fluents.len()
    }

    /// True of a world without properties.
    pub fn is_empty(&self) -> bool {
        self.fluents.is_empty()
    }

    /// How many can change; these come first.
    pub fn changing(&self) -> usize {
        self.fluents.len() - self.constants.len()
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
    pub fn fluent(&self, fluent: FluentId) -> &Fluent {
        &self.fluents[fluent.index()]
    }

    /// The number of a property of given things.
    pub fn find(&self, fluent: &Fluent) -> Option<FluentId> {
        self.places.get(fluent).copied()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Fluent> {
        self.fluents.iter()
    }
}
