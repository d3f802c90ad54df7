//! What can ever become true or believed: a delete-free fixed point from the beginning.
//!
//! Values add up and never go away; what a mind may believe counts as possible in reality;
//! numbers that are computed may be anything. So an event left out here can never happen, in no
//! mind, and a fluent with one value here always has it.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::fault::Fault;
use crate::format::{Comparator, NumberedWorld};
use crate::ground::beginning::{Beginning, Choice};
use crate::ground::fluents::ranging;
use crate::ground::formula::{Atom, Condition, Reading, Term};
use crate::ground::{Event, EventKind};
use crate::ids::FluentId;
use crate::value::{Numbers, Value};

/// The values that a fluent or term may have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Range {
    values: FxHashSet<Value>,
    anything: bool,
}

impl Range {
    /// This value and no other.
    pub fn one(value: Value) -> Range {
        Range {
            values: std::iter::once(value).collect(),
            anything: false,
        }
    }

    /// Every value of a type, unknown among them where there is that.
    pub fn of_type(world: &NumberedWorld, over: usize) -> Result<Range, Fault> {
        let mut range = Range::default();
        match over {
            1 => range.anything = true,
            _ => range.values = ranging(world, over)?.into_iter().collect(),
        }
        if over > 1 {
            range.values.insert(Value::UNKNOWN);
        }
        Ok(range)
    }

    /// Is this among the values?
    pub fn has(&self, value: Value) -> bool {
        self.anything || self.values.contains(&value)
    }

    /// Is this the only value?
    pub fn is_just(&self, value: Value) -> bool {
        !self.anything && self.values.len() == 1 && self.values.contains(&value)
    }

    fn add(&mut self, value: Value) -> bool {
        !self.anything && self.values.insert(value)
    }

    fn join(&mut self, other: &Range) -> bool {
        if other.anything {
            let new = !self.anything;
            self.anything = true;
            return new;
        }
        let mut new = false;
        for &value in &other.values {
            new |= self.add(value);
        }
        new
    }
}

/// Where values come from.
enum Source {
    Fluent(FluentId),
    Range(Range),
}

/// What the fixed point found.
pub struct Reach<'n> {
    ranges: Vec<Range>,
    /// Values from the beginning and from effects; surprise may add unknown to these.
    given: Vec<Range>,
    reached: Vec<bool>,
    /// By fluent: is it a whole number? Empty, if none is.
    whole: &'n [bool],
    /// When each fluent's range last grew, and when each event was last looked at.
    grown: Vec<u64>,
    looked: Vec<u64>,
    clock: u64,
    numbers: &'n Numbers,
}

impl<'n> Reach<'n> {
    /// Runs the fixed point from a beginning and what may be set besides. `booleans`: which
    /// fluents are, where minds may hold several worlds; what is no boolean may then be unknown to
    /// any, since its worlds may differ about it.
    pub fn from<'r>(
        beginning: &Beginning,
        besides: impl Iterator<Item = (FluentId, &'r Range)>,
        events: &[Event],
        whole: &'n [bool],
        numbers: &'n Numbers,
        booleans: Option<Box<[bool]>>,
    ) -> Reach<'n> {
        let mut given: Vec<Range> = beginning.facts.iter().map(|&v| Range::one(v)).collect();
        for believed in beginning.pins.values().chain(beginning.everywhere.values()) {
            for (fluent, &value) in believed {
                given[fluent.index()].add(value);
            }
        }
        for (_, fluent, value) in beginning.choices.iter().flat_map(Choice::said) {
            given[fluent.index()].add(*value);
        }
        for (fluent, range) in besides {
            given[fluent.index()].join(range);
        }
        let mut reach = Reach {
            ranges: given.clone(),
            given,
            reached: vec![false; events.len()],
            grown: vec![1; beginning.facts.len()],
            looked: vec![0; events.len()],
            clock: 1,
            whole,
            numbers,
        };
        for (range, boolean) in reach.ranges.iter_mut().zip(booleans.iter().flatten()) {
            if !boolean {
                range.add(Value::UNKNOWN);
            }
        }
        while reach.round(events) {}
        reach
    }

    fn round(&mut self, events: &[Event]) -> bool {
        let mut moved = false;
        for (place, event) in events.iter().enumerate() {
            if !self.may_differ(event, self.looked[place]) {
                continue;
            }
            self.clock += 1;
            self.looked[place] = self.clock;
            if !self.reached[place] {
                if !self.possible(&event.precondition) {
                    continue;
                }
                self.reached[place] = true;
                moved = true;
            }
            for effect in &event.effects {
                if self.possible(&effect.condition) {
                    let target = effect.target.fluent.index();
                    let (set, grown) = self.assigned(target, &effect.value);
                    if grown {
                        self.clock += 1;
                        self.grown[target] = self.clock;
                    }
                    moved |= set || grown;
                }
            }
            if event.kind == EventKind::Action {
                moved |= self.surprise(&event.precondition);
            }
        }
        moved
    }

    /// A fluent may be whatever a term may be: is that more than was given, or than it may be?
    fn assigned(&mut self, target: usize, term: &Term) -> (bool, bool) {
        let mut sources = Vec::new();
        self.sources(term, &mut sources);
        let mut given = std::mem::take(&mut self.given[target]);
        let mut range = std::mem::take(&mut self.ranges[target]);
        let (mut set, mut grown) = (false, false);
        for source in &sources {
            let other = match source {
                Source::Range(other) => other,
                Source::Fluent(fluent) if fluent.index() != target => &self.ranges[fluent.index()],
                // What was given is part of the range: with as many values they are the same.
                Source::Fluent(_) => {
                    if given.values.len() < range.values.len() || given.anything != range.anything {
                        set |= given.join(&range);
                    }
                    continue;
                }
            };
            grown |= range.join(other);
            set |= given.join(other);
        }
        self.given[target] = given;
        self.ranges[target] = range;
        (set, grown)
    }

    /// What a term's value may come from. (Ranges can be large: those of fluents are not copied.)
    fn sources(&self, term: &Term, into: &mut Vec<Source>) {
        match term {
            Term::Fluent(reading) => into.push(Source::Fluent(reading.fluent)),
            Term::Constant(_) | Term::Arithmetic(..) => {
                into.push(Source::Range(self.range(term).into_owned()));
            }
            Term::Choice(branches, otherwise) => {
                self.sources(otherwise, into);
                for (condition, term) in branches {
                    if self.possible(condition) {
                        self.sources(term, into);
                    }
                }
            }
        }
    }

    /// Has anything that an event reads grown since? Then it may do more than it did.
    fn may_differ(&self, event: &Event, since: u64) -> bool {
        let mut differs = since == 0;
        let mut read = |reading: &Reading| differs |= self.grown[reading.fluent.index()] > since;
        event.precondition.readings(&mut read);
        for effect in &event.effects {
            effect.condition.readings(&mut read);
            effect.value.readings(&mut read);
        }
        differs
    }

    /// An onlooker who finds an atom false that is true makes its fluents unknown, unless the
    /// atom says what they are; of whole numbers it makes any.
    fn surprise(&mut self, condition: &Condition) -> bool {
        match condition {
            Condition::True | Condition::False => false,
            Condition::And(parts) | Condition::Or(parts) => parts
                .iter()
                .fold(false, |moved, part| self.surprise(part) | moved),
            Condition::In(within) => self.surprise(&within.condition),
            Condition::Atom(atom) => {
                let mut fluents = Vec::new();
                let equal = atom.comparator == Comparator::Equal;
                let contested = !(equal && self.whole.is_empty())
                    && self.possible(condition)
                    && self.deniable(atom);
                for term in [&atom.left, &atom.right] {
                    doubtful(term, contested && !equal, &mut fluents);
                    if contested && equal {
                        term.readings(&mut |reading| {
                            fluents.extend(self.is_whole(reading.fluent).then_some(reading.fluent));
                        });
                    }
                }
                fluents.into_iter().fold(false, |moved, fluent| {
                    let whole = self.is_whole(fluent);
                    let range = &mut self.ranges[fluent.index()];
                    let boolean = range.values.iter().any(|value| value.is_boolean());
                    let grown = match whole {
                        true => !std::mem::replace(&mut range.anything, true),
                        false => !boolean && range.add(Value::UNKNOWN),
                    };
                    if grown {
                        self.clock += 1;
                        self.grown[fluent.index()] = self.clock;
                    }
                    grown | moved
                })
            }
        }
    }

    fn is_whole(&self, fluent: FluentId) -> bool {
        self.whole.get(fluent.index()).is_some_and(|&whole| whole)
    }

    fn deniable(&self, atom: &Atom) -> bool {
        let (left, right) = (self.range(&atom.left), self.range(&atom.right));
        match atom.comparator {
            Comparator::Equal => differ(&left, &right),
            Comparator::Unequal => meet(&left, &right),
            _ => self.pairs(&left, &right, |l, r| !self.holds(atom.comparator, l, r)),
        }
    }

    fn holds(&self, comparator: Comparator, left: Value, right: Value) -> bool {
        comparator.holds(self.numbers.datum(left), self.numbers.datum(right))
    }

    fn pairs(&self, left: &Range, right: &Range, test: impl Fn(Value, Value) -> bool) -> bool {
        left.anything
            || right.anything
            || left
                .values
                .iter()
                .any(|&l| right.values.iter().any(|&r| test(l, r)))
    }

    /// Can the condition ever hold?
    pub fn possible(&self, condition: &Condition) -> bool {
        match condition {
            Condition::True => true,
            Condition::False => false,
            Condition::And(parts) => parts.iter().all(|part| self.possible(part)),
            Condition::Or(parts) => parts.iter().any(|part| self.possible(part)),
            Condition::In(within) => self.possible(&within.condition),
            Condition::Atom(atom) => {
                let (left, right) = (self.range(&atom.left), self.range(&atom.right));
                match atom.comparator {
                    Comparator::Equal => meet(&left, &right),
                    Comparator::Unequal => differ(&left, &right),
                    _ => self.pairs(&left, &right, |l, r| self.holds(atom.comparator, l, r)),
                }
            }
        }
    }

    fn range(&self, term: &Term) -> Cow<'_, Range> {
        match term {
            Term::Constant(value) => Cow::Owned(Range::one(*value)),
            Term::Fluent(reading) => Cow::Borrowed(&self.ranges[reading.fluent.index()]),
            Term::Arithmetic(..) => Cow::Owned(Range {
                values: FxHashSet::default(),
                anything: true,
            }),
            Term::Choice(branches, otherwise) => {
                let mut range = self.range(otherwise).into_owned();
                for (condition, term) in branches {
                    if self.possible(condition) {
                        range.join(&self.range(term));
                    }
                }
                Cow::Owned(range)
            }
        }
    }

    /// What each fluent may ever be.
    pub fn into_ranges(self) -> Box<[Range]> {
        self.ranges.into()
    }

    /// Can this event ever happen?
    pub fn happens(&self, event: usize) -> bool {
        self.reached[event]
    }

    /// The value that a fluent always has: no effect ever gives it another.
    pub fn constant(&self, fluent: FluentId) -> Option<Value> {
        let range = &self.given[fluent.index()];
        let value = range.values.iter().next()?;
        range.is_just(*value).then_some(*value)
    }
}

/// May two things be the same?
fn meet(left: &Range, right: &Range) -> bool {
    let (few, many) = match left.values.len() < right.values.len() {
        true => (left, right),
        false => (right, left),
    };
    left.anything || right.anything || few.values.iter().any(|value| many.values.contains(value))
}

/// May two things be different?
fn differ(left: &Range, right: &Range) -> bool {
    let many = left.values.len().max(right.values.len()) > 1;
    let some = !left.values.is_empty() && !right.values.is_empty();
    left.anything || right.anything || some && (many || left.values != right.values)
}

/// Fluents that surprise may make unknown: those of a contested atom, and any in the conditions
/// of its conditional terms.
fn doubtful(term: &Term, contested: bool, into: &mut Vec<FluentId>) {
    match term {
        Term::Constant(_) => {}
        Term::Fluent(reading) if contested => into.push(reading.fluent),
        Term::Fluent(_) => {}
        Term::Arithmetic(_, operands) => {
            doubtful(&operands.0, contested, into);
            doubtful(&operands.1, contested, into);
        }
        Term::Choice(branches, otherwise) => {
            for (condition, term) in branches {
                doubtful_condition(condition, into);
                doubtful(term, contested, into);
            }
            doubtful(otherwise, contested, into);
        }
    }
}

fn doubtful_condition(condition: &Condition, into: &mut Vec<FluentId>) {
    match condition {
        Condition::True | Condition::False => {}
        Condition::And(parts) | Condition::Or(parts) => {
            for part in parts {
                doubtful_condition(part, into);
            }
        }
        Condition::In(within) => doubtful_condition(&within.condition, into),
        Condition::Atom(atom) => {
            doubtful(&atom.left, true, into);
            doubtful(&atom.right, true, into);
        }
    }
}
