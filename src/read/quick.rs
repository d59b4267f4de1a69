//! The quick way from a row to a line, for rows in which nothing is out of the ordinary.
//!
//! Law: what is read here, [`Reader::line`] reads as the same line, with no finding. Whatever is not plainly so is left to
//! it: a field in quotes, a name in another spelling, an amount with a sign, a kind that moves money between accounts.

use super::column::{Columns as _, Header};
use super::row::{LineColumn, Reader};
use super::split::MOST;
use crate::ledger::{Date, Kind, Level, Line};
use crate::money;
use crate::source::Origin;

/// Reads plain rows of one file.
pub(super) struct Quick<'b> {
    reader: Reader<'b>,
    /// How many fields a row has.
    columns: usize,
    /// Which field each column is.
    fields: [Option<usize>; LineColumn::ALL.len()],
    /// The day that was read last: lines mostly stand in the order of days.
    day: ([u8; 10], Date),
}

/// A row of a text, as its commas divide it.
#[derive(Clone, Copy)]
struct Row<'t, 'm> {
    text: &'t str,
    start: usize,
    /// Where its fields end.
    ends: &'m [u32],
}

impl<'t> Row<'t, '_> {
    fn field(&self, n: usize) -> Option<&'t str> {
        let start = if n == 0 { self.start } else { *self.ends.get(n - 1)? as usize + 1 };
        self.text.get(start..*self.ends.get(n)? as usize)
    }
}

impl<'b> Quick<'b> {
    /// For rows below a header.
    pub(super) fn new(reader: Reader<'b>, columns: usize, header: &Header<LineColumn>) -> Quick<'b> {
        let fields = std::array::from_fn(|place| header.field(place));
        Quick { reader, columns, fields, day: ([0; 10], Date::Year(0)) }
    }

    /// The line of the row that begins at `start`, and how many of the places it takes; `None` where it is not plain.
    pub(super) fn line<'t>(
        &mut self,
        text: &'t str,
        start: usize,
        places: &[u32],
        origin: Origin,
    ) -> Option<(Line<'t>, usize)> {
        let (row, taken) = self.row(text, start, places)?;
        let column = |column: LineColumn| self.fields[column.place()].and_then(|n| row.field(n));
        let blank = |name: LineColumn| column(name).is_none_or(str::is_empty);
        let plain_text = |name: LineColumn| column(name).map(str::trim).filter(|text| !text.is_empty());

        let kind = kind(column(LineColumn::Kind)?)?;
        if !(blank(LineColumn::To) && blank(LineColumn::Subtype)) {
            return None;
        }
        let books = self.reader.books;
        let account = books.accounts.exactly(column(LineColumn::Account)?)?;
        if kind.level() == Level::Leaf && books.accounts.get(account).has_children {
            return None;
        }
        let written = column(LineColumn::Amount)?;
        let amount = money::plain(written.as_bytes(), self.reader.unit)?;
        let item = match column(LineColumn::Item).filter(|text| !text.is_empty()) {
            None => None,
            Some(name) => Some(books.item_names.exactly(name)?),
        };
        let fund = match column(LineColumn::Fund).filter(|text| !text.is_empty()) {
            None => None,
            Some(name) => Some(books.fund_names.exactly(name)?),
        };
        let written_day: [u8; 10] = column(LineColumn::Date)?.as_bytes().try_into().ok()?;
        let (reference, of) = (plain_text(LineColumn::Ref), plain_text(LineColumn::Of));
        let (payee, memo) = (plain_text(LineColumn::Payee), plain_text(LineColumn::Memo));
        if written_day != self.day.0 {
            self.day = (written_day, Date::plain(written_day)?);
        }
        let date = self.day.1;
        let line = Line {
            origin,
            date,
            account,
            other: None,
            kind,
            corrects: None,
            amount,
            written,
            item,
            fund,
            reference,
            of,
            subtype: None,
            payee,
            memo,
        };
        Some((line, taken))
    }
}

impl Quick<'_> {
    /// The row that begins at `start`, and how many of the places it takes with its end.
    fn row<'t, 'm>(&self, text: &'t str, start: usize, places: &'m [u32]) -> Option<(Row<'t, 'm>, usize)> {
        let bytes = text.as_bytes();
        let ends = places.get(..self.columns)?;
        let (last, commas) = ends.split_last()?;
        let end = *last as usize;
        let taken = match bytes[end] {
            b'\n' => self.columns,
            b'\r' if bytes.get(end + 1) == Some(&b'\n') => self.columns + 1,
            _ => return None,
        };
        let plain = commas.iter().all(|place| bytes[*place as usize] == b',');
        let whole = plain && end - start <= MOST && bytes[start] != b'#';
        whole.then_some((Row { text, start, ends }, taken))
    }
}

/// The kinds that touch one account and need nothing else said.
fn kind(text: &str) -> Option<Kind> {
    Kind::exactly(text)
        .filter(|kind| !matches!(kind, Kind::Transfer | Kind::Reclassification | Kind::ReserveUse | Kind::Correction))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::ledger::{Accounts, Books};
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
        (Books { accounts, ..Books::empty(2015, sources) }, source)
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
            "합계",
        ]);
        let account = any(&["여비", "여비", "사무비/임차료", "사무비", "여 비", "합계", "계", "", "소계", "없음"]);
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
            "-5",
            "△5",
            "5원",
            "",
            "1e3",
            "1 0",
        ]);
        let text = any(&["", "", " ", "글", " 글 ", "\u{3000}", "\"가, 나\"", "\"나\"\"", "a\"b", "\u{a0}x"]);
        let end = any(&["\n", "\n", "\r\n", "\r", ",\n", ""]);
        (date, account, kind, amount, any(&["", "", "P1", " "]), text.clone(), text, any(&["", "", "", "여비"]), end)
            .prop_map(|(date, account, kind, amount, item, reference, memo, to, end)| {
                format!("{date},{account},{kind},{amount},{item},{reference},{memo},{to}{end}")
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
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
                let quickly = quick.line(&text, start, &places[next..], origin);
                let Some((_, cut)) = cuts.next() else { break };
                let Some((line, taken)) = quickly else { continue };
                prop_assert_eq!(places[next + taken - 1] as usize + 1, cuts.start);
                let range = lexer.whole(start as u64, cut, &mut findings).expect("a row");
                let bytes = &cuts.text[range];
                prop_assert!(lexer.takes(start as u64, bytes, &mut findings));
                let record = lexer.record(start as u64, bytes);
                let spots = std::array::from_fn(|place| header.at(&record, place));
                let plainly = reader.line(&Fields { origin, span: record.span(), spots }, &mut findings);
                prop_assert_eq!(format!("{:?}", Some(line)), format!("{plainly:?}"));
                prop_assert_eq!(findings.found(), 0);
            }
        }
    }
}
