//! A year's books as commands read them: opened, added up, and held to be whole before anything is said of them.

use super::flags::{PaperArgs, Shared};
use super::{Outcome, Report, Verdict, progress};
use crate::finding::{Findings, Severity};
use crate::ledger::{Books, Sink};
use crate::read;
use crate::report::Incomplete;
use crate::table::Page;
use crate::words::{Text, counted};
use std::path::Path;

/// A year's books, with what was found in them.
pub(super) struct Opened {
    pub(super) books: Books,
    pub(super) findings: Findings,
}

/// Opens a year of the book that the flags name; where no year is named, says which there are.
pub(super) fn open(year: Option<i32>, command: &str, shared: &Shared) -> anyhow::Result<Opened> {
    let folder = shared.book_folder();
    match year {
        Some(year) => open_in(&folder, year, shared),
        None => Err(super::flags::which_year(&folder, command)),
    }
}

/// Opens a year of a book.
pub(super) fn open_in(folder: &Path, year: i32, shared: &Shared) -> anyhow::Result<Opened> {
    let (books, findings) = progress::opening(shared, || read::open(folder, year))?;
    Ok(Opened { books, findings })
}

/// Reads all account lines into a sink; what is found is added to what was found before.
pub(super) fn lines<S: Sink>(
    books: &Books,
    findings: &mut Findings,
    shared: &Shared,
    sink: impl Fn() -> S + Sync,
) -> anyhow::Result<S> {
    let (sink, found) = progress::reading(books, shared, || read::lines(books, shared.jobs(), sink))?;
    findings.merge(found);
    findings.regrade(&books.year.severities);
    findings.sort();
    Ok(sink)
}

/// Reads them again: what is wrong with a line was found the first time.
pub(super) fn again<S: Sink>(books: &Books, shared: &Shared, sink: impl Fn() -> S + Sync) -> Result<S, read::Error> {
    progress::reading(books, shared, || read::lines(books, shared.jobs(), sink)).map(|(sink, _)| sink)
}

/// The report of some books, if what was found in them allows one; where it does all the same, the page says so. What kept
/// the page from being made is told only where nothing was found that may be behind it.
pub(super) fn report(
    opened: Vec<Opened>,
    paper: &PaperArgs,
    shared: &Shared,
    page: anyhow::Result<Page>,
) -> anyhow::Result<Outcome> {
    let incomplete = incomplete(&opened);
    // Without a chart there is nothing to show, whatever is allowed.
    let chartless = opened.iter().any(|one| one.books.accounts.is_empty());
    let wanted = incomplete.is_none() || (paper.allow_findings && !chartless);
    let page = if wanted {
        let mut page = page?;
        if let Some(missing) = incomplete {
            page.put_first(missing.note());
        }
        Some(page)
    } else {
        None
    };
    let remark = incomplete.map(|missing| match page {
        None => refusal(&opened, missing),
        Some(_) => gap(&opened, missing),
    });
    let format = shared.format(paper.format)?;
    let verdict = Verdict::Right;
    Ok(Outcome::Report(Box::new(Report { opened, page, format, shown: paper.shown(), remark, verdict })))
}

/// What is missing from some books, if anything is.
fn incomplete(opened: &[Opened]) -> Option<Incomplete> {
    let sum = |count: fn(&Findings) -> u64| opened.iter().map(|one| count(&one.findings)).sum();
    let errors = sum(|findings| findings.count(Severity::Error));
    (errors > 0).then(|| Incomplete {
        errors,
        lines: sum(Findings::refused_lines),
        files: sum(Findings::refused_files),
    })
}

/// The years that are spoken of: `2015`, `2015·2016`.
fn years(opened: &[Opened]) -> String {
    let mut years: Vec<String> = opened.iter().map(|one| one.books.year.fiscal_year.to_string()).collect();
    years.dedup();
    years.join("·")
}

/// Why there is no report, and what to do.
fn refusal(opened: &[Opened], missing: Incomplete) -> Text {
    let (years, Text { ko, en }) = (years(opened), how_much(missing));
    if opened.iter().any(|one| one.books.accounts.is_empty()) {
        return Text::new(
            format!(
                "{years}년도의 표를 만들지 않음: {ko}\n과목표(`[[account]]`)를 읽지 못해 보일 것이 없음. 위의 것부터 고칠 것"
            ),
            format!(
                "no table of {years} was made: {en}\nno chart (`[[account]]`) was read, so there is nothing to show; mend the above"
            ),
        );
    }
    Text::new(
        format!(
            "{years}년도의 표를 만들지 않음: {ko}\n고친 뒤 다시 하거나, 빠진 대로 보려면 `--allow-findings`를 붙일 것"
        ),
        format!(
            "no table of {years} was made: {en}\nmend them and run it again, or see it without them with `--allow-findings`"
        ),
    )
}

/// What is missing from a report that is shown all the same; formats without notes cannot say it.
fn gap(opened: &[Opened], missing: Incomplete) -> Text {
    let (years, Text { ko, en }) = (years(opened), how_much(missing));
    Text::new(format!("{years}년도의 온전한 표가 아님: {ko}"), format!("not a whole table of {years}: {en}"))
}

/// How much could not be read.
fn how_much(missing: Incomplete) -> Text {
    let Incomplete { lines, files, errors } = missing;
    let (mut ko, mut en) = (
        format!("오류 {errors}건, 읽지 못한 줄 {lines}개"),
        format!("{}, {} refused", counted(errors, "error"), counted(lines, "line")),
    );
    if files > 0 {
        ko.push_str(&format!(", 읽지 못한 파일 {files}개"));
        en.push_str(&format!(", {} not read", counted(files, "file")));
    }
    Text::new(ko, en)
}
