//! A chart, measured and drawn: bars with their figures, or a line that steps from one time to the next.
//!
//! Law: a figure that is absent is not drawn as nothing. What is drawn is drawn from the figures that are shown; where
//! there is no room for all of them beside it they stand in the tables of the page, and are read out.
#![allow(clippy::float_arithmetic, reason = "positions on paper")]

use super::course;
use super::elements::{Elements, Kind};
use super::flow::{Align, Flow, Measure, Setting};
use super::fonts::{Cut, Fonts, Shaped};
use super::lines::{self, Line};
use super::missing::Place;
use super::paper::{Ink, Mark, Owner};
use crate::render::{Style, number, printable};
use crate::table::{self, Cell, Shape};
use std::rc::Rc;

const TITLE: Setting = Setting { size: 10.5, leading: 1.4, ink: Ink::TEXT };
pub(super) const LABEL: Setting = Setting { size: 8.5, leading: 1.25, ink: Ink::TEXT };
pub(super) const SMALL: Setting = Setting { size: 7.5, leading: 1.25, ink: Ink::FAINT };
const BEFORE: f32 = 12.0;
const BELOW_TITLE: f32 = 4.0;
/// Between points, and between the bars of one.
const GAP: f32 = 5.0;
const BAR: f32 = 10.5;
/// Names that are longer stand before bars rather than below a line.
const LONGEST_NAME: f32 = 100.0;
/// How much of the width names may take.
const NAMES: f32 = 0.34;

/// A chart, measured.
pub(super) struct ChartPlan {
    title: Rc<Shaped>,
    unit: Option<Rc<Shaped>>,
    shape: Shape,
    /// The names of the series, where there are several.
    pub(super) series: Vec<Rc<Shaped>>,
    /// Its points.
    pub(super) points: Vec<PointPlan>,
    /// What its figures are.
    pub(super) holds: Holds,
    /// Rates that a line is drawn at, and how they are written.
    pub(super) quarters: Vec<(f32, Rc<Shaped>)>,
    /// What it says, for those who have it read out.
    said: String,
}

/// What the figures of a chart are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Parts of a whole, in per cent.
    Rates,
    /// Amounts.
    Amounts,
}

/// The whole of what rates are parts of.
const WHOLE: f32 = 100.0;

/// A point of a chart.
pub(super) struct PointPlan {
    /// What it is called.
    pub(super) name: Rc<Shaped>,
    /// Its figures: how much, and how it is written; how much is none where there is none.
    pub(super) values: Vec<(Option<f32>, Rc<Shaped>)>,
}

impl ChartPlan {
    /// Sets the texts of a chart.
    pub(super) fn of(chart: &table::Chart, fonts: &mut Fonts<'_>, style: &Style<'_>) -> ChartPlan {
        let lang = style.lang;
        let title = printable(chart.title.label(lang));
        let mut set = |text: &str, cut: Cut| Rc::new(fonts.set(text, cut, Place { inside: &title, what: text }));
        let mut said = title.clone();
        let mut points = Vec::new();
        for mark in &chart.points {
            let name = printable(mark.name.label(lang));
            let texts: Vec<String> = mark.cells.iter().map(|cell| number::cell(cell, style)).collect();
            said.push_str(&format!("; {name}: {}", texts.join(", ")));
            let values = mark.cells.iter().zip(&texts).map(|(cell, text)| (amount(cell), set(text, Cut::Regular)));
            let values = values.collect();
            points.push(PointPlan { name: set(&name, Cut::Regular), values });
        }
        let several = chart.series.len() > 1;
        let series = chart.series.iter().filter(|_| several).map(|one| set(&printable(one.label(lang)), Cut::Regular));
        let series = series.collect();
        let money = chart.points.iter().flat_map(|mark| &mark.cells).any(|cell| cell.money().is_some());
        let holds = if money { Holds::Amounts } else { Holds::Rates };
        // The first matter most where there is no room for all.
        let quarters = [100_u8, 0, 50, 25, 75].into_iter().filter(|_| !money);
        let quarters = quarters.map(|rate| (f32::from(rate), set(&format!("{rate}%"), Cut::Regular))).collect();
        let unit = money.then(|| number::unit_note(chart.unit, lang));
        let unit = unit.map(|unit| set(&unit, Cut::Regular));
        ChartPlan { title: set(&title, Cut::Bold), unit, shape: chart.shape, series, points, holds, quarters, said }
    }

    /// How much of it has to stand on one sheet.
    pub(super) fn least(&self) -> f32 {
        let head = BEFORE + 2.0 * TITLE.line() + LABEL.line() * 2.0 + BELOW_TITLE;
        match self.stands() {
            true => head + course::HEIGHT,
            false => head + 3.0 * (BAR * self.series.len().max(1) as f32 + GAP).min(60.0),
        }
    }

    /// Whether its points stand beside one another rather than below.
    fn stands(&self) -> bool {
        let short = |point: &PointPlan| point.name.width * SMALL.size <= LONGEST_NAME;
        self.shape == Shape::Course && self.points.len() > 1 && self.points.iter().all(short)
    }

    /// Puts the chart where the flow is.
    pub(super) fn put(&self, flow: &mut Flow) {
        flow.make_room(self.least().min(flow.lie().height()));
        flow.gap(BEFORE);
        let owner = Owner::Element(flow.element(Elements::ROOT, Kind::Figure(self.said.clone())));
        flow.text(owner, &self.title, flow.whole(), TITLE);
        if let Some(unit) = &self.unit {
            let beside = (self.title.width * TITLE.size + unit.width * SMALL.size) < flow.whole().width - 12.0;
            if beside {
                flow.y -= SMALL.line();
            }
            flow.text(owner, unit, Measure { align: Align::Right, ..flow.whole() }, SMALL);
        }
        flow.y += BELOW_TITLE;
        self.put_series(owner, flow);
        match self.stands() {
            true => course::put(self, owner, flow),
            false => self.put_bars(owner, flow),
        }
        flow.y += GAP;
    }

    /// Says which colour is whose.
    fn put_series(&self, owner: Owner, flow: &mut Flow) {
        let whole = flow.whole();
        for (n, name) in self.series.iter().enumerate() {
            flow.make_room(LABEL.line());
            let side = LABEL.size * 0.8;
            let top = flow.y + (LABEL.line() - side) / 2.0;
            flow.put(owner, Mark::Area([whole.x, top, side, side], ink(n)));
            let measure = Measure { x: whole.x + side + 5.0, width: whole.width - side - 5.0, align: Align::Left };
            flow.text(owner, name, measure, LABEL);
        }
        if !self.series.is_empty() {
            flow.y += GAP;
        }
    }

    /// One bar below the other: name, bar, figure.
    fn put_bars(&self, owner: Owner, flow: &mut Flow) {
        let whole = flow.whole();
        let size = LABEL.size;
        let widest = |texts: &mut dyn Iterator<Item = f32>| texts.fold(0.0, f32::max) * size;
        let names = widest(&mut self.points.iter().map(|point| point.name.width)).min(whole.width * NAMES);
        let figures = self.points.iter().flat_map(|point| &point.values);
        let figures = widest(&mut figures.map(|(_, text)| text.width)).min(whole.width * NAMES);
        let from = whole.x + names + 8.0;
        let room = whole.width - names - figures - 16.0;
        let range = self.range();
        let at = |value: f32| from + room * (value - range.0) / (range.1 - range.0);
        for point in &self.points {
            let lines = lines::broken(&point.name, names / size);
            let bars = BAR * point.values.len().max(1) as f32;
            let height = bars.max(lines.len() as f32 * LABEL.line());
            flow.make_room(height + GAP);
            let top = flow.y + ((height - lines.len() as f32 * LABEL.line()) / 2.0).max(0.0);
            let middle = flow.y + (height - bars) / 2.0;
            for (n, (value, text)) in point.values.iter().enumerate() {
                let top = middle + n as f32 * BAR;
                if self.holds == Holds::Rates {
                    let whole = at(WHOLE);
                    flow.put(owner, Mark::Area([at(0.0), top + 1.0, whole - at(0.0), BAR - 2.0], Ink::TRACK));
                }
                if let Some(value) = value {
                    let (left, right) = (at(value.min(0.0)), at(value.max(0.0)));
                    flow.put(owner, Mark::Area([left, top + 1.0, (right - left).max(0.4), BAR - 2.0], ink(n)));
                }
                let measure = Measure { x: whole.x + whole.width - figures, width: figures, align: Align::Right };
                let above = top + (BAR - LABEL.line()) / 2.0;
                flow.line(owner, text, &all(text), above, measure, LABEL);
            }
            let zero = at(0.0);
            flow.put(owner, Mark::Line(vec![(zero, flow.y), (zero, flow.y + height)], 0.5, Ink::RULE));
            // A name that is higher than a sheet goes on over several.
            let measure = Measure { x: whole.x, width: names, align: Align::Right };
            match height <= flow.room() {
                true => {
                    for (n, line) in lines.iter().enumerate() {
                        flow.line(owner, &point.name, line, top + n as f32 * LABEL.line(), measure, LABEL);
                    }
                    flow.y += height + GAP;
                }
                false => {
                    flow.text(owner, &point.name, measure, LABEL);
                    flow.y += GAP;
                }
            }
        }
    }

    /// From where to where its figures go; nought is among them, and of parts the whole.
    pub(super) fn range(&self) -> (f32, f32) {
        let values = self.points.iter().flat_map(|point| &point.values).filter_map(|(value, _)| *value);
        let whole: f32 = if self.holds == Holds::Rates { WHOLE } else { 0.0 };
        let range = values.fold((0.0_f32, whole), |(low, high), value| (low.min(value), high.max(value)));
        if range.1 > range.0 { range } else { (range.0, range.0 + 1.0) }
    }
}

/// The colour of a series.
pub(super) fn ink(series: usize) -> Ink {
    Ink::SERIES[series % Ink::SERIES.len()]
}

/// All of a text as one line.
pub(super) fn all(text: &Shaped) -> Line {
    Line { glyphs: 0..text.glyphs.len(), width: text.width }
}

/// How much a cell shows, as a length.
fn amount(cell: &Cell) -> Option<f32> {
    let shown = cell.shown()?;
    Some(shown.digits() as f32 / 10.0_f32.powi(shown.decimals() as i32))
}
