//! Who did what, for administrators.

use app::{
    fill,
    staff::{
        form::Fault,
        log::{LIST, LogLine, LogPage, LogQuestion},
    },
};
use axum::response::Response;
use jiff::{civil::Date, tz::TimeZone};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use uuid::Uuid;

use super::{Administrator, Asked, StaffVisit};
use crate::{
    clock::ZONE,
    storage::{AuditFilter, AuditSubject, Timestamp},
};

const ON_A_PAGE: u32 = 50;

pub(super) async fn show(boss: Administrator, asked: Asked) -> Response {
    let database = &boss.world.shared.database;
    let (filter, faults) = boss.filter(&asked);
    let page = asked.page();
    let found = database.audit_log(&filter, page - 1, ON_A_PAGE).await;
    let read = async {
        let subjects = database.audit_subjects().await?;
        Ok::<_, sqlx::Error>((found?, database.audit_choices().await?, subjects))
    };
    let (found, choices, subjects) = match read.await {
        Ok(read) => read,
        Err(error) => return boss.broken(&error),
    };
    let frame = boss.frame();
    let lines = found
        .entries
        .into_iter()
        .map(|entry| LogLine {
            time: boss.moment(entry.at),
            details: details(&entry.detail, &|at| boss.moment(at)),
            actor: entry.actor,
            action: entry.action,
            subject: match subjects.get(&entry.subject) {
                Some(subject) => boss.subject(subject),
                None => entry.subject,
            },
        })
        .collect();
    let page = LogPage {
        frame: &frame,
        lines,
        total: found.total,
        page,
        pages: found.total.div_ceil(ON_A_PAGE).max(1),
        asked: question(&asked),
        actors: choices.actors,
        actions: choices.actions,
        faults,
    };
    boss.page(page.html())
}

fn question(asked: &Asked) -> LogQuestion {
    let text = |name: &str| asked.text(name).to_owned();
    let query: Vec<String> = ["vem", "vad", "fran", "till"]
        .into_iter()
        .filter(|name| !asked.text(name).is_empty())
        .map(|name| {
            let value = utf8_percent_encode(asked.text(name), NON_ALPHANUMERIC);
            format!("{name}={value}")
        })
        .collect();
    LogQuestion {
        actor: text("vem"),
        action: text("vad"),
        from: text("fran"),
        to: text("till"),
        query: query.join("&"),
    }
}

impl Administrator {
    fn filter(&self, asked: &Asked) -> (AuditFilter, Vec<Fault>) {
        let words = self.frame().words;
        let mut faults = Vec::new();
        let mut date = |name: &str| {
            let typed = asked.text(name);
            let read = typed.parse::<Date>().ok();
            if !typed.is_empty() && read.is_none() {
                faults.push(Fault::new(name, words.log.date_invalid.clone()));
            }
            read
        };
        let from = date("fran").and_then(midnight);
        let to = date("till")
            .and_then(|last| last.tomorrow().ok())
            .and_then(midnight);
        // No such text can stand in the log, and PostgreSQL would refuse it.
        let text = |name: &str| {
            let text = asked.text(name).replace('\0', "\u{fffd}");
            (!text.is_empty()).then_some(text)
        };
        let filter = AuditFilter {
            actor: text("vem"),
            action: text("vad"),
            from,
            to,
        };
        (filter, faults)
    }
}

impl StaffVisit {
    fn subject(&self, AuditSubject { round, mailing }: &AuditSubject) -> String {
        let Some(number) = mailing else {
            return round.clone();
        };
        let words = &self.frame().words.log;
        let number = number.to_string();
        let name = words.details.get(&number).unwrap_or(&number);
        fill(&words.mailing, &[("round", round), ("mailing", name)])
    }
}

/// The start of a day in Sweden.
fn midnight(date: Date) -> Option<Timestamp> {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let start = date.to_zoned(zone).ok()?;
    Some(Timestamp::from_millis(start.timestamp().as_millisecond()))
}

/// Whole numbers from here on are moments, in milliseconds: nothing else is counted that far.
const MOMENTS: i64 = 100_000_000_000;

/// What a line's JSON says, name by name. Identities say nothing to a reader and are left out.
fn details(json: &str, moment: &dyn Fn(Timestamp) -> String) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::from_str(json) else {
        return Vec::new();
    };
    let mut details = Vec::new();
    for (name, value) in fields {
        if let Value::Object(parts) = value {
            let parts = parts.into_iter();
            details.extend(parts.filter_map(|(name, part)| Some((name, written(&part, moment)?))));
        } else if let Some(text) = written(&value, moment) {
            details.push((name, text));
        }
    }
    details
}

fn written(value: &Value, moment: &dyn Fn(Timestamp) -> String) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::String(text) if text.is_empty() || Uuid::parse_str(text).is_ok() => return None,
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let parts: Vec<_> = parts
                .iter()
                .filter_map(|part| written(part, moment))
                .collect();
            parts.join(LIST)
        }
        other => match other.as_i64() {
            Some(millis) if millis >= MOMENTS => moment(Timestamp::from_millis(millis)),
            _ => other.to_string(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_read_name_by_name() {
        let read = |json| details(json, &|at| format!("at {}", at.millis()));
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read(r#"{"before":"reader","rows":3,"note":null,"selection":""}"#),
            [pair("before", "reader"), pair("rows", "3")]
        );
        assert_eq!(
            read(
                r#"{"import":"0190163d-8694-739b-aea5-966c26f8ad91","summary":{"new":1,"gone":0}}"#
            ),
            [pair("gone", "0"), pair("new", "1")]
        );
        assert_eq!(
            read(r#"{"closes":1655330400000,"fields":["name","city"]}"#),
            [
                pair("closes", "at 1655330400000"),
                pair("fields", "name, city")
            ]
        );
        assert_eq!(read("not json"), []);
    }

    #[test]
    fn a_day_begins_at_midnight_in_sweden() {
        let start = midnight("2022-03-10".parse().unwrap()).unwrap();
        assert_eq!(start.millis(), 1_646_866_800_000);
    }
}
