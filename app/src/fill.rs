//! Sentences with places in them.

/// Writes each value into its place: `fill("Sparat {time}", &[("time", "14:32")])`. A place without a value stays as it is,
/// and what a value says is never read as a place.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        let filled = from.find('}').and_then(|close| {
            let (_, value) = values.iter().find(|(name, _)| *name == &from[1..close])?;
            Some((value, &from[close + 1..]))
        });
        if let Some((value, after)) = filled {
            text.push_str(value);
            rest = after;
        } else {
            text.push('{');
            rest = &from[1..];
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_stand_in_their_places() {
        assert_eq!(fill("{a} av {b}", &[("a", "2"), ("b", "5")]), "2 av 5");
    }

    #[test]
    fn what_was_typed_is_never_read_as_a_place() {
        assert_eq!(
            fill("”{typed}” {other", &[("typed", "{other}"), ("other", "x")]),
            "”{other}” {other"
        );
    }
}
