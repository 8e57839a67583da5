use proptest::prelude::*;

use super::check::Place;
use super::*;

const DRESS: Dress<'static> = Dress {
    language: "sv",
    button: "Svara",
    below: "På svenska nedan.",
};

fn values() -> Values {
    Values {
        unit: "Älvans vårdcentral".to_owned(),
        link: "https://example.com/svara/abc".to_owned(),
        last_day: "24 juni".to_owned(),
        recipient: "Ada Exempel".to_owned(),
        sender: "Enkäten".to_owned(),
        ..Values::default()
    }
}

fn rendered(body: &str) -> Rendered {
    let template = Template::check("Till {vårdcentral}", body, Purpose::Letter).unwrap();
    template.render(&values(), DRESS)
}

/// Part, line and column, and what is wrong there.
type Told = (Part, Option<(usize, usize)>, FaultKind);

fn faults(subject: &str, body: &str) -> Vec<Told> {
    let found = Template::check(subject, body, Purpose::Mailing).unwrap_err();
    found
        .into_iter()
        .map(|fault| {
            let place = fault.place.map(|Place { line, column }| (line, column));
            (fault.part, place, fault.kind)
        })
        .collect()
}

#[test]
fn fields_are_filled_in_by_their_swedish_and_english_names() {
    let letter = rendered("Hej {mottagare}!\n\nSvara före {sista_dag} ({last_day}): { LÄNK }");

    assert_eq!(letter.subject.as_str(), "Till Älvans vårdcentral");
    assert_eq!(
        letter.text(),
        "Hej Ada Exempel!\n\nSvara före 24 juni (24 juni): https://example.com/svara/abc"
    );
}

#[test]
fn doubled_braces_are_braces() {
    assert_eq!(
        rendered("{{länk}} är {vårdcentral}s").text(),
        "{länk} är Älvans vårdcentrals"
    );
}

#[test]
fn every_fault_is_told_with_its_place_and_what_was_probably_meant() {
    assert_eq!(
        faults(
            "Hej {mottagre}",
            "Rad ett\nHär: {lank} och } och {nyfiken}\n{öppen"
        ),
        [
            (
                Part::Subject,
                Some((1, 5)),
                FaultKind::Unknown {
                    name: "mottagre".to_owned(),
                    suggestion: Some("mottagare")
                }
            ),
            (
                Part::Body,
                Some((2, 6)),
                FaultKind::Unknown {
                    name: "lank".to_owned(),
                    suggestion: Some("länk")
                }
            ),
            (Part::Body, Some((2, 17)), FaultKind::Stray),
            (
                Part::Body,
                Some((2, 23)),
                FaultKind::Unknown {
                    name: "nyfiken".to_owned(),
                    suggestion: None
                }
            ),
            (Part::Body, Some((3, 1)), FaultKind::Unclosed),
            (Part::Body, None, FaultKind::NoLink),
        ]
    );
}

#[test]
fn a_mailing_must_have_the_link_in_its_body_and_not_in_its_subject() {
    assert_eq!(
        faults("Svara: {länk}", "Hej!"),
        [
            (Part::Subject, None, FaultKind::LinkInSubject),
            (Part::Body, None, FaultKind::NoLink),
        ]
    );
    assert!(Template::check("Hej", "Hej!", Purpose::Letter).is_ok());
}

#[test]
fn an_empty_text_and_a_subject_of_two_lines_are_refused() {
    assert_eq!(
        faults(" ", "{länk}"),
        [(Part::Subject, None, FaultKind::Empty)]
    );
    assert_eq!(
        faults("Hej\nBcc: eve@example.com", "{länk}"),
        [(Part::Subject, None, FaultKind::Lines)]
    );
}

#[test]
fn the_html_has_paragraphs_lists_and_something_to_press() {
    let html = rendered(
        "Hej {mottagare}!\nVi frågar om:\n- personal\n- lokaler\n\n{länk}\n\nEller här: {länk}.",
    )
    .html;

    assert!(html.contains("<html lang=\"sv\">"), "{html}");
    assert!(
        html.contains("<p>Hej Ada Exempel!<br>\nVi frågar om:</p>"),
        "{html}"
    );
    assert!(
        html.contains("<ul>\n<li>personal</li>\n<li>lokaler</li>\n</ul>"),
        "{html}"
    );
    assert!(html.contains(">Svara</a></p>"), "{html}");
    assert_eq!(
        html.matches("href=\"https://example.com/svara/abc\"")
            .count(),
        3
    );
    assert!(html.contains("Eller här: <a "), "{html}");
}

#[test]
fn a_letter_in_two_languages_says_so_above_and_has_one_subject() {
    let version = |subject, body| Template::check(subject, body, Purpose::Mailing).unwrap();
    let swedish = version("Till {vårdcentral}", "Hej!\n\n{länk}");
    let english = version("To {health_centre}", "Hello!\n\n{link}");
    let values = values();
    let first = Version {
        template: &swedish,
        values: &values,
        dress: DRESS,
    };
    let other = Version {
        template: &english,
        values: &values,
        dress: Dress {
            language: "en",
            button: "Answer",
            below: "In English below.",
        },
    };

    let letter = render(first, &[other]);

    assert_eq!(letter.subject.as_str(), "Till Älvans vårdcentral");
    let text = letter.text();
    assert!(
        text.starts_with("In English below.\n\nHej!\n\nhttps://"),
        "{text}"
    );
    assert!(
        text.contains("\n\nTo Älvans vårdcentral\n\nHello!\n\nhttps://"),
        "{text}"
    );
    let languages: Vec<_> = letter.parts.iter().map(|part| &*part.language).collect();
    assert_eq!(languages, ["en", "sv", "en"]);
    let html = letter.html;
    assert!(html.contains("<html lang=\"sv\">"), "{html}");
    let below = html.find("<p lang=\"en\">In English below.</p>").unwrap();
    let hello = html
        .find("<div lang=\"en\">\n<h2>To Älvans vårdcentral</h2>\n<p>Hello!</p>")
        .unwrap();
    let hej = html.find("<p>Hej!</p>").unwrap();
    assert!(below < hej && hej < hello, "{html}");
    assert!(html.contains(">Svara</a>") && html.contains(">Answer</a>"));
}

#[test]
fn markup_is_shown_and_not_obeyed() {
    let template = Template::check(
        "{vårdcentral}",
        "<b>{vårdcentral}</b> & co",
        Purpose::Letter,
    );
    let values = Values {
        unit: "<script>alert('x')</script>\r\nBcc: eve@example.com".to_owned(),
        ..values()
    };
    let letter = template.unwrap().render(&values, DRESS);

    assert!(!letter.html.contains("<script>") && !letter.html.contains("<b>"));
    assert!(
        letter
            .html
            .contains("&lt;b&gt;&lt;script&gt;alert(&#39;x&#39;)")
    );
    assert_eq!(
        letter.subject.as_str(),
        "<script>alert('x')</script> Bcc: eve@example.com"
    );
}

#[test]
fn only_a_web_address_can_be_pressed() {
    let template = Template::check("Hej", "{länk}", Purpose::Mailing).unwrap();
    let values = Values {
        link: "javascript:alert(1)".to_owned(),
        ..values()
    };
    assert!(!template.render(&values, DRESS).html.contains("href"));
}

proptest! {
    #[test]
    fn every_text_is_either_refused_with_a_reason_or_rendered(
        body in "([a-zåäö<>&\" \n-]|\\{|\\}|\\{länk\\}|\\{mottagare\\})*",
        name in any::<String>(),
    ) {
        match Template::check("Hej {mottagare}", &body, Purpose::Letter) {
            Err(faults) => prop_assert!(!faults.is_empty()),
            Ok(template) => {
                let values = Values { recipient: name, ..values() };
                let letter = template.render(&values, DRESS);
                prop_assert_eq!(letter.html.matches("<script").count(), 0);
                prop_assert!(letter.html.ends_with("</html>\n"));
            }
        }
    }

    #[test]
    fn doubling_every_brace_keeps_a_text_as_it_is(body in "[a-z{} \n]*[a-z]") {
        let escaped = body.replace('{', "{{").replace('}', "}}");
        let template = Template::check("Hej", &escaped, Purpose::Letter).unwrap();
        prop_assert_eq!(template.render(&values(), DRESS).text(), body.trim());
    }
}
