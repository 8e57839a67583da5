//! What the storage promises, on each database that it serves.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

/// Makes a test on each database of every promise named.
macro_rules! on_both_databases {
    ($($promise:ident),+ $(,)?) => {
        mod on_sqlite {
            use $crate::support::world::World;
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $promise() {
                    super::$promise(World::on_sqlite().await).await;
                }
            )+
        }
        mod on_postgres {
            use $crate::support::world::World;
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $promise() {
                    super::$promise(World::on_postgres().await).await;
                }
            )+
        }
    };
}

mod answering;
mod cleaning;
mod follow_up;
mod importing;
mod interleaving;
mod keeping;
mod killing;
mod mailings;
mod region_links;
mod register;
mod staff;
mod submitting;
mod telling;
