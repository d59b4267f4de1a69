//! The plan of a year (사업계획): its items by task, what they are to cost, and what of the budget no item plans.

use super::Paper;
use super::costs::{by_task, external_cost, own_cost, own_costs};
use super::settlement::Settlement;
use crate::ledger::{AccountId, Books, Funding, Item, ItemId, Occasion, Sign, TaskId, Term, TotalAt};
use crate::table::{
    Block, Cell, Column, Note, Page, Piece, Role, Row, RowClass, Scale, Sentence, Step, Table, Value, Why,
};
use crate::tally::Tally;
use crate::words::{self, Text};

/// The page of a year's plan.
pub fn plan(books: &Books, tally: &Tally<'_>, paper: Paper) -> Page {
    let scale = paper.scale(books);
    let settlement = Settlement::of(books, tally);
    let budget = settlement.cell(AccountId::ROOT, Term::CurrentBudget);
    let planned = own_costs(&books.items);
    let mut blocks: Vec<Block> = headline(books, &budget, &planned, &scale).map(Block::Paragraph).into_iter().collect();
    if books.items.is_empty() {
        let text = ("이 연도의 장부에는 사업계획이 없음", "the books of this year have no plan items");
        blocks.insert(0, Block::Paragraph(Sentence::plain(text)));
    }
    blocks.push(Block::Table(items(books, paper).scaled(&scale)));
    if budget.money().is_some() {
        blocks.push(Block::Table(against_budget(&budget, &planned, paper).scaled(&scale)));
    }
    if books.items.iter().any(|item| item.account.is_some()) {
        blocks.push(Block::Table(by_account(books, &settlement, paper).scaled(&scale)));
    }
    let title = super::title(books, &words::PLAN.text());
    Page { report: "plan", title, blocks }
}

/// `예산 780,987천원 가운데 사업 8건에 199,500천원(25.5%)을 계획함. 사업으로 나누지 않은 예산 581,487천원(74.5%)`
fn headline(books: &Books, budget: &Cell, planned: &Cell, scale: &Scale<'_>) -> Option<Sentence> {
    let (budget_step, planned_step) =
        (budget.step(words::CURRENT_BUDGET.text())?, planned.step(words::PLANNED_COST.text())?);
    let costed = books.items.iter().filter(|item| own_cost(item).money().is_some()).count();
    let left = unitemised(budget, planned);
    let figure =
        |cell: &Cell| Some(Piece::Figure(scale.amount(None, RowClass::Total, cell.money()?), Some(scale.unit)));
    let share = |part: Step| match Cell::rate(part, budget_step.clone()).value {
        Value::Rate { exact, .. } => Some(Piece::Percent(scale.rate(None, RowClass::Total, exact).0)),
        _ => None,
    };
    Some(Sentence::with(
        (
            "예산 {0} 가운데 사업 {1}건에 {2}({3})을 계획함. 사업으로 나누지 않은 예산 {4}({5})",
            "Of a budget of {0}, {2} ({3}) is planned for items costed: {1}; {4} ({5}) is itemised nowhere",
        ),
        vec![
            figure(budget)?,
            Piece::Count(costed as u64),
            figure(planned)?,
            share(planned_step)?,
            figure(&left)?,
            share(left.step(words::UNITEMISED.text())?)?,
        ],
    ))
}

/// What the budget leaves to no item.
fn unitemised(budget: &Cell, planned: &Cell) -> Cell {
    let budget = budget.step(words::CURRENT_BUDGET.text()).map(|step| (Sign::Plus, step));
    let planned = planned.step(words::PLANNED_COST.text()).map(|step| (Sign::Minus, step));
    match budget {
        Some(budget) => Cell::worked([Some(budget), planned].into_iter().flatten().collect()),
        None => Cell::blank(Why::NoLines),
    }
}

/// Rows while they are put in order.
struct Rows<'b> {
    books: &'b Books,
    with: With,
    rows: Vec<Row>,
}

/// Which columns have anything in them.
#[derive(Clone, Copy)]
struct With {
    external: bool,
    account: bool,
}

fn items(books: &Books, paper: Paper) -> Table {
    let with = With {
        external: books.items.iter().any(|item| {
            item.funding != Funding::Own || item.parts.iter().any(|part| part.funding == Funding::External)
        }),
        account: books.items.iter().any(|item| item.account.is_some()),
    };
    let mut columns = vec![
        Column::new(words::ITEM, Role::Key),
        Column::new(words::TITLE, Role::Text),
        Column::new(words::PLANNED_COST, Role::Amount),
    ];
    if with.external {
        columns.push(Column::new(words::EXTERNAL_COST, Role::Amount).standing());
    }
    columns.push(Column::new(words::FUNDING, Role::Text));
    if with.account {
        columns.push(Column::new(words::ACCOUNT, Role::Text));
    }
    columns.extend([Column::new(words::PERIOD, Role::Text), Column::new(words::PLACE, Role::Text)]);

    let mut rows = Rows { books, with, rows: Vec::new() };
    let total_at = books.year.presentation.total;
    if total_at == TotalAt::Top {
        rows.total();
    }
    let total = (total_at == TotalAt::Top).then_some(0);
    let (of_task, of_none) = by_task(books);
    for ((task, _), items) in books.tasks().zip(&of_task) {
        rows.task(Some(task), items, total);
    }
    if books.tasks.is_empty() {
        for id in of_none {
            rows.item(id, total, 0);
        }
    } else if !of_none.is_empty() {
        rows.task(None, &of_none, total);
    }
    if total_at == TotalAt::Bottom {
        rows.total();
        let last = rows.rows.len() - 1;
        for row in rows.rows.iter_mut().take(last).filter(|row| row.parent.is_none()) {
            row.parent = Some(last);
        }
    }
    let mut notes = Vec::new();
    if with.external {
        notes.push(Note::remark(Sentence::plain((
            "외부재원은 다른 기관이 부담하는 금액으로 어느 합계에도 넣지 않음",
            "what others fund is in no sum",
        ))));
    }
    let uncosted = |stated: fn(&Item) -> bool| {
        let items =
            books.items.iter().filter(|item| item.funding != Funding::External && own_cost(item).money().is_none());
        items.filter(|item| stated(item)).map(|item| item.id.as_str()).collect::<Vec<_>>()
    };
    for (names, text) in [
        (
            uncosted(|item| item.planned_cost.is_none()),
            ("소요예산이 적혀 있지 않은 사업(0이 아님): {0}", "items without a planned cost, which is not zero: {0}"),
        ),
        (
            uncosted(|item| item.planned_cost.is_some()),
            (
                "소요예산에 외부재원이 섞여 자체 부담을 알 수 없는 사업(합계에 넣지 않음): {0}",
                "items whose planned cost may have external funds in it, and is in no sum: {0}",
            ),
        ),
    ] {
        if !names.is_empty() {
            notes.push(Note::remark(Sentence::with(text, vec![Piece::Text(Text::same(super::some_of(&names)))])));
        }
    }
    Table { id: "items".to_owned(), caption: None, unit: paper.unit, columns, rows: rows.rows, notes }
}

impl Rows<'_> {
    fn total(&mut self) {
        let name = self.books.year.presentation.total_label.clone();
        let planned = own_costs(&self.books.items);
        self.push(super::ROOT_KEY, RowClass::Total, 0, None, vec![Cell::label(name), Cell::blank(Why::Label), planned]);
    }

    fn task(&mut self, task: Option<TaskId>, items: &[ItemId], total: Option<usize>) {
        let (id, title) = match task.and_then(|id| self.books.tasks.get(id.0 as usize)) {
            Some(task) => (task.id.as_str(), task.title.clone()),
            None => ("-", Text::new("과제 없음", "No task")),
        };
        let planned = own_costs(items.iter().map(|id| self.books.item(*id)));
        let at = self.rows.len();
        let cells = vec![Cell::label(Text::same(id)), Cell::label(title), planned];
        self.push(&format!("task:{id}"), RowClass::Subtotal, 1, total, cells);
        for id in items {
            self.item(*id, Some(at), 1);
        }
    }

    fn item(&mut self, id: ItemId, parent: Option<usize>, above: u32) {
        let item = self.books.item(id);
        let at = self.rows.len();
        let mut cells = vec![Cell::label(Text::same(item.id.clone())), Cell::label(item.title.clone()), own_cost(item)];
        cells.extend(self.with.external.then(|| external_cost(item)));
        cells.push(funding(item.funding, item.funding_note.as_ref()));
        cells.extend(self.with.account.then(|| self.account(item)));
        let [period, place] = occasion(&item.occasion);
        let period = if period.value == Value::Blank { schedule(item) } else { period };
        cells.extend([period, place]);
        self.push(&item.id, RowClass::Body, above + 1, parent, cells);
        // Parts are told for who pays them and when; their sum is the item's only where they say all of it.
        for (n, part) in item.parts.iter().enumerate() {
            let key = format!("{}#{}", item.id, n + 1);
            let cost = super::costs::stated(part.planned_cost).unwrap_or(Cell::blank(Why::NoLines));
            let (own, external) = match part.funding {
                Funding::External => (Cell::blank(Why::NoLines), cost),
                Funding::Own | Funding::Mixed => (cost, Cell::blank(Why::NoLines)),
            };
            let mut cells = vec![Cell::label(Text::same("")), Cell::label(part.title.clone()), own];
            cells.extend(self.with.external.then_some(external));
            cells.push(funding(part.funding, part.funding_note.as_ref()));
            cells.extend(self.with.account.then(|| Cell::label(Text::same(""))));
            cells.extend(occasion(&part.occasion));
            self.push(&key, RowClass::Body, above + 2, Some(at), cells);
        }
    }

    fn account(&self, item: &Item) -> Cell {
        item.account.map_or(Cell::blank(Why::NoLines), |id| Cell::label(self.books.account_path(id)))
    }

    /// Puts a row in, with as many cells as the table has columns.
    fn push(&mut self, key: &str, class: RowClass, depth: u32, parent: Option<usize>, mut cells: Vec<Cell>) {
        let columns = 6 + usize::from(self.with.external) + usize::from(self.with.account);
        cells.resize(columns, Cell::blank(Why::Label));
        self.rows.push(Row { class, key: key.into(), depth, parent, complete: true, cells });
    }
}

/// Who pays, and what was written of it: `외부 (인재개발원 예산 활용)`.
fn funding(funding: Funding, note: Option<&Text>) -> Cell {
    let word = funding.word();
    Cell::label(match note {
        None => word.text(),
        Some(note) => Text::new(format!("{} ({})", word.ko, note.ko), format!("{} ({})", word.en, note.en)),
    })
}

/// From the first step of an item's schedule to the last, where it states no dates of its own.
fn schedule(item: &Item) -> Cell {
    let starts = item.steps.iter().filter_map(|step| step.starts.or(step.ends)).min_by_key(|date| date.first());
    let ends = item.steps.iter().filter_map(|step| step.ends.or(step.starts)).max_by_key(|date| date.last());
    match (starts, ends) {
        (None, None) => Cell::blank(Why::NoLines),
        _ => Cell { value: Value::Dates(starts, ends), why: Why::Label },
    }
}

fn occasion(occasion: &Occasion) -> [Cell; 2] {
    let (starts, ends) = (occasion.starts, occasion.ends);
    let dates = match (starts, ends) {
        (None, None) => Cell::blank(Why::NoLines),
        _ => Cell { value: Value::Dates(starts, ends), why: Why::Label },
    };
    [dates, occasion.place.clone().map_or(Cell::blank(Why::NoLines), Cell::label)]
}

/// The budget, what is planned of it, and what is left.
fn against_budget(budget: &Cell, planned: &Cell, paper: Paper) -> Table {
    let columns = vec![
        Column::new(words::ENTRY, Role::Key),
        Column::new(words::AMOUNT, Role::Amount),
        Column::new(words::SHARE_OF_BUDGET, Role::Rate),
    ];
    let row = |key: &str, name: Text, class: RowClass, parent: Option<usize>, cell: Cell| {
        let share = match (cell.step(name.clone()), budget.step(words::CURRENT_BUDGET.text())) {
            (Some(part), Some(whole)) => Cell::rate(part, whole),
            _ => Cell::blank(Why::NoLines),
        };
        let cells = vec![Cell::label(name), cell, share];
        Row { class, key: key.into(), depth: u32::from(parent.is_some()), parent, complete: true, cells }
    };
    let rows = vec![
        row("current_budget", words::CURRENT_BUDGET.text(), RowClass::Total, None, budget.clone()),
        row("planned_cost", Text::new("사업계획", "Planned"), RowClass::Body, Some(0), planned.clone()),
        row("unitemised", words::UNITEMISED.text(), RowClass::Body, Some(0), unitemised(budget, planned)),
    ];
    let caption = Some(Text::new("예산과 사업계획", "Budget and plan"));
    Table { id: "unitemised".to_owned(), caption, unit: paper.unit, columns, rows, notes: Vec::new() }
}

/// The same, account by account.
fn by_account(books: &Books, settlement: &Settlement<'_>, paper: Paper) -> Table {
    let columns = vec![
        Column::new(words::ACCOUNT, Role::Key),
        Column::of(Term::CurrentBudget),
        Column::new(words::PLANNED_COST, Role::Amount),
        Column::new(words::UNITEMISED, Role::Amount).from(&[(Sign::Plus, 1), (Sign::Minus, 2)]),
        Column::new(words::SHARE_OF_BUDGET, Role::Rate),
    ];
    let charged = books.charged();
    let cells = |id: AccountId| {
        let budget = settlement.cell(id, Term::CurrentBudget);
        // All that is planned counts for the whole, also what is charged to no account.
        let planned = match id {
            AccountId::ROOT => own_costs(&books.items),
            _ => own_costs(charged[id.index()].iter().map(|id| books.item(*id))),
        };
        let left = unitemised(&budget, &planned);
        let share = match (planned.step(words::PLANNED_COST.text()), budget.step(words::CURRENT_BUDGET.text())) {
            (Some(part), Some(whole)) => Cell::rate(part, whole),
            (None, _) => Cell::blank(Why::NoLines),
            (_, None) => Cell::blank(Why::NoBasis),
        };
        vec![budget, planned, left, share]
    };
    let caption = Some(Text::new("과목별", "By account"));
    let mut rows = super::account_rows(books, books.year.presentation.total, None, cells);
    // What is charged to no account is in the whole alone.
    let loose = own_costs(books.items.iter().filter(|item| item.account.is_none()));
    if loose.money().is_some() {
        let parent = rows.iter().position(|row| row.class == RowClass::Total);
        let name = Cell::label(("과목 없음", "No account"));
        let nothing = || Cell::blank(Why::NoLines);
        let cells = vec![name, nothing(), loose, nothing(), Cell::blank(Why::NoBasis)];
        let key = "(no-account)".into();
        rows.push(Row { class: RowClass::Body, key, depth: 1, parent, complete: true, cells });
    }
    Table { id: "accounts".to_owned(), caption, unit: paper.unit, columns, rows, notes: Vec::new() }
}
