//! Both sides of the comparison, grouped by items, tasks, programs, accounts or funds.

use super::row::{Compared, Plan, Source};
use crate::ledger::{AccountId, Books, FundId, Funding, ItemId, Measure, Performance, Scope, Term, TotalAt};
use crate::report::costs::{self, carried_out, own_costs, reported};
use crate::report::settlement::Settlement;
use crate::settled::{DISBURSED, everywhere, summed};
use crate::table::{Cell, RowClass, Why};
use crate::tally::{Axis, Sums, Tally};
use crate::words::{EcoString, Text};
use std::collections::HashMap;

/// Both sides of the comparison.
pub(super) struct Sides<'b, 't> {
    books: &'b Books,
    tally: &'t Tally<'b>,
    pub(super) settlement: Settlement<'b>,
    /// The records that carry out each item.
    records: Vec<Vec<&'b Performance>>,
    /// The account of each record: its own, else that of the item it carries out.
    accounts: Vec<Option<AccountId>>,
    /// Those that carry out none.
    unplanned: Vec<&'b Performance>,
    /// Whether any line of spending names an item.
    attributed: bool,
}

/// The key of the row of what no item has to do with.
const NO_ITEM: &str = "(no-item)";

/// The key of the row of all items; in parentheses, as no id is.
const ITEMS: &str = "(items)";

impl<'b, 't> Sides<'b, 't> {
    pub(super) fn of(books: &'b Books, tally: &'t Tally<'b>) -> Sides<'b, 't> {
        let mut records = vec![Vec::new(); books.items.len()];
        let mut unplanned = Vec::new();
        let mut accounts = Vec::new();
        for (record, item) in books.performances.iter().zip(carried_out(books)) {
            accounts.push(record.account.or_else(|| books.item(item?).account));
            match item {
                Some(id) => records[id.0 as usize].push(record),
                None => unplanned.push(record),
            }
        }
        let along = tally.along(Axis::Item);
        let attributed = books.items().any(|(id, _)| along.item(Some(id)).get(Measure::Disbursed).is_some());
        Sides { books, tally, settlement: Settlement::of(books, tally), records, accounts, unplanned, attributed }
    }

    /// What lines of a scope add up to, all accounts together.
    fn summed(&self, sums: &Sums, scope: Scope) -> Cell {
        summed(sums, everywhere(self.tally, DISBURSED, scope))
    }

    fn sums_of(&self, items: &[ItemId]) -> Sums {
        let mut all = Sums::NOTHING;
        for id in items {
            all.merge(&self.tally.along(Axis::Item).item(Some(*id)));
        }
        all
    }

    fn records_of(&self, items: &[ItemId]) -> Cell {
        reported(items.iter().flat_map(|id| &self.records[id.0 as usize]).copied())
    }

    /// Whether any line tells of spending: where none does, one that is missing is no proof of nothing.
    fn is_spending_known(&self) -> bool {
        self.settlement.cell(AccountId::ROOT, Term::Disbursed).money().is_some()
    }

    /// Whether records tell what an item cost, and no line does.
    fn is_only_reported(&self, id: ItemId) -> bool {
        let spent = self.tally.along(Axis::Item).item(Some(id)).get(Measure::Disbursed).is_some();
        !spent && self.records_of(&[id]).money().is_some()
    }

    /// Where the figure for some items comes from.
    pub(super) fn source(&self, planned: &Cell, disbursed: &Cell, reported: &Cell, paid_by: Funding) -> Source {
        match (disbursed.money(), reported.money()) {
            (Some(_), _) => Source::Lines,
            (None, Some(_)) => Source::Records,
            (None, None) if paid_by == Funding::External => Source::External,
            (None, None) if self.attributed && planned.money().is_some() => Source::Nothing,
            (None, None) => Source::Unknown,
        }
    }

    /// The same of a group: lines tell of some of its items, and records alone of others.
    fn mixed(&self, source: Source, mut items: impl Iterator<Item = ItemId>) -> Source {
        match source {
            Source::Lines if items.any(|id| self.is_only_reported(id)) => Source::Both,
            source => source,
        }
    }

    /// A row of some items together.
    fn group(&self, key: &str, title: Option<Text>, items: &[ItemId], scope: Scope) -> Compared {
        let planned = own_costs(items.iter().map(|id| self.books.item(*id)));
        let disbursed = self.summed(&self.sums_of(items), scope);
        let reported = self.records_of(items);
        let is_external = |id: &ItemId| self.books.item(*id).funding == Funding::External;
        let paid_by = if !items.is_empty() && items.iter().all(is_external) { Funding::External } else { Funding::Own };
        let source = self.mixed(self.source(&planned, &disbursed, &reported, paid_by), items.iter().copied());
        let plan = if items.is_empty() { Plan::None } else { Plan::Known };
        let key = EcoString::from(key);
        let (name, parent) = (Text::same(key.clone()), None);
        Compared {
            key,
            name,
            title,
            class: RowClass::Body,
            depth: 1,
            parent,
            planned,
            disbursed,
            reported,
            source,
            plan,
        }
    }

    /// The whole year: its plan, all that was spent, all that was reported.
    pub(super) fn total(&self) -> Compared {
        let planned = own_costs(&self.books.items);
        let disbursed = self.settlement.cell(AccountId::ROOT, Term::Disbursed);
        let reported = reported(&self.books.performances);
        let source = self.source(&planned, &disbursed, &reported, Funding::Own);
        let source = self.mixed(source, self.books.items().map(|(id, _)| id));
        Compared {
            key: crate::report::ROOT_KEY.into(),
            name: self.books.year.presentation.total_label.clone(),
            title: Some(Text::same("")),
            class: RowClass::Total,
            depth: 0,
            parent: None,
            planned,
            disbursed,
            reported,
            source,
            plan: if self.books.items.is_empty() { Plan::None } else { Plan::Known },
        }
    }

    /// What no item has to do with.
    fn without_item(&self) -> Option<Compared> {
        let disbursed = self.summed(&self.tally.along(Axis::Item).item(None), Scope::NoItem);
        let reported = reported(self.unplanned.iter().copied());
        if disbursed.money().is_none() && reported.money().is_none() {
            return None;
        }
        let planned = Cell::blank(Why::NoLines);
        let source = self.source(&planned, &disbursed, &reported, Funding::Own);
        let (name, title) = (Text::same("-"), Some(Text::new("사업 없음", "No item")));
        let (key, class, plan) = (EcoString::from(NO_ITEM), RowClass::Body, Plan::None);
        Some(Compared { key, name, title, class, depth: 1, parent: None, planned, disbursed, reported, source, plan })
    }

    /// Groups of items, below a sum of all items where there is more than they; then what is of no item.
    fn below_items(&self, groups: Vec<Compared>, rest: Option<Compared>) -> Vec<Compared> {
        let rest = match rest {
            None => return groups,
            // Without items there is nothing to sum up.
            Some(rest) if groups.is_empty() => return vec![rest],
            Some(rest) => rest,
        };
        let mut sums = Sums::NOTHING;
        for (id, _) in self.books.items() {
            sums.merge(&self.tally.along(Axis::Item).item(Some(id)));
        }
        let planned = own_costs(&self.books.items);
        let disbursed = self.summed(&sums, Scope::AnyItem);
        let reported =
            Cell::sum(groups.iter().map(|row| (row.title.clone().unwrap_or_default(), row.reported.clone())));
        let source = self.source(&planned, &disbursed, &reported, Funding::Own);
        let source = self.mixed(source, self.books.items().map(|(id, _)| id));
        let (key, name) = (EcoString::from(ITEMS), Text::new("사업 소계", "Items"));
        let (class, title, plan) = (RowClass::Subtotal, Some(Text::same("")), Plan::Known);
        let all =
            Compared { key, name, title, class, depth: 1, parent: None, planned, disbursed, reported, source, plan };
        let below = groups.into_iter().map(|row| Compared { depth: row.depth + 1, parent: Some(0), ..row });
        std::iter::once(all).chain(below).chain([rest]).collect()
    }

    pub(super) fn by_item(&self) -> Vec<Compared> {
        let items = self.books.items();
        let rows = items.map(|(id, item)| self.group(&item.id, Some(item.title.clone()), &[id], Scope::Item(id)));
        let mut rows = self.below_items(rows.collect(), self.without_item());
        // Records that carry out no item, one by one.
        if let Some(last) = rows.iter().position(|row| row.key == NO_ITEM) {
            rows.extend(self.unplanned.iter().map(|record| Compared {
                key: format!("record:{}", record.id).into(),
                name: Text::same(record.id.as_str()),
                title: Some(record.title.clone()),
                class: RowClass::Body,
                depth: 2,
                parent: Some(last),
                planned: Cell::blank(Why::NoLines),
                disbursed: Cell::blank(Why::NotAttributed),
                reported: reported([*record]),
                source: match record.funding {
                    Funding::External => Source::External,
                    Funding::Own | Funding::Mixed if record.reported_cost.is_some() => Source::Records,
                    Funding::Own | Funding::Mixed => Source::Unknown,
                },
                plan: Plan::None,
            }));
        }
        rows
    }

    pub(super) fn by_task(&self) -> Vec<Compared> {
        let (of_task, of_none) = costs::by_task(self.books);
        let tasks = self.books.tasks().zip(&of_task);
        let mut rows: Vec<Compared> = tasks
            .map(|((id, task), items)| self.group(&task.id, Some(task.title.clone()), items, Scope::Task(id)))
            .collect();
        if !of_none.is_empty() {
            rows.push(self.nameless("(no-task)", ("과제 없는 사업", "items of no task"), &of_none, Scope::NoTask));
        }
        self.below_items(rows, self.without_item())
    }

    fn nameless(&self, key: &str, title: (&str, &str), items: &[ItemId], scope: Scope) -> Compared {
        Compared { name: Text::same("-"), ..self.group(key, Some(title.into()), items, scope) }
    }

    pub(super) fn by_program(&self) -> Vec<Compared> {
        let mut programs: Vec<(&str, Vec<ItemId>)> = Vec::new();
        let mut at: HashMap<&str, usize> = HashMap::new();
        let mut of_none = Vec::new();
        for (id, item) in self.books.items() {
            let Some(program) = item.program.as_deref() else {
                of_none.push(id);
                continue;
            };
            let n = *at.entry(program).or_insert(programs.len());
            if n == programs.len() {
                programs.push((program, Vec::new()));
            }
            programs[n].1.push(id);
        }
        let mut rows: Vec<Compared> = programs
            .iter()
            .filter_map(|(program, items)| {
                let first = *items.first()?;
                let title = self.books.item(first).title.clone();
                let mut row = self.group(program, Some(title), items, Scope::ProgramOf(first));
                // Records that name the program, and none of its items, are of it all the same.
                let own = items.iter().flat_map(|id| &self.records[id.0 as usize]);
                let loose = self.unplanned.iter().filter(|record| record.program.as_deref() == Some(program));
                row.reported = reported(own.chain(loose).copied());
                let paid_by = if row.source == Source::External { Funding::External } else { Funding::Own };
                if row.source != Source::Both {
                    row.source = self.source(&row.planned, &row.disbursed, &row.reported, paid_by);
                }
                Some(row)
            })
            .collect();
        if !of_none.is_empty() {
            rows.push(self.nameless(
                "(no-program)",
                ("프로그램 없는 사업", "items of no programme"),
                &of_none,
                Scope::NoProgram,
            ));
        }
        let mut rest = self.without_item();
        if let Some(row) = &mut rest {
            let known = |record: &&&Performance| record.program.as_deref().is_none_or(|name| !at.contains_key(name));
            row.reported = reported(self.unplanned.iter().filter(known).copied());
        }
        self.below_items(rows, rest.filter(|row| row.disbursed.money().is_some() || row.reported.money().is_some()))
    }

    pub(super) fn by_account(&self) -> Vec<Compared> {
        let charged = self.books.charged();
        // Records are few; accounts may be many.
        let mut reports: HashMap<AccountId, Vec<&Performance>> = HashMap::new();
        let mut of_none = Vec::new();
        for (record, account) in self.books.performances.iter().zip(&self.accounts) {
            let Some(mut at) = *account else {
                of_none.push(record);
                continue;
            };
            while at != AccountId::ROOT {
                reports.entry(at).or_default().push(record);
                at = self.books.accounts.get(at).parent;
            }
        }
        let rows = crate::report::account_rows(self.books, TotalAt::Nowhere, None, |_| Vec::new());
        let mut compared: Vec<Compared> = rows
            .into_iter()
            .zip(self.books.accounts.in_order().into_iter().skip(1))
            .map(|(row, id)| {
                let planned = own_costs(charged[id.index()].iter().map(|id| self.books.item(*id)));
                let disbursed = self.settlement.cell(id, Term::Disbursed);
                let reported = reported(reports.get(&id).into_iter().flatten().copied());
                let source = match self.source(&planned, &disbursed, &reported, Funding::Own) {
                    // Every line names an account: one without lines was not spent on.
                    Source::Lines if charged[id.index()].iter().any(|id| self.is_only_reported(*id)) => Source::Both,
                    // Its items were spent on, and charged elsewhere.
                    Source::Records if self.sums_of(&charged[id.index()]).get(Measure::Disbursed).is_some() => {
                        Source::Both
                    }
                    Source::Unknown if planned.money().is_some() && self.is_spending_known() => Source::Nothing,
                    source => source,
                };
                // An account with a budget is planned for, by whatever items.
                let budget = self.settlement.cell(id, Term::CurrentBudget).money();
                let plan = if budget.is_some() || !charged[id.index()].is_empty() { Plan::Known } else { Plan::None };
                Compared {
                    name: row.name(),
                    key: row.key,
                    title: None,
                    class: row.class,
                    depth: row.depth,
                    parent: row.parent,
                    planned,
                    disbursed,
                    reported,
                    source,
                    plan,
                }
            })
            .collect();
        let loose: Vec<ItemId> =
            self.books.items().filter(|(_, item)| item.account.is_none()).map(|(id, _)| id).collect();
        let planned = own_costs(loose.iter().map(|id| self.books.item(*id)));
        let of_none = reported(of_none);
        if planned.money().is_some() || of_none.money().is_some() {
            let disbursed = Cell::blank(Why::NoLines);
            let spent = self.sums_of(&loose).get(Measure::Disbursed).is_some();
            let source = match planned.money() {
                None => Source::Records,
                Some(_) if self.attributed && !spent && of_none.money().is_none() => Source::Nothing,
                // Their spending stands with the accounts that it was charged to; what was reported of no account need
                // not be what was planned of none.
                Some(_) if of_none.money().is_some() => Source::Both,
                Some(_) => Source::Unknown,
            };
            compared.push(Compared {
                key: "(no-account)".into(),
                name: Text::new("과목 없음", "no account"),
                title: None,
                class: RowClass::Body,
                depth: 1,
                parent: None,
                planned,
                disbursed,
                reported: of_none,
                source,
                plan: if loose.is_empty() { Plan::None } else { Plan::Known },
            });
        }
        compared
    }

    pub(super) fn by_fund(&self) -> Vec<Compared> {
        let mut rows: Vec<Compared> =
            self.books.funds().map(|(id, fund)| self.fund(Some(id), &fund.id, fund.name.clone())).collect();
        let none = self.fund(None, "(no-fund)", Text::new("재원 없음", "no fund"));
        if none.planned.money().is_some() || none.disbursed.money().is_some() {
            rows.push(Compared { name: Text::same("-"), ..none });
        }
        rows
    }

    fn fund(&self, id: Option<FundId>, key: &str, title: Text) -> Compared {
        let scope = id.map_or(Scope::NoFund, Scope::Fund);
        let sums = self.tally.fund(id);
        let formula = Term::CurrentBudget.formula(self.books.year.grant_mode);
        let planned = summed(&sums, everywhere(self.tally, formula, scope));
        let disbursed = self.summed(&sums, scope);
        let reported = Cell::blank(Why::NotDerivable);
        let source = self.source(&planned, &disbursed, &reported, Funding::Own);
        let (key, name) = (EcoString::from(key), Text::same(key));
        let (class, title) = (RowClass::Body, Some(title));
        let plan = if planned.money().is_some() { Plan::Known } else { Plan::None };
        Compared { key, name, title, class, depth: 1, parent: None, planned, disbursed, reported, source, plan }
    }
}
