//! How many residents a centre has on its list.

use super::{MunicipalityType, random::Random};

/// A log-normal curve (σ = 0.45) in thousandths of its median, at every twentieth of the centres.
const CURVE: [u32; 21] = [
    290, 477, 562, 627, 685, 738, 790, 841, 892, 945, 1000, 1058, 1121, 1189, 1266, 1355, 1460,
    1594, 1780, 2096, 4017,
];
const STEP: u32 = 1000;

pub(super) fn listed(municipality_type: MunicipalityType, random: &mut Random) -> u32 {
    let step = random.index(CURVE.len() - 1);
    let (from, to) = (CURVE[step], CURVE[step + 1]);
    let thousandths = from + (to - from) * random.below(STEP) / STEP;
    (median(municipality_type) * thousandths / 1000).clamp(500, 40_000)
}

const fn median(municipality_type: MunicipalityType) -> u32 {
    match municipality_type {
        MunicipalityType::VerySparseRural => 2_310,
        MunicipalityType::SparseRural => 4_230,
        MunicipalityType::NearUrbanRural => 6_070,
        MunicipalityType::SparseMixed => 7_340,
        MunicipalityType::DenseMixed => 8_290,
        MunicipalityType::Metropolitan => 9_120,
    }
}
