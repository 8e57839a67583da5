//! Questions that nobody can reach, whatever the register says and whatever is answered.

use super::{names::Names, questions::SectionDraft, reader::Reader};

pub(super) fn check(_reader: &Reader<'_>, _sections: &[SectionDraft<'_>], _names: &Names) {}
