//! What stands on which sheet: a page is cut into stretches, and each has the sheet that its widest table needs.
//!
//! A stretch begins where headings begin and where the page breaks, so that what belongs to a table stays with it.

use super::super::{Error, Style};
use super::columns::{self, Ease, Fit};
use super::sheet::Sheet;
use crate::table::{Block, Page, Table};
use crate::words::Text;

/// Blocks on sheets of one kind.
pub(super) struct Stretch<'a> {
    pub(super) sheet: Sheet,
    pub(super) pieces: Vec<Piece<'a>>,
}

/// A block, or a table as it stands on its sheet.
pub(super) enum Piece<'a> {
    Block(&'a Block),
    Table(&'a Table, Fit),
}

/// The stretches of a page, and what is to be said of tables that are hard to read.
///
/// # Errors
/// A table that no sheet holds.
pub(super) fn stretches<'a>(page: &'a Page, style: &Style<'_>) -> Result<(Vec<Stretch<'a>>, Vec<Text>), Error> {
    let mut all: Vec<Stretch<'a>> = Vec::new();
    let mut warnings = Vec::new();
    for blocks in cut(&page.blocks) {
        let mut sheet = Sheet::Upright;
        for table in blocks.iter().filter_map(Block::table) {
            sheet = sheet.max(fit(table, sheet, style)?.sheet);
        }
        let mut pieces = Vec::with_capacity(blocks.len());
        for block in blocks {
            pieces.push(match block.table() {
                None => Piece::Block(block),
                Some(table) => Piece::Table(table, fit(table, sheet, style)?),
            });
        }
        warnings.extend(pieces.iter().filter_map(warning));
        match all.last_mut() {
            Some(last) if last.sheet == sheet => last.pieces.extend(pieces),
            _ => all.push(Stretch { sheet, pieces }),
        }
    }
    if all.is_empty() {
        all.push(Stretch { sheet: Sheet::Upright, pieces: Vec::new() });
    }
    Ok((all, warnings))
}

fn fit(table: &Table, smallest: Sheet, style: &Style<'_>) -> Result<Fit, Error> {
    let id = &table.id;
    columns::fit(table, smallest, style).ok_or_else(|| {
        Error::TooLarge(Text::new(
            format!("hwpx: 표 `{id}`의 열 {}개는 A3 용지에도 들어가지 않음", table.columns.len()),
            format!("hwpx: the {} columns of the table `{id}` are wider than A3", table.columns.len()),
        ))
    })
}

/// Blocks cut where headings begin, and where the page breaks.
fn cut(blocks: &[Block]) -> Vec<&[Block]> {
    let mut all = Vec::new();
    let mut from = 0;
    for (n, pair) in blocks.windows(2).enumerate() {
        let begins = match &pair[1] {
            Block::PageBreak => true,
            Block::Heading(_) => !matches!(pair[0], Block::Heading(_) | Block::PageBreak),
            Block::Paragraph(_) | Block::List(_) | Block::Note(_) | Block::Table(_) | Block::Chart(_) => false,
        };
        if begins {
            all.push(&blocks[from..=n]);
            from = n + 1;
        }
    }
    if from < blocks.len() {
        all.push(&blocks[from..]);
    }
    all
}

fn warning(piece: &Piece<'_>) -> Option<Text> {
    let Piece::Table(table, fit) = piece else { return None };
    let id = &table.id;
    (fit.ease == Ease::Small).then(|| {
        Text::new(
            format!("hwpx: 표 `{id}`의 열이 많아 글자가 작음({}pt)", fit.size / 100),
            format!("hwpx: the columns of the table `{id}` leave room for small type only ({} pt)", fit.size / 100),
        )
    })
}
