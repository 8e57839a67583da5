//! Where staff may sign in besides here, as the environment of `vardenkat serve` says.

use std::env;

use crate::provider::{Provider, Registration, RegistrationError};

const ISSUER: &str = "VARDENKAT_OIDC_ISSUER";
const CLIENT_ID: &str = "VARDENKAT_OIDC_CLIENT_ID";
const CLIENT_SECRET: &str = "VARDENKAT_OIDC_CLIENT_SECRET";
const NAME: &str = "VARDENKAT_OIDC_NAME";

#[derive(Debug, thiserror::Error)]
pub(super) enum ProviderSetupError {
    #[error("{ISSUER} is set, so {0} must be too")]
    Missing(&'static str),
    #[error(
        "people come back from the sign-in provider: name the survey's public address with --origin"
    )]
    NoOrigin,
    #[error("{ISSUER}: {0}")]
    Registration(#[from] RegistrationError),
}

/// None where nothing is set up.
pub(super) fn of_environment(has_origin: bool) -> Result<Option<Provider>, ProviderSetupError> {
    let Ok(issuer) = env::var(ISSUER) else {
        return Ok(None);
    };
    let must = |name| env::var(name).map_err(|_| ProviderSetupError::Missing(name));
    let registration = Registration {
        issuer,
        client_id: must(CLIENT_ID)?,
        client_secret: must(CLIENT_SECRET)?,
        name: env::var(NAME).ok(),
    };
    if !has_origin {
        return Err(ProviderSetupError::NoOrigin);
    }
    Ok(Some(Provider::new(registration)?))
}
