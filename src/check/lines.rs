//! The one reading of a year's lines that all rules share: a sink that keeps no line.

use super::days::Coming;
use super::recall::{Marks, Numbers};
use super::{AtLine, Looks, RULES};
use crate::finding::Findings;
use crate::ledger::{Books, Kind, Line, Sink};
use crate::tally::{Axis, Tally};

/// What rules take of the lines: their sums, their days, marks to tell the same ones by, and what each of them shows alone.
pub(super) struct Lines<'b> {
    books: &'b Books,
    pub(super) tally: Tally<'b>,
    pub(super) days: Coming,
    pub(super) marks: Marks,
    pub(super) numbers: Numbers,
    pub(super) findings: Findings,
    /// The rules that look at lines alone, by the kind of line.
    alone: [Vec<AtLine>; Kind::ALL.len()],
}

impl<'b> Lines<'b> {
    pub(super) fn new(books: &'b Books) -> Lines<'b> {
        let alone = |kind: Kind| {
            RULES.iter().filter_map(move |rule| match rule.looks {
                Looks::AtLines(kinds, run) if kinds.has(kind) => Some(run),
                _ => None,
            })
        };
        Lines {
            books,
            alone: Kind::ALL.map(|kind| alone(kind).collect()),
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
        self.tally.take(line);
        self.days.line(&self.books.accounts, line);
        self.marks.line(line);
        self.numbers.line(line);
        for run in &self.alone[line.kind as usize] {
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
