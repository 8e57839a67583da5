//! The pages of those who work with the survey, under `/admin`. Each area has its routes in a module of its own.

mod accounts;
mod cleaning;
mod data;
mod door;
mod follow_up;
mod headers;
mod home;
mod log;
mod midway;
mod origin;
mod posted;
mod provider;
mod register;
mod rounds;
mod session;
mod sign_in;

use axum::{
    Router, middleware,
    routing::{get, post},
};

use super::World;

pub(in crate::web) use door::Door;
pub(crate) use posted::{Asked, Posted};
pub(in crate::web) use register::Intake;
pub(crate) use session::{Administrator, Analyst, Reader, StaffVisit};

/// Every area's routes. A new area is one more `merge`.
pub(super) fn routes() -> Router<World> {
    Router::new()
        .route(
            "/admin/logga-in",
            get(sign_in::show).post(sign_in::password),
        )
        .route(
            "/admin/logga-in/losenord",
            get(sign_in::show_choose).post(sign_in::choose),
        )
        .route(
            "/admin/logga-in/ny-kod",
            get(sign_in::show_set_up).post(sign_in::set_up),
        )
        .route(
            "/admin/logga-in/kod",
            get(sign_in::show_code).post(sign_in::code),
        )
        .route("/admin/logga-in/oidc", get(provider::back))
        .route("/admin/logga-in/oidc/borja", get(provider::begin))
        .route("/admin/logga-ut", post(sign_in::sign_out))
        .route("/admin/konton", get(accounts::list).post(accounts::add))
        .route("/admin/konton/ny", get(accounts::new))
        .route("/admin/konton/{id}", get(accounts::show))
        .route("/admin/konton/{id}/roll", post(accounts::change_role))
        .route("/admin/konton/{id}/aterstall", post(accounts::reset))
        .route(
            "/admin/konton/{id}/avsluta",
            get(accounts::ask_end).post(accounts::end),
        )
        .route("/admin/logg", get(log::show))
        .merge(data::routes())
        .merge(cleaning::routes())
        .merge(follow_up::routes())
        .merge(register::routes())
        .merge(rounds::routes())
        .route("/admin/{*rest}", get(home::missing))
}

/// The routes, with what surrounds them.
pub(super) fn router(world: &World) -> Router<World> {
    routes()
        .layer(middleware::from_fn_with_state(
            world.clone(),
            origin::from_here,
        ))
        .layer(middleware::from_fn_with_state(world.clone(), headers::set))
}
