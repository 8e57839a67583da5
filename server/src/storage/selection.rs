use std::collections::{BTreeMap, BTreeSet};

use survey::condition::{Condition, ConditionFault, Fact, Kind, Scope, Truth};
use survey::instrument::{self, Instrument};
use survey::register::Register;
use uuid::Uuid;

use super::database::{Connection, Database, on_database};

/// Which of the register's units a round asks: a condition in the branching language over `register.*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection(Condition);

const REGION: &str = "register.region";
const OWNERSHIP: &str = "register.ownership";
const OWNERSHIPS: [&str; 2] = ["public", "private"];

/// What the register knows of a unit besides the instrument's classes.
struct Columns {
    region: String,
    ownership: Option<String>,
}

/// The register's fields, and nothing that anybody has answered.
struct Fields<'a> {
    instrument: &'a Instrument,
    regions: Vec<String>,
}

impl Scope for Fields<'_> {
    fn kind(&self, name: &str) -> Option<Kind> {
        let known = name
            .starts_with("register.")
            .then(|| self.instrument.kind(name))
            .flatten();
        known.or_else(|| match name {
            REGION => Some(Kind::Choice(self.regions.clone())),
            OWNERSHIP => Some(Kind::Choice(OWNERSHIPS.map(str::to_owned).to_vec())),
            _ => None,
        })
    }

    fn names(&self) -> Vec<String> {
        let names = self.instrument.names().into_iter();
        let mut names: Vec<String> = names
            .filter(|name| name.starts_with("register."))
            .chain([REGION, OWNERSHIP].map(str::to_owned))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Selection {
    /// `regions` are those of the register. A region's key is its name in small letters, without diacritics and with
    /// `_` for spaces: `region_ostergotland`.
    ///
    /// # Errors
    /// Every fault, with its place in the text.
    pub fn parse(
        source: &str,
        instrument: &Instrument,
        regions: &[String],
    ) -> Result<Self, Vec<ConditionFault>> {
        let mut regions: Vec<String> = regions.iter().map(|region| region_key(region)).collect();
        regions.sort_unstable();
        regions.dedup();
        let scope = Fields {
            instrument,
            regions,
        };
        Condition::parse(source, &scope).map(Self)
    }

    /// As it is stored.
    pub fn source(&self) -> &str {
        self.0.source()
    }

    /// A unit of which the register does not know enough is not selected.
    fn holds(&self, register: &Register, columns: &Columns) -> bool {
        let fact = |name: &str| {
            let known = name
                .strip_prefix("register.")
                .map_or(Fact::Missing, |field| register.fact(field));
            match (known, name) {
                (Fact::Missing, REGION) => Fact::Choice(region_key(&columns.region)),
                (Fact::Missing, OWNERSHIP) => columns
                    .ownership
                    .clone()
                    .map_or(Fact::Missing, Fact::Choice),
                (known, _) => known,
            }
        };
        self.0.holds(&fact) == Truth::True
    }
}

/// The name in signs that a condition may hold.
fn region_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for sign in name.trim().to_lowercase().chars() {
        match sign {
            'å' | 'ä' | 'á' | 'à' => key.push('a'),
            'ö' | 'ø' => key.push('o'),
            'é' | 'è' => key.push('e'),
            sign if sign.is_ascii_alphanumeric() => key.push(sign),
            _ if key.ends_with('_') || key.is_empty() => {}
            _ => key.push('_'),
        }
    }
    key.truncate(key.trim_end_matches('_').len());
    key
}

impl Database {
    /// The names of the regions that the register knows.
    pub async fn regions(&self) -> Result<Vec<String>, sqlx::Error> {
        const SQL: &str = "SELECT DISTINCT region FROM unit WHERE gone_at IS NULL ORDER BY region";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).fetch_all(executor).await
        })
    }
}

/// Those of the units without a case that the round selects; none where it selects every unit.
pub(super) async fn of_newcomers(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Option<BTreeSet<Uuid>>, sqlx::Error> {
    const ROUND: &str = "SELECT selection, instrument_source FROM round WHERE id = $1";
    const UNITS: &str = "\
        SELECT id, region, ownership FROM unit WHERE gone_at IS NULL AND NOT EXISTS \
            (SELECT 1 FROM respondent_case c WHERE c.round_id = $1 AND c.unit_id = unit.id)";
    const CLASSES: &str = "\
        SELECT unit_id, field, value FROM unit_class WHERE NOT EXISTS \
            (SELECT 1 FROM respondent_case c WHERE c.round_id = $1 AND c.unit_id = unit_class.unit_id)";
    let found: Option<(String, String)> = on_database!(connection, executor => {
        sqlx::query_as(ROUND).bind(round).fetch_optional(executor).await
    })?;
    let Some((source, instrument)) = found.filter(|(source, _)| !source.is_empty()) else {
        return Ok(None);
    };
    let (Some(condition), Ok(instrument)) = (
        Condition::parse_trusted(&source),
        instrument::load(&instrument),
    ) else {
        tracing::error!(%round, "the round's selection cannot be read: no unit is added to it");
        return Ok(Some(BTreeSet::new()));
    };
    let selection = Selection(condition);
    let units: Vec<(Uuid, String, Option<String>)> = on_database!(connection, executor => {
        sqlx::query_as(UNITS).bind(round).fetch_all(executor).await
    })?;
    let rows: Vec<(Uuid, String, String)> = on_database!(connection, executor => {
        sqlx::query_as(CLASSES).bind(round).fetch_all(executor).await
    })?;
    let mut classes: BTreeMap<Uuid, Vec<(String, String)>> = BTreeMap::new();
    for (unit, field, value) in rows {
        classes.entry(unit).or_default().push((field, value));
    }
    let selected = units.into_iter().filter(|(id, region, ownership)| {
        let known = classes.get(id).map_or(&[][..], Vec::as_slice);
        let known = known
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str()));
        let columns = Columns {
            region: region.clone(),
            ownership: ownership.clone(),
        };
        selection.holds(&Register::read(&instrument, known), &columns)
    });
    Ok(Some(selected.map(|(id, ..)| id).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTRUMENT: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");

    fn instrument() -> Instrument {
        instrument::load(INSTRUMENT).unwrap()
    }

    fn selection(source: &str) -> Result<Selection, Vec<ConditionFault>> {
        let regions = ["Region Östergötland", "Region Jämtland Härjedalen"].map(str::to_owned);
        Selection::parse(source, &instrument(), &regions)
    }

    fn holds(source: &str, area_type: &str) -> bool {
        let register = Register::read(&instrument(), [("area_type", area_type)]);
        let columns = Columns {
            region: "Region Östergötland".to_owned(),
            ownership: Some("private".to_owned()),
        };
        selection(source).unwrap().holds(&register, &columns)
    }

    #[test]
    fn units_are_chosen_by_class_region_and_ownership() {
        assert!(holds("register.region == region_ostergotland", "1"));
        assert!(!holds("register.region == region_jamtland_harjedalen", "1"));
        assert!(holds(
            "register.ownership == private and register.area_type in [1, 2]",
            "2"
        ));
        assert!(!holds("register.area_type in [1, 2]", "5"));
    }

    #[test]
    fn a_unit_of_which_too_little_is_known_is_not_chosen() {
        assert!(!holds("register.area_type != 1", "not known"));
    }

    #[test]
    fn a_fault_is_told_with_what_was_probably_meant() {
        let faults = selection("register.region == region_ostergotlnd").unwrap_err();
        assert!(
            faults[0].right.contains("region_ostergotland"),
            "{faults:?}"
        );
        let faults = selection("register.aera_type == 1").unwrap_err();
        assert!(faults[0].right.contains("register.area_type"), "{faults:?}");
    }

    #[test]
    fn answers_cannot_choose_who_is_asked() {
        let instrument = instrument();
        let variable = &instrument.variables()[0].key;
        assert!(selection(&format!("answered({variable})")).is_err());
    }
}
