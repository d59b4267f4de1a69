//! The quick way from a row to a line, for rows in which nothing is out of the ordinary.
//!
//! Law: what is read here, [`Reader::line`] reads as the same line, with no finding. Whatever is not plainly so is left to
//! it: a quote that is neither sound nor text, a name in another spelling, an amount with a sign, a kind that moves money
//! between accounts.

use super::column::Header;
use super::divided::{Quoted, Table, Taken};
use super::marks::Ahead;
use super::row::{LineColumn, Reader};
use crate::ledger::{Date, Kind, Level, Line, Short, short};
use crate::money;
use crate::source::Origin;

/// Reads plain rows of one file.
pub(super) struct Quick<'b> {
    reader: Reader<'b>,
    table: Table,
    quoted: Quoted,
    /// The day that was read last: lines mostly stand in the order of days (7 % of the time).
    day: ([u8; 10], Date),
    kinds: Kinds,
}

impl<'b> Quick<'b> {
    /// For rows below a header of so many columns.
    pub(super) fn new(reader: Reader<'b>, columns: usize, header: &Header<LineColumn>) -> Quick<'b> {
        // No text has such bytes.
        let no_day = ([0xff; 10], Date::Year(0));
        let table = Table::of(columns, header);
        Quick { reader, table, quoted: Quoted::default(), day: no_day, kinds: Kinds::default() }
    }

    /// Hands on the line of the row that begins at `start`, and tells how much it takes; `None` where it is not plain. A
    /// line is handed on rather than returned: it is large, and was copied on its way back (4 % of the time).
    #[inline]
    pub(super) fn line(
        &mut self,
        text: &str,
        start: usize,
        ahead: &Ahead<'_>,
        origin: Origin,
        sink: impl FnOnce(&Line<'_>),
    ) -> Option<Taken> {
        let (row, taken) = match self.table.row(text, start, ahead) {
            Some(whole) => whole,
            None => self.quoted.row(&self.table, text, start, ahead)?,
        };
        let books = self.reader.books;

        if !self.table.is_simple(&row) {
            return None;
        }
        let word = short(row.whole(), row.place(LineColumn::Kind))?;
        let kind = self.kinds.read(word, || plain(row.text(LineColumn::Kind)))?;
        let account = books.accounts.within(row.whole(), row.place(LineColumn::Account))?;
        if books.accounts.has_children(account) && kind.level() == Level::Leaf {
            return None;
        }
        let written = row.place(LineColumn::Amount);
        let amount = money::plain(row.whole().as_bytes().get(..written.1)?, written.0, self.reader.unit)?;
        let item = books.item_names.within_or_blank(row.whole(), row.place(LineColumn::Item))?;
        let fund = match row.place(LineColumn::Fund) {
            // Most tables have no such column.
            (start, end) if start == end => None,
            place => Some(books.fund_names.within(row.whole(), place)?),
        };
        let day: [u8; 10] = row.field(LineColumn::Date).try_into().ok()?;
        if day != self.day.0 {
            self.day = (day, Date::plain(day)?);
        }
        sink(&Line {
            origin,
            date: self.day.1,
            account,
            other: None,
            kind,
            corrects: None,
            amount,
            item,
            fund,
            subtype: None,
            texts: &row,
        });
        Some(taken)
    }
}

/// Kinds that were read, each at a place that follows from how it is written: where kinds change from line to line, the
/// processor has nothing to guess (2 % of the time, where of seventeen lines one is of another kind).
struct Kinds([(Short, Kind); 1 << Kinds::BITS]);

impl Default for Kinds {
    fn default() -> Kinds {
        // No text has such bytes.
        let no_word = [u64::from_ne_bytes([0xfe; 8]); 3];
        Kinds([(no_word, Kind::Disbursement); 1 << Kinds::BITS])
    }
}

impl Kinds {
    const BITS: u32 = 7;

    /// The place of a word: no two that are kinds have the same.
    #[inline(always)]
    fn place(word: &Short) -> usize {
        const SPREAD: u64 = 0x1750_8f8c_67b8_c2f9;
        ((word[0] ^ word[1]).wrapping_mul(SPREAD) >> (u64::BITS - Kinds::BITS)) as usize
    }

    /// The kind that a word is, which is told where it has not been read before.
    #[inline(always)]
    fn read(&mut self, word: Short, told: impl FnOnce() -> Option<Kind>) -> Option<Kind> {
        let known = &mut self.0[Kinds::place(&word)];
        if known.0 != word {
            *known = (word, told()?);
        }
        Some(known.1)
    }
}

/// The kind that is written so, if it is one that touches one account and needs nothing else said.
fn plain(text: &str) -> Option<Kind> {
    let other =
        |kind: &Kind| matches!(kind, Kind::Transfer | Kind::Reclassification | Kind::ReserveUse | Kind::Correction);
    Kind::exactly(text).filter(|kind| !other(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::ledger::{Accounts, Books, FundId, ItemId};
    use crate::money::Unit;
    use crate::read::column;
    use crate::read::csv::Lexer;
    use crate::read::marks::Marks;
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
        books.fund_names.add("F1", FundId(0));
        (books, source)
    }

    /// Fields that are plain, and fields that only look so.
    fn row() -> impl Strategy<Value = String> {
        let one_of = |these: &'static [&'static str]| proptest::sample::select(these).prop_map(str::to_owned);
        // Mostly the first, so that rows in which nothing else is out of the ordinary follow one another.
        let any = |these: &'static [&'static str]| prop_oneof![4 => Just(these[0].to_owned()), 1 => one_of(these)];
        let date = any(&[
            "2015-01-02",
            "2015-02-30",
            "2015-1-2",
            "2015",
            "1899-12-31",
            "2199-12-31",
            "2200-01-01",
            "2015.01.02",
            "２015-01-0",
            "#015-01-02",
            " 2015-01-02",
            "\0\0\0\0\0\0\0\0\0\0",
            "합계",
        ]);
        let account = any(&["여비", "\"여비\"", "사무비/임차료", "사무비", "여 비", "합계", "계", "", "소계", "없음"]);
        let kind = one_of(&[
            "grant",
            "집행",
            "disbursement",
            "refund",
            "transfer",
            "correction",
            "commitment_release",
            "원인행위취소",
            "예비비",
            "Grant",
            "grant ",
            "disbursement_of_travel",
            "a kind that nobody has heard of",
            "",
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
            " \"\"",
            "a\"\"b\"\"\"",
            "\"가\n나\"",
            "\"가\r\n나, 다\"",
            "\"가\n1,2,3,4,5,6,7,8\"",
            "\"가\n1,2,3,4\"\",5,6,7,8\"",
        ]);
        let end = any(&["\n", "\n", "\r\n", "\r", ",\n", ""]);
        (
            date,
            account,
            kind,
            amount,
            any(&["", "", "P1", " "]),
            text.clone(),
            text,
            any(&["", "", "\"\"", "여비"]),
            end,
        )
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
            "2015-01-02,여비,grant,5,,1,5\" pipe,\n",
            "2015-01-02,여비,grant,5,, \"x\",\"c\"\"d\",\n",
        ] {
            let (lines, taken) = read(&books, source, row);
            assert_eq!((lines, taken.map(|taken| taken.next)), (1, Some(row.len())), "{row}");
        }
    }

    #[test]
    fn every_kind_has_a_place_of_its_own() {
        let words = Kind::ALL.into_iter().flat_map(|kind| [kind.word().id, kind.word().ko]);
        let mut places = words.map(|word| Kinds::place(&short(word, (0, word.len())).expect("no kind is longer")));
        let mut known = std::collections::HashSet::new();
        assert!(places.all(|place| known.insert(place)));
        assert_eq!(known.len(), 2 * Kind::ALL.len());
    }

    /// What was read before at the place of another word is not that word.
    #[test]
    fn kinds_are_known_by_all_that_is_written() {
        let mut kinds = Kinds::default();
        let word = |text: &str| short(text, (0, text.len())).expect("short");
        let nothing = ["", "\0", &"\0".repeat(24)].map(word);
        assert!(nothing.into_iter().all(|word| kinds.read(word, || None).is_none()));
        let (grant, kind) = (word("grant"), Some(Kind::Grant));
        assert_eq!(kinds.read(grant, || None), None);
        assert_eq!(kinds.read(grant, || kind), kind);
        assert_eq!(kinds.read(grant, || None), kind);
        let beside = [grant[0] ^ 1, grant[1] ^ 1, grant[2]];
        assert_eq!(Kinds::place(&beside), Kinds::place(&grant));
        assert_eq!(kinds.read(beside, || Some(Kind::Refund)), Some(Kind::Refund));
        assert_eq!(kinds.read(grant, || kind), kind);
    }

    /// Bytes that say nothing are no day, though no day was read before them.
    #[test]
    fn no_row_begins_with_a_day_that_was_never_read() {
        let (books, source) = books();
        for nothing in ["\0", "\u{1}", " ", "0"] {
            assert_eq!(read(&books, source, &format!("{},여비,grant,5,,,,\n", nothing.repeat(10))), (0, None));
        }
    }

    /// Everything that a line says.
    fn everything(line: &Line<'_>) -> String {
        let texts = (line.written(), line.reference(), line.of(), line.payee(), line.memo());
        format!("{:?} {texts:?}", Line { texts: &(), ..*line })
    }

    /// How many lines are made of a row the quick way, and what it takes.
    fn read(books: &Books, source: SourceId, row: &str) -> (usize, Option<Taken>) {
        let mut findings = Findings::default();
        let mut lexer = Lexer::new(source, Encoding::Utf8);
        lexer.takes(0, HEADER.as_bytes(), &mut findings);
        let header = column::header::<LineColumn>(&lexer.record(0), &mut findings).expect("it is one");
        let mut quick = Quick::new(Reader { books, unit: Unit::Won }, 8, &header);
        let (mut marks, mut lines) = (Marks::default(), 0);
        let ahead = marks.find(row.as_bytes(), 0);
        let taken = quick.line(row, 0, &ahead, Origin { source, at: 0 }, |_| lines += 1);
        (lines, taken)
    }

    /// Holds what is read the quick way of a text against what is read the plain way, row by row; how many rows of it went
    /// the quick way.
    fn either_way(text: &str) -> Result<usize, TestCaseError> {
        either_way_below(HEADER, text)
    }

    /// The same below another header.
    fn either_way_below(header: &str, text: &str) -> Result<usize, TestCaseError> {
        let (books, source) = books();
        let columns = header.split(',').count();
        let reader = Reader { books: &books, unit: Unit::Thousand };
        let mut lexer = Lexer::new(source, Encoding::Utf8);
        let mut findings = Findings::default();
        prop_assert!(lexer.takes(0, header.as_bytes(), &mut findings));
        let header = column::header::<LineColumn>(&lexer.record(0), &mut findings).expect("it is one");
        let mut lexer = Lexer::below(source, Encoding::Utf8, columns);
        let mut quick = Quick::new(reader, columns, &header);
        let (mut marks, mut rows) = (Marks::default(), 0);
        let mut ahead = marks.find(text.as_bytes(), 0);
        let mut cuts = Cuts { text: text.as_bytes(), start: 0, end: text.len() };
        loop {
            let start = cuts.start;
            if !ahead.pass_to(start) {
                ahead = marks.find(text.as_bytes(), start);
            }
            let origin = Origin { source, at: start as u64 };
            let mut said = None;
            let sink = |line: &Line<'_>| said = Some(everything(line));
            let taken = quick.line(text, start, &ahead, origin, sink);
            prop_assert_eq!(said.is_some(), taken.is_some());
            let Some((_, cut)) = cuts.next() else { return Ok(rows) };
            let Some(taken) = taken else { continue };
            rows += 1;
            prop_assert_eq!(taken.next, cuts.start);
            let before = ahead;
            ahead.pass_to(cuts.start);
            let passed = (before.ends.len() - ahead.ends.len(), before.turns.len() - ahead.turns.len());
            prop_assert_eq!((taken.marks.ends, taken.marks.turns), passed);
            let range = lexer.whole(start as u64, cut, &mut findings).expect("a row");
            let bytes = &cuts.text[range];
            prop_assert!(lexer.takes(start as u64, bytes, &mut findings));
            let record = lexer.record(start as u64);
            let spots = std::array::from_fn(|place| header.at(&record, place));
            let fields = Fields { origin, span: record.span(), spots };
            let plainly = reader.line(&fields, &mut findings).map(|line| everything(&line));
            prop_assert_eq!(said, plainly);
            prop_assert_eq!(findings.found(), 0);
        }
    }

    /// What a row says in quotes is its own, not what the row before it said.
    #[test]
    fn each_row_has_its_own_quotes_in_quotes() {
        let row = |reference: &str, memo: &str| format!("2015-01-02,여비,grant,5,,{reference},{memo},\n");
        let rows = [
            row("\"\"\"a\"\"\"", "\"b\"\"c\""),
            row("\"d\"\"e\"", "\"\"\"f\"\"\""),
            row("g", "\"h\""),
            row("\"i\"", "\"j\"\"\"\"\""),
        ];
        assert_eq!(either_way(&rows.concat()).expect("either way"), 4);
    }

    /// Tables without items, and with funds: known ones, none and others.
    #[test]
    fn lines_of_other_columns_go_the_quick_way() {
        let quick = |header: &str, rows: &[&str]| {
            let row = |more: &&str| format!("2015-01-02,여비,grant,5{more}\n");
            let text: String = rows.iter().map(row).collect();
            either_way_below(&format!("date,account,kind,amount{header}"), &text).expect("either way")
        };
        assert_eq!(quick("", &["", ""]), 2);
        assert_eq!(quick(",item", &[",", ",P1", ",P2", ", "]), 2);
        assert_eq!(quick(",fund", &[",", ",F1", ",\"F1\"", ",F2", ", "]), 3);
        assert_eq!(quick(",fund,item", &[",,", ",F1,P1", ",P1,F1", ",,P1", ",F1,"]), 4);
    }

    /// Behind quotes that hold more than a row may, rows are read as the plain reader cuts them, which goes on within: some
    /// of these have quotes of their own.
    #[test]
    fn rows_within_quotes_that_were_given_up_are_read_either_way() {
        let row = |memo: &str| format!("2015-01-02,여비,grant,5,,1,{memo},\n");
        let within = format!("{}{}", row("글"), row("\"\"나, 다\"\"")).repeat(1_000);
        assert!(within.len() > crate::read::split::MOST);
        let behind = row("\"가, 나\"").repeat(10);
        let text = format!("{}{}{behind}", row("글"), row(&format!("\"\n{within}\"")));
        // All but the one that was given up, and those within that are none.
        assert_eq!(either_way(&text).expect("either way"), 1 + 1_000 + 10);
        // One whose quotes are not sound costs those beside it in its blocks, and no more.
        let rows = row("\"가, 나\"").repeat(100);
        let text = format!("{rows}{}{rows}{}{rows}", row("\"가\"나"), row("\"가"));
        assert!(either_way(&text).expect("either way") >= 296);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]
        /// What is read the quick way is the line that is read the plain way, of the same bytes, with no finding.
        #[test]
        fn a_plain_row_is_the_same_line_either_way(rows in proptest::collection::vec(row(), 1..8)) {
            either_way(&rows.concat())?;
        }
    }
}
