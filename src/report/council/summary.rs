//! The first page: what was budgeted, granted, spent, what is left and where, what goes back and by when.

use super::sheet::{Of, Sheet};
use super::{BUDGET, Reported};
use crate::ledger::{AccountId, Books, Sign, Term};
use crate::money::Money;
use crate::report::Paper;
use crate::report::costs::own_costs;
use crate::report::settlement::Settlement;
use crate::settled::Dues;
use crate::table::{Block, Cell, Column, Page, Piece, Role, Row, RowClass, Scale, Sentence, Table, Value, Why};
use crate::words::{self, Text, Word};

const RATE: Word = Word::new("rate", "비율", "Rate");
/// How many accounts are named that something is left of.
const NAMED: usize = 3;

/// Writes the table of a year, and where money is left.
pub(super) fn write(one: Reported<'_, '_>, of: Of, paper: Paper, sheet: &mut Sheet) {
    let Reported { books, tally, .. } = one;
    let settlement = Settlement::of(books, tally);
    let scale = paper.scale(books);
    let year = books.year.fiscal_year;
    let mut rows = vec![budget(&settlement, &scale)];
    let is_settled = one.is_settled();
    if !books.items.is_empty() {
        rows.extend(planned(books, &settlement));
    }
    if is_settled {
        rows.push(granted(&settlement, &scale));
        rows.extend(other(&settlement, Term::OwnFunds, words::OWN_FUNDS, &scale));
        rows.extend([disbursed(books, &settlement, &scale), unspent(&settlement, &scale)]);
        rows.push(plain(&settlement, Term::Interest, words::INTEREST, &scale));
        for (term, word) in [
            (Term::Recovered, words::RECOVERED),
            (Term::Disallowed, words::DISALLOWED),
            (Term::Returned, words::RETURNED),
        ] {
            rows.extend(other(&settlement, term, word, &scale));
        }
        rows.push(due(one));
    }
    let columns = vec![
        Column::new(words::ENTRY, Role::Key),
        Column::new(words::AMOUNT, Role::Amount).standing(),
        Column::new(RATE, Role::Rate),
        Column::new(words::REMARK, Role::Text),
    ];
    let caption = Some(Text::new(format!("{year}년도"), format!("Fiscal year {year}")));
    let id = match of {
        Of::TheYear => "figures",
        Of::TheYearBefore => "figures-before",
    };
    let terms: Vec<Option<Shown>> = rows.iter().map(|line| line.shown).collect();
    let rows = rows.into_iter().map(|row| row.row).collect();
    let table = Table { id: id.to_owned(), caption, unit: paper.unit, columns, rows, notes: Vec::new() };
    let mut table = table.scaled(&scale);
    for (row, shown) in table.rows.iter_mut().zip(terms) {
        show(row, shown, &scale);
    }
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(is_settled.then(|| left(books, &settlement, &scale)).flatten().map(Block::Paragraph));
    sheet.take("summary", Page { report: "summary", title: Text::default(), blocks }, of);
}

/// How the figures of a row are shown: as another table shows its total.
#[derive(Clone, Copy)]
enum Shown {
    /// As the total of a term.
    Total(Term),
    /// Every digit, as money is paid to the won.
    Exactly,
}

struct Line {
    row: Row,
    shown: Option<Shown>,
}

fn line(key: &str, name: Text, shown: Option<Shown>, cells: [Cell; 2], remark: Option<Sentence>) -> Line {
    let remark = remark.map_or(Cell::blank(Why::Label), |said| Cell { value: Value::Said(said), why: Why::Label });
    let [amount, rate] = cells;
    let cells = vec![Cell::label(name), amount, rate, remark];
    let row = Row { class: RowClass::Body, key: key.into(), depth: 0, parent: None, complete: false, cells };
    Line { row, shown }
}

/// The figures of a row as the total of its term is shown elsewhere on the page.
fn show(row: &mut Row, wanted: Option<Shown>, scale: &Scale<'_>) {
    let term = match wanted {
        Some(Shown::Total(term)) => Some(term),
        Some(Shown::Exactly) | None => None,
    };
    for cell in &mut row.cells {
        match (&mut cell.value, wanted) {
            (Value::Money { exact, shown }, Some(Shown::Exactly)) => *shown = Some(exact.exactly(scale.unit)),
            (Value::Money { exact, shown }, _) => *shown = Some(scale.amount(term, RowClass::Total, *exact)),
            _ => {}
        }
    }
}

fn figure(scale: &Scale<'_>, term: Term, amount: Money) -> Piece {
    Piece::Figure(scale.amount(Some(term), RowClass::Total, amount), Some(scale.unit))
}

fn total(settlement: &Settlement<'_>, term: Term) -> Cell {
    settlement.cell(AccountId::ROOT, term)
}

/// What an amount exactly is, where that is not what is shown of it.
fn exactly(scale: &Scale<'_>, term: Term, cell: &Cell) -> Option<Sentence> {
    let amount = cell.money()?;
    let (shown, exact) = (scale.amount(Some(term), RowClass::Total, amount), amount.exactly(scale.unit));
    let text = ("정확히 {0}", "exactly {0}");
    (shown.trimmed() != exact.trimmed()).then(|| Sentence::with(text, vec![Piece::Figure(exact, Some(scale.unit))]))
}

fn no_rate() -> Cell {
    Cell::blank(Why::Label)
}

fn plain(settlement: &Settlement<'_>, term: Term, name: Word, scale: &Scale<'_>) -> Line {
    let cell = total(settlement, term);
    let remark = exactly(scale, term, &cell);
    line(term.word().id, name.text(), Some(Shown::Total(term)), [cell, no_rate()], remark)
}

fn budget(settlement: &Settlement<'_>, scale: &Scale<'_>) -> Line {
    plain(settlement, Term::CurrentBudget, BUDGET, scale)
}

/// What most years have not: told where there is some.
fn other(settlement: &Settlement<'_>, term: Term, name: Word, scale: &Scale<'_>) -> Option<Line> {
    let amount = settlement.amount(AccountId::ROOT, term);
    amount.filter(|amount| !amount.is_zero()).map(|_| plain(settlement, term, name, scale))
}

fn unspent(settlement: &Settlement<'_>, scale: &Scale<'_>) -> Line {
    plain(settlement, Term::Unspent, words::UNSPENT, scale)
}

/// What is planned of the budget, and what no item plans.
fn planned(books: &Books, settlement: &Settlement<'_>) -> Vec<Line> {
    let (budget, planned) = (total(settlement, Term::CurrentBudget), own_costs(&books.items));
    let step = |cell: &Cell, word: Word| cell.step(word.text());
    let share = |cell: &Cell, word: Word| match (step(cell, word), step(&budget, BUDGET)) {
        (Some(part), Some(whole)) => Cell::rate(part, whole),
        _ => no_rate(),
    };
    let of_budget = || Some(Sentence::plain(("예산현액 기준", "of the current budget")));
    let rate = share(&planned, words::PLANNED_COST);
    let mut lines = vec![line(
        "planned_cost",
        Text::new("사업계획", "Planned"),
        None,
        [planned.clone(), rate],
        Some(Sentence::with(
            ("사업 {0}건, 예산현액 기준", "{0} items, of the current budget"),
            vec![Piece::Count(books.items.len() as u64)],
        )),
    )];
    if let (Some(all), Some(part)) = (step(&budget, BUDGET), step(&planned, words::PLANNED_COST)) {
        let rest = Cell::worked(vec![(Sign::Plus, all), (Sign::Minus, part)]);
        let rate = share(&rest, words::UNITEMISED);
        lines.push(line("unitemised", words::UNITEMISED.text(), None, [rest, rate], of_budget()));
    }
    lines
}

fn granted(settlement: &Settlement<'_>, scale: &Scale<'_>) -> Line {
    let cell = total(settlement, Term::Granted);
    let ungranted = settlement.amount(AccountId::ROOT, Term::Ungranted).filter(|amount| *amount > Money::ZERO);
    let remark = ungranted
        .map(|amount| Sentence::with(("미교부액 {0}", "ungranted {0}"), vec![figure(scale, Term::Ungranted, amount)]));
    let remark = remark.or_else(|| exactly(scale, Term::Granted, &cell));
    line("granted", words::GRANTED.text(), Some(Shown::Total(Term::Granted)), [cell, no_rate()], remark)
}

/// What was spent, as a part of what the year says that rates are parts of.
fn disbursed(books: &Books, settlement: &Settlement<'_>, scale: &Scale<'_>) -> Line {
    let cell = total(settlement, Term::Disbursed);
    let rate = books.year.rate_basis.map(|basis| (basis, total(settlement, Term::ExecutionRate(basis))));
    let exact = exactly(scale, Term::Disbursed, &cell);
    let (rate, remark) = match rate {
        Some((basis, rate)) if rate.value != Value::Blank => {
            let word = basis.term().word().text();
            let word = Piece::Text(Text::new(word.ko, word.en.to_lowercase()));
            let remark = match exact {
                None => Sentence::with(("{0} 기준", "on {0}"), vec![word]),
                Some(exact) => Sentence::with(
                    ("{0} 기준, 정확히 {1}", "on {0}; exactly {1}"),
                    std::iter::once(word).chain(exact.values).collect(),
                ),
            };
            (rate, Some(remark))
        }
        _ => (no_rate(), exact),
    };
    line("disbursed", words::DISBURSED.text(), Some(Shown::Total(Term::Disbursed)), [cell, rate], remark)
}

/// What is to be sent back, and by when: what is not declared is said to be so.
fn due(one: Reported<'_, '_>) -> Line {
    let payable = Dues::of(one.books, one.tally).total(|due| &due.payable);
    let remark = match (one.books.year.settlement_due, payable.money()) {
        (_, None) => None,
        (_, Some(amount)) if amount.is_zero() || amount.is_negative() => None,
        (Some(day), _) => Some(Sentence::with(("기한 {0}", "by {0}"), vec![Piece::Date(day)])),
        (None, _) => Some(Sentence::plain(("기한은 적혀 있지 않음", "no day is declared by when"))),
    };
    line("payable", words::PAYABLE.text(), Some(Shown::Exactly), [payable, no_rate()], remark)
}

/// Of which accounts most is left: `집행잔액이 큰 과목: 인건비 820천원(71.5%), …`
fn left(books: &Books, settlement: &Settlement<'_>, scale: &Scale<'_>) -> Option<Sentence> {
    let all = total(settlement, Term::Unspent).step(words::UNSPENT.text())?;
    let leaves = books.accounts.parents_first().skip(1).filter(|(id, _)| !books.accounts.has_children(*id));
    let mut left: Vec<(AccountId, Cell)> = leaves.map(|(id, _)| (id, settlement.cell(id, Term::Unspent))).collect();
    left.retain(|(_, cell)| cell.money().is_some_and(|money| money > Money::ZERO));
    left.sort_by_key(|(_, cell)| std::cmp::Reverse(cell.money()));
    left.first()?;
    let (mut ko, mut en) = ("집행잔액이 큰 과목: ".to_owned(), "Most is left of: ".to_owned());
    let mut values = Vec::new();
    for (id, cell) in left.iter().take(NAMED) {
        let Some(step) = cell.step(words::UNSPENT.text()) else { continue };
        let n = values.len();
        if n > 0 {
            ko.push_str(", ");
            en.push_str(", ");
        }
        values.push(Piece::Text(books.account_path(*id)));
        // Something is left, so it is not said to be nothing.
        let shown = scale.amount(Some(Term::Unspent), RowClass::Body, step.amount);
        let shown = if shown.is_zero() { step.amount.exactly(scale.unit) } else { shown };
        values.push(Piece::Figure(shown, Some(scale.unit)));
        let share = match Cell::rate(step, all.clone()).value {
            Value::Rate { exact, .. } => Some(Piece::Percent(scale.rate(None, RowClass::Body, exact).0)),
            _ => None,
        };
        match share {
            Some(share) => {
                values.push(share);
                let text = format!("{{{n}}} {{{}}}({{{}}})", n + 1, n + 2);
                ko.push_str(&text);
                en.push_str(&text.replace('(', " ("));
            }
            None => {
                let text = format!("{{{n}}} {{{}}}", n + 1);
                ko.push_str(&text);
                en.push_str(&text);
            }
        }
    }
    if left.len() > NAMED {
        let n = values.len();
        values.push(Piece::Count((left.len() - NAMED) as u64));
        ko.push_str(&format!(", 그 밖에 {{{n}}}개 과목"));
        en.push_str(&format!(", and of {{{n}}} other accounts"));
    }
    Some(Sentence::with((ko, en), values))
}
