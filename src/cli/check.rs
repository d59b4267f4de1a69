//! `check`: every rule over the years of a book.

use super::flags::{self, Shared};
use super::{Checking, Outcome, Trouble, progress};
use crate::check::{self, Beside};
use crate::finding::{About, Checked, CheckedYear, Findings, Roots, Severity};
use crate::ledger::{Books, Day};
use crate::read;
use crate::render::FindingFormat;
use crate::words::{Lang, Text, did_you_mean};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("check.md")))]
pub(super) struct Args {
    /// The fiscal years; without one, every year of the book
    years: Vec<i32>,

    /// From which severity on a finding fails the check: error, warning or info
    #[arg(long, value_name = "SEVERITY", default_value = "error", value_parser = severity)]
    fail_on: Severity,

    /// Warnings fail the check, too: the same as `--fail-on warning`
    #[arg(long, conflicts_with = "fail_on")]
    strict: bool,

    /// The format: text, json, junit, sarif or github
    #[arg(long, short, value_name = "FORMAT", value_parser = format)]
    format: Option<FindingFormat>,

    /// How many findings of each rule are shown; the rest are counted
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    max_findings: u64,

    /// The day that stands for today, for rules about deadlines; no clock is asked
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    as_of: Option<Day>,

    /// List every rule, and check nothing
    #[arg(long)]
    rules: bool,
}

fn severity(text: &str) -> Result<Severity, String> {
    Severity::parse(text).ok_or_else(|| did_you_mean(text, &["error", "warning", "info"]).en.into())
}

fn format(text: &str) -> Result<FindingFormat, String> {
    let names = FindingFormat::ALL.map(FindingFormat::name);
    let known = FindingFormat::ALL.into_iter().find(|format| format.name() == text);
    known.ok_or_else(|| did_you_mean(text, &names).en.into())
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    if args.rules || shared.open {
        shared.only_text(args.rules && args.format.is_some())?;
    }
    if args.rules {
        return Ok(Outcome::Bytes(rules(shared.early_lang()).into_bytes()));
    }
    let format = chosen(args, shared)?;
    let threshold = if args.strict { Severity::Warning } else { args.fail_on };
    let folder = shared.book_folder();
    let mut books: Vec<Books> = Vec::new();
    let mut opened: Vec<Findings> = Vec::new();
    for year in years(args, &folder)? {
        let (one, findings) = progress::opening(shared, || read::open(&folder, year))?;
        books.push(one);
        opened.push(findings);
    }
    let mut ran: Vec<(check::Ran<'_>, Beside)> = Vec::new();
    for (books, findings) in books.iter().zip(opened) {
        let mut year = progress::reading(books, shared, || check::check(books, findings, shared.jobs(), args.as_of))?;
        let before = |ran: &check::Ran<'_>| ran.looked.books.year.fiscal_year + 1 == books.year.fiscal_year;
        let beside = match ran.last().filter(|(earlier, _)| before(earlier)) {
            Some((earlier, _)) => {
                check::between(earlier, &mut year);
                Beside::TheYearBefore
            }
            None => Beside::Nothing,
        };
        ran.push((year, beside));
    }
    let (mut known, mut all, mut checked) = (HashSet::new(), Vec::new(), Vec::new());
    for (check::Ran { looked, mut findings, waited, coarse }, beside) in ran {
        let books = looked.books;
        // `book.toml` is read for every year; what is wrong with it is told once.
        findings.keep(|finding| {
            let name = books.sources.get(finding.span.source).name.as_str();
            known.insert((name, finding.span, finding.code.id, finding.message.en.clone()))
        });
        progress::reading(books, shared, || read::locate(books, &mut findings, args.max_findings))?;
        check::settle(books, &mut findings, &waited, beside)?;
        findings.sort();
        findings.shorten(args.max_findings);
        checked.push(CheckedYear { waited, coarse, ..CheckedYear::of(books.year.fiscal_year, &findings) });
        all.push(findings);
    }
    let report = Checked {
        version: env!("CARGO_PKG_VERSION"),
        threshold,
        most: args.max_findings,
        roots: roots(&folder),
        years: checked,
    };
    Ok(Outcome::Checked(Box::new(Checking {
        years: books.into_iter().zip(all).collect(),
        about: check::about(),
        report,
        format,
    })))
}

/// The years that are asked for, in their order and each once; all that the book has where none is.
fn years(args: &Args, folder: &Path) -> anyhow::Result<Vec<i32>> {
    let mut years = if args.years.is_empty() { read::years(folder)? } else { args.years.clone() };
    years.sort_unstable();
    years.dedup();
    if years.is_empty() { Err(flags::which_year(folder, "check")) } else { Ok(years) }
}

/// The format that was named, else that of the file's ending, else text.
fn chosen(args: &Args, shared: &Shared) -> anyhow::Result<FindingFormat> {
    let ending = shared.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    match (args.format, ending) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(FindingFormat::Text),
        (None, Some(ending)) => FindingFormat::of_ending(ending).ok_or_else(|| {
            let known = FindingFormat::ALL.map(FindingFormat::name).join(", ");
            Trouble {
                message: Text::new(
                    format!("어떤 형식인지 알 수 없는 파일 이름: `.{ending}`"),
                    format!("this ending names no format: `.{ending}`"),
                ),
                way_out: Text::new(
                    format!("`.txt`, `.json`, `.xml`(JUnit), `.sarif`로 하거나 `--format`을 붙일 것: {known}"),
                    format!("use `.txt`, `.json`, `.xml` (JUnit) or `.sarif`, or name a `--format`: {known}"),
                ),
                lang: None,
            }
            .into()
        }),
    }
}

/// Services that know only a repository are told of files from its root: the nearest folder upward that has a `.git`.
fn roots(folder: &Path) -> Roots {
    let from = std::env::current_dir().unwrap_or_default();
    let above = |start: &Path| start.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
    let book = folder.canonicalize().unwrap_or_else(|_| from.clone());
    let root: PathBuf = above(&from).or_else(|| above(&book)).unwrap_or_else(|| from.clone());
    Roots { from, root }
}

/// Every rule: its code, severity, name, and what it finds.
fn rules(lang: Lang) -> String {
    let mut text = String::new();
    for About { code, page } in check::about() {
        let page = page[usize::from(lang == Lang::En)];
        // The first paragraph below the heading says what it finds.
        let finds = page.lines().skip(1).skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
        let finds = finds.collect::<Vec<_>>().join(" ");
        text.push_str(&format!("{}  {:<7}  {:<24}  {finds}\n", code.id, code.severity.word().id, code.name));
    }
    text
}
