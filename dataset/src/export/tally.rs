use survey::{cleaning::Status, submission::State};

use super::{Part, Record, Source, Table, cell};

/// What the rows of a table hold, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub units: u64,
    /// Units with at least one corrected value.
    pub corrected_units: u64,
    /// Values by status, in the order of [`Status::ALL`].
    statuses: [u64; Status::ALL.len()],
    /// Variables by what became of the question, in the order of [`cell::STATES`].
    states: [u64; cell::STATES.len()],
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
            {
                if let Some(given) = record.given.get(item) {
                    self.states[place_of_state(given.state)] += 1;
                }
                let Some(value) = record.values.get(item) else {
                    continue;
                };
                self.statuses[place(value.status)] += 1;
                self.held += u64::from(value.held);
            }
        }
        self.corrected_units += u64::from(self.of(Status::Corrected) > corrected_before);
    }

    pub fn of(&self, status: Status) -> u64 {
        self.statuses[place(status)]
    }

    pub fn of_state(&self, state: State) -> u64 {
        self.states[place_of_state(state)]
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

fn place_of_state(state: State) -> usize {
    match state {
        State::Answered => 0,
        State::Blank => 1,
        State::NothingHere => 2,
        State::NotAsked => 3,
        State::Unreadable => 4,
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
        for (number, state) in cell::STATES.into_iter().enumerate() {
            assert_eq!(place_of_state(state), number);
        }
    }
}
