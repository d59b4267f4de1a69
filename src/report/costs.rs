//! What items are planned to cost and what records say they did, each with the place where it is written.
//!
//! What others pay (외부재원) stands beside the plan and enters no sum.

use crate::ledger::{Books, Cost, Funding, Item, ItemId, Performance, Planned};
use crate::table::{Cell, Why};
use crate::words::Text;

/// What an item is to cost those who keep the book.
pub(super) fn own_cost(item: &Item) -> Cell {
    planned(item.own_cost())
}

/// What others pay for an item, where that is stated.
pub(super) fn external_cost(item: &Item) -> Cell {
    planned(item.external_cost())
}

/// An amount that stands in a file.
pub(super) fn stated(cost: Option<Cost>) -> Option<Cell> {
    cost.map(|cost| Cell::amount(cost.amount, Why::Read(cost.span)))
}

fn planned(cost: Option<Planned<'_>>) -> Cell {
    match cost {
        None => Cell::blank(Why::NoLines),
        Some(Planned::Whole(cost)) => stated(Some(cost)).unwrap_or(Cell::blank(Why::NoLines)),
        Some(Planned::Parts(parts)) => {
            Cell::sum(parts.into_iter().filter_map(|(part, cost)| Some((part.title.clone(), stated(Some(cost))?))))
        }
    }
}

/// What items are to cost together.
pub(super) fn own_costs<'b>(items: impl IntoIterator<Item = &'b Item>) -> Cell {
    Cell::sum(items.into_iter().map(|item| (named(item), own_cost(item))))
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
    Cell::sum(own.filter_map(|record| {
        let name =
            Text::new(format!("{} {}", record.id, record.title.ko), format!("{} {}", record.id, record.title.en));
        Some((name, stated(record.reported_cost)?))
    }))
}
