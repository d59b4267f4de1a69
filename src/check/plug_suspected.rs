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

const WAY_OUT: (&str, &str) = (
    "항목마다 실제로 지급한 금액인지 묻고, 나머지를 채워 넣은 항목이 있는지 볼 것",
    "ask of each item whether it is what was paid, and whether one of them fills the rest",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
