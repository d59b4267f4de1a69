//! Rows divided into fields where their marks are, without a look at the bytes between.

use super::column::{Columns as _, Header};
use super::marks::Ahead;
use super::row::LineColumn;
use super::split::MOST;
use crate::ledger::{Said, Texts};

/// What is known of every row of a file.
pub(super) struct Table {
    /// How many fields it has.
    fields: usize,
    /// Which of them each column is; of a column that the table has not, one behind the last.
    columns: [usize; LineColumn::ALL.len()],
    /// Whether it has columns that hardly any line has something in: most tables are without.
    says_more: bool,
}

/// A row that was read: where the next one begins, and how many marks lie before that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) next: usize,
    pub(super) marks: (usize, usize),
}

/// A row, divided into fields where `ends` are.
#[derive(Debug)]
pub(super) struct Row<'t> {
    text: &'t str,
    start: usize,
    ends: &'t [u32],
    columns: &'t [usize; LineColumn::ALL.len()],
}

impl Table {
    pub(super) fn of(fields: usize, header: &Header<LineColumn>) -> Table {
        let columns = std::array::from_fn(|column| header.field(column).unwrap_or(fields));
        let says_more =
            [LineColumn::To, LineColumn::Subtype].into_iter().any(|column| columns[column.place()] < fields);
        Table { fields, columns, says_more }
    }

    /// Whether a row says nothing but what every line says.
    #[inline]
    pub(super) fn is_simple(&self, row: &Row<'_>) -> bool {
        let blank = |column| row.field(column).is_empty();
        !self.says_more || blank(LineColumn::To) && blank(LineColumn::Subtype)
    }

    /// The row that begins at `start`, if no quote stands in it: the first mark that is no comma is where its last field ends.
    #[inline]
    pub(super) fn row<'t>(&'t self, text: &'t str, start: usize, ahead: Ahead<'t>) -> Option<(Row<'t>, Taken)> {
        let ends = ahead.ends.get(..self.fields)?;
        let end = *ends.last()?;
        if ahead.turns.first() != Some(&end) {
            return None;
        }
        let taken = self.taken(text, start, end as usize, (self.fields, 1))?;
        Some((Row { text, start, ends, columns: &self.columns }, taken))
    }

    /// What a row takes that begins and ends so, unless it is longer than rows may be, or a comment.
    #[inline]
    fn taken(&self, text: &str, start: usize, end: usize, marks: (usize, usize)) -> Option<Taken> {
        let bytes = text.as_bytes();
        if end - start > MOST || bytes[start] == b'#' {
            return None;
        }
        let two = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
        Some(Taken { next: end + 1 + usize::from(two), marks })
    }
}

impl<'t> Row<'t> {
    /// Where the field of a column lies: from one byte to before another.
    #[inline]
    pub(super) fn place(&self, column: LineColumn) -> (usize, usize) {
        let field = self.columns[column.place()];
        let Some(end) = self.ends.get(field) else { return (0, 0) };
        let start = if field == 0 { self.start } else { self.ends[field - 1] as usize + 1 };
        (start, *end as usize)
    }

    /// Its bytes; none where the table has no such column.
    #[inline]
    pub(super) fn field(&self, column: LineColumn) -> &'t [u8] {
        let (start, end) = self.place(column);
        self.text.as_bytes().get(start..end).unwrap_or_default()
    }

    /// The text that its places are of.
    #[inline]
    pub(super) fn whole(&self) -> &'t str {
        self.text
    }

    pub(super) fn text(&self, column: LineColumn) -> &'t str {
        let (start, end) = self.place(column);
        self.text.get(start..end).unwrap_or_default()
    }
}

impl Texts for Row<'_> {
    fn text(&self, which: Said) -> &str {
        trimmed(Row::text(self, LineColumn::of(which)))
    }
}

/// A text without the space around it. Most texts begin and end with what can be no part of a space, which their bytes
/// show: ASCII, and what is coded from U+A000 on, as Hangul is (3 % of the time).
#[inline]
fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let ink = |byte: u8| byte.is_ascii_graphic() || byte >= 0xea;
    let begins = bytes.first().is_some_and(|byte| ink(*byte));
    let ends = match bytes {
        [.., last] if last.is_ascii() => ink(*last),
        [.., lead, _, _] => *lead >= 0xea,
        _ => false,
    };
    if begins && ends { text } else { text.trim() }
}

/// A row with fields in quotes, written again without them.
#[derive(Default)]
pub(super) struct Unquoted {
    text: String,
    ends: Vec<u32>,
}

impl Unquoted {
    /// The row that begins at `start`, if its quotes are sound and hold nothing that looks like a row.
    pub(super) fn row<'t>(
        &'t mut self,
        table: &'t Table,
        text: &str,
        start: usize,
        ahead: Ahead<'_>,
    ) -> Option<(Row<'t>, Taken)> {
        self.text.clear();
        self.ends.clear();
        let mut rest = Rest { text, at: start, ahead };
        // What stands between two fields in quotes is written out as a whole, when the second begins.
        let mut written = start;
        let end = loop {
            let quoted = text.as_bytes().get(rest.at) == Some(&b'"');
            let end = if quoted {
                self.text.push_str(text.get(written..rest.at)?);
                written = rest.quoted(table.fields, &mut self.text)?;
                written
            } else {
                rest.end()?
            };
            self.ends.push(u32::try_from(self.text.len() + (end - written)).ok()?);
            let turn = *rest.ahead.turns.first()? as usize;
            match (turn == end, self.ends.len() == table.fields) {
                (true, true) => break end,
                (false, false) if turn > end => {}
                _ => return None,
            }
            rest.ahead.ends = &rest.ahead.ends[1..];
            rest.at = end + 1;
        };
        self.text.push_str(text.get(written..end)?);
        let passed = |all: &[u32], left: &[u32]| all.len() - left.len() + 1;
        let marks = (passed(ahead.ends, rest.ahead.ends), passed(ahead.turns, rest.ahead.turns));
        let taken = table.taken(text, start, end, marks)?;
        Some((Row { text: &self.text, start: 0, ends: &self.ends, columns: &table.columns }, taken))
    }
}

/// What is left of a row: from the beginning of a field on.
struct Rest<'t> {
    text: &'t str,
    at: usize,
    ahead: Ahead<'t>,
}

impl Rest<'_> {
    /// Where the next field ends if it is not in quotes.
    fn end(&self) -> Option<usize> {
        self.ahead.ends.first().map(|end| *end as usize)
    }

    /// Writes out a field in quotes, and tells where it ends.
    fn quoted(&mut self, fields: usize, unquoted: &mut String) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut from, mut several_lines) = (self.at + 1, false);
        self.ahead.turns = &self.ahead.turns[1..];
        let close = loop {
            let turn = *self.ahead.turns.first()? as usize;
            self.ahead.turns = &self.ahead.turns[1..];
            if bytes[turn] != b'"' {
                several_lines = true;
            } else if bytes.get(turn + 1) != Some(&b'"') {
                break turn;
            } else {
                // Of two quotes one is text.
                unquoted.push_str(self.text.get(from..=turn)?);
                from = turn + 2;
                self.ahead.turns = self.ahead.turns.get(1..)?;
            }
        };
        unquoted.push_str(self.text.get(from..close)?);
        let within = self.ahead.ends.iter().take_while(|end| (**end as usize) < close).count();
        self.ahead.ends = &self.ahead.ends[within..];
        // It may have taken in rows.
        let looks_like_rows = several_lines && within + 1 >= fields;
        self.end().filter(|end| *end == close + 1 && !looks_like_rows)
    }
}
