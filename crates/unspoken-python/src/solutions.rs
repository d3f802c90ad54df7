//! All solutions, one after the other, as Python has them.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyDict;

use unspoken_engine::fault::Fault;
use unspoken_engine::search::{Control, Request, Solutions as EngineSolutions};
use unspoken_engine::story::Story;

use crate::search::Plan;
use crate::values::raise;

/// All solutions of a request; works only while it is asked.
#[pyclass(frozen, module = "unspoken._engine")]
pub struct Solutions {
    story: Arc<Mutex<Story>>,
    control: Control,
    /// Transitions of the calls that are over.
    transitions: AtomicU64,
    solutions: Mutex<EngineSolutions>,
}

impl Solutions {
    pub fn new(story: Arc<Mutex<Story>>, request: Request) -> Solutions {
        Solutions {
            story,
            control: Control::default(),
            transitions: AtomicU64::new(0),
            solutions: Mutex::new(EngineSolutions::new(request)),
        }
    }

    /// Works with the interpreter released; the story is locked only meanwhile.
    fn ask<T: Send>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&mut EngineSolutions, &mut Story) -> Result<T, Fault> + Send,
    ) -> PyResult<T> {
        let broken = || Fault::new("broken-engine");
        py.detach(|| {
            let mut solutions = self.solutions.lock().map_err(|_| broken())?;
            let mut story = self.story.lock().map_err(|_| broken())?;
            let answer = question(&mut solutions, &mut story);
            self.control.stop.store(false, Relaxed);
            let transitions = self.control.transitions.swap(0, Relaxed);
            self.transitions.fetch_add(transitions, Relaxed);
            answer
        })
        .map_err(|fault| raise(py, &fault))
    }
}

#[pymethods]
impl Solutions {
    #[pyo3(signature = (transitions=None))]
    fn next(&self, py: Python<'_>, transitions: Option<u64>) -> PyResult<Option<Plan>> {
        let found = self.ask(py, |solutions, story| {
            solutions.next(story, &self.control, transitions)
        })?;
        found
            .map(|found| Plan::new(py, found.plan, found.utility))
            .transpose()
    }

    #[pyo3(signature = (most, transitions=None))]
    fn skip(&self, py: Python<'_>, most: u64, transitions: Option<u64>) -> PyResult<u64> {
        self.ask(py, |solutions, story| {
            solutions.skip(story, &self.control, most, transitions)
        })
    }

    /// For another thread than the one that waits.
    fn stop(&self) {
        self.control.stop.store(true, Relaxed);
    }

    fn ended(&self, py: Python<'_>) -> bool {
        py.detach(|| {
            let solutions = self.solutions.lock();
            solutions
                .unwrap_or_else(PoisonError::into_inner)
                .have_ended()
        })
    }

    fn progress<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let progress = PyDict::new(py);
        for (name, number) in [
            ("depth", &self.control.depth),
            ("states", &self.control.states),
            ("explanations", &self.control.explanations),
        ] {
            progress.set_item(name, number.load(Relaxed))?;
        }
        let this_call = self.control.transitions.load(Relaxed);
        progress.set_item("transitions", this_call + self.transitions.load(Relaxed))?;
        Ok(progress)
    }
}
