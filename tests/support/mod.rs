//! Books made in one line, and what reading them gives.
#![allow(dead_code, reason = "each test uses its own part of it")]

pub(crate) mod documents;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use wego_ledger::check::{self, Beside};
use wego_ledger::finding::{Finding, Findings};
use wego_ledger::ledger::{Books, Line, Sink};
use wego_ledger::read;
use wego_ledger::render::{self, Format, Made, Style};
use wego_ledger::report::{Layout, Settlement};
use wego_ledger::table::{Page, Table};
use wego_ledger::tally::Tally;

/// The folder of the crate.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sound books that are kept here, and their years.
pub(crate) const SOUND: [(&str, i32); 7] = [
    ("data", 2015),
    ("data", 2016),
    ("fixtures/small", 2025),
    ("fixtures/won", 2024),
    ("fixtures/funds", 2022),
    ("fixtures/funds", 2023),
    ("fixtures/deposit", 2024),
];

/// A book in a folder of its own, which goes when it does.
pub(crate) struct Book {
    folder: tempfile::TempDir,
}

/// The chart that made-up books have unless they bring their own.
pub(crate) const CHART: [&str; 5] =
    ["인건비", "사무관리비", "사무관리비/임차료·일반수용비", "사무관리비/사업비", "여비"];

impl Book {
    /// A book of 2025 in won, with `[[account]]` tables for a chart and one file of lines.
    pub(crate) fn of(chart: &[&str], lines: impl AsRef<[u8]>) -> Book {
        let accounts: String = chart.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
        Book::with(
            &format!("[files]\naccount_lines = [\"lines.csv\"]\n{accounts}"),
            &[("2025/lines.csv", lines.as_ref())],
        )
    }

    /// A book of 2025 with the rest of its `year.toml` and its files.
    pub(crate) fn with(year: &str, files: &[(&str, &[u8])]) -> Book {
        let book = Book { folder: tempfile::tempdir().expect("a temporary folder") };
        book.put(
            "book.toml",
            b"[book]\nentity = { ko = \"\xEB\x8B\xA8\xEC\xB2\xB4\", en = \"Body\" }\nlanguage = \"ko\"\n",
        );
        let head = "[year]\nfiscal_year = 2025\nrate_basis = \"granted\"\n";
        book.put("2025/year.toml", format!("{head}{year}").as_bytes());
        for (name, bytes) in files {
            book.put(name, bytes);
        }
        book
    }

    /// Writes one more file.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
        std::fs::write(path, bytes).expect("files can be written");
    }

    /// Its folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Everything of it.
    pub(crate) fn read(&self) -> Everything {
        Everything::of(self.path(), 2025, 1)
    }
}

/// A year read whole.
pub(crate) struct Everything {
    /// Kept to the end of the test, as its tally speaks of it.
    pub(crate) books: &'static Books,
    pub(crate) tally: Tally<'static>,
    pub(crate) findings: Findings,
}

impl Everything {
    /// Reads a year with so many workers.
    pub(crate) fn of(book: &Path, year: i32, jobs: usize) -> Everything {
        let (books, mut findings) = read::open(book, year).expect("the book can be opened");
        let books: &'static Books = Box::leak(Box::new(books));
        let jobs = NonZeroUsize::new(jobs).expect("at least one");
        let (tally, found) = read::lines(books, jobs, || Tally::of_everything(books)).expect("its lines can be read");
        findings.merge(found);
        findings.sort();
        Everything { books, tally, findings }
    }

    /// The codes of what was found, in order of place.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|finding| finding.code.id).collect()
    }

    /// The settlement as the year's presentation has it.
    pub(crate) fn page(&self) -> Page {
        Settlement::of(self.books, &self.tally).page(&Layout::of(&self.books.year.presentation))
    }

    /// The settlement in a format, plainly.
    pub(crate) fn rendered(&self, format: Format) -> String {
        rendered(&self.page(), self.books, format)
    }
}

/// A year that every rule looked at, as `check` does it.
pub(crate) struct Checked {
    /// Kept to the end of the test, as what rules looked at speaks of them.
    pub(crate) books: &'static Books,
    pub(crate) findings: Findings,
    pub(crate) waited: Vec<&'static str>,
    pub(crate) coarse: u64,
}

impl Checked {
    /// The codes of what was found and is not accepted, in order of place.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        let open = self.findings.iter().filter(|finding| finding.accepted.is_none());
        open.map(|finding| finding.code.id).collect()
    }

    /// Everything that was found, as one may compare it.
    pub(crate) fn said(&self) -> Vec<String> {
        let said = |finding: &Finding| {
            let about = finding.about.clone().unwrap_or_default();
            format!("{} {} {about}: {}", finding.code.id, finding.severity.word().id, finding.message.en)
        };
        self.findings.iter().map(said).collect()
    }
}

/// Checks every year of a book with so many workers, each beside the one before it, if that is in the book.
pub(crate) fn check_years(book: &Path, jobs: usize) -> Vec<Checked> {
    let jobs = NonZeroUsize::new(jobs).expect("at least one");
    let mut ran: Vec<(Beside, check::Ran<'static>)> = Vec::new();
    for year in read::years(book).expect("the book has years") {
        let (books, findings) = read::open(book, year).expect("the book can be opened");
        let books: &'static Books = Box::leak(Box::new(books));
        let mut year = check::check(books, findings, jobs, None).expect("its lines can be read");
        let number = books.year.fiscal_year;
        let before = ran.last().filter(|(_, earlier)| earlier.looked.books.year.fiscal_year + 1 == number);
        let beside = if let Some((_, earlier)) = before {
            check::between(earlier, &mut year);
            Beside::TheYearBefore
        } else {
            Beside::Nothing
        };
        ran.push((beside, year));
    }
    let settled = ran.into_iter().map(|(beside, check::Ran { looked, mut findings, waited, coarse })| {
        read::locate(looked.books, &mut findings, u64::MAX).expect("lines can be read again");
        check::settle(looked.books, &mut findings, &waited, beside).expect("places can be told");
        findings.sort();
        let waited = waited.iter().map(|waited| waited.code.id).collect();
        Checked { books: looked.books, findings, waited, coarse }
    });
    settled.collect()
}

/// A page in a format, plainly.
pub(crate) fn rendered(page: &Page, books: &Books, format: Format) -> String {
    let mut bytes = Vec::new();
    let style = Style::plain(&books.year.presentation);
    let made = Made { page, books: &[books], lines: &[] };
    render::write(&made, format, &style, &mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("pages are UTF-8")
}

/// The only table of a page.
pub(crate) fn table(page: &Page) -> &Table {
    page.tables().next().expect("the page has a table")
}

/// A sink of closures, for tests that want to see lines.
pub(crate) struct Each<F>(pub(crate) F);

impl<F: FnMut(&Line<'_>) + Send> Sink for Each<F> {
    fn line(&mut self, line: &Line<'_>) {
        (self.0)(line);
    }
    fn merge(&mut self, _: Self) {}
}

/// Every file below a folder with one of the endings.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().expect("a folder can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
