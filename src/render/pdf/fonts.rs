//! The faces that text is set in, and texts as their glyphs: what is measured here is what is drawn.
//!
//! Law: no character is lost. One that no face has is drawn as a box, is still found by a search, and is told with where
//! it stands.
//!
//! # Why
//!
//! Pretendard (SIL Open Font License 1.1) has every syllable, the marks of Korean papers and figures of one width, but no
//! Hanja; it stands beside this file whole, as a font that is cut to size would have to bear another name. Its
//! contextual forms are off: they would turn `->` into an arrow and `2x3` into a product.
#![allow(clippy::float_arithmetic, reason = "widths of glyphs")]

use super::lines::{self, Place};
use super::missing::Missing;
use crate::render::Error;
use krilla::text::Font;
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Feature, ShapePlan, UnicodeBuffer, script};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

static REGULAR: &[u8] = include_bytes!("fonts/Pretendard-Regular.otf");
static BOLD: &[u8] = include_bytes!("fonts/Pretendard-Bold.otf");

/// What stands for a character that no face has.
const BOX: char = '⌧';
/// What stands in the text for a character that means nothing outside its own computer.
const REPLACEMENT: char = '\u{fffd}';

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Text.
    Regular,
    /// Titles, headings, totals.
    Bold,
}

/// A text as glyphs; widths are in ems, so that it can be set in any size.
#[derive(Clone, Debug)]
pub(super) struct Shaped {
    /// The text.
    pub(super) text: String,
    /// Its glyphs, in the order of the text.
    pub(super) glyphs: Vec<Glyph>,
    /// How far from the beginning each glyph stands.
    starts: Vec<f32>,
    /// How wide all of it is.
    pub(super) width: f32,
}

/// A glyph.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Whose.
    pub(super) face: u16,
    /// Which.
    pub(super) id: u32,
    /// Which bytes of the text it stands for.
    pub(super) bytes: (u32, u32),
    /// How far the next one stands from it.
    pub(super) advance: f32,
    /// How far it stands from where it would.
    pub(super) offset: (f32, f32),
}

impl Shaped {
    /// How wide some of its glyphs are, without a space at their end.
    pub(super) fn width_of(&self, glyphs: Range<usize>) -> f32 {
        let last = glyphs.clone().rev().find(|n| !self.is_space(*n));
        last.map_or(0.0, |last| self.starts[last] + self.glyphs[last].advance - self.starts[glyphs.start])
    }

    /// Whether a glyph is a space.
    pub(super) fn is_space(&self, n: usize) -> bool {
        self.text[self.glyphs[n].bytes.0 as usize..].starts_with(' ')
    }

    /// How well the text can be broken before a glyph.
    pub(super) fn place_before(&self, n: usize) -> Place {
        let at = self.glyphs[n].bytes.0 as usize;
        let before = self.text[..at].chars().next_back();
        let after = self.text[at..].chars().next();
        match (before, after) {
            (Some(before), Some(after)) if self.glyphs[n - 1].bytes.0 as usize != at => lines::between(before, after),
            _ => Place::Never,
        }
    }
}

struct Face<'a> {
    shaper: rustybuzz::Face<'a>,
    plan: ShapePlan,
    font: Font,
}

/// The faces of a document.
pub(super) struct Fonts<'a> {
    /// Regular, bold, then those that were given.
    faces: Vec<Face<'a>>,
    /// What no face has.
    pub(super) missing: Missing,
}

/// The face that boxes are of.
const BOXES: usize = 0;
/// How many faces are built in.
const BUILT_IN: usize = 2;

impl<'a> Fonts<'a> {
    /// The built-in faces and those of these files.
    ///
    /// # Errors
    /// A file that is no font.
    pub(super) fn of(files: &'a [Vec<u8>]) -> Result<Fonts<'a>, Error> {
        let built_in = [REGULAR, BOLD].map(|bytes| Face::of(bytes, bytes.into()));
        let given = files.iter().map(|bytes| Face::of(bytes, bytes.clone().into()));
        let mut faces = Vec::new();
        for (n, face) in built_in.into_iter().chain(given).enumerate() {
            faces.push(face.ok_or(Error::Font(n.saturating_sub(BUILT_IN)))?);
        }
        Ok(Fonts { faces, missing: Missing::default() })
    }

    /// A face, for drawing.
    pub(super) fn font(&self, face: u16) -> &Font {
        &self.faces[usize::from(face)].font
    }

    /// Which of the given files a font is of.
    pub(super) fn given(&self, font: &Font) -> Option<usize> {
        self.faces.iter().position(|face| face.font == *font).and_then(|n| n.checked_sub(BUILT_IN))
    }

    /// Sets a text; what no face has is noted at the place.
    pub(super) fn set(&mut self, text: &str, cut: Cut, place: super::missing::Place<'_>) -> Shaped {
        let first = match cut {
            Cut::Regular => 0,
            Cut::Bold => 1,
        };
        let order: Vec<usize> = [first].into_iter().chain(BUILT_IN..self.faces.len()).collect();
        let mut shaped = Shaped { text: String::new(), glyphs: Vec::new(), starts: Vec::new(), width: 0.0 };
        let mut run: Option<(usize, usize)> = None;
        for c in text.nfc().filter_map(seen) {
            let at = shaped.text.len();
            let face = order.iter().copied().find(|face| self.faces[*face].has(c));
            shaped.text.push(c);
            match (face, run) {
                (Some(face), Some((of, _))) if face == of => {}
                (face, before) => {
                    if let Some((face, from)) = before {
                        self.faces[face].shape(face, from..at, &mut shaped);
                    }
                    run = face.map(|face| (face, at));
                    if face.is_none() {
                        self.missing.note(c, place);
                        self.faces[BOXES].draw_box(BOXES, at..shaped.text.len(), &mut shaped);
                    }
                }
            }
        }
        if let Some((face, from)) = run {
            let all = from..shaped.text.len();
            self.faces[face].shape(face, all, &mut shaped);
        }
        shaped.starts = Vec::with_capacity(shaped.glyphs.len());
        let mut at = 0.0;
        for glyph in &shaped.glyphs {
            shaped.starts.push(at);
            at += glyph.advance;
        }
        shaped.width = shaped.width_of(0..shaped.glyphs.len());
        shaped
    }
}

/// A character as it is set, or none where it is not to be seen at all.
fn seen(c: char) -> Option<char> {
    match c {
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => None,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffe}' | '\u{ffff}' => Some(REPLACEMENT),
        c => Some(c),
    }
}

impl<'a> Face<'a> {
    fn of(bytes: &'a [u8], data: krilla::Data) -> Option<Face<'a>> {
        let font = Font::new(data, 0)?;
        let shaper = rustybuzz::Face::from_slice(bytes, 0)?;
        let tables = shaper.tables();
        let drawn = tables.glyf.is_some() || tables.cff.is_some() || tables.cff2.is_some();
        if font.units_per_em() <= 0.0 || tables.cmap.is_none() || !drawn {
            return None;
        }
        let plan = ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::LATIN), None, &features());
        Some(Face { shaper, plan, font })
    }

    fn has(&self, c: char) -> bool {
        self.shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
    }

    /// Appends the glyphs of a part of the text.
    fn shape(&self, face: usize, bytes: Range<usize>, shaped: &mut Shaped) {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&shaped.text[bytes.clone()]);
        buffer.set_direction(Direction::LeftToRight);
        // The built-in faces know one script; those that were given may need their own.
        let output = if face < BUILT_IN {
            buffer.set_script(script::LATIN);
            rustybuzz::shape_with_plan(&self.shaper, &self.plan, buffer)
        } else {
            rustybuzz::shape(&self.shaper, &features(), buffer)
        };
        let clusters: Vec<usize> =
            output.glyph_infos().iter().map(|info| bytes.start + info.cluster as usize).collect();
        for (n, (info, position)) in output.glyph_infos().iter().zip(output.glyph_positions()).enumerate() {
            let end = clusters[n..].iter().copied().find(|end| *end > clusters[n]).unwrap_or(bytes.end);
            shaped.glyphs.push(Glyph {
                face: face as u16,
                id: info.glyph_id,
                bytes: (clusters[n] as u32, end as u32),
                advance: self.ems(position.x_advance),
                offset: (self.ems(position.x_offset), self.ems(position.y_offset)),
            });
        }
    }

    /// Appends a box that stands for a part of the text.
    fn draw_box(&self, face: usize, bytes: Range<usize>, shaped: &mut Shaped) {
        let glyph = self.shaper.glyph_index(BOX).unwrap_or_default();
        let advance = self.shaper.glyph_hor_advance(glyph).unwrap_or_default();
        shaped.glyphs.push(Glyph {
            face: face as u16,
            id: u32::from(glyph.0),
            bytes: (bytes.start as u32, bytes.end as u32),
            advance: self.ems(i32::from(advance)),
            offset: (0.0, 0.0),
        });
    }

    fn ems(&self, units: i32) -> f32 {
        units as f32 / self.shaper.units_per_em() as f32
    }
}

fn features() -> [Feature; 5] {
    let feature = |tag: &[u8; 4], value| Feature::new(Tag::from_bytes(tag), value, ..);
    [feature(b"tnum", 1), feature(b"calt", 0), feature(b"clig", 0), feature(b"liga", 0), feature(b"dlig", 0)]
}
