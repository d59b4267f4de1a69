//! By which rules a table is judged that no rules make possible: those that explain most of it.

use super::readings::start;
use super::sheet::{Sheet, Sort};
use crate::money::{Range, Reading, Rounding};

/// The readings under which the fewest ties cannot hold: where a table has a misprint it is judged by the rules that
/// explain all the rest of it.
pub fn likeliest(sheet: &Sheet, exact: &[bool]) -> Vec<Reading> {
    let fixed = |reading: Reading| -> Vec<Reading> {
        exact.iter().map(|exact| if *exact { Reading::Exactly } else { reading }).collect()
    };
    let starts: Vec<Vec<Reading>> = Reading::ALL.into_iter().map(fixed).collect();
    let open = open(sheet, exact);
    let found = starts.into_iter().map(|readings| settled(sheet, &open, readings));
    // Of equals the first: the commonest rule.
    let best = found.reduce(|best, other| if other.0 < best.0 { other } else { best });
    let mut readings = best.map(|(_, readings)| readings).unwrap_or_default();
    // A rate is worked out from what was not rounded at all: the amounts beside it may be by any rule.
    let loose = start(sheet, &vec![None; sheet.columns.len()]);
    let mut broken: Vec<[usize; 5]> = vec![[0; 5]; sheet.columns.len()];
    for rate in &sheet.rates {
        let column = sheet.place(rate.target).1;
        for (n, rule) in Rounding::ALL.into_iter().enumerate() {
            broken[column][n] += usize::from(!rate.holds(sheet, Reading::By(rule), &loose));
        }
    }
    for column in (0..readings.len()).filter(|column| matches!(sheet.columns[*column].sort, Sort::Rate(_))) {
        let rules = Rounding::ALL.into_iter().enumerate();
        let best = rules.min_by_key(|(n, rule)| (broken[column][*n], *rule != Rounding::HalfUp));
        readings[column] = Reading::By(best.map_or(Rounding::HalfUp, |(_, rule)| rule));
    }
    readings
}

/// The columns whose reading matters: some cell of theirs that stands in a sum may have lost a digit.
fn open(sheet: &Sheet, exact: &[bool]) -> Vec<usize> {
    let mut open = vec![false; exact.len()];
    for (_, cell) in sheet.sums.iter().flat_map(|sum| &sum.terms) {
        let column = sheet.place(*cell).1;
        open[column] |= !exact[column] && sheet.step(*cell) > 1;
    }
    (0..open.len()).filter(|column| open[*column]).collect()
}

/// How many sums cannot hold under some readings.
fn broken(sheet: &Sheet, readings: &[Reading]) -> usize {
    let ranges: Vec<Range> = start(sheet, &readings.iter().copied().map(Some).collect::<Vec<_>>());
    sheet.sums.iter().filter(|sum| sum.gap(&ranges) != 0).count()
}

/// Column by column, whatever lets more of the table hold, until nothing does.
fn settled(sheet: &Sheet, open: &[usize], mut readings: Vec<Reading>) -> (usize, Vec<Reading>) {
    const ROUNDS: usize = 3;
    let mut least = broken(sheet, &readings);
    for _ in 0..ROUNDS {
        let before = least;
        for column in open {
            for reading in Reading::ALL {
                let mut other = readings.clone();
                other[*column] = reading;
                let many = broken(sheet, &other);
                if many < least {
                    (least, readings) = (many, other);
                }
            }
        }
        if least == before || least == 0 {
            break;
        }
    }
    (least, readings)
}
