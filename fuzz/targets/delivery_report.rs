//! Whatever a mail server sends back, reading it ends, and what is told of it can be stored.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mail::report::read;

fuzz_target!(|content: &[u8]| {
    if let Ok(report) = read(content) {
        assert!(!report.recipients.is_empty());
        for one in report.recipients {
            let texts = [&one.recipient, &one.status, &one.diagnostic];
            assert!(texts.iter().all(|text| !text.contains(char::is_control)));
            let _ = one.fault();
        }
    }
});
