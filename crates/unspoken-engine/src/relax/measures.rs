//! What a term may come to: as a measure over places and gates.

use crate::format::{
    Comparator,
    Operator::{Add, Subtract},
};
use crate::ground::{Condition, Term, Utility};
use crate::ids::CharacterId;
use crate::relax::amounts::{Amount, Measure};
use crate::relax::compile::Compiler;
use crate::relax::conditions::{Simple, about_minds};
use crate::relax::network::{ALWAYS, Gate, Kind, Level, NEVER, NUMBER, Place, Test, UNKNOWN};
use crate::value::{Datum, Value};

impl<'w> Compiler<'w> {
    pub(super) fn utility(&mut self, whose: Option<CharacterId>) -> Measure {
        let world = self.world;
        match &world.utilities[whose.map_or(0, |who| who.index() + 1)] {
            None => Measure::Constant(Amount::number(0.0)),
            Some(Utility::Amount(term)) => self.measure(Level::Actual, term, false, Some(true)),
            Some(Utility::Truth(condition)) => {
                let [yes, no] = [1.0, 0.0].map(|one| Measure::Constant(Amount::number(one)));
                self.choice(Level::Actual, &[condition], vec![yes, no], Some(true))
            }
        }
    }

    /// Whether a condition holds (or not) now; for good, unless it is about minds.
    fn still(&mut self, condition: &'w Condition, denied: bool) -> Gate {
        let level = if about_minds(condition) {
            Level::Actual
        } else {
            Level::Still
        };
        self.condition(level, condition, denied)
    }

    /// The number that a place may have.
    pub(super) fn number(&mut self, place: Place) -> Measure {
        self.count(place);
        Measure::Place {
            place,
            unknown: NEVER,
            other: NEVER,
        }
    }

    /// What a term may come to; other things than numbers only if they matter (`kinds`). `up` says
    /// which end of it matters, if only one does.
    pub(super) fn measure(
        &mut self,
        level: Level,
        term: &'w Term,
        kinds: bool,
        up: Option<bool>,
    ) -> Measure {
        match self.simple(level, term) {
            Simple::Constant(value) => Measure::Constant(self.amount(value)),
            Simple::Place(place) => {
                self.count(place);
                let (mut unknown, mut other) = (NEVER, NEVER);
                if kinds {
                    if !self.is_boolean(place) {
                        unknown = self.slot(place, UNKNOWN);
                    }
                    other = self.but(place, &[UNKNOWN, NUMBER]);
                }
                Measure::Place {
                    place,
                    unknown,
                    other,
                }
            }
            Simple::Arithmetic => {
                let Term::Arithmetic(operator, operands) = term else {
                    unreachable!("it is simple otherwise");
                };
                let ups = match operator {
                    Add => [up, up],
                    Subtract => [up, up.map(|up| !up)],
                    _ => [None, None],
                };
                let left = self.measure(level, &operands.0, kinds, ups[0]);
                let right = self.measure(level, &operands.1, kinds, ups[1]);
                Measure::Arithmetic(*operator, Box::new((left, right)))
            }
            Simple::Choice(branches, otherwise) => {
                let terms = branches.iter().map(|(_, term)| term).chain([otherwise]);
                let measures = terms
                    .map(|term| self.measure(level, term, kinds, up))
                    .collect();
                let conditions: Vec<&'w Condition> = branches.iter().map(|(c, _)| c).collect();
                self.choice(level, &conditions, measures, up)
            }
        }
    }

    /// The first of the measures whose condition holds, or else the last one. Whether the worst may
    /// become the case does not matter where it is one of the terms of a sum to be high: it is
    /// enough to know whether it is so now.
    fn choice(
        &mut self,
        level: Level,
        conditions: &[&'w Condition],
        measures: Vec<Measure>,
        up: Option<bool>,
    ) -> Measure {
        let up = up.filter(|_| level == Level::Actual);
        let worst = up.and_then(|up| worst(&measures, up));
        let last_but_worst = (0..measures.len()).rfind(|place| Some(*place) != worst);
        let (mut not_before, mut not_before_now) = (ALWAYS, ALWAYS);
        let mut alternatives = Vec::with_capacity(measures.len());
        for (place, measure) in measures.into_iter().enumerate() {
            let condition = conditions.get(place);
            let gate = match condition {
                Some(condition) if worst == Some(place) => {
                    let now = self.still(condition, false);
                    self.all([not_before_now, now])
                }
                None if worst == Some(place) => not_before_now,
                Some(condition) => {
                    let so = self.condition(level, condition, false);
                    self.all([not_before, so])
                }
                None => not_before,
            };
            if gate != NEVER {
                alternatives.push((gate, measure));
            }
            let Some(condition) = condition else {
                break;
            };
            if last_but_worst > Some(place) {
                let not_so = self.condition(level, condition, true);
                not_before = self.all([not_before, not_so]);
            }
            if worst > Some(place) {
                let not_now = self.still(condition, true);
                not_before_now = self.all([not_before_now, not_now]);
            }
        }
        Measure::Choice(alternatives.into())
    }

    pub(super) fn amount(&self, value: Value) -> Amount {
        match self.numbers.datum(value) {
            Datum::Number(number) => Amount::number(number),
            datum => Amount {
                unknown: datum == Datum::Unknown,
                other: datum != Datum::Unknown,
                ..Amount::NOTHING
            },
        }
    }

    pub(super) fn test(
        &mut self,
        comparator: Comparator,
        denied: bool,
        left: Measure,
        right: Measure,
    ) -> Gate {
        let place = u32::try_from(self.tests.len()).expect("fewer than 2^32 tests");
        let gate = self.gate(Kind::Test(place), Vec::new());
        self.tests.push(Test {
            gate,
            comparator,
            denied,
            left,
            right,
        });
        gate
    }
}

/// The place of a number that nothing among the others is ever worse than.
fn worst(measures: &[Measure], up: bool) -> Option<usize> {
    (0..measures.len()).find(|&place| {
        let Measure::Constant(amount) = measures[place] else {
            return false;
        };
        let others = (0..measures.len()).filter(|other| *other != place);
        measures[place].is_sure()
            && others.map(|other| &measures[other]).all(|other| {
                let (own, worst) = (amount.number.end(up), other.bound(!up));
                other.is_sure() && if up { worst >= own } else { worst <= own }
            })
    })
}
