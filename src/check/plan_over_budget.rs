//! WL414: more is planned than there is budget for.

use super::said::{called, key, won};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Books, ItemId, Planned, Term};
use crate::money::Money;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL414", "plan-over-budget", Severity::Error),
    page: pages!("plan_over_budget"),
    looks: Looks::AtSums(run),
};

/// What items are to cost those who keep the book; nothing where none states it.
pub(super) fn planned<'b>(books: &'b Books, items: impl IntoIterator<Item = &'b ItemId>) -> Option<Money> {
    let costs = items.into_iter().filter_map(|id| books.item(*id).own_cost());
    costs.map(|cost: Planned<'_>| cost.amount()).reduce(|a, b| a + b)
}

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    // Where a year keeps no budget, there is nothing to be over.
    if !year.keeps_budget() {
        return;
    }
    let mut charged = books.charged();
    charged[AccountId::ROOT.index()] = books.items().map(|(id, _)| id).collect();
    // By how much the accounts below one are over, as far as that was said.
    let mut said = vec![Money::ZERO; books.accounts.len()];
    let mut found = Vec::new();
    for (id, account) in books.accounts.parents_first().rev() {
        let plan = planned(books, &charged[id.index()]).unwrap_or_default();
        let budget = year.amount(id, Term::CurrentBudget);
        // What is over further down makes the whole over, too, and is said once. Where nothing is planned it is the budget
        // that is wrong (WL403).
        if plan > Money::ZERO && plan - budget > said[id.index()] {
            found.push(over(books, id, plan, budget));
            said[id.index()] = plan - budget;
        }
        if id != AccountId::ROOT {
            let below = said[id.index()];
            said[account.parent.index()] += below;
        }
    }
    found.into_iter().rev().for_each(|finding| findings.push(finding));
}

fn over(books: &Books, account: AccountId, plan: Money, budget: Money) -> Finding {
    let name = called(books, account);
    let (over, plan, budget) = (won(plan - budget), won(plan), won(budget));
    let message = (
        format!(
            "`{}`의 소요예산이 예산현액을 넘음: 예산현액 {}, 소요예산 {}, 차이 {}",
            name.ko, budget.ko, plan.ko, over.ko
        ),
        format!(
            "more is planned on `{}` than its budget: current budget {}, planned {}, over by {}",
            name.en, budget.en, plan.en, over.en
        ),
    );
    let way_out = (
        "사업의 `planned_cost`를 줄이거나 예산을 늘릴 것; 다른 기관이 내는 돈이면 `funding = \"external\"`로 적을 것",
        "cut the `planned_cost` of items, or raise the budget; what others pay is `funding = \"external\"`",
    );
    Finding::new(RULE.code, books.place_of(account), message, way_out).about(key(books, account))
}
