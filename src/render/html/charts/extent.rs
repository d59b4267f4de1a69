//! Where figures lie between the smallest and the largest of a chart, in whole hundredths of a per cent of its length.

use crate::table::{Cell, Chart, Value};
use std::fmt;

/// A whole is so many parts of a rate.
const WHOLE: i128 = 1_000_000;

/// A position or a length along an axis, in hundredths of a per cent: `37.25%`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Percent(pub(super) i128);

impl Percent {
    /// All of the axis.
    pub(super) const ALL: i128 = 10_000;
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.abs() / 100, self.0.abs() % 100);
        match rest {
            0 => write!(f, "{sign}{whole}%"),
            _ => write!(f, "{sign}{whole}.{rest:02}%"),
        }
    }
}

/// From the smallest to the largest figure of a chart; nothing is always between them.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub(super) low: i128,
    pub(super) high: i128,
}

/// How much a figure is, among those of its chart: of an amount its smallest parts, of a rate millionths.
pub(super) fn weight(cell: &Cell) -> Option<i128> {
    match &cell.value {
        Value::Money { exact, .. } => Some(exact.parts()),
        Value::Rate { exact, .. } => {
            let (part, whole) = (exact.part().parts(), exact.whole().parts());
            // A rate beyond all numbers is as far as a picture goes.
            Some(part.checked_mul(WHOLE).map_or(i128::MAX / 1_000_000_000_000, |scaled| scaled / whole))
        }
        _ => None,
    }
}

impl Extent {
    pub(super) fn of(chart: &Chart) -> Extent {
        let cells = || chart.points.iter().flat_map(|mark| &mark.cells);
        let rates = cells().any(|cell| matches!(cell.value, Value::Rate { .. }));
        // Of rates all of the whole is seen.
        let least = if rates { WHOLE } else { 0 };
        let (low, high) = cells().filter_map(weight).fold((0, least), |(low, high), one| (low.min(one), high.max(one)));
        Extent { low, high: high.max(low + 1) }
    }

    /// Where a figure lies.
    pub(super) const fn at(self, weight: i128) -> Percent {
        Percent((weight - self.low) * Percent::ALL / (self.high - self.low))
    }

    /// Where nothing lies.
    pub(super) const fn zero(self) -> Percent {
        self.at(0)
    }

    /// Where all of a whole lies, which is seen where there is more.
    pub(super) fn whole(self) -> Option<Percent> {
        (self.high > WHOLE).then(|| self.at(WHOLE))
    }

    /// So far from the top of a picture of a height.
    pub(super) fn down(self, weight: i128, height: i128) -> i128 {
        (self.high - weight) * height / (self.high - self.low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_all_lie_at_the_ends_and_a_negative_before_nothing() {
        let extent = Extent { low: -50, high: 150 };
        assert_eq!(extent.zero().to_string(), "25%");
        assert_eq!((extent.at(-50).to_string(), extent.at(150).to_string()), ("0%".to_owned(), "100%".to_owned()));
        assert_eq!((extent.down(150, 200), extent.down(-50, 200)), (0, 200));
        assert_eq!(Percent(1_234).to_string(), "12.34%");
        assert_eq!(Percent(1_205).to_string(), "12.05%");
    }
}
