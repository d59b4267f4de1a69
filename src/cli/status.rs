//! `status`: how far along a year is.

use super::flags::{self, Shared};
use super::reading::{self, Opened};
use super::{Outcome, Trouble};
use crate::ledger::{AccountId, Books, Day, Found, ItemId};
use crate::report::{self, Columns, Period, Standing, View};
use crate::tally::{Axis, Tally};
use crate::words::{Text, did_you_mean};

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("status.md")))]
pub(super) struct Args {
    /// The fiscal year; without it, the years of the book are named
    year: Option<i32>,

    /// Rows by quarter instead of by month
    #[arg(long)]
    quarter: bool,

    /// What was granted and committed so far, instead of in each month or quarter
    #[arg(long)]
    cumulative: bool,

    /// What the second table is by: account or item
    #[arg(long, value_name = "WHAT", default_value = "account", value_parser = standing)]
    by: Standing,

    /// Only this account and those below it
    #[arg(long, value_name = "PATH", conflicts_with = "by")]
    account: Option<String>,

    /// Only lines that name this item, against what it is planned to cost
    #[arg(long, value_name = "ID", conflicts_with_all = ["by", "depth", "account"])]
    item: Option<String>,

    /// How many levels of accounts to show; 0 is the total alone
    #[arg(long, value_name = "LEVELS")]
    depth: Option<u32>,

    /// Only what had come by the end of this day
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    as_of: Option<Day>,

    #[command(flatten)]
    paper: flags::PaperArgs,
}

fn standing(text: &str) -> Result<Standing, String> {
    match text {
        "account" => Ok(Standing::Account),
        "item" => Ok(Standing::Item),
        _ => Err(did_you_mean(text, &["account", "item"]).en.into()),
    }
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let mut opened = reading::open(args.year, "status", shared)?;
    let Opened { books, findings } = &mut opened;
    let found = view(args, books);
    let view = *found.as_ref().unwrap_or(&View::default());
    let tally = reading::lines(books, findings, shared, || {
        Tally::new(books).as_of(args.as_of).within(view.account, view.scope()).by(Axis::Month).by(Axis::Item)
    })?;
    let paper = args.paper.paper(&books.year.presentation);
    // A name that is not there may be missing for what was found: that is told first.
    let page = found.map(|view| report::status(books, &tally, view, paper));
    reading::report(vec![opened], &args.paper, shared, page.map_err(anyhow::Error::from))
}

/// What of the year is looked at.
fn view(args: &Args, books: &Books) -> Result<View, Trouble> {
    Ok(View {
        period: if args.quarter { Period::Quarter } else { Period::Month },
        standing: args.by,
        account: args.account.as_ref().map_or(Ok(AccountId::ROOT), |path| account(books, path))?,
        item: args.item.as_ref().map(|id| item(books, id)).transpose()?,
        depth: args.depth,
        columns: if args.cumulative { Columns::SoFar } else { Columns::Each },
    })
}

/// The account of a path; `계` is all of them.
pub(super) fn account(books: &Books, path: &str) -> Result<AccountId, Trouble> {
    match books.accounts.find(path) {
        Some(Found::Exactly(id) | Found::ButForSpelling(id)) => Ok(id),
        None if path == report::ROOT_KEY || path == "/" => Ok(AccountId::ROOT),
        None => {
            let known: Vec<&str> = books.accounts.parents_first().skip(1).map(|(_, one)| one.path.as_str()).collect();
            Err(Trouble::in_book(
                books,
                Text::new(format!("과목표에 없는 과목: `{path}`"), format!("the chart has no such account: `{path}`")),
                did_you_mean(path, &known),
            ))
        }
    }
}

/// The item of an id.
pub(super) fn item(books: &Books, id: &str) -> Result<ItemId, Trouble> {
    match books.item_names.find(id) {
        Some(Found::Exactly(item) | Found::ButForSpelling(item)) => Ok(item),
        None => {
            let known: Vec<&str> = books.items.iter().map(|item| item.id.as_str()).collect();
            Err(Trouble::in_book(
                books,
                Text::new(format!("사업계획에 없는 사업: `{id}`"), format!("the plan has no such item: `{id}`")),
                did_you_mean(id, &known),
            ))
        }
    }
}
