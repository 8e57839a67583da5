use std::str::FromStr;

/// Where a case stands. A case has one at a time; each is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    NotInvited,
    Invited,
    /// The last mail about it came back, and nobody has opened the questionnaire.
    Bounced,
    /// Somebody has looked at a page of questions.
    Opened,
    Started,
    /// Enough is answered for the answers to be of use, but nothing is submitted.
    Partial,
    Complete,
    /// Submitted, and opened for changes again. What was submitted stands.
    Reopened,
    Refused,
    Unreachable,
    ClosedBeforeStart,
    BranchOffice,
    OpenedAfterStart,
}

/// What staff has decided of a case. The last decision holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ruling {
    /// It is to answer; takes an earlier ruling back.
    #[default]
    Eligible,
    ClosedBeforeStart,
    BranchOffice,
    OpenedAfterStart,
    Refused,
    Unreachable,
}

/// What has happened to a case, as far as its status goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and any of them may hold with any other"
)]
pub struct Signs {
    pub invited: bool,
    /// The last thing that mail did was to come back.
    pub bounced: bool,
    pub opened: bool,
    pub started: bool,
    /// [`super::Threshold::is_met`] by what is answered.
    pub enough: bool,
    pub submitted: bool,
    pub reopened: bool,
    pub ruling: Ruling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownName;

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no such status, ruling or measure")
    }
}

impl std::error::Error for UnknownName {}

impl Signs {
    /// Not being eligible counts before everything. Handed-in answers count before a refusal: whoever refused has
    /// answered after all. A ruling counts before what happened without anything being handed in.
    pub const fn status(&self) -> Status {
        match self.ruling {
            Ruling::ClosedBeforeStart => return Status::ClosedBeforeStart,
            Ruling::BranchOffice => return Status::BranchOffice,
            Ruling::OpenedAfterStart => return Status::OpenedAfterStart,
            Ruling::Eligible | Ruling::Refused | Ruling::Unreachable => {}
        }
        if self.submitted {
            return if self.reopened {
                Status::Reopened
            } else {
                Status::Complete
            };
        }
        match self.ruling {
            Ruling::Refused => Status::Refused,
            Ruling::Unreachable => Status::Unreachable,
            _ if self.started && self.enough => Status::Partial,
            _ if self.started => Status::Started,
            _ if self.opened => Status::Opened,
            _ if self.bounced => Status::Bounced,
            _ if self.invited => Status::Invited,
            _ => Status::NotInvited,
        }
    }
}

impl Status {
    /// In the order of a table.
    pub const ALL: [Self; 13] = [
        Self::NotInvited,
        Self::Invited,
        Self::Bounced,
        Self::Opened,
        Self::Started,
        Self::Partial,
        Self::Complete,
        Self::Reopened,
        Self::Refused,
        Self::Unreachable,
        Self::ClosedBeforeStart,
        Self::BranchOffice,
        Self::OpenedAfterStart,
    ];

    /// As stored, and as it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotInvited => "not_invited",
            Self::Invited => "invited",
            Self::Bounced => "bounced",
            Self::Opened => "opened",
            Self::Started => "started",
            Self::Partial => "partial",
            Self::Complete => "complete",
            Self::Reopened => "reopened",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::ClosedBeforeStart => "closed_before_start",
            Self::BranchOffice => "branch_office",
            Self::OpenedAfterStart => "opened_after_start",
        }
    }

    /// Whether answers were handed in, opened again or not.
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::Complete | Self::Reopened)
    }

    /// Whether it belongs to those that are asked at all.
    pub const fn is_eligible(self) -> bool {
        !matches!(
            self,
            Self::ClosedBeforeStart | Self::BranchOffice | Self::OpenedAfterStart
        )
    }
}

impl FromStr for Status {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(UnknownName)
    }
}

impl TryFrom<String> for Status {
    type Error = UnknownName;

    fn try_from(text: String) -> Result<Self, UnknownName> {
        text.parse()
    }
}

impl Ruling {
    pub const ALL: [Self; 6] = [
        Self::Eligible,
        Self::ClosedBeforeStart,
        Self::BranchOffice,
        Self::OpenedAfterStart,
        Self::Refused,
        Self::Unreachable,
    ];

    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::ClosedBeforeStart => "closed_before_start",
            Self::BranchOffice => "branch_office",
            Self::OpenedAfterStart => "opened_after_start",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
        }
    }
}

impl FromStr for Ruling {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|ruling| ruling.as_str() == text)
            .ok_or(UnknownName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_climbs_as_more_is_known_of_it() {
        let mut signs = Signs::default();
        assert_eq!(signs.status(), Status::NotInvited);
        signs.invited = true;
        assert_eq!(signs.status(), Status::Invited);
        signs.bounced = true;
        assert_eq!(signs.status(), Status::Bounced);
        signs.opened = true;
        assert_eq!(signs.status(), Status::Opened);
        signs.started = true;
        assert_eq!(signs.status(), Status::Started);
        signs.enough = true;
        assert_eq!(signs.status(), Status::Partial);
        signs.submitted = true;
        assert_eq!(signs.status(), Status::Complete);
        signs.reopened = true;
        assert_eq!(signs.status(), Status::Reopened);
    }

    #[test]
    fn whoever_refused_and_then_answered_has_answered() {
        let refused = Signs {
            ruling: Ruling::Refused,
            started: true,
            ..Signs::default()
        };
        assert_eq!(refused.status(), Status::Refused);
        let answered = Signs {
            submitted: true,
            ..refused
        };
        assert_eq!(answered.status(), Status::Complete);
    }

    #[test]
    fn a_branch_office_is_not_asked_even_where_it_has_answered() {
        let branch = Signs {
            submitted: true,
            ruling: Ruling::BranchOffice,
            ..Signs::default()
        };
        assert_eq!(branch.status(), Status::BranchOffice);
        assert!(!branch.status().is_eligible());
    }

    #[test]
    fn every_name_reads_back() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        for ruling in Ruling::ALL {
            assert_eq!(ruling.as_str().parse(), Ok(ruling));
        }
        assert_eq!("answered".parse::<Status>(), Err(UnknownName));
    }
}
