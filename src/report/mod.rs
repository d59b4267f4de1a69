//! Sums to statements, as plain data.
//!
//! Law: a report is data, and so is the page it makes; only renderers write. Every cell that says it is the sum of
//! lines can be asked for them, and gives the same number.

mod settlement;

pub use settlement::{Incomplete, Layout, Settlement};

use crate::ledger::Books;
use crate::table::Page;
use crate::tally::Tally;

/// Makes a page of a year with everything as the year's presentation has it.
pub type Plain = fn(&Books, &Tally) -> Page;

/// Every report by name, so that what holds for one is held for all.
pub const ALL: &[(&str, Plain)] = &[("settlement", |books, tally| {
    let settlement = Settlement::of(books, tally);
    settlement.page(&Layout::of(&books.year.presentation))
})];
