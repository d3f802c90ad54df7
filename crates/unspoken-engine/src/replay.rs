//! Re-checks a plan and all its reasons, step by step, by the definition in [`crate::search`] and
//! with none of its code: the judge of what a search found and of plans that come from elsewhere.
//!
//! Takes everything as given: the acts, and for each act the reasons stated with it. Looks for
//! nothing, remembers nothing but which stated reason stands in which state, and applies no limits.

use std::collections::{HashMap, HashSet};

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
        }
    }
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
    /// The state it shows in: where an act is not possible, where a reason is missing (as the
    /// character believes it to be), before a step that does not pay.
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
    let start = space.initial();
    let before = space.utility(start, None)?;
    let mut judge = Judge {
        space,
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
        if course.acts.is_empty() {
            return Err(self.failure(Rule::Empty, None, start));
        }
        let mut states = vec![start];
        for (place, &act) in course.acts.iter().enumerate() {
            let state = states[place];
            if !self.space.is_possible(state, act)? {
                return Err(self.failure(Rule::Possible, Some(place), state));
            }
            self.reasons_for(course, place, state)?;
            states.push(self.space.apply(state, act)?);
        }
        self.rises(course, &states)?;
        self.is_minimal(course, &states)
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
        let Some(height) = self.space.utility(end, course.owner)? else {
            return Ok(()); // refused before: no rise
        };
        let mut omission = Omission {
            course,
            height,
            kept: Vec::new(),
            seen: HashSet::new(),
        };
        if let Some((state, reached)) = self.omit(&mut omission, 0, states[0])? {
            let mut failure = self.bare_failure(Rule::Minimal, None, state);
            (failure.before, failure.after) = (Some(reached), Some(height));
            failure.kept = omission.kept;
            return Err(Objection::Failure(Box::new(failure)));
        }
        Ok(())
    }

    /// Tries all ways to leave acts out from here on; `kept` tells how it came here. Gives back
    /// where the first way that reaches the height ends, and how high that is.
    fn omit(
        &mut self,
        omission: &mut Omission,
        place: usize,
        state: NodeId,
    ) -> Result<Option<(NodeId, f64)>, Fault> {
        let course = omission.course;
        let omitted = omission.kept.len() < place;
        let Some(&act) = course.acts.get(place) else {
            let utility = self.space.utility(state, course.owner)?;
            return Ok(utility
                .filter(|&utility| omitted && utility >= omission.height)
                .map(|utility| (state, utility)));
        };
        if omitted && !omission.seen.insert((place, state)) {
            return Ok(None);
        }
        // The fewest acts make the clearest complaint: leave out first.
        if let Some(found) = self.omit(omission, place + 1, state)? {
            return Ok(Some(found));
        }
        if omitted && !self.can_keep(course, place, state)? {
            return Ok(None);
        }
        let after = self.space.apply(state, act)?;
        omission.kept.push(place);
        let found = self.omit(omission, place + 1, after)?;
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
    height: f64,
    kept: Vec<usize>,
    /// Places and states, after an omission, from which nothing is to be had.
    seen: HashSet<(usize, NodeId)>,
}
