//! How far along a year is: month by month or quarter by quarter, and where each account or item stands.
//!
//! Lines that know their year alone have no month: they stand in a row of their own, and no cumulated figure has them.

mod standing;

use super::Paper;
use super::costs::{named, own_cost};
use crate::ledger::{
    AccountId, Basis, Books, Date, Formula, ItemId, Measure, Precision, Scope, Sign, Slice, Term, When,
};
use crate::money::{Money, Rate};
use crate::table::{
    Block, Cell, Chart, Column, Note, Page, Piece, Role, Row, RowClass, Scale, Sentence, Step, Table, Value, Why,
};
use crate::tally::{Axis, Months, Sums, Tally};
use crate::words::{self, Text};

/// How long a row of the course is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Period {
    /// A month.
    #[default]
    Month,
    /// Three months, from the first of the fiscal year.
    Quarter,
}

/// What the standing is shown by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Standing {
    /// Accounts.
    #[default]
    Account,
    /// Planned items.
    Item,
}

/// What of a year is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// How long a row of the course is.
    pub period: Period,
    /// What the standing is shown by.
    pub standing: Standing,
    /// Only this account and those below it.
    pub account: AccountId,
    /// Only lines that name this item.
    pub item: Option<ItemId>,
    /// How many levels of accounts.
    pub depth: Option<u32>,
}

impl Default for View {
    fn default() -> View {
        View {
            period: Period::default(),
            standing: Standing::default(),
            account: AccountId::ROOT,
            item: None,
            depth: None,
        }
    }
}

impl View {
    /// Which lines it looks at.
    pub fn scope(self) -> Scope {
        self.item.map_or(Scope::All, Scope::Item)
    }
}

/// The page of a year's status. The tally is within what the view looks at.
pub fn status(books: &Books, tally: &Tally<'_>, view: View, paper: Paper) -> Page {
    let number = books.year.fiscal_year;
    let of = subject(books, view);
    let title = Text::new(
        format!("{} {number}년도 {}{}", books.year.entity.ko, of.ko, words::STATUS.ko),
        format!("{}: {} of {number}{}", books.year.entity.en, words::STATUS.en, of.en),
    );
    let scale = paper.scale(books);
    let course = Course::of(books, tally, view);
    let mut blocks = Vec::new();
    if let Some(day) = tally.day() {
        let text = ("{0} 현재", "As of {0}");
        blocks.push(Block::Paragraph(Sentence::with(text, vec![Piece::Date(Date::Day(day))])));
    }
    blocks.extend(course.headline(&scale).map(Block::Paragraph));
    blocks.extend(course.last_month(&scale).map(Block::Paragraph));
    blocks.extend(course.chart().map(Block::Chart));
    let mut table = course.table(paper);
    table.notes.extend(super::undatable(tally.undatable()));
    blocks.push(Block::Table(table.scaled(&scale)));
    let standing = match view.standing {
        Standing::Account if view.item.is_none() => Some(standing::by_account(books, tally, view, paper)),
        Standing::Item if view.item.is_none() && !books.items.is_empty() => {
            Some(standing::by_item(books, tally, view, paper))
        }
        _ => None,
    };
    blocks.extend(standing.map(|table| Block::Table(table.scaled(&scale))));
    Page { report: "status", title, blocks }
}

/// What the view looks at, where that is not all.
fn subject(books: &Books, view: View) -> Text {
    let mut names = Vec::new();
    if view.account != AccountId::ROOT {
        let path = &books.accounts.get(view.account).path;
        names.push(Text::same(path.as_str()));
    }
    names.extend(view.item.map(|id| named(books.item(id))));
    names.into_iter().fold(Text::default(), |of, name| {
        Text::new(format!("{}{} ", of.ko, name.ko), format!("{}, {}", of.en, name.en))
    })
}

const DISBURSED: Formula = &[(Sign::Plus, Measure::Disbursed)];
const COMMITTED: Formula = &[(Sign::Plus, Measure::Committed)];

/// The course of a year.
struct Course<'b> {
    books: &'b Books,
    view: View,
    months: Months,
    sums: Vec<Sums>,
    as_of: Option<crate::ledger::Day>,
    /// All lines, whenever.
    whole: Sums,
}

/// What spending is held against.
struct Whole {
    word: words::Word,
    /// The rate on it.
    rate: words::Word,
    /// The basis that it is, where it is one that years declare.
    term: Option<Basis>,
    cell: Cell,
}

/// A row of the course: which places of the months it is, and which lines those are.
struct Stretch {
    key: String,
    name: Text,
    sums: Sums,
    when: When,
    /// What had come by its end, and which lines those are; none where it stands apart.
    so_far: Option<(Sums, When)>,
}

impl<'b> Course<'b> {
    fn of(books: &'b Books, tally: &Tally<'b>, view: View) -> Course<'b> {
        let sums = tally.along(Axis::Month).months().to_vec();
        let whole = sums.iter().fold(Sums::NOTHING, |mut whole, sums| {
            whole.merge(sums);
            whole
        });
        Course { books, view, months: Months::of(books), sums, as_of: tally.day(), whole }
    }

    fn cell(&self, sums: &Sums, formula: Formula, when: When) -> Cell {
        let slice = Slice { account: self.view.account, formula, scope: self.view.scope(), when };
        sums.worked(formula).map_or(Cell::blank(Why::NoLines), |amount| Cell::amount(amount, Why::Summed(slice)))
    }

    fn granted(&self) -> Formula {
        Term::Granted.formula(self.books.year.grant_mode)
    }

    /// What spending is a part of: the current budget of all the year, or what was granted in it; of one item what it is
    /// planned to cost.
    fn basis(&self) -> Option<Whole> {
        if let Some(item) = self.view.item {
            let cell = own_cost(self.books.item(item));
            cell.money()?;
            return Some(Whole { word: words::PLANNED_COST, rate: words::RATE_ON_PLAN, term: None, cell });
        }
        let declared = self.books.year.rate_basis.unwrap_or(Basis::CurrentBudget);
        let of = |basis: Basis| {
            let formula = basis.term().formula(self.books.year.grant_mode);
            let rate = match basis {
                Basis::Granted => words::RATE_ON_GRANTED,
                Basis::CurrentBudget => words::RATE_ON_BUDGET,
            };
            let cell = self.cell(&self.whole, formula, When::by(self.as_of));
            Whole { word: basis.term().word(), rate, term: Some(basis), cell }
        };
        [declared, Basis::CurrentBudget].into_iter().map(of).find(|whole| whole.cell.money().is_some())
    }

    /// The rows before the total.
    fn stretches(&self) -> Vec<Stretch> {
        let mut rows = Vec::new();
        let months = self.months;
        let touched = |place: usize| self.sums[place] != Sums::NOTHING;
        let mut so_far = Sums::NOTHING;
        if touched(Months::BEFORE) {
            so_far.merge(&self.sums[Months::BEFORE]);
            let when = months.before(self.as_of);
            rows.push(Stretch {
                key: "before".to_owned(),
                name: Text::new("연도 전", "Before the year"),
                sums: self.sums[Months::BEFORE],
                when,
                so_far: Some((so_far, when)),
            });
        }
        let step = match self.view.period {
            Period::Month => 1,
            Period::Quarter => 3,
        };
        // Where no line has a month there is nothing to say of any.
        let months_known = (0..months.count()).any(|n| touched(months.month(n)));
        for first in (0..months.count()).step_by(step).filter(|_| months_known) {
            if self.as_of.is_some_and(|day| months.date(first).first() > day) {
                break;
            }
            let last = (first + step - 1).min(months.count() - 1);
            let mut sums = Sums::NOTHING;
            (first..=last).for_each(|n| sums.merge(&self.sums[months.month(n)]));
            so_far.merge(&sums);
            let (key, name) = self.name(first, last);
            let until = months.until(last, self.as_of);
            let when = months.within(first, last, self.as_of);
            rows.push(Stretch { key, name, sums, when, so_far: Some((so_far, until)) });
        }
        if touched(months.after()) {
            rows.push(Stretch {
                key: "after".to_owned(),
                name: Text::new("연도 뒤", "After the year"),
                sums: self.sums[months.after()],
                when: months.later(self.as_of),
                so_far: None,
            });
        }
        if touched(months.undated()) {
            rows.push(Stretch {
                key: "undated".to_owned(),
                name: Text::new("월이 적히지 않은 줄", "Lines without a month"),
                sums: self.sums[months.undated()],
                when: When { from: None, to: self.as_of, precision: Precision::YearOnly },
                so_far: None,
            });
        }
        rows
    }

    fn name(&self, first: usize, last: usize) -> (String, Text) {
        let date = self.months.date(first);
        match self.view.period {
            Period::Month => (date.to_string(), Text::same(date.to_string())),
            Period::Quarter => {
                let number = first / 3 + 1;
                let key = format!("{}-Q{number}", self.books.year.fiscal_year);
                let text = Text::new(
                    format!("{number}분기({date} ~ {})", self.months.date(last)),
                    format!("Q{number} ({date} ~ {})", self.months.date(last)),
                );
                (key, text)
            }
        }
    }

    fn table(&self, paper: Paper) -> Table {
        let basis = self.basis();
        let rate = basis.as_ref().map_or(words::RATE_ON_BUDGET, |whole| whole.rate);
        let columns = vec![
            Column::new(words::PERIOD_KEY, Role::Key),
            Column::of(Term::Granted),
            Column::of(Term::Committed),
            Column::of(Term::Disbursed),
            Column::new(words::CUMULATIVE, Role::Amount).standing(),
            Column::new(rate, Role::Rate),
            Column::new(words::REMAINING, Role::Amount).standing(),
        ];
        let stretches = self.stretches();
        let last = stretches.len();
        let spent = |(sums, _): &(Sums, When)| sums.get(Measure::Disbursed).is_some();
        let dated = stretches.iter().any(|stretch| stretch.so_far.as_ref().is_some_and(spent));
        let mut rows: Vec<Row> = stretches
            .iter()
            .map(|stretch| {
                let cells = match &stretch.so_far {
                    // Nothing so far is nothing only where lines would have said so.
                    Some(_) if !dated => {
                        [Cell::blank(Why::NoLines), Cell::blank(Why::NoLines), Cell::blank(Why::NoLines)]
                    }
                    Some((sums, when)) => self.progress(&self.cell(sums, DISBURSED, *when), basis.as_ref()),
                    None => [Cell::blank(Why::Label), Cell::blank(Why::Label), Cell::blank(Why::Label)],
                };
                self.row(stretch, cells, Some(last))
            })
            .collect();
        let when = When::by(self.as_of);
        let name = self.books.year.presentation.total_label.clone();
        let total = Stretch { key: super::ROOT_KEY.to_owned(), name, sums: self.whole, when, so_far: None };
        let progress = self.progress(&self.cell(&self.whole, DISBURSED, when), basis.as_ref());
        let mut total = self.row(&total, progress, None);
        total.class = RowClass::Total;
        total.depth = 0;
        rows.push(total);
        let notes = self.notes(&stretches, basis.is_some());
        Table { id: "course".to_owned(), caption: None, unit: paper.unit, columns, rows, notes }
    }

    fn row(&self, stretch: &Stretch, progress: [Cell; 3], parent: Option<usize>) -> Row {
        let own = [self.granted(), COMMITTED, DISBURSED].map(|formula| self.cell(&stretch.sums, formula, stretch.when));
        let cells = [Cell::label(stretch.name.clone())].into_iter().chain(own).chain(progress).collect();
        Row { class: RowClass::Body, key: stretch.key.clone(), depth: 1, parent, complete: true, cells }
    }

    /// What was spent so far, as a part of the basis, and what of the basis is left.
    fn progress(&self, so_far: &Cell, basis: Option<&Whole>) -> [Cell; 3] {
        let nothing = || Step { name: words::DISBURSED.text(), amount: Money::ZERO, why: Why::NoLines };
        let spent = so_far.step(words::CUMULATIVE.text()).unwrap_or_else(nothing);
        let whole = basis.and_then(|whole| whole.cell.step(whole.word.text()));
        match whole {
            None => [so_far.clone(), Cell::blank(Why::NoBasis), Cell::blank(Why::NoBasis)],
            Some(whole) => [
                so_far.clone(),
                Cell::rate(spent.clone(), whole.clone()),
                Cell::worked(vec![(Sign::Plus, whole), (Sign::Minus, spent)]),
            ],
        }
    }

    fn notes(&self, stretches: &[Stretch], has_basis: bool) -> Vec<Note> {
        let mut notes = Vec::new();
        if has_basis {
            notes.push(Note::remark(Sentence::plain((
                "집행률과 남은 금액은 연간 기준 금액에 대한 것임",
                "rate and remaining are held against the basis of the whole year",
            ))));
        }
        let (starts, ends) = (self.books.year.starts.first(), self.books.year.ends.last());
        let months = self.months.date(0).first()..=self.months.date(self.months.count() - 1).last();
        if starts != *months.start() || ends != *months.end() {
            notes.push(Note::remark(Sentence::plain((
                "회계연도가 달 가운데에서 시작하거나 끝나, 첫 달과 마지막 달에는 연도 밖 날짜의 줄도 들어 있음",
                "the fiscal year begins or ends within a month: its first and last month hold lines dated outside it, too",
            ))));
        }
        if stretches.iter().any(|stretch| stretch.key == "undated") {
            notes.push(Note::caution(Sentence::plain((
                "연도까지만 적힌 줄은 어느 달인지 알 수 없어 따로 두었고, 누계에는 들어 있지 않음(계에는 들어 있음)",
                "lines dated by their year alone stand apart: they are in the total, and in no cumulated figure",
            ))));
        }
        notes
    }

    /// `집행 464,693,009원 (예산현액 기준 집행률 88.4%)`
    fn headline(&self, scale: &Scale<'_>) -> Option<Sentence> {
        let spent = self.cell(&self.whole, DISBURSED, When::by(self.as_of));
        let Whole { word, term, cell: whole, .. } = self.basis()?;
        let rate = Cell::rate(spent.step(words::DISBURSED.text())?, whole.step(word.text())?);
        let Value::Rate { exact, .. } = rate.value else { return None };
        let figure = |term: Option<Term>, money: Money| {
            Piece::Figure(scale.amount(term, RowClass::Total, money), Some(scale.unit))
        };
        Some(Sentence::with(
            ("{0} {1} 가운데 {2} 집행 (집행률 {3})", "Of {0} {1}, {2} is disbursed (execution rate {3})"),
            vec![
                Piece::Text(Text::new(word.ko, word.en.to_lowercase())),
                figure(term.map(Basis::term), whole.money()?),
                figure(Some(Term::Disbursed), spent.money()?),
                Piece::Percent(scale.rate(term.map(Term::ExecutionRate), RowClass::Total, exact).0),
            ],
        ))
    }

    /// What share of the year's spending falls into its last month (연말 집중 집행), once that month has come.
    fn last_month(&self, scale: &Scale<'_>) -> Option<Sentence> {
        let last = self.months.count().checked_sub(1)?;
        if self.as_of.is_some_and(|day| day < self.months.date(last).last()) {
            return None;
        }
        let when = self.months.within(last, last, self.as_of);
        let spent = self.cell(&self.sums[self.months.month(last)], DISBURSED, when);
        let whole = self.cell(&self.whole, DISBURSED, When::by(self.as_of));
        // A year without a single month says nothing of its last one.
        self.stretches()
            .iter()
            .find(|stretch| stretch.so_far.as_ref().is_some_and(|(sums, _)| sums.get(Measure::Disbursed).is_some()))?;
        let nothing = || Step { name: words::DISBURSED.text(), amount: Money::ZERO, why: Why::NoLines };
        let part = spent.step(words::DISBURSED.text()).unwrap_or_else(nothing);
        let rate = Rate::of(part.amount, whole.money()?)?;
        let month = Piece::Date(self.months.date(last));
        let percent = Piece::Percent(scale.rate(None, RowClass::Total, rate).0);
        Some(match self.books.year.december_share {
            None => Sentence::with(
                (
                    "마지막 달({0}) 집행 비중 {1}(집행액 기준)",
                    "Share of the last month ({0}) in what was disbursed: {1}",
                ),
                vec![month, percent],
            ),
            Some(share) => {
                // What has no month may all be of the last.
                let undated = self.sums[self.months.undated()].get(Measure::Disbursed).unwrap_or(Money::ZERO);
                let most = Rate::of(part.amount + undated.max(Money::ZERO), whole.money()?)?;
                let bound = Piece::Text(Text::same(share.to_string()));
                let verdict = match (rate.is_above(share), most.is_above(share)) {
                    (true, _) => Text::new("넘음", "above"),
                    (false, false) => Text::new("넘지 않음", "not above"),
                    (false, true) => Text::new(
                        "넘는지는 월이 적히지 않은 줄 때문에 알 수 없음",
                        "which need not be below, as lines know no month,",
                    ),
                };
                Sentence::with(
                    (
                        "마지막 달({0}) 집행 비중 {1}(집행액 기준): 기준 {2}을 {3}",
                        "Share of the last month ({0}) in what was disbursed: {1}, {3} the {2} that the year declares",
                    ),
                    vec![month, percent, bound, Piece::Text(verdict)],
                )
            }
        })
    }

    /// The curve of what was spent so far.
    fn chart(&self) -> Option<Chart> {
        let Whole { word, cell, .. } = self.basis()?;
        let whole = cell.money()?;
        let points = self.stretches().into_iter().filter_map(|stretch| {
            let (sums, _) = stretch.so_far?;
            let spent = sums.get(Measure::Disbursed).unwrap_or(Money::ZERO);
            Some((Text::same(stretch.key), Rate::of(spent, whole)))
        });
        let points: Vec<_> = points.collect();
        let flat = points.iter().all(|(_, rate)| rate.is_none_or(|rate| rate.part().is_zero()));
        (!flat).then(|| Chart {
            title: Text::new(
                format!("누계 집행률({} 기준)", word.ko),
                format!("Disbursed so far, as a part of {}", word.en.to_lowercase()),
            ),
            points,
        })
    }
}
