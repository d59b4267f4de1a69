//! Rows divided into fields where their marks are, without a look at the bytes between.

use super::column::{Columns as _, Header};
use super::marks::Ahead;
use super::row::LineColumn;
use super::split::MOST;
use super::value::trimmed;
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

/// A row, divided into fields.
#[derive(Debug)]
pub(super) struct Row<'t> {
    text: &'t str,
    /// Where its first field begins.
    start: usize,
    /// What stands right before each of the others: mostly the end of the one before it.
    before: &'t [u32],
    /// Where each ends.
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
        Some((Row { text, start, before: ends, ends, columns: &self.columns }, taken))
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
        let start = if field == 0 { self.start } else { self.before[field - 1] as usize + 1 };
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

/// A row with fields in quotes: where what is in them lies. Hardly any has quotes in its quotes, and is written again
/// without them.
#[derive(Default)]
pub(super) struct Quoted {
    before: Vec<u32>,
    ends: Vec<u32>,
    /// The second of each two quotes that are one.
    doubled: Vec<u32>,
    again: String,
}

impl Quoted {
    /// The row that begins at `start`, if its quotes are sound and hold nothing that looks like a row.
    pub(super) fn row<'t>(
        &'t mut self,
        table: &'t Table,
        text: &'t str,
        start: usize,
        ahead: Ahead<'_>,
    ) -> Option<(Row<'t>, Taken)> {
        self.before.clear();
        self.ends.clear();
        self.doubled.clear();
        let mut rest = Rest { bytes: text.as_bytes(), ahead };
        let (mut at, mut first) = (start as u32, start);
        let end = loop {
            // Fields without quotes lie between their marks.
            let plain = rest.plain();
            self.before.extend_from_slice(plain);
            self.ends.extend_from_slice(plain);
            at = plain.last().map_or(at, |end| end + 1);
            let turn = *rest.ahead.turns.first()?;
            if rest.ahead.ends.first() == Some(&turn) {
                self.ends.push(turn);
                break turn;
            }
            // A quote that stands in a field without quotes is left to the plain way.
            if turn != at {
                return None;
            }
            match self.before.last_mut() {
                Some(before) => *before = turn,
                None => first = start + 1,
            }
            let close = rest.close(table.fields, &mut self.doubled)?;
            self.ends.push(close);
            if rest.ahead.turns.first() == Some(&(close + 1)) {
                break close + 1;
            }
            self.before.push(close + 1);
            rest.ahead.ends = &rest.ahead.ends[1..];
            at = close + 2;
        };
        if self.ends.len() != table.fields {
            return None;
        }
        let passed = |all: &[u32], left: &[u32]| all.len() - left.len() + 1;
        let marks = (passed(ahead.ends, rest.ahead.ends), passed(ahead.turns, rest.ahead.turns));
        let taken = table.taken(text, start, end as usize, marks)?;
        let mut text = text;
        if !self.doubled.is_empty() {
            self.write_again(text.get(start..end as usize)?, start as u32);
            (text, first) = (&self.again, first - start);
        }
        Some((Row { text, start: first, before: &self.before, ends: &self.ends, columns: &table.columns }, taken))
    }

    /// Writes out a row that begins at `start`, of two quotes one.
    fn write_again(&mut self, row: &str, start: u32) {
        self.again.clear();
        let mut from = 0;
        for quote in &self.doubled {
            let at = (quote - start) as usize;
            self.again.push_str(&row[from..at]);
            from = at + 1;
        }
        self.again.push_str(&row[from..]);
        let doubled = &self.doubled;
        let gone = |place: u32| doubled.iter().map(|quote| u32::from(*quote < place)).sum::<u32>();
        self.before.iter_mut().chain(&mut self.ends).for_each(|place| *place -= start + gone(*place));
    }
}

/// What is left of a row: the marks from the end of a field on.
struct Rest<'t> {
    bytes: &'t [u8],
    ahead: Ahead<'t>,
}

impl<'t> Rest<'t> {
    /// Passes over the fields that end before the next turn: where they end.
    fn plain(&mut self) -> &'t [u32] {
        let turn = self.ahead.turns.first().copied().unwrap_or_default();
        let count = self.ahead.ends.iter().take_while(|end| **end < turn).count();
        let (plain, left) = self.ahead.ends.split_at(count);
        self.ahead.ends = left;
        plain
    }

    /// Where the field closes whose opening quote is the next turn: its end is marked right behind. Of two quotes in it,
    /// the second is told.
    fn close(&mut self, fields: usize, doubled: &mut Vec<u32>) -> Option<u32> {
        let mut several_lines = false;
        let close = loop {
            self.ahead.turns = self.ahead.turns.get(1..)?;
            let turn = *self.ahead.turns.first()?;
            if self.bytes[turn as usize] != b'"' {
                several_lines = true;
            } else if self.bytes.get(turn as usize + 1) == Some(&b'"') {
                doubled.push(turn + 1);
                self.ahead.turns = self.ahead.turns.get(1..)?;
            } else {
                break turn;
            }
        };
        self.ahead.turns = self.ahead.turns.get(1..)?;
        let within = self.ahead.ends.iter().take_while(|end| **end < close).count();
        self.ahead.ends = self.ahead.ends.get(within..)?;
        // It may have taken in rows.
        let looks_like_rows = several_lines && within + 1 >= fields;
        (self.ahead.ends.first() == Some(&(close + 1)) && !looks_like_rows).then_some(close)
    }
}
