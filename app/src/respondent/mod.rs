//! What the chief sees, from the link to the receipt. Each page is a value; its `html` is the whole document.

mod answered;
mod check;
mod choices;
mod matrix;
mod notice;
mod print;
mod question;
mod receipt;
mod section;
mod share;
mod start;
mod texts;
mod wrong;

pub use check::{CheckPage, FROM_CHECK};
pub use notice::{DemoLink, DemoPage, Notice};
pub use print::PrintPage;
pub use receipt::ReceiptPage;
pub use section::{Clash, Noted, SectionPage};
pub use share::{HelperPage, ShareFault, ShareForm, SharePage, Shared, SharedLink};
pub use start::{SectionStatus, StartPage, Status};
pub use texts::{TextPage, TextTopic};
pub use wrong::{WrongFault, WrongForm, WrongKind, WrongPage};
