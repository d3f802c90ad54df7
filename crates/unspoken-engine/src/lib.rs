//! The engine room of Unspoken: worlds are grounded, minds are kept, stories are searched and
//! replayed. No Python inside.
//!
//! Read in this order, which is the order of the work: `format` (the numbered world that comes
//! in), `ground`, `minds` (states and their transitions), `story` (the two put together), `space`
//! (what a search may know of it), `relax` (how far off things are), `demands`, `search`, `replay`;
//! and beside them `crowd` (the present state of many minds, and nothing else).

pub mod crowd;
pub mod demands;
pub mod fault;
pub mod format;
pub mod ground;
pub mod ids;
pub mod minds;
pub mod plan;
pub mod relax;
pub mod replay;
pub mod search;
pub mod space;
pub mod story;
pub mod value;
