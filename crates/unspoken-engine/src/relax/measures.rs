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
use crate::relax::network::{Gate, Kind, Level, NEVER, NUMBER, Place, Test, UNKNOWN};
use crate::value::{Datum, Value};

impl Compiler<'_> {
    pub(super) fn utility(&mut self, whose: Option<CharacterId>) -> Measure {
        let world = self.world;
        match &world.utilities[whose.map_or(0, |who| who.index() + 1)] {
            None => Measure::Constant(Amount::number(0.0)),
            Some(Utility::Amount(term)) => self.measure(Level::Actual, term, false, Some(true)),
            // The worse of the two adds nothing to what is true now.
            Some(Utility::Truth(condition)) => {
                let no = self.still(condition, true);
                let yes = self.condition(Level::Actual, condition, false);
                alternatives([(yes, Amount::number(1.0)), (no, Amount::number(0.0))])
            }
        }
    }

    /// Whether a condition holds (or not) now; for good, unless it is about minds.
    fn still(&mut self, condition: &Condition, denied: bool) -> Gate {
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
        term: &Term,
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
                if let Some(measure) = self.step(level, branches, otherwise, up) {
                    return measure;
                }
                let branches = self.branches(level, branches, otherwise);
                Measure::Choice(
                    branches
                        .into_iter()
                        .map(|(gate, term)| (gate, self.measure(level, term, kinds, up)))
                        .collect(),
                )
            }
        }
    }

    /// One of two numbers. Whether the worse may become the case does not matter where it is one
    /// of the terms of a sum to be high: it is enough that it is so now.
    fn step(
        &mut self,
        level: Level,
        branches: &[(Condition, Term)],
        otherwise: &Term,
        up: Option<bool>,
    ) -> Option<Measure> {
        let up = up.filter(|_| level == Level::Actual)?;
        let [(condition, term)] = branches else {
            return None;
        };
        let (Term::Constant(yes), Term::Constant(no)) = (term, otherwise) else {
            return None;
        };
        let (Datum::Number(yes), Datum::Number(no)) =
            (self.numbers.datum(*yes), self.numbers.datum(*no))
        else {
            return None;
        };
        let yes_is_better = (yes > no) == up;
        let (so, not_so) = if yes_is_better {
            let not_so = self.still(condition, true);
            (self.condition(level, condition, false), not_so)
        } else {
            let so = self.still(condition, false);
            (so, self.condition(level, condition, true))
        };
        Some(alternatives([
            (so, Amount::number(yes)),
            (not_so, Amount::number(no)),
        ]))
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

fn alternatives(of: [(Gate, Amount); 2]) -> Measure {
    Measure::Choice(
        of.into_iter()
            .filter(|(gate, _)| *gate != NEVER)
            .map(|(gate, amount)| (gate, Measure::Constant(amount)))
            .collect(),
    )
}
