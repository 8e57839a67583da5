//! Cleans a table from the command line, for measuring: `clean INSTRUMENT RULES INPUT OUTPUT [REGISTER]`.

use std::{error::Error, fs, path::PathBuf, time::Instant};

use dataset::Files;
use survey::{cleaning::RuleSet, instrument};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [instrument, rules, input, output, register @ ..] = arguments.as_slice() else {
        return Err("clean INSTRUMENT RULES INPUT OUTPUT [REGISTER]".into());
    };
    let told = |faults: Vec<instrument::Fault>| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        lines.join("\n")
    };
    let instrument = instrument::load(&fs::read_to_string(instrument)?).map_err(told)?;
    let rules = RuleSet::load(&fs::read_to_string(rules)?, &instrument).map_err(told)?;
    let files = Files {
        input: input.clone(),
        output: output.clone(),
        register: register.first().cloned(),
    };
    let workers = std::thread::available_parallelism()?.get();
    let start = Instant::now();
    let summary = dataset::clean(&rules, &instrument, &files, workers, |_| {})?;
    println!("{summary:?} in {:?}", start.elapsed());
    Ok(())
}
