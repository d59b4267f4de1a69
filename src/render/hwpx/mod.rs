//! A page as a document of Hangul (HWPX, KS X 6101): a zip of XML parts.
//!
//! Law: whatever a part names by an id is there, counts are those of what is counted, and the same page gives the same
//! bytes.
//!
//! # Why
//!
//! - A writer of our own: the crates that write HWPX take longer to build than everything else of this program, and
//!   files of theirs were refused by Hangul.
//! - No cache of lines (`hp:linesegarray`): Hangul lays out anew what has none, and hangs on one that is wrong.
//! - Charts are left out: every point of one stands in a table of the page, and a drawing would be the one thing here
//!   that readers disagree about.
//! - A table that is too wide for a sheet that stands takes smaller type first, then a sheet that is turned, then A3:
//!   a section for each, as the format has it. Type that is hard to read is told of, and a table that A3 does not hold
//!   is refused: figures over one another are none.

mod arrange;
mod columns;
mod header;
mod measure;
mod package;
mod preview;
mod section;
mod sheet;
mod styles;
mod table;
mod xml;

use super::{Error, Made, Style};
use crate::words::{Lang, Text};
use package::{About, Parts};
use section::{Numbers, Section};
use std::io::Write;
use styles::Styles;

/// Writes a page; gives what cannot be read well.
///
/// # Errors
/// A table that no sheet holds, and whatever writing fails with.
pub(super) fn write(made: &Made<'_>, style: &Style<'_>, out: &mut dyn Write) -> Result<Vec<Text>, Error> {
    let (stretches, warnings) = arrange::stretches(made.page, style)?;
    let (mut styles, mut numbers) = (Styles::new(), Numbers::new());
    let mut sections = Vec::with_capacity(stretches.len());
    for (n, stretch) in stretches.iter().enumerate() {
        let mut section = Section::new(stretch.sheet, &mut styles, &mut numbers, style);
        if n == 0 {
            section.title(&made.page.title);
        }
        sections.push(section.written(stretch));
    }
    let about = About {
        title: made.page.title.label(style.lang),
        creator: made.books.first().map_or("", |books| books.year.entity.label(style.lang)),
        language: match style.lang {
            Lang::Ko => "ko",
            Lang::En => "en",
        },
    };
    let header = header::part(&styles, sections.len());
    let parts = Parts { header, sections, preview: preview::text(made.page, style) };
    out.write_all(&package::file(&about, &parts)?)?;
    Ok(warnings)
}
