//! WL413: less was paid in by the grantee itself than its share of what was spent.

use super::said::{key, won};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Measure, Sign, Term};
use crate::money::{Money, Share};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL413", "own-funds-short", Severity::Warning),
    page: pages!("own_funds_short"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    let Some(share) = rest(year).filter(|_| year.is_over()) else { return };
    // What names a fund is that fund's alone; the shares divide the rest.
    let rest = year.tally.fund(None);
    let confirmed = rest.worked(&[(Sign::Plus, Measure::Disbursed), (Sign::Minus, Measure::Disallowed)]);
    let confirmed = confirmed.unwrap_or_default().max(Money::ZERO);
    let (promised, paid) = (share.of(confirmed), year.amount(AccountId::ROOT, Term::OwnFunds));
    if paid >= promised {
        return;
    }
    let (short, promised, paid, confirmed) = (won(promised - paid), won(promised), won(paid), won(confirmed));
    let message = (
        format!(
            "자부담이 약속한 몫보다 적음: 확정액 {}의 {share}인 {}, 자부담 {}, 차이 {}",
            confirmed.ko, promised.ko, paid.ko, short.ko
        ),
        format!(
            "own funds are less than their share: {share} of confirmed {} is {}, paid in {}, short by {}",
            confirmed.en, promised.en, paid.en, short.en
        ),
    );
    let way_out = (
        "빠진 자부담 줄을 적을 것; 몫이 다르면 `[[fund]]`의 `share`를 고칠 것",
        "enter the own funds that are missing; if the shares are others, mend `share` of `[[fund]]`",
    );
    findings.push(Finding::new(RULE.code, books.place_of_year(), message, way_out).about(key(books, AccountId::ROOT)));
}

/// What the declared shares of all funds leave to own funds.
fn rest(year: &Year<'_>) -> Option<Share> {
    let mut shares = year.books.year.funds.iter().map(|fund| fund.share);
    let first = shares.next()??.rest()?;
    let rest = shares.try_fold(first, |rest, share| rest.less(share?))?;
    (!rest.is_nothing()).then_some(rest)
}
