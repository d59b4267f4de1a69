//! A page as Markdown.

use super::Style;
use super::number;
use crate::table::{Block, Note, Page, Point, Role, Row, RowClass, Table};
use std::io::{self, Write};

pub(super) fn write(page: &Page, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", escaped(&super::printable(page.title.label(style.lang))))?;
    for block in &page.blocks {
        match block {
            Block::Paragraph(sentence) => writeln!(out, "\n{}", escaped(&number::sentence(sentence, style)))?,
            Block::Heading(heading) => {
                let marks = "#".repeat(usize::from(heading.level) + 1);
                writeln!(out, "\n{marks} {}", escaped(&super::printable(heading.text.label(style.lang))))?;
            }
            Block::List(points) => write_list(points, style, out)?,
            Block::Note(note) => {
                writeln!(out)?;
                write_note(note, style, out)?;
            }
            Block::Table(table) => write_table(table, style, out)?,
            // Every point of a chart stands in a table; Markdown has no sheets of paper.
            Block::Chart(_) | Block::PageBreak => {}
        }
    }
    Ok(())
}

fn write_table(table: &Table, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(caption) = &table.caption {
        writeln!(out, "\n## {}", escaped(&super::printable(caption.label(style.lang))))?;
    }
    match table.has_amounts() {
        true => writeln!(out, "\n{}\n", number::unit_note(table.unit, style.lang))?,
        false => writeln!(out)?,
    }
    let headings: Vec<String> =
        table.columns.iter().map(|column| escaped(&super::printable(column.heading.label(style.lang)))).collect();
    writeln!(out, "| {} |", headings.join(" | "))?;
    let rules: Vec<&str> =
        table.columns.iter().map(|column| if is_word(column.role) { "---" } else { "---:" }).collect();
    writeln!(out, "| {} |", rules.join(" | "))?;
    for row in &table.rows {
        writeln!(out, "| {} |", cells(table, row, style).join(" | "))?;
    }
    if !table.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &table.notes {
        write_note(note, style, out)?;
    }
    Ok(())
}

fn write_note(note: &Note, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "- ※ {}", escaped(&number::sentence(&note.text, style)))?;
    for item in &note.items {
        writeln!(out, "  - {}", escaped(&number::sentence(item, style)))?;
    }
    Ok(())
}

fn write_list(points: &[Point], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    for point in points {
        let indent = "  ".repeat(point.depth as usize);
        writeln!(out, "{indent}- {}", escaped(&number::point(point, style)))?;
    }
    Ok(())
}

fn is_word(role: Role) -> bool {
    matches!(role, Role::Key | Role::Text)
}

fn cells(table: &Table, row: &Row, style: &Style<'_>) -> Vec<String> {
    let cells = table.columns.iter().zip(&row.cells);
    cells
        .map(|(column, cell)| {
            let text = escaped(&number::cell(cell, style));
            // Markdown drops plain spaces at a cell's edge, but not this one.
            let indent = match column.role {
                Role::Key => "\u{3000}".repeat(row.depth.saturating_sub(1) as usize),
                Role::Text | Role::Count | Role::Amount | Role::Rate => String::new(),
            };
            match row.class {
                RowClass::Total if !text.is_empty() => format!("**{text}**"),
                RowClass::Total => text,
                RowClass::Body | RowClass::Subtotal => format!("{indent}{text}"),
            }
        })
        .collect()
}

/// Text in which nothing is taken for markup, and no line ends before the row does.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' | '~' => {
                safe.push('\\');
                safe.push(c);
            }
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\n' | '\r' => safe.push(' '),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_markup() {
        assert_eq!(escaped("a|b*c<script>\n&"), "a\\|b\\*c&lt;script&gt; &amp;");
    }
}
