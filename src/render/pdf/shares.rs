//! How columns share what is left of a width: so that all rows together are as low as can be.
//!
//! # Why
//!
//! A column that has long texts asks for more than there is, and so do all: in proportion to what they ask, the longest
//! text would starve the others; alike, a name of a file would be as wide as what is said of it.
#![allow(clippy::float_arithmetic, reason = "widths on paper")]

/// In how many steps a width is shared.
const STEPS: u8 = 64;
/// Lines are not full: words end before them.
const RAGGED: f32 = 1.06;

/// Shares what is left of a width among columns, given how wide the texts of some rows are.
pub(super) fn share(widths: &mut [f32], rows: &[Vec<f32>], whole: f32) {
    let step = (whole - widths.iter().sum::<f32>()) / f32::from(STEPS);
    if step <= 0.0 {
        return;
    }
    loop {
        let free = whole - widths.iter().sum::<f32>();
        let now = height(widths, rows);
        let mut best: Option<(f32, usize, f32)> = None;
        for column in 0..widths.len() {
            for more in candidates(widths[column], column, rows, step) {
                if more > free + 0.001 {
                    continue;
                }
                let before = widths[column];
                widths[column] = before + more;
                let gain = (now - height(widths, rows)) / more;
                widths[column] = before;
                if gain > 0.0 && best.is_none_or(|(most, ..)| gain > most) {
                    best = Some((gain, column, more));
                }
            }
        }
        let Some((_, column, more)) = best else { return };
        widths[column] += more;
    }
}

/// By how much a column may be widened: a step, or as much as its widest text wants.
fn candidates(width: f32, column: usize, rows: &[Vec<f32>], step: f32) -> Vec<f32> {
    let widest = rows.iter().map(|row| row[column]).fold(0.0, f32::max);
    let wanted = widest - width;
    match wanted {
        _ if wanted <= 0.01 => Vec::new(),
        _ if wanted <= step => vec![wanted],
        _ => vec![step, wanted],
    }
}

/// How high all rows are together, in lines. A cell that is not the highest of its row counts a little, as it may be once
/// the highest gives way.
fn height(widths: &[f32], rows: &[Vec<f32>]) -> f32 {
    let lines = |text: f32, width: f32| if text <= width + 0.01 { 1.0 } else { (RAGGED * text / width).max(1.5) };
    let row = |row: &Vec<f32>| {
        let cells = row.iter().zip(widths).map(|(text, width)| lines(*text, *width));
        cells.fold((1.0_f32, 0.0), |(most, sum), cell| (most.max(cell), sum + cell))
    };
    rows.iter().map(row).map(|(most, sum)| most + OTHERS * sum).sum()
}

/// How much a cell counts that is not the highest of its row.
const OTHERS: f32 = 0.1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_get_what_short_ones_do_not_need() {
        let rows = vec![vec![60.0, 900.0, 90.0], vec![50.0, 700.0, 130.0], vec![60.0, 40.0, 130.0]];
        let mut widths = [40.0, 60.0, 60.0];
        share(&mut widths, &rows, 480.0);
        assert!(widths[1] > 2.0 * widths[2], "{widths:?}");
        assert!(widths.iter().sum::<f32>() <= 480.01, "{widths:?}");
    }

    #[test]
    fn where_all_fit_each_has_what_it_wants() {
        let mut widths = [40.0, 60.0];
        share(&mut widths, &[vec![80.0, 90.0]], 480.0);
        assert!((widths[0] - 80.0).abs() < 0.1 && (widths[1] - 90.0).abs() < 0.1, "{widths:?}");
    }
}
