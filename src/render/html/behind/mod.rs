//! What stands behind the figures of a page: for each an entry that its figure leads to, with the lines or the steps that
//! it comes from.
//!
//! Law: what an entry lists comes to its figure, exactly. Figures that rest on the same have one entry. No page grows
//! without bound: of a figure at most [`ROWS_OF_ONE`] rows are listed, of a page [`ROWS_OF_ALL`]; what is left out is
//! counted, and the command that shows it is named.
//!
//! # Why
//!
//! **Totals first.** Where a page has more figures than it may explain, those that people ask about come before the
//! single rows, in whatever order they stand; and where there are many figures, few rows of each leave room for others.

mod command;
mod entry;
mod formula;
mod index;

pub(super) use entry::section;

use crate::ledger::{Books, Sign, Slice};
use crate::money::{Figure, Money, Rate};
use crate::render::Made;
use crate::source::{Place, Span};
use crate::table::{Cell, Division, Row, RowClass, Step, Table, Value, Why};
use crate::words::Text;
use index::{Found, Index};
use std::collections::HashMap;
use std::io;

/// The most rows that one figure has.
const ROWS_OF_ONE: usize = 50;
/// The fewest that it has, where there are more and there is room at all.
const ROWS_OF_ANY: usize = 5;
/// The most rows that all figures of a page have.
const ROWS_OF_ALL: usize = 5_000;

/// Where a figure stands: which table, row and column, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct At {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl At {
    /// The name of its place on the page.
    pub(super) fn id(self) -> String {
        format!("t{}r{}c{}", self.table + 1, self.row + 1, self.column + 1)
    }
}

/// What stands behind the figures of a page.
pub(super) struct Behind<'a> {
    made: &'a Made<'a>,
    tables: Vec<&'a Table>,
    indexes: Vec<Index<'a>>,
    entries: Vec<Entry<'a>>,
    /// Entries by what they rest on; nothing where there was no room for one.
    known: HashMap<(usize, &'a Why), Option<usize>>,
    of: HashMap<At, usize>,
    rows_left: usize,
    /// The most rows that the figure at hand has.
    most: usize,
    /// How many figures there was no room for.
    left_out: u64,
    places: HashMap<(usize, Span), Place>,
}

/// What a figure, or several that are the same, rests on.
struct Entry<'a> {
    name: Text,
    worth: Worth,
    /// Of which of the books.
    book: usize,
    how: How<'a>,
    /// The figure that brought it here.
    first: At,
    /// Every figure that rests on just this.
    figures: Vec<At>,
}

/// How much a figure is.
#[derive(Clone, Copy)]
enum Worth {
    Amount(Money),
    Rate(Rate, Option<Figure>),
}

/// What a figure comes from.
enum How<'a> {
    /// These lines; nothing where the page was handed none.
    Lines(&'a Slice, Option<Found<'a>>),
    /// It stands in a file.
    Read(Span),
    /// The signed sum of amounts, of which so many are listed.
    Steps(&'a [(Sign, Step)], usize),
    /// The first as a part of the second.
    Part(&'a (Step, Step)),
    /// What fell to one of several.
    Divided(&'a Division),
    /// What a rule left of it.
    Rounded(&'a (Step, Text)),
}

impl<'a> Behind<'a> {
    /// Looks behind every figure of the tables.
    pub(super) fn of(made: &'a Made<'a>) -> io::Result<Behind<'a>> {
        let indexes = made.books.iter().enumerate().map(|(n, books)| Index::of(books, made.lines.get(n)));
        let mut behind = Behind {
            made,
            tables: made.page.tables().collect(),
            indexes: indexes.collect(),
            entries: Vec::new(),
            known: HashMap::new(),
            of: HashMap::new(),
            rows_left: ROWS_OF_ALL,
            most: ROWS_OF_ONE,
            left_out: 0,
            places: HashMap::new(),
        };
        let figures = made.page.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
        let figures = figures.filter(|cell| reaches_something(&cell.why)).count().max(1);
        for class in [RowClass::Total, RowClass::Subtotal, RowClass::Body] {
            if class != RowClass::Total {
                behind.most = (ROWS_OF_ALL / figures).clamp(ROWS_OF_ANY, ROWS_OF_ONE);
            }
            for (table, found) in made.page.tables().enumerate() {
                for (row, of) in found.rows.iter().enumerate().filter(|(_, row)| row.class == class) {
                    for column in 0..of.cells.len() {
                        behind.figure(At { table, row, column }, found, of);
                    }
                }
            }
        }
        behind.find_places()?;
        Ok(behind)
    }

    /// The place on the page that a figure leads to.
    pub(super) fn link(&self, at: At) -> Option<String> {
        self.of.get(&at).map(|entry| id(*entry))
    }

    fn books(&self, book: usize) -> Option<&'a Books> {
        self.made.books.get(book).copied()
    }

    fn figure(&mut self, at: At, table: &'a Table, row: &'a Row) {
        let cell: &'a Cell = &row.cells[at.column];
        let worth = match &cell.value {
            Value::Money { exact, .. } => Worth::Amount(*exact),
            Value::Rate { exact, shown } => Worth::Rate(*exact, *shown),
            Value::Blank | Value::Text(_) | Value::Said(_) | Value::Count(_) | Value::Dates(..) => return,
        };
        let (book, why) = resolved(0, &cell.why);
        if !reaches_something(why) || self.books(book).is_none() {
            return;
        }
        let (name, heading) = (path_of(table, row), &table.columns[at.column].heading);
        let name = Text::new(format!("{} {}", name.ko, heading.ko), format!("{}, {}", name.en, heading.en));
        match self.enter(book, why, worth, &name, at) {
            Some(entry) => {
                let found = &mut self.entries[entry];
                // What was brought by something that is worked out from it has no name of its own yet.
                if found.figures.is_empty() {
                    (found.name, found.first) = (name, at);
                }
                found.figures.push(at);
                self.of.insert(at, entry);
            }
            None => self.left_out += 1,
        }
    }

    /// The entry of a reason; a new one where there is none yet and there is room.
    fn enter(&mut self, book: usize, why: &'a Why, worth: Worth, name: &Text, first: At) -> Option<usize> {
        if let Some(known) = self.known.get(&(book, why)) {
            return *known;
        }
        let entry = self.how(book, why).map(|how| {
            self.entries.push(Entry { name: name.clone(), worth, book, how, first, figures: Vec::new() });
            self.entries.len() - 1
        });
        self.known.insert((book, why), entry);
        if entry.is_some() {
            for step in steps(why).take(self.most) {
                let (book, why) = resolved(book, &step.why);
                if reaches_something(why) && self.books(book).is_some() {
                    let name =
                        Text::new(format!("{} ← {}", step.name.ko, name.ko), format!("{} ← {}", step.name.en, name.en));
                    self.enter(book, why, Worth::Amount(step.amount), &name, first);
                }
            }
        }
        entry
    }

    /// What a reason comes from, as far as there is room.
    fn how(&mut self, book: usize, why: &'a Why) -> Option<How<'a>> {
        let (how, rows) = match why {
            Why::Summed(_) if self.rows_left == 0 => return None,
            Why::Summed(slice) => {
                let found = self.indexes[book].find(slice, self.most.min(self.rows_left));
                let rows = found.as_ref().map_or(0, |found| found.lines.len());
                (How::Lines(slice, found), rows.max(1))
            }
            Why::Read(span) => (How::Read(*span), 1),
            Why::Worked(steps) => (How::Steps(steps, self.most), steps.len().min(self.most)),
            Why::PartOf(parts) => (How::Part(parts), 2),
            Why::Divided(division) => (How::Divided(division), 1),
            Why::Rounded(rounded) => (How::Rounded(rounded), 1),
            Why::Elsewhere(..) | Why::Label | Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => {
                return None;
            }
        };
        self.rows_left = self.rows_left.checked_sub(rows)?;
        Some(how)
    }

    /// The entry of a step, if it has one.
    fn step_link(&self, book: usize, step: &Step) -> Option<String> {
        let (book, why) = resolved(book, &step.why);
        let entry = *self.known.get(&(book, why))?;
        entry.map(id)
    }

    /// The places of everything that is said to stand in a file; every file that is named is read once.
    fn find_places(&mut self) -> io::Result<()> {
        let mut spans: Vec<Vec<Span>> = vec![Vec::new(); self.made.books.len()];
        for entry in &self.entries {
            if let How::Read(span) = entry.how {
                spans[entry.book].push(span);
            }
        }
        for (n, (books, spans)) in self.made.books.iter().zip(&spans).enumerate() {
            let found = books.sources.places(spans)?;
            self.places.extend(spans.iter().map(|span| (n, *span)).zip(found));
        }
        Ok(())
    }
}

fn id(entry: usize) -> String {
    format!("b{}", entry + 1)
}

/// A reason, and which of the books it speaks of.
fn resolved(book: usize, why: &Why) -> (usize, &Why) {
    match why {
        Why::Elsewhere(other, inner) => resolved(*other, inner),
        _ => (book, why),
    }
}

fn reaches_something(why: &Why) -> bool {
    match why {
        Why::Read(_) | Why::Summed(_) | Why::Worked(_) | Why::PartOf(_) | Why::Divided(_) | Why::Rounded(_) => true,
        Why::Elsewhere(_, inner) => reaches_something(inner),
        Why::Label | Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => false,
    }
}

/// The amounts that a reason names.
fn steps(why: &Why) -> impl Iterator<Item = &Step> {
    let (signed, others): (&[(Sign, Step)], [Option<&Step>; 2]) = match why {
        Why::Worked(steps) => (steps, [None, None]),
        Why::PartOf(parts) => (&[], [Some(&parts.0), Some(&parts.1)]),
        Why::Divided(division) => (&[], [Some(&division.whole), None]),
        Why::Rounded(rounded) => (&[], [Some(&rounded.0), None]),
        Why::Elsewhere(..)
        | Why::Label
        | Why::Read(_)
        | Why::Summed(_)
        | Why::NoLines
        | Why::NotAttributed
        | Why::NoBasis
        | Why::NotDerivable => (&[], [None, None]),
    };
    signed.iter().map(|(_, step)| step).chain(others.into_iter().flatten())
}

/// What a row is called, with the rows that it is a part of; its key, where it has no name.
fn path_of(table: &Table, row: &Row) -> Text {
    let own = |row: &Row| {
        let name = row.name();
        if name.ko.trim().is_empty() { Text::same(row.key.as_str()) } else { name }
    };
    let mut name = own(row);
    let mut at = row.parent;
    while let Some(above) = at.and_then(|at| table.rows.get(at)).filter(|above| above.class != RowClass::Total) {
        let over = own(above);
        name = Text::new(format!("{}/{}", over.ko, name.ko), format!("{}/{}", over.en, name.en));
        at = above.parent;
    }
    name
}
