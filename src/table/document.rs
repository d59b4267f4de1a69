//! What a document has besides tables: headings, lists of points, charts.

use super::{Cell, Scale, Sentence};
use crate::ledger::Term;
use crate::money::Unit;
use crate::words::Text;

/// A heading below the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// How deep it stands: 1 below the title, 2 below that.
    pub level: u8,
    /// What it says, with its number where it has one.
    pub text: Text,
}

/// A point of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// How deep it stands, from 0.
    pub depth: u32,
    /// What it is about, where it is one of several facts of a kind: 기간, 장소.
    pub label: Option<Text>,
    /// What it says.
    pub text: Sentence,
}

/// Figures that somebody would rather look at than read; the tables of the page hold all of them, or what they
/// are rates of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The stable name: one of each on a page, and of no table.
    pub id: String,
    /// What it shows.
    pub title: Text,
    /// How its figures are to be looked at.
    pub shape: Shape,
    /// The unit of its amounts; they are exact in cells until it is scaled.
    pub unit: Unit,
    /// What stands beside one another at each point; one alone needs no name but the title.
    pub series: Vec<Text>,
    /// The points in order.
    pub points: Vec<Mark>,
}

/// A point of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is called.
    pub name: Text,
    /// A figure for each series; blank where there is none, which is not zero.
    pub cells: Vec<Cell>,
}

/// How the figures of a chart are to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Rates: of each point so much of its whole; there may be more than all of it.
    Parts,
    /// Amounts beside one another.
    Amounts,
    /// Amounts or rates that have come so far, one point after the other in time.
    Course,
}

impl Chart {
    /// Works out what every figure shows.
    pub fn scaled(self, scale: &Scale<'_>) -> Chart {
        self.scaled_as(&[], scale)
    }

    /// The same where series are of terms: a year may say how the digits of one are printed.
    pub fn scaled_as(mut self, terms: &[Term], scale: &Scale<'_>) -> Chart {
        self.unit = scale.unit;
        for mark in &mut self.points {
            for (n, cell) in mark.cells.iter_mut().enumerate() {
                super::scale::show_cell(cell, terms.get(n).copied(), super::RowClass::Body, scale);
            }
        }
        self
    }
}
