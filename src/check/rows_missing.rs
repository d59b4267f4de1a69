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

const WAY_OUT: (&str, &str) = ("문서의 줄과 하나씩 견줄 것", "compare it row by row with the document");

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
