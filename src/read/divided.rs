//! Rows divided into fields where their marks are, without a look at the bytes between.

use super::column::{Columns as _, Header};
use super::marks::{Ahead, Count, NOWHERE, WIDEST};
use super::row::LineColumn;
use super::split::MOST;
use super::value::trimmed;
use crate::ledger::{Said, Texts};

/// What is known of every row of a file.
pub(super) struct Table {
    /// How many fields it has.
    fields: usize,
    /// Which of them each column is; of a column that the table has not, one behind the widest row.
    columns: [usize; LineColumn::ALL.len()],
    /// Whether it has columns that hardly any line has something in: most tables are without. Of a wider table than rows are
    /// looked at by their marks, nobody asks.
    says_more: bool,
}

/// A row that was read: where the next one begins, and how many marks lie before that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) next: usize,
    pub(super) marks: Count,
}

/// A row, divided into fields.
#[derive(Debug)]
pub(super) struct Row<'t> {
    text: &'t str,
    /// What stands right before each field: mostly the end of the one before it.
    before: &'t [u32; WIDEST],
    /// Where each ends. Behind the last one is what belongs to no field.
    ends: &'t [u32; WIDEST],
    columns: &'t [usize; LineColumn::ALL.len()],
}

impl Table {
    pub(super) fn of(fields: usize, header: &Header<LineColumn>) -> Table {
        let columns = std::array::from_fn(|column| header.field(column).unwrap_or(WIDEST));
        let says_more =
            [LineColumn::To, LineColumn::Subtype].into_iter().any(|column| columns[column.place()] < WIDEST);
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
    pub(super) fn row<'t>(&'t self, text: &'t str, start: usize, ahead: &Ahead<'t>) -> Option<(Row<'t>, Taken)> {
        let marks: &[u32; WIDEST + 1] = ahead.ends.first_chunk()?;
        let (before, ends) = (marks.first_chunk()?, marks.last_chunk::<WIDEST>()?);
        // Of a wider table, there is none.
        let end = *ends.get(self.fields - 1)?;
        if ahead.turns.first() != Some(&end) {
            return None;
        }
        debug_assert_eq!(before[0].wrapping_add(1) as usize, start, "a row begins behind a mark");
        let taken = self.taken(text, start, end as usize, self.fields, 1)?;
        Some((Row { text, before, ends, columns: &self.columns }, taken))
    }

    /// What a row takes that begins and ends so, and has so many marks up to its end, unless it is longer than rows may be,
    /// or a comment.
    #[inline]
    fn taken(&self, text: &str, start: usize, end: usize, ends: usize, turns: usize) -> Option<Taken> {
        let bytes = text.as_bytes();
        if end - start > MOST || bytes[start] == b'#' {
            return None;
        }
        let two = usize::from(bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n'));
        Some(Taken { next: end + 1 + two, marks: Count { ends: ends + two, turns } })
    }
}

impl<'t> Row<'t> {
    /// Where the field of a column lies: from one byte to before another.
    #[inline]
    pub(super) fn place(&self, column: LineColumn) -> (usize, usize) {
        let field = self.columns[column.place()];
        match (self.before.get(field), self.ends.get(field)) {
            (Some(before), Some(end)) => (before.wrapping_add(1) as usize, *end as usize),
            _ => (0, 0),
        }
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
        ahead: &Ahead<'_>,
    ) -> Option<(Row<'t>, Taken)> {
        if table.fields > WIDEST {
            return None;
        }
        self.before.clear();
        self.ends.clear();
        self.doubled.clear();
        let (lead, ends) = ahead.ends.split_first()?;
        self.before.push(*lead);
        let mut rest = Rest { bytes: text.as_bytes(), ahead: Ahead { ends, ..*ahead } };
        let end = loop {
            // Fields without quotes lie between their marks.
            let plain = rest.plain();
            self.before.extend_from_slice(plain);
            self.ends.extend_from_slice(plain);
            let turn = *rest.ahead.turns.first()?;
            if rest.ahead.ends.first() == Some(&turn) {
                self.ends.push(turn);
                break turn;
            }
            // A quote that stands in a field without quotes is left to the plain way.
            let before = self.before.last_mut()?;
            if turn != before.wrapping_add(1) {
                return None;
            }
            *before = turn;
            let close = rest.close(table.fields, &mut self.doubled)?;
            self.ends.push(close);
            if rest.ahead.turns.first() == Some(&(close + 1)) {
                break close + 1;
            }
            self.before.push(close + 1);
            rest.ahead.ends = &rest.ahead.ends[1..];
        };
        if self.ends.len() != table.fields {
            return None;
        }
        let passed = |all: &[u32], left: &[u32]| all.len() - left.len() + 1;
        let (ends, turns) = (passed(ends, rest.ahead.ends), passed(ahead.turns, rest.ahead.turns));
        let taken = table.taken(text, start, end as usize, ends, turns)?;
        let mut text = text;
        if !self.doubled.is_empty() {
            self.write_again(text.get(start..end as usize)?, start as u32);
            text = &self.again;
        }
        self.before.resize(WIDEST, NOWHERE);
        self.ends.resize(WIDEST, NOWHERE);
        let (before, ends) = (self.before.first_chunk()?, self.ends.first_chunk()?);
        Some((Row { text, before, ends, columns: &table.columns }, taken))
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
        // What lies right before the row may lie nowhere, and lies there again.
        let gone = |place: u32| self.doubled.partition_point(|quote| *quote < place.wrapping_add(1)) as u32;
        let places = self.before.iter_mut().chain(&mut self.ends);
        places.for_each(|place| *place = place.wrapping_sub(start + gone(*place)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::read::column;
    use crate::read::csv::Lexer;
    use crate::read::marks::Marks;
    use crate::source::{Encoding, Source, Sources};

    /// A table with a header of these columns.
    fn table(header: &str) -> Table {
        let source = Sources::default().add(Source::file("lines.csv".as_ref()));
        let (mut lexer, mut findings) = (Lexer::new(source, Encoding::Utf8), Findings::default());
        assert!(lexer.takes(0, header.as_bytes(), &mut findings));
        let record = lexer.record(0);
        Table::of(record.len(), &column::header::<LineColumn>(&record, &mut findings).expect("it is one"))
    }

    /// The fields of the row behind one that ends so, with what it takes.
    fn fields(table: &Table, before: &str, row: &str) -> Option<(Vec<String>, Taken)> {
        let text = format!("{before}{row}");
        let mut marks = Marks::default();
        let mut ahead = marks.find(text.as_bytes());
        ahead.pass_to(before.len());
        let columns = [LineColumn::Date, LineColumn::Kind, LineColumn::Account, LineColumn::Amount, LineColumn::Fund];
        let all = |row: &Row<'_>| columns.map(|column| row.text(column).to_owned()).to_vec();
        if let Some((row, taken)) = table.row(&text, before.len(), &ahead) {
            return Some((all(&row), taken));
        }
        let mut quoted = Quoted::default();
        let (row, taken) = quoted.row(table, &text, before.len(), &ahead)?;
        Some((all(&row), taken))
    }

    #[test]
    fn rows_are_divided_where_their_marks_are() {
        let table = table("account,date,amount,kind");
        let parts = ["", "x\n", "x,\"y\"\r\n", "x\r"];
        for (row, wanted, (ends, turns)) in [
            ("가,2015,5,grant\n", ["2015", "grant", "가", "5", ""], (4, 1)),
            ("가,2015,5,grant\r\n", ["2015", "grant", "가", "5", ""], (5, 1)),
            (",,,\n", ["", "", "", "", ""], (4, 1)),
            ("\"가\",2015,\"5\",grant\r", ["2015", "grant", "가", "5", ""], (4, 5)),
            ("\"가\"\"나\",2015,5,\"\"\"a\"\"\"\n", ["2015", "\"a\"", "가\"나", "5", ""], (4, 11)),
            ("\"\",\"1,2\",5,\"a\nb\"\r\n", ["1,2", "a\nb", "", "5", ""], (7, 8)),
        ] {
            for before in parts {
                let (found, taken) = fields(&table, before, &format!("{row}z,z\n")).expect("it is a row");
                assert_eq!(found, wanted, "{row:?} behind {before:?}");
                let marks = Count { ends, turns };
                assert_eq!(taken, Taken { next: before.len() + row.len(), marks }, "{row:?} behind {before:?}");
            }
        }
        for row in
            ["가,2015,5\n", "가,2015,5,a,b\n", "가\",2015,5,a\n", "\"가,2015,5,a\n", "#가,2015,5,a\n", "가,2015,5,a"]
        {
            for before in parts {
                assert_eq!(fields(&table, before, row), None, "{row:?}");
            }
        }
    }

    /// Of rows of very many fields none is looked at by its marks.
    #[test]
    fn rows_may_have_as_many_fields_as_are_looked_at() {
        for (more, found) in [(WIDEST - 4, true), (WIDEST - 3, false)] {
            let others: String = (0..more).map(|n| format!("x{n},")).collect();
            let table = table(&format!("{others}account,date,amount,kind"));
            for row in [",".repeat(more) + "가,2015,5,grant\n", ",".repeat(more) + "\"가\",2015,5,grant\n"] {
                let fields = fields(&table, "", &row).map(|(fields, _)| fields.join(" "));
                assert_eq!(fields, found.then(|| "2015 grant 가 5 ".to_owned()), "{more}");
            }
        }
    }
}
