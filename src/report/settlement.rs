//! The settlement of a year (정산): what was budgeted, granted, spent and is left, account by account.

use super::charts::{self, Chosen, Rows};
use super::layouts::Layout;
use crate::ledger::{AccountId, Basis, Books, Date, Day, GrantMode, Measure, Scope, Sign, Slice, Term, When, Worth};
use crate::money::{Held, Money, Rate};
use crate::settled::OWN_FUNDS;
use crate::table::{
    Block, Cell, Chart, Column, Note, Page, Piece, Role, RowClass, Scale, Sentence, Step, Table, Value, Why,
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

impl<'b> Settlement<'b> {
    /// Settles what a tally has added up.
    pub fn of(books: &'b Books, tally: &Tally<'_>) -> Settlement<'b> {
        Settlement { books, rolled: tally.rolled_up(), as_of: tally.day(), undatable: tally.undatable() }
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

    /// What a term comes to at an account, and why.
    pub fn cell(&self, account: AccountId, term: Term) -> Cell {
        match term.worth(self.books.year.grant_mode) {
            Worth::Sum(_) if term == Term::ReturnDue && self.return_is_no_sum(account) => {
                // Unspent money goes back by the funders' shares, and no more is confirmed than was granted: no sum.
                Cell::blank(Why::NotDerivable)
            }
            Worth::Sum(formula) if self.is_undrawn(account, formula) => Cell::blank(Why::NotDerivable),
            Worth::Sum(formula) => match self.rolled.worked(account, formula) {
                Worked::Amount(exact) => {
                    let when = When::by(self.as_of);
                    Cell::amount(exact, Why::Summed(Slice { account, formula, scope: Scope::All, when }))
                }
                Worked::NoLines => Cell::blank(Why::NoLines),
                Worked::NotAttributed => Cell::blank(Why::NotAttributed),
            },
            Worth::Part(part, whole) => self.rate_cell(account, part, whole),
        }
    }

    fn rate_cell(&self, account: AccountId, part: Term, whole: Term) -> Cell {
        let (part_cell, whole_cell) = (self.cell(account, part), self.cell(account, whole));
        let mode = self.books.year.grant_mode;
        let pooled = [part, whole].iter().any(|term| self.rolled.is_pooled(account, term.formula(mode)));
        if pooled || [&part_cell, &whole_cell].iter().any(|cell| cell.why == Why::NotAttributed) {
            return Cell::blank(Why::NotAttributed);
        }
        // Nothing spent of something granted is 0 %; anything of nothing is no rate.
        let nothing = || Step { name: part.word().text(), amount: Money::ZERO, why: Why::NoLines };
        let part = part_cell.step(part.word().text()).unwrap_or_else(nothing);
        whole_cell.step(whole.word().text()).map_or(Cell::blank(Why::NoBasis), |whole| Cell::rate(part, whole))
    }

    /// Whether lines of an account above have to do with a term, and do not say which part of them is this one's.
    pub(super) fn is_pooled(&self, account: AccountId, term: Term) -> bool {
        self.rolled.is_pooled(account, term.formula(self.books.year.grant_mode))
    }

    /// Whether what is to be returned for an account is no plain sum: `return` works it out.
    fn return_is_no_sum(&self, account: AccountId) -> bool {
        self.has_own_funds(account) || self.books.year.funds.len() > 1 || self.is_overspent(account)
    }

    /// Whether more was spent than was paid in.
    fn is_overspent(&self, account: AccountId) -> bool {
        let unspent = Term::Unspent.formula(self.books.year.grant_mode);
        self.rolled.worked(account, unspent).amount().is_some_and(Money::is_negative)
    }

    /// Whether own funds were paid in before as much was spent, where money is drawn: nothing tells what was drawn then.
    fn is_undrawn(&self, account: AccountId, formula: crate::ledger::Formula) -> bool {
        let drawn = Term::Granted.formula(GrantMode::Deposit);
        self.books.year.grant_mode == GrantMode::Deposit
            && formula.contains(&(Sign::Minus, Measure::OwnFunds)) | formula.contains(&(Sign::Plus, Measure::OwnFunds))
            && formula != Term::OwnFunds.formula(GrantMode::Deposit)
            && self.rolled.worked(account, drawn).amount().is_some_and(Money::is_negative)
    }

    fn has_own_funds(&self, account: AccountId) -> bool {
        match self.rolled.worked(account, OWN_FUNDS) {
            Worked::Amount(amount) => !amount.is_zero(),
            // Somewhere above, and nobody knows which part of them is for this account.
            Worked::NotAttributed => true,
            Worked::NoLines => false,
        }
    }

    /// The page: a headline, the table, and what has to be said of it.
    pub fn page(&self, layout: &Layout<'_>) -> Page {
        let title = super::title(self.books, &layout.title);
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
        if held_back && !layout.columns.iter().any(|(term, _)| matches!(term, Term::ExecutionRate(_))) {
            table.notes.push(Note::remark(Sentence::plain((
                "위 집행률은 정확히 100%가 아니어서 100%로 반올림하지 않음(100% 미만은 절사, 초과는 절상)",
                "the rate above is not exactly 100%, so it was not rounded to it (cut below, raised above)",
            ))));
        }
        let chart = self.chart(&table, &scale);
        blocks.push(Block::Table(table));
        blocks.extend(chart.map(Block::Chart));
        Page { report: "settlement", title, blocks }
    }

    /// `집행액 636,311천원 (교부액 기준 집행률 99.8%)`; nothing where nothing was spent or granted.
    fn headline(&self, scale: &Scale<'_>) -> Option<(Sentence, Held)> {
        let disbursed = self.amount(AccountId::ROOT, Term::Disbursed)?;
        let figure = Piece::Figure(scale.amount(Some(Term::Disbursed), RowClass::Total, disbursed), Some(scale.unit));
        let term = self.books.year.rate_basis.map(Term::ExecutionRate);
        let rate = term.and_then(|term| self.rate(AccountId::ROOT, term).map(|rate| (term, rate)));
        Some(match rate {
            None => (Sentence::with(("집행액 {0}", "Disbursed {0}"), vec![figure]), Held::No),
            Some((term, rate)) => {
                let (percent, held) = scale.rate(Some(term), RowClass::Total, rate);
                let basis = basis_word(term).text();
                let sentence = Sentence::with(
                    ("집행액 {0} ({1} 기준 집행률 {2})", "Disbursed {0} (execution rate on {1}: {2})"),
                    vec![figure, Piece::Text(Text::new(basis.ko, basis.en.to_lowercase())), Piece::Percent(percent)],
                );
                (sentence, held)
            }
        })
    }

    /// The execution rates of accounts, on the basis of the year; of many, those of the largest in it.
    fn chart(&self, table: &Table, scale: &Scale<'_>) -> Option<Chart> {
        let basis = self.books.year.rate_basis?;
        let term = Term::ExecutionRate(basis);
        let account = |row: usize| self.books.accounts.at(&table.rows[row].key);
        // One whose spending stands with the account above weighs nothing known.
        let weigh = |row: usize| {
            let id = account(row).filter(|id| self.cell(*id, term).why != Why::NotAttributed)?;
            self.amount(id, basis.term())
        };
        let rate = |row: usize| account(row).map_or(Cell::blank(Why::NoLines), |id| self.cell(id, term));
        let chosen = Chosen::of(table, Rows::OfATree, |_| true, weigh);
        let word = basis_word(term);
        let title = Text::new(
            format!("과목별 집행률({} 기준)", word.ko),
            format!("Execution rate by account (on {})", word.en.to_lowercase()),
        );
        charts::rates(table, &chosen, title, word, term, scale, rate)
    }

    fn table(&self, layout: &Layout<'_>) -> Table {
        let key = Column::new(words::ACCOUNT, Role::Key);
        let columns = layout.columns.iter().map(|(term, label)| {
            let styled = || layout.presentation.column(*term).and_then(|style| style.label.clone());
            let heading = label.clone().or_else(styled).unwrap_or_else(|| term.word().text());
            Column::of(*term).headed(heading)
        });
        let columns: Vec<Column> = std::iter::once(key).chain(columns).collect();
        let table = Table {
            id: layout.name.clone(),
            caption: None,
            unit: layout.unit,
            rows: super::account_rows(self.books, layout.total, layout.depth, |id| {
                layout.columns.iter().map(|(term, _)| self.cell(id, *term)).collect()
            }),
            notes: self.notes(layout),
            columns,
        };
        table.with_ways()
    }

    /// What has to be said that rounding has nothing to do with.
    fn notes(&self, layout: &Layout<'_>) -> Vec<Note> {
        let mut notes = Vec::new();
        notes.extend(super::undatable(self.undatable));
        let root = AccountId::ROOT;
        let shown = |term: Term| layout.columns.iter().any(|(column, _)| *column == term);
        if shown(Term::Budget) && !shown(Term::OriginalBudget) && self.budget_changed() {
            let scale = Scale { unit: layout.unit, shown: layout.shown, presentation: layout.presentation };
            let figure = |amount: Money| {
                Piece::Figure(scale.amount(Some(Term::Budget), RowClass::Total, amount), Some(layout.unit))
            };
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
        if shown(Term::ReturnDue) && (self.has_own_funds(root) || self.books.year.funds.len() > 1) {
            notes.push(Note::remark(Sentence::plain((
                "자부담이나 여러 재원이 있으면 반납예정액은 재원별 분담과 단수 처리에 달려 있어 비워 둠: `wego-ledger return`이 재원별로 계산함",
                "where there are own funds or several funds the return due depends on their shares and roundings and is left blank: `wego-ledger return` works it out by fund",
            ))));
        } else if shown(Term::ReturnDue) && self.books.accounts.parents_first().any(|(id, _)| self.is_overspent(id)) {
            notes.push(Note::remark(Sentence::plain((
                "교부액보다 많이 집행된 과목의 반납예정액은 비워 둠(교부액을 넘는 집행은 확정하지 않음): `wego-ledger return`이 계산함",
                "where more was spent than granted the return due is left blank, as no more is confirmed than was granted: `wego-ledger return` works it out",
            ))));
        }
        let mode = self.books.year.grant_mode;
        let undrawn = |term: Term| {
            let formula = term.formula(mode);
            self.books.accounts.parents_first().any(|(id, _)| self.is_undrawn(id, formula))
        };
        if mode == GrantMode::Deposit && layout.columns.iter().any(|(term, _)| undrawn(*term)) {
            notes.push(Note::remark(Sentence::plain((
                "자부담이 집행보다 먼저 들어와 인출한 금액을 알 수 없으므로 비워 둠",
                "own funds were paid in before as much was spent: what was drawn is not known, and left blank",
            ))));
        }
        notes.extend(self.empty_columns(layout));
        notes.extend(layout.notes.iter().cloned());
        if self.books.year.grant_mode == GrantMode::Deposit && shown(Term::Granted) {
            notes.push(Note::remark(Sentence::plain((
                "예치형이므로 교부액은 인출한 금액(집행액 − 자부담)이고, 인출하지 않은 금액은 교부기관에 남아 있음",
                "the grant is drawn from a deposit: granted is what was drawn (disbursed less own funds); what was not drawn is still with the grantor",
            ))));
        }
        notes
    }

    /// Columns that a layout needs and the books have no line for: that is not zero.
    fn empty_columns(&self, layout: &Layout<'_>) -> Option<Note> {
        let empty = |term: &Term| self.cell(AccountId::ROOT, *term).why == Why::NoLines;
        let names = layout.columns.iter().filter(|(term, _)| empty(term)).map(|(term, label)| {
            let word = term.word().text();
            label.clone().unwrap_or(word)
        });
        let names: Vec<Text> = names.collect();
        if names.is_empty() || self.is_empty() {
            return None;
        }
        Some(Note::remark(Sentence::with(
            (
                "장부에 해당하는 줄이 없어 비워 둔 열: {0}",
                "columns left blank, as no line of the books has to do with them: {0}",
            ),
            vec![Piece::Text(Text::joined(&names))],
        )))
    }

    /// Whether no line was added up at all.
    fn is_empty(&self) -> bool {
        !Measure::ALL.into_iter().any(|measure| self.rolled.has(AccountId::ROOT, measure))
    }

    fn budget_changed(&self) -> bool {
        let changed = Term::CurrentBudget.formula(GrantMode::Advance).iter().map(|(_, measure)| *measure);
        changed.filter(|measure| *measure != Measure::Original).any(|measure| self.rolled.has(AccountId::ROOT, measure))
    }
}

/// The word for what a rate is a part of.
fn basis_word(term: Term) -> Word {
    match term {
        Term::ExecutionRate(Basis::Granted) => words::GRANTED,
        _ => words::CURRENT_BUDGET,
    }
}
