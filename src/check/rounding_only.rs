//! WL504: printed figures that do not add up, and which rounding explains.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL504", "rounding-only", Severity::Warning),
    page: pages!("rounding_only"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Rounding];

const WAY_OUT: (&str, &str) = (
    "고칠 것은 없음. 표 아래에 `※ 단위 미만 반올림으로 합계가 일치하지 않을 수 있음`을 달거나, 알고 있으면 `[[accept]]`로 밝힐 것",
    "nothing is to be mended: add a note on rounding below the table, or say that it is known by `[[accept]]`",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
