//! WL510: rows that are missing below a printed total, or stand there twice.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL510", "rows-missing", Severity::Error),
    page: pages!("rows_missing"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Rows];

const WAY_OUT: (&str, &str) = (
    "문서의 줄과 하나씩 견주어 빠진 줄은 적고 두 번 적힌 줄은 지울 것. 과목표에 없는 과목이면 `[[account]]`에도 더할 것",
    "compare it row by row with the document; an account that the chart does not have goes into `[[account]]`, too",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
