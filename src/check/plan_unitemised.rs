//! WL415: budget of which the plan does not say what it is for.

use super::plan_over_budget::planned;
use super::said::{key, percent, won};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, ItemId, Term};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL415", "plan-unitemised", Severity::Info),
    page: pages!("plan_unitemised"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    let items: Vec<ItemId> = books.items().map(|(id, _)| id).collect();
    let Some(plan) = planned(books, &items) else { return };
    let budget = year.amount(AccountId::ROOT, Term::CurrentBudget);
    if plan >= budget {
        return;
    }
    let share = percent(budget - plan, budget);
    let (rest, plan, budget) = (won(budget - plan), won(plan), won(budget));
    let message = (
        format!(
            "사업계획에 담기지 않은 예산이 있음: 예산현액 {}, 소요예산 {}, 차이 {}{share}",
            budget.ko, plan.ko, rest.ko
        ),
        format!(
            "a part of the budget is in no planned project: current budget {}, planned {}, not itemised {}{share}",
            budget.en, plan.en, rest.en
        ),
    );
    let way_out = (
        "빠진 사업을 적거나, 인건비처럼 사업이 아닌 예산이면 `[[accept]]`로 밝힐 것",
        "enter the items that are missing; if the rest is for no projects, as staff costs are, say so by `[[accept]]`",
    );
    findings.push(Finding::new(RULE.code, books.place_of_year(), message, way_out).about(key(books, AccountId::ROOT)));
}
