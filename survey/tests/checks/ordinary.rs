//! Ordinary chiefs are left in peace.

use proptest::prelude::*;
use survey::{
    answers::{Answers, Number},
    checks::{MatrixRules, examine},
    instrument::Body,
    register::Register,
};

use crate::support::{question, staffing, table};

#[test]
fn an_ordinary_centre_is_asked_nothing() {
    let findings = staffing(
        "gp_specialist          6  5,25  1
         other_specialist       none
         licensed_nonspecialist 2  2     -
         unlicensed_physician   0  0     0,5
         district_nurse         12 10,75 -
         specialist_nurse       1  1,0   -
         registered_nurse       5  4,5   2
         assistant_nurse        8  7.25  -
         dietitian              1  0,5   -
         psychosocial           3  2½    -
         physiotherapist        1  0,05  -
         occupational_therapist -  -     -
         medical_secretary      4  3,2   -
         other_staff            2  1,75  0",
    );
    assert_eq!(findings, []);
}

#[test]
fn a_large_centre_is_asked_nothing() {
    assert_eq!(
        staffing(
            "gp_specialist    24 19,5  3
             district_nurse   31 27,25 -
             registered_nurse 40 36    -
             assistant_nurse  45 40    5"
        ),
        []
    );
}

#[test]
fn sums_and_the_average_employment_rate_are_over_what_can_be_read() {
    let Body::NumberMatrix(matrix) = &question("staffing").body else {
        panic!("the staffing question is a matrix");
    };
    let rules = MatrixRules::new("staffing", matrix, &[]);
    let sums = rules.sums(&table(
        "gp_specialist  4  3,5 -
         district_nurse 12 x   -
         dietitian      2  1   -
         psychosocial   -  7   -",
    ));
    let told: Vec<_> = sums
        .columns
        .iter()
        .map(|sum| sum.map(Number::to_swedish))
        .collect();
    assert_eq!(told, [Some("18".to_owned()), Some("11,5".to_owned()), None]);
    assert_eq!(sums.quotient, Some(Number::whole(75)));
    assert_eq!(rules.sums(&Answers::default()).quotient, None);
    assert_eq!(rules.sums(&table("dietitian 0 0")).quotient, None);
}

proptest! {
    /// Rows of up to 19 persons, each working between 25 and 100 %, with some temps, whatever has been typed so far.
    #[test]
    fn no_ordinary_table_is_asked_about_at_any_moment(
        centre in prop::collection::vec((0..=19_i64, 5..=20_i64, 0..=12_i64), 14),
        blank in prop::collection::vec(any::<bool>(), 42),
    ) {
        let Body::NumberMatrix(matrix) = &question("staffing").body else {
            return Err(TestCaseError::fail("no matrix"));
        };
        let mut answers = Answers::default();
        for (at, ((persons, twentieths, temps), row)) in centre.iter().zip(&matrix.rows).enumerate() {
            // Nine physicians are too few to be the total of a table.
            let persons = if at == 0 { persons % 10 } else { *persons };
            let posts = Number::from_millionths(persons * twentieths * Number::SCALE / 20);
            let temps = Number::from_millionths(temps * Number::SCALE / 4);
            let cells = [
                ("persons", persons.to_string()),
                ("fte", posts.to_swedish()),
                ("temp_fte", temps.to_swedish()),
            ];
            for (cell, (column, typed)) in cells.into_iter().enumerate() {
                if !blank[at * 3 + cell] {
                    answers.set(MatrixRules::cell(&row.key, column), typed);
                }
            }
        }
        let findings = examine(question("staffing"), &Register::default(), &answers);
        prop_assert_eq!(findings, vec![]);
    }
}
