//! The course of a year: what came in each month or quarter, and what had come by its end.

use super::{Columns, Period, View};
use crate::ledger::{Basis, Books, Formula, GrantMode, Measure, Precision, Sign, Slice, Term, When};
use crate::money::{Money, Rate, Unit};
use crate::report::Paper;
use crate::report::costs::own_cost;
use crate::settled::{COMMITTED, DISBURSED, OWN_FUNDS, summed};
use crate::table::{
    Cell, Chart, Column, Mark, Note, Piece, Role, Row, RowClass, Scale, Sentence, Shape, Step, Table, Value, Why,
};
use crate::tally::{Axis, Months, Rolled, Sums, Tally};
use crate::words::{self, Text};

/// The course of a year.
pub(super) struct Course<'b> {
    books: &'b Books,
    view: View,
    months: Months,
    sums: Vec<Sums>,
    as_of: Option<crate::ledger::Day>,
    /// All lines, whenever.
    whole: Sums,
    /// What lines of accounts above have to do with.
    rolled: Rolled,
}

/// What spending is held against.
struct Whole {
    word: words::Word,
    /// The rate on it.
    rate: words::Word,
    /// The basis that it is, where it is one that years declare.
    term: Option<Basis>,
    cell: Cell,
    /// What may be spent besides: own funds, beside what was granted.
    beside: Cell,
}

/// The name of a rate on a basis.
const fn rate_on(basis: Basis) -> words::Word {
    match basis {
        Basis::Granted => words::RATE_ON_GRANTED,
        Basis::CurrentBudget => words::RATE_ON_BUDGET,
    }
}

/// What of a basis is left: it, own funds beside it, less what was spent.
fn left(whole: Step, basis: Option<&Whole>, spent: Step) -> Vec<(Sign, Step)> {
    let beside = basis.and_then(|basis| basis.beside.step(words::OWN_FUNDS.text()));
    let beside = beside.map(|step| (Sign::Plus, step));
    [Some((Sign::Plus, whole)), beside, Some((Sign::Minus, spent))].into_iter().flatten().collect()
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
    pub(super) fn of(books: &'b Books, tally: &Tally<'b>, view: View) -> Course<'b> {
        let sums = tally.along(Axis::Month).months().to_vec();
        let whole = sums.iter().fold(Sums::NOTHING, |mut whole, sums| {
            whole.merge(sums);
            whole
        });
        let (months, as_of) = (Months::of(books), tally.day());
        Course { books, view, months, sums, as_of, whole, rolled: tally.rolled_up() }
    }

    /// What was granted in all; of money that is drawn nothing is known while own funds are ahead of what was spent.
    fn granted_in_all(&self) -> Cell {
        let formula = Term::Granted.formula(self.books.year.grant_mode);
        let cell = self.cell(&self.whole, formula, When::by(self.as_of));
        match cell.money() {
            Some(money) if money.is_negative() && self.books.year.grant_mode == GrantMode::Deposit => {
                Cell::blank(Why::NotDerivable)
            }
            _ => cell,
        }
    }

    fn cell(&self, sums: &Sums, formula: Formula, when: When) -> Cell {
        // A single measure has lines of its own beside the pool, or none; several make no figure with it.
        let is_pooled = self.rolled.is_pooled(self.view.account, formula);
        if is_pooled && (formula.len() > 1 || sums.worked(formula).is_none()) {
            return Cell::blank(Why::NotAttributed);
        }
        let slice = Slice { account: self.view.account, formula, scope: self.view.scope(), when };
        summed(sums, slice)
    }

    /// What was granted in a stretch of the year; of money that is drawn, only where own funds have no part in it: they
    /// are paid in on one day and spent on others.
    fn granted(&self, sums: &Sums, when: When) -> Cell {
        let own = self.whole.get(Measure::OwnFunds).is_some();
        match self.books.year.grant_mode {
            GrantMode::Deposit if own => Cell::blank(Why::NotDerivable),
            mode => self.cell(sums, Term::Granted.formula(mode), when),
        }
    }

    /// The basis that the year declares.
    fn declared(&self) -> Basis {
        self.books.year.rate_basis.unwrap_or(Basis::CurrentBudget)
    }

    /// What spending is a part of: the current budget of all the year, or what was granted in it; of one item what it is
    /// planned to cost.
    fn basis(&self) -> Option<Whole> {
        if let Some(item) = self.view.item {
            let cell = own_cost(self.books.item(item));
            cell.money()?;
            return Some(Whole {
                word: words::PLANNED_COST,
                rate: words::RATE_ON_PLAN,
                term: None,
                cell,
                beside: Cell::blank(Why::NoLines),
            });
        }
        let declared = self.declared();
        let of = |basis: Basis| {
            let formula = basis.term().formula(self.books.year.grant_mode);
            let when = When::by(self.as_of);
            let (cell, beside) = match basis {
                _ if self.rolled.is_pooled(self.view.account, formula) => {
                    (Cell::blank(Why::NotAttributed), Cell::blank(Why::NotAttributed))
                }
                Basis::Granted => (self.granted_in_all(), self.cell(&self.whole, OWN_FUNDS, when)),
                Basis::CurrentBudget => (self.cell(&self.whole, formula, when), Cell::blank(Why::NoLines)),
            };
            Whole { word: basis.term().word(), rate: rate_on(basis), term: Some(basis), cell, beside }
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

    pub(super) fn table(&self, paper: Paper) -> Table {
        let basis = self.basis();
        let rate = basis.as_ref().map_or(rate_on(self.declared()), |whole| whole.rate);
        let [granted, committed] = match self.view.columns {
            Columns::Each => [Column::of(Term::Granted), Column::of(Term::Committed)],
            Columns::SoFar => {
                [words::GRANTED_SO_FAR, words::COMMITTED_SO_FAR].map(|word| Column::new(word, Role::Amount).standing())
            }
        };
        let columns = vec![
            Column::new(words::PERIOD_KEY, Role::Key),
            granted,
            committed,
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
        let total = Stretch { key: crate::report::ROOT_KEY.to_owned(), name, sums: self.whole, when, so_far: None };
        let progress = self.progress(&self.cell(&self.whole, DISBURSED, when), basis.as_ref());
        let mut total = self.row(&total, progress, None);
        total.class = RowClass::Total;
        total.depth = 0;
        rows.push(total);
        let notes = self.notes(&stretches, basis.as_ref());
        Table { id: "course".to_owned(), caption: None, unit: paper.unit, columns, rows, notes }
    }

    fn row(&self, stretch: &Stretch, progress: [Cell; 3], parent: Option<usize>) -> Row {
        // Cumulated, where that is asked for, and where there is something to cumulate.
        let (sums, when) = match (self.view.columns, &stretch.so_far) {
            (Columns::SoFar, Some((sums, when))) => (sums, *when),
            _ => (&stretch.sums, stretch.when),
        };
        let own = [
            // The total alone is part of nothing.
            if parent.is_none() { self.granted_in_all() } else { self.granted(sums, when) },
            self.cell(sums, COMMITTED, when),
            self.cell(&stretch.sums, DISBURSED, stretch.when),
        ];
        let cells = [Cell::label(stretch.name.clone())].into_iter().chain(own).chain(progress).collect();
        Row { class: RowClass::Body, key: stretch.key.as_str().into(), depth: 1, parent, complete: true, cells }
    }

    /// What was spent so far, as a part of the basis, and what of the basis is left.
    fn progress(&self, so_far: &Cell, basis: Option<&Whole>) -> [Cell; 3] {
        let nothing = || Step { name: words::DISBURSED.text(), amount: Money::ZERO, why: Why::NoLines };
        let spent = so_far.step(words::CUMULATIVE.text()).unwrap_or_else(nothing);
        let whole = basis.and_then(|whole| whole.cell.step(whole.word.text()));
        match whole {
            None => [so_far.clone(), Cell::blank(Why::NoBasis), Cell::blank(Why::NoBasis)],
            Some(whole) => {
                [so_far.clone(), Cell::rate(spent.clone(), whole.clone()), Cell::worked(left(whole, basis, spent))]
            }
        }
    }

    fn notes(&self, stretches: &[Stretch], basis: Option<&Whole>) -> Vec<Note> {
        let mut notes = Vec::new();
        let declared = self.books.year.rate_basis;
        notes.extend(basis.map(|whole| {
            let word = Piece::Text(Text::new(whole.word.ko, whole.word.en.to_lowercase()));
            let against = match (self.as_of, self.view.item) {
                (None, _) | (_, Some(_)) => Text::new("연간", "of the whole year"),
                (Some(_), None) => Text::new("기준일까지의", "as of the day"),
            };
            let text = ("집행률과 남은 금액은 {1} {0}에 대한 것임", "rate and remaining are held against {0} {1}");
            Note::remark(Sentence::with(text, vec![word, Piece::Text(against)]))
        }));
        if let (Some(declared), Some(Whole { term: Some(basis), .. })) = (declared, basis)
            && declared != *basis
        {
            let word = declared.term().word();
            notes.push(Note::remark(Sentence::with(
                (
                    "{0}은 이 과목의 몫으로 나뉘어 있지 않거나 알 수 없어 예산현액을 기준으로 함",
                    "the current budget is the basis, as what was {0} is not attributed here or not known",
                ),
                vec![Piece::Text(Text::new(word.ko, word.en.to_lowercase()))],
            )));
        }
        if self.books.year.grant_mode == GrantMode::Deposit && self.whole.get(Measure::OwnFunds).is_some() {
            notes.push(Note::remark(Sentence::plain((
                "예치형에서 자부담이 있으면 달마다 얼마를 인출했는지 알 수 없어 교부액을 비워 둠",
                "where money is drawn and there are own funds, what was drawn in a month is not known and left blank",
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
    pub(super) fn headline(&self, scale: &Scale<'_>) -> Option<Sentence> {
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
    pub(super) fn last_month(&self, scale: &Scale<'_>) -> Option<Sentence> {
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
    pub(super) fn chart(&self) -> Option<Chart> {
        let Whole { word, cell, .. } = self.basis()?;
        let whole = cell.step(word.text())?;
        let points = self.stretches().into_iter().filter_map(|stretch| {
            let (sums, when) = stretch.so_far?;
            // Nothing spent yet is 0 % of what there is.
            let nothing = || Step { name: words::DISBURSED.text(), amount: Money::ZERO, why: Why::NoLines };
            let spent = self.cell(&sums, DISBURSED, when).step(words::DISBURSED.text()).unwrap_or_else(nothing);
            Some(Mark { name: Text::same(stretch.key), cells: vec![Cell::rate(spent, whole.clone())] })
        });
        let points: Vec<_> = points.collect();
        let any = |cell: &Cell| matches!(&cell.value, Value::Rate { exact, .. } if !exact.part().is_zero());
        let flat = !points.iter().flat_map(|mark| &mark.cells).any(any);
        (!flat).then(|| Chart {
            id: "course".to_owned(),
            shape: Shape::Course,
            unit: Unit::Won,
            series: vec![words::DISBURSED.text()],
            title: Text::new(
                format!("누계 집행률({} 기준)", word.ko),
                format!("Disbursed so far, as a part of {}", word.en.to_lowercase()),
            ),
            points,
        })
    }
}
