//! What a button on a page of questions asks for, besides keeping what was typed.

use app::Wish;
use survey::{
    checks::{Change, Finding},
    instrument::{Question, Variable},
};

use super::{form::SectionForm, section::SaveError, visit::Visit};
use crate::storage::{NewConfirmation, StoredText};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Button {
    /// "Spara och fortsätt", or Enter in a field.
    GoOn,
    /// Takes a choice back.
    Clear { variable: String },
    /// Chooses the text that this device wrote.
    Mine { variable: String },
    /// Chooses the text that the other device wrote.
    Theirs { variable: String },
    /// Answers a soft check.
    Box(Wish),
}

/// No page of ours has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page has no such button")]
pub(super) struct NoButton;

impl Button {
    pub fn read(name: &str, variables: &[&Variable]) -> Result<Self, NoButton> {
        if ["", "next"].contains(&name) {
            return Ok(Self::GoOn);
        }
        let button = match name.split_once(':') {
            Some(("clear", variable)) => Self::Clear {
                variable: variable.to_owned(),
            },
            Some(("mine", variable)) => Self::Mine {
                variable: variable.to_owned(),
            },
            Some(("theirs", variable)) => Self::Theirs {
                variable: variable.to_owned(),
            },
            _ => Self::Box(Wish::parse(name).ok_or(NoButton)?),
        };
        if variables.iter().any(|one| one.key == button.anchor()) {
            Ok(button)
        } else {
            Err(NoButton)
        }
    }

    /// The field it stands at.
    fn anchor(&self) -> &str {
        match self {
            Self::GoOn => "",
            Self::Clear { variable } | Self::Mine { variable } | Self::Theirs { variable } => {
                variable
            }
            Self::Box(Wish::Mend { anchor, .. } | Wish::Keep { anchor, .. }) => anchor,
        }
    }

    /// Only going on, or choosing, says which of two devices' texts is to hold: a page that is sent for
    /// another reason leaves open what it did not touch.
    pub fn spare_open_conflicts(&self, visit: &Visit, form: &mut SectionForm) {
        if *self == Self::GoOn {
            return;
        }
        let clashes = visit.clashes(|_| true);
        form.typed.retain(|(variable, raw)| {
            !clashes.iter().any(|clash| {
                clash.variable == *variable && (clash.theirs == *raw || self.chooses(variable))
            })
        });
    }

    fn chooses(&self, field: &str) -> bool {
        match self {
            Self::Mine { variable } | Self::Theirs { variable } => variable == field,
            _ => false,
        }
    }
}

impl Visit {
    /// Does what the button asks for. Gives the field to return to.
    pub(super) async fn grant(
        &self,
        form: &SectionForm,
        button: Button,
        questions: impl Iterator<Item = &Question>,
    ) -> Result<String, SaveError> {
        let anchor = button.anchor().to_owned();
        let raw = match button {
            Button::GoOn => return Ok(anchor),
            Button::Box(wish) => {
                self.answer_box(form, wish, questions).await?;
                return Ok(anchor);
            }
            Button::Clear { .. } => String::new(),
            Button::Theirs { .. } => self.answers.raw(&anchor).to_owned(),
            Button::Mine { .. } => {
                let clashes = self.clashes(|one| one == anchor);
                // Pressed twice: it has been chosen already.
                let Some(clash) = clashes.into_iter().next() else {
                    return Ok(anchor);
                };
                clash.mine
            }
        };
        let change = Change {
            variable: anchor.clone(),
            raw,
        };
        self.append(&[change], form.page, self.case.latest())
            .await?;
        Ok(anchor)
    }

    /// "Stämmer": keeps the very texts that the finding is about, with the reason on the form.
    pub(super) async fn keep(
        &self,
        form: &SectionForm,
        finding: &Finding,
    ) -> Result<(), SaveError> {
        let about = StoredText::new(finding.about(&self.answers))?;
        let reason = form.reason(finding).cloned().unwrap_or_default();
        self.confirm(finding.matter.rule(), finding.anchor(), about, reason)
            .await
    }

    async fn answer_box(
        &self,
        form: &SectionForm,
        wish: Wish,
        questions: impl Iterator<Item = &Question>,
    ) -> Result<(), SaveError> {
        let (Wish::Mend { rule, anchor, .. } | Wish::Keep { rule, anchor }) = &wish;
        let open = self.examine(questions).open;
        let finding = open
            .into_iter()
            .find(|finding| finding.matter.rule() == rule && finding.anchor() == anchor);
        // The text has been changed since the page was shown: there is nothing left to answer.
        let Some(finding) = finding else {
            return Ok(());
        };
        match &wish {
            Wish::Mend { mend, .. } => {
                if let Some(mend) = finding.mends.get(*mend) {
                    self.append(&mend.changes, form.page, self.case.latest())
                        .await?;
                }
            }
            Wish::Keep { .. } => {
                self.keep(form, &finding).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn confirm(
        &self,
        rule: &str,
        scope: &str,
        about: StoredText,
        reason: StoredText,
    ) -> Result<(), SaveError> {
        let new = NewConfirmation {
            id: self.world.shared.chance.id(self.now)?,
            rule: rule.to_owned(),
            scope: scope.to_owned(),
            about,
            reason,
        };
        self.world
            .shared
            .database
            .confirm(self.link, new, self.now)
            .await?;
        Ok(())
    }
}
