//! What the differences of an audit are worked out from: printed figures where they stand, and sums of the ledger's lines.

use super::book::{Audit, Listed, What};
use super::say::figure_name;
use super::sheet::{CellId, Sheet};
use crate::ledger::{AccountId, Books, Claim, Planned, Printed, Scope, Sign, Slice, Term};
use crate::money::Money;
use crate::table::{Step, Why};
use crate::words::Text;

/// A printed figure as an amount that stands in a file.
pub(super) fn printed_step(books: &Books, printed: &Printed) -> Option<Step> {
    let (figure, unit) = (printed.figure?, printed.unit?);
    let amount = Money::grain(figure.decimals(), unit).times(figure.digits());
    Some(Step { name: figure_name(books, printed), amount, why: Why::Read(printed.span) })
}

/// What the ledger has of a term at an account, as the sum of its lines.
fn ledger_step(audit: &Audit<'_>, account: AccountId, term: Term, amount: Money) -> Step {
    let formula = term.formula(audit.books.year.grant_mode);
    let why = Why::Summed(Slice { account, formula, scope: Scope::All, when: audit.when });
    Step { name: term.word().text(), amount, why }
}

/// What is printed less what the ledger has.
pub(super) fn from_ledger(audit: &Audit<'_>, printed: &Printed, ledger: Option<Money>) -> Vec<(Sign, Step)> {
    let Claim::Term(term) = printed.claim else { return Vec::new() };
    let mine = printed_step(audit.books, printed).map(|step| (Sign::Plus, step));
    let theirs = ledger.map(|amount| (Sign::Minus, ledger_step(audit, printed.account, term, amount)));
    mine.into_iter().chain(theirs).collect()
}

/// The parts of a sum less what is printed for it.
pub fn residual(sheet: &Sheet, sum: usize) -> Vec<(Sign, Step)> {
    let printed = sheet.sums[sum].terms.iter().filter(|(_, cell)| sheet.figure(*cell).is_some());
    let step = |cell: CellId| Step {
        name: sheet.name(cell),
        amount: sheet.money(sheet.value(cell)),
        why: Why::Read(sheet.marks[cell].span),
    };
    printed.map(|(sign, cell)| (*sign, step(*cell))).collect()
}

/// What is listed less what it is part of.
pub(super) fn listed(audit: &Audit<'_>, list: &Listed, whole: Term) -> Vec<(Sign, Step)> {
    let books = audit.books;
    let step = |name: Text, amount: Money, why: Why| (Sign::Plus, Step { name, amount, why });
    let mut steps: Vec<(Sign, Step)> = match list.what {
        What::Costs => {
            let own = |record: &&crate::ledger::Performance| {
                record.account == Some(list.account) && record.funding != crate::ledger::Funding::External
            };
            let records = books.performances.iter().filter(own);
            records
                .filter_map(|record| record.reported_cost.map(|cost| (record, cost)))
                .map(|(record, cost)| step(record.title.clone(), cost.amount, Why::Read(cost.span)))
                .collect()
        }
        What::Plan => {
            let costs = books.items.iter().flat_map(|item| match item.own_cost() {
                Some(Planned::Whole(cost)) => vec![(item.title.clone(), cost)],
                Some(Planned::Parts(parts)) => {
                    parts.into_iter().map(|(part, cost)| (part.title.clone(), cost)).collect()
                }
                None => Vec::new(),
            });
            costs.map(|(name, cost)| step(name, cost.amount, Why::Read(cost.span))).collect()
        }
    };
    // The budget to which a list comes to the last digit is what the list itself comes to.
    let amount = if whole == Term::Budget && list.what == What::Costs { list.sum } else { list.whole };
    steps.push((Sign::Minus, ledger_step(audit, list.account, whole, amount)));
    steps
}
