//! WL209: two projects are on in the same days.
//!
//! A sweep by first days: of those that are still on, the first in the plan is named and the others counted, so that a
//! plan of many events at once costs no more than sorting them.

use super::{Looks, Rule, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Date, Day, Item, ItemId, loosely};
use crate::words::Text;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL209", "event-overlap", Severity::Info),
    page: pages!("event_overlap"),
    looks: Looks::AtBooks(run),
};

/// The most days of an occasion: what goes on for longer, a course or a season, has others in its days by nature.
const LONGEST: i64 = 31;

/// Something that is on from a day to a day.
struct Event<'b> {
    item: ItemId,
    what: &'b Text,
    place: Option<&'b Text>,
    first: Day,
    last: Day,
}

fn run(books: &Books, findings: &mut Findings) {
    let mut events: Vec<Event<'_>> = books.items().flat_map(|(id, item)| events(id, item)).collect();
    // Those of one day stay in the order of the plan.
    events.sort_by_key(|event| event.first);
    // What is still on: by its last day, to let it go, and of each item in the order of the plan.
    let mut open: BTreeSet<(Day, usize)> = BTreeSet::new();
    let mut on: BTreeMap<ItemId, BTreeSet<usize>> = BTreeMap::new();
    for (n, event) in events.iter().enumerate() {
        while let Some((last, over)) = open.first().copied().filter(|(last, _)| *last < event.first) {
            open.remove(&(last, over));
            let item = events[over].item;
            if let Some(all) = on.get_mut(&item) {
                all.remove(&over);
                if all.is_empty() {
                    on.remove(&item);
                }
            }
        }
        let own = on.get(&event.item).map_or(0, BTreeSet::len);
        let mut others = on.iter().filter(|(item, _)| **item != event.item).filter_map(|(_, all)| all.first());
        if let Some(other) = others.next() {
            findings.push(overlap(books, event, &events[*other], open.len() - own - 1));
        }
        open.insert((event.last, n));
        on.entry(event.item).or_default().insert(n);
    }
}

/// The events of an item: its steps with days on both ends if it has any, else its parts', else its own.
fn events(id: ItemId, item: &Item) -> Vec<Event<'_>> {
    let event = |what, place, [starts, ends]: [Option<Date>; 2]| match (starts?, ends?) {
        (Date::Day(first), Date::Day(last)) if (last - first).num_days() < LONGEST => {
            Some(Event { item: id, what, place, first, last: last.max(first) })
        }
        _ => None,
    };
    let own = item.occasion.place.as_ref();
    let steps =
        item.steps.iter().filter_map(|step| event(&step.what, held(item, &step.what), [step.starts, step.ends]));
    let steps: Vec<_> = steps.collect();
    if !steps.is_empty() {
        return steps;
    }
    let parts = item.parts.iter().filter_map(|part| {
        let place = part.occasion.place.as_ref().or(own);
        event(&part.title, place, [part.occasion.starts, part.occasion.ends])
    });
    let parts: Vec<_> = parts.collect();
    if !parts.is_empty() {
        return parts;
    }
    event(&item.title, own, [item.occasion.starts, item.occasion.ends]).into_iter().collect()
}

/// Where a step is held: where the part that it is named after is, else where its item is.
fn held<'b>(item: &'b Item, step: &Text) -> Option<&'b Text> {
    let name = loosely(&step.ko);
    let part = item.parts.iter().find(|part| !part.title.ko.is_empty() && name.contains(&loosely(&part.title.ko)));
    part.and_then(|part| part.occasion.place.as_ref()).or(item.occasion.place.as_ref())
}

/// Whether both are at one place, as far as the names tell.
fn together(a: Option<&Text>, b: Option<&Text>) -> Text {
    let (Some(a), Some(b)) = (a, b) else { return Text::new("장소 모름", "places unknown") };
    let (one, other) = (loosely(&a.ko), loosely(&b.ko));
    let both = Text::new(format!("{} / {}", a.ko, b.ko), format!("{} / {}", a.en, b.en));
    if one.contains(&other) || other.contains(&one) {
        Text::new(format!("같은 장소로 보임: {}", both.ko), format!("at the same place, it seems: {}", both.en))
    } else {
        Text::new(format!("다른 장소: {}", both.ko), format!("at different places: {}", both.en))
    }
}

fn overlap(books: &Books, event: &Event<'_>, other: &Event<'_>, more: usize) -> Finding {
    let (item, its) = (books.item(event.item), books.item(other.item));
    let more = match more {
        0 => Text::default(),
        more => Text::new(format!(" 외 {more}건"), format!(" and {more} more")),
    };
    let when = |event: &Event<'_>| format!("{}~{}", event.first, event.last);
    let (where_, days, its_days) = (together(event.place, other.place), when(event), when(other));
    let message = (
        format!(
            "`{}` {} ({days})와 날이 겹침: `{}` {} ({its_days}){}, {}",
            item.id, event.what.ko, its.id, other.what.ko, more.ko, where_.ko
        ),
        format!(
            "`{}` {} ({days}) is on in the days of `{}` {} ({its_days}){}, {}",
            item.id, event.what.en, its.id, other.what.en, more.en, where_.en
        ),
    );
    let way_out = (
        "날짜가 틀렸으면 고치고, 한 행사면 한 사업으로 합칠 것. 둘 다 맞으면 `[[accept]]`로 받아들일 것",
        "mend the date, or join both into one item if they are one event; if both are meant, `[[accept]]` it",
    );
    let there = Text::new(format!("`{}` {}", its.id, its.title.ko), format!("`{}` {}", its.id, its.title.en));
    Finding::new(RULE.code, item.span, message, way_out).about(item.id.clone()).also(its.span, there)
}
