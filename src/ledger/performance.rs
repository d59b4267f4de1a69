//! What was done with the money (추진실적).

use super::account::AccountId;
use super::item::{Cost, Funding, ItemId, Occasion};
use super::outline::Passage;
use crate::source::Span;
use crate::words::{EcoString, Text};

/// What sort of figure a reported cost is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CostKind {
    /// What was paid in the end.
    Settled,
    /// What was set aside for it.
    Budget,
    /// What a contract says.
    Contract,
    /// What it was thought to cost.
    Estimate,
    /// The report does not say.
    #[default]
    Unknown,
}

impl CostKind {
    /// Reads the name that a file uses.
    pub fn parse(text: &str) -> Option<CostKind> {
        match text {
            "settled" => Some(CostKind::Settled),
            "budget" => Some(CostKind::Budget),
            "contract" => Some(CostKind::Contract),
            "estimate" => Some(CostKind::Estimate),
            "unknown" => Some(CostKind::Unknown),
            _ => None,
        }
    }
}

/// One record of what was done.
#[derive(Clone, Debug)]
pub struct Performance {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What else documents call it, or the body it is about.
    pub aliases: Vec<String>,
    /// The planned item that it carries out.
    pub item: Option<ItemId>,
    /// The undertaking that it is part of, across years.
    pub program: Option<EcoString>,
    /// As a report says; a claim, not a ledger amount. Absent is not zero.
    pub reported_cost: Option<Cost>,
    /// What sort of figure that is.
    pub cost_kind: CostKind,
    /// The account that it was charged to.
    pub account: Option<AccountId>,
    /// Whose money.
    pub funding: Funding,
    /// What was written of it.
    pub funding_note: Option<Text>,
    /// When, where, with whom.
    pub occasion: Occasion,
    /// What was done.
    pub what: Option<Text>,
    /// What is told of it besides.
    pub texts: Vec<Passage>,
    /// The document that says so.
    pub document: Option<String>,
    /// Where it is written.
    pub span: Span,
}
