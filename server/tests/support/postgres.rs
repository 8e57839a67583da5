//! A PostgreSQL of the tests' own: one for each test process, in a directory of its own, reached by a
//! socket in there. It goes when the process goes, however that ends.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

const USER: &str = "vardenkat";
/// PostgreSQL will not run as root; this is who `nobody` and `nogroup` are on Debian.
const NOBODY: u32 = 65_534;
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs the server until its own input ends, which is when the test process does; then leaves nothing behind.
const GUARD: &str = r#"
trap '' INT TERM HUP
"$1/postgres" -D data -k "$PWD" -c listen_addresses= -c max_connections=300 >log 2>&1 </dev/null &
server=$!
read -r _
kill -QUIT "$server" 2>/dev/null
wait "$server"
rm -rf "$PWD"
"#;

struct Cluster {
    directory: PathBuf,
    /// Holds the guard's input open.
    _guard: Child,
}

/// The address of an empty database that nobody else uses.
pub async fn fresh_database() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let cluster = CLUSTER.get_or_init(start);
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect(&cluster.url("postgres"))
        .await
        .expect("the test PostgreSQL answers");
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .expect("a database can be made");
    cluster.url(&name)
}

impl Cluster {
    fn url(&self, database: &str) -> String {
        let socket = self.directory.to_string_lossy().replace('/', "%2F");
        format!("postgres://{USER}@{socket}/{database}")
    }
}

fn start() -> Cluster {
    let programs = programs();
    let directory = tempfile::Builder::new()
        .prefix("vk-pg-")
        .tempdir()
        .expect("a directory for the test PostgreSQL")
        .keep();
    // Until the guard is there, whatever fails must clean up by itself.
    match start_in(&directory, &programs) {
        Ok(guard) => Cluster {
            directory,
            _guard: guard,
        },
        Err(why) => {
            let log = fs::read_to_string(directory.join("log")).unwrap_or_default();
            drop(fs::remove_dir_all(&directory));
            panic!("the test PostgreSQL does not start: {why}\n{log}");
        }
    }
}

fn start_in(directory: &Path, programs: &Path) -> io::Result<Child> {
    let root = fs::metadata("/proc/self")?.uid() == 0;
    if root {
        chown(directory, Some(NOBODY), Some(NOBODY))?;
    }
    let command = |program: &OsStr| {
        let mut command = Command::new(program);
        command.current_dir(directory).env("LC_ALL", "C");
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    };

    let made = command(programs.join("initdb").as_os_str())
        .args(["-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8"])
        .args(["--locale=C", "--no-sync"])
        .output()?;
    if !made.status.success() {
        let why = String::from_utf8_lossy(&made.stderr).into_owned();
        return Err(io::Error::other(why));
    }

    let mut guard = command(OsStr::new("sh"))
        .args([OsStr::new("-c"), OsStr::new(GUARD), OsStr::new("guard")])
        .arg(programs)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;

    let started = Instant::now();
    let ready = || {
        command(programs.join("pg_isready").as_os_str())
            .args([OsStr::new("-q"), OsStr::new("-h"), directory.as_os_str()])
            .status()
            .is_ok_and(|status| status.success())
    };
    while !ready() {
        if started.elapsed() > PATIENCE {
            drop(guard.stdin.take());
            guard.wait()?;
            return Err(io::Error::other("it was not ready within a minute"));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(guard)
}

/// Where PostgreSQL's programs are: beside `initdb` on the path, or the newest of Debian's.
fn programs() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).filter_map(|place| {
        let initdb = fs::canonicalize(place.join("initdb")).ok()?;
        Some(initdb.parent()?.to_owned())
    });
    let mut of_debian: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| {
            let version = version.ok()?;
            let number = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .collect();
    of_debian.sort();
    on_path
        .chain(of_debian.into_iter().rev().map(|(_, place)| place))
        .find(|place| place.join("initdb").is_file() && place.join("postgres").is_file())
        .unwrap_or_else(|| {
            panic!(
                "PostgreSQL is missing: install the Debian package postgresql \
                 (initdb is neither on the path nor in /usr/lib/postgresql/*/bin)"
            )
        })
}
