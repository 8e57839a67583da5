use proptest::prelude::*;

use super::*;

const MESSAGE: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0007);

/// A report as the common mail servers write it.
fn report(status_block: &str, original: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\n\
         To: enkat@example.com\r\n\
         Subject: Undelivered Mail Returned to Sender\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\r\n\
         \r\n\
         --b1\r\n\
         Content-Type: text/plain; charset=us-ascii\r\n\
         \r\n\
         I am sorry to have to tell you.\r\n\
         \r\n\
         --b1\r\n\
         Content-Type: message/delivery-status\r\n\
         \r\n\
         Reporting-MTA: dns; mx.example.org\r\n\
         Arrival-Date: Fri, 15 Apr 2022 05:20:00 +0000\r\n\
         \r\n\
         {status_block}\r\n\
         --b1\r\n\
         {original}\r\n\
         --b1--\r\n"
    )
}

fn whole_letter() -> String {
    format!(
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: <{}@example.com>\r\nSubject: Enkat\r\n\r\nHej!\r\n",
        MESSAGE.simple()
    )
}

const NO_SUCH_USER: &str = "Final-Recipient: rfc822; ada@example.org\r\n\
    Action: failed\r\n\
    Status: 5.1.1\r\n\
    Diagnostic-Code: smtp; 550 5.1.1 <ada@example.org>:\r\n\
    \x20   Recipient address rejected: User unknown\r\n";

#[test]
fn a_report_tells_which_letter_did_not_reach_whom_and_why() {
    let read = read(report(NO_SUCH_USER, &whole_letter()).as_bytes()).unwrap();

    assert_eq!(read.message, Some(MESSAGE));
    let [of_ada] = read.recipients.as_slice() else {
        panic!("one recipient, not {:?}", read.recipients)
    };
    assert_eq!(of_ada.recipient, "ada@example.org");
    assert_eq!(of_ada.action, Action::Failed);
    assert_eq!(of_ada.status, "5.1.1");
    assert_eq!(
        of_ada.diagnostic,
        "550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown"
    );
    assert_eq!(of_ada.fault(), Fault::Address);
}

#[test]
fn the_letter_is_recognised_by_its_headers_alone() {
    let headers = format!(
        "Content-Type: text/rfc822-headers\r\n\r\nSubject: Enkat\r\nMessage-ID: <{}@example.com>\r\n",
        MESSAGE.simple()
    );
    let read = read(report(NO_SUCH_USER, &headers).as_bytes()).unwrap();
    assert_eq!(read.message, Some(MESSAGE));
}

#[test]
fn the_letter_is_recognised_by_what_the_report_answers() {
    let report = report(NO_SUCH_USER, "Content-Type: text/plain\r\n\r\n").replacen(
        "MIME-Version",
        &format!(
            "References: <other@x>\r\n <{}@example.com>\r\nMIME-Version",
            MESSAGE.simple()
        ),
        1,
    );
    assert_eq!(read(report.as_bytes()).unwrap().message, Some(MESSAGE));
}

#[test]
fn a_full_mailbox_and_a_policy_do_not_make_the_address_wrong() {
    for (status, said) in [
        ("5.2.2", "552 5.2.2 over quota"),
        ("5.7.1", "550 5.7.1 spam"),
    ] {
        let block = format!(
            "Final-Recipient: rfc822;ada@example.org\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp;{said}\r\n"
        );
        let read = read(report(&block, &whole_letter()).as_bytes()).unwrap();
        assert_eq!(read.recipients[0].fault(), Fault::Other, "{status}");
    }
}

#[test]
fn a_status_that_says_nothing_leaves_it_to_the_diagnostic() {
    let block = "Final-Recipient: rfc822; ada@example.org\r\nAction: Failed (really)\r\n\
                 Status: 5.0.0 (undefined)\r\nDiagnostic-Code: smtp; 550 No such user here\r\n";
    let read = read(report(block, &whole_letter()).as_bytes()).unwrap();
    assert_eq!(read.recipients[0].status, "5.0.0");
    assert_eq!(read.recipients[0].fault(), Fault::Address);
}

#[test]
fn several_recipients_are_told_apart() {
    let block = format!(
        "{NO_SUCH_USER}\r\nOriginal-Recipient: rfc822;bo@example.org\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
    );
    let read = read(report(&block, &whole_letter()).as_bytes()).unwrap();
    let told: Vec<_> = read
        .recipients
        .iter()
        .map(|one| (one.recipient.as_str(), one.action))
        .collect();
    assert_eq!(
        told,
        [
            ("ada@example.org", Action::Failed),
            ("bo@example.org", Action::Delayed)
        ]
    );
}

#[test]
fn a_letter_that_is_no_report_is_not_taken_for_one() {
    let holiday = b"From: ada@example.org\r\nSubject: Semester\r\n\r\nJag \xc3\xa4r ledig.\r\n";
    assert_eq!(read(holiday), Err(ReportError::NoReport));
    assert!(read(b"").is_err());
}

#[test]
fn a_multipart_whose_delimiter_has_text_behind_it_is_read_without_harm() {
    let torn = "Content-Type: multipart/mixed; boundary=a\n\
                \n--b--aX: y\nContent-Type: message/rfc822\n\
                \r\nContent-Type: message/rfc822\n\n\n--a--\n\n\n";

    assert_eq!(read(torn.as_bytes()), Err(ReportError::NoReport));
}

#[test]
fn what_is_too_large_is_not_read() {
    let large = vec![b'a'; MAX_BYTES + 1];
    assert_eq!(read(&large), Err(ReportError::TooLarge(MAX_BYTES + 1)));
}

proptest! {
    #[test]
    fn whatever_stands_in_a_report_reading_it_ends(
        cut in 0_usize..1200,
        place in 0_usize..1200,
        noise in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut report = report(NO_SUCH_USER, &whole_letter()).into_bytes();
        let place = place.min(report.len());
        report.splice(place..place, noise);
        report.truncate(report.len().saturating_sub(cut));
        if let Ok(read) = read(&report) {
            prop_assert!(!read.recipients.is_empty());
            for one in read.recipients {
                prop_assert!(!one.diagnostic.contains(['\r', '\n', '\0']));
            }
        }
    }
}
