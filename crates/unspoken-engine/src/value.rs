//! Values of fluents in four bytes: unknown, false, true, an entity, or a number from a table.
//!
//! Two values are the same thing exactly when their bits are; a number is found in its table by
//! its own bits, with negative zero made zero and NaN refused.

use std::cmp::Ordering;
use std::fmt;

use rustc_hash::FxHashMap;

use crate::ids::EntityId;

const NUMBER: u32 = 1 << 31;
const FIRST_ENTITY: u32 = 3;

/// What a fluent can be. A number means something only together with its [`Numbers`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(u32);

/// A value taken out of its four bytes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Datum {
    /// The value written `?`.
    Unknown,
    /// A truth value.
    Boolean(bool),
    /// A 64-bit float, never NaN or negative zero.
    Number(f64),
    /// A thing or a character.
    Entity(EntityId),
}

impl Value {
    /// The value written `?`.
    pub const UNKNOWN: Value = Value(0);
    /// False.
    pub const FALSE: Value = Value(1);
    /// True.
    pub const TRUE: Value = Value(2);

    /// A truth value.
    #[inline]
    pub fn boolean(value: bool) -> Value {
        if value { Value::TRUE } else { Value::FALSE }
    }

    /// An entity.
    #[inline]
    pub fn entity(entity: EntityId) -> Value {
        debug_assert!(entity.0 < NUMBER - FIRST_ENTITY);
        Value(FIRST_ENTITY + entity.0)
    }

    /// Is it in the table of numbers?
    #[inline]
    pub fn is_number(self) -> bool {
        self.0 & NUMBER != 0
    }

    /// Is it True or False?
    #[inline]
    pub fn is_boolean(self) -> bool {
        self == Value::TRUE || self == Value::FALSE
    }

    /// The entity, if it is one.
    #[inline]
    pub fn as_entity(self) -> Option<EntityId> {
        (self.0 >= FIRST_ENTITY && !self.is_number()).then(|| EntityId(self.0 - FIRST_ENTITY))
    }

    /// The bits, for hashing and packing; never all ones.
    #[inline]
    pub fn bits(self) -> u32 {
        self.0
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Value::UNKNOWN => write!(f, "?"),
            Value::FALSE => write!(f, "False"),
            Value::TRUE => write!(f, "True"),
            Value(bits) if bits & NUMBER != 0 => write!(f, "#{}", bits & !NUMBER),
            Value(bits) => write!(f, "e{}", bits - FIRST_ENTITY),
        }
    }
}

/// The table of numbers that have been met.
#[derive(Clone, Default, Debug)]
pub struct Numbers {
    numbers: Vec<f64>,
    places: FxHashMap<u64, u32>,
}

impl Numbers {
    /// The value of a number; `None` for NaN.
    pub fn value(&mut self, number: f64) -> Option<Value> {
        if number.is_nan() {
            return None;
        }
        let number = number + 0.0; // negative zero becomes zero
        let place = *self.places.entry(number.to_bits()).or_insert_with(|| {
            self.numbers.push(number);
            u32::try_from(self.numbers.len() - 1).expect("fewer than 2^31 numbers")
        });
        assert!(place < NUMBER, "fewer than 2^31 numbers");
        Some(Value(NUMBER | place))
    }

    /// A value taken out of its four bytes.
    #[inline]
    pub fn datum(&self, value: Value) -> Datum {
        match value {
            Value::UNKNOWN => Datum::Unknown,
            Value::FALSE => Datum::Boolean(false),
            Value::TRUE => Datum::Boolean(true),
            Value(bits) if bits & NUMBER != 0 => {
                Datum::Number(self.numbers[(bits & !NUMBER) as usize])
            }
            Value(bits) => Datum::Entity(EntityId(bits - FIRST_ENTITY)),
        }
    }

    /// The order of effects: False < True < ? < numbers ascending < entities by number.
    pub fn order(&self, left: Value, right: Value) -> Ordering {
        fn rank(datum: Datum) -> (u8, u32) {
            match datum {
                Datum::Boolean(value) => (0, u32::from(value)),
                Datum::Unknown => (1, 0),
                Datum::Number(_) => (2, 0),
                Datum::Entity(entity) => (3, entity.0),
            }
        }
        match (self.datum(left), self.datum(right)) {
            (Datum::Number(l), Datum::Number(r)) => l.total_cmp(&r),
            (l, r) => rank(l).cmp(&rank(r)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_value_iff_they_are_the_same_number() {
        let mut numbers = Numbers::default();
        let zero = numbers.value(0.0).unwrap();
        assert_eq!(numbers.value(-0.0), Some(zero));
        assert_ne!(numbers.value(1.5), Some(zero));
        assert_eq!(numbers.value(1.5), numbers.value(1.5));
        assert_eq!(numbers.value(f64::NAN), None);
        assert_eq!(numbers.datum(zero), Datum::Number(0.0));
    }

    #[test]
    fn values_have_the_order_of_effects() {
        let mut numbers = Numbers::default();
        let sorted = [
            Value::FALSE,
            Value::TRUE,
            Value::UNKNOWN,
            numbers.value(-2.0).unwrap(),
            numbers.value(7.0).unwrap(),
            Value::entity(EntityId(0)),
            Value::entity(EntityId(5)),
        ];
        for (i, &left) in sorted.iter().enumerate() {
            for (j, &right) in sorted.iter().enumerate() {
                assert_eq!(numbers.order(left, right), i.cmp(&j), "{left:?} {right:?}");
            }
        }
    }
}
