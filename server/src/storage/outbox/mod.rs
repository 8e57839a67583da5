//! Mail on its way. A message is queued in the transaction of whatever decided it, leased while it is sent, and
//! settled with one line in `message_event` for everything that happened to it.

mod dispatch;
mod lease;
mod listing;
mod message;
mod past;
mod report;
mod settle;

pub use dispatch::Dispatch;
pub use lease::{Lease, Leased};
pub use listing::{Event, Listed, MessageCount, MessageFilter, MessagePage};
pub use message::{MessageKind, MessageState, NewMessage, NoSuchKind, NoSuchState};
pub use report::{DeliveryOutcome, NewDeliveryReport};
pub use settle::{Settled, Settlement};

pub(super) use message::enqueue;
