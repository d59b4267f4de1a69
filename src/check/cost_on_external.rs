//! WL207: others pay for it, and it has a cost.

use super::{Looks, Rule, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Cost, Funding};
use crate::money::Money;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL207", "cost-on-external", Severity::Warning),
    page: pages!("cost_on_external"),
    looks: Looks::AtBooks(run),
};

fn run(books: &Books, findings: &mut Findings) {
    for item in &books.items {
        look(&item.id, &item.title.ko, &item.title.en, item.funding, item.planned_cost, findings);
        for part in item.parts.iter() {
            look(&item.id, &part.title.ko, &part.title.en, part.funding, part.planned_cost, findings);
        }
    }
    for done in &books.performances {
        look(&done.id, &done.title.ko, &done.title.en, done.funding, done.reported_cost, findings);
    }
}

fn look(id: &str, ko: &str, en: &str, funding: Funding, cost: Option<Cost>, findings: &mut Findings) {
    let Some(cost) = cost.filter(|cost| funding == Funding::External && cost.amount != Money::ZERO) else { return };
    let amount = super::said::won(cost.amount);
    let message = (
        format!("외부재원 사업에 적힌 금액(`{id}` {ko}): {}", amount.ko),
        format!("others pay for it, and it has a cost (`{id}` {en}): {}", amount.en),
    );
    let way_out = (
        "금액을 지우고 누가 내는지 `funding_note`(재원설명)에 적을 것. 일부를 우리가 내면 `mixed`로 하고 나눔마다 재원을 적을 것",
        "delete the cost and say in `funding_note` who pays; if some of it is ours, make it `mixed` and give each part its own funding",
    );
    findings.push(Finding::new(RULE.code, cost.span, message, way_out).about(id));
}
