//! The audit of printed figures: a verdict in a sentence, what there is to say, which ways of rounding are possible; and,
//! where it is asked for, every figure and every sum.

use crate::audit::{
    self, Audit, Audited, Base, CellId, Currency, Hypothesis, Known, Matter, MatterSort, Possible, Stand, SumPlace,
};
use crate::ledger::{Books, Claim, Formula, Scope, Sign, Slice, When};
use crate::money::{Money, Reading, Unit};
use crate::source::Span;
use crate::table::{
    Block, Cell, Column, Note, Page, Piece, Role, Row, RowClass, Scale, Sentence, Shown, Step, Table, Value, Why,
};
use crate::words::{self, Text, Word};

/// How much an audit shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Detail {
    /// What there is to say.
    #[default]
    Matters,
    /// Every figure and every sum besides.
    Everything,
}

const POINT: Word = Word::new("point", "항목", "Point");
const VERDICT: Word = Word::new("verdict", "판정", "Verdict");
const PRINTED: Word = Word::new("printed", "인쇄값", "Printed");
const AGAINST: Word = Word::new("against", "견준 것", "Held against");
const DIFFERENCE: Word = Word::new("difference", "차이", "Difference");
const WHY: Word = Word::new("why", "까닭", "Why");
const RULE: Word = Word::new("rule", "정리 방법", "Way of rounding");
const LEFT: Word = Word::new("left", "남는 범위 또는 막히는 곳", "What it leaves, or where it fails");
const LEDGER: Word = Word::new("ledger", "장부", "Ledger");
const BY: Word = Word::new("by", "이렇게 인쇄하는 규칙", "Rules that print it so");

/// The page of a year's audit.
pub fn audit(books: &Books, audit: &Audit<'_>, detail: Detail) -> Page {
    let matters = audit::matters(audit);
    let mut blocks = vec![Block::Paragraph(headline(audit, &matters))];
    blocks.extend(second(audit, &matters).map(Block::Paragraph));
    if !matters.is_empty() {
        blocks.push(Block::Table(points(books, &matters, None, 0)));
    }
    for (n, table) in audit.tables.iter().enumerate().filter(|(_, table)| table.gives_up_digits()) {
        blocks.push(Block::Table(ways(books, table, Some(audit), n)));
    }
    if detail == Detail::Everything {
        blocks.push(Block::Table(figures(books, audit)));
        blocks.extend(audit.tables.iter().enumerate().map(|(n, table)| Block::Table(sums(books, table, n))));
    }
    Page { report: "audit", title: super::title(books, &words::AUDIT.text()), blocks }
}

pub(super) fn count(number: usize) -> Piece {
    Piece::Count(number as u64)
}

/// The verdict in one sentence.
fn headline(audit: &Audit<'_>, matters: &[Matter]) -> Sentence {
    if audit.is_empty() {
        return Sentence::plain((
            "이 연도의 장부에는 인쇄된 숫자가 없음",
            "the books of this year have no printed figures",
        ));
    }
    let wrong = matters.iter().filter(|matter| matter.sort.is_wrong()).count();
    let rounded = matters.iter().filter(|matter| matter.sort == MatterSort::Rounding).count();
    let all = audit.figures.len();
    match (wrong, rounded) {
        (0, 0) => Sentence::with(
            ("인쇄된 숫자 {0}개에 틀린 것도 어긋난 것도 없음", "of {0} printed figures none is wrong and all add up"),
            vec![count(all)],
        ),
        (0, _) => Sentence::with(
            (
                "인쇄된 숫자 {0}개에 반올림으로 설명되지 않는 것이 없음. 합이 어긋난 {1}곳은 모두 반올림과 일치함",
                "of {0} printed figures none is beyond rounding; {1} that do not add up are consistent with it",
            ),
            vec![count(all), count(rounded)],
        ),
        _ => Sentence::with(
            (
                "인쇄된 숫자 {0}개를 견주어 반올림으로 설명되지 않는 것 {1}건, 반올림과 일치하는 것 {2}건",
                "of {0} printed figures held to account, beyond rounding: {1}, consistent with rounding: {2}",
            ),
            vec![count(all), count(wrong), count(rounded)],
        ),
    }
}

/// How the figures stand to the ledger.
fn second(audit: &Audit<'_>, _: &[Matter]) -> Option<Sentence> {
    if audit.figures.is_empty() {
        return None;
    }
    let how_many = |wanted: fn(&Stand) -> bool| audit.figures.iter().filter(|figure| wanted(&figure.stand)).count();
    let exact = how_many(|stand| matches!(stand, Stand::Exact | Stand::Nil));
    let rounded = how_many(|stand| matches!(stand, Stand::Rounded(_)));
    let pooled = how_many(|stand| matches!(stand, Stand::NotAttributed));
    let wrong = how_many(|stand| matches!(stand, Stand::Unexplained { .. }));
    let other = audit.figures.len() - exact - rounded - pooled - wrong;
    Some(Sentence::with(
        (
            "장부와 견주면: 끝자리까지 같음 {0}, 반올림하면 같음 {1}, 줄에 나누지 않음 {2}, 다름 {3}, 장부에 없는 것 {4}",
            "against the ledger: the same to the last digit {0}, the same rounded {1}, not attributed to rows {2}, other {3}, not in the ledger {4}",
        ),
        vec![count(exact), count(rounded), count(pooled), count(wrong), count(other)],
    ))
}

pub(super) fn verdict_of(table: &Audited, matters: &[Matter]) -> Sentence {
    let wrong = matters.iter().filter(|matter| matter.sort.is_wrong()).count();
    let rounded = matters.iter().filter(|matter| matter.sort == MatterSort::Rounding).count();
    let sums = table.sheet.sums.len() + table.sheet.rates.len();
    match (table.verdict.possible, wrong, rounded) {
        _ if sums == 0 => Sentence::plain((
            "합계도 수식도 알아볼 수 없어 견줄 것이 없음",
            "no totals and no formulas could be made out, so there is nothing to hold the figures to",
        )),
        (Possible::Untold, 0, _) => Sentence::plain((
            "한 가지 규칙으로는 표가 성립하지 않고, 열마다 다른 규칙은 너무 많아 다 보지 못함",
            "no one rule makes the table possible, and there are too many mixtures to try them all",
        )),
        (Possible::No, 0, _) => Sentence::plain((
            "칸마다는 맞을 수 있으나, 어떤 반올림으로도 표 전체는 성립하지 않음",
            "each figure alone may be right, and yet no rounding makes the whole table possible",
        )),
        (_, 0, 0) => Sentence::with(("합과 비율 {0}곳이 모두 맞음", "all {0} sums and rates hold"), vec![count(sums)]),
        (_, 0, _) => Sentence::with(
            (
                "합과 비율 {0}곳에 반올림으로 설명되지 않는 것이 없음. 어긋난 {1}곳은 모두 반올림과 일치함",
                "of {0} sums and rates none is beyond rounding; {1} that do not come out are consistent with it",
            ),
            vec![count(sums), count(rounded)],
        ),
        _ => Sentence::with(
            (
                "합과 비율 {0}곳을 견주어 반올림으로 설명되지 않는 것 {1}건, 반올림과 일치하는 것 {2}건",
                "of {0} sums and rates, beyond rounding: {1}, consistent with rounding: {2}",
            ),
            vec![count(sums), count(wrong), count(rounded)],
        ),
    }
}

/// `집행잔액 = 교부액 − 집행액 (용어)`.
pub(super) fn formula(table: &Audited, identity: &audit::Identity) -> Text {
    let heading = |column: usize| &table.sheet.columns[column].heading;
    let mut text =
        Text::new(format!("{} = ", heading(identity.target).ko), format!("{} = ", heading(identity.target).en));
    for (n, (sign, column)) in identity.parts.iter().enumerate() {
        let mark = match (sign, n) {
            (Sign::Plus, 0) => "",
            (Sign::Plus, _) => " + ",
            (Sign::Minus, _) => " − ",
        };
        text.ko.push_str(&format!("{mark}{}", heading(*column).ko));
        text.en.push_str(&format!("{mark}{}", heading(*column).en));
    }
    if let Some(whole) = identity.whole {
        text.ko.push_str(&format!(" ÷ {}", heading(whole).ko));
        text.en.push_str(&format!(" ÷ {}", heading(whole).en));
        if identity.base == Base::Total {
            text.ko.push_str("의 합계");
            text.en.push_str(" of the total");
        }
    }
    let (ko, en) = match identity.source {
        Known::Heading => ("제목의 수식", "as its heading says"),
        Known::Term => ("용어의 뜻", "as the term means"),
        Known::Figures => ("거의 모든 줄에서 맞음", "as nearly every row has it"),
    };
    Text::new(format!("{} ({ko})", text.ko), format!("{} ({en})", text.en))
}

/// Points are shown in won, to the last digit.
fn scaled(books: &Books, table: Table) -> Table {
    table.scaled(&Scale { unit: Unit::Won, shown: Shown::Exactly, presentation: &books.year.presentation })
}

fn table(id: &str, caption: (&str, &str), columns: Vec<Column>, rows: Vec<Row>) -> Table {
    let caption = Some(Text::new(caption.0, caption.1));
    Table { id: id.to_owned(), caption, unit: Unit::Won, columns, rows, notes: Vec::new() }
}

fn row(key: String, cells: Vec<Cell>) -> Row {
    Row { class: RowClass::Body, key, depth: 0, parent: None, complete: false, cells }
}

/// A text that stands in a document, and where.
fn read(text: Text, span: Span) -> Cell {
    Cell { value: Value::Text(text), why: Why::Read(span) }
}

pub(super) fn points(books: &Books, matters: &[Matter], sheet: Option<&audit::Sheet>, n: usize) -> Table {
    let currency = sheet.map_or(Currency::Won, |sheet| sheet.currency);
    let unit = sheet.map_or(Unit::Won, audit::unit_of);
    let rows = matters.iter().enumerate().map(|(n, matter)| {
        let difference = match matter.difference.as_slice() {
            [] => Cell::blank(Why::Label),
            steps if currency == Currency::Won => Cell::worked(steps.to_vec()),
            // What is no won has no column of won.
            steps => Cell::label(Text::same(plain_difference(steps, unit))),
        };
        let mut why = matter.why.clone();
        if !matter.guesses.is_empty() {
            let guesses =
                |label: fn(&Text) -> &str| matter.guesses.iter().take(3).map(label).collect::<Vec<_>>().join(", ");
            why = Text::new(
                format!("{}. 추측: {}", why.ko, guesses(|text| &text.ko)),
                format!("{}. Guess: {}", why.en, guesses(|text| &text.en)),
            );
        }
        let cells = vec![
            Cell::label(matter.about.clone()),
            Cell::label(matter.sort.word().text()),
            read(matter.printed.clone(), matter.span),
            Cell::label(matter.against.clone()),
            difference,
            Cell::label(why),
        ];
        row(format!("point:{}", n + 1), cells)
    });
    let columns = vec![
        Column::new(POINT, Role::Key),
        Column::new(VERDICT, Role::Text),
        Column::new(PRINTED, Role::Text),
        Column::new(AGAINST, Role::Text),
        if currency == Currency::Won {
            Column::new(DIFFERENCE, Role::Amount).standing()
        } else {
            Column::new(DIFFERENCE, Role::Text)
        },
        Column::new(WHY, Role::Text),
    ];
    let id = if n == 0 { "points".to_owned() } else { format!("points:{}", n + 1) };
    scaled(books, table(&id, ("살필 것", "What there is to say"), columns, rows.collect()))
}

/// A difference in the unit of its table, without a name of money.
fn plain_difference(steps: &[(Sign, Step)], unit: Unit) -> String {
    let signed = steps.iter().map(|(sign, step)| if *sign == Sign::Plus { step.amount } else { -step.amount });
    signed.sum::<Money>().exactly(unit).grouped()
}

/// The ways of rounding that were tried: one for all columns, then the commonest mixtures that are possible.
pub(super) fn ways(books: &Books, audited: &Audited, audit: Option<&Audit<'_>>, n: usize) -> Table {
    const MIXED: usize = 4;
    let mut rows = Vec::new();
    let all = audited.verdict.everywhere.iter().map(|tried| (tried, true));
    let mut mixed: Vec<&Hypothesis> = audited.verdict.mixed.iter().collect();
    if let Some(audit) = audit {
        mixed.sort_by_key(|tried| !audit::prints_ledger(audited, tried, audit));
    }
    for (tried, everywhere) in all.chain(mixed.into_iter().take(MIXED).map(|tried| (tried, false))) {
        let name = if everywhere {
            let open = tried
                .readings
                .iter()
                .zip(&audited.exact)
                .find(|(_, exact)| !**exact)
                .map_or(Reading::Exactly, |(reading, _)| *reading);
            let reading = audit::reading(open);
            Text::new(format!("모두 {}", reading.ko), format!("everywhere: {}", reading.en))
        } else {
            audit::mixture(audited, tried)
        };
        let possible = match &tried.outcome {
            audit::Outcome::Possible(_) => Text::new("가능", "possible"),
            audit::Outcome::Refuted(_) => Text::new("불가능", "impossible"),
        };
        let mut cells = vec![Cell::label(name), Cell::label(possible), Cell::label(outcome(audited, tried))];
        if let Some(audit) = audit {
            let prints = tried.outcome.ranges().is_some() && audit::prints_ledger(audited, tried, audit);
            cells.push(Cell::label(if prints {
                Text::new("장부대로 인쇄됨", "prints the ledger")
            } else {
                Text::default()
            }));
        }
        rows.push(row(format!("way:{}", rows.len() + 1), cells));
    }
    let mut columns =
        vec![Column::new(RULE, Role::Key), Column::new(VERDICT, Role::Text), Column::new(LEFT, Role::Text)];
    if audit.is_some() {
        columns.push(Column::new(LEDGER, Role::Text));
    }
    let id = if n == 0 { "ways".to_owned() } else { format!("ways:{}", n + 1) };
    let exact: Vec<&Text> = audited
        .sheet
        .columns
        .iter()
        .zip(&audited.exact)
        .filter(|(_, exact)| **exact)
        .map(|(column, _)| &column.heading)
        .collect();
    let mut made = table(
        &id,
        ("어떤 정리 방법이면 표가 성립하는가", "Which ways of rounding make the table possible"),
        columns,
        rows,
    );
    if !exact.is_empty() {
        let names = |label: fn(&Text) -> &str| exact.iter().map(|text| label(text)).collect::<Vec<_>>().join(", ");
        made.notes.push(Note::remark(Sentence::plain(Text::new(
            format!("장부와 끝자리까지 같아 정리하지 않은 것으로 본 열: {}", names(|text| &text.ko)),
            format!(
                "columns that equal the ledger to the last digit, taken as printed in full: {}",
                names(|text| &text.en)
            ),
        ))));
    }
    scaled(books, made)
}

/// What a way of rounding leaves to the cells that do not come out, or where it fails.
fn outcome(audited: &Audited, tried: &Hypothesis) -> Text {
    const NAMED: usize = 2;
    let sheet = &audited.sheet;
    match &tried.outcome {
        audit::Outcome::Refuted(sum) => {
            let name = sheet.name(sheet.sums[*sum].target());
            Text::new(format!("{}에서 막힘", name.ko), format!("fails at {}", name.en))
        }
        audit::Outcome::Possible(ranges) => {
            let across = audited.rounded().filter(|(sum, _)| matches!(sheet.sums[*sum].place, SumPlace::Across { .. }));
            let cells: Vec<CellId> = across.map(|(sum, _)| sheet.sums[sum].target()).take(NAMED).collect();
            let said = cells.iter().map(|cell| {
                let (name, range) = (sheet.name(*cell), audit::won_range(sheet, ranges[*cell]));
                Text::new(format!("{} {}", name.ko, range.ko), format!("{}: {}", name.en, range.en))
            });
            Text::joined(&said.collect::<Vec<_>>())
        }
    }
}

/// Every printed figure against the ledger.
fn figures(books: &Books, audit: &Audit<'_>) -> Table {
    let rows = audit.figures.iter().enumerate().map(|(n, figure)| {
        let printed = &books.printed[figure.printed];
        let account = super::account_path(books, printed.account);
        let (word, formula) = match printed.claim {
            Claim::Term(term) => (term.word(), term.formula(books.year.grant_mode)),
            Claim::GrossBudget => (words::GROSS_BUDGET, &[] as Formula),
            Claim::GrantorSpent => (words::GRANTOR_SPENT, &[] as Formula),
        };
        let name = Text::new(format!("{} {}", account.ko, word.ko), format!("{}, {}", account.en, word.en));
        let slice = Slice { account: printed.account, formula, scope: Scope::All, when: When::ALWAYS };
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
        row(format!("figure:{}", n + 1), cells)
    });
    let columns = vec![
        Column::new(POINT, Role::Key),
        Column::new(PRINTED, Role::Text),
        Column::new(Word::new("unit", "단위", "Unit"), Role::Text),
        Column::new(LEDGER, Role::Amount).standing(),
        Column::new(VERDICT, Role::Text),
        Column::new(BY, Role::Text),
        Column::new(Word::new("range", "가능한 값", "Values possible"), Role::Text),
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

/// Every sum of a printed table.
pub(super) fn sums(books: &Books, audited: &Audited, n: usize) -> Table {
    let sheet = &audited.sheet;
    let rows = sheet.sums.iter().enumerate().map(|(n, sum)| {
        let residual = sum.residual(sheet);
        let wrong = audited.misprints.iter().any(|misprint| misprint.sums.contains(&n));
        let verdict = match (residual, wrong) {
            (_, true) => words::UNEXPLAINED.text(),
            (0, false) => Text::new("맞음", "holds"),
            (_, false) => words::BY_ROUNDING.text(),
        };
        let what = match sum.place {
            SumPlace::Down { .. } => Text::new("아래 줄의 합", "the sum of its rows"),
            SumPlace::Across { identity, .. } => formula(audited, &sheet.identities[identity]),
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
        row(format!("sum:{}", n + 1), cells)
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

/// How many points of an audit are wrong whatever rounding is allowed; a table that no rounding makes possible is one.
pub fn beyond_rounding(matters: &[Matter]) -> usize {
    matters.iter().filter(|matter| matter.sort.is_wrong()).count()
}
