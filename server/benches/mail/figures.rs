use std::fmt::Display;
use std::fs;
use std::time::Duration;

pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Letters per second: median, least and most.
pub fn rates(letters: usize, took: &[Duration]) -> impl Display {
    let letters_in = |took: &Duration| {
        f64::from(u32::try_from(letters).unwrap_or(u32::MAX)) / took.as_secs_f64()
    };
    let rates: Vec<f64> = took.iter().map(letters_in).collect();
    let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
    let most = rates.iter().copied().fold(0.0, f64::max);
    format!(
        "| {letters} | {:.0} | {least:.0} | {most:.0} |",
        median(rates)
    )
}

/// Processor, cores, and how busy others kept them in the last minute.
pub fn machine() -> String {
    let read = |file| fs::read_to_string(file).unwrap_or_default();
    let processors = read("/proc/cpuinfo");
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or("?");
    format!("{model}, {cores} cores; load average before: {load}")
}
