//! Replay says what is wrong with spoiled plans: each rule broken once.

#[allow(dead_code)] // shared by several tests, each of which needs a part of it
mod toy;

use toy::Toy;
use unspoken_engine::plan::{Plan, Reason};
use unspoken_engine::replay::{Failure, Rule, replay};
use unspoken_engine::search::{Control, Request, solve};
use unspoken_engine::space::Space;

/// A pays, reaches the gate, B opens it because B wants to leave.
fn gate() -> Toy {
    Toy::new("A B", "")
        .act("pay", "-paid", "paid", "A")
        .act("reach", "paid -there", "there", "A")
        .act("open", "there -open", "open", "B")
        .act("leave", "open -out", "out", "B")
        .act("sing", "", "sung", "A B")
        .act("rain", "", "wet", "")
        .wants("", |f| f.one("out"))
        .wants("A", |f| f.one("open"))
        .wants("B", |f| f.one("out"))
        .done()
}

fn solution(toy: &mut Toy) -> Plan {
    let request = Request {
        goal: Some(1.0),
        author_limit: Some(4),
        character_limit: Some(4),
        epistemic_limit: Some(2),
        ..Request::default()
    };
    let report = solve(toy, &request, &Control::default()).expect("sound");
    report.plan.expect("a plan")
}

/// The failure of the solution after spoiling it.
fn failure(spoil: impl FnOnce(&mut Toy, &mut Plan)) -> Failure {
    let mut toy = gate();
    let mut plan = solution(&mut toy);
    spoil(&mut toy, &mut plan);
    let verdict = replay(&mut toy, &plan).expect("sound");
    verdict.failure.expect("it was spoiled")
}

#[test]
fn a_solution_stands() {
    let mut toy = gate();
    let plan = solution(&mut toy);
    let expected = "\
pay
| reach
| open
| | leave
| | B
| A
reach
| open
| | leave
| | B
| A
open
| leave
| B
leave
| B";
    assert_eq!(toy.text(&plan), expected);
    let verdict = replay(&mut toy, &plan).expect("sound");
    assert_eq!(verdict.failure, None);
    assert_eq!((verdict.before, verdict.after), (Some(0.0), Some(1.0)));
}

#[test]
fn no_act_at_all() {
    let failure = failure(|_, plan| {
        plan.acts.clear();
        plan.reasons.clear();
    });
    assert_eq!(failure.rule, Rule::Empty);
}

#[test]
fn an_act_removed() {
    let failure = failure(|_, plan| {
        plan.acts.remove(1);
        plan.reasons.remove(1);
    });
    assert_eq!((failure.rule, failure.act), (Rule::Possible, Some(1)));
    assert!(failure.within.is_empty());
}

#[test]
fn the_last_act_removed() {
    let failure = failure(|_, plan| {
        plan.acts.pop();
        plan.reasons.pop();
    });
    assert_eq!((failure.rule, failure.act), (Rule::Rise, Some(0)));
    assert_eq!((failure.before, failure.after), (Some(0.0), Some(0.0)));
}

#[test]
fn two_acts_swapped() {
    let failure = failure(|_, plan| {
        plan.acts.swap(0, 1);
        plan.reasons.swap(0, 1);
    });
    assert_eq!((failure.rule, failure.act), (Rule::Possible, Some(0)));
}

#[test]
fn a_reason_dropped() {
    let failure = failure(|_, plan| plan.reasons[2].clear());
    assert_eq!((failure.rule, failure.act), (Rule::Unexplained, Some(2)));
    let toy = gate();
    assert_eq!(failure.character, Some(toy.character("B")));
}

#[test]
fn a_nested_reason_dropped() {
    let failure = failure(|_, plan| plan.reasons[0][0].reasons[1].clear());
    let toy = gate();
    let (a, b) = (toy.character("A"), toy.character("B"));
    assert_eq!(failure.rule, Rule::Unexplained);
    assert_eq!(failure.within, [(0, a)]);
    assert_eq!((failure.act, failure.character), (Some(2), Some(b)));
}

#[test]
fn somebody_elses_reason() {
    let failure = failure(|toy, plan| plan.reasons[2][0].character = toy.character("A"));
    assert_eq!(failure.rule, Rule::Unexplained);
}

#[test]
fn one_reason_too_many() {
    let failure = failure(|_, plan| {
        let reason = plan.reasons[0][0].clone();
        plan.reasons[2].push(reason);
    });
    let toy = gate();
    assert_eq!((failure.rule, failure.act), (Rule::Superfluous, Some(2)));
    assert_eq!(failure.character, Some(toy.character("A")));
}

#[test]
fn a_reason_that_pays_nothing() {
    let failure = failure(|_, plan| {
        plan.reasons[0][0].rest.truncate(1);
        plan.reasons[0][0].reasons.truncate(1);
    });
    let toy = gate();
    assert_eq!(failure.rule, Rule::Rise);
    assert_eq!(failure.within, [(0, toy.character("A"))]);
    assert_eq!((failure.before, failure.after), (Some(0.0), Some(0.0)));
}

#[test]
fn a_reason_that_counts_on_the_author() {
    let failure = failure(|toy, plan| {
        plan.reasons[0][0].rest.insert(0, toy.named("rain"));
        plan.reasons[0][0].reasons.insert(0, vec![]);
    });
    assert_eq!((failure.rule, failure.act), (Rule::AuthorAct, Some(1)));
}

#[test]
fn a_plan_with_an_act_to_spare() {
    let failure = failure(|toy, plan| {
        plan.acts.insert(1, toy.named("rain"));
        plan.reasons.insert(1, vec![]);
    });
    assert_eq!((failure.rule, failure.act), (Rule::Minimal, None));
    assert_eq!(failure.kept, [0, 2, 3, 4]);
}

#[test]
fn a_reason_for_an_act_that_does_not_matter() {
    let failure = failure(|toy, plan| {
        // B's reason to sing is that after it B could still do all the rest; it is not needed.
        let (a, b) = (toy.character("A"), toy.character("B"));
        let leave = plan.reasons[2][0].clone();
        let sing = |who| Reason {
            character: who,
            ..leave.clone()
        };
        plan.acts.insert(3, toy.named("sing"));
        plan.reasons.insert(3, vec![sing(a), sing(b)]);
    });
    // A gains nothing: the gate is open already.
    let toy = gate();
    assert_eq!(failure.within, [(3, toy.character("A"))]);
    assert_eq!(failure.rule, Rule::Unexplained);
}

#[test]
fn leaving_out_the_explained_act_counts() {
    let mut toy = Toy::new("A", "")
        .act("sing", "", "sung", "A")
        .act("win", "", "won", "A")
        .wants("", |f| f.one("sung"))
        .wants("A", |f| f.one("won"))
        .done();
    let reason = Reason {
        character: toy.character("A"),
        rest: vec![toy.named("win")],
        reasons: vec![vec![]],
        before: None,
        after: None,
    };
    let plan = Plan {
        acts: vec![toy.named("sing")],
        reasons: vec![vec![reason]],
    };
    let failure = replay(&mut toy, &plan)
        .expect("sound")
        .failure
        .expect("redundant");
    assert_eq!((failure.rule, failure.act), (Rule::Minimal, None));
    assert_eq!(failure.within, [(0, toy.character("A"))]);
    assert_eq!(failure.kept, [1]);
    let start = toy.initial();
    assert_ne!(failure.state, start);
}
