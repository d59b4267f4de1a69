//! How wide the columns of a table are, at which height of type and on which sheet.
//!
//! Law: the widths add up to the room of the sheet, and no figure and no date is broken over lines.

use super::super::{Style, number, printable};
use super::measure::{self, EM, Length, Mille};
use super::sheet::Sheet;
use crate::table::{Role, Row, RowClass, Table, Value};

/// Between the border of a cell and its text, left and right: 1.5 mm.
pub(super) const MARGIN: Length = 425;

/// Names are not made narrower than this, nor than this where there is a larger sheet.
const NAME: (Mille, Mille) = (8 * EM, 16 * EM);
/// The same of other words.
const WORDS: (Mille, Mille) = (6 * EM, 12 * EM);
/// So many lines of a text are enough, where there is a larger sheet.
const LINES: Mille = 5;
/// A word of a heading that is longer than this is broken between syllables.
const HEADING: Mille = 5 * EM;
/// A word without Hangul, such as the name of a file, is broken only where it is longer than this.
const WORD: Mille = 16 * EM;
/// Smaller type than this is hard to read.
const LEGIBLE: Length = 600;

/// How a table stands on its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// The smallest sheet that holds it.
    pub(super) sheet: Sheet,
    /// The height of its type.
    pub(super) size: Length,
    /// How wide its columns are.
    pub(super) widths: Vec<Length>,
    /// How far a level of the tree is indented.
    pub(super) indent: Length,
    /// Whether it can be read well.
    pub(super) ease: Ease,
}

/// Whether a table can be read well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ease {
    Legible,
    /// There was no room for larger type.
    Small,
}

/// What is asked of the room.
#[derive(Clone, Copy)]
enum Ask {
    /// That words have room.
    Comfort,
    /// That figures and single words have.
    Least,
}

/// Sheets and heights of type in the order of trying.
const STEPS: [(Sheet, Length, Ask); 13] = [
    (Sheet::Upright, 1_000, Ask::Comfort),
    (Sheet::Upright, 900, Ask::Comfort),
    (Sheet::Turned, 1_000, Ask::Comfort),
    (Sheet::Turned, 900, Ask::Comfort),
    (Sheet::Turned, 800, Ask::Comfort),
    (Sheet::Turned, 800, Ask::Least),
    (Sheet::Turned, 700, Ask::Least),
    (Sheet::Large, 800, Ask::Least),
    (Sheet::Large, 700, Ask::Least),
    (Sheet::Large, 600, Ask::Least),
    (Sheet::Large, 500, Ask::Least),
    (Sheet::Large, 400, Ask::Least),
    (Sheet::Large, 300, Ask::Least),
];

/// How wide a column may be.
#[derive(Clone, Copy)]
struct Want {
    least: Mille,
    comfort: Mille,
    ideal: Mille,
}

/// How a table stands, on no smaller a sheet than `smallest`; none where no sheet holds it.
pub(super) fn fit(table: &Table, smallest: Sheet, style: &Style<'_>) -> Option<Fit> {
    let wants: Vec<Want> = (0..table.columns.len()).map(|n| want(table, n, style)).collect();
    let on = |sheet: Sheet, size: Length, ask: fn(&Want) -> Mille| {
        let widths: Vec<Length> = wants.iter().map(|want| measure::at(ask(want), size) + 2 * MARGIN).collect();
        (widths.iter().sum::<Length>() <= sheet.room()).then_some(widths)
    };
    for (sheet, size, ask) in STEPS.into_iter().filter(|(sheet, ..)| *sheet >= smallest) {
        let asked: fn(&Want) -> Mille = match ask {
            Ask::Comfort => |want| want.comfort,
            Ask::Least => |want| want.least,
        };
        if on(sheet, size, asked).is_none() {
            continue;
        }
        if let Some(mut widths) = on(sheet, size, |want| want.least) {
            let ideal: Vec<Length> = wants.iter().map(|want| measure::at(want.ideal, size) + 2 * MARGIN).collect();
            share_out(&mut widths, &ideal, sheet.room());
            let ease = if size < LEGIBLE { Ease::Small } else { Ease::Legible };
            return Some(Fit { sheet, size, indent: indent(table, &widths, size), widths, ease });
        }
    }
    None
}

/// Shares out what is left: the longest texts of all columns come to about as many lines, and what no text needs goes to
/// all columns by their widths.
fn share_out(widths: &mut [Length], ideal: &[Length], room: Length) {
    let of_lines = |lines: u64| -> Vec<Length> {
        let one = |(width, ideal): (&Length, &Length)| (*width).max(thousandth(*ideal, lines));
        widths.iter().zip(ideal).map(one).collect()
    };
    // Thousandths of a line: the fewest for which there is room. So many leave every column as it is.
    let (mut few, mut many) = (1_000, 1_000 * 1_000);
    while few < many {
        let middle = u64::midpoint(few, many);
        if of_lines(middle).iter().sum::<Length>() <= room { many = middle } else { few = middle + 1 }
    }
    let fair = of_lines(few);
    let whole: Length = fair.iter().sum();
    // Where even so many lines are too few, the columns are as they were.
    if whole <= room {
        widths.copy_from_slice(&fair);
    }
    let whole: Length = widths.iter().sum();
    let before = widths.to_vec();
    for (width, before) in widths.iter_mut().zip(&before) {
        *width += part(room.saturating_sub(whole), *before, whole);
    }
    fill_up(widths, room);
}

/// What is lost in dividing goes to the first column.
fn fill_up(widths: &mut [Length], room: Length) {
    let given: Length = widths.iter().sum();
    if let Some(first) = widths.first_mut() {
        *first += room.saturating_sub(given);
    }
}

/// A length over so many thousandths of a line.
fn thousandth(length: Length, lines: u64) -> Length {
    Length::try_from((u64::from(length) * 1_000).div_ceil(lines.max(1))).unwrap_or(length)
}

/// So much of an amount as falls to one of several.
fn part(amount: Length, one: Length, all: Length) -> Length {
    let part = u64::from(amount) * u64::from(one) / u64::from(all.max(1));
    Length::try_from(part).unwrap_or(amount)
}

/// A level is as wide as a syllable, but all of them no more than half of their column.
fn indent(table: &Table, widths: &[Length], size: Length) -> Length {
    let keys = table.columns.iter().zip(widths).filter(|(column, _)| column.role == Role::Key);
    let narrowest = keys.map(|(_, width)| width.saturating_sub(2 * MARGIN)).min().unwrap_or(0);
    let deepest = table.rows.iter().map(level).max().unwrap_or(0).max(1);
    size.min(narrowest / 2 / deepest)
}

/// How many levels a row stands to the right.
pub(super) fn level(row: &Row) -> u32 {
    row.depth.saturating_sub(1)
}

/// What a cell says.
pub(super) fn said(table: &Table, row: usize, column: usize, style: &Style<'_>) -> String {
    table.rows[row].cells.get(column).map(|cell| number::cell(cell, style)).unwrap_or_default()
}

fn value(table: &Table, row: usize, column: usize) -> Option<&Value> {
    table.rows[row].cells.get(column).map(|cell| &cell.value)
}

/// Whether a column holds figures.
pub(super) const fn is_figure(role: Role) -> bool {
    match role {
        Role::Count | Role::Amount | Role::Rate => true,
        Role::Key | Role::Text => false,
    }
}

fn want(table: &Table, n: usize, style: &Style<'_>) -> Want {
    let column = &table.columns[n];
    let heading = printable(column.heading.label(style.lang));
    let widest = (0..table.rows.len()).map(|row| {
        let text = said(table, row, n, style);
        let width = match table.rows[row].class {
            RowClass::Total => measure::bold_width(&text),
            RowClass::Body | RowClass::Subtotal => measure::width(&text),
        };
        if column.role == Role::Key { width + level(&table.rows[row]) * EM } else { width }
    });
    let content = widest.max().unwrap_or(0);
    let word = measure::unbroken(&heading, HEADING) * 107 / 100;
    let ideal = content.max(measure::bold_width(&heading));
    if is_figure(column.role) {
        let least = content.max(word);
        return Want { least, comfort: least, ideal };
    }
    let (narrow, comfort) = if column.role == Role::Key { NAME } else { WORDS };
    let whole = (0..table.rows.len()).map(|row| {
        let text = said(table, row, n, style);
        match value(table, row, n) {
            Some(Value::Dates(..)) => measure::width(&text),
            _ => measure::unbroken(&text, narrow).min(WORD),
        }
    });
    let least = content.min(narrow).max(word).max(whole.max().unwrap_or(0));
    // A text of several lines is not to come to many.
    let comfort = if column.role == Role::Text { comfort.max(content / LINES).min(2 * comfort) } else { comfort };
    Want { least, comfort: content.min(comfort).max(least), ideal }
}
