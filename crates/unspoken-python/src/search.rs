//! Searches and replays as Python has them.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyDict;

use unspoken_engine::fault::Fault;
use unspoken_engine::ids::{CharacterId, EventId};
use unspoken_engine::plan as engine;
use unspoken_engine::replay::{Demanded, Verdict as EngineVerdict};
use unspoken_engine::search::{Control, Outcome, Report, Request, solve};
use unspoken_engine::story::Story;

use crate::values::raise;

/// A search under way on a thread of its own.
#[pyclass(frozen, module = "unspoken._engine")]
pub struct Search {
    control: Arc<Control>,
    ended: Arc<Ended>,
}

/// How it ended, once it has.
#[derive(Default)]
struct Ended {
    report: Mutex<Option<Result<Report, Fault>>>,
    signal: Condvar,
}

impl Ended {
    fn report(&self) -> MutexGuard<'_, Option<Result<Report, Fault>>> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says how a search ended even if it ends by a panic.
struct Ending(Arc<Ended>);

impl Ending {
    fn with(self, report: Result<Report, Fault>) {
        *self.0.report() = Some(report);
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.0
            .report()
            .get_or_insert_with(|| Err(Fault::new("broken-engine")));
        self.0.signal.notify_all();
    }
}

impl Search {
    /// Starts a search; it has the story to itself until it ends.
    pub fn start(story: Arc<Mutex<Story>>, request: Request) -> PyResult<Search> {
        let search = Search {
            control: Arc::default(),
            ended: Arc::default(),
        };
        let (control, ending) = (search.control.clone(), Ending(search.ended.clone()));
        thread::Builder::new()
            .name("unspoken search".to_owned())
            .spawn(move || {
                let report = match story.lock() {
                    Ok(mut story) => solve(&mut *story, &request, &control),
                    Err(_) => Err(Fault::new("broken-engine")),
                };
                ending.with(report);
            })?;
        Ok(search)
    }

    fn ask<T>(&self, py: Python<'_>, question: impl FnOnce(&Report) -> T) -> PyResult<T> {
        match &*self.ended.report() {
            Some(Ok(report)) => Ok(question(report)),
            Some(Err(fault)) => Err(raise(py, fault)),
            None => Err(raise(py, &Fault::new("search-under-way"))),
        }
    }
}

impl Drop for Search {
    /// Nobody waits for it any more.
    fn drop(&mut self) {
        self.control.stop.store(true, Relaxed);
    }
}

#[pymethods]
impl Search {
    fn wait(&self, py: Python<'_>, seconds: f64) -> bool {
        let patience = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::ZERO);
        py.detach(|| {
            let end = Instant::now().checked_add(patience);
            let mut report = self.ended.report();
            while report.is_none() {
                // A time too far off to be told is no time.
                let left = end.map_or(Duration::MAX, |end| {
                    end.saturating_duration_since(Instant::now())
                });
                if left.is_zero() {
                    break;
                }
                report = self
                    .ended
                    .signal
                    .wait_timeout(report, left)
                    .unwrap_or_else(PoisonError::into_inner)
                    .0;
            }
            report.is_some()
        })
    }

    fn stop(&self) {
        self.control.stop.store(true, Relaxed);
    }

    fn progress<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let progress = PyDict::new(py);
        for (name, number) in [
            ("depth", &self.control.depth),
            ("states", &self.control.states),
            ("transitions", &self.control.transitions),
            ("explanations", &self.control.explanations),
            ("best", &self.control.best),
        ] {
            progress.set_item(name, number.load(Relaxed))?;
        }
        Ok(progress)
    }

    fn outcome(&self, py: Python<'_>) -> PyResult<&'static str> {
        self.ask(py, |report| match report.outcome {
            Outcome::Found => "found",
            Outcome::Impossible => "impossible",
            Outcome::Stopped => "stopped",
        })
    }

    fn plan(&self, py: Python<'_>) -> PyResult<Option<Plan>> {
        let found = self.ask(py, |report| Some((report.plan.clone()?, report.utility)))?;
        found
            .map(|(plan, utility)| Plan::new(py, plan, utility))
            .transpose()
    }

    fn furthest(&self, py: Python<'_>) -> PyResult<(u32, u32)> {
        self.ask(py, |report| (report.furthest.scenes, report.furthest.musts))
    }

    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let stats = PyDict::new(py);
        self.ask(py, |report| {
            stats.set_item("milliseconds", report.milliseconds)?;
            stats.set_item("transitions", report.transitions)?;
            stats.set_item("states", report.states)?;
            stats.set_item("explanations", report.explanations)?;
            stats.set_item("shortest", report.shortest)?;
            if let Some(first) = report.first {
                stats.set_item("first_acts", first.acts)?;
                stats.set_item("first_transitions", first.transitions)?;
                stats.set_item("first_milliseconds", first.milliseconds)?;
            }
            PyResult::Ok(())
        })??;
        Ok(stats)
    }
}

/// Acts and, for each, a reason for each consenting character.
#[pyclass(frozen, get_all, module = "unspoken._engine")]
pub struct Plan {
    acts: Vec<u32>,
    reasons: Vec<Vec<Py<Reason>>>,
    utility: Option<f64>,
}

impl Plan {
    pub fn new(py: Python<'_>, plan: engine::Plan, utility: Option<f64>) -> PyResult<Plan> {
        Ok(Plan {
            acts: numbers(&plan.acts),
            reasons: all_reasons(py, plan.reasons)?,
            utility,
        })
    }
}

/// Why a character does an act.
#[pyclass(frozen, get_all, module = "unspoken._engine")]
pub struct Reason {
    character: u32,
    rest: Vec<u32>,
    reasons: Vec<Vec<Py<Reason>>>,
    utility_before: Option<f64>,
    utility_after: Option<f64>,
}

impl Reason {
    pub fn new(py: Python<'_>, reason: engine::Reason) -> PyResult<Py<Reason>> {
        let reason = Reason {
            character: reason.character.0,
            rest: numbers(&reason.rest),
            reasons: all_reasons(py, reason.reasons)?,
            utility_before: reason.before,
            utility_after: reason.after,
        };
        Py::new(py, reason)
    }
}

fn all_reasons(
    py: Python<'_>,
    reasons: Vec<Vec<engine::Reason>>,
) -> PyResult<Vec<Vec<Py<Reason>>>> {
    let one_act = |reasons: Vec<engine::Reason>| {
        let reasons = reasons.into_iter();
        reasons.map(|reason| Reason::new(py, reason)).collect()
    };
    reasons.into_iter().map(one_act).collect()
}

pub fn numbers(acts: &[EventId]) -> Vec<u32> {
    acts.iter().map(|act| act.0).collect()
}

/// A reason as somebody states it: character, rest, and the reasons of each act of the rest.
#[derive(FromPyObject)]
pub struct Stated(usize, Vec<usize>, Vec<Vec<Stated>>);

/// The plan that is stated, if its numbers mean something.
pub fn stated_plan(
    story: &Story,
    acts: &[usize],
    reasons: &[Vec<Stated>],
) -> Result<engine::Plan, Fault> {
    Ok(engine::Plan {
        acts: acts
            .iter()
            .map(|&act| story.action(act))
            .collect::<Result<_, _>>()?,
        reasons: stated_reasons(story, reasons)?,
    })
}

fn stated_reasons(
    story: &Story,
    reasons: &[Vec<Stated>],
) -> Result<Vec<Vec<engine::Reason>>, Fault> {
    let one_reason = |Stated(character, rest, reasons): &Stated| {
        let plan = stated_plan(story, rest, reasons)?;
        Ok(engine::Reason {
            character: story.character(*character)?,
            rest: plan.acts,
            reasons: plan.reasons,
            before: None,
            after: None,
        })
    };
    reasons
        .iter()
        .map(|reasons| reasons.iter().map(one_reason).collect())
        .collect()
}

/// What a replay found.
#[pyclass(frozen, get_all, module = "unspoken._engine")]
pub struct Verdict {
    utility_before: Option<f64>,
    utility_after: Option<f64>,
    rule: Option<&'static str>,
    within: Vec<(usize, u32)>,
    act: Option<usize>,
    character: Option<u32>,
    demand: Option<(&'static str, usize)>,
    state: Option<u32>,
    before: Option<f64>,
    after: Option<f64>,
    kept: Vec<usize>,
}

impl From<EngineVerdict> for Verdict {
    fn from(verdict: EngineVerdict) -> Self {
        let person = |character: CharacterId| character.0;
        let (utility_before, utility_after) = (verdict.before, verdict.after);
        let Some(failure) = verdict.failure else {
            return Verdict {
                utility_before,
                utility_after,
                rule: None,
                within: Vec::new(),
                act: None,
                character: None,
                demand: None,
                state: None,
                before: None,
                after: None,
                kept: Vec::new(),
            };
        };
        Verdict {
            utility_before,
            utility_after,
            rule: Some(failure.rule.name()),
            within: failure
                .within
                .iter()
                .map(|&(act, who)| (act, person(who)))
                .collect(),
            act: failure.act,
            character: failure.character.map(person),
            demand: failure.demand.map(|demand| match demand {
                Demanded::Scene(place) => ("scene", place),
                Demanded::Must(place) => ("must", place),
                Demanded::Keep(place) => ("keep", place),
            }),
            state: Some(failure.state.0),
            before: failure.before,
            after: failure.after,
            kept: failure.kept,
        }
    }
}
