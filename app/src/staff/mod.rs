//! What administrators, analysts and readers see. Each page is a value; its `html` is the whole document.

pub mod accounts;
mod chart;
pub mod cleaning;
pub mod data;
pub mod follow_up;
pub mod form;
mod frame;
mod letters;
pub mod log;
mod notice;
pub mod rates;
pub mod register;
mod role;
pub mod rounds;
pub mod sign_in;
mod words;

pub use chart::Tick;
pub use frame::{Current, FrameWords, StaffFrame, WhoIsThere};
pub use notice::StaffNotice;
pub use role::{Role, UnknownRole};
pub use words::StaffWords;
