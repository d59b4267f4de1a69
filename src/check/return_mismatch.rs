//! WL410: what was sent back is not what was due.

use super::said::{key, won};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Measure, ReturnRounding};
use crate::money::Money;
use crate::settled::{Dues, Party};
use crate::table::Why;
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL410", "return-mismatch", Severity::Warning),
    page: pages!("return_mismatch"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let dues = Dues::of(year.books, &year.tally);
    let several = dues.grantors().count() > 1;
    // What went back without saying to whom can be held against the whole alone.
    let unnamed = year.tally.fund(None).get(Measure::Returned).is_some();
    if several && !unnamed {
        for (party, due) in dues.grantors() {
            let amounts = (due.payable.money(), due.returned.money().unwrap_or_default());
            findings_of(year, Some(party), amounts, findings);
        }
        return;
    }
    let returned = dues.total(|due| &due.returned).money().unwrap_or_default();
    if !(several && is_only_cut(&dues)) {
        findings_of(year, None, (dues.total(|due| &due.payable).money(), returned), findings);
    }
}

/// Why this rule has nothing to go by, where it has not.
pub(super) fn silent(year: &Year<'_>) -> Option<(&'static [Code], Text)> {
    let dues = Dues::of(year.books, &year.tally);
    let number = year.books.year.fiscal_year;
    (dues.total(|due| &due.payable).why == Why::NotDerivable).then(|| {
        let reason = Text::new(
            format!("반납할 금액을 재원별로 나눌 수 없음(까닭은 `wego-ledger return {number}`)"),
            format!("what is due cannot be divided among those who paid; `wego-ledger return {number}` says why"),
        );
        (&[RULE.code] as &'static [Code], reason)
    })
}

/// Whether all that is left is what was dropped of each grantor's part before it was paid.
fn is_only_cut(dues: &Dues<'_, '_>) -> bool {
    let (mut left, mut dropped) = (Money::ZERO, Money::ZERO);
    for (party, due) in dues.grantors() {
        let Some(still) = due.due.money() else { return false };
        let whole = still + due.returned.money().unwrap_or_default();
        left += still;
        dropped += whole - whole.cut_to(if party.rounding == ReturnRounding::FloorTenWon { 10 } else { 1 });
    }
    !left.is_negative() && left <= dropped
}

/// What is to be said of what is left to be returned, of the whole or of one fund.
fn findings_of(
    year: &Year<'_>,
    party: Option<&Party>,
    (left, returned): (Option<Money>, Money),
    findings: &mut Findings,
) {
    let books = year.books;
    let Some(left) = left else { return };
    let nothing_sent = returned <= Money::ZERO;
    // A year that goes on has money left, and nothing to return yet. What was taken back beyond what was granted is no return.
    if left.is_zero() || (left.is_negative() && nothing_sent) || (!left.is_negative() && !year.is_over()) {
        return;
    }
    let about = party.map_or_else(|| key(books, AccountId::ROOT), |party| party.key.clone());
    let of = party.map_or_else(Text::default, |party| {
        Text::new(format!("`{}`: ", party.name.ko), format!("`{}`: ", party.name.en))
    });
    let [due, back, apart] = [left + returned, returned, left.abs()].map(won);
    let both = |ko: &str, en: &str| {
        Text::new(
            format!("{}{ko}: 반납할 금액 {}, 반납액 {}, 차이 {}", of.ko, due.ko, back.ko, apart.ko),
            format!("{}{en}: due {}, returned {}, apart by {}", of.en, due.en, back.en, apart.en),
        )
    };
    let by = books.year.settlement_due;
    let late = by.is_some_and(|by| year.is_past(by));
    let (message, severity) = match (left.is_negative(), nothing_sent, late) {
        (true, ..) => (both("반납할 금액보다 많이 반납함", "more was returned than was due"), Severity::Error),
        (false, _, true) => (
            both("반납 기한이 지났는데 덜 반납함", "the day is past, and less was returned than was due"),
            Severity::Error,
        ),
        (false, true, false) => (
            both("반납할 금액이 반납으로 적혀 있지 않음", "what is due is not recorded as returned"),
            Severity::Warning,
        ),
        (false, false, false) => {
            (both("반납액이 반납할 금액보다 적음", "less was returned than was due"), Severity::Warning)
        }
    };
    let year_number = books.year.fiscal_year;
    let way_out = match (left.is_negative(), by) {
        (true, _) => Text::new(
            format!(
                "`wego-ledger return {year_number}`와 견주어 반납 줄의 금액을 고치거나, 더 보낸 금액을 돌려받을 것"
            ),
            format!(
                "compare `wego-ledger return {year_number}`, and mend the amount of the return, or have what was sent too much paid back"
            ),
        ),
        (false, by) => {
            let until = by.map_or_else(Text::default, |by| Text::new(format!("{by}까지 "), format!(" by {by}")));
            Text::new(
                format!("`wego-ledger return {year_number}`의 금액을 {}반납하고 `반납` 줄을 적을 것", until.ko),
                format!(
                    "send back what `wego-ledger return {year_number}` says{}, and enter a `return` line",
                    until.en
                ),
            )
        }
    };
    findings.push(Finding::new(RULE.code, books.place_of_year(), message, way_out).about(about).graded(severity));
}
