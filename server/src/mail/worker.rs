//! Sends what is due, with several letters under way at once. No transaction is open while a server is talked to.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mail::{Delivery, Fault};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::backoff::{Jitter, gives_up, next_try};
use super::compose::{ComposeError, Composer};
use super::eligibility::{Decision, Hold, decide};
use super::pace::{Pace, Pacer};
use super::post::Post;
use super::settler::Settler;
use crate::clock::{Chance, Clock};
use crate::storage::{Database, Lease, Leased, Settled, Settlement, Timestamp};

/// How mail is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Letters under way at once, each on a connection of its own. At least 1.
    pub at_once: usize,
    pub pace: Pace,
    /// For how long a message is nobody else's. Handing a letter over must take less than half of it.
    pub lease: Duration,
    /// How often to look for what is due, where nobody wakes.
    pub look: Duration,
}

/// Tells the worker that something was queued.
#[derive(Clone, Debug, Default)]
pub struct Wake(Arc<Notify>);

/// Sends the outbox's messages. Any number may work on one database.
#[derive(Clone)]
pub struct Worker {
    shared: Arc<Shared>,
}

struct Shared {
    database: Database,
    post: Post,
    composer: Composer,
    clock: Clock,
    chance: Chance,
    sending: Sending,
    wake: Wake,
    pacer: Mutex<Pacer>,
    settler: Settler,
}

/// What one message came to, as far as the others are concerned.
enum After {
    Done,
    /// Nothing can be handed over at present.
    Unavailable(String),
}

/// A pause while nothing can be handed over: from one second to a minute.
#[derive(Default)]
struct Rest {
    failures: u32,
    until: Option<tokio::time::Instant>,
    reason: Option<String>,
}

/// Why some of what is due was not sent.
#[derive(Debug, thiserror::Error)]
pub enum DrainError {
    #[error("mail cannot be handed over: {0}")]
    Unavailable(String),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Leased at a time, for each that is under way.
const AHEAD: usize = 4;
const SHORTEST_REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_mins(1);

impl Wake {
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

impl Worker {
    /// Must be called within the runtime that it works in.
    pub fn new(
        database: Database,
        post: Post,
        composer: Composer,
        clock: Clock,
        chance: Chance,
        sending: Sending,
        wake: Wake,
    ) -> Self {
        let settler = Settler::start(database.clone(), chance);
        Self {
            shared: Arc::new(Shared {
                database,
                post,
                composer,
                clock,
                chance,
                sending,
                wake,
                pacer: Mutex::new(Pacer::new(sending.pace)),
                settler,
            }),
        }
    }

    /// Sends whatever becomes due, until told to stop; then finishes what is under way.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut round = Round::of(self);
        loop {
            round.fill().await;
            if round.under_way.is_empty() {
                tokio::select! {
                    () = &mut stop => break,
                    () = round.pause() => {}
                }
            } else {
                tokio::select! {
                    () = &mut stop => break,
                    Some(after) = round.under_way.join_next() => round.note(after.unwrap_or(After::Done)),
                }
            }
        }
        round.finish().await;
    }

    /// Sends everything that is due now, waiting for nothing but the pace. Stops where nothing can be handed over.
    pub async fn drain(&self) -> Result<(), DrainError> {
        let mut round = Round::of(self);
        loop {
            round.fill().await;
            if let Some(after) = round.under_way.join_next().await {
                round.note(after.unwrap_or(After::Done));
                continue;
            }
            if let Some(reason) = round.rest.reason.take() {
                round.finish().await;
                return Err(DrainError::Unavailable(reason));
            }
            let next = self.shared.database.next_message_due().await?;
            if next.is_none_or(|due_at| due_at > self.shared.clock.now()) {
                round.finish().await;
                return Ok(());
            }
            round.pause().await;
        }
    }
}

/// What a worker has in hand.
struct Round {
    worker: Worker,
    under_way: JoinSet<After>,
    waiting: VecDeque<(Leased, Lease)>,
    rest: Rest,
}

impl Round {
    fn of(worker: &Worker) -> Self {
        Self {
            worker: worker.clone(),
            under_way: JoinSet::new(),
            waiting: VecDeque::new(),
            rest: Rest::default(),
        }
    }

    /// Puts letters under way, as many as may be.
    async fn fill(&mut self) {
        if self.rest.is_on() {
            return;
        }
        let shared = Arc::clone(&self.worker.shared);
        loop {
            let mut kept_back = Vec::new();
            while self.under_way.len() < shared.sending.at_once
                && let Some((leased, lease)) = self.waiting.pop_front()
            {
                let now = shared.clock.now();
                if now.after(shared.sending.lease / 2) > lease.until {
                    // Too late to be done before somebody else may take it; it runs out by itself.
                } else if shared.pacer().admit(&leased.domain, now) {
                    let worker = self.worker.clone();
                    self.under_way
                        .spawn(async move { worker.deliver(leased, lease).await });
                } else {
                    kept_back.push((leased, lease));
                }
            }
            self.release(kept_back).await;
            let is_full = self.under_way.len() >= shared.sending.at_once;
            if is_full || !self.waiting.is_empty() || !self.lease().await {
                return;
            }
        }
    }

    /// Takes more messages. Tells whether there were any.
    async fn lease(&mut self) -> bool {
        let shared = &self.worker.shared;
        let now = shared.clock.now();
        let id = match shared.chance.id(now) {
            Ok(id) => id,
            Err(error) => {
                tracing::error!(%error, "no messages can be leased");
                return false;
            }
        };
        let lease = Lease {
            id,
            until: now.after(shared.sending.lease),
        };
        let busy: Vec<String> = shared
            .pacer()
            .busy(now)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let busy: Vec<&str> = busy.iter().map(String::as_str).collect();
        let count = shared.sending.at_once * AHEAD;
        match shared
            .database
            .lease_messages(count, lease, &busy, now)
            .await
        {
            Ok(leased) => {
                let is_any = !leased.is_empty();
                self.waiting
                    .extend(leased.into_iter().map(|leased| (leased, lease)));
                is_any
            }
            Err(error) => {
                tracing::error!(%error, "no messages can be leased");
                false
            }
        }
    }

    /// Gives back what was not tried, so that it need not wait for the lease to run out.
    async fn release(&self, messages: Vec<(Leased, Lease)>) {
        let shared = &self.worker.shared;
        for together in messages.chunk_by(|(_, one), (_, next)| one.id == next.id) {
            let Some((_, lease)) = together.first() else {
                continue;
            };
            let ids: Vec<Uuid> = together.iter().map(|(leased, _)| leased.id).collect();
            let now = shared.clock.now();
            if let Err(error) = shared.database.release_messages(lease.id, &ids, now).await {
                tracing::error!(%error, "messages that were not sent wait until their lease runs out");
            }
        }
    }

    fn note(&mut self, after: After) {
        match after {
            After::Done => self.rest.failures = 0,
            After::Unavailable(reason) => {
                if self.rest.begin() {
                    tracing::warn!(reason, "mail cannot be handed over at present");
                    self.rest.reason = Some(reason);
                }
            }
        }
    }

    /// Until there may be something to do.
    async fn pause(&mut self) {
        let shared = Arc::clone(&self.worker.shared);
        if self.rest.is_on() {
            let waiting = std::mem::take(&mut self.waiting);
            self.release(waiting.into()).await;
            self.rest.over().await;
            return;
        }
        let now = shared.clock.now();
        let room_at = shared.pacer().room_at();
        let room = room_at.map(|at| between(now, at).max(Duration::from_millis(1)));
        let look = shared.sending.look;
        tokio::select! {
            () = shared.wake.0.notified() => {}
            () = tokio::time::sleep(room.map_or(look, |room| room.min(look))) => {}
        }
    }

    async fn finish(mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.release(waiting.into()).await;
        while self.under_way.join_next().await.is_some() {}
        self.worker.shared.post.rest().await;
    }
}

impl Rest {
    fn is_on(&self) -> bool {
        self.until
            .is_some_and(|until| tokio::time::Instant::now() < until)
    }

    /// Tells whether it began now: letters that were under way together fail together.
    fn begin(&mut self) -> bool {
        if self.is_on() {
            return false;
        }
        let rest = (SHORTEST_REST * 2_u32.saturating_pow(self.failures)).min(LONGEST_REST);
        self.failures = self.failures.saturating_add(1).min(10);
        self.until = Some(tokio::time::Instant::now() + rest);
        true
    }

    async fn over(&self) {
        if let Some(until) = self.until {
            tokio::time::sleep_until(until).await;
        }
    }
}

impl Shared {
    fn pacer(&self) -> std::sync::MutexGuard<'_, Pacer> {
        self.pacer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn jitter(&self) -> Jitter {
        let [random] = self.chance.bytes().unwrap_or_default();
        Jitter(random)
    }
}

impl Worker {
    /// One message, from the counter to the outbox. Whether it may be sent is asked while the next thing to do is to
    /// hand it over.
    async fn deliver(&self, leased: Leased, lease: Lease) -> After {
        let shared = &self.shared;
        let instrument = match shared
            .composer
            .instrument(&shared.database, leased.round_id)
            .await
        {
            Ok(instrument) => instrument,
            Err(error) => return storage_failed(&error),
        };
        let handover = match shared.post.ready().await {
            Ok(handover) => handover,
            Err(delivery) => return self.settle_delivery(&leased, lease, delivery).await,
        };
        let dispatch = match shared.database.dispatch(leased.id, lease.id).await {
            Ok(Some(dispatch)) => dispatch,
            Ok(None) => {
                handover.withdraw();
                return After::Done;
            }
            Err(error) => {
                handover.withdraw();
                return storage_failed(&error);
            }
        };
        let now = shared.clock.now();
        let letter = match decide(&dispatch.facts(), now) {
            Decision::Send => shared.composer.compose(&dispatch, instrument.as_deref()),
            Decision::Skip(skip) => {
                handover.withdraw();
                let reason = skip.code().to_owned();
                return self
                    .settle(&leased, lease, Settled::Skipped { reason })
                    .await;
            }
            Decision::Hold(hold) => {
                handover.withdraw();
                let until = match hold {
                    Hold::Paused => now,
                    Hold::NotOpen(opens_at) => opens_at,
                };
                let reason = hold.code().to_owned();
                return self
                    .settle(&leased, lease, Settled::Held { until, reason })
                    .await;
            }
        };
        match letter {
            Ok((subject, letter)) => {
                let delivery = handover.send(leased.id, subject.as_str(), &letter).await;
                self.settle_delivery(&leased, lease, delivery).await
            }
            Err(error) => {
                handover.withdraw();
                let settled = self.unwritten(&leased, &error);
                self.settle(&leased, lease, settled).await
            }
        }
    }

    async fn settle_delivery(&self, leased: &Leased, lease: Lease, delivery: Delivery) -> After {
        let (settled, after) = match delivery {
            Delivery::Accepted { response } => (Settled::Sent { response }, After::Done),
            Delivery::Refused { fault, reason } => (
                Settled::Bounced {
                    reason,
                    undeliverable: fault == Fault::Address,
                },
                After::Done,
            ),
            Delivery::Later { reason } => (self.later(leased, reason), After::Done),
            Delivery::Unknown { reason } => (self.unanswered(leased, reason), After::Done),
            Delivery::Unavailable { reason } => {
                let held = Settled::Held {
                    until: self.shared.clock.now(),
                    reason: reason.clone(),
                };
                (held, After::Unavailable(reason))
            }
        };
        self.settle(leased, lease, settled).await;
        after
    }

    fn next_try(&self, leased: &Leased) -> Timestamp {
        let wait = next_try(leased.attempts + 1, self.shared.jitter());
        self.shared.clock.now().after(wait)
    }

    /// Tried again, or given up after days.
    fn later(&self, leased: &Leased, reason: String) -> Settled {
        let until = self.next_try(leased);
        if gives_up(leased.queued_at, until) {
            Settled::Bounced {
                reason,
                undeliverable: false,
            }
        } else {
            Settled::Deferred { until, reason }
        }
    }

    /// Sent again, or given up after days: by then it was taken, or never will be.
    fn unanswered(&self, leased: &Leased, reason: String) -> Settled {
        match self.later(leased, reason) {
            Settled::Deferred { until, reason } => Settled::Unanswered { until, reason },
            settled => settled,
        }
    }

    /// There is no letter. An address that is none never will be one; the rest can be mended.
    fn unwritten(&self, leased: &Leased, error: &ComposeError) -> Settled {
        let reason = error.to_string();
        match error {
            ComposeError::Recipient(_) => Settled::Bounced {
                reason,
                undeliverable: true,
            },
            _ => self.later(leased, reason),
        }
    }

    async fn settle(&self, leased: &Leased, lease: Lease, settled: Settled) -> After {
        let was_sent = matches!(settled, Settled::Sent { .. });
        let written = self
            .shared
            .settler
            .settle(Settlement {
                message: leased.id,
                lease: lease.id,
                at: self.shared.clock.now(),
                settled,
            })
            .await;
        if was_sent && !written {
            tracing::warn!(message = %leased.id, "a letter was sent, but that was not written down by this server");
        }
        After::Done
    }
}

/// The lease runs out, and the message is tried again.
fn storage_failed(error: &sqlx::Error) -> After {
    tracing::error!(%error, "a message could not be read");
    After::Done
}

fn between(now: Timestamp, later: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(later.millis() - now.millis()).unwrap_or_default())
}
