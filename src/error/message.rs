//! A sentence and the hint that goes with it.

/// What an error says.
pub(super) struct Message {
    /// In lower case, without a full stop.
    pub(super) sentence: String,
    /// What to type next, where that is known.
    pub(super) hint: Option<String>,
}

/// A message without a hint.
pub(super) fn say(sentence: impl Into<String>) -> Message {
    Message {
        sentence: sentence.into(),
        hint: None,
    }
}

impl Message {
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}
