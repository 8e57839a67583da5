//! What sending costs at least: lettre's own pool, and nothing else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use lettre::message::MultiPart;
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::task::JoinSet;

use crate::fieldwork::Chief;

/// Sends one letter to each, like the outbox's in size and shape, from so many tasks.
pub async fn send(url: &str, chiefs: &[Chief], at_once: usize) -> Duration {
    let address = url.trim_start_matches("smtp://");
    let (host, port) = address.rsplit_once(':').unwrap();
    let pool: AsyncSmtpTransport<Tokio1Executor> =
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port.parse().unwrap())
            .pool_config(PoolConfig::new().max_size(u32::try_from(at_once).unwrap()))
            .build();
    let chiefs: Arc<[Chief]> = chiefs.into();
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    let started = Instant::now();
    for _ in 0..at_once {
        let (pool, chiefs, next) = (pool.clone(), Arc::clone(&chiefs), Arc::clone(&next));
        tasks.spawn(async move {
            while let Some(chief) = chiefs.get(next.fetch_add(1, Ordering::Relaxed)) {
                pool.send(letter(chief)).await.unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    started.elapsed()
}

fn letter(chief: &Chief) -> Message {
    let link = format!("https://enkat.example.com/svara/{}", "x".repeat(52));
    let text = format!("Hej Ada Exempel!\n\n{link}\n\nSvara senast 24 juni 2022.");
    // About as long as the outbox's, whose style stands in it.
    let style = "margin:0;padding:16px;".repeat(24);
    let html = format!(
        "<!DOCTYPE html><html lang=\"sv\"><body style=\"{style}\"><p>Hej Ada Exempel!</p>\
         <p><a href=\"{link}\">Öppna enkäten</a></p><p>{link}</p></body></html>"
    );
    Message::builder()
        .from("enkat@example.com".parse().unwrap())
        .to(format!("Ada Exempel <{}>", chief.email).parse().unwrap())
        .subject(format!("Påminnelse till {}", chief.unit))
        .message_id(Some(format!("<{}@example.com>", chief.link.simple())))
        .multipart(MultiPart::alternative_plain_html(text, html))
        .unwrap()
}
