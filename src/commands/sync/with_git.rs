//! The book in a git repository: commit, fetch, merge, push.

use std::ffi::{OsStr, OsString};

use super::incoming::Incoming;
use super::message;
use super::report::{SyncReport, came, decided, taken};
use crate::app::App;
use crate::app::git::{
    BookRepository, ChangedFile, Fetched, Pushed, TreeEntry, Upstream, WorkTreeState,
    forget_fetched, refuse,
};
use crate::domain::changes::book_change::BookChange;
use crate::error::{Error, Result};
use crate::store::{
    BookFile, BookMerge, Failure, MergeSide, StoreError, Unmergeable, book_in, merge_books,
};

/// How often a push that another machine got ahead of starts over.
const TRIES: usize = 5;

/// Said once git knows how to merge the book.
pub(super) const MERGES: &str = "git merges the book by `netkeep merge-file` from now on";

/// Syncs the book, and tells what was done, also when it fails on the way.
pub(super) fn sync(
    app: &mut App,
    repository: &BookRepository,
    yes: bool,
    is_first: bool,
) -> Result<()> {
    // Two at once would be in each other's way in git.
    let _lock = app.lock_repository(repository)?;
    let mut sync = GitSync {
        app,
        repository,
        branch: String::new(),
        yes,
        is_first,
        report: SyncReport::default(),
    };
    let done = sync.run();
    let report = sync.report;
    forget_fetched(repository);
    // What is done stays done if the answer cannot be written.
    app.has_saved |= done.is_ok() && !app.dry_run && report.is_something();
    report.say(app, done.is_err())?;
    done?;
    if app.dry_run || !repository.has_attribute()? {
        return Ok(());
    }
    // What a clone does not bring over.
    match repository.add_driver() {
        Ok(true) => app.line(MERGES)?,
        Ok(false) => {}
        Err(err) => app.note_error("warning", &err),
    }
    Ok(())
}

pub(super) struct GitSync<'s> {
    pub(super) app: &'s mut App,
    pub(super) repository: &'s BookRepository,
    /// The branch that is checked out.
    branch: String,
    yes: bool,
    /// Whether git is to learn how a book is merged.
    is_first: bool,
    pub(super) report: SyncReport,
}

/// What is there, merged with the book here.
pub(super) struct Joining<'c> {
    pub(super) incoming: Incoming<'c>,
    pub(super) merge: BookMerge,
    /// How many were left out who were purged here.
    pub(super) purged: usize,
}

impl GitSync<'_> {
    fn run(&mut self) -> Result<()> {
        self.branch = self.repository.branch()?;
        let upstream = self.repository.upstream(&self.branch);
        // On a branch without a commit, the first one may be on the remote already.
        let is_new = self.head()?.is_none();
        if !is_new || !matches!(upstream, Ok(Some(_))) {
            self.commit()?;
        }
        let Some(mut upstream) = upstream? else {
            return Ok(());
        };
        self.report.upstream = Some(upstream.name());
        if self.app.dry_run {
            return self.show(&mut upstream);
        }
        self.with(&mut upstream)
    }

    /// Where the remote has no branch of this name: takes the one that it shows, unless this branch grew from that.
    pub(super) fn joins_another(&mut self, upstream: &mut Upstream) -> Result<bool> {
        let head = self.head()?;
        let Some(shown) = upstream.shown(self.repository, head.is_none())? else {
            return Ok(false);
        };
        if let (Some(head), Fetched::At(there)) = (head, self.fetch(&shown)?)
            && !self.repository.bases(&head, &there)?.is_empty()
        {
            return Ok(false);
        }
        self.report.upstream = Some(shown.name());
        *upstream = shown;
        Ok(true)
    }

    fn with(&mut self, upstream: &mut Upstream) -> Result<()> {
        let mut last = None;
        for _ in 0..TRIES {
            let there = match self.fetch(upstream)? {
                Fetched::Offline(why) => {
                    self.commit()?;
                    self.report.offline = Some(why);
                    return Ok(());
                }
                Fetched::NoBranch if self.joins_another(upstream)? => continue,
                Fetched::NoBranch => {
                    self.commit()?;
                    None
                }
                Fetched::At(there) => {
                    self.take_in(upstream, &there)?;
                    if self.is_first {
                        self.commit()?;
                    }
                    Some(there)
                }
            };
            let Some(head) = self.head()? else {
                return Ok(());
            };
            if there.as_ref() == Some(&head) {
                return upstream.follow(self.repository, &self.branch);
            }
            match upstream.push(self.repository, &head)? {
                Pushed::Done => {
                    self.report.is_pushed = true;
                    return upstream.follow(self.repository, &self.branch);
                }
                Pushed::Offline(why) => {
                    self.report.offline = Some(why);
                    return Ok(());
                }
                Pushed::Rejected(answer) if answer.is_overtaken() => last = Some(answer),
                Pushed::Rejected(answer) if answer.is_checked_out() => {
                    return refuse(
                        format!(
                            "{} has the branch {} checked out, so git does not push to it",
                            upstream.shown_remote(),
                            upstream.branch
                        ),
                        "share the book through a bare repository; or run `git config receive.denyCurrentBranch updateInstead` there",
                    );
                }
                Pushed::Rejected(answer) => {
                    return Err(answer.failed_to(&format!("push to {}", upstream.shown_remote())));
                }
            }
        }
        let words = match last {
            // A git that was killed there is not outrun.
            Some(answer) if answer.lock().is_some() => return Err(answer.failure()),
            Some(answer) => format!(": {}", answer.words()),
            None => String::new(),
        };
        refuse(
            format!(
                "{} was ahead at each of {TRIES} pushes{words}",
                upstream.name()
            ),
            "run `netkeep sync` again: what was merged is committed here",
        )
    }

    /// Fetches. A dry run leaves what git knows of the remote as it is.
    pub(super) fn fetch(&self, upstream: &Upstream) -> Result<Fetched> {
        upstream.fetch(self.repository, !self.app.dry_run)
    }

    pub(super) fn head(&self) -> Result<Option<String>> {
        self.repository.commit_of("HEAD")
    }

    /// Commits the book if it changed.
    pub(super) fn commit(&mut self) -> Result<()> {
        let file = self.app.open_to_change()?;
        self.commit_file(&file)
    }

    fn commit_file(&mut self, file: &BookFile) -> Result<()> {
        let repository = self.repository;
        let head = self.head()?;
        if !self.app.dry_run
            && let Some(merge) = repository.pending(head.as_deref(), file.text().as_bytes())?
        {
            return repository.finish(&merge, head.as_deref(), "netkeep sync: finish a merge");
        }
        let state = repository.state()?;
        let attributes = repository.new_attribute(self.is_first)?;
        let mut files: Vec<&OsStr> = attributes.iter().map(OsString::as_os_str).collect();
        let mut new = files.clone();
        let message = if state != WorkTreeState::Committed {
            files.push(&repository.book);
            if state == WorkTreeState::Untracked {
                new.push(&repository.book);
            }
            let before = self.committed(head.as_deref())?;
            message::of_changes(self.app, file, before.as_deref())
        } else if !files.is_empty() {
            message::ATTRIBUTE.to_owned()
        } else {
            return Ok(());
        };
        if !self.app.dry_run {
            repository.commit(&message, &files, &new)?;
        }
        let subject = message.lines().next().map(str::to_owned);
        self.report.committed.extend(subject);
        Ok(())
    }

    /// The book as the last commit has it.
    fn committed(&self, head: Option<&str>) -> Result<Option<Vec<u8>>> {
        let repository = self.repository;
        let entry = head.map(|head| repository.entry(head, &repository.book));
        let entry = entry.transpose()?.flatten();
        let bytes = entry.map(|entry| repository.content(&entry.blob, &repository.book));
        bytes.transpose()
    }

    /// Merges what is `there`, and commits the merge.
    fn take_in(&mut self, upstream: &Upstream, there: &str) -> Result<()> {
        for _ in 0..TRIES {
            let merged = match self.app.open_to_change() {
                Ok(file) => self.merge(file, upstream, there),
                Err(Error::NoBook(_) | Error::NoFile(_)) if self.head()?.is_none() => {
                    self.take(upstream, there)
                }
                Err(err) => Err(err),
            };
            match merged {
                Err(Error::Differing(conflicts)) if self.app.may_ask() => {
                    let sides = ["here", &format!("on {}", upstream.name())];
                    if !self.app.choose_values(&conflicts, sides)? {
                        return refuse(
                            "nothing was merged: you did not say which value stays",
                            "the book stays as it is; `netkeep sync` asks again",
                        );
                    }
                }
                // An editor saved the book meanwhile: that is committed first.
                Err(Error::Store(StoreError {
                    why: Failure::Changed,
                    ..
                })) => {}
                done => return done,
            }
        }
        Err(Failure::Restless.at(self.app.path()).into())
    }

    fn merge(&mut self, file: BookFile, upstream: &Upstream, there: &str) -> Result<()> {
        let repository = self.repository;
        if self.head()?.is_some() {
            self.commit_file(&file)?;
        } else if let Some(merge) = repository.pending(None, file.text().as_bytes())? {
            repository.finish(&merge, None, "netkeep sync: finish a merge")?;
        }
        let (head, name) = (self.head()?, upstream.name());
        let joining = self.joining(&file, head.as_deref(), there, &name)?;
        let Some(Joining {
            incoming,
            merge,
            purged,
        }) = joining
        else {
            return Ok(());
        };
        let choices = self.app.chosen_values(&merge.conflicts);
        let choices = choices.ok_or_else(|| Error::Differing(merge.conflicts.clone()))?;
        let text = merge.text(&choices);
        let Some(book) = book_in(text.as_bytes()) else {
            return not_proven(repository, &name);
        };
        let change = BookChange::between(file.book(), &book);
        self.check_loss(file.book().contacts.len(), book.contacts.len(), &name)?;
        let text_changes = text != file.text();
        let commit = self.commit_of_merge(&incoming, &text, || match incoming.head {
            Some(_) => message::of_merge(&name, text_changes.then_some(&change)),
            None => message::of_join(incoming.theirs.as_ref().map(|(_, theirs)| theirs), &book),
        })?;
        let came = came(&change, self.app.today);
        repository.set_pending(&commit)?;
        if text_changes {
            self.app.write_merged(file, &text, &book)?;
            self.report.merged.extend(came);
        }
        self.report.merged.extend(decided(&merge, purged));
        let reason = format!("netkeep sync: merge {name}");
        repository.finish(&commit, head.as_deref(), &reason)
    }

    /// Merges what is `there` with the book here; `None` if the last commit here, `head`, has all of it.
    pub(super) fn joining<'c>(
        &self,
        file: &BookFile,
        head: Option<&'c str>,
        there: &'c str,
        name: &str,
    ) -> Result<Option<Joining<'c>>> {
        let repository = self.repository;
        if let Some(head) = head
            && repository.is_ancestor(there, head)?
        {
            return Ok(None);
        }
        let mut incoming = Incoming::read(repository, head, there, name)?;
        let purged = incoming.without_purged(repository, file)?;
        // Not as the commit has it: a filter of git may leave something out there.
        let merge = merged(repository, &incoming, file.text(), name)?;
        Ok(Some(Joining {
            incoming,
            merge,
            purged,
        }))
    }

    /// Takes the book that is `there` where there is none here.
    fn take(&mut self, upstream: &Upstream, there: &str) -> Result<()> {
        let (repository, name) = (self.repository, upstream.name());
        let text = self.text_to_take(there, &name)?;
        repository.set_pending(there)?;
        let file = self.app.open_or_create(&text)?;
        if !file.is_new() {
            return self.merge(file, upstream, there);
        }
        self.app.save(&file, &[])?;
        repository.finish(there, None, &format!("netkeep sync: take {name}"))?;
        self.report.merged.push(taken(file.book()));
        Ok(())
    }

    /// The book that is `there`, where there is none here.
    pub(super) fn text_to_take(&self, there: &str, name: &str) -> Result<String> {
        let incoming = Incoming::read(self.repository, None, there, name)?;
        let Some((_, text)) = incoming.theirs else {
            return refuse(
                format!("there is no {} on {name}", self.repository.shown()),
                "`--file` with the name that the book has there takes it",
            );
        };
        Ok(text)
    }

    /// The commit that has the merged text: what came, where nothing is new here.
    fn commit_of_merge(
        &self,
        incoming: &Incoming,
        text: &str,
        message: impl FnOnce() -> String,
    ) -> Result<String> {
        let repository = self.repository;
        let theirs = incoming.theirs.as_ref();
        let known = [theirs, incoming.ours.as_ref()].into_iter().flatten();
        let blob = match known.clone().find(|(_, known)| known == text) {
            Some((entry, _)) => entry.blob.clone(),
            None => repository.blob(text.as_bytes())?,
        };
        let is_theirs = theirs.is_some_and(|(theirs, _)| theirs.blob == blob);
        if incoming.is_forward && is_theirs {
            return Ok(incoming.commit.to_owned());
        }
        let mode = known
            .last()
            .map_or("100644", |(entry, _)| &entry.mode)
            .to_owned();
        let book = ChangedFile {
            path: repository.book.clone(),
            entry: Some(TreeEntry { mode, blob }),
        };
        let mut files = incoming.others.clone();
        files.push(book);
        let parents: Vec<&str> = incoming.head.into_iter().chain([incoming.commit]).collect();
        let tree = incoming.head.unwrap_or(incoming.commit);
        repository.make_commit(tree, &files, &parents, &message())
    }

    /// Asks before most of the people are removed, because they were on another machine.
    pub(super) fn check_loss(&self, before: usize, after: usize, there: &str) -> Result<()> {
        if after * 2 >= before || self.yes {
            return Ok(());
        }
        refuse(
            format!(
                "{there} has lost {} of {before} contacts, and so would this book",
                before - after
            ),
            "if that was not meant, undo it on the machine that did it, and run `netkeep sync` there; \
             `netkeep sync --yes` removes them here too",
        )
    }
}

fn merged(
    repository: &BookRepository,
    incoming: &Incoming,
    ours: &str,
    there: &str,
) -> Result<BookMerge> {
    let Some((_, theirs)) = &incoming.theirs else {
        return Ok(merge_books(&[], ours, ours).unwrap_or_default());
    };
    let bases: Vec<&str> = incoming.bases.iter().map(String::as_str).collect();
    merge_books(&bases, ours, theirs).or_else(|why| match why {
        Unmergeable::NotABook(side, problems) => {
            let whose = match side {
                MergeSide::Ours => "here".to_owned(),
                MergeSide::Theirs => format!("on {there}"),
            };
            let first = problems.first().map_or("", |problem| &problem.message);
            refuse(
                format!("the book {whose} cannot be read: {first}"),
                "fix it where it was broken and run `netkeep sync` there; `netkeep check` shows every problem",
            )
        }
        Unmergeable::NotProven => not_proven(repository, there),
    })
}

pub(super) fn not_proven<T>(repository: &BookRepository, there: &str) -> Result<T> {
    repository.refuse(
        format!("netkeep could not prove that a merge with {there} would lose nothing"),
        "`git pull --no-rebase` merges it line by line",
    )
}
