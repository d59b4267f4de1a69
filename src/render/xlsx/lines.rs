//! The sheet of account lines: each line once, and a row for each sum that it has a part in.
//!
//! Law: an amount stands once. A line that moves something between two accounts has two rows, and the second refers to
//! the amount of the first: whoever changes it changes both.

use super::exact::{self, Grain};
use super::look::{self, Edge, Holds, Weight, Zero};
use super::paper::{self, Columns};
use super::sumifs::{self, Extra, Ranges};
use super::told::Told;
use super::won::Asked;
use super::{names, words};
use crate::ledger::{AccountId, Measure};
use crate::money::{Figure, Money, Unit};
use crate::render::{Style, number};
use crate::table::{Kept, Shown};
use crate::words::Word;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// A column of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Place,
    Date,
    Account,
    Number,
    Kind,
    Subtype,
    Measure,
    Sign,
    Amount,
    Counted,
    Item,
    Fund,
    Reference,
    Of,
    Payee,
    Memo,
    Extra(Extra),
}

/// Where the first row of a line stands; above it are the headings.
const TOP: u32 = 1;

/// A row of the sheet: a line, and one of the sums that it has a part in.
struct Effect<'k> {
    line: &'k Kept,
    account: AccountId,
    measure: Measure,
    amount: Money,
    /// The row of the line's amount.
    first: u32,
}

/// The sheet of the lines of a book.
pub(super) struct LineSheet<'l, 'a> {
    asked: &'l Asked<'a>,
    style: &'l Style<'l>,
    columns: Vec<Column>,
    name: &'l str,
}

impl<'l, 'a> LineSheet<'l, 'a> {
    /// With the columns that its lines have something for, and those of numbers that formulas ask for.
    pub(super) fn of(
        asked: &'l Asked<'a>,
        name: &'l str,
        extras: &BTreeSet<Extra>,
        style: &'l Style<'l>,
    ) -> LineSheet<'l, 'a> {
        let lines = asked.effects.lines;
        let any = |of: fn(&Kept) -> bool| lines.iter().any(of);
        let mut columns = vec![Column::Place, Column::Date, Column::Account, Column::Number, Column::Kind];
        columns.extend(any(|line| line.subtype.is_some()).then_some(Column::Subtype));
        columns.extend([Column::Measure, Column::Sign, Column::Amount, Column::Counted]);
        let some = [
            (Column::Item, any(|line| line.item.is_some())),
            (Column::Fund, any(|line| line.fund.is_some())),
            (Column::Reference, any(|line| line.reference.is_some())),
            (Column::Of, any(|line| line.of.is_some())),
            (Column::Payee, any(|line| line.payee.is_some())),
            (Column::Memo, any(|line| line.memo.is_some())),
        ];
        columns.extend(some.into_iter().filter(|(_, is_there)| *is_there).map(|(column, _)| column));
        columns.extend(extras.iter().map(|extra| Column::Extra(*extra)));
        LineSheet { asked, style, columns, name }
    }

    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        self.asked.effects.lines.iter().map(|line| line.as_line().parts().count()).sum()
    }

    fn effects(&self) -> impl Iterator<Item = Effect<'a>> + use<'a> {
        let lines: &'a [Kept] = self.asked.effects.lines;
        let mut next = TOP;
        lines.iter().flat_map(move |line| {
            let first = next;
            let parts: Vec<_> = line.as_line().parts().collect();
            next = next.saturating_add(u32::try_from(parts.len()).unwrap_or(u32::MAX));
            parts.into_iter().map(move |(account, measure, amount)| Effect { line, account, measure, amount, first })
        })
    }

    fn place(&self, wanted: Column) -> u16 {
        let place = self.columns.iter().position(|column| *column == wanted);
        u16::try_from(place.unwrap_or(0)).unwrap_or(u16::MAX)
    }

    /// Names the ranges that formulas ask for.
    pub(super) fn name_ranges(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let ranges: &Ranges = &self.asked.ranges;
        let last = TOP + u32::try_from(self.rows().max(1)).unwrap_or(u32::MAX);
        let mut define = |word: Word, column: Column| -> Result<(), XlsxError> {
            let letters = names::letters(self.place(column));
            let range = format!("={}!${letters}${}:${letters}${last}", names::quoted(self.name), TOP + 1);
            workbook.define_name(ranges.name(word), &range)?;
            Ok(())
        };
        define(words::IN_AMOUNT, Column::Counted)?;
        define(words::IN_MEASURE, Column::Measure)?;
        define(words::IN_ACCOUNT, Column::Number)?;
        for column in &self.columns {
            if let Column::Extra(extra) = column {
                define(extra.word(), *column)?;
            }
        }
        Ok(())
    }

    /// Fills the sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet, told: &mut Told) -> Result<(), XlsxError> {
        let mut columns = Columns::new(self.columns.len());
        for (n, column) in self.columns.iter().enumerate() {
            let heading = self.word(*column).label(self.style.lang);
            columns.make_room(n, paper::width(heading) + 3, 24);
            let edge = Edge { first: n == 0, last_column: n + 1 == self.columns.len(), last_row: false };
            sheet.write_string_with_format(0, narrow(n), heading, &look::heading(edge))?;
        }
        let formats: Vec<Formats> = self.columns.iter().map(|column| Formats::of(*column, self)).collect();
        let mut row = TOP;
        for effect in self.effects() {
            for (n, column) in self.columns.iter().enumerate() {
                let wanted = self.cell(sheet, (row, narrow(n)), *column, &effect, &formats[n], told)?;
                columns.make_room(n, wanted + 2, most(*column));
            }
            row += 1;
        }
        columns.set(sheet)?;
        paper::high(sheet, 0, 2, 10)?;
        sheet.set_freeze_panes(TOP, 1)?;
        sheet.autofilter(0, 0, row.max(TOP + 1) - 1, narrow(self.columns.len() - 1))?;
        paper::printed(sheet, &columns, Some((0, 0)))
    }

    fn word(&self, column: Column) -> Word {
        match column {
            Column::Place => words::PLACE,
            Column::Date => words::DATE,
            Column::Account => words::ACCOUNT,
            Column::Number => words::NUMBER,
            Column::Kind => words::KIND,
            Column::Subtype => words::SUBTYPE,
            Column::Measure => words::MEASURE,
            Column::Sign => words::SIGN,
            Column::Amount => words::AMOUNT,
            Column::Counted => match self.asked.effects.grain {
                Grain::Won => words::COUNTED,
                Grain::Parts => words::COUNTED_PARTS,
            },
            Column::Item => words::ITEM,
            Column::Fund => words::FUND,
            Column::Reference => words::REFERENCE,
            Column::Of => words::OF,
            Column::Payee => words::PAYEE,
            Column::Memo => words::MEMO,
            Column::Extra(extra) => extra.word(),
        }
    }

    /// Writes a cell; gives how wide it is.
    fn cell(
        &self,
        sheet: &mut Worksheet,
        (row, at): (u32, u16),
        column: Column,
        effect: &Effect<'_>,
        formats: &Formats,
        told: &mut Told,
    ) -> Result<usize, XlsxError> {
        let line = effect.line;
        let format = &formats.plain;
        let number = |sheet: &mut Worksheet, value: i64| -> Result<usize, XlsxError> {
            let figure = Figure::whole(i128::from(value));
            sheet.write_number_with_format(row, at, exact::double(figure), format)?;
            Ok(figure.grouped().len())
        };
        match column {
            Column::Number => number(sheet, i64::from(self.asked.effects.chart.number(effect.account))),
            Column::Sign => number(sheet, if effect.amount == line.amount { 1 } else { -1 }),
            Column::Amount => self.amount(sheet, (row, at), effect, formats, told),
            Column::Counted => self.counted(sheet, (row, at), effect, formats),
            Column::Extra(extra) => number(sheet, self.extra(extra, line)),
            _ => {
                let Some(text) = self.text(column, effect) else { return Ok(0) };
                let text = told.text(&text);
                sheet.write_string_with_format(row, at, &text, format)?;
                Ok(paper::width(&text))
            }
        }
    }

    fn amount(
        &self,
        sheet: &mut Worksheet,
        (row, at): (u32, u16),
        effect: &Effect<'_>,
        formats: &Formats,
        told: &mut Told,
    ) -> Result<usize, XlsxError> {
        let figure = effect.line.amount.exactly(Unit::Won);
        let format = if figure.decimals() > 0 { &formats.fraction } else { &formats.plain };
        if !exact::holds(figure) {
            told.amount_as_text();
            let text = number::figure(figure, self.style.negative);
            sheet.write_string_with_format(row, at, &text, format)?;
            return Ok(text.chars().count());
        }
        if row == effect.first {
            sheet.write_number_with_format(row, at, exact::double(figure), format)?;
        } else {
            let formula = Formula::new(names::address(effect.first, at)).set_result(figure.to_string());
            sheet.write_formula_with_format(row, at, formula, format)?;
        }
        Ok(figure.grouped().len())
    }

    /// The amount with its sign, in the smallest part that occurs.
    fn counted(
        &self,
        sheet: &mut Worksheet,
        (row, at): (u32, u16),
        effect: &Effect<'_>,
        formats: &Formats,
    ) -> Result<usize, XlsxError> {
        if !exact::holds_won(effect.amount) {
            sheet.write_blank(row, at, &formats.plain)?;
            return Ok(0);
        }
        let (amount, sign) = (self.place(Column::Amount), self.place(Column::Sign));
        let (amount, sign) = (names::address(row, amount), names::address(row, sign));
        let (formula, result) = match self.asked.effects.grain {
            Grain::Won => (format!("{amount}*{sign}"), effect.amount.exactly(Unit::Won)),
            Grain::Parts => (format!("ROUND({amount}*10000,0)*{sign}"), effect.amount.times(10_000).exactly(Unit::Won)),
        };
        let formula = Formula::new(formula).set_result(result.to_string());
        sheet.write_formula_with_format(row, at, formula, &formats.plain)?;
        Ok(result.grouped().len())
    }

    fn text(&self, column: Column, effect: &Effect<'_>) -> Option<String> {
        let (line, lang, books) = (effect.line, self.style.lang, self.asked.effects.books);
        match column {
            Column::Place => Some(format!("{}:{}", line.file, line.line)),
            Column::Date => Some(line.date.to_string()),
            Column::Account => {
                let path = &books.accounts.get(effect.account).path;
                let root = books.year.presentation.total_label.label(lang);
                Some(if path.is_empty() { root.to_owned() } else { path.to_string() })
            }
            Column::Kind => {
                let kind = line.kind.word().label(lang);
                Some(match line.corrects {
                    Some(corrected) => format!("{kind}({})", corrected.word().label(lang)),
                    None => kind.to_owned(),
                })
            }
            Column::Subtype => line.subtype.map(|subtype| subtype.word().label(lang).to_owned()),
            Column::Measure => Some(effect.measure.id().to_owned()),
            Column::Item => line.item.map(|id| books.item(id).id.to_string()),
            Column::Fund => line.fund.and_then(|id| books.year.funds.get(id.0 as usize)).map(|fund| fund.id.clone()),
            Column::Reference => line.reference.clone(),
            Column::Of => line.of.clone(),
            Column::Payee => line.payee.clone(),
            Column::Memo => line.memo.clone(),
            Column::Number | Column::Sign | Column::Amount | Column::Counted | Column::Extra(_) => None,
        }
    }

    fn extra(&self, extra: Extra, line: &Kept) -> i64 {
        let effects = &self.asked.effects;
        let item = line.item.map(|id| effects.books.item(id));
        match extra {
            Extra::Item => line.item.map_or(0, |id| i64::from(id.0) + 1),
            Extra::Task => item.and_then(|item| item.task).map_or(0, |id| i64::from(id.0) + 1),
            Extra::Program => line.item.map_or(0, |id| i64::from(effects.program(id))),
            Extra::Fund => line.fund.map_or(0, |id| i64::from(id.0) + 1),
            Extra::First => sumifs::serial(line.date.first()),
            Extra::Last => sumifs::serial(line.date.last()),
            Extra::Precision => i64::from(sumifs::precision(line.date)),
        }
    }
}

/// The looks of a column.
struct Formats {
    plain: Format,
    /// Of amounts with parts of a won.
    fraction: Format,
}

impl Formats {
    fn of(column: Column, sheet: &LineSheet<'_, '_>) -> Formats {
        let first = column == Column::Place;
        let last_column = sheet.columns.last() == Some(&column);
        let edge = Edge { first, last_column, last_row: false };
        let exactly = Style { shown: Shown::Exactly, ..*sheet.style };
        let number = |decimals| Holds::Number(look::number(decimals, "", Zero::Figure, &exactly));
        let plain = match column {
            Column::Amount | Column::Counted => number(0),
            Column::Number | Column::Sign | Column::Extra(_) => look::plain_number(),
            _ => Holds::Mark,
        };
        let words = |format: Format| match column {
            Column::Amount | Column::Counted | Column::Number | Column::Sign | Column::Extra(_) => format,
            _ => format.set_align(rust_xlsxwriter::FormatAlign::Left).set_indent(1),
        };
        let look = |holds| words(look::cell(&holds, Weight::Plain, edge).set_font_size(9));
        Formats { plain: look(plain), fraction: look(number(4)) }
    }
}

/// How wide a column is made at most.
const fn most(column: Column) -> usize {
    match column {
        Column::Memo | Column::Account => 40,
        Column::Place | Column::Payee => 30,
        _ => 24,
    }
}

fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
