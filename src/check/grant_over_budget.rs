//! WL404: more was granted than the current budget that it is granted for.

use super::course::{Broken, Flow, Running};
use super::said::{called, key, won};
use super::year::{controlled, on_day, place};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Books, Date, Formula, Measure, Sign};
use crate::money::Money;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL404", "grant-over-budget", Severity::Error),
    page: pages!("grant_over_budget"),
    looks: Looks::AtSums(run),
};

const GRANTED: Formula = &[(Sign::Plus, Measure::Granted)];

const WAY_OUT: (&str, &str) = (
    "빠진 추경·이월 줄이 있으면 적고, 교부의 과목과 금액이 교부결정과 맞는지 볼 것",
    "enter the supplement or carry-in that is missing, or see whether account and amount of the grants are those of the decision",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    // A year that keeps no budget at all promises no ceiling.
    if !year.keeps_budget() {
        return;
    }
    let (books, accounts) = (year.books, held(year));
    // Where nothing was granted it is the budget that is wrong (WL403).
    let over = |sums: &Running| sums.of(Flow::Granted) > sums.of(Flow::Budget).max(Money::ZERO);
    for (account, course) in accounts.iter().zip(year.courses(&accounts)) {
        let end = course.in_the_end();
        if over(&end) {
            let source = books.place_of(*account).source;
            findings.push_if_kept(RULE.code, source, || in_the_end(books, *account, &end));
        } else if let Some(broken) = course.first_broken(&[Flow::Granted, Flow::Budget], over) {
            let source = place(books, *account, broken.line).source;
            findings.push_if_kept(RULE.code.graded(Severity::Warning), source, || on_the_way(books, *account, &broken));
        }
    }
}

/// The accounts whose grants are held against their budget: those at which the budget binds, where no grant is for an
/// account above, and those that grants are for.
fn held(year: &Year<'_>) -> Vec<AccountId> {
    let books = year.books;
    let mut wanted = vec![false; books.accounts.len()];
    for account in controlled(books, books.year.budget_control) {
        wanted[account.index()] = !year.rolled.is_pooled(account, GRANTED);
    }
    for (account, _) in books.accounts.parents_first() {
        wanted[account.index()] |= year.tally.own(account).get(Measure::Granted).is_some();
        // A cut of what was granted above may be this one's.
        let mut at = account;
        while at != AccountId::ROOT {
            at = books.accounts.get(at).parent;
            let cut = year.tally.own(at).get(Measure::Granted).is_some_and(|granted| granted.is_negative());
            wanted[account.index()] &= !cut;
        }
    }
    books.accounts.parents_first().map(|(account, _)| account).filter(|account| wanted[account.index()]).collect()
}

/// Once all is in.
fn in_the_end(books: &Books, account: AccountId, end: &Running) -> Finding {
    let name = called(books, account);
    let (granted, budget) = (won(end.of(Flow::Granted)), won(end.of(Flow::Budget)));
    let more = won(end.of(Flow::Granted) - end.of(Flow::Budget));
    let message = (
        format!(
            "`{}`의 교부액이 예산현액을 넘음: 예산현액 {}, 교부액 {}, 초과 {}",
            name.ko, budget.ko, granted.ko, more.ko
        ),
        format!(
            "more was granted for `{}` than its current budget: budget {}, granted {}, over by {}",
            name.en, budget.en, granted.en, more.en
        ),
    );
    Finding::new(RULE.code, books.place_of(account), message, WAY_OUT).about(key(books, account))
}

/// On some day, though not in the end.
fn on_the_way(books: &Books, account: AccountId, broken: &Broken) -> Finding {
    let name = called(books, account);
    let (day, sums) = (Date::Day(broken.day), broken.sums);
    let (granted, budget) = (won(sums.of(Flow::Granted)), won(sums.of(Flow::Budget)));
    let more = won(sums.of(Flow::Granted) - sums.of(Flow::Budget));
    let message = (
        format!(
            "`{}`의 교부액이 그때의 예산현액을 넘음(연도 끝에는 안 넘음), {day}까지: 예산현액 {}, 교부액 {}, 초과 {}",
            name.ko, budget.ko, granted.ko, more.ko
        ),
        format!(
            "more was granted for `{}` by the end of {day} than its current budget then, though not at the year's end: budget {}, granted {}, over by {}",
            name.en, budget.en, granted.en, more.en
        ),
    );
    on_day(RULE.code, books, account, broken.line, message, WAY_OUT)
}
