//! `settle`: the settlement of a year.

use super::flags::{self, Shared};
use super::{Outcome, Report, Trouble};
use crate::finding::{Findings, Severity};
use crate::ledger::{Books, Day, Term, TotalAt};
use crate::money::Unit;
use crate::read;
use crate::render::Format;
use crate::report::{Incomplete, Layout, Settlement};
use crate::table::Shown;
use crate::tally::Tally;
use crate::words::{Text, counted};
use std::num::NonZeroUsize;

/// Settle a year: what was granted, spent and is left (정산)
#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("settle.md")))]
pub(super) struct Args {
    /// The fiscal year; without it, the years of the book are named
    year: Option<i32>,

    /// The columns, by name or Korean label: budget, granted, disbursed, unspent, interest, execution_rate …
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    columns: Vec<String>,

    /// How many levels of accounts to show; 0 is the total alone
    #[arg(long, value_name = "LEVELS")]
    depth: Option<u32>,

    /// The unit of the table: 원, 천원, 백만원 or 억원 (won, thousand, million, 100 million)
    #[arg(long, value_name = "UNIT", value_parser = flags::unit)]
    unit: Option<Unit>,

    /// Where the total stands
    #[arg(long, value_name = "top|bottom|none", value_parser = total)]
    total: Option<TotalAt>,

    /// Only what had come by the end of this day
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    as_of: Option<Day>,

    /// Show every digit instead of rounding
    #[arg(long)]
    exact: bool,

    /// The format: table, markdown, csv or json
    #[arg(long, short, value_name = "FORMAT", value_parser = flags::format)]
    format: Option<Format>,

    /// Settle what could be read though lines were refused; the table says so
    #[arg(long)]
    allow_findings: bool,
}

fn total(text: &str) -> Result<TotalAt, String> {
    TotalAt::parse(text).ok_or_else(|| "`top`, `bottom` or `none`".to_owned())
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let folder = shared.book_folder();
    let Some(year) = args.year else { return Err(flags::which_year(&folder, "settle")) };
    let (books, mut findings) = read::open(&folder, year)?;
    let jobs = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let (tally, found) = read::lines(&books, jobs, || Tally::new(books.accounts.len(), args.as_of))?;
    findings.merge(found);
    findings.regrade(&books.year.severities);
    findings.sort();
    let columns = columns(args, &books)?;
    let shown = if args.exact { Shown::Exactly } else { Shown::Rounded };
    let errors = findings.count(Severity::Error);
    let whole = errors == 0;
    // Without a chart there is nothing to show, whatever is allowed.
    let page = (whole || (args.allow_findings && !books.accounts.is_empty())).then(|| {
        let presentation = &books.year.presentation;
        let layout = Layout {
            columns: columns.unwrap_or_else(|| presentation.settlement.clone()),
            depth: args.depth,
            total: args.total.unwrap_or(presentation.total),
            unit: args.unit.unwrap_or(presentation.unit),
            shown,
            presentation,
            incomplete: (!whole).then(|| Incomplete {
                lines: findings.refused_lines(),
                files: findings.refused_files(),
                errors,
            }),
        };
        Settlement::of(&books, &tally).page(&layout)
    });
    let remark = match (&page, whole) {
        (None, _) => Some(refusal(year, &books, &findings)),
        (Some(_), false) => Some(gap(year, &findings)),
        (Some(_), true) => None,
    };
    let format = shared.format(args.format)?;
    Ok(Outcome::Report(Box::new(Report { books, findings, page, format, shown, remark })))
}

/// The columns that were asked for, if any were.
fn columns(args: &Args, books: &Books) -> anyhow::Result<Option<Vec<Term>>> {
    let mut terms = Vec::new();
    for name in &args.columns {
        let name = name.trim();
        let term = Term::parse(name, books.year.rate_basis);
        match term {
            Some(term) if terms.contains(&term) => {}
            Some(term) => terms.push(term),
            None => return Err(unknown_column(name, books).into()),
        }
    }
    Ok((!terms.is_empty()).then_some(terms))
}

fn unknown_column(name: &str, books: &Books) -> Trouble {
    Trouble {
        message: Text::new(format!("모르는 열: `{name}`"), format!("an unknown column: `{name}`")),
        way_out: Term::way_out(name),
        lang: Some(books.year.presentation.language),
    }
}

/// Why there is no settlement, and what to do.
fn refusal(year: i32, books: &Books, findings: &Findings) -> Text {
    let Text { ko, en } = missing(findings);
    if books.accounts.is_empty() {
        return Text::new(
            format!(
                "{year}년도를 정산하지 않음: {ko}\n과목표(`[[account]]`)를 읽지 못해 보일 것이 없음. 위의 것부터 고칠 것"
            ),
            format!(
                "{year} was not settled: {en}\nno chart (`[[account]]`) was read, so there is nothing to show; mend the above"
            ),
        );
    }
    Text::new(
        format!("{year}년도를 정산하지 않음: {ko}\n고친 뒤 다시 하거나, 빠진 대로 보려면 `--allow-findings`를 붙일 것"),
        format!(
            "{year} was not settled: {en}\nmend them and run it again, or see it without them with `--allow-findings`"
        ),
    )
}

/// What is missing from a settlement that is shown all the same; formats without notes cannot say it.
fn gap(year: i32, findings: &Findings) -> Text {
    let Text { ko, en } = missing(findings);
    Text::new(format!("{year}년도의 온전한 정산이 아님: {ko}"), format!("not a whole settlement of {year}: {en}"))
}

/// How much could not be read.
fn missing(findings: &Findings) -> Text {
    let (errors, lines, files) = (findings.count(Severity::Error), findings.refused_lines(), findings.refused_files());
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
