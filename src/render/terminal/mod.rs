//! A page as lines for a terminal. Columns line up under Hangul, and numbers are never cut or broken.
//!
//! Where the terminal is narrow headings are broken first and names give way next; below the width that holds the
//! numbers the table is wider than the terminal rather than broken. What is piped is as wide as it needs to be, and charts
//! are drawn for terminals alone.

mod charts;

use super::number;
use super::{Colour, Style};
use crate::table::{Block, Note, Page, Role, Row, RowClass, Table, Value};
use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, LineStyle, TableStyle};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Names are not made narrower than this.
const NARROWEST_NAME: usize = 10;
/// What stands around the text of a column: one space on each side.
const PADDING: usize = 2;
/// A level of the tree.
const INDENT: usize = 2;

/// The rule below the headings; those above and below the table are written with it.
const RULES: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

pub(super) fn write(page: &Page, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_bold(&super::printable(page.title.label(style.lang)), style, out)?;
    for block in &page.blocks {
        match block {
            Block::Heading(heading) => {
                writeln!(out)?;
                write_bold(&super::printable(heading.text.label(style.lang)), style, out)?;
            }
            Block::Paragraph(sentence) => write_wrapped(&number::sentence(sentence, style), "", style, out)?,
            Block::List(points) => {
                for point in points {
                    let mark = format!("{}- ", " ".repeat(INDENT * point.depth as usize));
                    write_wrapped(&number::point(point, style), &mark, style, out)?;
                }
            }
            Block::Note(note) => write_note(note, style, out)?,
            Block::Table(table) => write_table(table, style, out)?,
            Block::Chart(chart) => charts::write(chart, style, out)?,
            Block::PageBreak => {}
        }
    }
    Ok(())
}

fn write_table(table: &Table, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let widths = widths(table, style);
    let mut lines = comfy_table::Table::new();
    lines.load_style(RULES).set_content_arrangement(ContentArrangement::Disabled);
    match style.colour {
        Colour::Off => lines.force_no_tty(),
        Colour::On => lines.enforce_styling(),
    };
    let headings = table.columns.iter().zip(&widths).map(|(column, width)| {
        let text = wrapped(&super::printable(column.heading.label(style.lang)), *width).join("\n");
        Cell::new(text).set_alignment(alignment(column.role)).add_attribute(Attribute::Bold)
    });
    lines.set_header(headings.collect::<Vec<_>>());
    for row in &table.rows {
        lines.add_row(row_cells(table, row, &widths, style));
    }
    let text = lines.trim_fmt();
    // Not the longest line: where there is colour, lines hold more than is seen.
    let width = text.lines().find(|line| line.starts_with('─')).map_or(0, UnicodeWidthStr::width);
    let rule = "─".repeat(width);
    writeln!(out)?;
    let caption = table.caption.as_ref().map(|caption| super::printable(caption.label(style.lang))).unwrap_or_default();
    let unit = if table.has_amounts() { number::unit_note(table.unit, style.lang) } else { String::new() };
    let between = width.saturating_sub(caption.width() + unit.width()).max(1);
    if !(caption.is_empty() && unit.is_empty()) {
        writeln!(out, "{}", format!("{caption}{}{unit}", " ".repeat(between)).trim_end())?;
    }
    writeln!(out, "{rule}\n{text}\n{rule}")?;
    for note in &table.notes {
        write_note(note, style, out)?;
    }
    Ok(())
}

fn write_note(note: &Note, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_wrapped(&number::sentence(&note.text, style), "※ ", style, out)?;
    for item in &note.items {
        write_wrapped(&number::sentence(item, style), "  · ", style, out)?;
    }
    Ok(())
}

/// Writes a title or a heading.
fn write_bold(text: &str, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for line in wrapped(text, style.width.map_or(usize::MAX, usize::from)) {
        match style.colour {
            Colour::Off => writeln!(out, "{line}")?,
            Colour::On => writeln!(out, "\u{1b}[1m{line}\u{1b}[0m")?,
        }
    }
    Ok(())
}

fn row_cells(table: &Table, row: &Row, widths: &[usize], style: &Style<'_>) -> Vec<Cell> {
    let cells = table.columns.iter().zip(&row.cells).zip(widths);
    cells
        .map(|((column, cell), width)| {
            let text = number::cell(cell, style);
            let text = match column.role {
                Role::Key => {
                    let indent = indent(row);
                    let lines = wrapped(&text, width.saturating_sub(indent));
                    lines.iter().map(|line| format!("{}{line}", " ".repeat(indent))).collect::<Vec<_>>().join("\n")
                }
                Role::Text => wrapped(&text, *width).join("\n"),
                Role::Count | Role::Amount | Role::Rate => text,
            };
            let mut shown = Cell::new(text).set_alignment(alignment(column.role));
            if row.class == RowClass::Total {
                shown = shown.add_attribute(Attribute::Bold);
            }
            let negative = matches!(&cell.value, Value::Money { exact, .. } if exact.is_negative());
            if negative { shown.fg(Color::Red) } else { shown }
        })
        .collect()
}

fn indent(row: &Row) -> usize {
    INDENT * row.depth.saturating_sub(1) as usize
}

fn alignment(role: Role) -> CellAlignment {
    match role {
        Role::Key | Role::Text => CellAlignment::Left,
        Role::Count | Role::Amount | Role::Rate => CellAlignment::Right,
    }
}

/// How wide the text of each column may be.
fn widths(table: &Table, style: &Style<'_>) -> Vec<usize> {
    let content = |n: usize| {
        let cells = table.rows.iter().map(|row| {
            let width = number::cell(&row.cells[n], style).width();
            if table.columns[n].role == Role::Key { width + indent(row) } else { width }
        });
        cells.max().unwrap_or(0)
    };
    let headings: Vec<&str> = table.columns.iter().map(|column| column.heading.label(style.lang)).collect();
    let ideal: Vec<usize> = headings.iter().enumerate().map(|(n, heading)| content(n).max(heading.width())).collect();
    let whole = |widths: &[usize]| widths.iter().map(|width| width + PADDING).sum::<usize>();
    let Some(limit) = style.width.map(usize::from) else { return ideal };
    if whole(&ideal) <= limit {
        return ideal;
    }
    let mut widths: Vec<usize> = headings
        .iter()
        .enumerate()
        .map(|(n, heading)| content(n).max(heading.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0)))
        .collect();
    // Words give way, the widest column first: down to their longest word, and only then within words.
    let words = |n: &usize| matches!(table.columns[*n].role, Role::Key | Role::Text);
    let words: Vec<usize> = (0..widths.len()).filter(words).collect();
    let longest: Vec<usize> = (0..widths.len()).map(|n| longest_word(table, n, style).max(NARROWEST_NAME)).collect();
    for floor in [longest, vec![NARROWEST_NAME; widths.len()]] {
        for _ in 0..whole(&widths).saturating_sub(limit) {
            let above = words.iter().copied().filter(|n| widths[*n] > floor[*n]);
            let Some(widest) = above.max_by_key(|n| widths[*n]) else { break };
            widths[widest] -= 1;
        }
    }
    widths
}

/// The widest word of a column, as text breaks at spaces.
fn longest_word(table: &Table, n: usize, style: &Style<'_>) -> usize {
    let words = |row: &Row| {
        let text = number::cell(&row.cells[n], style);
        let indent = if table.columns[n].role == Role::Key { indent(row) } else { 0 };
        text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0) + indent
    };
    table.rows.iter().map(words).max().unwrap_or(0)
}

/// Breaks a text into lines of at most `width` columns: at spaces, else between characters. What is piped may be one line of
/// any length, so a line is measured again only in a word that is wider than it: several characters may be one sign, which
/// is not as wide as all of them.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for word in text.split_inclusive(' ') {
        let whole = word.trim_end().width();
        if used > 0 && used + whole > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if whole <= width {
            line.push_str(word);
            used += word.width();
            continue;
        }
        for c in word.chars() {
            if line.width() + c.width().unwrap_or(0) > width && c != ' ' {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
        used = line.width();
    }
    lines.push(line);
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Writes a text behind a mark, broken to the terminal where there is one.
fn write_wrapped(text: &str, mark: &str, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let limit = style.width.map_or(usize::MAX, usize::from);
    let lines = wrapped(text, limit.saturating_sub(mark.width()).max(20));
    for (n, line) in lines.iter().enumerate() {
        let before = if n == 0 { mark.to_owned() } else { " ".repeat(mark.width()) };
        writeln!(out, "{before}{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_at_spaces_else_between_characters() {
        assert_eq!(wrapped("Execution rate (on granted)", 12), ["Execution", "rate (on", "granted)"]);
        assert_eq!(wrapped("임차료·일반수용비", 8), ["임차료·", "일반수용", "비"]);
        assert_eq!(wrapped("", 8), [""]);
        assert_eq!(wrapped("a  b", 2), ["a", "b"]);
        assert_eq!(wrapped("abcdef gh", 4), ["abcd", "ef", "gh"]);
        assert_eq!(wrapped("abcdef g", 4), ["abcd", "ef g"]);
    }

    /// A heart of two characters is as wide as one sign, and so are a family of five and two letters that Arabic joins.
    #[test]
    fn signs_of_several_characters_are_as_wide_as_they_are_seen() {
        for (sign, wide) in [("❤\u{fe0f}", 2), ("👨\u{200d}👩\u{200d}👧", 2), ("لا", 1)] {
            let lines = wrapped(&sign.repeat(30), 20);
            assert_eq!(lines.concat(), sign.repeat(30));
            assert!(lines.iter().all(|line| line.width() <= 20), "{lines:?}");
            let least = (30_usize * wide).div_ceil(20);
            assert!((least..=least + 1).contains(&lines.len()), "{lines:?}");
            assert_eq!(wrapped(&format!("가나다라마바사 가{sign} 끝"), 18).len(), 2);
        }
    }

    /// A whole book may stand in one paragraph: measuring the line at each of its characters would take longer than anybody
    /// waits.
    #[test]
    fn long_texts_are_broken_in_one_walk() {
        let words = "국제 기구 교류 ".repeat(100_000);
        assert_eq!(wrapped(&words, usize::MAX), [words.trim_end()]);
        assert_eq!(wrapped(&words, 80).len(), 18_750);
        let word = "가".repeat(1_000_000);
        assert_eq!(wrapped(&word, usize::MAX), [word.as_str()]);
        assert_eq!(wrapped(&word, 80).len(), 25_000);
    }
}
