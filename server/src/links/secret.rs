use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What links are sealed with. It is not in the database, so that a stolen copy of that makes no links.
#[derive(Clone)]
pub struct Secret([u8; Self::BYTES]);

/// The digits and the end of the line. A file of another length is looked at under the lock.
const FILE_LENGTH: u64 = 2 * Secret::BYTES as u64 + 1;

#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("a secret is {digits} hexadecimal digits", digits = 2 * Secret::BYTES)]
    Malformed,
    #[error("{path} does not hold a secret of {digits} hexadecimal digits", digits = 2 * Secret::BYTES)]
    MalformedFile { path: PathBuf },
    #[error("cannot read or make the secret in {path}: {source}")]
    File { path: PathBuf, source: io::Error },
}

impl Secret {
    pub const BYTES: usize = 32;
    /// The secret's file within a data directory.
    pub const FILE: &str = "secret.key";

    pub const fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// A key for another purpose, from which neither this secret nor any other purpose's key can be told.
    pub(crate) fn key_for(&self, purpose: &[u8], about: &[u8]) -> [u8; 32] {
        let mut key = Key::<Hmac<Sha256>>::default();
        key[..Self::BYTES].copy_from_slice(&self.0);
        // Tokens of links are sealed with this key over `link` and 16 bytes; nothing else may look like that.
        Hmac::<Sha256>::new(&key)
            .chain_update(b"key for ")
            .chain_update(purpose)
            .chain_update(b"\0")
            .chain_update(about)
            .finalize()
            .into_bytes()
            .into()
    }

    /// Reads the secret in `path`.
    pub fn read(path: &Path) -> Result<Self, SecretError> {
        let text = fs::read_to_string(path).map_err(|source| SecretError::File {
            path: path.to_owned(),
            source,
        })?;
        text.parse().map_err(|_| SecretError::MalformedFile {
            path: path.to_owned(),
        })
    }

    /// Reads the secret in `path`; where there is no such file yet, makes it with the random bytes `fresh`,
    /// for its owner's eyes only. Servers that start at once agree on one secret.
    pub fn read_or_make(path: &Path, fresh: [u8; Self::BYTES]) -> Result<Self, SecretError> {
        match make(path, &Self(fresh)) {
            Ok(true) => Ok(Self(fresh)),
            Ok(false) => Self::read(path),
            Err(source) => Err(SecretError::File {
                path: path.to_owned(),
                source,
            }),
        }
    }
}

/// Whether the secret was written; not where the file holds anything already. Whoever has the lock decides,
/// and the others read what is there when they get it.
fn make(path: &Path, secret: &Secret) -> io::Result<bool> {
    if fs::metadata(path).is_ok_and(|file| file.len() == FILE_LENGTH) {
        return Ok(false);
    }
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)?;
    file.lock()?;
    if file.metadata()?.len() > 0 {
        return Ok(false);
    }
    file.write_all(format!("{}\n", HEXLOWER_PERMISSIVE.encode(&secret.0)).as_bytes())?;
    file.sync_all()?;
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(true)
}

/// Reads 64 hexadecimal digits, as in the file or in an environment variable.
impl FromStr for Secret {
    type Err = SecretError;

    fn from_str(text: &str) -> Result<Self, SecretError> {
        let bytes = HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .map_err(|_| SecretError::Malformed)?;
        let bytes = bytes.try_into().map_err(|_| SecretError::Malformed)?;
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::thread;

    use super::*;

    #[test]
    fn a_secret_is_made_once_and_read_ever_after() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(Secret::FILE);
        let made = Secret::read_or_make(&path, [1; Secret::BYTES]).unwrap();
        let read = Secret::read_or_make(&path, [2; Secret::BYTES]).unwrap();
        assert_eq!(made.bytes(), &[1; Secret::BYTES]);
        assert_eq!(read.bytes(), made.bytes());
        assert_eq!(Secret::read(&path).unwrap().bytes(), made.bytes());
    }

    #[test]
    fn only_its_owner_may_read_it_and_nothing_is_left_beside_it() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(Secret::FILE);
        Secret::read_or_make(&path, [1; Secret::BYTES]).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_broken_file_is_named_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(Secret::FILE);
        fs::write(&path, "not a secret").unwrap();
        let error = Secret::read_or_make(&path, [1; Secret::BYTES]).unwrap_err();
        assert!(matches!(error, SecretError::MalformedFile { path: named } if named == path));
        assert_eq!(fs::read_to_string(&path).unwrap(), "not a secret");
    }

    #[test]
    fn many_who_start_at_once_agree() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(Secret::FILE);
        let secrets: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|each| {
                    let path = &path;
                    scope.spawn(move || Secret::read_or_make(path, [each; Secret::BYTES]).unwrap())
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| *thread.join().unwrap().bytes())
                .collect()
        });
        assert!(secrets.iter().all(|secret| secret == &secrets[0]));
    }

    #[test]
    fn a_secret_of_the_wrong_length_is_refused() {
        assert!("00".repeat(32).parse::<Secret>().is_ok());
        for text in [
            "",
            "00",
            &"00".repeat(31),
            &"00".repeat(33),
            &"zz".repeat(32),
        ] {
            assert!(text.parse::<Secret>().is_err(), "{text:?}");
        }
    }
}
