//! WL403: more budget is taken from an account than it has.

use super::ceiling::Breach;
use super::days::Flow;
use super::said::won;
use super::year::leaves;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Findings, Severity};
use crate::money::Money;
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL403", "budget-negative", Severity::Error),
    page: pages!("budget_negative"),
    looks: Looks::AtSums(run),
};

// What stands above falls below nothing only where something below it does.
fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    let accounts = leaves(books);
    for (account, course) in accounts.iter().zip(year.courses(&accounts)) {
        let Some(breach) = Breach::of(&course, Flow::Budget, None) else { continue };
        let ([name, had, _], day) = (breach.said(books, *account), breach.day);
        let before: Money = course.range(..day).map(|(_, one)| one.of(Flow::Budget)).sum();
        let (before, short) = (won(before), breach.short());
        let message = Text::new(
            format!(
                "{day}에 `{}`의 예산현액이 0보다 작아짐: 그 전 {}, 그날 뒤 {}, 부족 {}",
                name.ko, before.ko, had.ko, short.ko
            ),
            format!(
                "the current budget of `{}` falls below nothing on {day}: before {}, after {}, short by {}",
                name.en, before.en, had.en, short.en
            ),
        );
        let way_out = (
            "빠진 예산·추경·전용 줄을 적거나, 전용·감액한 금액과 날짜를 승인 문서와 같게 고칠 것",
            "enter the budget, supplement or transfer that is missing, or mend the amount or the date of what was taken by its document",
        );
        findings.push(breach.found(RULE.code, books, *account, message, way_out));
    }
}
