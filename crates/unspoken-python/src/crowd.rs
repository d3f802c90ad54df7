//! A crowd's present state as a Python object.

use std::sync::Mutex;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use unspoken_engine::crowd::{Crowd as Present, Outcome, Wanted};
use unspoken_engine::fault::Fault;
use unspoken_engine::ids::{CharacterId, EventId, FluentId};

use crate::values::{Value, raise, value};

/// A grounded world in its present state, and no other.
#[pyclass(frozen, module = "unspoken._engine")]
pub struct Crowd {
    present: Mutex<Present>,
}

impl Crowd {
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Present) -> Result<T, Fault> + Send,
    ) -> PyResult<T> {
        py.detach(|| match self.present.lock() {
            Ok(mut present) => work(&mut present),
            Err(_) => Err(Fault::new("broken-engine")),
        })
        .map_err(|fault| raise(py, &fault))
    }
}

fn known(number: usize, count: usize, code: &'static str) -> Result<usize, Fault> {
    if number < count {
        Ok(number)
    } else {
        Err(Fault::new(code).with("number", number).with("count", count))
    }
}

fn characters(present: &Present, chain: &[usize]) -> Result<Vec<CharacterId>, Fault> {
    let count = present.world().characters;
    chain
        .iter()
        .map(|&number| known(number, count, "unknown-character").map(CharacterId::from))
        .collect()
}

fn action(present: &Present, number: usize) -> Result<EventId, Fault> {
    known(number, present.world().actions, "unknown-action").map(EventId::from)
}

/// The act, who did it, whether it was done, whose minds it changed.
type Happened = (u32, Option<u32>, bool, Vec<u32>);

#[pymethods]
impl Crowd {
    #[new]
    fn new(py: Python<'_>, numbered_world: &str, depth: u32) -> PyResult<Crowd> {
        let present = py
            .detach(|| Present::begin(numbered_world, depth))
            .map_err(|fault| raise(py, &fault))?;
        Ok(Crowd {
            present: Mutex::new(present),
        })
    }

    fn value(&self, py: Python<'_>, chain: Vec<usize>, fluent: usize) -> PyResult<Value> {
        self.with(py, |present| {
            let minds = characters(present, &chain)?;
            let fluent = known(fluent, present.world().fluents.len(), "unknown-fluent")?;
            let found = present.value(&minds, FluentId::from(fluent))?;
            Ok(value(present.datum(found)))
        })
    }

    fn is_possible(&self, py: Python<'_>, chain: Vec<usize>, event: usize) -> PyResult<bool> {
        self.with(py, |present| {
            let minds = characters(present, &chain)?;
            let event = action(present, event)?;
            present.is_possible(&minds, event)
        })
    }

    fn apply(&self, py: Python<'_>, event: usize) -> PyResult<bool> {
        self.with(py, |present| {
            let event = action(present, event)?;
            present.apply(event)
        })
    }

    fn actions(&self, py: Python<'_>) -> PyResult<Vec<(String, usize, Vec<u32>)>> {
        self.with(py, |present| {
            Ok((0..present.world().actions)
                .map(|place| {
                    let event = EventId::from(place);
                    let action = present.world().event(event);
                    let consenting = action.consenting.iter().map(|who| who.0).collect();
                    (present.event_text(event), action.schema, consenting)
                })
                .collect())
        })
    }

    fn fluent(&self, py: Python<'_>, property: usize, arguments: Vec<usize>) -> PyResult<u32> {
        self.with(py, |present| {
            present
                .fluent(property, &arguments)
                .map(|found| found.0)
                .ok_or_else(|| Fault::new("unknown-fluent"))
        })
    }

    #[pyo3(signature = (whose, met, unmet, applies, weight, drive=None, highest=0.0))]
    #[expect(clippy::too_many_arguments, reason = "a wish has many sides")]
    fn wish(
        &self,
        py: Python<'_>,
        whose: usize,
        met: &str,
        unmet: &str,
        applies: Option<&str>,
        weight: f64,
        drive: Option<&str>,
        highest: f64,
    ) -> PyResult<()> {
        self.with(py, |present| {
            let whose = characters(present, &[whose])?[0];
            let wanted = Wanted {
                met,
                unmet,
                applies,
                weight,
                drive: drive.map(|level| (level, highest)),
            };
            present.wish(whose, &wanted)
        })
    }

    fn dare(&self, py: Python<'_>, whose: usize, daring: f64) -> PyResult<()> {
        self.with(py, |present| {
            let whose = characters(present, &[whose])?[0];
            present.dare(whose, daring);
            Ok(())
        })
    }

    fn decide(&self, py: Python<'_>, who: usize) -> PyResult<(Option<u32>, f64)> {
        self.with(py, |present| {
            let who = characters(present, &[who])?[0];
            let choice = present.decide(who)?;
            Ok((choice.act.map(|act| act.0), choice.total))
        })
    }

    fn round(
        &self,
        py: Python<'_>,
        round: u32,
        occasions: Vec<usize>,
        order: Vec<usize>,
        threads: usize,
    ) -> PyResult<Vec<Happened>> {
        self.with(py, |present| {
            let order = characters(present, &order)?;
            let occasions: Vec<EventId> = occasions
                .iter()
                .map(|&number| action(present, number))
                .collect::<Result<_, _>>()?;
            let happenings = present.round(round, &occasions, &order, threads)?;
            Ok(happenings
                .into_iter()
                .map(|one| {
                    let touched = one.touched.iter().map(|who| who.0).collect();
                    let done = one.outcome == Outcome::Done;
                    (one.act.0, one.who.map(|who| who.0), done, touched)
                })
                .collect())
        })
    }

    fn depth(&self, py: Python<'_>) -> PyResult<u32> {
        self.with(py, |present| Ok(present.depth()))
    }

    fn exact(&self, py: Python<'_>) -> PyResult<Option<u32>> {
        self.with(py, |present| Ok(present.exact()))
    }

    fn size<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let sizes = self.with(py, |present| {
            let world = present.world();
            let changing = world.fluents.changing();
            let (minds, bytes) = present.size();
            Ok([
                ("fluents", changing),
                ("constants", world.fluents.len() - changing),
                ("actions", world.actions),
                ("triggers", world.events.len() - world.actions),
                ("minds", minds),
                ("bytes", bytes),
            ])
        })?;
        let size = PyDict::new(py);
        for (name, number) in sizes {
            size.set_item(name, number)?;
        }
        Ok(size)
    }
}
