//! WL506: one quantity that documents print with different values.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL506", "text-vs-table", Severity::Warning),
    page: pages!("text_vs_table"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Twice];

const WAY_OUT: (&str, &str) = (
    "어느 쪽이 맞는지 문서를 낸 곳에 물을 것. 기준이나 시점이 다르면 따로 적을 것",
    "ask which of them is right; if they are of another basis or day, enter them as such",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
