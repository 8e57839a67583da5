//! Which sheets there are, and where.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::read::Unreadable;

use super::{
    package::Package,
    xml::{Xml, attribute},
};

#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub sheets: Vec<Sheet>,
    /// Days are counted from 1904.
    pub since_1904: bool,
    pub shared_strings: Option<String>,
    pub styles: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub name: String,
    pub part: String,
    pub hidden: bool,
}

/// Sheets beyond this many are not looked at.
const SHEETS: usize = 100;

struct Relation {
    kind: String,
    target: String,
}

pub(super) fn read(package: &mut Package<'_>) -> Result<Workbook, Unreadable> {
    let roots = relations(package, "", "_rels/.rels")?;
    let part = roots
        .into_values()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    if part.to_lowercase().ends_with(".bin") {
        return Err(Unreadable::BinaryExcel);
    }
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", &part));
    let relations = relations(package, folder, &format!("{folder}/_rels/{file}.rels"))?;
    let target = |kind: &str| {
        relations
            .values()
            .find(|relation| relation.kind.ends_with(kind))
            .map(|relation| relation.target.clone())
    };
    let mut workbook = Workbook {
        shared_strings: target("/sharedStrings"),
        styles: target("/styles"),
        ..Workbook::default()
    };
    package.with(&part, |xml| sheets(xml, &relations, &mut workbook))?;
    Ok(workbook)
}

fn sheets(
    xml: &mut Xml<'_, '_>,
    relations: &HashMap<String, Relation>,
    workbook: &mut Workbook,
) -> Result<(), Unreadable> {
    loop {
        let event = xml.next()?;
        let (Event::Start(element) | Event::Empty(element)) = &event else {
            if matches!(event, Event::Eof) {
                return Ok(());
            }
            continue;
        };
        match element.local_name().as_ref() {
            "workbookPr" => {
                workbook.since_1904 = attribute(element, "date1904")
                    .is_some_and(|told| told == "1" || told == "true");
            }
            "sheet" if workbook.sheets.len() < SHEETS => {
                let relation = attribute(element, "id").and_then(|id| relations.get(&id));
                let Some(relation) =
                    relation.filter(|relation| relation.kind.ends_with("/worksheet"))
                else {
                    continue;
                };
                workbook.sheets.push(Sheet {
                    name: attribute(element, "name").unwrap_or_default(),
                    part: relation.target.clone(),
                    hidden: attribute(element, "state").is_some_and(|state| state != "visible"),
                });
            }
            _ => {}
        }
    }
}

/// By their ids; none where the part is not there.
fn relations(
    package: &mut Package<'_>,
    folder: &str,
    part: &str,
) -> Result<HashMap<String, Relation>, Unreadable> {
    let mut relations = HashMap::new();
    if !package.has(part) {
        return Ok(relations);
    }
    package.with(part, |xml| {
        loop {
            let event = xml.next()?;
            let (Event::Start(element) | Event::Empty(element)) = &event else {
                if matches!(event, Event::Eof) {
                    return Ok(relations);
                }
                continue;
            };
            if element.local_name().as_ref() != "Relationship" {
                continue;
            }
            if let (Some(id), Some(kind), Some(target)) = (
                attribute(element, "Id"),
                attribute(element, "Type"),
                attribute(element, "Target"),
            ) {
                let target = resolved(folder, &target);
                relations.insert(id, Relation { kind, target });
            }
        }
    })
}

/// A target is relative to the folder of its source, or absolute within the package.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            part => path.push(part),
        }
    }
    path.join("/")
}
