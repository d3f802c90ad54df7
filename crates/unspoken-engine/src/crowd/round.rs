//! A round: what happens of itself, then everybody's turn, in an order that is given.
//!
//! Whoever's turn comes decides by its mind as it is then. Everybody is asked beforehand, at once,
//! on several threads; whoever has perceived something since is asked again. So the result is the
//! same as one after the other, whatever the number of threads.

use crate::crowd::Crowd;
use crate::fault::Fault;
use crate::ground::{Condition, Reading, Snag, Valuation};
use crate::ids::{CharacterId, EventId};

/// Rounds before somebody tries again what failed.
const PATIENCE: u32 = 4;

/// What became of something that was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It turned out to be impossible; whoever tried it knows why now.
    Failed,
}

/// Something that happened in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// What.
    pub act: EventId,
    /// Who did it; `None`: it happened of itself.
    pub who: Option<CharacterId>,
    /// Whether it was done.
    pub outcome: Outcome,
    /// Whose minds were changed by it, in order.
    pub touched: Vec<CharacterId>,
}

impl Crowd {
    /// A round. `occasions` happen first, as far as they are possible by then; then those in
    /// `order` have their turns.
    pub fn round(
        &mut self,
        round: u32,
        occasions: &[EventId],
        order: &[CharacterId],
        threads: usize,
    ) -> Result<Vec<Happening>, Fault> {
        let mut happenings = Vec::new();
        for &act in occasions {
            if self.is_possible(&[], act)? {
                let touched = self.does(act)?;
                happenings.push(Happening {
                    act,
                    who: None,
                    outcome: Outcome::Done,
                    touched,
                });
            }
        }
        self.minds.recover(round);
        self.decide_all(order, threads)?;
        for &who in order {
            let Some(act) = self.decide(who)?.act else {
                continue;
            };
            let (outcome, touched) = if self.is_possible(&[], act)? {
                (Outcome::Done, self.does(act)?)
            } else {
                let touched = self.finds_out(who, act)?;
                self.minds.rebuff(who, act, round + PATIENCE);
                (Outcome::Failed, touched)
            };
            happenings.push(Happening {
                act,
                who: Some(who),
                outcome,
                touched,
            });
        }
        Ok(happenings)
    }

    /// An act, and whose minds it changes.
    fn does(&mut self, act: EventId) -> Result<Vec<CharacterId>, Fault> {
        self.apply(act)?;
        Ok(self.last_touched())
    }

    /// Somebody finds out what stood in the way of an act: the facts in which its precondition
    /// fails, as they are.
    fn finds_out(&mut self, who: CharacterId, act: EventId) -> Result<Vec<CharacterId>, Fault> {
        let world = std::sync::Arc::clone(&self.world);
        let precondition = &world.event(act).precondition;
        let parts = match precondition {
            Condition::And(parts) => parts,
            one => std::slice::from_ref(one),
        };
        let present = self.present();
        let mut news = Vec::new();
        let mut look = || -> Result<(), Snag> {
            for part in parts {
                if part.holds(&present)? {
                    continue;
                }
                let mut readings: Vec<&Reading> = Vec::new();
                part.readings(&mut |reading| readings.push(reading));
                for reading in readings {
                    let value = present.value(&reading.chain, reading.fluent)?;
                    news.push((reading.clone(), value));
                }
            }
            Ok(())
        };
        look().map_err(|snag| self.snag(snag, act))?;
        let mut draft = std::mem::take(&mut self.draft);
        draft.clear();
        let root = draft.actual();
        for (reading, value) in news {
            let mut chain = vec![who];
            chain.extend(&reading.chain);
            chain.dedup();
            draft.tell(&self.store, root, &chain, reading.fluent, value);
        }
        let settled = self.working().settle(&mut draft);
        if settled.is_ok() {
            self.enter(&draft, root);
        }
        self.draft = draft;
        settled?;
        Ok(self.last_touched())
    }

    /// Whose minds the draft that was entered last changed.
    fn last_touched(&self) -> Vec<CharacterId> {
        let mut touched: Vec<CharacterId> = self.draft.touched().collect();
        touched.sort_unstable();
        touched
    }
}
