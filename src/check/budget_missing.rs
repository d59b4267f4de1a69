//! WL402: spending on an account that was never given any budget.

use super::said::{called, key, won};
use super::year::controlled;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Books, Term};
use crate::money::Money;
use crate::tally::Worked;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL402", "budget-missing", Severity::Error),
    page: pages!("budget_missing"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    if !year.keeps_budget() {
        return none_at_all(year, findings);
    }
    for account in controlled(books, books.year.budget_control) {
        let spent = year.amount(account, Term::Disbursed);
        if spent.is_zero() || year.worked(account, Term::CurrentBudget) != Worked::NoLines {
            continue;
        }
        findings.push_if_kept(RULE.code, books.place_of(account).source, || found(books, account, spent));
    }
}

fn found(books: &Books, account: AccountId, spent: Money) -> Finding {
    let (name, spent) = (called(books, account), won(spent));
    let message = (
        format!("`{}`에 예산이 없는데 집행함: 예산현액 없음, 집행액 {}", name.ko, spent.ko),
        format!("`{}` was spent on and has no budget: current budget none, disbursed {}", name.en, spent.en),
    );
    let way_out = (
        "예산·추경·전용·이월받음 줄이 빠졌으면 적고, 다른 과목의 집행이면 `account`를 고치거나 `과목경정`으로 옮길 것",
        "enter the budget, supplement, transfer or carry-in that is missing; if the spending is another account's, mend its `account` or move it by a `reclassification`",
    );
    Finding::new(RULE.code, books.place_of(account), message, way_out).about(key(books, account))
}

/// A year without a single line of budget is asked about once.
fn none_at_all(year: &Year<'_>, findings: &mut Findings) {
    let spent = year.amount(AccountId::ROOT, Term::Disbursed);
    if spent.is_zero() {
        return;
    }
    let spent = won(spent);
    let message = (
        format!("이 연도에는 예산 줄이 하나도 없음: 예산현액 없음, 집행액 {}", spent.ko),
        format!("the year has no line of budget at all: current budget none, disbursed {}", spent.en),
    );
    let way_out = (
        "예산 파일이 year.toml의 `account_lines`에서 빠졌는지 볼 것; 예산을 적지 않는 장부면 `[severity]`나 `[[accept]]`로 밝힐 것",
        "see whether the file of the budget is missing from `account_lines` in year.toml; if this book keeps no budget, say so by `[severity]` or `[[accept]]`",
    );
    let found = Finding::new(RULE.code, year.books.place_of_year(), message, way_out);
    findings.push(found.about(key(year.books, AccountId::ROOT)).graded(Severity::Warning));
}
