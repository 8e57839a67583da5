//! The mailbox inside the product. Letters hold personal links: only administrators read them.

use app::staff::rounds::{BoxLine, BoxedLetterPage, MailboxPage};
use axum::{extract::Path, response::Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{or_broken, plain};
use crate::web::staff::{Administrator, Asked};

const ON_A_PAGE: u32 = 50;

pub(super) async fn list(boss: Administrator, asked: Asked) -> Response {
    let search = plain(asked.text("sok"));
    let page = asked.page();
    let database = &boss.world.shared.database;
    let found = database.mailbox(&search, page - 1, ON_A_PAGE).await;
    let (letters, total) = or_broken!(boss, found);
    let frame = boss.frame();
    let view = MailboxPage {
        frame: &frame,
        letters: letters
            .into_iter()
            .map(|letter| BoxLine {
                id: letter.id.to_string(),
                recipient: letter.recipient,
                subject: letter.subject,
                received: boss.moment(letter.received_at),
            })
            .collect(),
        total,
        search: &search,
        query: format!("sok={}", utf8_percent_encode(&search, NON_ALPHANUMERIC)),
        page,
        pages: total.div_ceil(ON_A_PAGE),
    };
    boss.page(view.html())
}

pub(super) async fn show(boss: Administrator, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else {
        return boss.missing();
    };
    let database = &boss.world.shared.database;
    let Some(letter) = or_broken!(boss, database.boxed_letter(id).await) else {
        return boss.missing();
    };
    let frame = boss.frame();
    let view = BoxedLetterPage {
        frame: &frame,
        subject: &letter.subject,
        recipient: &letter.recipient,
        received: boss.moment(letter.received_at),
        message_id: &letter.message_id,
        text: ::mail::read::text(&letter.content).unwrap_or_default(),
        source: String::from_utf8_lossy(&letter.content).into_owned(),
    };
    boss.page(view.html())
}
