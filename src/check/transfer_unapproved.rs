//! WL306: budget is moved, and no document says who approved it.

use super::said::key;
use super::{Looks, Rule, Which, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Kind, Line};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL306", "transfer-unapproved", Severity::Warning),
    page: pages!("transfer_unapproved"),
    looks: Looks::AtLines(Which::Of(&[Kind::Transfer]), run),
};

fn run(books: &Books, line: &Line<'_>, findings: &mut Findings) {
    if line.reference().is_some() {
        return;
    }
    findings.push_if_kept(RULE.code, line.origin.source, || found(books, line));
}

fn found(books: &Books, line: &Line<'_>) -> Finding {
    let path = |id| books.accounts.get(id).path.as_str();
    let (from, to) = (path(line.account), line.other.map(path).unwrap_or_default());
    let message = (
        format!("승인한 문서의 번호가 없는 전용: `{from}` → `{to}`"),
        format!("budget is moved without the number of a document that approved it: `{from}` → `{to}`"),
    );
    let way_out = (
        "승인한 문서의 번호를 증빙번호(`ref`)에, 사유를 적요(`memo`)에 적을 것",
        "write the number of the document that approved it into `ref`, and the reason into `memo`",
    );
    let about = key(books, line.account);
    Finding::on_line(RULE.code, line.origin, "ref", message, way_out).about(about)
}
