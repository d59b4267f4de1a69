//! The page of an audit of published tables, which no books stand behind.

use super::audit::{Detail, beyond_rounding, count, formula, points, sums, verdict_of, ways};
use crate::audit::{self, Audited, Currency, Matter, Understood, UnitFrom};
use crate::ledger::Books;
use crate::money::Unit;
use crate::table::{Block, Page, Sentence};
use crate::words::Text;

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
            blocks.push(Block::Table(sums(books, table, n)));
        }
    }
    let name = books.sources.iter().next().map(|(_, source)| source.name.clone()).unwrap_or_default();
    let title = Text::new(format!("{name} 인쇄값 검증"), format!("Audit of the figures in {name}"));
    Page { report: "audit", title, blocks }
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

fn table_headline(table: &Audited, matters: &[Matter], name: &Text) -> Sentence {
    let said = verdict_of(table, matters);
    Sentence {
        text: Text::new(format!("{}{}", name.ko, said.text.ko), format!("{}{}", name.en, said.text.en)),
        values: said.values,
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
