//! A table: its headings again on every sheet, thick rules above and below, names indented, figures to the right.

use super::super::printable;
use super::columns::{self, Fit, MARGIN};
use super::header::NO_BORDER;
use super::measure::{self, Length};
use super::section::Section;
use super::styles::{Align, Border, Character, Face, Fill, Keep, Named, Paragraph, Rule, Weight, Words};
use crate::table::{Role, RowClass, Table};
use std::fmt::Display;
use std::ops::Range;

/// Rows are counted in sixteen bits by readers; a table of more goes on in another, under its headings again.
const MOST_ROWS: usize = 30_000;
/// Between the border of a cell and its text, above and below: 0.6 mm.
const MARGIN_ABOVE: Length = 170;
/// Room between a table and what stands below it.
const BELOW: Length = 450;
/// From line to line, in per cent of the type.
const SPACING: u32 = 130;

/// A cell as it is written.
struct Cell {
    text: String,
    look: Paragraph,
    weight: Weight,
    /// How wide the text may be.
    room: Length,
    /// Figures stay on one line; readers whose font is wider than ours press them together.
    wrap: &'static str,
}

/// Writes a table into paragraphs of its own.
pub(super) fn write(section: &mut Section<'_>, table: &Table, fit: &Fit) {
    if table.columns.is_empty() {
        return;
    }
    let mut from = 0;
    loop {
        let to = table.rows.len().min(from + MOST_ROWS);
        write_rows(section, table, fit, from..to);
        from = to;
        if from >= table.rows.len() {
            break;
        }
    }
}

fn write_rows(section: &mut Section<'_>, table: &Table, fit: &Fit, rows: Range<usize>) {
    let mut lines: Vec<Vec<Cell>> = vec![headings(section, table, fit)];
    lines.extend(rows.map(|row| cells(section, table, fit, row)));
    let heights: Vec<Length> = lines.iter().map(|cells| height(cells, fit)).collect();
    // The line that the table hangs on comes below it, and is as low as can be.
    let anchor = Paragraph { after: BELOW, spacing: 100, ..Named::Text.paragraph() };
    section.open_paragraph(Named::Text, anchor);
    let low = Character { face: Face::Table, size: 300, weight: Weight::Plain };
    let low = section.styles.characters.id(low);
    section.xml.open("hp:run", &[("charPrIDRef", &low)]);
    open_table(section, table, fit, heights.iter().copied().fold(0, Length::saturating_add), lines.len());
    let last = lines.len() - 1;
    for (n, (cells, height)) in lines.iter().zip(heights).enumerate() {
        section.xml.open("hp:tr", &[]);
        for (column, cell) in cells.iter().enumerate() {
            let border = border(n, last, column, cells.len() - 1);
            let border = section.styles.borders.id(border);
            write_cell(section, fit, cell, (n, column), (fit.widths[column], height), border);
        }
        section.xml.close();
    }
    section.xml.close();
    section.xml.empty("hp:t", &[]);
    section.xml.close();
    section.xml.close();
}

fn open_table(section: &mut Section<'_>, table: &Table, fit: &Fit, height: Length, rows: usize) {
    let id = section.numbers.next();
    let width: Length = fit.widths.iter().sum();
    section.xml.open(
        "hp:tbl",
        &[
            ("id", &id),
            ("zOrder", &id),
            ("numberingType", &"TABLE"),
            ("textWrap", &"TOP_AND_BOTTOM"),
            ("textFlow", &"BOTH_SIDES"),
            ("lock", &0),
            ("dropcapstyle", &"None"),
            ("pageBreak", &"CELL"),
            ("repeatHeader", &1),
            ("rowCnt", &rows),
            ("colCnt", &table.columns.len()),
            ("cellSpacing", &0),
            ("borderFillIDRef", &NO_BORDER),
            ("noAdjust", &0),
        ],
    );
    section.xml.empty(
        "hp:sz",
        &[
            ("width", &width),
            ("widthRelTo", &"ABSOLUTE"),
            ("height", &height),
            ("heightRelTo", &"ABSOLUTE"),
            ("protect", &0),
        ],
    );
    // Not as a character: such a table would not go on over sheets.
    section.xml.empty(
        "hp:pos",
        &[
            ("treatAsChar", &0),
            ("affectLSpacing", &0),
            ("flowWithText", &1),
            ("allowOverlap", &0),
            ("holdAnchorAndSO", &0),
            ("vertRelTo", &"PARA"),
            ("horzRelTo", &"COLUMN"),
            ("vertAlign", &"TOP"),
            ("horzAlign", &"LEFT"),
            ("vertOffset", &0),
            ("horzOffset", &0),
        ],
    );
    section.xml.empty("hp:outMargin", &[("left", &0), ("right", &0), ("top", &0), ("bottom", &283)]);
    section.xml.empty("hp:inMargin", &margins());
}

fn margins() -> [(&'static str, &'static dyn Display); 4] {
    [("left", &MARGIN), ("right", &MARGIN), ("top", &MARGIN_ABOVE), ("bottom", &MARGIN_ABOVE)]
}

fn write_cell(
    section: &mut Section<'_>,
    fit: &Fit,
    cell: &Cell,
    place: (usize, usize),
    size: (Length, Length),
    border: usize,
) {
    let heading = u8::from(place.0 == 0);
    section.xml.open(
        "hp:tc",
        &[
            ("name", &""),
            ("header", &heading),
            ("hasMargin", &0),
            ("protect", &0),
            ("editable", &0),
            ("dirty", &0),
            ("borderFillIDRef", &border),
        ],
    );
    section.xml.open(
        "hp:subList",
        &[
            ("id", &""),
            ("textDirection", &"HORIZONTAL"),
            ("lineWrap", &cell.wrap),
            ("vertAlign", &"CENTER"),
            ("linkListIDRef", &0),
            ("linkListNextIDRef", &0),
            ("textWidth", &0),
            ("textHeight", &0),
            ("hasTextRef", &0),
            ("hasNumRef", &0),
        ],
    );
    section.open_cell_paragraph(cell.look);
    section.run(Character { face: Face::Table, size: fit.size, weight: cell.weight }, &cell.text);
    section.xml.close();
    section.xml.close();
    section.xml.empty("hp:cellAddr", &[("colAddr", &place.1), ("rowAddr", &place.0)]);
    section.xml.empty("hp:cellSpan", &[("colSpan", &1), ("rowSpan", &1)]);
    section.xml.empty("hp:cellSz", &[("width", &size.0), ("height", &size.1)]);
    section.xml.empty("hp:cellMargin", &margins());
    section.xml.close();
}

/// What is around a cell: nothing at the sides of the table.
const fn border(row: usize, last_row: usize, column: usize, last_column: usize) -> Border {
    let below_headings = if last_row == 0 { Rule::Thick } else { Rule::Middle };
    Border {
        left: if column == 0 { Rule::None } else { Rule::Thin },
        right: if column == last_column { Rule::None } else { Rule::Thin },
        top: match row {
            0 => Rule::Thick,
            1 => below_headings,
            _ => Rule::Thin,
        },
        bottom: if row == last_row {
            Rule::Thick
        } else if row == 0 {
            below_headings
        } else {
            Rule::Thin
        },
        fill: if row == 0 { Fill::Grey } else { Fill::None },
    }
}

fn look(align: Align, left: Length, words: Words) -> Paragraph {
    Paragraph { align, left, hanging: 0, before: 0, after: 0, spacing: SPACING, outline: None, keep: Keep::Free, words }
}

fn headings(section: &Section<'_>, table: &Table, fit: &Fit) -> Vec<Cell> {
    let cell = |(column, width): (&crate::table::Column, &Length)| Cell {
        text: printable(column.heading.label(section.style.lang)),
        look: look(Align::Centre, 0, Words::Broken),
        weight: Weight::Bold,
        room: width.saturating_sub(2 * MARGIN),
        wrap: "BREAK",
    };
    table.columns.iter().zip(&fit.widths).map(cell).collect()
}

fn cells(section: &Section<'_>, table: &Table, fit: &Fit, row: usize) -> Vec<Cell> {
    let weight = match table.rows[row].class {
        RowClass::Total => Weight::Bold,
        RowClass::Body | RowClass::Subtotal => Weight::Plain,
    };
    let cell = |n: usize| {
        let left = match table.columns[n].role {
            Role::Key => fit.indent * columns::level(&table.rows[row]),
            Role::Text | Role::Count | Role::Amount | Role::Rate => 0,
        };
        let (align, words, wrap) = match columns::is_figure(table.columns[n].role) {
            true => (Align::Right, Words::Whole, "SQUEEZE"),
            false => (Align::Left, Words::Broken, "BREAK"),
        };
        Cell {
            text: columns::said(table, row, n, section.style),
            look: look(align, left, words),
            weight,
            room: fit.widths[n].saturating_sub(2 * MARGIN + left),
            wrap,
        }
    };
    (0..table.columns.len()).map(cell).collect()
}

/// How high a row is, about: who lays it out makes it as high as its text.
fn height(cells: &[Cell], fit: &Fit) -> Length {
    let lines = |cell: &Cell| {
        let width = match cell.weight {
            Weight::Plain => measure::width(&cell.text),
            Weight::Bold => measure::bold_width(&cell.text),
        };
        if cell.wrap == "BREAK" { measure::at(width, fit.size).div_ceil(cell.room.max(1)).max(1) } else { 1 }
    };
    let lines = cells.iter().map(lines).max().unwrap_or(1);
    lines * fit.size * SPACING / 100 + 2 * MARGIN_ABOVE
}
