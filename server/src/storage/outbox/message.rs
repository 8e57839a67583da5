use std::str::FromStr;

use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::storage::database::{Connection, Database, on_database};
use crate::storage::time::Timestamp;
use crate::storage::unit::ROWS;

/// What a message is for, which decides who may get it when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    Invitation,
    Reminder,
    /// To a chief who has submitted.
    Receipt,
    /// A mailing's letter, to the administrator.
    Test,
    /// Anything else, such as a colleague's link to one section.
    Letter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageState {
    /// Also while it is being sent.
    Queued,
    /// A mail server took it.
    Sent,
    /// Whoever it was for may not get it any more.
    Skipped,
    /// It came back, or was never taken.
    Bounced,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no kind of message {0}")]
pub struct NoSuchKind(pub String);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a message is never {0}")]
pub struct NoSuchState(pub String);

/// A message to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// The Message-ID is made from it. Where the same message must not be queued twice and has no mailing, make
    /// the identity from what causes it.
    pub id: Uuid,
    pub kind: MessageKind,
    pub round_id: Option<Uuid>,
    pub mailing_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub contact_id: Option<Uuid>,
    /// The link that the letter carries. A revoked one is not sent.
    pub link_id: Option<Uuid>,
    /// Like `sv`.
    pub language: String,
    pub recipient: mail::Address,
    /// Subject and body; none where the mailing's template has them.
    pub text: Option<(String, String)>,
    /// Not before this.
    pub due_at: Timestamp,
}

impl MessageKind {
    pub const ALL: [Self; 5] = [
        Self::Invitation,
        Self::Reminder,
        Self::Receipt,
        Self::Test,
        Self::Letter,
    ];

    /// The name in storage.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reminder => "reminder",
            Self::Receipt => "receipt",
            Self::Test => "test",
            Self::Letter => "letter",
        }
    }

    /// Whether it is part of a mailing: held while the round's mail is paused, and only for those who have not answered.
    pub const fn is_mailing(self) -> bool {
        matches!(self, Self::Invitation | Self::Reminder)
    }
}

impl MessageState {
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Skipped, Self::Bounced];

    /// The name in storage.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Skipped => "skipped",
            Self::Bounced => "bounced",
        }
    }
}

impl FromStr for MessageKind {
    type Err = NoSuchKind;

    fn from_str(text: &str) -> Result<Self, NoSuchKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| NoSuchKind(text.to_owned()))
    }
}

impl TryFrom<String> for MessageKind {
    type Error = NoSuchKind;

    fn try_from(text: String) -> Result<Self, NoSuchKind> {
        text.parse()
    }
}

impl FromStr for MessageState {
    type Err = NoSuchState;

    fn from_str(text: &str) -> Result<Self, NoSuchState> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| NoSuchState(text.to_owned()))
    }
}

impl TryFrom<String> for MessageState {
    type Error = NoSuchState;

    fn try_from(text: String) -> Result<Self, NoSuchState> {
        text.parse()
    }
}

impl Database {
    /// Queues messages, all of them or none, and tells how many were new: one whose mailing, case and contact have
    /// a message already, or whose identity is taken, is left out.
    pub async fn enqueue(
        &self,
        messages: &[NewMessage],
        now: Timestamp,
    ) -> Result<u64, sqlx::Error> {
        let mut transaction = self.writing().await?;
        let queued = enqueue(&mut transaction.connection(), messages, now).await?;
        transaction.commit().await?;
        Ok(queued)
    }
}

/// Within the transaction of what decided it.
pub(in crate::storage) async fn enqueue(
    connection: &mut Connection<'_>,
    messages: &[NewMessage],
    now: Timestamp,
) -> Result<u64, sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO message \
            (id, kind, round_id, mailing_id, case_id, contact_id, link_id, language, recipient, domain, \
             subject, body, state, queued_at, due_at) ";
    let mut queued = 0;
    for chunk in messages.chunks(ROWS) {
        queued += on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, new| {
                    let subject = new.text.as_ref().map(|(subject, _)| subject);
                    let body = new.text.as_ref().map(|(_, body)| body);
                    row.push_bind(new.id)
                        .push_bind(new.kind.name())
                        .push_bind(new.round_id)
                        .push_bind(new.mailing_id)
                        .push_bind(new.case_id)
                        .push_bind(new.contact_id)
                        .push_bind(new.link_id)
                        .push_bind(&new.language)
                        .push_bind(new.recipient.as_str())
                        .push_bind(new.recipient.domain())
                        .push_bind(subject)
                        .push_bind(body)
                        .push_bind(MessageState::Queued.name())
                        .push_bind(now)
                        .push_bind(new.due_at);
                })
                .push(" ON CONFLICT DO NOTHING")
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(|done| done.rows_affected())
        })?;
    }
    Ok(queued)
}
