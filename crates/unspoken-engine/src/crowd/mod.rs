//! Live states of crowds: a run of many people needs only the present.
//!
//! Beside `minds`, which keeps every state for ever and finds equal ones the same (a search wants
//! that), a *crowd* has one state, changes it in place and forgets what was. The semantics is the
//! same (`semantics.md` 2.3-2.5), the ground world too. What makes a thousand minds affordable:
//!
//! - *Exceptions only.* A mind holds what it believes differently from a `Common` valuation (at the
//!   beginning everybody shares one), and exceptions among the minds that it imagines; of all
//!   others it believes that they believe a common valuation too. Whoever perceives nothing is not
//!   touched (`store`).
//! - *Drafts.* What an event does is written down beside the state, along the minds that perceive
//!   it, and then entered (`draft`). What somebody foresees is a draft that is thrown away, so no
//!   state is ever copied.
//! - *Indexes.* Who is where, by what is believed there, for finding observers (`watch`); which
//!   triggers read a fluent (`laws`).
//!
//! *Depth.* Minds are kept to a depth: chains of so many minds have beliefs of their own. Beyond,
//! whoever the innermost one thinks of is taken to agree with it. That is exact for all chains up to
//! the depth as long as nothing depends on minds further in than what it sets (`reach`: no effect
//! on a fact reads a mind, say); otherwise `Crowd::exact` says to which depth beliefs are certain.
//!
//! *Limits.* An act that n people see is worked out in n minds, and at a depth of two in the minds
//! of n people within each: what everybody sees (an action without `observing`) is dear in a large
//! crowd. Observers are found quickly by a property of theirs alone, or by a relation that never
//! changes; where their condition says neither, everybody is asked.

mod begin;
mod choice;
mod draft;
mod laws;
mod reach;
mod round;
mod step;
mod store;
mod view;
mod watch;

use crate::fault::Fault;
use crate::format;
use crate::ground::{self, Snag, Valuation, World};
use crate::ids::{CharacterId, EntityId, EventId, FluentId};
use crate::value::{Datum, Numbers, Value};

pub use choice::{Choice, Wanted};
pub use round::{Happening, Outcome};

use choice::Minds;
use draft::{Draft, SheetId};
use laws::Laws;
use reach::Reach;
use store::Store;
use view::View;

/// The present state of a world with many minds.
#[derive(Clone)]
pub struct Crowd {
    world: std::sync::Arc<World>,
    numbers: Numbers,
    store: Store,
    laws: std::sync::Arc<Laws>,
    reach: Reach,
    exact: Option<u32>,
    draft: Draft,
    minds: Minds,
}

impl Crowd {
    /// Reads, grounds and begins a story, with minds to a depth (1: what people believe; 2: what
    /// they believe of each other; ...).
    pub fn begin(numbered_world: &str, depth: u32) -> Result<Crowd, Fault> {
        if depth == 0 {
            return Err(Fault::new("no-depth"));
        }
        let (world, beginning, numbers) = ground::ground_for_crowd(format::read(numbered_world)?)?;
        let laws = Laws::of(&world);
        let reach = Reach::of(&world);
        let mut crowd = Crowd {
            store: Store::of(&beginning, world.characters, depth, watch::tables(&world)),
            numbers,
            laws: std::sync::Arc::new(laws),
            exact: reach.at_first(depth),
            reach,
            minds: Minds::of(&world),
            world: std::sync::Arc::new(world),
            draft: Draft::default(),
        };
        crowd.settle_beginning()?;
        Ok(crowd)
    }

    /// The ground world.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// How many minds deep a chain may be to have beliefs of its own.
    pub fn depth(&self) -> u32 {
        self.store.depth
    }

    /// Chains of so many minds believe exactly what they would if none had been left out; `None`:
    /// nothing is certain.
    pub fn exact(&self) -> Option<u32> {
        self.exact
    }

    /// How many minds differ from the common one, and about how many bytes they take.
    pub fn size(&self) -> (usize, usize) {
        (self.store.len(), self.store.bytes())
    }

    /// The value of any fluent, a constant too, in nested minds.
    pub fn value(&self, chain: &[CharacterId], fluent: FluentId) -> Result<Value, Fault> {
        match self.world.fluents.constant(fluent) {
            Some(value) => Ok(value),
            None => self.present().value(chain, fluent).map_err(Snag::fault),
        }
    }

    /// A value taken out of its four bytes.
    pub fn datum(&self, value: Value) -> Datum {
        self.numbers.datum(value)
    }

    /// An event as an author writes it.
    pub fn event_text(&self, event: EventId) -> String {
        self.world.event_text(event, &self.numbers)
    }

    /// A property of entities, by their numbers, as a fluent.
    pub fn fluent(&self, property: usize, arguments: &[usize]) -> Option<FluentId> {
        let arguments: Vec<Value> = arguments
            .iter()
            .map(|&entity| Value::entity(EntityId::from(entity)))
            .collect();
        self.world.fluents.find(property, &arguments)
    }

    /// Does the event's precondition hold in what nested minds believe?
    pub fn is_possible(&self, chain: &[CharacterId], event: EventId) -> Result<bool, Fault> {
        let mut view = self.present();
        for &character in chain {
            view = view.mind(character);
        }
        let precondition = &self.world.event(event).precondition;
        precondition
            .holds(&view)
            .map_err(|snag| self.snag(snag, event))
    }

    /// Changes the state by an event and the triggers it sets off; its precondition is the
    /// caller's business. Has it changed anything? The state is as it was if that fails.
    pub fn apply(&mut self, event: EventId) -> Result<bool, Fault> {
        let mut draft = std::mem::take(&mut self.draft);
        draft.clear();
        let root = draft.actual();
        let mut working = self.working();
        let changed = working
            .step(&mut draft, root, event)
            .and_then(|()| working.settle(&mut draft));
        if changed.is_ok() {
            self.enter(&draft, root);
        }
        let blank = draft.is_blank(root);
        self.draft = draft;
        changed.map(|()| !blank)
    }

    /// Enters a draft of the actual state after an act.
    fn enter(&mut self, draft: &Draft, root: SheetId) {
        self.store.enter(draft, root);
        self.exact = self.reach.after(self.exact);
        self.minds.touched(draft);
    }

    fn present(&self) -> View<'_> {
        View::actual(&self.store, &self.numbers)
    }

    fn working(&mut self) -> Working<'_> {
        Working {
            world: &self.world,
            store: &self.store,
            laws: &self.laws,
            numbers: &mut self.numbers,
        }
    }

    fn snag(&self, snag: Snag, event: EventId) -> Fault {
        snagged(&self.world, &self.numbers, snag, event)
    }
}

/// All that is needed to work on a draft: nothing that it could change but the table of numbers.
struct Working<'a> {
    world: &'a World,
    store: &'a Store,
    laws: &'a Laws,
    numbers: &'a mut Numbers,
}

impl Working<'_> {
    fn snag(&self, snag: Snag, event: EventId) -> Fault {
        snagged(self.world, self.numbers, snag, event)
    }
}

fn snagged(world: &World, numbers: &Numbers, snag: Snag, event: EventId) -> Fault {
    let fault = snag.fault().with("event", world.event_text(event, numbers));
    match snag {
        Snag::Contradiction(fluent) => fault.with("fluent", world.fluent_text(fluent, numbers)),
        _ => fault,
    }
}
