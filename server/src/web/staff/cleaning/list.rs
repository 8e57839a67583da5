//! The review list.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    fill,
    staff::{
        Role,
        cleaning::{
            CleaningCounts, CleaningPaths, DecidedRow, LeftShown, ListFilter, ListRows, ListState,
            ListTold, MissingRow, MovementShown, OpenRow, ReviewPage, RowChoice, Unknown,
        },
    },
};
use axum::{extract::Path, response::Response};
use survey::{
    cleaning::{Unfit, Urgency},
    dictionary::Dictionary,
    statistics::{Figure, Movement, Totals},
};
use uuid::Uuid;

use super::{
    Asked,
    ranking::{Listed, OpenQuestions, scope},
    shown,
};
use crate::{
    cleaning::{CleanError, Ready, clean_round},
    storage::{Earlier, EditionToReview},
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

/// The region or the row of a filter, where there is none such.
pub(super) fn part_unknown<'r>(
    totals: &Totals,
    mut regions: impl Iterator<Item = &'r str>,
    filter: &ListFilter,
) -> Option<Unknown> {
    let (region, row) = (&filter.region, &filter.row);
    if !region.is_empty() && !regions.any(|known| known == region) {
        return Some(Unknown::Region(region.clone()));
    }
    let has_row = totals.rows().iter().any(|(known, _)| known == row);
    (!row.is_empty() && !has_row).then(|| Unknown::Row(row.clone()))
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

/// The decisions that hold and are about what the filter chooses, whatever its state.
fn decided<'d>(
    open: &'d OpenQuestions,
    decisions: &'d [Earlier],
    filter: &ListFilter,
) -> Vec<Decided<'d>> {
    let editions: BTreeMap<Uuid, &EditionToReview> = open
        .editions
        .iter()
        .map(|edition| (edition.case_id, edition))
        .collect();
    by_case(decisions)
        .filter_map(|decision| {
            let edition = *editions.get(&decision.case_id)?;
            let takes = filter.takes_region(&edition.region)
                && filter.takes_rule(&decision.body.rule)
                && is_about(&open.totals, decision, &filter.row);
            takes.then(|| Decided {
                edition,
                decision,
                unfit: unfit_of(&edition.unfit, decision.number),
            })
        })
        .collect()
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

    /// A page of rows.
    fn rows(
        &self,
        asked: &Asked,
        open: &OpenQuestions,
        decided: &[Decided<'_>],
        filter: &ListFilter,
    ) -> ListRows {
        let dictionary = Dictionary::of(&asked.ready.instrument);
        let before = usize::try_from(filter.page.saturating_sub(1)).unwrap_or(usize::MAX);
        let skip = before.saturating_mul(ON_A_PAGE);
        let lines = |returned: bool| {
            decided
                .iter()
                .filter(|one| one.unfit.is_some() == returned)
                .skip(skip)
                .take(ON_A_PAGE)
                .map(|one| self.decided_row(asked, &dictionary, one))
                .collect()
        };
        let listed = open.listed(filter);
        let listed = listed.iter().skip(skip).take(ON_A_PAGE);
        match filter.state {
            ListState::Open => ListRows::Open(
                listed
                    .map(|one| self.open_row(asked, open, filter, one))
                    .collect(),
            ),
            ListState::Missing => ListRows::Missing(
                listed
                    .map(|one| self.missing_row(asked, &dictionary, one))
                    .collect(),
            ),
            ListState::Decided => ListRows::Decided(lines(false)),
            ListState::Returned => ListRows::Returned(lines(true)),
        }
    }

    fn missing_row(
        &self,
        asked: &Asked,
        dictionary: &Dictionary,
        listed: &Listed<'_>,
    ) -> MissingRow {
        let Listed { edition, query, .. } = *listed;
        let named = |variable: &String| {
            dictionary.item(variable).map_or_else(
                || variable.clone(),
                |item| item.label.get(self.language).to_owned(),
            )
        };
        MissingRow {
            unit_key: edition.unit_key.clone(),
            unit_name: edition.unit_name.clone(),
            region: edition.region.clone(),
            query: query.id.clone(),
            values: query.variables.iter().map(named).collect(),
            why: asked
                .ready
                .rules
                .sentence(&query.rule, &query.evidence, self.language),
        }
    }

    fn open_row(
        &self,
        asked: &Asked,
        open: &OpenQuestions,
        filter: &ListFilter,
        listed: &Listed<'_>,
    ) -> OpenRow {
        let Listed {
            place,
            row,
            edition,
            query,
        } = *listed;
        let moved = |at: String, movement: Movement| MovementShown {
            at,
            total: self.total_named(open, movement.figure),
            share: movement.share,
        };
        let words = &self.frame().words.cleaning;
        let of_row =
            |text: &str, figure: Figure| fill(text, &[("row", &self.row_named(open, figure))]);
        let within = |text: &str, whole: &str, figure: Figure| {
            if filter.row.is_empty() {
                whole.to_owned()
            } else {
                of_row(text, figure)
            }
        };
        let row_within = if filter.region.is_empty() {
            &words.in_country_row
        } else {
            &words.in_region_row
        };
        let country = within(&words.in_country_row, &words.in_country, row.country.figure);
        let region = within(&words.in_region_row, &words.in_region, row.region.figure);
        OpenRow {
            place,
            unit_key: edition.unit_key.clone(),
            unit_name: edition.unit_name.clone(),
            region: edition.region.clone(),
            query: query.id.clone(),
            rule: self.rule_named(&asked.ready, &query.rule),
            is_hard: query.urgency == Urgency::Hard,
            is_confirmed: query.confirmed,
            weighed: row.score,
            movements: vec![
                moved(country, row.country),
                moved(region, row.region),
                moved(of_row(row_within, row.row.figure), row.row),
            ],
            left: (self.total_named(open, row.left.figure), row.left.most),
        }
    }

    fn decided_row(
        &self,
        asked: &Asked,
        dictionary: &Dictionary,
        decided: &Decided<'_>,
    ) -> DecidedRow {
        let Decided {
            edition,
            decision,
            unfit,
        } = *decided;
        let what = match unfit {
            Some(unfit) => shown::unfit(self, dictionary, unfit),
            None => shown::choice(self, &asked.ready, dictionary, decision),
        };
        DecidedRow {
            unit_key: edition.unit_key.clone(),
            unit_name: edition.unit_name.clone(),
            region: edition.region.clone(),
            rule: self.rule_named(&asked.ready, &decision.body.rule),
            what,
            who: decision.actor.clone(),
            when: self.moment(decision.at),
        }
    }

    /// The name of a total, or of the total that a row is of.
    fn total_named(&self, open: &OpenQuestions, figure: Figure) -> String {
        let total = open.totals.list.get(figure.total);
        total.map_or_else(String::new, |total| {
            total.label.get(self.language).to_owned()
        })
    }

    fn row_named(&self, open: &OpenQuestions, figure: Figure) -> String {
        let total = open.totals.list.get(figure.total);
        let cell = total.zip(figure.cell);
        cell.and_then(|(total, cell)| total.cells.get(cell))
            .map_or_else(String::new, |cell| cell.label.get(self.language).to_owned())
    }

    pub(super) fn row_choice(&self, totals: &Totals) -> Option<RowChoice> {
        let heading = totals.heading()?.get(self.language).to_owned();
        let named = |(key, label): (&str, &survey::text::Text)| {
            (key.to_owned(), label.get(self.language).to_owned())
        };
        Some(RowChoice {
            heading,
            rows: totals.rows().into_iter().map(named).collect(),
        })
    }

    fn left(&self, open: &OpenQuestions, filter: &ListFilter) -> LeftShown {
        let all = open.moving.ranking.all;
        let curve = open
            .moving
            .ranking
            .rows
            .iter()
            .map(|row| {
                let tenths = u128::from(row.left.most) * 1_000 / u128::from(all.most.max(1));
                u64::try_from(tenths).unwrap_or_default()
            })
            .collect();
        let rows = open.totals.rows();
        let row = rows.iter().find(|(key, _)| *key == filter.row);
        LeftShown {
            region: filter.region.clone(),
            row: row.map_or_else(String::new, |(_, label)| {
                label.get(self.language).to_owned()
            }),
            queries: wide(all.queries),
            total: self.total_named(open, all.figure),
            most: all.most,
            expected: all.expected,
            stop_after: open.moving.ranking.stop_after(filter.stop_at),
            stop_at: filter.stop_at,
            curve,
        }
    }
}

/// A decision in the list of them.
#[derive(Clone, Copy)]
struct Decided<'a> {
    edition: &'a EditionToReview,
    decision: &'a Earlier,
    unfit: Option<&'a Unfit>,
}

/// Whether a decision was about something in a row; no row: any decision.
fn is_about(totals: &Totals, decision: &Earlier, row: &str) -> bool {
    let mut cells = totals.list.iter().flat_map(|total| &total.cells);
    let basis = &decision.body.basis;
    row.is_empty()
        || cells
            .any(|cell| cell.row == row && basis.iter().any(|one| one.variable == cell.variable))
}

/// Decisions that hold, case by case, the latest first within each.
fn by_case(decisions: &[Earlier]) -> impl Iterator<Item = &Earlier> {
    decisions
        .chunk_by(|one, other| one.case_id == other.case_id)
        .flat_map(|of_case| {
            let mut standing: Vec<&Earlier> = Earlier::not_undone(of_case).collect();
            standing.reverse();
            standing
        })
}

pub(super) fn unfit_of(unfit: &[Unfit], number: u32) -> Option<&Unfit> {
    let name = number.to_string();
    unfit.iter().find(|one| one.decision() == name)
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
