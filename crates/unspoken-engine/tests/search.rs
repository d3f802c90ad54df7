//! The search, on worlds whose answers can be seen: text in, text out.

#[allow(dead_code)] // shared by several tests, each of which needs a part of it
mod toy;

use std::sync::atomic::Ordering;

use toy::Toy;
use unspoken_engine::plan::Plan;
use unspoken_engine::replay::replay;
use unspoken_engine::search::{Control, Outcome, Report, Request, solve};

/// A request with goal 1 and the three limits; a negative one is none.
fn within(author: i32, character: i32, epistemic: i32) -> Request {
    Request {
        goal: Some(1.0),
        author_limit: u32::try_from(author).ok(),
        character_limit: u32::try_from(character).ok(),
        epistemic_limit: u32::try_from(epistemic).ok(),
        ..Request::default()
    }
}

fn search(toy: &mut Toy, request: &Request) -> Report {
    solve(toy, request, &Control::default()).expect("a sound world")
}

/// The solution as text, accepted by replay; or `impossible`, `stopped`.
fn story(toy: Toy, request: &Request) -> String {
    let mut toy = toy.done();
    let report = search(&mut toy, request);
    match report.outcome {
        Outcome::Found => {
            let plan = report.plan.expect("found means a plan");
            assert_valid(&mut toy, &plan);
            toy.text(&plan)
        }
        Outcome::Impossible => "impossible".to_owned(),
        Outcome::Stopped => "stopped".to_owned(),
    }
}

fn assert_valid(toy: &mut Toy, plan: &Plan) {
    let verdict = replay(toy, plan).expect("a sound world");
    assert_eq!(verdict.failure, None, "{}", toy.text(plan));
}

#[test]
fn a_partner_is_not_consulted_about_the_first_act() {
    // Case 3: A thinks that B gains nothing.
    let toy = Toy::new("A B", "k")
        .thinks("A", "-k")
        .act("marry", "-wed", "wed", "A B")
        .act("flip", "", "-k", "")
        .wants("", |f| f.one("wed"))
        .wants("A", |f| f.one("wed"))
        .wants("B", |f| f.one("wed") * f.one("k"));
    assert_eq!(story(toy, &within(2, 3, 1)), "marry\n| A\n| B");
}

fn dressing(start: &str) -> Toy {
    Toy::new("A B", "k")
        .thinks("A", start)
        .act("dress", "-r", "r", "A")
        .act("marry", "r -wed", "wed", "A B")
        .act("flip", "", "-k", "")
        .wants("", |f| f.one("r"))
        .wants("A", |f| f.one("wed"))
        .wants("B", |f| f.one("wed") * f.one("k"))
}

#[test]
fn a_partner_is_consulted_about_a_later_act() {
    // Case 4.
    assert_eq!(story(dressing("-k"), &within(2, 3, 1)), "impossible");
    let expected = "dress\n| marry\n| | B\n| A";
    assert_eq!(story(dressing(""), &within(2, 3, 1)), expected);
}

fn stretching() -> Toy {
    Toy::new("A B", "")
        .act("stretch", "-z", "z", "A")
        .act("win", "-q", "q", "A")
        .wants("", |f| f.one("z"))
        .wants("A", |f| f.one("q"))
}

#[test]
fn an_act_that_could_be_left_out_is_not_explained() {
    // Case 5: only subsequences of the same plan count against it.
    assert_eq!(story(stretching(), &within(3, 4, 1)), "impossible");
    let slow = stretching().act("slow", "z -q", "q", "A");
    assert_eq!(story(slow, &within(3, 4, 1)), "stretch\n| slow\n| A");
}

#[test]
fn every_act_must_pay_when_it_comes() {
    // Case 6: 0, 5, 3.
    let toy = Toy::new("A B", "")
        .act("one", "-a", "a", "A")
        .act("two", "a -b", "b", "A")
        .wants("", |f| f.one("b"))
        .wants("A", |f| if f.is("b") { 3.0 } else { 5.0 * f.one("a") });
    assert_eq!(story(toy, &within(3, 3, 1)), "impossible");
}

#[test]
fn the_author_is_never_anticipated() {
    // Case 7.
    let toy = Toy::new("A B", "")
        .act("wait", "", "o", "")
        .act("camp", "-i", "i", "A")
        .act("rob", "o i", "rich", "A")
        .wants("", |f| f.one("i"))
        .wants("A", |f| f.one("rich"));
    assert_eq!(story(toy, &within(3, 3, 1)), "wait\ncamp\n| rob\n| A");
}

#[test]
fn an_unknown_utility_is_never_a_rise() {
    // Case 8.
    let toy = Toy::new("A B", "")
        .act("go", "", "d", "A")
        .act("fix", "", "m", "")
        .wants("", |f| f.one("d"))
        .may_want("A", |f| f.is("m").then_some(1.0));
    assert_eq!(story(toy, &within(3, 3, 1)), "impossible");
}

#[test]
fn the_consenting_mind_must_think_the_act_possible() {
    // Case 12.
    let toy = Toy::new("A B", "p")
        .thinks("A", "-p")
        .act("go", "p", "s", "A")
        .act("off", "", "-p", "")
        .wants("", |f| f.one("s"))
        .wants("A", |f| f.one("s"));
    assert_eq!(story(toy, &within(3, 3, 1)), "impossible");
}

fn one_two() -> Toy {
    Toy::new("A B", "")
        .act("one", "-x", "x", "A")
        .act("two", "x -y", "y", "A")
        .wants("", |f| f.one("y"))
        .wants("A", |f| f.one("y"))
}

#[test]
fn limits_count_acts_ahead_and_minds_within_minds() {
    // Case 14; the author himself does not go on to the second act, or there is none.
    let plan = "one\n| two\n| A\ntwo\n| A";
    assert_eq!(story(one_two(), &within(2, 2, 1)), plan);
    assert_eq!(story(one_two(), &within(-1, -1, -1)), plan);
    assert_eq!(story(one_two(), &within(1, 2, 1)), "impossible");
    assert_eq!(story(one_two(), &within(0, 2, 1)), "impossible");
    let one = || one_two().wants("", |f| f.one("x"));
    assert_eq!(story(one(), &within(1, 2, 1)), "one\n| two\n| A");
    assert_eq!(story(one(), &within(1, 1, 1)), "impossible");
    assert_eq!(story(one(), &within(1, 2, 0)), "impossible");
    // One act needs neither.
    let known = Toy::new("A", "x")
        .act("two", "x -y", "y", "A")
        .wants("", |f| f.one("y"))
        .wants("A", |f| f.one("y"));
    assert_eq!(story(known, &within(1, 0, 0)), "two\n| A");
}

#[test]
fn a_reason_past_the_limits_counts_where_the_story_spells_it_out() {
    // Case 14.
    let plan = "one\n| two\n| A\ntwo\n| A";
    for limits in [
        (2, 1, 1),
        (2, 2, 0),
        (2, 0, 0),
        (5, 1, 0),
        (-1, 1, -1),
        (-1, -1, 0),
    ] {
        let request = within(limits.0, limits.1, limits.2);
        assert_eq!(story(one_two(), &request), plan, "{limits:?}");
    }
    // Not where the story itself goes another way, or ends before.
    let elsewhere = one_two()
        .act("three", "x", "z", "")
        .wants("", |f| f.one("z"));
    assert_eq!(story(elsewhere, &within(2, 1, 1)), "impossible");
    assert_eq!(story(one_two(), &within(1, 1, 0)), "impossible");
    // Nor where the mind concerned does not believe that it can go on so.
    let deceived = one_two().thinks("A", "y");
    assert_eq!(story(deceived, &within(2, 1, 0)), "impossible");
    // The author's own act in between is nothing that anybody expects.
    let helped = Toy::new("A", "")
        .act("one", "-x", "x", "A")
        .act("help", "x", "h", "")
        .act("two", "h -y", "y", "A")
        .wants("", |f| f.one("y"))
        .wants("A", |f| f.one("y"));
    assert_eq!(story(helped, &within(3, 1, 0)), "impossible");
}

#[test]
fn others_in_a_reason_that_is_spelled_out_may_have_theirs_spelled_out_too() {
    // A pays for B to open, who opens to leave.
    let toy = |helps: &'static str| {
        Toy::new("A B", "")
            .act("pay", "-paid", "paid", "A")
            .act("open", "paid -open", "open", "B")
            .act("leave", "open -out", "out", "B")
            .wants("", |f| f.one("out"))
            .wants("A", move |f| f.one(helps))
            .wants("B", |f| f.one("out"))
    };
    // A wants B to leave: B's reason to open is within A's.
    let expected =
        "pay\n| open\n| | leave\n| | B\n| leave\n| | B\n| A\nopen\n| leave\n| B\nleave\n| B";
    assert_eq!(story(toy("out"), &within(3, 1, 0)), expected);
    // A only wants the door open: what B does then is beyond A's reason.
    assert_eq!(story(toy("open"), &within(3, 1, 0)), "impossible");
    assert_ne!(story(toy("open"), &within(3, 3, 2)), "impossible");
}

#[test]
fn a_nested_reason_counts_from_the_outer_act() {
    // A pays (1), reaches (2), opens (3), B leaves (4): B's reason for opening needs two acts.
    let toy = || {
        Toy::new("A B", "")
            .act("pay", "-paid", "paid", "A")
            .act("reach", "paid -there", "there", "A")
            .act("open", "there -open", "open", "B")
            .act("leave", "open -out", "out", "B")
            .wants("", |f| f.one("paid"))
            .wants("A", |f| f.one("open"))
            .wants("B", |f| f.one("out"))
    };
    let expected = "pay\n| reach\n| open\n| | leave\n| | B\n| A";
    assert_eq!(story(toy(), &within(1, 4, 2)), expected);
    assert_eq!(story(toy(), &within(1, 3, 2)), "impossible");
    assert_eq!(story(toy(), &within(1, 4, 1)), "impossible");
}

#[test]
fn a_believed_world_decides_and_not_the_real_one() {
    // A digs because A wrongly thinks the treasure is there.
    let toy = Toy::new("A", "")
        .thinks("A", "buried")
        .act("dig", "-dug", "dug", "A")
        .act("take", "dug buried", "rich", "A")
        .wants("", |f| f.one("dug"))
        .wants("A", |f| f.one("rich"));
    assert_eq!(story(toy, &within(3, 3, 1)), "dig\n| take\n| A");
}

#[test]
fn the_shortest_story_wins_and_ties_go_to_event_order() {
    let toy = Toy::new("A", "")
        .act("long1", "", "l", "A")
        .act("long2", "l", "won", "A")
        .act("b", "", "won", "A")
        .act("c", "", "won", "A")
        .wants("", |f| f.one("won"))
        .wants("A", |f| f.one("won"));
    assert_eq!(story(toy, &within(5, 5, 1)), "b\n| A");
}

#[test]
fn a_detour_is_a_reason_where_nothing_shorter_keeps_the_act() {
    // From b, `walk` is redundant for `far`, but `near` needs it; `near` pays less. The plan walk
    // far is spoiled by far alone, walk near is not.
    let toy = Toy::new("A", "")
        .act("walk", "-w", "w", "A")
        .act("far", "-f -n", "f", "A")
        .act("near", "w -f -n", "n", "A")
        .wants("", |f| f.one("w"))
        .wants("A", |f| 2.0 * f.one("f") + f.one("n"));
    assert_eq!(story(toy, &within(1, 3, 1)), "walk\n| near\n| A");
}

#[test]
fn unknown_utilities_on_a_subsequence_do_not_hide_a_reason() {
    // go c b d gains, but so does its subsequence go b d, though by way of a state of unknown
    // utility. The first is no reason because of the second, the second because of the unknown.
    let toy = || {
        Toy::new("A", "")
            .act("go", "-g", "g", "A")
            .act("c", "g -c -b", "c", "A")
            .act("b", "g -b", "b", "A")
            .act("d", "b -d", "d", "A")
            .wants("", |f| f.one("g"))
            .may_want("A", |f| {
                (!f.is("b") || f.is("c") || f.is("d")).then(|| f.one("d"))
            })
    };
    assert_eq!(story(toy(), &within(1, 4, 1)), "impossible");
    // e does what d does, but never without c.
    let with_e = toy().act("e", "b c -d", "d", "A");
    assert_eq!(story(with_e, &within(1, 4, 1)), "go\n| c\n| b\n| e\n| A");
}

#[test]
fn a_goal_below_reach_gives_the_best_there_is() {
    let mut toy = Toy::new("A", "")
        .act("one", "-x", "x", "A")
        .act("two", "x -y", "y", "A")
        .wants("", |f| f.one("x") + f.one("y"))
        .wants("A", |f| f.one("x") + f.one("y"))
        .done();
    let mut request = within(5, 3, 1);
    request.goal = Some(3.0);
    let report = search(&mut toy, &request);
    assert_eq!(report.outcome, Outcome::Impossible);
    assert_eq!(report.utility, Some(2.0));
    let best = report.plan.expect("a rise at least");
    assert_eq!(toy.text(&best), "one\n| A\ntwo\n| A");
    assert_valid(&mut toy, &best);
}

#[test]
fn a_goal_below_the_start_still_asks_for_a_rise() {
    let toy = Toy::new("A", "x")
        .act("nothing", "", "z", "")
        .act("more", "", "y", "")
        .wants("", |f| f.one("x") + f.one("y"));
    assert_eq!(story(toy, &within(3, 3, 1)), "more");
}

#[test]
fn it_stops_when_told_and_when_out_of_transitions() {
    let counting = || {
        let mut toy = Toy::new("A", "");
        for bit in 0..12 {
            let (name, fact) = (format!("act{bit}"), format!("p{bit}"));
            toy = toy.act(&name, &format!("-{fact}"), &fact, "");
        }
        toy.wants("", |f| (0..12).map(|bit| f.one(&format!("p{bit}"))).sum())
            .done()
    };
    let mut request = within(12, 3, 1);
    request.goal = Some(12.0);
    request.transitions = Some(500);
    let report = search(&mut counting(), &request);
    assert_eq!(report.outcome, Outcome::Stopped);
    assert_eq!(report.transitions, 500);
    assert!(report.utility.is_some_and(|utility| utility >= 2.0));

    let control = Control::default();
    control.stop.store(true, Ordering::Relaxed);
    request.transitions = None;
    let report = solve(&mut counting(), &request, &control).expect("a sound world");
    assert_eq!(report.outcome, Outcome::Stopped);
    assert_eq!(report.plan, None);

    request.ideas.guided = false; // which begins anew now and then
    let report = search(&mut counting(), &request);
    assert_eq!(report.outcome, Outcome::Found);
    assert_eq!(report.states, 4095); // each set of facts but the first, once
}

#[test]
fn without_limits_it_ends_where_there_is_an_end() {
    let toy = stretching();
    assert_eq!(story(toy, &within(-1, -1, -1)), "impossible");
    assert_eq!(story(dressing("-k"), &within(-1, -1, -1)), "impossible");
    assert_eq!(story(dressing("-k"), &within(-1, 4, -1)), "impossible");
}

/// A opens and B shuts, each only because the other would undo it; neither gains in the end,
/// unless there is a way to win that takes `steps` openings.
fn door(steps: usize) -> Toy {
    let mut toy = Toy::new("A B", "")
        .act("open", "-open", "open", "A")
        .act("shut", "open", "-open", "B")
        .wants("", |f| f.one("won"))
        .wants("A", |f| f.one("won"))
        .wants("B", |f| f.one("won"));
    for step in 1..=steps {
        let (before, now) = (format!("s{}", step - 1), format!("s{step}"));
        let needs = if step == 1 {
            format!("open -{now}")
        } else {
            format!("open {before} -{now}")
        };
        let makes = if step == steps {
            format!("{now} won")
        } else {
            format!("{now} -open")
        };
        toy = toy.act(&format!("step{step}"), &needs, &makes, "A");
    }
    toy
}

#[test]
fn reasons_that_go_round_in_circles_come_to_an_end() {
    assert_eq!(story(door(0), &within(-1, -1, -1)), "impossible");
    assert_eq!(story(door(0), &within(5, -1, -1)), "impossible");
    assert_eq!(story(door(0), &within(-1, -1, 3)), "impossible");
    let found = story(door(3), &within(-1, -1, -1));
    let acts: Vec<&str> = found.lines().filter(|line| !line.contains('|')).collect();
    assert_eq!(acts, ["open", "step1", "open", "step2", "open", "step3"]);
}

#[test]
fn what_shallow_minds_refute_deeper_ones_may_find() {
    // B's part has a reason with minds two deep. It is first asked about by A, one deep, and there
    // it rests on the supposition that A has no reason.
    let mut toy = Toy::new("A B C D", "x0")
        .act("a", "x0", "-x0 x1", "A")
        .act("b", "x1", "-x1 x2", "B")
        .act("c", "x2", "-x2 x3", "C")
        .act("d", "x3", "-x3 x4", "C")
        .act("e", "x3", "-x3 x5", "D")
        .act("undo", "x2", "-x2 x0", "B")
        .act("setup", "x0", "-x0 x1", "")
        .wants("", |f| f.one("x2"))
        .wants("A", |f| f.one("x5"))
        .wants("B", |f| f.one("x3"))
        .wants("C", |f| f.one("x4"))
        .wants("D", |_| 0.0);
    for bit in 0..8 {
        let fact = format!("p{bit}");
        toy = toy.act(&fact, &format!("-{fact}"), &fact, "").seen_by("");
    }
    let expected = "setup\nb\n| c\n| | d\n| | C\n| B";
    assert_eq!(story(toy.clone(), &within(4, 4, 2)), expected);
    assert_eq!(story(toy.clone(), &within(4, -1, 2)), expected);
    assert_eq!(story(toy, &within(-1, -1, 2)), expected);
}

#[test]
fn a_verdict_stands_though_no_effort_is_left_to_look_around() {
    let counting = || {
        let mut toy = Toy::new("A", "");
        for bit in 0..4 {
            let (name, fact) = (format!("act{bit}"), format!("p{bit}"));
            toy = toy.act(&name, &format!("-{fact}"), &fact, "");
        }
        toy.wants("", |_| 0.0).done()
    };
    let mut request = within(2, 3, 1);
    let enough = search(&mut counting(), &request).transitions;
    request.transitions = Some(enough - 1);
    let outcome = search(&mut counting(), &request).outcome;
    assert_eq!(outcome, Outcome::Impossible);
}

#[test]
fn a_long_plan_in_a_small_world_is_found_without_limits() {
    let found = story(door(12), &within(-1, -1, -1));
    assert_eq!(found.lines().filter(|line| !line.contains('|')).count(), 24);
}
