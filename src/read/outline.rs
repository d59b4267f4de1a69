//! `[report]` of the book and of the year: the outline of the whole report.

use super::chart;
use super::passage;
use super::toml::{Keys, bad_value};
use super::value::Spot;
use crate::finding::Findings;
use crate::ledger::{Declared, Outline, Presentation, Reference, Section, Standing};
use crate::words;
use std::collections::HashSet;
use toml::de::DeValue;

/// Where texts of a section may stand.
const PLACES: [(Standing, &str); 2] = [Standing::ALL[0], Standing::ALL[2]];

/// Reads `[report]` over what was said before: key by key, and sections by their ids.
pub(super) fn read(mut keys: Keys<'_>, outline: &mut Outline, findings: &mut Findings) {
    if let Some(title) = keys.text("title", findings) {
        outline.title = Some(title);
    }
    if keys.value("facts").is_some() {
        outline.facts = passage::facts(&mut keys, findings);
    }
    if let Some(found) = keys.value("sections") {
        if matches!(found.value, DeValue::Array(list) if list.is_empty()) {
            let way_out = ("절을 하나 이상 적거나 줄을 지울 것", "name a section at least, or delete the key");
            findings.push(bad_value("sections", Spot { text: "[]", span: found.span }, way_out.into()));
        } else {
            outline.sections = Some(named(&mut keys, findings));
        }
    }
    let mut own: HashSet<String> = HashSet::new();
    for keys in keys.tables("section", findings) {
        let Some((spot, section)) = section(keys, findings) else { continue };
        if !own.insert(section.id.clone()) {
            findings.push(chart::repeated_id(spot));
            continue;
        }
        match outline.described.iter_mut().find(|known| known.id == section.id) {
            Some(known) => over(known, section),
            None => outline.described.push(section),
        }
    }
    keys.finish(findings);
}

fn section<'d>(mut keys: Keys<'d>, findings: &mut Findings) -> Option<(Spot<'d>, Section)> {
    let id = keys.string("id", findings);
    let is_settlement = id.is_some_and(|spot| matches!(spot.trimmed(), "settlement" | "settlement-before"));
    // Nobody asks for a layout elsewhere, so that one is an unknown key there.
    let layout = if is_settlement { keys.string("layout", findings) } else { None };
    let section = Section {
        id: id.map(|spot| spot.trimmed().to_owned()).unwrap_or_default(),
        title: keys.text("title", findings),
        texts: passage::of(&mut keys, &PLACES, findings),
        sections: named(&mut keys, findings),
        layout: layout.map(|spot| spot.reference()),
    };
    match id {
        None => keys.missing("id", findings),
        Some(spot) if section.id.is_empty() => {
            findings.push(bad_value("id", spot, ("이름을 쓸 것", "write a name").into()));
        }
        Some(spot) if !section.sections.is_empty() && Section::BUILT_IN.contains(&section.id.as_str()) => {
            let way_out = (
                "절을 묶으려면 프로그램에 없는 이름의 장을 만들 것",
                "to put sections below one, give it a name that the program does not have",
            );
            findings.push(bad_value("id", spot, way_out.into()));
        }
        Some(_) => {}
    }
    keys.finish(findings);
    id.filter(|_| !section.id.is_empty()).map(|spot| (spot, section))
}

/// What a year says of a section over what the book says.
fn over(known: &mut Section, section: Section) {
    let Section { id: _, title, texts, sections, layout } = section;
    known.title = title.or(known.title.take());
    known.layout = layout.or(known.layout.take());
    if !texts.is_empty() {
        known.texts = texts;
    }
    if !sections.is_empty() {
        known.sections = sections;
    }
}

fn named(keys: &mut Keys<'_>, findings: &mut Findings) -> Vec<Reference> {
    let names = keys.strings("sections", findings);
    names.into_iter().map(|spot| Reference { id: spot.trimmed().to_owned(), span: spot.span }).collect()
}

/// Says which names are of no section, which are named twice, and which hold sections where none may, once both
/// manifests are read.
pub(super) fn check(outline: &mut Outline, presentation: &Presentation, findings: &mut Findings) {
    let own = presentation.layouts.iter().map(|declared| declared.name.as_str());
    let layouts: Vec<&str> = Declared::BUILT_IN.into_iter().chain(own).collect();
    for section in &mut outline.described {
        if let Some(named) = section.layout.take_if(|named| !layouts.contains(&named.id.as_str())) {
            let spot = Spot { text: &named.id, span: named.span };
            findings.push(bad_value("layout", spot, words::did_you_mean(&named.id, &layouts)));
        }
    }
    let mut wrong: Vec<Reference> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut say = |named: &Reference, way_out: words::Text| {
        findings.push(bad_value("sections", Spot { text: &named.id, span: named.span }, way_out));
        wrong.push(named.clone());
    };
    let above = outline.sections.iter().flatten();
    let below = outline.described.iter().flat_map(|section| &section.sections);
    for (named, is_below) in above.map(|named| (named, false)).chain(below.map(|named| (named, true))) {
        let holds_some = outline.section(&named.id).is_some_and(|section| !section.sections.is_empty());
        if !outline.knows(&named.id) {
            say(named, words::did_you_mean(&named.id, &outline.names()));
        } else if is_below && holds_some {
            let way_out = ("절 아래에 다시 절을 둘 수는 없음", "a section below another has none below it");
            say(named, way_out.into());
        } else if !seen.insert(&named.id) {
            say(named, ("한 번만 적을 것", "name it once").into());
        }
    }
    let right = |named: &Reference| !wrong.contains(named);
    if let Some(sections) = &mut outline.sections {
        sections.retain(right);
    }
    for section in &mut outline.described {
        section.sections.retain(right);
    }
}
