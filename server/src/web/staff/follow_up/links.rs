//! Where the administrator makes, copies and revokes the regions' links.

use std::collections::BTreeMap;

use app::staff::follow_up::{LinkLine, RegionLine, RegionLinksPage, RegionTold, RoundPaths};
use axum::{extract::Path, response::Response};
use survey::statistics::Dimension;
use uuid::Uuid;

use super::{
    super::{Administrator, Asked as Query, Posted},
    encoded,
};
use crate::{
    clock::Ids,
    links::Token,
    storage::{RegionLink, RegionLinkError, Round},
};

pub(super) async fn show(boss: Administrator, Path(key): Path<String>, query: Query) -> Response {
    match page(&boss, &key, &query).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(boss: &Administrator, key: &str, query: &Query) -> Result<Response, Response> {
    let round = round(boss, key).await?;
    let database = &boss.world.shared.database;
    let broken = |error| boss.broken(&error);
    let links = database.region_links(round.id).await.map_err(broken)?;
    let follow_up = database.follow_up(round.id).await.map_err(broken)?;
    let mut regions: BTreeMap<String, Option<LinkLine>> = follow_up
        .categories(Dimension::REGION)
        .filter(|region| !region.is_empty())
        .map(|region| (region.to_owned(), None))
        .collect();
    for link in links {
        let shown = boss.shown(&link);
        regions.insert(link.region, Some(shown));
    }
    let regions: Vec<RegionLine> = regions
        .into_iter()
        .map(|(region, link)| RegionLine { region, link })
        .collect();
    let named = |name: &str| {
        let region = query.text(name);
        let known = regions.iter().any(|line| line.region == region);
        known.then(|| region.to_owned())
    };
    let told = named("skapad")
        .map(RegionTold::MadeFor)
        .or_else(|| named("aterkallad").map(RegionTold::Revoked))
        .or_else(|| query.text("skapade").parse().ok().map(RegionTold::Made));
    let page = RegionLinksPage {
        frame: &boss.frame(),
        round: &round.key,
        pilot: round.pilot,
        regions: &regions,
        told,
    };
    Ok(boss.page(page.html()))
}

/// Makes a link for the region that the form names, or for all that have none.
pub(super) async fn make(boss: Administrator, Path(key): Path<String>, posted: Posted) -> Response {
    match made(&boss, &key, &posted).await {
        Ok(response) | Err(response) => response,
    }
}

async fn made(boss: &Administrator, key: &str, posted: &Posted) -> Result<Response, Response> {
    let round = round(boss, key).await?;
    let region = posted.text("region");
    let only = (!region.is_empty()).then_some(region);
    let mut ids =
        Ids::new(boss.world.shared.chance, boss.now).map_err(|error| boss.broken(&error))?;
    let links = boss
        .world
        .shared
        .database
        .make_region_links(&round, only, &boss.actor(), boss.now, &mut || ids.next_id())
        .await
        .map_err(|error| boss.broken(&error))?;
    let back = RoundPaths(&round.key).region_links();
    let told = match links.as_slice() {
        [one] => format!("skapad={}", encoded(&one.region)),
        links => format!("skapade={}", links.len()),
    };
    Ok(boss.go(&format!("{back}?{told}")))
}

pub(super) async fn revoke(
    boss: Administrator,
    Path((key, link)): Path<(String, String)>,
) -> Response {
    match revoked(&boss, &key, &link).await {
        Ok(response) | Err(response) => response,
    }
}

async fn revoked(boss: &Administrator, key: &str, link: &str) -> Result<Response, Response> {
    let round = round(boss, key).await?;
    let link: Uuid = link.parse().map_err(|_| boss.missing())?;
    let id = boss.new_id().map_err(|error| boss.broken(&error))?;
    let revoked = boss
        .world
        .shared
        .database
        .revoke_region_link(&round, link, &boss.actor(), boss.now, id)
        .await;
    let back = RoundPaths(&round.key).region_links();
    match revoked {
        Ok(link) => Ok(boss.go(&format!("{back}?aterkallad={}", encoded(&link.region)))),
        // Somebody else was first: the page shows what is true now.
        Err(RegionLinkError::Unknown) => Ok(boss.go(&back)),
        Err(RegionLinkError::Database(error)) => Err(boss.broken(&error)),
    }
}

async fn round(boss: &Administrator, key: &str) -> Result<Round, Response> {
    let round = boss.world.shared.database.round(key).await;
    round
        .map_err(|error| boss.broken(&error))?
        .ok_or_else(|| boss.missing())
}

impl Administrator {
    fn shown(&self, link: &RegionLink) -> LinkLine {
        let shared = &self.world.shared;
        let token = Token::issue_to_region(&shared.secret, link.id);
        LinkLine {
            id: link.id.to_string(),
            address: format!(
                "{}/region/{}",
                shared.mail.composer.origin().as_str(),
                token.as_str()
            ),
            made: self.date(link.created_at),
        }
    }
}
