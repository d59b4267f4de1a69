//! WL408: more was paid than had been committed.

use super::said::{called, key, won};
use super::year::leaves;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Books, Measure, Term};
use crate::money::Money;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL408", "commitment-exceeded", Severity::Error),
    page: pages!("commitment_exceeded"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    for account in leaves(books) {
        let (committed, spent) = (year.amount(account, Term::Committed), year.amount(account, Term::Disbursed));
        if !year.rolled.has(account, Measure::Committed) || spent <= committed {
            continue;
        }
        findings.push_if_kept(RULE.code, books.place_of(account).source, || found(books, account, committed, spent));
    }
}

fn found(books: &Books, account: AccountId, committed: Money, spent: Money) -> Finding {
    let name = called(books, account);
    let (over, committed, spent) = (won(spent - committed), won(committed), won(spent));
    let message = (
        format!(
            "`{}`의 집행액이 지출원인행위액을 넘음: 지출원인행위액 {}, 집행액 {}, 차이 {}",
            name.ko, committed.ko, spent.ko, over.ko
        ),
        format!(
            "more was disbursed on `{}` than was committed: committed {}, disbursed {}, over by {}",
            name.en, committed.en, spent.en, over.en
        ),
    );
    let way_out = (
        "빠진 원인행위 줄을 적을 것; 이 과목의 작은 지출은 원인행위를 적지 않는 것이 방침이면 `[[accept]]`로 밝힐 것",
        "enter the commitment that is missing; if small payments of this account are made without one by policy, say so by `[[accept]]`",
    );
    Finding::new(RULE.code, books.place_of(account), message, way_out).about(key(books, account))
}
