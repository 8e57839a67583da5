//! Chiefs at their keyboards.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::figures::Timings;
use crate::serving::Chief;
use crate::wire::Wire;

/// No load lasts longer than this, however slow the server.
const PATIENCE: Duration = Duration::from_secs(20);

const ROWS: [&str; 14] = [
    "gp_specialist",
    "other_specialist",
    "licensed_nonspecialist",
    "unlicensed_physician",
    "district_nurse",
    "specialist_nurse",
    "registered_nurse",
    "assistant_nurse",
    "dietitian",
    "psychosocial",
    "physiotherapist",
    "occupational_therapist",
    "medical_secretary",
    "other_staff",
];
const COLUMNS: [&str; 3] = ["persons", "fte", "temp_fte"];
/// Larger than whatever the filled-in page says.
static FRESH: AtomicUsize = AtomicUsize::new(100);

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Opens the staffing page.
    Render,
    /// Sends one field, as the page's script does.
    Autosave,
    /// Sends every cell of the staffing table at once.
    Fill,
}

#[derive(Clone, Copy)]
pub enum Pace {
    /// The next request as soon as the last is answered.
    WithoutPause,
    /// One request in each such stretch, spread evenly over the chiefs.
    Every(Duration),
}

pub struct Load {
    task: Task,
    at_once: usize,
    each: usize,
    pace: Pace,
}

/// A change that the server said it had kept.
pub struct Acknowledged {
    /// The chief's place in the survey.
    pub chief: usize,
    pub variable: String,
    pub value: String,
    pub change: Uuid,
}

pub struct Run {
    pub timings: Timings,
    pub errors: usize,
    pub acknowledged: Vec<Acknowledged>,
}

#[derive(Default)]
struct Seat {
    took: Vec<Duration>,
    errors: usize,
    acknowledged: Vec<Acknowledged>,
}

impl Load {
    /// `at_once` connections with `each` requests.
    pub fn new(task: Task, at_once: usize, each: usize) -> Self {
        Self {
            task,
            at_once,
            each,
            pace: Pace::WithoutPause,
        }
    }

    pub fn paced(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    pub async fn run(&self, address: SocketAddr, chiefs: &[Chief]) -> Run {
        let paths: Arc<Vec<String>> =
            Arc::new(chiefs.iter().map(|chief| chief.path.clone()).collect());
        let seated = Arc::new(Barrier::new(self.at_once + 1));
        let seats: Vec<_> = (0..self.at_once)
            .map(|place| {
                let (paths, seated) = (Arc::clone(&paths), Arc::clone(&seated));
                let (task, pace, each, at_once) = (self.task, self.pace, self.each, self.at_once);
                tokio::spawn(async move {
                    let mut wire = connect(address).await;
                    seated.wait().await;
                    let started = Instant::now();
                    let mut seat = Seat::default();
                    for turn in 0..each {
                        if let Pace::Every(stretch) = pace {
                            let share = u32::try_from(turn * at_once + place).unwrap();
                            let share = stretch * share / u32::try_from(at_once).unwrap();
                            tokio::time::sleep_until((started + share).into()).await;
                        }
                        if started.elapsed() > PATIENCE {
                            break;
                        }
                        if task == Task::Fill && place + turn * at_once >= paths.len() {
                            break;
                        }
                        // Nobody writes on without end in one case: a seat is taken by chief after chief.
                        let chief = (place + turn * at_once) % paths.len();
                        seat.act(task, &mut wire, chief, &paths[chief], turn).await;
                    }
                    seat
                })
            })
            .collect();
        seated.wait().await;
        let started = Instant::now();
        let mut run = Run {
            timings: Timings::new(self.at_once),
            errors: 0,
            acknowledged: Vec::new(),
        };
        for seat in seats {
            let seat = seat.await.unwrap();
            run.timings.took.extend(seat.took);
            run.errors += seat.errors;
            run.acknowledged.extend(seat.acknowledged);
        }
        run.timings.lasted = started.elapsed();
        run
    }
}

/// The line of those who wait to be let in is finite.
async fn connect(address: SocketAddr) -> Wire {
    for _ in 0..100 {
        if let Ok(wire) = Wire::connect(address).await {
            return wire;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the server lets nobody in");
}

impl Seat {
    async fn act(&mut self, task: Task, wire: &mut Wire, chief: usize, path: &str, turn: usize) {
        let typed = match task {
            Task::Render => Vec::new(),
            Task::Autosave => {
                let field = turn % (ROWS.len() * COLUMNS.len());
                let (row, column) = (field / COLUMNS.len(), field % COLUMNS.len());
                // A text that stands there already would rightly not be kept once more.
                let fresh = FRESH.fetch_add(1, Ordering::Relaxed);
                vec![typed(chief, row, column, fresh)]
            }
            Task::Fill => (0..ROWS.len())
                .flat_map(|row| {
                    (0..COLUMNS.len()).map(move |column| typed(chief, row, column, row + 2))
                })
                .collect(),
        };
        let sent = typed.iter().map(|one| {
            json!({
                "change": one.change,
                "name": one.variable,
                "value": one.value,
                "base": 0,
                "page": Uuid::from_u128(chief as u128 + 1),
                "at": 1_646_919_120_000_i64,
            })
        });
        let body = sent.collect::<serde_json::Value>().to_string();
        let started = Instant::now();
        let received = match task {
            Task::Render => wire.get(&format!("{path}/avsnitt/bemanning/1")).await,
            Task::Autosave | Task::Fill => {
                let path = format!("{path}/spara");
                wire.post(&path, "application/json", &body).await
            }
        };
        let took = started.elapsed();
        match received {
            Ok(received) if received.status == 200 && !received.body.is_empty() => {
                self.took.push(took);
                self.acknowledged.extend(typed);
            }
            _ => self.errors += 1,
        }
    }
}

fn typed(chief: usize, row: usize, column: usize, value: usize) -> Acknowledged {
    Acknowledged {
        chief,
        variable: format!("{}_{}", ROWS[row], COLUMNS[column]),
        value: value.to_string(),
        change: Uuid::now_v7(),
    }
}
