//! Where things are: the clone, the cache of tools, the build output; and commands that know all three.

use std::{
    env,
    ffi::OsString,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    process::Command,
};

use crate::{failure::Failure, steps};

pub struct House {
    pub root: PathBuf,
    /// Tools installed for this user, shared by every clone.
    pub cache: PathBuf,
    /// What cargo builds, outside the clone.
    pub target: PathBuf,
}

/// Held for as long as a task may build.
pub struct Alone {
    _lock: File,
}

const MEMBERS: [&str; 7] = [
    "survey", "register", "mail", "dataset", "app", "server", "xtask",
];
const WASM: &str = "wasm32-unknown-unknown";

impl House {
    pub fn find() -> Result<Self, Failure> {
        let root = root()?;
        let cache = cache(|name| env::var_os(name)).ok_or(Failure::NoCache)?;
        let target = ["VARDENKAT_TARGET", "CARGO_TARGET_DIR"]
            .into_iter()
            .find_map(set)
            .map_or_else(|| cache.join("target"), |target| root.join(target));
        Ok(Self {
            root,
            cache,
            target,
        })
    }

    /// Waits until no other task builds into the same directory, and sees to it that nothing there
    /// stems from another clone.
    pub fn enter(&self) -> Result<Alone, Failure> {
        let place = self.target.display();
        for folder in [&self.cache, &self.target] {
            fs::create_dir_all(folder)
                .map_err(Failure::io(format!("make {}", folder.display())))?;
        }
        let path = self.target.join("xtask.lock");
        let lock = File::create(&path).map_err(Failure::io(format!("open {}", path.display())))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                println!("waiting for another `cargo xtask` that builds into {place}");
                lock.lock().map_err(Failure::io(format!("lock {place}")))?;
            }
            Err(TryLockError::Error(source)) => {
                return Err(Failure::io(format!("lock {place}"))(source));
            }
        }
        self.forget_other_clones()?;
        Ok(Alone { _lock: lock })
    }

    /// Cargo names a workspace member by its path *within* the workspace and judges it by the age of its
    /// files, so what another clone built last would pass for ours where our files are older.
    fn forget_other_clones(&self) -> Result<(), Failure> {
        let marker = self.target.join("xtask.clone");
        let ours = self.root.as_os_str().as_encoded_bytes();
        if fs::read(&marker).is_ok_and(|last| last == ours) {
            return Ok(());
        }
        let built = ["debug", "release", WASM]
            .iter()
            .any(|folder| self.target.join(folder).exists());
        if built {
            println!("removing what another clone built of the workspace's own crates");
            self.clean_members()?;
        }
        fs::write(&marker, ours).map_err(Failure::io(format!("write {}", marker.display())))
    }

    fn clean_members(&self) -> Result<(), Failure> {
        for place in [
            &["--profile", "dev"] as &[&str],
            &["--profile", "release"],
            &["--profile", "dev", "--target", WASM],
            &["--profile", "wasm", "--target", WASM],
        ] {
            let mut clean = self.command("cargo");
            clean.args(["clean", "--quiet"]).args(place);
            for member in MEMBERS {
                clean.args(["--package", member]);
            }
            steps::call_quietly(&mut clean)?;
        }
        Ok(())
    }

    /// A command run at the root of the clone that finds our tools first.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", self.search_path())
            .env("CARGO_TARGET_DIR", &self.target)
            // npm looks for notices and funding otherwise, and Playwright for browsers of its own.
            .env("npm_config_update_notifier", "false")
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        // `cargo run` describes xtask in these; build scripts further down would take them for their own
        // and be rebuilt each time.
        for (name, _) in env::vars_os() {
            let described = name.to_str().is_some_and(|name| {
                [
                    "CARGO_PKG_",
                    "CARGO_MANIFEST_",
                    "CARGO_BIN_",
                    "CARGO_CRATE_",
                ]
                .iter()
                .any(|prefix| name.starts_with(prefix))
            });
            if described {
                command.env_remove(name);
            }
        }
        command
    }

    /// The first file called `program` among our tools and on PATH.
    pub fn which(&self, program: &str) -> Option<PathBuf> {
        env::split_paths(&self.search_path())
            .map(|directory| directory.join(program))
            .find(|file| file.is_file())
    }

    pub fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    pub fn node_tools(&self) -> PathBuf {
        self.tools().join("node")
    }

    /// The server's binary as `profile` (the name of its directory) builds it.
    pub fn server(&self, profile: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(format!("vardenkat{}", env::consts::EXE_SUFFIX))
    }

    fn search_path(&self) -> OsString {
        let own = [
            self.tools().join("bin"),
            self.node_tools().join("node_modules/.bin"),
        ];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let places = own
            .into_iter()
            .chain(env::split_paths(&inherited))
            .chain(postgres_programs(Path::new("/usr/lib/postgresql")));
        // A directory with a colon in its name cannot stand on a path; then the inherited one must do.
        env::join_paths(places).unwrap_or(inherited)
    }
}

fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

fn root() -> Result<PathBuf, Failure> {
    // Asked when running: compiled in, it would name whichever clone built this binary.
    if let Some(manifest) = set("CARGO_MANIFEST_DIR")
        && let Some(root) = Path::new(&manifest).parent()
    {
        return Ok(root.to_owned());
    }
    let here = env::current_dir().map_err(Failure::io("find the current directory"))?;
    here.ancestors()
        .find(|place| place.join("xtask/Cargo.toml").is_file())
        .map(Path::to_owned)
        .ok_or(Failure::NoClone)
}

fn cache(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let place = |name| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    place("VARDENKAT_CACHE")
        .or_else(|| place("XDG_CACHE_HOME").map(|cache| cache.join("vardenkat")))
        .or_else(|| place("HOME").map(|home| home.join(".cache/vardenkat")))
}

/// Debian keeps the server programs of each PostgreSQL off PATH; the newest comes first.
fn postgres_programs(debian: &Path) -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(debian)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, programs)| programs.join("initdb").is_file())
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, programs)| programs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache_where(variables: &[(&str, &str)]) -> Option<PathBuf> {
        cache(|asked| {
            variables
                .iter()
                .find(|(name, _)| *name == asked)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_cache_is_where_the_user_says_else_where_the_desktop_says_else_at_home() {
        let home = ("HOME", "/home/a");
        let desktop = ("XDG_CACHE_HOME", "/var/a");
        let own = ("VARDENKAT_CACHE", "/mnt/tools");
        let at = |path: &str| Some(PathBuf::from(path));
        assert_eq!(cache_where(&[home, desktop, own]), at("/mnt/tools"));
        assert_eq!(cache_where(&[home, desktop]), at("/var/a/vardenkat"));
        assert_eq!(cache_where(&[home]), at("/home/a/.cache/vardenkat"));
        assert_eq!(cache_where(&[]), None);
    }

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        assert_eq!(
            cache_where(&[("VARDENKAT_CACHE", ""), ("HOME", "/home/a")]),
            Some(PathBuf::from("/home/a/.cache/vardenkat"))
        );
    }

    #[test]
    fn every_crate_of_the_workspace_is_cleared_of_what_another_clone_built() {
        let members = include_str!("../../Cargo.toml")
            .lines()
            .find_map(|line| line.strip_prefix("members = "))
            .unwrap();
        assert_eq!(members, format!("{MEMBERS:?}"));
    }

    #[test]
    fn the_newest_postgresql_is_found_by_number_and_only_where_it_is_a_server() {
        let debian = env::temp_dir().join(format!("xtask-postgres-{}", std::process::id()));
        for version in ["9", "15", "17", "client"] {
            fs::create_dir_all(debian.join(version).join("bin")).unwrap();
        }
        for version in ["9", "15", "client"] {
            fs::write(debian.join(version).join("bin/initdb"), "").unwrap();
        }
        let found = postgres_programs(&debian);
        fs::remove_dir_all(&debian).unwrap();
        assert_eq!(found, [debian.join("15/bin"), debian.join("9/bin")]);
    }
}
