//! How far off things look, by the public way in: what was seen before is said again only of the
//! same question.

#[allow(dead_code)] // shared by several tests, each of which needs a part of it
mod small;

use small::{Small, always};
use unspoken_engine::ids::EventId;
use unspoken_engine::relax::{Aim, Outlook, TooFar};
use unspoken_engine::space::Space;
use unspoken_engine::story::Story;

/// How far off the second act is, which the first makes possible.
fn look(story: &mut Story, never: &[bool], delays: &[u8]) -> Result<Outlook, TooFar> {
    let aim = Aim {
        whose: None,
        utility: None,
        pass: &[],
        acts: &[&[EventId(1)]],
        never,
        delays,
    };
    story
        .outlook(story.initial(), &aim, u32::MAX)
        .expect("an outlook")
}

#[test]
fn what_was_seen_with_other_acts_ruled_out_or_put_off_is_not_said() {
    let world = Small::new(&[("p", 0), ("q", 0)])
        .action(always, |w| w.fluent("p", &[]), None)
        .action(|w| w.fluent("p", &[]), |w| w.fluent("q", &[]), None);
    let questions: [(&[bool], &[u8], Option<u32>); 6] = [
        (&[], &[], Some(2)),
        (&[], &[5], Some(7)),
        (&[], &[1, 1], Some(4)),
        (&[true], &[], None),
        (&[false, true], &[5], None),
        (&[false, false], &[1], Some(3)),
    ];
    let mut used = world.story();
    for _ in 0..2 {
        for (never, delays, acts) in questions {
            let seen = look(&mut used, never, delays);
            assert_eq!(seen, look(&mut world.story(), never, delays));
            assert_eq!(seen.map(|outlook| outlook.about).ok(), acts);
        }
    }
}
