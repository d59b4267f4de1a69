//! Blocks while they are put together: headings with their marks, texts of the book, pages of other reports.
//!
//! Law: a text of the book is a value, never a template; ids of tables and charts are unique, as they begin with the id of
//! their section.

use crate::ledger::{Bullet, Fact, Passage, Standing};
use crate::table::{Block, Cell, Division, Heading, Note, Page, Piece, Point, Sentence, Step, Why};
use crate::words::Text;

/// Which of the two books something is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The year of the report, the first of its books.
    TheYear,
    /// The one before, the second of them.
    TheYearBefore,
}

/// The place of the year before among the books of a page.
const BEFORE: usize = 1;

/// Blocks in order.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) blocks: Vec<Block>,
}

impl Sheet {
    /// A heading as it stands.
    pub(super) fn heading(&mut self, level: u8, text: Text) {
        self.blocks.push(Block::Heading(Heading { level, text }));
    }

    /// A heading behind the mark of its level.
    pub(super) fn marked(&mut self, level: u8, text: &Text) {
        self.heading(level, behind(mark(level), text));
    }

    /// A sentence.
    pub(super) fn paragraph(&mut self, sentence: Sentence) {
        self.blocks.push(Block::Paragraph(sentence));
    }

    /// Points, if there are any.
    pub(super) fn list(&mut self, points: Vec<Point>) {
        if !points.is_empty() {
            self.blocks.push(Block::List(points));
        }
    }

    /// The texts that stand in a place.
    pub(super) fn texts(&mut self, texts: &[Passage], at: Standing, level: u8) {
        for passage in texts.iter().filter(|passage| passage.at == at) {
            let heading = passage.heading.as_ref();
            self.blocks.extend(heading.map(|text| Block::Heading(Heading { level, text: behind(mark(level), text) })));
            self.body(passage);
        }
    }

    /// A text without its heading.
    pub(super) fn body(&mut self, passage: &Passage) {
        self.blocks.extend(passage.text.as_ref().map(|text| Block::Paragraph(said(text))));
        self.list(passage.facts.iter().map(|fact| point(0, Some(&fact.label), said(&fact.text))).collect());
        self.list(bullets(&passage.points, 0));
        self.blocks.extend(passage.note.as_ref().map(|note| Block::Note(Note::remark(said(note)))));
    }

    /// What another report's page says, below a section.
    pub(super) fn take(&mut self, section: &str, page: Page, of: Of) {
        self.blocks.extend(page.blocks.into_iter().map(|block| taken(section, block, of)));
    }
}

/// A page whose first table is called so, if it is not called anything: alone on its own page it needs no name.
pub(super) fn captioned(mut page: Page, ko: &str, en: &str) -> Page {
    let first = page.blocks.iter_mut().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    if let Some(table) = first {
        table.caption.get_or_insert_with(|| Text::new(ko, en));
    }
    page
}

/// A block as it stands below a section.
fn taken(section: &str, block: Block, of: Of) -> Block {
    let elsewhere = |cell: &mut Cell| {
        if of == Of::TheYearBefore {
            let why = std::mem::replace(&mut cell.why, Why::Label);
            cell.why = elsewhere(why);
        }
    };
    match block {
        Block::Table(mut table) => {
            table.id = format!("{section}-{}", table.id);
            table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(elsewhere);
            Block::Table(table)
        }
        Block::Chart(mut chart) => {
            chart.id = format!("{section}-{}", chart.id);
            chart.points.iter_mut().flat_map(|mark| &mut mark.cells).for_each(elsewhere);
            Block::Chart(chart)
        }
        Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::Note(_) | Block::PageBreak => block,
    }
}

/// A reason as the books of the year before give it: what it is worked out from are their lines and their places, and what
/// is worked out stays so, as it can be told of cells that stand beside it.
fn elsewhere(why: Why) -> Why {
    let step = |step: Step| Step { why: elsewhere(step.why), ..step };
    match why {
        Why::Read(_) | Why::Summed(_) => Why::Elsewhere(BEFORE, Box::new(why)),
        Why::Worked(steps) => Why::Worked(steps.into_iter().map(|(sign, one)| (sign, step(one))).collect()),
        Why::PartOf(parts) => {
            let (part, whole) = *parts;
            Why::PartOf(Box::new((step(part), step(whole))))
        }
        Why::Divided(division) => {
            let whole = step(division.whole);
            Why::Divided(Box::new(Division { whole, weights: division.weights, place: division.place }))
        }
        Why::Rounded(rounded) => {
            let (of, rule) = *rounded;
            Why::Rounded(Box::new((step(of), rule)))
        }
        Why::Label | Why::Elsewhere(..) | Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => why,
    }
}

/// The marks of Korean official documents, by the level of a heading.
fn mark(level: u8) -> &'static str {
    match level {
        0..=2 => "□",
        3 => "○",
        _ => "▪",
    }
}

/// A text behind a mark or a number.
pub(super) fn behind(mark: &str, text: &Text) -> Text {
    Text::new(format!("{mark} {}", text.ko), format!("{mark} {}", text.en))
}

/// A text of the book as a sentence: braces in it are braces.
pub(super) fn said(text: &Text) -> Sentence {
    Sentence::with(("{0}", "{0}"), vec![Piece::Text(text.clone())])
}

/// A point at a depth, under a label where it has one.
pub(super) fn point(depth: u32, label: Option<&Text>, text: Sentence) -> Point {
    Point { depth, label: label.cloned(), text }
}

/// A fact of the book as a point.
pub(super) fn facts(facts: &[Fact]) -> Vec<Point> {
    facts.iter().map(|fact| point(0, Some(&fact.label), said(&fact.text))).collect()
}

/// Points of the book, and those below them.
pub(super) fn bullets(bullets: &[Bullet], depth: u32) -> Vec<Point> {
    let mut points = Vec::new();
    for bullet in bullets {
        points.push(point(depth, None, said(&bullet.text)));
        points.extend(self::bullets(&bullet.points, depth + 1));
    }
    points
}
