//! WL307: money that came back after the year lowers its spending.

use super::said::key;
use super::{Looks, Rule, Which, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Kind, Line};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL307", "refund-wrong-year", Severity::Error),
    page: pages!("refund_wrong_year"),
    looks: Looks::AtLines(Which::Of(&[Kind::Refund]), run),
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
        format!("회계연도가 끝난({last}) 뒤의 여입: {date}"),
        format!("a refund after the fiscal year ended on {last}: {date}"),
    );
    let way_out = (
        "구분을 `과년도여입`(`recovery`)으로 고칠 것. 그 연도에 들어왔으면 날짜를 고칠 것",
        "enter it as a `recovery`; if the money came back within the year, mend the date",
    );
    let about = key(books, line.account);
    Finding::on_line(RULE.code, line.origin, "date", message, way_out).about(about)
}
