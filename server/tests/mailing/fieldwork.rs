//! A round with a mailing, a mail server to send it to, and somebody to send it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use app::Translations;
use mail::{Smtp, SmtpSettings};
use server::clock::{Chance, Clock};
use server::links::Secret;
use server::mail::{Composer, Origin, Post, Sender, Sending, Wake, Worker, schedule};
use server::storage::{
    Actor, Database, Listed, Mailing, MailingNumber, MessageFilter, MessageKind, MessageState,
    NewMessage, Planned, Round, TemplateText, Timestamp,
};
use uuid::Uuid;

use crate::post_office::PostOffice;
use crate::support::world::{DURING, OPENS, World, new_id, round, submission, unit};

/// Units of a region have addresses in the region's domain.
const REGIONS: usize = 3;
const ORIGIN: &str = "https://enkat.example.com";

pub struct Fieldwork {
    pub world: World,
    pub round: Round,
    pub mailing: Mailing,
    pub chiefs: Vec<Chief>,
    pub clock: Arc<AtomicI64>,
    pub office: PostOffice,
    pub sending: Sending,
    pub secret: Secret,
}

#[derive(Clone, Debug)]
pub struct Chief {
    pub email: String,
    pub unit: String,
    pub contact: Uuid,
    pub case: Uuid,
    pub link: Uuid,
}

impl Fieldwork {
    /// A reminder to so many chiefs, none of whom has answered. Nothing is queued.
    pub async fn with(world: World, chiefs: usize) -> Self {
        let mut units: Vec<_> = (1..=chiefs).map(|n| unit(&format!("vc-{n:04}"))).collect();
        for (place, unit) in units.iter_mut().enumerate() {
            let region = place % REGIONS;
            unit.contacts[0].email = format!("chef-{:04}@region{region}.example.com", place + 1);
        }
        world.database.insert_register(&units).await.unwrap();
        let new = round("2022");
        world.database.create_round(&new).await.unwrap();
        let round = new.round;
        world
            .database
            .open_cases(round.id, OPENS, &mut new_id)
            .await
            .unwrap();
        let [_, reminder, ..] = MailingNumber::ALL;
        let mailing = mailing(&world.database, &round, (reminder, DURING)).await;
        let candidates = world.database.candidates(&mailing, DURING).await.unwrap();
        let chiefs = candidates
            .iter()
            .map(|candidate| Chief {
                email: candidate.addressees[0].email.clone(),
                unit: candidate.unit_name.clone(),
                contact: candidate.addressees[0].contact_id,
                case: candidate.case_id,
                link: candidate.link_id.unwrap(),
            })
            .collect();
        Self {
            world,
            round,
            mailing,
            chiefs,
            clock: Arc::new(AtomicI64::new(DURING.millis())),
            office: PostOffice::open().await,
            sending: Sending {
                at_once: 4,
                pace: "1000000/s".parse().unwrap(),
                lease: Duration::from_mins(10),
                look: Duration::from_millis(20),
            },
            secret: "5e".repeat(32).parse().unwrap(),
        }
    }

    pub fn database(&self) -> &Database {
        &self.world.database
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.clock.load(Ordering::SeqCst))
    }

    pub fn passes(&self, time: Duration) {
        let now = self.now().after(time);
        self.clock.store(now.millis(), Ordering::SeqCst);
    }

    pub fn message(&self, chief: &Chief) -> NewMessage {
        NewMessage {
            id: new_id(),
            kind: MessageKind::Reminder,
            round_id: Some(self.round.id),
            mailing_id: Some(self.mailing.id),
            case_id: Some(chief.case),
            contact_id: Some(chief.contact),
            link_id: Some(chief.link),
            language: "sv".to_owned(),
            recipient: chief.email.parse().unwrap(),
            text: None,
            due_at: self.now(),
        }
    }

    pub fn messages(&self) -> Vec<NewMessage> {
        self.chiefs
            .iter()
            .map(|chief| self.message(chief))
            .collect()
    }

    /// Queues the mailing to everybody.
    pub async fn queue(&self) -> u64 {
        let messages = self.messages();
        self.database()
            .enqueue(&messages, self.now())
            .await
            .unwrap()
    }

    /// The round's invitation, with the same text, that has not been queued.
    pub async fn invitation(&self) -> Mailing {
        let planned = (MailingNumber::INVITATION, OPENS);
        mailing(self.database(), &self.round, planned).await
    }

    /// Queues a mailing as the server does when its time has come: to whoever may get it.
    pub async fn start(&self, mailing: &Mailing) -> u64 {
        let (actor, now) = (Actor::Server, self.now());
        let started =
            schedule::start(self.database(), &self.round, mailing, &actor, now, new_id()).await;
        started.unwrap().queued
    }

    pub fn post(&self) -> Post {
        Self::post_to(&self.office.url())
    }

    pub fn post_to(url: &str) -> Post {
        let mut settings: SmtpSettings = url.parse().unwrap();
        settings.connecting = Duration::from_secs(5);
        settings.sending = Duration::from_secs(5);
        Post::Smtp(Smtp::new(settings).unwrap())
    }

    pub fn composer(&self) -> Composer {
        let sender = Sender {
            from: Some("enkat@example.com".parse().unwrap()),
            ..Sender::default()
        };
        let origin: Origin = ORIGIN.parse().unwrap();
        let translations = Translations::load().unwrap();
        Composer::new(self.secret.clone(), origin, sender, translations)
    }

    pub fn worker(&self) -> Worker {
        self.worker_on(self.database().clone(), self.post())
    }

    pub fn worker_on(&self, database: Database, post: Post) -> Worker {
        Worker::new(
            database,
            post,
            self.composer(),
            Clock::Set(Arc::clone(&self.clock)),
            Chance,
            self.sending,
            Wake::default(),
        )
    }

    pub async fn submits(&self, chief: &Chief) {
        let view = self.world.view(chief.link).await;
        // Receipts must differ.
        let place = self.chiefs.iter().position(|one| one.link == chief.link);
        let receipt = submission(&view, u8::try_from(place.unwrap()).unwrap());
        let submitted = self.database().submit(chief.link, receipt, self.now());
        submitted.await.unwrap();
    }

    /// The mailing's messages, by recipient.
    pub async fn outbox(&self) -> BTreeMap<String, Listed> {
        let filter = MessageFilter {
            mailing: Some(self.mailing.id),
            ..MessageFilter::default()
        };
        let page = self.database().messages(&filter, 0, 10_000).await.unwrap();
        page.messages
            .into_iter()
            .map(|message| (message.recipient.clone(), message))
            .collect()
    }

    pub async fn state(&self, chief: &Chief) -> (MessageState, String) {
        let message = self.outbox().await.remove(&chief.email).unwrap();
        (message.state, message.note)
    }

    /// What happened to the message to a chief, in order.
    pub async fn events(&self, chief: &Chief) -> Vec<String> {
        let id = self.outbox().await[&chief.email].id;
        let events = self.database().message_events(id).await.unwrap();
        events.into_iter().map(|event| event.event).collect()
    }

    /// How many letters each recipient has, whoever has any.
    pub fn letters(&self) -> BTreeMap<String, usize> {
        let mut letters = BTreeMap::new();
        for taken in self.office.taken() {
            *letters.entry(taken.recipient).or_default() += 1;
        }
        letters
    }

    pub fn everybody_has_one(&self) {
        let letters = self.letters();
        for chief in &self.chiefs {
            assert_eq!(letters.get(&chief.email), Some(&1), "{}", chief.email);
        }
        assert_eq!(letters.len(), self.chiefs.len());
    }
}

async fn mailing(
    database: &Database,
    round: &Round,
    (number, planned_at): (MailingNumber, Timestamp),
) -> Mailing {
    let planned = Planned {
        id: new_id(),
        number,
        planned_at,
    };
    let (actor, now) = (Actor::Server, OPENS);
    database
        .schedule_mailings(round.id, &[planned], &actor, now, new_id())
        .await
        .unwrap();
    let mailings = database.mailings(round.id).await.unwrap();
    let mailing = mailings.into_iter().find(|one| one.number == number);
    let mailing = mailing.unwrap();
    let text = TemplateText {
        language: "sv".to_owned(),
        subject: "Påminnelse till {vårdcentral}".to_owned(),
        body: "Hej {mottagare}!\n\n{länk}\n\nSvara senast {sista_dag}.".to_owned(),
        edited_at: now,
    };
    database
        .save_templates(mailing.id, &[text], &actor, now, new_id())
        .await
        .unwrap();
    mailing
}
