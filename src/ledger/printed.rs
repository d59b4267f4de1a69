//! Printed figures: what a document says. Claims, never ledger amounts.

use super::account::AccountId;
use super::measure::Sign;
use super::term::Term;
use crate::money::{Figure, Unit};
use crate::source::Span;

/// What a printed figure is a figure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// A term of a settlement.
    Term(Term),
    /// 총예산: the budget before what the grantor's own office spends of it.
    GrossBudget,
    /// What the grantor's own office spends itself; it never reaches the grantee and never enters the ledger.
    GrantorSpent,
}

impl Claim {
    /// Reads the name of a measure. A rate needs its basis.
    pub fn parse(text: &str, basis: Option<super::term::Basis>) -> Option<Claim> {
        match text {
            "gross_budget" => Some(Claim::GrossBudget),
            "grantor_spent" => Some(Claim::GrantorSpent),
            _ => Term::parse(text, basis).map(Claim::Term),
        }
    }
}

/// A table as it was published, of which nothing is known but its text.
#[derive(Clone, Debug)]
pub struct Published {
    /// The file that it was copied into.
    pub source: crate::source::SourceId,
    /// Its rows, those above the heading too.
    pub records: Vec<Vec<Written>>,
}

/// A text and where it stands.
#[derive(Clone, Debug)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// One figure as a document printed it.
#[derive(Clone, Debug)]
pub struct Printed {
    /// A name for other printed figures to refer to.
    pub id: Option<String>,
    /// Of which account; the root for a total.
    pub account: AccountId,
    /// Which measure of it.
    pub claim: Claim,
    /// The printed text, exactly.
    pub text: String,
    /// What it says; `None` is nil, which does not tell whether it is zero or not attributed.
    pub figure: Option<Figure>,
    /// Its unit; a rate, in per cent, has none.
    pub unit: Option<Unit>,
    /// The document that prints it.
    pub document: Option<String>,
    /// Where in the document.
    pub at: Option<String>,
    /// The printed figures that it is the sum of, where the document says so.
    pub equals: Vec<(Sign, String)>,
    /// Where it is written in the book.
    pub span: Span,
}
