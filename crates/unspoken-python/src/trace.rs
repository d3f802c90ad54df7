//! A transition, looked at closely, as Python has it.

use pyo3::prelude::*;

use unspoken_engine::ids::CharacterId;
use unspoken_engine::minds::{Difference, Trace as EngineTrace};
use unspoken_engine::story::Story;
use unspoken_engine::value::{Datum, Value as Packed};

use crate::values::{Value, value};

/// One thing that happened on the actual level.
#[pyclass(frozen, get_all, module = "unspoken._engine")]
pub struct Step {
    event: u32,
    before: u32,
    after: u32,
}

/// The values that something may have had, and may have.
type Among = Option<(Vec<Value>, Vec<Value>)>;

/// Chain, fluent, value before, value after; and where the worlds of a mind differ about it, the
/// values that it may have had and may have.
pub type FluentValue = (Vec<u32>, u32, Value, Value, Among);

/// A difference, with the values that it stands for.
pub struct Described {
    chain: Vec<u32>,
    fluent: u32,
    values: [Datum; 2],
    among: Option<[Vec<Datum>; 2]>,
}

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
    surprises: Vec<Described>,
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
        self.surprises.iter().map(fluent_value).collect()
    }
}

/// A chain of minds as numbers.
pub fn chain(minds: &[CharacterId]) -> Vec<u32> {
    minds.iter().map(|character| character.0).collect()
}

/// A difference as Python has it.
pub fn fluent_value(difference: &Described) -> FluentValue {
    let all = |data: &Vec<Datum>| data.iter().map(|&datum| value(datum)).collect();
    let among = difference.among.as_ref();
    (
        difference.chain.clone(),
        difference.fluent,
        value(difference.values[0]),
        value(difference.values[1]),
        among.map(|[before, after]| (all(before), all(after))),
    )
}

/// A difference, with the values that it stands for.
pub fn described(story: &Story, difference: Difference) -> Described {
    let data = |values: Vec<Packed>| values.into_iter().map(|v| story.datum(v)).collect();
    Described {
        chain: chain(&difference.chain),
        fluent: difference.fluent.0,
        values: [difference.before, difference.after].map(|value| story.datum(value)),
        among: difference.among.map(|among| {
            let (before, after) = *among;
            [data(before), data(after)]
        }),
    }
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
