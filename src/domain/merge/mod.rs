//! Two states of a book: who in one is who in the other, and what becomes of a value, a row, a list or a line that both
//! have, given what they grew from. Pure, and generic over what is compared; `store::edit::book_merge` does the same to
//! the text.
