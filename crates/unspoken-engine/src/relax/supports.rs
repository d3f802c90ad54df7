//! What may bring a value about: acts, laws, and seeing what one thought impossible.

use crate::ground::{Effect, EventKind, Term};
use crate::ids::{CharacterId, EventId, FluentId};
use crate::relax::amounts::Measure;
use crate::relax::compile::{Compiler, Want};
use crate::relax::conditions::Simple;
use crate::relax::kin::Mend;
use crate::relax::network::{ALWAYS, Assignment, Gate, Kind, Level, NEVER, NUMBER, Place, UNKNOWN};
use crate::value::Value;

/// An effect at work: the gate that says when, whether it takes an act, and where its terms are
/// read.
#[derive(Clone, Copy)]
struct Work {
    gate: Gate,
    later: bool,
    level: Level,
}

impl<'w> Compiler<'w> {
    /// When an event's precondition may hold.
    fn possible(&mut self, event: EventId, level: Level) -> Gate {
        if let Some(&known) = self.possible.get(&(event, level)) {
            return known;
        }
        let world = self.world;
        let gate = self.condition(level, &world.event(event).precondition, false);
        self.possible.insert((event, level), gate);
        gate
    }

    /// The gate of an action, its own: that it may be done.
    pub(super) fn doing(&mut self, action: EventId) -> Gate {
        if let Some(&known) = self.doing.get(&action) {
            return known;
        }
        let gate = if self.is_out_of_reach(action) {
            NEVER
        } else {
            match self.possible(action, Level::Actual) {
                NEVER => NEVER,
                possible => {
                    let doing = self.gate(Kind::All, vec![possible]);
                    self.gates[doing as usize].act = Some(action);
                    doing
                }
            }
        };
        self.doing.insert(action, gate);
        gate
    }

    /// Does it take the author, or somebody who never consents?
    fn is_out_of_reach(&self, action: EventId) -> bool {
        let consenting = &self.world.event(action).consenting;
        self.whose.is_some_and(|whose| {
            let idle = |who: &CharacterId| self.idle.get(who.index()).is_some_and(|idle| *idle);
            consenting.is_empty() || !consenting.contains(&whose) && consenting.iter().any(idle)
        })
    }

    /// That it may be done and seen by somebody.
    fn seen(&mut self, action: EventId, by: CharacterId) -> Gate {
        let world = self.world;
        let doing = self.doing(action);
        if doing == NEVER {
            return NEVER;
        }
        match world.event(action).observing.each() {
            None => doing,
            Some(conditions) => {
                let sees = self.condition(Level::Actual, &conditions[by.index()], false);
                self.all([doing, sees])
            }
        }
    }

    fn effect(&mut self, before: Gate, later: bool, level: Level, effect: &'w Effect) -> Work {
        let gate = if before == NEVER {
            NEVER
        } else {
            let applies = self.condition(level, &effect.condition, false);
            self.all([before, applies])
        };
        Work { gate, later, level }
    }

    pub(super) fn support(&mut self, place: Place, want: Want) {
        let spot = &self.places[place as usize];
        let (level, fluent) = (spot.level, spot.fluent);
        let (world, sources) = (self.world, self.sources);
        match level {
            Level::Still | Level::Actual => {}
            Level::Mind(who) => self.mend(place, who, fluent, want),
            Level::Seeing(who) => {
                self.so_far(Level::Mind(who), place, want);
                self.mend(place, who, fluent, want);
                return;
            }
            Level::Anywhere => self.spread(place, want),
        }
        for &(number, at) in &sources.effects[fluent.index()] {
            let event = world.event(number);
            let effect = &event.effects[at];
            let chain = &*effect.target.chain;
            let is_act = event.kind == EventKind::Action;
            // An event gives values as read here, to what lies behind this chain...
            if Level::Actual.within(chain) == level && level != Level::Anywhere {
                let before = if is_act {
                    self.doing(number)
                } else {
                    self.possible(number, Level::Actual)
                };
                let work = self.effect(before, is_act, Level::Actual, effect);
                self.assign(work, &effect.value, place, want);
            }
            // ... and so it does in minds: those that see the act, or know the law.
            let within = match level {
                Level::Still | Level::Actual | Level::Seeing(_) => false,
                Level::Mind(_) => level.within(chain) == level,
                Level::Anywhere => true,
            };
            if within {
                let before = match level {
                    Level::Mind(who) if is_act => self.seen(number, who),
                    _ if is_act => self.doing(number),
                    _ => self.possible(number, level),
                };
                let read = match level {
                    Level::Mind(who) if is_act => Level::Seeing(who),
                    _ => level,
                };
                let work = self.effect(before, is_act, read, effect);
                self.assign(work, &effect.value, place, want);
            }
        }
    }

    /// What is so, or somebody takes to be so, may be so anywhere deeper; and everything may be
    /// unknown there.
    fn spread(&mut self, place: Place, want: Want) {
        let characters = (0..self.world.characters).map(CharacterId::from);
        let levels: Vec<Level> = [Level::Actual]
            .into_iter()
            .chain(characters.map(Level::Mind))
            .collect();
        for level in levels {
            self.so_far(level, place, want);
        }
        if want == Want::Slot(UNKNOWN) && !self.is_boolean(place) {
            let to = self.slot(place, UNKNOWN);
            self.link(ALWAYS, false, to);
        }
    }

    /// A place is what it is at another level, too.
    fn so_far(&mut self, level: Level, place: Place, want: Want) {
        let from = self.place(level, self.places[place as usize].fluent);
        let work = Work {
            gate: ALWAYS,
            later: false,
            level,
        };
        self.copy(work, from, place, want);
    }

    /// What somebody comes to believe on seeing what it thought impossible; at once, for what it
    /// makes of the act itself.
    fn mend(&mut self, place: Place, who: CharacterId, fluent: FluentId, want: Want) {
        let sources = self.sources;
        for mention in &sources.mentions[fluent.index()] {
            // What it sees speak of its own mind stays, or is forgotten.
            let own = match &*mention.chain {
                [] => false,
                [mind] if *mind == who => true,
                _ => continue,
            };
            let gate = self.seen(mention.event, who);
            if gate == NEVER {
                continue;
            }
            let work = Work {
                gate,
                later: matches!(self.places[place as usize].level, Level::Mind(_)),
                level: Level::Actual,
            };
            match mention.mend {
                Mend::Forget => {
                    if want == Want::Slot(UNKNOWN) {
                        let to = self.slot(place, UNKNOWN);
                        self.link(gate, work.later, to);
                    }
                }
                _ if own => {}
                Mend::To(value) => self.set(work, value, place, want),
                Mend::Copy => {
                    let from = self.place(Level::Actual, fluent);
                    self.copy(work, from, place, want);
                }
            }
        }
    }

    /// Puts an effect's value before what is wanted of a place, if it may be that.
    fn assign(&mut self, work: Work, value: &'w Term, place: Place, want: Want) {
        let Work { gate, later, level } = work;
        if gate == NEVER {
            return;
        }
        match self.simple(level, value) {
            Simple::Constant(value) => self.set(work, value, place, want),
            Simple::Place(from) => self.copy(work, from, place, want),
            Simple::Arithmetic => match want {
                Want::Number => {
                    let measure = self.measure(level, value, false, None);
                    self.assigned(work, measure, place);
                }
                Want::Slot(UNKNOWN) => {
                    let unsure = self.unsure(level, value);
                    let both = self.all([gate, unsure]);
                    let to = self.slot(place, UNKNOWN);
                    self.link(both, later, to);
                }
                Want::Slot(_) => {}
            },
            Simple::Choice(branches, otherwise) => {
                for (taken, value) in self.branches(level, branches, otherwise) {
                    let gate = self.all([gate, taken]);
                    self.assign(Work { gate, ..work }, value, place, want);
                }
            }
        }
    }

    fn set(&mut self, work: Work, value: Value, place: Place, want: Want) {
        match want {
            Want::Number => {
                let amount = self.amount(value);
                if !amount.number.is_none() {
                    self.assigned(work, Measure::Constant(amount), place);
                }
            }
            Want::Slot(slot) => {
                let head = self.places[place as usize].head;
                if !value.is_number() && self.kin.slot(head, value) == slot {
                    let to = self.slot(place, slot);
                    self.link(work.gate, work.later, to);
                }
            }
        }
    }

    fn copy(&mut self, work: Work, from: Place, to: Place, want: Want) {
        match want {
            Want::Number => {
                let measure = self.number(from);
                self.assigned(work, measure, to);
            }
            Want::Slot(slot) => {
                let there = self.slot(from, slot);
                let both = self.all([work.gate, there]);
                let to = self.slot(to, slot);
                self.link(both, work.later, to);
            }
        }
    }

    fn assigned(&mut self, work: Work, measure: Measure, place: Place) {
        self.acted |= self.gates[work.gate as usize].act.is_some();
        let number = u32::try_from(self.assignments.len()).expect("fewer than 2^32 of them");
        let spot = &mut self.places[place as usize];
        let same = |&&other: &&u32| self.assignments[other as usize].measure == measure;
        let like = spot.measured.iter().find(same).copied();
        if like.is_none() {
            spot.measured.push(number);
        }
        self.assignments.push(Assignment {
            place,
            measure,
            gate: work.gate,
            later: work.later,
            like: like.unwrap_or(number),
        });
    }

    /// When a formula may come to nothing known.
    fn unsure(&mut self, level: Level, term: &'w Term) -> Gate {
        match self.simple(level, term) {
            Simple::Constant(value) if value.is_number() => NEVER,
            Simple::Constant(_) => ALWAYS,
            Simple::Place(place) => self.but(place, &[NUMBER]),
            Simple::Arithmetic => {
                let Term::Arithmetic(_, operands) = term else {
                    unreachable!("it is simple otherwise");
                };
                let left = self.unsure(level, &operands.0);
                let right = self.unsure(level, &operands.1);
                self.any([left, right])
            }
            Simple::Choice(branches, otherwise) => {
                let branches = self.branches(level, branches, otherwise);
                let each: Vec<Gate> = branches
                    .into_iter()
                    .map(|(gate, term)| {
                        let unsure = self.unsure(level, term);
                        self.all([gate, unsure])
                    })
                    .collect();
                self.any(each)
            }
        }
    }
}
