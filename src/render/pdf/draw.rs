//! Sheets as a PDF: text with its glyphs, rules, areas; what it says beside where it stands.
//!
//! # Why
//!
//! The file is written as PDF/A-2a and PDF/UA-1, so that an archive keeps it and it can be read out. PDF/A wants a date; a
//! clock would make each file another, so it is the day on which the year of the books ends.

use super::elements::Elements;
use super::fonts::Fonts;
use super::paper::{Bookmark, Ink, Mark, Owner, Sheet, Written};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

/// What is said of a document besides what stands in it.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// What it is called.
    pub(super) title: String,
    /// Whose it is.
    pub(super) author: String,
    /// Its language.
    pub(super) language: &'static str,
    /// The day that its books end on: year, month, day.
    pub(super) day: (u16, u8, u8),
}

/// How much is promised of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Promise {
    /// That an archive can keep it, and that it can be read out.
    Archive,
    /// That it can be read out.
    ReadOut,
    /// Nothing.
    Plain,
}

impl Promise {
    /// All of them, the most first.
    pub(super) const ALL: [Promise; 3] = [Promise::Archive, Promise::ReadOut, Promise::Plain];

    fn configuration(self) -> Configuration {
        let builder = ConfigurationBuilder::new();
        let builder = match self {
            Promise::Archive => {
                builder.with_archival_validator(Archival::A2_A).with_accessibility_validator(Accessibility::UA1)
            }
            Promise::ReadOut => builder.with_accessibility_validator(Accessibility::UA1),
            Promise::Plain => builder,
        };
        builder.finish().unwrap_or_default()
    }
}

/// Writes sheets.
///
/// # Errors
/// A promise that cannot be kept, or a font that cannot be embedded.
pub(super) fn document(
    sheets: &[Sheet],
    mut elements: Elements,
    bookmarks: &[Bookmark],
    about: &About,
    fonts: &Fonts<'_>,
    promise: Promise,
) -> Result<Vec<u8>, KrillaError> {
    let settings = SerializeSettings { configuration: promise.configuration(), ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    for sheet in sheets {
        let (width, height) = sheet.lie.size();
        let Some(size) = PageSettings::from_wh(width, height) else { continue };
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for group in sheet.marks.chunk_by(|one, other| one.0 == other.0) {
            let identifier = surface.start_tagged(tag(group[0].0));
            for (_, mark) in group {
                draw(mark, fonts, &mut surface);
            }
            surface.end_tagged();
            if let Owner::Element(element) = group[0].0 {
                elements.drawn(element, identifier);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(elements.tree());
    document.set_outline(outline(bookmarks));
    document.set_metadata(metadata(about));
    document.finish()
}

fn metadata(about: &About) -> Metadata {
    let (year, month, day) = about.day;
    let date = DateTime::new(year).month(month).day(day).hour(0).minute(0).second(0);
    Metadata::new()
        .title(about.title.clone())
        .authors(vec![about.author.clone()])
        .language(about.language.to_owned())
        .creator(concat!("wego-ledger ", env!("CARGO_PKG_VERSION")).to_owned())
        .text_direction(TextDirection::LeftToRight)
        .creation_date(date)
}

fn tag(owner: Owner) -> ContentTag<'static> {
    match owner {
        Owner::Element(_) => ContentTag::Span(SpanTag::empty()),
        Owner::Layout => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        Owner::Footer => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
    }
}

fn draw(mark: &Mark, fonts: &Fonts<'_>, surface: &mut Surface<'_>) {
    match mark {
        Mark::Text(written) => draw_text(written, fonts, surface),
        Mark::Area([left, top, width, height], ink) => {
            let mut path = PathBuilder::new();
            if let Some(area) = Rect::from_xywh(*left, *top, *width, *height) {
                path.push_rect(area);
            }
            if let Some(path) = path.finish() {
                fill(surface, &path, *ink);
            }
        }
        Mark::Line(points, thick, ink) => {
            let mut path = PathBuilder::new();
            for (n, (x, y)) in points.iter().enumerate() {
                if n == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
            }
            if let Some(path) = path.finish() {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke { paint: colour(*ink).into(), width: *thick, ..Stroke::default() }));
                surface.draw_path(&path);
                surface.set_stroke(None);
            }
        }
    }
}

fn fill(surface: &mut Surface<'_>, path: &Path, ink: Ink) {
    surface.set_stroke(None);
    surface.set_fill(Some(filled(ink)));
    surface.draw_path(path);
}

fn filled(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn colour(ink: Ink) -> rgb::Color {
    rgb::Color::new(ink.0, ink.1, ink.2)
}

/// Draws a line of text, face by face.
#[allow(clippy::float_arithmetic, reason = "positions on paper")]
fn draw_text(written: &Written, fonts: &Fonts<'_>, surface: &mut Surface<'_>) {
    surface.set_stroke(None);
    surface.set_fill(Some(filled(written.ink)));
    let mut x = written.x;
    for run in written.text.glyphs[written.glyphs.clone()].chunk_by(|one, other| one.face == other.face) {
        let glyphs: Vec<KrillaGlyph> = run
            .iter()
            .map(|glyph| {
                let bytes = glyph.bytes.0 as usize..glyph.bytes.1 as usize;
                let (right, up) = glyph.offset;
                KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, right, up, 0.0, bytes, None)
            })
            .collect();
        let font = fonts.font(run[0].face).clone();
        let start = Point::from_xy(x, written.baseline);
        surface.draw_glyphs(start, &glyphs, font, &written.text.text, written.size, false);
        x += run.iter().map(|glyph| glyph.advance).sum::<f32>() * written.size;
    }
}

/// Bookmarks below one another, as deep as they stand.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut at = 0;
    while at < bookmarks.len() {
        outline.push_child(entry(bookmarks, &mut at));
    }
    outline
}

fn entry(bookmarks: &[Bookmark], at: &mut usize) -> OutlineNode {
    let own = &bookmarks[*at];
    let destination = XyzDestination::new(own.sheet, Point::from_xy(super::paper::MARGIN, own.top));
    let mut node = OutlineNode::new(own.text.clone(), destination).with_open(own.level == 0);
    *at += 1;
    while bookmarks.get(*at).is_some_and(|next| next.level > own.level) {
        node.push_child(entry(bookmarks, at));
    }
    node
}
