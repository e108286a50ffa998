use snapbox::str;

use crate::env::{BOOK, Env};

#[test]
fn removes_the_contact_with_its_comments_and_prints_them() {
    let env = Env::with_book(BOOK);
    env.ok("remove ana").stdout_eq(str![[r##"
# Met in Madrid.
[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
company = "Acme"
email = "ana@acme.example"
touches = [
  { on = 2026-10-02, via = "call", note = "budget approved" },  # a good one
]

Removed Ana Ruiz

"##]]);
    let start = BOOK.find("# Met").expect("her comment");
    let end = BOOK.find("# --- friends").expect("the divider");
    assert_eq!(env.book(), format!("{}{}", &BOOK[..start], &BOOK[end..]));
}

#[test]
fn removes_several_at_once() {
    let env = Env::with_book(BOOK);
    env.ok("remove kim bo").stdout_eq(str![[r#"
[[contacts]]
name = "Kim Jansen"

[[contacts]]
name = "Bo Lind"
bucket = "friends"
touches = [{ on = 2026-11-10, via = "letter" }]

Removed Kim Jansen and Bo Lind

"#]]);
    let end = BOOK.find("\n\n[[contacts]]\nname = \"Bo").expect("Bo");
    assert_eq!(env.book(), format!("{}\n", &BOOK[..end]));
}

#[test]
fn removing_a_new_contact_leaves_no_trace() {
    for book in [BOOK, "", "# mine", "[[contacts]]\r\nname = 'A'\r\n\r\n"] {
        let env = Env::with_book(book);
        env.ok("add Zoë --last yesterday");
        env.ok("remove zoe");
        assert_eq!(env.book(), book);
    }
}
