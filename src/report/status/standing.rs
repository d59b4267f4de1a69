//! Where each account or item of a year stands.

use super::View;
use crate::ledger::{AccountId, Basis, Books, Formula, Scope, Sign, Slice, Term, When};
use crate::money::Money;
use crate::report::Paper;
use crate::report::costs::own_cost;
use crate::report::settlement::Settlement;
use crate::settled::{COMMITTED, DISBURSED, summed};
use crate::table::{Cell, Column, Role, Row, RowClass, Step, Table, Why};
use crate::tally::{Axis, Tally};
use crate::words::{self, Text};

/// The columns of where something stands.
const STANDING: [Term; 4] = [Term::CurrentBudget, Term::Granted, Term::Committed, Term::Disbursed];

/// The term that is left of a basis.
fn left_of(basis: Basis) -> Term {
    match basis {
        Basis::Granted => Term::Unspent,
        Basis::CurrentBudget => Term::BudgetLeft,
    }
}

/// Where each account stands.
pub(super) fn by_account(books: &Books, tally: &Tally<'_>, view: View, paper: Paper) -> Table {
    let settlement = Settlement::of(books, tally);
    let basis = books.year.rate_basis.unwrap_or(Basis::CurrentBudget);
    let mut terms = STANDING.to_vec();
    terms.extend([Term::ExecutionRate(basis), Term::BudgetLeft]);
    if left_of(basis) != Term::BudgetLeft {
        terms.push(left_of(basis));
    }
    let columns =
        std::iter::once(Column::new(words::ACCOUNT, Role::Key)).chain(terms.iter().map(|term| Column::of(*term)));
    let columns: Vec<Column> = columns.collect();
    let cells = |id: AccountId| terms.iter().map(|term| settlement.cell(id, *term)).collect();
    let depth = view.depth.map(|levels| levels.saturating_add(books.accounts.get(view.account).depth));
    let mut rows = crate::report::account_rows(books, books.year.presentation.total, depth, cells);
    if view.account != AccountId::ROOT {
        let path = books.accounts.get(view.account).path.clone();
        rows = within(rows, &path);
    }
    let caption = Some(Text::new("과목별 현황", "By account"));
    Table { id: "accounts".to_owned(), caption, unit: paper.unit, columns, rows, notes: Vec::new() }.with_ways()
}

/// The rows of an account and those below it, as a tree of their own.
fn within(rows: Vec<Row>, path: &str) -> Vec<Row> {
    let below = format!("{path}/");
    let mut place = vec![None; rows.len()];
    let mut kept: Vec<Row> = Vec::new();
    let top = rows.iter().find(|row| row.key == path).map_or(1, |row| row.depth);
    for (n, mut row) in rows.into_iter().enumerate() {
        if row.key == path || row.key.starts_with(&below) {
            place[n] = Some(kept.len());
            row.parent = row.parent.and_then(|parent| place[parent]);
            row.depth -= top - 1;
            kept.push(row);
        }
    }
    kept
}

/// Where each item stands: what it is to cost, what lines that name it committed and spent.
pub(super) fn by_item(books: &Books, tally: &Tally<'_>, view: View, paper: Paper) -> Table {
    let along = tally.along(Axis::Item);
    let first = 2;
    let columns = vec![
        Column::new(words::ITEM, Role::Key),
        Column::new(words::TITLE, Role::Text),
        Column::new(words::PLANNED_COST, Role::Amount),
        Column::of(Term::Committed),
        Column::of(Term::Disbursed),
        Column::new(words::RATE_ON_PLAN, Role::Rate),
        Column::new(words::REMAINING, Role::Amount).from(&[(Sign::Plus, first), (Sign::Minus, first + 2)]),
    ];
    let rows = books.items().map(|(id, item)| {
        let cell = |formula: Formula| {
            let when = When::by(tally.day());
            let slice = Slice { account: view.account, formula, scope: Scope::Item(id), when };
            summed(&along.item(Some(id)), slice)
        };
        let (planned, committed, disbursed) = (own_cost(item), cell(COMMITTED), cell(DISBURSED));
        let nothing = || Step { name: words::DISBURSED.text(), amount: Money::ZERO, why: Why::NoLines };
        let spent = disbursed.step(words::DISBURSED.text()).unwrap_or_else(nothing);
        let (rate, left) = match planned.step(words::PLANNED_COST.text()) {
            None => (Cell::blank(Why::NoBasis), Cell::blank(Why::NoBasis)),
            Some(whole) => (
                Cell::rate(spent.clone(), whole.clone()),
                Cell::worked(vec![(Sign::Plus, whole), (Sign::Minus, spent)]),
            ),
        };
        let head = [Cell::label(Text::same(item.id.clone())), Cell::label(item.title.clone())];
        let cells = head.into_iter().chain([planned, committed, disbursed, rate, left]).collect();
        Row { class: RowClass::Body, key: item.id.clone(), depth: 1, parent: None, complete: true, cells }
    });
    let caption = Some(Text::new("사업별 현황", "By item"));
    Table { id: "items".to_owned(), caption, unit: paper.unit, columns, rows: rows.collect(), notes: Vec::new() }
}
