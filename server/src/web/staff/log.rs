//! Who did what, for administrators.

use app::staff::{
    form::Fault,
    log::{LogLine, LogPage, LogQuestion},
};
use axum::response::Response;
use jiff::{civil::Date, tz::TimeZone};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Administrator, Asked};
use crate::{
    clock::ZONE,
    storage::{AuditFilter, Timestamp},
};

const ON_A_PAGE: u32 = 50;

pub(super) async fn show(boss: Administrator, asked: Asked) -> Response {
    let database = &boss.world.shared.database;
    let (filter, faults) = boss.filter(&asked);
    let page = asked.page();
    let found = database.audit_log(&filter, page - 1, ON_A_PAGE).await;
    let (found, choices) = match (found, database.audit_choices().await) {
        (Ok(found), Ok(choices)) => (found, choices),
        (Err(error), _) | (_, Err(error)) => return boss.broken(&error),
    };
    let frame = boss.frame();
    let lines = found
        .entries
        .into_iter()
        .map(|entry| LogLine {
            time: boss.moment(entry.at),
            details: details(&entry.detail),
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
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

/// The start of a day in Sweden.
fn midnight(date: Date) -> Option<Timestamp> {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let start = date.to_zoned(zone).ok()?;
    Some(Timestamp::from_millis(start.timestamp().as_millisecond()))
}

/// What a line's JSON says, name by name.
fn details(json: &str) -> Vec<(String, String)> {
    match serde_json::from_str(json) {
        Ok(Value::Object(fields)) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| {
                let text = match value {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                (name, text)
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_read_name_by_name() {
        let read = details(r#"{"before":"reader","rows":3,"note":null}"#);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read, [pair("before", "reader"), pair("rows", "3")]);
        assert_eq!(details("not json"), []);
    }

    #[test]
    fn a_day_begins_at_midnight_in_sweden() {
        let start = midnight("2022-03-10".parse().unwrap()).unwrap();
        assert_eq!(start.millis(), 1_646_866_800_000);
    }
}
