use clap::Args;

use crate::app::{App, pick};
use crate::domain::due::rule::standing;
use crate::domain::{Field, Value};
use crate::error::Result;
use crate::render::words::messages;

/// Move contacts to another bucket
///
/// `netkeep edit NAME --unset bucket` leaves a contact without a bucket.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep move kim friends\n  netkeep move tomas sean colleagues"
)]
pub(crate) struct MoveArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The bucket
    bucket: String,
}

pub(crate) fn run(app: &mut App, args: &MoveArgs) -> Result<()> {
    let today = app.today;
    app.set_each(
        &args.names,
        Field::Bucket,
        |_, book, _| Ok(Some(Value::Text(pick::bucket(book, &args.bucket)?))),
        |before, book, id| {
            let contact = book.contact(id);
            let name = &contact.name;
            let to = contact.bucket.as_deref().unwrap_or_default();
            let due = messages::due(&standing(book, id, today), today);
            match before.contact(id).bucket.as_deref() {
                Some(from) if from == to => format!("{name} is in {to} already; {due}"),
                Some(from) => format!("Moved {name} from {from} to {to}; {due}"),
                None => format!("Moved {name} to {to}; {due}"),
            }
        },
    )
}
