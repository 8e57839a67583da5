//! A QR code, as a path of a drawing.

use qrcode::{Color, QrCode};

/// Dark squares of side 1, in a square of side `size` with the quiet zone around.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    pub size: usize,
    /// What stands in a `<path d="…">`.
    pub path: String,
}

#[derive(Debug, thiserror::Error)]
#[error("the text does not fit a QR code: {0}")]
pub struct QrError(#[from] qrcode::types::QrError);

const QUIET: usize = 4;

impl Qr {
    pub fn of(text: &str) -> Result<Self, QrError> {
        let code = QrCode::new(text)?;
        let width = code.width();
        let squares: Vec<_> = code
            .to_colors()
            .into_iter()
            .enumerate()
            .filter(|(_, color)| *color == Color::Dark)
            .map(|(index, _)| (index % width + QUIET, index / width + QUIET))
            .map(|(x, y)| format!("M{x} {y}h1v1h-1z"))
            .collect();
        Ok(Self {
            size: width + 2 * QUIET,
            path: squares.concat(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_square_is_inside_the_quiet_zone() {
        let qr = Qr::of("otpauth://totp/x?secret=ABC").unwrap();
        let squares: Vec<_> = qr.path.split('M').skip(1).collect();
        assert!(squares.len() > 100);
        for square in squares {
            let (x, rest) = square.split_once(' ').unwrap();
            let y = rest.split('h').next().unwrap();
            for place in [x, y] {
                let place: usize = place.parse().unwrap();
                assert!((QUIET..qr.size - QUIET).contains(&place));
            }
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_refused() {
        assert!(Qr::of(&"x".repeat(10_000)).is_err());
    }
}
