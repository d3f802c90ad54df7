//! The search against brute force: small worlds made at random; every plan with every choice of
//! reasons within the limits is written down and given to replay.

#[allow(dead_code)] // shared by several tests, each of which needs a part of it
mod toy;

use toy::Toy;
use toy::brute::{Dice, MOST, TooMany, all_reasons, choices};
use unspoken_engine::ids::{CharacterId, EventId, NodeId};
use unspoken_engine::plan::{Plan, Reason};
use unspoken_engine::replay::replay;
use unspoken_engine::search::{Control, Outcome, Request, solve};
use unspoken_engine::space::Space;

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
