//! Rows divided into fields where their marks are, without a look at the bytes between.

use super::column::{Columns as _, Header};
use super::marks::{Ahead, Count, WIDEST};
use super::row::LineColumn;
use super::split::MOST;
use super::value::trimmed;
use crate::ledger::{Said, Texts};
use memchr::memchr3_iter;
use std::cell::{Cell, OnceCell};

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
    /// Where some of its fields are in quotes: room for those that have quotes in them.
    again: Option<&'t Again>,
}

/// Texts in which of two quotes one was made, of each that somebody asked for.
#[derive(Debug, Default)]
struct Again {
    texts: [OnceCell<String>; LineColumn::ALL.len()],
    /// Whether there is one.
    any: Cell<bool>,
}

impl Again {
    /// A text as it reads, given how it is written.
    fn text(&self, column: LineColumn, written: &str) -> &str {
        self.any.set(true);
        self.texts[column.place()].get_or_init(|| written.replace("\"\"", "\""))
    }

    /// Forgets all.
    fn clear(&mut self) {
        if self.any.take() {
            *self = Again::default();
        }
    }
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

    /// The row that begins at `start`, if no quote stands in it but as text: the first mark that is no comma is where its last field ends.
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
        Some((Row { text, before, ends, columns: &self.columns, again: None }, taken))
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

    /// Its text; where it has quotes in its quotes, as they are written.
    pub(super) fn text(&self, column: LineColumn) -> &'t str {
        let (start, end) = self.place(column);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The same, as it reads: quotes that stand twice in quotes are one.
    fn reads(&self, column: LineColumn) -> &'t str {
        let written = self.text(column);
        match self.again {
            Some(again) if self.has_quotes_in_quotes(column) => again.text(column, written),
            _ => written,
        }
    }

    /// Whether a field is in quotes, and has some in it.
    #[inline]
    fn has_quotes_in_quotes(&self, column: LineColumn) -> bool {
        let before = self.place(column).0.wrapping_sub(1);
        self.text.as_bytes().get(before) == Some(&b'"') && self.field(column).contains(&b'"')
    }
}

impl Texts for Row<'_> {
    fn text(&self, which: Said) -> &str {
        let column = LineColumn::of(which);
        // Most tables are without some.
        if self.columns[column.place()] == WIDEST {
            return "";
        }
        trimmed(self.reads(column))
    }
}

/// A row with fields in quotes: where what is in them lies.
pub(super) struct Quoted {
    before: [u32; WIDEST],
    ends: [u32; WIDEST],
    again: Again,
}

impl Default for Quoted {
    fn default() -> Quoted {
        Quoted { before: [0; WIDEST], ends: [0; WIDEST], again: Again::default() }
    }
}

impl Quoted {
    /// The row that begins at `start`, if its quotes are sound and hold nothing that looks like a row, and none of its names
    /// has quotes in quotes.
    pub(super) fn row<'t>(
        &'t mut self,
        table: &'t Table,
        text: &'t str,
        start: usize,
        ahead: &Ahead<'_>,
    ) -> Option<(Row<'t>, Taken)> {
        let marks: &[u32; WIDEST + 1] = ahead.ends.first_chunk()?;
        let end = *marks[1..].get(table.fields - 1)?;
        let turns = turns_to(end, ahead.turns, text.as_bytes(), table.fields)?;
        let taken = table.taken(text, start, end as usize, table.fields, turns)?;
        for field in 0..table.fields {
            let (before, end) = (marks[field], marks[field + 1]);
            let quoted = u32::from(text.as_bytes()[before.wrapping_add(1) as usize] == b'"');
            self.before[field] = before.wrapping_add(quoted);
            self.ends[field] = end - quoted;
        }
        let Quoted { before, ends, again } = self;
        again.clear();
        let row = Row { text, before, ends, columns: &table.columns, again: Some(again) };
        let names = [LineColumn::Account, LineColumn::Item, LineColumn::Fund];
        if names.into_iter().any(|name| row.has_quotes_in_quotes(name)) {
            return None;
        }
        Some((row, taken))
    }
}

/// How many turns a row with sound quotes has up to where the last of its fields ends, that among them; `None` where it ends
/// before, or where a field in quotes may have taken in rows.
fn turns_to(end: u32, turns: &[u32], text: &[u8], fields: usize) -> Option<usize> {
    let is_quote = |turn: u32| text[turn as usize] == b'"';
    let mut left = turns.iter();
    while let Some(open) = left.next() {
        if *open == end {
            return Some(turns.len() - left.len());
        }
        if !is_quote(*open) {
            return None;
        }
        let mut close = *left.next()?;
        if !is_quote(close) {
            close = *left.find(|turn| is_quote(**turn))?;
            let field = &text[*open as usize..close as usize];
            if memchr3_iter(b',', b'\n', b'\r', field).count() + 1 >= fields {
                return None;
            }
        }
    }
    None
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
        let mut ahead = marks.find(text.as_bytes(), 0);
        if !ahead.pass_to(before.len()) {
            ahead = marks.find(text.as_bytes(), before.len());
        }
        let columns = [LineColumn::Date, LineColumn::Kind, LineColumn::Account, LineColumn::Amount, LineColumn::Fund];
        let all = |row: &Row<'_>| columns.map(|column| row.reads(column).to_owned()).to_vec();
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
            ("가\",2015,\"5\",a\"\"\n", ["2015", "a\"\"", "가\"", "5", ""], (4, 3)),
            ("\"가\",2015,\"5\",grant\r", ["2015", "grant", "가", "5", ""], (4, 5)),
            ("\"가\",\"20\"\"15\",5,\"\"\"a\"\"\"\n", ["20\"15", "\"a\"", "가", "5", ""], (4, 7)),
            ("가,20\"\"15,5,\"a\"\"\"\n", ["20\"\"15", "a\"", "가", "5", ""], (4, 3)),
            ("\"\",\"1,2\",5,\"a\nb\"\r\n", ["1,2", "a\nb", "", "5", ""], (5, 8)),
        ] {
            for before in parts {
                let (found, taken) = fields(&table, before, &format!("{row}z,z\n")).expect("it is a row");
                assert_eq!(found, wanted, "{row:?} behind {before:?}");
                let marks = Count { ends, turns };
                assert_eq!(taken, Taken { next: before.len() + row.len(), marks }, "{row:?} behind {before:?}");
            }
        }
        for row in [
            "가,2015,5\n",
            "가,2015,5,a,b\n",
            "\"가,2015,5,a\n",
            "\"가\"\"나\",2015,5,a\n",
            "\"가\"나,2015,5,a\n",
            "\"가\",2015\n가,2015\n",
            "가,2015,\"1\n,2,,\",a\n",
            "#가,2015,5,a\n",
            "가,2015,5,a",
            "가,2015,5,\"a\"",
        ] {
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
