//! Plans and reasons by brute force, and worlds made at random to try them on.

use unspoken_engine::ids::{CharacterId, EventId, NodeId};
use unspoken_engine::plan::Reason;
use unspoken_engine::space::Space;

use super::Toy;

/// More candidates than this and a world is passed over.
pub const MOST: usize = 20_000;

pub struct TooMany;

/// All plans with reasons that could explain an act, minimal or not.
pub fn all_reasons(
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
pub fn choices(
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

/// A generator of numbers (Steele, Lea and Flood 2014, SplitMix64), for worlds by seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }

    /// Each fact, or its opposite, or nothing about it.
    pub fn literals(&mut self, nothing: u64) -> String {
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

    pub fn worth(&mut self) -> [i32; 3] {
        [(); 3].map(|()| i32::try_from(self.below(4)).expect("small") - 1)
    }

    pub fn world(&mut self) -> Toy {
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
    pub fn chain(&mut self) -> Toy {
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

pub const FACTS: [&str; 3] = ["p", "q", "r"];
