//! A page as Markdown: headings below its title, the caption of a table one deeper than the heading that it stands under.
//! Charts are left out; what they show stands in tables, or comes of what does.

use super::Style;
use super::number;
use crate::table::{Block, Note, Page, Point, Role, Row, RowClass, Table};
use crate::words::Text;
use std::io::{self, Write};

pub(super) fn write(page: &Page, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", escaped(&super::printable(page.title.label(style.lang))))?;
    // Of the heading that the next blocks stand under.
    let mut level = 0;
    for block in &page.blocks {
        match block {
            Block::Paragraph(sentence) => writeln!(out, "\n{}", begun(&number::sentence(sentence, style)))?,
            Block::Heading(heading) => {
                level = heading.level;
                write_heading(level, &heading.text, style, out)?;
            }
            Block::List(points) => write_list(points, style, out)?,
            Block::Note(note) => {
                writeln!(out)?;
                write_note(note, style, out)?;
            }
            Block::Table(table) => write_table(table, level, style, out)?,
            // Markdown has neither.
            Block::Chart(_) | Block::PageBreak => {}
        }
    }
    Ok(())
}

/// A heading so far below the title; Markdown has six levels with it, and what is deeper is bold.
fn write_heading(level: u8, text: &Text, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let text = escaped(&super::printable(text.label(style.lang)));
    match usize::from(level) + 1 {
        marks @ 1..=6 => writeln!(out, "\n{} {text}", "#".repeat(marks)),
        _ => writeln!(out, "\n**{text}**"),
    }
}

fn write_table(table: &Table, level: u8, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(caption) = &table.caption {
        write_heading(level.saturating_add(1), caption, style, out)?;
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
        writeln!(out, "  - {}", begun(&number::sentence(item, style)))?;
    }
    Ok(())
}

fn write_list(points: &[Point], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    // A list that begins deep, or skips a level, would be code.
    let mut above: Vec<u32> = Vec::new();
    for point in points {
        above.retain(|depth| *depth < point.depth);
        let indent = "  ".repeat(above.len());
        above.push(point.depth);
        writeln!(out, "{indent}- {}", begun(&number::point(point, style)))?;
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

/// Text at the beginning of a line, which is not taken for a list, a rule or code.
fn begun(text: &str) -> String {
    let text = escaped(text.trim_start());
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    match rest.chars().next() {
        Some('-' | '+' | '=') if digits == 0 => format!("\\{text}"),
        // Without a space behind it, it is a number like any other.
        Some('.' | ')') if digits > 0 && rest[1..].chars().next().is_none_or(char::is_whitespace) => {
            format!("{number}\\{rest}")
        }
        _ => text,
    }
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
    fn no_line_begins_a_list_by_chance() {
        assert_eq!(begun("1. 개요"), "1\\. 개요");
        assert_eq!(begun("2015) x"), "2015\\) x");
        assert_eq!(begun("    - 여비"), "\\- 여비");
        assert_eq!(begun("---"), "\\---");
        assert_eq!(begun("3.5천원"), "3.5천원");
        assert_eq!(begun("여비 1. x"), "여비 1. x");
    }

    #[test]
    fn no_text_is_taken_for_markup() {
        assert_eq!(escaped("a|b*c<script>\n&"), "a\\|b\\*c&lt;script&gt; &amp;");
    }
}
