//! WL305: budget is moved once its year has ended.

use super::said::key;
use super::{Looks, Rule, Which, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Kind, Line};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL305", "transfer-after-year", Severity::Error),
    page: pages!("transfer_after_year"),
    looks: Looks::AtLines(Which::Of(&[Kind::Transfer]), run),
};

fn run(books: &Books, line: &Line<'_>, findings: &mut Findings) {
    if line.date.first() <= books.year.ends.last() {
        return;
    }
    findings.push_if_kept(RULE.code, line.origin.source, || found(books, line));
}

fn found(books: &Books, line: &Line<'_>) -> Finding {
    let (last, date) = (books.year.ends.last(), line.date);
    let message = (
        format!("회계연도가 끝난({last}) 뒤의 전용: {date}"),
        format!("budget is moved after the fiscal year ended on {last}: {date}"),
    );
    let way_out = (
        "그 연도에 승인되었으면 승인한 날로 고칠 것. 아니면 지우고, 초과한 까닭을 정산에 적을 것",
        "if it was approved within the year, write that day; if not, take the line out and let the settlement say why the account was overspent",
    );
    let about = key(books, line.account);
    Finding::on_line(RULE.code, line.origin, "date", message, way_out).about(about)
}
