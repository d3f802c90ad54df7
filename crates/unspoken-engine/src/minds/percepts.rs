//! What triggers ask of single minds, mind by mind.
//!
//! Most triggers are laws of perception: what is true here sets off what somebody believes of it,
//! if that is something else. So the prospects of a state are split by the mind that they ask, and
//! each mind's part is kept once however many lists it is in. A mind that was quiet, and is as it
//! was, is quiet still if its part is the same.

use hashbrown::HashTable;

use crate::ids::{CharacterId, FluentId};
use crate::minds::prospects::{ListId, Prospect};
use crate::minds::store::hash;
use crate::value::Value;

/// No place among triggers.
pub(super) const NOWHERE: u32 = u32::MAX;

/// A trigger that asks whether one mind has (or has not) this value.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Question {
    place: u32,
    fluent: FluentId,
    value: Value,
    equal: bool,
}

/// What a list of prospects asks of one mind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct PartId(u32);

/// The lists of prospects that were met, by minds.
#[derive(Clone, Default)]
pub(super) struct Percepts {
    characters: usize,
    /// For each list and character, its part.
    parts: Vec<PartId>,
    /// For each list, the prospects that ask something else, or nothing.
    others: Vec<Box<[Prospect]>>,
    questions: Vec<Question>,
    /// The end of each part; it begins where the one before ends.
    ends: Vec<u32>,
    table: HashTable<PartId>,
    /// A list's questions to each character; scratch space.
    by_mind: Vec<Vec<Question>>,
}

impl Percepts {
    /// No lists yet.
    pub fn new(characters: usize) -> Percepts {
        Percepts {
            characters,
            ..Percepts::default()
        }
    }

    /// Takes in the lists after those that it has.
    pub fn extend<'l>(&mut self, lists: impl Fn(usize) -> Option<&'l [Prospect]>) {
        while let Some(list) = lists(self.others.len()) {
            let mut others = Vec::new();
            self.by_mind.resize_with(self.characters, Vec::new);
            for &prospect in list {
                match prospect.question() {
                    None => others.push(prospect),
                    Some((mind, fluent, value, equal)) => {
                        self.by_mind[mind.index()].push(Question {
                            place: prospect.place,
                            fluent,
                            value,
                            equal,
                        });
                    }
                }
            }
            self.others.push(others.into());
            for character in 0..self.characters {
                let start = self.questions.len();
                self.questions.append(&mut self.by_mind[character]);
                let part = self.intern(start);
                self.parts.push(part);
            }
        }
    }

    /// What a list asks of a character.
    #[inline]
    pub fn part(&self, list: ListId, character: CharacterId) -> PartId {
        self.parts[list.index() * self.characters + character.index()]
    }

    /// What a list asks beside, in order.
    #[inline]
    pub fn others(&self, list: ListId) -> &[Prospect] {
        &self.others[list.index()]
    }

    /// Is nothing asked?
    #[inline]
    pub fn is_empty(&self, part: PartId) -> bool {
        self.questions(part).is_empty()
    }

    /// The place of the first trigger whose question is answered with yes.
    #[inline(always)]
    pub fn first(&self, part: PartId, value: impl Fn(FluentId) -> Value) -> u32 {
        self.questions(part)
            .iter()
            .find(|asked| (value(asked.fluent) == asked.value) == asked.equal)
            .map_or(NOWHERE, |asked| asked.place)
    }

    /// About how many bytes they take.
    pub fn bytes(&self) -> usize {
        4 * self.parts.capacity()
            + size_of::<Question>() * self.questions.capacity()
            + 16 * self.others.capacity()
            + 9 * self.ends.capacity()
    }

    #[inline]
    fn questions(&self, part: PartId) -> &[Question] {
        &self.questions[span(&self.ends, part)]
    }

    /// The part of the questions from here on, which are at the end.
    fn intern(&mut self, start: usize) -> PartId {
        let key = |questions: &[Question]| {
            hash(questions.iter().flat_map(|asked| {
                let value = asked.value.bits().rotate_left(8) ^ u32::from(asked.equal);
                [asked.place, value]
            }))
        };
        let new = key(&self.questions[start..]);
        let (questions, ends) = (&self.questions, &self.ends);
        let found = self.table.find(new, |&part| {
            questions[span(ends, part)] == questions[start..]
        });
        if let Some(&part) = found {
            self.questions.truncate(start);
            return part;
        }
        let part = PartId(u32::try_from(self.ends.len()).expect("fewer than 2^32 parts"));
        let end = u32::try_from(self.questions.len()).expect("fewer than 2^32 questions");
        self.ends.push(end);
        let (questions, ends) = (&self.questions, &self.ends);
        self.table
            .insert_unique(new, part, |&part| key(&questions[span(ends, part)]));
        part
    }
}

/// Where a part stands.
#[inline]
fn span(ends: &[u32], part: PartId) -> std::ops::Range<usize> {
    let start = match part.0 {
        0 => 0,
        place => ends[place as usize - 1] as usize,
    };
    start..ends[part.0 as usize] as usize
}
