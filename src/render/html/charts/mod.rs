//! Charts as inline pictures: bars and steps with their figures written beside them.
//!
//! Law: a chart says nothing that its table does not, and says it in words too, for those who do not see it. Positions
//! are whole hundredths of a per cent, worked out of exact amounts; no floating-point number is made of an amount.
//!
//! # Why
//!
//! **Positions in per cent, texts in pixels.** A picture that is scaled as a whole is too small to read on a telephone or
//! too large on a screen; this one is as wide as its place, and its letters are as large as those of the text.

mod bars;
mod course;
mod extent;

use super::super::number;
use super::Writer;
use crate::table::{Cell, Chart, Mark, Shape, Value};
use maud::{Markup, html};

/// A chart of the page, the nth of them, below headings of a level.
pub(super) fn chart(chart: &Chart, n: usize, level: u8, writer: &Writer<'_>) -> Markup {
    let id = format!("k{}", n + 1);
    let amounts =
        chart.points.iter().flat_map(|mark| &mark.cells).any(|cell| matches!(cell.value, Value::Money { .. }));
    let picture = match chart.shape {
        Shape::Parts | Shape::Amounts => bars::bars(chart, writer),
        Shape::Course => course::course(chart, writer),
    };
    html! {
        figure.chart #(id) {
            figcaption {
                (super::heading(level, None, &writer.text(&chart.title)))
                @if amounts { p.unit { (number::unit_note(chart.unit, writer.style.lang)) } }
            }
            @if chart.series.len() > 1 { (legend(chart, writer)) }
            svg role="img" width="100%" height=(picture.height) aria-labelledby={ (id) "t " (id) "d" } {
                title id={ (id) "t" } { (writer.text(&chart.title)) }
                desc id={ (id) "d" } { (said(chart, writer)) }
                (picture.marks)
            }
        }
    }
}

/// What is drawn, and how high it is in pixels.
struct Picture {
    marks: Markup,
    height: usize,
}

/// Which colour is which.
fn legend(chart: &Chart, writer: &Writer<'_>) -> Markup {
    html! {
        ul.legend {
            @for (n, series) in chart.series.iter().enumerate() {
                li { svg aria-hidden="true" width="14" height="14" { rect class=(colour(n)) width="14" height="14" rx="2" {} } " " (writer.text(series)) }
            }
        }
    }
}

/// Every point in words.
fn said(chart: &Chart, writer: &Writer<'_>) -> String {
    let point = |mark: &Mark| {
        let figures = mark.cells.iter().enumerate().map(|(n, cell)| {
            let figure = number::cell(cell, writer.style);
            match chart.series.get(n).filter(|_| mark.cells.len() > 1) {
                Some(series) => format!("{} {figure}", writer.text(series)),
                None => figure,
            }
        });
        format!("{}: {}", writer.text(&mark.name), figures.collect::<Vec<_>>().join(", "))
    };
    chart.points.iter().map(point).collect::<Vec<_>>().join("; ")
}

/// The class that colours a series; there are six, which come round again.
fn colour(series: usize) -> &'static str {
    ["s1", "s2", "s3", "s4", "s5", "s6"][series % 6]
}

/// A figure beside its mark, red where it is negative.
fn label(cell: &Cell, writer: &Writer<'_>) -> (String, bool) {
    let negative = match &cell.value {
        Value::Money { exact, .. } => exact.is_negative(),
        Value::Rate { exact, .. } => exact.part().is_negative(),
        _ => false,
    };
    (number::cell(cell, writer.style), negative)
}
