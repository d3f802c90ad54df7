//! The engine room of Unspoken: worlds are grounded, minds are kept, stories are searched and
//! replayed. No Python inside.
//!
//! Read in this order, which is the order of the work: `format` (the numbered world that comes
//! in), `ground`, `minds` (states and their transitions), `space` (what a search may know),
//! `search`, `replay`.

pub mod fault;
pub mod ids;
pub mod plan;
pub mod replay;
pub mod search;
pub mod space;
