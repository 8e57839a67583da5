//! The world.

pub mod demo;
pub mod links;
pub mod storage;
