//! A crowd's present state as a Python object.

use std::sync::Mutex;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use unspoken_engine::crowd::Crowd as Present;
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

    fn apply(&self, py: Python<'_>, event: usize) -> PyResult<()> {
        self.with(py, |present| {
            let event = action(present, event)?;
            present.apply(event)
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
