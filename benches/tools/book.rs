//! Writes a book for benchmarks: `cargo run --example book -- PEOPLE [TOUCHES_EACH] > book.toml`.

#[allow(
    clippy::cast_possible_truncation,
    dead_code,
    missing_docs,
    reason = "shared with the benchmarks"
)]
#[path = "../book/people.rs"]
mod people;

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse());
    let mut number = |default| {
        numbers
            .next()
            .unwrap_or(Ok(default))
            .map_err(io::Error::other)
    };
    let book = people::book(number(1000)?, number(10)?);
    io::stdout().write_all(book.as_bytes())
}
