//! How far the work has come, for whoever waits.

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Bytes of the file, or of the sheet within it.
    Reading,
    /// Rows.
    Checking,
    /// Rows.
    Comparing,
}

/// `done` of `of`, never more; `of` is 0 only where there is nothing to do. Each stage ends with `done == of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub done: u64,
    pub of: u64,
}

/// Rows between two reports.
pub(crate) const EVERY: usize = 2_000;

/// Rows as a report counts them.
pub(crate) fn report(progress: &mut dyn FnMut(Progress), stage: Stage, (done, of): (usize, usize)) {
    progress(Progress {
        stage,
        done: done as u64,
        of: of as u64,
    });
}

/// For those who do not wait.
pub fn quiet(_: Progress) {}
