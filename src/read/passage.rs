//! Texts with their headings, facts and points, below sections, items and records.

use super::toml::{Keys, Located, Wanted, wrong_type};
use crate::finding::Findings;
use crate::ledger::{Bullet, Fact, Passage, Standing};
use crate::words::Text;
use toml::de::DeValue;

/// Reads the `[[….text]]` of something, where they may stand in some places to what the program says.
pub(super) fn of(keys: &mut Keys<'_>, places: &[(Standing, &'static str)], findings: &mut Findings) -> Vec<Passage> {
    let tables = keys.tables("text", findings);
    tables.into_iter().filter_map(|keys| passage(keys, places, findings)).collect()
}

fn passage(mut keys: Keys<'_>, places: &[(Standing, &'static str)], findings: &mut Findings) -> Option<Passage> {
    let names: Vec<&str> = places.iter().map(|(_, name)| *name).collect();
    let named = |text: &str| places.iter().find(|(_, name)| *name == text).map(|(place, _)| *place);
    let passage = Passage {
        at: keys.one_of("at", &names, findings, named).unwrap_or_default(),
        heading: keys.text("heading", findings),
        text: keys.text("text", findings),
        facts: facts(&mut keys, findings),
        points: bullets(&mut keys, findings),
        note: keys.text("note", findings),
    };
    let is_empty = passage.is_empty();
    // What is there and wrong has its finding already.
    if keys.names().all(|(name, _)| name == "at") {
        keys.missing("text", findings);
    }
    keys.finish(findings);
    (!is_empty).then_some(passage)
}

/// Reads `facts`: a list of tables, each of a label and a text.
pub(super) fn facts(keys: &mut Keys<'_>, findings: &mut Findings) -> Vec<Fact> {
    let mut facts = Vec::new();
    for mut keys in keys.tables("facts", findings) {
        let (label, text) = (keys.text("label", findings), keys.text("text", findings));
        for (key, found) in [("label", &label), ("text", &text)] {
            if found.is_none() {
                keys.missing(key, findings);
            }
        }
        facts.extend(label.zip(text).map(|(label, text)| Fact { label, text }));
        keys.finish(findings);
    }
    facts
}

/// Reads `points`: each a string, or `{ ko, en, points }` of which one language may be left out, and points below it.
fn bullets(keys: &mut Keys<'_>, findings: &mut Findings) -> Vec<Bullet> {
    let found = keys.list("points", findings);
    found.iter().filter_map(|found| bullet(keys, found, findings)).collect()
}

fn bullet<'d>(keys: &Keys<'d>, found: &Located<'d>, findings: &mut Findings) -> Option<Bullet> {
    match found.value {
        DeValue::String(text) => Some(Bullet { text: Text::same(text.as_ref()), points: Vec::new() }),
        DeValue::Table(table) => {
            let mut inner = keys.inside(table, found.span);
            let (text, points) = (either(&mut inner, findings), bullets(&mut inner, findings));
            if text.is_none() {
                inner.missing("ko", findings);
            }
            inner.finish(findings);
            text.map(|text| Bullet { text, points })
        }
        _ => wrong_type("points", found, Wanted::Text, findings),
    }
}

/// Reads a list of texts, each a string or both languages.
pub(super) fn texts(keys: &mut Keys<'_>, key: &'static str, findings: &mut Findings) -> Vec<Text> {
    let found = keys.list(key, findings);
    let texts = found.iter().filter_map(|found| match found.value {
        DeValue::String(text) => Some(Text::same(text.as_ref())),
        DeValue::Table(table) => {
            let mut inner = keys.inside(table, found.span);
            let text = either(&mut inner, findings);
            inner.finish(findings);
            text
        }
        _ => wrong_type(key, found, Wanted::Text, findings),
    });
    texts.collect()
}

/// The text of a table's `ko` and `en`, of which one may be left out.
fn either(keys: &mut Keys<'_>, findings: &mut Findings) -> Option<Text> {
    let [ko, en] = ["ko", "en"].map(|key| keys.string(key, findings).map(|spot| spot.text));
    let either = ko.or(en)?;
    Some(Text::new(ko.unwrap_or(either), en.unwrap_or(either)))
}
