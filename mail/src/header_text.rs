use std::fmt;

/// A text that may stand in a header: one line, no control characters, at most [`HeaderText::MAX_CHARS`].
/// A new line in a name or a subject would begin a header of its own; this type is why it cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct HeaderText(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderTextError {
    #[error("the text has a line break or a control character at character {0}")]
    Control(usize),
    #[error("the text is {0} characters long; at most {max} fit in a header", max = HeaderText::MAX_CHARS)]
    TooLong(usize),
}

impl HeaderText {
    /// More than any subject, and short enough that no mail server minds.
    pub const MAX_CHARS: usize = 400;

    /// Refuses what may not stand in a header. For what somebody types and can mend.
    pub fn new(text: &str) -> Result<Self, HeaderTextError> {
        if let Some(place) = text.chars().position(is_control) {
            return Err(HeaderTextError::Control(place + 1));
        }
        let length = text.chars().count();
        if length > Self::MAX_CHARS {
            return Err(HeaderTextError::TooLong(length));
        }
        Ok(Self(text.trim().to_owned()))
    }

    /// Makes white space of what may not stand in a header, and cuts what is too long. For what a register says,
    /// which nobody is there to mend when the letter is sent.
    #[must_use]
    pub fn clean(text: &str) -> Self {
        let spaced: String = text
            .chars()
            .map(|sign| if is_control(sign) { ' ' } else { sign })
            .collect();
        let mut clean = String::with_capacity(spaced.len());
        for word in spaced.split_whitespace() {
            if !clean.is_empty() {
                clean.push(' ');
            }
            clean.push_str(word);
        }
        match clean.char_indices().nth(Self::MAX_CHARS) {
            Some((end, _)) => Self(clean[..end].trim_end().to_owned()),
            None => Self(clean),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for HeaderText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Besides the control characters: separators that some readers take for line breaks, and signs that turn
/// the direction of what follows, so that an address can be made to look like another.
fn is_control(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}')
        || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_new_line_is_refused_where_somebody_can_mend_it_and_a_space_where_nobody_can() {
        let injected = "Ada\r\nBcc: eve@example.com";

        assert_eq!(HeaderText::new(injected), Err(HeaderTextError::Control(4)));
        assert_eq!(
            HeaderText::clean(injected).as_str(),
            "Ada Bcc: eve@example.com"
        );
    }

    #[test]
    fn a_text_that_is_too_long_is_refused_or_cut() {
        let long = "å".repeat(HeaderText::MAX_CHARS + 1);

        assert_eq!(
            HeaderText::new(&long),
            Err(HeaderTextError::TooLong(HeaderText::MAX_CHARS + 1))
        );
        let cut = HeaderText::clean(&long);
        assert_eq!(cut.as_str().chars().count(), HeaderText::MAX_CHARS);
    }

    proptest! {
        #[test]
        fn whatever_is_cleaned_is_taken(text in any::<String>()) {
            let clean = HeaderText::clean(&text);
            prop_assert_eq!(HeaderText::new(clean.as_str()), Ok(clean.clone()));
        }
    }
}
