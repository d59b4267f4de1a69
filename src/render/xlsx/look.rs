//! How cells look: one font, grey headings, thick rules above and below a table, as tables of Korean councils have them.

use super::super::Style;
use crate::ledger::Negative;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use std::collections::HashMap;

/// The font that every Excel in Korea has.
const FONT: &str = "맑은 고딕";

const GREY: Color = Color::RGB(0xE7E9EC);
const PALE: Color = Color::RGB(0xF5F6F7);
const RULE: Color = Color::RGB(0x1F2933);
const THIN: Color = Color::RGB(0xB8BEC6);
const FAINT: Color = Color::RGB(0x5F6B7A);

/// Plain text of a size.
pub(super) fn text(size: u8) -> Format {
    Format::new().set_font_name(FONT).set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

/// Text that is broken into lines.
pub(super) fn wrapped(size: u8) -> Format {
    text(size).set_text_wrap()
}

/// The title of a sheet.
pub(super) fn title() -> Format {
    wrapped(16).set_bold().set_align(FormatAlign::Center)
}

/// What stands small and grey beside a table: its unit, how it was checked.
pub(super) fn aside() -> Format {
    text(9).set_font_color(FAINT)
}

/// A link to another sheet.
pub(super) fn link(size: u8) -> Format {
    text(size).set_font_color(Color::RGB(0x1D4F91))
}

/// A heading of a column.
pub(super) fn heading(edge: Edge) -> Format {
    let format = wrapped(10).set_bold().set_align(FormatAlign::Center).set_background_color(GREY);
    let bottom = if edge.last_row { FormatBorder::Medium } else { FormatBorder::Thin };
    beside(format, edge)
        .set_border_top(FormatBorder::Medium)
        .set_border_top_color(RULE)
        .set_border_bottom(bottom)
        .set_border_bottom_color(RULE)
}

/// Thin rules between columns, and none at the sides of a table.
fn beside(mut format: Format, edge: Edge) -> Format {
    if !edge.first {
        format = format.set_border_left(FormatBorder::Thin).set_border_left_color(THIN);
    }
    if !edge.last_column {
        format = format.set_border_right(FormatBorder::Thin).set_border_right_color(THIN);
    }
    format
}

/// The weight of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    Plain,
    Subtotal,
    Total,
}

/// Where a cell stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    pub(super) first: bool,
    pub(super) last_column: bool,
    pub(super) last_row: bool,
}

/// How deep a name is indented at most; Excel indents no further.
pub(super) const DEEPEST: u8 = 14;

/// What a cell of a table holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Holds {
    /// A name, so deep in its tree; at most [`DEEPEST`].
    Name(u8),
    Words,
    /// A number by its number format.
    Number(String),
    /// The mark of what is absent.
    Mark,
}

/// A cell of a table.
pub(super) fn cell(holds: &Holds, weight: Weight, edge: Edge) -> Format {
    let mut format = match holds {
        Holds::Name(depth) => wrapped(10).set_align(FormatAlign::Left).set_indent(*depth + 1),
        Holds::Words => wrapped(10).set_align(FormatAlign::Left).set_indent(1),
        Holds::Number(code) => text(10).set_align(FormatAlign::Right).set_num_format(code),
        Holds::Mark => text(10).set_align(FormatAlign::Right).set_num_format(format!("@{ROOM}")),
    };
    format = format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(THIN);
    format = beside(format, edge);
    if edge.last_row {
        format = format.set_border_bottom(FormatBorder::Medium).set_border_bottom_color(RULE);
    }
    match weight {
        Weight::Plain => format,
        Weight::Subtotal => format.set_bold(),
        Weight::Total => format.set_bold().set_background_color(PALE),
    }
}

/// The looks that were made so far: a sheet of thousands of rows has few.
#[derive(Default)]
pub(super) struct Looks(HashMap<(Holds, Weight, Edge), Format>);

impl Looks {
    pub(super) fn cell(&mut self, holds: Holds, weight: Weight, edge: Edge) -> &Format {
        self.0.entry((holds, weight, edge)).or_insert_with_key(|(holds, weight, edge)| cell(holds, *weight, *edge))
    }
}

/// What a number is, to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zero {
    /// Nothing at all.
    Nil,
    /// A figure.
    Figure,
}

/// As much room as a hyphen needs, between a figure and the rule beside it: an indent at the right is not kept by all.
const ROOM: &str = "_-";

/// A whole number that is counted and not grouped.
pub(super) fn plain_number() -> Holds {
    Holds::Number(format!("0{ROOM}"))
}

/// The number format of figures with so many decimals, and what stands behind them: `#,##0.0;△#,##0.0;"-"`.
pub(super) fn number(decimals: u32, unit: &str, zero: Zero, style: &Style<'_>) -> String {
    let digits = match decimals {
        0 => format!("#,##0{unit}"),
        more => format!("#,##0.{}{unit}", "0".repeat(more as usize)),
    };
    let negative = match style.negative {
        Negative::Triangle => format!("\"△\"{digits}"),
        Negative::Minus => format!("-{digits}"),
        Negative::Parentheses => format!("({digits})"),
    };
    match zero {
        Zero::Figure => format!("{digits}{ROOM};{negative}{ROOM}"),
        Zero::Nil => format!("{digits}{ROOM};{negative}{ROOM};{}{ROOM}", literal(style.nil)),
    }
}

/// A text in a number format.
fn literal(text: &str) -> String {
    let text = super::super::printable(text);
    match text.is_empty() {
        true => "\"\"".to_owned(),
        // A quote cannot stand between quotes there.
        false => text.split('"').map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join("\\\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Presentation;

    #[test]
    fn number_formats_are_those_of_the_style() {
        let presentation = Presentation::default();
        let style = Style::plain(&presentation);
        assert_eq!(number(1, "", Zero::Nil, &style), "#,##0.0_-;\"△\"#,##0.0_-;\"-\"_-");
        let style = Style { negative: Negative::Parentheses, ..style };
        assert_eq!(number(0, "", Zero::Figure, &style), "#,##0_-;(#,##0)_-");
        assert_eq!(number(1, "%", Zero::Figure, &style), "#,##0.0%_-;(#,##0.0%)_-");
        assert_eq!(number(0, "", Zero::Nil, &Style { nil: "a\"b", ..style }), "#,##0_-;(#,##0)_-;\"a\"\\\"\"b\"_-");
    }
}
