//! The world.

pub mod demo;
