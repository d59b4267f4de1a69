//! What has come so far, one step after the other in time.

use super::super::super::number;
use super::extent::{Extent, Percent, weight};
use super::{Picture, Writer, colour, label};
use crate::money::Money;
use crate::table::{Chart, Value};
use maud::{Markup, html};

/// The height of the steps, above and below them, in pixels.
const HEIGHT: i128 = 200;
const ABOVE: i128 = 24;
const BELOW: i128 = 26;
/// What the figures of the scale take on the left, in hundredths of a per cent.
const LEFT: i128 = 800;
/// The most points that are named; of more only every so many.
const NAMED: usize = 12;

pub(super) fn course(chart: &Chart, writer: &Writer<'_>) -> Picture {
    let extent = Extent::of(chart);
    let count = chart.points.len().max(1);
    let axis = Axis { extent, count };
    let every = count.div_ceil(NAMED);
    let height = usize::try_from(ABOVE + HEIGHT + BELOW).unwrap_or(0);
    Picture {
        height,
        marks: html! {
            (scale(chart, extent, writer))
            @for series in 0..chart.series.len().max(1) { (steps(chart, series, axis, every, writer)) }
            @for (n, mark) in chart.points.iter().enumerate() {
                @let (last, name, y) = (n + 1 == count, writer.text(&mark.name), ABOVE + HEIGHT + 18);
                @if last && count > 4 {
                    text.end.quiet x="100%" y=(y) { (name) }
                } @else if last || n % every == 0 {
                    text.middle.quiet.seldom[seldom(n, count, every)] x=(axis.middle(n)) y=(y) { (name) }
                }
            }
        },
    }
}

#[derive(Clone, Copy)]
struct Axis {
    extent: Extent,
    count: usize,
}

impl Axis {
    /// Where a step begins.
    fn begins(self, n: usize) -> i128 {
        let (n, count) = (i128::try_from(n).unwrap_or(0), i128::try_from(self.count).unwrap_or(1));
        LEFT + (Percent::ALL - LEFT) * n / count
    }

    fn middle(self, n: usize) -> Percent {
        Percent((self.begins(n) + self.begins(n + 1)) / 2)
    }

    /// Where a figure lies, in pixels from the top.
    fn top(self, weight: i128) -> i128 {
        ABOVE + self.extent.down(weight, HEIGHT)
    }
}

/// Labels that are left out where the page is narrow: all but every third that there is and the last.
fn seldom(n: usize, count: usize, every: usize) -> bool {
    let last = n + 1 == count;
    let before_the_last = n + 2 * every >= count;
    count > 4 && !last && (!(n / every).is_multiple_of(3) || before_the_last)
}

/// Lines at nothing, at the largest, and between.
fn scale(chart: &Chart, extent: Extent, writer: &Writer<'_>) -> Markup {
    let whole = chart.points.iter().flat_map(|mark| &mark.cells).any(|cell| matches!(cell.value, Value::Rate { .. }));
    let quarter = |n: i128| if whole { 250_000 * n } else { extent.high * n / 4 };
    let lines = (0..=4).map(|n| (quarter(n), n));
    let bottom = Axis { extent, count: 1 };
    let name = |weight: i128, n: i128| match whole {
        true => format!("{}%", n * 25),
        // Of amounts the ends are named; their figures are exact.
        false if n == 0 || n == 4 => {
            number::figure(Money::from_parts(weight).exactly(chart.unit), writer.style.negative)
        }
        false => String::new(),
    };
    html! {
        @for (weight, n) in lines {
            @let y = bottom.top(weight);
            line class=(if n == 0 { "zero" } else { "grid" }) x1="0" x2="100%" y1=(y) y2=(y) {}
            text.quiet x="0" y=(y - 4) { (name(weight, n)) }
        }
        @if let (true, Some(_)) = (whole, extent.whole()) {
            @let y = bottom.top(1_000_000);
            line.edge x1="0" x2="100%" y1=(y) y2=(y) {}
        }
    }
}

/// One series: an area below its steps, their tops, and its figures.
fn steps(chart: &Chart, series: usize, axis: Axis, every: usize, writer: &Writer<'_>) -> Markup {
    let base = axis.top(0);
    let alone = chart.series.len() < 2;
    let mut before: Option<i128> = None;
    let mut marks = Vec::new();
    for (n, mark) in chart.points.iter().enumerate() {
        let cell = mark.cells.get(series);
        let Some((cell, weight)) = cell.and_then(|cell| Some((cell, weight(cell)?))) else {
            before = None;
            continue;
        };
        let (from, to, top) = (Percent(axis.begins(n)), Percent(axis.begins(n + 1)), axis.top(weight));
        let width = Percent(to.0 - from.0);
        let last = n + 1 == chart.points.len();
        let (figure, negative) = label(cell, writer);
        // A figure stands above its step, or below it where it is negative.
        let y = if weight < 0 { top + 16 } else { top - 7 };
        marks.push(html! {
            @if alone { rect class={ "area " (colour(series)) } x=(from) y=(top.min(base)) width=(width) height=((top - base).abs()) {} }
            @if let Some(before) = before { line class={ "step " (colour(series)) } x1=(from) x2=(from) y1=(before) y2=(top) {} }
            line class={ "step " (colour(series)) } x1=(from) x2=(to) y1=(top) y2=(top) {}
            @if last || (alone && n % every == 0) {
                text.middle.figure.neg[negative].seldom[seldom(n, chart.points.len(), every)] x=(axis.middle(n)) y=(y) { (figure) }
            }
        });
        before = Some(top);
    }
    html! { @for mark in &marks { (mark) } }
}
