//! WL403: an account gave away more budget than it had.

use super::course::{Broken, Course, Flow};
use super::said::{called, won};
use super::year::{leaves, on_day, place};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Books, Date};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL403", "budget-negative", Severity::Error),
    page: pages!("budget_negative"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    let leaves = leaves(books);
    for (account, course) in leaves.iter().zip(year.courses(&leaves)) {
        let Some(broken) = course.first_broken(&[Flow::Budget], |sums| sums.of(Flow::Budget).is_negative()) else {
            continue;
        };
        let source = place(books, *account, broken.line).source;
        findings.push_if_kept(RULE.code, source, || found(books, *account, course, &broken));
    }
}

fn found(books: &Books, account: AccountId, course: &Course, broken: &Broken) -> Finding {
    let (name, day) = (called(books, account), Date::Day(broken.day));
    let (then, end) = (won(broken.sums.of(Flow::Budget)), course.in_the_end().of(Flow::Budget));
    let later = won(end);
    let message = (
        format!("`{}`의 예산현액이 0보다 작아짐, {day}까지: {}, 연도 끝에는 {}", name.ko, then.ko, later.ko),
        format!(
            "the current budget of `{}` is below zero by the end of {day}: {}, and at the year's end {}",
            name.en, then.en, later.en
        ),
    );
    let way_out = (
        "빠진 예산·추경 줄이 있으면 적고, 전용·감액의 금액이나 일자, 과목이 맞는지 볼 것",
        "enter the budget or supplement that is missing, or see whether amount, date and account of the cut or transfer are right",
    );
    on_day(RULE.code, books, account, broken.line, message, way_out)
}
