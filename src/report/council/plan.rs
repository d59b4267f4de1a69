//! The plan in detail: each item below its task, with the texts of the book, its period, place, participants, steps, cost.

use super::occasion::{self, Pays};
use super::sheet::{Sheet, behind, point, said};
use crate::ledger::{Books, Item, ItemId, Part, Standing, Step};
use crate::report::Paper;
use crate::report::costs::{by_task, external_cost, named, own_cost};
use crate::table::{Point, Scale};
use crate::words::{self, Text, Word};

const DETAILS: Word = Word::new("details", "추진계획", "Plan");
const STEPS: Word = Word::new("steps", "추진일정", "Schedule");
/// The mark of a heading within an item, however deep the item stands.
const MARK: &str = "□";

/// Writes every item below its task.
pub(super) fn write(books: &Books, paper: Paper, level: u8, sheet: &mut Sheet) {
    let scale = paper.scale(books);
    let (of_task, of_none) = by_task(books);
    for ((_, task), items) in books.tasks().zip(&of_task).filter(|(_, items)| !items.is_empty()) {
        let title = match task.title.ko == task.id {
            true => task.title.clone(),
            false => behind(&format!("{}.", task.id), &task.title),
        };
        sheet.heading(level, title);
        items.iter().for_each(|id| item(books, *id, &scale, level + 1, sheet));
    }
    let level = if books.tasks.is_empty() { level } else { level + 1 };
    if !of_none.is_empty() && !books.tasks.is_empty() {
        sheet.heading(level - 1, Text::new("과제 없음", "No task"));
    }
    of_none.iter().for_each(|id| item(books, *id, &scale, level, sheet));
}

fn item(books: &Books, id: ItemId, scale: &Scale<'_>, level: u8, sheet: &mut Sheet) {
    let item = books.item(id);
    sheet.heading(level, named(item));
    texts(item, Standing::Before, level + 1, sheet);
    sheet.heading(level + 1, behind(MARK, &DETAILS.text()));
    sheet.list(details(item, scale));
    texts(item, Standing::After, level + 1, sheet);
}

/// The texts of an item in a place.
fn texts(item: &Item, at: Standing, level: u8, sheet: &mut Sheet) {
    for passage in item.texts.iter().filter(|passage| passage.at == at) {
        if let Some(heading) = &passage.heading {
            sheet.heading(level, behind(MARK, heading));
        }
        sheet.body(passage);
    }
}

/// When, where, who; what the book tells within that; the steps, the parts, the cost.
fn details(item: &Item, scale: &Scale<'_>) -> Vec<Point> {
    let mut points = occasion::points(&item.occasion, 0);
    points.extend(occasion::within(&item.texts));
    if !item.steps.is_empty() {
        points.push(point(0, None, said(&STEPS.text())));
        points.extend(item.steps.iter().map(step));
    }
    for part in item.parts.iter() {
        points.extend(part_points(part, scale));
    }
    let pays = Pays {
        funding: item.funding,
        note: item.funding_note.as_ref(),
        own: own_cost(item).money(),
        external: external_cost(item).money(),
        remarks: Vec::new(),
    };
    let cost = pays.sentence(|amount| super::figure(scale, amount));
    points.push(point(0, Some(&words::PLANNED_COST.text()), cost));
    points
}

/// `ITU와 세부 기획 및 협의: 2016-02 ~ 2016-05`
fn step(step: &Step) -> Point {
    match occasion::period(step.starts, step.ends) {
        Some(dates) => point(1, Some(&step.what), dates),
        None => point(1, None, said(&step.what)),
    }
}

/// A part with a funding of its own.
fn part_points(part: &Part, scale: &Scale<'_>) -> Vec<Point> {
    let mut points = vec![point(0, None, said(&part.title))];
    points.extend(occasion::points(&part.occasion, 1));
    let (own, external) = match part.funding {
        crate::ledger::Funding::External => (None, part.planned_cost),
        _ => (part.planned_cost, None),
    };
    let pays = Pays {
        funding: part.funding,
        note: part.funding_note.as_ref(),
        own: own.map(|cost| cost.amount),
        external: external.map(|cost| cost.amount),
        remarks: Vec::new(),
    };
    points.push(point(1, Some(&words::PLANNED_COST.text()), pays.sentence(|amount| super::figure(scale, amount))));
    points
}
