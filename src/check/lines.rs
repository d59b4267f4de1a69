//! The one reading of a year's lines that all rules share: a sink that keeps no line.

use super::days::Coming;
use super::recall::{Marks, Numbers};
use super::{Looks, RULES, Rule};
use crate::finding::Findings;
use crate::ledger::{Books, Line, Sink};
use crate::tally::{Axis, Tally};

/// What rules take of the lines: their sums, their days, marks to tell the same ones by, and what each of them shows alone.
pub(super) struct Lines<'b> {
    books: &'b Books,
    pub(super) tally: Tally<'b>,
    pub(super) days: Coming,
    pub(super) marks: Marks,
    pub(super) numbers: Numbers,
    pub(super) findings: Findings,
    /// The rules that look at each line alone.
    each: Vec<fn(&Books, &Line<'_>, &mut Findings)>,
}

impl<'b> Lines<'b> {
    pub(super) fn new(books: &'b Books) -> Lines<'b> {
        let alone = |rule: &Rule| match rule.looks {
            Looks::AtEachLine(run) => Some(run),
            _ => None,
        };
        Lines {
            books,
            each: RULES.iter().filter_map(alone).collect(),
            tally: Tally::new(books).by(Axis::Fund).by(Axis::Month),
            days: Coming::new(books),
            marks: Marks::default(),
            numbers: Numbers::default(),
            findings: Findings::default(),
        }
    }
}

impl Sink for Lines<'_> {
    fn line(&mut self, line: &Line<'_>) {
        self.tally.line(line);
        self.days.line(&self.books.accounts, line);
        self.marks.line(line);
        self.numbers.line(line);
        for run in &self.each {
            run(self.books, line, &mut self.findings);
        }
    }

    fn merge(&mut self, other: Self) {
        self.tally.merge(other.tally);
        self.days.merge(other.days);
        self.marks.merge(other.marks);
        self.numbers.merge(other.numbers);
        self.findings.merge(other.findings);
    }
}
