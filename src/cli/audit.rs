//! `audit`: printed figures held to account, of a year's documents or of any published table.

use super::flags::{self, PaperArgs, Shared};
use super::reading::{self, Opened};
use super::{Outcome, Report, Trouble, Verdict, progress};
use crate::audit::{self, Audit, Audited, Matter, NoTable, understood};
use crate::ledger::Books;
use crate::money::Unit;
use crate::read;
use crate::report::{self, Detail};
use crate::source::Encoding;
use crate::tally::Tally;
use crate::words::Text;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("audit.md")))]
pub(super) struct Args {
    /// A fiscal year of the book, or a CSV file with a published table
    what: Option<String>,

    /// Of a file: the unit of its amounts, such as 천원 or million; else what the table prints
    #[arg(long, value_name = "UNIT", value_parser = flags::unit)]
    unit: Option<Unit>,

    /// Of a file: how it is encoded, such as cp949; else what it looks like
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,

    /// Every figure and every sum besides
    #[arg(long, short)]
    verbose: bool,

    /// The format: table, markdown, csv, json, html, xlsx, pdf or hwpx
    #[arg(long, short, value_name = "FORMAT", value_parser = flags::format)]
    format: Option<crate::render::Format>,

    /// Show what could be read though lines were refused; the table says so
    #[arg(long)]
    allow_findings: bool,
}

fn encoding(text: &str) -> Result<Encoding, String> {
    Encoding::parse(text).ok_or_else(|| "utf-8, cp949, utf-16le or utf-16be".to_owned())
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let paper = PaperArgs { unit: None, exact: true, format: args.format, allow_findings: args.allow_findings };
    let detail = if args.verbose { Detail::Everything } else { Detail::Matters };
    let year = args.what.as_deref().map(str::parse::<i32>);
    match (&args.what, year) {
        (Some(file), Some(Err(_))) => of_file(Path::new(file), args, &paper, detail, shared),
        // A number may be the name of a file, too, if it is no year of the book.
        (Some(file), Some(Ok(number))) if !is_year(number, shared) && Path::new(file).is_file() => {
            of_file(Path::new(file), args, &paper, detail, shared)
        }
        (_, year) => {
            let mut opened = reading::open(year.and_then(Result::ok), "audit", shared)?;
            if args.unit.is_some() || args.encoding.is_some() {
                return Err(of_files_only(&opened.books).into());
            }
            let Opened { books, findings } = &mut opened;
            let tally = reading::lines(books, findings, shared, || Tally::new(books))?;
            let audit = progress::auditing(books, shared, || Audit::of(books, &tally));
            let verdict = verdict(&audit::matters(&audit));
            let page = report::audit(books, &audit, detail);
            Ok(judged(reading::report(vec![opened], &paper, shared, Ok(page))?, verdict))
        }
    }
}

fn is_year(number: i32, shared: &Shared) -> bool {
    read::years(&shared.book_folder()).is_ok_and(|years| years.contains(&number))
}

fn of_file(file: &Path, args: &Args, paper: &PaperArgs, detail: Detail, shared: &Shared) -> anyhow::Result<Outcome> {
    let (published, sources, findings) = read::published(file, args.encoding)?;
    let mut books = Books::empty(0, sources);
    books.year.presentation.language = shared.early_lang();
    let mut verdict = Verdict::Right;
    let page = match understood(&published, args.unit) {
        Ok(tables) => {
            let audited = tables.into_iter().map(|understood| {
                let exact = vec![false; understood.sheet.columns.len()];
                let table = Audited::of(understood.sheet.clone(), exact);
                (understood, table)
            });
            let tables: Vec<_> = audited.collect();
            let matters: Vec<_> = tables.iter().flat_map(|(_, table)| audit::of_table(table, None)).collect();
            verdict = self::verdict(&matters);
            Ok(report::audit_tables(&books, &tables, detail))
        }
        Err(why) => Err(no_table(file, why).into()),
    };
    Ok(judged(reading::report(vec![Opened { books, findings }], paper, shared, page)?, verdict))
}

/// Whether anything is beyond rounding.
fn verdict(matters: &[Matter]) -> Verdict {
    if report::beyond_rounding(matters) > 0 { Verdict::Wrong } else { Verdict::Right }
}

/// A report with its verdict, which the exit status tells.
fn judged(outcome: Outcome, verdict: Verdict) -> Outcome {
    match outcome {
        // What is not shown is not judged.
        Outcome::Report(report) if report.page.is_some() => Outcome::Report(Box::new(Report { verdict, ..*report })),
        other => other,
    }
}

fn of_files_only(books: &Books) -> Trouble {
    Trouble::in_book(
        books,
        Text::new("`--unit`과 `--encoding`은 파일의 것임", "`--unit` and `--encoding` are of files"),
        Text::new(
            "장부의 인쇄값은 year.toml에 단위와 인코딩을 적음",
            "printed figures of a book have their unit and encoding in year.toml",
        ),
    )
}

fn no_table(file: &Path, why: NoTable) -> Trouble {
    let name = file.display();
    let (message, way_out) = match why {
        NoTable::Empty => (
            Text::new(format!("빈 파일: `{name}`"), format!("the file is empty: `{name}`")),
            Text::new("표를 CSV로 옮겨 적을 것", "copy the table into it as CSV"),
        ),
        NoTable::NoFigures => (
            Text::new(
                format!("이름 옆에 숫자가 있는 줄이 없음: `{name}`"),
                format!("no row has figures beside a name: `{name}`"),
            ),
            Text::new(
                "쉼표로 나눈 표인지 볼 것. 숫자에 든 쉼표는 따옴표로 묶을 것: `\"1,234\"`",
                "see whether it is separated by commas; figures with commas in them are quoted: `\"1,234\"`",
            ),
        ),
        NoTable::NoHeading => (
            Text::new(
                format!("숫자 위에 제목 줄이 없음: `{name}`"),
                format!("no heading stands above the figures: `{name}`"),
            ),
            Text::new("첫 줄에 열의 제목을 둘 것", "put the headings of the columns into the first row"),
        ),
        NoTable::TooFine => (
            Text::new(
                format!("숫자가 이 단위로 다루기에 너무 크거나 잘다: `{name}`"),
                format!("its figures are too large or too fine in this unit: `{name}`"),
            ),
            Text::new("`--unit`을 볼 것", "see `--unit`"),
        ),
    };
    Trouble { message, way_out, lang: None }
}
