//! WL406: more was paid than had been received by then, where the cash is pooled.

use super::ceiling::Breach;
use super::days::Flow;
use super::year::controlled;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Findings, Severity};
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL406", "cash-overdrawn", Severity::Error),
    page: pages!("cash_overdrawn"),
    looks: Looks::AtReceipts(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    // Where money is received for more than an account, nobody knows what of it is this one's.
    let mut accounts = controlled(books, books.year.cash_control);
    accounts.retain(|account| !year.rolled.is_pooled(*account, Year::RECEIVED));
    for (account, course) in accounts.iter().zip(year.courses(&accounts)) {
        let Some(breach) = Breach::of(&course, Flow::Received, Some(Flow::Paid)) else { continue };
        let ([name, had, went], day, short) = (breach.said(books, *account), breach.day, breach.short());
        let message = Text::new(
            format!(
                "{day}에 `{}`의 집행액이 들어온 돈을 넘음: 들어온 돈 {}, 집행액 {}, 부족 {}",
                name.ko, had.ko, went.ko, short.ko
            ),
            format!(
                "more is disbursed on `{}` by {day} than was received: received {}, disbursed {}, short by {}",
                name.en, had.en, went.en, short.en
            ),
        );
        let way_out = (
            "빠진 교부·자부담·이월받음·여입 줄을 적거나, 날짜를 통장과 같게 고칠 것. 먼저 지급하고 나중에 받았으면 그 까닭을 `[[accept]]`에 적을 것",
            "enter the grant, own funds, carry-in or refund that is missing, or mend the dates by the bank book; if it was paid before the money came, `[[accept]]` it with the reason",
        );
        findings.push(breach.found(RULE.code, books, *account, message, way_out));
    }
}
