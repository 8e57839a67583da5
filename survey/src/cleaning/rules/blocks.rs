//! Which questions are read together, and what is ordinary in them.

use super::{
    Block,
    model::{Grid, Model, Styles},
    plan::{Blanks, Figure, Gate, Plan, RowPlan},
    tables::{rates, roundings, steps, weight},
};
use crate::instrument::{
    Body, Instrument, NumberMatrix, RegisterKind, VariableKind,
    load::{
        reader::{At, Table},
        values::{Syntax, Unique},
        words::{did_you_mean, shown},
    },
};

pub(super) struct Draft {
    pub block: Block,
    pub plan: Plan,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pairs,
    Posts,
    Figure,
}

const KINDS: [(&str, Kind); 3] = [
    ("pairs", Kind::Pairs),
    ("posts", Kind::Posts),
    ("figure", Kind::Figure),
];

pub(super) fn read(root: &mut Table<'_>, instrument: &Instrument) -> Vec<Draft> {
    let mut keys = Unique::new("block");
    let mut drafts = Vec::new();
    for table in root.some_tables("block", "The block", "[[block]]") {
        if let Some(draft) = one(table, instrument, &drafts, &mut keys) {
            drafts.push(draft);
        }
    }
    drafts
}

fn one(
    mut table: Table<'_>,
    instrument: &Instrument,
    earlier: &[Draft],
    keys: &mut Unique,
) -> Option<Draft> {
    let key = table.key("key", Syntax::Name, "key = \"permanent\"");
    keys.claim(table.reader, key);
    let name = table.text("name");
    let kind = table.one_of("kind", "kind = \"pairs\"", &KINDS);
    let Some(kind) = kind.map(|kind| kind.value) else {
        table.forgive();
        table.finish();
        return None;
    };
    let mut plan = Plan {
        block: earlier.len(),
        rows: Vec::new(),
        questions: Vec::new(),
        mend: weight(&mut table, "mend", "mend = 20"),
        ask: weight(&mut table, "ask", "ask = 4"),
        offer: weight(&mut table, "offer", "offer = 10"),
        exception: 0,
        apart: 0,
        hint: 0,
        model: Model::default(),
        operations: Vec::new(),
        habits: Vec::new(),
        patterns: Vec::new(),
        blanks: Blanks::default(),
        gate: None,
        figure: None,
    };
    if plan.mend < plan.ask || plan.ask < 0 {
        table.reader.fault(
            table.at,
            "What is mended would have to be less certain than what stands.",
            "Let `ask` be at least 0 and `mend` at least as large.",
        );
    }
    match kind {
        Kind::Pairs | Kind::Posts => {
            rows(&mut table, instrument, kind, &mut plan);
            plan.exception = weight(&mut table, "exception", "exception = -20");
            plan.apart = weight(&mut table, "apart", "apart = -3");
            plan.hint = weight(&mut table, "hint", "hint = -20");
            plan.model = model(&mut table, kind);
            plan.gate = gate(&mut table, instrument);
        }
        Kind::Figure => figure(&mut table, instrument, earlier, &mut plan),
    }
    table.finish();
    let block = Block {
        key: key.value.to_owned(),
        name,
        variables: variables(instrument, &plan),
    };
    Some(Draft { block, plan })
}

fn variables(instrument: &Instrument, plan: &Plan) -> Vec<String> {
    let mut places: Vec<usize> = plan.questions.iter().flatten().copied().collect();
    places.extend(plan.gate.as_ref().map(|gate| gate.variable));
    places.sort_unstable();
    places
        .into_iter()
        .filter_map(|place| instrument.variables().get(place))
        .map(|variable| variable.key.clone())
        .collect()
}

fn model(table: &mut Table<'_>, kind: Kind) -> Model {
    let pairs = kind == Kind::Pairs;
    Model {
        persons: if pairs {
            steps(table, "persons")
        } else {
            super::model::Steps::default()
        },
        rates: if pairs { rates(table) } else { Vec::new() },
        sizes: steps(table, "posts"),
        styles: roundings(table),
        none: weight(table, "none", "none = -4"),
        alone: if pairs {
            weight(table, "alone", "alone = -32")
        } else {
            0
        },
    }
}

/// The rows of every part, and the questions that they belong to.
fn rows(table: &mut Table<'_>, instrument: &Instrument, kind: Kind, plan: &mut Plan) {
    let example = "parts = [ { question = \"staffing\", persons = \"persons\", posts = \"fte\" } ]";
    for (group, mut part) in table
        .some_tables("parts", "The part", example)
        .into_iter()
        .enumerate()
    {
        let question = part.string("question", "question = \"staffing\"");
        let persons =
            (kind == Kind::Pairs).then(|| part.string("persons", "persons = \"persons\""));
        let posts = part.string("posts", "posts = \"fte\"");
        if let Some(matrix) = matrix(&part, instrument, question) {
            let persons = persons.map(|persons| column(&part, instrument, matrix, persons));
            let posts = column(&part, instrument, matrix, posts);
            if persons.as_ref() == Some(&posts) && !posts.is_empty() {
                part.reader.fault(
                    part.at,
                    "The part names the same column for posts and for persons.",
                    "Name two columns.",
                );
            }
            for (row, posts) in posts.iter().enumerate() {
                plan.rows.push(RowPlan {
                    persons: persons
                        .as_ref()
                        .and_then(|persons| persons.get(row).copied()),
                    posts: *posts,
                    group,
                });
            }
            // One row alone is one question, whatever its columns.
            match persons {
                Some(persons) if posts.len() == 1 => plan.questions.push([persons, posts].concat()),
                persons => {
                    plan.questions.extend(persons);
                    plan.questions.push(posts);
                }
            }
        }
        part.finish();
    }
}

fn matrix<'i>(
    part: &Table<'_>,
    instrument: &'i Instrument,
    question: At<&str>,
) -> Option<&'i NumberMatrix> {
    let matrices = || {
        instrument
            .questions()
            .filter_map(|(_, _, question)| match &question.body {
                Body::NumberMatrix(matrix) => Some((question.key.as_str(), matrix)),
                _ => None,
            })
    };
    let found = matrices().find(|(key, _)| *key == question.value);
    if found.is_none() && !question.value.is_empty() {
        let known: Vec<&str> = matrices().map(|(key, _)| key).collect();
        part.reader.fault(
            question.at,
            format!("There is no matrix of numbers `{}`.", shown(question.value)),
            did_you_mean(question.value, known.iter().copied()),
        );
    }
    found.map(|(_, matrix)| matrix)
}

/// The variables of a column, row by row; empty after a fault.
fn column(
    part: &Table<'_>,
    instrument: &Instrument,
    matrix: &NumberMatrix,
    name: At<&str>,
) -> Vec<usize> {
    let Some(column) = matrix
        .columns
        .iter()
        .find(|column| column.key == name.value)
    else {
        if !name.value.is_empty() {
            part.reader.fault(
                name.at,
                format!("The question has no column `{}`.", shown(name.value)),
                did_you_mean(
                    name.value,
                    matrix.columns.iter().map(|column| column.key.as_str()),
                ),
            );
        }
        return Vec::new();
    };
    matrix
        .rows
        .iter()
        .filter_map(|row| instrument.place_of(&NumberMatrix::cell(row, column)))
        .collect()
}

/// A variable that a file names; none after a fault.
fn variable(
    table: &Table<'_>,
    instrument: &Instrument,
    name: At<&str>,
    fits: impl Fn(&VariableKind) -> bool,
    what: &str,
) -> Option<usize> {
    if name.value.is_empty() {
        return None;
    }
    let place = instrument.place_of(name.value);
    let kind = place
        .and_then(|place| instrument.variables().get(place))
        .map(|variable| &variable.kind);
    if kind.is_some_and(&fits) {
        return place;
    }
    let known: Vec<&str> = instrument
        .variables()
        .iter()
        .filter(|variable| fits(&variable.kind))
        .map(|variable| variable.key.as_str())
        .collect();
    table.reader.fault(
        name.at,
        format!(
            "There is no variable `{}` that is {what}.",
            shown(name.value)
        ),
        did_you_mean(name.value, known.iter().copied()),
    );
    None
}

fn gate(table: &mut Table<'_>, instrument: &Instrument) -> Option<Gate> {
    let mut inner = table.table("gate", "The gate")?;
    let name = inner.string("variable", "variable = \"need\"");
    let open = inner.string("open", "open = \"yes\"");
    let closed = inner.string("closed", "closed = \"no\"");
    let is_choice = |kind: &VariableKind| matches!(kind, VariableKind::Choice(_));
    let place = variable(&inner, instrument, name, is_choice, "a choice");
    if let Some(VariableKind::Choice(options)) = place
        .and_then(|place| instrument.variables().get(place))
        .map(|variable| &variable.kind)
    {
        for answer in [open, closed] {
            if !answer.value.is_empty() && !options.iter().any(|option| option == answer.value) {
                inner.reader.fault(
                    answer.at,
                    format!("`{}` has no option `{}`.", name.value, shown(answer.value)),
                    did_you_mean(answer.value, options.iter().map(String::as_str)),
                );
            }
        }
    }
    if open.value == closed.value && !open.value.is_empty() {
        inner.reader.fault(
            closed.at,
            "The same answer opens and closes.",
            "Name two options.",
        );
    }
    inner.finish();
    Some(Gate {
        variable: place?,
        open: open.value.to_owned(),
        closed: closed.value.to_owned(),
        zero: None,
        implied: None,
        contradicted: None,
    })
}

fn figure(table: &mut Table<'_>, instrument: &Instrument, earlier: &[Draft], plan: &mut Plan) {
    let name = table.string("variable", "variable = \"listed\"");
    let is_number = |kind: &VariableKind| matches!(kind, VariableKind::Number(_));
    if let Some(place) = variable(table, instrument, name, is_number, "a number") {
        plan.rows.push(RowPlan {
            persons: None,
            posts: place,
            group: 0,
        });
        plan.questions.push(vec![place]);
    }
    let register = table.string_if_any("register", "register = \"listed\"");
    if let Some(register) = register {
        let numbers = || {
            instrument
                .register
                .iter()
                .filter(|field| matches!(field.kind, RegisterKind::Number))
                .map(|field| field.key.as_str())
        };
        if !numbers().any(|key| key == register.value) {
            table.reader.fault(
                register.at,
                format!("The register has no number `{}`.", shown(register.value)),
                did_you_mean(register.value, numbers()),
            );
        }
    }
    let staff = table.string("staff", "staff = \"permanent\"");
    let place = earlier
        .iter()
        .position(|draft| draft.block.key == staff.value);
    if place.is_none() && !staff.value.is_empty() {
        table.reader.fault(
            staff.at,
            format!(
                "There is no block `{}` before this one.",
                shown(staff.value)
            ),
            did_you_mean(
                staff.value,
                earlier.iter().map(|draft| draft.block.key.as_str()),
            ),
        );
    }
    plan.model.sizes = steps(table, "size");
    plan.model.styles = Styles::new(&[(0, Grid::default())]);
    plan.figure = Some(Figure {
        register: register.map(|field| field.value.to_owned()),
        staff: place.unwrap_or_default(),
        per_person: steps(table, "per_person"),
        to_register: steps(table, "to_register"),
        from_register: None,
    });
}
