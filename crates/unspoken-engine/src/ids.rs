//! Small numbers that cannot be mistaken for one another.
//!
//! First on the line: everything else in the engine speaks in these. Each is an index into a table
//! owned by somebody else; none means anything without that owner.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in the owner's table.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                $name(u32::try_from(index).expect("fewer than 2^32 of anything"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }
    };
}

id!(
    /// An entity; the first ones are the characters.
    EntityId, "e"
);
id!(
    /// A character: the same number as its entity.
    CharacterId, "c"
);
id!(
    /// A ground, non-epistemic fluent that can change.
    FluentId, "f"
);
id!(
    /// A ground event: actions first, then triggers, each in order of schema and arguments.
    EventId, "v"
);
id!(
    /// An interned state (a world as it is or as some mind takes it to be).
    NodeId, "n"
);
id!(
    /// An interned valuation of all fluents.
    FactsId, "w"
);
id!(
    /// An interned set of two or more states, sorted (possible worlds).
    SetId, "m"
);
