//! Ground events: the parameters of actions and triggers filled, as far as that can come to anything.

use crate::fault::Fault;
use crate::format::{Expression, Parameter};
use crate::ground::effects::{self, Effect};
use crate::ground::fluents;
use crate::ground::formula::Condition;
use crate::ground::grounder::{Bindings, Grounder};
use crate::ground::joins::Joins;
use crate::ground::observing::{self, Observing, Opener, Tables};
use crate::ground::reach::Reach;
use crate::ground::{Event, EventKind, beginning, words};
use crate::value::Value;

/// A lifted event, whichever of the two it is.
struct Schema<'w> {
    kind: EventKind,
    place: usize,
    name: &'w str,
    parameters: &'w [Parameter],
    precondition: &'w Expression,
    effect: Option<&'w Expression>,
}

/// What is found out once for all instances.
struct Making {
    joins: Joins,
    tables: Tables,
    /// Are observers left open?
    open: bool,
    events: Vec<Event>,
}

/// Every ground event that its parameters leave possible. `open`: observers are left open.
pub(super) fn events(grounder: &mut Grounder<'_>, open: bool) -> Result<Vec<Event>, Fault> {
    let world = grounder.world;
    let mut making = Making {
        joins: Joins::default(),
        tables: Tables::default(),
        open,
        events: Vec::new(),
    };
    for (place, action) in world.actions.iter().enumerate() {
        let schema = Schema {
            kind: EventKind::Action,
            place,
            name: &action.name,
            parameters: &action.parameters,
            precondition: &action.precondition,
            effect: action.effect.as_ref(),
        };
        instances(grounder, &schema, &mut making)?;
    }
    for (place, trigger) in world.triggers.iter().enumerate() {
        let schema = Schema {
            kind: EventKind::Trigger,
            place,
            name: &trigger.name,
            parameters: &trigger.parameters,
            precondition: &trigger.precondition,
            effect: trigger.effect.as_ref(),
        };
        instances(grounder, &schema, &mut making)?;
    }
    Ok(making.events)
}

fn instances(
    grounder: &mut Grounder<'_>,
    schema: &Schema<'_>,
    making: &mut Making,
) -> Result<(), Fault> {
    let mut choices = Vec::new();
    for parameter in schema.parameters {
        choices.push(match parameter {
            Parameter::Variable { variable, over } => {
                (Some(*variable), fluents::ranging(grounder.world, *over)?)
            }
            Parameter::Constant { constant } => {
                (None, vec![fluents::constant(*constant, grounder.numbers)?])
            }
        });
    }
    let mut bindings = Bindings::default();
    fill(
        grounder,
        schema,
        &choices,
        &mut bindings,
        &mut Vec::new(),
        making,
    )
}

/// Fills the parameters from left to right; a branch ends where the precondition is False already.
fn fill(
    grounder: &mut Grounder<'_>,
    schema: &Schema<'_>,
    choices: &[(Option<usize>, Vec<Value>)],
    bindings: &mut Bindings,
    arguments: &mut Vec<Value>,
    making: &mut Making,
) -> Result<(), Fault> {
    if grounder.decided(schema.precondition, bindings) == Some(false) {
        return Ok(());
    }
    let Some((slot, values)) = choices.get(arguments.len()) else {
        if let Some(event) = instance(grounder, schema, bindings, arguments, making)? {
            making.events.push(event);
        }
        return Ok(());
    };
    let joins = &mut making.joins;
    let candidates =
        slot.and_then(|slot| joins.candidates(grounder, schema.precondition, slot, bindings));
    let hopeless = |value| candidates.as_ref().is_some_and(|c| !c.contains(value));
    for &value in values.iter().filter(|&value| !hopeless(value)) {
        if let Some(slot) = slot {
            bindings.bind(*slot, Some(value));
        }
        arguments.push(value);
        fill(grounder, schema, choices, bindings, arguments, making)?;
        arguments.pop();
        if let Some(slot) = slot {
            bindings.bind(*slot, None);
        }
    }
    Ok(())
}

fn instance(
    grounder: &mut Grounder<'_>,
    schema: &Schema<'_>,
    bindings: &mut Bindings,
    arguments: &[Value],
    making: &mut Making,
) -> Result<Option<Event>, Fault> {
    let precondition = grounder.condition(schema.precondition, true, &[], bindings)?;
    if precondition == Condition::False {
        return Ok(None);
    }
    let mut effects = assignments(grounder, schema, bindings)?;
    if effects::contradiction(&effects).is_some() {
        // It is one if the effects say so by themselves, not because of what happens never to
        // change: then they are conditional.
        let mut unfolded = Grounder {
            world: grounder.world,
            fluents: grounder.unfolded,
            unfolded: grounder.unfolded,
            numbers: &mut *grounder.numbers,
            several: grounder.several,
        };
        let whole = assignments(&mut unfolded, schema, bindings)?;
        if let Some(target) = effects::contradiction(&whole) {
            let fault = beginning::contradictory(&unfolded, target);
            let event = words::call(unfolded.world, unfolded.numbers, schema.name, arguments);
            return Err(fault.with("event", event));
        }
    }
    effects.retain(|effect| grounder.fluents.constant(effect.target.fluent).is_none());
    let mut event = Event {
        kind: schema.kind,
        schema: schema.place,
        arguments: arguments.into(),
        consenting: Box::new([]),
        precondition,
        plain: effects::plain(&effects),
        effects: effects.into(),
        observing: Observing::Everybody,
    };
    if schema.kind == EventKind::Action {
        let action = &grounder.world.actions[schema.place];
        let mut consenting = Vec::new();
        for &term in &action.consenting {
            let character = grounder.character(term, bindings)?;
            if !consenting.contains(&character) {
                consenting.push(character);
            }
        }
        event.consenting = consenting.into();
        if let Some(observing) = &action.observing {
            let condition = &observing.condition;
            event.observing = if making.open {
                let mut opener = Opener {
                    grounder,
                    tables: &mut making.tables,
                    observer: observing.variable,
                };
                Observing::Open(Box::new(opener.seeing(condition, true, bindings)?))
            } else {
                let each =
                    observing::each(grounder, observing.variable, condition, true, bindings)?;
                match each.iter().all(|condition| *condition == Condition::True) {
                    true => Observing::Everybody,
                    false => Observing::Each(each),
                }
            };
        }
    }
    Ok(Some(event))
}

fn assignments(
    grounder: &mut Grounder<'_>,
    schema: &Schema<'_>,
    bindings: &mut Bindings,
) -> Result<Vec<Effect>, Fault> {
    let mut found = Vec::new();
    if let Some(effect) = schema.effect {
        effects::collect(
            grounder,
            effect,
            &Condition::True,
            &[],
            bindings,
            &mut found,
        )?;
    }
    effects::sort(&mut found, grounder.numbers);
    Ok(found)
}

/// Leaves out what can never happen or never changes anything. (Where minds may hold `several`
/// worlds, whoever sees an act rules some of them out, whatever it changes.)
pub(super) fn prune(events: &[Event], reach: &Reach<'_>, several: bool) -> Vec<Event> {
    let mut left = Vec::new();
    for (place, event) in events.iter().enumerate() {
        if !reach.happens(place) {
            continue;
        }
        let effects: Vec<Effect> = event
            .effects
            .iter()
            .filter(|effect| reach.possible(&effect.condition))
            .cloned()
            .collect();
        if !effects.is_empty() || several && event.kind == EventKind::Action {
            left.push(Event {
                plain: effects::plain(&effects),
                effects: effects.into(),
                ..event.clone()
            });
        }
    }
    left
}
