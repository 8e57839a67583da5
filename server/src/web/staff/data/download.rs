//! A file of answers, made while it is sent.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes},
    extract::Path,
    response::{IntoResponse, Response},
};
use dataset::export::{Format, Kind, WorkbookError};
use hyper::body::Frame;
use serde_json::json;
use tokio::sync::mpsc;

use super::{
    super::{Analyst, Asked},
    as_file,
};
use crate::{
    data::{DataError, Lines, moment, now, written},
    storage::Timestamp,
};

/// Pieces made before the browser has taken them.
const AHEAD: usize = 2;

/// What an address asks for.
struct Wish {
    kind: Kind,
    format: Format,
    cut: Timestamp,
}

pub(super) async fn send(analyst: Analyst, Path(key): Path<String>, asked: Asked) -> Response {
    let Some(wish) = Wish::of(&asked, analyst.now) else {
        return analyst.bad();
    };
    match file(&analyst, &key, &wish).await {
        Ok(response) | Err(response) => response,
    }
}

impl Wish {
    /// Nothing where it asks for what there is not.
    fn of(asked: &Asked, present: Timestamp) -> Option<Self> {
        let cut = asked.text("snitt");
        Some(Self {
            kind: Kind::from_name(asked.text("innehall"))?,
            format: Format::from_name(asked.text("format"))?,
            cut: if cut.is_empty() {
                now(present)
            } else {
                moment(cut, present).ok()?
            },
        })
    }
}

async fn file(analyst: &Analyst, key: &str, wish: &Wish) -> Result<Response, Response> {
    let asked = analyst.round_asked(key).await?;
    let files = analyst
        .data_files(&asked.round, asked.instrument, wish.cut)
        .await
        .map_err(|error| analyst.broken(&error))?;
    let name = files.name(wish.kind, wish.format);
    let detail = json!({
        "file": name,
        "kind": wish.kind.name(),
        "cut": written(wish.cut),
        "units": files.cases(wish.kind).len(),
    });
    let body = match wish.format.dialect() {
        Some(dialect) => {
            let mut lines = files.lines(wish.kind, dialect);
            // What fails at once gets a page that says so.
            let first = lines.next().await;
            let first = first.map_err(|error| analyst.broken(&error))?;
            streamed(first.unwrap_or_default(), lines)
        }
        None => match files.workbook(wish.kind).await {
            Ok(book) => Body::from(book),
            Err(DataError::Workbook(WorkbookError::TooLarge { .. })) => return Err(analyst.bad()),
            Err(error) => return Err(analyst.broken(&error)),
        },
    };
    let id = analyst.new_id().map_err(|error| analyst.broken(&error))?;
    analyst
        .world
        .shared
        .database
        .note(
            &analyst.actor(),
            "data.downloaded",
            &asked.round.key,
            &detail,
            analyst.now,
            id,
        )
        .await
        .map_err(|error| analyst.broken(&error))?;
    Ok((as_file(&name, wish.format), body).into_response())
}

/// Sends the pieces as they are made. Where one cannot be made the connection breaks, so that nobody takes half a file for a
/// whole one.
fn streamed(first: Vec<u8>, mut lines: Lines) -> Body {
    let (sender, pieces) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let mut piece = Ok(Some(first));
        while let Some(made) = piece.transpose() {
            if let Err(error) = &made {
                tracing::error!(%error, "a file of answers was not finished");
            }
            let last = made.is_err();
            // An error here: the browser has gone.
            if sender.send(made.map(Bytes::from)).await.is_err() || last {
                return;
            }
            piece = lines.next().await;
        }
    });
    Body::new(Pieces(pieces))
}

/// A body of pieces that are made elsewhere.
struct Pieces(mpsc::Receiver<Result<Bytes, DataError>>);

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = DataError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, DataError>>> {
        let next = self.0.poll_recv(context);
        next.map(|piece| piece.map(|made| made.map(Frame::data)))
    }
}
