use clap::Args;

use crate::app::{App, pick};
use crate::domain::due::rule::standing;
use crate::domain::{Field, Value};
use crate::error::Result;
use crate::render::words::messages;
use crate::store::Edit;

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
    let file = app.open_to_change()?;
    let book = file.book();
    let ids = pick::all(book, &args.names)?;
    let bucket = pick::bucket(book, &args.bucket)?;
    let set = |&contact| Edit::Set {
        contact,
        field: Field::Bucket,
        value: Some(Value::Text(bucket.clone())),
    };
    let edits: Vec<Edit> = ids.iter().map(set).collect();

    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    for id in ids {
        let name = &change.book.contact(id).name;
        let due = messages::due(&standing(&change.book, id, app.today), app.today);
        let said = match book.contact(id).bucket.as_deref() {
            Some(from) if from == bucket => format!("{name} is in {bucket} already; {due}"),
            Some(from) => format!("Moved {name} from {from} to {bucket}; {due}"),
            None => format!("Moved {name} to {bucket}; {due}"),
        };
        app.sink().line(said)?;
    }
    Ok(())
}
