//! The file the invented names are made from.

const FILE: &str = include_str!("words.txt");

/// The words of a list; none where there is no such list.
pub(super) fn words(list: &str) -> Vec<&'static str> {
    line(list).split_whitespace().collect()
}

/// The whole line of a list; empty where there is no such list.
pub(super) fn line(list: &str) -> &'static str {
    FILE.lines()
        .filter_map(|line| line.split_once(": "))
        .find_map(|(key, line)| (key == list).then_some(line))
        .unwrap_or_default()
}
