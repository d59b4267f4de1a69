//! Sums to statements, as plain data.
//!
//! Law: a report is data, and so is the page it makes; only renderers write. Every cell that says it is the sum of
//! lines can be asked for them, and gives the same number.

mod layouts;
mod settlement;

pub use layouts::Layout;
pub use settlement::Settlement;

use crate::ledger::{Books, Declared, Presentation};
use crate::money::Unit;
use crate::table::{Note, Page, Piece, Scale, Sentence, Shown};
use crate::tally::Tally;

/// How a report is shown, where the year does not decide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The unit.
    pub unit: Unit,
    /// With how many digits.
    pub shown: Shown,
}

impl Paper {
    /// As a year's presentation has it.
    pub fn of(presentation: &Presentation) -> Paper {
        Paper { unit: presentation.unit, shown: Shown::Rounded }
    }

    fn scale(self, books: &Books) -> Scale<'_> {
        Scale { unit: self.unit, shown: self.shown, presentation: &books.year.presentation }
    }
}

/// What is missing from sums that are shown all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// Lines that were refused.
    pub lines: u64,
    /// Files that could not be read at all.
    pub files: u64,
    /// Findings of the level of an error.
    pub errors: u64,
}

impl Incomplete {
    /// What has to be said of such sums.
    pub fn note(self) -> Note {
        Note::caution(Sentence::with(
            (
                "온전하지 않음: 오류 {0}건, 읽지 못한 줄 {1}개, 읽지 못한 파일 {2}개",
                "not whole: errors {0}, lines refused {1}, files not read {2}",
            ),
            vec![Piece::Count(self.errors), Piece::Count(self.lines), Piece::Count(self.files)],
        ))
    }
}

/// Makes a page of a year, with everything as the year's presentation has it, from a tally along every axis.
pub type Plain = fn(&Books, &Tally<'_>) -> Page;

/// Every report by name, so that what holds for one is held for all.
pub const ALL: &[(&str, Plain)] = &[
    ("settlement", |books, tally| laid_out("grant", books, tally)),
    ("closing", |books, tally| laid_out("closing", books, tally)),
    ("return-layout", |books, tally| laid_out("return", books, tally)),
    ("ipsas24", |books, tally| laid_out("ipsas24", books, tally)),
];

fn laid_out(name: &str, books: &Books, tally: &Tally<'_>) -> Page {
    debug_assert!(Declared::BUILT_IN.contains(&name));
    let presentation = &books.year.presentation;
    let layout = Layout::named(name, presentation).unwrap_or_else(|_| Layout::of(presentation));
    Settlement::of(books, tally).page(&layout)
}
