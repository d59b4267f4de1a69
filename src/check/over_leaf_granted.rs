//! WL407: more was paid on an account than was received for it.

use super::ceiling::Breach;
use super::days::Flow;
use super::year::{controlled, leaves};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Findings, Severity};
use crate::ledger::AccountId;
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL407", "over-leaf-granted", Severity::Warning),
    page: pages!("over_leaf_granted"),
    looks: Looks::AtReceipts(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    // Where the cash binds there, it is overdrawn (WL406) and not only another account's.
    let bound = controlled(books, books.year.cash_control);
    let wanted = |account: &AccountId| !bound.contains(account) && !year.rolled.is_pooled(*account, Year::RECEIVED);
    let accounts: Vec<AccountId> = leaves(books).into_iter().filter(wanted).collect();
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
            "다른 과목의 집행이면 `과목경정`으로 옮기고, 다른 과목 몫의 교부면 과목을 고칠 것. 교부액을 과목 구분 없이 쓰기로 했으면 교부 줄의 과목을 `계`로 적을 것",
            "move spending that is another account's by a `reclassification`, or mend the account of the grant; if the grant is for all accounts together, enter it at the root (`계`)",
        );
        findings.push(breach.found(RULE.code, books, *account, message, way_out));
    }
}
