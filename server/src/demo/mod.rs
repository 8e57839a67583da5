//! The demo: a made-up country of health centres to try the product on.

pub mod register;
