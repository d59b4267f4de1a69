//! The tables of a page as comma-separated values: stable column names, full account paths, plain amounts.
//!
//! A table written so reads back as a table of printed figures, unless a name looks like a formula: a mark before it then
//! keeps spreadsheets from running it. Headlines, lists, charts and notes are left to the other formats, but for cautions.

use super::{Bom, Style, number};
use crate::table::{Block, Page, Role, Row, Table, Value, Weight};
use std::io::{self, Write};

pub(super) fn write(page: &Page, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    if style.bom == Bom::With {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let tables = page.tables().count();
    if tables == 0 {
        return write_sentences(page, style, out);
    }
    let mut written = 0;
    for block in &page.blocks {
        match block {
            Block::Table(table) => {
                if written > 0 {
                    writeln!(out)?;
                }
                // Which of several tables it is; a comment, as tables of ours may have.
                if tables > 1 || table.caption.is_some() {
                    writeln!(out, "# {}", table.id)?;
                }
                write_table(table, style, out)?;
                written += 1;
            }
            Block::Note(note) if note.weight == Weight::Caution => comment(&number::sentence(&note.text, style), out)?,
            Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::Note(_) => {}
            Block::Chart(_) | Block::PageBreak => {}
        }
    }
    Ok(())
}

/// A page without a table says why in its sentences, as comments.
fn write_sentences(page: &Page, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for block in &page.blocks {
        match block {
            Block::Paragraph(sentence) => comment(&number::sentence(sentence, style), out)?,
            Block::Note(note) => comment(&number::sentence(&note.text, style), out)?,
            Block::Heading(heading) => comment(heading.text.label(style.lang), out)?,
            Block::List(points) => points.iter().try_for_each(|point| comment(&number::point(point, style), out))?,
            Block::Table(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
    Ok(())
}

/// A line that begins as no row does.
fn comment(text: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", super::printable(text))
}

fn write_table(table: &Table, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    // A table that misleads without its caution does not leave without it: as the comment that tables of ours may have.
    for note in table.notes.iter().filter(|note| note.weight == Weight::Caution) {
        comment(&number::sentence(&note.text, style), out)?;
    }
    let mut csv = ::csv::Writer::from_writer(out);
    csv.write_record(table.columns.iter().map(|column| column.word.id))?;
    for row in &table.rows {
        csv.write_record(table.columns.iter().enumerate().map(|(n, column)| field(row, n, column.role, style)))?;
    }
    csv.flush()
}

fn field(row: &Row, n: usize, role: Role, style: &Style<'_>) -> String {
    match (role, &row.cells[n].value) {
        (Role::Key, _) => harmless(&row.key),
        (_, Value::Blank) => String::new(),
        (_, Value::Text(text)) => harmless(text.label(style.lang)),
        (_, Value::Said(said)) => harmless(&number::sentence(said, style)),
        (_, Value::Count(count)) => count.to_string(),
        (_, Value::Dates(from, to)) => number::dates(*from, *to),
        (_, Value::Money { shown, .. } | Value::Rate { shown, .. }) => {
            shown.map(|shown| shown.to_string()).unwrap_or_default()
        }
    }
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_made_a_text() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@cmd"), "'@cmd");
        assert_eq!(harmless("여비"), "여비");
    }
}
