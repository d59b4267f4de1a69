//! A page as JSON: exact and shown amounts as strings, and why each cell says what it says.

mod why;

use super::{Style, number};
use crate::ledger::Books;
use crate::table::{Block, Cell, Column, Note, Page, Role, Row, RowClass, Sentence, Table, Value, Weight};
use crate::words::{Lang, Text};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use std::io::{self, Write};
use why::{JsonWhy, Reasons};

#[derive(Serialize)]
struct Document<'a> {
    schema: String,
    entity: Both<'a>,
    fiscal_year: i32,
    title: Both<'a>,
    paragraphs: Vec<BothOwned>,
    tables: Vec<JsonTable<'a>>,
}

#[derive(Serialize)]
struct Both<'a> {
    ko: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct BothOwned {
    ko: String,
    en: String,
}

#[derive(Serialize)]
struct JsonTable<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<Both<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    columns: Vec<JsonColumn<'a>>,
    rows: Vec<JsonRow<'a>>,
    notes: Vec<JsonNote>,
}

#[derive(Serialize)]
struct JsonNote {
    weight: &'static str,
    text: BothOwned,
    items: Vec<BothOwned>,
}

#[derive(Serialize)]
struct JsonColumn<'a> {
    id: &'static str,
    heading: Both<'a>,
    role: &'static str,
}

/// A row; its key stands under the name of the key's column.
struct JsonRow<'a> {
    of: &'static str,
    key: &'a str,
    name: Option<Both<'a>>,
    class: &'static str,
    depth: u32,
    cells: InOrder<'a>,
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.of, self.key)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("class", self.class)?;
        map.serialize_entry("depth", &self.depth)?;
        map.serialize_entry("cells", &self.cells)?;
        map.end()
    }
}

/// Cells by the ids of their columns, in the order of the columns.
struct InOrder<'a>(Vec<(&'static str, JsonCell<'a>)>);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, cell)| (id, cell)))
    }
}

/// A cell; `exact` is in won, or a rate's part and whole, and is absent with the value. Words are their own reason.
#[derive(Serialize)]
#[serde(untagged)]
enum JsonCell<'a> {
    Blank { exact: (), shown: (), why: JsonWhy<'a> },
    Text { text: Both<'a> },
    Said { text: BothOwned },
    Count { count: u64 },
    Dates { from: Option<String>, to: Option<String> },
    Money { exact: String, shown: Option<String>, why: JsonWhy<'a> },
    Rate { exact: Part, shown: Option<String>, why: JsonWhy<'a> },
}

#[derive(Serialize)]
struct Part {
    part: String,
    whole: String,
}

pub(super) fn write(page: &Page, books: &[&Books], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = books.first() else { return Ok(()) };
    let reasons = Reasons::of(page, books)?;
    let mut document = Document {
        schema: format!("wego-ledger/{}@1", page.report),
        entity: both(&first.year.entity),
        fiscal_year: first.year.fiscal_year,
        title: both(&page.title),
        paragraphs: Vec::new(),
        tables: Vec::new(),
    };
    for block in &page.blocks {
        match block {
            Block::Paragraph(sentence) => document.paragraphs.push(spoken(sentence, style)),
            Block::Table(table) => document.tables.push(json_table(table, &reasons, style)),
            // Every point of a chart stands in a table.
            Block::Heading(_) | Block::List(_) | Block::Note(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn both(text: &Text) -> Both<'_> {
    Both { ko: &text.ko, en: &text.en }
}

/// A sentence in both languages.
fn spoken(sentence: &Sentence, style: &Style<'_>) -> BothOwned {
    let say = |lang: Lang| number::sentence(sentence, &Style { lang, ..*style });
    BothOwned { ko: say(Lang::Ko), en: say(Lang::En) }
}

fn json_table<'a>(table: &'a Table, reasons: &Reasons<'a>, style: &Style<'_>) -> JsonTable<'a> {
    JsonTable {
        id: &table.id,
        caption: table.caption.as_ref().map(both),
        unit: table.has_amounts().then(|| table.unit.word().id),
        columns: table.columns.iter().map(json_column).collect(),
        rows: table.rows.iter().map(|row| json_row(table, row, reasons, style)).collect(),
        notes: table.notes.iter().map(|note| json_note(note, style)).collect(),
    }
}

fn json_note(note: &Note, style: &Style<'_>) -> JsonNote {
    JsonNote {
        weight: match note.weight {
            Weight::Caution => "caution",
            Weight::Remark => "remark",
        },
        text: spoken(&note.text, style),
        items: note.items.iter().map(|item| spoken(item, style)).collect(),
    }
}

fn json_column(column: &Column) -> JsonColumn<'_> {
    JsonColumn {
        id: column.word.id,
        heading: both(&column.heading),
        role: match column.role {
            Role::Key => "key",
            Role::Text => "text",
            Role::Count => "count",
            Role::Amount => "amount",
            Role::Rate => "rate",
        },
    }
}

fn json_row<'a>(table: &'a Table, row: &'a Row, reasons: &Reasons<'a>, style: &Style<'_>) -> JsonRow<'a> {
    let name = row.cells.first().and_then(|cell| match &cell.value {
        Value::Text(name) => Some(both(name)),
        _ => None,
    });
    let figures = table.columns.iter().zip(&row.cells).filter(|(column, _)| column.role != Role::Key);
    JsonRow {
        of: table.columns.first().map_or("key", |column| column.word.id),
        key: &row.key,
        name,
        class: match row.class {
            RowClass::Body => "body",
            RowClass::Subtotal => "subtotal",
            RowClass::Total => "total",
        },
        depth: row.depth,
        cells: InOrder(figures.map(|(column, cell)| (column.word.id, json_cell(cell, reasons, style))).collect()),
    }
}

fn json_cell<'a>(cell: &'a Cell, reasons: &Reasons<'a>, style: &Style<'_>) -> JsonCell<'a> {
    let why = reasons.why(&cell.why);
    match &cell.value {
        Value::Money { exact, shown } => {
            JsonCell::Money { exact: exact.to_string(), shown: shown.map(|shown| shown.to_string()), why }
        }
        Value::Rate { exact, shown } => JsonCell::Rate {
            exact: Part { part: exact.part().to_string(), whole: exact.whole().to_string() },
            shown: shown.map(|shown| shown.to_string()),
            why,
        },
        Value::Text(text) => JsonCell::Text { text: both(text) },
        Value::Said(said) => JsonCell::Said { text: spoken(said, style) },
        Value::Count(count) => JsonCell::Count { count: *count },
        Value::Dates(from, to) => {
            JsonCell::Dates { from: from.map(|date| date.to_string()), to: to.map(|date| date.to_string()) }
        }
        Value::Blank => JsonCell::Blank { exact: (), shown: (), why },
    }
}
