//! The sheets of tables: what is shown, derived from the sheet in won.

use super::look::{self, Edge, Holds, Weight, Zero};
use super::notes::Notes;
use super::paper::{self, Columns};
use super::rounding::{self, Class, How};
use super::told::Told;
use super::won::{Place, Won, WonCell};
use super::{Sheets, exact, names};
use crate::ledger::Presentation;
use crate::render::{Style, number};
use crate::table::{Cell, Note, Role, Row, RowClass, Shown, Table, Value, Why};
use rust_xlsxwriter::{ConditionalFormatFormula, Format, Formula, Worksheet, XlsxError};

/// The widest that a column is made for words.
const WORDS: usize = 44;
/// The narrowest that a column of figures is.
const FIGURES: usize = 11;

/// A table, and what its sheet is made from.
pub(super) struct Leaf<'l, 'a> {
    /// Which of the page's tables it is.
    pub(super) place: usize,
    /// What stands above it: the title, and sentences below that.
    pub(super) title: String,
    pub(super) lead: Vec<String>,
    pub(super) won: &'l Won<'a>,
    pub(super) sheets: &'l Sheets,
    pub(super) said: &'l Presentation,
    pub(super) style: &'l Style<'l>,
}

impl Leaf<'_, '_> {
    /// Fills the sheet.
    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        told: &mut Told,
        notes: &mut Notes<'_, '_>,
    ) -> Result<(), XlsxError> {
        let table = self.won.tables[self.place];
        let columns = self.columns(table);
        columns.set(sheet)?;
        paper::across(sheet, 0, &columns, &told.text(&self.title), 16, &look::title())?;
        let mut row = 1;
        for lead in &self.lead {
            let text = told.text(lead);
            paper::across(sheet, row, &columns, &text, 11, &look::wrapped(11))?;
            row += 1;
        }
        self.beside(sheet, row, table)?;
        let heading = row + 1;
        self.headings(sheet, heading, table, &columns, told)?;
        let top = heading + 1;
        let hows: Vec<[Option<How>; 2]> = (0..table.columns.len())
            .map(|n| [Class::Total, Class::Others].map(|class| self.how(table, n, class)))
            .collect();
        self.rows(sheet, top, &columns, &hows, told, notes)?;
        self.trimmed(sheet, top, table, &hows)?;
        let below = top.saturating_add(u32::try_from(table.rows.len()).unwrap_or(u32::MAX));
        self.notes_below(sheet, below + 1, table, &columns, told)?;
        sheet.set_freeze_panes(top, 1)?;
        paper::printed(sheet, &columns, Some((heading, heading)))
    }

    /// How wide each column has to be.
    fn columns(&self, table: &Table) -> Columns {
        let mut columns = Columns::new(table.columns.len());
        for (n, column) in table.columns.iter().enumerate() {
            let is_words = matches!(column.role, Role::Key | Role::Text);
            let most = if is_words { WORDS } else { usize::MAX };
            let heading = paper::width(column.heading.label(self.style.lang)) + 2;
            columns.make_room(n, heading.clamp(FIGURES, 18), most);
            for row in &table.rows {
                let indent =
                    if n == 0 { 2 * row.depth.saturating_sub(1).min(u32::from(look::DEEPEST)) as usize } else { 0 };
                let text = number::cell(&row.cells[n], self.style);
                columns.make_room(n, paper::width(&text) + 4 + indent, most + indent);
            }
        }
        // A title needs some width.
        columns.at_least(60);
        columns
    }

    /// The unit at the right, and at the left of the first table whether it recalculates.
    fn beside(&self, sheet: &mut Worksheet, row: u32, table: &Table) -> Result<(), XlsxError> {
        let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        if table.has_amounts() && last > 0 {
            let unit = number::unit_note(table.unit, self.style.lang);
            let right = look::aside().set_align(rust_xlsxwriter::FormatAlign::Right);
            sheet.write_string_with_format(row, last, unit, &right)?;
        }
        if self.place == 0 {
            let formula = Formula::new(self.sheets.verdict()).set_result(self.sheets.agreed(self.style.lang));
            sheet.write_formula_with_format(row, 0, formula, &look::aside())?;
        }
        Ok(())
    }

    fn headings(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        table: &Table,
        columns: &Columns,
        told: &mut Told,
    ) -> Result<(), XlsxError> {
        let mut most = 1;
        for (n, column) in table.columns.iter().enumerate() {
            let text = told.text(column.heading.label(self.style.lang));
            most = most.max(paper::lines(&text, columns.of(n)));
            let at = u16::try_from(n).unwrap_or(u16::MAX);
            let edge =
                Edge { first: n == 0, last_column: n + 1 == table.columns.len(), last_row: table.rows.is_empty() };
            sheet.write_string_with_format(row, at, text, &look::heading(edge))?;
        }
        paper::high(sheet, row, most, 11)
    }

    fn rows(
        &self,
        sheet: &mut Worksheet,
        top: u32,
        columns: &Columns,
        hows: &[[Option<How>; 2]],
        told: &mut Told,
        notes: &mut Notes<'_, '_>,
    ) -> Result<(), XlsxError> {
        let table = self.won.tables[self.place];
        let mut looks = look::Looks::default();
        for (r, row) in table.rows.iter().enumerate() {
            let at = top.saturating_add(u32::try_from(r).unwrap_or(u32::MAX));
            let mut lines = 1;
            for (n, cell) in row.cells.iter().enumerate().take(table.columns.len()) {
                let place = Place { table: self.place, row: r, column: n };
                let edge = Edge {
                    first: n == 0,
                    last_column: n + 1 == table.columns.len(),
                    last_row: r + 1 == table.rows.len(),
                };
                let holds = self.holds(table, row, n, cell);
                if !matches!(holds, Holds::Number(_)) {
                    let indent =
                        if n == 0 { 2 * row.depth.saturating_sub(1).min(u32::from(look::DEEPEST)) as usize } else { 0 };
                    let text = number::cell(cell, self.style);
                    lines = lines.max(paper::lines(&text, columns.of(n).saturating_sub(indent + 2)));
                }
                let format = looks.cell(holds, weight(row.class), edge);
                let how = hows[n][usize::from(Class::of(row.class) == Class::Others)];
                let column = u16::try_from(n).unwrap_or(u16::MAX);
                self.cell(sheet, (at, column), cell, place, how, format, told)?;
                if let Some(note) = notes.of_cell(cell, &self.won.cells[self.place][r][n]) {
                    sheet.insert_note(at, column, &note)?;
                }
            }
            paper::high(sheet, at, lines, 11)?;
        }
        Ok(())
    }

    fn how(&self, table: &Table, column: usize, class: Class) -> Option<How> {
        How::of(table, column, class, self.style.shown, self.said)
    }

    /// What a cell holds, for its look.
    fn holds(&self, table: &Table, row: &Row, column: usize, cell: &Cell) -> Holds {
        match &cell.value {
            Value::Money { shown: Some(shown), exact } if exact::holds(*shown) => {
                let is_nil = exact.is_zero() && self.style.shown == Shown::Rounded;
                let zero = if is_nil { Zero::Nil } else { Zero::Figure };
                Holds::Number(look::number(shown.decimals(), "", zero, self.style))
            }
            Value::Rate { shown: Some(shown), .. } => {
                Holds::Number(look::number(shown.decimals(), "%", Zero::Figure, self.style))
            }
            Value::Count(_) => Holds::Number(look::number(0, "", Zero::Figure, self.style)),
            Value::Money { .. } | Value::Rate { .. } => Holds::Mark,
            Value::Blank | Value::Text(_) | Value::Said(_) | Value::Dates(..) => {
                match (table.columns[column].role, column) {
                    (Role::Key, 0) => Holds::Name(
                        u8::try_from(row.depth.saturating_sub(1)).unwrap_or(look::DEEPEST).min(look::DEEPEST),
                    ),
                    (Role::Key | Role::Text, _) => Holds::Words,
                    (Role::Count | Role::Amount | Role::Rate, _) => Holds::Mark,
                }
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a cell is where it stands, what it says and how it looks")]
    fn cell(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        cell: &Cell,
        place: Place,
        how: Option<How>,
        format: &Format,
        told: &mut Told,
    ) -> Result<(), XlsxError> {
        let (shown, formula) = match &cell.value {
            Value::Money { exact, shown: Some(shown) } => {
                let in_won = self.in_won(place);
                let formula = how.and_then(|how| how.formula(&in_won, self.won.tables[self.place].unit, *exact));
                (*shown, formula)
            }
            Value::Rate { exact, shown: Some(shown) } => {
                let of = match &self.won.cells[place.table][place.row][place.column] {
                    WonCell::Rate { of: Some((part, whole)), .. } => Some((self.on_won(part), self.on_won(whole))),
                    _ => None,
                };
                let of = of.as_ref().map(|(part, whole)| (part.as_str(), whole.as_str()));
                (rounding::of_one(*shown), rounding::rate(&self.in_won(place), of, *exact, *shown))
            }
            Value::Count(count) => {
                let count = crate::money::Figure::whole(i128::from(*count));
                sheet.write_number_with_format(row, column, exact::double(count), format)?;
                return Ok(());
            }
            Value::Blank if cell.why == Why::Label => {
                sheet.write_blank(row, column, format)?;
                return Ok(());
            }
            _ => {
                let text = told.text(&number::cell(cell, self.style));
                sheet.write_string_with_format(row, column, text, format)?;
                return Ok(());
            }
        };
        match (exact::holds(shown), formula) {
            (false, _) => {
                told.amount_as_text();
                sheet.write_string_with_format(row, column, number::cell(cell, self.style), format)?;
            }
            (true, Some(formula)) => {
                let formula = Formula::new(formula).set_result(shown.to_string());
                sheet.write_formula_with_format(row, column, formula, format)?;
            }
            (true, None) => {
                sheet.write_number_with_format(row, column, exact::double(shown), format)?;
            }
        }
        Ok(())
    }

    /// The address of the same cell in won.
    fn in_won(&self, place: Place) -> String {
        self.on_won(&self.won.address(place))
    }

    fn on_won(&self, address: &str) -> String {
        format!("{}!{address}", names::quoted(&self.sheets.won))
    }

    /// Where zeros behind the point are left out, they go on being left out when lines change.
    fn trimmed(
        &self,
        sheet: &mut Worksheet,
        top: u32,
        table: &Table,
        hows: &[[Option<How>; 2]],
    ) -> Result<(), XlsxError> {
        for (n, column) in table.columns.iter().enumerate().filter(|(_, column)| column.role == Role::Amount) {
            debug_assert!(column.role == Role::Amount, "nothing else has zeros left out");
            let at = u16::try_from(n).unwrap_or(u16::MAX);
            let mut row = top;
            for same in table.rows.chunk_by(|one, other| Class::of(one.class) == Class::of(other.class)) {
                let first = row;
                row = row.saturating_add(u32::try_from(same.len()).unwrap_or(u32::MAX));
                let how = same.first().and_then(|one| hows[n][usize::from(Class::of(one.class) == Class::Others)]);
                for fewer in how.and_then(How::decimals).filter(|most| *most > 0).map_or(0..0, |most| 0..most + 1) {
                    let address = names::address(first, at);
                    let format = Format::new().set_num_format(look::number(fewer, "", Zero::Figure, self.style));
                    let rule = ConditionalFormatFormula::new()
                        .set_rule(format!("=AND({address}<>0,ROUND({address},{fewer})={address})").as_str())
                        .set_format(format)
                        .set_stop_if_true(true);
                    sheet.add_conditional_format(first, at, row - 1, at, &rule)?;
                }
            }
        }
        Ok(())
    }

    fn notes_below(
        &self,
        sheet: &mut Worksheet,
        mut row: u32,
        table: &Table,
        columns: &Columns,
        told: &mut Told,
    ) -> Result<(), XlsxError> {
        for text in table.notes.iter().flat_map(|note| said(note, self.style)) {
            let text = told.text(&text);
            paper::across(sheet, row, columns, &text, 9, &look::wrapped(9))?;
            row += 1;
        }
        Ok(())
    }
}

/// A note and the places that it names, line by line.
pub(super) fn said(note: &Note, style: &Style<'_>) -> Vec<String> {
    let lead = format!("※ {}", number::sentence(&note.text, style));
    let items = note.items.iter().map(|item| format!("    · {}", number::sentence(item, style)));
    std::iter::once(lead).chain(items).collect()
}

const fn weight(class: RowClass) -> Weight {
    match class {
        RowClass::Body => Weight::Plain,
        RowClass::Subtotal => Weight::Subtotal,
        RowClass::Total => Weight::Total,
    }
}
