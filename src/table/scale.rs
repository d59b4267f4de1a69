//! Exact amounts to shown figures: the one place where a table is rounded.
//!
//! Law: rounds once, and keeps the exact beside the shown.

use super::{Cell, RowClass, Table, Value};
use crate::ledger::{Digits, Presentation, Term, Zeros};
use crate::money::{Figure, Held, Money, Rate, Rounding, Unit};
use crate::words::Text;

/// How a table is shown.
#[derive(Clone, Copy, Debug)]
pub struct Scale<'a> {
    /// The unit.
    pub unit: Unit,
    /// With how many digits.
    pub shown: Shown,
    /// What the year says of columns. It binds in the year's own unit.
    pub presentation: &'a Presentation,
}

/// With how many digits amounts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shown {
    /// As the presentation says.
    #[default]
    Rounded,
    /// Every digit there is.
    Exactly,
}

impl Scale<'_> {
    /// An amount of a term, as it is shown.
    pub fn amount(&self, term: Option<Term>, class: RowClass, exact: Money) -> Figure {
        if self.shown == Shown::Exactly {
            return exact.exactly(self.unit);
        }
        // What a year says of decimals is said of its own unit: one decimal of 천원 is none of 백만원.
        let style = term.and_then(|term| self.presentation.column(term));
        let style = style.filter(|_| self.unit == self.presentation.unit);
        let digits = style.and_then(|style| self.digits(style.row, style.total, class)).unwrap_or_default();
        let figure = exact.rounded(self.unit, digits.decimals, digits.rounding);
        match style.and_then(|style| style.zeros).unwrap_or_default() {
            Zeros::Trimmed => figure.trimmed(),
            Zeros::Kept => figure,
        }
    }

    fn rate_digits(&self, term: Option<Term>, class: RowClass) -> Digits {
        let style = term.and_then(|term| self.presentation.column(term));
        let plain = Digits { decimals: self.presentation.rate_decimals, rounding: Rounding::HalfUp };
        style.and_then(|style| self.digits(style.row, style.total, class)).unwrap_or(plain)
    }

    fn digits(&self, row: Option<Digits>, total: Option<Digits>, class: RowClass) -> Option<Digits> {
        match class {
            RowClass::Total => total.or(row),
            RowClass::Body | RowClass::Subtotal => row,
        }
    }

    /// A rate of a term, as it is shown, and whether rounding had to be held back.
    pub fn rate(&self, term: Option<Term>, class: RowClass, exact: Rate) -> (Figure, Held) {
        let digits = self.rate_digits(term, class);
        let shown = exact.shown(digits.decimals, digits.rounding);
        (shown.percent, shown.held)
    }
}

/// Works out what every cell shows; gives the names of the rows whose rates were kept from being rounded to 100 %.
pub(super) fn show(table: &mut Table, scale: &Scale<'_>) -> Vec<Text> {
    table.unit = scale.unit;
    let mut held_back = Vec::new();
    for row in &mut table.rows {
        let mut any = false;
        for (column, cell) in table.columns.iter().zip(&mut row.cells) {
            any |= show_cell(cell, column.term, row.class, scale) != Held::No;
        }
        held_back.extend(any.then(|| row.name()));
    }
    held_back
}

/// Works out what a cell shows, and tells whether rounding a rate had to be held back.
pub(super) fn show_cell(cell: &mut Cell, term: Option<Term>, class: RowClass, scale: &Scale<'_>) -> Held {
    match &mut cell.value {
        Value::Money { exact, shown } => {
            *shown = Some(scale.amount(term, class, *exact));
            Held::No
        }
        Value::Rate { exact, shown } => {
            let (figure, held) = scale.rate(term, class, *exact);
            *shown = Some(figure);
            held
        }
        Value::Blank | Value::Text(_) | Value::Said(_) | Value::Count(_) | Value::Dates(..) => Held::No,
    }
}
