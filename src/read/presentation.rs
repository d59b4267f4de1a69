//! `[presentation]` of the book and of the year: units, labels, columns, layouts.

use super::chart;
use super::column;
use super::toml::{Keys, Wanted, bad_value, wrong_type};
use super::value::Spot;
use crate::finding::Findings;
use crate::ledger::{Basis, ColumnStyle, Declared, Negative, Presentation, Term, TotalAt, Zeros};
use crate::money::{Rate, Rounding, Unit};
use crate::source::Span;
use crate::words::Text;

/// Reads `[presentation]` over what was said before, key by key.
pub(super) fn read(mut keys: Keys<'_>, shown: &mut Presentation, basis: Option<Basis>, findings: &mut Findings) {
    if let Some(unit) = keys.one_of("unit", &Unit::NAMES, findings, Unit::parse) {
        shown.unit = unit;
    }
    if let Some(nil) = keys.string("nil", findings) {
        shown.nil = nil.text.to_owned();
    }
    let negative = |text: &str| match text {
        "△" => Some(Negative::Triangle),
        "-" => Some(Negative::Minus),
        "()" => Some(Negative::Parentheses),
        _ => None,
    };
    if let Some(negative) = keys.one_of("negative", &["△", "-", "()"], findings, negative) {
        shown.negative = negative;
    }
    if let Some(total) = keys.one_of("total", &["top", "bottom", "none"], findings, TotalAt::parse) {
        shown.total = total;
    }
    keys.label("total_label", &mut shown.total_label, findings);
    if let Some(decimals) = keys.whole("rate_decimals", 0..i64::from(Rate::MOST_DECIMALS) + 1, findings) {
        shown.rate_decimals = u32::try_from(decimals).unwrap_or(1);
    }
    if let Some(found) = keys.value("settlement") {
        let is_empty = matches!(found.value, toml::de::DeValue::Array(list) if list.is_empty());
        let empty = is_empty.then_some(found.span);
        settlement_columns(&mut keys, empty, shown, basis, findings);
    }
    layouts(&mut keys, shown, basis, findings);
    if let Some(columns) = keys.table("columns", findings) {
        for (name, found) in columns.entries() {
            let spot = Spot { text: name, span: found.span };
            let style = match found.value {
                toml::de::DeValue::Table(table) => columns.inside(table, found.span),
                _ => {
                    wrong_type::<()>(name, &found, Wanted::Table, findings);
                    continue;
                }
            };
            let term = Term::parse(name, basis);
            let said = shown.columns.iter().position(|(named, _)| Some(*named) == term);
            let mut merged = said.map_or_else(ColumnStyle::default, |n| shown.columns[n].1.clone());
            column_style(style, term, &mut merged, findings);
            match (term, said) {
                (None, _) => findings.push(column::not_a_term("columns", spot)),
                (Some(_), Some(n)) => shown.columns[n].1 = merged,
                (Some(term), None) => shown.columns.push((term, merged)),
            }
        }
    }
    keys.finish(findings);
}

/// Reads which columns the settlement has.
fn settlement_columns(
    keys: &mut Keys<'_>,
    empty: Option<Span>,
    shown: &mut Presentation,
    basis: Option<Basis>,
    findings: &mut Findings,
) {
    let mut columns = Vec::new();
    let names = keys.strings("settlement", findings);
    if let Some(span) = empty {
        let way_out = ("열을 하나 이상 적거나 줄을 지울 것", "name a column at least, or delete the key");
        findings.push(bad_value("settlement", Spot { text: "[]", span }, way_out.into()));
    }
    for spot in names {
        match Term::parse(spot.text, basis) {
            Some(term) if columns.contains(&term) => {
                let way_out = ("한 번만 적을 것", "name it once");
                findings.push(bad_value("settlement", spot, way_out.into()));
            }
            Some(term) => columns.push(term),
            None => findings.push(column::not_a_term("settlement", spot)),
        }
    }
    if !columns.is_empty() {
        shown.settlement = columns;
    }
}

/// Reads what is said of a column over what was said of it before.
fn column_style(mut keys: Keys<'_>, term: Option<Term>, style: &mut ColumnStyle, findings: &mut Findings) {
    let is_rate = term.is_some_and(Term::is_rate);
    let most = if is_rate { i64::from(Rate::MOST_DECIMALS) } else { 8 };
    let mut label = style.label.take().or(term.map(|term| term.word().text())).unwrap_or_default();
    keys.label("label", &mut label, findings);
    style.label = Some(label);
    for (key, digits) in [("row", &mut style.row), ("total", &mut style.total)] {
        let Some(mut keys) = keys.table(key, findings) else { continue };
        let said = digits.get_or_insert_default();
        if let Some(decimals) = keys.whole("decimals", 0..most + 1, findings) {
            said.decimals = u32::try_from(decimals).unwrap_or(0);
        }
        let names = Rounding::ALL.map(Rounding::name);
        said.rounding = keys.one_of("rounding", &names, findings, Rounding::parse).unwrap_or(said.rounding);
        keys.finish(findings);
    }
    let zeros = keys.one_of("zeros", &["trim", "keep"], findings, |text| match text {
        "trim" => Some(Zeros::Trimmed),
        "keep" => Some(Zeros::Kept),
        _ => None,
    });
    style.zeros = zeros.or(style.zeros);
    keys.finish(findings);
}

/// Reads the layouts that a book declares; one of the same id is said over.
fn layouts(keys: &mut Keys<'_>, shown: &mut Presentation, basis: Option<Basis>, findings: &mut Findings) {
    let mut own: Vec<String> = Vec::new();
    for mut keys in keys.tables("layout", findings) {
        let id = keys.string("id", findings);
        let title = keys.text("title", findings);
        let columns = layout_columns(&mut keys, basis, findings);
        match id {
            None => keys.missing("id", findings),
            Some(id) if id.is_blank() => {
                findings.push(bad_value("id", id, ("이름을 쓸 것", "write a name").into()));
            }
            Some(id) if Declared::BUILT_IN.contains(&id.text) => {
                let way_out =
                    ("프로그램에 있는 이름이 아닌 것으로 할 것", "choose a name that the program does not have");
                findings.push(bad_value("id", id, way_out.into()));
            }
            Some(id) if own.iter().any(|known| known == id.text) => findings.push(chart::repeated_id(id)),
            Some(id) => {
                own.push(id.text.to_owned());
                shown.layouts.retain(|layout| layout.name != id.text);
                shown.layouts.push(Declared { name: id.text.to_owned(), title, columns });
            }
        }
        keys.finish(findings);
    }
}

/// The columns of a layout: names, or tables of a name and a heading.
fn layout_columns(keys: &mut Keys<'_>, basis: Option<Basis>, findings: &mut Findings) -> Vec<(Term, Option<Text>)> {
    let mut columns: Vec<(Term, Option<Text>)> = Vec::new();
    for found in keys.list("columns", findings) {
        let (spot, label) = match found.value {
            toml::de::DeValue::String(text) => (Some(Spot { text, span: found.span }), None),
            toml::de::DeValue::Table(table) => {
                let mut inner = keys.inside(table, found.span);
                let spot = inner.string("column", findings);
                if spot.is_none() {
                    inner.missing("column", findings);
                }
                let label = inner.text("label", findings);
                inner.finish(findings);
                (spot, label)
            }
            _ => {
                wrong_type::<()>("columns", &found, Wanted::String, findings);
                continue;
            }
        };
        let Some(spot) = spot else { continue };
        match Term::parse(spot.text, basis) {
            Some(term) if columns.iter().any(|(known, _)| *known == term) => {
                let way_out = ("한 번만 적을 것", "name it once");
                findings.push(bad_value("columns", spot, way_out.into()));
            }
            Some(term) => columns.push((term, label)),
            None => findings.push(column::not_a_term("columns", spot)),
        }
    }
    match keys.value("columns") {
        None => keys.missing("columns", findings),
        Some(found) if matches!(found.value, toml::de::DeValue::Array(list) if list.is_empty()) => {
            let way_out = ("열을 하나 이상 적을 것", "name a column at least");
            findings.push(bad_value("columns", Spot { text: "[]", span: found.span }, way_out.into()));
        }
        Some(_) => {}
    }
    columns
}
