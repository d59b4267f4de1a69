//! A page as a workbook that an auditor can recalculate.
//!
//! Law: a figure is either a formula that comes to it to the last digit, or a value that says why it is none. Every
//! formula keeps the result that it had when it was written, so that programs that do not recalculate show the same.
//!
//! * The tables as they are shown, a sheet each: `=ROUNDDOWN('원'!D7,-2)/1000`.
//! * `원`: the same tables exact in won, as formulas over the lines and over one another.
//! * `검산`: what they come to now against what they came to then, and against the lines.
//! * `내역`: the account lines, and the parts that each has in which sum; `과목`: the numbers of the accounts.
//!
//! # Why
//!
//! **Won, and whole.** A double holds won exactly and 천원 not: `=C7-D7` of 10,000 and 9,999.95 is 0.0499999999992724.
//!
//! **Numbers for names.** SUMIFS takes `*`, `?`, `>5` and `a` for more than themselves and `0101` for `101`. So accounts,
//! projects and funds are told by numbers, and only measures by their own names.
//!
//! **A sheet of checks rather than a cell.** What agrees is shown on the first sheet in one cell; what it is the sum of,
//! and which cells are values, takes a sheet.
//!
//! How an auditor reads it: `WORKBOOK.md`.
#![allow(
    clippy::float_arithmetic,
    reason = "the numbers of a workbook are doubles; `exact` tells which amounts they hold"
)]

mod accounts;
mod check;
mod document;
mod effects;
mod exact;
mod formula;
mod lines;
mod look;
mod names;
mod notes;
mod paper;
mod rounding;
mod sumifs;
mod tables;
mod told;
mod won;
mod won_sheet;
mod words;

use super::{Error, Made, Style, number};
use crate::ledger::Books;
use crate::table::{Block, Page, Table};
use crate::words::{Lang, Text};
use check::Check;
use effects::Effects;
use lines::LineSheet;
use names::Names;
use notes::Notes;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::BTreeSet;
use std::io::{self, Write};
use sumifs::{Extra, Ranges};
use tables::Leaf;
use told::Told;
use won::{Asked, Won};

/// The names of the sheets.
struct Sheets {
    /// The page's text, where it is more than a table.
    document: Option<String>,
    /// Each table as it is shown.
    tables: Vec<String>,
    won: String,
    check: String,
    /// Of each of the books, where all of its lines are here.
    lines: Vec<Option<String>>,
    accounts: Vec<Option<String>>,
}

impl Sheets {
    fn of(page: &Page, asked: &[Option<Asked<'_>>], years: &[String], lang: Lang) -> Sheets {
        let mut names = Names::default();
        let document = document::is_wanted(page).then(|| names.take(words::DOCUMENT.label(lang), "1"));
        // The program's own sheets have their names before a table takes one of them.
        let won = names.take(words::WON.label(lang), "2");
        let check = names.take(words::CHECK.label(lang), "3");
        let mut of_book = |word: crate::words::Word| -> Vec<Option<String>> {
            let one = |(asked, year): (&Option<Asked<'_>>, &String)| {
                asked.as_ref().map(|_| names.take(&format!("{} {year}", word.label(lang)), "4"))
            };
            asked.iter().zip(years).map(one).collect()
        };
        let (lines, accounts) = (of_book(words::LINES), of_book(words::ACCOUNTS));
        let label = words::TABLE.label(lang);
        let count = page.tables().count();
        let table = |(n, table): (usize, &Table)| {
            let numbered = if count > 1 { format!("{label} {}", n + 1) } else { label.to_owned() };
            let caption = table.caption.as_ref().map(|caption| caption.label(lang).to_owned());
            names.take(&caption.unwrap_or_else(|| numbered.clone()), &numbered)
        };
        let tables = page.tables().enumerate().map(table).collect();
        Sheets { document, tables, won, check, lines, accounts }
    }

    /// The cell that says whether all agrees.
    fn verdict(&self) -> String {
        format!("{}!{}", names::quoted(&self.check), names::address(check::VERDICT, 0))
    }

    /// What it says when it does.
    fn agreed(&self, lang: Lang) -> &'static str {
        check::verdicts(lang)[0]
    }
}

pub(super) fn write(made: &Made<'_>, style: &Style<'_>, out: &mut dyn Write) -> Result<Vec<Text>, Error> {
    let mut told = Told::default();
    let years = years(made.books);
    let asked = asked(made, &years, style.lang, &mut told);
    let sheets = Sheets::of(made.page, &asked, &years, style.lang);
    let tables: Vec<&Table> = made.page.tables().collect();
    let mut notes = Notes::of(&tables, made.books, &asked, style.lang)?;
    let won = Won::of(tables, &asked);
    let bytes = workbook(made, style, &sheets, &asked, &won, &mut notes, &mut told).map_err(refused)?;
    out.write_all(&bytes)?;
    Ok(told.warnings())
}

/// What tells the books apart: nothing where there is one, the year, or else the number.
fn years(books: &[&Books]) -> Vec<String> {
    let years: BTreeSet<i32> = books.iter().map(|books| books.year.fiscal_year).collect();
    match books {
        [_] => vec![String::new()],
        _ if years.len() == books.len() => books.iter().map(|books| books.year.fiscal_year.to_string()).collect(),
        _ => (1..=books.len()).map(|n| n.to_string()).collect(),
    }
}

/// The lines of each of the books, where they are all here.
fn asked<'a>(made: &Made<'a>, years: &[String], lang: Lang, told: &mut Told) -> Vec<Option<Asked<'a>>> {
    let mut asked = Vec::new();
    for ((books, year), n) in made.books.iter().zip(years).zip(0_usize..) {
        let lines = made.lines.get(n);
        let effects = lines.and_then(|lines| Effects::of(books, lines)).filter(Effects::fits);
        if let (None, Some(lines)) = (&effects, lines) {
            told.lines_left_out(books.year.fiscal_year, lines.count);
        }
        let prefix = format!("{}{year}", words::LINES.label(lang));
        asked.push(effects.map(|effects| Asked { effects, ranges: Ranges { prefix, lang } }));
    }
    asked
}

/// Makes the workbook's bytes.
fn workbook<'a>(
    made: &Made<'a>,
    style: &Style<'_>,
    sheets: &Sheets,
    asked: &[Option<Asked<'a>>],
    won: &Won<'a>,
    notes: &mut Notes<'_, 'a>,
    told: &mut Told,
) -> Result<Vec<u8>, XlsxError> {
    let (page, lang) = (made.page, style.lang);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(made, lang));
    let titles = titles(page, lang);
    if let Some(name) = &sheets.document {
        document::write(workbook.add_worksheet().set_name(name)?, page, sheets, &titles, style, told)?;
    }
    for (place, name) in sheets.tables.iter().enumerate() {
        let (title, lead) = match sheets.document {
            Some(_) => (titles[place].clone(), Vec::new()),
            None => (page.title.label(lang).to_owned(), lead(page, style, told)),
        };
        let Some(first) = made.books.first() else { continue };
        let leaf = Leaf { place, title, lead, won, sheets, said: &first.year.presentation, style };
        leaf.write(workbook.add_worksheet().set_name(name)?, told, notes)?;
    }
    if sheets.tables.is_empty() {
        return workbook.save_to_buffer();
    }
    won_sheet::write(workbook.add_worksheet().set_name(&sheets.won)?, won, &titles, style, told)?;
    let check = Check { won, asked, sheets, style };
    let wanted = extras(won, asked);
    // Lines may have amounts that no number holds: they are written before the checks tell of them.
    let mut books = Vec::new();
    for (n, asked) in asked.iter().enumerate() {
        let (Some(asked), Some(lines), Some(accounts)) = (asked, &sheets.lines[n], &sheets.accounts[n]) else {
            continue;
        };
        let line_sheet = LineSheet::of(asked, lines, &wanted[n], style);
        line_sheet.name_ranges(&mut workbook)?;
        let mut sheet = rust_xlsxwriter::Worksheet::new();
        line_sheet.write(sheet.set_name(lines)?, told)?;
        books.push(sheet);
        let mut sheet = rust_xlsxwriter::Worksheet::new();
        accounts::write(sheet.set_name(accounts)?, asked.effects.books, &asked.effects.chart, style, told)?;
        books.push(sheet);
    }
    check.write(workbook.add_worksheet().set_name(&sheets.check)?, told, notes.without)?;
    books.into_iter().for_each(|sheet| {
        workbook.push_worksheet(sheet);
    });
    workbook.save_to_buffer()
}

/// What each table is called.
fn titles(page: &Page, lang: Lang) -> Vec<String> {
    let title = |table: &Table| table.caption.as_ref().unwrap_or(&page.title).label(lang).to_owned();
    page.tables().map(title).collect()
}

/// The sentences of a page that has but one table.
fn lead(page: &Page, style: &Style<'_>, told: &Told) -> Vec<String> {
    let mut lead = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Paragraph(sentence) => lead.push(number::sentence(sentence, style)),
            Block::Note(note) => lead.extend(tables::said(note, style)),
            Block::Heading(_) | Block::List(_) | Block::Table(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
    lead.extend(told.left_out().iter().map(|text| format!("※ {}", text.label(style.lang))));
    lead
}

/// The columns of numbers that each book's sheet of lines needs.
fn extras(won: &Won<'_>, asked: &[Option<Asked<'_>>]) -> Vec<BTreeSet<Extra>> {
    let mut extras = vec![BTreeSet::new(); asked.len()];
    for cell in won.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        won::slices(&cell.why, 0, &mut |book, slice| {
            if let Some(asked) = asked.get(book).and_then(Option::as_ref) {
                extras[book].extend(sumifs::asked(&asked.effects, slice));
            }
        });
    }
    extras
}

/// What the file says of itself; its date is the last day of the year, as the same books make the same bytes.
fn properties(made: &Made<'_>, lang: Lang) -> DocProperties {
    let properties = DocProperties::new().set_title(made.page.title.label(lang));
    let Some(first) = made.books.first() else { return properties };
    let entity = first.year.entity.label(lang);
    let properties = properties.set_author(entity).set_company(entity);
    let ends = first.year.ends.last().to_string();
    let mut parts = ends.split('-');
    let mut next = || parts.next().and_then(|part| part.parse::<u16>().ok());
    let (year, month, day) = (next(), next(), next());
    let small = |number: Option<u16>| number.and_then(|number| u8::try_from(number).ok());
    let date = match (year, small(month), small(day)) {
        (Some(year), Some(month), Some(day)) => ExcelDateTime::from_ymd(year, month, day).ok(),
        _ => None,
    };
    match date.or_else(|| ExcelDateTime::from_ymd(1980, 1, 1).ok()) {
        Some(date) => properties.set_creation_datetime(&date),
        None => properties,
    }
}

/// Why Excel has no room.
fn refused(error: XlsxError) -> Error {
    match error {
        XlsxError::RowColumnLimitError | XlsxError::MaxStringLengthExceeded => Error::TooLarge(Text::new(
            "엑셀 시트의 크기(1,048,576행, 16,384열)를 넘음",
            "the page is larger than a sheet of Excel (1,048,576 rows, 16,384 columns)",
        )),
        error => io::Error::other(error).into(),
    }
}
