//! From a file's text to an [`Instrument`], or to everything that is wrong with it.

mod bodies;
pub(crate) mod checks;
mod conditions;
pub(crate) mod depth;
pub(crate) mod findings;
mod head;
mod matrices;
mod names;
mod questions;
mod reachable;
pub(crate) mod reader;
pub(crate) mod values;
pub(crate) mod words;

use toml::de::DeTable;

use self::{
    head::Scales,
    questions::{Context, SectionDraft},
    reachable::Places,
    reader::{Reader, Table},
    values::Syntax,
};
use super::{Fault, Instrument, Section, Variable};

/// The largest file that is read, in bytes.
const LARGEST: usize = 1 << 19;

/// Loads an instrument from the text of its file.
///
/// # Errors
/// Every fault that could be found, in the order of the file. Where the text is no TOML, the faults of the
/// syntax only.
pub fn load(source: &str) -> Result<Instrument, Vec<Fault>> {
    let reader = Reader::new(source);
    let instrument = read(&reader, source);
    let faults = reader.findings.into_faults();
    match instrument {
        Some(instrument) if faults.is_empty() => Ok(instrument),
        _ => Err(faults),
    }
}

fn read(reader: &Reader<'_>, source: &str) -> Option<Instrument> {
    with_document(reader, source, "An instrument", |reader, document| {
        instrument(reader, document)
    })
}

/// Parses the text of a file and hands it on; what is no TOML, or is too large or too deep, becomes faults.
pub(crate) fn with_document<T>(
    reader: &Reader<'_>,
    source: &str,
    what: &str,
    read: impl for<'a> FnOnce(&'a Reader<'a>, &'a DeTable<'a>) -> T,
) -> Option<T> {
    if source.len() > LARGEST {
        reader.fault(
            0,
            format!("The file has {} bytes.", source.len()),
            format!("{what} has at most {LARGEST} bytes."),
        );
        return None;
    }
    if let Some(at) = depth::too_deep_a_key(source) {
        reader.fault(
            at,
            "A key has more parts than any key here has.",
            "Write `[section.question.check]` and the like, and keys of one part below it.",
        );
        return None;
    }
    let (document, errors) = DeTable::parse_recoverable(source);
    if !errors.is_empty() {
        for error in errors {
            let at = error.span().map_or(source.len(), |span| span.start);
            let at = at.min(source.len());
            reader.fault(
                at,
                format!("This is no TOML: {}.", error.message()),
                "See https://toml.io for how a file is written.",
            );
        }
        return None;
    }
    Some(read(reader, document.get_ref()))
}

fn instrument<'a>(reader: &'a Reader<'a>, document: &'a DeTable<'a>) -> Instrument {
    let mut root = Table::new(reader, document, 0, "The file");
    reader.speak(head::languages(&mut root));
    let key = root.key("key", Syntax::Address, "key = \"my-survey-2026\"");
    let version = root.string("version", "version = \"1\"");
    let title = root.text("title");
    let note = root.string("note", "note = \"\"\"Where the wordings come from.\"\"\"");
    let sender = head::sender(&mut root);
    let texts = head::texts(&mut root);
    let register = head::register(&mut root);
    let scales = Scales::read(&mut root);
    let mut context = Context::new(reader, scales, register);
    let mut sections = questions::sections(&mut root, &mut context);
    root.finish();
    context.scales.report_unused();
    conditions::resolve(reader, &mut sections, &context.register);

    let mut instrument = Instrument {
        key: key.value.to_owned(),
        version: version.value.to_owned(),
        languages: reader.languages().to_vec(),
        title,
        sender,
        texts,
        register: context.register,
        sections: Vec::new(),
        variables: Vec::new(),
        index: std::collections::BTreeMap::new(),
        note: note.value.trim().to_owned(),
    };
    let places = Places::of(&sections);
    for section in sections {
        add_section(&mut instrument, section);
    }
    reachable::check(reader, &instrument, &places);
    instrument
}

fn add_section(instrument: &mut Instrument, draft: SectionDraft<'_>) {
    let section = instrument.sections.len();
    let mut questions = Vec::new();
    for (question, draft) in draft.questions.into_iter().enumerate() {
        for variable in draft.variables {
            instrument.add_variable(Variable {
                key: variable.key,
                section,
                question,
                kind: variable.kind,
                personal: variable.personal,
            });
        }
        questions.push(draft.question);
    }
    instrument.sections.push(Section {
        questions,
        ..draft.section
    });
}
