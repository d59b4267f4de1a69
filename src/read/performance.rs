//! Performance records (추진실적), from TOML or CSV.

use super::chart;
use super::column::{self, Column, needed, optional};
use super::csv::Csv;
use super::files::{Listed, unknown_document};
use super::plan;
use super::toml::{Document, Keys, bad_value};
use super::total;
use super::value::{self, Of, Spot};
use crate::finding::{self, Finding, Findings};
use crate::ledger::{AccountId, Accounts, CostKind, Funding, Item, Layout, Occasion, Performance};
use crate::money::Unit;
use crate::source::Sources;
use crate::words::{self, Text};
use std::io;

const COST_KINDS: [&str; 5] = ["settled", "budget", "contract", "estimate", "unknown"];

/// Reads one file.
pub(super) fn read(
    sources: &Sources,
    file: &Listed,
    accounts: &Accounts,
    documents: &[&str],
    all: &mut Vec<Performance>,
    findings: &mut Findings,
) -> io::Result<()> {
    let records = match file.layout {
        Layout::Csv => csv(sources, file, accounts, findings)?,
        Layout::Toml => {
            let Some(document) = Document::read(sources, file.source, findings)? else { return Ok(()) };
            let Some(table) = document.parse(findings) else { return Ok(()) };
            toml(document.keys(&table), file, accounts, documents, findings)
        }
    };
    for record in records {
        if all.iter().any(|known| known.id == record.id) {
            findings.push(chart::repeated_id(Spot { text: &record.id, span: record.span }));
        } else {
            all.push(record);
        }
    }
    Ok(())
}

/// Checks that the items which records name are planned.
pub(super) fn check(all: &[Performance], items: &[Item], findings: &mut Findings) {
    let known: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    for record in all {
        let Some(item) = record.item.as_deref().filter(|item| !known.contains(item)) else { continue };
        findings.push(Finding::new(
            finding::UNKNOWN_ITEM,
            record.span,
            (
                format!("실적 `{}`의 사업이 사업계획에 없음: `{item}`", record.id),
                format!("the plan has no such item, which record `{}` names: `{item}`", record.id),
            ),
            words::did_you_mean(item, &known),
        ));
    }
}

fn toml(
    mut keys: Keys<'_>,
    file: &Listed,
    accounts: &Accounts,
    documents: &[&str],
    findings: &mut Findings,
) -> Vec<Performance> {
    let mut records = Vec::new();
    for mut keys in keys.tables("performance", findings) {
        let id = keys.string("id", findings);
        if id.is_none() {
            keys.missing("id", findings);
        }
        let document = keys.string("source", findings);
        if let Some(named) = document.filter(|named| !documents.contains(&named.text)) {
            findings.push(unknown_document(named, documents));
        }
        let title = keys.text("title", findings);
        let name = id.map_or("", |id| id.text.trim());
        let record = Performance {
            id: name.to_owned(),
            title: title.unwrap_or_else(|| Text::same(name)),
            item: keys.string("item", findings).map(|spot| spot.text.to_owned()),
            program: keys.string("program", findings).map(|spot| spot.text.to_owned()),
            reported_cost: keys.amount("reported_cost", file.unit, findings),
            cost_kind: keys.one_of("cost_kind", &COST_KINDS, findings, CostKind::parse).unwrap_or_default(),
            account: plan::account(&mut keys, accounts, findings),
            funding: plan::funding(&mut keys, findings),
            funding_note: keys.text("funding_note", findings),
            occasion: plan::occasion(&mut keys, findings),
            what: keys.text("what", findings),
            document: document.map(|spot| spot.text.to_owned()).or_else(|| file.document.clone()),
            span: id.map_or(keys.span(), |id| id.span),
        };
        records.extend(id.map(|_| record));
        keys.finish(findings);
    }
    keys.finish(findings);
    records
}

const COLUMNS: [Column; 15] = [
    needed("id", &["번호"]),
    needed("title", &["사업명", "제목"]),
    optional("title_en", &["영문명"]),
    optional("item", &["사업"]),
    optional("program", &["프로그램"]),
    optional("reported_cost", &["소요액"]),
    optional("cost_kind", &["금액성격"]),
    optional("account", &["예산과목"]),
    optional("funding", &["재원구분"]),
    optional("funding_note", &["재원설명"]),
    optional("starts", &["시작일"]),
    optional("ends", &["종료일"]),
    optional("place", &["장소"]),
    optional("participants", &["인원"]),
    optional("what", &["내용"]),
];

fn csv(sources: &Sources, file: &Listed, accounts: &Accounts, findings: &mut Findings) -> io::Result<Vec<Performance>> {
    let mut records = Vec::new();
    let mut csv = Csv::open(file.source, sources.get(file.source))?;
    let Some(first) = csv.header(findings)? else { return Ok(records) };
    let Some(header) = column::header(&first, &COLUMNS, findings) else {
        csv.refuse_rest(findings)?;
        return Ok(records);
    };
    while let Some(record) = csv.next(findings)? {
        let filled = |column: usize| header.of(&record, column).filter(|spot| !spot.is_blank());
        match row(filled, file.unit, accounts, file.document.as_deref(), findings) {
            Some(performance) => records.push(performance),
            None => {
                if filled(0).is_none() {
                    findings.push(Finding::new(
                        finding::MISSING_FIELD,
                        record.span(),
                        ("비어 있으면 안 되는 칸: `id`", "this field must not be blank: `id`"),
                        ("실적마다 id를 줄 것", "give each record an id"),
                    ));
                }
                findings.refuse_lines(1);
            }
        }
    }
    Ok(records)
}

/// The record of a row; `None` where one of its fields is wrong.
fn row<'a>(
    filled: impl Fn(usize) -> Option<Spot<'a>>,
    unit: Unit,
    accounts: &Accounts,
    document: Option<&str>,
    findings: &mut Findings,
) -> Option<Performance> {
    let owned = |column: usize| filled(column).map(|spot| spot.text.trim().to_owned());
    let id = filled(0)?;
    if let Some(total) = [Some(id), filled(1)].into_iter().flatten().find(|spot| total::is_total(spot.text)) {
        findings.push(total::total_row(total));
        return None;
    }
    let title = owned(1).unwrap_or_else(|| id.text.to_owned());
    let en = owned(2).unwrap_or_else(|| title.clone());
    let one_of = |column: usize, key: &str, known: &[&str], findings: &mut Findings| match filled(column) {
        None => Some(None),
        Some(spot) if known.contains(&spot.text.trim()) => Some(Some(spot.text.trim())),
        Some(spot) => {
            findings.push(bad_value(key, spot, words::did_you_mean(spot.text, known)));
            None
        }
    };
    let reported_cost = match filled(5) {
        None => None,
        Some(spot) => Some(value::amount(spot, unit, Of::Cost, findings)?),
    };
    let cost_kind = one_of(6, "cost_kind", &COST_KINDS, findings)?;
    let account = match filled(7) {
        None => None,
        Some(spot) if chart::is_root(spot.text) => Some(AccountId::ROOT),
        Some(spot) => Some(chart::account(accounts, spot, findings)?),
    };
    let funding = one_of(8, "funding", &["own", "external", "mixed"], findings)?;
    let date = |column: usize, findings: &mut Findings| match filled(column) {
        None => Some(None),
        Some(spot) => value::date(spot, findings).map(Some),
    };
    Some(Performance {
        id: id.text.trim().to_owned(),
        title: Text::new(title, en),
        item: owned(3),
        program: owned(4),
        reported_cost,
        cost_kind: cost_kind.and_then(CostKind::parse).unwrap_or_default(),
        account,
        funding: funding.and_then(Funding::parse).unwrap_or_default(),
        funding_note: owned(9).map(Text::same),
        occasion: Occasion {
            starts: date(10, findings)?,
            ends: date(11, findings)?,
            place: owned(12).map(Text::same),
            partners: Vec::new(),
            participants: owned(13),
        },
        what: owned(14).map(Text::same),
        document: document.map(str::to_owned),
        span: id.span,
    })
}
