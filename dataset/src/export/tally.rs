use survey::cleaning::Status;

use super::{Part, Record, Source, Table};

/// What the rows of a table hold, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub units: u64,
    /// Units with at least one corrected value.
    pub corrected_units: u64,
    /// Values by status, in the order of [`Status::ALL`].
    statuses: [u64; Status::ALL.len()],
    /// Values that are kept out of totals until they are decided.
    pub held: u64,
}

impl Tally {
    /// Counts a unit's variables that are no personal data.
    pub fn count(&mut self, table: &Table, record: &Record) {
        self.units += 1;
        let corrected_before = self.of(Status::Corrected);
        for column in &table.columns {
            // Every kind of table has one of these for each variable.
            if let Source::Variable {
                item,
                part: Part::Typed | Part::Value,
            } = column.source
                && column.name == table.dictionary.items[item].key
                && let Some(value) = record.values.get(item)
            {
                self.statuses[place(value.status)] += 1;
                self.held += u64::from(value.held);
            }
        }
        self.corrected_units += u64::from(self.of(Status::Corrected) > corrected_before);
    }

    pub fn of(&self, status: Status) -> u64 {
        self.statuses[place(status)]
    }

    pub fn values(&self) -> u64 {
        self.statuses.iter().sum()
    }
}

fn place(status: Status) -> usize {
    match status {
        Status::AsAnswered => 0,
        Status::Read => 1,
        Status::Corrected => 2,
        Status::ZeroByRule => 3,
        Status::FromRegister => 4,
        Status::AwaitingDecision => 5,
        Status::Missing => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_counted_in_its_own_place() {
        for (number, status) in Status::ALL.into_iter().enumerate() {
            assert_eq!(place(status), number);
        }
    }
}
