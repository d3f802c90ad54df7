//! The search against brute force: small worlds made at random; every plan with every choice of
//! reasons within the limits is written down and given to replay.

#[allow(dead_code)] // shared by several tests, each of which needs a part of it
mod toy;

use std::collections::BTreeSet;

use toy::Toy;
use unspoken_engine::demands::{Demand, Demands};
use unspoken_engine::ids::{CharacterId, EventId, NodeId};
use unspoken_engine::plan::{Plan, Reason};
use unspoken_engine::replay::{replay, replay_for};
use unspoken_engine::search::{Control, Outcome, Request, Solutions, solve};
use unspoken_engine::space::Space;

/// More candidates than this and a world is passed over.
const MOST: usize = 20_000;

struct TooMany;

/// All plans with reasons that could explain an act, minimal or not.
fn all_reasons(
    toy: &mut Toy,
    who: CharacterId,
    believed: NodeId,
    act: EventId,
    length: usize,
    depth: usize,
) -> Result<Vec<Reason>, TooMany> {
    let mut found = Vec::new();
    let possible = toy.is_possible(believed, act).expect("sound");
    let before = toy.utility(believed, Some(who)).expect("sound");
    let (true, Some(before)) = (possible, before) else {
        return Ok(found);
    };
    let first = toy.apply(believed, act).expect("sound");
    let mut open = vec![(first, Vec::new(), Vec::new())];
    while let Some((state, rest, reasons)) = open.pop() {
        let after = toy.utility(state, Some(who)).expect("sound");
        if after.is_some_and(|after| after > before) {
            found.push(Reason {
                character: who,
                rest: rest.clone(),
                reasons: reasons.clone(),
                before: Some(before),
                after,
            });
        }
        if found.len() + open.len() > MOST {
            return Err(TooMany);
        }
        let used = rest.len() + 1;
        if used >= length || depth == 0 {
            continue;
        }
        let mut acts = Vec::new();
        toy.possible(state, &mut acts).expect("sound");
        for act in acts {
            let mut others = toy.consenting(act).to_vec();
            if others.is_empty() {
                continue;
            }
            others.retain(|&other| other != who);
            let next = toy.apply(state, act).expect("sound");
            for chosen in choices(toy, state, &others, act, length - used, depth - 1)? {
                let (mut rest, mut reasons) = (rest.clone(), reasons.clone());
                rest.push(act);
                reasons.push(chosen);
                open.push((next, rest, reasons));
            }
        }
    }
    Ok(found)
}

/// All ways to give each of several characters a reason for an act.
fn choices(
    toy: &mut Toy,
    state: NodeId,
    who: &[CharacterId],
    act: EventId,
    length: usize,
    depth: usize,
) -> Result<Vec<Vec<Reason>>, TooMany> {
    let mut ways = vec![Vec::new()];
    for &who in who {
        let believed = toy.mind(state, who);
        let reasons = all_reasons(toy, who, believed, act, length.max(1), depth)?;
        ways = ways
            .iter()
            .flat_map(|way| {
                reasons.iter().map(move |reason| {
                    let mut way: Vec<Reason> = way.clone();
                    way.push(reason.clone());
                    way
                })
            })
            .collect();
        if ways.len() > MOST {
            return Err(TooMany);
        }
    }
    Ok(ways)
}

/// The length of the shortest valid plan with the goal, if there is one.
fn shortest(toy: &mut Toy, request: &Request) -> Result<Option<usize>, TooMany> {
    let length = request.character_limit.expect("given") as usize;
    let depth = request.epistemic_limit.expect("given") as usize;
    let mut layer = vec![(
        toy.initial(),
        Plan {
            acts: vec![],
            reasons: vec![],
        },
    )];
    for acts_so_far in 1..=request.author_limit.expect("given") as usize {
        let mut next = Vec::new();
        for (state, plan) in layer {
            let mut acts = Vec::new();
            toy.possible(state, &mut acts).expect("sound");
            for act in acts {
                let who = toy.consenting(act).to_vec();
                let after = toy.apply(state, act).expect("sound");
                let utility = toy.utility(after, None).expect("sound");
                for chosen in choices(toy, state, &who, act, length, depth)? {
                    let mut plan = plan.clone();
                    plan.acts.push(act);
                    plan.reasons.push(chosen);
                    // An act without a valid reason is none that a plan can go on from, but only
                    // whole plans can be judged, so all are kept.
                    if utility.is_some_and(|utility| Some(utility) >= request.goal)
                        && replay(toy, &plan).expect("sound").failure.is_none()
                    {
                        return Ok(Some(acts_so_far));
                    }
                    next.push((after, plan));
                    if next.len() > MOST {
                        return Err(TooMany);
                    }
                }
            }
        }
        layer = next;
    }
    Ok(None)
}

/// All reasons for the first of these acts that are within the limits or that the acts spell out.
fn reasons_spelled_out(
    toy: &mut Toy,
    who: CharacterId,
    believed: NodeId,
    acts: &[EventId],
    length: usize,
    depth: usize,
) -> Result<Vec<Reason>, TooMany> {
    let mut found = all_reasons(toy, who, believed, acts[0], length.max(1), depth)?;
    for count in 2..=acts.len() {
        let mut state = believed;
        let mut ways: Vec<Vec<Vec<Reason>>> = vec![Vec::new()];
        for (place, &act) in acts[..count].iter().enumerate() {
            let consenting = toy.consenting(act).to_vec();
            if consenting.is_empty() || !toy.is_possible(state, act).expect("sound") {
                return Ok(found);
            }
            if place > 0 {
                let mut asked = Vec::new();
                for other in consenting.into_iter().filter(|&other| other != who) {
                    asked.push((other, toy.mind(state, other)));
                }
                let (length, depth) = (length.saturating_sub(place), depth.saturating_sub(1));
                ways = extended(toy, ways, &asked, &acts[place..count], length, depth)?;
            }
            state = toy.apply(state, act).expect("sound");
        }
        for reasons in ways {
            found.push(Reason {
                character: who,
                rest: acts[1..count].to_vec(),
                reasons,
                before: toy.utility(believed, Some(who)).expect("sound"),
                after: toy.utility(state, Some(who)).expect("sound"),
            });
        }
    }
    Ok(found)
}

/// Lists of reasons, each made longer by those for the first of these acts, in all ways.
fn extended(
    toy: &mut Toy,
    ways: Vec<Vec<Vec<Reason>>>,
    asked: &[(CharacterId, NodeId)],
    acts: &[EventId],
    length: usize,
    depth: usize,
) -> Result<Vec<Vec<Vec<Reason>>>, TooMany> {
    let mut chosen: Vec<Vec<Reason>> = vec![Vec::new()];
    for &(who, believed) in asked {
        let reasons = reasons_spelled_out(toy, who, believed, acts, length, depth)?;
        let longer = |way: &Vec<Reason>, reason: &Reason| {
            let mut way = way.clone();
            way.push(reason.clone());
            way
        };
        chosen = chosen
            .iter()
            .flat_map(|way| reasons.iter().map(|reason| longer(way, reason)))
            .collect();
        if chosen.len() > MOST {
            return Err(TooMany);
        }
    }
    let mut found = Vec::new();
    for way in &ways {
        for chosen in &chosen {
            let mut way = way.clone();
            way.push(chosen.clone());
            found.push(way);
        }
        if found.len() > MOST {
            return Err(TooMany);
        }
    }
    Ok(found)
}

/// The length of the shortest valid plan with the goal, reasons that it spells out itself
/// included.
fn shortest_spelled_out(toy: &mut Toy, request: &Request) -> Result<Option<usize>, TooMany> {
    let length = request.character_limit.expect("given") as usize;
    let depth = request.epistemic_limit.expect("given") as usize;
    let mut layer = vec![(vec![toy.initial()], Vec::new())];
    for acts_so_far in 1..=request.author_limit.expect("given") as usize {
        let mut next = Vec::new();
        for (states, acts) in layer {
            let state = *states.last().expect("the start at least");
            let mut possible = Vec::new();
            toy.possible(state, &mut possible).expect("sound");
            for act in possible {
                let mut acts: Vec<EventId> = acts.clone();
                acts.push(act);
                let after = toy.apply(state, act).expect("sound");
                let utility = toy.utility(after, None).expect("sound");
                if utility.is_some_and(|utility| Some(utility) >= request.goal) {
                    let mut ways = vec![Vec::new()];
                    for (place, &act) in acts.iter().enumerate() {
                        let mut asked = Vec::new();
                        for who in toy.consenting(act).to_vec() {
                            asked.push((who, toy.mind(states[place], who)));
                        }
                        ways = extended(toy, ways, &asked, &acts[place..], length, depth)?;
                    }
                    for reasons in ways {
                        let plan = Plan {
                            acts: acts.clone(),
                            reasons,
                        };
                        if replay(toy, &plan).expect("sound").failure.is_none() {
                            return Ok(Some(acts_so_far));
                        }
                    }
                }
                let mut states = states.clone();
                states.push(after);
                next.push((states, acts));
            }
        }
        layer = next;
    }
    Ok(None)
}

/// A generator of numbers (Steele, Lea and Flood 2014, SplitMix64), for worlds by seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }

    /// Each fact, or its opposite, or nothing about it.
    fn literals(&mut self, nothing: u64) -> String {
        let mut words = Vec::new();
        for fact in FACTS {
            match self.below(nothing + 2) {
                0 => words.push(fact.to_owned()),
                1 => words.push(format!("-{fact}")),
                _ => {}
            }
        }
        words.join(" ")
    }

    fn worth(&mut self) -> [i32; 3] {
        [(); 3].map(|()| i32::try_from(self.below(4)).expect("small") - 1)
    }

    fn world(&mut self) -> Toy {
        let start = self.literals(2);
        let mut toy = Toy::new("A B", &start)
            .thinks("A", &self.literals(4))
            .thinks("B", &self.literals(4));
        for name in ["u", "v", "w", "x"] {
            let consenting = ["A", "B", "A B", "B", "A", ""][self.below(6) as usize];
            toy = toy.act(name, &self.literals(4), &self.literals(1), consenting);
            match self.below(4) {
                0 => toy = toy.seen_by("A"),
                1 => toy = toy.seen_by("B"),
                _ => {}
            }
        }
        for who in ["", "A", "B"] {
            let worth = self.worth();
            let unknown = self.below(6);
            toy = toy.may_want(who, move |f| {
                if unknown == 0 && !who.is_empty() && f.is("p") && !f.is("q") {
                    return None;
                }
                let sum = FACTS
                    .iter()
                    .zip(worth)
                    .map(|(fact, worth)| f.one(fact) * f64::from(worth));
                Some(sum.sum())
            });
        }
        toy.done()
    }
}

impl Dice {
    /// A world where one thing leads to another, and somebody wants a later one.
    fn chain(&mut self) -> Toy {
        let consenting = |dice: &mut Dice| ["A", "B", "A B", "A"][dice.below(4) as usize];
        let mut toy = Toy::new("A B", "")
            .act("u", "-p", "p", consenting(self))
            .act("v", "p -q", "q", consenting(self))
            .act("w", "q -r", "r", consenting(self))
            .act("x", &self.literals(2), &self.literals(1), consenting(self));
        match self.below(8) {
            0 => toy = toy.thinks("A", &self.literals(4)),
            1 => toy = toy.thinks("B", &self.literals(4)),
            _ => {}
        }
        for who in ["", "A", "B"] {
            let wanted = FACTS[self.below(3) as usize];
            let worse = FACTS[self.below(3) as usize];
            let loss = [0.0, 0.5][self.below(2) as usize];
            toy = toy.wants(who, move |f| f.one(wanted) - loss * f.one(worse));
        }
        toy.done()
    }
}

const FACTS: [&str; 3] = ["p", "q", "r"];

/// Without limits these worlds are settled too, and what was found within some is found.
fn assert_without_limits(toy: &mut Toy, request: &Request, within: Outcome) {
    let unlimited = Request {
        author_limit: None,
        character_limit: None,
        epistemic_limit: None,
        transitions: Some(2_000_000),
        ..request.clone()
    };
    let report = solve(toy, &unlimited, &Control::default()).expect("sound");
    assert_ne!(report.outcome, Outcome::Stopped, "{request:?}");
    if within == Outcome::Found {
        assert_eq!(report.outcome, Outcome::Found, "{request:?}");
    }
    if let Some(plan) = report.plan {
        let verdict = replay(toy, &plan).expect("sound");
        assert_eq!(verdict.failure, None, "{}", toy.text(&plan));
    }
}

#[test]
fn agrees_with_brute_force() {
    let (mut found, mut impossible) = (0, 0);
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let mut toy = dice.world();
        let start = toy.initial();
        let floor = toy
            .utility(start, None)
            .expect("sound")
            .expect("the author knows");
        let request = Request {
            goal: Some(floor + 1.0),
            author_limit: Some(3),
            character_limit: Some(dice.below(5) as u32),
            epistemic_limit: Some(dice.below(4) as u32),
            ..Request::default()
        };
        let Ok(within) = shortest(&mut toy, &request) else {
            continue;
        };
        let expected = match within {
            Some(length) => Some(length),
            None => match shortest_spelled_out(&mut toy, &request) {
                Ok(expected) => expected,
                Err(TooMany) => continue,
            },
        };
        let report = solve(&mut toy, &request, &Control::default()).expect("sound");
        let length = report.plan.as_ref().map(|plan| plan.acts.len());
        match report.outcome {
            Outcome::Found => {
                found += 1;
                assert_eq!(length, expected, "seed {seed}, {request:?}");
            }
            _ => {
                impossible += 1;
                assert_eq!(None, expected, "seed {seed}, {request:?}");
            }
        }
        assert_without_limits(&mut toy, &request, report.outcome);
        if let Some(plan) = report.plan {
            let verdict = replay(&mut toy, &plan).expect("sound");
            assert_eq!(verdict.failure, None, "seed {seed}:\n{}", toy.text(&plan));
        }
    }
    assert!(found > 50 && impossible > 50, "{found}, {impossible}");
}

#[test]
fn agrees_with_brute_force_on_what_stories_spell_out() {
    let (mut found, mut impossible) = (0, 0);
    for seed in 0..600 {
        let mut dice = Dice(seed);
        let mut toy = dice.chain();
        let request = Request {
            goal: Some(1.0),
            author_limit: Some(4),
            character_limit: Some(dice.below(3) as u32),
            epistemic_limit: Some(dice.below(3) as u32),
            ..Request::default()
        };
        let Ok(None) = shortest(&mut toy, &request) else {
            continue;
        };
        let Ok(expected) = shortest_spelled_out(&mut toy, &request) else {
            continue;
        };
        let report = solve(&mut toy, &request, &Control::default()).expect("sound");
        let Some(length) = expected else {
            impossible += 1;
            assert_eq!(report.outcome, Outcome::Impossible, "seed {seed}");
            continue;
        };
        found += 1;
        assert_eq!(report.outcome, Outcome::Found, "seed {seed}, {request:?}");
        let plan = report.plan.expect("found means a plan");
        assert_eq!(plan.acts.len(), length, "seed {seed}, {request:?}");
        let verdict = replay(&mut toy, &plan).expect("sound");
        assert_eq!(verdict.failure, None, "seed {seed}:\n{}", toy.text(&plan));
    }
    assert!(found > 15 && impossible > 30, "{found}, {impossible}");
}

/// The acts of every plan that some choice of reasons within the limits makes a solution.
fn all(toy: &mut Toy, request: &Request) -> Result<BTreeSet<Vec<EventId>>, TooMany> {
    let length = request.character_limit.expect("given") as usize;
    let depth = request.epistemic_limit.expect("given") as usize;
    let nothing = Plan {
        acts: vec![],
        reasons: vec![],
    };
    let mut found = BTreeSet::new();
    let mut layer = vec![(toy.initial(), nothing)];
    for acts_so_far in 0..=request.author_limit.expect("given") {
        let mut next = Vec::new();
        for (state, plan) in layer {
            let utility = toy.utility(state, None).expect("sound");
            let is_high = request
                .goal
                .is_none_or(|goal| utility.is_some_and(|u| u >= goal));
            let wanted = request.goal.is_some();
            if is_high && !found.contains(&plan.acts) {
                let verdict = replay_for(toy, &plan, &request.demands, wanted).expect("sound");
                if verdict.failure.is_none() {
                    found.insert(plan.acts.clone());
                }
            }
            if Some(acts_so_far) == request.author_limit {
                continue;
            }
            let mut acts = Vec::new();
            toy.possible(state, &mut acts).expect("sound");
            for act in acts {
                let who = toy.consenting(act).to_vec();
                let after = toy.apply(state, act).expect("sound");
                for chosen in choices(toy, state, &who, act, length, depth)? {
                    let mut plan = plan.clone();
                    plan.acts.push(act);
                    plan.reasons.push(chosen);
                    next.push((after, plan));
                    if next.len() > MOST {
                        return Err(TooMany);
                    }
                }
            }
        }
        layer = next;
    }
    Ok(found)
}

impl Dice {
    fn acts(&mut self) -> Vec<EventId> {
        let mut acts: Vec<EventId> = (0..4).map(EventId).filter(|_| self.below(4) == 0).collect();
        if acts.is_empty() {
            acts.push(EventId(u32::try_from(self.below(4)).expect("small")));
        }
        acts
    }

    fn demands(&mut self) -> Demands {
        let some = |dice: &mut Dice, most| -> Vec<Demand> {
            let count = dice.below(most);
            (0..count).map(|_| Demand::Act(dice.acts())).collect()
        };
        let mut never = Vec::new();
        let (scenes, musts) = (some(self, 3), some(self, 2));
        if self.below(4) == 0 {
            never = self.acts();
        }
        Demands {
            scenes,
            musts,
            never,
            keep: Vec::new(),
        }
    }
}

fn every(toy: &mut Toy, request: &Request, transitions: Option<u64>) -> Vec<Vec<EventId>> {
    let mut solutions = Solutions::new(request.clone());
    let mut found = Vec::new();
    while !solutions.have_ended() {
        let next = solutions
            .next(toy, &Control::default(), transitions)
            .expect("sound");
        if let Some(solution) = next {
            let wanted = request.goal.is_some();
            let verdict = replay_for(toy, &solution.plan, &request.demands, wanted);
            let failure = verdict.expect("sound").failure;
            assert_eq!(failure, None, "{}", toy.text(&solution.plan));
            found.push(solution.plan.acts);
        }
    }
    found
}

/// The one documented gap (`search`): a story that is minimal only by a reason longer than need be
/// is missed. So what is found must be there, and what is there is nearly always found.
#[test]
fn agrees_with_brute_force_on_all_solutions() {
    let (mut none, mut one, mut several, mut roundabout) = (0, 0, 0, 0);
    for seed in 0..600 {
        let mut dice = Dice(seed);
        let mut toy = if seed % 3 == 0 {
            dice.chain()
        } else {
            dice.world()
        };
        let start = toy.initial();
        let floor = toy
            .utility(start, None)
            .expect("sound")
            .expect("the author knows");
        let demanding = dice.below(2) == 0;
        let aimless = demanding && dice.below(3) == 0;
        let request = Request {
            goal: (!aimless).then_some(floor + 1.0),
            demands: if demanding {
                dice.demands()
            } else {
                Demands::default()
            },
            author_limit: Some(4),
            character_limit: Some(dice.below(4) as u32),
            epistemic_limit: Some(dice.below(3) as u32),
            ..Request::default()
        };
        let Ok(expected) = all(&mut toy, &request) else {
            continue;
        };
        let found = every(&mut toy, &request, None);
        match found.len() {
            0 => none += 1,
            1 => one += 1,
            _ => several += 1,
        }
        assert!(
            found.is_sorted_by_key(|acts| (acts.len(), acts.clone())),
            "seed {seed}"
        );
        let set: BTreeSet<Vec<EventId>> = found.iter().cloned().collect();
        assert_eq!(set.len(), found.len(), "seed {seed}: once each");
        assert!(set.is_subset(&expected), "seed {seed}, {request:?}");
        roundabout += usize::from(set != expected);
        assert_eq!(
            every(&mut toy, &request, Some(1)),
            found,
            "seed {seed}: bit by bit"
        );

        // Without a limit, the same come first, and the end is known.
        let unlimited = Request {
            author_limit: None,
            ..request.clone()
        };
        let more = every(&mut toy, &unlimited, None);
        assert_eq!(more[..found.len()], found, "seed {seed}: unlimited");
        assert!(
            more[found.len()..].iter().all(|acts| acts.len() > 4),
            "seed {seed}"
        );

        let report = solve(&mut toy, &request, &Control::default()).expect("sound");
        let length = report.plan.filter(|_| report.outcome == Outcome::Found);
        if let Some(first) = found.first() {
            let length = length.map(|plan| plan.acts.len());
            assert_eq!(length, Some(first.len()), "seed {seed}, {request:?}");
        }
    }
    assert!(roundabout <= 1, "{roundabout}");
    assert!(
        none > 100 && one > 50 && several > 10,
        "{none}, {one}, {several}"
    );
}
