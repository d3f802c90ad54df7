//! Values and faults as Python has them.

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use unspoken_engine::fault::Fault;
use unspoken_engine::ids::EntityId;
use unspoken_engine::value::Datum;

create_exception!(
    unspoken._engine,
    EngineError,
    PyException,
    "Something in the world or a limit of the engine: (code, facts)."
);

/// A known value; unknown is `None`. Read in this order: a bool is an int to Python, and an int is
/// an entity's number.
#[derive(IntoPyObject, FromPyObject)]
pub enum Known {
    Boolean(bool),
    Entity(u32),
    Number(f64),
}

/// A value, or `None` where it is unknown.
pub type Value = Option<Known>;

/// A value as Python has it.
pub fn value(datum: Datum) -> Value {
    match datum {
        Datum::Unknown => None,
        Datum::Boolean(value) => Some(Known::Boolean(value)),
        Datum::Number(number) => Some(Known::Number(number)),
        Datum::Entity(entity) => Some(Known::Entity(entity.0)),
    }
}

/// A value as the engine has it.
pub fn datum(value: Value) -> Datum {
    match value {
        None => Datum::Unknown,
        Some(Known::Boolean(value)) => Datum::Boolean(value),
        Some(Known::Number(number)) => Datum::Number(number),
        Some(Known::Entity(entity)) => Datum::Entity(EntityId(entity)),
    }
}

/// The exception of a fault.
pub fn raise(py: Python<'_>, fault: &Fault) -> PyErr {
    let facts = PyDict::new(py);
    for (key, text) in &fault.facts {
        if let Err(error) = facts.set_item(key, text) {
            return error;
        }
    }
    EngineError::new_err((fault.code, facts.unbind()))
}
