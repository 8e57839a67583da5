//! One row's cells, each by its field.

use crate::{
    classes::{ClassList, Lookup},
    field::Field,
    headings::Mapping,
    plain::{plain, tidy},
    read::{CellFault, Table, TableRow},
    unit::Unit,
    values::{
        Date, Ownership, Region, name_tells_branch, read_count, read_municipality, read_postal,
        read_regso, read_yes, words,
    },
};

use super::{CellProblem, ColumnRef, Fault, Problem, Row, Severity};

/// Letters of a value that are shown with its fault.
const SHOWN: usize = 200;

pub(super) struct Reader<'a> {
    mapping: &'a Mapping,
    classes: Vec<(Field, &'a ClassList, Lookup<'a>)>,
    /// Headings of all columns.
    titles: Vec<String>,
}

/// A row under way.
pub(super) struct Cells<'r, 'a> {
    reader: &'r Reader<'a>,
    row: TableRow<'a>,
    faults: &'r mut Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub fn new(table: &'a Table, mapping: &'a Mapping, classes: &'a [ClassList]) -> Self {
        let titles = table
            .row(mapping.heading_row())
            .map(|row| row.cells().map(tidy).collect())
            .unwrap_or_default();
        Self {
            mapping,
            classes: classes
                .iter()
                .map(|class| (Field::Class(class.key.clone()), class, Lookup::new(class)))
                .filter(|(field, _, _)| mapping.column(field).is_some())
                .collect(),
            titles,
        }
    }

    /// Whether any mapped cell holds anything, and not all of them their headings.
    pub fn says_something(&self, row: TableRow<'_>) -> bool {
        let mut told = self
            .mapping
            .columns()
            .map(|(_, column)| (row.cell(column).trim(), column))
            .filter(|(cell, _)| !cell.is_empty())
            .peekable();
        told.peek().is_some() && !told.all(|(cell, column)| cell == self.title(column))
    }

    fn title(&self, column: usize) -> &str {
        self.titles.get(column).map_or("", String::as_str)
    }

    pub fn read(&self, row: TableRow<'a>, faults: &mut Vec<Fault>) -> Row {
        let mut cells = Cells {
            reader: self,
            row,
            faults,
        };
        let mut unit = Unit {
            // A key of punctuation alone tells nothing apart.
            key: cells.told(&Field::Key).filter(|key| !plain(key).is_empty()),
            name: cells.name(),
            ..Unit::default()
        };
        let (branch, tells_branch) = cells.branch(&unit.name);
        unit.branch = branch;
        let municipality =
            cells.value(&Field::Municipality, Problem::MunicipalityUnknown, |cell| {
                read_municipality(cell)
            });
        let region = cells.region(municipality.as_deref());
        unit.region = region.map_or_else(String::new, |region| region.name().to_owned());
        unit.municipality = cells.municipality(municipality, region);
        unit.address = cells.told(&Field::Address).unwrap_or_default();
        unit.city = cells.told(&Field::City).unwrap_or_default();
        if let Some(postal) =
            cells.value(&Field::PostalCode, Problem::PostalCodeInvalid, read_postal)
        {
            unit.postal_code = postal.code;
            if let Some(place) = postal.place.filter(|_| unit.city.is_empty()) {
                unit.city = place;
            }
        }
        unit.ownership = cells.value(
            &Field::Ownership,
            Problem::OwnershipUnknown,
            Ownership::parse,
        );
        unit.regso = cells.value(&Field::Regso, Problem::RegsoInvalid, read_regso);
        unit.listed = cells.value(&Field::Listed, Problem::ListedInvalid, read_count);
        unit.started_on = cells.value(&Field::StartedOn, Problem::DateInvalid, Date::parse);
        unit.closed_on = cells.closed_on(unit.started_on);
        for (field, class, lookup) in &self.classes {
            let Some(cell) = cells.cell(field) else {
                continue;
            };
            match lookup.value(cell) {
                Some(value) => {
                    unit.classes.insert(class.key.clone(), value.to_owned());
                }
                None => cells.fault(
                    field,
                    Problem::ClassUnknown {
                        allowed: class.allowed(),
                    },
                ),
            }
        }
        let further_emails = cells.contacts(&mut unit);
        Row {
            number: row.number(),
            unit,
            tells_branch,
            further_emails,
        }
    }
}

impl<'a> Cells<'_, 'a> {
    /// There is a column for the field, and the cell says nothing.
    pub fn is_empty(&self, field: &Field) -> bool {
        let column = self.reader.mapping.column(field);
        column.is_some_and(|column| says_nothing(self.row.cell(column).trim()))
    }

    /// The cell's text if there is any and it can be trusted.
    pub fn cell(&mut self, field: &Field) -> Option<&'a str> {
        let column = self.reader.mapping.column(field)?;
        if let Some(fault) = self.row.fault(column) {
            self.fault(
                field,
                Problem::Cell(CellProblem {
                    fault,
                    severity: severity(field, fault),
                }),
            );
            return None;
        }
        let cell = self.row.cell(column).trim();
        (!says_nothing(cell)).then_some(cell)
    }

    pub fn told(&mut self, field: &Field) -> Option<String> {
        self.cell(field).map(tidy).filter(|text| !text.is_empty())
    }

    fn value<T>(
        &mut self,
        field: &Field,
        otherwise: Problem,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = read(self.cell(field)?);
        if value.is_none() {
            self.fault(field, otherwise);
        }
        value
    }

    /// A fault of the field's own cell.
    pub fn fault(&mut self, field: &Field, problem: Problem) {
        let cell = self
            .reader
            .mapping
            .column(field)
            .map_or("", |column| self.row.cell(column));
        self.fault_of(field, cell, problem);
    }

    /// A fault of a part of the field's cell.
    pub fn fault_of(&mut self, field: &Field, value: &str, problem: Problem) {
        let column = self.reader.mapping.column(field).map(|index| ColumnRef {
            index,
            title: self.reader.title(index).to_owned(),
        });
        self.faults.push(Fault {
            row: self.row.number(),
            column,
            field: Some(field.clone()),
            value: value.chars().take(SHOWN).collect(),
            problem,
        });
    }

    fn name(&mut self) -> String {
        let known = self.faults.len();
        let name = self.told(&Field::Name).unwrap_or_default();
        if name.is_empty() {
            if self.faults.len() == known {
                self.fault(&Field::Name, Problem::NameMissing);
            }
        } else if words().sums.contains(&plain(&name)) {
            self.fault(&Field::Name, Problem::Sum);
        }
        name
    }

    /// Whether it is one, and whether the file says so.
    fn branch(&mut self, name: &str) -> (bool, bool) {
        if let Some(told) = self.value(&Field::Branch, Problem::BranchUnknown, read_yes) {
            return (told, true);
        }
        if name_tells_branch(name) {
            self.fault(&Field::Name, Problem::BranchByName);
            return (true, true);
        }
        (false, false)
    }

    /// By its column, by the sender, or by the municipality.
    fn region(&mut self, municipality: Option<&str>) -> Option<Region> {
        let implied = self.reader.mapping.region();
        let known = self.faults.len();
        let cell = self.cell(&Field::Region);
        let told = cell.and_then(Region::parse);
        match (told, implied) {
            (Some(told), Some(scope)) if told != scope => {
                self.fault(
                    &Field::Region,
                    Problem::OutsideScope {
                        region: told.name().to_owned(),
                        scope: scope.name().to_owned(),
                    },
                );
                Some(told)
            }
            (Some(told), _) => Some(told),
            // A region's own file may call its parts regions.
            (None, Some(scope)) => Some(scope),
            (None, None) if cell.is_some() => {
                self.fault(&Field::Region, Problem::RegionUnknown);
                None
            }
            (None, None) => {
                let region = municipality.and_then(Region::of_municipality);
                if region.is_none() && self.faults.len() == known {
                    self.fault(&Field::Region, Problem::RegionMissing);
                }
                region
            }
        }
    }

    fn municipality(&mut self, code: Option<String>, region: Option<Region>) -> Option<String> {
        let code = code?;
        let lies_in = Region::of_municipality(&code);
        match (lies_in, region) {
            (Some(lies_in), Some(region)) if lies_in != region => {
                self.fault(
                    &Field::Municipality,
                    Problem::MunicipalityElsewhere {
                        region: lies_in.name().to_owned(),
                    },
                );
                None
            }
            _ => Some(code),
        }
    }

    fn closed_on(&mut self, started_on: Option<Date>) -> Option<Date> {
        let closed = self.value(&Field::ClosedOn, Problem::DateInvalid, Date::parse)?;
        if started_on.is_some_and(|started| closed < started) {
            self.fault(&Field::ClosedOn, Problem::ClosedBeforeStarted);
            return None;
        }
        Some(closed)
    }
}

/// How people say that there is nothing to say.
fn says_nothing(cell: &str) -> bool {
    matches!(cell, "" | "-" | "–" | "—" | "." | "?" | "n/a" | "N/A")
}

/// What identifies the unit must be right; the rest can be left out.
fn severity(field: &Field, fault: CellFault) -> Severity {
    let identifies = matches!(field, Field::Key | Field::Name | Field::Region);
    if identifies || fault == CellFault::SwallowsRows {
        Severity::Error
    } else {
        Severity::Warning
    }
}
