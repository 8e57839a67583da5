//! What the checks ask chiefs of health centres about, and what they leave alone.

mod cells;
mod number;
mod ordinary;
mod percent;
mod promises;
mod support;
mod swap;
mod total;
