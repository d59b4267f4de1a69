//! WL411: a grant that bore no interest, or interest that is booked at two levels.

use super::said::{called, key, won};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Formula, GrantMode, Measure, Sign, Term};
use crate::money::Money;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL411", "interest-missing", Severity::Warning),
    page: pages!("interest_missing"),
    looks: Looks::AtSums(run),
};

const INTEREST: Formula = &[(Sign::Plus, Measure::Interest)];

fn run(year: &Year<'_>, findings: &mut Findings) {
    if year.keeps(Term::Interest) {
        twice(year, findings);
    } else {
        none(year, findings);
    }
}

fn none(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    let granted = year.rolled.worked(AccountId::ROOT, &[(Sign::Plus, Measure::Granted)]).amount().unwrap_or_default();
    // What is kept by the grantor bears its interest there.
    if books.year.grant_mode == GrantMode::Deposit || granted <= Money::ZERO || !year.is_over() {
        return;
    }
    let granted = won(granted);
    let message = (
        format!("교부액이 있는데 발생이자가 적혀 있지 않음: 발생이자 없음, 교부액 {}", granted.ko),
        format!("there are grants and no line of interest: interest none, granted {}", granted.en),
    );
    let way_out = (
        "통장의 결산이자를 `이자` 줄로 적을 것; 정말 없으면 금액이 0인 `이자` 줄로 적을 것",
        "enter the interest that the bank paid as an `interest` line; if there was none, enter a line of 0",
    );
    findings.push(Finding::new(RULE.code, books.place_of_year(), message, way_out).about(key(books, AccountId::ROOT)));
}

fn twice(year: &Year<'_>, findings: &mut Findings) {
    let (books, rolled) = (year.books, &year.rolled);
    let top = books.accounts.parents_first().filter(|(_, account)| account.depth == 1).map(|(id, _)| id);
    let (mut pooled, mut below, mut first) = (false, Money::ZERO, None);
    for account in top {
        pooled |= rolled.is_pooled(account, INTEREST);
        if let (true, Some(amount)) =
            (rolled.has(account, Measure::Interest), rolled.worked(account, INTEREST).amount())
        {
            below += amount;
            first = first.or(Some(account));
        }
    }
    let Some(first) = first.filter(|_| pooled) else { return };
    let above = year.amount(AccountId::ROOT, Term::Interest) - below;
    let (name, account, above, below) = (called(books, AccountId::ROOT), called(books, first), won(above), won(below));
    let message = (
        format!(
            "발생이자가 `{}`와 `{}`에 함께 적혀 있음: 위 {}, 아래 과목들 {}",
            name.ko, account.ko, above.ko, below.ko
        ),
        format!(
            "interest is booked at `{}` and at `{}`: above {}, at accounts below {}",
            name.en, account.en, above.en, below.en
        ),
    );
    let way_out = (
        "같은 이자를 두 번 적었으면 한쪽을 지울 것; 통장이 따로 있으면 `[[accept]]`로 밝힐 것",
        "if the same interest is entered twice, delete one; if there are several bank accounts, say so by `[[accept]]`",
    );
    let found = Finding::new(RULE.code, books.place_of(first), message, way_out).about(key(books, first));
    findings.push(found);
}
