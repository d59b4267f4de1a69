//! The sheet of the chart: the number that formulas know each account by, and the last number below it.

use super::effects::Chart;
use super::look::{self, Edge, Holds, Weight};
use super::paper::{self, Columns};
use super::told::Told;
use super::{exact, words};
use crate::ledger::Books;
use crate::money::Figure;
use crate::render::Style;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Fills the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    books: &Books,
    chart: &Chart,
    style: &Style<'_>,
    told: &mut Told,
) -> Result<(), XlsxError> {
    let mut columns = Columns::new(4);
    let name = crate::words::NAME;
    for (n, word) in [words::NUMBER, words::PATH, name, words::LAST].into_iter().enumerate() {
        let heading = word.label(style.lang);
        columns.make_room(n, paper::width(heading) + 4, 24);
        let edge = Edge { first: n == 0, last_column: n == 3, last_row: chart.order.is_empty() };
        sheet.write_string_with_format(0, u16::try_from(n).unwrap_or(0), heading, &look::heading(edge))?;
    }
    let rows = chart.order.len();
    for ((n, id), row) in chart.order.iter().enumerate().zip(1_u32..) {
        let account = books.accounts.get(*id);
        let (first, last) = chart.span(*id);
        let weight = if n == 0 { Weight::Total } else { Weight::Plain };
        let look = |column: usize, holds: &Holds| {
            let edge = Edge { first: column == 0, last_column: column == 3, last_row: n + 1 == rows };
            look::cell(holds, weight, edge)
        };
        let number = look::plain_number();
        let label = &books.year.presentation.total_label;
        let (path, name) = match account.path.as_str() {
            "" => (label.label(style.lang), label.label(style.lang)),
            path => (path, account.name.label(style.lang)),
        };
        let depth = u8::try_from(account.depth.saturating_sub(1)).unwrap_or(look::DEEPEST).min(look::DEEPEST);
        let (path, name) = (told.text(path), told.text(name));
        columns.make_room(1, paper::width(&path) + 2, 50);
        columns.make_room(2, paper::width(&name) + 2 + 2 * usize::from(depth), 40);
        let whole = |number: u32| exact::double(Figure::whole(i128::from(number)));
        sheet.write_number_with_format(row, 0, whole(first), &look(0, &number))?;
        sheet.write_string_with_format(row, 1, &path, &look(1, &Holds::Words))?;
        sheet.write_string_with_format(row, 2, &name, &look(2, &Holds::Name(depth)))?;
        sheet.write_number_with_format(row, 3, whole(last), &look(3, &number))?;
        let lines = paper::lines(&path, 50).max(paper::lines(&name, 40_usize.saturating_sub(usize::from(depth))));
        if lines > 1 {
            paper::high(sheet, row, lines, 11)?;
        }
    }
    columns.set(sheet)?;
    sheet.set_freeze_panes(1, 0)?;
    paper::printed(sheet, &columns, Some((0, 0)))
}
