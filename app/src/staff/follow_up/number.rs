//! Numbers as a reader writes them.

use leptos::prelude::*;
use survey::{statistics::Ratio, text::Language};

/// `1 183` in Swedish, `1,183` in English.
pub fn count(n: u64, language: Language) -> String {
    let separator = match language {
        Language::Swedish => '\u{a0}',
        Language::English => ',',
    };
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `64 %` in Swedish, `64%` in English.
pub fn percent(n: u64, language: Language) -> String {
    match language {
        Language::Swedish => format!("{n}\u{a0}%"),
        Language::English => format!("{n}%"),
    }
}

/// A share in whole percent; a dash where there is nothing to have a share of.
pub fn share(ratio: Ratio, language: Language) -> String {
    ratio
        .percent()
        .map_or_else(|| "–".to_owned(), |whole| percent(whole, language))
}

/// A number that leads to what is behind it; nought leads nowhere.
pub(super) fn linked(n: u64, language: Language, address: String) -> AnyView {
    let shown = count(n, language);
    if n == 0 {
        shown.into_any()
    } else {
        view! { <a href=address>{shown}</a> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let sv = |n| count(n, Language::Swedish);
        assert_eq!(
            [sv(0), sv(999), sv(1183), sv(1_000_000)],
            ["0", "999", "1\u{a0}183", "1\u{a0}000\u{a0}000"]
        );
        assert_eq!(count(100_000, Language::English), "100,000");
    }

    #[test]
    fn a_share_of_nothing_is_a_dash() {
        assert_eq!(share(Ratio::new(758, 1183), Language::Swedish), "64\u{a0}%");
        assert_eq!(share(Ratio::new(0, 0), Language::English), "–");
    }
}
