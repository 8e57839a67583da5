//! Files that change the register, and taking them back.

mod accepting;
mod classes;
mod people;
mod undoing;
mod waiting;

use std::collections::{BTreeMap, BTreeSet};

use register::{Field as FileField, quiet};
use server::intake::{self, Options};
use server::storage::register::{
    AcceptError, Acceptance, ContactKind, Import, UndoError, UnitSheet,
};
use server::storage::{Actor, NewRound, Round, Timestamp};

use crate::support::world::{DURING, OPENS, World, new_id, round};

const HEAD: &str =
    "Nyckel;Vårdcentral;Adress;Postnr;Ort;Kommun;RegSO;Verksamhetschef;E-post verksamhetschef\n";
const FIRST: &str = "\
a1;Åsens vårdcentral;Storgatan 1;111 22;Åsen;0180;0180R001;Ada Alm;ada@example.se\n\
a2;Bergets vårdcentral;Bergsvägen 2;111 33;Berget;0181;;Bo Berg;bo@example.se\n";
const SENDER: &str = "Region Stockholm";

fn staff() -> Actor {
    Actor::Staff("kim@example.se".to_owned())
}

/// A moment some seconds after the round opened.
fn after(seconds: i64) -> Timestamp {
    Timestamp::from_millis(DURING.millis() + seconds * 1_000)
}

impl World {
    async fn acceptance(&self, rows: &str, sender: &str) -> Acceptance {
        let content = format!("{HEAD}{rows}").into_bytes();
        let table = intake::table(&content, None, &mut quiet).unwrap();
        let lists = intake::class_lists(&self.database).await.unwrap();
        let options = Options::default();
        let headings = intake::headings(&table, &options, &BTreeMap::new(), &lists).unwrap();
        let columns = headings
            .columns
            .iter()
            .filter_map(|column| Some((column.index, column.chosen.clone()?)));
        let mapping = intake::mapping(&table, &headings, columns, sender).unwrap();
        assert!(mapping.column(&FileField::ChiefEmail).is_some());
        let known = self.database.known_units().await.unwrap();
        let classes = self.database.classes_by_code().await.unwrap();
        let scope = intake::scope(sender, false);
        let preview = intake::preview(
            &table,
            &mapping,
            &lists,
            scope,
            (known, &classes),
            &mut quiet,
        );
        Acceptance {
            upload: None,
            sender: sender.to_owned(),
            file_name: "register.csv".to_owned(),
            file_hash: intake::file_hash(&content),
            checked: preview.checked,
            scope,
            relieved: BTreeSet::new(),
            previewed: Some(preview.plan.fingerprint),
        }
    }

    async fn accept(&self, acceptance: &Acceptance, now: Timestamp) -> Result<Import, AcceptError> {
        self.database
            .accept_import(acceptance, &staff(), now, &mut new_id)
            .await
    }

    /// Previews and accepts a file.
    async fn import(&self, rows: &str, now: Timestamp) -> Import {
        let acceptance = self.acceptance(rows, SENDER).await;
        self.accept(&acceptance, now).await.unwrap()
    }

    async fn sheet(&self, key: &str) -> UnitSheet {
        self.database.unit_sheet(key).await.unwrap().unwrap()
    }

    async fn undo(&self, import: &Import, now: Timestamp) -> Result<(), UndoError> {
        self.database
            .undo_import(import.id, &staff(), now, &mut new_id)
            .await
    }

    /// A round that opened on the first day of 1970, before every import here.
    async fn a_round(&self) -> Round {
        let NewRound { round, .. } = round("2022");
        let new = NewRound {
            round: round.clone(),
            instrument_source: "key = \"example\"".to_owned(),
        };
        self.database.create_round(&new).await.unwrap();
        self.database
            .open_cases(round.id, OPENS, &mut new_id)
            .await
            .unwrap();
        round
    }
}

fn chief(sheet: &UnitSheet) -> (&str, &str) {
    let chief = sheet
        .people
        .iter()
        .find(|person| person.valid_to.is_none() && person.kind == ContactKind::Chief)
        .unwrap();
    (&chief.name, &chief.email)
}
