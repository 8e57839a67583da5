//! How the demo's centres are staffed, in figures near those published: Tabell 3 of the report for how many centres have a
//! profession. Sizes and working hours are made up.

const FILE: &str = include_str!("staffing.txt");

/// One profession at an average centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Profession {
    /// Of a hundred centres, so many have it.
    pub centres: u32,
    /// Of those, so many persons per 100 000 listed residents.
    pub persons: u32,
    /// The mean employment rate, in percent.
    pub rate: u32,
}

/// The profession of that key; none at all where it is not known.
pub(super) fn profession(key: &str) -> Profession {
    FILE.lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(name, _)| *name == key)
        .and_then(|(_, figures)| {
            let mut figures = figures.split(' ').map(|figure| figure.parse().ok());
            Some(Profession {
                centres: figures.next()??,
                persons: figures.next()??,
                rate: figures.next()??,
            })
        })
        .unwrap_or_default()
}
