use proptest::{prelude::*, sample::Index};
use survey::instrument::{load, strata};

const CHIEFS: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");
const MUNICIPALITIES: &str = include_str!("../../../instruments/kommuner-2019.toml");

/// Loading must end, and what is said must point into the file.
fn load_and_look(source: &str) {
    let loaded = load(source);
    if let Ok(instrument) = &loaded {
        assert!(!strata(instrument).is_empty());
    }
    if let Err(faults) = loaded {
        assert!(!faults.is_empty());
        assert!(faults.is_sorted_by_key(|fault| fault.place));
        let lines: Vec<usize> = source
            .split('\n')
            .map(|line| line.chars().count())
            .collect();
        for fault in faults {
            let length = lines.get(fault.place.line - 1).copied();
            assert!(
                length.is_some_and(|length| fault.place.column <= length + 1),
                "{fault}"
            );
            assert!(!fault.wrong.is_empty() && !fault.right.is_empty());
        }
    }
}

fn cut(source: &str, at: Index) -> usize {
    let mut at = at.index(source.len() + 1);
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn file() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just(CHIEFS), Just(MUNICIPALITIES)]
}

/// Bits that mean something in a file.
fn bit() -> impl Strategy<Value = String> {
    prop_oneof![
        "[\\[\\]{}=\",.#\\n'\\\\ ]{1,4}",
        "\\PC{1,6}",
        Just("[[section]]\n".to_owned()),
        Just("when = \"a == b\"\n".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("= 99999999999999999999999\n".to_owned()),
        Just("= -0.0000001\n".to_owned()),
        Just("= 1979-05-27\n".to_owned()),
        Just("\u{0}\u{feff}å\u{10ffff}".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_ends_in_faults_or_an_instrument(source in "\\PC*|(?s:.{0,200})") {
        load_and_look(&source);
    }

    #[test]
    fn any_bits_of_toml_end_in_faults_or_an_instrument(bits in prop::collection::vec(bit(), 0..40)) {
        load_and_look(&bits.concat());
    }

    #[test]
    fn a_file_cut_short_never_breaks_the_loader(source in file(), at in any::<Index>()) {
        load_and_look(&source[..cut(source, at)]);
    }

    #[test]
    fn a_file_with_something_put_in_never_breaks_the_loader(
        source in file(),
        at in any::<Index>(),
        bit in bit(),
    ) {
        let at = cut(source, at);
        load_and_look(&format!("{}{bit}{}", &source[..at], &source[at..]));
    }

    #[test]
    fn a_file_with_lines_taken_out_or_moved_never_breaks_the_loader(
        source in file(),
        from in any::<Index>(),
        to in any::<Index>(),
        stays in any::<bool>(),
    ) {
        let mut lines: Vec<&str> = source.split('\n').collect();
        let moved = if stays { lines[from.index(lines.len())] } else { lines.remove(from.index(lines.len())) };
        if stays {
            lines.insert(to.index(lines.len()), moved);
        }
        load_and_look(&lines.join("\n"));
    }

    #[test]
    fn two_files_spliced_never_break_the_loader(first in any::<Index>(), second in any::<Index>()) {
        let head = &CHIEFS[..cut(CHIEFS, first)];
        let tail = &MUNICIPALITIES[cut(MUNICIPALITIES, second)..];
        load_and_look(&format!("{head}{tail}"));
    }
}
