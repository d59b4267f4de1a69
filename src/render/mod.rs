//! Pages and findings to bytes.
//!
//! Law: a renderer is handed a page and knows no report; nothing else writes.

mod csv;
mod findings;
mod html;
mod hwpx;
mod json;
mod markdown;
mod named;
mod number;
mod pdf;
mod snippet;
mod terminal;
mod xlsx;

pub use findings::{FindingFormat, findings};
pub use snippet::snippets;

use crate::ledger::{Books, Negative, Presentation};
use crate::table::{Lines, Page, Shown};
use crate::words::{Lang, Text};
use std::io::{self, Write};

/// A format that pages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for a terminal.
    Table,
    /// Markdown.
    Markdown,
    /// Comma-separated values: the tables alone.
    Csv,
    /// JSON: exact and shown amounts, and why each cell says what it says.
    Json,
    /// A web page: one file.
    Html,
    /// A workbook that recalculates.
    Xlsx,
    /// Paper.
    Pdf,
    /// A document of Hangul (KS X 6101).
    Hwpx,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 8] = [
        Format::Table,
        Format::Markdown,
        Format::Csv,
        Format::Json,
        Format::Html,
        Format::Xlsx,
        Format::Pdf,
        Format::Hwpx,
    ];

    /// Whether it is text, which a terminal can show.
    pub const fn is_text(self) -> bool {
        match self {
            Format::Table | Format::Markdown | Format::Csv | Format::Json | Format::Html => true,
            Format::Xlsx | Format::Pdf | Format::Hwpx => false,
        }
    }

    /// Whether it shows the account lines behind sums, and so has to be handed them.
    pub const fn wants_lines(self) -> bool {
        match self {
            Format::Html | Format::Xlsx => true,
            Format::Table | Format::Markdown | Format::Csv | Format::Json | Format::Pdf | Format::Hwpx => false,
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Markdown => "markdown",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Pdf => "pdf",
            Format::Hwpx => "hwpx",
        }
    }

    /// How the names of its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Table => "txt",
            Format::Markdown => "md",
            Format::Csv | Format::Json | Format::Html | Format::Xlsx | Format::Pdf | Format::Hwpx => self.name(),
        }
    }

    /// The format of a file, by the ending of its name.
    pub fn of_ending(ending: &str) -> Option<Format> {
        match ending.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Table),
            "md" | "markdown" => Some(Format::Markdown),
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            "html" | "htm" => Some(Format::Html),
            "xlsx" => Some(Format::Xlsx),
            "pdf" => Some(Format::Pdf),
            "hwpx" => Some(Format::Hwpx),
            _ => None,
        }
    }
}

/// How a page is written.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// In which language.
    pub lang: Lang,
    /// How zero is written.
    pub nil: &'a str,
    /// How a negative is written.
    pub negative: Negative,
    /// Whether every digit was asked for, zeros too.
    pub shown: Shown,
    /// How many columns the terminal has; absent where there is none.
    pub width: Option<u16>,
    /// Whether colour may be used.
    pub colour: Colour,
    /// Whether CSV begins with a byte-order mark, as Excel needs to see Hangul.
    pub bom: Bom,
    /// Fonts for characters that the font of PDF has not, in the order of asking: whole font files.
    pub fonts: &'a [Vec<u8>],
}

/// Whether colour may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Colour {
    /// Plain text.
    #[default]
    Off,
    /// On a terminal that shows it.
    On,
}

/// Whether a byte-order mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Bom {
    /// No.
    #[default]
    Without,
    /// Yes.
    With,
}

impl<'a> Style<'a> {
    /// Plain, as a presentation says.
    pub fn plain(presentation: &'a Presentation) -> Style<'a> {
        Style {
            lang: presentation.language,
            nil: &presentation.nil,
            negative: presentation.negative,
            shown: Shown::Rounded,
            width: None,
            colour: Colour::Off,
            bom: Bom::Without,
            fonts: &[],
        }
    }
}

/// A text from the books as a terminal may see it: escapes and line ends in a name change nothing but the name.
fn printable(text: &str) -> String {
    // Nearly all texts are of bytes that none of these begins with.
    let plain = |byte: u8| byte >= b' ' && !matches!(byte, 0x7f | 0xc2 | 0xe2);
    if text.bytes().all(plain) { text.to_owned() } else { in_print(text) }
}

/// The same of any text.
fn in_print(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || turns_text(c) { ' ' } else { c }).collect()
}

/// A mark that makes what follows read the other way round: a name could show another figure than the one that stands.
const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A page as it was made: with the books that it was made from, and account lines of theirs where the format wants them.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// What it says.
    pub page: &'a Page,
    /// The books; the first is the one that it is a page of.
    pub books: &'a [&'a Books],
    /// Their lines, book by book; none where [`Format::wants_lines`] is false.
    pub lines: &'a [Lines],
}

/// Why a page could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Whatever writing, or reading a place again, fails with.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// One of [`Style::fonts`], the nth, is no font that can be used.
    #[error("font {0} cannot be used")]
    Font(usize),
    /// The format has no room for the page.
    #[error("{}", .0.en)]
    TooLarge(Text),
}

/// Writes a page. What could not be shown, and where, is told.
///
/// # Errors
/// Whatever writing fails with, a font that is none, a page too large for its format.
pub fn write(made: &Made<'_>, format: Format, style: &Style<'_>, out: &mut dyn Write) -> Result<Vec<Text>, Error> {
    match format {
        Format::Table => terminal::write(made.page, style, out)?,
        Format::Markdown => markdown::write(made.page, style, out)?,
        Format::Csv => csv::write(made.page, style, out)?,
        Format::Json => json::write(made.page, made.books, style, out)?,
        Format::Html => html::write(made, style, out)?,
        Format::Xlsx => return xlsx::write(made, style, out),
        Format::Pdf => return pdf::write(made, style, out),
        Format::Hwpx => return hwpx::write(made, style, out),
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_a_terminal_is_a_space_and_nothing_else_is() {
        for c in '\0'..=char::MAX {
            let text = format!("가{c}a");
            let shown = if c.is_control() || turns_text(c) { "가 a".to_owned() } else { text.clone() };
            assert_eq!(printable(&text), shown, "{c:?}");
        }
    }
}
