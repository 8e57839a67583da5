//! The cases behind a number.

use jiff::{Span, civil::Date, tz::TimeZone};
use sqlx::QueryBuilder;
use survey::statistics::{Bucket, Reached, Slice, Status};
use uuid::Uuid;

use crate::clock::ZONE;
use crate::storage::database::{Database, on_database};
use crate::storage::time::Timestamp;

/// Which cases to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CasesBehind {
    /// A dimension and one of its categories; none: every case of the round.
    pub group: Option<(String, String)>,
    pub slice: Slice,
}

/// A part of a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPage {
    /// From 1.
    pub number: u32,
    pub size: u32,
}

/// A page of the list, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    pub cases: Vec<CaseLine>,
    pub count: u64,
}

/// One case with its unit, and the chief at the moment. No answers.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CaseLine {
    pub case_id: Uuid,
    pub unit_id: Uuid,
    pub unit_key: String,
    pub unit_name: String,
    pub city: String,
    pub region: String,
    #[sqlx(try_from = "String")]
    pub status: Status,
    pub invited_at: Option<Timestamp>,
    pub mailed_at: Option<Timestamp>,
    pub bounced_at: Option<Timestamp>,
    pub opened_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    /// The key of the section last written on.
    pub place: Option<String>,
    /// First and last submission.
    pub answered_at: Option<Timestamp>,
    pub submitted_at: Option<Timestamp>,
    pub chief_name: Option<String>,
    pub chief_email: Option<String>,
}

impl CaseLine {
    /// Whether the last mail came back.
    pub fn is_bounced(&self) -> bool {
        self.bounced_at.is_some() && self.bounced_at >= self.mailed_at
    }
}

/// A piece of a query: its own text, or something to bind.
enum Piece {
    Sql(String),
    Text(String),
    Number(i64),
    Id(Uuid),
}

impl Database {
    /// The cases of a round that a number counts, by region and name.
    pub async fn cases_behind(
        &self,
        round: Uuid,
        behind: &CasesBehind,
        page: ListPage,
        now: Timestamp,
    ) -> Result<Behind, sqlx::Error> {
        const CHIEF: &str = "\
            FROM contact WHERE contact.unit_id = u.id AND contact.kind = 'chief' AND contact.valid_from <= ";
        let chief = |column: &str| {
            vec![
                Piece::Sql(format!("(SELECT contact.{column} {CHIEF}")),
                Piece::Number(now.millis()),
                Piece::Sql(" AND (contact.valid_to IS NULL OR contact.valid_to > ".to_owned()),
                Piece::Number(now.millis()),
                Piece::Sql(format!(
                    ") ORDER BY contact.valid_from DESC, contact.id DESC LIMIT 1) AS chief_{column}"
                )),
            ]
        };
        let mut listing = vec![Piece::Sql(
            "SELECT p.case_id, u.id AS unit_id, u.key AS unit_key, u.name AS unit_name, u.city, u.region, \
                p.status, p.invited_at, p.mailed_at, p.bounced_at, p.opened_at, p.started_at, p.place, \
                p.answered_at, p.submitted_at, "
                .to_owned(),
        )];
        listing.extend(chief("name"));
        listing.push(Piece::Sql(", ".to_owned()));
        listing.extend(chief("email"));
        // Chiefs are looked up for this page's cases only.
        listing.push(Piece::Sql(" FROM (SELECT p.case_id".to_owned()));
        listing.extend(condition(round, behind));
        let size = i64::from(page.size);
        listing.extend([
            Piece::Sql(" ORDER BY u.region, u.name, u.key LIMIT ".to_owned()),
            Piece::Number(size),
            Piece::Sql(" OFFSET ".to_owned()),
            Piece::Number(size * (i64::from(page.number) - 1).max(0)),
            Piece::Sql(
                ") listed JOIN case_progress p ON p.case_id = listed.case_id \
                JOIN respondent_case c ON c.id = p.case_id JOIN unit u ON u.id = c.unit_id \
                ORDER BY u.region, u.name, u.key"
                    .to_owned(),
            ),
        ]);
        let mut counting = vec![Piece::Sql("SELECT count(*)".to_owned())];
        counting.extend(condition(round, behind));

        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let cases = on_database!(connection, executor => {
            let mut query = QueryBuilder::new("");
            for piece in &listing {
                match piece {
                    Piece::Sql(sql) => query.push(sql),
                    Piece::Text(text) => query.push_bind(text),
                    Piece::Number(number) => query.push_bind(*number),
                    Piece::Id(id) => query.push_bind(*id),
                };
            }
            query.build_query_as().persistent(false).fetch_all(executor).await
        })?;
        let count: i64 = on_database!(connection, executor => {
            let mut query = QueryBuilder::new("");
            for piece in &counting {
                match piece {
                    Piece::Sql(sql) => query.push(sql),
                    Piece::Text(text) => query.push_bind(text),
                    Piece::Number(number) => query.push_bind(*number),
                    Piece::Id(id) => query.push_bind(*id),
                };
            }
            query.build_query_scalar().persistent(false).fetch_one(executor).await
        })?;
        Ok(Behind {
            cases,
            count: u64::try_from(count).unwrap_or_default(),
        })
    }
}

fn condition(round: Uuid, behind: &CasesBehind) -> Vec<Piece> {
    let sql = |text: &str| Piece::Sql(text.to_owned());
    let mut pieces = vec![sql(
        " FROM case_progress p JOIN respondent_case c ON c.id = p.case_id JOIN unit u ON u.id = c.unit_id",
    )];
    if let Some((dimension, category)) = &behind.group {
        pieces.extend([
            sql(" JOIN case_group g ON g.case_id = p.case_id AND g.dimension = "),
            Piece::Text(dimension.clone()),
            sql(" AND g.category = "),
            Piece::Text(category.clone()),
            sql(" AND g.round_id = "),
            Piece::Id(round),
        ]);
    }
    pieces.extend([sql(" WHERE p.round_id = "), Piece::Id(round)]);
    pieces.extend(of_slice(&behind.slice));
    pieces
}

/// The same cases that [`super::facts::Facts::measures`] counts; the tests hold both to each other.
fn of_slice(slice: &Slice) -> Vec<Piece> {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    const MINUTE: i64 = 60 * 1000;
    let one = |text: String| vec![Piece::Sql(format!(" AND {text}"))];
    let eligible = in_statuses(Status::is_eligible);
    match slice {
        Slice::All => Vec::new(),
        Slice::Eligible => one(eligible),
        Slice::Answered => one(in_statuses(Status::is_answered)),
        Slice::NotAnswered => one(in_statuses(|status| {
            status.is_eligible() && !status.is_answered()
        })),
        Slice::Status(status) => one(in_statuses(|one| one == *status)),
        Slice::Statuses(statuses) => one(in_statuses(|one| statuses.contains(&one))),
        Slice::Reached(reached) => {
            let known = match reached {
                Reached::Invited => "p.invited_at IS NOT NULL",
                Reached::Opened => {
                    "(p.opened_at IS NOT NULL OR p.started_at IS NOT NULL OR p.answered_at IS NOT NULL)"
                }
                Reached::Started => "(p.started_at IS NOT NULL OR p.answered_at IS NOT NULL)",
                Reached::Answered => "p.answered_at IS NOT NULL",
            };
            one(format!("{eligible} AND {known}"))
        }
        Slice::StoppedAt(section) => vec![
            Piece::Sql(format!(
                " AND {eligible} AND p.answered_at IS NULL AND p.place = "
            )),
            Piece::Text(section.clone()),
        ],
        Slice::AnsweredOn(day) => match bounds(day) {
            Some((from, until)) => vec![
                Piece::Sql(format!(" AND {eligible} AND p.answered_at >= ")),
                Piece::Number(from.millis()),
                Piece::Sql(" AND p.answered_at < ".to_owned()),
                Piece::Number(until.millis()),
            ],
            None => one("1 = 0".to_owned()),
        },
        Slice::AnsweredBy(day) => match bounds(day) {
            Some((_, until)) => vec![
                Piece::Sql(format!(" AND {eligible} AND p.answered_at < ")),
                Piece::Number(until.millis()),
            ],
            None => one("1 = 0".to_owned()),
        },
        Slice::Waited(bucket) => one(format!(
            "{eligible} AND {}",
            between("p.answered_at - p.invited_at", bucket, DAY)
        )),
        Slice::Worked(bucket) => one(format!(
            "{eligible} AND {}",
            between("p.answered_at - p.started_at", bucket, MINUTE)
        )),
    }
}

fn in_statuses(wanted: impl Fn(Status) -> bool) -> String {
    let names: Vec<String> = Status::ALL
        .into_iter()
        .filter(|status| wanted(*status))
        .map(|status| format!("'{}'", status.as_str()))
        .collect();
    if names.is_empty() {
        return "1 = 0".to_owned();
    }
    format!("p.status IN ({})", names.join(", "))
}

/// Where either time is missing, the difference is NULL and neither comparison holds.
fn between(time: &str, bucket: &Bucket, unit: i64) -> String {
    let from = if bucket.from == 0 {
        format!("{time} IS NOT NULL")
    } else {
        format!("{time} >= {}", bucket.from * unit)
    };
    match bucket.until {
        Some(until) => format!("{from} AND {time} < {}", until * unit),
        None => from,
    }
}

/// From the first moment of a day in Sweden to the first of the next.
fn bounds(day: &str) -> Option<(Timestamp, Timestamp)> {
    let day: Date = day.parse().ok()?;
    let zone = TimeZone::get(ZONE).ok()?;
    let start = |day: Date| {
        let start = day.to_zoned(zone.clone()).ok()?;
        Some(Timestamp::from_millis(start.timestamp().as_millisecond()))
    };
    Some((
        start(day)?,
        start(day.checked_add(Span::new().days(1)).ok()?)?,
    ))
}
