mod calculating;
mod reading;
mod writing;

use super::Number;

fn number(plain: &str) -> Number {
    Number::parse_plain(plain).unwrap()
}
