//! How far cases have come, where they stand, where they stopped, and how long it took.

use leptos::prelude::*;
use survey::statistics::{
    Bucket, Disposition, Group, Ratio, Reached, Slice, Status, WAITED_DAYS, WORKED_MINUTES,
};

use super::{
    SectionNames, keyed,
    parts::{BarRow, BarTable, Pieces},
};
use crate::fill;

/// From everyone to those who answered.
pub(super) fn funnel(pieces: &Pieces<'_>, all: &Group) -> AnyView {
    let words = pieces.words;
    let eligible = all.statuses.eligible();
    let said = |reached| pieces.count(all.reached(reached));
    let says = fill(
        &words.funnel_says,
        &[
            ("all", &pieces.count(eligible)),
            ("invited", &said(Reached::Invited)),
            ("opened", &said(Reached::Opened)),
            ("started", &said(Reached::Started)),
            ("answered", &said(Reached::Answered)),
        ],
    );
    let row = |label: &str, n, slice: &Slice| BarRow {
        label: label.to_owned().into_any(),
        cells: vec![pieces.linked(n, slice)],
        share: Ratio::new(n, eligible),
    };
    let steps = Reached::ALL.map(|reached| {
        row(
            keyed(&words.reached, reached.as_str()),
            all.reached(reached),
            &Slice::Reached(reached),
        )
    });
    let rows = std::iter::once(row(&words.step_all, eligible, &Slice::Eligible))
        .chain(steps)
        .collect();
    let table = pieces.bar_table(BarTable {
        caption: &words.funnel,
        headings: &[&words.step, &words.number, &words.share_of_all],
        rows,
        total: None,
        mark: None,
    });
    view! { <h2>{words.funnel.clone()}</h2><p>{says}</p>{table} }.into_any()
}

/// Every status with its number and AAPOR's code.
pub(super) fn standing(pieces: &Pieces<'_>, all: &Group, closed: bool) -> AnyView {
    let words = pieces.words;
    let rows: Vec<_> = all
        .statuses
        .iter()
        .map(|(status, n)| {
            let code = Disposition::of(status, closed).code().unwrap_or("–");
            let number = pieces.linked(n, &Slice::Status(status));
            view! {
                <tr>
                    <th scope="row">{keyed(&words.statuses, status.as_str()).to_owned()}</th>
                    <td class="num" data-l=words.number.clone()>{number}</td>
                    <td data-l=words.aapor.clone()>{code}</td>
                </tr>
            }
        })
        .collect();
    let total = pieces.linked(all.statuses.all(), &Slice::All);
    view! {
        <h2>{words.standing.clone()}</h2>
        <table class="t lines">
            <caption class="vh">{words.standing_caption.clone()}</caption>
            <thead><tr>
                <th scope="col">{words.status.clone()}</th>
                <th scope="col" class="num">{words.number.clone()}</th>
                <th scope="col">{words.aapor.clone()}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
            <tfoot><tr>
                <th scope="row">{keyed(&words.slices, "all").to_owned()}</th>
                <td class="num">{total}</td>
                <td></td>
            </tr></tfoot>
        </table>
    }
    .into_any()
}

/// The sections at which those stopped who began and have not handed in.
pub(super) fn stopped(pieces: &Pieces<'_>, all: &Group, sections: &SectionNames) -> AnyView {
    let words = pieces.words;
    let counts = sections.ordered(&all.stopped_at);
    let begun: u64 = counts.iter().map(|(_, n)| n).sum();
    let Some((most, n)) = counts.iter().rev().max_by_key(|(_, n)| *n) else {
        return view! {
            <h2>{words.stopped.clone()}</h2><p class="empty">{words.stopped_none.clone()}</p>
        }
        .into_any();
    };
    let says = fill(
        &words.stopped_says,
        &[
            ("begun", &pieces.count(begun)),
            ("section", sections.title(most)),
            ("n", &pieces.count(*n)),
        ],
    );
    let rows = counts
        .iter()
        .map(|(key, n)| BarRow {
            label: sections.title(key).to_owned().into_any(),
            cells: vec![pieces.linked(*n, &Slice::StoppedAt((*key).to_owned()))],
            share: Ratio::new(*n, begun),
        })
        .collect();
    let table = pieces.bar_table(BarTable {
        caption: &words.stopped,
        headings: &[&words.section, &words.number, &words.share_of_begun],
        rows,
        total: None,
        mark: None,
    });
    view! { <h2>{words.stopped.clone()}</h2><p>{says}</p>{table} }.into_any()
}

/// From the invitation, and from the first answer, until handed in.
pub(super) fn times(pieces: &Pieces<'_>, all: &Group) -> AnyView {
    let words = pieces.words;
    let waited = histogram(
        pieces,
        &words.waited,
        &WAITED_DAYS,
        all.waited(),
        Slice::Waited,
    );
    let worked = histogram(
        pieces,
        &words.worked,
        &WORKED_MINUTES,
        all.worked(),
        Slice::Worked,
    );
    view! { {waited}{worked} }.into_any()
}

fn histogram<const N: usize>(
    pieces: &Pieces<'_>,
    title: &str,
    buckets: &'static [Bucket; N],
    counts: [u64; N],
    slice: fn(&'static Bucket) -> Slice,
) -> AnyView {
    let words = pieces.words;
    let all: u64 = counts.iter().sum();
    let named = || buckets.iter().zip(counts);
    let often = named().rev().max_by_key(|(_, n)| *n);
    let Some((bucket, n)) = often.filter(|_| all > 0) else {
        return view! {
            <h2>{title.to_owned()}</h2><p class="empty">{words.times_none.clone()}</p>
        }
        .into_any();
    };
    let says = fill(
        &words.often,
        &[
            ("bucket", keyed(&words.buckets, bucket.key)),
            ("n", &pieces.count(n)),
            ("all", &pieces.count(all)),
        ],
    );
    let rows = named()
        .map(|(bucket, n)| BarRow {
            label: keyed(&words.buckets, bucket.key).to_owned().into_any(),
            cells: vec![pieces.linked(n, &slice(bucket))],
            share: Ratio::new(n, all),
        })
        .collect();
    let table = pieces.bar_table(BarTable {
        caption: title,
        headings: &[&words.duration, &words.number, &words.share_of_these],
        rows,
        total: None,
        mark: None,
    });
    view! { <h2>{title.to_owned()}</h2><p>{says}</p>{table} }.into_any()
}

/// A status in words.
pub(super) fn status_name(words: &super::FollowUpWords, status: Status) -> String {
    keyed(&words.statuses, status.as_str()).to_owned()
}
