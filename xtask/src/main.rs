//! Everything a developer does, in one command each.
fn main() {}
