//! The review list.

mod decided;
mod left;
mod rows;

use std::collections::BTreeSet;

use app::staff::{
    Role,
    cleaning::{
        CleaningCounts, CleaningPaths, ListFilter, ListState, ListTold, ReviewPage, Unknown,
    },
};
use axum::{extract::Path, response::Response};

pub(super) use self::decided::unfit_of;
use self::decided::{Decided, decided};
use super::{
    Asked,
    part::part_unknown,
    ranking::{OpenQuestions, scope},
};
use crate::{
    cleaning::{CleanError, Ready, clean_round},
    storage::Earlier,
    web::staff::{Analyst, Asked as Address, Reader, StaffVisit},
};

const ON_A_PAGE: usize = 50;

pub(super) async fn show(reader: Reader, Path(key): Path<String>, address: Address) -> Response {
    match page(&reader, &key, &address).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(reader: &Reader, key: &str, address: &Address) -> Result<Response, Response> {
    let asked = reader.cleaning_asked(key).await?;
    let database = &reader.world.shared.database;
    let round = asked.round.id;
    let broken = |error| reader.broken(&error);
    let rule_set = database.rule_set_id(&asked.ready.source).await;
    let rule_set = rule_set.map_err(broken)?;
    let fields = asked.ready.register_fields();
    let (counts, waiting, editions, decisions) = tokio::join!(
        database.cleaning_count(round),
        database.cases_to_clean(round, rule_set, &fields),
        database.editions_to_review(round),
        database.decisions_of_round(round),
    );
    let (counts, waiting) = (counts.map_err(broken)?, waiting.map_err(broken)?);
    let (editions, decisions) = (editions.map_err(broken)?, decisions.map_err(broken)?);
    let rounds = reader.round_choices().await?;
    let filter = ListFilter::read(|name| address.text(name));
    let open = OpenQuestions::of(&asked.ready, editions, scope(&filter));
    let regions: BTreeSet<&str> = open.sums.regions().collect();
    let rules = reader.rules_met(&asked, &open, &decisions);
    let decided = decided(&open, &decisions, &filter);
    let totals = ListState::ALL.map(|state| (state, count(&open, &decided, &filter, state)));
    let total = totals
        .iter()
        .find(|(state, _)| *state == filter.state)
        .map_or(0, |(_, total)| *total);
    let pages = total.div_ceil(ON_A_PAGE).max(1);
    let pages = u32::try_from(pages).unwrap_or(u32::MAX);
    // A page beyond the last one is the last one.
    let filter = filter.on_page(filter.page.min(pages));
    let unknown = unknown(&asked.ready, &open, &filter, &rules);
    let rows = reader.rows(&asked, &open, &decided, &filter);
    let in_rows = reader.row_choice(&open.totals);
    let page = ReviewPage {
        frame: &reader.frame(),
        round: &asked.round.key,
        name: &reader.title_of_round(&asked.round, &asked.ready.instrument),
        pilot: asked.round.pilot,
        rounds: &rounds,
        version: &asked.ready.rules.version,
        counts: CleaningCounts {
            submitted: counts.submitted.into(),
            cleaned: counts.cleaned.into(),
            open: counts.open.into(),
            moving: wide(open.moving.count()),
            missing: wide(open.missing.count()),
            cases_open: counts.cases_open.into(),
            waiting: wide(waiting.len()),
        },
        left: &reader.left(&open, &filter),
        filter: &filter,
        regions: &regions.into_iter().map(str::to_owned).collect::<Vec<_>>(),
        in_rows: in_rows.as_ref(),
        rules: &rules,
        unknown: unknown.as_ref(),
        rows: &rows,
        totals: &totals.map(|(state, total)| (state, wide(total))),
        pages,
        may_decide: reader.staff.role >= Role::Analyst,
        told: address.text("rattade").parse().ok().map(ListTold::Cleaned),
    };
    Ok(reader.page(page.html()))
}

/// Cleans what is new, without waiting for the clock.
pub(super) async fn clean_new(analyst: Analyst, Path(key): Path<String>) -> Response {
    match cleaned(&analyst, &key).await {
        Ok(response) | Err(response) => response,
    }
}

async fn cleaned(analyst: &Analyst, key: &str) -> Result<Response, Response> {
    let asked = analyst.cleaning_asked(key).await?;
    let shared = &analyst.world.shared;
    let (database, actor) = (&shared.database, analyst.actor());
    let cleaned = clean_round(
        database,
        &shared.rules,
        &asked.round,
        &actor,
        &shared.clock,
        shared.chance,
    )
    .await
    .map_err(|error: CleanError| analyst.broken(&error))?;
    if cleaned > 0 {
        let id = analyst.new_id().map_err(|error| analyst.broken(&error))?;
        let detail = serde_json::json!({ "round": asked.round.key, "cases": cleaned });
        let subject = &asked.round.key;
        database
            .note(&actor, "cleaning.run", subject, &detail, analyst.now, id)
            .await
            .map_err(|error| analyst.broken(&error))?;
    }
    let back = CleaningPaths(&asked.round.key).list();
    Ok(analyst.go(&format!("{back}?rattade={cleaned}")))
}

/// What of a filter there is not.
fn unknown(
    ready: &Ready,
    open: &OpenQuestions,
    filter: &ListFilter,
    met: &[(String, String)],
) -> Option<Unknown> {
    let part = part_unknown(&open.totals, open.sums.regions(), filter);
    let rule = || {
        let known = filter.rule.is_empty()
            || ready.rules.rule(&filter.rule).is_some()
            || met.iter().any(|(rule, _)| *rule == filter.rule);
        (!known).then(|| Unknown::Rule(filter.rule.clone()))
    };
    part.or_else(rule)
}

/// How many there are in that state of what the filter chooses.
fn count(
    open: &OpenQuestions,
    decided: &[Decided<'_>],
    filter: &ListFilter,
    state: ListState,
) -> usize {
    match state {
        ListState::Open | ListState::Missing => open.listed(&filter.in_state(state)).len(),
        ListState::Decided => decided.iter().filter(|one| one.unfit.is_none()).count(),
        ListState::Returned => decided.iter().filter(|one| one.unfit.is_some()).count(),
    }
}

impl StaffVisit {
    /// Rules that have asked something in the round, with their names.
    fn rules_met(
        &self,
        asked: &Asked,
        open: &OpenQuestions,
        decisions: &[Earlier],
    ) -> Vec<(String, String)> {
        let answered = decisions
            .iter()
            .map(|decision| decision.body.rule.as_str())
            .filter(|rule| !rule.is_empty());
        let met: BTreeSet<&str> = open.rules().chain(answered).collect();
        let mut named: Vec<(String, String)> = met
            .into_iter()
            .map(|rule| (rule.to_owned(), self.rule_named(&asked.ready, rule)))
            .collect();
        named.sort_by(|(_, one), (_, other)| one.cmp(other));
        named
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
