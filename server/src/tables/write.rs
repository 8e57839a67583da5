use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::TableFile;

#[derive(Debug, thiserror::Error)]
#[error("cannot write {file}: {source}")]
pub struct WriteError {
    pub file: PathBuf,
    pub source: io::Error,
}

/// Writes all files into the directory, made where missing. Every file is on the disk whole before the first gets its
/// name; where something fails before that, nothing of what was there has changed.
pub fn write_all(directory: &Path, files: &[TableFile]) -> Result<(), WriteError> {
    let failed = |file: &Path| {
        let file = file.to_owned();
        move |source| WriteError { file, source }
    };
    fs::create_dir_all(directory).map_err(failed(directory))?;
    let mut parts = Parts(Vec::with_capacity(files.len()));
    for file in files {
        let part = directory.join(format!(".{}.part", file.name));
        parts.0.push(part.clone());
        write(&part, &file.content).map_err(failed(&part))?;
    }
    for (file, part) in files.iter().zip(&parts.0) {
        let name = directory.join(&file.name);
        fs::rename(part, &name).map_err(failed(&name))?;
    }
    // So that the names last as well.
    File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(failed(directory))
}

fn write(part: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(part)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Files without a name yet; those that never get one are taken away.
struct Parts(Vec<PathBuf>);

impl Drop for Parts {
    fn drop(&mut self) {
        for part in &self.0 {
            // Most have their name by now.
            drop(fs::remove_file(part));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, content: &str) -> TableFile {
        TableFile {
            name: name.to_owned(),
            content: content.as_bytes().to_vec(),
        }
    }

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_written_whole_and_over_those_that_were_there() {
        let place = tempfile::tempdir().unwrap();
        let directory = place.path().join("new");
        write_all(&directory, &[file("a.csv", "1"), file("b.csv", "2")]).unwrap();
        write_all(&directory, &[file("b.csv", "3")]).unwrap();
        assert_eq!(names(&directory), ["a.csv", "b.csv"]);
        assert_eq!(fs::read_to_string(directory.join("b.csv")).unwrap(), "3");
    }

    #[test]
    fn where_one_cannot_be_written_none_is() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("a.csv"), "before").unwrap();
        // A directory stands where the second file's content would go.
        fs::create_dir(place.path().join(".b.csv.part")).unwrap();
        let failed = write_all(place.path(), &[file("a.csv", "after"), file("b.csv", "2")]);
        assert!(failed.is_err());
        assert_eq!(
            fs::read_to_string(place.path().join("a.csv")).unwrap(),
            "before"
        );
        assert_eq!(names(place.path()), [".b.csv.part", "a.csv"]);
    }
}
