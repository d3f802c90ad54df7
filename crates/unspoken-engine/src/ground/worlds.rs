//! Of the beginning: what minds take to be possible, and who knows what fluents are.

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::format::{Expression, Quantity};
use crate::ground::beginning::{
    Beginning, Chain, Choice, Reader, Said, by_default, contradictory, pack,
};
use crate::ground::effects;
use crate::ground::fluents::ranging;
use crate::ground::formula::Condition;
use crate::ground::grounder::{Bindings, Grounder, malformed};
use crate::ids::{CharacterId, FluentId};

/// More worlds than anybody should be asked to think of at once.
pub const MOST_WORLDS: usize = 1 << 12;

/// Takes in a statement, if it is one of these. (A conjunction is not: its parts are stated one by
/// one. Nor is anything else in which none of these is.)
pub(super) fn state(
    grounder: &mut Grounder<'_>,
    statement: &Expression,
    beginning: &mut Beginning,
) -> Result<bool, Fault> {
    let found = said(
        grounder,
        statement,
        &[],
        &mut Bindings::default(),
        beginning,
    )?;
    Ok(found)
}

fn said(
    grounder: &mut Grounder<'_>,
    statement: &Expression,
    minds: &[CharacterId],
    bindings: &mut Bindings,
    beginning: &mut Beginning,
) -> Result<bool, Fault> {
    match statement {
        Expression::Possible(mind, inner) => {
            let chain = match mind {
                Some(mind) => grounder.within(minds, *mind, bindings)?,
                None => minds.to_vec(),
            };
            let mut alternatives = alternatives(grounder, inner, &chain, bindings, beginning)?;
            complete(grounder, &mut alternatives);
            if alternatives.is_empty() {
                return Err(Fault::new("nothing-possible"));
            }
            beginning.choose(Choice {
                chain: chain.into(),
                alternatives,
            });
            Ok(true)
        }
        Expression::Knows(mind, inner) if minds.is_empty() => {
            let who = grounder.character(*mind, bindings)?;
            let reading = grounder.reading(inner, &[], bindings)?;
            if !reading.chain.is_empty() {
                return Err(malformed("what is known is no belief"));
            }
            beginning.informed.insert((who, reading.fluent));
            Ok(true)
        }
        Expression::Believes(mind, inner) if speaks_of_worlds(inner) => {
            let chain = grounder.within(minds, *mind, bindings)?;
            said(grounder, inner, &chain, bindings, beginning)
        }
        Expression::And(parts) if speaks_of_worlds(statement) => {
            for part in parts {
                if !said(grounder, part, minds, bindings, beginning)? {
                    return Err(malformed("what is possible is said by itself"));
                }
            }
            Ok(true)
        }
        Expression::Quantifier {
            quantity: Quantity::Forall,
            variable,
            over,
            body,
        } if speaks_of_worlds(body) => {
            for value in ranging(grounder.world, *over)? {
                bindings.bind(*variable, Some(value));
                said(grounder, body, minds, bindings, beginning)?;
            }
            bindings.bind(*variable, None);
            Ok(true)
        }
        Expression::If(branches, None) if branches.iter().any(|(_, b)| speaks_of_worlds(b)) => {
            for (condition, body) in branches {
                let condition = grounder.condition(condition, true, minds, bindings)?;
                let reader = Reader {
                    beginning,
                    numbers: grounder.numbers,
                };
                if condition.holds(&reader).map_err(|snag| snag.fault())? {
                    return said(grounder, body, minds, bindings, beginning);
                }
            }
            Ok(true)
        }
        _ => Ok(false),
    }
}

fn speaks_of_worlds(statement: &Expression) -> bool {
    match statement {
        Expression::Possible(..) | Expression::Knows(..) => true,
        Expression::And(parts) => parts.iter().any(speaks_of_worlds),
        Expression::Believes(_, inner) | Expression::Quantifier { body: inner, .. } => {
            speaks_of_worlds(inner)
        }
        Expression::If(branches, _) => branches.iter().any(|(_, inner)| speaks_of_worlds(inner)),
        _ => false,
    }
}

/// What may be the case, by a disjunction of statements. Comparisons of constants choose among
/// them.
fn alternatives(
    grounder: &mut Grounder<'_>,
    statement: &Expression,
    minds: &[CharacterId],
    bindings: &mut Bindings,
    beginning: &Beginning,
) -> Result<Vec<Vec<Said>>, Fault> {
    let alternatives = match statement {
        Expression::Or(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(alternatives(grounder, part, minds, bindings, beginning)?);
            }
            all
        }
        Expression::And(parts) => {
            let mut all = vec![Vec::new()];
            for part in parts {
                let each = alternatives(grounder, part, minds, bindings, beginning)?;
                all = together(&all, &each)?;
            }
            all
        }
        Expression::Quantifier {
            quantity: quantity @ (Quantity::Exists | Quantity::Forall),
            variable,
            over,
            body,
        } => {
            let exists = *quantity == Quantity::Exists;
            let mut all = if exists { vec![] } else { vec![Vec::new()] };
            for value in ranging(grounder.world, *over)? {
                bindings.bind(*variable, Some(value));
                let each = alternatives(grounder, body, minds, bindings, beginning)?;
                match exists {
                    true => all.extend(each),
                    false => all = together(&all, &each)?,
                }
            }
            bindings.bind(*variable, None);
            all
        }
        Expression::Believes(mind, inner) => {
            let chain = grounder.within(minds, *mind, bindings)?;
            let mut all = alternatives(grounder, inner, &chain, bindings, beginning)?;
            let deeper = &chain[minds.len()..];
            for (within, ..) in all.iter_mut().flatten() {
                *within = [deeper, within].concat().into();
            }
            all
        }
        _ => match grounder.decided(statement, bindings) {
            Some(true) => vec![Vec::new()],
            Some(false) => vec![],
            None => vec![one(grounder, statement, minds, bindings, beginning)?],
        },
    };
    match alternatives.len() > MOST_WORLDS {
        true => Err(too_many(alternatives.len())),
        false => Ok(alternatives),
    }
}

/// In each alternative, what only others speak of is as it would be if nothing were said of it.
fn complete(grounder: &mut Grounder<'_>, alternatives: &mut [Vec<Said>]) {
    let said = alternatives.iter().flatten();
    let here = said.filter(|(within, ..)| within.is_empty());
    let fluents: BTreeSet<FluentId> = here.map(|&(_, fluent, _)| fluent).collect();
    for fluent in fluents {
        let range = grounder.world.properties[grounder.fluents.property(fluent)].range;
        let otherwise = by_default(range, grounder.numbers);
        for alternative in &mut *alternatives {
            let is_said = |said: &Said| said.0.is_empty() && said.1 == fluent;
            if !alternative.iter().any(is_said) {
                alternative.push((Chain::default(), fluent, otherwise));
            }
        }
    }
}

/// The fault of more worlds than will do.
pub fn too_many(count: usize) -> Fault {
    Fault::new("too-many-worlds")
        .with("count", count)
        .with("limit", MOST_WORLDS)
}

fn together(some: &[Vec<Said>], others: &[Vec<Said>]) -> Result<Vec<Vec<Said>>, Fault> {
    let count = some.len() * others.len();
    if count > MOST_WORLDS {
        return Err(too_many(count));
    }
    let both = |one: &Vec<Said>, other: &Vec<Said>| [one.clone(), other.clone()].concat();
    let pairs = some
        .iter()
        .flat_map(|one| others.iter().map(move |other| both(one, other)));
    Ok(pairs.collect())
}

/// What one statement sets, read in minds.
fn one(
    grounder: &mut Grounder<'_>,
    statement: &Expression,
    minds: &[CharacterId],
    bindings: &mut Bindings,
    beginning: &Beginning,
) -> Result<Vec<Said>, Fault> {
    let mut found = Vec::new();
    effects::collect(
        grounder,
        statement,
        &Condition::True,
        minds,
        bindings,
        &mut found,
    )?;
    effects::sort(&mut found, grounder.numbers);
    if let Some(target) = effects::contradiction(&found) {
        return Err(contradictory(grounder, target));
    }
    let reader = Reader {
        beginning,
        numbers: grounder.numbers,
    };
    let mut applied = Vec::new();
    effects::applicable(&found, &reader, &mut applied).map_err(|snag| snag.fault())?;
    let mut said = Vec::new();
    for (place, datum) in applied {
        let target = &found[place].target;
        let value = pack(datum, grounder.numbers);
        said.push((target.chain[minds.len()..].into(), target.fluent, value));
    }
    Ok(said)
}
