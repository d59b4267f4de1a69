//! Sheets of paper, and what room they have.

use super::measure::Length;

/// The sheet of a section, from small to large: a table takes the first that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sheet {
    /// A4, upright.
    Upright,
    /// A4, turned.
    Turned,
    /// A3, turned.
    Large,
}

/// From the edge of the sheet to the text, left and right: 20 mm.
const SIDE: Length = 5_669;
/// From the edge of the sheet to the head and the foot: 15 mm.
const EDGE: Length = 4_252;
/// Room for the head and the foot: 10 mm.
const FOOT: Length = 2_835;

/// The margins of every sheet, by their names in the format.
pub(super) const MARGINS: [(&str, Length); 7] = [
    ("header", FOOT),
    ("footer", FOOT),
    ("gutter", 0),
    ("left", SIDE),
    ("right", SIDE),
    ("top", EDGE),
    ("bottom", EDGE),
];

impl Sheet {
    /// Width and height of the paper. Hangul keeps those of paper that stands, whichever way it is turned.
    pub(super) const fn paper(self) -> (Length, Length) {
        match self {
            Sheet::Upright | Sheet::Turned => (59_528, 84_188),
            Sheet::Large => (84_188, 119_055),
        }
    }

    /// Which way it is turned, in the words of the format: `WIDELY` stands, `NARROWLY` is turned.
    pub(super) const fn landscape(self) -> &'static str {
        match self {
            Sheet::Upright => "WIDELY",
            Sheet::Turned | Sheet::Large => "NARROWLY",
        }
    }

    /// How wide the text is.
    pub(super) const fn room(self) -> Length {
        let (width, height) = self.paper();
        match self {
            Sheet::Upright => width - 2 * SIDE,
            Sheet::Turned | Sheet::Large => height - 2 * SIDE,
        }
    }
}
