//! Leaving out of a path what it can do without.
//!
//! A plan is minimal if no proper subsequence of it does as much, where each act kept after the
//! first omission must be possible and explained by the plan's own reasons. All subsequences are
//! followed at once, by the states in which they end.

use super::Search;
use super::quest::Path;
use super::watch::Halt;
use crate::demands::Progress;
use crate::ids::{CharacterId, NodeId};
use crate::space::Space;

impl<S: Space> Search<'_, S> {
    /// The places of the fewest acts of a character's path, order kept, that end at least at
    /// `height`, each act kept after the first omission being possible and explained by the path's
    /// own reasons. `height` is that of the whole path, which is the answer if nothing less will do.
    pub(super) fn thinnest(
        &mut self,
        who: CharacterId,
        start: NodeId,
        path: &Path,
        height: f64,
    ) -> Result<Vec<usize>, Halt> {
        let does = |search: &mut Self, state, _| {
            Ok(search
                .utility(state, Some(who))?
                .is_some_and(|utility| utility >= height))
        };
        self.least(start, None, path, does)
    }

    /// The same for an author's path: the fewest acts that meet as many demands and, if a goal is
    /// set, end as high.
    pub(super) fn thinnest_story(
        &mut self,
        start: NodeId,
        path: &Path,
    ) -> Result<Vec<usize>, Halt> {
        let demands = &self.request.demands;
        let Some(first) = demands.begin(self.space, start)? else {
            return Ok((0..path.acts.len()).collect());
        };
        let (mut end, mut wanted) = (start, first);
        for &act in &path.acts {
            end = self.apply(end, act)?;
            match demands.follow(self.space, wanted, act, end)? {
                Some(progress) => wanted = progress,
                None => return Ok((0..path.acts.len()).collect()),
            }
        }
        let height = match self.request.goal {
            Some(_) => self.utility(end, None)?,
            None => None,
        };
        let does = |search: &mut Self, state, progress: Progress| {
            Ok(progress.covers(wanted)
                && match height {
                    Some(height) => search.utility(state, None)?.is_some_and(|u| u >= height),
                    None => true,
                })
        };
        self.least(start, Some(first), path, does)
    }

    /// The places of the fewest acts of a path, order kept, whose end does; each act kept after the
    /// first omission must be possible and explained by the path's own reasons. With progress, what
    /// is to be kept is kept. All places, if nothing less will do.
    fn least(
        &mut self,
        start: NodeId,
        progress: Option<Progress>,
        path: &Path,
        mut does: impl FnMut(&mut Self, NodeId, Progress) -> Result<bool, Halt>,
    ) -> Result<Vec<usize>, Halt> {
        let demands = &self.request.demands;
        let tracked = progress.is_some() && !demands.is_empty();
        let mut whole = (start, progress.unwrap_or_default());
        // Where subsequences with an omission end, each with its fewest kept acts.
        let mut thinner: Vec<((NodeId, Progress), Vec<usize>)> = Vec::new();
        for (place, (&act, reasons)) in path.acts.iter().zip(&path.reasons).enumerate() {
            let mut next = thinner.clone();
            next.push((whole, (0..place).collect()));
            for ((state, progress), kept) in thinner {
                if !self.is_barred(state, act)
                    && self.is_possible(state, act)?
                    && self.all_hold(state, reasons)?
                {
                    let after = self.apply(state, act)?;
                    let progress = if tracked {
                        match demands.follow(self.space, progress, act, after)? {
                            Some(progress) => progress,
                            None => continue,
                        }
                    } else {
                        progress
                    };
                    let mut kept = kept;
                    kept.push(place);
                    next.push(((after, progress), kept));
                }
            }
            next.sort_by(|a, b| (a.0, a.1.len(), &a.1).cmp(&(b.0, b.1.len(), &b.1)));
            next.dedup_by_key(|(end, _)| *end);
            thinner = next;
            whole.0 = self.apply(whole.0, act)?;
            if tracked {
                let followed = demands.follow(self.space, whole.1, act, whole.0)?;
                whole.1 = followed.expect("the path keeps what is to be kept");
            }
        }
        let mut best: Vec<usize> = (0..path.acts.len()).collect();
        for ((state, progress), kept) in thinner {
            if (kept.len(), &kept) < (best.len(), &best) && does(self, state, progress)? {
                best = kept;
            }
        }
        Ok(best)
    }

    /// An explained story made minimal, and the author's utility where it ends.
    pub(super) fn trim_story(
        &mut self,
        start: NodeId,
        path: Path,
    ) -> Result<(Path, Option<f64>), Halt> {
        let kept = self.thinnest_story(start, &path)?;
        let thin = path.only(&kept);
        let mut end = start;
        for &act in &thin.acts {
            end = self.apply(end, act)?;
        }
        let utility = self.utility(end, None)?;
        Ok((thin, utility))
    }

    /// A character's accepted path made minimal, and where it ends: itself, or the fewest of its
    /// acts that do as well. None if that is no reason, because it passes through a state of
    /// unknown utility.
    pub(super) fn trim_reason(
        &mut self,
        who: CharacterId,
        start: NodeId,
        path: Path,
        height: f64,
    ) -> Result<Option<(Path, f64)>, Halt> {
        let kept = self.thinnest(who, start, &path, height)?;
        if kept.len() == path.acts.len() {
            return Ok(Some((path, height)));
        }
        let thin = path.only(&kept);
        if kept.first() != Some(&0) || !self.is_reason(who, start, &thin)? {
            return Ok(None);
        }
        let mut end = start;
        for &act in &thin.acts {
            end = self.apply(end, act)?;
        }
        let height = self.utility(end, Some(who))?.unwrap_or(height);
        Ok(Some((thin, height)))
    }
}
