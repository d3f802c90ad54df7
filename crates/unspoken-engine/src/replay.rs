//! Re-checks a plan and all its reasons, step by step, by the definition in [`crate::search`] and
//! with none of its code: the judge of what a search found and of plans that come from elsewhere.
//!
//! Takes everything as given: the acts, and for each act the reasons stated with it. Looks for
//! nothing, remembers nothing but which stated reason stands in which state, and applies no limits.
//!
//! With demands, a plan must also meet them, and "as high" means, for the author: meets them too
//! and, if a goal is wanted, ends as high.

use std::collections::{HashMap, HashSet};

use crate::demands::{Demands, Progress};
use crate::fault::Fault;
use crate::ids::{CharacterId, EventId, NodeId};
use crate::plan::{Plan, Reason};
use crate::space::Space;

/// What came of a replay.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The first thing that is wrong; `None` if the plan is valid.
    pub failure: Option<Failure>,
    /// The author's utility at the start.
    pub before: Option<f64>,
    /// The author's utility after the acts, if all of them were possible.
    pub after: Option<f64>,
}

/// The rule that a plan, or a reason in it, breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A plan has at least one act.
    Empty,
    /// The precondition of each act holds when it comes.
    Possible,
    /// Nobody expects the author to act.
    AuthorAct,
    /// Everybody who consents (in a reason: everybody else) has a reason.
    Unexplained,
    /// Only they have one, and only one.
    Superfluous,
    /// The end is worth more than the start; in a reason, than every state before it.
    Rise,
    /// Nothing can be left out.
    Minimal,
    /// What the author demands comes about.
    Demanded,
    /// What the author rules out does not occur.
    Forbidden,
    /// What is to be kept is not contradicted.
    Contradicted,
}

impl Rule {
    /// A stable name, in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Empty => "empty-plan",
            Rule::Possible => "impossible-act",
            Rule::AuthorAct => "author-act-expected",
            Rule::Unexplained => "unexplained-act",
            Rule::Superfluous => "superfluous-reason",
            Rule::Rise => "no-rise",
            Rule::Minimal => "not-minimal",
            Rule::Demanded => "demand-unmet",
            Rule::Forbidden => "forbidden-act",
            Rule::Contradicted => "contradicted-fact",
        }
    }
}

/// One of the author's demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demanded {
    /// By its place among the scenes.
    Scene(usize),
    /// By its place among the musts.
    Must(usize),
    /// By its place among what is to be kept.
    Keep(usize),
}

/// Where and how a plan fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What is broken.
    pub rule: Rule,
    /// The reasons inside which it is, outermost first: which act of the plan around, whose
    /// reason for it. In a reason, act 0 is the explained act itself.
    pub within: Vec<(usize, CharacterId)>,
    /// The act of the innermost plan that it is about.
    pub act: Option<usize>,
    /// Who lacks a reason, or has one too many.
    pub character: Option<CharacterId>,
    /// What is demanded and not met (`Demanded`), or contradicted (`Contradicted`).
    pub demand: Option<Demanded>,
    /// The state it shows in: where an act is not possible, where a reason is missing (as the
    /// character believes it to be), before a step that does not pay, where a fact is contradicted.
    pub state: NodeId,
    /// For `Rise` and `Minimal`, what it is worth to the plan's owner there...
    pub before: Option<f64>,
    /// ... and at the end. (`Minimal`: at the end without, and at the end with, the acts.)
    pub after: Option<f64>,
    /// For `Minimal`, the acts that do as well alone.
    pub kept: Vec<usize>,
}

/// Judges a plan from the initial state. Errors are faults of the space.
pub fn replay<S: Space>(space: &mut S, plan: &Plan) -> Result<Verdict, Fault> {
    replay_for(space, plan, &Demands::default(), true)
}

/// Judges a plan by what its author demands of it; unless a goal is wanted, that is all there is
/// to it: nothing need be gained, and where nothing need happen, nothing may.
pub fn replay_for<S: Space>(
    space: &mut S,
    plan: &Plan,
    demands: &Demands,
    goal_wanted: bool,
) -> Result<Verdict, Fault> {
    let start = space.initial();
    let before = space.utility(start, None)?;
    let mut judge = Judge {
        space,
        demands,
        goal_wanted,
        stands: HashMap::new(),
        within: Vec::new(),
    };
    let whole = Stated::of(None, &plan.acts, &plan.reasons, &mut 0);
    let failure = match judge.course(&Course::of(&whole, None), start) {
        Ok(()) => None,
        Err(Objection::Failure(failure)) => Some(*failure),
        Err(Objection::Fault(fault)) => return Err(fault),
    };
    Ok(Verdict {
        after: judge.end_for_author(plan, start)?,
        failure,
        before,
    })
}

/// A plan as stated: the author's, or a reason's, with the act that it explains.
struct Stated<'a> {
    /// Its place among all that is stated.
    number: usize,
    owner: Option<CharacterId>,
    /// Without the explained act if it is a reason.
    acts: &'a [EventId],
    /// Of `acts`; fewer where none are stated.
    reasons: Vec<Vec<Stated<'a>>>,
}

impl<'a> Stated<'a> {
    fn of(
        owner: Option<CharacterId>,
        acts: &'a [EventId],
        reasons: &'a [Vec<Reason>],
        count: &mut usize,
    ) -> Stated<'a> {
        *count += 1;
        Stated {
            number: *count,
            owner,
            acts,
            reasons: reasons
                .iter()
                .map(|reasons| {
                    reasons
                        .iter()
                        .map(|r| Stated::of(Some(r.character), &r.rest, &r.reasons, count))
                        .collect()
                })
                .collect(),
        }
    }
}

/// A plan with the explained act in its place.
struct Course<'a> {
    owner: Option<CharacterId>,
    acts: Vec<EventId>,
    reasons: Vec<&'a [Stated<'a>]>,
}

impl<'a> Course<'a> {
    fn of(stated: &'a Stated<'a>, explained: Option<EventId>) -> Course<'a> {
        let mut acts: Vec<EventId> = explained.into_iter().collect();
        let mut reasons: Vec<&[Stated]> = acts.iter().map(|_| [].as_slice()).collect();
        for (place, &act) in stated.acts.iter().enumerate() {
            acts.push(act);
            reasons.push(stated.reasons.get(place).map_or(&[], Vec::as_slice));
        }
        Course {
            owner: stated.owner,
            acts,
            reasons,
        }
    }
}

enum Objection {
    Failure(Box<Failure>),
    Fault(Fault),
}

impl From<Fault> for Objection {
    fn from(fault: Fault) -> Self {
        Objection::Fault(fault)
    }
}

struct Judge<'a, S> {
    space: &'a mut S,
    /// The author's.
    demands: &'a Demands,
    goal_wanted: bool,
    /// Whether a stated reason, by number, stands in a believed state.
    stands: HashMap<(usize, NodeId), bool>,
    within: Vec<(usize, CharacterId)>,
}

impl<S: Space> Judge<'_, S> {
    /// Does a stated reason for an act hold in the state that its owner believes in?
    fn reason_stands(
        &mut self,
        stated: &Stated,
        act: EventId,
        believed: NodeId,
    ) -> Result<bool, Fault> {
        let key = (stated.number, believed);
        if let Some(&known) = self.stands.get(&key) {
            return Ok(known);
        }
        let within = self.within.clone();
        let judged = self.course(&Course::of(stated, Some(act)), believed);
        self.within = within;
        let stands = match judged {
            Ok(()) => true,
            Err(Objection::Failure(_)) => false,
            Err(Objection::Fault(fault)) => return Err(fault),
        };
        self.stands.insert(key, stands);
        Ok(stands)
    }

    fn course(&mut self, course: &Course, start: NodeId) -> Result<(), Objection> {
        let needs_acts = course.owner.is_some() || self.goal_wanted;
        if course.acts.is_empty() && needs_acts {
            return Err(self.failure(Rule::Empty, None, start));
        }
        let mut states = vec![start];
        let mut progress = self.followed(course, Progress::default(), None, start)?;
        for (place, &act) in course.acts.iter().enumerate() {
            let state = states[place];
            if !self.space.is_possible(state, act)? {
                return Err(self.failure(Rule::Possible, Some(place), state));
            }
            self.reasons_for(course, place, state)?;
            let after = self.space.apply(state, act)?;
            progress = self.followed(course, progress, Some(place), after)?;
            states.push(after);
        }
        if course.owner.is_some() || self.goal_wanted {
            self.rises(course, &states)?;
        }
        if course.owner.is_none() {
            self.demands_are_met(progress, states[states.len() - 1])?;
        }
        self.is_minimal(course, &states)
    }

    /// How far the author's demands are met once a state is reached, by an act or as the first.
    fn followed(
        &mut self,
        course: &Course,
        progress: Progress,
        place: Option<usize>,
        state: NodeId,
    ) -> Result<Progress, Objection> {
        if course.owner.is_some() {
            return Ok(progress);
        }
        let act = place.map(|place| course.acts[place]);
        if act.is_some_and(|act| !self.demands.allow(act)) {
            return Err(self.failure(Rule::Forbidden, place, state));
        }
        if let Some(progress) = self.progress(progress, act, state)? {
            return Ok(progress);
        }
        // Only what is to be kept was in the way: without it there is an answer, and which it was
        // shows then.
        let lenient = Demands {
            keep: Vec::new(),
            ..self.demands.clone()
        };
        let met = match act {
            Some(act) => lenient.follow(self.space, progress, act, state)?,
            None => lenient.begin(self.space, state)?,
        };
        let scenes = met.map_or(0, |met| met.scenes as usize);
        let mut failure = self.bare_failure(Rule::Contradicted, place, state);
        for (number, keep) in self.demands.keep.iter().enumerate() {
            if keep.from <= scenes && !self.space.holds(state, &keep.holds)? {
                failure.demand = Some(Demanded::Keep(number));
                break;
            }
        }
        Err(Objection::Failure(Box::new(failure)))
    }

    /// None: something that is to be kept is contradicted.
    fn progress(
        &mut self,
        progress: Progress,
        act: Option<EventId>,
        state: NodeId,
    ) -> Result<Option<Progress>, Fault> {
        match act {
            Some(act) => self.demands.follow(self.space, progress, act, state),
            None => self.demands.begin(self.space, state),
        }
    }

    fn demands_are_met(&mut self, progress: Progress, end: NodeId) -> Result<(), Objection> {
        if self.demands.are_met(progress) {
            return Ok(());
        }
        let scenes = progress.scenes as usize;
        let mut failure = self.bare_failure(Rule::Demanded, None, end);
        failure.demand = Some(if scenes < self.demands.scenes.len() {
            Demanded::Scene(scenes)
        } else {
            Demanded::Must(progress.musts.trailing_ones() as usize)
        });
        Err(Objection::Failure(Box::new(failure)))
    }

    /// Everybody who must have a reason for an act has one that holds, and nobody else has any.
    fn reasons_for(
        &mut self,
        course: &Course,
        place: usize,
        state: NodeId,
    ) -> Result<(), Objection> {
        let act = course.acts[place];
        let consenting = self.space.consenting(act).to_vec();
        if course.owner.is_some() && consenting.is_empty() {
            return Err(self.failure(Rule::AuthorAct, Some(place), state));
        }
        let is_explained_act = course.owner.is_some() && place == 0;
        let must: Vec<CharacterId> = consenting
            .into_iter()
            .filter(|&who| !is_explained_act && Some(who) != course.owner)
            .collect();
        for &who in &must {
            let believed = self.space.mind(state, who);
            let stated = course.reasons[place]
                .iter()
                .find(|reason| reason.owner == Some(who));
            let Some(stated) = stated else {
                return Err(self.failure_of(Rule::Unexplained, place, who, believed));
            };
            self.within.push((place, who));
            self.course(&Course::of(stated, Some(act)), believed)?;
            self.within.pop();
        }
        let mut left = must;
        for who in course.reasons[place]
            .iter()
            .filter_map(|reason| reason.owner)
        {
            match left.iter().position(|&other| other == who) {
                Some(found) => drop(left.remove(found)),
                None => return Err(self.failure_of(Rule::Superfluous, place, who, state)),
            }
        }
        Ok(())
    }

    /// The end is worth more than the start to the author, than every earlier state to a character.
    fn rises(&mut self, course: &Course, states: &[NodeId]) -> Result<(), Objection> {
        let (&end, earlier) = states.split_last().expect("a start at least");
        let after = self.space.utility(end, course.owner)?;
        let compared = match course.owner {
            None => 1,
            Some(_) => earlier.len(),
        };
        for (place, &state) in earlier[..compared].iter().enumerate() {
            let before = self.space.utility(state, course.owner)?;
            // An unknown utility compares with nothing.
            if !matches!((before, after), (Some(low), Some(high)) if high > low) {
                let mut failure = self.bare_failure(Rule::Rise, Some(place), state);
                (failure.before, failure.after) = (before, after);
                return Err(Objection::Failure(Box::new(failure)));
            }
        }
        Ok(())
    }

    fn is_minimal(&mut self, course: &Course, states: &[NodeId]) -> Result<(), Objection> {
        let end = *states.last().expect("a start at least");
        let height = match course.owner {
            None if !self.goal_wanted => None,
            // Refused before, where it is unknown: no rise.
            owner => self.space.utility(end, owner)?,
        };
        let mut omission = Omission {
            course,
            height,
            kept: Vec::new(),
            seen: HashSet::new(),
        };
        let progress = match course.owner {
            None => self
                .demands
                .begin(self.space, states[0])?
                .expect("judged before"),
            Some(_) => Progress::default(),
        };
        if let Some((state, reached)) = self.omit(&mut omission, 0, states[0], progress)? {
            let mut failure = self.bare_failure(Rule::Minimal, None, state);
            (failure.before, failure.after) = (reached, height);
            failure.kept = omission.kept;
            return Err(Objection::Failure(Box::new(failure)));
        }
        Ok(())
    }

    /// Tries all ways to leave acts out from here on; `kept` tells how it came here. Gives back
    /// where the first way that does as well ends, and how high that is.
    fn omit(
        &mut self,
        omission: &mut Omission,
        place: usize,
        state: NodeId,
        progress: Progress,
    ) -> Result<Option<(NodeId, Option<f64>)>, Fault> {
        let course = omission.course;
        let is_authors = course.owner.is_none();
        let omitted = omission.kept.len() < place;
        let Some(&act) = course.acts.get(place) else {
            let utility = self.space.utility(state, course.owner)?;
            let is_met = !is_authors || self.demands.are_met(progress);
            let is_high = omission
                .height
                .is_none_or(|height| utility.is_some_and(|utility| utility >= height));
            return Ok((omitted && is_met && is_high).then_some((state, utility)));
        };
        if omitted && !omission.seen.insert((place, state, progress)) {
            return Ok(None);
        }
        // The fewest acts make the clearest complaint: leave out first.
        if let Some(found) = self.omit(omission, place + 1, state, progress)? {
            return Ok(Some(found));
        }
        if omitted && !self.can_keep(course, place, state)? {
            return Ok(None);
        }
        let after = self.space.apply(state, act)?;
        let progress = match is_authors {
            true => self.progress(progress, Some(act), after)?,
            false => Some(progress),
        };
        let Some(progress) = progress else {
            return Ok(None);
        };
        omission.kept.push(place);
        let found = self.omit(omission, place + 1, after, progress)?;
        if found.is_none() {
            omission.kept.pop();
        }
        Ok(found)
    }

    /// Is an act, at another moment, still possible and explained by the reasons stated for it?
    fn can_keep(&mut self, course: &Course, place: usize, state: NodeId) -> Result<bool, Fault> {
        let act = course.acts[place];
        if !self.space.is_possible(state, act)? {
            return Ok(false);
        }
        for stated in course.reasons[place] {
            let who = stated.owner.expect("reasons have owners");
            let believed = self.space.mind(state, who);
            if !self.reason_stands(stated, act, believed)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The author's utility after all acts, if they are possible.
    fn end_for_author(&mut self, plan: &Plan, start: NodeId) -> Result<Option<f64>, Fault> {
        let mut state = start;
        for &act in &plan.acts {
            if !self.space.is_possible(state, act)? {
                return Ok(None);
            }
            state = self.space.apply(state, act)?;
        }
        self.space.utility(state, None)
    }

    fn failure(&self, rule: Rule, act: Option<usize>, state: NodeId) -> Objection {
        Objection::Failure(Box::new(self.bare_failure(rule, act, state)))
    }

    fn failure_of(&self, rule: Rule, act: usize, who: CharacterId, state: NodeId) -> Objection {
        let mut failure = self.bare_failure(rule, Some(act), state);
        failure.character = Some(who);
        Objection::Failure(Box::new(failure))
    }

    fn bare_failure(&self, rule: Rule, act: Option<usize>, state: NodeId) -> Failure {
        Failure {
            rule,
            within: self.within.clone(),
            act,
            character: None,
            demand: None,
            state,
            before: None,
            after: None,
            kept: Vec::new(),
        }
    }
}

/// A try at leaving acts out.
struct Omission<'a> {
    course: &'a Course<'a>,
    /// None: only the demands count.
    height: Option<f64>,
    kept: Vec<usize>,
    /// Where it was in vain to come, after an omission.
    seen: HashSet<(usize, NodeId, Progress)>,
}
