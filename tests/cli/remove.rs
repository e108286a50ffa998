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

Removed Ana Ruiz; `netkeep undo` undoes it

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

Removed Kim Jansen and Bo Lind; `netkeep undo` undoes it

"#]]);
    let end = BOOK.find("[[contacts]]\nname = \"Bo").expect("Bo");
    assert_eq!(env.book(), &BOOK[..end]);
}

#[test]
fn removing_a_new_contact_leaves_at_most_the_blank_line_above_it() {
    for (book, left) in [
        (BOOK, "\n"),
        ("", ""),
        ("# mine", "\n\n"),
        ("[[contacts]]\r\nname = 'A'\r\n\r\n", ""),
    ] {
        let env = Env::with_book(book);
        env.ok("add Zoë --last yesterday");
        env.ok("remove zoe");
        let once = format!("{book}{left}");
        assert_eq!(env.book(), once);
        env.ok("add Zoë --last yesterday");
        env.ok("remove zoe");
        assert_eq!(env.book(), once);
    }
}

/// Line ends and blank lines of every kind, right above and right below.
#[test]
fn removing_touches_no_line_of_others() {
    for above in [
        "[[contacts]]\nname = \"Ida\"\r\n\n",
        "[[contacts]]\nname = \"Ida\"\n\n# --- here ---\r\n\r\n",
        "[[contacts]]\nname = \"Ida\"\n[extra]\nx = 1\r\n\n \n\r\n",
    ] {
        for below in [
            "",
            "# --- there ---\r\n\r\n",
            "[[contacts]]\r\nname = \"Jo\"",
            "\t[extra.y]\nz = 1",
        ] {
            for ends in ["\n", "\r\n", "\n\r\n\n"] {
                let env = Env::with_book(&format!(
                    "{above}[[contacts]]\nname = \"Kim\"{ends}\n{below}"
                ));
                env.ok("remove kim");
                assert_eq!(env.book(), format!("{above}{below}"));
            }
        }
        let env = Env::with_book(&format!("{above}[[contacts]]\nname = \"Kim\""));
        env.ok("remove kim");
        assert_eq!(env.book(), above);
    }
}
