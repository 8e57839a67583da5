//! Numbers as texts a person would write.

use crate::values::Date;

/// `8500`, not `8500.0`; fifteen digits, as Excel shows at most; a day where the style says so.
pub(super) fn number(raw: &str, date: bool, since_1904: bool) -> String {
    let raw = raw.trim();
    let digits = raw.bytes().all(|byte| byte.is_ascii_digit());
    if digits && !date {
        return raw.to_owned();
    }
    let Some(value) = raw.parse::<f64>().ok().filter(|value| value.is_finite()) else {
        return raw.to_owned();
    };
    if let Some(day) = date.then(|| Date::from_serial(value, since_1904)).flatten() {
        return day.to_string();
    }
    if !(1e-9..1e15).contains(&value.abs()) {
        return if value == 0.0 {
            "0".to_owned()
        } else {
            raw.to_owned()
        };
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    rounded.to_string()
}
