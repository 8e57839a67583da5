//! The list of units: searched, filtered, page by page.

use uuid::Uuid;

use crate::storage::database::{Connection, Database, on_database};
use crate::storage::time::Timestamp;

/// Which units to list; what is not asked for matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitFilter {
    /// Part of a name, key, place, or of a present contact's name or address. Letter case does not matter.
    pub search: Option<String>,
    pub region: Option<String>,
    pub status: UnitStatus,
    /// A class and its value.
    pub class: Option<(String, String)>,
}

/// Gone units and branch offices stand apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum UnitStatus {
    /// Known, and no branch office.
    #[default]
    Present,
    Branch,
    Gone,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedUnit {
    pub id: Uuid,
    pub key: String,
    pub name: String,
    pub city: String,
    pub region: String,
    pub ownership: Option<String>,
    pub gone_at: Option<Timestamp>,
    /// Of whoever is written to; nothing where there is nobody.
    pub contact_name: Option<String>,
    pub contact_email: Option<String>,
    pub undeliverable_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPage {
    pub units: Vec<ListedUnit>,
    /// All that match, on every page.
    pub total: u32,
}

/// How many units stand where, and what can be filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitChoices {
    pub present: u32,
    pub branches: u32,
    pub gone: u32,
    pub regions: Vec<String>,
    /// Class and value, in order; only classes with few values.
    pub classes: Vec<(String, String)>,
}

/// A class with more values than this is no filter.
const MOST_VALUES: i64 = 20;

const MATCHING: &str = "\
    FROM unit \
    LEFT JOIN contact ON contact.id = (SELECT id FROM contact c \
        WHERE c.unit_id = unit.id AND c.valid_to IS NULL \
        ORDER BY CASE c.kind WHEN 'local_head' THEN 0 ELSE 1 END, c.valid_from DESC, c.id DESC LIMIT 1) \
    WHERE CASE WHEN unit.gone_at IS NOT NULL THEN 'gone' WHEN unit.branch THEN 'branch' ELSE 'present' END = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR unit.region = $2) \
        AND (CAST($3 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM unit_class \
            WHERE unit_class.unit_id = unit.id AND unit_class.field = $3 AND unit_class.value = $4)) \
        AND (CAST($5 AS TEXT) IS NULL \
            OR lower(unit.name || ' ' || unit.key || ' ' || unit.city || ' ' || coalesce(contact.name, '') \
                || ' ' || coalesce(contact.email, '')) LIKE $5 ESCAPE '!' \
            OR lower(unit.name || ' ' || unit.city || ' ' || coalesce(contact.name, '')) LIKE $6 ESCAPE '!')";

impl UnitStatus {
    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Branch => "branch",
            Self::Gone => "gone",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Present, Self::Branch, Self::Gone]
            .into_iter()
            .find(|status| status.name() == name)
    }
}

impl Database {
    /// The units that match, by region and name, `size` on a page; pages count from 0.
    pub async fn list_units(
        &self,
        filter: &UnitFilter,
        page: u32,
        size: u32,
    ) -> Result<UnitPage, sqlx::Error> {
        let rows = format!(
            "SELECT unit.id, unit.key, unit.name, unit.city, unit.region, unit.ownership, unit.gone_at, \
                contact.name AS contact_name, contact.email AS contact_email, contact.undeliverable_at {MATCHING} \
             ORDER BY unit.region, unit.name, unit.key LIMIT $7 OFFSET $8"
        );
        let count = format!("SELECT count(*) {MATCHING}");
        let patterns = filter.search.as_deref().map(patterns);
        let (lower, title) = patterns.unzip();
        let (class, value) = filter.class.clone().unzip();
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let units = on_database!(connection, executor => {
            sqlx::query_as(sqlx::AssertSqlSafe(rows))
                .bind(filter.status.name())
                .bind(&filter.region)
                .bind(&class)
                .bind(&value)
                .bind(&lower)
                .bind(&title)
                .bind(i64::from(size))
                .bind(i64::from(page) * i64::from(size))
                .fetch_all(executor)
                .await
        })?;
        let total: i64 = on_database!(connection, executor => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(count))
                .bind(filter.status.name())
                .bind(&filter.region)
                .bind(&class)
                .bind(&value)
                .bind(&lower)
                .bind(&title)
                .fetch_one(executor)
                .await
        })?;
        Ok(UnitPage {
            units,
            total: u32::try_from(total).unwrap_or(u32::MAX),
        })
    }

    pub async fn unit_choices(&self) -> Result<UnitChoices, sqlx::Error> {
        const COUNTS: &str = "\
            SELECT CASE WHEN gone_at IS NOT NULL THEN 'gone' WHEN branch THEN 'branch' ELSE 'present' END, count(*) \
            FROM unit GROUP BY 1";
        const REGIONS: &str = "SELECT DISTINCT region FROM unit ORDER BY region";
        const CLASSES: &str = "\
            SELECT DISTINCT field, value FROM unit_class WHERE field IN \
                (SELECT field FROM unit_class GROUP BY field HAVING count(DISTINCT value) <= $1) \
            ORDER BY field, value";
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let counts = counts(connection, COUNTS).await?;
        let of = |status: UnitStatus| {
            let found = counts.iter().find(|(name, _)| name == status.name());
            found.map_or(0, |(_, n)| u32::try_from(*n).unwrap_or(u32::MAX))
        };
        let regions = on_database!(connection, executor => {
            sqlx::query_scalar(REGIONS).fetch_all(executor).await
        })?;
        let classes = on_database!(connection, executor => {
            sqlx::query_as(CLASSES).bind(MOST_VALUES).fetch_all(executor).await
        })?;
        Ok(UnitChoices {
            present: of(UnitStatus::Present),
            branches: of(UnitStatus::Branch),
            gone: of(UnitStatus::Gone),
            regions,
            classes,
        })
    }
}

async fn counts(
    connection: &mut Connection<'_>,
    sql: &'static str,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    on_database!(connection, executor => {
        sqlx::query_as(sql).fetch_all(executor).await
    })
}

/// What to look for, in lower case and as names begin: SQLite knows the case of the letters a to z only.
fn patterns(search: &str) -> (String, String) {
    let lower = search.trim().to_lowercase();
    let title: String = lower
        .split_inclusive(' ')
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| {
                if first.is_ascii() {
                    first.to_string()
                } else {
                    first.to_uppercase().collect()
                }
            });
            first.unwrap_or_default() + letters.as_str()
        })
        .collect();
    (like(&lower), like(&title))
}

fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars().filter(|letter| *letter != '\0') {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::patterns;

    #[test]
    fn a_name_is_found_however_its_first_letter_is_written() {
        let (lower, title) = patterns(" Åsens VC ");
        assert_eq!(lower, "%åsens vc%");
        assert_eq!(title, "%Åsens vc%");
    }

    #[test]
    fn signs_that_mean_something_to_the_database_mean_themselves() {
        assert_eq!(patterns("100%_!").0, "%100!%!_!!%");
    }
}
