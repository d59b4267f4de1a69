//! WL404: more was granted than the current budget.

use super::ceiling::{Breach, Held};
use super::days::Flow;
use super::year::controlled;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Findings, Severity};
use crate::ledger::{AccountId, Formula, Measure, Sign, Term};
use crate::tally::Worked;
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL404", "grant-over-budget", Severity::Error),
    page: pages!("grant_over_budget"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    let accounts = looked_at(year);
    for (account, course) in accounts.iter().zip(year.courses(&accounts)) {
        let Some(breach) = Breach::of(&course, Flow::Budget, Some(Flow::Granted)) else { continue };
        // A supplement or what is carried in may be on its way.
        let severity = if breach.at_the_end == Held::No { Severity::Error } else { Severity::Warning };
        let ([name, had, went], day, short) = (breach.said(books, *account), breach.day, breach.short());
        let message = Text::new(
            format!(
                "{day}에 `{}`의 교부액이 예산현액을 넘음: 예산현액 {}, 교부액 {}, 초과 {}",
                name.ko, had.ko, went.ko, short.ko
            ),
            format!(
                "more is granted to `{}` by {day} than its current budget: budget {}, granted {}, over by {}",
                name.en, had.en, went.en, short.en
            ),
        );
        let way_out = (
            "빠진 추경·이월받음·교부감액 줄을 적거나, 다른 과목의 교부면 과목을 고칠 것",
            "enter the supplement, carry-in or grant cut that is missing; if the grant is another account's, mend its account",
        );
        findings.push(breach.found(RULE.code, books, *account, message, way_out).graded(severity));
    }
}

/// Where budget binds and grants are not pooled above, and where grants are entered; in the order of the chart. Where
/// there is no budget at all, it is the budget that is missing.
fn looked_at(year: &Year<'_>) -> Vec<AccountId> {
    let books = year.books;
    let control = controlled(books, books.year.budget_control);
    let wanted = |id: AccountId| {
        let binds =
            control.contains(&id) && !year.rolled.is_pooled(id, GRANTED) && year.rolled.has(id, Measure::Granted);
        let own = year.tally.own(id).get(Measure::Granted).is_some();
        (binds || own) && year.worked(id, Term::CurrentBudget) != Worked::NoLines
    };
    books.accounts.parents_first().map(|(id, _)| id).filter(|id| wanted(*id)).collect()
}

const GRANTED: Formula = &[(Sign::Plus, Measure::Granted)];
