//! The neutral page: what a report says, before anything decides how it looks.
//!
//! Law: no colour, no widths, no borders, no strings made from numbers. Those are the renderers' business.

mod cell;
mod document;
mod footing;
mod lines;
mod scale;

pub use cell::{Cell, Division, Proportion, Step, Value, Why};
pub use document::{Chart, Heading, Mark, Point, Shape};
pub use lines::{Kept, Lines};
pub use scale::{Scale, Shown};

use crate::ledger::{Sign, Term};
use crate::money::Unit;
use crate::words::{EcoString, Text, Word};

/// A report, ready to be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The stable name of the report, for machines.
    pub report: &'static str,
    /// What it is called.
    pub title: Text,
    /// What stands on it, in order.
    pub blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A sentence.
    Paragraph(Sentence),
    /// Points, one below the other.
    List(Vec<Point>),
    /// Something that has to be said apart from the text.
    Note(Note),
    /// A table.
    Table(Table),
    /// Figures to look at.
    Chart(Chart),
    /// What follows begins a new sheet of paper.
    PageBreak,
}

impl Block {
    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match self {
            Block::Table(table) => Some(table),
            _ => None,
        }
    }
}

impl Page {
    /// Its tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(Block::table)
    }

    /// The cells of its tables and charts.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.blocks.iter().flat_map(|block| {
            let (rows, points) = match block {
                Block::Table(table) => (table.rows.as_slice(), [].as_slice()),
                Block::Chart(chart) => ([].as_slice(), chart.points.as_slice()),
                Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::Note(_) | Block::PageBreak => {
                    ([].as_slice(), [].as_slice())
                }
            };
            rows.iter().flat_map(|row| &row.cells).chain(points.iter().flat_map(|mark| &mark.cells))
        })
    }

    /// The same without charts, for where its tables are all that is wanted.
    pub fn without_charts(mut self) -> Page {
        self.blocks.retain(|block| !matches!(block, Block::Chart(_)));
        self
    }

    /// Puts a note before the others of its first table; where it has none, before everything.
    pub fn put_first(&mut self, note: Note) {
        let first = self.blocks.iter_mut().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        match first {
            Some(table) => table.notes.insert(0, note),
            None => self.blocks.insert(0, Block::Note(note)),
        }
    }
}

/// A sentence with values in it: `{0}`, `{1}` … in its text stand for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The text, in both languages.
    pub text: Text,
    /// The values.
    pub values: Vec<Piece>,
}

/// A value in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A text.
    Text(Text),
    /// A number that is no amount.
    Count(u64),
    /// A figure, and the unit it is in; without one, as it stands.
    Figure(crate::money::Figure, Option<Unit>),
    /// A rate in per cent.
    Percent(crate::money::Figure),
    /// A date.
    Date(crate::ledger::Date),
}

impl Sentence {
    /// A sentence without values.
    pub fn plain(text: impl Into<Text>) -> Sentence {
        Sentence { text: text.into(), values: Vec::new() }
    }

    /// A sentence with values.
    pub fn with(text: impl Into<Text>, values: Vec<Piece>) -> Sentence {
        Sentence { text: text.into(), values }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The stable name, for machines: one of each on a page.
    pub id: String,
    /// What it is called, where a page has several.
    pub caption: Option<Text>,
    /// The unit of its amounts; they are exact in cells until it is scaled.
    pub unit: Unit,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, in printing order.
    pub rows: Vec<Row>,
    /// What has to be said below it.
    pub notes: Vec<Note>,
}

/// Something that has to be said below a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub weight: Weight,
    /// What it is about.
    pub text: Sentence,
    /// The places it is about, where it names some.
    pub items: Vec<Sentence>,
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Without it the table says something that is not so; formats that drop notes keep this one.
    Caution,
    /// It explains.
    Remark,
}

impl Note {
    /// A note that explains.
    pub fn remark(text: Sentence) -> Note {
        Note { weight: Weight::Remark, text, items: Vec::new() }
    }

    /// A note without which the table would mislead.
    pub fn caution(text: Sentence) -> Note {
        Note { weight: Weight::Caution, text, items: Vec::new() }
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The stable name, for machines.
    pub word: Word,
    /// The heading.
    pub heading: Text,
    /// What it holds.
    pub role: Role,
    /// The term that its figures are of, where they are of one: a year may say how its digits are printed.
    pub term: Option<Term>,
    /// The signed sums of other columns that it can be worked out from.
    pub ways: Vec<Vec<(Sign, usize)>>,
    /// Whether a row's figure is the sum of those below it.
    pub down: Down,
}

/// What the figures of a column do down the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Down {
    /// They add up.
    #[default]
    Adds,
    /// Each stands for itself, as what has come so far does.
    Stands,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What a row is about.
    Key,
    /// Words.
    Text,
    /// Numbers that are no amounts.
    Count,
    /// Amounts.
    Amount,
    /// Rates.
    Rate,
}

impl Column {
    /// A column of a word's own heading.
    pub fn new(word: Word, role: Role) -> Column {
        Column { word, heading: word.text(), role, term: None, ways: Vec::new(), down: Down::Adds }
    }

    /// A column of a term.
    pub fn of(term: Term) -> Column {
        let role = if term.is_rate() { Role::Rate } else { Role::Amount };
        Column { term: Some(term), ..Column::new(term.word(), role) }
    }

    /// Under another heading.
    pub fn headed(self, heading: impl Into<Text>) -> Column {
        Column { heading: heading.into(), ..self }
    }

    /// Of figures that do not add up down the rows.
    pub fn standing(self) -> Column {
        Column { down: Down::Stands, ..self }
    }

    /// Worked out so from other columns.
    pub fn from(self, way: &[(Sign, usize)]) -> Column {
        Column { ways: vec![way.to_vec()], ..self }
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub class: RowClass,
    /// The stable name, for machines: a full path.
    pub key: EcoString,
    /// How deep it stands in a tree; 0 for the total and for a flat table.
    pub depth: u32,
    /// Which row of the same table it is a part of.
    pub parent: Option<usize>,
    /// Whether every part of it is a row of the table too.
    pub complete: bool,
    /// Its cells, as many as the table has columns.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowClass {
    /// One of many.
    Body,
    /// The sum of the rows below it.
    Subtotal,
    /// The sum of all.
    Total,
}

impl Row {
    /// What it is called: its first cell, or else its key.
    pub fn name(&self) -> Text {
        self.own_name().cloned().unwrap_or_else(|| Text::same(self.key.clone()))
    }

    /// Whether it is called so.
    pub fn is_called(&self, name: &Text) -> bool {
        self.own_name().map_or_else(|| self.key == name.ko && self.key == name.en, |own| own == name)
    }

    fn own_name(&self) -> Option<&Text> {
        match &self.cells.first()?.value {
            Value::Text(name) => Some(name),
            _ => None,
        }
    }
}

impl Table {
    /// Works out what every cell shows, and notes what the shown figures leave to be said.
    pub fn scaled(mut self, scale: &Scale<'_>) -> Table {
        let held_back = scale::show(&mut self, scale);
        let notes = footing::notes(&self, scale);
        self.notes.extend(notes);
        self.notes.extend(footing::held_back(&held_back));
        self
    }

    /// Whether any of its columns holds amounts: a unit says nothing of the others.
    pub fn has_amounts(&self) -> bool {
        self.columns.iter().any(|column| column.role == Role::Amount)
    }

    /// The place of a term's column.
    pub fn column(&self, term: Term) -> Option<usize> {
        self.columns.iter().position(|column| column.term == Some(term))
    }

    /// Tells each column of a term from which others of the table it can be worked out.
    pub fn with_ways(mut self) -> Table {
        let ways = |term: Term| {
            let mut ways: Vec<Vec<(Sign, usize)>> = Vec::new();
            for way in term.ways() {
                let shown = way.iter().filter_map(|(sign, part)| self.column(*part).map(|column| (*sign, column)));
                let shown: Vec<_> = shown.collect();
                if !shown.is_empty() && !ways.contains(&shown) {
                    ways.push(shown);
                }
            }
            ways
        };
        let all: Vec<_> = self.columns.iter().map(|column| column.term.map(ways).unwrap_or_default()).collect();
        for (column, ways) in self.columns.iter_mut().zip(all) {
            column.ways = ways;
        }
        self
    }
}
