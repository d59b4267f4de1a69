//! Sums to statements, as plain data.
//!
//! Law: a report is data, and so is the page it makes; only renderers write. Every cell that says it is the sum of
//! lines can be asked for them, and gives the same number.

mod audit;
mod behind;
mod changes;
mod charts;
mod costs;
mod council;
mod diff;
mod layouts;
mod plan;
mod returns;
mod settlement;
mod status;
mod trail;
mod years;

pub use audit::{Detail, audit, audit_tables, beyond_rounding};
pub use behind::Behind;
pub use changes::{Prints, State, Wanted, changes, unshared};
pub use council::{Checks, Contents, Reported, Said, council};
pub use diff::{By, Choice, Only, Order, diff};
pub use layouts::Layout;
pub use plan::plan;
pub use returns::{Spelled, returns};
pub use settlement::Settlement;
pub use status::{Columns, Period, Standing, View, status};
pub use trail::{Asked, NotThere, Trail, find, slices, trail};
pub use years::{Side, years};

use crate::audit::Audit;
use crate::ledger::{AccountId, Accounts, Books, Declared, Presentation, TotalAt};
use crate::money::Unit;
use crate::table::{Cell, Note, Page, Piece, Row, RowClass, Scale, Sentence, Shown};
use crate::tally::Tally;
use crate::words::Text;

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
    ("diff", |books, tally| by(By::Item, books, tally)),
    ("diff-by-account", |books, tally| by(By::Account, books, tally)),
    ("diff-by-task", |books, tally| by(By::Task, books, tally)),
    ("diff-by-program", |books, tally| by(By::Program, books, tally)),
    ("diff-by-fund", |books, tally| by(By::Fund, books, tally)),
    ("return", |books, tally| returns(books, tally, Paper::of(&books.year.presentation), Spelled::No)),
    ("status", |books, tally| far(View::BY_MONTH, books, tally)),
    ("status-by-quarter", |books, tally| far(View::BY_QUARTER, books, tally)),
    ("status-so-far", |books, tally| far(View::SO_FAR, books, tally)),
    ("status-by-item", |books, tally| far(View::BY_ITEM, books, tally)),
    ("audit", |books, tally| audit(books, &Audit::of(books, tally), Detail::Everything)),
    ("plan", |books, tally| plan(books, tally, Paper::of(&books.year.presentation))),
    ("report", whole),
];

fn by(by: By, books: &Books, tally: &Tally<'_>) -> Page {
    let choice = Choice { by, ..Choice::default() };
    diff(books, tally, choice, Paper::of(&books.year.presentation))
}

/// The whole report of a year alone, with every section that it can have.
fn whole(books: &Books, tally: &Tally<'_>) -> Page {
    let year = Reported { books, tally, printed: tally, checks: None };
    council(year, None, &Contents::of(books), Paper::of(&books.year.presentation))
}

fn far(view: View, books: &Books, tally: &Tally<'_>) -> Page {
    status(books, tally, view, Paper::of(&books.year.presentation))
}

/// Rows of a table by accounts, in printing order, so many levels deep, with what a closure puts into their cells.
fn account_rows(books: &Books, total: TotalAt, depth: Option<u32>, cells: impl Fn(AccountId) -> Vec<Cell>) -> Vec<Row> {
    tree_rows(&books.accounts, &books.year.presentation.total_label, total, depth, cells)
}

/// The same of any chart, the root under a label.
fn tree_rows(
    accounts: &Accounts,
    label: &Text,
    total: TotalAt,
    depth: Option<u32>,
    cells: impl Fn(AccountId) -> Vec<Cell>,
) -> Vec<Row> {
    let deepest = depth.unwrap_or(u32::MAX);
    let mut order = accounts.in_order();
    order.retain(|id| accounts.get(*id).depth <= deepest);
    match total {
        TotalAt::Top => {}
        TotalAt::Bottom => order.rotate_left(1),
        TotalAt::Nowhere => {
            order.remove(0);
        }
    }
    let mut at = vec![None; accounts.len()];
    for (n, id) in order.iter().enumerate() {
        at[id.index()] = Some(n);
    }
    let row = |id: AccountId| {
        let account = accounts.get(id);
        let is_root = id == AccountId::ROOT;
        let name = if is_root { label.clone() } else { account.name.clone() };
        Row {
            class: match (is_root, accounts.has_children(id)) {
                (true, _) => RowClass::Total,
                (false, true) => RowClass::Subtotal,
                (false, false) => RowClass::Body,
            },
            key: if is_root { ROOT_KEY.into() } else { account.path.clone() },
            depth: account.depth,
            parent: if is_root { None } else { at[account.parent.index()] },
            complete: account.depth < deepest,
            cells: std::iter::once(Cell::label(name)).chain(cells(id)).collect(),
        }
    };
    order.into_iter().map(row).collect()
}

/// The key of the row of everything.
pub const ROOT_KEY: &str = "계";

/// `단체 2015년도 정산`, `Body: settlement of 2015`.
fn title(books: &Books, report: &Text) -> Text {
    let (entity, number) = (&books.year.entity, books.year.fiscal_year);
    Text::new(format!("{} {number}년도 {}", entity.ko, report.ko), format!("{}: {} of {number}", entity.en, report.en))
}

/// What has to be said where lines were left out for their coarse dates.
fn undatable(lines: u64) -> Option<Note> {
    (lines > 0).then(|| {
        Note::caution(Sentence::with(
            (
                "연·월까지만 적혀 기준일 전인지 알 수 없어 뺀 줄: {0}개",
                "lines left out, as they are dated by month or year only and may lie before or after the day: {0}",
            ),
            vec![Piece::Count(lines)],
        ))
    })
}

/// The first of some names, and how many more there are.
fn some_of(names: &[&str]) -> String {
    const MOST: usize = 12;
    let more = names.len().saturating_sub(MOST);
    let mut text = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if more > 0 {
        text.push_str(&format!(" … +{more}"));
    }
    text
}

fn laid_out(name: &str, books: &Books, tally: &Tally<'_>) -> Page {
    debug_assert!(Declared::BUILT_IN.contains(&name));
    let presentation = &books.year.presentation;
    let layout = Layout::named(name, presentation).unwrap_or_else(|_| Layout::of(presentation));
    Settlement::of(books, tally).page(&layout)
}
