//! WL412: money that went back after the day by which it was due.

use super::said::won;
use super::{Looks, Rule, Which, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Kind, Line};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL412", "settlement-late", Severity::Warning),
    page: pages!("settlement_late"),
    looks: Looks::AtLines(Which::Of(&[Kind::Return]), run),
};

fn run(books: &Books, line: &Line<'_>, findings: &mut Findings) {
    let Some(due) = books.year.settlement_due else { return };
    // A coarse date is late only where all that it may mean is.
    let days = line.date.first().signed_duration_since(due.last()).num_days();
    if days <= 0 {
        return;
    }
    let amount = won(line.amount);
    let message = (
        format!("기한보다 {days}일 늦게 반납함: 기한 {due}, 반납일 {}, 반납액 {}", line.date, amount.ko),
        format!(
            "returned late by {days} {}: due {due}, returned on {}, {}",
            if days == 1 { "day" } else { "days" },
            line.date,
            amount.en
        ),
    );
    let way_out = (
        "날짜가 맞으면 교부기관의 승인 문서를 남기고 `[[accept]]`로 밝힐 것; 기한이 미뤄졌으면 `settlement_due`를 고칠 것",
        "if the date is right, keep what the grantor agreed to and say so by `[[accept]]`; if the day was put off, mend `settlement_due`",
    );
    let found = Finding::on_line(RULE.code, line.origin, "date", message, way_out);
    findings.push(match line.reference() {
        Some(number) => found.about(number),
        None => found,
    });
}
