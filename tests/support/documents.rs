//! Hard books for every format of documents, and every page of the books that are kept here.

use super::{Book, Everything, SOUND, root};
use std::num::NonZeroUsize;
use wego_ledger::ledger::Books;
use wego_ledger::read;
use wego_ledger::render::{self, Format, Made, Style};
use wego_ledger::report::{self, Behind};
use wego_ledger::table::{Lines, Page};
use wego_ledger::words::{Lang, Text};

/// Names that some format takes for something else than a name.
pub(crate) const HARD_NAMES: [&str; 14] = [
    "=1+1",
    "<script>alert(1)<b>",
    "R&D \"인용\" 'x' `y` | z \\ {0} {",
    "A",
    "a",
    "0101",
    "101",
    "*",
    ">5",
    "@SUM(A1)",
    "-1",
    "]]> &amp; &#x41; %41",
    "e\u{0301}\u{1112}\u{1161}\u{11ab} 計 😀",
    "여비",
];

/// A book that is hard to write down, with the name of what is hard about it.
pub(crate) struct Hard {
    pub(crate) name: &'static str,
    /// Kept, as its files are read again for places.
    pub(crate) book: Book,
    pub(crate) read: Everything,
}

impl Hard {
    fn of(name: &'static str, chart: &[&str], lines: &str) -> Hard {
        let book = Book::of(chart, format!("date,account,kind,amount,to,ref,memo\n{lines}"));
        let read = book.read();
        let said: Vec<_> = read.findings.iter().map(|finding| (finding.code.id, &finding.message.en)).collect();
        assert!(said.is_empty(), "{name}: {said:?}");
        Hard { name, book, read }
    }
}

/// Every hard book.
pub(crate) fn hard() -> Vec<Hard> {
    vec![names(), deep(), long(3_000), huge(), empty()]
}

/// Names and memos full of marks, and one of 200 characters.
pub(crate) fn names() -> Hard {
    let long_name = "가나다라마바사아자차".repeat(20);
    let solid = "x".repeat(200);
    let mut chart: Vec<&str> = HARD_NAMES.to_vec();
    chart.extend([long_name.as_str(), solid.as_str()]);
    let mut lines = String::new();
    for (n, name) in chart.iter().enumerate() {
        let quoted = name.replace('"', "\"\"");
        let memo = format!("\"{quoted}\n둘째 줄\"");
        lines.push_str(&format!("2025-01-{:02},\"{quoted}\",budget,{},,,{memo}\n", n + 1, 1_000_000 + n));
        lines.push_str(&format!("2025-02-{:02},\"{quoted}\",grant,{},,,\n", n + 1, 900_000 + n));
        lines.push_str(&format!(
            "2025-03-{:02},\"{quoted}\",disbursement,{},,V-{n},{memo}\n",
            n + 1,
            450_001 * (n + 1)
        ));
    }
    let escaped: Vec<String> = chart.iter().map(|name| name.replace('\\', "\\\\").replace('"', "\\\"")).collect();
    let escaped: Vec<&str> = escaped.iter().map(String::as_str).collect();
    Hard::of("names", &escaped, &lines)
}

/// Twelve levels, with siblings on each.
pub(crate) fn deep() -> Hard {
    let mut chart = Vec::new();
    let mut path = String::new();
    let mut lines = String::new();
    for level in 1..=12 {
        if level > 1 {
            path.push('/');
        }
        path.push_str(&format!("{level}단계 과목"));
        chart.push(path.clone());
        if level < 12 {
            chart.push(format!("{path}/곁 {level}"));
            lines.push_str(&format!("2025-01-05,{path}/곁 {level},budget,{},,,\n", 10_000 * level));
        }
    }
    // Parents stand before their children; a sibling stands right behind its parent.
    lines.push_str(&format!("2025-01-05,{path},budget,12345678,,,\n2025-06-01,{path},disbursement,1234567,,,\n"));
    lines.push_str("2025-01-06,계,grant,12000000,,,\n");
    let chart: Vec<&str> = chart.iter().map(String::as_str).collect();
    Hard::of("deep", &chart, &lines)
}

/// So many accounts below thirty.
pub(crate) fn long(rows: usize) -> Hard {
    let mut chart = Vec::new();
    let mut lines = String::new();
    for n in 0..rows {
        if n % 100 == 0 {
            chart.push(format!("{:03} 부문", n / 100));
        }
        let path = format!("{:03} 부문/{n:05} 과목", n / 100);
        lines.push_str(&format!("2025-01-05,{path},budget,{},,,\n", 1_000_000 + 1_003 * n));
        lines.push_str(&format!("2025-02-05,{path},grant,{},,,\n", 900_000 + 1_001 * n));
        lines.push_str(&format!("2025-11-05,{path},disbursement,{},,V{n},\n", 800_000 + 997 * n));
        chart.push(path);
    }
    let chart: Vec<&str> = chart.iter().map(String::as_str).collect();
    Hard::of("long", &chart, &lines)
}

/// The largest amounts that are read, amounts below a won, and negative ones.
pub(crate) fn huge() -> Hard {
    let lines = "2025-01-05,큰 과목,budget,1000000000000000,,,\n\
                 2025-01-06,큰 과목,budget,999999999999999,,,\n\
                 2025-02-01,큰 과목,grant,1000000000000000,,,\n\
                 2025-03-01,큰 과목,disbursement,999999999999999.9999,,,\n\
                 2025-01-05,넘친 과목,budget,1000,,,\n\
                 2025-02-01,넘친 과목,grant,1000,,,\n\
                 2025-03-01,넘친 과목,disbursement,1234567890,,,\n\
                 2025-01-05,잔 과목,budget,0.5,,,\n\
                 2025-02-01,잔 과목,grant,0.5,,,\n\
                 2025-03-01,잔 과목,disbursement,0.4999,,,\n\
                 2025-04-01,넘친 과목,transfer,400,잔 과목,,\n\
                 2025-05-01,잔 과목,supplement,-100000,,,\n";
    Hard::of("huge", &["큰 과목", "넘친 과목", "잔 과목", "빈 과목"], lines)
}

/// A year with a chart and no line.
pub(crate) fn empty() -> Hard {
    Hard::of("empty", &["인건비", "여비"], "")
}

/// The lines of a book, as a page carries them along.
pub(crate) fn lines_of(books: &Books) -> Lines {
    let (behind, _) = read::lines(books, NonZeroUsize::MIN, || Behind::new(books)).expect("its lines can be read");
    behind.lines().expect("places can be told")
}

/// Writes a page of one book in a format and a language; gives the bytes and what could not be shown.
pub(crate) fn written(page: &Page, books: &Books, format: Format, lang: Lang) -> (Vec<u8>, Vec<Text>) {
    let lines = if format.wants_lines() { vec![lines_of(books)] } else { Vec::new() };
    let made = Made { page, books: &[books], lines: &lines };
    let style = Style { lang, ..Style::plain(&books.year.presentation) };
    let mut bytes = Vec::new();
    let unshown = render::write(&made, format, &style, &mut bytes).expect("the page can be written");
    (bytes, unshown)
}

/// Every report of every sound book that is kept here, each with a name for its files.
pub(crate) fn every_page(mut see: impl FnMut(&str, &Page, &Books)) {
    for (folder, year) in SOUND {
        let read = Everything::of(&root().join(folder), year, 1);
        for (name, make) in report::ALL {
            let name = format!("{}-{year}-{name}", folder.replace('/', "-"));
            see(&name, &make(read.books, &read.tally), read.books);
        }
    }
}

/// The settlement and the other main reports of every hard book.
pub(crate) fn every_hard_page(mut see: impl FnMut(&str, &Page, &Books)) {
    for Hard { name, read, book: _book } in hard() {
        for (report, make) in report::ALL
            .iter()
            .filter(|(report, _)| ["settlement", "closing", "diff-by-account", "status", "return"].contains(report))
        {
            see(&format!("{name}-{report}"), &make(read.books, &read.tally), read.books);
        }
    }
}
