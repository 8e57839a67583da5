//! Who has answered, in all and by group: outcomes of cases, response rates with their denominators named, and the
//! tables that are published. Everything is counted in whole cases; shares are exact until they are shown.

mod amounts;
mod disposition;
mod follow_up;
mod grouping;
mod measure;
mod process;
mod ratio;
mod response_rate;
mod selective;
mod slice;
mod status;
mod sufficiency;
mod table;
mod total;

pub use amounts::Amounts;
pub use disposition::{Class, Disposition, Outcomes};
pub use follow_up::{FollowUp, Group, StatusCounts, Tally};
pub use grouping::{Category, Dimension, Grouping, Names, Order, dimensions};
pub use measure::{Bucket, Measure, Reached, WAITED_DAYS, WORKED_MINUTES, bucket_of};
pub use process::{Change, Passage, Place, Process, Processed, RuleCount, Verdict};
pub use ratio::Ratio;
pub use response_rate::{Definition, Rate};
pub use selective::{Effect, Left, Movement, Ranked, Ranking, Scope, Share, Unit, effects, rank};
pub use slice::Slice;
pub use status::{Ruling, Signs, Status, UnknownName};
pub use sufficiency::{AT_LEAST_HALF, Threshold, share_answered};
pub use table::{CrossRow, CrossTable, Inner, RateRow, RateTable, cross_table, rate_table};
pub use total::{Cell, Figure, Millionths, Sums, Total, Totals};
