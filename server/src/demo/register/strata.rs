//! Which kinds of centres there are in each region, and which of them answered.

use super::{
    AreaType, MunicipalityType, Ownership,
    figures::{AREA_TYPES, PLANS, PRIVATE, Plan, by_area_type, by_municipality_type},
    random::Random,
    spread::{Row, spread},
};

/// One centre, before it has a name.
#[derive(Debug)]
pub(super) struct Stratum {
    pub plan: &'static Plan,
    pub municipality_type: MunicipalityType,
    pub area_type: AreaType,
    pub ownership: Ownership,
    pub answered: bool,
}

/// Every centre, region by region, in no order within its region.
pub(super) fn strata(random: &mut Random) -> Vec<Stratum> {
    let mut strata = of_those(true);
    strata.extend(of_those(false));
    // So that neither ownership nor keys follow the order of the tables.
    random.shuffle(&mut strata);
    PLANS
        .iter()
        .flat_map(|plan| {
            let (mut of_region, others) = std::mem::take(&mut strata)
                .into_iter()
                .partition::<Vec<_>, _>(|stratum| stratum.plan.region == plan.region);
            strata = others;
            for answered in [true, false] {
                draw_private(&mut of_region, answered, plan, random);
            }
            of_region
        })
        .collect()
}

fn of_those(answered: bool) -> Vec<Stratum> {
    let regions: Vec<_> = PLANS
        .iter()
        .map(|plan| Row {
            total: plan.count(answered).units,
            weights: plan.municipality_types,
        })
        .collect();
    let cells: Vec<_> = spread(&regions, &by_municipality_type(answered))
        .into_iter()
        .flat_map(|counts| counts.into_iter().zip(AREA_TYPES))
        .map(|(total, weights)| Row { total, weights })
        .collect();
    let areas = spread(&cells, &by_area_type(answered));

    PLANS
        .iter()
        .flat_map(|plan| MunicipalityType::ALL.map(|municipality_type| (plan, municipality_type)))
        .zip(areas)
        .flat_map(|((plan, municipality_type), counts)| {
            AreaType::ALL
                .into_iter()
                .zip(counts)
                .flat_map(move |(area_type, count)| {
                    (0..count).map(move |_| Stratum {
                        plan,
                        municipality_type,
                        area_type,
                        ownership: Ownership::Public,
                        answered,
                    })
                })
        })
        .collect()
}

/// Makes as many private as the plan says, the likelier the more private care such municipalities have.
fn draw_private(strata: &mut [Stratum], answered: bool, plan: &Plan, random: &mut Random) {
    let mut drawn: Vec<(u32, &mut Stratum)> = strata
        .iter_mut()
        .filter(|stratum| stratum.answered == answered)
        .map(|stratum| {
            let likeliness = PRIVATE[stratum.municipality_type as usize];
            (random.below(1000 * likeliness), stratum)
        })
        .collect();
    drawn.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    for (_, stratum) in drawn
        .into_iter()
        .take(plan.count(answered).private as usize)
    {
        stratum.ownership = Ownership::Private;
    }
}
