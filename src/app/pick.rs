//! Which contact and which bucket a typed word means. Nothing is guessed: what is not certain is an error.

use clap::Args;

use super::App;
use crate::domain::find::by_name::{NameMatch, find};
use crate::domain::find::filter::Filter;
use crate::domain::text::{caseless, fold, is_one_spelling, is_same, near, spellings};
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};

/// The one contact that `typed` means.
pub(crate) fn one(book: &Book, typed: &str) -> Result<ContactId> {
    if typed.trim().is_empty() {
        return Err(Error::Blank("a name"));
    }
    match find(book, typed) {
        NameMatch::One(id) => Ok(id),
        NameMatch::Many(ids) => {
            let facts = |id: &ContactId| {
                let contact = book.contact(*id);
                let [bucket, company] = [&contact.bucket, &contact.company]
                    .map(|text| text.clone().unwrap_or_default());
                [contact.name.clone(), bucket, company]
            };
            let matches = ids.iter().map(facts).collect();
            Err(Error::Ambiguous(typed.to_owned(), matches))
        }
        NameMatch::Nobody(near) => {
            let near = near
                .iter()
                .map(|id| book.contact(*id).name.clone())
                .collect();
            Err(Error::NoSuchContact {
                typed: typed.to_owned(),
                near,
            })
        }
    }
}

/// The same for what cannot be undone: only by a whole name, ignoring case and accents.
pub(crate) fn whole(book: &Book, typed: &str) -> Result<ContactId> {
    let id = one(book, typed)?;
    let contact = book.contact(id);
    if contact
        .names()
        .any(|name| fold(name) == fold(typed) || is_one_spelling(name, typed))
    {
        return Ok(id);
    }
    Err(Error::NotWhole {
        typed: typed.to_owned(),
        name: contact.name.clone(),
    })
}

/// The contacts that `typed` means, each once, in the order given.
pub(crate) fn all(book: &Book, typed: &[String]) -> Result<Vec<ContactId>> {
    let mut ids = Vec::new();
    for typed in typed {
        let id = one(book, typed)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The name of the bucket that `typed` means: exactly, else ignoring case and accents.
pub(crate) fn bucket(book: &Book, typed: &str) -> Result<String> {
    if typed.trim().is_empty() {
        return Err(Error::Blank("a bucket"));
    }
    // As in names, a hyphen stands for a space.
    let like = |name: &str| caseless(name).replace('-', " ");
    let names = || book.buckets.iter().map(|bucket| bucket.name.as_str());
    let folded = || {
        let mut alike = names().filter(|name| like(name) == like(typed));
        alike.next().filter(|_| alike.next().is_none())
    };
    match names().find(|name| *name == typed).or_else(folded) {
        Some(name) => Ok(name.to_owned()),
        None => Err(Error::NoSuchBucket {
            typed: typed.to_owned(),
            near: near(typed, names()).first().map(|&near| near.to_owned()),
            buckets: names().map(str::to_owned).collect(),
        }),
    }
}

/// Makes sure that no other contact has `name`, ignoring case. Returns one whose name is only spelled in another way, if any.
pub(crate) fn free<'b>(
    book: &'b Book,
    name: &str,
    but: Option<ContactId>,
) -> Result<Option<&'b str>> {
    let others = || {
        book.ids()
            .filter(|id| Some(*id) != but)
            .map(|id| book.contact(id).name.as_str())
    };
    if let Some(there) = others().find(|other| is_same(other, name)) {
        return Err(Error::NameThere(there.to_owned()));
    }
    let own = spellings(name);
    let is_alike = |other: &str| {
        let mut others = spellings(other).into_iter();
        others.any(|other| !other.is_empty() && own.contains(&other))
    };
    Ok(others().find(|other| is_alike(other)))
}

/// The options that leave contacts out.
#[derive(Args, Debug)]
pub(crate) struct FilterArgs {
    /// Only this bucket (can be repeated)
    #[arg(short, long)]
    bucket: Vec<String>,
    /// Only contacts with this tag (can be repeated)
    #[arg(long)]
    pub(crate) tag: Vec<String>,
}

impl App {
    /// The filter that was asked for; says which tags nobody has.
    pub(crate) fn filter(&self, book: &Book, args: &FilterArgs) -> Result<Filter> {
        let buckets = args.bucket.iter().map(|typed| bucket(book, typed));
        let buckets = buckets.collect::<Result<Vec<String>>>()?;
        for tag in &args.tag {
            let tagged = Filter {
                tags: vec![tag.clone()],
                ..Filter::default()
            };
            if !book.contacts.iter().any(|contact| tagged.takes(contact)) {
                self.note(format!("nobody has the tag `{tag}`"));
            }
        }
        Ok(Filter {
            buckets,
            tags: args.tag.clone(),
            texts: vec![],
        })
    }
}
