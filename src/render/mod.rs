//! Pages and findings to bytes.
//!
//! Law: a renderer is handed a page and knows no report; nothing else writes.

mod csv;
mod findings;
mod json;
mod markdown;
mod number;
mod snippet;
mod terminal;

pub use findings::{FindingFormat, findings};
pub use snippet::snippets;

use crate::ledger::{Books, Negative, Presentation};
use crate::table::{Page, Shown};
use crate::words::Lang;
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
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 4] = [Format::Table, Format::Markdown, Format::Csv, Format::Json];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Markdown => "markdown",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }

    /// The format of a file, by the ending of its name.
    pub fn of_ending(ending: &str) -> Option<Format> {
        match ending.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Table),
            "md" | "markdown" => Some(Format::Markdown),
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
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
        }
    }
}

/// A text from the books as a terminal may see it: escapes and line ends in a name change nothing but the name.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || turns_text(c) { ' ' } else { c }).collect()
}

/// A mark that makes what follows read the other way round: a name could show another figure than the one that stands.
const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes a page that was made from these books, the first of which it is a page of.
///
/// # Errors
/// Whatever writing fails with.
pub fn write(page: &Page, books: &[&Books], format: Format, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Table => terminal::write(page, style, out),
        Format::Markdown => markdown::write(page, style, out),
        Format::Csv => csv::write(page, style, out),
        Format::Json => json::write(page, books, style, out),
    }
}
