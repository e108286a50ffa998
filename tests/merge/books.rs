//! Books as people write them, with every key.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Lines before the contacts.
const HEADS: [&str; 11] = [
    "# My network.\n",
    "\n",
    "format = 1\n\n",
    "[week] # mine\ntouches = 10 # [[contacts]]\n\n",
    "[defaults]\nrest_after = 3\n",
    "[regroup]\nlast = 2026-01-01 # in spring\n\n",
    "# a\n[buckets.clients] # they pay the rent\ncadence = \"4 weeks\"\n\n",
    "[ buckets . \"old friends\" ]\n\tcadence='1y'\n\tshare = 2\n\tsize = 9\n\n",
    "[sources]\nuntil = 2026-02-01\nignored = [\n  'a@b.example', # spam\n  \"c@d.example\",\n]\n\n",
    "[sync]\ncards = '~/cards' # phone\nwho = [\n  'clients', # all of them\n  \"old friends\",\n]\n\n",
    "[extra]\nnote = '''\n[[contacts]]\nname = 1\n'''\n",
];

const FOOTS: [&str; 6] = [
    "\n",
    "# the end\n",
    "\n# --- foot ---\n",
    "[buckets.late]\ncadence = \"1d\"\n",
    "   \n",
    "\n[[extras]]\na = 1\n\n[extras.below]\nb = 2\n\n[[extras]]\na = 2\n",
];

const NAMES: [&str; 6] = [
    "\"Ana Ruiz\"",
    "'José'",
    "\"李小龙\"",
    "\"O'Brien \\\"Ob\\\" #1\"",
    "'''Bo'''",
    "\"\"\"\nCy [[contacts]]\"\"\"",
];

/// Keys of a contact other than its name; a book has each only once a contact.
const FIELDS: [&str; 24] = [
    "aka = ['Al', \"B. \\u00e9\"]\n",
    "bucket = 'clients'\n",
    "cadence = '2w' # often\n",
    "limit = \"8 weeks\"\n",
    "company = \"Acme\"\n",
    "title = 'Head of \"Data\"'\n",
    "email = [\n  'a@b.example', # work, old\n  \"c@d.example\"\n]\n",
    "phone = \"+1 415 555 0134\" # \"quoted\" ] }\n",
    "links = [\"https://a.example/x#y\",]\n",
    "address = '''\nMain St 1\nOslo'''\n",
    "city = \"Oslo\"\n",
    "birthday = \"--02-29\"\n",
    "  tags   = ['x', \"y\"]\n",
    "met = '''\nsaid:\n# nothing'''\n",
    "friendly = true\n",
    "paused = 2027-01-01\n",
    "added = 2024-09-12\n",
    "uid = \"urn:uuid:6b2f3a0e-5c1d-4e8f-9a7b-0c1d2e3f4a5b\"\n",
    "notes = \"\"\"\n[[contacts]]\nname = \\\"not one\\\"\nTwo kids.\n\"\"\"\n",
    "\"my key\" = { deep = [ { a = 1 }, [ 2 ] ] }\n",
    "\n",
    "# a remark\n",
    "extra.dotted = 1\n",
    "\"key 2\" = 1979-05-27T07:32:00Z\n",
];

/// Rows and a plan: the lines among the fields, and those after them.
type Rows = [(&'static str, &'static str); 9];

const TOUCHES: Rows = [
    ("", ""),
    ("touches = []\n", ""),
    ("touches = [ # none yet\n]\n", ""),
    (
        "touches = [{on=2026-01-10,via='call'}, {on=2026-03-01},]\n",
        "",
    ),
    (
        "touches = [\n  { on = 2026-01-10, via = \"call\" },  # first, in a year\n  # older\n  { on = 2026-02-10, note = \"a, b # c\" } # last, no comma\n]\n",
        "",
    ),
    (
        "touches = [\n  { on = 2026-01-10 }\n  , { on = 2026-01-10 }, { on = 2026-01-11, mood = 'x' } ]\n",
        "",
    ),
    ("", "[[contacts.touches]]\non = 2026-01-10\n"),
    (
        "",
        "[[contacts.extras]]\na = 1\n[[contacts.extras]]\na = 2\n# deep\n[contacts.extras.below]\nb = 2\n[[contacts.touches]]\non = 2026-01-10\n",
    ),
    (
        "",
        "\n  # met\n  [[ contacts.touches ]] # 1\n  on = 2026-01-10\n\n  [[ contacts.touches ]]\n  on = 2026-02-10\n  mood = 'good'\n",
    ),
];

const PROMISES: Rows = [
    ("", ""),
    ("", ""),
    ("", ""),
    (
        "promises = [{by=2026-11-25,what='send'}, {what=\"sit\"},] # two\n",
        "",
    ),
    (
        "promises = [\n  { by = 2026-11-25, what = \"send\" },  # at last, in a year\n]\n",
        "",
    ),
    (
        "promises = [\n\t{ what = \"a, b # c\" },\n\t# more on paper\n\t{ what = 'sit' } # no comma\n]\n",
        "",
    ),
    ("", "[[contacts.promises]]\nwhat = 'sit'\n"),
    (
        "",
        "\n  # said\n  [[ contacts.promises ]] # 1\n  by = 2026-11-25\n  what = 'send'\n\n  [[ contacts.promises ]]\n  what = 'sit'\n  mood = 'good'\n",
    ),
    ("", "[[contacts.promises]]\nwhat = '''\n# sit\n'''\n"),
];

const DATES: Rows = [
    ("", ""),
    ("", ""),
    ("", ""),
    ("", ""),
    (
        "dates = [{on='--06-01',what='wedding'}, {what=\"move\", on=2014-02-28},] # two\n",
        "",
    ),
    (
        "dates = [\n  { on = '--06-01', what = 'wedding' },  # hers\n  # more\n  { on = 2014-06-01, what = 'Wedding', mood = 1 }\n]\n",
        "",
    ),
    ("", "[[contacts.dates]]\non = '--06-01'\nwhat = 'wedding'\n"),
    (
        "",
        "\n  # days\n  [[ contacts.dates ]] # 1\n  on = 2014-06-01\n  what = 'wedding'\n\n  [[ contacts.dates ]]\n  on = '--02-29'\n  what = 'move'\n",
    ),
    (
        "",
        "[[contacts.dates]]\nwhat = '''\n# sit\n'''\non = '--06-01'\n",
    ),
];

const PLANS: Rows = [
    ("", ""),
    ("", ""),
    ("", ""),
    ("", ""),
    ("", ""),
    ("next = { on = 2026-12-01, what = 'send' } # soon\n", ""),
    ("next.on = 2026-12-01\n", ""),
    ("", "# why\n[contacts.next]\non = 2026-12-01\n"),
    (
        "",
        "\n  [ contacts . next ]\n  on = 2026-12-01\n  what = \"send\"\n",
    ),
];

const AFTERS: [&str; 5] = [
    "",
    "\n",
    "# under\n",
    "# under\n\n# divider\n\n",
    "\n# above the next\n",
];

/// A book in its parts, so that contacts can be moved.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    pub(crate) head: String,
    pub(crate) contacts: Vec<String>,
    pub(crate) foot: String,
    pub(crate) has_last_newline: bool,
    pub(crate) ends: LineEnds,
    /// Whether it starts with a byte-order mark.
    pub(crate) has_mark: bool,
}

/// How lines end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LineEnds {
    Lf,
    CrLf,
    /// Some lines end with CR and LF.
    Mixed,
}

pub(crate) fn line_ends() -> impl Strategy<Value = LineEnds> {
    prop_oneof![
        8 => Just(LineEnds::Lf),
        2 => Just(LineEnds::CrLf),
        1 => Just(LineEnds::Mixed),
    ]
}

impl Pages {
    /// The text, with the contacts that are there in another order or less of them.
    pub(crate) fn text(&self) -> String {
        let text = format!("{}{}{}", self.head, self.contacts.concat(), self.foot);
        let text = if self.has_last_newline {
            text.as_str()
        } else {
            text.trim_end_matches('\n')
        };
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        let lines = text.split_inclusive('\n');
        let lines = lines.map(|line| match (self.ends, line.strip_suffix('\n')) {
            (LineEnds::CrLf, Some(line)) => format!("{line}\r\n"),
            (LineEnds::Mixed, Some(line)) if line.len() % 3 == 0 => format!("{line}\r\n"),
            _ => line.to_owned(),
        });
        format!("{mark}{}", lines.collect::<String>())
    }
}

fn contact() -> impl Strategy<Value = String> {
    let rows = (
        select(TOUCHES.to_vec()),
        select(PROMISES.to_vec()),
        select(DATES.to_vec()),
        select(PLANS.to_vec()),
    );
    let header = select(vec![
        "[[contacts]]\n",
        "  [[contacts]] # who\n",
        "[[ \"contacts\" ]]\n",
    ]);
    let fields = subsequence(FIELDS.to_vec(), 0..14);
    (header, fields, rows, select(AFTERS.to_vec())).prop_map(
        |(header, fields, (touches, promises, dates, plan), after)| {
            let parts = [plan, dates, promises, touches];
            let lines = parts.map(|part| part.0).concat();
            let blocks = parts.map(|part| part.1).concat();
            format!(
                "{header}name = NAME\n{}{lines}{blocks}{after}",
                fields.concat()
            )
        },
    )
}

/// A book of up to six contacts, and no less than so many.
pub(crate) fn book(least: usize) -> impl Strategy<Value = Pages> {
    let head = subsequence(HEADS.to_vec(), 0..=HEADS.len());
    let foot = subsequence(FOOTS.to_vec(), 0..3);
    let contacts = prop::collection::vec(contact(), least..=NAMES.len());
    let has_last_newline = prop::bool::weighted(0.8);
    let rest = (has_last_newline, line_ends(), prop::bool::weighted(0.1));
    (head, contacts, foot, rest).prop_map(|(head, contacts, foot, rest)| {
        let mut has_uid = false;
        let contacts = contacts.into_iter().zip(NAMES).enumerate();
        let named = contacts.map(|(at, (text, name))| {
            // A comment that is there twice may be either.
            let text = text.replace("under", &format!("under {at}"));
            let text = text.replace("NAME", name);
            // A UID is one person's.
            let is_second = has_uid && text.contains("\nuid =");
            has_uid |= text.contains("\nuid =");
            if is_second {
                text.replace("6b2f3a0e", "00000000")
                    .replace("\nuid =", "\nold_uid =")
            } else {
                text
            }
        });
        Pages {
            contacts: named.collect(),
            head: head.concat(),
            foot: foot.concat(),
            has_last_newline: rest.0,
            ends: rest.1,
            has_mark: rest.2,
        }
    })
}
