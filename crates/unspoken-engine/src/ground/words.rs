//! Names of ground things, for the facts of faults; nothing else in the engine knows names.

use crate::format::NumberedWorld;
use crate::ground::Event;
use crate::ground::fluents::Fluents;
use crate::ground::formula::Reading;
use crate::value::{Datum, Numbers, Value};

fn entity(world: &NumberedWorld, entity: usize) -> &str {
    world.entities.get(entity).map_or("?", String::as_str)
}

/// A value as an author writes it.
pub fn value(world: &NumberedWorld, numbers: &Numbers, value: Value) -> String {
    match numbers.datum(value) {
        Datum::Unknown => "?".to_owned(),
        Datum::Boolean(true) => "True".to_owned(),
        Datum::Boolean(false) => "False".to_owned(),
        Datum::Number(number) => number.to_string(),
        Datum::Entity(number) => entity(world, number.index()).to_owned(),
    }
}

/// `name(argument, argument)`.
pub fn call(world: &NumberedWorld, numbers: &Numbers, name: &str, arguments: &[Value]) -> String {
    let arguments: Vec<String> = arguments
        .iter()
        .map(|&argument| value(world, numbers, argument))
        .collect();
    format!("{name}({})", arguments.join(", "))
}

/// A fluent within its minds.
pub fn reading(
    world: &NumberedWorld,
    fluents: &Fluents,
    numbers: &Numbers,
    reading: &Reading,
) -> String {
    let fluent = fluents.fluent(reading.fluent);
    let name = &world.properties[fluent.property].name;
    let mut text = call(world, numbers, name, &fluent.arguments);
    for mind in reading.chain.iter().rev() {
        text = format!("believes({}, {text})", entity(world, mind.index()));
    }
    text
}

/// What was told, as facts.
pub fn told(world: &NumberedWorld, fluents: &Fluents, numbers: &Numbers, event: &Event) -> String {
    let told = event.effects.iter().map(|effect| {
        let constant = effect.value.as_constant().unwrap_or(Value::UNKNOWN);
        let target = reading(world, fluents, numbers, &effect.target);
        format!("{target} = {}", value(world, numbers, constant))
    });
    told.collect::<Vec<String>>().join(" & ")
}
