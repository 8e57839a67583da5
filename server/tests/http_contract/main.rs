//! What a browser, a mail scanner or a vandal meets, asked of the real routes with a clock that stands still.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/postgres.rs"]
mod postgres;

/// Makes a test on each database of every promise named.
macro_rules! on_both_databases {
    ($($promise:ident),+ $(,)?) => {
        mod on_sqlite {
            use $crate::site::Site;
            $(
                #[tokio::test]
                async fn $promise() {
                    super::$promise(Site::on_sqlite().await).await;
                }
            )+
        }
        mod on_postgres {
            use $crate::site::Site;
            $(
                #[tokio::test]
                async fn $promise() {
                    super::$promise(Site::on_postgres().await).await;
                }
            )+
        }
    };
}

/// Makes a test of every promise that no database could break by itself.
macro_rules! on_sqlite {
    ($($promise:ident),+ $(,)?) => {
        mod on_sqlite_alone {
            use $crate::site::Site;
            $(
                #[tokio::test]
                async fn $promise() {
                    super::$promise(Site::on_sqlite().await).await;
                }
            )+
        }
    };
}

mod asking;
mod checking;
mod colleague;
mod followed;
mod page;
mod picture;
mod protecting;
mod refusing;
mod region_links;
mod saving;
mod second_instrument;
mod sharing;
mod site;
mod staff_cleaning;
mod staff_cleaning_form;
mod staff_cleaning_list;
mod staff_data;
mod staff_follow_up;
mod staff_gate;
mod staff_log;
mod staff_provider;
mod staff_register;
mod staff_rounds;
mod staff_sign_in;
mod standing;
mod submitting;
mod two_devices;
mod walking;
