//! WL401: more was spent than the current budget allows, where the budget binds.

use super::said::{called, key, won};
use super::year::controlled;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Books, Term};
use crate::money::Money;
use crate::tally::Worked;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL401", "over-budget", Severity::Error),
    page: pages!("over_budget"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    for account in controlled(books, books.year.budget_control) {
        // Without any budget line it is the budget that is missing, not the spending that is too much.
        let Worked::Amount(budget) = year.worked(account, Term::CurrentBudget) else { continue };
        let spent = year.amount(account, Term::Disbursed);
        // Where nothing was spent it is the budget that is wrong (WL403).
        if spent <= budget || spent <= Money::ZERO {
            continue;
        }
        findings.push_if_kept(RULE.code, books.place_of(account).source, || found(books, account, budget, spent));
    }
}

fn found(books: &Books, account: AccountId, budget: Money, spent: Money) -> Finding {
    let (name, over) = (called(books, account), won(spent - budget));
    let (spent, budget) = (won(spent), won(budget));
    let message = (
        format!(
            "`{}`의 집행액이 예산현액을 넘음: 예산현액 {}, 집행액 {}, 초과 {}",
            name.ko, budget.ko, spent.ko, over.ko
        ),
        format!(
            "more was disbursed on `{}` than its current budget: budget {}, disbursed {}, over by {}",
            name.en, budget.en, spent.en, over.en
        ),
    );
    let way_out = (
        "빠진 추경·전용·여입 줄이 있으면 적고, 다른 과목의 집행이면 과목을 고치거나 `과목경정`으로 옮길 것",
        "enter the supplement, transfer or refund that is missing; if the spending is another account's, mend its account or move it by a `reclassification`",
    );
    Finding::new(RULE.code, books.place_of(account), message, way_out).about(key(books, account))
}
