//! Bars that lie: rates of 0 to 100 % and what goes beyond, or amounts beside one another.

use super::super::writer::broken;
use super::extent::{Extent, Percent, weight};
use super::{Picture, Writer, colour, label};
use crate::table::{Cell, Chart, Mark, Shape, Value};
use maud::{Markup, html};

/// The height of a line of text, and of a bar.
const LINE: usize = 19;
const BAR: usize = 12;
/// Between the text and its bar, and below a bar.
const GAP: usize = 4;
const AFTER: usize = 10;
/// What is not nothing is so long at least, in hundredths of a per cent.
const LEAST: i128 = 15;
/// So many characters of Latin print fit before the figure, even on a telephone.
const NAME: usize = 30;

pub(super) fn bars(chart: &Chart, writer: &Writer<'_>) -> Picture {
    let extent = match chart.shape {
        // A rate is seen as so much of the whole; more than all of it is marked at the end.
        Shape::Parts => Extent { low: 0, high: 1_000_000 },
        Shape::Amounts | Shape::Course => Extent::of(chart),
    };
    let mut at = 0;
    let marks: Vec<Markup> = chart.points.iter().map(|mark| group(chart, mark, extent, &mut at, writer)).collect();
    let zero = extent.zero();
    Picture {
        height: at,
        marks: html! {
            @for mark in &marks { (mark) }
            @if zero.0 > 0 { line.zero x1=(zero) x2=(zero) y1="0" y2=(at) {} }
        },
    }
}

/// The bars of one point below its name.
fn group(chart: &Chart, mark: &Mark, extent: Extent, at: &mut usize, writer: &Writer<'_>) -> Markup {
    let alone = chart.series.len() < 2;
    let mut marks = Vec::new();
    let name = broken(&writer.text(&mark.name), NAME);
    for (n, line) in name.iter().enumerate() {
        *at += LINE;
        let figure = mark.cells.first().filter(|_| alone && n + 1 == name.len());
        let figure = figure.map(|cell| label(cell, writer));
        marks.push(html! {
            text.strong[!alone] x="0" y=(*at - 5) { (line) }
            @if let Some((figure, negative)) = figure { text.figure.neg[negative] x="100%" y=(*at - 5) { (figure) } }
        });
    }
    for (n, cell) in mark.cells.iter().enumerate() {
        if !alone {
            *at += LINE;
            let (figure, negative) = label(cell, writer);
            let series = chart.series.get(n).map(|series| writer.text(series)).unwrap_or_default();
            marks.push(html! {
                text.quiet x="0" y=(*at - 5) { (series) }
                text.figure.neg[negative] x="100%" y=(*at - 5) { (figure) }
            });
        }
        marks.push(bar(cell, n, extent, chart.shape, *at));
        *at += BAR + GAP;
    }
    *at += AFTER;
    html! { @for mark in &marks { (mark) } }
}

fn bar(cell: &Cell, series: usize, extent: Extent, shape: Shape, at: usize) -> Markup {
    let length = weight(cell);
    // What is absent has no bar; of what is a part, the whole is seen.
    let whole = html! { @if shape == Shape::Parts { rect.track x="0" y=(at) width="100%" height=(BAR) rx="2" {} } };
    let Some(weight) = length else { return whole };
    let (zero, end) = (extent.zero(), extent.at(weight.clamp(extent.low, extent.high)));
    let length = (end.0 - zero.0).abs().max(LEAST);
    let from = if weight < 0 { zero.0 - length } else { zero.0 };
    let class = if weight < 0 { "below" } else { colour(series) };
    html! {
        (whole)
        @if weight != 0 {
            @let from = Percent(from.clamp(0, Percent::ALL - length));
            rect class=(class) x=(from) y=(at) width=(Percent(length)) height=(BAR) rx="2" {}
        }
        @if shape == Shape::Parts && is_over(cell) { (beyond(cell, at)) }
    }
}

fn is_over(cell: &Cell) -> bool {
    matches!(&cell.value, Value::Rate { exact, .. } if exact.part() > exact.whole())
}

/// More than the whole: as much of the bar as goes beyond, at its end, hatched by lines so that it is not colour alone.
fn beyond(cell: &Cell, at: usize) -> Markup {
    let over = match &cell.value {
        Value::Rate { exact, .. } => crate::money::Rate::of(exact.part() - exact.whole(), exact.part()),
        _ => None,
    };
    let length = over.map_or(0, |over| over.of_length(10_000)).max(150);
    let length = i128::try_from(length).unwrap_or(Percent::ALL);
    let from = Percent(Percent::ALL - length);
    html! {
        rect.over x=(from) y=(at) width=(Percent(length)) height=(BAR) rx="2" {}
        line.edge x1=(from) x2=(from) y1=(at - 3) y2=(at + BAR + 3) {}
    }
}
