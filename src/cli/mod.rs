//! The command line: the only module that knows every command.
//!
//! Law: no command prints. It returns an `Outcome`, and format, file, language, colour and exit status are dealt with
//! once, in `output`.

mod audit;
mod check;
mod completions;
mod diff;
mod explain;
mod flags;
mod init;
mod interrupted;
mod man;
mod output;
mod plan;
mod progress;
mod reading;
mod report;
mod returns;
mod schema;
mod settle;
mod status;

use crate::finding::{About, Checked, Findings};
use crate::ledger::Books;
use crate::render::{FindingFormat, Format};
use crate::table::{Page, Shown};
use crate::words::{Lang, Text};
use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// A plain-file budget-and-settlement ledger (예산·정산 장부)
///
/// Reads plan items and account lines from CSV and TOML files, keeps every amount exact, and writes the tables that a
/// council or an auditor reads, in Korean and English.
#[derive(Debug, Parser)]
#[command(name = "wego-ledger", version, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    shared: flags::Shared,
    #[command(subcommand)]
    command: Command,
}

/// Flags and pages are made for the command that is called alone: all of them took a third of the time of a small book.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    /// Settle a year: what was granted, spent and is left (정산)
    Settle(settle::Args),
    /// List a year's plan by task, and what the budget leaves unitemised (사업계획)
    Plan(plan::Args),
    /// Hold plan against execution, or a year against another (계획 대비 집행, 전년 대비)
    Diff(diff::Args),
    /// Show how far along a year is, month by month (집행 현황)
    Status(status::Args),
    /// Work out what is to be returned to whom, and by when (반납 정산)
    Return(returns::Args),
    /// Write the whole report of a year: facts, plan, settlement, performance, return (사업계획·정산 보고)
    Report(report::Args),
    /// Check that books are sound and totals reconcile (점검)
    Check(check::Args),
    /// Hold printed figures to account: against the ledger and one another (인쇄값 검증)
    Audit(audit::Args),
    /// Explain a figure: the lines behind it, with file and line (근거)
    Explain(explain::Args),
    /// Begin a book: a folder of small commented files (새 장부)
    Init(init::Args),
    /// Print the JSON Schema of a report, or list them all (JSON 스키마)
    Schema(schema::Args),
    /// Print the completion script of a shell (자동 완성)
    Completions(completions::Args),
    /// Print the manual page (설명서)
    Man(man::Args),
}

/// What a command has to say; nothing of it is printed yet.
enum Outcome {
    /// A report, with what was found on the way.
    Report(Box<Report>),
    /// What a check found.
    Checked(Box<Checking>),
    /// Bytes for stdout as they are.
    Bytes(Vec<u8>),
    /// A sentence for people, on stderr.
    Said(Text),
}

/// What a check found, year by year.
struct Checking {
    /// The books, each with what was found in them.
    years: Vec<(Books, Findings)>,
    /// Every rule there is.
    about: Vec<About>,
    /// What there is to say besides the findings.
    report: Checked,
    /// How it is to be written.
    format: FindingFormat,
}

/// A report that a command made of a book.
struct Report {
    /// The books that it was made of, with what was found in them; the first is the one it is a report of.
    opened: Vec<reading::Opened>,
    /// The page; none where what was found does not allow one.
    page: Option<Page>,
    /// How the page is to be written.
    format: Format,
    /// Whether every digit was asked for.
    shown: Shown,
    /// What to say on stderr besides: why there is no page, or what is missing from it.
    remark: Option<Text>,
    /// Whether what it tells of is wrong: of an audit, what no rounding explains.
    verdict: Verdict,
}

/// What a report says of the figures that it tells of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Verdict {
    /// Nothing, or that they are right.
    #[default]
    Right,
    /// That some cannot be right.
    Wrong,
}

/// An error of the command line: what is wrong, and the way out.
#[derive(Debug, thiserror::Error)]
#[error("{}", message.en)]
struct Trouble {
    message: Text,
    way_out: Text,
    /// The book's language, where a book was read.
    lang: Option<Lang>,
}

impl Trouble {
    /// What is wrong with a question about a book, in the book's language.
    fn in_book(books: &Books, message: Text, way_out: Text) -> Trouble {
        Trouble { message, way_out, lang: Some(books.year.presentation.language) }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match &cli.command {
        Command::Settle(args) => settle::run(args, &cli.shared),
        Command::Plan(args) => plan::run(args, &cli.shared),
        Command::Diff(args) => diff::run(args, &cli.shared),
        Command::Status(args) => status::run(args, &cli.shared),
        Command::Audit(args) => audit::run(args, &cli.shared),
        Command::Check(args) => check::run(args, &cli.shared),
        Command::Explain(args) => explain::run(args, &cli.shared),
        Command::Report(args) => report::run(args, &cli.shared),
        Command::Return(args) => returns::run(args, &cli.shared),
        Command::Init(args) => cli.shared.only_text(false).and_then(|()| init::run(args, &cli.shared)),
        Command::Schema(args) => cli.shared.only_text(false).and_then(|()| schema::run(args)),
        Command::Completions(args) => cli.shared.only_text(false).and_then(|()| completions::run(args)),
        Command::Man(args) => cli.shared.only_text(false).and_then(|()| man::run(args)),
    };
    let done = outcome.and_then(|outcome| {
        let code = output::finish(&outcome, &cli.shared);
        // The books go with the process, at once and not name by name.
        std::mem::forget(outcome);
        code
    });
    done.unwrap_or_else(|error| output::fail(&error, &cli.shared))
}

/// A page of the manual as help that a terminal shows: without the marks of Markdown.
fn plain(page: &str) -> String {
    let rule = |line: &str| line.starts_with("| ---");
    let lines = page.lines().skip(1).filter(|line| !line.starts_with("```") && !rule(line));
    lines
        .map(|line| match line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) {
            Some(row) => format!("  {}", row.replace(" | ", "  ·  ").replace('`', "")),
            None => line.trim_start_matches("## ").replace('`', ""),
        })
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

/// The whole command, for completions and manual pages.
fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }

    /// Flags are made for the command that is called alone, but what each does is said of all.
    #[test]
    fn what_each_command_does_is_said_before_it_is_called() {
        let said = |command: &clap::Command| -> Vec<(String, Option<String>)> {
            let of = |one: &clap::Command| (one.get_name().to_owned(), one.get_about().map(ToString::to_string));
            command.get_subcommands().map(of).collect()
        };
        let mut whole = super::command();
        let before = said(&whole);
        assert!(before.len() > 10 && before.iter().all(|(_, about)| about.is_some()), "{before:?}");
        whole.build();
        assert_eq!(said(&whole), before, "no flags say what a command does");
    }
}
