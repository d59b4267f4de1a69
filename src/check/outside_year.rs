//! WL303: a line is dated before the fiscal year or after it.

use super::said::key;
use super::{Looks, Rule, Which, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Kind, Line};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL303", "outside-year", Severity::Error),
    page: pages!("outside_year"),
    looks: Looks::AtLines(Which::OutsideYear, run),
};

/// Local governments post listed cases late, until 20 January (지방회계법 §7, 시행령 §3).
const LATE_DAYS: i64 = 20;

fn run(books: &Books, line: &Line<'_>, findings: &mut Findings) {
    let year = &books.year;
    let (first, last) = (year.starts.first(), year.ends.last());
    // A correction belongs to the time of what it corrects.
    let kind = line.corrects.unwrap_or(line.kind);
    let (said, severity) = if line.date.last() < first {
        if matches!(kind, Kind::Budget | Kind::GrantDecision | Kind::CarryIn) {
            return;
        }
        (("전의", "before"), Severity::Error)
    } else if line.date.first() > last {
        let of_settlement = matches!(kind, Kind::Return | Kind::Disallowance | Kind::Recovery | Kind::Interest);
        if of_settlement || matches!(line.kind, Kind::Transfer | Kind::Refund) {
            return;
        }
        let late = (line.date.first() - last).num_days() <= LATE_DAYS;
        (("후의", "after"), if late { Severity::Warning } else { Severity::Error })
    } else {
        return;
    };
    findings.push_if_kept(RULE.code.graded(severity), line.origin.source, || found(books, line, said));
}

fn found(books: &Books, line: &Line<'_>, (ko, en): (&str, &str)) -> Finding {
    let (first, last) = (books.year.starts.first(), books.year.ends.last());
    let (word, date) = (line.kind.word(), line.date);
    let message = (
        format!("회계연도({first}~{last}) {ko} `{}` 줄: {date}", word.ko),
        format!("a line of kind `{}` {en} the fiscal year, {first} to {last}: {date}", word.id),
    );
    let way_out = (
        "증빙의 날짜로 고치고, 다른 연도의 돈이면 그 연도로 옮길 것",
        "mend the date by its voucher; if it is another year's money, move the line into that year",
    );
    let about = key(books, line.account);
    Finding::on_line(RULE.code, line.origin, "date", message, way_out).about(about)
}
