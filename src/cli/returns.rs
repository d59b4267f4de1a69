//! `return`: what is to be sent back, to whom and by when.

use super::Outcome;
use super::flags::{self, PaperArgs, Shared};
use super::reading::{self, Opened};
use crate::ledger::Day;
use crate::report::{self, Spelled};
use crate::tally::{Axis, Tally};

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("return.md")))]
pub(super) struct Args {
    /// The fiscal year; without it, the years of the book are named
    year: Option<i32>,

    /// Only what had come by the end of this day
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    as_of: Option<Day>,

    /// Spell the amount out in Hangul, too: 금…원정
    #[arg(long)]
    hangul: bool,

    /// Round as tables of the year are rounded, instead of showing every digit
    #[arg(long, conflicts_with = "exact")]
    rounded: bool,

    #[command(flatten)]
    paper: PaperArgs,
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut opened = reading::open(args.year, "return", shared)?;
    let Opened { books, findings } = &mut opened;
    let tally = reading::lines(books, findings, shared, || Tally::new(books).as_of(args.as_of).by(Axis::Fund))?;
    // What is to be paid is paid to the won.
    let wanted = PaperArgs { exact: !args.rounded, ..args.paper.clone() };
    let spelled = if args.hangul { Spelled::InHangul } else { Spelled::No };
    let page = report::returns(books, &tally, wanted.paper(&books.year.presentation), spelled);
    reading::report(vec![opened], &wanted, shared, Ok(page))
}
