//! Charts as bars, for whoever looks at a terminal: what is piped has the figures in its tables.
//!
//! Law: bars of one chart are drawn to one scale, what is not nothing is seen, and every bar has its figure beside it. Bars
//! of negative amounts go to the left; rates beyond the scale end in an arrow.

use super::super::printable;
use super::{Colour, Style, number, wrapped};
use crate::money::{Money, Rate};
use crate::table::{Cell, Chart, Shape, Value};
use crate::words::Word;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Bars are not made longer than this: the eye has to come back to the name.
const LONGEST: usize = 60;
/// Nor shorter: where there is no more room the table has to do.
const SHORTEST: usize = 16;

/// What the bars of each series are made of, in turn.
const FILLS: [char; 4] = ['█', '▒', '░', '▚'];
/// Their colours: blue, yellow, green, magenta.
const COLOURS: [u8; 4] = [34, 33, 32, 35];
/// Of what is below nothing, or more than all.
const RED: u8 = 31;
/// What is more than the whole.
const BEYOND: char = '▒';
/// What is left of the whole.
const LEFT: char = '·';
/// Parts of a character, for ends of bars that are filled.
const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

const ABOVE: Word = Word::new("above", "100% 초과", "above 100%");

/// How far the ends of rates may be seen, in per cent.
const REACHES: [i128; 4] = [100, 125, 150, 200];

pub(super) fn write(chart: &Chart, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(limit) = style.width.map(usize::from) else { return Ok(()) };
    let Some(drawing) = Drawing::of(chart, limit, style) else { return Ok(()) };
    writeln!(out)?;
    drawing.write_title(chart, out)?;
    drawing.write_legend(chart, out)?;
    for mark in &chart.points {
        let name = wrapped(&printable(mark.name.label(style.lang)), drawing.names);
        for n in 0..name.len().max(mark.cells.len()) {
            let name = name.get(n).map_or("", String::as_str);
            let bar = mark.cells.get(n).map(|cell| drawing.bar(cell, n)).unwrap_or_default();
            let pad = " ".repeat(drawing.names - name.width());
            writeln!(out, "{}", format!(" {name}{pad} {bar}").trim_end())?;
        }
    }
    Ok(())
}

/// How a chart is laid out.
struct Drawing<'a> {
    style: &'a Style<'a>,
    shape: Shape,
    series: usize,
    limit: usize,
    /// How wide names, the part left of nothing, the part right of it, and figures are.
    names: usize,
    left: usize,
    right: usize,
    figures: usize,
    /// What all of the room stands for: of amounts, and of rates in per cent.
    most: Money,
    reach: i128,
}

/// A piece of a bar: so many columns in a colour.
struct Piece {
    text: String,
    colour: Option<u8>,
}

impl<'a> Drawing<'a> {
    /// None where there is no room.
    fn of(chart: &Chart, limit: usize, style: &'a Style<'a>) -> Option<Drawing<'a>> {
        let cells = || chart.points.iter().flat_map(|mark| &mark.cells);
        let names = chart.points.iter().map(|mark| printable(mark.name.label(style.lang)).width());
        let names = names.max().unwrap_or(0).min(limit * 2 / 5);
        let figures = cells().map(|cell| number::cell(cell, style).width()).max().unwrap_or(0);
        let room = limit.saturating_sub(names + figures + " ".len() * 3).min(LONGEST);
        let amounts = || cells().filter_map(Cell::money);
        let (most, least) = (amounts().max().unwrap_or_default(), amounts().min().unwrap_or_default());
        let (above, below) = (most.max(Money::ZERO), (-least).max(Money::ZERO));
        let is_beyond = |percent: i128| {
            cells().any(|cell| matches!(&cell.value, Value::Rate { exact, .. } if exact.part().times(100) > exact.whole().times(percent)))
        };
        let reach = REACHES.into_iter().find(|percent| !is_beyond(*percent)).unwrap_or(200);
        let (left, right) = match below.is_zero() {
            true => (0, room),
            false => {
                // One column is the line between them.
                let columns = room.saturating_sub(1);
                let left = length(below, above + below, columns).max(1);
                (left, columns.saturating_sub(left))
            }
        };
        let (shape, series, most) = (chart.shape, chart.series.len(), above + below);
        let drawing = Drawing { style, shape, series, limit, names, left, right, figures, most, reach };
        (room >= SHORTEST).then_some(drawing)
    }

    fn write_title(&self, chart: &Chart, out: &mut dyn Write) -> io::Result<()> {
        let has_amounts = chart.points.iter().flat_map(|mark| &mark.cells).any(|cell| cell.money().is_some());
        let unit = if has_amounts { number::unit_note(chart.unit, self.style.lang) } else { String::new() };
        let title = printable(chart.title.label(self.style.lang));
        wrapped(format!("{title} {unit}").trim_end(), self.limit).iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    /// Which bar is which, and what is more than the whole.
    fn write_legend(&self, chart: &Chart, out: &mut dyn Write) -> io::Result<()> {
        let lang = self.style.lang;
        let mut entries = Vec::new();
        if self.series > 1 {
            entries.extend(chart.series.iter().enumerate().map(|(n, series)| {
                let mark = Piece { text: self.fill(n).to_string(), colour: Some(COLOURS[n % COLOURS.len()]) };
                (mark, printable(series.label(lang)))
            }));
        } else if self.reach > 100 && chart.shape == Shape::Parts {
            let mark = Piece { text: BEYOND.to_string(), colour: Some(RED) };
            entries.push((mark, ABOVE.label(lang).to_owned()));
        }
        let (mut line, mut width) = (String::new(), 0);
        for (mark, text) in entries {
            let wide = text.width() + "█ ".width() + 2;
            if width > 0 && width + wide > self.limit {
                writeln!(out, "{}", line.trim_end())?;
                (line, width) = (String::new(), 0);
            }
            line.push_str(&format!(" {} {text} ", self.painted(&mark)));
            width += wide;
        }
        if width == 0 { Ok(()) } else { writeln!(out, "{}", line.trim_end()) }
    }

    const fn fill(&self, series: usize) -> char {
        FILLS[series % FILLS.len()]
    }

    fn painted(&self, piece: &Piece) -> String {
        match (self.style.colour, piece.colour) {
            (Colour::On, Some(colour)) if !piece.text.trim().is_empty() => {
                format!("\u{1b}[{colour}m{}\u{1b}[0m", piece.text)
            }
            _ => piece.text.clone(),
        }
    }

    /// The bar of a cell, and its figure.
    fn bar(&self, cell: &Cell, series: usize) -> String {
        let (pieces, is_negative) = match &cell.value {
            Value::Money { exact, .. } => (self.amount(*exact, series), exact.is_negative()),
            Value::Rate { exact, .. } => (self.rate(*exact, series), exact.part().is_negative()),
            Value::Blank | Value::Text(_) | Value::Said(_) | Value::Count(_) | Value::Dates(..) => {
                (self.amount(Money::ZERO, series), false)
            }
        };
        let bar: String = pieces.iter().map(|piece| self.painted(piece)).collect();
        let drawn: usize = pieces.iter().map(|piece| piece.text.width()).sum();
        let room = self.left + usize::from(self.left > 0) + self.right;
        let text = number::cell(cell, self.style);
        let gap = " ".repeat(room.saturating_sub(drawn) + 1 + self.figures - text.width());
        let figure = Piece { text, colour: is_negative.then_some(RED) };
        format!("{bar}{gap}{}", self.painted(&figure))
    }

    /// An amount: to the left of the line where it is below nothing.
    fn amount(&self, exact: Money, series: usize) -> Vec<Piece> {
        let columns = self.left + self.right;
        let plain = |text: String| Piece { text, colour: None };
        let colour = Some(COLOURS[series % COLOURS.len()]);
        if self.left == 0 {
            return vec![Piece { text: self.filled(exact, self.most, columns, series), colour }];
        }
        let line = plain("│".to_owned());
        if exact.is_negative() {
            let long = length(-exact, self.most, columns).clamp(1, self.left);
            let bar = self.fill(series).to_string().repeat(long);
            return vec![plain(" ".repeat(self.left - long)), Piece { text: bar, colour: Some(RED) }, line];
        }
        let bar: String = self.filled(exact, self.most, columns, series).chars().take(self.right).collect();
        vec![plain(" ".repeat(self.left)), line, Piece { text: bar, colour }]
    }

    /// A rate: of parts, what is left of the whole is dotted and what is more than the whole drawn apart.
    fn rate(&self, rate: Rate, series: usize) -> Vec<Piece> {
        let columns = self.left + usize::from(self.left > 0) + self.right;
        let (part, whole) = (rate.part().times(100), rate.whole().times(self.reach));
        let colour = Some(COLOURS[series % COLOURS.len()]);
        let mut bar = self.filled(part, whole, columns, series);
        if part > whole {
            bar.pop();
            bar.push('▶');
        }
        if self.shape != Shape::Parts || self.series > 1 {
            return vec![Piece { text: bar, colour }];
        }
        let hundred = length(rate.whole().times(100), whole, columns);
        let long = bar.width();
        if part <= rate.whole().times(100) {
            let rest = LEFT.to_string().repeat(hundred.saturating_sub(long));
            return vec![Piece { text: bar, colour }, Piece { text: rest, colour: None }];
        }
        let within = self.fill(series).to_string().repeat(hundred.min(long));
        let mut beyond = BEYOND.to_string().repeat(long.saturating_sub(hundred).max(1));
        if part > whole {
            beyond.pop();
            beyond.push('▶');
        }
        vec![Piece { text: within, colour }, Piece { text: beyond, colour: Some(RED) }]
    }

    /// So much of the room as a part is of a whole: to the eighth of a column where the fill is solid.
    fn filled(&self, part: Money, whole: Money, columns: usize, series: usize) -> String {
        let fill = self.fill(series);
        let is_something = part > Money::ZERO;
        let Some(rate) = Rate::of(part, whole).filter(|_| is_something) else { return String::new() };
        if fill != FILLS[0] {
            return fill.to_string().repeat(length(part, whole, columns).max(1));
        }
        let eighths = rate.of_length(columns * EIGHTHS.len()).max(1);
        let end = eighths % EIGHTHS.len();
        let mut bar = fill.to_string().repeat(eighths / EIGHTHS.len());
        bar.extend((end > 0).then_some(EIGHTHS[end]));
        bar
    }
}

/// How many of some columns a part of a whole takes up, to the nearest.
fn length(part: Money, whole: Money, columns: usize) -> usize {
    Rate::of(part, whole).map_or(0, |rate| rate.of_length(columns * 2).div_ceil(2))
}
