//! Which column is about what: decided by the user, helped by [`find_headings`](super::find_headings).

use std::collections::BTreeMap;

use thiserror::Error;

use crate::{field::Field, values::Region};

/// A decided mapping of a table's columns, whole enough to read rows by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Index in the table of the row with headings; rows after it are read.
    heading_row: usize,
    columns: BTreeMap<Field, usize>,
    /// The region of every row, where the sender is one.
    region: Option<Region>,
}

/// Why a mapping is not whole.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MappingFault {
    #[error("no column gives the units' names")]
    NameMissing,
    #[error("no column gives the region (or the municipality), and the sender implies none")]
    RegionMissing,
    #[error("{field} is given by two columns")]
    Twice {
        field: Field,
        /// Columns from 0.
        columns: [usize; 2],
    },
    #[error("there is no column {column}")]
    NoSuchColumn { column: usize },
}

impl Mapping {
    /// `columns` are pairs of a column (from 0, of `width`) and its field; columns that say nothing are left out.
    pub fn new(
        heading_row: usize,
        width: usize,
        columns: impl IntoIterator<Item = (usize, Field)>,
        region: Option<Region>,
    ) -> Result<Self, Vec<MappingFault>> {
        let mut faults = Vec::new();
        let mut taken = BTreeMap::new();
        for (column, field) in columns {
            if column >= width {
                faults.push(MappingFault::NoSuchColumn { column });
            } else if let Some(first) = taken.insert(field.clone(), column) {
                faults.push(MappingFault::Twice {
                    field,
                    columns: [first, column],
                });
            }
        }
        if !taken.contains_key(&Field::Name) {
            faults.push(MappingFault::NameMissing);
        }
        if region.is_none()
            && !taken.contains_key(&Field::Region)
            && !taken.contains_key(&Field::Municipality)
        {
            faults.push(MappingFault::RegionMissing);
        }
        if faults.is_empty() {
            Ok(Self {
                heading_row,
                columns: taken,
                region,
            })
        } else {
            Err(faults)
        }
    }

    pub fn heading_row(&self) -> usize {
        self.heading_row
    }

    pub fn column(&self, field: &Field) -> Option<usize> {
        self.columns.get(field).copied()
    }

    /// The region of every row, where the sender is one.
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    pub fn columns(&self) -> impl Iterator<Item = (&Field, usize)> {
        self.columns.iter().map(|(field, column)| (field, *column))
    }
}
