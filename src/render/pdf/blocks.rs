//! The blocks of a page: what each is set like, and how it stands on paper.
//!
//! Law: a heading stands with what it is a heading of.
#![allow(clippy::float_arithmetic, reason = "positions on paper")]

use super::chart::ChartPlan;
use super::elements::{ElementId, Elements, Kind};
use super::flow::{Align, Flow, Measure, Setting};
use super::fonts::{Cut, Fonts, Shaped};
use super::missing::Place;
use super::paper::{Ink, Lie, Owner};
use super::rows;
use super::table::TablePlan;
use crate::render::{Style, number, printable};
use crate::table::{Block, Note, Page, Point};
use std::rc::Rc;

const TITLE: Setting = Setting { size: 18.0, leading: 1.4, ink: Ink::TEXT };
const HEADINGS: [Setting; 3] = [
    Setting { size: 14.0, leading: 1.4, ink: Ink::TEXT },
    Setting { size: 12.0, leading: 1.4, ink: Ink::TEXT },
    Setting { size: 11.0, leading: 1.4, ink: Ink::TEXT },
];
pub(super) const TEXT: Setting = Setting { size: 10.5, leading: 1.6, ink: Ink::TEXT };
const NOTE: Setting = Setting { size: 8.5, leading: 1.5, ink: Ink::TEXT };

/// Before a heading, before other blocks, between lines of a list.
const BEFORE: [f32; 3] = [20.0, 15.0, 11.0];
const BETWEEN: f32 = 7.0;
/// How far a level of a list stands in, and its text from its mark.
const LEVEL: f32 = 14.0;
const HANG: f32 = 13.0;
/// The marks of points, by depth.
const MARKS: [&str; 3] = ["○", "-", "·"];

/// A block, measured.
pub(super) enum Prepared {
    /// The title.
    Title(Rc<Shaped>),
    /// A heading, so deep.
    Heading(u8, Rc<Shaped>),
    /// A paragraph.
    Paragraph(Rc<Shaped>),
    /// Points: depth, mark, text.
    List(Vec<(u32, Rc<Shaped>, Rc<Shaped>)>),
    /// A note.
    Note(Noted),
    /// A table.
    Table(Box<TablePlan>),
    /// A chart.
    Chart(Box<ChartPlan>),
    /// A new sheet.
    PageBreak,
}

/// A note, measured.
pub(super) struct Noted {
    mark: Rc<Shaped>,
    dot: Rc<Shaped>,
    text: Rc<Shaped>,
    items: Vec<Rc<Shaped>>,
}

/// Sets the texts of a page.
pub(super) fn prepared(page: &Page, fonts: &mut Fonts<'_>, style: &Style<'_>) -> Vec<Prepared> {
    let title = printable(page.title.label(style.lang));
    let mut all = vec![Prepared::Title(set(fonts, &title, Cut::Bold, ("제목", "title"), style))];
    all.extend(page.blocks.iter().map(|block| match block {
        Block::Heading(heading) => {
            let text = printable(heading.text.label(style.lang));
            Prepared::Heading(heading.level, set(fonts, &text, Cut::Bold, ("제목", "heading"), style))
        }
        Block::Paragraph(sentence) => {
            let text = number::sentence(sentence, style);
            Prepared::Paragraph(set(fonts, &text, Cut::Regular, ("글", "paragraph"), style))
        }
        Block::List(points) => Prepared::List(points.iter().map(|one| point(one, fonts, style)).collect()),
        Block::Note(note) => Prepared::Note(noted(note, fonts, style)),
        Block::Table(table) => Prepared::Table(Box::new(TablePlan::of(table, fonts, style))),
        Block::Chart(chart) => Prepared::Chart(Box::new(ChartPlan::of(chart, fonts, style))),
        Block::PageBreak => Prepared::PageBreak,
    }));
    all
}

/// Sets a text that stands by itself.
fn set(fonts: &mut Fonts<'_>, text: &str, cut: Cut, sort: (&str, &str), style: &Style<'_>) -> Rc<Shaped> {
    let inside = crate::words::Text::new(sort.0, sort.1);
    Rc::new(fonts.set(text, cut, Place { inside: inside.label(style.lang), what: text }))
}

fn point(point: &Point, fonts: &mut Fonts<'_>, style: &Style<'_>) -> (u32, Rc<Shaped>, Rc<Shaped>) {
    let sort = ("목록", "list");
    let mark = MARKS[(point.depth as usize).min(MARKS.len() - 1)];
    let mark = set(fonts, mark, Cut::Regular, sort, style);
    (point.depth, mark, set(fonts, &number::point(point, style), Cut::Regular, sort, style))
}

/// Sets a note.
pub(super) fn noted(note: &Note, fonts: &mut Fonts<'_>, style: &Style<'_>) -> Noted {
    let sort = ("참고", "note");
    Noted {
        mark: set(fonts, "※", Cut::Regular, sort, style),
        dot: set(fonts, "·", Cut::Regular, sort, style),
        text: set(fonts, &number::sentence(&note.text, style), Cut::Regular, sort, style),
        items: note
            .items
            .iter()
            .map(|item| set(fonts, &number::sentence(item, style), Cut::Regular, sort, style))
            .collect(),
    }
}

/// Puts all blocks on sheets.
pub(super) fn placed(blocks: &[Prepared]) -> Flow {
    let mut flow = Flow::new(wish(blocks));
    let mut depth = 0;
    for (n, block) in blocks.iter().enumerate() {
        match block {
            Prepared::Title(text) => title(text, &mut flow),
            Prepared::Heading(level, text) => heading(*level, text, &blocks[n + 1..], &mut depth, &mut flow),
            Prepared::Paragraph(text) => {
                flow.gap(BETWEEN);
                let owner = flow.element(Elements::ROOT, Kind::Paragraph);
                flow.text(Owner::Element(owner), text, flow.whole(), TEXT);
            }
            Prepared::List(points) => list(points, &mut flow),
            Prepared::Note(note) => {
                flow.gap(BETWEEN);
                put_note(note, &mut flow);
            }
            Prepared::Table(table) => rows::put(table, depth + 1, &mut flow),
            Prepared::Chart(chart) => chart.put(&mut flow),
            Prepared::PageBreak => {
                let lie = wish(&blocks[n + 1..]);
                if !flow.is_fresh() {
                    flow.turn(lie);
                }
            }
        }
    }
    flow
}

/// How a sheet should lie that begins with these blocks: as the first table before the next break wants it.
fn wish(blocks: &[Prepared]) -> Lie {
    for (n, block) in blocks.iter().enumerate() {
        match block {
            Prepared::Table(table) => return table.lie(),
            Prepared::Heading(..) if n > 1 => return Lie::Upright,
            Prepared::PageBreak => return Lie::Upright,
            _ => {}
        }
    }
    Lie::Upright
}

fn title(text: &Rc<Shaped>, flow: &mut Flow) {
    flow.bookmark(0, &text.text);
    let owner = flow.element(Elements::ROOT, Kind::Heading(1, text.text.clone()));
    let measure = Measure { align: Align::Centre, ..flow.whole() };
    flow.text(Owner::Element(owner), text, measure, TITLE);
    flow.y += 8.0;
}

fn heading(level: u8, text: &Rc<Shaped>, behind: &[Prepared], depth: &mut usize, flow: &mut Flow) {
    let rank = usize::from(level.max(1)) - 1;
    let setting = HEADINGS[rank.min(HEADINGS.len() - 1)];
    // A heading that skips a level stands right below the one before it: readers of headings count on it.
    *depth = (rank + 1).min(*depth + 1);
    let lie = wish(behind);
    let next = behind.iter().find(|block| !matches!(block, Prepared::Heading(..)));
    let turns = matches!(next, Some(Prepared::Table(_))) && lie != flow.lie();
    if turns || (lie == Lie::Upright && flow.lie() == Lie::Across) {
        flow.turn(lie);
    }
    let before = BEFORE[rank.min(BEFORE.len() - 1)];
    let needed = before + Flow::height(text, flow.whole().width, setting) + least(behind, flow.whole().width);
    flow.make_room(needed.min(flow.lie().height()));
    flow.gap(before);
    flow.bookmark(*depth, &text.text);
    let level = u16::try_from(*depth + 1).unwrap_or(u16::MAX);
    let owner = flow.element(Elements::ROOT, Kind::Heading(level, text.text.clone()));
    flow.text(Owner::Element(owner), text, flow.whole(), setting);
}

/// How much of what follows a heading has to stand on its sheet.
fn least(blocks: &[Prepared], width: f32) -> f32 {
    match blocks.first() {
        None | Some(Prepared::PageBreak | Prepared::Title(_)) => 0.0,
        Some(Prepared::Heading(level, text)) => {
            let rank = usize::from(level.max(&1) - 1).min(HEADINGS.len() - 1);
            BEFORE[rank] + Flow::height(text, width, HEADINGS[rank]) + least(&blocks[1..], width)
        }
        Some(Prepared::Paragraph(text)) => BETWEEN + Flow::height(text, width, TEXT).min(3.0 * TEXT.line()),
        Some(Prepared::List(points)) => {
            let first = points.first().map_or(0.0, |(_, _, text)| Flow::height(text, width - HANG, TEXT));
            BETWEEN + first.min(3.0 * TEXT.line())
        }
        Some(Prepared::Note(note)) => BETWEEN + Flow::height(&note.text, width - HANG, NOTE).min(3.0 * NOTE.line()),
        Some(Prepared::Table(table)) => rows::least(table),
        Some(Prepared::Chart(chart)) => chart.least(),
    }
}

fn list(points: &[(u32, Rc<Shaped>, Rc<Shaped>)], flow: &mut Flow) {
    flow.gap(BETWEEN);
    // The lists that are open: how deep, the list, what its last point says.
    let mut open: Vec<(u32, ElementId, ElementId)> = Vec::new();
    for (depth, mark, text) in points {
        open.retain(|(at, ..)| at <= depth);
        let list = match open.last() {
            Some((at, list, _)) if at == depth => *list,
            above => {
                let parent = above.map_or(Elements::ROOT, |(_, _, body)| *body);
                flow.element(parent, Kind::List)
            }
        };
        let body = put_point(list, *depth, (mark, text), TEXT, flow);
        open.retain(|(at, ..)| at < depth);
        open.push((*depth, list, body));
    }
}

/// Puts a point of a list; gives what it says, for the list below it.
fn put_point(
    list: ElementId,
    depth: u32,
    (mark, text): (&Rc<Shaped>, &Rc<Shaped>),
    setting: Setting,
    flow: &mut Flow,
) -> ElementId {
    let whole = flow.whole();
    let inset = (depth as f32 * LEVEL).min(whole.width * 0.4);
    let hang = HANG.max((mark.width + 0.4) * setting.size);
    let measure = Measure { x: whole.x + inset + hang, width: whole.width - inset - hang, ..whole };
    let lines = Flow::height(text, measure.width, setting);
    flow.make_room(lines.min(2.0 * setting.line()));
    let point = flow.element(list, Kind::Point);
    let label = flow.element(point, Kind::Label);
    let body = flow.element(point, Kind::Body);
    // The mark may be needed on the next sheet, where the text is put.
    if lines > flow.room() && lines <= 3.0 * setting.line() {
        flow.make_room(lines);
    }
    let all = super::lines::Line { glyphs: 0..mark.glyphs.len(), width: mark.width };
    let at = Measure { x: whole.x + inset, width: hang, align: Align::Left };
    flow.line(Owner::Element(label), mark, &all, flow.y, at, setting);
    flow.text(Owner::Element(body), text, measure, setting);
    body
}

/// Puts a note where the flow is.
pub(super) fn put_note(note: &Noted, flow: &mut Flow) {
    let list = flow.element(Elements::ROOT, Kind::List);
    let body = put_point(list, 0, (&note.mark, &note.text), NOTE, flow);
    if note.items.is_empty() {
        return;
    }
    let items = flow.element(body, Kind::List);
    for item in &note.items {
        put_point(items, 1, (&note.dot, item), NOTE, flow);
    }
}

#[cfg(test)]
mod tests {
    use super::super::paper::{MARGIN, Mark};
    use super::*;
    use crate::ledger::Presentation;
    use crate::table::{Heading, Sentence};
    use crate::words::Text;

    /// Pages of headings and paragraphs, with so many words before each heading.
    fn sheets(words: usize) -> Flow {
        let text = |n: usize| Text::same("낱말 ".repeat(n));
        let mut blocks = Vec::new();
        for n in 0..40 {
            blocks.push(Block::Paragraph(Sentence::plain(text(words + n))));
            blocks.push(Block::Heading(Heading { level: (n % 3) as u8 + 1, text: text(3) }));
        }
        blocks.push(Block::Paragraph(Sentence::plain(text(9))));
        let presentation = Presentation::default();
        let style = Style::plain(&presentation);
        let page = Page { report: "made-up", title: text(1), blocks };
        let mut fonts = Fonts::of(&[]).expect("the built-in fonts are fonts");
        placed(&prepared(&page, &mut fonts, &style))
    }

    #[test]
    fn no_heading_stands_last_on_a_sheet_and_no_line_alone() {
        for words in [5, 21, 60, 133] {
            let flow = sheets(words);
            for (n, sheet) in flow.sheets.iter().enumerate() {
                let lines = sheet.marks.iter().filter_map(|(owner, mark)| match mark {
                    Mark::Text(written) => Some((*owner, written)),
                    _ => None,
                });
                let lines: Vec<_> = lines.collect();
                let (last, _) = lines.last().copied().expect("something stands on each sheet");
                let size = lines.last().map_or(0.0, |(_, written)| written.size);
                assert!(size <= TEXT.size, "a heading stands last on sheet {n}");
                let bottom = sheet.lie.size().1 - MARGIN;
                assert!(lines.iter().all(|(_, written)| written.baseline < bottom && written.x >= MARGIN));
                // A paragraph that goes on has two lines here and two there.
                let here = lines.iter().filter(|(owner, _)| *owner == last).count();
                let there = flow.sheets.get(n + 1).map_or(0, |next| {
                    next.marks.iter().filter(|(owner, mark)| *owner == last && matches!(mark, Mark::Text(_))).count()
                });
                assert!(there == 0 || (here > 1 && there > 1), "{here} and {there} on sheet {n}");
            }
        }
    }
}
