//! What cells say, as types that cannot be wrong.

mod count;
mod date;
mod email;
mod municipality;
mod ownership;
mod postal;
mod region;
mod regso;
mod words;
mod yes;

pub use count::read_count;
pub use date::Date;
pub use email::{Addresses, Email, read_addresses};
pub use municipality::read_municipality;
pub use ownership::Ownership;
pub use postal::{Postal, read_postal};
pub use region::Region;
pub use regso::read_regso;
pub(crate) use words::words;
pub use yes::{name_tells_branch, read_yes};
