//! WL210: what was planned and is not told of, and what was done and not planned.

use super::{Looks, Rule, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, ItemId};
use std::collections::HashSet;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL210", "performance-unmatched", Severity::Info),
    page: pages!("performance_unmatched"),
    looks: Looks::AtBooks(run),
};

fn run(books: &Books, findings: &mut Findings) {
    // Where one of the lists is missing, nothing is missing from it.
    if books.items.is_empty() || books.performances.is_empty() {
        return;
    }
    let done: HashSet<ItemId> = books.performances.iter().filter_map(|done| done.item).collect();
    let told: HashSet<&str> = books.performances.iter().filter_map(|done| done.program.as_deref()).collect();
    for (id, item) in books.items() {
        if done.contains(&id) || item.program.as_deref().is_some_and(|program| told.contains(program)) {
            continue;
        }
        let message = (
            format!("추진실적이 없는 사업: `{}` {}", item.id, item.title.ko),
            format!("no record tells of this item: `{}` {}", item.id, item.title.en),
        );
        let way_out = (
            "추진실적을 적고 `item`(사업)으로 이을 것. 하지 않았으면 그렇게 적은 실적을 둘 것",
            "write a record and link it by `item`; if it was dropped, let a record say so",
        );
        findings.push(Finding::new(RULE.code, item.span, message, way_out).about(item.id.clone()));
    }
    let planned: HashSet<&str> = books.items.iter().filter_map(|item| item.program.as_deref()).collect();
    for record in &books.performances {
        if record.item.is_some() || record.program.as_deref().is_some_and(|program| planned.contains(program)) {
            continue;
        }
        let message = (
            format!("사업계획에 없는 추진실적: `{}` {}", record.id, record.title.ko),
            format!("no item planned what this record tells of: `{}` {}", record.id, record.title.en),
        );
        let way_out = (
            "계획한 사업이면 `item`(사업)으로 이을 것. 계획에 없던 일이면 변경 승인을 확인하고 `[[accept]]`에 적을 것",
            "link it by `item` to what was planned; if it was not planned, see that the change was approved and `[[accept]]` it",
        );
        findings.push(Finding::new(RULE.code, record.span, message, way_out).about(record.id.clone()));
    }
}
