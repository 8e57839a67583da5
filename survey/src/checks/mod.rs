//! What to ask about an answer: hard errors that must be mended, soft checks that may be confirmed.

use serde::{Deserialize, Serialize};

use crate::answers::Number;

/// A soft check as an instrument file asks for it, on one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// Posts that look like percent: 150 for 1,5. Columns of a numeric matrix.
    PostsInPercent { posts: Vec<String>, persons: String },
    /// Persons and posts in each other's column.
    Swapped { persons: String, posts: String },
    /// More posts than persons.
    PostsExceedPersons { posts: String, persons: String },
    /// The first row holds the sum of the others.
    TotalInFirstRow { columns: Vec<String> },
    /// A number outside what is usual.
    Unusual { low: Number, high: Number },
    /// A number more than `factor` times larger or smaller than the register's field of that key.
    FarFromRegister { field: String, factor: Number },
}
