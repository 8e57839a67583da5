//! The round at a glance.

use app::staff::{Current, Role, follow_up::DashboardPage};
use axum::{extract::Path, response::Response};
use survey::statistics::Definition;

use super::{
    super::{Asked as Query, Reader},
    timeline::timeline,
};

pub(super) async fn latest(reader: Reader) -> Response {
    reader
        .to_latest("/admin/uppfoljning", Current::FollowUp)
        .await
}

pub(super) async fn show(reader: Reader, Path(key): Path<String>, query: Query) -> Response {
    match page(&reader, &key, &query).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(reader: &Reader, key: &str, query: &Query) -> Result<Response, Response> {
    let asked = reader.round_asked(key).await?;
    let database = &reader.world.shared.database;
    let round = &asked.round;
    let (rounds, follow_up, mailings) = tokio::join!(
        reader.round_choices(),
        database.follow_up(round.id),
        database.mailings(round.id),
    );
    let follow_up = follow_up.map_err(|error| reader.broken(&error))?;
    let mailings = mailings.map_err(|error| reader.broken(&error))?;
    let definition = Definition::from_key(query.text("matt")).unwrap_or_default();
    let page = DashboardPage {
        frame: &reader.frame(),
        round: &reader.round_head(round),
        rounds: &rounds?,
        follow_up: &follow_up,
        definition,
        dimensions: &asked.dimensions(reader),
        sections: &asked.sections(reader),
        timeline: &timeline(reader, round, follow_up.all(), None, &mailings),
        may_change: reader.staff.role >= Role::Administrator,
    };
    Ok(reader.page(page.html()))
}
