//! Account lines that a page carries along, for formats that show what its sums are made of.
//!
//! Law: memory is bounded. Past [`Lines::MOST`] lines only the first few of each account are kept, and all are counted.

use crate::ledger::{AccountId, Date, FundId, ItemId, Kind, Line, Said, Subtype, Texts};
use crate::money::Money;
use crate::source::Origin;

/// The account lines of one of the books that a page was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Those that are kept, in the order of their places.
    pub kept: Vec<Kept>,
    /// How many there are.
    pub count: u64,
    /// How many there are of each account, by the account's index; what moves between two accounts counts for both.
    pub counts: Vec<u64>,
}

/// A line that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The row it stands in.
    pub origin: Origin,
    /// The file, as findings name it.
    pub file: String,
    /// The line of the file, from 1.
    pub line: u64,
    /// When.
    pub date: Date,
    /// Which account.
    pub account: AccountId,
    /// The other account, where the line moves something between two.
    pub other: Option<AccountId>,
    /// What it does.
    pub kind: Kind,
    /// What a correction corrects.
    pub corrects: Option<Kind>,
    /// In won.
    pub amount: Money,
    /// The amount as its file writes it, in the file's unit.
    pub written: String,
    /// For which planned project.
    pub item: Option<ItemId>,
    /// From which fund.
    pub fund: Option<FundId>,
    /// Voucher or document number.
    pub reference: Option<String>,
    /// The `reference` that it goes back to.
    pub of: Option<String>,
    /// Which sort of transfer or carrying over.
    pub subtype: Option<Subtype>,
    /// Who was paid.
    pub payee: Option<String>,
    /// What for.
    pub memo: Option<String>,
}

impl Lines {
    /// The most lines that are kept all together.
    pub const MOST: usize = 200_000;
    /// How many are kept of each account where there are more.
    pub const FEW: usize = 20;

    /// Whether every line is among those that are kept.
    pub fn is_whole(&self) -> bool {
        self.kept.len() as u64 == self.count
    }
}

impl Kept {
    /// Keeps a line; its place is looked up later.
    pub fn of(line: &Line<'_>) -> Kept {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Kept {
            origin: line.origin,
            file: String::new(),
            line: 0,
            date: line.date,
            account: line.account,
            other: line.other,
            kind: line.kind,
            corrects: line.corrects,
            amount: line.amount,
            written: line.written().to_owned(),
            item: line.item,
            fund: line.fund,
            reference: owned(line.reference()),
            of: owned(line.of()),
            subtype: line.subtype,
            payee: owned(line.payee()),
            memo: owned(line.memo()),
        }
    }

    /// The line again, to ask a slice for its share of it.
    pub fn as_line(&self) -> Line<'_> {
        Line {
            origin: self.origin,
            date: self.date,
            account: self.account,
            other: self.other,
            kind: self.kind,
            corrects: self.corrects,
            amount: self.amount,
            item: self.item,
            fund: self.fund,
            subtype: self.subtype,
            texts: self,
        }
    }
}

impl Texts for Kept {
    fn text(&self, which: Said) -> &str {
        match which {
            Said::Written => Some(self.written.as_str()),
            Said::Reference => self.reference.as_deref(),
            Said::Of => self.of.as_deref(),
            Said::Payee => self.payee.as_deref(),
            Said::Memo => self.memo.as_deref(),
        }
        .unwrap_or_default()
    }
}
