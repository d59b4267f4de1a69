//! The rows of a table on sheets: the headings on each, no row torn that need not be.
//!
//! Law: a row that fits on a sheet stands on one; one that is higher goes on where it stopped.
#![allow(clippy::float_arithmetic, reason = "positions on paper")]

use super::blocks::put_note;
use super::columns::{PADDING, Part};
use super::elements::{ElementId, Elements, Kind};
use super::flow::{Align, Flow, Measure, Setting};
use super::fonts::Shaped;
use super::lines::{self, Line};
use super::paper::{Ink, MARGIN, Mark, Owner};
use super::table::{Holds, Key, Next, TablePlan};
use crate::table::RowClass;
use std::rc::Rc;

const CAPTION: Setting = Setting { size: 10.5, leading: 1.4, ink: Ink::TEXT };
const UNIT: Setting = Setting { size: 8.5, leading: 1.4, ink: Ink::FAINT };
/// How far lines of a cell stand from one another, in ems, and what is above and below them, in points.
const LEADING: f32 = 1.32;
const ABOVE: f32 = 3.0;
/// Before a table, below its caption, below it.
const BEFORE: f32 = 10.0;
const BELOW_CAPTION: f32 = 3.0;
const BELOW: f32 = 6.0;
/// A row that is higher than this part of a sheet may be torn rather than leave the rest of one empty.
const HIGH: f32 = 0.3;
/// A table that is no higher than this part of a sheet stands on one.
const SMALL: f32 = 0.42;
/// Cells of more lines than this begin at the top of their row rather than stand in its middle.
const TALL: usize = 15;
/// Rules: outer, below headings, within.
const OUTER: f32 = 1.1;
const INNER: f32 = 0.6;
const HAIR: f32 = 0.35;

/// Lines of the cells of a row, at the widths of a part.
struct Laid {
    cells: Vec<Vec<Line>>,
    slots: usize,
}

/// A part of a table on its way onto sheets.
struct Putting<'a> {
    table: &'a TablePlan,
    part: &'a Part,
    setting: Setting,
    level: f32,
    headings: Laid,
    /// Where the rules of the sheet begin.
    top: f32,
    /// Whether a row stands on the sheet.
    begun: bool,
}

/// Puts a table where the flow is, below headings that stand so deep.
pub(super) fn put(table: &TablePlan, depth: usize, flow: &mut Flow) {
    if flow.lie() != table.lie() {
        flow.turn(table.lie());
    }
    for (n, part) in table.layout.parts.iter().enumerate() {
        let mut putting = Putting::of(table, part);
        flow.make_room(putting.start(n, flow.lie().width()));
        flow.gap(BEFORE);
        putting.put(n, depth, flow);
    }
    flow.y += BELOW;
    for note in &table.notes {
        put_note(note, flow);
    }
}

/// How much of a table has to stand below its heading.
pub(super) fn least(table: &TablePlan) -> f32 {
    let first = table.layout.parts.first();
    first.map_or(0.0, |part| Putting::of(table, part).start(0, table.lie().width()))
}

impl<'a> Putting<'a> {
    fn of(table: &'a TablePlan, part: &'a Part) -> Putting<'a> {
        let setting = Setting { size: table.layout.size, leading: LEADING, ink: Ink::TEXT };
        let mut putting = Putting {
            table,
            part,
            setting,
            level: table.level(part),
            headings: Laid::none(),
            top: MARGIN,
            begun: false,
        };
        let headings = part.columns.iter().map(|n| table.columns[*n].heading.as_ref());
        putting.headings = putting.laid(headings, 0.0);
        putting
    }

    /// Breaks the cells of a row, whose first stands in so far.
    fn laid<'b>(&self, texts: impl Iterator<Item = &'b Shaped>, inset: f32) -> Laid {
        let cells: Vec<Vec<Line>> = texts
            .enumerate()
            .map(|(n, text)| {
                let inset = if n == 0 { inset } else { 0.0 };
                lines::broken(text, (self.part.widths[n] - 2.0 * PADDING - inset) / self.setting.size)
            })
            .collect();
        let slots = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
        Laid { cells, slots }
    }

    fn row(&self, n: usize) -> Laid {
        let row = &self.table.rows[n];
        self.laid(self.part.columns.iter().map(|n| row.cells[*n].as_ref()), self.inset(n))
    }

    fn inset(&self, row: usize) -> f32 {
        self.table.rows[row].levels as f32 * self.level
    }

    fn high(&self, slots: usize) -> f32 {
        slots as f32 * self.setting.line() + 2.0 * ABOVE
    }

    /// Whether the headings leave room enough on a sheet to be repeated on each.
    fn repeats(&self) -> bool {
        self.high(self.headings.slots) < self.table.lie().height() * HIGH
    }

    /// How much has to stand on the sheet that the table begins on.
    fn start(&self, n: usize, width: f32) -> f32 {
        let caption = self.table.captions[n].as_ref();
        let caption = caption.map_or(UNIT.line(), |text| Flow::height(text, width, CAPTION) + UNIT.line());
        let rows = self.table.rows.len();
        let sheet = self.table.lie().height();
        let mut height = BEFORE + caption + BELOW_CAPTION + self.high(self.headings.slots);
        let begin = height;
        for row in 0..rows {
            height += self.high(self.row(row).slots);
            // Of a larger one two rows are enough.
            if height > sheet * SMALL {
                let two: f32 = (0..rows.min(2)).map(|row| self.high(self.row(row).slots)).sum();
                height = begin + two.min(sheet * HIGH);
                break;
            }
        }
        height.min(sheet)
    }

    fn put(&mut self, n: usize, depth: usize, flow: &mut Flow) {
        let owner = self.put_caption(n, depth, flow);
        self.top = flow.y;
        let head = flow.element(owner, Kind::Head);
        let first = flow.element(head, Kind::Row);
        let cells: Vec<Owner> =
            (0..self.part.columns.len()).map(|_| Owner::Element(flow.element(first, Kind::ColumnHeading))).collect();
        self.put_headings(&cells, flow);
        let rows = flow.element(owner, Kind::Rows);
        for n in 0..self.table.rows.len() {
            self.put_row(n, rows, flow);
        }
        self.close(flow);
    }

    /// Puts the caption and the unit; gives the table's element.
    fn put_caption(&self, n: usize, depth: usize, flow: &mut Flow) -> ElementId {
        let whole = flow.whole();
        let caption = self.table.captions[n].clone();
        let unit = self.table.unit.clone();
        let noted = unit.as_ref().map(|unit| (flow.element(Elements::ROOT, Kind::Paragraph), unit));
        let table = flow.element(Elements::ROOT, Kind::Table);
        let taken = unit.as_ref().map_or(0.0, |unit| unit.width * UNIT.size + 12.0);
        if let Some(caption) = &caption {
            flow.bookmark(depth, &caption.text);
            let owner = Owner::Element(flow.element(table, Kind::Caption));
            let beside = caption.width * CAPTION.size + taken <= whole.width;
            flow.text(owner, caption, whole, CAPTION);
            if beside && unit.is_some() {
                flow.y -= UNIT.line();
            }
        }
        if let Some((owner, unit)) = noted {
            flow.text(Owner::Element(owner), unit, Measure { align: Align::Right, ..whole }, UNIT);
        }
        if caption.is_some() || unit.is_some() {
            flow.y += BELOW_CAPTION;
        }
        table
    }

    /// Puts the headings at the top of the rows of a sheet.
    fn put_headings(&mut self, owners: &[Owner], flow: &mut Flow) {
        self.top = flow.y;
        let height = self.high(self.headings.slots);
        if height > flow.room() {
            // Headings higher than a sheet go on like a row.
            let texts: Vec<Rc<Shaped>> =
                self.part.columns.iter().map(|n| Rc::clone(&self.table.columns[*n].heading)).collect();
            let headings = std::mem::replace(&mut self.headings, Laid::none());
            self.put_torn(&texts, &headings, owners, 0.0, flow);
            self.headings = headings;
            return;
        }
        self.area(flow.y, height, Ink::HEAD, flow);
        for (n, lines) in self.headings.cells.iter().enumerate() {
            let text = &self.table.columns[self.part.columns[n]].heading;
            let above = (self.headings.slots - lines.len()) as f32 * self.setting.line() / 2.0;
            let measure = Measure { align: Align::Centre, ..self.cell(n, 0.0) };
            for (slot, line) in lines.iter().enumerate() {
                let top = flow.y + ABOVE + above + slot as f32 * self.setting.line();
                flow.line(owners[n], text, line, top, measure, self.setting);
            }
        }
        flow.y += height;
        self.rule(flow.y, INNER, Ink::RULE, flow);
    }

    fn put_row(&mut self, n: usize, rows: ElementId, flow: &mut Flow) {
        let row = &self.table.rows[n];
        let laid = self.row(n);
        let sheet = flow.lie().height();
        let height = self.high(laid.slots);
        // Rows that belong to one another stay together, as long as they are few.
        let mut together = height;
        let mut at = n;
        while self.table.rows[at].next == Next::Keep && at + 1 < self.table.rows.len() {
            at += 1;
            let next = self.high(self.row(at).slots);
            if together + next > sheet * HIGH {
                break;
            }
            together += next;
        }
        let begun = self.begun;
        let tears = height > sheet * HIGH;
        let room = flow.room();
        if begun && ((!tears && together > room) || (tears && self.high(3) > room)) {
            self.go_on(flow);
        }
        self.begun = true;
        let element = flow.element(rows, Kind::Row);
        let owners: Vec<Owner> = self
            .part
            .columns
            .iter()
            .map(|column| match self.table.columns[*column].key {
                Key::Key => Owner::Element(flow.element(element, Kind::RowHeading)),
                Key::Other => Owner::Element(flow.element(element, Kind::Cell)),
            })
            .collect();
        let texts: Vec<Rc<Shaped>> = self.part.columns.iter().map(|column| Rc::clone(&row.cells[*column])).collect();
        if height > flow.room() {
            return self.put_torn(&texts, &laid, &owners, self.inset(n), flow);
        }
        if row.class == RowClass::Total {
            self.area(flow.y, height, Ink::SHADE, flow);
        }
        for (column, lines) in laid.cells.iter().enumerate() {
            let free = (laid.slots - lines.len()) as f32 * self.setting.line();
            let above = if laid.slots > TALL { 0.0 } else { free / 2.0 };
            self.put_cell(
                column,
                (&texts[column], lines),
                owners[column],
                (flow.y + ABOVE + above, self.inset(n)),
                flow,
            );
        }
        flow.y += height;
        self.rule(flow.y, HAIR, Ink::HAIR, flow);
    }

    /// Puts a row that is higher than what is left of the sheet: as many lines as fit, the others on the next.
    fn put_torn(&mut self, texts: &[Rc<Shaped>], laid: &Laid, owners: &[Owner], inset: f32, flow: &mut Flow) {
        let mut from = 0;
        while from < laid.slots {
            let fit = ((flow.room() - 2.0 * ABOVE + 0.01) / self.setting.line()).max(0.0) as usize;
            let now = fit.max(1).min(laid.slots - from);
            for (column, lines) in laid.cells.iter().enumerate() {
                let some = &lines[from.min(lines.len())..(from + now).min(lines.len())];
                self.put_cell(column, (&texts[column], some), owners[column], (flow.y + ABOVE, inset), flow);
            }
            flow.y += self.high(now);
            from += now;
            if from < laid.slots {
                self.go_on(flow);
            }
        }
        self.rule(flow.y, HAIR, Ink::HAIR, flow);
    }

    fn put_cell(
        &self,
        column: usize,
        (text, lines): (&Rc<Shaped>, &[Line]),
        owner: Owner,
        (top, inset): (f32, f32),
        flow: &mut Flow,
    ) {
        let align = match self.table.columns[self.part.columns[column]].holds {
            Holds::Words => Align::Left,
            Holds::Figures => Align::Right,
        };
        let measure = Measure { align, ..self.cell(column, inset) };
        for (slot, line) in lines.iter().enumerate() {
            let top = top + slot as f32 * self.setting.line();
            flow.line(owner, text, line, top, measure, self.setting);
        }
    }

    /// Ends the sheet and goes on with the next one below the same headings.
    fn go_on(&mut self, flow: &mut Flow) {
        self.close(flow);
        flow.turn(flow.lie());
        self.top = flow.y;
        self.begun = false;
        if self.repeats() && self.headings.slots > 0 {
            let owners = vec![Owner::Layout; self.part.columns.len()];
            self.put_headings(&owners, flow);
        }
    }

    /// Draws the rules around what stands on the sheet.
    fn close(&self, flow: &mut Flow) {
        self.rule(self.top, OUTER, Ink::RULE, flow);
        self.rule(flow.y, OUTER, Ink::RULE, flow);
        let mut x = MARGIN;
        for width in &self.part.widths[..self.part.widths.len().saturating_sub(1)] {
            x += width;
            flow.put(Owner::Layout, Mark::Line(vec![(x, self.top), (x, flow.y)], HAIR, Ink::HAIR));
        }
    }

    /// Where the text of a column stands.
    fn cell(&self, column: usize, inset: f32) -> Measure {
        let inset = if column == 0 { inset } else { 0.0 };
        let before: f32 = self.part.widths[..column].iter().sum();
        let width = self.part.widths[column] - 2.0 * PADDING - inset;
        Measure { x: MARGIN + before + PADDING + inset, width, align: Align::Left }
    }

    fn rule(&self, y: f32, thick: f32, ink: Ink, flow: &mut Flow) {
        let end = MARGIN + self.part.widths.iter().sum::<f32>();
        flow.put(Owner::Layout, Mark::Line(vec![(MARGIN, y), (end, y)], thick, ink));
    }

    fn area(&self, y: f32, height: f32, ink: Ink, flow: &mut Flow) {
        flow.put(Owner::Layout, Mark::Area([MARGIN, y, self.part.widths.iter().sum(), height], ink));
    }
}

impl Laid {
    const fn none() -> Laid {
        Laid { cells: Vec::new(), slots: 0 }
    }
}
