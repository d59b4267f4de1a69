//! From won to what a table shows: the rounding of each column as a formula.
//!
//! Law: a formula is written only where it gives the figure that is shown, digit by digit, for every cell of its column;
//! how the column was rounded is looked for among the rules that there are.
//!
//! # Why
//!
//! **Whole won, one division.** `=ROUNDDOWN(원!D7,-2)/1000` divides whole numbers once, so that the double that comes out
//! is the one nearest to the decimal. Rounding behind the division would meet `0.0499999999992724`.

use super::exact;
use crate::ledger::Presentation;
use crate::money::{Figure, Money, Rate, Rounding, Unit};
use crate::table::{RowClass, Shown, Table, Value};

/// How the amounts of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Every digit there is.
    Exactly,
    /// Rounded to so many decimals; zeros at their end left out or not.
    Rounded(u32, Rounding, Ends),
}

/// What becomes of zeros at the end of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    Trimmed,
    Kept,
}

/// The rows of a column that are rounded alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Total,
    Others,
}

impl Class {
    pub(super) const fn of(class: RowClass) -> Class {
        match class {
            RowClass::Total => Class::Total,
            RowClass::Body | RowClass::Subtotal => Class::Others,
        }
    }
}

/// The most decimals that are looked for.
const DECIMALS: u32 = 12;

impl How {
    /// How the amounts of a column are shown; nothing where no rule gives every figure.
    pub(super) fn of(table: &Table, column: usize, class: Class, shown: Shown, said: &Presentation) -> Option<How> {
        let cells: Vec<(Money, Figure)> = table
            .rows
            .iter()
            .filter(|row| Class::of(row.class) == class)
            .filter_map(|row| match &row.cells[column].value {
                Value::Money { exact, shown: Some(shown) } => Some((*exact, *shown)),
                _ => None,
            })
            .collect();
        let gives = |how: &How| cells.iter().all(|(exact, shown)| how.gives(*exact, table.unit, *shown));
        let declared = declared(table, column, class, said);
        let rules = (0..=DECIMALS).flat_map(|decimals| Rounding::ALL.map(|rule| (decimals, rule)));
        let others = rules.flat_map(|(n, rule)| [Ends::Trimmed, Ends::Kept].map(|ends| How::Rounded(n, rule, ends)));
        let exactly = (shown == Shown::Exactly).then_some(How::Exactly);
        exactly.into_iter().chain(declared).chain(others).chain([How::Exactly]).find(|how| gives(how))
    }

    fn gives(self, exact: Money, unit: Unit, shown: Figure) -> bool {
        let figure = match self {
            How::Exactly => exact.exactly(unit),
            How::Rounded(decimals, rule, Ends::Kept) => exact.rounded(unit, decimals, rule),
            How::Rounded(decimals, rule, Ends::Trimmed) => exact.rounded(unit, decimals, rule).trimmed(),
        };
        (figure, figure.decimals()) == (shown, shown.decimals())
    }

    /// The most decimals that a figure may come to have when the lines change.
    pub(super) const fn decimals(self) -> Option<u32> {
        match self {
            How::Exactly | How::Rounded(_, _, Ends::Kept) => None,
            How::Rounded(decimals, _, Ends::Trimmed) => Some(decimals),
        }
    }

    /// The formula over a cell in won; nothing where it would not be exact.
    pub(super) fn formula(self, cell: &str, unit: Unit, exact: Money) -> Option<String> {
        if !exact::holds_won(exact) {
            return None;
        }
        let by = unit.power();
        let divided = |text: String| if by == 0 { text } else { format!("{text}/{}", 10_u64.pow(by)) };
        let (decimals, rule) = match self {
            How::Exactly => return Some(divided(cell.to_owned())),
            How::Rounded(decimals, rule, _) => (decimals, rule),
        };
        let is_whole = exact == exact.cut_to(1);
        if decimals >= by && is_whole {
            return Some(divided(cell.to_owned()));
        }
        let places = i64::from(decimals) - i64::from(by);
        let rounded = match rule {
            Rounding::HalfUp => format!("ROUND({cell},{places})"),
            Rounding::Floor => format!("ROUNDDOWN({cell},{places})"),
            Rounding::Ceil => format!("ROUNDUP({cell},{places})"),
            Rounding::HalfDown | Rounding::HalfEven if !is_whole || places >= 0 => return None,
            Rounding::HalfDown | Rounding::HalfEven => {
                let unit = 10_i128.checked_pow(u32::try_from(-places).ok()?)?;
                let half = unit / 2;
                match rule {
                    Rounding::HalfDown => format!("SIGN({cell})*ROUNDUP(MAX(ABS({cell})-{half},0),{places})"),
                    // MOD gives up where the quotient is large.
                    _ if exact.abs() >= Money::from_won(1_000_000_000).times(unit) => return None,
                    _ => format!(
                        "(ROUND({cell},{places})-IF(MOD(ABS({cell}),{})={half},SIGN({cell})*{unit},0))",
                        2 * unit
                    ),
                }
            }
        };
        Some(divided(rounded))
    }
}

/// What the year says of a column.
fn declared(table: &Table, column: usize, class: Class, said: &Presentation) -> Vec<How> {
    let style = table.columns[column].term.and_then(|term| said.column(term)).filter(|_| table.unit == said.unit);
    let digits = style.and_then(|style| match class {
        Class::Total => style.total.or(style.row),
        Class::Others => style.row,
    });
    let digits = digits.unwrap_or_default();
    [Ends::Trimmed, Ends::Kept].map(|ends| How::Rounded(digits.decimals, digits.rounding, ends)).to_vec()
}

/// The part of one that a per cent figure is: 98.7 % is 0.987.
pub(super) fn of_one(percent: Figure) -> Figure {
    Figure::new(percent.digits(), percent.decimals() + 2)
}

/// From an exact rate to what is shown of it; nothing where no rule gives it, or a double may fall on the wrong side.
///
/// `cell` says the rate itself, `of` part and whole where these are cells. A rate is never 100 % while something is left.
pub(super) fn rate(cell: &str, of: Option<(&str, &str)>, exact: Rate, shown: Figure) -> Option<String> {
    let places = shown.decimals() + 2;
    let scale = 10_i128.pow(places);
    let (part, whole) = (exact.part().parts(), exact.whole().parts());
    if whole > Money::from_won(100_000_000_000_000).parts() || part.abs() > whole.checked_mul(1_000_000)? {
        return None;
    }
    // How far the rate is from where its rounding turns, in parts of the last digit.
    let rest = (part * scale).rem_euclid(whole);
    let near = |point: i128| (2 * rest - point).abs() * 1_000_000 < whole;
    let on_edge = |rule: Rounding| match rule {
        Rounding::Floor | Rounding::Ceil => (near(0) || near(2 * whole)) && rest != 0,
        Rounding::HalfUp | Rounding::HalfEven | Rounding::HalfDown => near(whole) && 2 * rest != whole,
    };
    let gives = |rule: &Rounding| {
        let figure = exact.shown(shown.decimals(), *rule).percent;
        (figure, figure.decimals()) == (shown, shown.decimals()) && !on_edge(*rule)
    };
    let rule = [Rounding::HalfUp, Rounding::Floor, Rounding::Ceil].into_iter().find(gives)?;
    let round = match rule {
        Rounding::Floor => format!("ROUNDDOWN({cell},{places})"),
        Rounding::Ceil => format!("ROUNDUP({cell},{places})"),
        _ => format!("ROUND({cell},{places})"),
    };
    let one = Figure::whole(scale);
    let below = Figure::new(one.digits() - 1, places);
    let above = Figure::new(one.digits() + 1, places);
    let (left, right) = of.unwrap_or((cell, "1"));
    let bounded = format!("IF({left}<{right},MIN({round},{below}),IF({left}>{right},MAX({round},{above}),1))");
    Some(format!("IF(ISNUMBER({cell}),{bounded},\"-\")"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_its_formula() {
        let of = |rule, decimals, unit| {
            let how = How::Rounded(decimals, rule, Ends::Trimmed);
            how.formula("D7", unit, Money::from_won(9_999_950)).expect("it is whole")
        };
        assert_eq!(of(Rounding::Floor, 1, Unit::Thousand), "ROUNDDOWN(D7,-2)/1000");
        assert_eq!(of(Rounding::HalfUp, 0, Unit::Thousand), "ROUND(D7,-3)/1000");
        assert_eq!(of(Rounding::Ceil, 0, Unit::Million), "ROUNDUP(D7,-6)/1000000");
        assert_eq!(of(Rounding::HalfUp, 3, Unit::Thousand), "D7/1000");
        assert_eq!(of(Rounding::HalfUp, 0, Unit::Won), "D7");
        assert_eq!(of(Rounding::HalfDown, 0, Unit::Thousand), "SIGN(D7)*ROUNDUP(MAX(ABS(D7)-500,0),-3)/1000");
        assert_eq!(
            of(Rounding::HalfEven, 0, Unit::Thousand),
            "(ROUND(D7,-3)-IF(MOD(ABS(D7),2000)=500,SIGN(D7)*1000,0))/1000"
        );
    }

    #[test]
    fn a_rate_is_bounded_by_what_is_left() {
        let exact = Rate::of(Money::from_won(9_999_950), Money::from_won(10_000_000)).expect("a basis");
        let shown = Figure::new(999, 1);
        assert_eq!(
            rate("F7", Some(("D7", "C7")), exact, shown).as_deref(),
            Some("IF(ISNUMBER(F7),IF(D7<C7,MIN(ROUND(F7,3),0.999),IF(D7>C7,MAX(ROUND(F7,3),1.001),1)),\"-\")")
        );
    }
}
