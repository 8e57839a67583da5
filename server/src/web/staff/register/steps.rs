//! From a waiting file to its table and its preview. Both are work for a thread of their own; a page waits a moment for them
//! and else tells how far they have come.

use std::{sync::Arc, time::Duration};

use app::staff::{
    StaffNotice,
    register::{ProgressPage, UnreadablePage},
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use register::{Field, Headings, Mapping, Progress, Stage, Table, Unreadable};
use uuid::Uuid;

use crate::{
    intake::{self, Jobs, Options, Preview, Standing},
    storage::register::Upload,
    web::staff::{Asked, StaffVisit},
};

/// A short file's page needs no waiting page before it.
const PATIENCE: Duration = Duration::from_millis(1_500);
const REFRESH_SECONDS: HeaderValue = HeaderValue::from_static("1");

type Read = Result<Arc<Table>, Unreadable>;
/// A preview holds for the file, what was decided about it, and what its columns mean.
type PreviewKey = (Uuid, Options, Vec<(usize, Field)>);

/// Files that are being read and compared.
#[derive(Debug, Default)]
pub(in crate::web) struct Intake {
    tables: Jobs<(Uuid, Option<String>), Read>,
    previews: Jobs<PreviewKey, Preview>,
}

/// A waiting file that was read.
pub(super) struct Opened {
    pub upload: Upload,
    pub table: Arc<Table>,
    pub options: Options,
    pub lists: Vec<register::ClassList>,
    pub headings: Option<Headings>,
}

/// What an address says was decided about a file.
pub(super) fn options(text: impl Fn(&str) -> String) -> Options {
    let sheet = text("blad");
    Options {
        sheet: (!sheet.is_empty()).then_some(sheet),
        heading_row: text("rubrik").parse().ok(),
        additions: text("tillagg") == "1",
    }
}

/// The same, to stand in an address.
pub(super) fn query(options: &Options) -> String {
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let parts = [
        options
            .sheet
            .as_deref()
            .map(|sheet| format!("blad={}", encode(sheet))),
        options.heading_row.map(|row| format!("rubrik={row}")),
        Some(format!("tillagg={}", u8::from(options.additions))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("&")
}

pub(super) fn path(upload: Uuid) -> String {
    format!("/admin/register/import/{upload}")
}

impl StaffVisit {
    /// The waiting file of an address.
    async fn waiting_file(&self, id: &str) -> Result<Upload, Response> {
        let Ok(id) = id.parse::<Uuid>() else {
            return Err(self.missing());
        };
        match self.world.shared.database.upload(id, self.now).await {
            Ok(Some(upload)) => Ok(upload),
            Ok(None) => Err(self.file_expired()),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// The file is not waiting any more.
    pub(super) fn file_expired(&self) -> Response {
        let words = self.words();
        let frame = self.frame();
        let page = UnreadablePage {
            frame: &frame,
            file_name: "",
            reason: words.expired.clone(),
        };
        self.page_with(StatusCode::GONE, page.html())
    }

    /// Opens a waiting file; the response is the page to show where that is not done or not possible.
    pub(super) async fn open_file(&self, id: &str, asked: &Asked) -> Result<Opened, Response> {
        let upload = self.waiting_file(id).await?;
        self.open_upload(upload, options(|name| asked.text(name).to_owned()))
            .await
    }

    pub(super) async fn open_file_with(
        &self,
        id: &str,
        options: Options,
    ) -> Result<Opened, Response> {
        let upload = self.waiting_file(id).await?;
        self.open_upload(upload, options).await
    }

    async fn open_upload(&self, upload: Upload, options: Options) -> Result<Opened, Response> {
        let table = self.table_of(&upload, &options).await?;
        let database = &self.world.shared.database;
        let remembered = database
            .remembered_mapping(&upload.sender)
            .await
            .map_err(|error| self.broken(&error))?;
        let lists = intake::class_lists(database)
            .await
            .map_err(|error| self.broken(&error))?;
        let headings = intake::headings(&table, &options, &remembered, &lists);
        Ok(Opened {
            upload,
            table,
            options,
            lists,
            headings,
        })
    }

    /// The page that refuses a file that was just sent in, where it is soon seen that it cannot be read.
    pub(super) async fn refuses(&self, upload: &Upload) -> Option<Response> {
        match self.reading(upload, &Options::default()).await {
            Standing::Done(read) => match &*read {
                Ok(_) => None,
                Err(why) => Some(self.cannot_read(upload, why).await),
            },
            Standing::Working(_) | Standing::Broken => None,
        }
    }

    async fn reading(&self, upload: &Upload, options: &Options) -> Standing<Read> {
        let tables = &self.world.shared.intake.tables;
        let key = (upload.id, options.sheet.clone());
        let job = tables.get(&key).unwrap_or_else(|| {
            let (content, sheet) = (upload.content.clone(), options.sheet.clone());
            tables.begin(key, move |progress| {
                intake::table(&content, sheet.as_deref(), progress).map(Arc::new)
            })
        });
        job.wait(PATIENCE).await
    }

    async fn table_of(&self, upload: &Upload, options: &Options) -> Result<Arc<Table>, Response> {
        match self.reading(upload, options).await {
            Standing::Done(read) => match &*read {
                Ok(table) => Ok(Arc::clone(table)),
                Err(why) => Err(self.cannot_read(upload, why).await),
            },
            Standing::Working(progress) => Err(self.in_progress(upload, options, progress, "")),
            Standing::Broken => {
                Err(self.notice(StatusCode::INTERNAL_SERVER_ERROR, StaffNotice::Error))
            }
        }
    }

    /// Nothing of a file that cannot be read stays.
    async fn cannot_read(&self, upload: &Upload, why: &Unreadable) -> Response {
        // A sheet that is asked for wrongly is no fault of the file.
        if !matches!(why, Unreadable::NoSuchSheet { .. })
            && let Err(error) = self.world.shared.database.discard_upload(upload.id).await
        {
            return self.broken(&error);
        }
        self.refused_file(&upload.file_name, why)
    }

    pub(super) fn refused_file(&self, file_name: &str, why: &Unreadable) -> Response {
        let frame = self.frame();
        let page = UnreadablePage {
            frame: &frame,
            file_name,
            reason: self.unreadable(why),
        };
        self.page_with(StatusCode::UNPROCESSABLE_ENTITY, page.html())
    }

    fn in_progress(
        &self,
        upload: &Upload,
        options: &Options,
        progress: Option<Progress>,
        rest: &str,
    ) -> Response {
        let frame = self.frame();
        let address = format!("{}{rest}?{}", path(upload.id), query(options));
        let stage = progress.map(|progress| {
            let stage = match progress.stage {
                Stage::Reading => "reading",
                Stage::Checking => "checking",
                Stage::Comparing => "comparing",
            };
            (stage, progress.done, progress.of)
        });
        let page = ProgressPage {
            frame: &frame,
            file_name: &upload.file_name,
            stage,
            address: &address,
        };
        let mut response = self.page(page.html());
        response
            .headers_mut()
            .insert(header::REFRESH, REFRESH_SECONDS);
        response
    }

    /// The preview of a file that was opened; the response is the page to show where it is not done.
    pub(super) async fn preview_of(
        &self,
        opened: &Opened,
        mapping: Mapping,
    ) -> Result<Arc<Preview>, Response> {
        let columns: Vec<(usize, Field)> = mapping
            .columns()
            .map(|(field, column)| (column, field.clone()))
            .collect();
        let previews = &self.world.shared.intake.previews;
        let key = (opened.upload.id, opened.options.clone(), columns);
        let job = if let Some(job) = previews.get(&key) {
            job
        } else {
            let database = &self.world.shared.database;
            let known = database
                .known_units()
                .await
                .map_err(|error| self.broken(&error))?;
            let classes = database
                .classes_by_code()
                .await
                .map_err(|error| self.broken(&error))?;
            let scope = intake::scope(&opened.upload.sender, opened.options.additions);
            let (table, lists) = (Arc::clone(&opened.table), opened.lists.clone());
            previews.begin(key, move |progress| {
                intake::preview(&table, &mapping, &lists, scope, (known, &classes), progress)
            })
        };
        match job.wait(PATIENCE).await {
            Standing::Done(preview) => Ok(preview),
            Standing::Working(progress) => {
                Err(self.in_progress(&opened.upload, &opened.options, progress, "/granska"))
            }
            Standing::Broken => {
                Err(self.notice(StatusCode::INTERNAL_SERVER_ERROR, StaffNotice::Error))
            }
        }
    }

    /// The register is not what it was when this file was compared.
    pub(super) fn forget_previews(&self, upload: Uuid) {
        self.world
            .shared
            .intake
            .previews
            .forget(|(id, ..)| *id == upload);
    }

    /// The file is accepted or thrown away.
    pub(super) fn forget_file(&self, upload: Uuid) {
        self.forget_previews(upload);
        self.world
            .shared
            .intake
            .tables
            .forget(|(id, _)| *id == upload);
    }
}

impl Opened {
    /// The mapping as it is remembered, whole or with what it lacks.
    pub fn mapping(&self) -> Option<Result<Mapping, Vec<register::MappingFault>>> {
        let headings = self.headings.as_ref()?;
        let columns = headings
            .columns
            .iter()
            .filter_map(|column| Some((column.index, column.chosen.clone()?)));
        Some(intake::mapping(
            &self.table,
            headings,
            columns,
            &self.upload.sender,
        ))
    }

    /// Fields to choose among: key and order as the file crate has them.
    pub fn fields(&self) -> Vec<Field> {
        let classes = self.lists.iter().map(|list| Field::Class(list.key.clone()));
        Field::ALL.into_iter().chain(classes).collect()
    }
}
