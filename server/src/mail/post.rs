//! Where letters are handed over.

use mail::smtp::Ready;
use mail::{Delivery, Sealed, Smtp};
use uuid::Uuid;

use crate::clock::Clock;
use crate::storage::{BoxedLetter, Database};

/// What takes letters.
#[derive(Clone)]
pub enum Post {
    /// A mail server.
    Smtp(Smtp),
    /// The product's own mailbox, for the demo and rehearsals: nothing leaves the machine.
    Mailbox(Database, Clock),
}

/// A place at the counter: the next thing is to hand the letter over. What must hold right then is asked now.
pub enum Handover {
    Smtp(Box<Ready>),
    Mailbox(Database, Clock),
}

impl Post {
    /// Waits until a letter can be handed over; or tells why none can ([`Delivery::Unavailable`]).
    pub async fn ready(&self) -> Result<Handover, Delivery> {
        match self {
            Self::Smtp(smtp) => Ok(Handover::Smtp(Box::new(smtp.ready().await?))),
            Self::Mailbox(database, clock) => {
                Ok(Handover::Mailbox(database.clone(), clock.clone()))
            }
        }
    }

    /// Lets go of what was kept for the next letter.
    pub async fn rest(&self) {
        match self {
            Self::Smtp(smtp) => smtp.rest().await,
            Self::Mailbox(..) => {}
        }
    }
}

impl Handover {
    /// `message` is the letter's identity in the outbox.
    pub async fn send(self, message: Uuid, subject: &str, letter: &Sealed) -> Delivery {
        match self {
            Self::Smtp(ready) => ready.send(letter).await,
            Self::Mailbox(database, clock) => {
                let boxed = BoxedLetter {
                    id: message,
                    message_id: letter.message_id.to_string(),
                    recipient: letter.to.to_string(),
                    subject: subject.to_owned(),
                    content: letter.content.clone(),
                    received_at: clock.now(),
                };
                match database.put_in_mailbox(&boxed).await {
                    Ok(()) => Delivery::Accepted {
                        response: "mailbox".to_owned(),
                    },
                    Err(error) => Delivery::Unavailable {
                        reason: error.to_string(),
                    },
                }
            }
        }
    }

    /// Nothing is handed over after all.
    pub fn withdraw(self) {
        match self {
            Self::Smtp(ready) => ready.withdraw(),
            Self::Mailbox(..) => {}
        }
    }
}
