//! Municipalities by code or name.

use std::{collections::HashMap, sync::LazyLock};

use crate::plain::{plain, tidy};

struct Municipalities {
    by_code: HashMap<&'static str, &'static str>,
    by_name: HashMap<String, &'static str>,
    /// Without diacritics; none where two municipalities then are the same (Habo and Håbo).
    by_plain_name: HashMap<String, Option<&'static str>>,
}

/// Four digits, from a code (`0180`, `180` where Excel took the zero, `0180 Stockholm`) or a name (`Stockholm`,
/// `Stockholms kommun`). `None` where there is no such municipality.
pub fn read_municipality(text: &str) -> Option<String> {
    let text = tidy(text).to_lowercase();
    let known = municipalities();
    let first = text.split(' ').next().unwrap_or_default();
    if first.bytes().all(|byte| byte.is_ascii_digit()) && (3..=4).contains(&first.len()) {
        let code = format!("{first:0>4}");
        return known.by_code.contains_key(&*code).then_some(code);
    }
    let bare = text.trim_end_matches(" kommun").trim_end_matches(" stad");
    [Some(bare), bare.strip_suffix('s')]
        .into_iter()
        .flatten()
        .find_map(|name| {
            let plain_name = || known.by_plain_name.get(&plain(name)).copied().flatten();
            known.by_name.get(name).copied().or_else(plain_name)
        })
        .map(str::to_owned)
}

fn municipalities() -> &'static Municipalities {
    static MUNICIPALITIES: LazyLock<Municipalities> = LazyLock::new(|| {
        let list = || {
            include_str!("../../data/municipalities.csv")
                .lines()
                .filter_map(|line| line.split_once(','))
        };
        let mut by_plain_name = HashMap::new();
        for (code, name) in list() {
            by_plain_name
                .entry(plain(name))
                .and_modify(|code| *code = None)
                .or_insert(Some(code));
        }
        Municipalities {
            by_code: list().collect(),
            by_name: list()
                .map(|(code, name)| (name.to_lowercase(), code))
                .collect(),
            by_plain_name,
        }
    });
    &MUNICIPALITIES
}
