//! What is kept: the register, rounds, links, and everything a respondent did.
//!
//! One SQL text serves SQLite and PostgreSQL; each stands beside the type it fills. Answers are only ever
//! added to, and both databases refuse to change or delete them. Clock and identities are passed in.

mod actor;
mod answers;
mod append;
mod audit;
mod case;
mod cleaning;
mod closed_cuts;
mod confirmation;
mod contact;
mod database;
mod delegation;
mod disposition;
mod group_commit;
mod history;
mod late;
mod link;
mod mailbox;
mod mailing;
mod merge;
mod outbox;
mod progress;
mod receipt;
mod region_link;
pub mod register;
mod report;
mod report_handling;
mod report_listing;
mod revision;
mod round;
mod round_setup;
mod selection;
mod session;
mod sqlite;
mod staff;
mod staff_subject;
mod standing;
mod submission;
mod text;
mod time;
mod unit;

pub use actor::Actor;
pub use answers::CurrentAnswers;
pub use append::{AppendError, Appended, Outcome};
pub use audit::{AuditChoices, AuditEntry, AuditFilter, AuditPage, AuditSubject};
pub use case::{Case, CaseView, OpenCasesError};
pub use cleaning::{
    CaseToClean, CleaningCount, Correspondence, CutCase, CutCleaned, CutRow, DataCut, DecideError,
    DecisionBody, Earlier, Edition, EditionError, EditionOfUnit, EditionToReview, Known,
    LetterToChief, NewDecision, NewEdition, NewRuleSet, Step, StoredRuleSet,
};
pub use confirmation::{ConfirmError, Confirmation, NewConfirmation};
pub use contact::NewContact;
pub use database::{ConnectError, Database, Location};
pub use delegation::{DelegateError, Delegation, NewDelegation};
pub use disposition::{Disposition, DispositionCode, DispositionError, NoSuchDisposition};
pub use link::{Link, LinkError, RoundLink};
pub use mailbox::{BoxedEnvelope, BoxedLetter};
pub use mailing::{
    Addressee, Candidate, Mailing, MailingNumber, MailingNumberError, Planned, ScheduleError,
    StartMailingError, Started, TemplateText,
};
pub use merge::{Merge, merge};
pub use outbox::{
    DeliveryOutcome, Dispatch, Event, Lease, Leased, Listed, MessageCount, MessageFilter,
    MessageKind, MessagePage, MessageState, NewDeliveryReport, NewMessage, NoSuchKind, NoSuchState,
    Settled, Settlement,
};
pub use progress::{Behind, CaseLine, CasesBehind, ListPage, Written};
pub use receipt::{Receipt, ReceiptError};
pub use region_link::{RegionLink, RegionLinkError};
pub use report::{NewReport, Report, ReportError, ReportKind, ReportKindError};
pub use report_handling::HandleError;
pub use report_listing::{ListedReport, ReportHandling, ReportOutcome};
pub use revision::{NewRevision, Revision, RevisionNumber};
pub use round::{CreateRoundError, NewRound, Round};
pub use round_setup::{ChangeRoundError, MailingSetup, RoundChange, RoundSetup, TurnRoundError};
pub use selection::Selection;
pub use session::{NewSession, SESSION_IDLE, SESSION_MOST, Session};
pub use sqlite::SqlitePools;
pub use staff::{Credentials, NewStaff, Staff, StaffError};
pub use standing::{Refusal, Standing};
pub use submission::{NewSubmission, ReopenError, Snapshot, Submission, SubmitError, Submitted};
pub use text::{StoredText, StoredTextError};
pub use time::Timestamp;
pub use unit::{NewUnit, RegisterError, Unit};
