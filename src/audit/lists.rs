//! Amounts that documents list one by one, against the amount that they are part of.

use super::against::worked;
use super::book::{Audited, ListStand, Listed, What};
use super::readings::under;
use crate::ledger::{AccountId, Books, Claim, Term};
use crate::money::{Money, Range, Reading, Rounding};
use crate::tally::Rolled;
use std::collections::BTreeMap;

/// The rules that offices print amounts by; raising every amount is not among them.
const CUSTOMARY: [Rounding; 4] = [Rounding::HalfUp, Rounding::HalfEven, Rounding::HalfDown, Rounding::Floor];

/// Reported costs against what was disbursed, account by account, and planned costs against the budget.
pub(super) fn lists(books: &Books, rolled: &Rolled, tables: &[Audited]) -> Vec<Listed> {
    let mut found = Vec::new();
    let mut by_account: BTreeMap<AccountId, Vec<(Money, Money)>> = BTreeMap::new();
    for record in books.performances.iter().filter(|record| record.funding != crate::ledger::Funding::External) {
        if let (Some(account), Some(cost)) = (record.account, record.reported_cost) {
            by_account.entry(account).or_default().push((cost.amount, cost.grain));
        }
    }
    for (account, costs) in by_account {
        let Some(whole) = worked(books, rolled, account, Term::Disbursed).amount() else { continue };
        let sum: Money = costs.iter().map(|(amount, _)| *amount).sum();
        let budget = worked(books, rolled, account, Term::Budget).amount();
        let stand = list_stand(&costs, whole, |rule| printed_range(tables, account, Term::Disbursed, rule));
        let is_budget = budget == Some(sum) && sum != whole;
        found.push(Listed { what: What::Costs, account, count: costs.len(), sum, whole, stand, is_budget });
    }
    let planned: Vec<Money> = books.items.iter().filter_map(|item| item.own_cost().map(|cost| cost.amount())).collect();
    if let (false, Some(whole)) = (planned.is_empty(), worked(books, rolled, AccountId::ROOT, Term::Budget).amount()) {
        let sum: Money = planned.iter().copied().sum();
        let stand = match sum.cmp(&whole) {
            std::cmp::Ordering::Equal => ListStand::Whole,
            std::cmp::Ordering::Less => ListStand::Partial,
            std::cmp::Ordering::Greater => ListStand::TooMuch { gap: sum - whole, only: None },
        };
        let (account, count) = (AccountId::ROOT, planned.len());
        found.push(Listed { what: What::Plan, account, count, sum, whole, stand, is_budget: false });
    }
    found
}

/// What a printed table leaves to a cell, where it is possible by a rule everywhere: narrower than the ledger's amount
/// is known to be, and what a list is held against.
fn printed_range(tables: &[Audited], account: AccountId, term: Term, rule: Rounding) -> Option<(Money, Range)> {
    tables.iter().find_map(|table| {
        let row = table.sheet.rows.iter().position(|row| row.account == Some(account))?;
        let column = table.sheet.columns.iter().position(|column| column.claim == Some(Claim::Term(term)))?;
        let readings: Vec<Option<Reading>> =
            table.exact.iter().map(|exact| Some(if *exact { Reading::Exactly } else { Reading::By(rule) })).collect();
        let cell = table.sheet.cell(row, column);
        table.sheet.figure(cell)?;
        let alone = table.sheet.range(cell, Some(Reading::By(rule)));
        let range = under(&table.sheet, &readings).ranges().map_or(alone, |ranges| ranges[cell]);
        Some((table.sheet.grain, range))
    })
}

fn list_stand(
    costs: &[(Money, Money)],
    whole: Money,
    printed: impl Fn(Rounding) -> Option<(Money, Range)>,
) -> ListStand {
    let sum: Money = costs.iter().map(|(amount, _)| *amount).sum();
    if sum == whole {
        return ListStand::Whole;
    }
    let gap = |rule: Rounding| -> Money {
        let target = printed(rule);
        let grain = target.map_or(Money::from_won(1), |(grain, _)| grain);
        let finest = costs.iter().map(|(_, step)| *step).chain([grain]).min().unwrap_or(grain);
        let ranges = costs.iter().map(|(amount, step)| {
            Reading::By(rule).range(amount.as_weight() / step.as_weight(), step.as_weight() / finest.as_weight())
        });
        let list = ranges.fold(Range::only(0), Range::plus);
        let scale = grain.as_weight() / finest.as_weight();
        let whole = match target {
            Some((_, range)) => Range { low: range.low * scale, high: range.high * scale + scale - 1 },
            None => Range::only(whole.as_weight() / finest.as_weight()),
        };
        finest.times(whole.gap_to(list))
    };
    let explains: Vec<Rounding> = CUSTOMARY.into_iter().filter(|rule| gap(*rule).is_zero()).collect();
    if !explains.is_empty() {
        return ListStand::Rounded(explains);
    }
    if sum < whole {
        return ListStand::Partial;
    }
    let least = CUSTOMARY.into_iter().map(gap).min_by_key(|gap| gap.abs()).unwrap_or_default();
    let only = Some(Rounding::Ceil).filter(|rule| gap(*rule).is_zero());
    ListStand::TooMuch { gap: least, only }
}
