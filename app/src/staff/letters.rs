//! The texts of letters that no administrator writes.

use super::words::area_words;

area_words! {
    LettersWords from "letters" { button, below, pilot, test } tables { subjects, bodies }
}
