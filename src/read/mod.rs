//! Files to nouns.
//!
//! Law: nothing is skipped, repaired or counted twice in silence. What is wrong with a book is a finding at its place;
//! only a world that does not answer is an error.
//!
//! # Why
//!
//! **`lines` can fail.** A disk that goes away in the middle of a file is neither a finding nor a sum, so the loop
//! returns a `Result`; a sketch of it that could not was wrong.
//!
//! **Walking keys instead of deserialising.** `serde` stops at the first key that it does not know. Here every key of a
//! document is asked for by name, so all that is wrong with it is said at once, each at its place, and what nobody asked
//! for is found at the end.
//!
//! The format of a book is in `FORMAT.md` beside this file.
#![doc = include_str!("FORMAT.md")]

mod cells;
mod chart;
mod column;
mod corrections;
mod csv;
mod divided;
mod document;
mod files;
mod lines;
mod locate;
mod manifest;
mod marks;
mod outline;
mod passage;
mod performance;
mod pieces;
mod places;
mod plan;
mod presentation;
mod printed;
mod published;
mod quick;
mod regular;
mod row;
mod split;
mod toml;
mod total;
mod value;

pub use lines::{MOST_WORKERS, lines};
pub use locate::locate;
pub use published::published;

use crate::finding::Findings;
use crate::ledger::{Books, LineFile};
use crate::source::{Sources, Tree};
use crate::words::Text;
use document::Documents;
use files::Files;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use toml::Document;

/// What kept a book from being read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read `{}`: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is no `book.toml` in the folder.
    #[error("there is no book in `{}`", folder.display())]
    NoBook {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// The book has no such year.
    #[error("the book has no year {year}")]
    NoYear {
        /// The year that was asked for.
        year: i32,
        /// Those that there are.
        years: Vec<i32>,
    },
}

impl Error {
    fn unreadable(path: &Path, error: io::Error) -> Error {
        Error::Unreadable { path: path.to_owned(), error }
    }

    /// What went wrong, and the way out.
    pub fn texts(&self) -> (Text, Text) {
        match self {
            Error::Unreadable { path, error } => (
                Text::new(
                    format!("읽을 수 없음: `{}` ({error})", path.display()),
                    format!("cannot read `{}`: {error}", path.display()),
                ),
                Text::new("파일이 있는지, 읽을 권한이 있는지 볼 것", "see whether the file is there and may be read"),
            ),
            Error::NoBook { folder } => (
                Text::new(
                    format!("여기에 장부(book.toml)가 없음: `{}`", folder.display()),
                    format!("there is no book (book.toml) in `{}`", folder.display()),
                ),
                Text::new(
                    "`--book 폴더`로 장부를 알려 주거나, `wego-ledger init 폴더`로 새로 만들 것",
                    "name one with `--book DIR`, or begin one with `wego-ledger init DIR`",
                ),
            ),
            Error::NoYear { year, years } => {
                let list = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                (
                    Text::new(format!("장부에 없는 연도: {year}"), format!("the book has no year {year}")),
                    Text::new(format!("있는 연도: {list}"), format!("it has: {list}")),
                )
            }
        }
    }
}

/// The years that a book may have.
const YEARS: std::ops::Range<i32> = 1900..2200;

/// The years of a book: its folders that have a `year.toml`, by their names.
///
/// # Errors
/// Where there is no book, or its folder cannot be read.
pub fn years(book: &Path) -> Result<Vec<i32>, Error> {
    years_in(&Tree::Disk, book)
}

fn years_in(tree: &Tree, book: &Path) -> Result<Vec<i32>, Error> {
    if !tree.is_file(&book.join("book.toml")) {
        return Err(Error::NoBook { folder: book.to_owned() });
    }
    let failed = |error| Error::unreadable(book, error);
    let mut years = Vec::new();
    for name in tree.names(book).map_err(failed)? {
        // A folder is a year's where it is called exactly so.
        let year = name.parse().ok().filter(|year: &i32| YEARS.contains(year) && year.to_string() == name);
        years.extend(year.filter(|_| tree.is_file(&book.join(&name).join("year.toml"))));
    }
    years.sort_unstable();
    Ok(years)
}

/// Reads everything of a year but its account lines.
///
/// # Errors
/// Where there is no such book or year, or one of its files cannot be read.
pub fn open(book: &Path, year: i32) -> Result<(Books, Findings), Error> {
    open_in(&Tree::Disk, book, year)
}

/// The same, of a book that is kept elsewhere than in a folder on disk.
///
/// # Errors
/// As [`open`].
pub fn open_in(tree: &Tree, book: &Path, year: i32) -> Result<(Books, Findings), Error> {
    let years = years_in(tree, book)?;
    let folder = book.join(year.to_string());
    if !years.contains(&year) {
        return Err(Error::NoYear { year, years });
    }
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let book_document = document(tree, &book.join("book.toml"), &mut sources, &mut findings)?;
    let year_document = document(tree, &folder.join("year.toml"), &mut sources, &mut findings)?;
    let mut books = Books::empty(year, sources);
    books.manifest = year_document.as_ref().map(Document::source);
    let (Some(book_document), Some(year_document)) = (&book_document, &year_document) else {
        return Ok((books, findings));
    };
    let (book_table, year_table) = (book_document.parse(&mut findings), year_document.parse(&mut findings));
    let (Some(book_table), Some(year_table)) = (&book_table, &year_table) else { return Ok((books, findings)) };

    let mut keys = year_document.keys(year_table);
    let manifest = manifest::read(book_document.keys(book_table), &mut keys, year, &mut findings);
    books.year = manifest.year;
    books.accounts = manifest.accounts;
    books.fund_names = manifest.fund_names;
    read_files(tree, &mut books, &mut keys, &folder, &mut findings)?;
    keys.finish(&mut findings);
    findings.forget_refused_rows();
    findings.sort();
    Ok((books, findings))
}

fn document(
    tree: &Tree,
    path: &Path,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Result<Option<Document>, Error> {
    let id = sources.add(tree.source(path).map_err(|error| Error::unreadable(path, error))?);
    Document::read(sources, id, findings).map_err(|error| Error::unreadable(path, error))
}

/// Opens what `[files]` lists, and reads all of it that is kept.
fn read_files(
    tree: &Tree,
    books: &mut Books,
    keys: &mut toml::Keys<'_>,
    folder: &Path,
    findings: &mut Findings,
) -> Result<(), Error> {
    let documents = Documents::of(&books.year.documents);
    let basis = books.year.rate_basis;
    printed::figures(keys, &books.accounts, &documents, basis, &mut books.printed, findings);
    let Some(mut listed) = keys.table("files", findings) else {
        keys.missing_table("files", findings);
        return Ok(());
    };
    let mut files = Files { tree, folder, sources: &mut books.sources, seen: HashSet::new(), documents: &documents };
    let lines = files.list(&mut listed, "account_lines", findings)?;
    let plans = files.list(&mut listed, "plan_items", findings)?;
    let performances = files.list(&mut listed, "performance", findings)?;
    let tables = files.list(&mut listed, "printed", findings)?;
    listed.finish(findings);

    let sources = &books.sources;
    let failed = |id| move |error| Error::unreadable(sources.get(id).name.as_ref(), error);
    let mut plan = plan::Plan::default();
    for file in &plans {
        plan.read(sources, file, &books.accounts, findings).map_err(failed(file.source))?;
    }
    plan.check(findings);
    let mut records = performance::Records::default();
    for file in &performances {
        records.read(sources, file, &books.accounts, &documents, &plan, findings).map_err(failed(file.source))?;
    }
    books.performances = records.all;
    for file in &tables {
        printed::table(sources, file, &books.accounts, basis, &mut books.printed, findings)
            .map_err(failed(file.source))?;
    }
    (books.tasks, books.items, books.item_names) = (plan.tasks, plan.items, plan.names);
    books.line_files =
        lines.iter().map(|file| LineFile { source: file.source, unit: file.unit, layout: file.layout }).collect();
    Ok(())
}
