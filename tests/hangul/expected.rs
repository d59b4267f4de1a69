//! What a document has to say, worked out from its page anew.

use wego_ledger::ledger::{Date, Negative};
use wego_ledger::money::{Figure, Unit};
use wego_ledger::render::Style;
use wego_ledger::table::{Block, Cell, Note, Page, Piece, Sentence, Table, Value, Why};
use wego_ledger::words::Lang;

/// Paragraphs outside of tables, and the cells of tables with their headings.
#[derive(Debug, Default, PartialEq, serde::Serialize)]
pub(crate) struct Said {
    pub(crate) paragraphs: Vec<String>,
    pub(crate) tables: Vec<Vec<Vec<String>>>,
}

/// What a page has to say.
pub(crate) fn of(page: &Page, style: &Style<'_>) -> Said {
    let mut said = Said::default();
    said.paragraphs.push(clean(page.title.label(style.lang)));
    for block in &page.blocks {
        match block {
            Block::Heading(heading) => said.paragraphs.push(clean(heading.text.label(style.lang))),
            Block::Paragraph(text) => said.paragraphs.push(sentence(text, style)),
            Block::List(points) => said.paragraphs.extend(points.iter().map(|point| {
                let mark = ["○", "-", "·"][(point.depth as usize).min(2)];
                let label = point.label.as_ref().map(|label| format!("{}: ", clean(label.label(style.lang))));
                format!("{mark} {}{}", label.unwrap_or_default(), sentence(&point.text, style))
            })),
            Block::Note(note) => notes(&mut said, std::slice::from_ref(note), style),
            Block::Table(table) => one_table(&mut said, table, style),
            Block::Chart(_) | Block::PageBreak => {}
        }
    }
    said
}

fn one_table(said: &mut Said, table: &Table, style: &Style<'_>) {
    said.paragraphs.extend(table.caption.as_ref().map(|caption| clean(caption.label(style.lang))));
    if table.has_amounts() {
        said.paragraphs.push(match style.lang {
            Lang::Ko => format!("(단위: {})", table.unit.word().ko),
            Lang::En => format!("(unit: {})", table.unit.word().en),
        });
    }
    let headings = table.columns.iter().map(|column| clean(column.heading.label(style.lang))).collect();
    let rows = table.rows.iter().map(|row| row.cells.iter().map(|one| cell(one, style)).collect());
    // A table without columns is none; any other hangs on a paragraph of its own.
    if !table.columns.is_empty() {
        said.tables.push(std::iter::once(headings).chain(rows).collect());
        said.paragraphs.push(String::new());
    }
    notes(said, &table.notes, style);
}

fn notes(said: &mut Said, notes: &[Note], style: &Style<'_>) {
    for note in notes {
        said.paragraphs.push(format!("※ {}", sentence(&note.text, style)));
        said.paragraphs.extend(note.items.iter().map(|item| format!("· {}", sentence(item, style))));
    }
}

fn cell(cell: &Cell, style: &Style<'_>) -> String {
    match &cell.value {
        Value::Blank if cell.why == Why::Label => String::new(),
        Value::Blank => "-".to_owned(),
        Value::Text(text) => clean(text.label(style.lang)),
        Value::Said(said) => sentence(said, style),
        Value::Count(count) => grouped(&count.to_string()),
        Value::Dates(from, to) => dates(*from, *to),
        Value::Money { exact, .. } if exact.is_zero() => style.nil.to_owned(),
        Value::Money { shown, .. } => figure(shown.expect("the table is scaled"), style),
        Value::Rate { shown, .. } => format!("{}%", figure(shown.expect("the table is scaled"), style)),
    }
}

fn dates(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} ~ {to}"),
        (Some(from), None) => format!("{from} ~"),
        (None, Some(to)) => format!("~ {to}"),
        (None, None) => String::new(),
    }
}

fn sentence(sentence: &Sentence, style: &Style<'_>) -> String {
    // Marks of values in the values themselves are none.
    let mut text = String::new();
    let mut rest = sentence.text.label(style.lang);
    while let Some(at) = rest.find('{') {
        let Some(length) = rest[at..].find('}') else { break };
        text.push_str(&rest[..at]);
        let value = rest[at + 1..at + length].parse::<usize>().ok().and_then(|n| sentence.values.get(n));
        text.push_str(&value.map(|value| piece(value, style)).unwrap_or_default());
        rest = &rest[at + length + 1..];
    }
    clean(&(text + rest))
}

fn piece(piece: &Piece, style: &Style<'_>) -> String {
    let between = if style.lang == Lang::Ko { "" } else { " " };
    let unit = |unit: &Unit| unit.word().label(style.lang);
    match piece {
        Piece::Text(text) => text.label(style.lang).to_owned(),
        Piece::Count(count) => grouped(&count.to_string()),
        Piece::Figure(shown, None) => figure(*shown, style),
        Piece::Figure(shown, Some(of)) => format!("{}{between}{}", figure(*shown, style), unit(of)),
        Piece::Percent(percent) => format!("{}%", figure(*percent, style)),
        Piece::Date(date) => date.to_string(),
    }
}

fn figure(figure: Figure, style: &Style<'_>) -> String {
    let text = figure.to_string();
    match (text.strip_prefix('-'), style.negative) {
        (None, _) => grouped(&text),
        (Some(digits), Negative::Triangle) => format!("△{}", grouped(digits)),
        (Some(digits), Negative::Minus) => format!("-{}", grouped(digits)),
        (Some(digits), Negative::Parentheses) => format!("({})", grouped(digits)),
    }
}

fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let mut text = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// Control characters, marks that turn text around, and what XML has no way to write are spaces.
fn clean(text: &str) -> String {
    let odd = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    };
    text.chars().map(|c| if odd(c) { ' ' } else { c }).collect()
}
