//! Who sees an event, found by what the condition says of them: those who are believed to be where
//! it happens, and not everybody asked in turn.

use crate::crowd::view::View;
use crate::format::Comparator;
use crate::ground::{Observing, OpenTerm, Seeing, Snag, Term, Valuation, World};
use crate::ids::CharacterId;
use crate::value::{Datum, Value};

/// How many tables the observers of a world's actions are looked up in.
pub(super) fn tables(world: &World) -> usize {
    let mut tables = 0;
    for event in &world.events {
        if let Observing::Open(seeing) = &event.observing {
            seeing.tables(&mut |table| tables = tables.max(table.place + 1));
        }
    }
    tables
}

/// Those who see an event as judged in a state, in order.
pub(super) fn observers(
    observing: &Observing,
    view: &View<'_>,
    characters: usize,
    into: &mut Vec<CharacterId>,
) -> Result<(), Snag> {
    let everybody = (0..characters).map(CharacterId::from);
    let Observing::Open(seeing) = observing else {
        into.extend(everybody);
        return Ok(());
    };
    match candidates(seeing, view, characters, into)? {
        Found::Exactly => {}
        Found::Among => {
            let found = std::mem::take(into);
            for character in found {
                if seeing.holds(character, view)? {
                    into.push(character);
                }
            }
        }
        Found::Anybody => {
            into.clear();
            for character in everybody {
                if seeing.holds(character, view)? {
                    into.push(character);
                }
            }
        }
    }
    Ok(())
}

/// What is known of those for whom a condition holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// They are the ones found.
    Exactly,
    /// They are among the ones found.
    Among,
    /// It may be anybody.
    Anybody,
}

/// Finds those for whom a condition may hold, appended in order, each once.
fn candidates(
    seeing: &Seeing,
    view: &View<'_>,
    characters: usize,
    into: &mut Vec<CharacterId>,
) -> Result<Found, Snag> {
    let start = into.len();
    match seeing {
        Seeing::Closed(condition) => Ok(match condition.holds(view)? {
            true => Found::Anybody,
            false => Found::Exactly,
        }),
        Seeing::Among(characters) => {
            into.extend(&**characters);
            Ok(Found::Exactly)
        }
        Seeing::Compare(Comparator::Equal, left, right) => match (left, right) {
            (OpenTerm::Observer, OpenTerm::Closed(term))
            | (OpenTerm::Closed(term), OpenTerm::Observer) => {
                // It may be a thing, which sees nothing.
                if let Datum::Entity(entity) = term.evaluate(view)? {
                    into.extend((entity.index() < characters).then_some(CharacterId(entity.0)));
                }
                Ok(Found::Exactly)
            }
            (OpenTerm::Fluent(chain, table), OpenTerm::Closed(term))
            | (OpenTerm::Closed(term), OpenTerm::Fluent(chain, table)) => {
                let Some(value) = value(term, view)? else {
                    return Ok(Found::Anybody);
                };
                let mut there = *view;
                for &character in chain {
                    there = there.mind(character);
                }
                let drafted = there.draft.map(|(draft, sheet)| draft.sheet(sheet));
                let values = drafted.map_or(&[][..], |sheet| &sheet.values);
                let store = there.store;
                store.holders(there.place, values, table, value, into);
                Ok(Found::Exactly)
            }
            _ => Ok(Found::Anybody),
        },
        Seeing::All(parts) => {
            let mut found = Found::Anybody;
            for part in parts {
                match candidates(part, view, characters, into)? {
                    Found::Anybody => into.truncate(start),
                    Found::Exactly if into.len() == start => return Ok(Found::Exactly),
                    _ => {
                        found = Found::Among;
                        break;
                    }
                }
            }
            Ok(found)
        }
        Seeing::Any(parts) => {
            let mut found = Found::Exactly;
            for part in parts {
                match candidates(part, view, characters, into)? {
                    Found::Exactly => {}
                    Found::Among => found = Found::Among,
                    Found::Anybody => {
                        into.truncate(start);
                        return Ok(Found::Anybody);
                    }
                }
            }
            into[start..].sort_unstable();
            let mut kept = into.split_off(start);
            kept.dedup();
            into.append(&mut kept);
            Ok(found)
        }
        Seeing::Compare(..) | Seeing::Each(_) => Ok(Found::Anybody),
    }
}

/// The value of a term that need not be worked out.
fn value(term: &Term, view: &View<'_>) -> Result<Option<Value>, Snag> {
    match term {
        Term::Constant(value) => Ok(Some(*value)),
        Term::Fluent(reading) => view.value(&reading.chain, reading.fluent).map(Some),
        _ => Ok(None),
    }
}
