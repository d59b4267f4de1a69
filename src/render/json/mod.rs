//! A page as JSON: exact and shown amounts as strings, why each cell says what it says, and all that stands beside tables.
//!
//! # Why
//!
//! **Sentences stand twice.** `paragraphs` and `tables` are what most readers look for, whatever else a page holds;
//! `contents` tells the order, and what only documents have. Tables are named there, not repeated.

mod model;
#[cfg(test)]
mod schema;
mod why;

use super::{Style, number};
use crate::ledger::Books;
use crate::table::{
    Block, Cell, Chart, Column, Mark, Note, Page, Point, Role, Row, RowClass, Sentence, Shape, Table, Value, Weight,
};
use crate::words::{Lang, Text};
use model::{
    Both, Content, Document, InOrder, JsonCell, JsonChart, JsonColumn, JsonMark, JsonNote, JsonPoint, JsonRow,
    JsonTable, Part,
};
use std::io::{self, Write};
use why::Reasons;

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
        contents: page.blocks.iter().map(|block| content(block, &reasons, style)).collect(),
    };
    for block in &page.blocks {
        match block {
            Block::Paragraph(sentence) => document.paragraphs.push(spoken(sentence, style)),
            Block::Table(table) => document.tables.push(json_table(table, &reasons, style)),
            Block::Heading(_) | Block::List(_) | Block::Note(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn both(text: &Text) -> Both<'_> {
    Both { ko: text.ko.as_str().into(), en: text.en.as_str().into() }
}

/// A sentence in both languages.
fn spoken(sentence: &Sentence, style: &Style<'_>) -> Both<'static> {
    let say = |lang: Lang| number::sentence(sentence, &Style { lang, ..*style });
    Both { ko: say(Lang::Ko).into(), en: say(Lang::En).into() }
}

/// A part of a page, in its place; a table by its name.
fn content<'a>(block: &'a Block, reasons: &Reasons<'a>, style: &Style<'_>) -> Content<'a> {
    match block {
        Block::Heading(heading) => Content::Heading { level: heading.level, text: both(&heading.text) },
        Block::Paragraph(sentence) => Content::Paragraph { text: spoken(sentence, style) },
        Block::List(points) => Content::List { points: points.iter().map(|point| json_point(point, style)).collect() },
        Block::Note(note) => Content::Note(json_note(note, style)),
        Block::Table(table) => Content::Table { id: &table.id },
        Block::Chart(chart) => Content::Chart(json_chart(chart, reasons, style)),
        Block::PageBreak => Content::PageBreak,
    }
}

fn json_point<'a>(point: &'a Point, style: &Style<'_>) -> JsonPoint<'a> {
    JsonPoint { depth: point.depth, label: point.label.as_ref().map(both), text: spoken(&point.text, style) }
}

fn json_chart<'a>(chart: &'a Chart, reasons: &Reasons<'a>, style: &Style<'_>) -> JsonChart<'a> {
    let mark = |mark: &'a Mark| JsonMark {
        name: both(&mark.name),
        cells: mark.cells.iter().map(|cell| json_cell(cell, reasons, style)).collect(),
    };
    let has_amounts = chart.points.iter().flat_map(|mark| &mark.cells).any(|cell| cell.money().is_some());
    JsonChart {
        id: &chart.id,
        title: both(&chart.title),
        shape: match chart.shape {
            Shape::Parts => "parts",
            Shape::Amounts => "amounts",
            Shape::Course => "course",
        },
        unit: has_amounts.then(|| chart.unit.word().id),
        series: chart.series.iter().map(both).collect(),
        points: chart.points.iter().map(mark).collect(),
    }
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

fn json_note(note: &Note, style: &Style<'_>) -> JsonNote<'static> {
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
        Value::Said(said) => JsonCell::Text { text: spoken(said, style) },
        Value::Count(count) => JsonCell::Count { count: *count },
        Value::Dates(from, to) => {
            JsonCell::Dates { from: from.map(|date| date.to_string()), to: to.map(|date| date.to_string()) }
        }
        Value::Blank => JsonCell::Blank { exact: (), shown: (), why },
    }
}
