//! WL416: more was spent in the last month than the year allows without a question.

use super::said::{key, percent, won};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Measure, Term};
use crate::money::Rate;
use crate::tally::{Axis, Months};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL416", "december-rush", Severity::Info),
    page: pages!("december_rush"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    let Some(bound) = books.year.december_share else { return };
    let months = Months::of(books);
    let last = months.count().saturating_sub(1);
    let sums = &year.tally.along(Axis::Month).months()[months.month(last)];
    // What knows no month is no part of the last one.
    let spent = sums.get(Measure::Disbursed).unwrap_or_default();
    let whole = year.amount(AccountId::ROOT, Term::Disbursed);
    if !Rate::of(spent, whole).is_some_and(|rate| rate.is_above(bound)) {
        return;
    }
    let (share, month) = (percent(spent, whole), months.date(last));
    let (spent, whole) = (won(spent), won(whole));
    let message = (
        format!(
            "마지막 달({month})의 집행이 기준 {bound}을 넘음: 연간 집행액 {}, 마지막 달 {}{share}",
            whole.ko, spent.ko
        ),
        format!(
            "spending of the last month ({month}) is above {bound}: disbursed in the year {}, in that month {}{share}",
            whole.en, spent.en
        ),
    );
    let way_out = (
        "마지막 달의 집행이 연내 사업에 쓰였는지 증빙을 보고, 까닭을 보고에 밝힐 것",
        "see from the vouchers whether the last month's spending was for this year's work, and say why in the report",
    );
    findings.push(Finding::new(RULE.code, books.place_of_year(), message, way_out).about(key(books, AccountId::ROOT)));
}
