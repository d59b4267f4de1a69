//! `plan`: what a year plans, and what its budget leaves to no item.

use super::Outcome;
use super::flags::{self, Shared};
use super::reading::{self, Opened};
use crate::report;
use crate::tally::Tally;

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("plan.md")))]
pub(super) struct Args {
    /// The fiscal year; without it, the years of the book are named
    year: Option<i32>,

    #[command(flatten)]
    paper: flags::PaperArgs,
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut opened = reading::open(args.year, "plan", shared)?;
    let Opened { books, findings } = &mut opened;
    let tally = reading::lines(books, findings, shared, || Tally::new(books))?;
    let page = report::plan(books, &tally, args.paper.paper(&books.year.presentation));
    reading::report(vec![opened], &args.paper, shared, Ok(page))
}
