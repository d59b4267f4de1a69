//! The audit of printed figures: a verdict in a sentence, what there is to say, which ways of rounding are possible; and,
//! where it is asked for, every figure and every sum.

mod details;
mod ways;

use crate::audit::{
    self, Audit, Audited, Base, Currency, Known, Matter, MatterSort, Possible, Stand, Understood, UnitFrom,
};
use crate::ledger::{Books, Sign};
use crate::money::{Money, Unit};
use crate::source::Span;
use crate::table::{
    Block, Cell, Column, Page, Piece, Role, Row, RowClass, Scale, Sentence, Shown, Step, Table, Value, Why,
};
use crate::words::{self, Text, Word};
use ways::ways;

/// How much an audit shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Detail {
    /// What there is to say.
    #[default]
    Matters,
    /// Every figure and every sum besides.
    Everything,
}

const NUMBER: Word = Word::new("number", "번호", "No.");
const POINT: Word = Word::new("point", "항목", "Point");
const VERDICT: Word = Word::new("verdict", "판정", "Verdict");
const PRINTED: Word = Word::new("printed", "인쇄값", "Printed");
const AGAINST: Word = Word::new("against", "견준 것", "Held against");
const DIFFERENCE: Word = Word::new("difference", "차이", "Difference");
const WHY: Word = Word::new("why", "까닭", "Why");
const RULE: Word = Word::new("rule", "정리 방법", "Way of rounding");
const LEFT: Word = Word::new("left", "남는 범위 또는 막히는 곳", "What it leaves, or where it fails");
const LEDGER: Word = Word::new("ledger", "장부", "Ledger");

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
        blocks.push(Block::Table(details::figures(books, audit)));
        for (n, table) in audit.tables.iter().enumerate() {
            blocks.extend(details::of(books, table, n));
        }
    }
    Page { report: "audit", title: super::title(books, &words::AUDIT.text()), blocks }
}

/// The page of the audit of a published file's tables, which no books stand behind; `books` are empty but for the file.
pub fn audit_tables(books: &Books, tables: &[(Understood, Audited)], detail: Detail) -> Page {
    let mut blocks = Vec::new();
    let all: Vec<Vec<Matter>> = tables
        .iter()
        .map(|(_, table)| {
            let mut matters = audit::of_table(table, None);
            matters.sort_by_key(|matter| (!matter.sort.is_wrong(), matter.sort, matter.span));
            matters
        })
        .collect();
    if tables.len() > 1 {
        blocks.push(Block::Paragraph(tables_headline(&all)));
    }
    for (n, ((understood, table), matters)) in tables.iter().zip(&all).enumerate() {
        let name = table_name(tables.len(), n);
        blocks.push(Block::Paragraph(table_headline(table, matters, &name)));
        blocks.push(Block::Paragraph(taken(understood, table)));
        blocks.extend(left_out(understood).map(Block::Paragraph));
        if !matters.is_empty() {
            blocks.push(Block::Table(points(books, matters, Some(&table.sheet), n)));
        }
        // Where nothing makes the table possible there is nothing to choose from.
        if table.gives_up_digits() && (table.verdict.best().is_some() || detail == Detail::Everything) {
            blocks.push(Block::Table(ways(books, table, None, n)));
        }
        if detail == Detail::Everything {
            blocks.extend(details::of(books, table, n));
        }
    }
    let name = books.sources.iter().next().map(|(_, source)| source.name.clone()).unwrap_or_default();
    let title = Text::new(format!("{name} 인쇄값 검증"), format!("Audit of the figures in {name}"));
    Page { report: "audit", title, blocks }
}

/// How many points of an audit are wrong whatever rounding is allowed; a table that no rounding makes possible is one.
pub fn beyond_rounding(matters: &[Matter]) -> usize {
    matters.iter().filter(|matter| matter.sort.is_wrong()).count()
}

/// What a table is called among several: its number.
fn table_name(many: usize, n: usize) -> Text {
    if many == 1 { Text::default() } else { Text::new(format!("표 {}: ", n + 1), format!("Table {}: ", n + 1)) }
}

fn tables_headline(all: &[Vec<Matter>]) -> Sentence {
    let wrong = all.iter().map(|matters| beyond_rounding(matters)).sum();
    match wrong {
        0 => Sentence::with(
            ("표 {0}개에 반올림으로 설명되지 않는 것이 없음", "in {0} tables nothing is beyond rounding"),
            vec![count(all.len())],
        ),
        _ => Sentence::with(
            ("표 {0}개에 반올림으로 설명되지 않는 것 {1}건", "in {0} tables, beyond rounding: {1}"),
            vec![count(all.len()), count(wrong)],
        ),
    }
}

/// What of a file was read as no row of figures.
fn left_out(understood: &Understood) -> Option<Sentence> {
    const SHOWN: usize = 4;
    let all = &understood.left_out;
    all.first()?;
    let shown: Vec<String> = all.iter().take(SHOWN).map(|left| format!("`{}`", short(&left.text))).collect();
    let more = if all.len() > SHOWN { " …" } else { "" };
    let heading = all.iter().filter(|left| left.what == audit::Left::Heading).count();
    let (ko_again, en_again) = if heading == 0 {
        (String::new(), String::new())
    } else {
        (format!(" (되풀이된 제목 줄 {heading}개 포함)"), format!(" (among them the heading again: {heading})"))
    };
    Some(Sentence::plain(Text::new(
        format!("숫자 줄로 읽지 않은 줄 {}개{ko_again}: {}{more}", all.len(), shown.join(", ")),
        format!("Rows read as no figures: {}{en_again}: {}{more}", all.len(), shown.join(", ")),
    )))
}

/// A text that is no longer than a line has room for.
fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{}…", cut.trim_end())
}

fn count(number: usize) -> Piece {
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

fn table_headline(table: &Audited, matters: &[Matter], name: &Text) -> Sentence {
    let said = verdict_of(table, matters);
    Sentence {
        text: Text::new(format!("{}{}", name.ko, said.text.ko), format!("{}{}", name.en, said.text.en)),
        values: said.values,
    }
}

fn verdict_of(table: &Audited, matters: &[Matter]) -> Sentence {
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

/// What the table was taken to be.
fn taken(understood: &Understood, table: &Audited) -> Sentence {
    let unit = match table.sheet.currency {
        Currency::Won => understood.unit.word().text(),
        Currency::Other => match understood.unit {
            Unit::Won => Text::new("1", "ones"),
            Unit::Thousand => Text::new("천", "thousands"),
            Unit::Million => Text::new("백만", "millions"),
            Unit::HundredMillion => Text::new("억", "hundreds of millions"),
            Unit::Billion => Text::new("십억", "billions"),
            Unit::Trillion => Text::new("조", "trillions"),
        },
    };
    let (ko, en) = match understood.unit_from {
        UnitFrom::Given => ("지정한 단위".to_owned(), "as given".to_owned()),
        UnitFrom::GivenAgainst(printed) => {
            let word = printed.word();
            (
                format!("지정한 단위. 표에는 {}이라고 인쇄됨", word.ko),
                format!("as given, though the table prints {}", word.en),
            )
        }
        UnitFrom::Printed => ("인쇄된 단위".to_owned(), "as printed".to_owned()),
        UnitFrom::Nowhere => (
            "단위를 찾지 못함. `--unit`으로 알려 줄 수 있음".to_owned(),
            "no unit is printed; name it with `--unit`".to_owned(),
        ),
    };
    let sheet = &table.sheet;
    // What holds one way round in some rows and the other in the rest is told once.
    let told = sheet.identities.iter().enumerate().filter(|(n, one)| {
        !sheet.identities[..*n].iter().any(|other| other.target == one.target && other.rows.is_some())
    });
    let named: Vec<Text> = told.map(|(_, identity)| formula(table, identity)).collect();
    let joined = |label: fn(&Text) -> &str| named.iter().map(label).collect::<Vec<_>>().join("; ");
    let (ko_way, en_way) = if named.is_empty() {
        ("없음".to_owned(), "none".to_owned())
    } else {
        (joined(|text| &text.ko), joined(|text| &text.en))
    };
    let unread = understood.unread.len();
    let (ko_unread, en_unread) = if unread == 0 {
        (String::new(), String::new())
    } else {
        let cells: Vec<String> =
            understood.unread.iter().take(4).map(|cell| format!("`{}`", sheet.marks[*cell].text.trim())).collect();
        (
            format!(". 숫자로 읽지 못한 칸 {unread}개: {}", cells.join(", ")),
            format!(". Cells that are no figures, {unread}: {}", cells.join(", ")),
        )
    };
    Sentence::plain(Text::new(
        format!("단위 {}({ko}). 열 사이의 식: {ko_way}{ko_unread}", unit.ko),
        format!("In {} ({en}). How columns follow from one another: {en_way}{en_unread}", unit.en),
    ))
}

/// `집행잔액 = 교부액 − 집행액 (용어)`.
fn formula(table: &Audited, identity: &audit::Identity) -> Text {
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
    Row { class: RowClass::Body, key: key.into(), depth: 0, parent: None, complete: false, cells }
}

/// A text that stands in a document, and where.
fn read(text: Text, span: Span) -> Cell {
    Cell { value: Value::Text(text), why: Why::Read(span) }
}

fn points(books: &Books, matters: &[Matter], sheet: Option<&audit::Sheet>, n: usize) -> Table {
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
            Cell::label(Text::same((n + 1).to_string())),
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
        Column::new(NUMBER, Role::Key),
        Column::new(POINT, Role::Text),
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
