//! A page as paper: PDF, A4, with the font in it.
//!
//! Law: whatever the length of the data, no text stands upon another, none is cut, and none stands outside the margins.
//!
//! # Why
//!
//! Measuring stands apart from drawing: [`blocks`] sets every text once, [`flow`] gives it a place, [`draw`] puts it into a
//! file. So how a page is laid out can be tested without a PDF, and what is measured is what is drawn.

mod blocks;
mod chart;
mod columns;
mod course;
mod draw;
mod elements;
mod flow;
mod fonts;
mod lines;
mod missing;
mod paper;
mod rows;
mod shares;
mod table;

use super::{Error, Made, Style, printable};
use crate::ledger::{Books, Date};
use crate::words::{Lang, Text};
use draw::{About, Promise};
use flow::Flow;
use fonts::{Cut, Fonts};
use krilla::error::KrillaError;
use paper::{FOOT, Ink, MARGIN, Mark, Owner, Written};
use std::io::{self, Write};
use std::rc::Rc;

pub(super) fn write(made: &Made<'_>, style: &Style<'_>, out: &mut dyn Write) -> Result<Vec<Text>, Error> {
    let mut fonts = Fonts::of(style.fonts)?;
    let blocks = blocks::prepared(made.page, &mut fonts, style);
    let mut flow = blocks::placed(&blocks);
    put_feet(&mut flow, &mut fonts, style);
    let about = about(made, style);
    let mut warnings = fonts.missing.told();
    for promise in Promise::ALL {
        match draw::document(&flow.sheets, flow.elements.clone(), &flow.bookmarks, &about, &fonts, promise) {
            Ok(bytes) => {
                out.write_all(&bytes)?;
                return Ok(warnings);
            }
            Err(KrillaError::Validation(_)) if promise != Promise::Plain => warnings.push(broken(promise)),
            Err(error) => return Err(failed(error, &fonts)),
        }
    }
    Err(io::Error::other("no PDF could be written").into())
}

/// What is said where a promise cannot be kept.
fn broken(promise: Promise) -> Text {
    match promise {
        Promise::Archive => Text::new(
            "이 문서는 보존용(PDF/A-2a)으로 쓸 수 없음: 글꼴이 허용하지 않는 것 등",
            "this document cannot be written for archives (PDF/A-2a), for instance because a font does not allow it",
        ),
        Promise::ReadOut | Promise::Plain => Text::new(
            "이 문서는 접근성 표준(PDF/UA-1)으로 쓸 수 없음",
            "this document cannot be written to be read out (PDF/UA-1)",
        ),
    }
}

fn failed(error: KrillaError, fonts: &Fonts<'_>) -> Error {
    match &error {
        KrillaError::Font(font, _) => match fonts.given(font) {
            Some(n) => Error::Font(n),
            None => io::Error::other(error).into(),
        },
        _ => io::Error::other(error).into(),
    }
}

fn about(made: &Made<'_>, style: &Style<'_>) -> About {
    let year = made.books.first().map(|books: &&Books| &books.year);
    let author = year.map(|year| elements::shortened(&printable(year.entity.label(style.lang)))).unwrap_or_default();
    About {
        title: elements::shortened(&printable(made.page.title.label(style.lang))),
        author,
        language: match style.lang {
            Lang::Ko => "ko",
            Lang::En => "en",
        },
        day: year.map_or((1970, 1, 1), |year| day(year.ends)),
    }
}

/// The last day of a date: year, month, day.
fn day(date: Date) -> (u16, u8, u8) {
    let text = date.last().to_string();
    let mut parts = text.split('-');
    let mut next = || parts.next().and_then(|part| part.parse::<u16>().ok()).unwrap_or(1);
    let year = next();
    let mut small = || u8::try_from(next()).unwrap_or(1);
    (year, small(), small())
}

/// Puts a number below each sheet, and what boxes stand for where there are some.
///
/// That stands before all else: a reader of the file takes a glyph for the first text that it stood for.
#[allow(clippy::float_arithmetic, reason = "positions on paper")]
fn put_feet(flow: &mut Flow, fonts: &mut Fonts<'_>, style: &Style<'_>) {
    let count = flow.sheets.len();
    let legend = fonts.missing.legend().map(|legend| legend.label(style.lang).to_owned());
    for (n, sheet) in flow.sheets.iter_mut().enumerate() {
        let (width, height) = sheet.lie.size();
        let mut put = |text: &str, x: &dyn Fn(f32) -> f32| {
            let text = Rc::new(fonts.set(text, Cut::Regular, missing::Place { inside: "", what: "" }));
            let glyphs = 0..text.glyphs.len();
            let x = x(text.width * FOOT_SIZE);
            let baseline = height - FOOT;
            let written = Written { text, glyphs, x, baseline, size: FOOT_SIZE, ink: Ink::FAINT };
            sheet.marks.insert(0, (Owner::Footer, Mark::Text(written)));
        };
        put(&format!("- {} / {count} -", n + 1), &|wide| (width - wide) / 2.0);
        if let Some(legend) = &legend {
            put(legend, &|_| MARGIN);
        }
    }
}

/// How large what stands at the foot of a sheet is.
const FOOT_SIZE: f32 = 8.5;
