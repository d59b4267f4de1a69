//! WL507: a rate printed as 100 % while something is left, or as 0 % while something was spent.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL507", "rate-saturated", Severity::Warning),
    page: pages!("rate_saturated"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Saturated];

const WAY_OUT: (&str, &str) = (
    "소수 자리를 더 보이게 인쇄하거나, 100% 아래에서는 절사하여 `99.9%`로 할 것",
    "print more decimals, or cut what is below 100% instead of rounding it up: `99.9%`",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
