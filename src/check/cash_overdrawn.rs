//! WL406: on some day more had been paid than received, where the cash is controlled.

use super::course::{Broken, Course, Flow, Running};
use super::said::{called, won};
use super::year::{controlled, on_day, place};
use super::{Looks, Rule, Year, over_leaf_granted, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Books, Date, Measure};
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL406", "cash-overdrawn", Severity::Error),
    page: pages!("cash_overdrawn"),
    looks: Looks::AtSums(where_controlled),
};

/// Why this rule and that of the leaves have nothing to go by, where they have not.
pub(super) fn silent(year: &Year<'_>) -> Option<(&'static [Code], Text)> {
    let books = year.books;
    let spent = year.rolled.has(AccountId::ROOT, Measure::Disbursed);
    if spent && !year.keeps_receipts() {
        let reason = Text::new(
            "받은 돈(교부·자부담·이월받음)의 줄이 없어 집행과 맞대어 볼 것이 없음",
            "no money received is kept (grant, own funds, carry-in) that payments could be held against",
        );
        return Some((&[RULE.code, over_leaf_granted::RULE.code], reason));
    }
    let pooled = |account: &AccountId| year.receipts_pooled_above(*account);
    let reason = Text::new(
        "받은 돈이 `cash_control`의 과목보다 위의 과목에 적혀 있어 나누어 볼 수 없음",
        "money is received for accounts above those of `cash_control`, and nothing says which part is whose",
    );
    let all_pooled = spent && controlled(books, books.year.cash_control).iter().all(pooled);
    all_pooled.then_some((&[RULE.code], reason))
}

fn where_controlled(year: &Year<'_>, findings: &mut Findings) {
    look(year, RULE.code, &controlled(year.books, year.books.year.cash_control), findings);
}

/// Holds what was paid from some accounts against what was received for them, day by day.
pub(super) fn look(year: &Year<'_>, code: Code, accounts: &[AccountId], findings: &mut Findings) {
    if !year.keeps_receipts() {
        return;
    }
    for (account, course) in accounts.iter().zip(year.courses(accounts)) {
        if year.receipts_pooled_above(*account) {
            continue;
        }
        // On one day money comes in before it goes out, so days are held to what they end with.
        let over = |sums: &Running| sums.of(Flow::Paid) > sums.of(Flow::Received);
        let Some(broken) = course.first_broken(&[Flow::Paid, Flow::Received], over) else { continue };
        let source = place(year.books, *account, broken.line).source;
        findings.push_if_kept(code, source, || overdrawn(year.books, code, *account, course, &broken));
    }
}

fn overdrawn(books: &Books, code: Code, account: AccountId, course: &Course, broken: &Broken) -> Finding {
    let (name, day) = (called(books, account), Date::Day(broken.day));
    let (received, paid) = (broken.sums.of(Flow::Received), broken.sums.of(Flow::Paid));
    let mut short = won(paid - received);
    // The first day is where to look; how bad it gets is what has to be made good.
    let most = course.worst(|sums| sums.of(Flow::Paid) - sums.of(Flow::Received));
    if let Some((day, most)) = most.filter(|(_, most)| *most > paid - received) {
        let most = won(most);
        short.ko.push_str(&format!("(가장 클 때는 {}, {day}까지)", most.ko));
        short.en.push_str(&format!(" (at worst by {}, by the end of {day})", most.en));
    }
    let (received, paid) = (won(received), won(paid));
    let message = (
        format!(
            "`{}`의 집행 누계가 받은 돈을 넘음, {day}까지: 받은 돈 {}, 집행 {}, 모자란 돈 {}",
            name.ko, received.ko, paid.ko, short.ko
        ),
        format!(
            "more was paid from `{}` by the end of {day} than was received: received {}, disbursed {}, short by {}",
            name.en, received.en, paid.en, short.en
        ),
    );
    let way_out = (
        "빠진 교부·자부담·여입 줄이 있으면 적고, 집행과 교부의 일자가 통장과 맞는지 볼 것",
        "enter the grant, own funds or refund that is missing, or see whether the dates are those of the bank account",
    );
    on_day(code, books, account, broken.line, message, way_out)
}
