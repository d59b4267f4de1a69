//! Exact amounts to shown figures: the one place where a table is rounded.
//!
//! Law: rounds once, keeps the exact beside the shown, and says so where shown figures do not add up.

use super::{Piece, Role, RowClass, Sentence, Table, Value};
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
    pub fn amount(&self, term: Term, class: RowClass, exact: Money) -> Figure {
        if self.shown == Shown::Exactly {
            return exact.exactly(self.unit);
        }
        // What a year says of decimals is said of its own unit: one decimal of 천원 is none of 백만원.
        let style = self.presentation.column(term).filter(|_| self.unit == self.presentation.unit);
        let digits = style.and_then(|style| self.digits(style.row, style.total, class)).unwrap_or_default();
        let figure = exact.rounded(self.unit, digits.decimals, digits.rounding);
        match style.map(|style| style.zeros).unwrap_or_default() {
            Zeros::Trimmed => figure.trimmed(),
            Zeros::Kept => figure,
        }
    }

    fn rate_digits(&self, term: Term, class: RowClass) -> Digits {
        let style = self.presentation.column(term);
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
    pub fn rate(&self, term: Term, class: RowClass, exact: Rate) -> (Figure, Held) {
        let digits = self.rate_digits(term, class);
        let shown = exact.shown(digits.decimals, digits.rounding);
        (shown.percent, shown.held)
    }
}

impl Table {
    /// Works out what every cell shows, and notes what the shown figures leave to be said.
    pub fn scaled(mut self, scale: &Scale<'_>) -> Table {
        self.unit = scale.unit;
        let mut held_back = Vec::new();
        for row in &mut self.rows {
            let mut any = false;
            for (column, cell) in self.columns.iter().zip(&mut row.cells) {
                match (column.role, &mut cell.value) {
                    (Role::Amount(term), Value::Money { exact, shown }) => {
                        *shown = Some(scale.amount(term, row.class, *exact));
                    }
                    (Role::Rate(term), Value::Rate { exact, shown }) => {
                        let (figure, held) = scale.rate(term, row.class, *exact);
                        *shown = Some(figure);
                        any |= held != Held::No;
                    }
                    _ => {}
                }
            }
            if any {
                held_back.push(row.cells.first().map(|cell| cell.value.clone()));
            }
        }
        let mut notes = super::footing::notes(&self, scale);
        if !held_back.is_empty() {
            notes.push(held_back_note(&held_back));
        }
        self.notes.extend(notes);
        self
    }
}

/// Says which rates were kept from being rounded to 100 %.
fn held_back_note(rows: &[Option<Value>]) -> Sentence {
    let names: Vec<&Text> =
        rows.iter().filter_map(|value| if let Some(Value::Text(name)) = value { Some(name) } else { None }).collect();
    let list = |names: Vec<&str>| {
        let more = names.len().saturating_sub(8);
        let first = names.into_iter().take(8).collect::<Vec<_>>().join(", ");
        (first, more)
    };
    let (ko, more) = list(names.iter().map(|name| name.ko.as_str()).collect());
    let (en, _) = list(names.iter().map(|name| name.en.as_str()).collect());
    let (ko_more, en_more) =
        if more > 0 { (format!(" 외 {more}곳"), format!(" and {more} more")) } else { Default::default() };
    Sentence::with(
        (
            "정확히 100%가 아니어서 100%로 반올림하지 않은 비율(100% 미만은 절사, 초과는 절상): {0}",
            "rates that are not exactly 100% and were not rounded to it (cut below, raised above): {0}",
        ),
        vec![Piece::Text(Text::new(format!("{ko}{ko_more}"), format!("{en}{en_more}")))],
    )
}
