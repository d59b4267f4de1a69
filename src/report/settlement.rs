//! The settlement of a year (정산): what was budgeted, granted, spent and is left, account by account.

use crate::ledger::{AccountId, Basis, Books, Date, Day, Measure, Presentation, Sign, Slice, Term, TotalAt, Worth};
use crate::money::{Held, Money, Rate, Unit};
use crate::table::{
    Block, Cell, Column, Note, Page, Piece, Role, Row, RowClass, Scale, Sentence, Shown, Table, Value, Why,
};
use crate::tally::{Rolled, Tally, Worked};
use crate::words::{self, Text, Word};

/// The sums of a year, ready to be asked.
pub struct Settlement<'b> {
    books: &'b Books,
    rolled: Rolled,
    as_of: Option<Day>,
    undatable: u64,
}

/// What a settlement's page shows, and how.
#[derive(Clone, Debug)]
pub struct Layout<'p> {
    /// Its columns.
    pub columns: Vec<Term>,
    /// How many levels of accounts; all, where absent.
    pub depth: Option<u32>,
    /// Where the total stands.
    pub total: TotalAt,
    /// The unit.
    pub unit: Unit,
    /// With how many digits.
    pub shown: Shown,
    /// How columns are printed.
    pub presentation: &'p Presentation,
    /// Lines that are missing from the sums, if any are.
    pub incomplete: Option<Incomplete>,
}

/// What is missing from sums that are shown all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// Lines that were refused.
    pub lines: u64,
    /// Files that could not be read at all.
    pub files: u64,
    /// Findings of the level of an error.
    pub errors: u64,
}

impl<'p> Layout<'p> {
    /// As a year's presentation has it.
    pub fn of(presentation: &'p Presentation) -> Layout<'p> {
        Layout {
            columns: presentation.settlement.clone(),
            depth: None,
            total: presentation.total,
            unit: presentation.unit,
            shown: Shown::Rounded,
            presentation,
            incomplete: None,
        }
    }
}

impl<'b> Settlement<'b> {
    /// Settles what a tally has added up.
    pub fn of(books: &'b Books, tally: &Tally) -> Settlement<'b> {
        Settlement {
            books,
            rolled: tally.rolled_up(&books.accounts),
            as_of: tally.as_of(),
            undatable: tally.undatable(),
        }
    }

    /// What a term comes to at an account; `None` where it is absent, is a rate, or cannot be derived.
    pub fn amount(&self, account: AccountId, term: Term) -> Option<Money> {
        self.cell(account, term).money()
    }

    /// The part that a rate is of its whole at an account, if it has a basis there.
    pub fn rate(&self, account: AccountId, term: Term) -> Option<Rate> {
        match self.cell(account, term).value {
            Value::Rate { exact, .. } => Some(exact),
            _ => None,
        }
    }

    fn cell(&self, account: AccountId, term: Term) -> Cell {
        match term.worth() {
            Worth::Sum(_) if term == Term::ReturnDue && self.has_own_funds(account) => {
                // Unspent money goes back by the funders' shares, which a sum does not know.
                Cell { value: Value::Blank, why: Why::NotDerivable }
            }
            Worth::Sum(formula) => match self.rolled.worked(account, formula) {
                Worked::Amount(exact) => Cell {
                    value: Value::Money { exact, shown: None },
                    why: Why::Summed(Slice { account, formula, as_of: self.as_of }),
                },
                Worked::NoLines => Cell { value: Value::Blank, why: Why::NoLines },
                Worked::NotAttributed => Cell { value: Value::Blank, why: Why::NotAttributed },
            },
            Worth::Part(part, whole) => self.rate_cell(account, part, whole),
        }
    }

    fn rate_cell(&self, account: AccountId, part: Term, whole: Term) -> Cell {
        let of = |term: Term| match term.worth() {
            Worth::Sum(formula) => self.rolled.worked(account, formula),
            Worth::Part(..) => Worked::NoLines,
        };
        let (part_of, whole_of) = (of(part), of(whole));
        if [part_of, whole_of].contains(&Worked::NotAttributed) {
            return Cell { value: Value::Blank, why: Why::NotAttributed };
        }
        // Nothing spent of something granted is 0 %; anything of nothing is no rate.
        let part_amount = part_of.amount().unwrap_or(Money::ZERO);
        match whole_of.amount().and_then(|whole| Rate::of(part_amount, whole)) {
            Some(exact) => Cell { value: Value::Rate { exact, shown: None }, why: Why::PartOf(part, whole) },
            None => Cell { value: Value::Blank, why: Why::NoBasis },
        }
    }

    fn has_own_funds(&self, account: AccountId) -> bool {
        match self.rolled.worked(account, &[(Sign::Plus, Measure::OwnFunds)]) {
            Worked::Amount(amount) => !amount.is_zero(),
            // Somewhere above, and nobody knows which part of them is for this account.
            Worked::NotAttributed => true,
            Worked::NoLines => false,
        }
    }

    /// The page: a headline, the table, and what has to be said of it.
    pub fn page(&self, layout: &Layout<'_>) -> Page {
        let year = &self.books.year;
        let number = year.fiscal_year;
        let title = Text::new(
            format!("{} {number}년도 정산", year.entity.ko),
            format!("{}: settlement of {number}", year.entity.en),
        );
        let scale = Scale { unit: layout.unit, shown: layout.shown, presentation: layout.presentation };
        let mut blocks = Vec::new();
        let headline = self.headline(&scale);
        let held_back = headline.as_ref().is_some_and(|(_, held)| *held != Held::No);
        blocks.extend(headline.map(|(sentence, _)| Block::Paragraph(sentence)));
        if let Some(day) = self.as_of {
            let text = ("{0} 현재", "As of {0}");
            blocks.push(Block::Paragraph(Sentence::with(text, vec![Piece::Date(Date::Day(day))])));
        }
        let mut table = self.table(layout).scaled(&scale);
        // Where the rate is a column, the table says so of the total's row.
        if held_back && !layout.columns.iter().any(|term| matches!(term, Term::ExecutionRate(_))) {
            table.notes.push(Note::remark(Sentence::plain((
                "위 집행률은 정확히 100%가 아니어서 100%로 반올림하지 않음(100% 미만은 절사, 초과는 절상)",
                "the rate above is not exactly 100%, so it was not rounded to it (cut below, raised above)",
            ))));
        }
        blocks.push(Block::Table(table));
        Page { report: "settlement", title, blocks }
    }

    /// `집행액 636,311천원 (교부액 기준 집행률 99.8%)`; nothing where nothing was spent or granted.
    fn headline(&self, scale: &Scale<'_>) -> Option<(Sentence, Held)> {
        let disbursed = self.amount(AccountId::ROOT, Term::Disbursed)?;
        let figure = Piece::Figure(scale.amount(Term::Disbursed, RowClass::Total, disbursed), Some(scale.unit));
        let term = self.books.year.rate_basis.map(Term::ExecutionRate);
        let rate = term.and_then(|term| self.rate(AccountId::ROOT, term).map(|rate| (term, rate)));
        Some(match rate {
            None => (Sentence::with(("집행액 {0}", "Disbursed {0}"), vec![figure]), Held::No),
            Some((term, rate)) => {
                let (percent, held) = scale.rate(term, RowClass::Total, rate);
                let basis = basis_word(term).text();
                let sentence = Sentence::with(
                    ("집행액 {0} ({1} 기준 집행률 {2})", "Disbursed {0} (execution rate on {1}: {2})"),
                    vec![figure, Piece::Text(Text::new(basis.ko, basis.en.to_lowercase())), Piece::Percent(percent)],
                );
                (sentence, held)
            }
        })
    }

    fn table(&self, layout: &Layout<'_>) -> Table {
        let key = Column { word: words::ACCOUNT, heading: words::ACCOUNT.text(), role: Role::Key };
        let columns = layout.columns.iter().map(|&term| Column {
            word: term.word(),
            heading: layout
                .presentation
                .column(term)
                .and_then(|style| style.label.clone())
                .unwrap_or_else(|| term.word().text()),
            role: match term.worth() {
                Worth::Sum(_) => Role::Amount(term),
                Worth::Part(..) => Role::Rate(term),
            },
        });
        let columns: Vec<Column> = std::iter::once(key).chain(columns).collect();
        Table { unit: layout.unit, rows: self.rows(layout), notes: self.notes(layout), columns }
    }

    fn rows(&self, layout: &Layout<'_>) -> Vec<Row> {
        let deepest = layout.depth.unwrap_or(u32::MAX);
        let mut order = self.books.accounts.in_order();
        order.retain(|id| self.books.accounts.get(*id).depth <= deepest);
        match layout.total {
            TotalAt::Top => {}
            TotalAt::Bottom => order.rotate_left(1),
            TotalAt::Nowhere => {
                order.remove(0);
            }
        }
        let mut at = vec![None; self.books.accounts.len()];
        for (n, id) in order.iter().enumerate() {
            at[id.index()] = Some(n);
        }
        order.iter().map(|&id| self.row(id, &at, layout)).collect()
    }

    fn row(&self, id: AccountId, at: &[Option<usize>], layout: &Layout<'_>) -> Row {
        let account = self.books.accounts.get(id);
        let is_root = id == AccountId::ROOT;
        let name = if is_root { layout.presentation.total_label.clone() } else { account.name.clone() };
        let cells = layout.columns.iter().map(|&term| self.cell(id, term));
        Row {
            class: match (is_root, account.has_children) {
                (true, _) => RowClass::Total,
                (false, true) => RowClass::Subtotal,
                (false, false) => RowClass::Body,
            },
            key: if is_root { "계".to_owned() } else { account.path.clone() },
            depth: account.depth,
            parent: if is_root { None } else { at[account.parent.index()] },
            complete: layout.depth.is_none_or(|deepest| account.depth < deepest),
            cells: std::iter::once(Cell::label(name)).chain(cells).collect(),
        }
    }

    /// What has to be said that rounding has nothing to do with.
    fn notes(&self, layout: &Layout<'_>) -> Vec<Note> {
        let mut notes = Vec::new();
        if let Some(Incomplete { lines, files, errors }) = layout.incomplete {
            notes.push(Note::caution(Sentence::with(
                (
                    "온전한 정산이 아님: 오류 {0}건, 읽지 못한 줄 {1}개, 읽지 못한 파일 {2}개",
                    "not a whole settlement: errors {0}, lines refused {1}, files not read {2}",
                ),
                vec![Piece::Count(errors), Piece::Count(lines), Piece::Count(files)],
            )));
        }
        if self.undatable > 0 {
            notes.push(Note::caution(Sentence::with(
                (
                    "연·월까지만 적혀 기준일 전인지 알 수 없어 뺀 줄: {0}개",
                    "lines left out, as they are dated by month or year only and may lie before or after the day: {0}",
                ),
                vec![Piece::Count(self.undatable)],
            )));
        }
        let root = AccountId::ROOT;
        let shown = |term: Term| layout.columns.contains(&term);
        if shown(Term::Budget) && !shown(Term::OriginalBudget) && self.budget_changed() {
            let scale = Scale { unit: layout.unit, shown: layout.shown, presentation: layout.presentation };
            let figure =
                |amount: Money| Piece::Figure(scale.amount(Term::Budget, RowClass::Total, amount), Some(layout.unit));
            let (original, budget) = (self.amount(root, Term::OriginalBudget), self.amount(root, Term::Budget));
            notes.push(Note::remark(match (original, budget) {
                (Some(original), Some(budget)) => Sentence::with(
                    (
                        "예산은 추경·전용·이월·예비비를 더하고 뺀 예산현액임: 본예산 계 {0}, 예산현액 계 {1}",
                        "the budget is the one in force, after supplements, transfers, carry-over and reserve: original total {0}, in force {1}",
                    ),
                    vec![figure(original), figure(budget)],
                ),
                _ => Sentence::plain((
                    "예산은 추경·전용·이월·예비비를 더하고 뺀 예산현액임",
                    "the budget is the one in force, after supplements, transfers, carry-over and reserve",
                )),
            }));
        }
        if layout.columns.contains(&Term::ReturnDue) && self.has_own_funds(root) {
            notes.push(Note::remark(Sentence::plain((
                "자부담이 있는 과목의 반납예정액은 재원별 분담에 달려 있어 비워 둠",
                "where there are own funds the return due depends on the funders' shares and is left blank",
            ))));
        }
        notes
    }

    fn budget_changed(&self) -> bool {
        let changes = [Measure::Supplement, Measure::Transferred, Measure::ReserveUsed, Measure::CarriedIn];
        changes.into_iter().any(|measure| self.rolled.has(AccountId::ROOT, measure))
    }
}

/// The word for what a rate is a part of.
fn basis_word(term: Term) -> Word {
    match term {
        Term::ExecutionRate(Basis::Granted) => words::GRANTED,
        _ => words::CURRENT_BUDGET,
    }
}
