//! The engine as one Python object.

use std::sync::{Arc, Mutex};

use pyo3::prelude::*;
use pyo3::types::PyDict;

use unspoken_engine::demands::Demands;
use unspoken_engine::fault::Fault;
use unspoken_engine::ground::{Condition, EventKind};
use unspoken_engine::ids::{CharacterId, EventId, FluentId, NodeId};
use unspoken_engine::minds::Written;
use unspoken_engine::relax::{Aim, Threshold};
use unspoken_engine::replay::replay_for;
use unspoken_engine::search::{Beginnings, Deed, Effort, Ideas, Request};
use unspoken_engine::space::Space;
use unspoken_engine::story::Story;

use crate::demands::{StatedDemand, StatedDemands};
use crate::search::{Search, Stated, Verdict, numbers, stated_plan};
use crate::solutions::Solutions;
use crate::trace::{FluentValue, Trace, chain, described, fluent_value, traced};
use crate::values::{Known, Value, datum, raise, value};
use crate::why_not::{self, Account};

/// A grounded world and every state that it has met.
#[pyclass(frozen, module = "unspoken._engine")]
pub struct Engine {
    story: Arc<Mutex<Story>>,
    beginnings: Mutex<Beginnings>,
}

impl Engine {
    /// Works on the story with the interpreter released.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Story) -> Result<T, Fault> + Send,
    ) -> PyResult<T> {
        py.detach(|| match self.story.lock() {
            Ok(mut story) => work(&mut story),
            Err(_) => Err(Fault::new("broken-engine")),
        })
        .map_err(|fault| raise(py, &fault))
    }

    fn demands(
        &self,
        py: Python<'_>,
        scenes: Vec<StatedDemand>,
        musts: Vec<StatedDemand>,
        never: Vec<usize>,
        keep: Vec<(usize, String)>,
    ) -> PyResult<Demands> {
        let stated = StatedDemands {
            scenes,
            musts,
            never,
            keep,
        };
        self.with(py, |story| stated.of(story))
    }
}

#[pymethods]
impl Engine {
    #[new]
    fn new(py: Python<'_>, numbered_world: &str) -> PyResult<Engine> {
        let story = py
            .detach(|| Story::begin(numbered_world))
            .map_err(|fault| raise(py, &fault))?;
        Ok(Engine {
            story: Arc::new(Mutex::new(story)),
            beginnings: Mutex::default(),
        })
    }

    fn fluents(&self, py: Python<'_>) -> PyResult<Vec<(usize, Vec<Value>)>> {
        self.with(py, |story| {
            let fluents = story.world().fluents.iter();
            Ok(fluents
                .map(|fluent| {
                    let arguments = fluent.arguments.iter();
                    let arguments = arguments.map(|&argument| value(story.datum(argument)));
                    (fluent.property, arguments.collect())
                })
                .collect())
        })
    }

    #[expect(clippy::type_complexity, reason = "it is the stub's type")]
    fn events(&self, py: Python<'_>) -> PyResult<Vec<(u8, usize, Vec<Value>, Vec<u32>)>> {
        self.with(py, |story| {
            let events = story.world().events.iter();
            Ok(events
                .map(|event| {
                    let arguments = event.arguments.iter();
                    let arguments = arguments.map(|&argument| value(story.datum(argument)));
                    (
                        u8::from(event.kind == EventKind::Trigger),
                        event.schema,
                        arguments.collect(),
                        chain(&event.consenting),
                    )
                })
                .collect())
        })
    }

    fn initial(&self, py: Python<'_>) -> PyResult<u32> {
        self.with(py, |story| Ok(story.initial().0))
    }

    fn mind(&self, py: Python<'_>, state: usize, character: usize) -> PyResult<u32> {
        self.with(py, |story| {
            let (state, character) = (story.state(state)?, story.character(character)?);
            Ok(story.mind(state, character).0)
        })
    }

    fn value(
        &self,
        py: Python<'_>,
        state: usize,
        chain: Vec<usize>,
        fluent: usize,
    ) -> PyResult<Value> {
        self.with(py, |story| {
            let state = story.state(state)?;
            let minds = characters(story, &chain)?;
            let fluent = story.fluent(fluent)?;
            let found = story.value(state, &minds, fluent)?;
            Ok(value(story.datum(found)))
        })
    }

    fn values(&self, py: Python<'_>, state: usize) -> PyResult<Vec<Value>> {
        self.with(py, |story| {
            let state = story.state(state)?;
            (0..story.world().fluents.len())
                .map(|fluent| {
                    let found = story.value(state, &[], FluentId::from(fluent))?;
                    Ok(value(story.datum(found)))
                })
                .collect()
        })
    }

    fn worlds(&self, py: Python<'_>, state: usize) -> PyResult<Vec<u32>> {
        self.with(py, |story| {
            let state = story.state(state)?;
            let worlds = story.minds().store.each(state);
            Ok(worlds.iter().map(|world| world.0).collect())
        })
    }

    fn values_of(&self, py: Python<'_>, state: usize, fluent: usize) -> PyResult<Vec<Value>> {
        self.with(py, |story| {
            let (state, fluent) = (story.state(state)?, story.fluent(fluent)?);
            let values = story.values_of(state, fluent);
            Ok(values
                .into_iter()
                .map(|found| value(story.datum(found)))
                .collect())
        })
    }

    fn utility(
        &self,
        py: Python<'_>,
        state: usize,
        character: Option<usize>,
    ) -> PyResult<Option<f64>> {
        self.with(py, |story| {
            let state = story.state(state)?;
            let whose = character.map(|c| story.character(c)).transpose()?;
            story.utility(state, whose)
        })
    }

    fn evaluate(&self, py: Python<'_>, state: usize, expression: &str) -> PyResult<Value> {
        self.with(py, |story| {
            let state = story.state(state)?;
            Ok(value(story.evaluate(state, expression)?))
        })
    }

    fn question(&self, py: Python<'_>, expression: &str) -> PyResult<usize> {
        self.with(py, |story| story.question(expression))
    }

    fn ask(&self, py: Python<'_>, state: usize, question: usize) -> PyResult<Value> {
        self.with(py, |story| {
            let state = story.state(state)?;
            Ok(value(story.ask(state, question)?))
        })
    }

    fn ask_all(&self, py: Python<'_>, state: usize, questions: Vec<usize>) -> PyResult<Vec<Value>> {
        self.with(py, |story| {
            let state = story.state(state)?;
            let mut answers = Vec::with_capacity(questions.len());
            for question in questions {
                answers.push(value(story.ask(state, question)?));
            }
            Ok(answers)
        })
    }

    fn possible(&self, py: Python<'_>, state: usize) -> PyResult<Vec<u32>> {
        self.with(py, |story| {
            let state = story.state(state)?;
            let mut possible = Vec::new();
            story.possible(state, &mut possible)?;
            Ok(possible.iter().map(|event: &EventId| event.0).collect())
        })
    }

    fn options(&self, py: Python<'_>, state: usize, character: usize) -> PyResult<Vec<u32>> {
        self.with(py, |story| {
            let (state, character) = (story.state(state)?, story.character(character)?);
            let mut options = Vec::new();
            story.minds_mut().options(state, character, &mut options)?;
            Ok(options.iter().map(|event: &EventId| event.0).collect())
        })
    }

    fn is_possible(&self, py: Python<'_>, state: usize, event: usize) -> PyResult<bool> {
        self.with(py, |story| {
            let (state, event) = (story.state(state)?, story.event(event)?);
            story.is_possible(state, event)
        })
    }

    fn observes(
        &self,
        py: Python<'_>,
        state: usize,
        event: usize,
        character: usize,
    ) -> PyResult<bool> {
        self.with(py, |story| {
            let (state, event) = (story.state(state)?, story.event(event)?);
            let character = story.character(character)?;
            story.minds().observes(state, event, character)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "an aim has many sides")]
    #[pyo3(signature = (state, character, above=None, at_least=None, through=Vec::new(),
                        acts=Vec::new(), never=Vec::new(), within=u32::MAX))]
    fn outlook(
        &self,
        py: Python<'_>,
        state: usize,
        character: Option<usize>,
        above: Option<f64>,
        at_least: Option<f64>,
        through: Vec<String>,
        acts: Vec<Vec<usize>>,
        never: Vec<usize>,
        within: u32,
    ) -> PyResult<Option<(u32, u32, Vec<u32>)>> {
        self.with(py, |story| {
            let state = story.state(state)?;
            let whose = character.map(|c| story.character(c)).transpose()?;
            let pass = through
                .iter()
                .map(|expression| story.condition(expression))
                .collect::<Result<Vec<Condition>, Fault>>()?;
            let acts = acts
                .iter()
                .map(|group| group.iter().map(|&act| story.action(act)).collect())
                .collect::<Result<Vec<Vec<EventId>>, Fault>>()?;
            // Empty where nothing is ruled out, as a search has it.
            let mut banned = Vec::new();
            for act in never {
                banned.resize(story.world().actions, false);
                banned[story.action(act)?.index()] = true;
            }
            let aim = Aim {
                whose,
                utility: (above.map(Threshold::Above)).or(at_least.map(Threshold::AtLeast)),
                pass: &pass.iter().collect::<Vec<_>>(),
                acts: &acts.iter().map(Vec::as_slice).collect::<Vec<_>>(),
                never: &banned,
                delays: &[],
            };
            let outlook = story.outlook(state, &aim, within)?;
            Ok(outlook.ok().map(|outlook| {
                let helpful = outlook.helpful.iter().map(|act| act.0).collect();
                (outlook.at_least, outlook.about, helpful)
            }))
        })
    }

    fn never_consents(&self, py: Python<'_>, character: usize) -> PyResult<bool> {
        self.with(py, |story| {
            let character = story.character(character)?;
            Ok(story.never_consents(character))
        })
    }

    fn may_be(&self, py: Python<'_>, fluent: usize, value: Option<Known>) -> PyResult<bool> {
        self.with(py, |story| {
            let fluent = story.fluent(fluent)?;
            let value = story.packed(datum(value))?;
            Ok(story.world().may_be(fluent, value))
        })
    }

    fn fits(&self, py: Python<'_>, fluent: usize, value: Option<Known>) -> PyResult<bool> {
        self.with(py, |story| {
            let fluent = story.fluent(fluent)?;
            let value = story.packed(datum(value))?;
            Ok(story.world().fits(fluent, value))
        })
    }

    #[expect(clippy::type_complexity, reason = "it is the stub's type")]
    fn graph(
        &self,
        py: Python<'_>,
        state: usize,
        order: Vec<usize>,
    ) -> PyResult<Vec<(Vec<Value>, Vec<Vec<usize>>)>> {
        self.with(py, |story| {
            let (state, order) = (story.one_world(state)?, characters(story, &order)?);
            let graph = story.minds().graph(state, &order);
            let written = |node: Written| {
                let values = node.values.iter();
                let values = values.map(|&found| value(story.datum(found))).collect();
                (values, node.minds)
            };
            Ok(graph.into_iter().map(written).collect())
        })
    }

    #[expect(clippy::type_complexity, reason = "it is the stub's type")]
    fn state_of(
        &self,
        py: Python<'_>,
        graph: Vec<(Vec<Option<Known>>, Vec<Vec<usize>>)>,
    ) -> PyResult<u32> {
        self.with(py, |story| {
            let mut written = Vec::with_capacity(graph.len());
            for (values, minds) in graph {
                let values = values.into_iter().map(|value| story.packed(datum(value)));
                let values = values.collect::<Result<_, Fault>>()?;
                written.push(Written { values, minds });
            }
            Ok(story.minds_mut().of_graph(&written)?.0)
        })
    }

    fn mint(
        &self,
        py: Python<'_>,
        pins: Vec<(Vec<usize>, usize, Option<Known>)>,
        observers: Vec<usize>,
    ) -> PyResult<u32> {
        self.with(py, |story| {
            let mut tellings = Vec::with_capacity(pins.len());
            for (chain, fluent, value) in pins {
                let value = story.packed(datum(value))?;
                tellings.push((characters(story, &chain)?, story.fluent(fluent)?, value));
            }
            let observers = characters(story, &observers)?;
            let event = story.minds_mut().mint(&tellings, &observers)?;
            Ok(event.0)
        })
    }

    fn apply(&self, py: Python<'_>, state: usize, event: usize) -> PyResult<u32> {
        self.with(py, |story| {
            let (state, event) = (story.state(state)?, story.happening(event)?);
            story.apply(state, event).map(|after: NodeId| after.0)
        })
    }

    fn trace(&self, py: Python<'_>, state: usize, event: usize, depth: usize) -> PyResult<Trace> {
        self.with(py, |story| {
            let (state, event) = (story.one_world(state)?, story.happening(event)?);
            let trace = story.minds_mut().trace(state, event, depth)?;
            Ok(traced(story, trace))
        })
    }

    fn trace_initial(&self, py: Python<'_>, depth: usize) -> PyResult<Trace> {
        self.with(py, |story| {
            let trace = story.trace_initial(depth)?;
            Ok(traced(story, trace))
        })
    }

    fn differences(
        &self,
        py: Python<'_>,
        before: usize,
        after: usize,
        depth: usize,
    ) -> PyResult<Vec<FluentValue>> {
        self.with(py, |story| {
            let (before, after) = (story.state(before)?, story.state(after)?);
            let differences = story.minds_mut().differences(before, after, depth);
            let described = |difference| fluent_value(&described(story, difference));
            Ok(differences.into_iter().map(described).collect())
        })
    }

    #[pyo3(signature = (goal, author_limit=None, character_limit=None, epistemic_limit=None, *,
                        transitions=None, milliseconds=None, budget=None, any=false,
                        scenes=Vec::new(), musts=Vec::new(), never=Vec::new(), keep=Vec::new(),
                        without=Vec::new()))]
    #[expect(clippy::too_many_arguments)] // keywords, in Python
    fn search(
        &self,
        py: Python<'_>,
        goal: Option<f64>,
        author_limit: Option<u32>,
        character_limit: Option<u32>,
        epistemic_limit: Option<u32>,
        transitions: Option<u64>,
        milliseconds: Option<u64>,
        budget: Option<u64>,
        any: bool,
        scenes: Vec<StatedDemand>,
        musts: Vec<StatedDemand>,
        never: Vec<usize>,
        keep: Vec<(usize, String)>,
        without: Vec<String>,
    ) -> PyResult<Search> {
        let mut ideas = Ideas::default();
        for name in &without {
            if !ideas.without(name) {
                return Err(raise(py, &Fault::new("no-such-idea").with("name", name)));
            }
        }
        let demands = self.demands(py, scenes, musts, never, keep)?;
        let request = Request {
            goal,
            demands,
            author_limit,
            character_limit,
            epistemic_limit,
            transitions,
            milliseconds,
            budget,
            any,
            ideas,
        };
        Search::start(self.story.clone(), request)
    }

    #[pyo3(signature = (goal, author_limit=None, character_limit=None, epistemic_limit=None, *,
                        scenes=Vec::new(), musts=Vec::new(), never=Vec::new(), keep=Vec::new()))]
    #[expect(clippy::too_many_arguments)] // keywords, in Python
    fn solutions(
        &self,
        py: Python<'_>,
        goal: Option<f64>,
        author_limit: Option<u32>,
        character_limit: Option<u32>,
        epistemic_limit: Option<u32>,
        scenes: Vec<StatedDemand>,
        musts: Vec<StatedDemand>,
        never: Vec<usize>,
        keep: Vec<(usize, String)>,
    ) -> PyResult<Solutions> {
        let demands = self.demands(py, scenes, musts, never, keep)?;
        let request = Request {
            goal,
            demands,
            author_limit,
            character_limit,
            epistemic_limit,
            ..Request::default()
        };
        Ok(Solutions::new(self.story.clone(), request))
    }

    #[pyo3(signature = (state, act, character_limit=None, epistemic_limit=None,
                        milliseconds=None))]
    fn why_not(
        &self,
        py: Python<'_>,
        state: usize,
        act: usize,
        character_limit: Option<u32>,
        epistemic_limit: Option<u32>,
        milliseconds: Option<u64>,
    ) -> PyResult<Vec<Py<Account>>> {
        let request = Request {
            character_limit,
            epistemic_limit,
            milliseconds,
            ..Request::default()
        };
        why_not::ask(py, &self.story, state, act, &request)
    }

    #[expect(clippy::too_many_arguments)] // keywords, in Python
    #[pyo3(signature = (believed, character, act, *, character_limit, epistemic_limit, work,
                        without=Vec::new()))]
    fn reason(
        &self,
        py: Python<'_>,
        believed: usize,
        character: usize,
        act: usize,
        character_limit: u32,
        epistemic_limit: u32,
        work: u64,
        without: Vec<(Option<usize>, usize)>,
    ) -> PyResult<Option<(Vec<u32>, f64, f64)>> {
        let effort = Effort {
            character_limit,
            epistemic_limit,
            work,
        };
        self.with(py, |story| {
            let (believed, act) = (story.state(believed)?, story.action(act)?);
            let question = (believed, story.character(character)?, act);
            let without: Vec<Deed> = without
                .iter()
                .map(|&(at, act)| {
                    Ok((
                        at.map(|at| story.state(at)).transpose()?,
                        story.action(act)?,
                    ))
                })
                .collect::<Result<_, Fault>>()?;
            let mut beginnings = match self.beginnings.lock() {
                Ok(beginnings) => beginnings,
                Err(_) => return Err(Fault::new("broken-engine")),
            };
            let reason = beginnings.reason(story, question, effort, &without)?;
            Ok(reason.map(|reason| (numbers(&reason.rest), reason.before, reason.after)))
        })
    }

    #[pyo3(signature = (acts, reasons, goal_wanted=true, *, scenes=Vec::new(), musts=Vec::new(),
                        never=Vec::new(), keep=Vec::new()))]
    #[expect(clippy::too_many_arguments)] // keywords, in Python
    fn replay(
        &self,
        py: Python<'_>,
        acts: Vec<usize>,
        reasons: Vec<Vec<Stated>>,
        goal_wanted: bool,
        scenes: Vec<StatedDemand>,
        musts: Vec<StatedDemand>,
        never: Vec<usize>,
        keep: Vec<(usize, String)>,
    ) -> PyResult<Verdict> {
        let demands = self.demands(py, scenes, musts, never, keep)?;
        self.with(py, |story| {
            let plan = stated_plan(story, &acts, &reasons)?;
            replay_for(story, &plan, &demands, goal_wanted).map(Verdict::from)
        })
    }

    fn size<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let sizes = self.with(py, |story| {
            let (world, minds) = (story.world(), story.minds());
            let changing = world.fluents.changing();
            Ok([
                ("fluents", changing as u64),
                ("constants", (world.fluents.len() - changing) as u64),
                ("actions", world.actions as u64),
                ("triggers", (world.events.len() - world.actions) as u64),
                ("states", minds.store.len() as u64),
                ("transitions", minds.transitions()),
                ("bytes", minds.bytes() as u64),
            ])
        })?;
        let size = PyDict::new(py);
        for (name, number) in sizes {
            size.set_item(name, number)?;
        }
        Ok(size)
    }

    fn check_invariants(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, |story| story.minds().store.check_invariants())
    }
}

fn characters(story: &Story, chain: &[usize]) -> Result<Vec<CharacterId>, Fault> {
    chain
        .iter()
        .map(|&character| story.character(character))
        .collect()
}
