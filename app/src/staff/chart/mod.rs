//! Charts as SVG. They stretch to the window while their texts keep their size, take their colours from the style sheet,
//! and never stand alone: a sentence says what each shows, and a table holds its numbers.

mod bar;
mod curve;
mod line;
mod plot;
mod svg;
mod swatch;

pub use bar::bar;
pub use curve::Curve;
pub use line::{LineChart, Mark, Tick};
pub use swatch::swatch;
