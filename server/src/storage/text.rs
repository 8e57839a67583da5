use std::fmt;

/// A text that both databases can hold: no NUL character, at most [`StoredText::MAX_BYTES`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StoredText(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoredTextError {
    #[error("the text is {0} bytes long; at most {max} are kept", max = StoredText::MAX_BYTES)]
    TooLong(usize),
    #[error("the text holds a NUL character")]
    Nul,
}

impl StoredText {
    /// Far above any answer, far below what would hurt.
    pub const MAX_BYTES: usize = 64 * 1024;

    pub fn new(text: impl Into<String>) -> Result<Self, StoredTextError> {
        let text = text.into();
        if text.len() > Self::MAX_BYTES {
            Err(StoredTextError::TooLong(text.len()))
        } else if text.contains('\0') {
            Err(StoredTextError::Nul)
        } else {
            Ok(Self(text))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for StoredText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for StoredText {
    type Error = StoredTextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_one_database_would_refuse_is_refused_for_both() {
        assert_eq!(StoredText::new("a\0b"), Err(StoredTextError::Nul));
    }

    #[test]
    fn the_longest_text_is_kept_and_one_byte_more_is_not() {
        let longest = "a".repeat(StoredText::MAX_BYTES);
        assert_eq!(
            StoredText::new(longest.clone()).map(StoredText::into_string),
            Ok(longest.clone())
        );
        assert_eq!(
            StoredText::new(longest + "a"),
            Err(StoredTextError::TooLong(StoredText::MAX_BYTES + 1))
        );
    }
}
