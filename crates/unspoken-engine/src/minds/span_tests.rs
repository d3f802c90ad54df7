//! The first number with which atoms hold, against trying one after the other.

use std::cell::Cell;
use std::iter::successors;

use super::*;
use crate::ids::FluentId;

/// The same terms on every machine (Steele et al. 2014, SplitMix).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

const SOME: [f64; 12] = [
    -100.0, -7.0, -1.5, -1.0, 0.0, 0.1, 0.5, 1.0, 3.0, 12.0, 100.0, 1e200,
];

/// The number that is moved; and others, in order.
fn fluent(place: usize) -> Term {
    Term::Fluent(Reading {
        chain: [].into(),
        fluent: FluentId::from(place),
    })
}

fn term(random: &mut Random, numbers: &mut Numbers, depth: usize) -> Term {
    match random.below(if depth > 0 { 6 } else { 3 }) {
        0 => Term::Constant(numbers.value(random.of(&SOME)).unwrap()),
        1 => fluent(0),
        2 if random.below(3) == 0 => fluent(1 + random.below(3)),
        2 => fluent(0),
        _ => {
            let operator = random.of(&[
                Operator::Add,
                Operator::Subtract,
                Operator::Multiply,
                Operator::Divide,
            ]);
            let left = term(random, numbers, depth - 1);
            let right = term(random, numbers, depth - 1);
            Term::Arithmetic(operator, Box::new((left, right)))
        }
    }
}

const COMPARATORS: [Comparator; 6] = [
    Comparator::Equal,
    Comparator::Unequal,
    Comparator::Less,
    Comparator::AtMost,
    Comparator::More,
    Comparator::AtLeast,
];

/// What the number and the others are.
fn reading(number: Span) -> impl Fn(&Reading) -> Span {
    move |reading| match reading.fluent.index() {
        0 => number,
        1 => Span::Is(Datum::Number(4.0)),
        2 => Span::Is(Datum::Unknown),
        _ => Span::Nonsense,
    }
}

fn all_hold(atoms: &[Atom], numbers: &Numbers, number: Span) -> Option<bool> {
    let each = || atoms.iter().map(|a| holds(a, numbers, &reading(number)));
    if each().any(|one| one == Some(false)) {
        return Some(false);
    }
    each().all(|one| one == Some(true)).then_some(true)
}

/// The whole numbers on the way, one after the other.
fn walked(from: f64, to: f64, fits: impl Fn(f64) -> bool) -> Option<f64> {
    let up = to > from;
    let (first, step) = match up {
        true => (from.floor() + 1.0, 1.0),
        false => (from.ceil() - 1.0, -1.0),
    };
    successors(Some(first), |at| Some(at + step))
        .take_while(|&at| if up { at < to } else { at > to })
        .find(|&at| fits(at))
}

#[test]
fn it_is_the_number_that_trying_all_would_find() {
    let (mut random, mut numbers) = (Random(0), Numbers::default());
    let ends = [
        -200.0, -31.0, -2.5, -1.0, 0.0, 0.5, 1.0, 2.0, 7.0, 33.25, 150.0,
    ];
    let (mut found, mut none) = (0, 0);
    for _ in 0..30_000 {
        let atoms: Vec<Atom> = (0..1 + random.below(2))
            .map(|_| Atom {
                comparator: random.of(&COMPARATORS),
                left: term(&mut random, &mut numbers, 2),
                right: term(&mut random, &mut numbers, 1),
            })
            .collect();
        let (from, to) = (random.of(&ends), random.of(&ends));
        let one = |at| all_hold(&atoms, &numbers, Span::Is(Datum::Number(at)));
        let expected = walked(from, to, |at| one(at).expect("a number is judged"));
        let first = first_between(from, to, |span| all_hold(&atoms, &numbers, span));
        assert_eq!(first, expected, "{from} to {to}: {atoms:?}");
        *(if first.is_some() {
            &mut found
        } else {
            &mut none
        }) += 1;
    }
    assert!(found > 5_000 && none > 5_000, "{found} found, {none} not");
}

/// How many spans are judged, and what is found, on the way from 0.
fn spans(to: f64, comparator: Comparator, left: Term, right: f64) -> (u32, Option<f64>) {
    let mut numbers = Numbers::default();
    let right = Term::Constant(numbers.value(right).unwrap());
    let atoms = [Atom {
        comparator,
        left,
        right,
    }];
    let judged = Cell::new(0);
    let first = first_between(0.0, to, |span| {
        judged.set(judged.get() + 1);
        all_hold(&atoms, &numbers, span)
    });
    (judged.get(), first)
}

#[test]
fn far_numbers_take_few_spans() {
    let far = EXACT;
    let x = fluent(0);
    let (judged, first) = spans(far, Comparator::AtLeast, x.clone(), 4e15 + 0.5);
    assert_eq!(first, Some(4e15 + 1.0));
    assert!(judged < 120, "{judged}");
    let (judged, first) = spans(-far, Comparator::Equal, x.clone(), -7e15);
    assert_eq!(first, Some(-7e15));
    assert!(judged < 120, "{judged}");
    let square = Term::Arithmetic(Operator::Multiply, Box::new((x.clone(), x)));
    let (judged, first) = spans(far, Comparator::More, square, 1e30);
    assert_eq!(first, Some(1e15 + 1.0));
    assert!(judged < 120, "{judged}");
}

#[test]
fn what_cancels_out_is_tried_up_to_a_million_and_then_given_up() {
    let x = fluent(0);
    let same = || Term::Arithmetic(Operator::Subtract, Box::new((x.clone(), x.clone())));
    let (judged, first) = spans(1e6, Comparator::Equal, same(), 1.0);
    assert!(first.is_none() && judged < MOST, "{judged}");
    assert_eq!(spans(1e9, Comparator::Equal, same(), 1.0), (MOST, None));
    // Nor are there numbers to try where they are not exact.
    assert_eq!(
        spans(4.0 * EXACT, Comparator::More, x.clone(), 1.0),
        (0, None)
    );
}
