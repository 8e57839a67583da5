//! What the demo's chiefs have answered: made up, but such as a real survey gets, with posts in percent, swapped columns
//! and blanks among it.

mod matrix;
mod staffing;
#[cfg(test)]
mod tests;

use survey::{
    answers::{Answers, TICKED},
    instrument::{Body, Choice, ChoicesOption, Instrument, NumberField, Question},
    register::Register,
    route::{Presence, route},
};

use self::matrix::Habit;
use super::register::random::Random;

const WORDS: &str = include_str!("words.txt");

/// One field as the chief left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub variable: String,
    pub raw: String,
    /// The section that it stands in.
    pub section: usize,
}

/// What is known of the centre that answers.
#[derive(Clone, Copy, Debug)]
pub struct Centre<'a> {
    /// Residents on its list.
    pub listed: u32,
    /// The key of the option that is true of it.
    pub ownership: &'a str,
}

/// Fills in the questionnaire along the way that the answers open, in the order of the pages.
pub fn answers(
    instrument: &Instrument,
    register: &Register,
    centre: Centre<'_>,
    seed: u64,
) -> Vec<Typed> {
    let random = &mut Random::new(seed);
    let habit = Habit::draw(random);
    let mut typing = Typing {
        random,
        listed: centre.listed,
        section: 0,
        done: Vec::new(),
    };
    let mut asked: Vec<&str> = Vec::new();
    loop {
        let so_far: Answers = typing
            .done
            .iter()
            .map(|typed| (typed.variable.as_str(), typed.raw.as_str()))
            .collect();
        let way = route(instrument, register, &so_far);
        let next = way.sections.iter().find_map(|section| {
            let mut questions = section.pages.iter().flat_map(|page| &page.questions);
            let next = questions.find(|routed| {
                routed.presence == Presence::Asked && !asked.contains(&routed.question.key.as_str())
            })?;
            Some((section.index, next.question))
        });
        let Some((section, question)) = next else {
            return typing.done;
        };
        asked.push(&question.key);
        typing.section = section;
        answer(question, habit, centre, &mut typing);
    }
}

/// Somebody at the keyboard.
struct Typing<'r> {
    random: &'r mut Random,
    listed: u32,
    section: usize,
    done: Vec<Typed>,
}

impl Typing<'_> {
    fn put(&mut self, variable: impl Into<String>, raw: impl Into<String>) {
        self.done.push(Typed {
            variable: variable.into(),
            raw: raw.into(),
            section: self.section,
        });
    }

    /// One of the words in a list.
    fn word(&mut self, list: &str) -> String {
        word(self.random, list)
    }

    /// A place in a list whose first items are the likeliest.
    fn early(&mut self, length: usize) -> usize {
        let first = self.random.index(length);
        first.min(self.random.index(length))
    }
}

/// Why a chief stands by something odd; now and then nothing.
pub fn reason(random: &mut Random) -> String {
    if random.below(4) == 0 {
        String::new()
    } else {
        word(random, "reasons")
    }
}

/// One of the words in a list, parted by `|`.
fn word(random: &mut Random, list: &str) -> String {
    let words: Vec<&str> = WORDS
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find_map(|(key, words)| (key == list).then(|| words.split('|').collect()))
        .unwrap_or_default();
    random.pick(&words).to_owned()
}

fn answer(question: &Question, habit: Habit, centre: Centre<'_>, typing: &mut Typing<'_>) {
    // Each question is passed over by a few.
    if typing.random.below(100) < 4 {
        return;
    }
    match &question.body {
        Body::Number(field) => number(question, field, typing),
        Body::Choice { options } => choice(question, options, centre, typing),
        Body::Choices { options, most } => choices(options, *most, typing),
        Body::ChoiceMatrix { rows, options, .. } => {
            for row in rows {
                if typing.random.below(100) >= 3 {
                    let place = typing.early(options.len());
                    if let Some(option) = options.get(place) {
                        typing.put(&row.variable, &option.key);
                    }
                }
            }
        }
        Body::NumberMatrix(body) => matrix::fill(body, habit, typing),
        Body::Text(field) => {
            if typing.random.below(100) < 38 {
                let text = typing.word("comments");
                typing.put(&field.variable, text);
            }
        }
        // Nobody in the demo has a name to give.
        Body::Contact { .. } => {}
    }
    if let Some(comment) = &question.comment
        && typing.random.below(100) < 12
    {
        let text = typing.word("comments");
        typing.put(&comment.variable, text);
    }
}

fn number(question: &Question, field: &NumberField, typing: &mut Typing<'_>) {
    let text = if question.key == "listed" {
        let near = typing.listed * (97 + typing.random.below(7)) / 100;
        match typing.random.below(40) {
            // In thousands.
            0 => (near / 1_000).max(1).to_string(),
            1..15 => format!("{} {:03}", near / 1_000, near % 1_000),
            _ => near.to_string(),
        }
    } else {
        typing.random.below(4).to_string()
    };
    let fits = survey::answers::read_number(&text, field.whole)
        .is_ok_and(|number| number >= field.min && number <= field.max);
    if fits {
        typing.put(&question.key, text);
    }
}

fn choice(question: &Question, options: &[Choice], centre: Centre<'_>, typing: &mut Typing<'_>) {
    let known = options.iter().find(|option| option.key == centre.ownership);
    let place = typing.early(options.len());
    let Some(option) = known.or_else(|| options.get(place)) else {
        return;
    };
    typing.put(&question.key, &option.key);
    if let Some(field) = &option.specify {
        let text = typing.word("posts");
        typing.put(&field.variable, text);
    }
}

fn choices(options: &[ChoicesOption], most: Option<usize>, typing: &mut Typing<'_>) {
    let alone: Vec<_> = options.iter().filter(|option| option.exclusive).collect();
    if typing.random.below(100) < 20
        && let Some(option) = alone.first()
    {
        typing.put(&option.variable, TICKED);
        return;
    }
    let mut others: Vec<_> = options.iter().filter(|option| !option.exclusive).collect();
    typing.random.shuffle(&mut others);
    let most = most.unwrap_or(others.len()).min(3);
    let count = 1 + typing.random.index(most);
    for option in others.into_iter().take(count) {
        typing.put(&option.variable, TICKED);
    }
}
