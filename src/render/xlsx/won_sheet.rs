//! The sheet in won: every table exact, one below the other, each figure a formula over the lines or over other figures.
//!
//! Right of each table stand its amounts as they were when it was written; the sheet of checks compares the two.

use super::exact;
use super::look::{self, Edge, Holds, Looks, Weight, Zero};
use super::paper::{self, Columns};
use super::told::Told;
use super::won::{Place, Won, WonCell};
use crate::money::Unit;
use crate::render::{Style, number};
use crate::table::{Cell, Role, RowClass, Shown, Table, Value};
use crate::words::Text;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

/// The columns of amounts of a table, and where each one's values as they were written stand.
pub(super) fn written_columns(table: &Table) -> Vec<(u16, u16)> {
    let amounts = table.columns.iter().enumerate().filter(|(_, column)| column.role == Role::Amount);
    let beside = table.columns.len() + 1;
    let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    amounts.enumerate().map(|(n, (column, _))| (number(column), number(beside + n))).collect()
}

/// Fills the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    won: &Won<'_>,
    titles: &[String],
    style: &Style<'_>,
    told: &mut Told,
) -> Result<(), XlsxError> {
    let lang = style.lang;
    let widest = won.tables.iter().map(|table| table.columns.len() + 1 + written_columns(table).len()).max();
    let mut columns = Columns::new(widest.unwrap_or(1).max(2));
    for table in &won.tables {
        make_room(table, &mut columns, style);
    }
    columns.set(sheet)?;
    let title = Text::new("원 단위 표", "The tables in won");
    sheet.write_string_with_format(0, 0, title.label(lang), &look::text(16).set_bold())?;
    let about = Text::new(
        "정확한 금액(원). 내역에서 나온 칸은 수식이고, 값으로 둔 칸은 파일에 적힌 금액이거나(메모에 자리) 검산 시트 4번에 까닭이 있음. 오른쪽은 작성할 때의 값임",
        "exact amounts in won. What comes of lines is a formula; a value stands in a file (see its note), or part 4 of the checks says why it is one. At the right stand the values when it was written",
    );
    sheet.write_string_with_format(1, 0, about.label(lang), &look::aside())?;
    for (n, table) in won.tables.iter().enumerate() {
        write_table(sheet, won, n, table, &titles[n], style, told)?;
    }
    sheet.set_freeze_panes(0, 1)?;
    paper::printed(sheet, &columns, None)
}

fn make_room(table: &Table, columns: &mut Columns, style: &Style<'_>) {
    let (written, lang) = (written_columns(table), style.lang);
    for (n, column) in table.columns.iter().enumerate() {
        columns.make_room(n, paper::width(column.heading.label(lang)) + 2, 18);
        for row in &table.rows {
            let cell = &row.cells[n];
            let indent =
                if n == 0 { 2 * row.depth.saturating_sub(1).min(u32::from(look::DEEPEST)) as usize } else { 0 };
            let wanted = match cell.money() {
                Some(money) => money.exactly(Unit::Won).grouped().len() + 4,
                None => paper::width(&number::cell(cell, style)) + 4 + indent,
            };
            columns.make_room(n, wanted.max(8), 30 + indent);
            if let Some((_, beside)) = written.iter().find(|(column, _)| usize::from(*column) == n) {
                columns.make_room(usize::from(*beside), wanted.max(10), 30);
            }
        }
    }
}

fn write_table(
    sheet: &mut Worksheet,
    won: &Won<'_>,
    n: usize,
    table: &Table,
    title: &str,
    style: &Style<'_>,
    told: &mut Told,
) -> Result<(), XlsxError> {
    let top = won.tops[n];
    let lang = style.lang;
    sheet.write_string_with_format(top - 2, 0, told.text(title), &look::text(11).set_bold())?;
    let written = written_columns(table);
    let edge = |column: usize, of: usize, row: usize| Edge {
        first: column == 0,
        last_column: column + 1 == of,
        last_row: row == table.rows.len(),
    };
    for (c, column) in table.columns.iter().enumerate() {
        let text = told.text(column.heading.label(lang));
        let format = look::heading(edge(c, table.columns.len(), 0));
        sheet.write_string_with_format(top - 1, narrow(c), &text, &format)?;
    }
    let when = Text::new("작성 당시", "As written:");
    for (place, (column, beside)) in written.iter().enumerate() {
        let heading = table.columns[usize::from(*column)].heading.label(lang);
        let text = told.text(&format!("{} {heading}", when.label(lang)));
        sheet.write_string_with_format(top - 1, *beside, &text, &look::heading(edge(place, written.len(), 0)))?;
    }
    paper::high(sheet, top - 1, 2, 10)?;
    let mut looks = Looks::default();
    for (r, row) in table.rows.iter().enumerate() {
        let at = top.saturating_add(u32::try_from(r).unwrap_or(u32::MAX));
        let weight = match row.class {
            RowClass::Body => Weight::Plain,
            RowClass::Subtotal => Weight::Subtotal,
            RowClass::Total => Weight::Total,
        };
        for (c, cell) in row.cells.iter().enumerate().take(table.columns.len()) {
            let depth = u8::try_from(row.depth.saturating_sub(1)).unwrap_or(look::DEEPEST).min(look::DEEPEST);
            let holds = holds(cell, table.columns[c].role, if c == 0 { depth } else { 0 }, style);
            let format = looks.cell(holds, weight, edge(c, table.columns.len(), r + 1));
            let place = Place { table: n, row: r, column: c };
            // A word among amounts would break the sums of the checks, or a date be taken for one.
            if is_word(cell) && !matches!(table.columns[c].role, Role::Key | Role::Text) {
                sheet.write_blank(at, narrow(c), format)?;
                continue;
            }
            write_cell(sheet, (at, narrow(c)), cell, &won.cells[n][place.row][place.column], format, style, told)?;
        }
        for (place, (column, beside)) in written.iter().enumerate() {
            let cell = &row.cells[usize::from(*column)];
            let holds = holds(cell, Role::Amount, 0, style);
            let format = looks.cell(holds, Weight::Plain, edge(place, written.len(), r + 1));
            match cell.money() {
                None => sheet.write_blank(at, *beside, format)?,
                Some(money) if exact::holds_won(money) => {
                    let value = exact::double(money.exactly(Unit::Won));
                    sheet.write_number_with_format(at, *beside, value, format)?
                }
                Some(money) => {
                    let text = number::figure(money.exactly(Unit::Won), style.negative);
                    sheet.write_string_with_format(at, *beside, text, format)?
                }
            };
        }
    }
    Ok(())
}

const fn is_word(cell: &Cell) -> bool {
    matches!(cell.value, Value::Text(_) | Value::Said(_) | Value::Dates(..))
}

fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn holds(cell: &Cell, role: Role, depth: u8, style: &Style<'_>) -> Holds {
    match (&cell.value, role) {
        (Value::Money { exact, .. }, _) => {
            let is_nil = exact.is_zero() && style.shown == Shown::Rounded;
            let zero = if is_nil { Zero::Nil } else { Zero::Figure };
            Holds::Number(look::number(exact.exactly(Unit::Won).decimals(), "", zero, style))
        }
        (Value::Rate { .. }, _) => Holds::Number(look::number(6, "%", Zero::Figure, style)),
        (Value::Count(_), _) => Holds::Number(look::number(0, "", Zero::Figure, style)),
        (_, Role::Key) => Holds::Name(depth),
        (_, Role::Text) => Holds::Words,
        (_, Role::Count | Role::Amount | Role::Rate) => Holds::Mark,
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    won: &WonCell,
    format: &rust_xlsxwriter::Format,
    style: &Style<'_>,
    told: &mut Told,
) -> Result<(), XlsxError> {
    match (&cell.value, won) {
        (Value::Money { exact, .. }, WonCell::Amount(Ok(formula))) => {
            let formula = Formula::new(formula).set_result(exact.to_string());
            sheet.write_formula_with_format(row, column, formula, format)?;
        }
        (Value::Money { exact, .. }, _) if exact::holds_won(*exact) => {
            let value = exact::double(exact.exactly(Unit::Won));
            sheet.write_number_with_format(row, column, value, format)?;
        }
        (Value::Money { exact, .. }, _) => {
            told.amount_as_text();
            let text = number::figure(exact.exactly(Unit::Won), style.negative);
            sheet.write_string_with_format(row, column, text, format)?;
        }
        (Value::Rate { exact, .. }, won) => {
            let (part, whole) = (exact.part().exactly(Unit::Won), exact.whole().exactly(Unit::Won));
            let value = exact::double(part) / exact::double(whole);
            match won {
                WonCell::Rate { formula: Ok(formula), .. } => {
                    let formula = Formula::new(formula).set_result(value.to_string());
                    sheet.write_formula_with_format(row, column, formula, format)?;
                }
                _ => {
                    sheet.write_number_with_format(row, column, value, format)?;
                }
            }
        }
        (Value::Count(count), _) => {
            let count = crate::money::Figure::whole(i128::from(*count));
            sheet.write_number_with_format(row, column, exact::double(count), format)?;
        }
        (Value::Blank, _) => {
            sheet.write_blank(row, column, format)?;
        }
        (Value::Text(_) | Value::Said(_) | Value::Dates(..), _) => {
            let text = told.text(&number::cell(cell, style));
            sheet.write_string_with_format(row, column, text, format)?;
        }
    }
    Ok(())
}
