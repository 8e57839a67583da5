//! The browser's part: `app` compiled to WASM, bound, shrunk and written to `dist/` under hashed names.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use crate::{failure::Failure, house::House, steps, tools};

/// Brings `dist/` up to date. Cargo decides whether the code has changed; the slow steps after it are
/// left out where they would write what is already there.
pub fn build(house: &House) -> Result<(), Failure> {
    // Trunk works offline, and so does the cargo that it calls.
    steps::call(house.command("cargo").args(["fetch", "--locked"]))?;
    steps::call(house.command("cargo").args([
        "build",
        "--locked",
        "--target=wasm32-unknown-unknown",
        "--manifest-path",
        "app/Cargo.toml",
        "--profile",
        "wasm",
        "--features",
        "hydrate",
    ]))?;

    let dist = house.root.join("dist");
    let stamp = house.root.join("target/wasm.stamp");
    let inputs = inputs(house)?;
    if fs::read_to_string(&stamp).is_ok_and(|before| before == description(inputs, &dist)) {
        println!("dist/ is up to date");
        return Ok(());
    }

    let mut trunk = house.command("trunk");
    // Trunk reads only `true` and `false` here and stops at anything else.
    trunk.arg("build").env_remove("NO_COLOR");
    steps::call(&mut trunk)?;
    let page = dist.join("index.html");
    fs::remove_file(&page).map_err(Failure::io(format!("remove {}", page.display())))?;

    let files = files(&dist);
    let has = |end: &str| {
        files
            .keys()
            .any(|name| name.starts_with("app-") && name.ends_with(end))
    };
    if !has(".js") || !has("_bg.wasm") {
        return Err(Failure::NoBundle { dist });
    }
    for (name, bytes) in &files {
        println!("dist/{name}  {bytes} bytes");
    }
    let folder = house.root.join("target");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&stamp, description(inputs, &dist)))
        .map_err(Failure::io(format!("write {}", stamp.display())))
}

/// Everything that what Trunk writes depends on, in one figure.
fn inputs(house: &House) -> Result<u64, Failure> {
    let mut hasher = DefaultHasher::new();
    let compiled = house.target.join("wasm32-unknown-unknown/wasm/app.wasm");
    for file in [
        compiled,
        house.root.join("Trunk.toml"),
        house.root.join("app/index.html"),
    ] {
        fs::read(&file)
            .map_err(Failure::io(format!("read {}", file.display())))?
            .hash(&mut hasher);
    }
    tools::TRUNK.hash(&mut hasher);
    tools::BINARYEN.hash(&mut hasher);
    tools::locked_version(house, "wasm-bindgen")?.hash(&mut hasher);
    Ok(hasher.finish())
}

/// What went in and what stands in `dist`; differs where a file was removed, added or cut short.
fn description(inputs: u64, dist: &Path) -> String {
    let mut text = format!("{inputs:016x}\n");
    for (name, bytes) in files(dist) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name} {bytes}");
    }
    text
}

/// Names and sizes in bytes of the files in `folder`; none where it cannot be read.
fn files(folder: &Path) -> BTreeMap<String, u64> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let size = entry.metadata().ok()?.len();
            Some((entry.file_name().to_string_lossy().into_owned(), size))
        })
        .collect()
}
