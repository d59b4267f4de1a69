//! `Preview/PrvText.txt`: the beginning of the text, for those who list files.

use super::super::{Style, number, printable};
use super::columns::said;
use crate::table::{Block, Page, Table};

/// So many characters are enough to know a document by.
const ENOUGH: usize = 1_000;

/// The beginning of a page as text; the cells of a table in angle brackets, as Hangul writes them.
pub(super) fn text(page: &Page, style: &Style<'_>) -> String {
    let mut text = printable(page.title.label(style.lang));
    for block in &page.blocks {
        if text.chars().count() >= ENOUGH {
            break;
        }
        match block {
            Block::Heading(heading) => line(&mut text, &printable(heading.text.label(style.lang))),
            Block::Paragraph(sentence) => line(&mut text, &printable(&number::sentence(sentence, style))),
            Block::List(points) => {
                points.iter().for_each(|point| line(&mut text, &printable(&number::point(point, style))));
            }
            Block::Note(note) => line(&mut text, &printable(&number::sentence(&note.text, style))),
            Block::Table(table) => rows(&mut text, table, style),
            Block::Chart(_) | Block::PageBreak => {}
        }
    }
    let mut text: String = text.chars().take(ENOUGH).collect();
    text.push_str("\r\n");
    text
}

fn line(text: &mut String, line: &str) {
    text.push_str("\r\n");
    text.push_str(line);
}

fn rows(text: &mut String, table: &Table, style: &Style<'_>) {
    let headings = table.columns.iter().map(|column| format!("<{}>", printable(column.heading.label(style.lang))));
    line(text, &headings.collect::<String>());
    // No more rows than characters are wanted.
    for row in 0..table.rows.len().min(ENOUGH) {
        let cells = (0..table.columns.len()).map(|column| format!("<{}>", said(table, row, column, style)));
        line(text, &cells.collect::<String>());
    }
}
