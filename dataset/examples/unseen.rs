//! Makes mistakes that no rule was written for, to measure what cleaning does with them: `unseen TRUTH SEED OUTPUT`.
//!
//! `TRUTH` has a row per unit, as `vardenkat clean` wants its input, without mistakes. `OUTPUT` gets `truth.csv` (where
//! a mistake is about averages, posts are made to agree with a round one), `observed.csv` and `labels.csv`: what was done
//! to a cell, and whether somebody who sees only this row could be certain of what was meant.

use std::{error::Error, fs, path::PathBuf};

use csv::{Reader, StringRecord, Writer};

/// How many units in a thousand make each mistake.
const MISTAKES: &[(u64, &str, Mistake)] = &[
    (25, "percent_some_signs", percent_some_signs),
    (20, "percent_signed_rows", percent_signed_rows),
    (8, "persons_in_percent", persons_in_percent),
    (12, "hours_other_week", |unit, chance| {
        let hours = chance.one_of(&[3500, 3600, 3633, 3750, 3900, 4200]);
        times(unit, hours, 50);
    }),
    (6, "hours_year", |unit, chance| {
        let hours = chance.one_of(&[172_000, 176_000, 180_000, 188_000, 198_000]);
        times(unit, hours, 1000);
    }),
    (5, "hours_other_month", |unit, chance| {
        let hours = chance.one_of(&[16_000, 16_700, 17_300]);
        times(unit, hours, 100);
    }),
    (4, "months", |unit, _| times(unit, 1200, 10)),
    (3, "days_year", |unit, _| times(unit, 22_000, 100)),
    (2, "per_mille", |unit, _| times(unit, 100_000, 1)),
    (8, "total_last", total_last),
    (6, "total_first_posts", total_first_posts),
    (8, "total_and_averages", total_and_averages),
    (6, "negative", negative),
    (6, "range", range),
    (6, "excel_date", excel_date),
    (8, "digit_doubled", digit_doubled),
    (6, "sign_moved", sign_moved),
    (10, "swapped_st", swapped_st),
    (6, "temps_signed", |unit, _| signed(unit, "_temp_fte")),
    (6, "need_signed", |unit, _| signed(unit, "_need_fte")),
    (4, "temps_in_hours", |unit, _| temps(unit, 4000)),
    (4, "temps_in_weeks", |unit, chance| {
        let weeks = chance.one_of(&[1000, 2600, 4400]);
        temps(unit, weeks);
    }),
    (5, "listed_grouped", listed_grouped),
    (4, "listed_hundreds", |unit, _| listed(unit, 100)),
    (4, "listed_per_physician", |unit, _| {
        let physicians = unit.truth_of("gp_specialist_persons") / 100;
        listed(unit, physicians);
    }),
    (30, "omitted", omitted),
];

type Mistake = fn(&mut Unit, &mut Chance);

/// A step of a linear congruential generator: the same mistakes for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let place = usize::try_from(self.below(all.len() as u64)).unwrap_or(0);
        all[place]
    }
}

/// Numbers in hundredths.
struct Unit {
    columns: Vec<String>,
    truth: Vec<i64>,
    typed: Vec<String>,
    labels: Vec<Option<bool>>,
    comma: bool,
}

impl Unit {
    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known == column)
    }

    fn truth_of(&self, column: &str) -> i64 {
        self.place(column).map_or(0, |place| self.truth[place])
    }

    /// Persons and posts of every profession that the centre has, by place.
    fn pairs(&self) -> Vec<(usize, usize)> {
        self.columns
            .iter()
            .enumerate()
            .filter(|(place, column)| !column.starts_with("st_") && self.truth[*place] > 0)
            .filter_map(|(place, column)| {
                let row = column.strip_suffix("_persons")?;
                Some((place, self.place(&format!("{row}_fte"))?))
            })
            .filter(|(_, posts)| self.truth[*posts] > 0)
            .collect()
    }

    fn ending(&self, end: &str) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|place| self.columns[*place].ends_with(end) && self.truth[*place] > 0)
            .collect()
    }

    fn number(&self, hundredths: i64) -> String {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        let sign = if self.comma { ',' } else { '.' };
        match part {
            0 => whole.to_string(),
            _ if part % 10 == 0 => format!("{whole}{sign}{}", part / 10),
            _ => format!("{whole}{sign}{part:02}"),
        }
    }

    /// Every column as its truth would be typed; what is no number as it stands.
    fn written(&self, record: &StringRecord, values: &[Option<i64>]) -> Vec<String> {
        let truth = record.iter().zip(values).zip(&self.truth);
        truth
            .map(|((text, value), truth)| match value {
                Some(_) => self.number(*truth),
                None => text.to_owned(),
            })
            .collect()
    }

    fn mistake(&mut self, place: usize, typed: String, certain: bool) {
        if self.typed[place] != typed {
            self.typed[place] = typed;
            self.labels[place] = Some(certain);
        }
    }
}

/// All posts in percent, with a sign in about half of the rows.
fn percent_some_signs(unit: &mut Unit, chance: &mut Chance) {
    for (_, posts) in unit.pairs() {
        let sign = chance.one_of(&["", "%", " %", ""]);
        let typed = format!("{}{sign}", unit.truth[posts]);
        unit.mistake(posts, typed, true);
    }
}

/// Percent where somebody thought of it, always with a sign. Beside several persons it may be each one's.
fn percent_signed_rows(unit: &mut Unit, chance: &mut Chance) {
    for (persons, posts) in unit.pairs() {
        if chance.below(3) == 0 {
            let percent = unit.truth[posts];
            let certain = unit.truth[persons] == 100 || percent > 100;
            unit.mistake(posts, format!("{percent} %"), certain);
        }
    }
}

fn persons_in_percent(unit: &mut Unit, _: &mut Chance) {
    for (persons, _) in unit.pairs() {
        let typed = unit.truth[persons].to_string();
        unit.mistake(persons, typed, false);
    }
}

/// All posts times `by` hundredths, rounded to `step` hundredths. How many are a post, nobody can know.
fn times(unit: &mut Unit, by: i64, step: i64) {
    for (_, posts) in unit.pairs() {
        let exact = unit.truth[posts] * by / 100;
        let typed = unit.number((exact + step / 2) / step * step);
        unit.mistake(posts, typed, false);
    }
}

fn total_last(unit: &mut Unit, _: &mut Chance) {
    let pairs = unit.pairs();
    let persons = pairs.iter().map(|(persons, _)| unit.truth[*persons]).sum();
    let posts = pairs.iter().map(|(_, posts)| unit.truth[*posts]).sum();
    for (column, total) in [("other_staff_persons", persons), ("other_staff_fte", posts)] {
        if let Some(place) = unit.place(column) {
            let typed = unit.number(total);
            unit.mistake(place, typed, false);
        }
    }
}

fn total_first_posts(unit: &mut Unit, _: &mut Chance) {
    let pairs = unit.pairs();
    let total = pairs.iter().map(|(_, posts)| unit.truth[*posts]).sum();
    if let Some((_, posts)) = pairs.first() {
        let typed = unit.number(total);
        unit.mistake(*posts, typed, false);
    }
}

/// Everyone in the first row, and posts as an average of each profession: certain only where it shows often enough.
fn total_and_averages(unit: &mut Unit, chance: &mut Chance) {
    let pairs = unit.pairs();
    let many = pairs
        .iter()
        .filter(|(persons, _)| unit.truth[*persons] > 100);
    let certain = pairs.len() >= 7 && many.count() >= 5;
    let in_percent = chance.below(2) == 0;
    let total: i64 = pairs.iter().map(|(persons, _)| unit.truth[*persons]).sum();
    for (row, (persons, posts)) in pairs.into_iter().enumerate() {
        let heads = unit.truth[persons] / 100;
        let average = ((unit.truth[posts] / heads + 2) / 5 * 5).max(5);
        unit.truth[posts] = average * heads;
        let typed = if in_percent {
            average.to_string()
        } else {
            unit.number(average)
        };
        if heads > 1 || in_percent || row == 0 {
            unit.mistake(posts, typed, certain && row > 0);
        } else {
            unit.typed[posts] = typed;
        }
        if row == 0 {
            let total = unit.number(total);
            unit.mistake(persons, total, false);
        }
    }
}

/// The posts of one row, where they are no whole number.
fn one_broken(unit: &Unit, chance: &mut Chance) -> Option<usize> {
    let mut broken: Vec<usize> = unit.pairs().into_iter().map(|(_, posts)| posts).collect();
    broken.retain(|posts| unit.truth[*posts] % 100 != 0);
    (!broken.is_empty()).then(|| chance.one_of(&broken))
}

fn negative(unit: &mut Unit, chance: &mut Chance) {
    if let Some(posts) = one_broken(unit, chance) {
        let typed = format!("-{}", unit.typed[posts]);
        unit.mistake(posts, typed, false);
    }
}

fn range(unit: &mut Unit, chance: &mut Chance) {
    if let Some(posts) = one_broken(unit, chance) {
        let low = unit.truth[posts] / 100;
        unit.mistake(posts, format!("{low}-{}", low + 1), false);
    }
}

fn excel_date(unit: &mut Unit, chance: &mut Chance) {
    const MONTHS: [&str; 9] = [
        "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep",
    ];
    if let Some(posts) = one_broken(unit, chance) {
        let (whole, tenths) = (unit.truth[posts] / 100, unit.truth[posts] % 100 / 10);
        let month = usize::try_from(tenths - 1)
            .ok()
            .and_then(|place| MONTHS.get(place));
        if let (1..=28, Some(month)) = (whole, month) {
            unit.mistake(posts, format!("{whole:02}-{month}"), false);
        }
    }
}

/// A digit typed twice.
fn digit_doubled(unit: &mut Unit, chance: &mut Chance) {
    let pairs = unit.pairs();
    if pairs.is_empty() {
        return;
    }
    let (persons, posts) = chance.one_of(&pairs);
    let place = chance.one_of(&[persons, posts]);
    let mut typed = unit.typed[place].clone();
    let first: String = typed.chars().take(1).collect();
    if first != "0" {
        typed.insert_str(0, &first);
        unit.mistake(place, typed, false);
    }
}

/// "0,15" for 1,5.
fn sign_moved(unit: &mut Unit, chance: &mut Chance) {
    if let Some(posts) = one_broken(unit, chance)
        && unit.truth[posts] % 10 == 0
    {
        let typed = unit.number(unit.truth[posts] / 10);
        unit.mistake(posts, typed, false);
    }
}

fn swapped_st(unit: &mut Unit, _: &mut Chance) {
    if let (Some(persons), Some(posts)) = (unit.place("st_persons"), unit.place("st_fte")) {
        let certain = unit.truth[posts] % 100 != 0;
        let (left, right) = (unit.typed[persons].clone(), unit.typed[posts].clone());
        if unit.truth[persons] > 0 && unit.truth[posts] > 0 {
            unit.mistake(persons, right, certain);
            unit.mistake(posts, left, certain);
        }
    }
}

fn signed(unit: &mut Unit, end: &str) {
    for place in unit.ending(end) {
        let typed = format!("{}%", unit.truth[place]);
        unit.mistake(place, typed, true);
    }
}

fn temps(unit: &mut Unit, by: i64) {
    for place in unit.ending("_temp_fte") {
        let typed = unit.number((unit.truth[place] * by / 100 + 50) / 100 * 100);
        unit.mistake(place, typed, false);
    }
}

/// "8,500" or "8.500", where thousands are grouped.
fn listed_grouped(unit: &mut Unit, chance: &mut Chance) {
    if let Some(place) = unit.place("listed") {
        let listed = unit.truth[place] / 100;
        let sign = chance.one_of(&[',', '.']);
        if listed >= 1000 {
            let typed = format!("{}{sign}{:03}", listed / 1000, listed % 1000);
            unit.mistake(place, typed, true);
        }
    }
}

fn listed(unit: &mut Unit, by: i64) {
    if let Some(place) = unit.place("listed").filter(|_| by > 1) {
        let typed = (unit.truth[place] / 100 / by).to_string();
        unit.mistake(place, typed, false);
    }
}

fn omitted(unit: &mut Unit, chance: &mut Chance) {
    let pairs = unit.pairs();
    if pairs.len() > 3 {
        let (_, posts) = chance.one_of(&pairs);
        unit.mistake(posts, String::new(), false);
    }
}

fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain("00".chars()).take(2).collect();
    Some(whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [truth, seed, output] = arguments.as_slice() else {
        return Err("unseen TRUTH SEED OUTPUT".into());
    };
    let output = PathBuf::from(output);
    fs::create_dir_all(&output)?;
    let mut chance = Chance(seed.parse()?);
    let mut table = Reader::from_path(truth)?;
    let headers = table.headers()?.clone();
    let file = |name: &str| Writer::from_path(output.join(name));
    let (mut truths, mut observed, mut labels) = (
        file("truth.csv")?,
        file("observed.csv")?,
        file("labels.csv")?,
    );
    truths.write_record(&headers)?;
    observed.write_record(&headers)?;
    labels.write_record([
        "id",
        "column",
        "error",
        "fmt",
        "determinable",
        "rule",
        "innocent",
    ])?;
    for record in table.records() {
        let record = record?;
        let values: Vec<Option<i64>> = record.iter().map(hundredths).collect();
        let mut unit = Unit {
            columns: headers.iter().map(str::to_owned).collect(),
            typed: Vec::new(),
            labels: vec![None; values.len()],
            truth: values.iter().map(|value| value.unwrap_or(0)).collect(),
            comma: chance.below(5) < 3,
        };
        unit.typed = unit.written(&record, &values);
        let mut ticket = chance.below(1000);
        let mut made = "";
        for (share, name, mistake) in MISTAKES {
            if ticket < *share {
                mistake(&mut unit, &mut chance);
                made = name;
                break;
            }
            ticket -= share;
        }
        let blanks = chance.below(3);
        for place in 0..unit.columns.len() {
            let column = &unit.columns[place];
            let may_be_blank = column.ends_with("_fte") || column.ends_with("_persons");
            let closed = column.ends_with("_need_fte") && unit.truth_of("need") == 0;
            let first = column.starts_with("gp_specialist");
            let zero = !first && unit.truth[place] == 0 && unit.typed[place] == "0" && may_be_blank;
            if zero && !closed && !column.starts_with("st_") && chance.below(2) < blanks {
                unit.typed[place].clear();
                labels.write_record([&record[0], column, "blank_zero", "", "yes", "", ""])?;
            }
            if let Some(certain) = unit.labels[place] {
                let certain = if certain { "yes" } else { "no" };
                labels.write_record([
                    &record[0],
                    &unit.columns[place],
                    made,
                    "",
                    certain,
                    "",
                    "",
                ])?;
            }
        }
        observed.write_record(&unit.typed)?;
        unit.comma = false;
        truths.write_record(unit.written(&record, &values))?;
    }
    for mut file in [truths, observed, labels] {
        file.flush()?;
    }
    Ok(())
}
