//! From the ground world and an aim to a network of gates: only what the aim depends on.
//!
//! Works backwards. Whoever asks for a gate of a value puts the value on a list; for each value on
//! the list, the effects that may bring it about are put before its gate, and what they need is
//! asked for in turn.

use rustc_hash::FxHashMap;

use crate::format::Comparator;
use crate::ground::{Condition, Effect, EventKind, Term, Utility, World};
use crate::ids::{CharacterId, EventId, FluentId};
use crate::relax::AimKey;
use crate::relax::amounts::{Amount, Measure};
use crate::relax::kin::{Kin, Mend, Sources};
use crate::relax::network::{
    ALWAYS, Assignment, FALSE, FIRST_NAMED, GOAL, Gate, Kind, Level, NEVER, NO_ACT, NUMBER,
    Network, OTHER, Place, Rows, Seed, TRUE, Test, UNKNOWN,
};
use crate::value::{Datum, Numbers, Value};

/// A problem on its way.
pub(super) struct Compiler<'w> {
    world: &'w World,
    sources: &'w Sources,
    numbers: &'w Numbers,
    kin: Kin,
    /// Only acts that somebody consents to.
    no_author: bool,
    gates: Vec<Draft>,
    tests: Vec<Test>,
    assignments: Vec<Assignment>,
    places: Vec<Spot>,
    place_of: FxHashMap<(Level, FluentId), Place>,
    all_of: FxHashMap<Box<[Gate]>, Gate>,
    any_of: FxHashMap<Box<[Gate]>, Gate>,
    possible: FxHashMap<(EventId, Level), Gate>,
    doing: FxHashMap<EventId, Gate>,
    waiting: Vec<(Place, Want)>,
}

#[derive(Default)]
struct Draft {
    kind: Option<Kind>,
    before: Vec<u32>,
    now: Vec<u32>,
    later: Vec<u32>,
    act: Option<EventId>,
}

struct Spot {
    level: Level,
    fluent: FluentId,
    head: FluentId,
    slots: Vec<Gate>,
    /// Is its interval asked for?
    counted: bool,
}

/// What of a place is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Slot(u32),
    Number,
}

/// A term that is no formula.
enum Simple<'t> {
    Constant(Value),
    Place(Place),
    Arithmetic,
    Choice(&'t [(Condition, Term)], &'t Term),
}

/// An effect at work: the gate that says when, whether it takes an act, and where its terms are
/// read.
#[derive(Clone, Copy)]
struct Work {
    gate: Gate,
    later: bool,
    level: Level,
}

impl<'w> Compiler<'w> {
    /// The network of an aim.
    pub fn network(
        world: &'w World,
        sources: &'w Sources,
        numbers: &'w Numbers,
        aim: &AimKey,
    ) -> Network {
        let mut kin = sources.kin.clone();
        for condition in &aim.pass {
            kin.condition(world, condition);
        }
        let mut compiler = Compiler {
            world,
            sources,
            numbers,
            kin,
            no_author: aim.whose.is_some(),
            gates: vec![Draft::default()],
            tests: Vec::new(),
            assignments: Vec::new(),
            places: Vec::new(),
            place_of: FxHashMap::default(),
            all_of: FxHashMap::default(),
            any_of: FxHashMap::default(),
            possible: FxHashMap::default(),
            doing: FxHashMap::default(),
            waiting: Vec::new(),
        };
        compiler.gates[ALWAYS as usize].kind = Some(Kind::All);
        let mut passed: Vec<Gate> = aim
            .pass
            .iter()
            .map(|condition| compiler.condition(Level::Actual, condition, false))
            .collect();
        for group in &aim.acts {
            let done = compiler.gate(Kind::Any, Vec::new());
            for &act in group {
                let doing = compiler.doing(act);
                compiler.link(doing, true, done);
            }
            passed.push(done);
        }
        let passed = compiler.all(passed);
        let goal = if aim.utility {
            compiler.utility(aim.whose)
        } else {
            Measure::Constant(Amount::number(0.0))
        };
        while let Some((place, want)) = compiler.waiting.pop() {
            compiler.support(place, want);
        }
        compiler.finish(passed, goal, apart(&aim.acts))
    }

    fn utility(&mut self, whose: Option<CharacterId>) -> Measure {
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

    // Gates.

    fn gate(&mut self, kind: Kind, before: Vec<Gate>) -> Gate {
        let gate = Gate::try_from(self.gates.len()).expect("fewer than 2^32 gates");
        let mut act = None;
        for &one in &before {
            let one = &mut self.gates[one as usize];
            one.now.push(gate);
            act = act.or(one.act);
        }
        self.gates.push(Draft {
            kind: Some(kind),
            // An effect is its act's, whatever else it needs.
            act: act.filter(|_| kind == Kind::All),
            before,
            ..Draft::default()
        });
        gate
    }

    fn all(&mut self, parts: impl IntoIterator<Item = Gate>) -> Gate {
        let mut parts: Vec<Gate> = parts.into_iter().filter(|gate| *gate != ALWAYS).collect();
        parts.sort_unstable();
        parts.dedup();
        match parts.as_slice() {
            [] => return ALWAYS,
            [.., NEVER] => return NEVER,
            [one] => return *one,
            _ => {}
        }
        let key: Box<[Gate]> = parts.as_slice().into();
        if let Some(&known) = self.all_of.get(&key) {
            return known;
        }
        let gate = self.gate(Kind::All, parts);
        self.all_of.insert(key, gate);
        gate
    }

    fn any(&mut self, parts: impl IntoIterator<Item = Gate>) -> Gate {
        let mut parts: Vec<Gate> = parts.into_iter().filter(|gate| *gate != NEVER).collect();
        parts.sort_unstable();
        parts.dedup();
        match parts.as_slice() {
            [] => return NEVER,
            [ALWAYS, ..] => return ALWAYS,
            [one] => return *one,
            _ => {}
        }
        let key: Box<[Gate]> = parts.as_slice().into();
        if let Some(&known) = self.any_of.get(&key) {
            return known;
        }
        let gate = self.gate(Kind::Any, parts);
        self.any_of.insert(key, gate);
        gate
    }

    fn link(&mut self, gate: Gate, later: bool, to: Gate) {
        if gate == NEVER {
            return;
        }
        let draft = &mut self.gates[gate as usize];
        if later {
            draft.later.push(to);
        } else {
            draft.now.push(to);
        }
    }

    // Places.

    fn place(&mut self, level: Level, fluent: FluentId) -> Place {
        if let Some(&known) = self.place_of.get(&(level, fluent)) {
            return known;
        }
        let place = Place::try_from(self.places.len()).expect("fewer than 2^32 places");
        let head = self.kin.head(fluent);
        let slots = FIRST_NAMED as usize + self.kin.named(head).len();
        self.places.push(Spot {
            level,
            fluent,
            head,
            slots: vec![NEVER; slots],
            counted: false,
        });
        self.place_of.insert((level, fluent), place);
        place
    }

    fn slot(&mut self, place: Place, slot: u32) -> Gate {
        let known = self.places[place as usize].slots[slot as usize];
        if known != NEVER {
            return known;
        }
        let kind = if slot == NUMBER {
            self.count(place);
            Kind::Number(place)
        } else {
            self.waiting.push((place, Want::Slot(slot)));
            Kind::Any
        };
        let gate = self.gate(kind, Vec::new());
        self.places[place as usize].slots[slot as usize] = gate;
        gate
    }

    fn count(&mut self, place: Place) {
        let spot = &mut self.places[place as usize];
        if !spot.counted {
            spot.counted = true;
            self.waiting.push((place, Want::Number));
        }
    }

    fn is_boolean(&self, place: Place) -> bool {
        self.world.boolean[self.places[place as usize].fluent.index()]
    }

    /// The slots that the place's values can be in.
    fn slots(&self, place: Place) -> Vec<u32> {
        if self.is_boolean(place) {
            return vec![FALSE, TRUE];
        }
        let end = u32::try_from(self.places[place as usize].slots.len()).expect("few values");
        [UNKNOWN, NUMBER, OTHER]
            .into_iter()
            .chain(FIRST_NAMED..end)
            .collect()
    }

    /// The gate of any value but those in some slots.
    fn but(&mut self, place: Place, slots: &[u32]) -> Gate {
        let others: Vec<Gate> = self
            .slots(place)
            .into_iter()
            .filter(|other| !slots.contains(other))
            .map(|other| self.slot(place, other))
            .collect();
        self.any(others)
    }

    // Conditions.

    /// When a condition may hold (or, denied, fail).
    fn condition(&mut self, level: Level, condition: &Condition, denied: bool) -> Gate {
        match condition {
            Condition::True if denied => NEVER,
            Condition::False if !denied => NEVER,
            Condition::True | Condition::False => ALWAYS,
            Condition::Atom(atom) => {
                self.comparison(level, atom.comparator, &atom.left, &atom.right, denied)
            }
            Condition::And(parts) | Condition::Or(parts) => {
                let gates: Vec<Gate> = parts
                    .iter()
                    .map(|part| self.condition(level, part, denied))
                    .collect();
                if matches!(condition, Condition::And(_)) == denied {
                    self.any(gates)
                } else {
                    self.all(gates)
                }
            }
        }
    }

    fn simple<'t>(&mut self, level: Level, term: &'t Term) -> Simple<'t> {
        match term {
            Term::Constant(value) => Simple::Constant(*value),
            Term::Fluent(reading) => match self.world.fluents.constant(reading.fluent) {
                Some(value) => Simple::Constant(value),
                None => Simple::Place(self.place(level.within(&reading.chain), reading.fluent)),
            },
            Term::Arithmetic(..) => Simple::Arithmetic,
            Term::Choice(branches, otherwise) => Simple::Choice(branches, otherwise),
        }
    }

    /// The branches of a conditional term, each with the gate that says when it may be taken.
    fn branches<'t>(
        &mut self,
        level: Level,
        branches: &'t [(Condition, Term)],
        otherwise: &'t Term,
    ) -> Vec<(Gate, &'t Term)> {
        let mut not_before = ALWAYS;
        let mut found = Vec::with_capacity(branches.len() + 1);
        for (condition, term) in branches {
            let yes = self.condition(level, condition, false);
            found.push((self.all([not_before, yes]), term));
            let no = self.condition(level, condition, true);
            not_before = self.all([not_before, no]);
        }
        found.push((not_before, otherwise));
        found.retain(|(gate, _)| *gate != NEVER);
        found
    }

    fn comparison(
        &mut self,
        level: Level,
        comparator: Comparator,
        left: &Term,
        right: &Term,
        denied: bool,
    ) -> Gate {
        let (l, r) = (self.simple(level, left), self.simple(level, right));
        let plain = |value: Value| !value.is_number();
        match (l, r) {
            (Simple::Choice(branches, otherwise), _) => {
                let branches = self.branches(level, branches, otherwise);
                let each = branches.into_iter().map(|(gate, left)| {
                    let so = self.comparison(level, comparator, left, right, denied);
                    self.all([gate, so])
                });
                let each: Vec<Gate> = each.collect();
                self.any(each)
            }
            (_, Simple::Choice(..)) => {
                self.comparison(level, comparator.mirrored(), right, left, denied)
            }
            (Simple::Constant(l), Simple::Constant(r)) => {
                let holds = comparator.holds(self.numbers.datum(l), self.numbers.datum(r));
                if holds == denied { NEVER } else { ALWAYS }
            }
            (Simple::Place(place), Simple::Constant(value)) if plain(value) => {
                self.is(place, comparator, value, denied)
            }
            (Simple::Constant(value), Simple::Place(place)) if plain(value) => {
                self.is(place, comparator.mirrored(), value, denied)
            }
            (Simple::Place(left), Simple::Place(right)) => {
                self.alike(comparator, left, right, denied)
            }
            _ => {
                let left = self.measure(level, left, true, None);
                let right = self.measure(level, right, true, None);
                self.test(comparator, denied, left, right)
            }
        }
    }

    /// Compares a place with a value that is no number.
    fn is(&mut self, place: Place, comparator: Comparator, value: Value, denied: bool) -> Gate {
        let slot = self.kin.slot(self.places[place as usize].head, value);
        let same = match comparator {
            Comparator::Equal | Comparator::AtLeast | Comparator::AtMost => true,
            Comparator::Unequal => false,
            Comparator::More | Comparator::Less => return if denied { ALWAYS } else { NEVER },
        };
        if same != denied {
            self.slot(place, slot)
        } else {
            self.but(place, &[slot])
        }
    }

    /// Compares two places.
    fn alike(&mut self, comparator: Comparator, left: Place, right: Place, denied: bool) -> Gate {
        let mut ways = Vec::new();
        if !self.is_boolean(left) && !self.is_boolean(right) {
            let (l, r) = (self.number(left), self.number(right));
            ways.push(self.test(comparator, denied, l, r));
        }
        let same = match (comparator, denied) {
            (Comparator::More | Comparator::Less, false) => None,
            (Comparator::More | Comparator::Less, true) => {
                ways.push(self.but(left, &[NUMBER]));
                ways.push(self.but(right, &[NUMBER]));
                None
            }
            (Comparator::Unequal, _) => Some(denied),
            _ => Some(!denied),
        };
        if let Some(same) = same {
            for slot in self.slots(left) {
                let this = self.slot(left, slot);
                // Values without a name of their own may be the same or not.
                if slot == OTHER || same && slot != NUMBER {
                    let that = self.slot(right, slot);
                    ways.push(self.all([this, that]));
                }
                if !same {
                    let that = self.but(right, &[slot]);
                    ways.push(self.all([this, that]));
                }
            }
        }
        self.any(ways)
    }

    // Amounts.

    /// The number that a place may have.
    fn number(&mut self, place: Place) -> Measure {
        self.count(place);
        Measure::Place {
            place,
            unknown: NEVER,
            other: NEVER,
        }
    }

    /// What a term may come to; other things than numbers only if they matter (`kinds`). `up` says
    /// which end of it matters, if only one does.
    fn measure(&mut self, level: Level, term: &Term, kinds: bool, up: Option<bool>) -> Measure {
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
                use crate::format::Operator::{Add, Subtract};
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

    fn amount(&self, value: Value) -> Amount {
        match self.numbers.datum(value) {
            Datum::Number(number) => Amount::number(number),
            datum => Amount {
                unknown: datum == Datum::Unknown,
                other: datum != Datum::Unknown,
                ..Amount::NOTHING
            },
        }
    }

    fn test(
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

    // Events.

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
    fn doing(&mut self, action: EventId) -> Gate {
        if let Some(&known) = self.doing.get(&action) {
            return known;
        }
        let gate = if self.no_author && self.world.event(action).consenting.is_empty() {
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

    /// That it may be done and seen by somebody.
    fn seen(&mut self, action: EventId, by: CharacterId) -> Gate {
        let world = self.world;
        let doing = self.doing(action);
        if doing == NEVER {
            return NEVER;
        }
        match &world.event(action).observing {
            None => doing,
            Some(conditions) => {
                let sees = self.condition(Level::Actual, &conditions[by.index()], false);
                self.all([doing, sees])
            }
        }
    }

    fn effect(&mut self, before: Gate, later: bool, level: Level, effect: &Effect) -> Work {
        let gate = if before == NEVER {
            NEVER
        } else {
            let applies = self.condition(level, &effect.condition, false);
            self.all([before, applies])
        };
        Work { gate, later, level }
    }

    // What brings a value about.

    fn support(&mut self, place: Place, want: Want) {
        let Spot { level, fluent, .. } = self.places[place as usize];
        let (world, sources) = (self.world, self.sources);
        if level == Level::Anywhere {
            self.spread(place, want);
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
                Level::Still | Level::Actual => false,
                Level::Mind(_) => level.within(chain) == level,
                Level::Anywhere => true,
            };
            if within {
                let before = match level {
                    Level::Mind(who) if is_act => self.seen(number, who),
                    _ if is_act => self.doing(number),
                    _ => self.possible(number, level),
                };
                let work = self.effect(before, is_act, level, effect);
                self.assign(work, &effect.value, place, want);
            }
        }
        if let Level::Mind(who) = level {
            self.mend(place, who, fluent, want);
        }
    }

    /// What is so, or somebody takes to be so, may be so anywhere deeper; and everything may be
    /// unknown there.
    fn spread(&mut self, place: Place, want: Want) {
        let fluent = self.places[place as usize].fluent;
        let characters = (0..self.world.characters).map(CharacterId::from);
        let levels: Vec<Level> = [Level::Actual]
            .into_iter()
            .chain(characters.map(Level::Mind))
            .collect();
        for level in levels {
            let from = self.place(level, fluent);
            self.copy(
                Work {
                    gate: ALWAYS,
                    later: false,
                    level,
                },
                from,
                place,
                want,
            );
        }
        if want == Want::Slot(UNKNOWN) && !self.is_boolean(place) {
            let to = self.slot(place, UNKNOWN);
            self.link(ALWAYS, false, to);
        }
    }

    /// What somebody comes to believe on seeing what it thought impossible.
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
                later: false,
                level: Level::Actual,
            };
            match mention.mend {
                Mend::Forget => {
                    if want == Want::Slot(UNKNOWN) {
                        let to = self.slot(place, UNKNOWN);
                        self.link(gate, false, to);
                    }
                }
                _ if own => {}
                Mend::To(value) => self.assign(work, &Term::Constant(value), place, want),
                Mend::Copy => {
                    let from = self.place(Level::Actual, fluent);
                    self.copy(work, from, place, want);
                }
            }
        }
    }

    /// Puts an effect's value before what is wanted of a place, if it may be that.
    fn assign(&mut self, work: Work, value: &Term, place: Place, want: Want) {
        let Work { gate, later, level } = work;
        if gate == NEVER {
            return;
        }
        match self.simple(level, value) {
            Simple::Constant(value) => match want {
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
                        self.link(gate, later, to);
                    }
                }
            },
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
        self.assignments.push(Assignment {
            place,
            measure,
            gate: work.gate,
            later: work.later,
        });
    }

    /// When a formula may come to nothing known.
    fn unsure(&mut self, level: Level, term: &Term) -> Gate {
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

    // The end.

    fn finish(self, passed: Gate, goal: Measure, apart: u32) -> Network {
        let gates = self.gates.len();
        let mut gate_tests = vec![Vec::new(); gates];
        let mut place_tests = vec![Vec::new(); self.places.len()];
        let mut watch = |number: u32, measures: &[&Measure]| {
            let (mut places, mut looked_at) = (Vec::new(), Vec::new());
            for measure in measures {
                measure.reads(&mut places, &mut looked_at);
            }
            for (read, by) in [(places, &mut place_tests), (looked_at, &mut gate_tests)] {
                for one in read {
                    let row: &mut Vec<u32> = &mut by[one as usize];
                    if row.last() != Some(&number) {
                        row.push(number);
                    }
                }
            }
        };
        for (number, test) in (0..).zip(&self.tests) {
            watch(number, &[&test.left, &test.right]);
        }
        watch(GOAL, &[&goal]);
        let mut gate_assignments = vec![Vec::new(); gates];
        for (number, assignment) in (0..).zip(&self.assignments) {
            gate_assignments[assignment.gate as usize].push(number);
        }
        let mut values = Vec::new();
        let mut values_of: FxHashMap<FluentId, (u32, u32)> = FxHashMap::default();
        let mut slots = Vec::new();
        let mut seeds = Vec::new();
        for spot in &self.places {
            let (start, length) = *values_of.entry(spot.head).or_insert_with(|| {
                let named = self.kin.named(spot.head).iter().map(|value| value.bits());
                let length = named.max().map_or(3, |most| most + 1);
                let start = values.len();
                values.resize(start + length as usize, OTHER);
                for (slot, value) in [
                    (UNKNOWN, Value::UNKNOWN),
                    (FALSE, Value::FALSE),
                    (TRUE, Value::TRUE),
                ] {
                    values[start + value.bits() as usize] = slot;
                }
                for (slot, value) in (FIRST_NAMED..).zip(self.kin.named(spot.head)) {
                    values[start + value.bits() as usize] = slot;
                }
                (u32::try_from(start).expect("few values"), length)
            });
            seeds.push(Seed {
                level: spot.level,
                fluent: spot.fluent,
                slots: u32::try_from(slots.len()).expect("few values"),
                values: start,
                named: length,
            });
            slots.extend_from_slice(&spot.slots);
        }
        let rows = |of: fn(&Draft) -> &Vec<u32>| {
            let rows: Vec<Vec<u32>> = self.gates.iter().map(|gate| of(gate).clone()).collect();
            Rows::of(&rows)
        };
        let kinds: Vec<Kind> = self
            .gates
            .iter()
            .map(|gate| gate.kind.expect("every gate has a kind"))
            .collect();
        let mut by_level: Vec<Place> = (0..).take(seeds.len()).collect();
        by_level.sort_by_key(|&place| seeds[place as usize].level);
        Network {
            wanting: self
                .gates
                .iter()
                .zip(&kinds)
                .map(|(gate, kind)| match kind {
                    Kind::All => u32::try_from(gate.before.len()).expect("few parts"),
                    _ => 1,
                })
                .collect(),
            kinds,
            before: rows(|gate| &gate.before),
            now: rows(|gate| &gate.now),
            later: rows(|gate| &gate.later),
            acts: self
                .gates
                .iter()
                .map(|gate| gate.act.map_or(NO_ACT, |act| act.0))
                .collect(),
            gate_tests: Rows::of(&gate_tests),
            place_tests: Rows::of(&place_tests),
            gate_assignments: Rows::of(&gate_assignments),
            tests: self.tests,
            assignments: self.assignments,
            seeds,
            by_level,
            slots,
            values,
            passed: (passed != NEVER).then_some(passed),
            goal,
            apart,
        }
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

/// How many of the groups, first come first served, share no act with another.
fn apart(groups: &[Vec<EventId>]) -> u32 {
    let mut taken: Vec<EventId> = Vec::new();
    let mut count = 0;
    for group in groups {
        if !group.iter().any(|act| taken.contains(act)) {
            taken.extend(group);
            count += 1;
        }
    }
    count
}

fn about_minds(condition: &Condition) -> bool {
    fn term(of: &Term) -> bool {
        match of {
            Term::Constant(_) => false,
            Term::Fluent(reading) => !reading.chain.is_empty(),
            Term::Arithmetic(_, operands) => term(&operands.0) || term(&operands.1),
            Term::Choice(branches, otherwise) => {
                term(otherwise) || branches.iter().any(|(c, t)| about_minds(c) || term(t))
            }
        }
    }
    match condition {
        Condition::True | Condition::False => false,
        Condition::And(parts) | Condition::Or(parts) => parts.iter().any(about_minds),
        Condition::Atom(atom) => term(&atom.left) || term(&atom.right),
    }
}
