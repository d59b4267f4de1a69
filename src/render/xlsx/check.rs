//! The sheet of checks: whether the workbook, recalculated, says what it said when it was written.
//!
//! Law: every check is a formula; one cell says whether all of them agree, and the first sheet shows it.

use super::look::{self, Edge, Holds, Weight, Zero};
use super::notes;
use super::paper::{self, Columns};
use super::sumifs::{self, joined};
use super::told::Told;
use super::won::{self, Asked, Place, Won, WonCell, summed};
use super::won_sheet::written_columns;
use super::{Sheets, exact, names, words};
use crate::ledger::{Measure, Sign, Slice};
use crate::money::{Figure, Money, Unit};
use crate::render::Style;
use crate::table::{RowClass, Shown};
use crate::words::{Lang, Text};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// The last column: what is to be nothing.
const LAST: u16 = 4;

/// The row of the verdict.
pub(super) const VERDICT: u32 = 1;

/// The most sums that are held against the lines, and the most cells that are listed.
const MOST: usize = 200;

/// What the sheet of checks is made from.
pub(super) struct Check<'c, 'a> {
    pub(super) won: &'c Won<'a>,
    pub(super) asked: &'c [Option<Asked<'a>>],
    pub(super) sheets: &'c Sheets,
    pub(super) style: &'c Style<'c>,
}

/// The verdict, when all agree and when so many do not.
pub(super) fn verdicts(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::Ko => ["검산: 일치", "검산: 다름 ", "곳"],
        Lang::En => ["Check: agrees", "Check: differs in ", " places"],
    }
}

/// Cells that are to be nothing, in the last column.
struct Section {
    first: u32,
    last: u32,
    says: Says,
}

/// A sum that is held against the lines.
struct Held {
    /// The cell that it is of, or behind.
    at: Place,
    /// A formula of what stands there.
    stands: String,
    /// The formula of the lines.
    lined: String,
    amount: Money,
}

/// What they say.
enum Says {
    /// How many cells of a table differ.
    Cells,
    /// By how much something differs.
    Difference,
}

impl Check<'_, '_> {
    /// Fills the sheet. `without` is how many cells have no note for there being too many.
    pub(super) fn write(&self, sheet: &mut Worksheet, told: &mut Told, without: usize) -> Result<(), XlsxError> {
        let mut columns = Columns::new(5);
        for (column, wide) in [40, 24, 22, 22, 20].into_iter().enumerate() {
            columns.make_room(column, wide, wide);
        }
        columns.set(sheet)?;
        let lang = self.style.lang;
        paper::across(sheet, 0, &columns, words::CHECK.label(lang), 16, &look::title())?;
        let mut row = 3;
        let mut sections = Vec::new();
        sections.extend(self.as_written(sheet, &mut row, told)?);
        sections.extend(self.against_lines(sheet, &mut row, told)?);
        sections.extend(self.measures(sheet, &mut row, told)?);
        self.fixed(sheet, &mut row, told)?;
        for text in self.about(told, without) {
            paper::across(sheet, row, &columns, text.label(lang), 9, &look::wrapped(9))?;
            row += 1;
        }
        self.verdict(sheet, &sections)?;
        paper::printed(sheet, &columns, None)
    }

    fn verdict(&self, sheet: &mut Worksheet, sections: &[Section]) -> Result<(), XlsxError> {
        let [agreed, differs, places] = verdicts(self.style.lang);
        let count = |section: &Section| {
            let range = format!("{}:{}", names::address(section.first, LAST), names::address(section.last, LAST));
            match section.says {
                Says::Cells => format!("SUM({range})"),
                Says::Difference => format!("SUMPRODUCT(--({range}<>0))"),
            }
        };
        let count = match sections {
            [] => "0".to_owned(),
            _ => sections.iter().map(count).collect::<Vec<_>>().join("+"),
        };
        let counted = names::address(VERDICT, LAST);
        let formula = format!("IF({counted}=0,\"{agreed}\",\"{differs}\"&{counted}&\"{places}\")");
        let format = look::text(12).set_bold();
        sheet.write_formula_with_format(VERDICT, 0, Formula::new(formula).set_result(agreed), &format)?;
        let format = look::aside().set_num_format("0");
        sheet.write_formula_with_format(VERDICT, LAST, Formula::new(count).set_result("0"), &format)?;
        Ok(())
    }

    /// Begins a section: its heading, and the headings of its columns.
    fn begin(&self, sheet: &mut Worksheet, row: &mut u32, title: &Text, heads: [Text; 5]) -> Result<(), XlsxError> {
        let lang = self.style.lang;
        sheet.write_string_with_format(*row, 0, title.label(lang), &look::text(11).set_bold())?;
        for (n, head) in (0_u16..).zip(&heads) {
            let edge = Edge { first: n == 0, last_column: n == 4, last_row: false };
            sheet.write_string_with_format(*row + 1, n, head.label(lang), &look::heading(edge))?;
        }
        *row += 2;
        Ok(())
    }

    fn words(&self, sheet: &mut Worksheet, at: (u32, u16), text: &str) -> Result<(), XlsxError> {
        sheet.write_string_with_format(at.0, at.1, text, &look::cell(&Holds::Words, Weight::Plain, edge(at.1)))?;
        Ok(())
    }

    fn number(&self, decimals: u32) -> Holds {
        let exactly = Style { shown: Shown::Exactly, ..*self.style };
        Holds::Number(look::number(decimals, "", Zero::Figure, &exactly))
    }

    fn figure(&self, sheet: &mut Worksheet, at: (u32, u16), formula: &str, figure: Figure) -> Result<(), XlsxError> {
        let format = look::cell(&self.number(figure.decimals()), Weight::Plain, edge(at.1));
        let formula = Formula::new(formula).set_result(figure.to_string());
        sheet.write_formula_with_format(at.0, at.1, formula, &format)?;
        Ok(())
    }

    fn count(&self, sheet: &mut Worksheet, at: (u32, u16), count: usize) -> Result<(), XlsxError> {
        let format = look::cell(&self.number(0), Weight::Plain, edge(at.1));
        let count = Figure::whole(i128::try_from(count).unwrap_or(i128::MAX));
        sheet.write_number_with_format(at.0, at.1, exact::double(count), &format)?;
        Ok(())
    }

    /// Each table's amounts against those that stood there when it was written.
    fn as_written(&self, sheet: &mut Worksheet, row: &mut u32, told: &mut Told) -> Result<Option<Section>, XlsxError> {
        let heads = [
            Text::new("표", "Table"),
            Text::new("금액 칸", "Amounts"),
            Text::new("수식 칸", "Formulas"),
            Text::new("차이(절댓값의 합, 원)", "Differences (absolute, won)"),
            Text::new("다른 칸", "Cells that differ"),
        ];
        let title = Text::new("1. 지금 계산한 금액 ↔ 작성할 때의 금액", "1. Amounts now against those written");
        self.begin(sheet, row, &title, heads)?;
        let first = *row;
        let won = names::quoted(&self.sheets.won);
        for (n, table) in self.won.tables.iter().enumerate() {
            if table.rows.is_empty() || !table.has_amounts() {
                continue;
            }
            let top = self.won.tops[n];
            let bottom = top.saturating_add(u32::try_from(table.rows.len()).unwrap_or(u32::MAX)) - 1;
            let range =
                |column: u16| format!("{won}!{}:{}", names::address(top, column), names::address(bottom, column));
            let (mut differing, mut differences) = (Vec::new(), Vec::new());
            for (column, beside) in written_columns(table) {
                differing.push(format!("SUMPRODUCT(--({}<>{}))", range(column), range(beside)));
                let money = table.rows.iter().filter_map(|row| row.cells[usize::from(column)].money());
                // What had to be written as text has no difference.
                if money.clone().all(exact::holds_won) {
                    differences.push(format!("SUMPRODUCT(ABS({}-{}))", range(column), range(beside)));
                }
            }
            let cells = self.won.cells[n].iter().flatten();
            let amounts = cells.clone().filter(|cell| matches!(cell, WonCell::Amount(_))).count();
            let formulas = cells.filter(|cell| matches!(cell, WonCell::Amount(Ok(_)))).count();
            self.words(sheet, (*row, 0), &told.text(&self.sheets.tables[n]))?;
            self.count(sheet, (*row, 1), amounts)?;
            self.count(sheet, (*row, 2), formulas)?;
            let nothing = Figure::whole(0);
            let sum = |parts: &[String]| if parts.is_empty() { "0".to_owned() } else { parts.join("+") };
            self.figure(sheet, (*row, 3), &sum(&differences), nothing)?;
            self.figure(sheet, (*row, 4), &sum(&differing), nothing)?;
            *row += 1;
        }
        Ok(end(row, first, Says::Cells))
    }

    /// The sums of everything, and what values were worked out from, against the lines.
    fn against_lines(
        &self,
        sheet: &mut Worksheet,
        row: &mut u32,
        told: &mut Told,
    ) -> Result<Option<Section>, XlsxError> {
        let sums: Vec<Held> = self.totals().chain(self.behind_values()).collect();
        if sums.is_empty() {
            return Ok(None);
        }
        let heads = [
            Text::new("표의 줄", "Row of a table"),
            Text::new("열", "Column"),
            Text::new("표의 금액, 값의 밑금액", "In the table, or behind a value"),
            Text::new("내역을 바로 더한 금액", "Lines added up"),
            Text::new("차이", "Difference"),
        ];
        let title = Text::new(
            "2. 줄을 쌓은 합계와 값으로 둔 칸의 밑금액 ↔ 내역의 합",
            "2. Totals by rows, and what values were worked out from, against the lines",
        );
        self.begin(sheet, row, &title, heads)?;
        let first = *row;
        for Held { at, stands, lined, amount } in sums.into_iter().take(MOST) {
            let table = self.won.tables[at.table];
            let name = table.rows[at.row].name();
            let lang = self.style.lang;
            let name = format!("{} · {}", self.sheets.tables[at.table], name.label(lang));
            self.words(sheet, (*row, 0), &told.text(&name))?;
            self.words(sheet, (*row, 1), &told.text(table.columns[at.column].heading.label(lang)))?;
            let figure = amount.exactly(Unit::Won);
            self.figure(sheet, (*row, 2), &stands, figure)?;
            self.figure(sheet, (*row, 3), &lined, figure)?;
            let (left, right) = (names::address(*row, 2), names::address(*row, 3));
            self.figure(sheet, (*row, 4), &format!("ROUND({left}-{right},4)"), Figure::whole(0))?;
            *row += 1;
        }
        Ok(end(row, first, Says::Difference))
    }

    /// The sums of all rows, and how the lines add up to each.
    fn totals(&self) -> impl Iterator<Item = Held> {
        let rows = self.won.tables.iter().enumerate().flat_map(|(t, table)| {
            let totals = table.rows.iter().enumerate().filter(|(_, row)| row.class == RowClass::Total);
            totals.map(move |(r, row)| (t, r, row))
        });
        let cells = rows.flat_map(|(table, r, row)| {
            row.cells.iter().enumerate().map(move |(column, cell)| (Place { table, row: r, column }, cell))
        });
        cells.filter_map(|(at, cell)| {
            let (of, amount) = (summed(&cell.why, 0)?, cell.money()?);
            if !matches!(self.won.cells[at.table][at.row][at.column], WonCell::Amount(Ok(_))) {
                return None;
            }
            let stands = format!("{}!{}", names::quoted(&self.sheets.won), self.won.address(at));
            self.held(at, of.book, of.slice).filter(|held| held.amount == amount).map(|held| Held { stands, ..held })
        })
    }

    /// What the cells that are values were worked out from, as it stood when they were: what was divided to the last won
    /// does not follow a line, so the whole that was divided is held against the lines.
    fn behind_values(&self) -> impl Iterator<Item = Held> {
        let mut found: Vec<Held> = Vec::new();
        for (at, cell) in self.won.values() {
            won::slices(&cell.why, 0, &mut |book, slice| {
                let held =
                    self.held(at, book, slice).filter(|held| found.iter().all(|known| known.lined != held.lined));
                found.extend(held);
            });
        }
        found.into_iter()
    }

    /// A sum of lines as it is now and as it was, where a spreadsheet comes to it.
    fn held(&self, at: Place, book: usize, slice: &Slice) -> Option<Held> {
        let asked = self.asked.get(book)?.as_ref()?;
        let lined = sumifs::lined(&asked.effects, &asked.ranges, slice, asked.effects.cut(slice))?;
        let amount = lined.sum.total;
        let stands = amount.exactly(Unit::Won).to_string();
        (lined.sum.unheld == 0).then(|| Held { at, stands, lined: joined(&lined.terms), amount })
    }

    /// Every row of lines has a measure that is known.
    fn measures(&self, sheet: &mut Worksheet, row: &mut u32, told: &mut Told) -> Result<Option<Section>, XlsxError> {
        let asked: Vec<(usize, &Asked<'_>)> =
            self.asked.iter().enumerate().filter_map(|(n, asked)| Some((n, asked.as_ref()?))).collect();
        if asked.is_empty() {
            return Ok(None);
        }
        let heads = [
            Text::new("내역 시트", "Sheet of lines"),
            Text::new("줄(원장)", "Lines (books)"),
            Text::new("행", "Rows"),
            Text::new("아는 금액 구분의 행", "Rows of known measures"),
            Text::new("차이", "Difference"),
        ];
        let title = Text::new(
            "3. 내역의 모든 행이 작성할 때의 금액 구분을 가짐",
            "3. Every row of lines has a measure that was there when it was written",
        );
        self.begin(sheet, row, &title, heads)?;
        let first = *row;
        for (n, asked) in asked {
            let range = asked.ranges.name(words::IN_MEASURE);
            let known: Vec<(Sign, String)> = Measure::ALL
                .into_iter()
                .filter(|measure| asked.effects.has(*measure))
                .map(|measure| (Sign::Plus, format!("COUNTIF({range},\"{}\")", measure.id())))
                .collect();
            let rows: usize = asked.effects.lines.iter().map(|line| line.as_line().parts().count()).sum();
            let figure = Figure::whole(i128::try_from(rows).unwrap_or(i128::MAX));
            let known = if known.is_empty() { "0".to_owned() } else { joined(&known) };
            self.words(sheet, (*row, 0), &told.text(self.sheets.lines[n].as_deref().unwrap_or_default()))?;
            self.count(sheet, (*row, 1), asked.effects.lines.len())?;
            self.figure(sheet, (*row, 2), &format!("COUNTA({range})"), figure)?;
            self.figure(sheet, (*row, 3), &known, figure)?;
            let (left, right) = (names::address(*row, 2), names::address(*row, 3));
            self.figure(sheet, (*row, 4), &format!("{left}-{right}"), Figure::whole(0))?;
            *row += 1;
        }
        Ok(end(row, first, Says::Difference))
    }

    /// The cells that are values and no formulas, though they stand in no file.
    fn fixed(&self, sheet: &mut Worksheet, row: &mut u32, told: &mut Told) -> Result<(), XlsxError> {
        let reason = |at: Place| match &self.won.cells[at.table][at.row][at.column] {
            WonCell::Amount(Err(fixed)) | WonCell::Rate { formula: Err(fixed), .. } => notes::reason(*fixed),
            WonCell::Empty | WonCell::Amount(Ok(_)) | WonCell::Rate { .. } => None,
        };
        let cells: Vec<(Place, Text)> =
            self.won.values().filter_map(|(place, _)| Some((place, reason(place)?))).collect();
        if cells.is_empty() {
            return Ok(());
        }
        let lang = self.style.lang;
        let title = Text::new(
            format!("4. 값으로 둔 칸 {}개", cells.len()),
            format!("4. Cells that are values: {}", cells.len()),
        );
        let heads = [
            Text::new("줄", "Row"),
            Text::new("열", "Column"),
            Text::new("칸", "Cell"),
            Text::new("까닭", "Why"),
            Text::new("", ""),
        ];
        self.begin(sheet, row, &title, heads)?;
        for (at, reason) in cells.iter().take(MOST) {
            let table = self.won.tables[at.table];
            let name = table.rows[at.row].name();
            let name = format!("{} · {}", self.sheets.tables[at.table], name.label(lang));
            self.words(sheet, (*row, 0), &told.text(&name))?;
            self.words(sheet, (*row, 1), &told.text(table.columns[at.column].heading.label(lang)))?;
            self.words(sheet, (*row, 2), &format!("{}!{}", self.sheets.won, self.won.address(*at)))?;
            let format = look::cell(&Holds::Words, Weight::Plain, Edge { last_column: true, ..edge(3) });
            sheet.merge_range(*row, 3, *row, 4, reason.label(lang), &format)?;
            paper::high(sheet, *row, paper::lines(reason.label(lang), 40), 10)?;
            *row += 1;
        }
        if cells.len() > MOST {
            let more =
                Text::new(format!("그 밖에 {}개", cells.len() - MOST), format!("and {} more", cells.len() - MOST));
            self.words(sheet, (*row, 0), more.label(lang))?;
            *row += 1;
        }
        *row += 1;
        Ok(())
    }

    /// How to check, and what is not in the workbook.
    fn about(&self, told: &Told, without: usize) -> Vec<Text> {
        let mut about = vec![
            Text::new(
                "※ 검산하는 법: 내역 시트의 금액 하나를 1원 바꾸고 다시 계산하면 원 시트, 표, 이 시트가 차례로 따라 바뀜. 값으로 둔 칸은 그대로이고 이 시트의 2번이 다르다고 함",
                "※ how to check: change an amount on the sheet of lines by one won and recalculate; the sheet in won, the tables and this sheet follow; a cell that is a value stays, and part 2 of this sheet differs",
            ),
            Text::new(
                "※ 표의 금액은 원 시트의 정확한 금액에서 단수 처리 수식으로 나온 것이고, 과목은 이름이 아니라 번호로 더함(과목 시트)",
                "※ tables round the exact amounts of the sheet in won by formula; accounts are added up by number and not by name (sheet of accounts)",
            ),
        ];
        about.extend(self.unasked());
        about.extend(
            told.left_out().into_iter().map(|text| Text::new(format!("※ {}", text.ko), format!("※ {}", text.en))),
        );
        if without > 0 {
            about.push(Text::new(
                format!("※ 적힌 곳을 단 메모는 처음 {}칸에만 있고, {without}칸에는 없음: 내역 시트의 첫 열을 볼 것", notes::MOST),
                format!("※ only the first {} cells have a note with places, {without} have none: see the first column of the sheet of lines", notes::MOST),
            ));
        }
        about
    }

    /// The measures of each book's lines that no figure of these tables has to do with.
    fn unasked(&self) -> Vec<Text> {
        let mut used = vec![BTreeSet::new(); self.asked.len()];
        for cell in self.won.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
            won::slices(&cell.why, 0, &mut |book, slice| {
                if let Some(used) = used.get_mut(book) {
                    used.extend(slice.formula.iter().map(|(_, measure)| *measure));
                }
            });
        }
        let asked = self.asked.iter().zip(&self.sheets.lines).zip(used);
        let told = asked.filter_map(|((asked, sheet), used)| {
            let (asked, sheet) = (asked.as_ref()?, sheet.as_ref()?);
            let all = Measure::ALL.into_iter().filter(|measure| asked.effects.has(*measure) && !used.contains(measure));
            let names: Vec<&str> = all.map(Measure::id).collect();
            let names = names.join(", ");
            (!names.is_empty()).then(|| {
                Text::new(
                    format!("※ 이 표들이 쓰지 않는 금액 구분(바꾸어도 달라지지 않음), {sheet}: {names}"),
                    format!(
                        "※ measures that these tables do not use (changing them changes nothing), {sheet}: {names}"
                    ),
                )
            })
        });
        told.collect()
    }
}

const fn edge(column: u16) -> Edge {
    Edge { first: column == 0, last_column: column == 4, last_row: false }
}

/// Ends a section that began at a row; nothing where it has none.
fn end(row: &mut u32, first: u32, says: Says) -> Option<Section> {
    let last = row.checked_sub(1).filter(|last| *last >= first);
    *row += 1;
    last.map(|last| Section { first, last, says })
}
