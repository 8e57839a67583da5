//! What has been found wrong so far, kept by byte offset until the whole file has been read.

use std::cell::RefCell;

use crate::instrument::{Fault, Place};

#[derive(Debug)]
pub(crate) struct Findings<'a> {
    source: &'a str,
    list: RefCell<Vec<Finding>>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    at: usize,
    wrong: String,
    right: String,
}

impl<'a> Findings<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            list: RefCell::default(),
        }
    }

    pub fn source(&self) -> &'a str {
        self.source
    }

    pub fn add(&self, at: usize, wrong: impl Into<String>, right: impl Into<String>) {
        self.list.borrow_mut().push(Finding {
            at,
            wrong: wrong.into(),
            right: right.into(),
        });
    }

    /// "line 3, column 7", for a fault that points to a second place.
    pub fn place(&self, at: usize) -> String {
        let place = Place::of(self.source, at);
        format!("line {}, column {}", place.line, place.column)
    }

    pub fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    /// Every fault once, in the order of the file.
    pub fn into_faults(self) -> Vec<Fault> {
        let mut list = self.list.into_inner();
        list.sort();
        list.dedup();
        let mut walked = 0;
        let mut place = Place { line: 1, column: 1 };
        list.into_iter()
            .map(|finding| {
                // One walk over the file for all faults: a broken file may have very many.
                let here = self.source.get(walked..finding.at).unwrap_or_default();
                for character in here.chars() {
                    if character == '\n' {
                        place.line += 1;
                        place.column = 1;
                    } else {
                        place.column += 1;
                    }
                }
                walked += here.len();
                Fault {
                    place,
                    wrong: finding.wrong,
                    right: finding.right,
                }
            })
            .collect()
    }
}
