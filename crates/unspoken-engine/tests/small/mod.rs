//! Worlds small enough to see through, stated as the engine reads them.

use serde_json::{Value as Json, json};

use unspoken_engine::fault::Fault;
use unspoken_engine::ids::{CharacterId, EventId, FluentId, NodeId};
use unspoken_engine::minds::{Batch, Ref};
use unspoken_engine::space::Space;
use unspoken_engine::story::Story;
use unspoken_engine::value::Datum;

pub const A: CharacterId = CharacterId(0);
pub const B: CharacterId = CharacterId(1);

/// Characters A and B, a thing D (entity 2), and fluents without arguments.
pub struct Small {
    pub properties: Vec<(&'static str, usize)>,
    pub whole: Vec<&'static str>,
    pub actions: Vec<Json>,
    pub triggers: Vec<Json>,
    pub initial: Vec<Json>,
    pub utilities: Vec<Json>,
}

impl Small {
    pub fn new(properties: &[(&'static str, usize)]) -> Small {
        Small {
            properties: properties.to_vec(),
            whole: Vec::new(),
            actions: Vec::new(),
            triggers: Vec::new(),
            initial: Vec::new(),
            utilities: Vec::new(),
        }
    }

    pub fn fluent(&self, name: &str, minds: &[u32]) -> Json {
        let place = self.properties.iter().position(|p| p.0 == name).unwrap();
        let minds: Vec<Json> = minds.iter().map(|mind| json!(["entity", mind])).collect();
        json!(["fluent", place, [], minds])
    }

    /// Of these numbers a surprise leaves something known.
    pub fn whole(mut self, names: &[&'static str]) -> Small {
        self.whole = names.to_vec();
        self
    }

    pub fn initially(mut self, statements: impl FnOnce(&Small) -> Vec<Json>) -> Small {
        self.initial = statements(&self);
        self
    }

    /// An action that those see for whom the condition holds; in it, slot 0 is the observer.
    pub fn action(
        mut self,
        precondition: impl FnOnce(&Small) -> Json,
        effect: impl FnOnce(&Small) -> Json,
        seen_by: Option<Json>,
    ) -> Small {
        let observing = seen_by.map(|condition| json!({"variable": 0, "condition": condition}));
        let action = json!({"name": format!("act{}", self.actions.len()), "parameters": [],
            "precondition": precondition(&self), "effect": effect(&self), "consenting": [],
            "observing": observing});
        self.actions.push(action);
        self
    }

    pub fn trigger(
        mut self,
        precondition: impl FnOnce(&Small) -> Json,
        effect: impl FnOnce(&Small) -> Json,
    ) -> Small {
        let trigger = json!({"name": format!("law{}", self.triggers.len()), "parameters": [],
            "precondition": precondition(&self), "effect": effect(&self)});
        self.triggers.push(trigger);
        self
    }

    pub fn begin(&self) -> Result<Story, Fault> {
        let properties: Vec<Json> = self
            .properties
            .iter()
            .map(|(name, range)| {
                let whole = self.whole.contains(name);
                json!({"name": name, "parameters": [], "range": range, "whole": whole})
            })
            .collect();
        let world = json!({"unspoken_world": 1, "name": "small",
            "types": [{"name": "boolean", "entities": []}, {"name": "number", "entities": []},
                      {"name": "entity", "entities": [0, 1, 2]},
                      {"name": "character", "entities": [0, 1]}],
            "entities": ["A", "B", "D"], "characters": 2, "properties": properties,
            "actions": self.actions, "triggers": self.triggers, "initial": self.initial,
            "utilities": self.utilities});
        Story::begin(&world.to_string())
    }

    pub fn story(&self) -> Story {
        self.begin().unwrap()
    }

    /// What a chain of minds takes a fluent to be.
    pub fn value(&self, story: &Story, state: NodeId, minds: &[CharacterId], name: &str) -> Datum {
        let place = (0..story.world().fluents.len())
            .map(FluentId::from)
            .find(|&f| self.properties[story.world().fluents.fluent(f).property].0 == name)
            .unwrap();
        story.datum(story.value(state, minds, place).unwrap())
    }
}

pub fn always(_: &Small) -> Json {
    json!(["boolean", true])
}

pub fn not(inner: Json) -> Json {
    json!(["not", inner])
}

/// A state in which p is false, A does not know whether it is, and B thinks it false; and the
/// worlds that A holds possible.
pub fn unsure(story: &mut Story) -> (NodeId, [NodeId; 2]) {
    let start = story.initial();
    let worlds = [start, story.apply(start, EventId(0)).unwrap()];
    let store = &mut story.minds_mut().store;
    let mut batch = Batch::default();
    let place = batch.add(2);
    batch.set_facts(place, store.facts(start));
    let set = batch.add_set(worlds.map(Ref::node).to_vec());
    batch.set_edge(place, 2, A, set);
    batch.set_edge(place, 2, B, Ref::node(start));
    let mut ids = Vec::new();
    store.intern(&batch, &mut ids).unwrap();
    store.check_invariants().unwrap();
    (ids[0], worlds)
}
