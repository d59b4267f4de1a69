//! The one reading of a year's lines that all rules share: a sink that keeps no line.

use super::course::Dated;
use super::days::Coming;
use super::recall::{Marks, Numbers};
use super::{AtLine, Looks, RULES, Which};
use crate::finding::Findings;
use crate::ledger::{Books, Date, Kind, Line, Sink};
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
    /// Those that look at lines of any kind which may lie outside the year.
    outside: Vec<AtLine>,
    /// What the date means that came last, and whether it lies within the year: lines mostly stand in the order of days.
    dated: Dated,
    within_year: bool,
}

impl<'b> Lines<'b> {
    pub(super) fn new(books: &'b Books) -> Lines<'b> {
        let at_lines = |wanted: &dyn Fn(Which) -> bool| {
            let runs = RULES.iter().filter_map(|rule| match rule.looks {
                Looks::AtLines(which, run) if wanted(which) => Some(run),
                _ => None,
            });
            runs.collect()
        };
        let of = |kind: Kind| move |which| matches!(which, Which::Of(kinds) if kinds.contains(&kind));
        let dated = Dated::of(books.year.starts);
        Lines {
            books,
            alone: Kind::ALL.map(|kind| at_lines(&of(kind))),
            outside: at_lines(&|which| matches!(which, Which::OutsideYear)),
            dated,
            within_year: is_within_year(books, &dated),
            tally: Tally::new(books).by(Axis::Fund).by(Axis::Month),
            days: Coming::new(books),
            marks: Marks::default(),
            numbers: Numbers::default(),
            findings: Findings::default(),
        }
    }
}

impl Lines<'_> {
    #[cold]
    fn begin_a_day(&mut self, date: Date) {
        self.dated = Dated::of(date);
        self.within_year = is_within_year(self.books, &self.dated);
    }
}

/// Whether all that a date may mean lies within the year.
fn is_within_year(books: &Books, dated: &Dated) -> bool {
    dated.is_within(books.year.starts.first(), books.year.ends.last())
}

impl Sink for Lines<'_> {
    fn line(&mut self, line: &Line<'_>) {
        if !self.dated.is_of(line.date) {
            self.begin_a_day(line.date);
        }
        self.tally.take(line);
        self.days.line(&self.books.accounts, line, &self.dated);
        self.marks.line(line, &self.dated);
        self.numbers.line(line);
        let of_any_kind: &[AtLine] = if self.within_year { &[] } else { &self.outside };
        for run in self.alone[line.kind as usize].iter().chain(of_any_kind) {
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
