//! A cell: what it says, and why it says so.

use super::Sentence;
use crate::ledger::{Date, Sign, Slice};
use crate::money::{Figure, Money, Rate, Share};
use crate::source::Span;
use crate::words::Text;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

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
    /// A text with values in it.
    Said(Sentence),
    /// A number that is no amount.
    Count(u64),
    /// From when until when; either end may be open.
    Dates(Option<Date>, Option<Date>),
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is a heading, a name, or a word about its row.
    Label,
    /// It stands in a file, here.
    Read(Span),
    /// It is the sum of these lines.
    Summed(Slice),
    /// It is the signed sum of these amounts.
    Worked(Vec<(Sign, Step)>),
    /// It is the first amount as a part of the second.
    PartOf(Box<(Step, Step)>),
    /// It is what falls to it of an amount that was divided.
    Divided(Box<Division>),
    /// It is an amount of which what does not fill a unit was dropped, or kept.
    Rounded(Box<(Step, Text)>),
    /// The same, of another of the books that the page was made from: the nth, from 0.
    Elsewhere(usize, Box<Why>),
    /// No line has to do with it.
    NoLines,
    /// Lines of an account above have to do with it, and do not say which part is this one's.
    NotAttributed,
    /// It would be a part of nothing.
    NoBasis,
    /// The data cannot give it; a note says why.
    NotDerivable,
}

/// An amount that another was worked out from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// What it is called.
    pub name: Text,
    /// In won.
    pub amount: Money,
    /// Why it is that.
    pub why: Why,
}

/// How an amount was divided by weights, to the last won.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// What was divided.
    pub whole: Step,
    /// Whose part this is.
    pub place: usize,
    /// The weights of all, in order: one list for all the parts. It is a `Vec`, as two `Arc`s of the same one are then seen to
    /// be equal at once, which of slices are compared.
    pub weights: Arc<Vec<(Text, Proportion)>>,
}

/// Weights may be many, and hardly tell one division from another.
impl Hash for Division {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.whole, self.place).hash(state);
    }
}

/// What an amount is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proportion {
    /// A declared share.
    Share(Share),
    /// An amount, in proportion to others.
    Amount(Money),
    /// All of it, to the only one.
    All,
}

impl Cell {
    /// A heading or a name.
    pub fn label(text: impl Into<Text>) -> Cell {
        Cell { value: Value::Text(text.into()), why: Why::Label }
    }

    /// Nothing, and why.
    pub fn blank(why: Why) -> Cell {
        Cell { value: Value::Blank, why }
    }

    /// An amount, and why.
    pub fn amount(exact: Money, why: Why) -> Cell {
        Cell { value: Value::Money { exact, shown: None }, why }
    }

    /// The same, of another of the books that the page was made from: the nth, from 0.
    pub fn elsewhere(self, book: usize) -> Cell {
        match self.why {
            // These are the same in any book.
            Why::Label | Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => self,
            why => Cell { why: Why::Elsewhere(book, Box::new(why)), ..self },
        }
    }

    /// The first amount as a part of the second; nothing where the second is nothing.
    pub fn rate(part: Step, whole: Step) -> Cell {
        match Rate::of(part.amount, whole.amount) {
            Some(exact) => {
                Cell { value: Value::Rate { exact, shown: None }, why: Why::PartOf(Box::new((part, whole))) }
            }
            None => Cell::blank(Why::NoBasis),
        }
    }

    /// The signed sum of some amounts; nothing where there are none.
    pub fn worked(steps: Vec<(Sign, Step)>) -> Cell {
        if steps.is_empty() {
            return Cell::blank(Why::NoLines);
        }
        let signed = steps.iter().map(|(sign, step)| match sign {
            Sign::Plus => step.amount,
            Sign::Minus => -step.amount,
        });
        Cell::amount(signed.sum(), Why::Worked(steps))
    }

    /// The sum of cells that say an amount, each under its name; nothing where none does.
    pub fn sum(parts: impl IntoIterator<Item = (Text, Cell)>) -> Cell {
        Cell::worked(parts.into_iter().filter_map(|(name, cell)| Some((Sign::Plus, cell.step(name)?))).collect())
    }

    /// The amount with its reason, to work others out from it.
    pub fn step(&self, name: impl Into<Text>) -> Option<Step> {
        self.money().map(|amount| Step { name: name.into(), amount, why: self.why.clone() })
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
            Value::Blank | Value::Text(_) | Value::Said(_) | Value::Count(_) | Value::Dates(..) => None,
        }
    }
}
