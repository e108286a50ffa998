//! What a sync would do. What is fetched for it is forgotten; the book, the branch and the remote stay as they are.

use super::report::{came, decided, taken};
use super::with_git::{GitSync, Joining, not_proven};
use crate::app::choose_values::what;
use crate::app::git::{Fetched, Upstream};
use crate::domain::changes::book_change::BookChange;
use crate::error::{Error, Result};
use crate::store::{MergeSide, book_in};

impl GitSync<'_> {
    /// Takes down what would come from the remote, what would be asked, and whether anything would be pushed.
    pub(super) fn show(&mut self, upstream: &mut Upstream) -> Result<()> {
        let there = match self.fetch(upstream)? {
            Fetched::At(there) => Some(there),
            Fetched::NoBranch if self.joins_another(upstream)? => return self.show(upstream),
            Fetched::NoBranch => None,
            Fetched::Offline(why) => {
                self.report.offline = Some(why);
                None
            }
        };
        let head = self.head()?;
        if let Some(there) = there {
            return self.show_merge(upstream, head.as_deref(), &there);
        }
        if head.is_none() {
            self.commit()?;
        }
        self.report.is_pushed = self.report.offline.is_none();
        Ok(())
    }

    fn show_merge(&mut self, upstream: &Upstream, head: Option<&str>, there: &str) -> Result<()> {
        let name = upstream.name();
        let file = match self.app.open_to_change() {
            Err(Error::NoBook(_) | Error::NoFile(_)) if head.is_none() => {
                let book = book_in(self.text_to_take(there, &name)?.as_bytes());
                self.report.merged.extend(book.as_ref().map(taken));
                return Ok(());
            }
            file => file?,
        };
        let is_changed = !self.report.committed.is_empty();
        let Some(Joining {
            incoming,
            merge,
            purged,
        }) = self.joining(&file, head, there, &name)?
        else {
            self.report.is_pushed = is_changed || head != Some(there);
            return Ok(());
        };
        let text = merge.text(&vec![MergeSide::Ours; merge.conflicts.len()]);
        let Some(book) = book_in(text.as_bytes()) else {
            return not_proven(self.repository, &name);
        };
        self.check_loss(file.book().contacts.len(), book.contacts.len(), &name)?;
        if text != file.text() {
            let change = BookChange::between(file.book(), &book);
            self.report.merged = came(&change, self.app.today);
        }
        self.report.merged.extend(decided(&merge, purged));
        self.report.asked = merge.conflicts.iter().map(what).collect();
        let is_theirs = incoming.theirs.is_some_and(|(_, theirs)| theirs == text);
        self.report.is_pushed = is_changed || !incoming.is_forward || !is_theirs;
        Ok(())
    }
}
