//! The pages of those who work with the survey, under `/admin`. Each area has its routes in a module of its own.

mod headers;
mod home;
mod origin;
mod posted;
mod session;

use axum::{Router, middleware, routing::get};

use super::World;

pub(crate) use posted::{Asked, Posted};
pub(crate) use session::{Administrator, Analyst, Reader, StaffVisit};

/// Every area's routes. A new area is one more `merge`.
pub(super) fn routes() -> Router<World> {
    Router::new()
        .route("/admin", get(home::show))
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
