//! `bench`: the figures in `docs/benchmarks.md`.

use std::process::Command;

use crate::{
    args::Selection,
    failure::Failure,
    house::House,
    steps::{self, Step},
    tools,
};

use super::run::{server_step, wasm_step};

/// One measurement. It is run at the root of the clone with our tools on PATH, `VARDENKAT_BIN` naming
/// the release binary and `CHROMIUM` the browser, and prints its figures.
struct Bench {
    name: &'static str,
    about: &'static str,
    command: &'static [&'static str],
}

/// To add a measurement, add a line.
const BENCHES: &[Bench] = &[
    Bench {
        name: "server",
        about: "time for a page and for an autosave with 1, 64 and 1 183 chiefs at once, on both databases",
        command: &[
            "cargo",
            "bench",
            "--locked",
            "--package",
            "server",
            "--bench",
            "load",
        ],
    },
    Bench {
        name: "mail",
        about: "letters per second from the outbox, beside a bare lettre pool, on both databases",
        command: &[
            "cargo",
            "bench",
            "--locked",
            "--package",
            "server",
            "--bench",
            "mail",
        ],
    },
    Bench {
        name: "register",
        about: "time to preview, accept and undo a file of 100 000 rows, as CSV and XLSX and on both databases",
        command: &[
            "cargo",
            "bench",
            "--locked",
            "--package",
            "register",
            "--package",
            "server",
            "--bench",
            "rows",
            "--bench",
            "imports",
        ],
    },
    Bench {
        name: "cleaning",
        about: "time to clean 1 183 units by themselves, and rows per second and memory for a million in files",
        command: &[
            "cargo",
            "bench",
            "--locked",
            "--package",
            "dataset",
            "--bench",
            "clean",
        ],
    },
    Bench {
        name: "follow-up",
        about: "time to read the follow-up's counts with 1 183 cases and with 100 000, on both databases",
        command: &[
            "cargo",
            "bench",
            "--locked",
            "--package",
            "server",
            "--bench",
            "follow_up",
        ],
    },
    Bench {
        name: "pages",
        about: "weight, paint, first key, axe and Lighthouse, beside the static page",
        command: &["npm", "--prefix", "end2end/bench", "run", "bench"],
    },
];

pub fn bench(house: &House, selection: &Selection) -> Result<(), Failure> {
    let mut binary = server_step(house, "release");
    binary.name = "binary";
    let mut steps = vec![
        Step::new("tools", "what building and measuring take", || {
            tools::for_measuring(house)?;
            tools::browser_tests(house)
        }),
        wasm_step(house),
        binary,
    ];
    let preparations: Vec<&str> = steps.iter().map(|step| step.name).collect();
    // What is measured is always what stands in the clone, so --only never leaves out building it.
    let only = match selection.only.as_slice() {
        [] => Vec::new(),
        named => preparations
            .iter()
            .map(|&name| name.to_owned())
            .chain(named.iter().cloned())
            .collect(),
    };
    let selection = Selection {
        only,
        skip: selection.skip.clone(),
    };
    steps.extend(BENCHES.iter().map(|bench| {
        Step::new(bench.name, bench.about, move || {
            bench
                .command(house)
                .map_or(Ok(()), |mut command| steps::call(&mut command))
        })
    }));
    steps::perform(steps, &selection)
}

impl Bench {
    fn command(&self, house: &House) -> Option<Command> {
        let (program, args) = self.command.split_first()?;
        let mut command = house.command(program);
        command
            .args(args)
            .env("VARDENKAT_BIN", house.server("release"));
        if let Some(chromium) = tools::chromium(house) {
            command.env("CHROMIUM", chromium);
        }
        Some(command)
    }
}
