//! The islands are built before the server and carried inside it; without them there is an empty shelf.

fn main() -> std::io::Result<()> {
    let dist = std::path::Path::new("../dist");
    std::fs::create_dir_all(dist)?;
    println!("cargo:rerun-if-changed=../dist");
    println!("cargo:rerun-if-changed=../migrations");
    Ok(())
}
