//! A page as JSON: exact and shown amounts as strings, and why each cell says what it says.

use super::{Style, number};
use crate::ledger::{Books, Sign, Slice};
use crate::table::{Block, Cell, Column, Note, Page, Role, Row, RowClass, Table, Value, Weight, Why};
use crate::words::Text;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

#[derive(Serialize)]
struct Document<'a> {
    schema: String,
    entity: Both<'a>,
    fiscal_year: i32,
    title: Both<'a>,
    paragraphs: Vec<String>,
    tables: Vec<JsonTable<'a>>,
}

#[derive(Serialize)]
struct Both<'a> {
    ko: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct JsonTable<'a> {
    unit: &'static str,
    columns: Vec<JsonColumn<'a>>,
    rows: Vec<JsonRow<'a>>,
    notes: Vec<JsonNote>,
}

#[derive(Serialize)]
struct JsonNote {
    weight: &'static str,
    text: String,
    items: Vec<String>,
}

#[derive(Serialize)]
struct JsonColumn<'a> {
    id: &'static str,
    heading: Both<'a>,
    role: &'static str,
}

#[derive(Serialize)]
struct JsonRow<'a> {
    account: &'a str,
    name: Option<Both<'a>>,
    class: &'static str,
    depth: u32,
    cells: InOrder,
}

/// Cells by the ids of their columns, in the order of the columns.
struct InOrder(Vec<(&'static str, JsonCell)>);

impl Serialize for InOrder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, cell)| (id, cell)))
    }
}

/// A cell; `exact` is in won, or a rate's part and whole, and is absent with the value.
#[derive(Serialize)]
#[serde(untagged)]
enum JsonCell {
    Blank { exact: (), shown: (), why: JsonWhy },
    Money { exact: String, shown: Option<String>, why: JsonWhy },
    Rate { exact: Part, shown: Option<String>, why: JsonWhy },
}

#[derive(Serialize)]
struct Part {
    part: String,
    whole: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum JsonWhy {
    /// The lines of an account and all below it; each measure added or taken away.
    Summed {
        account: String,
        measures: Vec<String>,
        as_of: Option<String>,
    },
    /// A part of a whole, both terms of the same row.
    PartOf {
        part: &'static str,
        whole: &'static str,
    },
    Label,
    NoLines,
    NotAttributed,
    NoBasis,
    NotDerivable,
}

pub(super) fn write(page: &Page, books: &Books, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Document {
        schema: format!("wego-ledger/{}@1", page.report),
        entity: both(&books.year.entity),
        fiscal_year: books.year.fiscal_year,
        title: both(&page.title),
        paragraphs: Vec::new(),
        tables: Vec::new(),
    };
    for block in &page.blocks {
        match block {
            Block::Paragraph(sentence) => document.paragraphs.push(number::sentence(sentence, style)),
            Block::Table(table) => document.tables.push(json_table(table, books, style)),
        }
    }
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn both(text: &Text) -> Both<'_> {
    Both { ko: &text.ko, en: &text.en }
}

fn json_table<'a>(table: &'a Table, books: &Books, style: &Style<'_>) -> JsonTable<'a> {
    JsonTable {
        unit: table.unit.word().id,
        columns: table.columns.iter().map(json_column).collect(),
        rows: table.rows.iter().map(|row| json_row(table, row, books)).collect(),
        notes: table.notes.iter().map(|note| json_note(note, style)).collect(),
    }
}

fn json_note(note: &Note, style: &Style<'_>) -> JsonNote {
    JsonNote {
        weight: match note.weight {
            Weight::Caution => "caution",
            Weight::Remark => "remark",
        },
        text: number::sentence(&note.text, style),
        items: note.items.iter().map(|item| number::sentence(item, style)).collect(),
    }
}

fn json_column(column: &Column) -> JsonColumn<'_> {
    JsonColumn {
        id: column.word.id,
        heading: both(&column.heading),
        role: match column.role {
            Role::Key => "key",
            Role::Amount(_) => "amount",
            Role::Rate(_) => "rate",
        },
    }
}

fn json_row<'a>(table: &Table, row: &'a Row, books: &Books) -> JsonRow<'a> {
    let name = row.cells.first().and_then(|cell| match &cell.value {
        Value::Text(name) => Some(both(name)),
        _ => None,
    });
    let figures = table.columns.iter().zip(&row.cells).filter(|(column, _)| column.role != Role::Key);
    JsonRow {
        account: &row.key,
        name,
        class: match row.class {
            RowClass::Body => "body",
            RowClass::Subtotal => "subtotal",
            RowClass::Total => "total",
        },
        depth: row.depth,
        cells: InOrder(figures.map(|(column, cell)| (column.word.id, json_cell(cell, books))).collect()),
    }
}

fn json_cell(cell: &Cell, books: &Books) -> JsonCell {
    let why = json_why(&cell.why, books);
    match &cell.value {
        Value::Money { exact, shown } => {
            JsonCell::Money { exact: exact.to_string(), shown: shown.map(|shown| shown.to_string()), why }
        }
        Value::Rate { exact, shown } => JsonCell::Rate {
            exact: Part { part: exact.part().to_string(), whole: exact.whole().to_string() },
            shown: shown.map(|shown| shown.to_string()),
            why,
        },
        Value::Blank | Value::Text(_) => JsonCell::Blank { exact: (), shown: (), why },
    }
}

fn json_why(why: &Why, books: &Books) -> JsonWhy {
    match why {
        Why::Label => JsonWhy::Label,
        Why::Summed(slice) => summed(slice, books),
        Why::PartOf(part, whole) => JsonWhy::PartOf { part: part.word().id, whole: whole.word().id },
        Why::NoLines => JsonWhy::NoLines,
        Why::NotAttributed => JsonWhy::NotAttributed,
        Why::NoBasis => JsonWhy::NoBasis,
        Why::NotDerivable => JsonWhy::NotDerivable,
    }
}

fn summed(slice: &Slice, books: &Books) -> JsonWhy {
    let measures = slice.formula.iter().map(|(sign, measure)| {
        let mark = if *sign == Sign::Plus { '+' } else { '-' };
        format!("{mark}{}", measure.id())
    });
    let path = books.accounts.get(slice.account).path.as_str();
    JsonWhy::Summed {
        account: if path.is_empty() { "계".to_owned() } else { path.to_owned() },
        measures: measures.collect(),
        as_of: slice.as_of_date().map(|date| date.to_string()),
    }
}
