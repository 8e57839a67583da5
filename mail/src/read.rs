//! A letter as its recipient would read it.

use mail_parser::MessageParser;

/// The plain text of a letter; none where there is no such part.
pub fn text(letter: &[u8]) -> Option<String> {
    let message = MessageParser::new().parse(letter)?;
    let text = message.body_text(0)?;
    Some(text.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_part_is_read_whatever_it_is_wrapped_in() {
        let letter = "Content-Type: multipart/alternative; boundary=x\r\n\r\n\
            --x\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nHej p=C3=A5 dig\r\n\
            --x\r\nContent-Type: text/html\r\n\r\n<p>Hej</p>\r\n--x--\r\n";
        assert_eq!(text(letter.as_bytes()).unwrap().trim(), "Hej på dig");
    }
}
