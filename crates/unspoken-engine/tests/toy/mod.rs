//! A space small enough to see through: propositions that are true or false, and for each
//! character a view of its own in which everybody shares that view. Acts are seen by all or by
//! some, and happen in the views of those who see them.

pub mod brute;

use std::collections::HashMap;
use std::sync::Arc;

use unspoken_engine::fault::Fault;
use unspoken_engine::ground::Condition;
use unspoken_engine::ids::{CharacterId, EventId, NodeId};
use unspoken_engine::plan::{Plan, Reason};
use unspoken_engine::space::Space;

/// Propositions that hold.
pub type Facts = u64;

/// A set of true propositions; reads them by name.
pub struct Reading<'a> {
    names: &'a [String],
    facts: Facts,
}

impl Reading<'_> {
    pub fn is(&self, name: &str) -> bool {
        let place = self.names.iter().position(|known| known == name);
        place.is_some_and(|place| self.facts & (1 << place) != 0)
    }

    /// 1 if it holds, else 0.
    pub fn one(&self, name: &str) -> f64 {
        f64::from(u8::from(self.is(name)))
    }
}

type Utility = Arc<dyn Fn(&Reading) -> Option<f64> + Send + Sync>;

#[derive(Clone)]
struct Act {
    name: String,
    needs: (Facts, Facts),
    makes: (Facts, Facts),
    consenting: Vec<CharacterId>,
    /// None: everybody.
    seen_by: Option<Vec<CharacterId>>,
}

#[derive(Clone)]
pub struct Toy {
    names: Vec<String>,
    characters: Vec<String>,
    acts: Vec<Act>,
    utilities: HashMap<Option<CharacterId>, Utility>,
    start: (Facts, Vec<Facts>),
    /// The facts, and each character's view.
    states: Vec<(Facts, Vec<Facts>)>,
    ids: HashMap<(Facts, Vec<Facts>), NodeId>,
}

impl Toy {
    /// Characters by name, and what is true at the start.
    pub fn new(characters: &str, start: &str) -> Toy {
        let characters: Vec<String> = characters.split_whitespace().map(str::to_owned).collect();
        let mut toy = Toy {
            names: Vec::new(),
            acts: Vec::new(),
            utilities: HashMap::new(),
            start: (0, Vec::new()),
            states: Vec::new(),
            ids: HashMap::new(),
            characters,
        };
        let (facts, _) = toy.literals(start);
        toy.start = (facts, vec![facts; toy.characters.len()]);
        toy
    }

    /// A wrong belief at the start.
    pub fn thinks(mut self, who: &str, what: &str) -> Toy {
        let (yes, no) = self.literals(what);
        let who = self.character(who).index();
        let view = &mut self.start.1[who];
        *view = (*view | yes) & !no;
        self
    }

    /// `act("name", "needs -this", "makes -that", "who consents")`
    pub fn act(mut self, name: &str, needs: &str, makes: &str, consenting: &str) -> Toy {
        let act = Act {
            name: name.to_owned(),
            needs: self.literals(needs),
            makes: self.literals(makes),
            consenting: self.all(consenting),
            seen_by: None,
        };
        self.acts.push(act);
        self
    }

    /// Only these see the latest act.
    pub fn seen_by(mut self, who: &str) -> Toy {
        let who = self.all(who);
        self.acts.last_mut().expect("an act").seen_by = Some(who);
        self
    }

    /// The utility of a character, or (`""`) of the author.
    pub fn wants(
        mut self,
        who: &str,
        utility: impl Fn(&Reading) -> f64 + Send + Sync + 'static,
    ) -> Toy {
        let whose = (!who.is_empty()).then(|| self.character(who));
        self.utilities
            .insert(whose, Arc::new(move |reading| Some(utility(reading))));
        self
    }

    /// The same, unknown where it is None.
    pub fn may_want(
        mut self,
        who: &str,
        utility: impl Fn(&Reading) -> Option<f64> + Send + Sync + 'static,
    ) -> Toy {
        let whose = (!who.is_empty()).then(|| self.character(who));
        self.utilities.insert(whose, Arc::new(utility));
        self
    }

    /// The beginning is complete.
    pub fn done(mut self) -> Toy {
        self.intern(self.start.clone());
        self
    }

    pub fn named(&self, name: &str) -> EventId {
        let place = self.acts.iter().position(|act| act.name == name);
        EventId::from(place.unwrap_or_else(|| panic!("no act {name}")))
    }

    pub fn character(&self, name: &str) -> CharacterId {
        let place = self.characters.iter().position(|known| known == name);
        CharacterId::from(place.unwrap_or_else(|| panic!("nobody is {name}")))
    }

    /// One act a line; under it the rest of each reason on lines with `| `, closed by whose it is.
    pub fn text(&self, plan: &Plan) -> String {
        let mut lines = Vec::new();
        self.lines(&plan.acts, &plan.reasons, "", &mut lines);
        lines.join("\n")
    }

    fn lines(&self, acts: &[EventId], reasons: &[Vec<Reason>], bar: &str, into: &mut Vec<String>) {
        for (act, reasons) in acts.iter().zip(reasons) {
            into.push(format!("{bar}{}", self.acts[act.index()].name));
            for reason in reasons {
                let bar = format!("{bar}| ");
                self.lines(&reason.rest, &reason.reasons, &bar, into);
                into.push(format!(
                    "{bar}{}",
                    self.characters[reason.character.index()]
                ));
            }
        }
    }

    fn all(&self, who: &str) -> Vec<CharacterId> {
        who.split_whitespace()
            .map(|name| self.character(name))
            .collect()
    }

    fn literals(&mut self, text: &str) -> (Facts, Facts) {
        let (mut yes, mut no) = (0, 0);
        for word in text.split_whitespace() {
            let name = word.trim_start_matches('-');
            let place = self.names.iter().position(|known| known == name);
            let place = place.unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            });
            *(if word.starts_with('-') {
                &mut no
            } else {
                &mut yes
            }) |= 1 << place;
        }
        (yes, no)
    }

    /// The number of a state; the states that its minds believe in get theirs with it.
    fn intern(&mut self, state: (Facts, Vec<Facts>)) -> NodeId {
        if let Some(&id) = self.ids.get(&state) {
            return id;
        }
        let id = NodeId::from(self.states.len());
        self.ids.insert(state.clone(), id);
        self.states.push(state.clone());
        for view in state.1 {
            self.intern((view, vec![view; self.characters.len()]));
        }
        id
    }
}

impl Space for Toy {
    fn characters(&self) -> usize {
        self.characters.len()
    }

    fn actions(&self) -> usize {
        self.acts.len()
    }

    fn consenting(&self, action: EventId) -> &[CharacterId] {
        &self.acts[action.index()].consenting
    }

    fn initial(&self) -> NodeId {
        NodeId(0)
    }

    fn is_possible(&mut self, state: NodeId, action: EventId) -> Result<bool, Fault> {
        let (yes, no) = self.acts[action.index()].needs;
        let facts = self.states[state.index()].0;
        Ok(facts & yes == yes && facts & no == 0)
    }

    fn possible(&mut self, state: NodeId, into: &mut Vec<EventId>) -> Result<(), Fault> {
        for action in (0..self.acts.len()).map(EventId::from) {
            if self.is_possible(state, action)? {
                into.push(action);
            }
        }
        Ok(())
    }

    fn apply(&mut self, state: NodeId, action: EventId) -> Result<NodeId, Fault> {
        let act = &self.acts[action.index()];
        let (yes, no) = act.makes;
        let (mut facts, mut views) = self.states[state.index()].clone();
        facts = (facts | yes) & !no;
        for (place, view) in views.iter_mut().enumerate() {
            let sees = |who: &Vec<CharacterId>| who.contains(&CharacterId::from(place));
            if act.seen_by.as_ref().is_none_or(sees) {
                *view = (*view | yes) & !no;
            }
        }
        Ok(self.intern((facts, views)))
    }

    fn mind(&mut self, state: NodeId, character: CharacterId) -> NodeId {
        let view = self.states[state.index()].1[character.index()];
        self.ids[&(view, vec![view; self.characters.len()])]
    }

    fn utility(&mut self, state: NodeId, whose: Option<CharacterId>) -> Result<Option<f64>, Fault> {
        let reading = Reading {
            names: &self.names,
            facts: self.states[state.index()].0,
        };
        Ok(self
            .utilities
            .get(&whose)
            .map_or(Some(0.0), |utility| utility(&reading)))
    }

    fn holds(&mut self, _: NodeId, _: &Condition) -> Result<bool, Fault> {
        unreachable!("toys have no conditions")
    }
}
