//! Mail that leaves: who may get it, what it says, how fast it goes, and what comes back.

mod backoff;
mod compose;
mod desk;
mod eligibility;
mod pace;
pub mod plan;
mod post;
pub mod preview;
mod receipt;
mod reports;
pub mod schedule;
mod settler;
pub mod texts;
pub mod versions;
mod worker;

pub use backoff::{Jitter, gives_up, next_try};
pub use compose::{ComposeError, Composer, Origin, OriginError, Sender};
pub use desk::{Desk, Destination, ReportKey, ReportKeyError};
pub use eligibility::{ContactFacts, Decision, Facts, Hold, LinkFacts, Skip, decide};
pub use pace::{Pace, PaceError, Pacer};
pub use post::{Handover, Post};
pub use receipt::{Thanks, thanks};
pub use reports::{ReadReport, record};
pub use worker::{DrainError, Sending, Wake, Worker};
