//! A printed table as figures that hang together: what adds up down the rows, across the columns, and as rates.

use super::tie::{Rate, Sum, SumPlace};
use crate::ledger::{AccountId, Claim, Sign};
use crate::money::{Figure, Money, Range, Reading, Unit};
use crate::source::Span;
use crate::words::Text;

/// A printed table.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it is called.
    pub title: Text,
    /// Its columns of figures; the names of the rows are none.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Its cells, row by row.
    pub marks: Vec<Mark>,
    /// How its columns hang together.
    pub identities: Vec<Identity>,
    /// What its amounts are money of.
    pub currency: Currency,
    /// What one grain is worth: the smallest part of an amount that is told apart, a won unless the table prints less.
    pub grain: Money,
    /// Signed sums of cells that come to nothing.
    pub sums: Vec<Sum>,
    /// Cells that are a part of others, in per cent.
    pub rates: Vec<Rate>,
    /// Totals of which no row below has a part: their column and row.
    pub unattributed: Vec<CellId>,
}

/// Which cell: an index into [`Sheet::marks`].
pub type CellId = usize;

/// A column of figures.
#[derive(Clone, Debug)]
pub struct Column {
    /// As it is printed.
    pub heading: Text,
    /// What it is a figure of, where that is known.
    pub claim: Option<Claim>,
    /// What it holds.
    pub sort: Sort,
    /// Where its heading stands.
    pub span: Option<Span>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Amounts in a unit, which add up down the rows.
    Amount(Unit),
    /// Rates: a whole is printed as so many (100 for per cent, 1 for a plain ratio).
    Rate(u32),
    /// Something else, which is left alone.
    Other,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// As it is printed.
    pub name: Text,
    /// The same with the names above it.
    pub path: String,
    /// The account that it is of, where that is known.
    pub account: Option<AccountId>,
    /// The row that it is a part of.
    pub parent: Option<usize>,
    /// Whether every part of it is a row, too.
    pub complete: bool,
    /// Where it stands.
    pub span: Span,
}

/// A cell as it is printed.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The text.
    pub text: String,
    /// What it says.
    pub says: Says,
    /// Where it stands.
    pub span: Span,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Nothing: the cell is empty, or no figure.
    Nothing,
    /// Nil, which does not tell whether it is zero or not attributed.
    Nil,
    /// A figure.
    Figure(Figure),
}

/// How a column follows from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The column that follows.
    pub target: usize,
    /// The signed sum that it is, or of which it is a part.
    pub parts: Vec<(Sign, usize)>,
    /// What it is a part of, where it is a rate.
    pub whole: Option<usize>,
    /// In which row the whole stands.
    pub base: Base,
    /// The rows it is of, from the first; all where there is none.
    pub rows: Option<Vec<usize>>,
    /// What says so.
    pub source: Known,
}

/// In which row the whole of a rate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// In its own.
    Row,
    /// In that of the total: what is printed is a share of it.
    Total,
}

/// What a table's amounts are money of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Currency {
    /// Won.
    #[default]
    Won,
    /// Something else, or nothing that the table says: amounts are shown without a name of money.
    Other,
}

/// What says how columns hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A formula in its heading.
    Heading,
    /// What the term means.
    Term,
    /// The figures themselves: it holds in nearly every row.
    Figures,
}

impl Column {
    /// A stable name: that of what it is a figure of, else its heading.
    pub fn id(&self) -> &str {
        match self.claim {
            Some(Claim::Term(term)) => term.word().id,
            Some(Claim::GrossBudget) => "gross_budget",
            Some(Claim::GrantorSpent) => "grantor_spent",
            None => &self.heading.ko,
        }
    }
}

impl Sheet {
    /// A table of which only the cells are known; grains and ties follow with [`Sheet::tied`].
    pub fn new(title: Text, columns: Vec<Column>, rows: Vec<Row>, marks: Vec<Mark>) -> Sheet {
        let grain = Money::from_won(1);
        let (sums, rates) = (Vec::new(), Vec::new());
        Sheet {
            title,
            columns,
            rows,
            marks,
            identities: Vec::new(),
            currency: Currency::Won,
            grain,
            sums,
            rates,
            unattributed: Vec::new(),
        }
    }

    /// The cell of a row and a column.
    pub fn cell(&self, row: usize, column: usize) -> CellId {
        row * self.columns.len() + column
    }

    /// The row and the column of a cell.
    pub fn place(&self, cell: CellId) -> (usize, usize) {
        (cell / self.columns.len(), cell % self.columns.len())
    }

    /// The unit of a cell, if it holds an amount.
    pub fn unit(&self, cell: CellId) -> Option<Unit> {
        match self.columns[self.place(cell).1].sort {
            Sort::Amount(unit) => Some(unit),
            Sort::Rate(_) | Sort::Other => None,
        }
    }

    /// The figure of a cell, if there is one.
    pub fn figure(&self, cell: CellId) -> Option<Figure> {
        match self.marks[cell].says {
            Says::Figure(figure) => Some(figure),
            Says::Nil | Says::Nothing => None,
        }
    }

    /// Ties its cells together: by its rows, and by how its columns follow from one another.
    pub fn tied(mut self, identities: Vec<Identity>) -> Sheet {
        self.identities = identities;
        let finest = (0..self.marks.len())
            .filter_map(|cell| Some(Money::grain(self.figure(cell)?.decimals(), self.unit(cell)?)));
        self.grain = finest.chain([Money::from_won(1)]).min().unwrap_or(Money::from_won(1));
        let mut children = vec![Vec::new(); self.rows.len()];
        for (row, parent) in self.rows.iter().enumerate().filter_map(|(n, row)| Some((n, row.parent?))) {
            children[parent].push(row);
        }
        let top = self.top();
        // Deepest first, and what a row is the sum of before what it says across: one sweep carries everything up.
        for row in self.deepest_first(&children) {
            for column in 0..self.columns.len() {
                self.tie_down(row, column, &children[row]);
            }
            for n in 0..self.identities.len() {
                self.tie_across(row, n, top);
            }
        }
        self
    }

    /// Rows with those below them first.
    fn deepest_first(&self, children: &[Vec<usize>]) -> Vec<usize> {
        let mut order: Vec<usize> = Vec::with_capacity(self.rows.len());
        let mut open: Vec<usize> = (0..self.rows.len()).filter(|row| self.rows[*row].parent.is_none()).collect();
        while let Some(row) = open.pop() {
            order.push(row);
            open.extend(&children[row]);
        }
        order.reverse();
        order
    }

    fn tie_down(&mut self, row: usize, column: usize, children: &[usize]) {
        if !matches!(self.columns[column].sort, Sort::Amount(_)) || !self.rows[row].complete {
            return;
        }
        let whole = self.cell(row, column);
        let parts: Vec<CellId> = children.iter().map(|child| self.cell(*child, column)).collect();
        let any = parts.iter().any(|part| self.figure(*part).is_some());
        // Of words where a figure should stand nobody knows what they come to.
        if parts.iter().any(|part| self.marks[*part].says == Says::Nothing && !self.marks[*part].text.trim().is_empty())
        {
            return;
        }
        match (self.figure(whole), any) {
            (Some(_), true) => {
                // A part that is not printed is nothing; only where no part is, the whole is not attributed.
                let parts = parts.into_iter().map(|part| (Sign::Plus, part));
                let terms = std::iter::once((Sign::Minus, whole)).chain(parts).collect();
                self.sums.push(Sum { place: SumPlace::Down { row, column }, terms });
            }
            (Some(figure), false) if !parts.is_empty() && !figure.is_zero() => self.unattributed.push(whole),
            _ => {}
        }
    }

    fn tie_across(&mut self, row: usize, n: usize, top: Option<usize>) {
        let Identity { target, parts, whole, base, rows, .. } = self.identities[n].clone();
        if rows.is_some_and(|rows| rows.binary_search(&row).is_err()) {
            return;
        }
        let target = self.cell(row, target);
        let parts: Vec<(Sign, CellId)> = parts.iter().map(|(sign, column)| (*sign, self.cell(row, *column))).collect();
        let printed = |cell: CellId| self.marks[cell].says != Says::Nothing;
        if !parts.iter().all(|(_, cell)| printed(*cell)) || self.figure(target).is_none() {
            return;
        }
        if parts.iter().all(|(_, cell)| self.figure(*cell).is_none()) {
            return;
        }
        let from = if base == Base::Total { top } else { Some(row) };
        let Some(from) = from else { return };
        match whole.map(|column| self.cell(from, column)) {
            None => {
                let terms = std::iter::once((Sign::Minus, target)).chain(parts).collect();
                self.sums.push(Sum { place: SumPlace::Across { row, identity: n }, terms });
            }
            Some(whole) if self.figure(whole).is_some_and(|figure| !figure.is_zero()) => {
                let scale = match self.columns[self.place(target).1].sort {
                    Sort::Rate(scale) => scale,
                    Sort::Amount(_) | Sort::Other => 100,
                };
                self.rates.push(Rate { target, parts, whole, scale });
            }
            Some(_) => {}
        }
    }

    /// The row of the total: the only one that is a part of nothing and has parts.
    pub fn top(&self) -> Option<usize> {
        let mut tops =
            self.rows.iter().filter_map(|row| row.parent).filter(|parent| self.rows[*parent].parent.is_none());
        let first = tops.next()?;
        tops.all(|top| top == first).then_some(first)
    }

    /// How many grains a cell's last digit is worth.
    pub fn step(&self, cell: CellId) -> i128 {
        let decimals = self.figure(cell).map_or(0, Figure::decimals);
        let unit = self.unit(cell).unwrap_or_default();
        Money::grain(decimals, unit).as_weight() / self.grain.as_weight()
    }

    /// What a cell says, in grains, as if no digit had been given up; nil is nothing.
    pub fn value(&self, cell: CellId) -> i128 {
        self.figure(cell).map_or(0, |figure| figure.digits() * self.step(cell))
    }

    /// What the amount of a cell may have been; of one that is no figure, what is printed as nothing.
    pub fn range(&self, cell: CellId, reading: Option<Reading>) -> Range {
        let digits = self.figure(cell).map_or(0, Figure::digits);
        match reading {
            Some(reading) => reading.range(digits, self.step(cell)),
            None => Reading::any(digits, self.step(cell)),
        }
    }

    /// So many grains as an amount.
    pub fn money(&self, grains: i128) -> Money {
        self.grain.times(grains)
    }

    /// An amount as grains, if it is a whole number of them.
    pub fn grains(&self, amount: Money) -> Option<i128> {
        (amount.as_weight() % self.grain.as_weight() == 0).then(|| amount.as_weight() / self.grain.as_weight())
    }

    /// A cell by stable names: the path of its row, and what its column is.
    pub fn key(&self, cell: CellId) -> String {
        let (row, column) = self.place(cell);
        format!("{}:{}", self.rows[row].path, self.columns[column].id())
    }

    /// A cell by the names of its row and its column.
    pub fn name(&self, cell: CellId) -> Text {
        let (row, column) = self.place(cell);
        let (row, heading) = (&self.rows[row].name, &self.columns[column].heading);
        Text::new(format!("{} {}", row.ko, heading.ko), format!("{}, {}", row.en, heading.en))
    }
}
