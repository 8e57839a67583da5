//! What becomes of "Fel mottagare?" reports.

use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::database::{Connection, Database, is_duplicate, on_database};
use super::disposition::{self, DispositionCode, NewDisposition};
use super::outbox::{MessageKind, NewMessage, enqueue};
use super::register::{
    ContactKind, Field, NewId, Person, Source, Successor, hand_over, log_changes, renew_links,
};
use super::report_listing::{ListedReport, ReportOutcome, one};
use super::text::StoredText;
use super::time::Timestamp;

/// In which mail is written.
const LANGUAGE: &str = "sv";

#[derive(Debug, thiserror::Error)]
pub enum HandleError {
    #[error("there is no such report")]
    UnknownReport,
    #[error("the report was handled before")]
    Handled,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Gives the unit's mail to somebody else: the old link dies, the old contact ends, the new one begins with a link of
    /// its own and gets the invitation. The case, and with it the draft, stays. All of it or nothing.
    pub async fn handle_report_by_successor(
        &self,
        report: Uuid,
        successor: &Successor,
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<(), HandleError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let listed = settle(
            connection,
            report,
            &ReportOutcome::ContactChanged,
            actor,
            now,
        )
        .await?;
        let (unit, people) = unit_of(connection, listed.report.case_id).await?;
        let kind = if people
            .iter()
            .any(|person| person.kind == ContactKind::LocalHead)
        {
            ContactKind::LocalHead
        } else {
            ContactKind::Chief
        };
        let changes = hand_over(connection, unit, kind, Some(successor), now, new_id).await?;
        let arrived = changes
            .iter()
            .find(|change| change.field == Field::Contact)
            .and_then(|change| change.contact_id);
        if let Some(contact) = arrived {
            let link = renewed_link(connection, &listed, (unit, contact), now, new_id).await?;
            invite(
                connection,
                &listed,
                (contact, link),
                successor,
                now,
                new_id(),
            )
            .await?;
        }
        log_changes(
            connection,
            &changes,
            (now, actor, Source::Report(report)),
            new_id,
        )
        .await?;
        let detail = serde_json::json!({ "report": report, "email": successor.email.as_str() });
        let action = "report.contact_changed";
        audit::write(
            connection,
            actor,
            action,
            &listed.unit_key,
            &detail,
            now,
            new_id(),
        )
        .await?;
        Ok(transaction.commit().await?)
    }

    /// The unit has closed: the case gets a disposition.
    pub async fn handle_report_by_disposition(
        &self,
        report: Uuid,
        code: DispositionCode,
        note: &StoredText,
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<(), HandleError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let outcome = ReportOutcome::Closed {
            disposition: code.name().to_owned(),
            note: note.as_str().to_owned(),
        };
        let listed = settle(connection, report, &outcome, actor, now).await?;
        let new = [NewDisposition {
            id: new_id(),
            case_id: listed.report.case_id,
            code,
            note: note.as_str(),
        }];
        disposition::insert(connection, &new, actor, now).await?;
        let detail = serde_json::json!({
            "report": report,
            "round": listed.round_key,
            "disposition": code.name(),
            "note": note.as_str(),
        });
        let action = "case.disposition";
        audit::write(
            connection,
            actor,
            action,
            &listed.unit_key,
            &detail,
            now,
            new_id(),
        )
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Nothing is to be done.
    pub async fn dismiss_report(
        &self,
        report: Uuid,
        note: &StoredText,
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<(), HandleError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let outcome = ReportOutcome::Dismissed {
            note: note.as_str().to_owned(),
        };
        let listed = settle(connection, report, &outcome, actor, now).await?;
        let detail = serde_json::json!({ "report": report, "note": note.as_str() });
        let action = "report.dismissed";
        audit::write(
            connection,
            actor,
            action,
            &listed.unit_key,
            &detail,
            now,
            new_id(),
        )
        .await?;
        Ok(transaction.commit().await?)
    }
}

/// Marks the report as handled; two who do so at once do it once.
async fn settle(
    connection: &mut Connection<'_>,
    report: Uuid,
    outcome: &ReportOutcome,
    actor: &Actor,
    now: Timestamp,
) -> Result<ListedReport, HandleError> {
    const SQL: &str =
        "INSERT INTO report_handling (report_id, outcome, at, actor) VALUES ($1, $2, $3, $4)";
    let listed = one(connection, report)
        .await?
        .ok_or(HandleError::UnknownReport)?;
    if listed.handling.is_some() {
        return Err(HandleError::Handled);
    }
    let outcome = serde_json::to_string(outcome).unwrap_or_default();
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(report)
            .bind(outcome)
            .bind(now)
            .bind(actor.to_string())
            .execute(executor)
            .await
            .map(drop)
    })
    .map_err(|error| {
        if is_duplicate(&error) {
            HandleError::Handled
        } else {
            HandleError::Database(error)
        }
    })?;
    Ok(listed)
}

/// The case's link, which the new contact holds. Nobody may have got mail before, yet somebody held the link.
async fn renewed_link(
    connection: &mut Connection<'_>,
    listed: &ListedReport,
    (unit, contact): (Uuid, Uuid),
    now: Timestamp,
    new_id: NewId<'_>,
) -> Result<Option<Uuid>, sqlx::Error> {
    const REPORTED: &str = "SELECT revoked_at FROM link WHERE id = $1";
    const CURRENT: &str = "\
        SELECT id FROM link WHERE case_id = $1 AND revoked_at IS NULL AND section IS NULL \
        ORDER BY created_at DESC, id DESC LIMIT 1";
    let revoked: Option<Timestamp> = on_database!(connection, executor => {
        sqlx::query_scalar(REPORTED).bind(listed.report.link_id).fetch_one(executor).await
    })?;
    if revoked.is_none() {
        let recipients = [(unit, Some(contact))].into();
        renew_links(connection, &recipients, now, new_id).await?;
    }
    on_database!(connection, executor => {
        sqlx::query_scalar(CURRENT).bind(listed.report.case_id).fetch_optional(executor).await
    })
}

/// Queues the invitation, where the round's invitations have begun to go out; before that the mailing finds the contact itself.
async fn invite(
    connection: &mut Connection<'_>,
    listed: &ListedReport,
    (contact, link): (Uuid, Option<Uuid>),
    successor: &Successor,
    now: Timestamp,
    id: Uuid,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        SELECT mailing.id, mailing.round_id FROM mailing \
        JOIN respondent_case c ON c.round_id = mailing.round_id \
        JOIN round ON round.id = c.round_id \
        WHERE c.id = $1 AND mailing.number = 0 AND mailing.started_at IS NOT NULL AND round.closes_at > $2";
    let begun: Option<(Uuid, Uuid)> = on_database!(connection, executor => {
        sqlx::query_as(SQL)
            .bind(listed.report.case_id)
            .bind(now)
            .fetch_optional(executor)
            .await
    })?;
    let (Some((mailing, round)), Ok(recipient)) = (begun, successor.email.as_str().parse()) else {
        return Ok(());
    };
    let message = NewMessage {
        id,
        kind: MessageKind::Invitation,
        round_id: Some(round),
        mailing_id: Some(mailing),
        case_id: Some(listed.report.case_id),
        contact_id: Some(contact),
        link_id: link,
        language: LANGUAGE.to_owned(),
        recipient,
        text: None,
        due_at: now,
    };
    enqueue(connection, &[message], now).await.map(drop)
}

async fn unit_of(
    connection: &mut Connection<'_>,
    case: Uuid,
) -> Result<(Uuid, Vec<Person>), sqlx::Error> {
    const SQL: &str = "SELECT unit_id FROM respondent_case WHERE id = $1";
    let unit: Uuid = on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(case).fetch_one(executor).await
    })?;
    let mut people = super::register::people_of(connection, unit).await?;
    people.retain(|person| person.valid_to.is_none());
    Ok((unit, people))
}
