//! WL601: one year's budget is gross, the other's net, and no comparison of them holds.

use super::said::{key, won};
use super::{Looks, Rule, Year, pages};
use crate::audit;
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Claim, Printed, Term};
use crate::money::{Figure, Money, Unit};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL601", "basis-changed", Severity::Warning),
    page: pages!("basis_changed"),
    looks: Looks::BetweenYears(run),
};

/// What the budget of a year's lines is, beside what its documents print.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Budget {
    /// All of it, with what the grantor's own office spends.
    Gross,
    /// What is left for the grantee.
    Net,
}

fn run(before: &Year<'_>, after: &Year<'_>, findings: &mut Findings) {
    let (Some(was), Some(is)) = (basis(before), basis(after)) else { return };
    if was == is {
        return;
    }
    let books = after.books;
    let label = |budget| match budget {
        Budget::Gross => ("총예산", "gross"),
        Budget::Net => ("교부기관 집행분을 뺀 예산", "net of what the grantor's office spends"),
    };
    let of = |year: &Year<'_>| won(year.amount(AccountId::ROOT, Term::CurrentBudget));
    let (then, now) = (of(before), of(after));
    let years = [before, after].map(|year| year.books.year.fiscal_year);
    let message = (
        format!(
            "예산의 기준이 해마다 다름: {}년 {}({}), {}년 {}({})",
            years[0],
            then.ko,
            label(was).0,
            years[1],
            now.ko,
            label(is).0
        ),
        format!(
            "the budgets of two years are on different bases: {} {} ({}), {} {} ({})",
            years[0],
            then.en,
            label(was).1,
            years[1],
            now.en,
            label(is).1
        ),
    );
    let way_out = (
        "두 해의 예산을 견주기 전에 한쪽 기준으로 맞출 것: 교부기관이 직접 쓰는 금액은 장부에 적지 않음",
        "bring both to one basis before you compare them: what the grantor's office spends itself is not entered in the books",
    );
    findings.push(Finding::new(RULE.code, books.place_of_year(), message, way_out).about(key(books, AccountId::ROOT)));
}

/// Which of its printed budgets the ledger's is; nothing where that cannot be told.
fn basis(year: &Year<'_>) -> Option<Budget> {
    let budgets = [Term::OriginalBudget, Term::VotedBudget, Term::CurrentBudget];
    let amounts: Vec<Money> = budgets.iter().filter_map(|term| year.worked(AccountId::ROOT, *term).amount()).collect();
    let of_whole = |wanted: fn(Claim) -> bool| {
        let printed = year.books.printed.iter().filter(move |one| one.account == AccountId::ROOT && wanted(one.claim));
        printed.filter_map(figure)
    };
    let gross: Vec<_> = of_whole(|claim| claim == Claim::GrossBudget).collect();
    let spent: Vec<_> = of_whole(|claim| claim == Claim::GrantorSpent).collect();
    let net = of_whole(|claim| {
        matches!(claim, Claim::Term(Term::Budget | Term::CurrentBudget | Term::OriginalBudget | Term::VotedBudget))
    });
    let is =
        |&(figure, unit): &(Figure, Unit)| amounts.iter().any(|amount| !audit::rules(figure, unit, *amount).is_empty());
    let is_gross = gross.iter().any(is);
    // The net budget is printed, or is what is left of the gross one.
    let less = |amount: Money| {
        let left =
            |(all, of): &(Figure, Unit), (part, its): &(Figure, Unit)| says(*all, *of) - says(*part, *its) == amount;
        gross.iter().any(|all| spent.iter().any(|part| left(all, part)))
    };
    let is_net = net.into_iter().any(|one| is(&one)) || amounts.iter().any(|amount| less(*amount));
    match (gross.is_empty(), is_gross, is_net) {
        (false, true, false) => Some(Budget::Gross),
        (false, false, true) => Some(Budget::Net),
        _ => None,
    }
}

fn figure(printed: &Printed) -> Option<(Figure, Unit)> {
    printed.figure.zip(printed.unit)
}

/// The amount that a figure is, to its last digit.
fn says(figure: Figure, unit: Unit) -> Money {
    Money::grain(figure.decimals(), unit).times(figure.digits())
}
