use uuid::Uuid;

use crate::storage::actor::Actor;
use crate::storage::audit;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::time::Timestamp;

/// What a mailing says in one language, as the administrator wrote it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateText {
    /// Like `sv`.
    pub language: String,
    pub subject: String,
    pub body: String,
    pub edited_at: Timestamp,
}

impl Database {
    /// What a mailing says, in every language that it has.
    pub async fn templates(&self, mailing: Uuid) -> Result<Vec<TemplateText>, sqlx::Error> {
        const SQL: &str = "\
            SELECT language, subject, body, edited_at FROM mail_template \
            WHERE mailing_id = $1 ORDER BY language DESC";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(mailing).fetch_all(executor).await
        })
    }

    /// Keeps the texts of a mailing; letters that have not been sent yet say the new ones. `mail::Template::check`
    /// has found no fault in them.
    pub async fn save_templates(
        &self,
        mailing: Uuid,
        texts: &[TemplateText],
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<(), sqlx::Error> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        for text in texts {
            insert(connection, mailing, text, now).await?;
        }
        let written = texts
            .iter()
            .map(|text| (text.language.clone(), text.subject.clone().into()))
            .collect::<serde_json::Map<String, serde_json::Value>>();
        audit::write(
            connection,
            actor,
            "mailing.written",
            &mailing.to_string(),
            &written.into(),
            now,
            audit_id,
        )
        .await?;
        transaction.commit().await
    }
}

pub(in crate::storage) async fn insert(
    connection: &mut Connection<'_>,
    mailing: Uuid,
    text: &TemplateText,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO mail_template (mailing_id, language, subject, body, edited_at) \
        VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (mailing_id, language) DO UPDATE \
        SET subject = excluded.subject, body = excluded.body, edited_at = excluded.edited_at";
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(mailing)
            .bind(&text.language)
            .bind(&text.subject)
            .bind(&text.body)
            .bind(now)
            .execute(executor)
            .await
            .map(drop)
    })
}
