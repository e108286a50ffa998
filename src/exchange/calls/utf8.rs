//! A stream of text in UTF-8, or in UTF-16, as UTF-8.

use std::io::{self, BufRead, ErrorKind};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A stream as UTF-8. Bytes of a text in UTF-8 pass as they are.
pub(super) struct Utf8<'i, I> {
    input: &'i mut I,
    /// `None` for a stream in UTF-8.
    decoder: Option<Decoder>,
    decoded: String,
    /// How much of what was decoded is used.
    used: usize,
    is_over: bool,
}

impl<'i, I: BufRead> Utf8<'i, I> {
    pub(super) fn new(input: &'i mut I) -> io::Result<Self> {
        let decoder = wide(filled(input)?).map(Encoding::new_decoder);
        Ok(Self {
            input,
            decoder,
            decoded: String::new(),
            used: 0,
            is_over: false,
        })
    }

    /// The bytes that come next; none at the end of the stream.
    pub(super) fn fill(&mut self) -> io::Result<&[u8]> {
        let Some(decoder) = &mut self.decoder else {
            return filled(self.input);
        };
        while self.used == self.decoded.len() && !self.is_over {
            let bytes = filled(self.input)?;
            let (length, is_last) = (bytes.len(), bytes.is_empty());
            self.used = 0;
            self.decoded.clear();
            // Room for what one byte may become.
            self.decoded.reserve(length * 3 + 16);
            let (_, read, _) = decoder.decode_to_string(bytes, &mut self.decoded, is_last);
            self.input.consume(read);
            self.is_over = is_last;
        }
        Ok(&self.decoded.as_bytes()[self.used..])
    }

    /// Leaves bytes behind.
    pub(super) fn consume(&mut self, bytes: usize) {
        match self.decoder {
            Some(_) => self.used += bytes,
            None => self.input.consume(bytes),
        }
    }
}

/// The encoding of XML that begins so, if it is not UTF-8. The mark of UTF-8 is skipped like any text between tags.
pub(super) fn wide(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        start => Encoding::for_bom(start)
            .map(|(encoding, _)| encoding)
            .filter(|encoding| *encoding != UTF_8),
    }
}

fn filled(input: &mut impl BufRead) -> io::Result<&[u8]> {
    loop {
        match input.fill_buf() {
            Ok(_) => break,
            Err(err) if err.kind() == ErrorKind::Interrupted => {}
            Err(err) => return Err(err),
        }
    }
    // It is filled now, so this neither reads nor fails.
    input.fill_buf()
}
