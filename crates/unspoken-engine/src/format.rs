//! The numbered world as it comes in (`src/unspoken/compiled/FORMAT.md`), read and nothing more.
//!
//! References are checked where they are followed, by `ground`; what is wrong with the JSON itself
//! is found here.

use serde::{Deserialize, Deserializer, de};
use serde_json::Value as Json;

use crate::fault::Fault;

/// The version that this reader knows.
pub const VERSION: u64 = 1;

/// A lifted world: schemas with parameters, quantifiers unexpanded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberedWorld {
    /// The format's version.
    pub unspoken_world: u64,
    /// The world's name.
    pub name: String,
    /// Types; 0 boolean, 1 number, 2 entity, 3 character.
    pub types: Vec<Type>,
    /// Names of the entities in ranging order, characters first.
    pub entities: Vec<String>,
    /// How many of the entities are characters.
    pub characters: usize,
    /// Declared properties.
    pub properties: Vec<Property>,
    /// Action schemas.
    pub actions: Vec<Action>,
    /// Trigger schemas.
    pub triggers: Vec<Trigger>,
    /// Statements about the beginning, in file order.
    pub initial: Vec<Expression>,
    /// At most one for the author and each character.
    pub utilities: Vec<Utility>,
    /// Properties that may be set from without to any value of their range.
    #[serde(default)]
    pub open: Vec<usize>,
    /// Assignments of further values that may be set from without.
    #[serde(default)]
    pub besides: Vec<Expression>,
    /// May minds hold several worlds, though the beginning does not say so?
    #[serde(default)]
    pub several: bool,
}

/// A type and the entities that it has, inherited ones included, in ranging order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// Its entities.
    pub entities: Vec<u32>,
}

/// A property's signature.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What it is a property of.
    pub parameters: Vec<Parameter>,
    /// The type of its values.
    pub range: usize,
    /// Does a surprised mind move it by whole steps, rather than not know it any more?
    #[serde(default)]
    pub whole: bool,
    /// Characters who take it to be false at the beginning, in whoever's mind, where nothing else is
    /// said of them.
    #[serde(default)]
    pub unknown_to: Vec<usize>,
}

/// A place in a signature.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Parameter {
    /// A typed variable.
    Variable {
        /// Its slot.
        variable: usize,
        /// What it ranges over.
        #[serde(rename = "type")]
        over: usize,
    },
    /// One fixed constant.
    Constant {
        /// That constant.
        constant: Constant,
    },
}

/// An action schema.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// Its parameters, filled left to right.
    pub parameters: Vec<Parameter>,
    /// When it is possible.
    pub precondition: Expression,
    /// What it changes.
    pub effect: Option<Expression>,
    /// Who must have a reason.
    pub consenting: Vec<Term>,
    /// Who sees it; everybody where absent.
    pub observing: Option<Observing>,
}

/// Who sees an action: those for whom the condition holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observing {
    /// The slot that stands for the observer.
    pub variable: usize,
    /// The condition.
    pub condition: Expression,
}

/// A trigger schema.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// Its parameters, filled left to right.
    pub parameters: Vec<Parameter>,
    /// When it fires.
    pub precondition: Expression,
    /// What it changes.
    pub effect: Option<Expression>,
}

/// What the author or a character wants more of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Utility {
    /// The character; the author where absent.
    pub character: Option<u32>,
    /// The measure.
    pub expression: Expression,
}

/// A constant that a term or a signature names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant {
    /// An entity.
    Entity(u32),
    /// True or False.
    Boolean(bool),
    /// A number.
    Number(f64),
}

/// What may stand as an argument or a mind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Term {
    /// A variable's slot.
    Variable(usize),
    /// A constant.
    Constant(Constant),
}

/// The four binders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// True for all.
    Forall,
    /// True for some.
    Exists,
    /// Numbers added.
    Sum,
    /// Numbers multiplied.
    Product,
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparator {
    /// The same.
    Equal,
    /// Not the same.
    Unequal,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// More than.
    More,
    /// Less than.
    Less,
}

/// Arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// Times.
    Multiply,
    /// Divided by.
    Divide,
    /// Plus.
    Add,
    /// Minus.
    Subtract,
}

/// An expression with variables.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A variable or a constant.
    Term(Term),
    /// The value `?`.
    Unknown,
    /// A property of things, in nested minds.
    Fluent {
        /// Which property.
        property: usize,
        /// Of what.
        arguments: Vec<Term>,
        /// In whose minds, outermost first.
        minds: Vec<Term>,
    },
    /// An expression read in a mind.
    Believes(Term, Box<Expression>),
    /// All of them.
    And(Vec<Expression>),
    /// Any of them.
    Or(Vec<Expression>),
    /// Not so.
    Not(Box<Expression>),
    /// The first branch whose condition holds, or else the last; True where there is none.
    If(Vec<(Expression, Expression)>, Option<Box<Expression>>),
    /// A body for everything of a type.
    Quantifier {
        /// How the bodies are put together.
        quantity: Quantity,
        /// The slot that ranges.
        variable: usize,
        /// The type ranged over.
        over: usize,
        /// The body.
        body: Box<Expression>,
    },
    /// A fluent gets a value.
    Assign(Box<Expression>, Box<Expression>),
    /// Two things compared.
    Compare(Comparator, Box<Expression>, Box<Expression>),
    /// A type test.
    Is(Box<Expression>, usize),
    /// Arithmetic.
    Arithmetic(Operator, Box<Expression>, Box<Expression>),
    /// Of the beginning: what somebody (or everybody, and that is common knowledge) takes to be
    /// possible, as a disjunction of statements.
    Possible(Option<Term>, Box<Expression>),
    /// Of the beginning: somebody knows what a fluent is, and that is common knowledge.
    Knows(Term, Box<Expression>),
}

impl Expression {
    /// Does it say, anywhere in it, that somebody takes several worlds to be possible?
    pub fn has_worlds(&self) -> bool {
        match self {
            Expression::Possible(..) => true,
            Expression::And(parts) => parts.iter().any(Expression::has_worlds),
            Expression::Believes(_, inner) | Expression::Quantifier { body: inner, .. } => {
                inner.has_worlds()
            }
            Expression::If(branches, otherwise) => {
                branches.iter().any(|(_, inner)| inner.has_worlds())
                    || otherwise.as_deref().is_some_and(Expression::has_worlds)
            }
            _ => false,
        }
    }
}

impl NumberedWorld {
    /// May minds hold several worlds?
    pub fn has_worlds(&self) -> bool {
        self.several || self.initial.iter().any(Expression::has_worlds)
    }
}

/// Reads a numbered world.
pub fn read(text: &str) -> Result<NumberedWorld, Fault> {
    #[derive(Deserialize)]
    struct Version {
        unspoken_world: u64,
    }
    let malformed = |error: serde_json::Error| Fault::new("malformed-world").with("reason", error);
    let version: Version = parse(text).map_err(malformed)?;
    if version.unspoken_world != VERSION {
        return Err(Fault::new("unknown-version")
            .with("version", version.unspoken_world)
            .with("known", VERSION));
    }
    parse(text).map_err(malformed)
}

/// Long sums nest deep, so depth has no limit here; who numbers a world has one.
fn parse<T: de::DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let parsed = T::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(parsed)
}

/// Reads one numbered expression.
pub fn read_expression(text: &str) -> Result<Expression, Fault> {
    parse(text).map_err(|error| Fault::new("malformed-expression").with("reason", error))
}

macro_rules! from_array {
    ($type:ident, $read:ident) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let json = Json::deserialize(deserializer)?;
                $read(&json).map_err(|wrong| {
                    de::Error::custom(format!("not {} here: {wrong}", stringify!($type)))
                })
            }
        }
    };
}

from_array!(Constant, constant);
from_array!(Term, term);
from_array!(Expression, expression);

type Read<T> = Result<T, String>;

fn parts(json: &Json) -> Option<(&str, &[Json])> {
    let (tag, rest) = json.as_array()?.split_first()?;
    Some((tag.as_str()?, rest))
}

fn constant(json: &Json) -> Read<Constant> {
    match parts(json) {
        Some(("entity", [entity])) => index(entity).map(|e| Constant::Entity(e as u32)),
        Some(("boolean", [Json::Bool(value)])) => Ok(Constant::Boolean(*value)),
        Some(("number", [Json::Number(value)])) => value
            .as_f64()
            .filter(|number| !number.is_nan())
            .map(Constant::Number)
            .ok_or_else(|| json.to_string()),
        _ => Err(json.to_string()),
    }
}

fn term(json: &Json) -> Read<Term> {
    match parts(json) {
        Some(("variable", [slot])) => index(slot).map(Term::Variable),
        _ => constant(json).map(Term::Constant),
    }
}

fn index(json: &Json) -> Read<usize> {
    json.as_u64()
        .and_then(|number| u32::try_from(number).ok())
        .map(|number| number as usize)
        .ok_or_else(|| json.to_string())
}

fn list<T>(json: &Json, read: fn(&Json) -> Read<T>) -> Read<Vec<T>> {
    json.as_array()
        .ok_or_else(|| json.to_string())?
        .iter()
        .map(read)
        .collect()
}

fn boxed(json: &Json) -> Read<Box<Expression>> {
    expression(json).map(Box::new)
}

fn branch(json: &Json) -> Read<(Expression, Expression)> {
    match json.as_array().map(Vec::as_slice) {
        Some([condition, value]) => Ok((expression(condition)?, expression(value)?)),
        _ => Err(json.to_string()),
    }
}

fn comparator(json: &Json) -> Read<Comparator> {
    Ok(match json.as_str() {
        Some("==") => Comparator::Equal,
        Some("!=") => Comparator::Unequal,
        Some(">=") => Comparator::AtLeast,
        Some("<=") => Comparator::AtMost,
        Some(">") => Comparator::More,
        Some("<") => Comparator::Less,
        _ => return Err(json.to_string()),
    })
}

fn operator(json: &Json) -> Read<Operator> {
    Ok(match json.as_str() {
        Some("*") => Operator::Multiply,
        Some("/") => Operator::Divide,
        Some("+") => Operator::Add,
        Some("-") => Operator::Subtract,
        _ => return Err(json.to_string()),
    })
}

fn expression(json: &Json) -> Read<Expression> {
    let (tag, rest) = parts(json).ok_or_else(|| json.to_string())?;
    let quantity = match tag {
        "forall" => Some(Quantity::Forall),
        "exists" => Some(Quantity::Exists),
        "sum" => Some(Quantity::Sum),
        "product" => Some(Quantity::Product),
        _ => None,
    };
    if let Some(quantity) = quantity {
        return match rest {
            [variable, over, body] => Ok(Expression::Quantifier {
                quantity,
                variable: index(variable)?,
                over: index(over)?,
                body: boxed(body)?,
            }),
            _ => Err(json.to_string()),
        };
    }
    Ok(match (tag, rest) {
        ("unknown", []) => Expression::Unknown,
        ("fluent", [property, arguments, minds]) => Expression::Fluent {
            property: index(property)?,
            arguments: list(arguments, term)?,
            minds: list(minds, term)?,
        },
        ("believes", [mind, inner]) => Expression::Believes(term(mind)?, boxed(inner)?),
        ("and", [parts]) => Expression::And(list(parts, expression)?),
        ("or", [parts]) => Expression::Or(list(parts, expression)?),
        ("not", [inner]) => Expression::Not(boxed(inner)?),
        ("if", [branches, otherwise]) => Expression::If(
            list(branches, branch)?,
            match otherwise {
                Json::Null => None,
                otherwise => Some(boxed(otherwise)?),
            },
        ),
        ("assign", [fluent, value]) => Expression::Assign(boxed(fluent)?, boxed(value)?),
        ("compare", [symbol, left, right]) => {
            Expression::Compare(comparator(symbol)?, boxed(left)?, boxed(right)?)
        }
        ("is", [inner, over]) => Expression::Is(boxed(inner)?, index(over)?),
        ("arithmetic", [symbol, left, right]) => {
            Expression::Arithmetic(operator(symbol)?, boxed(left)?, boxed(right)?)
        }
        ("possible" | "knows", [mind, inner]) => of_worlds(tag, mind, inner)?,
        _ => Expression::Term(term(json)?),
    })
}

/// What only the beginning says; apart, so that nested expressions take less of the stack.
fn of_worlds(tag: &str, mind: &Json, inner: &Json) -> Read<Expression> {
    let inner = boxed(inner)?;
    Ok(match (tag, mind) {
        ("possible", Json::Null) => Expression::Possible(None, inner),
        ("possible", mind) => Expression::Possible(Some(term(mind)?), inner),
        (_, mind) => Expression::Knows(term(mind)?, inner),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_by_their_tags() {
        let text = r#"["compare", "!=", ["fluent", 3, [["variable", 0]], [["entity", 1]]],
                       ["arithmetic", "+", ["number", 2], ["if", [[["boolean", true], ["number", 1]]], ["number", 0.5]]]]"#;
        let Expression::Compare(Comparator::Unequal, left, _) = read_expression(text).unwrap()
        else {
            panic!("a comparison");
        };
        assert_eq!(
            *left,
            Expression::Fluent {
                property: 3,
                arguments: vec![Term::Variable(0)],
                minds: vec![Term::Constant(Constant::Entity(1))],
            }
        );
    }

    #[test]
    fn a_long_sum_may_nest_deep() {
        let one = r#"["number", 1.0]"#;
        let sum = (0..500).fold(one.to_owned(), |sum, _| {
            format!(r#"["arithmetic", "+", {one}, {sum}]"#)
        });
        assert!(read_expression(&sum).is_ok());
    }

    #[test]
    fn what_is_wrong_is_a_fault_with_a_code() {
        assert_eq!(read("{}").unwrap_err().code, "malformed-world");
        assert_eq!(
            read(r#"{"unspoken_world": 2}"#).unwrap_err().code,
            "unknown-version"
        );
        let fault = read_expression(r#"["maybe"]"#).unwrap_err();
        assert_eq!(fault.code, "malformed-expression");
    }
}
