//! Work that takes seconds: it runs beside the requests, tells how far it has come, and is done once.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use register::Progress;
use tokio::sync::watch;

/// Results take memory: the oldest goes when there are more.
const KEPT: usize = 8;

/// Work by its key.
#[derive(Debug)]
pub struct Jobs<K, T>(Mutex<Vec<(K, Arc<Job<T>>)>>);

/// One piece of work.
#[derive(Debug)]
pub struct Job<T> {
    progress: Mutex<Option<Progress>>,
    standing: watch::Sender<Standing<T>>,
}

/// How far a piece of work has come.
#[derive(Debug)]
pub enum Standing<T> {
    Working(Option<Progress>),
    Done(Arc<T>),
    /// It broke; it is begun anew when it is asked for again.
    Broken,
}

impl<T> Clone for Standing<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Working(progress) => Self::Working(*progress),
            Self::Done(result) => Self::Done(Arc::clone(result)),
            Self::Broken => Self::Broken,
        }
    }
}

impl<K, T> Default for Jobs<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq, T: Send + Sync + 'static> Jobs<K, T> {
    /// The work of this key, where it was begun and has not broken.
    pub fn get(&self, key: &K) -> Option<Arc<Job<T>>> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, job) = jobs.iter().find(|(known, _)| known == key)?;
        (!matches!(*job.standing.borrow(), Standing::Broken)).then(|| Arc::clone(job))
    }

    /// Begins work on a thread of its own.
    pub fn begin(
        &self,
        key: K,
        work: impl FnOnce(&mut dyn FnMut(Progress)) -> T + Send + 'static,
    ) -> Arc<Job<T>> {
        let job = Arc::new(Job {
            progress: Mutex::new(None),
            standing: watch::Sender::new(Standing::Working(None)),
        });
        let own = Arc::clone(&job);
        tokio::spawn(async move {
            let telling = Arc::clone(&own);
            let done =
                tokio::task::spawn_blocking(move || work(&mut |progress| telling.tell(progress)));
            let standing = match done.await {
                Ok(result) => Standing::Done(Arc::new(result)),
                Err(error) => {
                    tracing::error!(%error, "reading a register file broke");
                    Standing::Broken
                }
            };
            own.standing.send_replace(standing);
        });
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.retain(|(known, _)| *known != key);
        if jobs.len() >= KEPT {
            jobs.remove(0);
        }
        jobs.push((key, Arc::clone(&job)));
        job
    }

    /// Forgets work whose results hold no more.
    pub fn forget(&self, gone: impl Fn(&K) -> bool) {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.retain(|(key, _)| !gone(key));
    }
}

impl<T> Job<T> {
    fn tell(&self, progress: Progress) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    }

    /// Waits for the result, at most so long.
    pub async fn wait(&self, at_most: Duration) -> Standing<T> {
        let mut standing = self.standing.subscribe();
        let done = standing.wait_for(|standing| !matches!(standing, Standing::Working(_)));
        if let Ok(Ok(standing)) = tokio::time::timeout(at_most, done).await {
            return standing.clone();
        }
        Standing::Working(*self.progress.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn work_is_done_once_however_often_it_is_asked_for() {
        let jobs: Jobs<u8, u8> = Jobs::default();
        let job = jobs.begin(1, |_| 7);
        assert!(matches!(job.wait(LONG).await, Standing::Done(seven) if *seven == 7));
        assert!(Arc::ptr_eq(&jobs.get(&1).unwrap(), &job));
        assert!(jobs.get(&2).is_none());
    }

    #[tokio::test]
    async fn work_under_way_tells_how_far_it_has_come() {
        let jobs: Jobs<u8, u8> = Jobs::default();
        let (release, waiting) = std::sync::mpsc::channel::<()>();
        let job = jobs.begin(1, move |tell| {
            tell(Progress {
                stage: register::Stage::Checking,
                done: 40,
                of: 100,
            });
            let _ = waiting.recv();
            7
        });
        let told = loop {
            match job.wait(Duration::from_millis(10)).await {
                Standing::Working(None) => {}
                told => break told,
            }
        };
        let Standing::Working(Some(progress)) = told else {
            panic!("it is under way: {told:?}")
        };
        assert_eq!((progress.done, progress.of), (40, 100));

        drop(release);
        assert!(matches!(job.wait(LONG).await, Standing::Done(seven) if *seven == 7));
    }

    #[tokio::test]
    async fn work_that_breaks_is_begun_anew() {
        let jobs: Jobs<u8, u8> = Jobs::default();
        let job = jobs.begin(1, |_| panic!("a file nobody had thought of"));
        assert!(matches!(job.wait(LONG).await, Standing::Broken));
        assert!(jobs.get(&1).is_none());
    }

    #[tokio::test]
    async fn the_oldest_result_goes_when_there_are_many() {
        let jobs: Jobs<usize, usize> = Jobs::default();
        for key in 0..=KEPT {
            jobs.begin(key, move |_| key);
        }
        assert!(jobs.get(&0).is_none());
        assert!(jobs.get(&KEPT).is_some());
    }
}
