//! `settle`: the settlement of a year.

use super::flags::{self, Shared};
use super::reading::{self, Opened};
use super::{Outcome, Trouble};
use crate::ledger::{Books, Day, Term, TotalAt};
use crate::render::Format;
use crate::report::{Layout, Settlement};
use crate::tally::Tally;
use crate::words::Text;

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

    /// Where the total stands
    #[arg(long, value_name = "top|bottom|none", value_parser = total)]
    total: Option<TotalAt>,

    /// Only what had come by the end of this day
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    as_of: Option<Day>,

    /// The layout: grant, closing, return, ipsas24, or one that the book declares
    #[arg(long, value_name = "NAME", conflicts_with = "columns")]
    layout: Option<String>,

    #[command(flatten)]
    paper: flags::PaperArgs,
}

fn total(text: &str) -> Result<TotalAt, String> {
    TotalAt::parse(text).ok_or_else(|| "`top`, `bottom` or `none`".to_owned())
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut opened = reading::open(args.year, "settle", shared)?;
    let Opened { books, findings } = &mut opened;
    let tally = reading::lines(books, findings, shared, || Tally::new(books).as_of(args.as_of))?;
    let layout = layout(args, books)?;
    let mut page = Settlement::of(books, &tally).page(&layout);
    // In a terminal a settlement is the table that people know.
    if shared.format(args.paper.format)? == Format::Table {
        page = page.without_charts();
    }
    reading::report(vec![opened], &args.paper, shared, Ok(page))
}

/// The layout that was asked for.
fn layout<'b>(args: &Args, books: &'b Books) -> anyhow::Result<Layout<'b>> {
    let presentation = &books.year.presentation;
    let mut layout = match &args.layout {
        None => Layout::of(presentation),
        Some(name) => Layout::named(name, presentation).map_err(|way_out| {
            let message = Text::new(format!("모르는 배치: `{name}`"), format!("an unknown layout: `{name}`"));
            Trouble::in_book(books, message, way_out)
        })?,
    };
    if let Some(columns) = columns(args, books)? {
        layout.columns = columns.into_iter().map(|term| (term, None)).collect();
    }
    let paper = args.paper.paper(presentation);
    Ok(Layout {
        depth: args.depth,
        total: args.total.unwrap_or(layout.total),
        unit: paper.unit,
        shown: paper.shown,
        ..layout
    })
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
    let message = Text::new(format!("모르는 열: `{name}`"), format!("an unknown column: `{name}`"));
    Trouble::in_book(books, message, Term::way_out(name))
}
