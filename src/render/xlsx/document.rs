//! The first sheet of a page that has more than one table: its text in order, and a link where each table stands.

use super::look;
use super::paper::{self, Columns};
use super::tables::said;
use super::told::Told;
use super::{Sheets, names};
use crate::render::{Style, number};
use crate::table::{Block, Page, Point};
use rust_xlsxwriter::{Formula, Url, Worksheet, XlsxError};

/// How wide the only column is.
const WIDE: usize = 84;

/// Whether a page has text that no single table's sheet has room for.
pub(super) fn is_wanted(page: &Page) -> bool {
    let text = |block: &Block| matches!(block, Block::Heading(_) | Block::List(_));
    page.tables().count() != 1 || page.blocks.iter().any(text)
}

/// Fills the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    page: &Page,
    sheets: &Sheets,
    titles: &[String],
    style: &Style<'_>,
    told: &mut Told,
) -> Result<(), XlsxError> {
    let mut columns = Columns::new(1);
    columns.make_room(0, WIDE, WIDE);
    columns.set(sheet)?;
    let title = told.text(page.title.label(style.lang));
    paper::across(sheet, 0, &columns, &title, 16, &look::title())?;
    let mut row = 2;
    if page.tables().next().is_some() {
        let formula = Formula::new(sheets.verdict()).set_result(sheets.agreed(style.lang));
        sheet.write_formula_with_format(1, 0, formula, &look::aside())?;
    }
    for text in told.left_out() {
        paper::across(sheet, row, &columns, &format!("※ {}", text.label(style.lang)), 9, &look::wrapped(9))?;
        row += 1;
    }
    let mut tables = sheets.tables.iter().zip(titles);
    let mut breaks = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Heading(heading) => {
                let size = match heading.level {
                    0 | 1 => 14,
                    2 => 12,
                    _ => 11,
                };
                let text = told.text(heading.text.label(style.lang));
                row += 1;
                paper::across(sheet, row, &columns, &text, size, &look::wrapped(size).set_bold())?;
                row += 1;
            }
            Block::Paragraph(sentence) => {
                let text = told.text(&number::sentence(sentence, style));
                paper::across(sheet, row, &columns, &text, 11, &look::wrapped(11))?;
                row += 1;
            }
            Block::List(points) => {
                for point in points {
                    write_point(sheet, row, point, style, told)?;
                    row += 1;
                }
            }
            Block::Note(note) => {
                for text in said(note, style) {
                    let text = told.text(&text);
                    paper::across(sheet, row, &columns, &text, 9, &look::wrapped(9))?;
                    row += 1;
                }
            }
            Block::Table(_) => {
                let Some((name, title)) = tables.next() else { continue };
                let text = told.text(&format!("▶ {title}"));
                let link = Url::new(format!("internal:{}!A1", names::quoted(name)));
                // A link's text may be 255 characters long.
                let text = names::cut(&text, 250);
                sheet.write_url_with_options(
                    row,
                    0,
                    link,
                    text,
                    name.as_str(),
                    Some(&look::link(11).set_text_wrap()),
                )?;
                row += 1;
            }
            Block::PageBreak => breaks.push(row),
            // Every point of a chart stands in a table.
            Block::Chart(_) => {}
        }
    }
    if !breaks.is_empty() {
        breaks.truncate(1_000);
        sheet.set_page_breaks(&breaks)?;
    }
    paper::printed(sheet, &columns, None)?;
    sheet.set_print_area(0, 0, row.max(1), 0)?;
    Ok(())
}

fn write_point(
    sheet: &mut Worksheet,
    row: u32,
    point: &Point,
    style: &Style<'_>,
    told: &mut Told,
) -> Result<(), XlsxError> {
    let mark = ["○", "-", "·"][point.depth.min(2) as usize];
    let text = told.text(&format!("{mark} {}", number::point(point, style)));
    let indent = u8::try_from(point.depth.saturating_add(1)).unwrap_or(15).min(15);
    let format = look::wrapped(11).set_indent(indent).set_align(rust_xlsxwriter::FormatAlign::Left);
    sheet.write_string_with_format(row, 0, &text, &format)?;
    paper::high(sheet, row, paper::lines(&text, WIDE - 2 * usize::from(indent)), 11)
}
