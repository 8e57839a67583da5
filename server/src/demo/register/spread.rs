//! Whole numbers in a table whose row and column sums are given.

const ROUNDS: usize = 30;

/// A row of a table to be filled: its sum, and the proportions it should have, `C` of them.
pub(super) struct Row<const C: usize> {
    pub total: u32,
    pub weights: [u32; C],
}

/// Fills a table so that its rows have their totals and its columns sum to `columns`, as near as can be
/// to the rows' weights; where a weight is 0 the cell stays 0. The sums are met exactly wherever those
/// zeros allow it.
pub(super) fn spread<const C: usize>(rows: &[Row<C>], columns: &[u32; C]) -> Vec<[u32; C]> {
    let mut rounding = Rounding::new(rows, &fit(rows, columns), columns);
    for (place, row) in rows.iter().enumerate() {
        let floor: u32 = rounding.table[place].iter().sum();
        for _ in floor..row.total {
            rounding.add_one(place, &mut [false; C]);
        }
    }
    rounding.table
}

/// Iterative proportional fitting.
fn fit<const C: usize>(rows: &[Row<C>], columns: &[u32; C]) -> Vec<[f64; C]> {
    let mut shares: Vec<[f64; C]> = rows.iter().map(|row| row.weights.map(f64::from)).collect();
    for _ in 0..ROUNDS {
        for (share, row) in shares.iter_mut().zip(rows) {
            let factor = ratio(row.total, share.iter().sum());
            *share = share.map(|share| share * factor);
        }
        for (column, &total) in columns.iter().enumerate() {
            let factor = ratio(total, shares.iter().map(|share| share[column]).sum());
            for share in &mut shares {
                share[column] *= factor;
            }
        }
    }
    shares
}

fn ratio(total: u32, sum: f64) -> f64 {
    if sum > 0.0 {
        f64::from(total) / sum
    } else {
        0.0
    }
}

/// Rounds downwards first, then adds the missing ones along augmenting paths, so that a column that is
/// full can still give way to a row that has nowhere else to go.
struct Rounding<const C: usize> {
    table: Vec<[u32; C]>,
    floors: Vec<[u32; C]>,
    /// What each column still lacks.
    lacking: [u32; C],
    /// The columns a row may use, largest remainder first.
    order: Vec<Vec<usize>>,
}

impl<const C: usize> Rounding<C> {
    fn new(rows: &[Row<C>], shares: &[[f64; C]], columns: &[u32; C]) -> Self {
        let floors: Vec<[u32; C]> = shares.iter().map(|row| row.map(whole)).collect();
        let mut lacking = *columns;
        for row in &floors {
            for (lack, floor) in lacking.iter_mut().zip(row) {
                *lack = lack.saturating_sub(*floor);
            }
        }
        let order = rows
            .iter()
            .zip(shares)
            .map(|(row, shares)| {
                let mut open: Vec<usize> =
                    (0..C).filter(|&column| row.weights[column] > 0).collect();
                open.sort_by(|&a, &b| shares[b].fract().total_cmp(&shares[a].fract()));
                open
            })
            .collect();
        Self {
            table: floors.clone(),
            floors,
            lacking,
            order,
        }
    }

    fn add_one(&mut self, row: usize, seen: &mut [bool; C]) -> bool {
        for place in 0..self.order[row].len() {
            let column = self.order[row][place];
            if std::mem::replace(&mut seen[column], true) {
                continue;
            }
            if self.lacking[column] > 0 {
                self.lacking[column] -= 1;
                self.table[row][column] += 1;
                return true;
            }
            if self.make_room(column, seen) {
                self.table[row][column] += 1;
                return true;
            }
        }
        false
    }

    /// Moves a one that was added to `column` to another column of its row.
    fn make_room(&mut self, column: usize, seen: &mut [bool; C]) -> bool {
        for other in 0..self.table.len() {
            if self.table[other][column] > self.floors[other][column] && self.add_one(other, seen) {
                self.table[other][column] -= 1;
                return true;
            }
        }
        false
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is never negative and never above the number of units"
)]
fn whole(share: f64) -> u32 {
    share as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<const C: usize>(total: u32, weights: [u32; C]) -> Row<C> {
        Row { total, weights }
    }

    #[test]
    fn proportions_that_fit_are_kept() {
        let rows = [row(4, [1, 3]), row(8, [6, 2])];
        assert_eq!(spread(&rows, &[7, 5]), [[1, 3], [6, 2]]);
    }

    #[test]
    fn rows_and_columns_have_their_sums_when_nothing_divides_evenly() {
        let rows = [row(5, [1, 1, 1]), row(5, [1, 1, 1]), row(1, [1, 1, 1])];
        let table = spread(&rows, &[4, 4, 3]);
        let sums: Vec<u32> = table.iter().map(|cells| cells.iter().sum()).collect();
        assert_eq!(sums, [5, 5, 1]);
        let columns = [0, 1, 2].map(|column| table.iter().map(|cells| cells[column]).sum::<u32>());
        assert_eq!(columns, [4, 4, 3]);
    }

    #[test]
    fn a_row_gives_way_to_one_that_has_nowhere_else_to_go() {
        // Left to itself the first row takes what the second needs.
        let rows = [row(1, [1, 1]), row(1, [1, 0])];
        let mut rounding = Rounding::new(&rows, &[[0.5, 0.5], [0.5, 0.0]], &[1, 1]);
        assert!(rounding.add_one(0, &mut [false; 2]));
        assert!(rounding.add_one(1, &mut [false; 2]));
        assert_eq!(rounding.table, [[0, 1], [1, 0]]);
    }

    #[test]
    fn where_a_weight_is_nought_nothing_is_put() {
        let rows = [row(3, [1, 0, 1]), row(3, [1, 1, 0])];
        let table = spread(&rows, &[2, 2, 2]);
        assert_eq!((table[0][1], table[1][2]), (0, 0));
    }
}
