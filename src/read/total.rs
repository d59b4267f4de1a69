//! Totals among rows: they would be counted twice.

use super::value::{Spot, trimmed};
use crate::finding::{self, Finding};
use crate::ledger::loosely;

/// Names that stand for a total in tables, and never for an account or an item.
pub(super) fn is_total(text: &str) -> bool {
    // Every row is asked, and hardly any name ends so: folding the others took a quarter of a settlement's time.
    let may_be = trimmed(text).ends_with(['계', '\u{1168}', 'l', 'L', 'ｌ', 'Ｌ']);
    may_be && matches!(loosely(text).as_str(), "합계" | "소계" | "총계" | "누계" | "total" | "subtotal" | "grandtotal")
}

/// The finding about a row that is a total.
pub(super) fn total_row(spot: Spot<'_>) -> Finding {
    Finding::new(
        finding::TOTAL_ROW,
        spot.span,
        (
            format!("합계 줄은 두 번 더해지므로 읽지 않음: `{}`", spot.text),
            format!("a total among the rows would be counted twice: `{}`", spot.text),
        ),
        (
            "줄을 지울 것. 문서에 인쇄된 합계면 `printed` 파일로 옮길 것",
            "delete it; if a document prints this total, move it to a `printed` file",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_known_in_any_spelling() {
        for text in [
            "합계",
            "소 계",
            "총계 ",
            "누계",
            "Total",
            "SUBTOTAL",
            "grand total",
            "\u{1112}\u{1161}\u{11b8}\u{1100}\u{1168}",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in ["계", "회계비", "통계", "2025-01-01", "", "totals"] {
            assert!(!is_total(text), "{text}");
        }
    }
}
