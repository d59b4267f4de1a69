//! How far along a year is: month by month or quarter by quarter, and where each account or item stands.
//!
//! Lines that know their year alone have no month: they stand in a row of their own, and no cumulated figure has them.
//!
//! # Why
//!
//! **Rates against the whole year.** What was spent by June as a part of what was granted by June says how fast money is
//! spent that is there; a council asks how much of the year's is spent. So each row is held against one basis.

mod course;
mod standing;

use super::Paper;
use super::costs::named;
use crate::ledger::{AccountId, Books, Date, ItemId, Scope};
use crate::table::{Block, Page, Piece, Sentence};
use crate::tally::Tally;
use crate::words::{self, Text};
use course::Course;

/// How long a row of the course is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Period {
    /// A month.
    #[default]
    Month,
    /// Three months, from the first of the fiscal year.
    Quarter,
}

/// What the standing is shown by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Standing {
    /// Accounts.
    #[default]
    Account,
    /// Planned items.
    Item,
}

/// What of a year is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// How long a row of the course is.
    pub period: Period,
    /// What the standing is shown by.
    pub standing: Standing,
    /// Only this account and those below it.
    pub account: AccountId,
    /// Only lines that name this item.
    pub item: Option<ItemId>,
    /// How many levels of accounts, from the one that is looked at.
    pub depth: Option<u32>,
    /// Whether what was granted and committed is told for each stretch of the year, or cumulated.
    pub columns: Columns,
}

/// What the columns of grants and commitments hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Columns {
    /// What came in each month or quarter.
    #[default]
    Each,
    /// What had come by its end.
    SoFar,
}

impl Default for View {
    fn default() -> View {
        View::BY_MONTH
    }
}

impl View {
    /// The whole year, month by month.
    pub const BY_MONTH: View = View {
        period: Period::Month,
        standing: Standing::Account,
        account: AccountId::ROOT,
        item: None,
        depth: None,
        columns: Columns::Each,
    };

    /// The same by quarter.
    pub const BY_QUARTER: View = View { period: Period::Quarter, ..View::BY_MONTH };

    /// The same by month, with what was granted and committed cumulated.
    pub const SO_FAR: View = View { columns: Columns::SoFar, ..View::BY_MONTH };

    /// The same by month, with where each item stands.
    pub const BY_ITEM: View = View { standing: Standing::Item, ..View::BY_MONTH };

    /// Those that can be narrowed to an account or an item, each with the name of its report.
    pub const NARROWED: [(&str, View); 3] =
        [("status", View::BY_MONTH), ("status-by-quarter", View::BY_QUARTER), ("status-so-far", View::SO_FAR)];

    /// Which lines it looks at.
    pub fn scope(self) -> Scope {
        self.item.map_or(Scope::All, Scope::Item)
    }
}

/// The page of a year's status. The tally is within what the view looks at.
pub fn status(books: &Books, tally: &Tally<'_>, view: View, paper: Paper) -> Page {
    let number = books.year.fiscal_year;
    let of = subject(books, view);
    let title = Text::new(
        format!("{} {number}년도 {}{}", books.year.entity.ko, of.ko, words::STATUS.ko),
        format!("{}: {} of {number}{}", books.year.entity.en, words::STATUS.en, of.en),
    );
    let scale = paper.scale(books);
    let course = Course::of(books, tally, view);
    let mut blocks = Vec::new();
    if let Some(day) = tally.day() {
        let text = ("{0} 현재", "As of {0}");
        blocks.push(Block::Paragraph(Sentence::with(text, vec![Piece::Date(Date::Day(day))])));
    }
    blocks.extend(course.headline(&scale).map(Block::Paragraph));
    blocks.extend(course.last_month(&scale).map(Block::Paragraph));
    blocks.extend(course.chart().map(|chart| Block::Chart(chart.scaled(&scale))));
    let mut table = course.table(paper);
    table.notes.extend(super::undatable(tally.undatable()));
    blocks.push(Block::Table(table.scaled(&scale)));
    let standing = match view.standing {
        Standing::Account if view.item.is_none() => Some(standing::by_account(books, tally, view, paper)),
        Standing::Item if view.item.is_none() && !books.items.is_empty() => {
            Some(standing::by_item(books, tally, view, paper))
        }
        _ => None,
    };
    blocks.extend(standing.map(|table| Block::Table(table.scaled(&scale))));
    Page { report: "status", title, blocks }
}

/// What the view looks at, where that is not all.
fn subject(books: &Books, view: View) -> Text {
    let mut names = Vec::new();
    if view.account != AccountId::ROOT {
        names.push(books.account_path(view.account));
    }
    names.extend(view.item.map(|id| named(books.item(id))));
    names.into_iter().fold(Text::default(), |of, name| {
        Text::new(format!("{}{} ", of.ko, name.ko), format!("{}, {}", of.en, name.en))
    })
}
