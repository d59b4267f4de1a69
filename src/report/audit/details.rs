//! Every figure, every sum, and what is left to every cell: for who asks.

use super::ways::{Breadth, way};
use super::{
    AGAINST, DIFFERENCE, LEDGER, POINT, PRINTED, VERDICT, formula, plain_difference, read, row, scaled, table,
};
use crate::audit::{self, Audit, Audited, Currency, Stand, SumPlace};
use crate::ledger::{Books, Claim, Formula, Scope, Slice};
use crate::money::{Money, Unit};
use crate::table::{Block, Cell, Column, Note, Role, Sentence, Table, Why};
use crate::words::{self, Text, Word};

const BY: Word = Word::new("by", "이렇게 인쇄하는 규칙", "Rules that print it so");
const RANGE: Word = Word::new("range", "가능한 값", "Values possible");

/// Every printed figure against the ledger.
pub(super) fn figures(books: &Books, audit: &Audit<'_>) -> Table {
    let rows = audit.figures.iter().enumerate().map(|(n, figure)| {
        let printed = &books.printed[figure.printed];
        let account = books.account_path(printed.account);
        let (word, formula) = match printed.claim {
            Claim::Term(term) => (term.word(), term.formula(books.year.grant_mode)),
            Claim::GrossBudget => (words::GROSS_BUDGET, &[] as Formula),
            Claim::GrantorSpent => (words::GRANTOR_SPENT, &[] as Formula),
        };
        let name = Text::new(format!("{} {}", account.ko, word.ko), format!("{}, {}", account.en, word.en));
        let slice = Slice { account: printed.account, formula, scope: Scope::All, when: audit.when };
        let ledger = match figure.amount {
            Some(amount) => Cell::amount(amount, Why::Summed(slice)),
            None if figure.stand == Stand::NotAttributed => Cell::blank(Why::NotAttributed),
            None => Cell::blank(Why::NoLines),
        };
        let (verdict, rules) = stand(&figure.stand);
        let range = match (&figure.stand, printed.figure, printed.unit) {
            (Stand::Rounded(rules), Some(figure), Some(unit)) => rules.first().map(|rule| {
                let (low, high) = audit::possible(figure, unit, *rule);
                let text = |amount: Money| amount.exactly(Unit::Won).grouped();
                Text::new(
                    format!("{}이면 {}~{}원", rule.word().ko, text(low), text(high)),
                    format!("{}: {} to {} won", rule.word().en, text(low), text(high)),
                )
            }),
            _ => None,
        };
        let unit = printed.unit.map(|unit| unit.word().text()).unwrap_or_default();
        let cells = vec![
            Cell::label(name),
            read(Text::same(printed.text.trim()), printed.span),
            Cell::label(unit),
            ledger,
            Cell::label(verdict),
            Cell::label(rules),
            Cell::label(range.unwrap_or_default()),
        ];
        // One quantity may be printed several times.
        row(format!("{}:{}#{}", account.ko, word.id, n + 1), cells)
    });
    let columns = vec![
        Column::new(POINT, Role::Key),
        Column::new(PRINTED, Role::Text),
        Column::new(Word::new("unit", "단위", "Unit"), Role::Text),
        Column::new(LEDGER, Role::Amount).standing(),
        Column::new(VERDICT, Role::Text),
        Column::new(BY, Role::Text),
        Column::new(RANGE, Role::Text),
    ];
    scaled(
        books,
        table("figures", ("모든 인쇄값과 장부", "Every printed figure and the ledger"), columns, rows.collect()),
    )
}

fn stand(stand: &Stand) -> (Text, Text) {
    match stand {
        Stand::Exact => (Text::new("끝자리까지 같음", "exact"), Text::default()),
        Stand::Rounded(rules) => {
            let names = |label: fn(&crate::money::Rounding) -> &'static str| {
                rules.iter().map(label).collect::<Vec<_>>().join(", ")
            };
            (words::BY_ROUNDING.text(), Text::new(names(|rule| rule.word().ko), names(|rule| rule.word().en)))
        }
        Stand::Unexplained { .. } => (words::UNEXPLAINED.text(), Text::default()),
        Stand::NotAttributed => (words::NOT_ATTRIBUTED.text(), Text::default()),
        Stand::Nil => (Text::new("없음", "nil"), Text::default()),
        Stand::Untold => (words::UNTOLD.text(), Text::default()),
        Stand::NotKept => (Text::new("장부에 적지 않는 것", "not kept in a ledger"), Text::default()),
    }
}

/// Every sum of a table, and what is left to its cells.
pub(super) fn of(books: &Books, audited: &Audited, n: usize) -> Vec<Block> {
    let sums = Some(sums(books, audited, n));
    sums.into_iter().chain(ranges(books, audited, n)).map(Block::Table).collect()
}

/// Every sum of a printed table.
fn sums(books: &Books, audited: &Audited, n: usize) -> Table {
    let sheet = &audited.sheet;
    let rows = sheet.sums.iter().enumerate().map(|(n, sum)| {
        let residual = sum.residual(sheet);
        let wrong = audited.misprints.iter().any(|misprint| misprint.sums.contains(&n));
        let verdict = match (residual, wrong) {
            (_, true) => words::UNEXPLAINED.text(),
            (0, false) => Text::new("맞음", "holds"),
            (_, false) => words::BY_ROUNDING.text(),
        };
        let (direction, what) = match sum.place {
            SumPlace::Down { .. } => ("down", Text::new("아래 줄의 합", "the sum of its rows")),
            SumPlace::Across { identity, .. } => ("across", formula(audited, &sheet.identities[identity])),
        };
        let target = sum.target();
        let cells = vec![
            Cell::label(sheet.name(target)),
            read(Text::same(sheet.marks[target].text.trim()), sheet.marks[target].span),
            Cell::label(what),
            match sheet.currency {
                Currency::Won => Cell::worked(audit::residual(sheet, n)),
                Currency::Other => Cell::label(Text::same(plain_difference(
                    &audit::residual(sheet, n),
                    sheet.unit(target).unwrap_or_default(),
                ))),
            },
            Cell::label(verdict),
        ];
        row(format!("{}={direction}", sheet.key(target)), cells)
    });
    let columns = vec![
        Column::new(POINT, Role::Key),
        Column::new(PRINTED, Role::Text),
        Column::new(AGAINST, Role::Text),
        if sheet.currency == Currency::Won {
            Column::new(DIFFERENCE, Role::Amount).standing()
        } else {
            Column::new(DIFFERENCE, Role::Text)
        },
        Column::new(VERDICT, Role::Text),
    ];
    let id = if n == 0 { "sums".to_owned() } else { format!("sums:{}", n + 1) };
    scaled(books, table(&id, ("모든 합", "Every sum"), columns, rows.collect()))
}

/// What every cell of a table may have been by the first way of rounding that makes the table possible.
fn ranges(books: &Books, audited: &Audited, n: usize) -> Option<Table> {
    let sheet = &audited.sheet;
    let ranges = audited.ranges()?;
    let cells = (0..sheet.marks.len()).filter(|cell| sheet.unit(*cell).is_some() && sheet.figure(*cell).is_some());
    let rows = cells.map(|cell| {
        let cells = vec![
            Cell::label(sheet.name(cell)),
            read(Text::same(sheet.marks[cell].text.trim()), sheet.marks[cell].span),
            Cell::label(audit::won_range(sheet, ranges[cell])),
        ];
        row(sheet.key(cell), cells)
    });
    let columns = vec![Column::new(POINT, Role::Key), Column::new(PRINTED, Role::Text), Column::new(RANGE, Role::Text)];
    let id = if n == 0 { "ranges".to_owned() } else { format!("ranges:{}", n + 1) };
    let caption = ("칸마다 남는 정확한 값의 범위", "What is left to each cell: the range of exact amounts");
    let mut made = table(&id, caption, columns, rows.collect());
    let everywhere = audited.verdict.everywhere.iter().find(|tried| tried.outcome.ranges().is_some());
    let first = everywhere.map(|tried| way(audited, tried, Breadth::Everywhere));
    let first = first.or_else(|| audited.verdict.mixed.first().map(|tried| way(audited, tried, Breadth::Mixed)));
    if let Some(Text { ko, en }) = first {
        let text = Text::new(
            format!("가능한 방법 가운데 첫째에 따름: {ko}"),
            format!("by the first way that is possible: {en}"),
        );
        made.notes.push(Note::remark(Sentence::plain(text)));
    }
    Some(scaled(books, made))
}
