//! How long the parts of a settlement take, and the whole: `cargo bench`.
//!
//! Books are made up anew for each run, the same each time. How the whole command compares with other programs is in
//! `README.md`, under Speed.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;
use tempfile::TempDir;
use wego_ledger::ledger::{AccountId, Accounts, Books, Date, Kind, Line, Sink};
use wego_ledger::money::{Money, Signs, Unit, parse};
use wego_ledger::read;
use wego_ledger::render::{self, Format, Made, Style};
use wego_ledger::report::{Layout, Settlement};
use wego_ledger::source::{Origin, Source, Sources};
use wego_ledger::table::Page;
use wego_ledger::tally::Tally;

fn main() {
    divan::main();
}

/// How many lines the books of lines have.
const LINES: usize = 200_000;
/// How many accounts with nothing below them; ten stand under each of the accounts above.
const LEAVES: usize = 1_000;

/// A book of a year in a folder of its own.
struct Book(TempDir);

impl Book {
    fn of(leaves: usize, lines: &str) -> Book {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("2025")).expect("a folder");
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        put("book.toml", "[book]\nentity = { ko = \"단체\", en = \"Body\" }\nlanguage = \"ko\"\n");
        let mut year =
            "[year]\nfiscal_year = 2025\nrate_basis = \"granted\"\n[files]\naccount_lines = [\"lines.csv\"]\n"
                .to_owned();
        for n in 0..leaves {
            if n % 10 == 0 {
                write!(year, "[[account]]\npath = \"{}\"\n", above(n)).expect("memory");
            }
            write!(year, "[[account]]\npath = \"{}\"\n", leaf(n)).expect("memory");
        }
        put("2025/year.toml", &year);
        put("2025/lines.csv", lines);
        Book(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn open(&self) -> Books {
        let (books, findings) = read::open(self.path(), 2025).expect("the book can be read");
        assert!(findings.is_empty());
        books
    }
}

fn above(n: usize) -> String {
    format!("사무관리비{}", n / 10)
}

fn leaf(n: usize) -> String {
    format!("{}/일반수용비{n}", above(n))
}

/// Lines of a year, in the order of days, spread over accounts: mostly payments, some amounts grouped, some memos quoted.
fn lines(count: usize, leaves: usize) -> String {
    let mut text = "date,account,kind,amount,ref,memo\n".to_owned();
    // A multiplicative generator, so that accounts do not come in turn.
    let mut seed = 1_u64;
    for n in 0..count {
        seed = seed * 48_271 % 0x7fff_ffff;
        let some = usize::try_from(seed).expect("31 bits");
        let kind = if some % 20 == 0 { "grant" } else { "disbursement" };
        let amount = match some % 30 {
            0 => format!("\"{},500\"", some % 900 + 1),
            1 => format!("{}.25", some % 100_000),
            _ => (some % 100_000_000).to_string(),
        };
        let memo =
            if some % 25 == 0 { "\"회의비, \"\"식사\"\" 포함\"" } else { "하반기 홍보물 제작 계약" };
        let (month, day) = (n * 12 / count + 1, n * 336 / count % 28 + 1);
        writeln!(text, "2025-{month:02}-{day:02},{},{kind},{amount},V{n:08},{memo}", leaf(some % leaves))
            .expect("memory");
    }
    text
}

/// Counts lines, and does nothing with them.
struct Count(u64);

impl Sink for Count {
    fn line(&mut self, _: &Line<'_>) {
        self.0 += 1;
    }
    fn merge(&mut self, other: Count) {
        self.0 += other.0;
    }
}

/// Amounts as people write them.
#[divan::bench]
fn parse_amounts(bencher: Bencher<'_, '_>) {
    let amounts = ["130,200", "9,999.95", "622212289", "1,234,500원", "0.5", "862.7"];
    bencher.counter(ItemsCount::new(amounts.len())).bench(|| {
        for amount in amounts {
            black_box(parse(black_box(amount), Unit::Won, Signs::Refused)).expect("an amount");
        }
    });
}

/// From bytes to lines that nobody takes, with so many workers.
#[divan::bench(args = [1, 2], sample_count = 20)]
fn read_rows(bencher: Bencher<'_, '_>, jobs: usize) {
    let text = lines(LINES, LEAVES);
    let book = Book::of(LEAVES, &text);
    let (books, jobs) = (book.open(), NonZeroUsize::new(jobs).expect("one at least"));
    bencher.counter(ItemsCount::new(LINES)).counter(BytesCount::new(text.len())).bench(|| {
        let (count, findings) = read::lines(&books, jobs, || Count(0)).expect("lines can be read");
        assert!(count.0 == LINES as u64 && findings.is_empty());
    });
}

/// From lines to sums.
#[divan::bench]
fn tally_lines(bencher: Bencher<'_, '_>) {
    const MANY: usize = 10_000;
    let mut sources = Sources::default();
    let source = sources.add(Source::file(Path::new("lines.csv")));
    let mut accounts = Accounts::default();
    let ids: Vec<AccountId> = (0..LEAVES).map(|n| accounts.enter(&format!("a{n}"), None).expect("new")).collect();
    let books = Books { accounts, ..Books::empty(2025, sources) };
    let line = |n: usize| Line {
        origin: Origin { source, at: n as u64 },
        date: Date::day(2025, 1, 2).expect("a day"),
        account: ids[n * 7_919 % LEAVES],
        other: None,
        kind: Kind::Disbursement,
        corrects: None,
        amount: Money::from_won(1_000),
        item: None,
        fund: None,
        subtype: None,
        texts: &(),
    };
    let all: Vec<Line<'_>> = (0..MANY).map(line).collect();
    bencher.counter(ItemsCount::new(MANY)).bench_local(|| {
        let mut tally = Tally::new(&books);
        all.iter().for_each(|line| tally.line(line));
        tally
    });
}

/// The page of a settlement, made of an opened book.
fn page(books: &Books, jobs: NonZeroUsize) -> Page {
    let (tally, findings) = read::lines(books, jobs, || Tally::new(books)).expect("lines can be read");
    assert!(findings.is_empty());
    Settlement::of(books, &tally).page(&Layout::of(&books.year.presentation))
}

fn written(books: &Books, page: &Page, format: Format) -> Vec<u8> {
    let (mut bytes, style) = (Vec::new(), Style::plain(&books.year.presentation));
    let made = Made { page, books: &[books], lines: &[] };
    render::write(&made, format, &style, &mut bytes).expect("memory can be written");
    bytes
}

/// A whole settlement: the book opened, its lines read, the table written.
#[divan::bench(args = [1, 2], sample_count = 20)]
fn settle(bencher: Bencher<'_, '_>, jobs: usize) {
    let text = lines(LINES, LEAVES);
    let book = Book::of(LEAVES, &text);
    let jobs = NonZeroUsize::new(jobs).expect("one at least");
    bencher.counter(ItemsCount::new(LINES)).counter(BytesCount::new(text.len())).bench(|| {
        let books = book.open();
        written(&books, &page(&books, jobs), Format::Csv)
    });
}

/// A table of ten thousand rows in a format.
#[divan::bench(args = ["table", "markdown", "csv", "json", "html", "xlsx", "pdf", "hwpx"], sample_count = 3)]
fn render_rows(bencher: Bencher<'_, '_>, format: &str) {
    const ROWS: usize = 10_000;
    let format = Format::ALL.into_iter().find(|one| one.name() == format).expect("one of them");
    let leaves = ROWS * 10 / 11;
    let book = Book::of(leaves, &lines(leaves, leaves));
    let books = book.open();
    let page = page(&books, NonZeroUsize::MIN);
    bencher.counter(ItemsCount::new(ROWS)).bench(|| written(&books, &page, format));
}
