//! WL502: a printed total that no rounding makes the sum of its rows.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL502", "total-vs-rows", Severity::Error),
    page: pages!("total_vs_rows"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Total];

const WAY_OUT: (&str, &str) = (
    "빠지거나 두 번 적힌 줄, 잘못 옮긴 숫자가 있는지 문서와 견줄 것",
    "look for a row that is missing or stands twice, or a figure that was copied wrongly",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
