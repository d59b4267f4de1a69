//! WL505: a printed figure that the ledger does not bear out by any rounding.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL505", "claim-unexplained", Severity::Error),
    page: pages!("claim_unexplained"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Claim, MatterSort::Equality];

const WAY_OUT: (&str, &str) = (
    "장부의 줄(`wego-ledger explain`)과 문서를 견줄 것. 인쇄값은 프로그램이 고치지 않음",
    "compare the lines of the ledger (`wego-ledger explain`) with the document; printed figures are never repaired here",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
