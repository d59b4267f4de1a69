//! The lines of a book by what they name, so that those of one name are found without looking at all: there may be as many
//! names as lines.
//!
//! Law: which lines a scope has is asked of [`Scope::has`] alone; this only leaves out those that it would refuse.

use crate::ledger::{Books, Scope};
use crate::table::Kept;
use std::collections::HashMap;

/// The places of lines among those that are kept, in order, by what they name.
pub(super) struct Named<'a> {
    items: Vec<Vec<usize>>,
    tasks: Vec<Vec<usize>>,
    programs: HashMap<&'a str, Vec<usize>>,
    funds: Vec<Vec<usize>>,
}

impl<'a> Named<'a> {
    pub(super) fn of(books: &'a Books, kept: &[Kept]) -> Named<'a> {
        let lists = |count: usize| vec![Vec::new(); count];
        let (items, tasks, funds) = (lists(books.items.len()), lists(books.tasks.len()), lists(books.year.funds.len()));
        let mut named = Named { items, tasks, programs: HashMap::new(), funds };
        for (n, line) in kept.iter().enumerate() {
            if let Some(id) = line.item {
                let item = books.item(id);
                named.items[id.0 as usize].push(n);
                if let Some(task) = item.task {
                    named.tasks[task.0 as usize].push(n);
                }
                if let Some(program) = &item.program {
                    named.programs.entry(program).or_default().push(n);
                }
            }
            if let Some(fund) = line.fund {
                named.funds[fund.0 as usize].push(n);
            }
        }
        named
    }

    /// The lines that a scope may have; nothing where it goes by no one name.
    pub(super) fn lines(&self, books: &Books, scope: Scope) -> Option<&[usize]> {
        match scope {
            Scope::Item(id) => Some(&self.items[id.0 as usize]),
            Scope::Task(task) => Some(&self.tasks[task.0 as usize]),
            Scope::ProgramOf(of) => {
                let of_program = books.item(of).program.as_deref().and_then(|program| self.programs.get(program));
                Some(of_program.map_or(&[], Vec::as_slice))
            }
            Scope::Fund(id) => Some(&self.funds[id.0 as usize]),
            Scope::All | Scope::AnyItem | Scope::NoItem | Scope::NoTask | Scope::NoProgram | Scope::NoFund => None,
        }
    }
}
