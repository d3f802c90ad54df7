//! Why somebody would not take part in an act, as Python has it.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;

use unspoken_engine::fault::Fault;
use unspoken_engine::search::{Account as EngineAccount, Control, Finding, Request, why_not};
use unspoken_engine::story::Story;

use crate::search::{Reason, numbers};
use crate::values::raise;

/// What a character makes of an act.
#[pyclass(frozen, get_all, module = "unspoken._engine")]
pub struct Account {
    character: u32,
    believed: u32,
    before: Option<f64>,
    finding: &'static str,
    reason: Option<Py<Reason>>,
    acts: Vec<u32>,
    after: Option<f64>,
    place: Option<usize>,
    account: Option<Py<Account>>,
    kept: Vec<usize>,
    most: Option<f64>,
    otherwise: Option<f64>,
}

impl Account {
    fn new(py: Python<'_>, account: EngineAccount) -> PyResult<Py<Account>> {
        let mut values = Account {
            character: account.character.0,
            believed: account.believed.0,
            before: account.before,
            finding: "unsettled",
            reason: None,
            acts: Vec::new(),
            after: None,
            place: None,
            account: None,
            kept: Vec::new(),
            most: None,
            otherwise: None,
        };
        match account.finding {
            Finding::Willing(reason) => {
                values.finding = "willing";
                values.reason = Some(Reason::new(py, reason)?);
            }
            Finding::Impossible => values.finding = "impossible",
            Finding::Unknown => values.finding = "unknown",
            Finding::Others {
                acts,
                after,
                place,
                account,
            } => {
                values.finding = "others";
                (values.acts, values.after) = (numbers(&acts), Some(after));
                values.place = Some(place);
                values.account = Some(Account::new(py, *account)?);
            }
            Finding::TooFar { acts, after } => {
                values.finding = "too-far";
                (values.acts, values.after) = (numbers(&acts), Some(after));
            }
            Finding::Needless { acts, after, kept } => {
                values.finding = "needless";
                (values.acts, values.after) = (numbers(&acts), Some(after));
                values.kept = kept;
            }
            Finding::NoGain { most, otherwise } => {
                values.finding = "no-gain";
                (values.most, values.otherwise) = (Some(most), Some(otherwise));
            }
            Finding::Unsettled => {}
        }
        Py::new(py, values)
    }
}

/// How long Ctrl-C may wait.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Asks, on another thread, so that this one hears of Ctrl-C.
pub fn ask(
    py: Python<'_>,
    story: &Arc<Mutex<Story>>,
    state: usize,
    act: usize,
    request: &Request,
) -> PyResult<Vec<Py<Account>>> {
    let control = Control::default();
    let answer = || match story.lock() {
        Ok(mut story) => {
            let (state, act) = (story.state(state)?, story.action(act)?);
            why_not(&mut *story, state, act, request, &control)
        }
        Err(_) => Err(Fault::new("broken-engine")),
    };
    let accounts = thread::scope(|scope| {
        let (ended, has_ended) = channel();
        let worker = scope.spawn(move || {
            let _ended = ended; // which hangs up when this is over
            answer()
        });
        let has_ended = Mutex::new(has_ended);
        let mut interruption = None;
        loop {
            let ended = py.detach(|| {
                let has_ended = has_ended.lock().expect("asked by one thread");
                has_ended.recv_timeout(LOOK_EVERY) == Err::<(), _>(RecvTimeoutError::Disconnected)
            });
            if ended {
                break;
            }
            if let Err(error) = py.check_signals() {
                control.stop.store(true, Relaxed);
                interruption = Some(error);
            }
        }
        let broken = |_| Err(Fault::new("broken-engine"));
        let accounts = py.detach(|| worker.join().unwrap_or_else(broken));
        match interruption {
            Some(error) => Err(error),
            None => accounts.map_err(|fault| raise(py, &fault)),
        }
    })?;
    accounts
        .into_iter()
        .map(|account| Account::new(py, account))
        .collect()
}
