//! A unit: what is true of it, and what is typed.

use csv::StringRecord;

/// Numbers in hundredths.
pub struct Unit {
    pub columns: Vec<String>,
    pub truth: Vec<i64>,
    pub typed: Vec<String>,
    pub labels: Vec<Option<bool>>,
    pub comma: bool,
}

impl Unit {
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known == column)
    }

    pub fn truth_of(&self, column: &str) -> i64 {
        self.place(column).map_or(0, |place| self.truth[place])
    }

    /// Persons and posts of every profession that the centre has, by place.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
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

    pub fn ending(&self, end: &str) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|place| self.columns[*place].ends_with(end) && self.truth[*place] > 0)
            .collect()
    }

    pub fn number(&self, hundredths: i64) -> String {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        let sign = if self.comma { ',' } else { '.' };
        match part {
            0 => whole.to_string(),
            _ if part % 10 == 0 => format!("{whole}{sign}{}", part / 10),
            _ => format!("{whole}{sign}{part:02}"),
        }
    }

    /// Every column as its truth would be typed; what is no number as it stands.
    pub fn written(&self, record: &StringRecord, values: &[Option<i64>]) -> Vec<String> {
        let truth = record.iter().zip(values).zip(&self.truth);
        truth
            .map(|((text, value), truth)| match value {
                Some(_) => self.number(*truth),
                None => text.to_owned(),
            })
            .collect()
    }

    pub fn mistake(&mut self, place: usize, typed: String, certain: bool) {
        if self.typed[place] != typed {
            self.typed[place] = typed;
            self.labels[place] = Some(certain);
        }
    }
}

pub fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain("00".chars()).take(2).collect();
    Some(whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?)
}
