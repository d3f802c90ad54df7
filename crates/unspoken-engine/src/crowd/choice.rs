//! What people decide, many at a time: each by its own view, one act ahead.
//!
//! The same as the ordinary run (`src/unspoken/simulation`) where nobody looks further ahead than
//! their own next act: for every act that somebody believes possible, what it makes of each of their
//! wishes in the world they believe in. What promises more than it threatens is weighed against
//! waiting; the best is done, of equals the first by text.
//!
//! A decision depends on nothing but the view, so whoever's mind has not changed since decides the
//! same; that is remembered.

use std::collections::BTreeSet;

use crate::crowd::draft::{Draft, SheetId};
use crate::crowd::store::{ACTUAL, Place};
use crate::crowd::view::View;
use crate::crowd::{Crowd, Working};
use crate::fault::Fault;
use crate::format;
use crate::ground::{Condition, Question, Snag, Term, World};
use crate::ids::{CharacterId, EventId};
use crate::value::{Datum, Numbers};

/// What is less counts for nothing.
const SLIGHT: f64 = 1e-9;

/// Something that somebody wants to be so.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// Is it met?
    met: Condition,
    /// Is it certainly not met? Where neither holds it is met by half.
    unmet: Condition,
    /// Only then is it a wish.
    applies: Option<Condition>,
    weight: f64,
    /// The level in proportion to which it counts, and the highest that can be.
    drive: Option<(Term, f64)>,
    /// The properties that say how far it is met.
    reads: Vec<usize>,
}

/// What somebody means to do now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// `None`: to wait.
    pub act: Option<EventId>,
    /// By how much it is better than waiting.
    pub total: f64,
}

/// What of somebody is not in the state.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// The acts that are theirs to begin, in order.
    acts: Vec<EventId>,
    wishes: Vec<Wish>,
    /// What restraints count: twice what is lacking of daring.
    restraint: f64,
    /// What they decided, if nothing has changed since.
    decided: Option<Choice>,
    /// Acts that failed, and from which round on they are tried again.
    pub rebuffed: Vec<(EventId, u32)>,
}

/// Everybody's.
#[derive(Clone, Debug)]
pub(super) struct Minds {
    people: Vec<Person>,
    /// The place of every action among all by text.
    order: Vec<u32>,
    /// By action schema, which properties anything can come of, of whatever and in whose minds
    /// ever.
    moves: Vec<Properties>,
}

/// By property, whether it is among these.
type Properties = Vec<bool>;

impl Minds {
    /// Nobody wishes anything yet.
    pub fn of(world: &World) -> Minds {
        let mut people = vec![Person::default(); world.characters];
        for place in 0..world.actions {
            let event = EventId::from(place);
            if let Some(first) = world.event(event).consenting.first() {
                people[first.index()].acts.push(event);
            }
        }
        for person in &mut people {
            person.restraint = 1.0;
        }
        Minds {
            people,
            order: Vec::new(),
            moves: moves(world),
        }
    }

    /// Whoever's mind a draft changes has to decide anew.
    pub fn touched(&mut self, draft: &Draft) {
        for character in draft.touched() {
            self.people[character.index()].decided = None;
        }
    }

    pub fn person(&mut self, character: CharacterId) -> &mut Person {
        &mut self.people[character.index()]
    }

    /// An act has failed: it is not tried again before a round.
    pub fn rebuff(&mut self, character: CharacterId, act: EventId, until: u32) {
        let person = self.person(character);
        person.rebuffed.retain(|&(other, _)| other != act);
        person.rebuffed.push((act, until));
        person.decided = None;
    }

    /// Forgets the failures that are long ago; those who had them decide anew.
    pub fn recover(&mut self, round: u32) {
        for person in &mut self.people {
            let before = person.rebuffed.len();
            person.rebuffed.retain(|&(_, until)| until > round);
            if person.rebuffed.len() < before {
                person.decided = None;
            }
        }
    }
}

/// A wish as it comes from outside: numbered expressions (JSON), to be read in the mind of whoever
/// has it.
pub struct Wanted<'a> {
    /// Is it met?
    pub met: &'a str,
    /// Is it certainly not met?
    pub unmet: &'a str,
    /// Only then is it a wish.
    pub applies: Option<&'a str>,
    /// What it counts.
    pub weight: f64,
    /// The level in proportion to which it counts, and the highest that can be.
    pub drive: Option<(&'a str, f64)>,
}

impl Crowd {
    /// Somebody wishes something.
    pub fn wish(&mut self, whose: CharacterId, wanted: &Wanted<'_>) -> Result<(), Fault> {
        let mut question = |text: &str| {
            let expression = format::read_expression(text)?;
            self.world.question(&expression, &mut self.numbers)
        };
        let mut condition = |text: &str| match question(text)? {
            Question::Truth(condition) => Ok(condition),
            Question::Amount(_) => Err(Fault::new("not-a-condition")),
        };
        let met = condition(wanted.met)?;
        let unmet = condition(wanted.unmet)?;
        let applies = wanted.applies.map(condition).transpose()?;
        if applies == Some(Condition::False) {
            return Ok(());
        }
        let drive = match wanted.drive {
            None => None,
            Some((text, highest)) => match question(text)? {
                Question::Amount(level) => Some((level, highest)),
                Question::Truth(_) => return Err(Fault::new("not-a-number")),
            },
        };
        let mut reads = Vec::new();
        for condition in [&met, &unmet] {
            condition.readings(&mut |one| reads.push(self.world.fluents.property(one.fluent)));
        }
        reads.sort_unstable();
        reads.dedup();
        let person = self.minds.person(whose);
        person.wishes.push(Wish {
            reads,
            met,
            unmet,
            applies: applies.filter(|condition| *condition != Condition::True),
            weight: wanted.weight,
            drive,
        });
        person.decided = None;
        Ok(())
    }

    /// How daring somebody is, 0 to 1; 0.5 where nothing is said.
    pub fn dare(&mut self, whose: CharacterId, daring: f64) {
        let person = self.minds.person(whose);
        person.restraint = 2.0 * (1.0 - daring);
        person.decided = None;
    }

    /// What somebody decides, by its view.
    pub fn decide(&mut self, who: CharacterId) -> Result<Choice, Fault> {
        self.decide_all(&[who], 1)?;
        Ok(self.minds.people[who.index()]
            .decided
            .expect("just decided"))
    }

    /// Lets all of these decide, each by the state as it is now; on so many threads.
    pub fn decide_all(&mut self, who: &[CharacterId], threads: usize) -> Result<(), Fault> {
        if self.minds.order.is_empty() {
            self.minds.order = by_text(self);
        }
        let people = &self.minds.people;
        let stale = |who: &CharacterId| people[who.index()].decided.is_none();
        let asked: Vec<CharacterId> = who.iter().copied().filter(stale).collect();
        let share = asked.len().div_ceil(threads.max(1)).max(1);
        let threads = if asked.len() < 16 { 1 } else { threads };
        let decided: Vec<Result<Vec<Choice>, Fault>> = if threads == 1 {
            let mut numbers = std::mem::take(&mut self.numbers);
            let mut draft = std::mem::take(&mut self.draft);
            let decided = self.decided(&asked, &mut numbers, &mut draft);
            self.numbers = numbers;
            self.draft = draft;
            vec![decided]
        } else {
            let this = &*self;
            std::thread::scope(|scope| {
                let parts = asked.chunks(share);
                let decide =
                    |part| this.decided(part, &mut this.numbers.clone(), &mut Draft::default());
                let working: Vec<_> = parts
                    .map(|part| scope.spawn(move || decide(part)))
                    .collect();
                working
                    .into_iter()
                    .map(|one| one.join().expect("deciding does not panic"))
                    .collect()
            })
        };
        let mut choices = Vec::with_capacity(asked.len());
        for part in decided {
            choices.extend(part?);
        }
        for (who, choice) in asked.into_iter().zip(choices) {
            self.minds.people[who.index()].decided = Some(choice);
        }
        Ok(())
    }

    /// What these decide. Reads the state and changes nothing but the table of numbers.
    fn decided(
        &self,
        who: &[CharacterId],
        numbers: &mut Numbers,
        draft: &mut Draft,
    ) -> Result<Vec<Choice>, Fault> {
        let mut working = Working {
            world: &self.world,
            store: &self.store,
            laws: &self.laws,
            numbers,
        };
        who.iter()
            .map(|&who| {
                let person = &self.minds.people[who.index()];
                working.choose(who, person, &self.minds, draft)
            })
            .collect()
    }
}

/// The place of every action by text.
fn by_text(crowd: &Crowd) -> Vec<u32> {
    let actions = crowd.world.actions;
    let texts: Vec<String> = (0..actions)
        .map(|place| crowd.world.event_text(EventId::from(place), &crowd.numbers))
        .collect();
    let mut sorted: Vec<usize> = (0..actions).collect();
    sorted.sort_by(|&left, &right| texts[left].cmp(&texts[right]));
    let mut order = vec![0; actions];
    for (place, event) in (0..).zip(sorted) {
        order[event] = place;
    }
    order
}

impl Wish {
    /// What it weighs in a state; 0 where it is no wish.
    fn strength(&self, view: &View<'_>) -> Result<f64, Snag> {
        if let Some(applies) = &self.applies {
            if !applies.holds(view)? {
                return Ok(0.0);
            }
        }
        match &self.drive {
            None => Ok(self.weight),
            Some((level, highest)) => match level.evaluate(view)? {
                Datum::Number(level) if *highest != 0.0 => Ok(self.weight * level / highest),
                _ => Ok(0.0),
            },
        }
    }

    /// How far it is met: 1, 0, or half where that is not known.
    fn satisfied(&self, view: &View<'_>) -> Result<f64, Snag> {
        if self.met.holds(view)? {
            return Ok(1.0);
        }
        Ok(if self.unmet.holds(view)? { 0.0 } else { 0.5 })
    }
}

impl Working<'_> {
    /// What somebody decides: among the acts it believes possible, the one that promises most.
    fn choose(
        &mut self,
        who: CharacterId,
        person: &Person,
        minds: &Minds,
        draft: &mut Draft,
    ) -> Result<Choice, Fault> {
        let mut best = Choice {
            act: None,
            total: 0.0,
        };
        draft.clear();
        let root = self.imagine(draft, who);
        let view = View::drafted(self.store, self.numbers, draft, root);
        let now = standings(&person.wishes, &view).map_err(Snag::fault)?;
        // Only what is not met as far as it can be speaks for anything: acts that cannot touch that
        // need not be looked at.
        let mut wanting: Vec<usize> = Vec::new();
        for &(place, strength, met) in &now {
            let could_be_better = match strength > 0.0 {
                true => met < 1.0,
                false => met > 0.0,
            };
            if could_be_better {
                wanting.extend(&person.wishes[place].reads);
            }
        }
        if wanting.is_empty() {
            return Ok(best);
        }
        let order = &minds.order;
        for &act in &person.acts {
            let moves = &minds.moves[self.world.event(act).schema];
            if !wanting.iter().any(|&property| moves[property])
                || person.rebuffed.iter().any(|&(other, _)| other == act)
            {
                continue;
            }
            draft.clear();
            let root = self.imagine(draft, who);
            let view = View::drafted(self.store, self.numbers, draft, root);
            let possible = self.world.event(act).precondition.holds(&view);
            if !possible.map_err(|snag| self.snag(snag, act))? {
                continue;
            }
            self.step(draft, root, act)?;
            self.settle(draft)?;
            let view = View::drafted(self.store, self.numbers, draft, root);
            let total = outlook(&person.wishes, &now, person.restraint, &view);
            let Some(total) = total.map_err(Snag::fault)? else {
                continue;
            };
            let before = |other: EventId| order[act.index()] < order[other.index()];
            if total > best.total || total == best.total && best.act.is_some_and(before) {
                best = Choice {
                    act: Some(act),
                    total,
                };
            }
        }
        Ok(best)
    }

    /// A first sheet for the world that somebody believes in.
    fn imagine(&self, draft: &mut Draft, who: CharacterId) -> SheetId {
        let place = self.store.believed(Place::Mind(ACTUAL), who);
        draft.imagined(place, who, 1)
    }
}

/// The wishes that count (by their places), what they weigh, and how far they are met.
fn standings(wishes: &[Wish], view: &View<'_>) -> Result<Vec<(usize, f64, f64)>, Snag> {
    let mut found = Vec::new();
    for (place, wish) in wishes.iter().enumerate() {
        let strength = wish.strength(view)?;
        if strength != 0.0 {
            found.push((place, strength, wish.satisfied(view)?));
        }
    }
    Ok(found)
}

/// What an act comes to, by how things stand after it; `None` if nothing speaks for it.
fn outlook(
    wishes: &[Wish],
    now: &[(usize, f64, f64)],
    restraint: f64,
    after: &View<'_>,
) -> Result<Option<f64>, Snag> {
    let mut pulls = Vec::new();
    let mut restraints = Vec::new();
    for &(place, strength, before) in now {
        let amount = strength * (wishes[place].satisfied(after)? - before);
        if amount > SLIGHT {
            pulls.push(amount);
        } else if amount < -SLIGHT {
            restraints.push(amount * restraint);
        }
    }
    if pulls.is_empty() {
        return Ok(None);
    }
    pulls.append(&mut restraints);
    Ok(Some(exact_sum(&pulls)))
}

/// The sum, rounded once (Shewchuk 1997): the ordinary run adds up likewise (`math.fsum`), so that
/// nothing hangs on rounding.
fn exact_sum(values: &[f64]) -> f64 {
    // Partial sums that do not overlap, the least first.
    let mut partials: Vec<f64> = Vec::new();
    for &value in values {
        let mut value = value;
        let mut kept = 0;
        for place in 0..partials.len() {
            let mut other = partials[place];
            if value.abs() < other.abs() {
                std::mem::swap(&mut value, &mut other);
            }
            let high = value + other;
            let low = other - (high - value);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            value = high;
        }
        partials.truncate(kept);
        partials.push(value);
    }
    let mut total = partials.pop().unwrap_or(0.0);
    let mut low = 0.0;
    while let Some(next) = partials.pop() {
        let before = total;
        total = before + next;
        low = next - (total - before);
        if low != 0.0 {
            break;
        }
    }
    // What is left over may turn the scales of a tie.
    if let Some(&next) = partials.last() {
        if low < 0.0 && next < 0.0 || low > 0.0 && next > 0.0 {
            let twice = low * 2.0;
            let rounded = total + twice;
            if twice == rounded - total {
                total = rounded;
            }
        }
    }
    total
}

/// What anything can come of by each action: what it sets, what whoever is surprised by it mends,
/// what triggers make of that.
fn moves(world: &World) -> Vec<Properties> {
    let properties = world.properties();
    let of = |fluent| world.fluents.property(fluent);
    let schemas = world.events[..world.actions]
        .iter()
        .map(|event| event.schema);
    let mut moves = vec![vec![false; properties]; schemas.max().map_or(0, |last| last + 1)];
    for event in &world.events[..world.actions] {
        let moved = &mut moves[event.schema];
        for effect in &event.effects {
            moved[of(effect.target.fluent)] = true;
        }
        event
            .precondition
            .readings(&mut |reading| moved[of(reading.fluent)] = true);
    }
    let mut laws: BTreeSet<(usize, usize)> = BTreeSet::new();
    for event in &world.events[world.actions..] {
        event.precondition.readings(&mut |reading| {
            let targets = event.effects.iter().map(|effect| &effect.target);
            laws.extend(targets.map(|target| (of(reading.fluent), of(target.fluent))));
        });
    }
    for moved in &mut moves {
        let mut more = true;
        while more {
            more = false;
            for &(read, set) in &laws {
                more |= moved[read] && !moved[set];
                moved[set] |= moved[read];
            }
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::exact_sum;

    #[test]
    fn sums_are_rounded_once() {
        assert_eq!(exact_sum(&[]), 0.0);
        assert_eq!(exact_sum(&[0.1; 10]), 1.0);
        assert_eq!(exact_sum(&[1e16, 1.0, -1e16]), 1.0);
        assert_eq!(exact_sum(&[1e100, 1.0, -1e100, 1e-100]), 1.0);
        // Halfway between two numbers, and a little beyond.
        assert_eq!(exact_sum(&[1.0, 2f64.powi(-53)]), 1.0);
        let beyond = [1.0, 2f64.powi(-53), 2f64.powi(-106)];
        assert_eq!(exact_sum(&beyond), 1.0 + f64::EPSILON);
    }
}
