//! One group of a round at a glance.

use app::staff::follow_up::{GroupPage, GroupShown};
use axum::{extract::Path, response::Response};
use survey::statistics::{Definition, Dimension};

use super::{
    super::{Asked as Query, Reader},
    group,
    timeline::timeline,
};

pub(super) async fn show(reader: Reader, Path(key): Path<String>, query: Query) -> Response {
    match page(&reader, &key, &query).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(reader: &Reader, key: &str, query: &Query) -> Result<Response, Response> {
    let asked = reader.round_asked(key).await?;
    let dimensions = asked.dimensions(reader);
    let (dimension, category) = group(query, &dimensions)
        .ok()
        .flatten()
        .ok_or_else(|| reader.missing())?;
    let database = &reader.world.shared.database;
    let round = &asked.round;
    let (counts, whole, mailings) = tokio::try_join!(
        database.follow_up_group(round.id, &dimension.key, &category),
        database.follow_up_group(round.id, Dimension::ALL, ""),
        database.mailings(round.id),
    )
    .map_err(|error| reader.broken(&error))?;
    let category_shown = dimension.category(&category);
    let page = GroupPage {
        frame: &reader.frame(),
        round: &reader.round_head(round),
        shown: GroupShown {
            dimension: &dimension.key,
            category: &category,
            name: category_shown.label.get(reader.language),
        },
        counts: &counts,
        whole: &whole,
        definition: Definition::from_key(query.text("matt")).unwrap_or_default(),
        sections: &asked.sections(reader),
        timeline: &timeline(reader, round, &counts, Some(&whole), &mailings),
    };
    Ok(reader.page(page.html()))
}
