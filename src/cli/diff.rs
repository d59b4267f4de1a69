//! `diff`: plan against execution, year against year, last week's book against this one.

use super::flags::{self, Shared};
use super::reading::{self, Opened};
use super::{Outcome, Trouble, progress};
use crate::ledger::{Books, Term};
use crate::read;
use crate::report::{self, By, Choice, Only, Order, Prints, Side, State, Wanted};
use crate::source::{GitError, Revision, Tree};
use crate::tally::{Axis, Tally};
use crate::words::{Lang, Text, did_you_mean};
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("diff.md")))]
pub(super) struct Args {
    /// The fiscal year; without it, the years of the book are named
    year: Option<i32>,

    /// A second year: hold it against the first, by account and by program
    #[arg(conflicts_with_all = ["by", "sort", "only"])]
    later: Option<i32>,

    /// Of two years, which amounts of accounts are held against each other: budget, disbursed …
    #[arg(long, value_name = "COLUMN", requires = "later")]
    measure: Option<String>,

    /// What changed since an earlier state of the book: a git revision, or another folder
    #[arg(long, value_name = "REV|DIR", conflicts_with_all = ["later", "by", "sort", "only"])]
    from: Option<String>,

    /// What rows are made of: item, account, task, program or fund
    #[arg(long, value_name = "WHAT", default_value = "item", value_parser = by)]
    by: By,

    /// Put rows in order, the largest first: planned, disbursed, difference or rate
    #[arg(long, value_name = "COLUMN", value_parser = order)]
    sort: Option<Order>,

    /// Show only such rows: no-spending, unplanned, over or under
    #[arg(long, value_name = "WHICH", value_parser = only)]
    only: Option<Only>,

    #[command(flatten)]
    paper: flags::PaperArgs,
}

fn by(text: &str) -> Result<By, String> {
    named(text, &By::ALL)
}

fn order(text: &str) -> Result<Order, String> {
    named(text, &Order::ALL)
}

fn only(text: &str) -> Result<Only, String> {
    named(text, &Only::ALL)
}

fn named<T: Copy>(text: &str, all: &[(T, &'static str)]) -> Result<T, String> {
    let found = all.iter().find(|(_, name)| *name == text).map(|(thing, _)| *thing);
    let names: Vec<&str> = all.iter().map(|(_, name)| *name).collect();
    found.ok_or_else(|| did_you_mean(text, &names).en.into())
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut opened = reading::open(args.year, "diff", shared)?;
    if let Some(later) = args.later {
        return two_years(args, opened, later, shared);
    }
    if let Some(from) = &args.from {
        return since(args, opened, from, shared);
    }
    let Opened { books, findings } = &mut opened;
    let tally = reading::lines(books, findings, shared, || Tally::new(books).by(Axis::Item).by(Axis::Fund))?;
    let choice = Choice { by: args.by, order: args.sort, only: args.only };
    let page = report::diff(books, &tally, choice, args.paper.paper(&books.year.presentation));
    reading::report(vec![opened], &args.paper, shared, Ok(page))
}

/// One year against another.
fn two_years(args: &Args, mut earlier: Opened, later: i32, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut later = reading::open_in(&shared.book_folder(), later, shared)?;
    // Whichever is named first: what began and what ended goes by the calendar.
    if earlier.books.year.fiscal_year > later.books.year.fiscal_year {
        std::mem::swap(&mut earlier, &mut later);
    }
    let (before, now) = (&earlier.books, &later.books);
    let term = measure(args.measure.as_deref(), now)?;
    let before_tally = reading::lines(before, &mut earlier.findings, shared, || Tally::new(before).by(Axis::Item))?;
    let tally = reading::lines(now, &mut later.findings, shared, || Tally::new(now).by(Axis::Item))?;
    let paper = args.paper.paper(&now.year.presentation);
    let before = Side { books: before, tally: &before_tally };
    let page = report::years(before, Side { books: now, tally: &tally }, term, paper);
    reading::report(vec![later, earlier], &args.paper, shared, Ok(page))
}

/// Which amounts of accounts two years are held against each other by: the budget, where nothing else is asked for.
pub(super) fn measure(name: Option<&str>, books: &Books) -> Result<Term, Trouble> {
    let Some(name) = name.map(str::trim) else { return Ok(Term::Budget) };
    let term = Term::parse(name, books.year.rate_basis).filter(|term| !term.is_rate());
    term.ok_or_else(|| not_an_amount(name, books))
}

/// Rates of two years are no amounts that a change could be worked out of.
fn not_an_amount(name: &str, books: &Books) -> Trouble {
    Trouble::in_book(
        books,
        Text::new(format!("금액인 열이 아님: `{name}`"), format!("not a column of amounts: `{name}`")),
        match Term::parse(name, books.year.rate_basis) {
            Some(_) => {
                Text::new("`budget`, `disbursed` 같은 금액 열을 쓸 것", "name amounts, such as `budget` or `disbursed`")
            }
            None => Term::way_out(name),
        },
    )
}

/// What changed since an earlier state of the book.
fn since(args: &Args, mut later: Opened, from: &str, shared: &Shared) -> anyhow::Result<Outcome> {
    let (year, lang) = (later.books.year.fiscal_year, later.books.year.presentation.language);
    let folder = shared.book_folder();
    // A folder that is a book is meant itself, whatever revisions are called.
    let mut earlier = if Path::new(from).join("book.toml").is_file() {
        reading::open_in(Path::new(from), year, shared)?
    } else {
        let revision = Revision::of(&folder, from).map_err(|error| no_revision(from, &error, lang))?;
        let (books, findings) = progress::opening(shared, || read::open_in(&Tree::Revision(revision), &folder, year))
            .map_err(|error| match error {
            read::Error::NoYear { year, years } => no_year(from, year, &years, lang).into(),
            error => anyhow::Error::from(error),
        })?;
        Opened { books, findings }
    };
    let (old, new) = (&earlier.books, &later.books);
    let first = reading::lines(old, &mut earlier.findings, shared, || (Tally::new(old), Prints::new(old)))?;
    let second = reading::lines(new, &mut later.findings, shared, || (Tally::new(new), Prints::new(new)))?;
    let ((old_tally, old_prints), (tally, prints)) = (first, second);
    let (gone, come) = report::unshared(old_prints, prints);
    let own = reading::again(old, shared, || Wanted::new(old, Arc::clone(&gone)))?;
    let before = State { books: old, tally: &old_tally, own };
    let own = reading::again(new, shared, || Wanted::new(new, Arc::clone(&come)))?;
    let now = State { books: new, tally: &tally, own };
    let page = report::changes(before, now, from, args.paper.paper(&new.year.presentation))?;
    reading::report(vec![later, earlier], &args.paper, shared, Ok(page))
}

fn no_year(from: &str, year: i32, years: &[i32], lang: Lang) -> Trouble {
    let list = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Trouble {
        message: Text::new(
            format!("`{from}` 판의 장부에는 {year}년도가 없음"),
            format!("the book has no year {year} in the revision `{from}`"),
        ),
        way_out: Text::new(format!("그 판에 있는 연도: {list}"), format!("it has there: {list}")),
        lang: Some(lang),
    }
}

fn no_revision(from: &str, error: &GitError, lang: Lang) -> Trouble {
    let (ko, en) = match error {
        GitError::NoGit(_) => ("git을 실행할 수 없음", "git cannot be run"),
        GitError::NotARepository(_) => {
            ("장부의 폴더가 git 저장소 안에 있지 않음", "the book's folder is in no git repository")
        }
        GitError::NoRevision(_) => (
            "그런 판(revision)도, 그런 장부 폴더도 없음",
            "there is neither such a revision nor a book in such a folder",
        ),
        GitError::NotThere(_) => ("그 판에는 이 장부가 없음", "the book is not in that revision"),
    };
    Trouble {
        message: Text::new(format!("{ko}: `{from}`"), format!("{en}: `{from}`")),
        way_out: match error {
            GitError::NoRevision(_) | GitError::NotThere(_) => Text::new(
                "`HEAD~1`, `main`, `'@{1 week ago}'` 같은 판이나 book.toml이 있는 폴더를 쓸 것",
                "name a revision such as `HEAD~1`, `main` or `'@{1 week ago}'`, or a folder with a book.toml",
            ),
            GitError::NoGit(_) | GitError::NotARepository(_) => Text::new(
                format!("git이 말하기를: {error}. 옛 장부의 사본이 있으면 그 폴더를 `--from`에 쓸 것"),
                format!("git says: {error}; if there is a copy of the earlier book, give its folder to `--from`"),
            ),
        },
        lang: Some(lang),
    }
}
