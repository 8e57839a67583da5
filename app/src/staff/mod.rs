//! What administrators, analysts and readers see. Each page is a value; its `html` is the whole document.

pub mod accounts;
pub mod form;
mod frame;
mod letters;
pub mod log;
mod notice;
pub mod rates;
pub mod register;
mod role;
pub mod sign_in;
mod words;

pub use frame::{Current, FrameWords, StaffFrame, WhoIsThere};
pub use notice::StaffNotice;
pub use role::{Role, UnknownRole};
pub use words::StaffWords;
