//! Sheets of paper, and what stands on them: positions in points from the top left, nothing that depends on a PDF.
#![allow(clippy::float_arithmetic, reason = "positions on paper")]

use super::elements::ElementId;
use super::fonts::Shaped;
use std::ops::Range;
use std::rc::Rc;

/// A4, its short side and its long one.
const SHORT: f32 = 595.276;
const LONG: f32 = 841.89;
/// 20 mm on every side.
pub(super) const MARGIN: f32 = 56.69;
/// How far above the lower edge the page number stands.
pub(super) const FOOT: f32 = 34.0;

/// How a sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lie {
    /// The short side above.
    Upright,
    /// The long side above.
    Across,
}

impl Lie {
    /// Width and height of the sheet.
    pub(super) const fn size(self) -> (f32, f32) {
        match self {
            Lie::Upright => (SHORT, LONG),
            Lie::Across => (LONG, SHORT),
        }
    }

    /// How wide a line between the margins is.
    pub(super) fn width(self) -> f32 {
        self.size().0 - 2.0 * MARGIN
    }

    /// How high the room between the margins is.
    pub(super) fn height(self) -> f32 {
        self.size().1 - 2.0 * MARGIN
    }
}

/// A colour, as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink(pub(super) u8, pub(super) u8, pub(super) u8);

impl Ink {
    /// Text.
    pub(super) const TEXT: Ink = Ink(17, 17, 17);
    /// Text that stands back: units, page numbers, axes.
    pub(super) const FAINT: Ink = Ink(89, 89, 89);
    /// The rules above and below a table.
    pub(super) const RULE: Ink = Ink(51, 51, 51);
    /// The rules within it.
    pub(super) const HAIR: Ink = Ink(200, 203, 208);
    /// Behind headings.
    pub(super) const HEAD: Ink = Ink(229, 232, 237);
    /// Behind totals.
    pub(super) const SHADE: Ink = Ink(243, 245, 248);
    /// What a chart shows, of its first series and of those after it.
    pub(super) const SERIES: [Ink; 4] = [Ink(46, 92, 153), Ink(201, 122, 43), Ink(96, 143, 92), Ink(128, 104, 160)];
    /// Behind the bars of a chart.
    pub(super) const TRACK: Ink = Ink(236, 239, 243);
    /// Below the line of a chart.
    pub(super) const UNDER: Ink = Ink(213, 224, 239);
}

/// Whose a mark on paper is, for those who have it read out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A part of what the page says.
    Element(ElementId),
    /// Rules and areas, and headings that are repeated.
    Layout,
    /// The page number.
    Footer,
}

/// A line of text on paper.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The text that it is a part of.
    pub(super) text: Rc<Shaped>,
    /// Which of its glyphs.
    pub(super) glyphs: Range<usize>,
    /// Where it begins.
    pub(super) x: f32,
    /// Where it stands.
    pub(super) baseline: f32,
    /// How large it is.
    pub(super) size: f32,
    /// Its colour.
    pub(super) ink: Ink,
}

/// A mark on paper.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A line of text.
    Text(Written),
    /// A filled rectangle: left, top, width, height.
    Area([f32; 4], Ink),
    /// A line through points, so thick.
    Line(Vec<(f32, f32)>, f32, Ink),
}

/// A sheet.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// How it lies.
    pub(super) lie: Lie,
    /// What stands on it, in the order of drawing.
    pub(super) marks: Vec<(Owner, Mark)>,
}

/// An entry of the table of bookmarks.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    /// How deep it stands, from 0.
    pub(super) level: usize,
    /// What it says.
    pub(super) text: String,
    /// On which sheet, from 0.
    pub(super) sheet: usize,
    /// How far from its top.
    pub(super) top: f32,
}
