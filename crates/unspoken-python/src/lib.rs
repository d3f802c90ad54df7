//! Conversions between Python and the engine, and nothing else.
//!
//! `src/unspoken/_engine.pyi` says what the functions are for. Every call releases the interpreter
//! before it takes the engine's lock, so that threads that share an engine wait for each other and
//! nobody else.

mod crowd;
mod demands;
mod engine;
mod search;
mod solutions;
mod trace;
mod values;
mod why_not;

use pyo3::prelude::*;

#[pymodule]
mod _engine {
    #[pymodule_export]
    use crate::crowd::Crowd;
    #[pymodule_export]
    use crate::engine::Engine;
    #[pymodule_export]
    use crate::search::{Plan, Reason, Search, Verdict};
    #[pymodule_export]
    use crate::solutions::Solutions;
    #[pymodule_export]
    use crate::trace::{Step, Trace};
    #[pymodule_export]
    use crate::values::EngineError;
    #[pymodule_export]
    use crate::why_not::Account;
}
