//! A story's space of states: a world, its beginning, and every state met since.

use crate::fault::Fault;
use crate::format;
use crate::ground::beginning::pack;
use crate::ground::{self, Condition, EventKind, Question, Snag, World};
use crate::ids::{CharacterId, EventId, FluentId, NodeId};
use crate::minds::{Edge, Minds, Owner, Trace};
use crate::relax::{Aim, Outlook, Relax, TooFar};
use crate::space::Space;
use crate::value::{Datum, Value};

/// A grounded world and every state of it that was met. A copy goes its own way: states met later
/// have numbers of their own in each.
#[derive(Clone)]
pub struct Story {
    minds: Minds,
    unsettled: NodeId,
    initial: NodeId,
    relax: Relax,
    questions: Vec<Question>,
}

impl Story {
    /// Reads, grounds and begins a story.
    pub fn begin(numbered_world: &str) -> Result<Story, Fault> {
        let (world, beginning, numbers) = ground::ground(format::read(numbered_world)?)?;
        let mut minds = Minds::new(world, numbers);
        let unsettled = minds.begin(&beginning)?;
        let initial = minds.settle(unsettled, Owner::NOBODY)?;
        Ok(Story {
            minds,
            unsettled,
            initial,
            relax: Relax::default(),
            questions: Vec::new(),
        })
    }

    /// The ground world.
    pub fn world(&self) -> &World {
        &self.minds.world
    }

    /// Its states.
    pub fn minds(&self) -> &Minds {
        &self.minds
    }

    /// Its states, to be added to.
    pub fn minds_mut(&mut self) -> &mut Minds {
        &mut self.minds
    }

    /// The state that a number given from outside means.
    pub fn state(&self, number: usize) -> Result<NodeId, Fault> {
        let (nodes, sets) = (self.minds.store.len(), self.minds.store.sets());
        if number < nodes {
            return Ok(NodeId::from(number));
        }
        match u32::try_from(number).map(NodeId) {
            Ok(state) if state.is_several() => {
                known(Edge::of_state(state).place(), sets, "unknown-state").map(|_| state)
            }
            _ => known(number, nodes, "unknown-state").map(NodeId),
        }
    }

    /// The same where only a single world will do.
    pub fn one_world(&self, number: usize) -> Result<NodeId, Fault> {
        match self.state(number)? {
            state if state.is_several() => Err(Fault::new("possible-worlds")),
            state => Ok(state),
        }
    }

    /// The event that a number given from outside means.
    pub fn event(&self, number: usize) -> Result<EventId, Fault> {
        let world = self.world();
        let count = world.events.len() + world.minted.len();
        known(number, count, "unknown-event").map(EventId)
    }

    /// The action, or what was told, that a number given from outside means.
    pub fn happening(&self, number: usize) -> Result<EventId, Fault> {
        match self.event(number)? {
            event if self.world().event(event).kind == EventKind::Minted => Ok(event),
            _ => self.action(number),
        }
    }

    /// The action that a number given from outside means.
    pub fn action(&self, number: usize) -> Result<EventId, Fault> {
        known(number, self.world().actions, "unknown-action").map(EventId)
    }

    /// The character that a number given from outside means.
    pub fn character(&self, number: usize) -> Result<CharacterId, Fault> {
        known(number, self.world().characters, "unknown-character").map(CharacterId)
    }

    /// The fluent that a number given from outside means.
    pub fn fluent(&self, number: usize) -> Result<FluentId, Fault> {
        known(number, self.world().fluents.len(), "unknown-fluent").map(FluentId)
    }

    /// The value of any fluent, a constant too, in nested minds.
    pub fn value(
        &self,
        state: NodeId,
        chain: &[CharacterId],
        fluent: FluentId,
    ) -> Result<Value, Fault> {
        match self.world().fluents.constant(fluent) {
            Some(value) => Ok(value),
            None => self
                .minds
                .store
                .value_along(state, chain, fluent)
                .map_err(Snag::fault),
        }
    }

    /// The values that a fluent, perhaps a constant, has in the worlds that a state stands for.
    pub fn values_of(&self, state: NodeId, fluent: FluentId) -> Vec<Value> {
        let store = &self.minds.store;
        match self.world().fluents.constant(fluent) {
            Some(value) => vec![value],
            None => store.values_in(&store.each(state), fluent),
        }
    }

    /// A value taken out of its four bytes.
    pub fn datum(&self, value: Value) -> Datum {
        self.minds.store.numbers.datum(value)
    }

    /// A value put into four bytes.
    pub fn packed(&mut self, datum: Datum) -> Result<Value, Fault> {
        match datum {
            Datum::Number(number) if !number.is_finite() => {
                Err(Fault::new("not-a-number").with("value", number))
            }
            Datum::Entity(entity) => {
                let count = self.world().entities();
                known(entity.index(), count, "unknown-thing")?;
                Ok(Value::entity(entity))
            }
            datum => Ok(pack(datum, &mut self.minds.store.numbers)),
        }
    }

    /// A numbered expression as a condition to ask states for. Fails if it is none.
    pub fn condition(&mut self, expression: &str) -> Result<Condition, Fault> {
        match self.grounded(expression)? {
            Question::Truth(condition) => Ok(condition),
            Question::Amount(_) => Err(Fault::new("not-a-condition")),
        }
    }

    /// A numbered expression read in a state.
    pub fn evaluate(&mut self, state: NodeId, expression: &str) -> Result<Datum, Fault> {
        let question = self.grounded(expression)?;
        self.answer(state, &question)
    }

    /// Keeps a numbered expression, grounded; `ask` takes its number.
    pub fn question(&mut self, expression: &str) -> Result<usize, Fault> {
        let question = self.grounded(expression)?;
        self.questions.push(question);
        Ok(self.questions.len() - 1)
    }

    /// A kept question asked of a state.
    pub fn ask(&self, state: NodeId, question: usize) -> Result<Datum, Fault> {
        let place = known(question, self.questions.len(), "unknown-question")?;
        self.answer(state, &self.questions[place as usize])
    }

    fn grounded(&mut self, expression: &str) -> Result<Question, Fault> {
        let expression = format::read_expression(expression)?;
        let world = std::sync::Arc::clone(&self.minds.world);
        world.question(&expression, &mut self.minds.store.numbers)
    }

    fn answer(&self, state: NodeId, question: &Question) -> Result<Datum, Fault> {
        let store = &self.minds.store;
        match question {
            Question::Truth(condition) => store.holds(state, condition).map(Datum::Boolean),
            Question::Amount(term) => store.amount(state, |at| term.evaluate(at)),
        }
        .map_err(Snag::fault)
    }

    /// How the beginning settled.
    pub fn trace_initial(&mut self, depth: usize) -> Result<Trace, Fault> {
        self.minds
            .trace_settling(self.unsettled, depth, Trace::default())
    }
}

fn known(number: usize, count: usize, code: &'static str) -> Result<u32, Fault> {
    if number < count {
        Ok(u32::try_from(number).expect("fewer than 2^32 of anything"))
    } else {
        Err(Fault::new(code).with("number", number).with("count", count))
    }
}

impl Space for Story {
    fn characters(&self) -> usize {
        self.world().characters
    }

    fn actions(&self) -> usize {
        self.world().actions
    }

    fn consenting(&self, action: EventId) -> &[CharacterId] {
        &self.world().event(action).consenting
    }

    fn initial(&self) -> NodeId {
        self.initial
    }

    fn is_possible(&mut self, state: NodeId, action: EventId) -> Result<bool, Fault> {
        self.minds.allows(state, action)
    }

    fn possible(&mut self, state: NodeId, into: &mut Vec<EventId>) -> Result<(), Fault> {
        self.minds.possible_in(state, into)
    }

    fn apply(&mut self, state: NodeId, action: EventId) -> Result<NodeId, Fault> {
        self.minds.apply_to(state, action)
    }

    fn holds(&mut self, state: NodeId, condition: &Condition) -> Result<bool, Fault> {
        self.minds
            .store
            .holds(state, condition)
            .map_err(Snag::fault)
    }

    fn mind(&mut self, state: NodeId, character: CharacterId) -> NodeId {
        self.minds.store.mind_of(state, character)
    }

    fn utility(&mut self, state: NodeId, whose: Option<CharacterId>) -> Result<Option<f64>, Fault> {
        let Minds { world, store, .. } = &self.minds;
        if !state.is_several() {
            return world.utility(whose, &store.at(state)).map_err(Snag::fault);
        }
        let mut least = Some(f64::INFINITY);
        for one in store.each(state) {
            let here = world.utility(whose, &store.at(one)).map_err(Snag::fault)?;
            least = least.zip(here).map(|(least, here)| least.min(here));
        }
        Ok(least)
    }

    fn outlook(
        &mut self,
        state: NodeId,
        aim: &Aim,
        within: u32,
    ) -> Result<Result<Outlook, TooFar>, Fault> {
        let Minds { world, store, .. } = &self.minds;
        if world.several {
            // Relaxed plans know nothing of several worlds: they could call dead what is not.
            return Ok(Outlook::unknown(self.reached(state, aim)?).within(within));
        }
        Ok(self.relax.outlook(world, store, state, aim, within))
    }

    fn never_consents(&mut self, character: CharacterId) -> bool {
        let Minds { world, store, .. } = &self.minds;
        !world.several && self.relax.idle(world, &store.numbers)[character.index()]
    }
}
