//! Files, units and reports, on the pages of those who keep the register.

use app::staff::Role;

use crate::colleague::Colleague;
use crate::page::Answered;
use crate::site::{Site, Typed};

on_both_databases!(
    a_file_is_mapped_previewed_accepted_and_undone,
    a_report_of_a_new_chief_moves_the_link_and_keeps_the_draft,
    a_preview_that_is_no_longer_true_is_shown_anew,
);
on_sqlite!(
    headings_are_chosen_as_last_time,
    files_that_are_no_registers_are_refused_and_leave_nothing,
    formulas_in_a_file_are_told_and_never_run,
    a_file_without_headings_lets_the_row_be_pointed_out,
    a_form_without_a_file_or_a_sender_says_so,
    a_reader_looks_but_changes_nothing,
    units_are_searched_whatever_the_letter_case,
    a_unit_is_changed_by_hand,
    a_wrong_date_is_said_at_its_field,
    a_chief_is_changed_by_hand_and_the_old_link_dies,
    a_case_gets_a_disposition_with_its_reason,
    a_successor_shares_the_draft_with_nobody_the_former_chief_had_asked,
    a_report_that_names_the_new_chief_is_handled_from_the_list_by_one_press,
    a_report_of_closing_becomes_a_disposition,
    a_report_is_dismissed_with_a_note_and_handled_once,
    a_class_file_is_loaded_and_its_faults_are_told,
);

const FILES: &str = "/admin/register/import";
/// In Windows-1252, with three rows of preamble, spaces in an address and a branch office.
const FILE: &str = "Vårdcentraler i regionen;;;;;\n\
    Uttag 2022-03-01;;;;;\n\
    \n\
    HSA-id;Enhet;Gatuadress;Ort;Kommunkod;Chefens e-post\n\
    a1;Åsens vårdcentral;Storgatan 1;Åsen;0180; ada @example.se\n\
    a2;Bergets vårdcentral;Bergsvägen 2;Berget;0181;bo@example.se\n\
    a3;Bergets filial;Bergsvägen 3;Berget;0181;bo@example.se\n\
    a4;;Ingenstans 4;Berget;0181;nn@example.se\n";

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect()
}

fn multipart(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    if let Some((name, content)) = file {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(content);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    ("multipart/form-data; boundary=x".to_owned(), body)
}

impl Colleague<'_> {
    async fn sends(&self, name: &str, content: &[u8]) -> Answered {
        self.sends_from("Region Stockholm", name, content).await
    }

    async fn sends_from(&self, sender: &str, name: &str, content: &[u8]) -> Answered {
        let (kind, body) = multipart(&[("sender", sender)], Some((name, content)));
        self.post_body(FILES, &kind, body).await
    }

    /// Sends a file and decides its columns; the address and the page of its preview.
    async fn previews(&self, content: &[u8]) -> (String, String, Answered) {
        let sent = self.sends("register.csv", content).await;
        let path = sent.leads_to().to_owned();
        let mapping = self.get(&path).await;
        assert_eq!(mapping.status, 200, "{}", mapping.text());
        let decided = self.post(&path, &chosen(&mapping)).await;
        let preview = decided.leads_to().to_owned();
        let page = self.get(&preview).await;
        assert_eq!(page.status, 200, "{}", decided.text());
        (path, preview, page)
    }
}

/// What a mapping page has chosen, as its form sends it.
fn chosen(page: &Answered) -> Vec<(&'static str, &'static str)> {
    let mut fields = Vec::new();
    let mut rest = page.body.as_str();
    while let Some((_, from)) = rest.split_once("<select id=\"k") {
        let (select, after) = from.split_once("</select>").unwrap();
        let column = select.split_once('"').unwrap().0;
        let option = select
            .split("<option")
            .find(|option| option.contains(" selected"))
            .unwrap();
        let value = option
            .split_once("value=\"")
            .unwrap()
            .1
            .split_once('"')
            .unwrap()
            .0;
        let name = format!("k{column}");
        fields.push((&*name.leak(), &*value.to_owned().leak()));
        rest = after;
    }
    let row = page.body.split_once("name=\"rubrik\" value=\"").unwrap().1;
    fields.push(("rubrik", row.split_once('"').unwrap().0.to_owned().leak()));
    fields
}

fn carried(page: &Answered) -> Vec<(&'static str, &'static str)> {
    let (_, form) = page.body.split_once("/importera\"").unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    hidden(form)
}

/// What a form carries without showing it.
fn hidden(form: &str) -> Vec<(&'static str, &'static str)> {
    form.split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|input| {
            let (name, rest) = input.split_once('"').unwrap();
            let value = rest
                .split_once("value=\"")
                .map_or("", |(_, rest)| rest.split_once('"').unwrap().0);
            (&*name.to_owned().leak(), &*value.to_owned().leak())
        })
        .collect()
}

async fn waiting(site: &Site) -> usize {
    let now = server::storage::Timestamp::from_millis(crate::site::NOW);
    site.database.waiting_uploads(now).await.unwrap().len()
}

async fn a_file_is_mapped_previewed_accepted_and_undone(site: Site) {
    let boss = site.colleague(Role::Administrator).await;

    let (path, _, preview) = boss.previews(&windows_1252(FILE)).await;

    assert!(preview.says("Åsens vårdcentral"));
    assert!(preview.says("Enheten saknar namn."));
    assert!(preview.says("Tolkad som ada@example.se."));
    assert!(site.database.unit_sheet("a1").await.unwrap().is_none());

    let accepted = boss
        .post(&format!("{path}/importera"), &carried(&preview))
        .await;
    let done = boss.get(accepted.leads_to()).await;
    assert!(
        done.says("3 nya, 0 ändrade och 0 borttagna"),
        "{}",
        done.text()
    );
    assert_eq!(waiting(&site).await, 0);
    let unit = boss.get("/admin/register/enheter/a1").await;
    assert!(unit.says("Filen register.csv"));
    assert!(unit.says("ada@example.se"));
    let branch = boss.get("/admin/register?status=branch").await;
    assert!(branch.says("Bergets filial"));

    let id = accepted.leads_to().split_once('=').unwrap().1.to_owned();
    let asked = boss.get(&format!("{FILES}/{id}/angra")).await;
    assert!(asked.says("Ångra inläsningen av register.csv?"));
    let undone = boss.post(&format!("{FILES}/{id}/angra"), &[]).await;
    assert!(boss.get(undone.leads_to()).await.says("är ångrad"));
    assert!(
        boss.get("/admin/register?status=gone")
            .await
            .says("Åsens vårdcentral")
    );

    let files = boss.get(FILES).await;
    let changes = format!("/admin/register/historik?fil={id}");
    assert!(files.links().contains(&changes), "{:?}", files.links());
    let of_file = boss.get(&changes).await;
    assert!(of_file.says("Vad register.csv ändrade"));
    assert!(of_file.says("Ny i registret") && of_file.says("Borttagen ur registret"));
    assert!(of_file.says("Ångrad inläsning av register.csv"));
    let renamed = [("name", "Nya namnet"), ("region", "Region Exempel")];
    boss.post("/admin/register/enheter/ordinary/redigera", &renamed)
        .await;
    let whole = boss.get("/admin/register/historik").await;
    assert!(whole.says("Nya namnet") && whole.says("Ändrad för hand") && whole.says(&boss.email));
    assert!(whole.says("Bergets filial"));
    assert!(!boss.get(&changes).await.says("Nya namnet"));
}

async fn headings_are_chosen_as_last_time(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let file = b"HSA-id;Enhet;Kommunkod;Konstig rubrik\na1;Asens VC;0180;x\n";
    let path = boss.sends("a.csv", file).await.leads_to().to_owned();
    let page = boss.get(&path).await;
    assert!(!page.says("som förra gången"));
    let mut fields = chosen(&page);
    fields.iter_mut().find(|(name, _)| *name == "k3").unwrap().1 = "city";
    assert_eq!(boss.post(&path, &fields).await.status, 303);

    let again = boss.sends("b.csv", file).await.leads_to().to_owned();
    let page = boss.get(&again).await;

    assert!(page.says("som förra gången"));
    assert!(chosen(&page).contains(&("k3", "city")));
    let elsewhere = boss
        .sends_from("Region Skåne", "c.csv", file)
        .await
        .leads_to()
        .to_owned();
    assert!(!chosen(&boss.get(&elsewhere).await).contains(&("k3", "city")));
}

async fn files_that_are_no_registers_are_refused_and_leave_nothing(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let million_columns = [b";".repeat(1_000_000), b"x\n".to_vec()].concat();
    let files: [(&str, &[u8], &str); 6] = [
        ("a.pdf", b"%PDF-1.7\n1 0 obj", "Filen är en PDF."),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
            "gamla Excel-typen",
        ),
        ("a.xlsx", b"PK\x03\x04 cut short", "skadad eller avklippt"),
        ("a.csv", b"<!doctype html><html><table>", "webbsida"),
        ("a.csv", &million_columns, "fler kolumner"),
        ("a.csv", b"\n\n\n", "Filen är tom."),
    ];
    for (name, content, why) in files {
        let refused = boss.sends(name, content).await;
        assert_eq!(refused.status, 422, "{why}");
        assert!(refused.says(why), "{why}: {}", refused.text());
        assert!(refused.says("Ingenting av"), "{why}");
        assert_eq!(waiting(&site).await, 0, "{why}");
    }
    let large = vec![b'x'; 21 << 20];
    let refused = boss.sends("a.csv", &large).await;
    assert!(refused.says("större än 20 MB"));
    assert_eq!(waiting(&site).await, 0);
}

async fn formulas_in_a_file_are_told_and_never_run(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let file = b"HSA-id;Enhet;Kommunkod;Ort\na1;=HYPERLINK(\"http://evil.example\");0180;X\n";

    let (_, _, preview) = boss.previews(file).await;

    assert!(preview.says("Texten skulle köras som en formel"));
    assert!(preview.says("Filen innehåller ingenting som skiljer sig"));
}

async fn a_file_without_headings_lets_the_row_be_pointed_out(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let file = b"qwe;rty;uio\na1;Asens VC;0180\n";
    let path = boss.sends("a.csv", file).await.leads_to().to_owned();

    let page = boss.get(&path).await;

    assert!(page.says("Ingen rad ser ut att ha rubriker."));
    let page = boss.get(&format!("{path}?rubrik=0")).await;
    assert_eq!(chosen(&page).len(), 4);
    let nothing = boss.post(&path, &chosen(&page)).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.says("Ingen kolumn ger enheternas namn."));
}

async fn a_form_without_a_file_or_a_sender_says_so(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let (kind, body) = multipart(&[("sender", "Nangijala")], Some(("", b"")));

    let refused = boss.post_body(FILES, &kind, body).await;

    assert_eq!(refused.status, 422);
    assert!(refused.says("Välj vem filen kommer från."));
    assert!(refused.says("Välj en fil."));
    assert_eq!(boss.post_body(FILES, "text/plain", "x").await.status, 400);
}

async fn a_reader_looks_but_changes_nothing(site: Site) {
    let reader = site.colleague(Role::Reader).await;

    let page = reader.get("/admin/register/enheter/ordinary").await;

    assert_eq!(page.status, 200);
    assert!(!page.says("Ändra uppgifterna"));
    assert_eq!(reader.sends("a.csv", FILE.as_bytes()).await.status, 403);
    let edited = reader
        .post(
            "/admin/register/enheter/ordinary/redigera",
            &[("name", "X")],
        )
        .await;
    assert_eq!(edited.status, 403);
}

async fn units_are_searched_whatever_the_letter_case(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let (path, _, preview) = boss.previews(FILE.as_bytes()).await;
    boss.post(&format!("{path}/importera"), &carried(&preview))
        .await;

    for search in ["%C3%A5sens", "%C3%85SENS", "ada%40example"] {
        let found = boss.get(&format!("/admin/register?sok={search}")).await;
        assert!(found.says("1 enhet"), "{search}: {}", found.text());
        assert!(found.says("Åsens vårdcentral"), "{search}");
    }
    let none = boss.get("/admin/register?sok=100%25").await;
    assert!(none.says("Ingen enhet stämmer"));
    let region = boss.get("/admin/register?region=Region+Stockholm").await;
    assert!(region.says("2 enheter"));
}

async fn a_unit_is_changed_by_hand(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let path = "/admin/register/enheter/ordinary";
    let form = boss.get(&format!("{path}/redigera")).await;

    let saved = boss
        .post(
            &format!("{path}/redigera"),
            &[
                ("name", "Nya namnet"),
                ("region", "Region Exempel"),
                ("class.listed", "9100"),
                ("class.area_type", "5"),
                ("class.municipality_type", "dense_mixed"),
                ("ownership", "private"),
            ],
        )
        .await;

    assert_eq!(form.status, 200);
    let page = boss.get(saved.leads_to()).await;
    assert!(page.says("Ändringen är sparad."));
    assert!(page.says("Nya namnet"));
    assert!(page.says("9100"));
    assert!(page.says("Privat"));
    assert!(page.says("Ändrad för hand"));
    assert!(page.says(&boss.email));
}

async fn a_wrong_date_is_said_at_its_field(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let path = "/admin/register/enheter/ordinary/redigera";

    let refused = boss
        .post(path, &[("name", ""), ("started_on", "i våras")])
        .await;

    assert_eq!(refused.status, 422);
    assert!(refused.title().starts_with("Fel: "));
    assert!(refused.says("Skriv enhetens namn."));
    assert!(refused.says("Skriv datumet som 2022-04-05."));
    assert!(refused.body.contains("i våras"));
}

async fn a_chief_is_changed_by_hand_and_the_old_link_dies(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let chief = site.chief();
    let path = "/admin/register/enheter/ordinary/person/chief";
    let set = async |name, email| boss.post(path, &[("name", name), ("email", email)]).await;
    assert_eq!(set("Ada Alm", "ada@example.se").await.status, 303);
    assert_eq!(chief.get("").await.status, 200);

    assert_eq!(set("Cia Ceder", "cia@example.se").await.status, 303);

    assert_eq!(chief.get("").await.status, 410);
    let page = boss.get("/admin/register/enheter/ordinary").await;
    assert!(page.says("cia@example.se"));
    assert!(page.says("Mottagaren slutade"));
    let wrong = set("Cia", "cia").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("Skriv en e-postadress som namn@region.se."));
}

async fn a_case_gets_a_disposition_with_its_reason(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let sheet = site.database.unit_sheet("ordinary").await.unwrap().unwrap();
    let case = sheet.cases[0].id.to_string();
    let (code, note) = (format!("kod-{case}"), format!("not-{case}"));
    let path = "/admin/register/enheter/ordinary/utfall";

    let bare = boss
        .post(path, &[("case", &case), (&code, "refused"), (&note, " ")])
        .await;
    assert_eq!(bare.status, 422);
    assert!(bare.says("Skriv varför."));
    let saved = boss
        .post(
            path,
            &[
                ("case", &case),
                (&code, "refused"),
                (&note, "Ringde och sa nej"),
            ],
        )
        .await;

    let page = boss.get(saved.leads_to().split('#').next().unwrap()).await;
    assert!(page.says("Räknas som: Vill inte delta."));
    assert!(page.says("Ringde och sa nej"));
}

/// The address of the only report.
async fn the_report(boss: &Colleague<'_>) -> String {
    let list = boss.get("/admin/rapporter").await;
    let (_, from) = list.body.split_once("/admin/rapporter/").unwrap();
    format!("/admin/rapporter/{}", from.split_once('"').unwrap().0)
}

async fn a_successor_shares_the_draft_with_nobody_the_former_chief_had_asked(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let path = "/admin/register/enheter/ordinary/person/chief";
    let former = [("name", "Ada Alm"), ("email", "ada@example.se")];
    assert_eq!(boss.post(path, &former).await.status, 303);
    let chief = site.chief();
    let shared = [("avsnitt", "bemanning"), ("namn", "Kim Ek"), ("epost", "")];
    chief.post("/dela", &shared).await;
    let case = chief.view().await.case.id;
    let given = site.database.delegations(case).await.unwrap();
    let colleague = site.holder_of(given[0].link_id);
    assert_eq!(colleague.get("").await.status, 200);

    let successor = [("name", "Cia Ceder"), ("email", "cia@example.se")];
    assert_eq!(boss.post(path, &successor).await.status, 303);

    assert_eq!(colleague.get("").await.status, 410);
    let late = [Typed::new("gp_specialist_persons", "4")];
    assert_eq!(colleague.autosave(&late).await.status, 410);
}

async fn a_report_of_a_new_chief_moves_the_link_and_keeps_the_draft(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let chief = site.chief();
    chief.types("listed", "8600").await;
    let told = [
        ("kind", "new_chief"),
        ("name", "Cia Ceder"),
        ("email", "cia@example.se"),
        ("note", ""),
    ];
    chief.post("/fel-mottagare", &told).await;
    let report = the_report(&boss).await;
    let form = boss.get(&report).await;
    assert!(form.body.contains("value=\"cia@example.se\""));

    let path = format!("{report}/ny-chef");
    let handled = boss
        .post(&path, &[("name", "Cia Ceder"), ("email", "cia@example.se")])
        .await;

    assert!(boss.get(handled.leads_to()).await.says("är bytt"));
    assert_eq!(chief.get("").await.status, 410);
    let round = site.database.round("2022").await.unwrap().unwrap();
    let links = site.database.links_of_round(round.id).await.unwrap();
    let link = links
        .iter()
        .find(|link| link.unit_key == "ordinary")
        .unwrap();
    let successor = site.holder_of(link.link_id);
    assert_eq!(successor.get("").await.status, 200);
    assert_eq!(successor.raw("listed").await, "8600");
    let again = boss
        .post(&path, &[("name", "Dag"), ("email", "dag@example.se")])
        .await;
    assert_eq!(again.leads_to(), report);
    assert!(boss.get(&report).await.says("Mottagaren byttes"));
    let unit = boss.get("/admin/register/enheter/ordinary").await;
    assert!(unit.says("Rapport från mottagare"));
    assert!(!unit.says("dag@example.se"));
}

async fn a_report_that_names_the_new_chief_is_handled_from_the_list_by_one_press(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let chief = site.chief();
    let told = [
        ("kind", "new_chief"),
        ("name", "Cia Ceder"),
        ("email", "cia@example.se"),
        ("note", ""),
    ];
    chief.post("/fel-mottagare", &told).await;
    let list = boss.get("/admin/rapporter").await;
    assert!(list.says("Byt till Cia Ceder"), "{}", list.text());
    let (before, form) = list.body.split_once("/ny-chef\"").unwrap();
    let (_, report) = before.rsplit_once("action=\"").unwrap();
    let (form, _) = form.split_once("</form>").unwrap();

    let handled = boss.post(&format!("{report}/ny-chef"), &hidden(form)).await;

    assert!(boss.get(handled.leads_to()).await.says("är bytt"));
    assert_eq!(chief.get("").await.status, 410);
    let unit = boss.get("/admin/register/enheter/ordinary").await;
    assert!(unit.says("cia@example.se"));

    let reader = site.colleague(Role::Reader).await;
    site.rural_chief().post("/fel-mottagare", &told).await;
    let list = reader.get("/admin/rapporter").await;
    assert!(list.says("Cia Ceder") && !list.says("Byt till"));
}

async fn a_report_of_closing_becomes_a_disposition(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let told = [
        ("kind", "closed"),
        ("name", ""),
        ("email", ""),
        ("note", "Stängde i maj"),
    ];
    site.chief().post("/fel-mottagare", &told).await;
    let report = the_report(&boss).await;

    let handled = boss
        .post(
            &format!("{report}/stangd"),
            &[("disposition", "closed_before_start"), ("closed-note", "")],
        )
        .await;

    assert!(
        boss.get(handled.leads_to())
            .await
            .says("är markerad som stängd")
    );
    let sheet = site.database.unit_sheet("ordinary").await.unwrap().unwrap();
    assert_eq!(
        sheet.cases[0].dispositions[0].code.name(),
        "closed_before_start"
    );
}

async fn a_report_is_dismissed_with_a_note_and_handled_once(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let told = [
        ("kind", "other"),
        ("name", ""),
        ("email", ""),
        ("note", "Vi är två chefer"),
    ];
    site.chief().post("/fel-mottagare", &told).await;
    let report = the_report(&boss).await;
    let path = format!("{report}/avsluta");

    assert!(
        boss.post(&path, &[("note", "")])
            .await
            .says("Skriv varför.")
    );
    assert_eq!(
        boss.post(&path, &[("note", "Ringde dem")]).await.status,
        303
    );

    let list = boss.get("/admin/rapporter").await;
    assert!(list.says("Inga rapporter väntar."));
    assert!(list.says("Avslutad utan åtgärd: Ringde dem"));
    assert_eq!(site.chief().get("").await.status, 200);
}

async fn a_preview_that_is_no_longer_true_is_shown_anew(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let (first, _, preview) = boss.previews(FILE.as_bytes()).await;
    boss.post(&format!("{first}/importera"), &carried(&preview))
        .await;
    let renamed = FILE.replace("Åsens vårdcentral", "Åsens hälsocentral");
    let (path, _, preview) = boss.previews(renamed.as_bytes()).await;

    let edited = [
        ("name", "Åsens läkarhus"),
        ("region", "Region Stockholm"),
        ("municipality", "0180"),
    ];
    boss.post("/admin/register/enheter/a1/redigera", &edited)
        .await;
    let stale = boss
        .post(&format!("{path}/importera"), &carried(&preview))
        .await;

    assert_eq!(stale.status, 409);
    assert!(stale.says("Registret har ändrats sedan du granskade filen."));
    assert!(stale.says("Åsens läkarhus"));
    let accepted = boss
        .post(&format!("{path}/importera"), &carried(&stale))
        .await;
    assert!(boss.get(accepted.leads_to()).await.says("1 ändrade"));
}

async fn a_class_file_is_loaded_and_its_faults_are_told(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let (path, _, preview) = boss.previews(FILE.as_bytes()).await;
    boss.post(&format!("{path}/importera"), &carried(&preview))
        .await;
    let file = "Kommun;Kommuntyp\n0180;metropolitan\n0181;dense_mixed\n9999;metropolitan\n";
    let (kind, body) = multipart(
        &[("kind", "municipality_type")],
        Some(("k.csv", file.as_bytes())),
    );

    let loaded = boss.post_body("/admin/register/klasser", &kind, body).await;

    assert!(
        loaded.says("2 koder. 3 enheter fick en ny klass."),
        "{}",
        loaded.text()
    );
    assert!(loaded.says("Koden finns inte."));
    let unit = boss.get("/admin/register/enheter/a1").await;
    assert!(
        unit.says("Storstadskommuner (ur klassfilen)"),
        "{}",
        unit.text()
    );
    assert!(!unit.says("metropolitan"));
}
