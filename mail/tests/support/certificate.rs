//! A certificate for `localhost`, made anew for each test and signed by itself.

use std::sync::Arc;

use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// What a server encrypts with, and the certificate in PEM that whoever trusts it must know.
pub fn for_localhost() -> (TlsAcceptor, Vec<u8>) {
    let random = SystemRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
    let certificate = certificate(key.as_ref(), &random);
    let pem = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        BASE64.encode(&certificate)
    );
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.as_ref().to_vec()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(certificate)], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), pem.into_bytes())
}

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OBJECT: u8 = 0x06;
const BITS: u8 = 0x03;

const ECDSA_WITH_SHA256: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x02";
const EC_PUBLIC_KEY: &[u8] = b"\x2a\x86\x48\xce\x3d\x02\x01";
const P256: &[u8] = b"\x2a\x86\x48\xce\x3d\x03\x01\x07";
const COMMON_NAME: &[u8] = b"\x55\x04\x03";
const ALTERNATIVE_NAME: &[u8] = b"\x55\x1d\x11";

/// X.509, version 3 (RFC 5280).
fn certificate(key: &[u8], random: &SystemRandom) -> Vec<u8> {
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key, random).unwrap();
    let signed_with = der(SEQUENCE, &[&der(OBJECT, &[ECDSA_WITH_SHA256])]);
    let common_name = [der(OBJECT, &[COMMON_NAME]), der(0x0c, &[b"localhost"])].concat();
    let name = der(SEQUENCE, &[&der(SET, &[&der(SEQUENCE, &[&common_name])])]);
    let year = |text: &[u8]| der(0x17, &[text]);
    let lasts = der(
        SEQUENCE,
        &[&year(b"200101000000Z"), &year(b"491231235959Z")],
    );
    let kind = [der(OBJECT, &[EC_PUBLIC_KEY]), der(OBJECT, &[P256])].concat();
    let public = der(BITS, &[&[0], pair.public_key().as_ref()]);
    let public = der(SEQUENCE, &[&der(SEQUENCE, &[&kind]), &public]);
    let names = der(SEQUENCE, &[&der(0x82, &[b"localhost"])]);
    let names = [der(OBJECT, &[ALTERNATIVE_NAME]), der(0x04, &[&names])].concat();
    let extensions = der(0xa3, &[&der(SEQUENCE, &[&der(SEQUENCE, &[&names])])]);
    let version = der(0xa0, &[&der(0x02, &[&[2]])]);
    let number = der(0x02, &[&[1]]);
    let told = der(
        SEQUENCE,
        &[
            &version,
            &number,
            &signed_with,
            &name,
            &lasts,
            &name,
            &public,
            &extensions,
        ],
    );
    let signature = pair.sign(random, &told).unwrap();
    let signature = der(BITS, &[&[0], signature.as_ref()]);
    der(SEQUENCE, &[&told, &signed_with, &signature])
}

/// One element: its tag, its length, and what is in it.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    let mut element = vec![tag];
    match length {
        [0, short @ 0..0x80] => element.push(short),
        [0, one] => element.extend([0x81, one]),
        two => element.extend([&[0x82][..], &two].concat()),
    }
    element.extend(content);
    element
}
