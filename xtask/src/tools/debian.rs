//! Packages of the operating system.

use crate::{failure::Failure, house::House, steps};

/// Something that any one of `programs` provides, and the Debian package that brings it.
#[derive(Clone, Copy)]
pub struct Need {
    package: &'static str,
    pub programs: &'static [&'static str],
}

pub const NODE: Need = Need {
    package: "nodejs",
    programs: &["node"],
};
pub const NPM: Need = Need {
    package: "npm",
    programs: &["npm"],
};
pub const CHROMIUM: Need = Need {
    package: "chromium",
    programs: &["chromium", "chromium-browser", "google-chrome"],
};
pub const POSTGRESQL: Need = Need {
    package: "postgresql",
    programs: &["initdb"],
};
pub const CXX: Need = Need {
    package: "g++",
    programs: &["c++"],
};

/// Sees to it that every need is met: installs what is missing where that is allowed, else names it.
pub fn provide(house: &House, needs: &[Need]) -> Result<(), Failure> {
    let missing = missing(house, needs);
    if missing.is_empty() {
        return Ok(());
    }
    if house.which("apt-get").is_none() || !is_root(house) {
        return Err(Failure::MissingPackages(missing));
    }
    println!("installing Debian packages: {}", missing.join(" "));
    let apt = || {
        let mut command = house.command("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    steps::call(apt().args(["update", "--quiet"]))?;
    // npm alone recommends some hundred packages, a terminal and a message bus among them.
    let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
    steps::call(apt().args(install).args(&missing))?;
    match self::missing(house, needs) {
        still if still.is_empty() => Ok(()),
        still => Err(Failure::MissingPackages(still)),
    }
}

fn missing(house: &House, needs: &[Need]) -> Vec<&'static str> {
    needs
        .iter()
        .filter(|need| {
            need.programs
                .iter()
                .all(|program| house.which(program).is_none())
        })
        .map(|need| need.package)
        .collect()
}

fn is_root(house: &House) -> bool {
    steps::answer(house.command("id").arg("-u")).as_deref() == Some("0")
}
