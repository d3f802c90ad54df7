//! From the ground world and an aim to a network of gates: only what the aim depends on.
//!
//! Works backwards. Whoever asks for a gate of a value puts the value on a list; for each value on
//! the list, the effects that may bring it about are put before its gate, and what they need is
//! asked for in turn.

use rustc_hash::FxHashMap;

use crate::format::Comparator;
use crate::ground::{Term, World};
use crate::ids::{CharacterId, EventId, FluentId};
use crate::relax::AimKey;
use crate::relax::amounts::{Amount, Measure};
use crate::relax::kin::{Kin, Sources};
use crate::relax::network::{
    ALWAYS, Assignment, FALSE, FIRST_NAMED, Gate, Kind, Level, NEVER, NUMBER, Network, OTHER,
    Place, TRUE, Test, UNKNOWN,
};
use crate::value::Numbers;

/// A comparison (or, if so marked, that it fails) of two terms read at a level.
type Compared<'w> = (Level, Comparator, bool, &'w Term, &'w Term);

/// A problem on its way.
pub(super) struct Compiler<'w> {
    pub(super) world: &'w World,
    pub(super) sources: &'w Sources,
    pub(super) numbers: &'w Numbers,
    pub(super) kin: Kin,
    /// Who counts on acts: a character not on the author's.
    pub(super) whose: Option<CharacterId>,
    /// By character: who never consents to anything (of those known so far).
    pub(super) idle: &'w [bool],
    /// Does any act matter?
    pub(super) acted: bool,
    pub(super) gates: Vec<Draft>,
    pub(super) tests: Vec<Test>,
    pub(super) assignments: Vec<Assignment>,
    pub(super) places: Vec<Spot>,
    pub(super) place_of: FxHashMap<(Level, FluentId), Place>,
    pub(super) all_of: FxHashMap<Box<[Gate]>, Gate>,
    pub(super) any_of: FxHashMap<Box<[Gate]>, Gate>,
    pub(super) compared: FxHashMap<Compared<'w>, Gate>,
    pub(super) possible: FxHashMap<(EventId, Level), Gate>,
    pub(super) doing: FxHashMap<EventId, Gate>,
    pub(super) waiting: Vec<(Place, Want)>,
}

#[derive(Default)]
pub(super) struct Draft {
    pub(super) kind: Option<Kind>,
    pub(super) before: Vec<u32>,
    pub(super) now: Vec<u32>,
    pub(super) later: Vec<u32>,
    pub(super) act: Option<EventId>,
}

pub(super) struct Spot {
    pub(super) level: Level,
    pub(super) fluent: FluentId,
    pub(super) head: FluentId,
    pub(super) slots: Vec<Gate>,
    /// Is its interval asked for?
    pub(super) counted: bool,
    /// The assignments to it, one for each measure.
    pub(super) measured: Vec<u32>,
}

/// What of a place is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    Slot(u32),
    Number,
}

impl<'w> Compiler<'w> {
    /// The network of an aim.
    pub fn network(
        world: &'w World,
        sources: &'w Sources,
        numbers: &'w Numbers,
        aim: &'w AimKey,
    ) -> Network {
        let mut kin = sources.kin.clone();
        for condition in &aim.pass {
            kin.condition(world, condition);
        }
        let mut compiler = Compiler::new(world, sources, numbers, kin, aim.whose, &[]);
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
        compiler.assembled(passed, goal, apart(&aim.acts))
    }

    /// May anything ever raise a character's utility in a world that it imagines? Partners of acts
    /// in which it takes part itself are not asked.
    pub fn may_gain(
        world: &'w World,
        sources: &'w Sources,
        numbers: &'w Numbers,
        who: CharacterId,
        idle: &'w [bool],
    ) -> bool {
        let kin = sources.kin.clone();
        let mut compiler = Compiler::new(world, sources, numbers, kin, Some(who), idle);
        compiler.utility(Some(who));
        while let Some((place, want)) = compiler.waiting.pop() {
            compiler.support(place, want);
            if compiler.acted {
                return true;
            }
        }
        false
    }

    fn new(
        world: &'w World,
        sources: &'w Sources,
        numbers: &'w Numbers,
        kin: Kin,
        whose: Option<CharacterId>,
        idle: &'w [bool],
    ) -> Compiler<'w> {
        let always = Draft {
            kind: Some(Kind::All),
            ..Draft::default()
        };
        Compiler {
            world,
            sources,
            numbers,
            kin,
            whose,
            idle,
            acted: false,
            gates: vec![always],
            tests: Vec::new(),
            assignments: Vec::new(),
            places: Vec::new(),
            place_of: FxHashMap::default(),
            all_of: FxHashMap::default(),
            any_of: FxHashMap::default(),
            compared: FxHashMap::default(),
            possible: FxHashMap::default(),
            doing: FxHashMap::default(),
            waiting: Vec::new(),
        }
    }

    // Gates.

    pub(super) fn gate(&mut self, kind: Kind, before: Vec<Gate>) -> Gate {
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

    pub(super) fn all(&mut self, parts: impl IntoIterator<Item = Gate>) -> Gate {
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

    pub(super) fn any(&mut self, parts: impl IntoIterator<Item = Gate>) -> Gate {
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

    pub(super) fn link(&mut self, gate: Gate, later: bool, to: Gate) {
        if gate == NEVER {
            return;
        }
        let draft = &mut self.gates[gate as usize];
        self.acted |= draft.act.is_some();
        if later {
            draft.later.push(to);
        } else {
            draft.now.push(to);
        }
    }

    // Places.

    pub(super) fn place(&mut self, level: Level, fluent: FluentId) -> Place {
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
            measured: Vec::new(),
        });
        self.place_of.insert((level, fluent), place);
        place
    }

    pub(super) fn slot(&mut self, place: Place, slot: u32) -> Gate {
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

    pub(super) fn count(&mut self, place: Place) {
        let spot = &mut self.places[place as usize];
        if !spot.counted {
            spot.counted = true;
            self.waiting.push((place, Want::Number));
        }
    }

    pub(super) fn is_boolean(&self, place: Place) -> bool {
        self.world.boolean[self.places[place as usize].fluent.index()]
    }

    /// The slots that the place's values can be in.
    pub(super) fn slots(&self, place: Place) -> Vec<u32> {
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
    pub(super) fn but(&mut self, place: Place, slots: &[u32]) -> Gate {
        let others: Vec<Gate> = self
            .slots(place)
            .into_iter()
            .filter(|other| !slots.contains(other))
            .map(|other| self.slot(place, other))
            .collect();
        self.any(others)
    }
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
