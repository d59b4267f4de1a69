//! The quick way from a row to a line, for rows in which nothing is out of the ordinary.
//!
//! Law: what is read here, [`Reader::line`] reads as the same line, with no finding. Whatever is not plainly so is left to
//! it: a quote in the wrong place, a name in another spelling, an amount with a sign, a kind that moves money between
//! accounts.

use super::column::{Columns as _, Header};
use super::row::{LineColumn, Reader};
use super::split::MOST;
use crate::ledger::{Date, Kind, Level, Line};
use crate::money;
use crate::source::Origin;

/// Reads plain rows of one file.
pub(super) struct Quick<'b> {
    reader: Reader<'b>,
    row: Row,
    /// The day that was read last: lines mostly stand in the order of days (7 % of the time).
    day: ([u8; 10], Date),
    /// The kind that was read last, and how it was written: most lines are of one (5 % of the time).
    kind: (&'static str, Kind),
}

impl<'b> Quick<'b> {
    /// For rows below a header of so many columns.
    pub(super) fn new(reader: Reader<'b>, columns: usize, header: &Header<LineColumn>) -> Quick<'b> {
        let kind = Kind::Disbursement;
        // No text has such bytes.
        let no_day = ([0xff; 10], Date::Year(0));
        Quick { reader, row: Row::of(columns, header), day: no_day, kind: (kind.word().id, kind) }
    }

    /// Hands on the line of the row that begins at `start`, and tells how many of the places it takes; `None` where it is not
    /// plain. A line is handed on rather than returned: it is large, and was copied on its way back (4 % of the time).
    #[inline]
    pub(super) fn line(
        &mut self,
        text: &str,
        start: usize,
        places: &[u32],
        origin: Origin,
        sink: impl FnOnce(&Line<'_>),
    ) -> Option<usize> {
        let taken = self.row.divide(text, start, places)?;
        let (row, books) = (&self.row, self.reader.books);
        let text = row.text(text);
        let column = |column: LineColumn| row.field(text, column);
        let filled = |name: LineColumn| Some(column(name)).filter(|text| !text.is_empty());
        let words = |name: LineColumn| filled(name).map(trimmed).filter(|text| !text.is_empty());

        if !(column(LineColumn::To).is_empty() && column(LineColumn::Subtype).is_empty()) {
            return None;
        }
        let written = column(LineColumn::Kind);
        if !same(written, self.kind.0) {
            self.kind = kind(written)?;
        }
        let kind = self.kind.1;
        let account = books.accounts.exactly(column(LineColumn::Account))?;
        if kind.level() == Level::Leaf && books.accounts.get(account).has_children {
            return None;
        }
        let written = column(LineColumn::Amount);
        let amount = money::plain(written.as_bytes(), self.reader.unit)?;
        let item = match filled(LineColumn::Item) {
            None => None,
            Some(name) => Some(books.item_names.exactly(name)?),
        };
        let fund = match filled(LineColumn::Fund) {
            None => None,
            Some(name) => Some(books.fund_names.exactly(name)?),
        };
        let written_day: [u8; 10] = column(LineColumn::Date).as_bytes().try_into().ok()?;
        if written_day != self.day.0 {
            self.day = (written_day, Date::plain(written_day)?);
        }
        let line = Line {
            origin,
            date: self.day.1,
            account,
            other: None,
            kind,
            corrects: None,
            amount,
            written,
            item,
            fund,
            reference: words(LineColumn::Ref),
            of: words(LineColumn::Of),
            subtype: None,
            payee: words(LineColumn::Payee),
            memo: words(LineColumn::Memo),
        };
        sink(&line);
        Some(taken)
    }
}

/// The kind that is written so, if it is one that touches one account and needs nothing else said.
fn kind(text: &str) -> Option<(&'static str, Kind)> {
    let kind = Kind::exactly(text)?;
    let word = kind.word();
    let plain = !matches!(kind, Kind::Transfer | Kind::Reclassification | Kind::ReserveUse | Kind::Correction);
    plain.then_some((if text == word.id { word.id } else { word.ko }, kind))
}

/// Whether two words are the same. Of those of eight to sixteen bytes the first and the last eight tell: a call to compare so
/// few takes longer (3 % of the time).
#[inline]
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() > 16 {
        return a == b;
    }
    let ends = |word: &[u8]| Some((*word.first_chunk::<8>()?, *word.last_chunk::<8>()?));
    match (ends(a), ends(b)) {
        (Some(of_a), Some(of_b)) => a.len() == b.len() && of_a == of_b,
        _ => a == b,
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

/// A row of a text, divided into fields.
struct Row {
    /// Which column each field is; the last of [`Row::spots`] where it is none that is read.
    columns: Vec<usize>,
    /// Where the field of each column lies, without its quotes; at the end, a place for what is not read. Of a column that
    /// the table has not, nothing lies at its beginning.
    spots: [(u32, u32); LineColumn::ALL.len() + 1],
    /// The row with its doubled quotes undone, where it has some; the fields then lie in it.
    undone: String,
}

impl Row {
    fn of(fields: usize, header: &Header<LineColumn>) -> Row {
        let mut columns = vec![LineColumn::ALL.len(); fields];
        for column in 0..LineColumn::ALL.len() {
            if let Some(field) = header.field(column) {
                columns[field] = column;
            }
        }
        Row { columns, spots: [(0, 0); LineColumn::ALL.len() + 1], undone: String::new() }
    }

    /// The text that the fields lie in.
    #[inline]
    fn text<'t>(&'t self, text: &'t str) -> &'t str {
        if self.undone.is_empty() { text } else { &self.undone }
    }

    #[inline]
    fn field<'t>(&self, text: &'t str, column: LineColumn) -> &'t str {
        let (start, end) = self.spots[column.place()];
        if start == end {
            return "";
        }
        text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Divides the row that begins at `start`; how many of the places it takes with its end, where it is whole and sound.
    #[inline]
    fn divide(&mut self, text: &str, start: usize, places: &[u32]) -> Option<usize> {
        self.undone.clear();
        let bytes = text.as_bytes();
        let (mut from, mut commas, mut end) = (u32::try_from(start).ok()?, 0, start);
        let ends = places.get(..self.columns.len())?;
        for (n, column) in self.columns.iter().enumerate() {
            let place = ends[n];
            self.spots[*column] = (from, place);
            from = place + 1;
            end = place as usize;
            commas += usize::from(bytes[end] == b',');
        }
        let mut before = self.columns.len();
        if commas + 1 != before || !matches!(bytes[end], b'\n' | b'\r') {
            (end, before) = self.divide_quoted(text, start, places)?;
        }
        let taken = match bytes[end] {
            b'\n' => before,
            b'\r' if bytes.get(end + 1) == Some(&b'\n') => before + 1,
            _ => return None,
        };
        (end - start <= MOST && bytes[start] != b'#').then_some(taken)
    }

    /// The same of a row that may have fields in quotes: where it ends, and how many of the places lie up to there.
    fn divide_quoted(&mut self, text: &str, start: usize, places: &[u32]) -> Option<(usize, usize)> {
        let bytes = text.as_bytes();
        let mut places = places.iter().copied().enumerate();
        let (mut from, mut doubled, last) =
            (u32::try_from(start).ok()?, [false; LineColumn::ALL.len() + 1], self.columns.len() - 1);
        for n in 0..=last {
            let (mut used, mut end) = places.next()?;
            let mut spot = (from, end);
            if bytes[end as usize] == b'"' {
                if end != from {
                    return None;
                }
                let close = self.closing(bytes, &mut places, &mut doubled[self.columns[n]])?;
                spot = (from + 1, close);
                (used, end) = places.next()?;
                if end != close + 1 {
                    return None;
                }
            }
            self.spots[self.columns[n]] = spot;
            match bytes[end as usize] {
                b',' if n < last => from = end + 1,
                b'\n' | b'\r' if n == last => {
                    if doubled.contains(&true) {
                        self.undo(text, doubled)?;
                    }
                    return Some((end as usize, used + 1));
                }
                _ => return None,
            }
        }
        None
    }

    /// The quote that closes a field; none where the field holds what looks like a row.
    fn closing(
        &self,
        bytes: &[u8],
        places: &mut impl Iterator<Item = (usize, u32)>,
        doubled: &mut bool,
    ) -> Option<u32> {
        let (mut later_line, mut commas) = (false, 0);
        loop {
            let (_, place) = places.next()?;
            match bytes[place as usize] {
                b',' => commas += 1,
                b'"' if bytes.get(place as usize + 1) != Some(&b'"') => return Some(place),
                b'"' => {
                    *doubled = true;
                    places.next()?;
                }
                _ => (later_line, commas) = (true, 0),
            }
            if later_line && commas + 1 >= self.columns.len() {
                return None;
            }
        }
    }

    /// Copies the fields, and undoes the doubled quotes of those that have some.
    fn undo(&mut self, text: &str, doubled: [bool; LineColumn::ALL.len() + 1]) -> Option<()> {
        for ((start, end), doubled) in self.spots.iter_mut().zip(doubled) {
            let begun = self.undone.len();
            let field = text.get(*start as usize..*end as usize).unwrap_or_default();
            if doubled {
                // Between quotes that are doubled stands nothing.
                let mut parts = field.split('"');
                self.undone.push_str(parts.next().unwrap_or_default());
                while let (Some(_), Some(part)) = (parts.next(), parts.next()) {
                    self.undone.push('"');
                    self.undone.push_str(part);
                }
            } else {
                self.undone.push_str(field);
            }
            (*start, *end) = (u32::try_from(begun).ok()?, u32::try_from(self.undone.len()).ok()?);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::ledger::{Accounts, Books, ItemId};
    use crate::money::Unit;
    use crate::read::column;
    use crate::read::csv::Lexer;
    use crate::read::marks;
    use crate::read::row::Fields;
    use crate::read::split::Cuts;
    use crate::source::{Encoding, Source, SourceId, Sources};
    use proptest::prelude::*;

    const HEADER: &str = "date,account,kind,amount,item,ref,memo,to";

    fn books() -> (Books, SourceId) {
        let mut sources = Sources::default();
        let source = sources.add(Source::file("lines.csv".as_ref()));
        let mut accounts = Accounts::default();
        for path in ["여비", "사무비", "사무비/임차료", "합계"] {
            accounts.enter(path, None).expect("each is new");
        }
        let mut books = Books { accounts, ..Books::empty(2015, sources) };
        books.item_names.add("P1", ItemId(0));
        (books, source)
    }

    /// Fields that are plain, and fields that only look so.
    fn row() -> impl Strategy<Value = String> {
        let any = |these: &'static [&'static str]| proptest::sample::select(these).prop_map(str::to_owned);
        let date = any(&[
            "2015-01-02",
            "2015-02-30",
            "2015-1-2",
            "2015",
            "2015.01.02",
            "２015-01-0",
            "#015-01-02",
            " 2015-01-02",
            "\0\0\0\0\0\0\0\0\0\0",
            "합계",
        ]);
        let account = any(&["여비", "\"여비\"", "사무비/임차료", "사무비", "여 비", "합계", "계", "", "소계", "없음"]);
        let kind = any(&[
            "grant",
            "집행",
            "disbursement",
            "refund",
            "transfer",
            "correction",
            "예비비",
            "Grant",
            "grant ",
            "합계",
        ]);
        let amount = any(&[
            "5",
            "1234",
            "0",
            "00",
            "0.5",
            "5.",
            ".5",
            "12.3456",
            "12.34567",
            "999999999999999",
            "9999999999999999",
            "1,2",
            "\"1,234\"",
            "\"1,234.5\"",
            "\"1,23\"",
            "\" 1,234\"",
            "-5",
            "△5",
            "5원",
            "",
            "1e3",
            "1 0",
        ]);
        let text = any(&[
            "",
            "",
            " ",
            "글",
            " 글 ",
            "\u{3000}",
            "\u{3000}글",
            "a\u{a0}",
            "é\u{85}",
            "\u{a0}x",
            "\"가, 나\"",
            "\"\"",
            "\"그는 \"\"예\"\", 라고\"",
            "\"\"\"예\"\"\"",
            "\"나\"\"",
            "\"나\"다",
            "a\"b",
            "\"가\n나\"",
            "\"가\r\n나, 다\"",
            "\"가\n1,2,3,4,5,6,7,8\"",
        ]);
        let end = any(&["\n", "\n", "\r\n", "\r", ",\n", ""]);
        (date, account, kind, amount, any(&["", "", "P1", " "]), text.clone(), text, any(&["", "", "", "여비"]), end)
            .prop_map(|(date, account, kind, amount, item, reference, memo, to, end)| {
                format!("{date},{account},{kind},{amount},{item},{reference},{memo},{to}{end}")
            })
    }

    /// What is meant to go the quick way goes it: of each of these rows a line is made.
    #[test]
    fn quotes_and_groups_go_the_quick_way() {
        let (books, source) = books();
        for row in [
            "2015-01-02,여비,grant,5,P1,1,글,\n",
            "2015-01-02,여비,집행,\"1,234,500\",,1,글,\r\n",
            "2015-01-02,여비,집행,\"1,234,500,600\",,,,\n",
            "2015-01-02,\"여비\",grant,12.5,,1,\"가, 나\",\n",
            "2015-01-02,여비,grant,5,,1,\"그는 \"\"예\"\", 라고\",\n",
            "2015-01-02,여비,grant,5,,1,\"가\n나\",\n",
        ] {
            let (lines, taken) = read(&books, source, row);
            assert_eq!((lines, taken), (1, Some(row.matches([',', '"', '\n', '\r']).count())), "{row}");
        }
    }

    /// Bytes that say nothing are no day, though no day was read before them.
    #[test]
    fn no_row_begins_with_a_day_that_was_never_read() {
        let (books, source) = books();
        for nothing in ["\0", "\u{1}", " ", "0"] {
            assert_eq!(read(&books, source, &format!("{},여비,grant,5,,,,\n", nothing.repeat(10))), (0, None));
        }
    }

    /// How many lines are made of a row the quick way, and how many places it takes.
    fn read(books: &Books, source: SourceId, row: &str) -> (usize, Option<usize>) {
        let mut findings = Findings::default();
        let mut lexer = Lexer::new(source, Encoding::Utf8);
        lexer.takes(0, HEADER.as_bytes(), &mut findings);
        let header =
            column::header::<LineColumn>(&lexer.record(0, HEADER.as_bytes()), &mut findings).expect("it is one");
        let mut quick = Quick::new(Reader { books, unit: Unit::Won }, 8, &header);
        let (mut places, mut lines) = (Vec::new(), 0);
        marks::find(row.as_bytes(), &mut places);
        let taken = quick.line(row, 0, &places, Origin { source, at: 0 }, |_| lines += 1);
        (lines, taken)
    }

    proptest! {
        #[test]
        fn words_are_the_same_where_all_their_bytes_are(a in "[ab]{0,20}", b in "[ab]{0,20}", common in "[ab]{0,18}") {
            prop_assert_eq!(same(&a, &b), a == b);
            let (a, b) = (format!("{common}{a}"), format!("{common}{b}"));
            prop_assert_eq!(same(&a, &b), a == b);
            prop_assert!(same(&a, &a));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]
        /// What is read the quick way is the line that is read the plain way, of the same bytes, with no finding.
        #[test]
        fn a_plain_row_is_the_same_line_either_way(rows in proptest::collection::vec(row(), 1..4)) {
            let (books, source) = books();
            let text = rows.concat();
            let reader = Reader { books: &books, unit: Unit::Thousand };
            let mut lexer = Lexer::new(source, Encoding::Utf8);
            let mut findings = Findings::default();
            prop_assert!(lexer.takes(0, HEADER.as_bytes(), &mut findings));
            let header = column::header::<LineColumn>(&lexer.record(0, HEADER.as_bytes()), &mut findings).expect("it is one");
            let mut lexer = Lexer::below(source, Encoding::Utf8, 8);
            let mut quick = Quick::new(reader, 8, &header);
            let mut places = Vec::new();
            marks::find(text.as_bytes(), &mut places);
            let mut cuts = Cuts { text: text.as_bytes(), start: 0, end: text.len() };
            loop {
                let start = cuts.start;
                let next = places.partition_point(|place| (*place as usize) < start);
                let origin = Origin { source, at: start as u64 };
                let mut line = None;
                let taken = quick.line(&text, start, &places[next..], origin, |read| line = Some(format!("{read:?}")));
                prop_assert_eq!(line.is_some(), taken.is_some());
                let Some((_, cut)) = cuts.next() else { break };
                let Some(taken) = taken else { continue };
                prop_assert_eq!(places[next + taken - 1] as usize + 1, cuts.start);
                let range = lexer.whole(start as u64, cut, &mut findings).expect("a row");
                let bytes = &cuts.text[range];
                prop_assert!(lexer.takes(start as u64, bytes, &mut findings));
                let record = lexer.record(start as u64, bytes);
                let spots = std::array::from_fn(|place| header.at(&record, place));
                let plainly = reader.line(&Fields { origin, span: record.span(), spots }, &mut findings);
                let plainly = plainly.map(|line| format!("{line:?}"));
                prop_assert_eq!(line, plainly);
                prop_assert_eq!(findings.found(), 0);
            }
        }
    }
}
