//! A file as a table: a header, and rows of fields. Knows nothing of money.

use super::split::{Cut, Cuts, MOST, Rows, Trouble};
use super::total;
use super::value::{self, Spot};
use crate::finding::{self, Finding, Findings};
use crate::source::{Encoding, Source, SourceId, Span};
use crate::words;
use std::io;
use std::ops::Range;

/// A table that is being read, from a stream.
pub(super) struct Csv {
    rows: Rows,
    lexer: Lexer,
    /// Where the row that was read last begins in the text.
    current: Option<u64>,
}

/// Cuts rows into fields, and says what is wrong with those that are none.
pub(super) struct Lexer {
    source: SourceId,
    encoding: Encoding,
    /// How many fields a row needs; 0 while the header is not known.
    columns: usize,
    /// The row that was taken last.
    row: String,
    fields: Vec<Field>,
    unescaped: String,
}

/// One field of a row: where it stands, and where its text is if its quotes had to be undone.
#[derive(Clone, Copy, Debug)]
struct Field {
    /// Within the row, without quotes around it.
    start: usize,
    end: usize,
    /// Within the unescaped text.
    undone: Option<(usize, usize)>,
}

/// A row of fields.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    source: SourceId,
    at: u64,
    row: &'a str,
    fields: &'a [Field],
    unescaped: &'a str,
}

impl<'a> Record<'a> {
    /// The byte that the row begins at.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// How many fields it has.
    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    /// A field's text and place.
    pub(super) fn field(&self, n: usize) -> Spot<'a> {
        let Field { start, end, undone } = self.fields[n];
        let text = match undone {
            None => &self.row[start..end],
            Some((from, to)) => &self.unescaped[from..to],
        };
        Spot { text, span: Span::new(self.source, self.at + start as u64, end - start) }
    }

    /// The place of the whole row.
    pub(super) fn span(&self) -> Span {
        Span::new(self.source, self.at, self.row.len())
    }
}

impl Csv {
    /// Opens a table and passes over the comments at its head.
    pub(super) fn open(id: SourceId, source: &Source) -> io::Result<Csv> {
        let mut rows = Rows::new(source.open()?);
        while rows.pass_over_comment()? {}
        Ok(Csv { rows, lexer: Lexer::new(id, source.encoding), current: None })
    }

    /// The first row that is not empty. From then on a row needs as many fields. Where it cannot be read nothing below
    /// it can be, and where there is none the file says nothing: both are findings.
    pub(super) fn header(&mut self, findings: &mut Findings) -> io::Result<Option<Record<'_>>> {
        let before = findings.refused_lines();
        self.pull(findings)?;
        if findings.refused_lines() > before {
            findings.refuse_lines(u64::from(self.current.take().is_some()));
            self.refuse_rest(findings)?;
        } else if self.current.is_none() {
            findings.push(empty(self.lexer.source));
        }
        self.lexer.columns = self.lexer.fields.len();
        Ok(self.record())
    }

    /// The next row that has as many fields as the header; others are refused with a finding.
    pub(super) fn next(&mut self, findings: &mut Findings) -> io::Result<Option<Record<'_>>> {
        self.pull(findings)?;
        Ok(self.record())
    }

    /// The row that begins at a byte of the text, where it can be read. Rows are asked for from the first to the last.
    pub(super) fn row(&mut self, at: u64, findings: &mut Findings) -> io::Result<Option<Record<'_>>> {
        if self.current != Some(at) {
            self.rows.pass_to(at)?;
            self.pull(findings)?;
        }
        Ok(self.record().filter(|record| record.at() == at))
    }

    /// Counts the lines that are left, where they cannot be read.
    pub(super) fn refuse_rest(&mut self, findings: &mut Findings) -> io::Result<()> {
        while let Some((_, cut)) = self.rows.next()? {
            findings.refuse_lines(match cut {
                Cut::Row(row) if row.is_empty() => 0,
                Cut::Row(row) => lines_of(self.rows.bytes(row)),
                Cut::Broken { lines, .. } => lines,
            });
        }
        Ok(())
    }

    fn record(&self) -> Option<Record<'_>> {
        self.current.map(|at| self.lexer.record(at))
    }

    /// Goes on to the next row that can be read; says what is wrong with those that cannot.
    fn pull(&mut self, findings: &mut Findings) -> io::Result<()> {
        loop {
            self.current = None;
            let Some((at, cut)) = self.rows.next()? else { return Ok(()) };
            let Some(range) = self.lexer.whole(at, cut, findings) else { continue };
            if self.lexer.takes(at, self.rows.bytes(range), findings) {
                self.current = Some(at);
                return Ok(());
            }
        }
    }
}

impl Lexer {
    /// For a table of which the header is still to come.
    pub(super) fn new(source: SourceId, encoding: Encoding) -> Lexer {
        Lexer { source, encoding, columns: 0, row: String::new(), fields: Vec::new(), unescaped: String::new() }
    }

    /// For rows below a header of so many columns.
    pub(super) fn below(source: SourceId, encoding: Encoding, columns: usize) -> Lexer {
        Lexer { columns, ..Lexer::new(source, encoding) }
    }

    /// The stretch of a row that is whole and not empty; says what is wrong with what is none.
    pub(super) fn whole(&self, at: u64, cut: Cut, findings: &mut Findings) -> Option<Range<usize>> {
        match cut {
            Cut::Row(range) => (!range.is_empty()).then_some(range),
            Cut::Broken { trouble, byte, lines } => {
                findings.push(broken(trouble, Span::new(self.source, at + byte as u64, 1)));
                findings.refuse_lines(lines);
                None
            }
        }
    }

    /// Cuts a row into fields; `false`, with a finding where it says something, where it is not one of the table.
    pub(super) fn takes(&mut self, at: u64, bytes: &[u8], findings: &mut Findings) -> bool {
        let row = match std::str::from_utf8(bytes) {
            Ok(row) => row,
            Err(error) => {
                let bad = error.valid_up_to();
                // Of other encodings the byte itself is gone: what stands there only marks it.
                let byte = (self.encoding == Encoding::Utf8).then(|| bytes[bad]);
                let span = Span::new(self.source, at + bad as u64, 1);
                findings.push(value::undecodable(self.encoding, byte, span));
                findings.refuse_lines(lines_of(bytes));
                return false;
            }
        };
        self.row.clear();
        self.row.push_str(row);
        let quoted = lex(row, &mut self.fields, &mut self.unescaped);
        let record = self.record(at);
        if self.columns == 0 && record.field(0).text.starts_with('#') {
            // A comment above the header that a spreadsheet has put into quotes.
        } else if row.starts_with('#') {
            findings.push(comment(record.span()));
            findings.refuse_lines(lines_of(bytes));
        } else if (0..record.len()).all(|n| record.field(n).is_blank()) {
            findings.push(blank(record.span()));
        } else if let Some(swallowing) = quoted.then(|| swallowed(&record, self.columns)).flatten() {
            findings.push(swallowing);
            findings.refuse_lines(lines_of(bytes));
        } else if self.columns != 0 && record.len() != self.columns {
            findings.push(ragged(&record, self.columns));
            findings.refuse_lines(lines_of(bytes));
        } else {
            return true;
        }
        false
    }

    /// The row that was taken last.
    pub(super) fn record(&self, at: u64) -> Record<'_> {
        Record { source: self.source, at, row: &self.row, fields: &self.fields, unescaped: &self.unescaped }
    }
}

/// How many lines of the file the rows of a text take that cannot be read.
pub(super) fn lines_left(cuts: &mut Cuts<'_>) -> u64 {
    let mut lines = 0;
    while let Some((_, cut)) = cuts.next() {
        lines += match cut {
            Cut::Row(row) if row.is_empty() => 0,
            Cut::Row(row) => lines_of(&cuts.text[row]),
            Cut::Broken { lines, .. } => lines,
        };
    }
    lines
}

/// A file in which there is nothing.
pub(super) fn empty(source: SourceId) -> Finding {
    Finding::new(
        finding::BAD_HEADER,
        Span::new(source, 0, 0),
        ("빈 파일임", "the file is empty"),
        ("머리글을 쓰거나, year.toml의 목록에서 뺄 것", "write a header, or take it off the list in year.toml"),
    )
}

/// A quoted field that holds lines which look like rows themselves: two quotes that were left out, one after another,
/// make a field of all that lies between, and only its look gives it away.
fn swallowed(record: &Record<'_>, columns: usize) -> Option<Finding> {
    if columns < 3 || !record.row.bytes().any(|byte| matches!(byte, b'\n' | b'\r')) {
        return None;
    }
    (0..record.len()).find_map(|n| {
        let spot = record.field(n);
        let inner = spot.text.split(['\n', '\r']).skip(1);
        let lines = inner.filter(|line| line.matches(',').count() + 1 >= columns).count() as u64;
        let finding = || {
            Finding::new(
                finding::BAD_QUOTES,
                Span { length: 1, ..spot.span },
                (
                    format!("따옴표 안에 다른 줄로 보이는 것이 {lines}줄 들어 있음"),
                    format!(
                        "this quoted field takes in {} that look like rows of their own",
                        words::counted(lines, "line")
                    ),
                ),
                (
                    "닫는 따옴표가 빠졌는지 볼 것. 적요가 맞으면 그 줄의 쉼표를 다른 부호로 바꿀 것",
                    "see whether a closing quote is missing; if it is a memo, write its commas otherwise",
                ),
            )
        };
        (lines > 0).then(finding)
    })
}

/// How many lines of the file a row takes.
fn lines_of(row: &[u8]) -> u64 {
    let ends = row.iter().enumerate().filter(|(n, byte)| match byte {
        b'\n' => true,
        b'\r' => row.get(n + 1) != Some(&b'\n'),
        _ => false,
    });
    1 + ends.count() as u64
}

/// Cuts a whole row into fields, undoing the doubled quotes of those that have some; whether any field stands in quotes.
fn lex(row: &str, fields: &mut Vec<Field>, unescaped: &mut String) -> bool {
    fields.clear();
    unescaped.clear();
    let bytes = row.as_bytes();
    let (mut at, mut any_quoted) = (0, false);
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        let (field, next) = if quoted { quoted_field(row, at + 1, unescaped) } else { plain_field(bytes, at) };
        fields.push(field);
        any_quoted |= quoted;
        match bytes.get(next) {
            Some(_) => at = next + 1,
            None => return any_quoted,
        }
    }
}

fn plain_field(bytes: &[u8], start: usize) -> (Field, usize) {
    let end = bytes[start..].iter().position(|b| *b == b',').map_or(bytes.len(), |n| start + n);
    (Field { start, end, undone: None }, end)
}

/// A field whose opening quote stands before `start`. That it closes, and where it should, was seen when the row was cut.
fn quoted_field(row: &str, start: usize, unescaped: &mut String) -> (Field, usize) {
    let begun = unescaped.len();
    let mut copied = start;
    let mut at = start;
    while let Some(quote) = row[at..].find('"').map(|n| at + n) {
        if row.as_bytes().get(quote + 1) != Some(&b'"') {
            let undone = (copied != start).then(|| {
                unescaped.push_str(&row[copied..quote]);
                (begun, unescaped.len())
            });
            return (Field { start, end: quote, undone }, quote + 1);
        }
        unescaped.push_str(&row[copied..=quote]);
        at = quote + 2;
        copied = at;
    }
    (Field { start, end: row.len(), undone: None }, row.len())
}

fn broken(trouble: Trouble, span: Span) -> Finding {
    let (message, way_out) = match trouble {
        Trouble::NeverClosed => (
            ("여기서 연 따옴표가 이 칸에서 닫히지 않음", "the quote opened here does not close its field"),
            (
                "칸의 끝에 `\"`를 넣거나, 글자로 쓴 따옴표면 칸 전체를 따옴표로 묶고 `\"\"`로 두 번 쓸 것",
                "close it with `\"` at the end of the field; a quote that is text is doubled `\"\"` in a quoted field",
            ),
        ),
        Trouble::ClosedEarly => (
            ("여기서 연 따옴표가 칸의 끝이 아닌 곳에서 닫힘", "the quote opened here closes before its field ends"),
            (
                "칸 안의 따옴표는 두 번 쓸 것: `\"\"\"강가에서\"\" 공연\"`",
                "double the quotes inside a quoted field: `\"He said \"\"yes\"\"\"`",
            ),
        ),
        Trouble::TooLong => (
            ("한 줄이 64 KiB를 넘음", "a row of more than 64 KiB"),
            ("줄바꿈이 빠졌는지 볼 것", "see whether line ends are missing"),
        ),
    };
    const { assert!(MOST == 64 * 1024, "the message says so") };
    Finding::new(finding::BAD_QUOTES, span, message, way_out)
}

fn blank(span: Span) -> Finding {
    Finding::new(
        finding::BLANK_ROW,
        span,
        ("모든 칸이 빈 줄이라 읽지 않음", "every field of this row is empty; it is passed over"),
        ("필요 없으면 지울 것", "delete it if nothing is missing"),
    )
}

fn comment(span: Span) -> Finding {
    Finding::new(
        finding::COMMENT_IN_DATA,
        span,
        ("머리글 아래의 주석 줄", "a comment below the header"),
        (
            "주석은 머리글 위에만 둘 수 있음. 옮기거나 지우고, 되살릴 줄이면 `#`를 뗄 것",
            "comments stand above the header only: move or delete it, or take the `#` away to count the line",
        ),
    )
}

fn ragged(record: &Record<'_>, columns: usize) -> Finding {
    let found = record.len();
    let mut fields = (0..found).map(|n| record.field(n));
    if let Some(total) = fields.clone().find(|spot| total::is_total(spot.text)) {
        return total::total_row(total);
    }
    let way_out = if fields.any(|spot| spot.text.starts_with(' ') && spot.text.trim_start().starts_with('"')) {
        ("따옴표 앞의 빈칸을 지울 것", "take away the space before the quote")
    } else if found > columns {
        (
            "쉼표가 든 금액이나 적요는 따옴표로 묶을 것: `\"1,234\"`",
            "quote amounts and memos that hold commas: `\"1,234\"`",
        )
    } else {
        ("빈 칸도 쉼표는 남겨 둘 것", "keep the commas of empty fields")
    };
    Finding::new(
        finding::RAGGED_ROW,
        record.span(),
        (
            format!("칸의 수가 머리글과 다름, 머리글 {columns}칸, 이 줄 {found}칸"),
            format!("another number of fields than the header, which has {columns}, this row {found}"),
        ),
        way_out,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Content, Meter, Source, Sources};
    use proptest::prelude::*;

    /// Rows as this reader sees them, and how many lines it refused.
    fn ours(text: &[u8]) -> (Vec<Vec<String>>, u64) {
        let mut sources = Sources::default();
        let content = Content::Bytes(text.into());
        let id =
            sources.add(Source { name: String::new(), content, encoding: Encoding::Utf8, meter: Meter::default() });
        let mut findings = Findings::default();
        let mut csv = Csv::open(id, sources.get(id)).expect("memory");
        let owned = |record: Record<'_>| (0..record.len()).map(|n| record.field(n).text.to_owned()).collect();
        let mut rows: Vec<Vec<String>> = csv.header(&mut findings).expect("memory").map(owned).into_iter().collect();
        while let Some(record) = csv.next(&mut findings).expect("memory") {
            rows.push(owned(record));
        }
        (rows, findings.refused_lines())
    }

    /// A field of everything that a reader might stumble over: line ends or commas, as both together look like rows.
    /// Never all blank, as such a row is passed over.
    fn field() -> impl Strategy<Value = String> {
        let with_commas = proptest::collection::vec(prop_oneof!["[a-c가-다]", "[,\" #]"], 0..6);
        let with_ends =
            proptest::collection::vec(prop_oneof!["[a-c가-다]", "[\"\n\r #]", Just("\r\n".to_owned())], 0..6);
        prop_oneof![with_commas, with_ends].prop_map(|parts| format!("x{}", parts.concat()))
    }

    proptest! {
        /// The reader and the crate that is its slow twin see the same rows in whatever that crate writes.
        #[test]
        fn a_written_table_is_read_as_its_twin_reads_it(
            rows in (1_usize..5).prop_flat_map(|width| proptest::collection::vec(proptest::collection::vec(field(), width), 1..8)),
            crlf in any::<bool>(),
        ) {
            let end = if crlf { ::csv::Terminator::CRLF } else { ::csv::Terminator::Any(b'\n') };
            let mut writer = ::csv::WriterBuilder::new().terminator(end).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).expect("memory");
            }
            let text = writer.into_inner().expect("memory");
            let mut twin = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice());
            let twins: Vec<Vec<String>> = twin
                .records()
                .map(|record| record.expect("it was written so").iter().map(str::to_owned).collect())
                .collect();
            let (found, refused) = ours(&text);
            prop_assert_eq!(refused, 0);
            prop_assert_eq!(&found, &twins);
            prop_assert_eq!(&found, &rows);
        }

        /// Whatever the lines are, none goes without a word: it is in a row that is read, or refused, or blank.
        #[test]
        fn no_line_is_lost_in_any_text(lines in proptest::collection::vec("[a-c가#,\" ]{0,8}", 1..12)) {
            let text = format!("x,y\n{}", lines.join("\n"));
            let (rows, refused) = ours(text.as_bytes());
            let read: usize = rows.iter().map(|row| 1 + row.iter().map(|f| f.matches('\n').count()).sum::<usize>()).sum();
            let accounted = read + usize::try_from(refused).expect("few");
            let blank = |line: &str| line.chars().all(|c| ", \"".contains(c));
            let written = 1 + lines.iter().filter(|line| !blank(line)).count();
            prop_assert!(accounted >= written, "{:?} {} {:?}", rows, refused, text);
            prop_assert!(accounted <= 1 + lines.len(), "counted twice: {:?} {} {:?}", rows, refused, text);
        }
    }

    #[test]
    fn a_field_that_takes_in_rows_is_refused_with_them() {
        let (rows, refused) = ours(b"a,b,c\n1,2,\"memo\n3,4,5\n6,7,memo\"\n8,9,0\n");
        assert_eq!((rows.len(), refused), (2, 3));
        let (rows, refused) = ours("a,b,c\n1,2,\"memo, of\ntwo lines\"\n".as_bytes());
        assert_eq!((rows.len(), refused), (2, 0));
    }
}
