//! A course over time: one line for each series that steps from each point to the next.
#![allow(clippy::float_arithmetic, reason = "positions on paper")]

use super::chart::{ChartPlan, LABEL, SMALL, all, ink};
use super::flow::{Align, Flow, Measure};
use super::paper::{Ink, Mark, Owner};

/// How high the lines may rise, and what all of it takes.
const RISE: f32 = 120.0;
/// How much room a course takes below its title.
pub(super) const HEIGHT: f32 = RISE + 60.0;
/// How wide what is written at the side is.
const AXIS: f32 = 28.0;

/// Puts a course where the flow is.
pub(super) fn put(chart: &ChartPlan, owner: Owner, flow: &mut Flow) {
    let whole = inner(chart, flow);
    let top = flow.y + LABEL.line();
    let bottom = top + RISE;
    let (low, high) = chart.range();
    let step = whole.width / chart.points.len() as f32;
    let height = |value: f32| bottom - RISE * (value - low) / (high - low);
    let mut taken: Vec<f32> = Vec::new();
    for (rate, text) in &chart.quarters {
        let y = height(*rate);
        if taken.iter().any(|other| (other - y).abs() < 1.2 * SMALL.line()) {
            continue;
        }
        taken.push(y);
        flow.put(Owner::Layout, Mark::Line(vec![(whole.x, y), (whole.x + whole.width, y)], 0.35, Ink::HAIR));
        let measure = Measure { x: whole.x - AXIS, width: AXIS - 4.0, align: Align::Right };
        flow.line(owner, text, &all(text), y - SMALL.line() / 2.0, measure, SMALL);
    }
    let several = chart.series.len() > 1;
    for n in 0..chart.series.len().max(1) {
        for run in runs(chart, n) {
            let mut points = Vec::new();
            for (place, value) in &run {
                let x = whole.x + *place as f32 * step;
                points.push((x, height(*value)));
                points.push((x + step, height(*value)));
                if !several {
                    let (y, zero) = (height(*value), height(0.0));
                    flow.put(owner, Mark::Area([x, y.min(zero), step, (zero - y).abs()], Ink::UNDER));
                }
            }
            flow.put(owner, Mark::Line(points, 1.5, ink(n)));
        }
    }
    let zero = height(0.0);
    flow.put(owner, Mark::Line(vec![(whole.x, zero), (whole.x + whole.width, zero)], 0.7, Ink::RULE));
    // A figure stands above each step where all have room, else above as many as have.
    let widest = chart.points.iter().flat_map(|point| &point.values).map(|(_, text)| text.width).fold(0.0, f32::max);
    let every = ((widest * SMALL.size + 3.0) / step).ceil().max(1.0) as usize;
    let last = chart.points.len() - 1;
    for (n, point) in chart.points.iter().enumerate() {
        if several || !(last - n).is_multiple_of(every) {
            continue;
        }
        if let Some((Some(value), text)) = point.values.first() {
            let wide = step * every as f32;
            let right = whole.x + (n + 1) as f32 * step;
            let measure = Measure { x: right - wide, width: wide, align: Align::Right };
            let measure = if every == 1 { Measure { align: Align::Centre, ..measure } } else { measure };
            flow.line(owner, text, &all(text), height(*value).min(zero) - SMALL.line() - 1.0, measure, SMALL);
        }
    }
    put_names(chart, (owner, step, bottom + 3.0), flow);
}

/// Where the lines go, beside what is written at their side.
fn inner(chart: &ChartPlan, flow: &Flow) -> Measure {
    let whole = flow.whole();
    let axis = if chart.quarters.is_empty() { 0.0 } else { AXIS };
    Measure { x: whole.x + axis, width: whole.width - axis, ..whole }
}

/// Names below the points: each where all have room, else as many as have.
fn put_names(chart: &ChartPlan, (owner, step, top): (Owner, f32, f32), flow: &mut Flow) {
    let whole = inner(chart, flow);
    let widest = chart.points.iter().map(|point| point.name.width).fold(0.0, f32::max) * SMALL.size;
    let every = ((widest + 3.0) / step).ceil().max(1.0) as usize;
    for (n, point) in chart.points.iter().enumerate() {
        let x = whole.x + n as f32 * step;
        let width = (step * every as f32 - 3.0).min(whole.x + whole.width - x);
        if !n.is_multiple_of(every) || point.name.width * SMALL.size > width {
            continue;
        }
        let align = if every == 1 { Align::Centre } else { Align::Left };
        flow.line(owner, &point.name, &all(&point.name), top, Measure { x, width, align }, SMALL);
    }
    flow.y = top + SMALL.line() + 2.0;
}

/// The figures of a series that follow one another without a gap, each with its place.
fn runs(chart: &ChartPlan, series: usize) -> Vec<Vec<(usize, f32)>> {
    let mut runs: Vec<Vec<(usize, f32)>> = vec![Vec::new()];
    for (n, point) in chart.points.iter().enumerate() {
        match (point.values.get(series).and_then(|(value, _)| *value), runs.last_mut()) {
            (Some(value), Some(run)) => run.push((n, value)),
            (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
            _ => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}
