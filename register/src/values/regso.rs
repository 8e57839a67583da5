//! Codes of regional statistical areas (`RegSO`).

/// `0180R001`: a municipality's four digits, R, three digits. Spaces and small letters are mended, and a leading zero that Excel took.
pub fn read_regso(text: &str) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let code = if code.len() == 7 {
        format!("0{code}")
    } else {
        code
    };
    let (municipality, rest) = code.split_once('R')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (municipality.len() == 4 && rest.len() == 3 && digits(municipality) && digits(rest))
        .then_some(code)
}
