//! A file that is sent in.

use app::staff::form::Fault;
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
    response::Response,
};

use super::{files, or_broken, steps::path};
use crate::{
    intake::LARGEST_FILE,
    storage::register::Upload,
    web::{
        World,
        staff::{Administrator, StaffVisit},
    },
};

const LONGEST_NAME: usize = 200;

/// A form with one file in it.
#[derive(Debug, Default)]
pub(super) struct FileForm {
    /// The other fields.
    pub choice: String,
    pub file_name: String,
    pub content: Vec<u8>,
}

/// Why a form with a file could not be taken.
pub(super) enum FormFault {
    TooLarge,
    Bad,
}

impl FileForm {
    /// Reads the form; `choice` is the name of its only other field.
    pub async fn read(request: Request, world: &World, choice: &str) -> Result<Self, FormFault> {
        let mut multipart = Multipart::from_request(request, world)
            .await
            .map_err(|_| FormFault::Bad)?;
        let mut form = Self::default();
        while let Some(field) = multipart
            .next_field()
            .await
            .map_err(|error| fault(&error))?
        {
            match field.name() {
                Some("file") => {
                    form.file_name = shown_name(field.file_name().unwrap_or_default());
                    form.content = field.bytes().await.map_err(|error| fault(&error))?.to_vec();
                    if form.content.len() > LARGEST_FILE {
                        return Err(FormFault::TooLarge);
                    }
                }
                Some(name) if name == choice => {
                    let text = field.text().await.map_err(|error| fault(&error))?;
                    text.trim().clone_into(&mut form.choice);
                }
                _ => return Err(FormFault::Bad),
            }
        }
        Ok(form)
    }
}

fn fault(error: &MultipartError) -> FormFault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        FormFault::TooLarge
    } else {
        FormFault::Bad
    }
}

/// What a browser calls the file, without a path and without what no name has.
fn shown_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST_NAME)
        .collect()
}

impl StaffVisit {
    /// What to say of a file that is missing or too large.
    pub(super) fn file_faults(&self, form: &Result<FileForm, FormFault>) -> Vec<Fault> {
        let words = self.words();
        match form {
            Err(FormFault::TooLarge) => vec![Fault::new("file", &words.file_too_large)],
            Ok(form) if form.content.is_empty() => vec![Fault::new("file", &words.file_missing)],
            _ => Vec::new(),
        }
    }
}

pub(super) async fn take(administrator: Administrator, request: Request) -> Response {
    let form = FileForm::read(request, &administrator.world, "sender").await;
    if matches!(form, Err(FormFault::Bad)) {
        return administrator.bad();
    }
    let words = administrator.words();
    let mut faults = administrator.file_faults(&form);
    let form = form.unwrap_or_default();
    if !files::senders(words)
        .iter()
        .any(|sender| sender.value == form.choice)
    {
        faults.insert(0, Fault::new("sender", &words.sender_missing));
    }
    if !faults.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return files::page(&administrator, status, &form.choice, faults, None).await;
    }
    let database = &administrator.world.shared.database;
    let upload = Upload {
        id: or_broken!(administrator, administrator.new_id()),
        sender: form.choice,
        file_name: form.file_name,
        content: form.content,
        uploaded_at: administrator.now,
        uploaded_by: administrator.staff.email.clone(),
    };
    or_broken!(administrator, database.keep_upload(&upload).await);
    let detail = serde_json::json!({ "file": upload.file_name });
    let sent = "register.file_sent";
    or_broken!(
        administrator,
        administrator.note(sent, &upload.sender, &detail).await
    );
    if let Some(refusal) = administrator.refuses(&upload).await {
        return refusal;
    }
    administrator.go(&path(upload.id))
}

#[cfg(test)]
mod tests {
    use super::shown_name;

    #[test]
    fn a_file_is_called_by_its_last_name() {
        assert_eq!(shown_name("C:\\temp\\register.csv"), "register.csv");
        assert_eq!(shown_name("../../etc/passwd"), "passwd");
        assert_eq!(shown_name("a\r\nb.csv"), "ab.csv");
    }
}
