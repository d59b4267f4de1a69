//! Where the next thing stands: sheets that are filled from above, text that goes on over them.
//!
//! Law: nothing stands outside the margins, and nothing upon another: whatever is put below what stands already.
#![allow(clippy::float_arithmetic, reason = "positions on paper")]

use super::elements::{ElementId, Elements, Kind, shortened};
use super::fonts::Shaped;
use super::lines::{self, Line};
use super::paper::{Bookmark, Ink, Lie, MARGIN, Mark, Owner, Sheet, Written};
use std::ops::Range;
use std::rc::Rc;

/// How far the middle of a letter stands above the line that it stands on, in ems.
const MIDDLE: f32 = 0.36;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    /// How large, in points.
    pub(super) size: f32,
    /// How far lines stand from one another, in ems.
    pub(super) leading: f32,
    /// In which colour.
    pub(super) ink: Ink,
}

impl Setting {
    /// How high a line is.
    pub(super) fn line(self) -> f32 {
        self.size * self.leading
    }

    /// How far below the top of a line its letters stand.
    pub(super) fn baseline(self) -> f32 {
        self.line() / 2.0 + MIDDLE * self.size
    }
}

/// Where lines of a text begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// They begin at the left.
    Left,
    /// They stand in the middle.
    Centre,
    /// They end at the right.
    Right,
}

/// From where to where lines go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measure {
    /// Where they begin.
    pub(super) x: f32,
    /// How wide they are.
    pub(super) width: f32,
    /// Where text stands in them.
    pub(super) align: Align,
}

/// Sheets that are being filled.
pub(super) struct Flow {
    /// The sheets so far; the last is being filled.
    pub(super) sheets: Vec<Sheet>,
    /// What the document says.
    pub(super) elements: Elements,
    /// Its bookmarks.
    pub(super) bookmarks: Vec<Bookmark>,
    /// How far from the top the next thing stands.
    pub(super) y: f32,
}

impl Flow {
    /// A first sheet.
    pub(super) fn new(lie: Lie) -> Flow {
        let sheets = vec![Sheet { lie, marks: Vec::new() }];
        Flow { sheets, elements: Elements::new(), bookmarks: Vec::new(), y: MARGIN }
    }

    /// How the sheet lies that is being filled.
    pub(super) fn lie(&self) -> Lie {
        self.sheets.last().map_or(Lie::Upright, |sheet| sheet.lie)
    }

    /// The whole width between the margins.
    pub(super) fn whole(&self) -> Measure {
        Measure { x: MARGIN, width: self.lie().width(), align: Align::Left }
    }

    /// How much room is left below.
    pub(super) fn room(&self) -> f32 {
        self.lie().size().1 - MARGIN - self.y
    }

    /// Whether nothing stands on the sheet yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.y <= MARGIN
    }

    /// Goes on with a new sheet.
    pub(super) fn turn(&mut self, lie: Lie) {
        match self.sheets.last_mut() {
            Some(sheet) if sheet.marks.is_empty() => sheet.lie = lie,
            _ => self.sheets.push(Sheet { lie, marks: Vec::new() }),
        }
        self.y = MARGIN;
    }

    /// Goes on with a new sheet unless there is so much room, or nothing stands on this one.
    pub(super) fn make_room(&mut self, height: f32) {
        if self.room() < height && !self.is_fresh() {
            self.turn(self.lie());
        }
    }

    /// Leaves room below what stands.
    pub(super) fn gap(&mut self, height: f32) {
        if !self.is_fresh() {
            self.y += height;
        }
    }

    /// Puts a mark on the sheet.
    pub(super) fn put(&mut self, owner: Owner, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.marks.push((owner, mark));
        }
    }

    /// Remembers where something begins.
    pub(super) fn bookmark(&mut self, level: usize, text: &str) {
        let top = (self.y - 6.0).max(0.0);
        self.bookmarks.push(Bookmark { level, text: shortened(text), sheet: self.sheets.len() - 1, top });
    }

    /// Puts one line of a text so far from the top.
    pub(super) fn line(
        &mut self,
        owner: Owner,
        text: &Rc<Shaped>,
        line: &Line,
        top: f32,
        measure: Measure,
        setting: Setting,
    ) {
        if line.glyphs.is_empty() {
            return;
        }
        let free = measure.width - line.width * setting.size;
        let x = match measure.align {
            Align::Left => measure.x,
            Align::Centre => measure.x + free / 2.0,
            Align::Right => measure.x + free,
        };
        let baseline = top + setting.baseline();
        let glyphs: Range<usize> = line.glyphs.clone();
        let written = Written { text: Rc::clone(text), glyphs, x, baseline, size: setting.size, ink: setting.ink };
        self.put(owner, Mark::Text(written));
    }

    /// Puts a text, as many lines as it has, over as many sheets as it needs; no line of it stands alone.
    pub(super) fn text(&mut self, owner: Owner, text: &Rc<Shaped>, measure: Measure, setting: Setting) {
        let all = lines::broken(text, measure.width / setting.size);
        let mut from = 0;
        while from < all.len() {
            let left = all.len() - from;
            let fit = ((self.room() + 0.01) / setting.line()).max(0.0) as usize;
            let now = match fit {
                _ if fit >= left => left,
                // One line stays alone neither here nor there.
                _ if left <= 3 || fit < 2 => 0,
                _ => fit.min(left - 2),
            };
            if now == 0 && !self.is_fresh() {
                self.turn(self.lie());
                continue;
            }
            for line in &all[from..from + now.max(1)] {
                self.line(owner, text, line, self.y, measure, setting);
                self.y += setting.line();
            }
            from += now.max(1);
        }
    }

    /// How high a text is.
    pub(super) fn height(text: &Shaped, width: f32, setting: Setting) -> f32 {
        lines::broken(text, width / setting.size).len() as f32 * setting.line()
    }

    /// Adds an element to the document.
    pub(super) fn element(&mut self, parent: ElementId, kind: Kind) -> ElementId {
        self.elements.add(parent, kind)
    }
}
