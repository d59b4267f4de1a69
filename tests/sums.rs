//! The rules of sums (`WL4nn`) and between years (`WL6nn`): what they find, where equal ends and one won more begins.

mod support;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::Path;
use support::{Book, Each, Everything, SOUND, root};
use wego_ledger::check::{Looks, RULES, Year};
use wego_ledger::finding::{Finding, Findings, Severity};
use wego_ledger::ledger::{Date, Day};
use wego_ledger::read;

/// A day, if one is asked for.
fn day(text: &str) -> Option<Day> {
    (!text.is_empty()).then(|| Date::parse(text).expect("a date").date.last())
}

/// What the rules find in some years of a book, as of a day.
fn check(book: &Path, years: &[i32], as_of: &str) -> Vec<Finding> {
    let read: Vec<Everything> = years.iter().map(|year| Everything::of(book, *year, 1)).collect();
    let year = |one: &'static Everything| Year {
        books: one.books,
        tally: &one.tally,
        rolled: one.tally.rolled_up(),
        as_of: day(as_of),
    };
    let years: Vec<Year<'_>> = read.into_iter().map(|one| year(Box::leak(Box::new(one)))).collect();
    let mut findings = Findings::default();
    for rule in RULES {
        match rule.looks {
            Looks::AtEachLine(look) => {
                for year in &years {
                    let lines = std::sync::Mutex::new(&mut findings);
                    let sink = || Each(|line: &_| look(year.books, line, *lines.lock().expect("one worker")));
                    read::lines(year.books, NonZeroUsize::MIN, sink).expect("its lines can be read");
                }
            }
            Looks::AtSums(look) => years.iter().for_each(|year| look(year, &mut findings)),
            Looks::BetweenYears(look) => years.windows(2).for_each(|pair| look(&pair[0], &pair[1], &mut findings)),
        }
    }
    findings.iter().cloned().collect()
}
