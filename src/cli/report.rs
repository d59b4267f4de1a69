//! `report`: the whole report of a year, as a council gets it.

use super::flags::{self, Shared};
use super::reading::{self, Opened};
use super::{Outcome, Trouble, progress};
use crate::check::{self, Beside};
use crate::finding::{CheckedYear, Findings};
use crate::ledger::{Books, Day};
use crate::read;
use crate::report::{self, Checks, Contents, Reported};
use crate::tally::{Axis, Tally};
use crate::words::Text;

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("report.md")))]
pub(super) struct Args {
    /// The fiscal year; without it, the years of the book are named
    year: Option<i32>,

    /// The sections in order, by name, instead of those that the book declares
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    sections: Vec<String>,

    /// Only what had come by the end of this day
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    as_of: Option<Day>,

    #[command(flatten)]
    paper: flags::PaperArgs,
}

/// How many findings of a rule the appendix tells; the rest are counted.
const MOST: u64 = 100;

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut year = reading::open(args.year, "report", shared)?;
    let contents = contents(args, &year.books)?;
    let mut before = before(&contents, &year.books, shared)?;
    let [checks, checks_before] = match contents.has("appendix") {
        true => checks(args, &year, before.as_ref(), shared)?,
        false => [None, None],
    };
    let own = Added::of(&mut year, args.as_of, shared)?;
    let earlier = before.as_mut().map(|before| Added::of(before, args.as_of, shared)).transpose()?;
    let page = report::council(
        own.reported(checks.as_ref()),
        earlier.as_ref().map(|added| added.reported(checks_before.as_ref())),
        &contents,
        args.paper.paper(&own.books.year.presentation),
    );
    let opened = std::iter::once(year).chain(before).collect();
    reading::report(opened, &args.paper, shared, Ok(page))
}

/// The sections that were asked for, else those of the book.
fn contents(args: &Args, books: &Books) -> anyhow::Result<Contents> {
    if args.sections.is_empty() {
        return Ok(Contents::of(books));
    }
    Contents::named(books, &args.sections).map_err(|(name, way_out)| {
        let message = Text::new(format!("쓸 수 없는 절: `{name}`"), format!("this cannot be a section: `{name}`"));
        Trouble::in_book(books, message, way_out).into()
    })
}

/// The year before, where a section needs it and the book has it.
fn before(contents: &Contents, books: &Books, shared: &Shared) -> anyhow::Result<Option<Opened>> {
    let folder = shared.book_folder();
    let number = books.year.fiscal_year - 1;
    let wanted = contents.needs_the_year_before() && read::years(&folder)?.contains(&number);
    wanted.then(|| reading::open_in(&folder, number, shared)).transpose()
}

/// A year's sums: as of the day that was asked for, and of all of it, which printed figures are held against.
struct Added<'b> {
    books: &'b Books,
    tally: Tally<'b>,
    whole: Option<Tally<'b>>,
}

impl<'b> Added<'b> {
    fn of(opened: &'b mut Opened, as_of: Option<Day>, shared: &Shared) -> anyhow::Result<Added<'b>> {
        let Opened { books, findings } = opened;
        let books: &'b Books = books;
        let tally = || Tally::new(books).as_of(as_of).by(Axis::Item).by(Axis::Fund);
        let tally = reading::lines(books, findings, shared, tally)?;
        let again = || reading::again(books, shared, || Tally::new(books));
        let whole = as_of.map(|_| again()).transpose()?;
        Ok(Added { books, tally, whole })
    }

    fn reported<'t>(&'t self, checks: Option<&'t Checks>) -> Reported<'b, 't> {
        let printed = self.whole.as_ref().unwrap_or(&self.tally);
        Reported { books: self.books, tally: &self.tally, printed, checks }
    }
}

/// What a check says of the year and of the one before, each beside the other.
fn checks(args: &Args, year: &Opened, before: Option<&Opened>, shared: &Shared) -> anyhow::Result<[Option<Checks>; 2]> {
    let mut own = checked(args, year, shared)?;
    let Some(before) = before else { return Ok([Some(told(own, Beside::Nothing)?), None]) };
    let earlier = checked(args, before, shared)?;
    check::between(&earlier, &mut own);
    Ok([Some(told(own, Beside::TheYearBefore)?), Some(told(earlier, Beside::Nothing)?)])
}

fn checked<'b>(args: &Args, year: &'b Opened, shared: &Shared) -> Result<check::Ran<'b>, read::Error> {
    let Opened { books, findings } = year;
    progress::reading(books, shared, || check::check(books, findings.clone(), shared.jobs(), args.as_of))
}

/// What a check found, graded as the year says, with its places.
fn told(ran: check::Ran<'_>, beside: Beside) -> anyhow::Result<Checks> {
    let check::Ran { looked, mut findings, waited, coarse } = ran;
    let books = looked.books;
    read::locate(books, &mut findings, MOST)?;
    check::settle(books, &mut findings, &waited, beside)?;
    findings.sort();
    findings.shorten(MOST);
    let places = places(books, &findings)?;
    let year = CheckedYear { waited, coarse, ..CheckedYear::of(books.year.fiscal_year, &findings) };
    Ok(Checks::of(year, &findings, &places))
}

/// The file and the line of each finding.
fn places(books: &Books, findings: &Findings) -> anyhow::Result<Vec<String>> {
    let spans: Vec<_> = findings.iter().map(|finding| finding.span).collect();
    let places = books.sources.places(&spans)?;
    Ok(places.into_iter().map(|place| format!("{}:{}", place.path, place.line)).collect())
}
