//! The whole report of a year, as a council gets it: facts, plan, settlement, performance, return, and what check and
//! audit have to say.
//!
//! Law: it works nothing out. Every figure is a cell of another report, and every sentence that is none of the program's
//! stands in the book.
//!
//! # Why
//!
//! **Sections of the year before.** A council is told in spring what is planned for the year and how the last one was
//! settled: one document of two years. `settlement-before` and its like take their tables from the books of the year
//! before, and their cells say so.

mod appendix;
mod contents;
mod facts;
mod occasion;
mod performance;
mod plan;
mod sheet;
mod summary;

pub use appendix::{Checks, Said};
pub use contents::Contents;

use super::settlement::Settlement;
use super::{Choice, Layout, Paper, Side, Spelled};
use crate::ledger::{AccountId, Books, Passage, Standing, Term};
use crate::table::{Block, Note, Page, Piece, Sentence, Shown};
use crate::tally::Tally;
use crate::words::{self, Text, Word};
use contents::{BEFORE, Chapter};
use sheet::{Of, Sheet, captioned};

const REPORT: Word = Word::new("report", "보고서", "report");

/// A year that is reported of.
#[derive(Clone, Copy)]
pub struct Reported<'b, 't> {
    /// Its books.
    pub books: &'b Books,
    /// Its sums, along items and funds.
    pub tally: &'t Tally<'b>,
    /// The same of the whole year, which printed figures are held against.
    pub printed: &'t Tally<'b>,
    /// What a check says of it, where one was made.
    pub checks: Option<&'t Checks>,
}

impl Reported<'_, '_> {
    fn number(&self) -> i32 {
        self.books.year.fiscal_year
    }

    /// Whether money came or went, so that there is something to settle.
    fn is_settled(&self) -> bool {
        let settlement = Settlement::of(self.books, self.tally);
        let any = |term: Term| settlement.amount(AccountId::ROOT, term).is_some();
        any(Term::Disbursed) || any(Term::Granted) || any(Term::Interest)
    }

    fn is_spent(&self) -> bool {
        Settlement::of(self.books, self.tally).amount(AccountId::ROOT, Term::Disbursed).is_some()
    }
}

/// The report of a year, with the year before it where that is in the book and some section needs it.
pub fn council(year: Reported<'_, '_>, before: Option<Reported<'_, '_>>, contents: &Contents, paper: Paper) -> Page {
    let outline = &year.books.year.outline;
    let title = outline.title.clone().unwrap_or_else(|| super::title(year.books, &REPORT.text()));
    let mut sheet = Sheet::default();
    sheet.list(sheet::facts(&outline.facts));
    let writer = Writer { year, before, contents, paper };
    let mut number = 0;
    for chapter in &contents.chapters {
        let mut own = Sheet::default();
        writer.chapter(chapter, &mut number, &mut own);
        if !own.blocks.is_empty() && number > 1 {
            sheet.blocks.push(Block::PageBreak);
        }
        sheet.blocks.append(&mut own.blocks);
    }
    Page { report: "report", title, blocks: sheet.blocks }
}

/// Writes section after section.
struct Writer<'a, 'b, 't> {
    year: Reported<'b, 't>,
    before: Option<Reported<'b, 't>>,
    contents: &'a Contents,
    paper: Paper,
}

impl<'b, 't> Writer<'_, 'b, 't> {
    /// A chapter under its number, with the sections below it.
    fn chapter(&self, chapter: &Chapter, number: &mut usize, sheet: &mut Sheet) {
        let mut inner = Sheet::default();
        if chapter.below.is_empty() {
            self.section(&chapter.id, 2, &mut inner);
        } else {
            inner.texts(self.passages(&chapter.id), Standing::Before, 2);
            for id in &chapter.below {
                let mut below = Sheet::default();
                self.section(id, 3, &mut below);
                if !below.blocks.is_empty() {
                    inner.marked(2, &self.title(id));
                    inner.blocks.append(&mut below.blocks);
                }
            }
            inner.texts(self.passages(&chapter.id), Standing::After, 2);
        }
        if inner.blocks.is_empty() {
            return;
        }
        let title = self.title(&chapter.id);
        if matches!(chapter.id.as_str(), "summary" | "appendix") {
            *number += usize::from(chapter.id == "appendix");
            sheet.heading(1, title);
        } else {
            *number += 1;
            sheet.heading(1, sheet::behind(&roman(*number), &title));
        }
        sheet.blocks.append(&mut inner.blocks);
    }

    fn passages(&self, id: &str) -> &[Passage] {
        self.year.books.year.outline.section(id).map(|section| section.texts.as_slice()).unwrap_or_default()
    }

    /// What a section is called: as the book has it, else as the program does.
    fn title(&self, id: &str) -> Text {
        let own = self.year.books.year.outline.section(id).and_then(|section| section.title.clone());
        own.unwrap_or_else(|| {
            let (base, year) = match id.strip_suffix(BEFORE) {
                Some(base) => (base, self.year.number() - 1),
                None => (id, self.year.number()),
            };
            let of_year = |ko: &str, en: &str| Text::new(format!("{year}년도 {ko}"), format!("{en} of {year}"));
            match base {
                "summary" => Text::new("요약", "Summary"),
                "facts" => Text::new("일반 현황", "General facts"),
                "plan" => of_year("사업계획", "Plan"),
                "settlement" => of_year("사업정산", "Settlement"),
                "performance" => of_year("추진실적", "Performance"),
                "return" => of_year("반납 정산", "Return statement"),
                "execution" => of_year("계획 대비 집행", "Plan against execution"),
                "years" => {
                    Text::new(format!("{}년도와 {year}년도 비교", year - 1), format!("{year} against {}", year - 1))
                }
                "appendix" => Text::new("부록: 점검과 인쇄값 검증", "Appendix: what check and audit say"),
                own => Text::same(own),
            }
        })
    }

    /// What stands below a section's heading; nothing where it has nothing to say and nobody asked for it.
    fn section(&self, id: &str, level: u8, sheet: &mut Sheet) {
        let texts = self.passages(id);
        let mut made = Sheet::default();
        let (base, of, reported) = match id.strip_suffix(BEFORE) {
            Some(base) => (base, Of::TheYearBefore, self.before),
            None => (id, Of::TheYear, Some(self.year)),
        };
        match reported {
            Some(reported) => self.made(base, id, reported, of, level, &mut made),
            None => self.missing(&mut made),
        }
        // Facts stand around the texts of the book: first what it is, last what it has.
        let head = if base == "facts" { made.blocks.drain(..1).collect() } else { Vec::new() };
        sheet.blocks.extend(head);
        sheet.texts(texts, Standing::Before, level);
        sheet.blocks.append(&mut made.blocks);
        sheet.texts(texts, Standing::After, level);
        if sheet.blocks.is_empty() && self.contents.asked {
            let (number, what) = (self.year.number(), self.title(id));
            let nothing = match of {
                Of::TheYear => number,
                Of::TheYearBefore => number - 1,
            };
            sheet.paragraph(Sentence::with(
                ("{0}년도의 장부에 적힌 것이 없음: {1}", "the books of {0} have nothing to say of it: {1}"),
                vec![Piece::Text(Text::same(nothing.to_string())), Piece::Text(what)],
            ));
        }
    }

    /// What the program makes of a section.
    fn made(&self, base: &str, id: &str, one: Reported<'b, 't>, of: Of, level: u8, sheet: &mut Sheet) {
        let Reported { books, tally, .. } = one;
        let asked = self.contents.asked;
        match base {
            "summary" => {
                summary::write(self.year, Of::TheYear, self.paper, sheet);
                if let Some(before) = self.before.filter(|_| self.contents.is_of_two_years()) {
                    summary::write(before, Of::TheYearBefore, self.paper, sheet);
                }
            }
            "facts" => facts::write(books, tally, self.paper, level, sheet),
            "plan" if !books.items.is_empty() => {
                let page = super::plan(books, tally, self.paper);
                sheet.take(id, captioned(page, "과제별 사업", "Projects by task"), of);
                plan::write(books, self.paper, level, sheet);
            }
            "settlement" if asked || one.is_settled() => self.settlement(id, one, of, sheet),
            "performance" if !books.performances.is_empty() => {
                performance::write(books, id, of, self.paper, level, sheet);
            }
            // What is to be paid is paid to the won.
            "return" if asked || one.is_settled() => {
                let paper = Paper { shown: Shown::Exactly, ..self.paper };
                let page = super::returns(books, tally, paper, Spelled::No);
                sheet.take(id, captioned(page, "반납 정산 내역", "Return statement, step by step"), of);
            }
            "execution" if asked || (!books.items.is_empty() && (one.is_spent() || !books.performances.is_empty())) => {
                let page = super::diff(books, tally, Choice::default(), self.paper);
                sheet.take(id, captioned(page, "사업별 계획과 집행", "Plan and execution by project"), of);
            }
            "years" => match self.before {
                Some(before) => self.years(before, sheet),
                None if asked => self.missing(sheet),
                None => {}
            },
            "appendix" => {
                let both = self.before.filter(|_| self.contents.is_of_two_years());
                let several = both.is_some();
                appendix::write(self.year, Of::TheYear, several, level, sheet);
                if let Some(before) = both {
                    appendix::write(before, Of::TheYearBefore, several, level, sheet);
                }
            }
            _ => {}
        }
    }

    /// The settlement, in the layout that the book says.
    fn settlement(&self, id: &str, one: Reported<'b, 't>, of: Of, sheet: &mut Sheet) {
        let presentation = &one.books.year.presentation;
        let named = self.year.books.year.outline.section(id).and_then(|section| section.layout.as_ref());
        let layout = match named.map(|named| Layout::named(&named.id, presentation)) {
            None => Layout::of(presentation),
            Some(Ok(layout)) => layout,
            // The year before may declare no such layout.
            Some(Err(_)) => {
                let text = (
                    "그 해의 장부에 없는 배치라 기본 배치로 보임",
                    "the books of that year have no such layout, so the usual one is shown",
                );
                sheet.blocks.push(Block::Note(Note::caution(Sentence::plain(text))));
                Layout::of(presentation)
            }
        };
        let layout = Layout { unit: self.paper.unit, shown: self.paper.shown, ..layout };
        let page = Settlement::of(one.books, one.tally).page(&layout);
        sheet.take(id, captioned(page, "과목별 집행현황", "Settlement by account"), of);
    }

    /// The year against the one before: what was budgeted, and what was spent where both have spent.
    fn years(&self, before: Reported<'b, 't>, sheet: &mut Sheet) {
        let side = |one: Reported<'b, 't>| Side { books: one.books, tally: one.tally };
        let page = |term: Term| super::years(side(before), side(self.year), term, self.paper);
        sheet.take("years", page(Term::Budget), Of::TheYear);
        if before.is_spent() && self.year.is_spent() {
            let mut page = page(Term::Disbursed);
            page.blocks.retain(|block| match block {
                Block::Table(table) => table.id == "accounts",
                block => matches!(block, Block::Chart(_)),
            });
            for block in &mut page.blocks {
                if let Block::Table(table) = block {
                    table.caption = Some(Text::new("과목별 집행액", "Disbursed, by account"));
                }
            }
            sheet.take("years-disbursed", page, Of::TheYear);
        }
    }

    fn missing(&self, sheet: &mut Sheet) {
        let year = Text::same((self.year.number() - 1).to_string());
        let text = ("이 장부에 {0}년도가 없음", "the book has no year {0}");
        sheet.paragraph(Sentence::with(text, vec![Piece::Text(year)]));
    }
}

/// `Ⅳ.`
fn roman(number: usize) -> String {
    const ROMAN: [&str; 12] = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ", "Ⅺ", "Ⅻ"];
    match number.checked_sub(1).and_then(|n| ROMAN.get(n)) {
        Some(roman) => format!("{roman}."),
        None => format!("{number}."),
    }
}

/// An amount under a word, in the unit of the paper.
fn figure(scale: &crate::table::Scale<'_>, amount: crate::money::Money) -> Piece {
    Piece::Figure(scale.amount(None, crate::table::RowClass::Body, amount), Some(scale.unit))
}

/// The name of the budget.
const BUDGET: Word = words::CURRENT_BUDGET;
