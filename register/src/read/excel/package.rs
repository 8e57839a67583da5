//! The zip file around an Excel file. Only the parts that are read are ever unpacked, each no further than the limits, whatever
//! the zip's directory says of their sizes.

use std::{
    collections::HashMap,
    io::{self, BufRead, Cursor, Read},
};

use zip::{CompressionMethod, ZipArchive, read::ZipFile};

use crate::{
    limits::Limits,
    read::{Damage, Unreadable},
};

use super::xml::Xml;

/// Parts smaller than this may be packed however well: a small sheet of equal rows is.
const ANY_RATIO: u64 = 8 << 20;
const CHUNK: usize = 1 << 16;
/// The longest that one tag or text may be; Excel's longest cell is 32 767 letters.
const TOKEN: usize = 1 << 20;

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// By name, in lower case with forward slashes.
    parts: HashMap<String, usize>,
    limits: &'a Limits,
    /// Bytes unpacked so far.
    spent: u64,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Unreadable::Damaged(Damage::Directory))?;
        let parts = (0..archive.len())
            .filter_map(|index| {
                let name = archive.name_for_index(index)?.ok()?;
                Some((normal(&name), index))
            })
            .collect();
        Ok(Self {
            archive,
            parts,
            limits,
            spent: 0,
        })
    }

    pub fn has(&self, part: &str) -> bool {
        self.parts.contains_key(&normal(part))
    }

    /// Reads a part as XML, and counts what that unpacked.
    pub fn with<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&mut Xml<'_, '_>) -> Result<T, Unreadable>,
    ) -> Result<T, Unreadable> {
        let damaged = |damage: fn(String) -> Damage| Unreadable::Damaged(damage(part.to_owned()));
        let index = *self
            .parts
            .get(&normal(part))
            .ok_or_else(|| damaged(|part| Damage::Missing { part }))?;
        let unpacking = || damaged(|part| Damage::Unpacking { part });
        let about = self.archive.by_index_data(index).map_err(|_| unpacking())?;
        if about.encrypted() {
            return Err(Unreadable::Protected);
        }
        if !matches!(
            about.compression(),
            CompressionMethod::Stored | CompressionMethod::Deflated
        ) {
            return Err(unpacking());
        }
        let (packed, declared) = (about.compressed_size(), about.size());
        let limit = self
            .limits
            .unpacked
            .saturating_sub(self.spent)
            .min(packed.saturating_mul(self.limits.ratio).max(ANY_RATIO));
        if declared > limit {
            return Err(Unreadable::UnpacksTooLarge {
                part: part.to_owned(),
                limit,
            });
        }
        let file = self.archive.by_index(index).map_err(|_| unpacking())?;
        let mut xml = Xml::new(part, Source::new(file, limit, declared));
        let answer = read(&mut xml);
        self.spent = self.spent.saturating_add(xml.unpacked());
        answer
    }
}

fn normal(part: &str) -> String {
    part.trim_start_matches(['/', '\\'])
        .replace('\\', "/")
        .to_lowercase()
}

/// A part being unpacked. Fails at its limit, and where one token would grow past [`TOKEN`].
pub(super) struct Source<'z, 'a> {
    file: ZipFile<'z, Cursor<&'a [u8]>>,
    chunk: Vec<u8>,
    at: usize,
    total: u64,
    limit: u64,
    declared: u64,
    /// Bytes since the last token began.
    token: usize,
    over: bool,
}

impl<'z, 'a> Source<'z, 'a> {
    fn new(file: ZipFile<'z, Cursor<&'a [u8]>>, limit: u64, declared: u64) -> Self {
        Self {
            file,
            chunk: Vec::new(),
            at: 0,
            total: 0,
            limit,
            declared,
            token: 0,
            over: false,
        }
    }

    pub fn begin_token(&mut self) {
        self.token = 0;
    }

    /// Where more was unpacked than is allowed.
    pub fn over(&self) -> Option<u64> {
        self.over.then_some(self.limit)
    }

    pub fn unpacked(&self) -> u64 {
        self.total
    }

    pub fn declared(&self) -> u64 {
        self.declared
    }
}

impl Read for Source<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(out.len());
        out[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Source<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.token > TOKEN {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if self.at == self.chunk.len() {
            self.chunk.resize(CHUNK, 0);
            self.at = 0;
            let count = self.file.read(&mut self.chunk).inspect_err(|_| {
                self.at = CHUNK;
            })?;
            self.chunk.truncate(count);
            self.total += count as u64;
            if self.total > self.limit {
                self.over = true;
                return Err(io::ErrorKind::FileTooLarge.into());
            }
        }
        Ok(&self.chunk[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.chunk.len());
        self.token += count;
    }
}
