//! The world: HTTP, storage, links, the demo and the command line.

pub mod assets;
pub mod cleaning;
pub mod clock;
pub mod command;
pub mod data;
pub mod demo;
pub mod instruments;
pub mod intake;
pub mod links;
pub mod mail;
pub mod provider;
pub mod rounds;
pub mod staff;
pub mod storage;
pub mod tables;
pub mod web;
