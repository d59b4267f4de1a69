//! How wide the columns of a table are, on which sheet and with which letters, and how they are divided where they do not
//! stand beside one another.
#![allow(clippy::float_arithmetic, reason = "widths on paper")]

use super::paper::Lie;
use super::shares;
use super::table::Holds;

/// What stands around the text of a column, on each side.
pub(super) const PADDING: f32 = 4.0;

/// How wide a column has to be, in ems.
#[derive(Clone, Copy, Debug)]
pub(super) struct Need {
    /// For every text to stand on one line.
    pub(super) natural: f32,
    /// For figures not to be broken, and words only where they are long.
    pub(super) least: f32,
    /// Which of both it holds.
    pub(super) holds: Holds,
}

/// How a table is laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// How the sheet lies.
    pub(super) lie: Lie,
    /// How large letters are, in points.
    pub(super) size: f32,
    /// The columns that stand beside one another.
    pub(super) parts: Vec<Part>,
}

/// Columns that stand beside one another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// Which.
    pub(super) columns: Vec<usize>,
    /// How wide each is, in points.
    pub(super) widths: Vec<f32>,
}

/// What the widths of columns depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts<'a> {
    /// How wide each column has to be.
    pub(super) needs: &'a [Need],
    /// How wide the texts of some rows are, their headings among them, in ems.
    pub(super) rows: &'a [Vec<f32>],
}

/// What is tried, in this order: how the sheet lies, how large letters are, and how narrow words may be set, in ems.
const TRIES: [(Lie, f32, f32); 12] = [
    (Lie::Upright, 9.5, 14.0),
    (Lie::Upright, 9.0, 12.0),
    (Lie::Upright, 8.5, 11.0),
    (Lie::Upright, 8.0, 10.0),
    (Lie::Across, 9.5, 14.0),
    (Lie::Across, 9.0, 12.0),
    (Lie::Across, 8.5, 11.0),
    (Lie::Across, 8.0, 10.0),
    (Lie::Across, 7.5, 9.0),
    (Lie::Across, 7.0, 8.0),
    (Lie::Across, 7.0, 6.0),
    (Lie::Across, 7.0, 5.0),
];
/// The letters and words of a table whose columns are divided.
const DIVIDED: (Lie, f32, f32) = (Lie::Across, 8.0, 9.0);

/// Finds a place for columns of which the first few say what the rows are about.
pub(super) fn layout(table: &Texts<'_>, keys: usize) -> Layout {
    let needs = table.needs;
    for (lie, size, words) in TRIES {
        let least: f32 = needs.iter().map(|need| narrowest(need, size, words)).sum();
        if least <= lie.width() {
            let parts = vec![part((0..needs.len()).collect(), table, lie, size, words)];
            return Layout { lie, size, parts };
        }
    }
    let (lie, size, words) = DIVIDED;
    let width = |n: usize| narrowest(&needs[n], size, words);
    let fixed: f32 = (0..keys).map(width).sum();
    // Keys that would leave no room for anything else are not repeated whole: they are set narrower below.
    let fixed = fixed.min(lie.width() / 2.0);
    let rest: Vec<usize> = (keys..needs.len()).collect();
    let count = divided(&rest, usize::MAX, lie.width() - fixed, width).len();
    let even = rest.len().div_ceil(count.max(1));
    let groups = divided(&rest, even, lie.width() - fixed, width);
    let parts = groups.into_iter().map(|group| part((0..keys).chain(group).collect(), table, lie, size, words));
    Layout { lie, size, parts: parts.collect() }
}

/// Divides columns into groups of at most so many that fit beside one another.
fn divided(columns: &[usize], most: usize, room: f32, width: impl Fn(usize) -> f32) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut used = 0.0;
    for &column in columns {
        let wide = width(column);
        match groups.last_mut() {
            Some(group) if group.len() < most && used + wide <= room => {
                group.push(column);
                used += wide;
            }
            _ => {
                groups.push(vec![column]);
                used = wide;
            }
        }
    }
    groups
}

/// The least width of a column, in points.
fn narrowest(need: &Need, size: f32, words: f32) -> f32 {
    let ems = match need.holds {
        Holds::Figures => need.least,
        Holds::Words => need.natural.min(words),
    };
    ems * size + 2.0 * PADDING
}

/// Columns beside one another, over the whole width of the sheet.
fn part(columns: Vec<usize>, table: &Texts<'_>, lie: Lie, size: f32, words: f32) -> Part {
    let needs: Vec<Need> = columns.iter().map(|n| table.needs[*n]).collect();
    let accepted: f32 = needs.iter().map(|need| narrowest(need, size, words)).sum();
    let least = |need: &Need| if accepted > lie.width() { narrowest(need, size, words) } else { lowest(need, size) };
    let mut widths: Vec<f32> = needs.iter().map(least).collect();
    if accepted <= lie.width() {
        let rows: Vec<Vec<f32>> =
            table.rows.iter().map(|row| columns.iter().map(|n| row[*n] * size + 2.0 * PADDING).collect()).collect();
        shares::share(&mut widths, &rows, lie.width());
    }
    // What nobody has use for is divided in proportion; where a column alone is wider than a sheet all give way alike.
    let used: f32 = widths.iter().sum();
    for width in &mut widths {
        *width *= lie.width() / used;
    }
    Part { columns, widths }
}

/// The width that a column has before what is left is shared, in points.
fn lowest(need: &Need, size: f32) -> f32 {
    need.least.min(need.natural) * size + 2.0 * PADDING
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(words: f32, figures: usize, ems: f32) -> Vec<Need> {
        let figure = Need { natural: ems, least: ems, holds: Holds::Figures };
        [Need { natural: words, least: 4.0, holds: Holds::Words }].into_iter().chain(vec![figure; figures]).collect()
    }

    #[test]
    fn words_give_way_then_letters_then_the_sheet_is_turned_then_columns_are_divided() {
        let found = |words, figures, ems| {
            let needs = needs(words, figures, ems);
            let rows = [needs.iter().map(|need| need.natural).collect()];
            let layout = layout(&Texts { needs: &needs, rows: &rows }, 1);
            (layout.lie, layout.size, layout.parts.len())
        };
        assert_eq!(found(10.0, 5, 5.0), (Lie::Upright, 9.5, 1));
        assert_eq!(found(200.0, 5, 5.0), (Lie::Upright, 9.5, 1));
        assert_eq!(found(200.0, 6, 5.5), (Lie::Upright, 9.0, 1));
        assert_eq!(found(200.0, 9, 5.5), (Lie::Across, 9.5, 1));
        assert_eq!(found(200.0, 13, 5.5), (Lie::Across, 7.5, 1));
        assert_eq!(found(200.0, 29, 5.5), (Lie::Across, 8.0, 3));
    }

    #[test]
    fn no_figure_is_narrower_than_it_has_to_be_and_all_columns_fit() {
        for figures in 1..60 {
            for ems in [1.0, 5.0, 11.0, 30.0] {
                let needs = needs(300.0, figures, ems);
                let rows = [needs.iter().map(|need| need.natural).collect()];
                let layout = layout(&Texts { needs: &needs, rows: &rows }, 1);
                let mut seen = Vec::new();
                for part in &layout.parts {
                    assert_eq!(part.columns[0], 0, "each part names its rows");
                    assert!((part.widths.iter().sum::<f32>() - layout.lie.width()).abs() < 0.1);
                    for (column, width) in part.columns.iter().zip(&part.widths).skip(1) {
                        assert!(*width + 0.01 >= needs[*column].least * layout.size + 2.0 * PADDING);
                        seen.push(*column);
                    }
                }
                assert_eq!(seen, (1..=figures).collect::<Vec<_>>());
            }
        }
    }
}
