//! The tables of a page as comma-separated values: stable column names, full account paths, plain amounts.
//!
//! A table written so reads back as a table of printed figures, unless a name looks like a formula: a mark before it then
//! keeps spreadsheets from running it. Headlines and notes are left to the other formats, but for cautions.

use super::{Bom, Style, number};
use crate::table::{Block, Page, Role, Row, Table, Value, Weight};
use std::io::{self, Write};

pub(super) fn write(page: &Page, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    if style.bom == Bom::With {
        out.write_all("\u{feff}".as_bytes())?;
    }
    // A page without a table says why in its sentences, as comments.
    if page.tables().next().is_none() {
        for block in &page.blocks {
            match block {
                Block::Paragraph(sentence) => writeln!(out, "# {}", number::sentence(sentence, style))?,
                Block::Note(note) => writeln!(out, "# {}", number::sentence(&note.text, style))?,
                Block::Heading(_) | Block::List(_) | Block::Table(_) | Block::Chart(_) | Block::PageBreak => {}
            }
        }
    }
    for (n, table) in page.tables().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        // Which of several tables it is; a comment, as tables of ours may have.
        if table.caption.is_some() {
            writeln!(out, "# {}", table.id)?;
        }
        write_table(table, style, out)?;
    }
    Ok(())
}

fn write_table(table: &Table, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    // A table that misleads without its caution does not leave without it: as the comment that tables of ours may have.
    for note in table.notes.iter().filter(|note| note.weight == Weight::Caution) {
        writeln!(out, "# {}", number::sentence(&note.text, style))?;
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
