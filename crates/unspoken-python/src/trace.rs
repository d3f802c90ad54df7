//! A transition, looked at closely, as Python has it.

use pyo3::prelude::*;

use unspoken_engine::ids::CharacterId;
use unspoken_engine::minds::{Difference, Trace as EngineTrace};
use unspoken_engine::story::Story;
use unspoken_engine::value::Datum;

use crate::values::{Value, value};

/// One thing that happened on the actual level.
#[pyclass(frozen, get_all, module = "unspoken._engine")]
pub struct Step {
    event: u32,
    before: u32,
    after: u32,
}

/// Chain, fluent, value before, value after.
pub type FluentValue = (Vec<u32>, u32, Value, Value);

/// A transition, looked at closely.
#[pyclass(frozen, module = "unspoken._engine")]
pub struct Trace {
    steps: Vec<(u32, u32, u32)>,
    #[pyo3(get)]
    settled: u32,
    #[pyo3(get)]
    observed: Vec<(Vec<u32>, bool)>,
    #[pyo3(get)]
    inferred: Vec<(Vec<u32>, u32)>,
    surprises: Vec<(Difference, [Datum; 2])>,
}

#[pymethods]
impl Trace {
    #[getter]
    fn steps(&self) -> Vec<Step> {
        self.steps
            .iter()
            .map(|&(event, before, after)| Step {
                event,
                before,
                after,
            })
            .collect()
    }

    #[getter]
    fn surprises(&self) -> Vec<FluentValue> {
        self.surprises
            .iter()
            .map(|(difference, values)| fluent_value(difference, *values))
            .collect()
    }
}

/// A chain of minds as numbers.
pub fn chain(minds: &[CharacterId]) -> Vec<u32> {
    minds.iter().map(|character| character.0).collect()
}

/// A difference with its values.
pub fn fluent_value(difference: &Difference, [before, after]: [Datum; 2]) -> FluentValue {
    (
        chain(&difference.chain),
        difference.fluent.0,
        value(before),
        value(after),
    )
}

/// A difference, with the values that it stands for.
pub fn described(story: &Story, difference: Difference) -> (Difference, [Datum; 2]) {
    let data = [difference.before, difference.after].map(|value| story.datum(value));
    (difference, data)
}

/// A trace with its values.
pub fn traced(story: &Story, trace: EngineTrace) -> Trace {
    Trace {
        steps: trace
            .steps
            .iter()
            .map(|step| (step.event.0, step.before.0, step.after.0))
            .collect(),
        settled: trace.settled.expect("a trace ends").0,
        observed: trace
            .observed
            .iter()
            .map(|(minds, sees)| (chain(minds), *sees))
            .collect(),
        inferred: trace
            .inferred
            .iter()
            .map(|(minds, event)| (chain(minds), event.0))
            .collect(),
        surprises: trace
            .surprises
            .into_iter()
            .map(|difference| described(story, difference))
            .collect(),
    }
}
