//! `explain`: the lines behind a figure.

use super::flags::{self, PaperArgs, Shared};
use super::reading::{self, Opened};
use super::{Outcome, Trouble, status};
use crate::check;
use crate::ledger::{AccountId, Books, Day, Term};
use crate::render::Format;
use crate::report::{self, Asked, Choice, Layout, NotThere, Paper, Settlement, Side, Trail, View};
use crate::table::Page;
use crate::tally::Tally;
use crate::words::{Lang, Text, did_you_mean, did_you_mean_either, nearest};
use std::num::NonZeroUsize;

/// How many lines of a sum people are shown, unless they ask for more.
const MOST: NonZeroUsize = NonZeroUsize::new(200).expect("it is not zero");

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("explain.md")))]
pub(super) struct Args {
    /// The fiscal year, or a rule of `check` by code or name; without it, the years of the book are named
    #[arg(value_name = "YEAR|RULE")]
    of: Option<String>,

    /// The row: an account (`계` for all), an item, or the key of any row of the report
    row: Option<String>,

    /// The column, by name or Korean label; without it, every figure of the row
    column: Option<String>,

    /// The report that the figure stands in; the settlement with every column, where absent
    #[arg(long, value_name = "REPORT")]
    report: Option<String>,

    /// The year that `--report years` holds this one against
    #[arg(long, value_name = "YEAR")]
    with: Option<i32>,

    /// Of `--report years`, which amounts of accounts are held against each other
    #[arg(long, value_name = "COLUMN", requires = "with")]
    measure: Option<String>,

    /// Of `--report status`, only this account and those below it
    #[arg(long, value_name = "PATH", requires = "report")]
    account: Option<String>,

    /// Of `--report status`, only lines that name this item
    #[arg(long, value_name = "ID", requires = "report", conflicts_with = "account")]
    item: Option<String>,

    /// Only what had come by the end of this day
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    as_of: Option<Day>,

    /// How many lines of each sum are listed; 0 for all. All in csv and json, 200 elsewhere, where absent
    #[arg(long, value_name = "COUNT")]
    lines: Option<usize>,

    #[command(flatten)]
    paper: PaperArgs,
}

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let year = match args.of.as_deref().map(subject).transpose()? {
        Some(Subject::Rule(rule)) => {
            shared.only_text(args.paper.format.is_some())?;
            let [korean, english] = rule.page;
            let page = if shared.early_lang() == Lang::Ko { korean } else { english };
            return Ok(Outcome::Bytes(page.as_bytes().to_vec()));
        }
        Some(Subject::Year(year)) => Some(year),
        None => None,
    };
    let mut opened = vec![reading::open(year, "explain", shared)?];
    let Some(row) = args.row.as_deref() else { return Err(no_row(&opened[0].books).into()) };
    if let Some(with) = args.with {
        opened.push(reading::open_in(&shared.book_folder(), with, shared)?);
    }
    let asked = asked(args, row, &mut opened, shared)?;
    let format = shared.format(args.paper.format)?;
    let most = match args.lines {
        Some(lines) => NonZeroUsize::new(lines),
        None if matches!(format, Format::Csv | Format::Json) => None,
        None => Some(MOST),
    };
    let page = asked.map_err(anyhow::Error::from).and_then(|asked| explained(asked, &opened, most, args, shared));
    let exact = PaperArgs { exact: true, ..args.paper.clone() };
    reading::report(opened, &exact, shared, page)
}

/// What is to be explained.
enum Subject {
    /// A figure of a year.
    Year(i32),
    /// A rule.
    Rule(&'static check::Rule),
}

fn subject(text: &str) -> Result<Subject, Trouble> {
    if let Ok(year) = text.parse() {
        return Ok(Subject::Year(year));
    }
    // Codes are typed in small letters, too.
    let rule = check::rule(text).or_else(|| check::rule(&text.to_ascii_uppercase()));
    rule.map(Subject::Rule).ok_or_else(|| {
        let names: Vec<&str> = check::rules().flat_map(|rule| [rule.code.name, rule.code.id]).collect();
        Trouble {
            message: Text::new(format!("연도도 규칙도 아님: `{text}`"), format!("neither a year nor a rule: `{text}`")),
            way_out: match nearest(text, names) {
                Some(name) => Text::new(format!("혹시 `{name}`?"), format!("did you mean `{name}`?")),
                None => Text::new(
                    "`2015`처럼 연도를 쓰거나, `wego-ledger check --rules`에 있는 규칙을 쓸 것",
                    "write a year such as `2015`, or a rule that `wego-ledger check --rules` lists",
                ),
            },
            lang: None,
        }
    })
}

/// The page of some figures, their lines read again.
fn explained(
    asked: Vec<Asked>,
    opened: &[Opened],
    most: Option<NonZeroUsize>,
    args: &Args,
    shared: &Shared,
) -> anyhow::Result<Page> {
    let books: Vec<&Books> = opened.iter().map(|one| &one.books).collect();
    let mut trails = Vec::new();
    for (n, one) in books.iter().enumerate() {
        let own = report::slices(&asked, n);
        trails.push(reading::again(one, shared, || Trail::new(one, &own, most))?);
    }
    Ok(report::trail(asked, trails, &books, args.paper.paper(&books[0].year.presentation))?)
}

/// The figures that are asked for, from the page of their report.
fn asked(
    args: &Args,
    row: &str,
    opened: &mut [Opened],
    shared: &Shared,
) -> anyhow::Result<Result<Vec<Asked>, Trouble>> {
    let (first, rest) = opened.split_at_mut(1);
    let Opened { books, findings } = &mut first[0];
    let view = match view(args, books) {
        Ok(view) => view,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let within = view.unwrap_or_default();
    let tally = reading::lines(books, findings, shared, || {
        Tally::of_everything(books).as_of(args.as_of).within(within.account, within.scope())
    })?;
    let page = match (args.report.as_deref(), rest.first_mut()) {
        _ if view.is_some() => report::status(books, &tally, within, Paper::of(&books.year.presentation)),
        (Some("years"), Some(Opened { books: earlier, findings })) => {
            let before = reading::lines(earlier, findings, shared, || Tally::of_everything(earlier))?;
            let paper = Paper::of(&books.year.presentation);
            let term = match super::diff::measure(args.measure.as_deref(), books) {
                Ok(term) => term,
                Err(trouble) => return Ok(Err(trouble)),
            };
            report::years(Side { books: earlier, tally: &before }, Side { books, tally: &tally }, term, paper)
        }
        (Some("years"), None) => return Ok(Err(no_other_year(books))),
        (Some(name), _) => match named(name, books, &tally) {
            Ok(page) => page,
            Err(trouble) => return Ok(Err(trouble)),
        },
        (None, _) => whole(row, args.column.as_deref(), books, &tally),
    };
    let cells = report::find(&page, row, args.column.as_deref(), books.year.rate_basis)
        .map_err(|missing| not_there(args, row, &missing, books));
    let cells = match cells {
        Ok(cells) => cells,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let all: Vec<&Books> = std::iter::once(&*books).chain(rest.iter().map(|one| &one.books)).collect();
    Ok(Ok(cells.into_iter().map(|(name, cell)| Asked::of(name, cell, &all)).collect()))
}

/// What of the year a narrowed `status` looks at, where one is asked for.
fn view(args: &Args, books: &Books) -> Result<Option<View>, Trouble> {
    if args.account.is_none() && args.item.is_none() {
        return Ok(None);
    }
    let name = args.report.as_deref().unwrap_or_default();
    let Some((_, view)) = View::NARROWED.into_iter().find(|(known, _)| *known == name) else {
        return Err(not_narrowed(name, books));
    };
    Ok(Some(View {
        account: args.account.as_ref().map_or(Ok(AccountId::ROOT), |path| status::account(books, path))?,
        item: args.item.as_ref().map(|id| status::item(books, id)).transpose()?,
        ..view
    }))
}

/// The settlement with every column, or with those that tell each line once where none is asked for; where the row is
/// no account but an item, its plan and execution.
fn whole(row: &str, column: Option<&str>, books: &Books, tally: &Tally<'_>) -> Page {
    let presentation = &books.year.presentation;
    let terms = if column.is_some() { Term::ALL.to_vec() } else { Term::plain() };
    let columns = terms.into_iter().map(|term| (term, None)).collect();
    let settlement = Settlement::of(books, tally).page(&Layout { columns, ..Layout::of(presentation) });
    match report::find(&settlement, row, None, None) {
        Err(NotThere::Row(_)) if books.item_names.find(row).is_some() => {
            report::diff(books, tally, Choice::default(), Paper::of(presentation))
        }
        _ => settlement,
    }
}

/// The page of a report by its name, or of a layout of the settlement.
fn named(name: &str, books: &Books, tally: &Tally<'_>) -> Result<Page, Trouble> {
    if let Some((_, plain)) = report::ALL.iter().find(|(known, _)| *known == name) {
        return Ok(plain(books, tally));
    }
    let layout = name.strip_prefix("layout:").unwrap_or(name);
    if let Ok(layout) = Layout::named(layout, &books.year.presentation) {
        return Ok(Settlement::of(books, tally).page(&layout));
    }
    let known: Vec<&str> = report::ALL.iter().map(|(name, _)| *name).chain(["years"]).collect();
    Err(Trouble::in_book(
        books,
        Text::new(format!("모르는 보고서: `{name}`"), format!("an unknown report: `{name}`")),
        did_you_mean(name, &known),
    ))
}

fn no_row(books: &Books) -> Trouble {
    let year = books.year.fiscal_year;
    Trouble::in_book(
        books,
        Text::new("무엇의 근거인지 적지 않음", "which figure? no row was named"),
        Text::new(
            format!("과목이나 사업을 적을 것: `wego-ledger explain {year} 계 집행액`"),
            format!("name an account or an item: `wego-ledger explain {year} 계 disbursed`"),
        ),
    )
}

fn not_narrowed(name: &str, books: &Books) -> Trouble {
    let known = View::NARROWED.map(|(name, _)| format!("`{name}`")).join(", ");
    Trouble::in_book(
        books,
        Text::new(
            format!("`--account`와 `--item`은 `{name}` 보고서를 좁히지 않음"),
            format!("`--account` and `--item` do not narrow the report `{name}`"),
        ),
        Text::new(format!("좁힐 수 있는 보고서: {known}"), format!("the reports that can be narrowed: {known}")),
    )
}

fn no_other_year(books: &Books) -> Trouble {
    let year = books.year.fiscal_year;
    Trouble::in_book(
        books,
        Text::new("어느 연도와 견줄지 적지 않음", "no year was named to hold this one against"),
        Text::same(format!("wego-ledger explain {year} 계 change --report years --with {}", year - 1)),
    )
}

fn not_there(args: &Args, row: &str, missing: &NotThere, books: &Books) -> Trouble {
    let (message, way_out) = match missing {
        NotThere::Row(known) => {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            (
                Text::new(format!("그런 줄이 없음: `{row}`"), format!("there is no such row: `{row}`")),
                did_you_mean(row, &names),
            )
        }
        NotThere::Column(known) => {
            let column = args.column.as_deref().unwrap_or_default();
            let message = match args.column {
                Some(_) => {
                    Text::new(format!("그런 열이 없음: `{column}`"), format!("there is no such column: `{column}`"))
                }
                None => Text::new(format!("`{row}`에는 금액이 없음"), format!("the row `{row}` has no figure")),
            };
            (message, did_you_mean_either(column, known))
        }
    };
    Trouble::in_book(books, message, way_out)
}
