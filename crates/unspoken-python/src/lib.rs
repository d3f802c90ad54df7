//! Conversions between Python and the engine, and nothing else.

use pyo3::prelude::*;

#[pymodule]
mod _engine {}
