//! Notes of cells: where a figure comes from, file by file and line by line.
//!
//! Law: a workbook stays readable: only so many cells have a note, and each names but the first places.

use super::effects::counted;
use super::formula::Fixed;
use super::won::{Asked, WonCell};
use crate::ledger::{Books, Slice};
use crate::source::Span;
use crate::table::{Cell, Table, Value, Why};
use crate::words::{Lang, Text, counted as number_of};
use rust_xlsxwriter::Note;
use std::collections::{BTreeSet, HashMap};
use std::io;

/// The most notes of a workbook.
pub(super) const MOST: usize = 600;

/// The most places that a note names.
const PLACES: usize = 6;

/// Makes the notes of cells.
pub(super) struct Notes<'n, 'a> {
    asked: &'n [Option<Asked<'a>>],
    /// Where each stretch of a book's files is.
    read: HashMap<(usize, Span), String>,
    lang: Lang,
    made: usize,
    /// How many cells had one to be made, and have none.
    pub(super) without: usize,
}

impl<'n, 'a> Notes<'n, 'a> {
    /// For the cells of some tables; each file that they name is read once.
    pub(super) fn of(
        tables: &[&Table],
        books: &[&Books],
        asked: &'n [Option<Asked<'a>>],
        lang: Lang,
    ) -> io::Result<Notes<'n, 'a>> {
        let mut spans: Vec<Vec<Span>> = vec![Vec::new(); books.len()];
        for cell in tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
            if matches!(cell.value, Value::Money { .. }) {
                read(&cell.why, 0).into_iter().take(PLACES).for_each(|(book, span)| spans[book].push(span));
            }
        }
        let mut read = HashMap::new();
        for (book, spans) in spans.iter().enumerate() {
            let places = books[book].sources.places(spans)?.into_iter();
            let places = places.map(|place| format!("{}:{}", place.path, place.line));
            read.extend(spans.iter().map(|span| (book, *span)).zip(places));
        }
        Ok(Notes { asked, read, lang, made: 0, without: 0 })
    }

    /// The note of a cell, if it has one.
    pub(super) fn of_cell(&mut self, cell: &Cell, won: &WonCell) -> Option<Note> {
        let mut lines = Vec::new();
        lines.extend(self.places(&cell.why, 0).filter(|_| matches!(cell.value, Value::Money { .. })));
        lines.extend(fixed(won).map(|text| text.label(self.lang).to_owned()));
        if lines.is_empty() {
            return None;
        }
        if self.made == MOST {
            self.without += 1;
            return None;
        }
        self.made += 1;
        let text = lines.join("\n");
        let rows = text.lines().map(|line| super::paper::lines(line, 40)).sum::<usize>();
        let height = u32::try_from(rows.max(2)).unwrap_or(2) * 18 + 12;
        let note = Note::new(text).add_author_prefix(false).set_font_name("맑은 고딕").set_font_size(9);
        Some(note.set_width(300).set_height(height))
    }

    fn places(&self, why: &Why, book: usize) -> Option<String> {
        match why {
            Why::Summed(slice) => self.lines(slice, book),
            Why::Elsewhere(book, why) => self.places(why, *book),
            _ => {
                let spans = read(why, book);
                let places: Vec<&str> =
                    spans.iter().take(PLACES).filter_map(|span| self.read.get(span).map(String::as_str)).collect();
                (!spans.is_empty()).then(|| self.listed(&places, spans.len(), ("곳", "place")))
            }
        }
    }

    /// The first of some places, and how many there are.
    fn listed(&self, first: &[&str], all: usize, (ko, en): (&str, &str)) -> String {
        let mut text = first.join("\n");
        if all > first.len() {
            text.push_str(&match self.lang {
                Lang::Ko => format!("\n… 모두 {all}{ko}"),
                Lang::En => format!("\n… {} in all", number_of(all as u64, en)),
            });
        }
        text
    }

    /// The first lines of a slice, and how many there are.
    fn lines(&self, slice: &Slice, book: usize) -> Option<String> {
        let effects = &self.asked.get(book)?.as_ref()?.effects;
        let cut = effects.cut(slice);
        let measures = counted(slice);
        let lines: BTreeSet<usize> =
            measures.iter().flat_map(|(_, measure)| effects.within(*measure, cut)).map(|effect| effect.line).collect();
        let place = |line: &usize| {
            let line = &effects.lines[*line];
            format!("{}:{}", line.file, line.line)
        };
        let first: Vec<String> = lines.iter().take(PLACES).map(place).collect();
        let first: Vec<&str> = first.iter().map(String::as_str).collect();
        (!lines.is_empty()).then(|| self.listed(&first, lines.len(), ("줄", "line")))
    }
}

/// The stretches of files that an amount is the sum of, and of which book each is.
fn read(why: &Why, book: usize) -> Vec<(usize, Span)> {
    match why {
        Why::Read(span) => vec![(book, *span)],
        Why::Elsewhere(book, why) => read(why, *book),
        Why::Worked(steps) => steps.iter().flat_map(|(_, step)| read(&step.why, book)).collect(),
        _ => Vec::new(),
    }
}

/// Why a cell is a value and no formula, where that has to be said.
fn fixed(won: &WonCell) -> Option<Text> {
    let (WonCell::Amount(Err(fixed)) | WonCell::Rate { formula: Err(fixed), .. }) = won else { return None };
    reason(*fixed)
}

/// The same, of a reason; nothing where the value stands in a file.
pub(super) fn reason(fixed: Fixed) -> Option<Text> {
    Some(match fixed {
        Fixed::Read => return None,
        Fixed::LinesLeftOut => Text::new("내역 시트가 없어 값으로 둠", "a value: there is no sheet of lines"),
        Fixed::Divided => Text::new(
            "끝수까지 나눈 몫이라 값으로 둠: 다시 계산되지 않음",
            "a value: divided to the last won; not recalculated",
        ),
        Fixed::TooLarge => Text::new(
            "엑셀이 끝자리까지 셈할 수 없는 크기라 값으로 둠: 다시 계산되지 않음",
            "a value: too large or long for a spreadsheet to work out to the last digit; not recalculated",
        ),
        Fixed::Untold => Text::new(
            "다른 칸이나 내역의 합으로 나타낼 수 없어 값으로 둠: 다시 계산되지 않음",
            "a value: no other cell and no sum of lines says it; not recalculated",
        ),
    })
}
