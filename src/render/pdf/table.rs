//! A table, measured: its texts, and which columns stand beside one another how wide.
//!
//! Law: a figure is never broken nor cut. Names give way first, then the size of the letters, then the sheet is turned,
//! then the columns are divided.
#![allow(clippy::float_arithmetic, reason = "widths on paper")]

use super::blocks::{Noted, noted};
use super::columns::{self, Need, Part, Texts};
use super::fonts::{Cut, Fonts, Shaped};
use super::lines;
use super::missing::Place;
use super::paper::Lie;
use crate::render::{Style, number, printable};
use crate::table::{Role, Row, RowClass, Table};
use crate::words::Lang;
use std::rc::Rc;

/// A table, measured.
pub(super) struct TablePlan {
    /// What it is called; for each part, where its columns are divided.
    pub(super) captions: Vec<Option<Rc<Shaped>>>,
    /// Its unit.
    pub(super) unit: Option<Rc<Shaped>>,
    /// Its columns.
    pub(super) columns: Vec<ColumnPlan>,
    /// Its rows.
    pub(super) rows: Vec<RowPlan>,
    /// What has to be said below it.
    pub(super) notes: Vec<Noted>,
    /// How the sheet lies, how large letters are, and which columns stand beside one another.
    pub(super) layout: columns::Layout,
}

/// A column, measured.
pub(super) struct ColumnPlan {
    /// Its heading.
    pub(super) heading: Rc<Shaped>,
    /// Whether it holds words, which can be broken, or figures.
    pub(super) holds: Holds,
    /// What it says of the row: a name is read out as its heading.
    pub(super) key: Key,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Words: from the left, broken where they are long.
    Words,
    /// Figures: from the right.
    Figures,
}

/// Whether a column says what its rows are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// It does.
    Key,
    /// It does not.
    Other,
}

/// A row, measured.
pub(super) struct RowPlan {
    /// What it is.
    pub(super) class: RowClass,
    /// How many levels it stands in.
    pub(super) levels: u32,
    /// Its texts.
    pub(super) cells: Vec<Rc<Shaped>>,
    /// Whether the next row is a part of it.
    pub(super) next: Next,
}

/// How a row stands to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The next is a part of it, or the last: they stay on one sheet.
    Keep,
    /// A sheet may end between them.
    Free,
}

impl TablePlan {
    /// Sets the texts of a table.
    pub(super) fn of(table: &Table, fonts: &mut Fonts<'_>, style: &Style<'_>) -> TablePlan {
        let lang = style.lang;
        let headings: Vec<String> = table.columns.iter().map(|one| printable(one.heading.label(lang))).collect();
        let caption = table.caption.as_ref().map(|caption| printable(caption.label(lang)));
        let about = caption.clone().unwrap_or_else(|| table.id.clone());
        let columns: Vec<ColumnPlan> = table
            .columns
            .iter()
            .zip(&headings)
            .map(|(column, heading)| ColumnPlan {
                heading: Rc::new(fonts.set(heading, Cut::Bold, Place { inside: &about, what: heading })),
                holds: match column.role {
                    Role::Key | Role::Text => Holds::Words,
                    Role::Count | Role::Amount | Role::Rate => Holds::Figures,
                },
                key: if column.role == Role::Key { Key::Key } else { Key::Other },
            })
            .collect();
        let rows: Vec<RowPlan> = (0..table.rows.len()).map(|n| row(table, n, &headings, fonts, style)).collect();
        let needs: Vec<Need> = (0..columns.len()).map(|n| need(&columns[n], n, &rows)).collect();
        let keys = columns.iter().take_while(|column| column.key == Key::Key).count().clamp(1, columns.len().max(1));
        let layout = columns::layout(&Texts { needs: &needs, rows: &widths(&columns, &rows) }, keys);
        let unit = table.has_amounts().then(|| number::unit_note(table.unit, lang));
        let parts = layout.parts.len();
        let captions = (1..=parts).map(|part| {
            let text = match (&caption, parts) {
                (caption, 1) => caption.clone(),
                (Some(caption), _) => Some(format!("{caption} ({part}/{parts})")),
                (None, _) => Some(format!("({part}/{parts})")),
            };
            text.map(|text| Rc::new(fonts.set(&text, Cut::Bold, Place { inside: caption_word(lang), what: &text })))
        });
        let captions = captions.collect();
        TablePlan {
            captions,
            unit: unit.map(|unit| Rc::new(fonts.set(&unit, Cut::Regular, Place { inside: &about, what: &unit }))),
            columns,
            rows,
            notes: table.notes.iter().map(|note| noted(note, fonts, style)).collect(),
            layout,
        }
    }

    /// How the sheet has to lie.
    pub(super) fn lie(&self) -> Lie {
        self.layout.lie
    }

    /// How far a level of the tree stands in, in a column so wide.
    pub(super) fn level(&self, part: &Part) -> f32 {
        let deepest = self.rows.iter().map(|row| row.levels).max().unwrap_or(0).max(1);
        let first = part.widths.first().copied().unwrap_or(0.0);
        (self.layout.size * LEVEL).min(first * DEEPEST / deepest as f32)
    }
}

/// How far a level of the tree stands in, in ems, and how much of a column all levels together may take.
const LEVEL: f32 = 1.0;
const DEEPEST: f32 = 0.4;

const fn caption_word(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "표",
        Lang::En => "table",
    }
}

fn row(table: &Table, n: usize, headings: &[String], fonts: &mut Fonts<'_>, style: &Style<'_>) -> RowPlan {
    let row: &Row = &table.rows[n];
    let cut = if row.class == RowClass::Total { Cut::Bold } else { Cut::Regular };
    let name = row.name();
    let name = name.label(style.lang);
    let cells = row.cells.iter().zip(headings).map(|(cell, heading)| {
        let text = number::cell(cell, style);
        Rc::new(fonts.set(&text, cut, Place { inside: name, what: heading }))
    });
    let cells = cells.collect();
    let next = match table.rows.get(n + 1) {
        Some(next) if next.parent == Some(n) && row.class != RowClass::Total => Next::Keep,
        Some(_) if n + 2 == table.rows.len() => Next::Keep,
        _ => Next::Free,
    };
    RowPlan { class: row.class, levels: row.depth.saturating_sub(1), cells, next }
}

/// How wide a column has to be, in ems.
fn need(column: &ColumnPlan, n: usize, rows: &[RowPlan]) -> Need {
    let widest = rows.iter().map(|row| width(row, n)).fold(0.0, f32::max);
    let heading = lines::widest_part(&column.heading);
    Need {
        natural: widest.max(column.heading.width),
        least: match column.holds {
            Holds::Figures => widest.max(heading.min(LONGEST_HEADING)),
            Holds::Words => {
                let parts = rows.iter().filter_map(|row| row.cells.get(n)).map(|cell| lines::widest_part(cell));
                parts.fold(heading, f32::max).clamp(LEAST_WORD, LONGEST_WORD)
            }
        },
        holds: column.holds,
    }
}

/// How wide the texts of the headings and of some rows are, in ems: of many rows, of as many as tell of all.
fn widths(columns: &[ColumnPlan], rows: &[RowPlan]) -> Vec<Vec<f32>> {
    let every = rows.len().div_ceil(TOLD).max(1);
    let headings = columns.iter().map(|column| column.heading.width).collect();
    let some = rows.iter().step_by(every).map(|row| (0..columns.len()).map(|n| width(row, n)).collect());
    [headings].into_iter().chain(some).collect()
}

/// How wide a cell of a row is on one line, in ems.
fn width(row: &RowPlan, n: usize) -> f32 {
    let indent = if n == 0 { row.levels as f32 * LEVEL } else { 0.0 };
    row.cells.get(n).map_or(0.0, |cell| cell.width + indent)
}

/// So many rows tell how long the texts of a table are.
const TOLD: usize = 200;
/// A column of words is as wide as its widest word, but for very short and very long ones, in ems.
const LEAST_WORD: f32 = 3.0;
const LONGEST_WORD: f32 = 8.0;
/// A word of a heading that is longer than this is broken rather than the column made wider, in ems.
const LONGEST_HEADING: f32 = 9.0;
