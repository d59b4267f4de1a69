//! WL508: reported costs that come to more than was disbursed, beyond rounding.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::{Matter, MatterSort};
use crate::finding::{Code, Findings, Severity};
use crate::ledger::{AccountId, CostKind};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL508", "performance-vs-disbursed", Severity::Warning),
    page: pages!("performance_vs_disbursed"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::TooMuch];

const WAY_OUT: (&str, &str) = (
    "소요액이 정산액인지 예산·계약액인지 `cost_kind`로 밝히고, 정산액이면 빠진 집행 줄이나 소요액에서 빼지 않은 여입을 찾을 것",
    "say by `cost_kind` whether costs are settled, budget or contract amounts; if settled, look for a payment that is missing or a refund that the costs leave out",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    // What is said to have been paid in the end cannot be more than what was paid; any other figure is only to be asked about.
    let settled = |matter: &Matter| {
        let records = year.books.performances.iter().filter(|record| record.account == matter.account);
        let mut costed = records.filter(|record| record.reported_cost.is_some()).peekable();
        let all = costed.peek().is_some() && costed.all(|record| record.cost_kind == CostKind::Settled);
        if all { Severity::Error } else { Severity::Warning }
    };
    // What is planned beyond the budget has a rule of its own.
    let of_costs = |matter: &Matter| {
        matter.account.is_some_and(|account| account != AccountId::ROOT || year.books.items.is_empty())
    };
    tell(year, &RULE, SORTS, settled, of_costs, WAY_OUT, findings);
}
