//! What items are planned to cost and what records say they did, each with the place where it is written.
//!
//! What others pay (외부재원) stands beside the plan and enters no sum.

use crate::ledger::{AccountId, Books, Cost, Funding, Item, ItemId, Performance, Sign};
use crate::table::{Cell, Step, Why};
use crate::words::Text;

/// What an item is to cost those who keep the book: of a mixed one its own parts, where these state a cost; else its own
/// figure, unless a part of others states one, which that figure may include.
pub(super) fn own_cost(item: &Item) -> Cell {
    let parts = || parts_of(item, |funding| funding != Funding::External);
    let whole = || stated(item.planned_cost);
    let found = match item.funding {
        Funding::External => None,
        Funding::Own => whole().or_else(parts),
        Funding::Mixed if parts_of(item, |funding| funding == Funding::External).is_some() => parts(),
        Funding::Mixed => parts().or_else(whole),
    };
    found.unwrap_or(Cell::blank(Why::NoLines))
}

/// What others pay for an item, where that is stated.
pub(super) fn external_cost(item: &Item) -> Cell {
    let found = match item.funding {
        Funding::External => {
            stated(item.planned_cost).or_else(|| parts_of(item, |funding| funding == Funding::External))
        }
        Funding::Mixed | Funding::Own => parts_of(item, |funding| funding == Funding::External),
    };
    found.unwrap_or(Cell::blank(Why::NoLines))
}

/// An amount that stands in a file.
pub(super) fn stated(cost: Option<Cost>) -> Option<Cell> {
    cost.map(|cost| Cell::amount(cost.amount, Why::Read(cost.span)))
}

fn parts_of(item: &Item, wanted: impl Fn(Funding) -> bool) -> Option<Cell> {
    let parts = item.parts.iter().filter(|part| wanted(part.funding));
    let steps: Vec<(Sign, Step)> = parts
        .filter_map(|part| stated(part.planned_cost)?.step(part.title.clone()))
        .map(|step| (Sign::Plus, step))
        .collect();
    (!steps.is_empty()).then(|| Cell::worked(steps))
}

/// The sum of cells that say an amount, each under its name; blank where none does.
pub(super) fn sum(parts: impl IntoIterator<Item = (Text, Cell)>) -> Cell {
    Cell::worked(parts.into_iter().filter_map(|(name, cell)| Some((Sign::Plus, cell.step(name)?))).collect())
}

/// What items are to cost together.
pub(super) fn own_costs<'b>(items: impl IntoIterator<Item = &'b Item>) -> Cell {
    sum(items.into_iter().map(|item| (named(item), own_cost(item))))
}

/// An item by its key and title, as its figures are told apart by.
pub(super) fn named(item: &Item) -> Text {
    if item.title.ko == item.id {
        return item.title.clone();
    }
    Text::new(format!("{} {}", item.id, item.title.ko), format!("{} {}", item.id, item.title.en))
}

/// The items of each task, and those of none.
pub(super) fn by_task(books: &Books) -> (Vec<Vec<ItemId>>, Vec<ItemId>) {
    let (mut of_task, mut of_none) = (vec![Vec::new(); books.tasks.len()], Vec::new());
    for (id, item) in books.items() {
        match item.task {
            Some(task) => of_task[task.0 as usize].push(id),
            None => of_none.push(id),
        }
    }
    (of_task, of_none)
}

/// The items that are charged to each account or to one below it.
pub(super) fn charged(books: &Books) -> Vec<Vec<ItemId>> {
    let mut charged = vec![Vec::new(); books.accounts.len()];
    for (id, item) in books.items() {
        let Some(mut account) = item.account else { continue };
        charged[account.index()].push(id);
        while account != AccountId::ROOT {
            account = books.accounts.get(account).parent;
            charged[account.index()].push(id);
        }
    }
    charged
}

/// The item that each record carries out: the one it names, else the only one of its program.
pub(super) fn carried_out(books: &Books) -> Vec<Option<ItemId>> {
    use std::collections::HashMap;
    let mut by_program: HashMap<&str, Option<ItemId>> = HashMap::new();
    for (id, item) in books.items() {
        if let Some(program) = &item.program {
            by_program.entry(program).and_modify(|several| *several = None).or_insert(Some(id));
        }
    }
    let only = |record: &Performance| by_program.get(record.program.as_deref()?).copied().flatten();
    books.performances.iter().map(|record| record.item.or_else(|| only(record))).collect()
}

/// What records say that they cost together; what others paid is left out.
pub(super) fn reported<'b>(records: impl IntoIterator<Item = &'b Performance>) -> Cell {
    let own = records.into_iter().filter(|record| record.funding != Funding::External);
    sum(own.filter_map(|record| {
        let name =
            Text::new(format!("{} {}", record.id, record.title.ko), format!("{} {}", record.id, record.title.en));
        Some((name, stated(record.reported_cost)?))
    }))
}
