//! From the lifted world to the ground one: fluents, events and utilities, all as numbers.
//!
//! Receives `format`, hands on a [`World`] and a [`Beginning`]. Deliberately does not know states.

pub mod beginning;
pub mod effects;
pub mod fluents;
pub mod formula;
mod grounder;
mod instances;
mod joins;
mod kinds;
mod observing;
mod reach;
mod words;
pub mod worlds;

use std::sync::Arc;

use crate::fault::Fault;
use crate::format::{Expression, NumberedWorld};
use crate::ids::{CharacterId, EntityId, EventId, FluentId};
use crate::value::{Datum, Numbers, Value};

pub use beginning::Beginning;
pub use effects::Effect;
pub use fluents::{Fluent, Fluents};
pub use formula::{Atom, Condition, Reading, Snag, Term, Valuation, Within};
pub use observing::{Observing, OpenTerm, Seeing, Slot, Table};

use grounder::{Bindings, Grounder};
use instances::{events, prune};
use kinds::Kind;
use reach::{Range, Reach};

/// What an event is an instance of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// Somebody's act, or the author's.
    Action,
    /// A law.
    Trigger,
    /// Something told from without; of no schema.
    Minted,
}

/// A ground action or trigger.
#[derive(Clone, Debug)]
pub struct Event {
    /// Action or trigger.
    pub kind: EventKind,
    /// Its schema's place among those of its kind.
    pub schema: usize,
    /// What its parameters are.
    pub arguments: Box<[Value]>,
    /// Who must have a reason, in order.
    pub consenting: Box<[CharacterId]>,
    /// When it is possible.
    pub precondition: Condition,
    /// What it changes; effects on facts first, then those on beliefs.
    pub effects: Box<[Effect]>,
    /// How many of the effects are on facts.
    pub plain: usize,
    /// Who sees it.
    pub observing: Observing,
}

/// A utility, ground.
#[derive(Clone, Debug)]
pub enum Utility {
    /// A number or unknown.
    Amount(Term),
    /// 1 where it holds, else 0.
    Truth(Condition),
}

/// The ground world.
#[derive(Clone, Debug)]
pub struct World {
    source: Arc<NumberedWorld>,
    /// How many characters there are.
    pub characters: usize,
    /// May minds hold several worlds?
    pub several: bool,
    /// Every ground fluent.
    pub fluents: Fluents,
    /// Is a changing fluent boolean (and so never unknown)?
    pub boolean: Box<[bool]>,
    /// Is a changing fluent a whole number, whatever is mended of it? Empty, if none is.
    pub whole: Box<[bool]>,
    /// Actions, then triggers, each in the order of schemas and arguments.
    pub events: Box<[Event]>,
    /// How many of the events are actions.
    pub actions: usize,
    /// What was told from without, numbered after the events in the order of being told. No action
    /// depends on these: they are never offered and never counted on.
    pub minted: Vec<Event>,
    /// What each changing fluent may ever be.
    reach: Box<[Range]>,
    /// The author's utility, then each character's; `None`: always 0.
    pub utilities: Box<[Option<Utility>]>,
}

/// Something to be evaluated in a state.
#[derive(Clone, Debug)]
pub enum Question {
    /// Is it so?
    Truth(Condition),
    /// What is it?
    Amount(Term),
}

/// Grounds a world. The numbers met on the way come too.
pub fn ground(source: NumberedWorld) -> Result<(World, Beginning, Numbers), Fault> {
    grounded(source, false)
}

/// The same with observers left open, so that an act's size does not grow with the people there
/// are; for `crowd` alone.
pub fn ground_for_crowd(source: NumberedWorld) -> Result<(World, Beginning, Numbers), Fault> {
    grounded(source, true)
}

fn grounded(source: NumberedWorld, open: bool) -> Result<(World, Beginning, Numbers), Fault> {
    check(&source)?;
    let several = source.has_worlds();
    if several && open {
        return Err(Fault::new("possible-worlds"));
    }
    let mut numbers = Numbers::default();
    let fluents = Fluents::of(&source, &mut numbers)?;
    let mut grounder = Grounder {
        world: &source,
        fluents: &fluents,
        unfolded: &fluents,
        numbers: &mut numbers,
        several: false, // pins and choices are no states yet
    };
    let beginning = beginning::begin(&mut grounder)?;
    let besides = besides(&mut grounder)?;
    let mut known = beginning::untouchable(&mut grounder, &beginning);
    for (fluent, range) in &besides {
        let value = known[fluent.index()];
        known[fluent.index()] = value.filter(|&value| range.is_just(value));
    }

    // What never changes is folded into everything, which may show that more never changes.
    let (fluents, start, events, reach) = loop {
        let (folded, moved) = fluents.with_constants(&known);
        let start = beginning.renumbered(&moved, folded.changing());
        let mut grounder = Grounder {
            world: &source,
            fluents: &folded,
            unfolded: &fluents,
            numbers: &mut numbers,
            several,
        };
        let events = events(&mut grounder, open)?;
        let besides = besides
            .iter()
            .map(|(old, range)| (moved[old.index()], range))
            .filter(|(new, _)| new.index() < folded.changing());
        let whole = whole(&source, &folded);
        let unknown = several.then(|| booleans(&source, &folded));
        let reach = Reach::from(&start, besides, &events, &whole, &numbers, unknown);
        let mut more = false;
        for (old, &new) in moved.iter().enumerate() {
            if new.index() < folded.changing() && known[old].is_none() {
                known[old] = reach.constant(new);
                more |= known[old].is_some();
            }
        }
        if !more {
            let left = prune(&events, &reach, several);
            break (folded, start, left, reach.into_ranges());
        }
    };

    let mut grounder = Grounder {
        world: &source,
        fluents: &fluents,
        unfolded: &fluents,
        numbers: &mut numbers,
        several,
    };
    let utilities = utilities(&mut grounder)?;
    let boolean = booleans(&source, &fluents);
    let whole = whole(&source, &fluents);
    let actions = events
        .iter()
        .filter(|event| event.kind == EventKind::Action)
        .count();
    let world = World {
        characters: source.characters,
        several,
        fluents,
        boolean,
        whole,
        events: events.into(),
        actions,
        minted: Vec::new(),
        reach,
        utilities,
        source: Arc::new(source),
    };
    Ok((world, start, numbers))
}

/// By changing fluent: is it boolean?
fn booleans(source: &NumberedWorld, fluents: &Fluents) -> Box<[bool]> {
    (0..fluents.changing())
        .map(|place| source.properties[fluents.property(FluentId::from(place))].range == 0)
        .collect()
}

/// By changing fluent: is it a whole number? Empty, if none is.
fn whole(source: &NumberedWorld, fluents: &Fluents) -> Box<[bool]> {
    if !source.properties.iter().any(|property| property.whole) {
        return Box::new([]);
    }
    (0..fluents.changing())
        .map(|place| source.properties[fluents.property(FluentId::from(place))].whole)
        .collect()
}

/// What fluents may be besides what events make of them.
fn besides(grounder: &mut Grounder<'_>) -> Result<Vec<(FluentId, Range)>, Fault> {
    let world = grounder.world;
    let mut found = Vec::new();
    for &property in &world.open {
        let Some(declared) = world.properties.get(property) else {
            let wrong = Fault::new("malformed-world");
            return Err(wrong.with("reason", format!("there is no property {property}")));
        };
        let range = Range::of_type(world, declared.range)?;
        let fluents = grounder.fluents.of_property(property);
        found.extend(fluents.map(|fluent| (fluent, range.clone())));
    }
    for assignment in &world.besides {
        let mut effects = Vec::new();
        let (guard, mut bindings) = (Condition::True, Bindings::default());
        effects::collect(
            grounder,
            assignment,
            &guard,
            &[],
            &mut bindings,
            &mut effects,
        )?;
        for effect in effects {
            let Some(value) = effect.value.as_constant() else {
                let wrong = Fault::new("malformed-world");
                return Err(wrong.with("reason", "a value that depends on something"));
            };
            found.push((effect.target.fluent, Range::one(value)));
        }
    }
    Ok(found)
}

fn check(source: &NumberedWorld) -> Result<(), Fault> {
    let malformed = |reason: &str| Err(Fault::new("malformed-world").with("reason", reason));
    if source.types.len() < 4 {
        return malformed("the four built-in types are wanted");
    }
    if source.characters > source.entities.len() {
        return malformed("more characters than entities");
    }
    let entities = source.types.iter().flat_map(|declared| &declared.entities);
    if entities
        .copied()
        .any(|e| e as usize >= source.entities.len())
    {
        return malformed("a type has an entity that there is not");
    }
    if source
        .properties
        .iter()
        .any(|property| property.range >= source.types.len())
    {
        return malformed("a property has a type that there is not");
    }
    let mut properties = source.properties.iter();
    if properties.any(|property| property.whole && property.range != 1) {
        return malformed("a whole number that is no number");
    }
    Ok(())
}

fn utilities(grounder: &mut Grounder<'_>) -> Result<Box<[Option<Utility>]>, Fault> {
    let world = grounder.world;
    let mut utilities = vec![None; world.characters + 1];
    for utility in &world.utilities {
        let place = match utility.character {
            None => 0,
            Some(character) if (character as usize) < world.characters => character as usize + 1,
            Some(character) => {
                return Err(Fault::new("malformed-world").with(
                    "reason",
                    format!("the utility of {character}, who is nobody"),
                ));
            }
        };
        utilities[place] = Some(match question(grounder, &utility.expression)? {
            Question::Truth(condition) => Utility::Truth(condition),
            Question::Amount(term) => Utility::Amount(term),
        });
    }
    Ok(utilities.into())
}

fn question(grounder: &mut Grounder<'_>, expression: &Expression) -> Result<Question, Fault> {
    let mut bindings = Bindings::default();
    Ok(match grounder.kind(expression, &bindings)? {
        Kind::Boolean => {
            Question::Truth(grounder.condition(expression, true, &[], &mut bindings)?)
        }
        _ => Question::Amount(grounder.term(expression, &[], &mut bindings)?),
    })
}

impl World {
    /// Grounds an expression without free variables.
    pub fn question(
        &self,
        expression: &Expression,
        numbers: &mut Numbers,
    ) -> Result<Question, Fault> {
        let mut grounder = Grounder {
            world: &self.source,
            fluents: &self.fluents,
            unfolded: &self.fluents,
            numbers,
            several: self.several,
        };
        question(&mut grounder, expression)
    }

    /// The author's (`None`) or a character's utility; `None` where it is unknown.
    pub fn utility(
        &self,
        whose: Option<CharacterId>,
        valuation: &impl Valuation,
    ) -> Result<Option<f64>, Snag> {
        match &self.utilities[whose.map_or(0, |character| character.index() + 1)] {
            None => Ok(Some(0.0)),
            Some(Utility::Truth(condition)) => {
                let truth = condition.holds(valuation)?;
                Ok(Some(f64::from(u8::from(truth))))
            }
            Some(Utility::Amount(term)) => match term.evaluate(valuation)? {
                Datum::Number(number) => Ok(Some(number)),
                _ => Ok(None),
            },
        }
    }

    /// How many properties there are.
    pub fn properties(&self) -> usize {
        self.source.properties.len()
    }

    /// How many entities there are.
    pub fn entities(&self) -> usize {
        self.source.entities.len()
    }

    /// Is a fluent a whole number?
    #[inline]
    pub fn is_whole(&self, fluent: FluentId) -> bool {
        self.whole.get(fluent.index()).is_some_and(|&whole| whole)
    }

    /// A ground event, or something that was told.
    #[inline]
    pub fn event(&self, event: EventId) -> &Event {
        match self.events.get(event.index()) {
            Some(event) => event,
            None => &self.minted[event.index() - self.events.len()],
        }
    }

    /// May a fluent ever have this value, in truth or in some mind? Everything that was left out
    /// or taken to be constant counts on it.
    pub fn may_be(&self, fluent: FluentId, value: Value) -> bool {
        if let Some(constant) = self.fluents.constant(fluent) {
            return value == constant;
        }
        self.fits(fluent, value) && self.reach[fluent.index()].has(value)
    }

    /// Is this the kind of value that a fluent can have?
    pub fn fits(&self, fluent: FluentId, value: Value) -> bool {
        let range = self.source.properties[self.fluents.property(fluent)].range;
        match range {
            0 => value.is_boolean(),
            1 => value.is_number() || value == Value::UNKNOWN,
            _ => {
                let members = &self.source.types[range].entities;
                let is_member = |entity: EntityId| members.contains(&entity.0);
                value == Value::UNKNOWN || value.as_entity().is_some_and(is_member)
            }
        }
    }

    /// A fluent as an author writes it.
    pub fn fluent_text(&self, fluent: FluentId, numbers: &Numbers) -> String {
        let reading = Reading {
            chain: Box::new([]),
            fluent,
        };
        words::reading(&self.source, &self.fluents, numbers, &reading)
    }

    /// A value as an author writes it.
    pub fn value_text(&self, value: Value, numbers: &Numbers) -> String {
        words::value(&self.source, numbers, value)
    }

    /// An event as an author writes it.
    pub fn event_text(&self, event: EventId, numbers: &Numbers) -> String {
        let event = self.event(event);
        let name = match event.kind {
            EventKind::Action => &self.source.actions[event.schema].name,
            EventKind::Trigger => &self.source.triggers[event.schema].name,
            EventKind::Minted => return words::told(&self.source, &self.fluents, numbers, event),
        };
        words::call(&self.source, numbers, name, &event.arguments)
    }
}
