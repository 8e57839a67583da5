//! Somebody on the staff who is signed in, as the other areas' tests need one.

use app::staff::Role;
use axum::body::Body;
use axum::http::{Request, header};
use data_encoding::BASE32_NOPAD;
use server::clock::Chance;
use server::storage::{Actor, NewSession, NewStaff, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::page::{Answered, encode};
use crate::site::{HOME, Site};

pub struct Colleague<'s> {
    pub site: &'s Site,
    pub email: String,
    pub id: Uuid,
    cookie: String,
}

impl Site {
    /// A new account with this role, and a session of it.
    pub async fn colleague(&self, role: Role) -> Colleague<'_> {
        let now = Timestamp::from_millis(self.now());
        let id = Chance.id(now).unwrap();
        let email = format!("{}-{}@example.se", role.name(), id.simple());
        let new = NewStaff {
            id,
            email: email.clone(),
            name: "Kim Ek".to_owned(),
            role,
            password: None,
        };
        let entry = || Chance.id(now).unwrap();
        self.database
            .add_staff(&new, &Actor::CommandLine, now, entry())
            .await
            .unwrap();
        let token: [u8; 32] = Chance.bytes().unwrap();
        let session = NewSession {
            id: entry(),
            staff: id,
            token_hash: Sha256::digest(token).into(),
        };
        self.database
            .begin_session(&session, &email, "test", now, entry())
            .await
            .unwrap();
        Colleague {
            site: self,
            email,
            id,
            cookie: format!(
                "vardenkat={}",
                BASE32_NOPAD.encode(&token).to_ascii_lowercase()
            ),
        }
    }
}

impl Colleague<'_> {
    pub async fn get(&self, path: &str) -> Answered {
        self.site.get_with_cookie(path, &self.cookie).await
    }

    /// A file: its status and its bytes.
    pub async fn download(&self, path: &str) -> (u16, Vec<u8>) {
        let request = Request::get(path)
            .header(header::COOKIE, &self.cookie)
            .body(Body::empty())
            .unwrap();
        let (parts, bytes) = self.site.send_for_bytes(request, HOME).await;
        (parts.status.as_u16(), bytes)
    }

    /// A file's bytes as they travel, packed by Brotli.
    pub async fn download_packed(&self, path: &str) -> Vec<u8> {
        let request = Request::get(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_ENCODING, "br")
            .body(Body::empty())
            .unwrap();
        let (parts, bytes) = self.site.send_for_bytes(request, HOME).await;
        assert_eq!(parts.headers[header::CONTENT_ENCODING], "br");
        bytes
    }

    /// Sends a form of one of our own pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let form = "application/x-www-form-urlencoded";
        self.post_body(path, form, encode(fields)).await
    }

    pub async fn post_body(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answered {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .body(body.into())
            .unwrap();
        self.site.send(request, HOME).await
    }
}
