//! The nouns: what books are, and what their lines do.
//!
//! Law: items are kept, lines pass through. Nothing here knows where books came from or how they are shown.
//!
//! # Why
//!
//! **Measures and terms.** Twenty-five sums ([`Measure`]) are what lines add up to; every column of every table is a
//! [`Term`], and a term that is an amount is one signed sum of measures. So a derived figure (집행잔액, 반납예정액) can be
//! asked for its lines exactly as a plain one can, and no report computes the same figure in its own way.
//!
//! **A correction says what it corrects.** `correction` 정정 changes whatever the line it goes back to changed. The kind
//! of that line is looked up by its number (`of`), or written as the correction's `subtype`.

mod account;
mod date;
mod item;
mod line;
mod measure;
mod names;
mod outline;
mod performance;
mod printed;
mod rare;
mod slice;
mod term;
mod year;

pub use account::{Account, AccountId, Accounts, NotEntered};
pub use date::{Date, DateReason, Day, ParsedDate, Precision, Reached};
pub use item::{Cost, Funding, Item, ItemId, Occasion, Part, Planned, Reference, Step, Task, TaskId};
pub use line::{Kind, Level, Line, Said, Sink, Subtype, Texts};
pub use measure::{Effect, Measure, Side, Sign};
pub use names::{Found, Names, Short, loosely, short};
pub use outline::{Bullet, Fact, Outline, Passage, Section, Standing};
pub use performance::{CostKind, Performance};
pub use printed::{Claim, Printed, Published, Written};
pub use rare::{Nothing, Rare};
pub use slice::{Formula, Scope, Slice, When};
pub use term::{Basis, Term, Way, Worth};
pub use year::{
    Accepted, Clause, ColumnStyle, Control, Declared, Digits, Document, Fund, FundId, GrantMode, Negative,
    Presentation, ReturnRounding, TotalAt, Year, Zeros,
};

use crate::money::Unit;
use crate::source::{SourceId, Sources, Span};
use crate::words::Text;

/// Everything that was read for one year, but for its lines, which stay in their files.
#[derive(Clone, Debug)]
pub struct Books {
    /// What the manifests mean.
    pub year: Year,
    /// The file of the year's manifest, once it is known.
    pub manifest: Option<SourceId>,
    /// The chart of accounts.
    pub accounts: Accounts,
    /// The plan's tasks.
    pub tasks: Vec<Task>,
    /// The plan's items.
    pub items: Vec<Item>,
    /// Items by their ids.
    pub item_names: Names<ItemId>,
    /// Funds by their ids.
    pub fund_names: Names<FundId>,
    /// What was done.
    pub performances: Vec<Performance>,
    /// What documents printed.
    pub printed: Vec<Printed>,
    /// The files of account lines.
    pub line_files: Vec<LineFile>,
    /// Every file.
    pub sources: Sources,
}

impl Books {
    /// A year of which nothing is known but its number and the files that it is read from.
    pub fn empty(fiscal_year: i32, sources: Sources) -> Books {
        Books {
            year: Year::calendar(fiscal_year),
            manifest: None,
            accounts: Accounts::default(),
            tasks: Vec::new(),
            items: Vec::new(),
            item_names: Names::default(),
            fund_names: Names::default(),
            performances: Vec::new(),
            printed: Vec::new(),
            line_files: Vec::new(),
            sources,
        }
    }

    /// Where the chart has an account; of the root, the year's manifest as a whole.
    pub fn place_of(&self, id: AccountId) -> Span {
        self.accounts.get(id).span.unwrap_or_else(|| self.place_of_year())
    }

    /// The year's manifest as a whole.
    pub fn place_of_year(&self) -> Span {
        let first = self.sources.iter().next().map(|(id, _)| id);
        let source = self.manifest.or(first).expect("books are read from a file at least");
        Span { source, at: 0, length: 0 }
    }

    /// An account by the names from the top down to it: its path, and the same in English.
    pub fn account_path(&self, id: AccountId) -> Text {
        if id == AccountId::ROOT {
            return self.year.presentation.total_label.clone();
        }
        let mut names = Vec::new();
        let mut at = id;
        while at != AccountId::ROOT {
            let account = self.accounts.get(at);
            names.push(account.name.en.as_str());
            at = account.parent;
        }
        names.reverse();
        Text::new(self.accounts.get(id).path.as_str(), names.join("/"))
    }

    /// The item of an id that these books gave.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }

    /// The plan's items with their ids, in the order of the plan.
    pub fn items(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        self.items.iter().enumerate().map(|(n, item)| (ItemId(u32::try_from(n).unwrap_or(u32::MAX)), item))
    }

    /// The items that are charged to each account or to one below it, by the accounts' places in the chart.
    pub fn charged(&self) -> Vec<Vec<ItemId>> {
        let mut charged = vec![Vec::new(); self.accounts.len()];
        for (id, item) in self.items() {
            let Some(mut account) = item.account else { continue };
            charged[account.index()].push(id);
            while account != AccountId::ROOT {
                account = self.accounts.get(account).parent;
                charged[account.index()].push(id);
            }
        }
        charged
    }

    /// The plan's tasks with their ids.
    pub fn tasks(&self) -> impl Iterator<Item = (TaskId, &Task)> {
        self.tasks.iter().enumerate().map(|(n, task)| (TaskId(u32::try_from(n).unwrap_or(u32::MAX)), task))
    }

    /// The funds with their ids.
    pub fn funds(&self) -> impl Iterator<Item = (FundId, &Fund)> {
        self.year.funds.iter().enumerate().map(|(n, fund)| (FundId(u32::try_from(n).unwrap_or(u32::MAX)), fund))
    }
}

/// A file of account lines.
#[derive(Clone, Copy, Debug)]
pub struct LineFile {
    /// Which file.
    pub source: SourceId,
    /// The unit of its amounts.
    pub unit: Unit,
    /// How it is laid out.
    pub layout: Layout,
}

/// How a file of rows is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A table, rows of fields.
    Csv,
    /// A document of `[[line]]` tables.
    Toml,
}
