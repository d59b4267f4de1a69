//! Plan against execution: what each item, account, task, program or fund was to cost, and what came of it.
//!
//! What was carried out is what lines say that name the item; where none does, what records report. A row says which.
//!
//! # Why
//!
//! **Reported costs are claims.** A record may give a budget, a contract or a guess (`cost_kind`), so what was reported
//! stands in a column of its own and enters no disbursed sum; a row of several items that would have to mix the two has
//! no difference.

mod row;
mod sides;

use super::Paper;
use super::charts::{self, Chosen, Rows};
use crate::ledger::{AccountId, Books, Funding, Sign, Term, TotalAt};
use crate::money::{Figure, Money, Rate, Rounding};
use crate::table::{Block, Cell, Chart, Column, Note, Page, Piece, Role, Row, Sentence, Table, Value, Why};
use crate::tally::Tally;
use crate::words::{self, Text, Word};
use row::{Compared, Plan, Source};
use sides::Sides;

/// What rows are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum By {
    /// One for each item.
    #[default]
    Item,
    /// One for each account, and one for what is charged to none.
    Account,
    /// One for each task.
    Task,
    /// One for each program.
    Program,
    /// One for each fund; what is planned is the budget that names it.
    Fund,
}

impl By {
    /// Every one with its name.
    pub const ALL: [(By, &'static str); 5] = [
        (By::Item, "item"),
        (By::Account, "account"),
        (By::Task, "task"),
        (By::Program, "program"),
        (By::Fund, "fund"),
    ];

    const fn key(self) -> Word {
        match self {
            By::Item => words::ITEM,
            By::Account => words::ACCOUNT,
            By::Task => words::TASK,
            By::Program => words::PROGRAM,
            By::Fund => words::FUND,
        }
    }

    /// What a row is one of.
    const fn noun(self) -> Word {
        match self {
            By::Item => words::PLANNED_ITEM,
            By::Account | By::Task | By::Program | By::Fund => self.key(),
        }
    }
}

/// By what rows are put in order, the largest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What was planned.
    Planned,
    /// What was disbursed.
    Disbursed,
    /// Plan less execution.
    Difference,
    /// Execution as a part of the plan.
    Rate,
}

impl Order {
    /// Every one with its name.
    pub const ALL: [(Order, &'static str); 4] = [
        (Order::Planned, "planned"),
        (Order::Disbursed, "disbursed"),
        (Order::Difference, "difference"),
        (Order::Rate, "rate"),
    ];
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Planned, with nothing spent.
    NoSpending,
    /// Spent, with nothing planned.
    Unplanned,
    /// More spent than planned.
    Over,
    /// Less spent than planned.
    Under,
}

impl Only {
    /// Every one with its name.
    pub const ALL: [(Only, &'static str); 4] = [
        (Only::NoSpending, "no-spending"),
        (Only::Unplanned, "unplanned"),
        (Only::Over, "over"),
        (Only::Under, "under"),
    ];

    fn keeps(self, row: &Compared) -> bool {
        let (planned, spent) = (row.planned.money(), row.spent());
        let left = planned.zip(spent).map(|(planned, spent)| planned - spent);
        match self {
            Only::NoSpending => planned.is_some() && spent.is_some_and(Money::is_zero),
            Only::Unplanned => row.plan == Plan::None && spent.is_some_and(|spent| !spent.is_zero()),
            Only::Over => left.is_some_and(Money::is_negative),
            Only::Under => left.is_some_and(|left| left > Money::ZERO),
        }
    }
}

/// Which rows, in which order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice {
    /// What rows are made of.
    pub by: By,
    /// By what they are put in order; as the plan has them, where absent.
    pub order: Option<Order>,
    /// Which are shown; all, where absent.
    pub only: Option<Only>,
}

/// The page of plan against execution.
pub fn diff(books: &Books, tally: &Tally<'_>, choice: Choice, paper: Paper) -> Page {
    let title = super::title(books, &words::DIFF.text());
    let side = Sides::of(books, tally);
    let compared = match choice.by {
        By::Item => side.by_item(),
        By::Account => side.by_account(),
        By::Task => side.by_task(),
        By::Program => side.by_program(),
        By::Fund => side.by_fund(),
    };
    let table = table(books, compared, choice, &side, paper).scaled(&paper.scale(books));
    let chart = chart(&table, choice.by);
    let blocks = std::iter::once(Block::Table(table)).chain(chart.map(Block::Chart)).collect();
    Page { report: "diff", title, blocks }
}

/// Plan and execution beside one another, of rows that a plan has a figure for.
fn chart(table: &Table, by: By) -> Option<Chart> {
    let planned = table.columns.iter().position(|column| column.role == Role::Amount)?;
    let cost = |row: usize| table.rows[row].cells[planned].money();
    // One whose spending stands with the account above weighs nothing known.
    let is_known = |row: &usize| table.rows[*row].cells[planned + 1].why != Why::NotAttributed;
    let weigh = |row: usize| Some(row).filter(is_known).and_then(cost);
    let rows = if by == By::Account { Rows::OfATree } else { Rows::WithoutParts };
    // What is of no item, task or account is none, and what was carried out unplanned is no part of the plan.
    let is_one = |row: &Row| !row.key.starts_with("(no-") && !row.key.starts_with("record:");
    let chosen = Chosen::of(table, rows, is_one, weigh).only(|row| cost(row).is_some());
    let of = by.noun();
    let title =
        Text::new(format!("{}별 계획과 집행", of.ko), format!("Plan and execution by {}", of.en.to_lowercase()));
    let columns = [planned, planned + 1, planned + 2];
    charts::amounts(table, &chosen, title, table.columns[planned].word, &columns, "plan-and-execution")
}

/// The table: rows in their order under a total, those left out counted.
fn table(books: &Books, rows: Vec<Compared>, choice: Choice, sides: &Sides<'_, '_>, paper: Paper) -> Table {
    let titled = choice.by != By::Account;
    let mut total = Compared { title: titled.then(|| Text::same("")), ..sides.total() };
    if choice.by == By::Fund {
        total.planned = sides.settlement.cell(AccountId::ROOT, Term::CurrentBudget);
        total.reported = Cell::blank(Why::NotDerivable);
        total.source = sides.source(&total.planned, &total.disbursed, &total.reported, Funding::Own);
    }
    let all = rows.len();
    let rows = chosen(rows, choice);
    let left_out = all - rows.len();
    let mixed = rows.iter().any(|row| row.source == Source::Records && row.planned.money().is_some())
        && total.source == Source::Lines;
    let has_both = rows.iter().any(|row| row.source == Source::Both);
    let has_nothing = rows.iter().any(|row| row.source == Source::Nothing);

    let first = usize::from(titled) + 1;
    let mut columns = vec![Column::new(choice.by.key(), Role::Key)];
    let title = match choice.by {
        By::Fund => Column::new(words::TITLE, Role::Text).headed(words::NAME.text()),
        By::Item | By::Account | By::Task | By::Program => Column::new(words::TITLE, Role::Text),
    };
    columns.extend(titled.then_some(title));
    let (planned, rate) = match choice.by {
        By::Fund => (Column::of(Term::CurrentBudget), words::RATE_ON_FUND),
        _ => (Column::new(words::PLANNED_COST, Role::Amount), words::RATE_ON_PLAN),
    };
    columns.extend([
        planned,
        Column::of(Term::Disbursed),
        Column::new(words::REPORTED_COST, Role::Amount),
        Column::new(words::DIFFERENCE, Role::Amount).from(&[(Sign::Plus, first), (Sign::Minus, first + 1)]),
        Column::new(rate, Role::Rate),
        Column::new(words::SOURCE, Role::Text),
    ]);
    let mut table_rows: Vec<Row> = Vec::new();
    let total_at = books.year.presentation.total;
    let shift = usize::from(total_at == TotalAt::Top);
    let last = rows.len();
    let mut total = total.row();
    total.complete = left_out == 0;
    if total_at == TotalAt::Top {
        table_rows.push(total.clone());
    }
    for row in rows {
        let mut row = row.row();
        row.complete = left_out == 0;
        row.parent = match (row.parent, total_at) {
            (Some(parent), _) => Some(parent + shift),
            (None, TotalAt::Top) => Some(0),
            (None, TotalAt::Bottom) => Some(last),
            (None, TotalAt::Nowhere) => None,
        };
        table_rows.push(row);
    }
    if total_at == TotalAt::Bottom {
        table_rows.push(total);
    }
    let mut notes = Vec::new();
    if left_out > 0 {
        notes.push(Note::caution(Sentence::with(
            (
                "골라 보인 것이라 빠진 줄이 {0}개 있음. 계는 모든 줄의 계임",
                "rows left out by choice: {0}; the total is that of all rows",
            ),
            vec![Piece::Count(left_out as u64)],
        )));
    }
    if mixed {
        notes.push(Note::remark(Sentence::plain((
            "근거가 추진실적인 줄의 차이와 집행률은 보고된 금액으로 계산한 것이고, 보고된 금액은 집행액에 들어 있지 않음",
            "where the source is records, difference and rate are worked out from what was reported, which is in no disbursed amount",
        ))));
    }
    if has_both {
        notes.push(Note::remark(Sentence::plain((
            "섞임: 집행한 줄이 있는 사업과 보고된 금액만 있는 사업이 섞여 있어 차이와 집행률을 계산하지 않음",
            "mixed: some of its items have lines and others records alone, so neither difference nor rate is worked out",
        ))));
    }
    if has_nothing {
        notes.push(Note::remark(Sentence::plain((
            "집행 없음: 계획에 있으나 집행한 줄이 없음",
            "no spending: it is planned, and no line spends on it",
        ))));
    }
    if choice.by == By::Fund {
        notes.push(Note::remark(Sentence::plain((
            "사업계획에는 재원이 적히지 않으므로, 재원을 적은 예산 줄을 계획으로 봄",
            "plan items name no fund: what is planned is the budget of the lines that do",
        ))));
    }
    let id = choice.by.key().id.to_owned();
    Table { id, caption: None, unit: paper.unit, columns, rows: table_rows, notes }
}

/// The rows that are shown, in their order: children stay below their parents.
fn chosen(rows: Vec<Compared>, choice: Choice) -> Vec<Compared> {
    let mut keep: Vec<bool> = rows.iter().map(|row| choice.only.is_none_or(|only| only.keeps(row))).collect();
    for n in (0..rows.len()).rev() {
        if let (true, Some(parent)) = (keep[n], rows[n].parent) {
            keep[parent] = true;
        }
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); rows.len() + 1];
    for (n, row) in rows.iter().enumerate().filter(|(n, _)| keep[*n]) {
        children[row.parent.unwrap_or(rows.len())].push(n);
    }
    if let Some(order) = choice.order {
        for list in &mut children {
            list.sort_by_cached_key(|n| std::cmp::Reverse(weight(&rows[*n], order)));
        }
    }
    let mut order = Vec::new();
    let mut open: Vec<usize> = children[rows.len()].iter().rev().copied().collect();
    while let Some(n) = open.pop() {
        order.push(n);
        open.extend(children[n].iter().rev());
    }
    let mut place = vec![0; rows.len()];
    for (at, n) in order.iter().enumerate() {
        place[*n] = at;
    }
    let mut rows: Vec<Option<Compared>> = rows.into_iter().map(Some).collect();
    let taken = order.iter().filter_map(|n| rows[*n].take());
    taken.map(|row| Compared { parent: row.parent.map(|parent| place[parent]), ..row }).collect()
}

/// What a row weighs in an order; one without the figure comes last.
fn weight(row: &Compared, order: Order) -> Option<(Money, Figure)> {
    let money = |money: Money| (money, Figure::whole(0));
    match order {
        Order::Planned => row.planned.money().map(money),
        Order::Disbursed => row.spent().map(money),
        Order::Difference => row.difference().money().map(money),
        Order::Rate => match row.rate().value {
            Value::Rate { exact, .. } => {
                Some((Money::ZERO, exact.shown(Rate::MOST_DECIMALS, Rounding::HalfUp).percent))
            }
            _ => None,
        },
    }
}
