//! The letters of a mailing, and what happened to each.

use app::staff::rounds::{EventLine, MessageLine, MessagePage, MessagesPage};
use axum::{extract::Path, response::Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{or_broken, or_response, plain, said};
use crate::{
    storage::{Listed, MessageFilter, MessageState},
    web::staff::{Asked, Reader, StaffVisit},
};

const ON_A_PAGE: u32 = 50;

pub(super) async fn list(
    reader: Reader,
    Path(address): Path<(String, String)>,
    asked: Asked,
) -> Response {
    let (round, mailing) = or_response!(reader.mailing_named(&address).await);
    let (state, search) = (asked.text("lage"), plain(asked.text("sok")));
    let filter = MessageFilter {
        round: Some(round.id),
        mailing: Some(mailing.id),
        state: state.parse::<MessageState>().ok(),
        search: (!search.is_empty()).then(|| search.clone()),
        ..MessageFilter::default()
    };
    let database = &reader.world.shared.database;
    let page = asked.page();
    let found = database.messages(&filter, page - 1, ON_A_PAGE).await;
    let found = or_broken!(reader, found);
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let frame = reader.frame();
    let view = MessagesPage {
        frame: &frame,
        key: &round.key,
        number: mailing.number.get(),
        lines: found
            .messages
            .iter()
            .map(|message| reader.message_line(message))
            .collect(),
        total: found.total,
        state: filter.state.map_or("", MessageState::name),
        search: &search,
        query: format!("lage={}&sok={}", encoded(state), encoded(&search)),
        page,
        pages: found.total.div_ceil(ON_A_PAGE),
    };
    reader.page(view.html())
}

pub(super) async fn show(
    reader: Reader,
    Path((key, number, id)): Path<(String, String, String)>,
) -> Response {
    let (round, mailing) = or_response!(reader.mailing_named(&(key, number)).await);
    let Ok(id) = id.parse() else {
        return reader.missing();
    };
    let database = &reader.world.shared.database;
    let message = or_broken!(reader, database.message(id).await);
    let Some(message) = message.filter(|message| message.mailing_id == Some(mailing.id)) else {
        return reader.missing();
    };
    let events = or_broken!(reader, database.message_events(id).await);
    let words = reader.round_words();
    let frame = reader.frame();
    let view = MessagePage {
        frame: &frame,
        key: &round.key,
        number: mailing.number.get(),
        line: reader.message_line(&message),
        events: events
            .into_iter()
            .map(|event| EventLine {
                at: reader.moment(event.at),
                event: said(&words.event_names, &event.event).to_owned(),
                detail: said(&words.reasons, &event.detail).to_owned(),
            })
            .collect(),
    };
    reader.page(view.html())
}

impl StaffVisit {
    fn message_line(&self, message: &Listed) -> MessageLine {
        let words = self.round_words();
        MessageLine {
            id: message.id.to_string(),
            unit: message.unit_key.clone().zip(message.unit_name.clone()),
            recipient: message.recipient.clone(),
            state: said(&words.message_states, message.state.name()).to_owned(),
            when: self.moment(message.settled_at.unwrap_or(message.queued_at)),
            attempts: message.attempts,
            note: said(&words.reasons, &message.note).to_owned(),
        }
    }
}
