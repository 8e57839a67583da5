//! Whom a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{extract::ConnectInfo, http::request::Parts};

use super::World;

/// Where a request comes from: told by a proxy that is trusted, else by the connection. Each proxy adds the one before it
/// at the end, so the last that is no proxy of ours is the first that nobody could make up.
pub(super) fn client_address(world: &World, parts: &Parts) -> IpAddr {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    let proxies = &world.shared.settings.proxies;
    if !proxies.contains(&peer.to_canonical()) {
        return peer;
    }
    let told: Vec<&str> = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    told.into_iter()
        .rev()
        .map_while(|address| address.parse::<IpAddr>().ok())
        .find(|address| !proxies.contains(&address.to_canonical()))
        .unwrap_or(peer)
}
