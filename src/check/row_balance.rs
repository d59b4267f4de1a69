//! WL501: a printed row whose figures do not follow from one another by any rounding.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL501", "row-balance", Severity::Error),
    page: pages!("row_balance"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Across, MatterSort::Rate];

const WAY_OUT: (&str, &str) = (
    "옮겨 적은 숫자를 문서와 견주고, 문서가 틀렸으면 고쳐 달라고 할 것. 인쇄값은 프로그램이 고치지 않음",
    "compare it with the document; if the document is wrong, have it corrected: printed figures are never repaired here",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
