use survey::{
    cleaning::{Given, Value},
    condition::Fact,
};

/// What the files hold of one unit: what was handed in, and what cleaning made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The identity that outlives names and addresses.
    pub id: String,
    pub region: String,
    pub ownership: Option<String>,
    /// What the register says, one per field of the instrument's register, in its order.
    pub register: Vec<Fact>,
    /// What staff decided that the case counts as, by the name that it has in every file.
    pub disposition: String,
    /// When the answers were handed in, as ISO 8601.
    pub submitted: String,
    /// The version of the rules that cleaned them.
    pub rule_set: String,
    /// So many questions wait for an editor.
    pub open_queries: usize,
    /// One per variable, in the instrument's order.
    pub given: Vec<Given>,
    /// One per variable, in the instrument's order.
    pub values: Vec<Value>,
}
