//! A cell: what it says, and why it says so.

use crate::ledger::{Slice, Term};
use crate::money::{Figure, Money, Rate};
use crate::words::Text;

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub value: Value,
    /// Why it says so.
    pub why: Why,
}

/// What a cell says. `Blank` is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// A name or a text.
    Text(Text),
    /// An amount: exact, and as it is shown in the table's unit once the table is scaled.
    Money {
        /// In won.
        exact: Money,
        /// In the table's unit, rounded once; `None` before [`super::Table::scaled`].
        shown: Option<Figure>,
    },
    /// A part of a whole: exact, and as it is shown in per cent once the table is scaled.
    Rate {
        /// Part and whole.
        exact: Rate,
        /// In per cent, rounded once.
        shown: Option<Figure>,
    },
}

/// Why a cell says what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is a heading or a name.
    Label,
    /// It is the sum of these lines.
    Summed(Slice),
    /// It is the first term as a part of the second, of the same row.
    PartOf(Term, Term),
    /// No line has to do with it.
    NoLines,
    /// Lines of an account above have to do with it, and do not say which part is this one's.
    NotAttributed,
    /// It would be a part of nothing.
    NoBasis,
    /// The data cannot give it; a note says why.
    NotDerivable,
}

impl Cell {
    /// A heading or a name.
    pub fn label(text: impl Into<Text>) -> Cell {
        Cell { value: Value::Text(text.into()), why: Why::Label }
    }

    /// The exact amount, if it says one.
    pub fn money(&self) -> Option<Money> {
        match &self.value {
            Value::Money { exact, .. } => Some(*exact),
            _ => None,
        }
    }

    /// The figure that is shown, if the table was scaled and there is one.
    pub fn shown(&self) -> Option<Figure> {
        match &self.value {
            Value::Money { shown, .. } | Value::Rate { shown, .. } => *shown,
            Value::Blank | Value::Text(_) => None,
        }
    }
}
