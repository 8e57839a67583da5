//! Municipalities by code or name.

use std::{collections::HashMap, sync::LazyLock};

use crate::plain::{plain, tidy};

struct Municipalities {
    codes: HashMap<&'static str, &'static str>,
    names: HashMap<String, &'static str>,
    /// Without diacritics; none where two municipalities then are the same (Habo and Håbo).
    plain_names: HashMap<String, Option<&'static str>>,
}

/// Four digits, from a code (`0180`, `180` where Excel took the zero, `0180 Stockholm`) or a name (`Stockholm`,
/// `Stockholms kommun`). `None` where there is no such municipality.
pub fn read_municipality(text: &str) -> Option<String> {
    let text = tidy(text).to_lowercase();
    let known = municipalities();
    let first = text.split(' ').next().unwrap_or_default();
    if first.bytes().all(|byte| byte.is_ascii_digit()) && (3..=4).contains(&first.len()) {
        let code = format!("{first:0>4}");
        return known.codes.contains_key(&*code).then_some(code);
    }
    let bare = text.trim_end_matches(" kommun").trim_end_matches(" stad");
    [Some(bare), bare.strip_suffix('s')]
        .into_iter()
        .flatten()
        .find_map(|name| {
            let plain_name = || known.plain_names.get(&plain(name)).copied().flatten();
            known.names.get(name).copied().or_else(plain_name)
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
        let mut plain_names = HashMap::new();
        for (code, name) in list() {
            plain_names
                .entry(plain(name))
                .and_modify(|code| *code = None)
                .or_insert(Some(code));
        }
        Municipalities {
            codes: list().collect(),
            names: list()
                .map(|(code, name)| (name.to_lowercase(), code))
                .collect(),
            plain_names,
        }
    });
    &MUNICIPALITIES
}
