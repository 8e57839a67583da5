//! The rules themselves: what each does, and on which blocks it stands.

use super::{
    Rule,
    entry::{self, EntryCheck},
    model::Weight,
    plan::{Shape, Transform},
    tables::{weight, weight_if_any},
    trial::{self, Trial},
};
use crate::{
    answers::Number,
    checks::Severity,
    cleaning::PLACES,
    instrument::{
        Instrument,
        load::{
            reader::{At, Table},
            values::{Syntax, Unique},
            words::{did_you_mean, shown},
        },
    },
    text::{Language, Text},
};

/// A rule as the file has it, before it is put on its blocks.
pub(super) struct Standing {
    pub rule: Rule,
    pub at: usize,
    pub kind: Kind,
    /// It offers, and never mends.
    pub asks: bool,
    pub on: Vec<On>,
    /// What it asks in the questionnaire.
    pub entry: Vec<EntryCheck>,
}

/// Where a rule stands, and how common it is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct On {
    pub block: usize,
    pub at: usize,
    /// As a habit of the whole question, and as a slip in one cell.
    pub habit: Option<Weight>,
    pub slip: Option<Weight>,
    /// As a habit that some cells follow and some do not, and the cost for each.
    pub mixed: Option<(Weight, Weight)>,
    /// As a habit that some cells follow and some follow that of another rule, by place; and the cost for each.
    pub among: Option<(usize, Weight, Weight)>,
    /// A block whose habit of percent makes this one likelier.
    pub after: Option<(usize, Weight)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text(Role),
    Blank(Empty),
    Operation(Transform),
    Pattern(Shape),
    FromRegister,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Reading,
    Unknown,
    Range,
    Date,
    Unreadable,
    Bounds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Empty {
    NothingHere,
    Zero,
    Omitted { ask: bool },
    Closed,
    Implied,
    Contradicted,
}

#[derive(Clone, Copy)]
enum Word {
    Text(Role),
    Blank(Empty),
    Scale,
    ScalePersons,
    Average,
    Swap,
    Repeated,
    StrayPosts,
    StrayPersons,
    CopiedPosts,
    CopiedPersons,
    Total,
    Shares,
    Shifted,
    Turned,
    Unit,
    FromRegister,
}

const KINDS: [(&str, Word); 27] = [
    ("reading", Word::Text(Role::Reading)),
    ("unknown", Word::Text(Role::Unknown)),
    ("range", Word::Text(Role::Range)),
    ("date", Word::Text(Role::Date)),
    ("unreadable", Word::Text(Role::Unreadable)),
    ("bounds", Word::Text(Role::Bounds)),
    ("nothing_here", Word::Blank(Empty::NothingHere)),
    ("blank_zero", Word::Blank(Empty::Zero)),
    ("omitted", Word::Blank(Empty::Omitted { ask: false })),
    ("closed", Word::Blank(Empty::Closed)),
    ("implied", Word::Blank(Empty::Implied)),
    ("contradicted", Word::Blank(Empty::Contradicted)),
    ("scale", Word::Scale),
    ("scale_persons", Word::ScalePersons),
    ("average", Word::Average),
    ("swap", Word::Swap),
    ("repeated", Word::Repeated),
    ("stray_posts", Word::StrayPosts),
    ("stray_persons", Word::StrayPersons),
    ("copied_posts", Word::CopiedPosts),
    ("copied_persons", Word::CopiedPersons),
    ("total", Word::Total),
    ("shares", Word::Shares),
    ("shifted", Word::Shifted),
    ("turned", Word::Turned),
    ("unit", Word::Unit),
    ("from_register", Word::FromRegister),
];

const SEVERITIES: [(&str, Severity); 2] = [("hard", Severity::Hard), ("soft", Severity::Soft)];

/// The most rows that a pattern can ask for.
const MOST_ROWS: usize = 300;

/// Every rule, with the tests that stand under them.
pub(super) fn read(
    root: &mut Table<'_>,
    instrument: &Instrument,
    blocks: &[&str],
) -> (Vec<Standing>, Vec<Trial>) {
    let mut ids = Unique::new("rule");
    let mut standing = Vec::new();
    let mut trials = Vec::new();
    for table in root.some_tables("rule", "The rule", "[[rule]]") {
        let one = one(table, instrument, blocks, &mut ids, &mut trials, &standing);
        standing.extend(one);
    }
    (standing, trials)
}

fn one(
    mut table: Table<'_>,
    instrument: &Instrument,
    blocks: &[&str],
    ids: &mut Unique,
    trials: &mut Vec<Trial>,
    earlier: &[Standing],
) -> Option<Standing> {
    let at = table.at;
    let id = table.key("id", Syntax::Name, "id = \"percent\"");
    ids.claim(table.reader, id);
    let name = table.text("name");
    let reason = table.text("reason");
    let says = table.text("says");
    let briefly = table.text_if_any("briefly");
    let one_row = table.text_if_any("one_row");
    let also = table.text_if_any("also");
    let others = [&briefly, &one_row, &also];
    for sentence in std::iter::once(&says).chain(others.into_iter().flatten()) {
        check_places(&table, sentence);
    }
    let severity = table
        .one_of("severity", "severity = \"soft\"", &SEVERITIES)
        .map_or(Severity::Soft, |severity| severity.value);
    trial::read(&mut table, id.value, trials);
    let entry = entry::read(&mut table, instrument);
    let Some(word) = table.one_of("kind", "kind = \"scale\"", &KINDS) else {
        table.forgive();
        table.finish();
        return None;
    };
    let kind = kind(&mut table, word.value, earlier);
    let weighed = matches!(kind, Kind::Operation(_) | Kind::Pattern(_));
    let asks = weighed && table.flag("asks");
    let on = if matches!(kind, Kind::Text(_)) {
        Vec::new()
    } else {
        table
            .some_tables("on", "The place", "on = [ { block = \"permanent\" } ]")
            .into_iter()
            .filter_map(|inner| place(inner, kind, blocks, earlier))
            .collect()
    };
    table.finish();
    Some(Standing {
        rule: Rule {
            id: id.value.to_owned(),
            name,
            reason,
            severity,
            says,
            briefly,
            one_row,
            also,
        },
        at,
        kind,
        asks,
        on,
        entry,
    })
}

fn check_places(table: &Table<'_>, says: &Text) {
    for language in Language::ALL {
        for part in says.get(language).split('{').skip(1) {
            let name = part.split('}').next().unwrap_or_default();
            if !PLACES.contains(&name) {
                table.reader.fault(
                    table.at,
                    format!("There is a place `{}` that nothing fills.", shown(name)),
                    did_you_mean(name, PLACES.iter().copied()),
                );
            }
        }
    }
}

/// Millionths of a positive number.
fn divisor(table: &mut Table<'_>) -> i64 {
    let number = table.number("by", "by = 100");
    match number {
        Some(At { value, .. }) if value > Number::ZERO => value.millionths(),
        Some(At { at, .. }) => {
            table
                .reader
                .fault(at, "`by` is not above zero.", "Write `by = 100`.");
            Number::SCALE
        }
        None => Number::SCALE,
    }
}

fn rows(table: &mut Table<'_>) -> usize {
    table.count("rows", "rows = 4", MOST_ROWS).value
}

fn millionths(table: &mut Table<'_>, key: &'static str, example: &'static str) -> i64 {
    table
        .number(key, example)
        .map_or(0, |number| number.value.millionths())
}

fn kind(table: &mut Table<'_>, word: Word, earlier: &[Standing]) -> Kind {
    match word {
        Word::Text(role) => Kind::Text(role),
        Word::Blank(Empty::Omitted { .. }) => Kind::Blank(Empty::Omitted {
            ask: table.required_flag("ask"),
        }),
        Word::Blank(empty) => Kind::Blank(empty),
        Word::Scale => Kind::Operation(Transform::Scale {
            by: divisor(table),
            percent: table.flag("percent"),
            separator: table.flag("separator"),
        }),
        Word::ScalePersons => Kind::Operation(Transform::ScalePersons { by: divisor(table) }),
        Word::Average => Kind::Operation(Transform::Average {
            by: divisor(table),
            percent: table.flag("percent"),
        }),
        Word::Swap => Kind::Operation(Transform::Swap {
            by: divisor(table),
            percent: table.flag("percent"),
        }),
        Word::Repeated => Kind::Operation(Transform::Repeated),
        Word::StrayPosts => {
            let least = table.number_if_any("least", "least = 1");
            let most = table.number_if_any("most", "most = 52");
            ascending(table, least, most);
            Kind::Operation(Transform::StrayPosts {
                least: least.map_or(i64::MIN, |least| least.value.millionths()),
                most: most.map_or(i64::MAX, |most| most.value.millionths()),
                whole: table.flag("whole"),
                flat: weight(table, "flat", "flat = -20"),
                within: weight_if_any(table, "within", "within = -14").unwrap_or(0),
            })
        }
        Word::StrayPersons => Kind::Operation(Transform::StrayPersons {
            flat: weight(table, "flat", "flat = -20"),
            parts: weight(table, "parts", "parts = -10"),
        }),
        Word::CopiedPosts => Kind::Pattern(Shape::CopiedPosts { rows: rows(table) }),
        Word::CopiedPersons => Kind::Pattern(Shape::CopiedPersons { rows: rows(table) }),
        Word::Total => Kind::Pattern(Shape::Total {
            rows: rows(table),
            least: millionths(table, "least", "least = 5"),
            alone: table.flag("alone"),
        }),
        Word::Shares => Kind::Pattern(Shape::Shares {
            rows: rows(table),
            whole: millionths(table, "whole", "whole = 100"),
            slack: millionths(table, "slack", "slack = 1"),
            flat: weight(table, "flat", "flat = -10"),
        }),
        Word::Shifted => Kind::Pattern(Shape::Shifted { rows: rows(table) }),
        Word::Turned => turned(table, earlier),
        Word::Unit => {
            let rows = rows(table);
            let least = table.number("least", "least = 30");
            let most = table.number("most", "most = 45");
            if let Some(least) = least.filter(|least| least.value <= Number::whole(1)) {
                table.reader.fault(
                    least.at,
                    "`least` is not larger than 1: posts would be no unit of their own.",
                    "Write `least = 30`.",
                );
            }
            ascending(table, least, most);
            let bound =
                |of: Option<At<Number>>| of.map_or(Number::SCALE, |at| at.value.millionths());
            Kind::Pattern(Shape::Unit {
                rows,
                least: bound(least),
                most: bound(most),
                round: table.flag("round"),
            })
        }
        Word::FromRegister => Kind::FromRegister,
    }
}

fn turned(table: &mut Table<'_>, earlier: &[Standing]) -> Kind {
    let one = table.string("one", "one = \"percent\"");
    let other = table.string("other", "other = \"average_percent\"");
    Kind::Pattern(Shape::Turned {
        one: above(table, one, earlier).unwrap_or_default(),
        other: above(table, other, earlier).unwrap_or_default(),
    })
}

/// Bounds that hold nothing are a fault at the lower one.
fn ascending(table: &Table<'_>, least: Option<At<Number>>, most: Option<At<Number>>) {
    if let (Some(least), Some(most)) = (least, most)
        && least.value > most.value
    {
        table.reader.fault(
            least.at,
            "`least` is larger than `most`: nothing can trigger the rule.",
            "Let `least` be at most `most`.",
        );
    }
}

fn place(mut inner: Table<'_>, kind: Kind, blocks: &[&str], earlier: &[Standing]) -> Option<On> {
    let at = inner.at;
    let block = block(&mut inner, "block", blocks);
    let weighed = matches!(kind, Kind::Operation(_) | Kind::Pattern(_));
    let mut on = On {
        block: block.unwrap_or_default(),
        at,
        habit: None,
        slip: None,
        mixed: None,
        among: None,
        after: None,
    };
    if weighed {
        on.habit = weight_if_any(&mut inner, "habit", "habit = -14");
    }
    if matches!(kind, Kind::Operation(_)) {
        on.slip = weight_if_any(&mut inner, "slip", "slip = -27");
        on.mixed = weight_if_any(&mut inner, "mixed", "mixed = -20")
            .map(|mixed| (mixed, weight(&mut inner, "either", "either = -3")));
        if inner.get("among").is_some() {
            on.among = among(&mut inner, earlier);
        }
        if inner.get("after").is_some() {
            let after = self::block(&mut inner, "after", blocks);
            let gain = weight(&mut inner, "gain", "gain = 12");
            on.after = after.map(|after| (after, gain));
        }
    }
    inner.finish();
    block.map(|_| on)
}

/// A rule above the one that is read, which the other cells follow.
fn among(inner: &mut Table<'_>, earlier: &[Standing]) -> Option<(usize, Weight, Weight)> {
    let mut inner = inner.table("among", "The other rule")?;
    let name = inner.string("rule", "rule = \"percent\"");
    let habit = weight(&mut inner, "habit", "habit = -28");
    let either = weight(&mut inner, "either", "either = -3");
    let place = above(&inner, name, earlier);
    inner.finish();
    place.map(|place| (place, habit, either))
}

/// The place of a rule that stands above the one that names it.
fn above(table: &Table<'_>, name: At<&str>, earlier: &[Standing]) -> Option<usize> {
    let known = || earlier.iter().map(|one| one.rule.id.as_str());
    let place = known().position(|id| id == name.value);
    if place.is_none() && !name.value.is_empty() {
        table.reader.fault(
            name.at,
            format!("There is no rule `{}` above this one.", shown(name.value)),
            did_you_mean(name.value, known()),
        );
    }
    place
}

fn block(inner: &mut Table<'_>, key: &'static str, blocks: &[&str]) -> Option<usize> {
    let name = inner.string(key, "block = \"permanent\"");
    let place = blocks.iter().position(|block| *block == name.value);
    if place.is_none() && !name.value.is_empty() {
        inner.reader.fault(
            name.at,
            format!("There is no block `{}`.", shown(name.value)),
            did_you_mean(name.value, blocks.iter().copied()),
        );
    }
    place
}
