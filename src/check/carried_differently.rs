//! WL602: what one year carried over is not what the next one took in.

use super::said::{called, key, won};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Term};
use crate::money::Money;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL602", "carried-differently", Severity::Warning),
    page: pages!("carried_differently"),
    looks: Looks::BetweenYears(run),
};

fn run(before: &Year<'_>, after: &Year<'_>, findings: &mut Findings) {
    if before.books.year.fiscal_year + 1 != after.books.year.fiscal_year {
        return;
    }
    let (mut out, mut came) =
        (before.amount(AccountId::ROOT, Term::CarriedOut), after.amount(AccountId::ROOT, Term::CarriedIn));
    let (whole_out, whole_in) = (out, came);
    for (then, now) in shared(before, after) {
        let (left, arrived) = (before.amount(then, Term::CarriedOut), after.amount(now, Term::CarriedIn));
        (out, came) = (out - left, came - arrived);
        if left != arrived {
            findings.push(found(before, after, now, left, arrived));
        }
    }
    // Accounts that only one of the years has may be the same under another name: of these the sums are compared.
    if out != came {
        findings.push(found(before, after, AccountId::ROOT, whole_out, whole_in));
    }
}

/// The highest accounts of one path in both charts where either year carries something.
fn shared(before: &Year<'_>, after: &Year<'_>) -> Vec<(AccountId, AccountId)> {
    let (old, new) = (&before.books.accounts, &after.books.accounts);
    let carries = |then: AccountId, now: AccountId| {
        !before.amount(then, Term::CarriedOut).is_zero() || !after.amount(now, Term::CarriedIn).is_zero()
    };
    let leaf = |then: AccountId, now: AccountId| !old.has_children(then) || !new.has_children(now);
    // Below an account that is a leaf in one of the years, the other's are of that year alone: they are compared together.
    let pairs = new.parents_first().skip(1).filter_map(|(now, account)| Some((old.at(&account.path)?, now)));
    pairs.filter(|(then, now)| leaf(*then, *now) && carries(*then, *now)).collect()
}

fn found(before: &Year<'_>, after: &Year<'_>, account: AccountId, left: Money, arrived: Money) -> Finding {
    let books = after.books;
    let (name, years) = (called(books, account), [before, after].map(|year| year.books.year.fiscal_year));
    let (apart, left, arrived) = (won((left - arrived).abs()), won(left), won(arrived));
    let message = (
        format!(
            "`{}`의 이월액이 두 해에 다름: {}년 다음연도이월액 {}, {}년 전년도이월액 {}, 차이 {}",
            name.ko, years[0], left.ko, years[1], arrived.ko, apart.ko
        ),
        format!(
            "`{}` is carried over differently in two years: carried out of {} {}, carried into {} {}, apart by {}",
            name.en, years[0], left.en, years[1], arrived.en, apart.en
        ),
    );
    let way_out = (
        "두 해의 `이월`·`이월받음` 줄을 승인 문서와 견주어 틀린 쪽을 고칠 것",
        "compare the `carry_out` and `carry_in` lines of both years with what was approved, and mend the wrong one",
    );
    Finding::new(RULE.code, books.place_of(account), message, way_out).about(key(books, account))
}
