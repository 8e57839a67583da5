//! What the outbox and those who send from it promise, on each database.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../../../mail/tests/support/post_office.rs"]
#[allow(dead_code, reason = "other tests ask for the rest")]
mod post_office;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "other tests ask for the rest")]
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

mod commands;
mod fieldwork;
mod killing;
mod outbox;
mod reporting;
mod sending;
