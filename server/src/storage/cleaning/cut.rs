//! A data cut: a round's answers as they stood, cleaned, at one moment. What is written later changes nothing of it: editions,
//! submissions and rule sets are only added to, and the register is read back through its history.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{FromRow, QueryBuilder, postgres::PgRow, sqlite::SqliteRow};
use survey::cleaning::Value;
use uuid::Uuid;

use super::{edition, parse};
use crate::storage::{
    database::{Connection, Database, on_database},
    disposition::DispositionCode,
    register::{Column, Field},
    time::Timestamp,
};

/// Which cases are in a cut, and what has happened to their units in the register since.
#[derive(Clone, Debug)]
pub struct DataCut {
    pub at: Timestamp,
    /// Every case that was handed in, with what was handed in last. In the order of the units' keys, byte by byte.
    pub handed_in: Vec<CutCase>,
    /// Every case that was cleaned, with its last edition and what that was made from. In the same order.
    pub cleaned: Vec<CutCase>,
    /// Versions of the rule sets that cleaned them.
    pub rule_sets: BTreeSet<String>,
    /// Cases that were handed in by then and whose last answers were not cleaned.
    pub not_cleaned: u32,
    /// What staff had decided of cases, the last of each.
    dispositions: BTreeMap<Uuid, DispositionCode>,
}

/// A case of a cut, with what was handed in and perhaps what cleaning made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutCase {
    pub case_id: Uuid,
    pub unit_id: Uuid,
    pub submission_id: Uuid,
    pub edition_id: Option<Uuid>,
    /// The unit's key at the cut.
    pub unit_key: String,
}

/// All that a file may hold of a case. Personal data is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutRow {
    pub unit_key: String,
    pub region: String,
    pub ownership: Option<String>,
    /// The register's texts, by field.
    pub classes: BTreeMap<String, String>,
    /// What the case counts as.
    pub disposition: DispositionCode,
    pub submitted_at: Timestamp,
    /// JSON: the answers as handed in.
    pub snapshot: String,
    pub cleaned: Option<CutCleaned>,
}

/// What cleaning made of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CutCleaned {
    /// The version of the rules.
    pub rule_set: String,
    pub open_queries: u32,
    /// One per variable, in the order of the instrument.
    pub values: Vec<Value>,
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    case_id: Uuid,
    unit_id: Uuid,
    unit_key: String,
    submission_id: Uuid,
    edition_id: Option<Uuid>,
    version: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    submission_id: Uuid,
    region: String,
    ownership: Option<String>,
    submitted_at: Timestamp,
    snapshot: String,
}

#[derive(sqlx::FromRow)]
struct CleanedRow {
    edition_id: Uuid,
    version: String,
    open_queries: i64,
    clean_values: String,
}

impl Database {
    /// The cut of a round at a moment: of each case what was handed in last by then, and its last edition by then.
    pub async fn data_cut(&self, round: Uuid, at: Timestamp) -> Result<DataCut, sqlx::Error> {
        self.close_cut(at).await?;
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let handed_in = handed_in(connection, round, at).await?;
        let cleaned = cleaned(connection, round, at).await?;
        let changed = keys_since(connection, round, at).await?;
        let versions = cleaned.iter().filter_map(|row| row.version.clone());
        Ok(DataCut {
            at,
            rule_sets: versions.collect(),
            handed_in: in_order(handed_in, &changed),
            cleaned: in_order(cleaned, &changed),
            not_cleaned: not_cleaned(connection, round, at).await?,
            dispositions: dispositions(connection, round, at).await?,
        })
    }

    /// The rows of some of the cut's cases, in their order. Some hundred at a time.
    pub async fn cut_rows(
        &self,
        cut: &DataCut,
        cases: &[CutCase],
    ) -> Result<Vec<CutRow>, sqlx::Error> {
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let mut rows = submissions(connection, cases).await?;
        let mut editions = editions(connection, cases).await?;
        let mut classes = classes(connection, cases).await?;
        // Last: what changes while this is read is then either not read or taken back.
        let changed = changed_since(connection, cases, cut.at).await?;
        cases
            .iter()
            .map(|case| {
                let row = rows
                    .remove(&case.submission_id)
                    .ok_or(sqlx::Error::RowNotFound)?;
                let cleaned = case.edition_id.map(|edition| {
                    let row = editions.remove(&edition).ok_or(sqlx::Error::RowNotFound)?;
                    row.read()
                });
                let classes = classes.remove(&case.unit_id).unwrap_or_default();
                Ok(cut.row(case, row, cleaned.transpose()?, classes, &changed))
            })
            .collect()
    }
}

/// By unit and field, what stood in the register at the cut, where it has changed since.
type Changed = BTreeMap<(Uuid, Field), Option<String>>;

/// Databases sort texts each in its own way.
fn in_order(rows: Vec<CaseRow>, keys: &BTreeMap<Uuid, String>) -> Vec<CutCase> {
    let mut cases: Vec<CutCase> = rows
        .into_iter()
        .map(|row| CutCase {
            unit_key: keys.get(&row.unit_id).cloned().unwrap_or(row.unit_key),
            case_id: row.case_id,
            unit_id: row.unit_id,
            submission_id: row.submission_id,
            edition_id: row.edition_id,
        })
        .collect();
    cases.sort_unstable_by(|one, other| one.unit_key.cmp(&other.unit_key));
    cases
}

impl CleanedRow {
    fn read(self) -> Result<CutCleaned, sqlx::Error> {
        Ok(CutCleaned {
            rule_set: self.version,
            open_queries: edition::count(self.open_queries),
            values: parse(&self.clean_values)?,
        })
    }
}

impl DataCut {
    fn row(
        &self,
        case: &CutCase,
        row: Row,
        cleaned: Option<CutCleaned>,
        mut classes: BTreeMap<String, String>,
        changed: &Changed,
    ) -> CutRow {
        let column = |column, now: Option<String>| {
            let before = changed.get(&(case.unit_id, Field::Column(column)));
            before.cloned().unwrap_or(now)
        };
        let from = (case.unit_id, Field::Class(String::new()));
        let since = changed.range(from..);
        for ((_, field), before) in since.take_while(|((unit, _), _)| *unit == case.unit_id) {
            if let Field::Class(class) = field {
                match before {
                    Some(before) => classes.insert(class.clone(), before.clone()),
                    None => classes.remove(class),
                };
            }
        }
        CutRow {
            unit_key: case.unit_key.clone(),
            region: column(Column::Region, Some(row.region)).unwrap_or_default(),
            ownership: column(Column::Ownership, row.ownership),
            classes,
            disposition: self
                .dispositions
                .get(&case.case_id)
                .copied()
                .unwrap_or(DispositionCode::Eligible),
            submitted_at: row.submitted_at,
            snapshot: row.snapshot,
            cleaned,
        }
    }
}

async fn handed_in(
    connection: &mut Connection<'_>,
    round: Uuid,
    at: Timestamp,
) -> Result<Vec<CaseRow>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id AS case_id, c.unit_id, unit.key AS unit_key, s.id AS submission_id, \
            NULL AS edition_id, NULL AS version \
        FROM respondent_case c JOIN unit ON unit.id = c.unit_id \
        JOIN submission s ON s.case_id = c.id AND s.number = \
            (SELECT max(number) FROM submission one WHERE one.case_id = c.id AND one.submitted_at <= $2) \
        WHERE c.round_id = $1";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).bind(at).fetch_all(executor).await
    })
}

async fn cleaned(
    connection: &mut Connection<'_>,
    round: Uuid,
    at: Timestamp,
) -> Result<Vec<CaseRow>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id AS case_id, c.unit_id, unit.key AS unit_key, e.submission_id, e.id AS edition_id, r.version \
        FROM cleaning_edition e \
        JOIN respondent_case c ON c.id = e.case_id JOIN unit ON unit.id = c.unit_id \
        JOIN rule_set r ON r.id = e.rule_set_id \
        WHERE e.round_id = $1 AND e.number = \
            (SELECT max(number) FROM cleaning_edition one WHERE one.case_id = e.case_id AND one.at <= $2)";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).bind(at).fetch_all(executor).await
    })
}

/// The keys that units had before they were given others, after the cut.
async fn keys_since(
    connection: &mut Connection<'_>,
    round: Uuid,
    at: Timestamp,
) -> Result<BTreeMap<Uuid, String>, sqlx::Error> {
    const SQL: &str = "\
        SELECT h.unit_id, h.before FROM register_change h \
        JOIN respondent_case c ON c.unit_id = h.unit_id \
        WHERE c.round_id = $1 AND h.at > $2 AND h.contact_id IS NULL AND h.field = $3 AND h.before IS NOT NULL \
        ORDER BY h.at, h.id";
    let field = Field::Column(Column::Key).to_string();
    let rows: Vec<(Uuid, String)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).bind(at).bind(field).fetch_all(executor).await
    })?;
    let mut keys = BTreeMap::new();
    for (unit, before) in rows {
        keys.entry(unit).or_insert(before);
    }
    Ok(keys)
}

/// What stood there before the first change after the cut.
async fn changed_since(
    connection: &mut Connection<'_>,
    cases: &[CutCase],
    at: Timestamp,
) -> Result<Changed, sqlx::Error> {
    const SQL: &str = "\
        SELECT h.at, h.id, h.unit_id, h.field, h.before FROM register_change h \
        WHERE h.contact_id IS NULL AND h.unit_id IN (";
    let units = cases.iter().map(|case| case.unit_id).collect();
    let mut rows: Vec<(Timestamp, Uuid, Uuid, String, Option<String>)> =
        among(connection, SQL, units).await?;
    rows.retain(|(when, ..)| *when > at);
    rows.sort_unstable_by_key(|(when, id, ..)| (*when, *id));
    let mut changed = BTreeMap::new();
    for (_, _, unit, field, before) in rows {
        let field = field
            .parse::<Field>()
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        changed.entry((unit, field)).or_insert(before);
    }
    Ok(changed)
}

async fn dispositions(
    connection: &mut Connection<'_>,
    round: Uuid,
    at: Timestamp,
) -> Result<BTreeMap<Uuid, DispositionCode>, sqlx::Error> {
    const SQL: &str = "\
        SELECT d.case_id, d.code FROM disposition d JOIN respondent_case c ON c.id = d.case_id \
        WHERE c.round_id = $1 AND d.at <= $2 ORDER BY d.at, d.id";
    let rows: Vec<(Uuid, String)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).bind(at).fetch_all(executor).await
    })?;
    rows.into_iter()
        .map(|(case, code)| {
            let code = code
                .parse::<DispositionCode>()
                .map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
            Ok((case, code))
        })
        .collect()
}

async fn not_cleaned(
    connection: &mut Connection<'_>,
    round: Uuid,
    at: Timestamp,
) -> Result<u32, sqlx::Error> {
    const SQL: &str = "\
        SELECT count(*) FROM submission s JOIN respondent_case c ON c.id = s.case_id \
        WHERE c.round_id = $1 \
            AND s.number = (SELECT max(number) FROM submission WHERE case_id = s.case_id AND submitted_at <= $2) \
            AND NOT EXISTS (SELECT 1 FROM cleaning_edition e \
                WHERE e.case_id = s.case_id AND e.submission_id = s.id AND e.at <= $2)";
    let count: i64 = on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(round).bind(at).fetch_one(executor).await
    })?;
    Ok(edition::count(count))
}

async fn submissions(
    connection: &mut Connection<'_>,
    cases: &[CutCase],
) -> Result<BTreeMap<Uuid, Row>, sqlx::Error> {
    const SQL: &str = "\
        SELECT s.id AS submission_id, unit.region, unit.ownership, s.submitted_at, s.snapshot \
        FROM submission s JOIN respondent_case c ON c.id = s.case_id JOIN unit ON unit.id = c.unit_id \
        WHERE s.id IN (";
    let ids = cases.iter().map(|case| case.submission_id).collect();
    let rows: Vec<Row> = among(connection, SQL, ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.submission_id, row))
        .collect())
}

async fn editions(
    connection: &mut Connection<'_>,
    cases: &[CutCase],
) -> Result<BTreeMap<Uuid, CleanedRow>, sqlx::Error> {
    const SQL: &str = "\
        SELECT e.id AS edition_id, r.version, e.open_queries, e.clean_values \
        FROM cleaning_edition e JOIN rule_set r ON r.id = e.rule_set_id \
        WHERE e.id IN (";
    let ids = cases.iter().filter_map(|case| case.edition_id).collect();
    let rows: Vec<CleanedRow> = among(connection, SQL, ids).await?;
    Ok(rows.into_iter().map(|row| (row.edition_id, row)).collect())
}

async fn classes(
    connection: &mut Connection<'_>,
    cases: &[CutCase],
) -> Result<BTreeMap<Uuid, BTreeMap<String, String>>, sqlx::Error> {
    const SQL: &str = "SELECT unit_id, field, value FROM unit_class WHERE unit_id IN (";
    let ids = cases.iter().map(|case| case.unit_id).collect();
    let rows: Vec<(Uuid, String, String)> = among(connection, SQL, ids).await?;
    let mut classes: BTreeMap<Uuid, BTreeMap<String, String>> = BTreeMap::new();
    for (unit, field, value) in rows {
        classes.entry(unit).or_default().insert(field, value);
    }
    Ok(classes)
}

/// The rows of a query that ends with an open list of identities.
async fn among<T>(
    connection: &mut Connection<'_>,
    sql: &str,
    ids: Vec<Uuid>,
) -> Result<Vec<T>, sqlx::Error>
where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    on_database!(connection, executor => {
        let mut query = QueryBuilder::new(sql);
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(id);
        }
        query.push(")");
        query.build_query_as().persistent(false).fetch_all(executor).await
    })
}
