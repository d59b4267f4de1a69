//! A table: its heading and unit, its rows as a tree, what has to be said below it.
//!
//! Law: whatever the script sorts by stands exactly in the page: amounts as whole ten-thousandths of a won, rates as part
//! and whole. It never makes a floating-point number of an amount.

use super::super::number;
use super::behind::{At, Behind};
use super::said;
use super::writer::{self, Writer};
use crate::money::Rate;
use crate::table::{Cell, Column, Role, Row, RowClass, Table, Value, Weight, Why};
use maud::{Markup, html};

/// A tree is indented so deep; what stands deeper is not indented further.
const DEEPEST: u32 = 12;
/// So wide, in characters of Latin print, a table may be on A4 that stands upright.
const UPRIGHT: usize = 108;
/// So narrow a text may be broken, there.
const BROKEN: usize = 14;
/// A text that is longer takes more room, so that it is not broken too often.
const WORDY: usize = 52;
/// A word that is wider is broken wherever it must be.
const SOLID: usize = 40;
/// A table of more rows is scrolled below its headings.
const LONG: usize = 40;

/// A table of the page, the nth of them, below headings of a level.
pub(super) fn table(
    table: &Table,
    n: usize,
    level: u8,
    title: &str,
    behind: &Behind<'_>,
    writer: &Writer<'_>,
) -> Markup {
    let caption = table.caption.as_ref().map(|caption| writer.text(caption));
    let unit = table.has_amounts().then(|| number::unit_note(table.unit, writer.style.lang));
    let name = caption.as_deref().unwrap_or(title);
    let label = if caption.is_some() { name.to_owned() } else { format!("{name} ({})", n + 1) };
    let wide = is_wide(table, writer);
    let shown = Shown { table, n, behind, writer };
    html! {
        section.sheet.wide[wide] id={ "t" (n + 1) } {
            div.head {
                @if let Some(caption) = &caption { (super::heading(level, None, caption)) }
                @if let Some(unit) = &unit { p.unit { (unit) } }
            }
            div.scroll.long[table.rows.len() > LONG] tabindex="0" role="region" aria-label=(label) {
                table.data.narrow[table.columns.len() < 4] {
                    caption.unseen { (name) @if let Some(unit) = &unit { " " (unit) } }
                    thead { tr { @for column in &table.columns { (shown.heading(column)) } } }
                    tbody { @for (n, row) in table.rows.iter().enumerate() { (shown.row(n, row)) } }
                }
            }
            @if !table.notes.is_empty() {
                ul.notes {
                    @for note in &table.notes { li.caution[note.weight == Weight::Caution] { (writer.note(note)) } }
                }
            }
        }
    }
}

struct Shown<'a, 'b> {
    table: &'a Table,
    n: usize,
    behind: &'b Behind<'b>,
    writer: &'b Writer<'b>,
}

impl Shown<'_, '_> {
    fn heading(&self, column: &Column) -> Markup {
        html! { th.n[is_number(column.role)] scope="col" { (self.writer.text(&column.heading)) } }
    }

    fn row(&self, n: usize, row: &Row) -> Markup {
        let class = match row.class {
            RowClass::Total => Some("total"),
            RowClass::Subtotal => Some("sub"),
            RowClass::Body => None,
        };
        let head = self.head_of(row);
        html! {
            tr class=[class] data-p=[row.parent] {
                @for (column, cell) in row.cells.iter().enumerate() {
                    (self.cell(At { table: self.n, row: n, column }, row, cell, head == Some(column)))
                }
            }
        }
    }

    /// The cell that names a row: the first that says something.
    fn head_of(&self, row: &Row) -> Option<usize> {
        let says = |(_, cell): &(usize, &Cell)| match &cell.value {
            Value::Text(text) => !self.writer.text(text).trim().is_empty(),
            Value::Said(_) | Value::Dates(..) | Value::Count(_) => true,
            Value::Blank | Value::Money { .. } | Value::Rate { .. } => false,
        };
        let words = row.cells.iter().enumerate().zip(&self.table.columns);
        words
            .filter(|(_, column)| matches!(column.role, Role::Key | Role::Text))
            .map(|(cell, _)| cell)
            .find(says)
            .map(|(n, _)| n)
    }

    fn cell(&self, at: At, row: &Row, cell: &Cell, names_the_row: bool) -> Markup {
        let text = number::cell(cell, self.writer.style);
        let role = self.table.columns.get(at.column).map_or(Role::Text, |column| column.role);
        let depth = row.depth.saturating_sub(1).min(DEEPEST);
        let indent = (at.column == 0 && depth > 0).then(|| format!(" d{depth}"));
        let class = format!("{}{}", class_of(cell, role, &text), indent.unwrap_or_default());
        if names_the_row {
            return html! { th class=(class) scope="row" { (text) } };
        }
        let negative = is_negative(&cell.value);
        let link = self.behind.link(at);
        let shown = html! { @if negative { span.neg { (text) } } @else { (text) } };
        html! {
            td class=(class) id=[link.as_ref().map(|_| at.id())] data-v=[sorted_by(&cell.value)] title=[self.reason(cell)] {
                @match link {
                    Some(link) => a href={ "#" (link) } { (shown) },
                    None => (shown),
                }
            }
        }
    }

    /// Why a cell is blank.
    fn reason(&self, cell: &Cell) -> Option<&'static str> {
        let Value::Blank = cell.value else { return None };
        let word = match &cell.why {
            Why::NoLines => said::NO_LINES,
            Why::NotAttributed => said::NOT_ATTRIBUTED,
            Why::NoBasis => said::NO_BASIS,
            Why::NotDerivable => said::NOT_DERIVABLE,
            _ => return None,
        };
        Some(self.writer.word(word))
    }
}

const fn is_number(role: Role) -> bool {
    matches!(role, Role::Count | Role::Amount | Role::Rate)
}

fn is_negative(value: &Value) -> bool {
    match value {
        Value::Money { exact, .. } => exact.is_negative(),
        Value::Rate { exact, .. } => exact.part().is_negative(),
        _ => false,
    }
}

/// What a cell is sorted by, where it is a number: exact.
fn sorted_by(value: &Value) -> Option<String> {
    match value {
        Value::Money { exact, .. } => Some(exact.parts().to_string()),
        Value::Rate { exact, .. } => Some(ratio(*exact)),
        Value::Count(count) => Some(count.to_string()),
        Value::Blank | Value::Text(_) | Value::Said(_) | Value::Dates(..) => None,
    }
}

fn ratio(rate: Rate) -> String {
    format!("{}/{}", rate.part().parts(), rate.whole().parts())
}

/// Whether a table is too wide for paper that stands upright.
pub(super) fn is_wide(table: &Table, writer: &Writer<'_>) -> bool {
    let columns = table.columns.iter().enumerate().map(|(n, column)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(n));
        let widths = cells.map(|cell| writer::width(&number::cell(cell, writer.style)));
        let widest = widths.max().unwrap_or(0);
        let heading = longest_word(&writer.text(&column.heading));
        // Texts and headings are broken, numbers are not.
        let cell = if is_number(column.role) { widest } else { widest.min(BROKEN) };
        cell.max(heading) + 2
    });
    columns.sum::<usize>() > UPRIGHT
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(writer::width).max().unwrap_or(0)
}

/// How a cell is broken: a date not at all, a long text not too often, and a word only where it is wider than a column.
fn class_of(cell: &Cell, role: Role, text: &str) -> &'static str {
    match &cell.value {
        _ if is_number(role) => "n",
        Value::Dates(..) => "w",
        _ if longest_word(text) > SOLID => "t x",
        _ if writer::width(text) > WORDY => "t l",
        _ => "t",
    }
}
