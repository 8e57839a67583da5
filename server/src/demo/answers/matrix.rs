//! The tables of numbers: persons and posts, with the errors that are made there.

use survey::instrument::{Column, MatrixRow, NumberMatrix};

use super::{
    Typing,
    staffing::{Profession, profession},
};
use crate::demo::register::random::Random;

/// How a centre's chief reads the question on posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    Sound,
    /// 150 for 1,5.
    Percent,
    /// Persons where posts should stand, and posts where persons should.
    Swapped,
    /// Percent in one row.
    Slip,
}

impl Habit {
    pub fn draw(random: &mut Random) -> Self {
        match random.below(100) {
            0..6 => Self::Percent,
            6..9 => Self::Swapped,
            9..14 => Self::Slip,
            _ => Self::Sound,
        }
    }
}

/// Persons, and posts in hundredths.
struct Staff {
    persons: u32,
    posts: u32,
    temps: u32,
    needed: u32,
}

pub(super) fn fill(matrix: &NumberMatrix, habit: Habit, typing: &mut Typing<'_>) {
    let slip = typing.random.index(matrix.rows.len());
    for (place, row) in matrix.rows.iter().enumerate() {
        let known = profession(&row.key);
        let here = match habit {
            Habit::Slip if place == slip => Habit::Percent,
            Habit::Slip => Habit::Sound,
            other => other,
        };
        if known != Profession::default() && typing.random.below(100) >= known.centres {
            none(matrix, row, typing);
        } else {
            let staff = staff(known, typing.listed, typing.random);
            some(matrix, row, &staff, here, typing);
        }
    }
}

/// A profession that the centre does not have: said, written as nought, or left blank.
fn none(matrix: &NumberMatrix, row: &MatrixRow, typing: &mut Typing<'_>) {
    match (typing.random.below(10), matrix.absent_variable(row)) {
        (0..6, Some(absent)) => typing.put(absent, survey::answers::TICKED),
        (0..9, _) => {
            for column in &matrix.columns {
                typing.put(NumberMatrix::cell(row, column), "0");
            }
        }
        _ => {}
    }
}

fn some(
    matrix: &NumberMatrix,
    row: &MatrixRow,
    staff: &Staff,
    habit: Habit,
    typing: &mut Typing<'_>,
) {
    for column in &matrix.columns {
        let Some(text) = figure(&column.key, staff, habit) else {
            continue;
        };
        // A cell in fifty is forgotten, and nought is often left blank.
        let blank = typing.random.below(50) == 0 || text == "0" && typing.random.below(3) == 0;
        if !blank && fits(column, &text) {
            typing.put(NumberMatrix::cell(row, column), text);
        }
    }
}

/// What cannot be handed in was mended by the chief.
fn fits(column: &Column, text: &str) -> bool {
    survey::answers::read_number(text, column.field.whole)
        .is_ok_and(|number| number >= column.field.min && number <= column.field.max)
}

fn figure(column: &str, staff: &Staff, habit: Habit) -> Option<String> {
    let posts = |hundredths: u32| match habit {
        Habit::Percent => hundredths.to_string(),
        _ => hundredths_text(hundredths),
    };
    match column {
        // Parts of a person cannot be handed in: who swaps has rounded.
        "persons" if habit == Habit::Swapped => Some(staff.posts.div_ceil(100).to_string()),
        "fte" if habit == Habit::Swapped => Some(staff.persons.to_string()),
        "persons" => Some(staff.persons.to_string()),
        "fte" => Some(posts(staff.posts)),
        "temp_fte" => Some(posts(staff.temps)),
        "need_fte" => Some(posts(staff.needed)),
        _ => None,
    }
}

fn staff(known: Profession, listed: u32, random: &mut Random) -> Staff {
    // Between half and one and a half times the mean.
    let mean = known.persons * listed / 1_000;
    let persons = ((mean * (50 + random.below(101)) + 5_000) / 10_000).max(1);
    let posts = (0..persons)
        .map(|_| match random.below(100) {
            0..65 => 100,
            65..82 => 80,
            82..93 => 50,
            _ => 25,
        })
        .sum::<u32>()
        .min(persons * 100)
        * known.rate.max(50)
        / 92;
    Staff {
        persons,
        posts: rounded(posts.min(persons * 100)),
        temps: match random.below(10) {
            0..7 => 0,
            _ => rounded(25 + random.below(150)),
        },
        needed: match random.below(10) {
            0..6 => 0,
            _ => rounded(50 + random.below(200)),
        },
    }
}

/// To quarters of a post.
fn rounded(hundredths: u32) -> u32 {
    (hundredths + 12) / 25 * 25
}

fn hundredths_text(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole},{}", rest / 10),
        _ => format!("{whole},{rest:02}"),
    }
}
