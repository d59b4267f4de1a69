//! WL509: reported costs that come to the budget to the last digit, though something else was spent.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL509", "plug-suspected", Severity::Info),
    page: pages!("plug_suspected"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Plug];

const WAY_OUT: (&str, &str) =
    ("마지막 항목이 나머지를 채운 것인지 물을 것", "ask whether one of the items fills the rest");

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
