//! What a book holds: contacts, buckets, and the values of their fields.

pub mod birthday;
pub mod book;
pub mod cadence;
pub mod column;
pub mod contact;
pub mod field;
