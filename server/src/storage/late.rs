//! Cases for units that have none yet: all of them when a round is made, the late ones afterwards.

use uuid::Uuid;

use super::actor::Actor;
use super::case::{self, Case};
use super::database::{Connection, on_database};
use super::disposition::{self, DispositionCode, NewDisposition};
use super::link;
use super::progress;
use super::register::NewId;
use super::selection;
use super::time::Timestamp;
use crate::clock::in_sweden;

#[derive(sqlx::FromRow)]
struct Newcomer {
    id: Uuid,
    branch: bool,
    started_on: Option<String>,
    closed_on: Option<String>,
}

/// Gives every unit that the register knows and the round selects a case and a link, where it has none. Says how many.
pub(super) async fn open(
    connection: &mut Connection<'_>,
    round: Uuid,
    now: Timestamp,
    new_id: NewId<'_>,
) -> Result<usize, sqlx::Error> {
    let Some(first_day) = first_day(connection, round).await? else {
        return Ok(0);
    };
    let mut newcomers = newcomers(connection, round).await?;
    if let Some(selected) = selection::of_newcomers(connection, round).await? {
        newcomers.retain(|unit| selected.contains(&unit.id));
    }
    if newcomers.is_empty() {
        return Ok(0);
    }
    let cases: Vec<Case> = newcomers
        .iter()
        .map(|unit| Case {
            id: new_id(),
            round_id: round,
            unit_id: unit.id,
        })
        .collect();
    case::insert(connection, &cases).await?;
    let links: Vec<_> = cases.iter().map(|case| (new_id(), case.id)).collect();
    link::insert(connection, &links, now).await?;
    progress::begin(connection, round).await?;
    let outside: Vec<NewDisposition<'_>> = newcomers
        .iter()
        .zip(&cases)
        .filter_map(|(unit, case)| {
            Some(NewDisposition {
                id: new_id(),
                case_id: case.id,
                code: unit.outside(&first_day)?,
                note: "",
            })
        })
        .collect();
    disposition::insert(connection, &outside, &Actor::Server, now).await?;
    Ok(cases.len())
}

/// Gives late units a case in every round that has cases and has not closed.
pub(super) async fn open_everywhere(
    connection: &mut Connection<'_>,
    now: Timestamp,
    new_id: NewId<'_>,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        SELECT id FROM round WHERE closes_at > $1 \
        AND EXISTS (SELECT 1 FROM respondent_case c WHERE c.round_id = round.id) ORDER BY id";
    let rounds: Vec<Uuid> = on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(now).fetch_all(executor).await
    })?;
    for round in rounds {
        open(connection, round, now, new_id).await?;
    }
    Ok(())
}

impl Newcomer {
    /// Why the unit is no part of the survey. Days are written so that they compare as texts.
    fn outside(&self, first_day: &str) -> Option<DispositionCode> {
        if self.branch {
            Some(DispositionCode::BranchOffice)
        } else if self.closed_on.as_deref().is_some_and(|day| day < first_day) {
            Some(DispositionCode::ClosedBeforeStart)
        } else if self
            .started_on
            .as_deref()
            .is_some_and(|day| day > first_day)
        {
            Some(DispositionCode::OpenedAfterStart)
        } else {
            None
        }
    }
}

/// The day on which the round opens in Sweden: `2022-03-01`.
async fn first_day(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Option<String>, sqlx::Error> {
    const SQL: &str = "SELECT opens_at FROM round WHERE id = $1";
    let opens: Option<Timestamp> = on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(round).fetch_optional(executor).await
    })?;
    Ok(opens.map(|opens| in_sweden(opens).date().to_string()))
}

async fn newcomers(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Vec<Newcomer>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, branch, started_on, closed_on FROM unit WHERE gone_at IS NULL AND NOT EXISTS \
            (SELECT 1 FROM respondent_case c WHERE c.round_id = $1 AND c.unit_id = unit.id) \
        ORDER BY key";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).fetch_all(executor).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(branch: bool, started_on: Option<&str>, closed_on: Option<&str>) -> Newcomer {
        Newcomer {
            id: Uuid::nil(),
            branch,
            started_on: started_on.map(str::to_owned),
            closed_on: closed_on.map(str::to_owned),
        }
    }

    #[test]
    fn only_what_was_a_centre_when_the_round_opened_belongs_to_the_survey() {
        let outside = |unit: &Newcomer| unit.outside("2022-03-01");
        assert_eq!(outside(&unit(false, None, None)), None);
        assert_eq!(
            outside(&unit(false, Some("2022-03-01"), Some("2022-03-01"))),
            None
        );
        assert_eq!(
            outside(&unit(false, Some("2022-03-02"), None)),
            Some(DispositionCode::OpenedAfterStart)
        );
        assert_eq!(
            outside(&unit(false, Some("2010-01-01"), Some("2022-02-28"))),
            Some(DispositionCode::ClosedBeforeStart)
        );
        assert_eq!(
            outside(&unit(true, Some("2010-01-01"), None)),
            Some(DispositionCode::BranchOffice)
        );
    }
}
