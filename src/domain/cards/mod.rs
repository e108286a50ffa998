//! The book and a folder of cards: what each says of the people that both have, and what each becomes.
//!
//! In come the book, the cards as they are read, and the links: which card is which contact, and what the two said when they
//! last agreed. Out come the contacts and the cards as they are to be, and what a person has to answer first.
//!
//! - `shared`: what of a contact a card has. Read it first. `link`: a card of the folder, and its link to a contact.
//! - `three_way`: what becomes of two sides that grew from what they agreed on. `card_lists`: the same for lists;
//!   `card_values`: what is no change of a value.
//!   `categories`: the categories of a card as a bucket and tags.
//! - `round`: what a round starts with. `pairing`: which card is which contact. `plan`: what becomes of everyone; `planner` works it out.

mod card_lists;
mod card_values;
mod categories;
pub mod link;
mod pairing;
pub mod plan;
mod planner;
pub mod round;
pub mod shared;
pub mod three_way;
