//! Performance records (추진실적), from TOML or CSV.

use super::cells::Cells;
use super::chart;
use super::column::{self, Column, needed, optional};
use super::csv::Csv;
use super::files::{Listed, unknown_document};
use super::plan;
use super::toml::{Document, Keys};
use super::value::Spot;
use crate::finding::{self, Finding, Findings};
use crate::ledger::{Accounts, CostKind, Funding, Item, Layout, Occasion, Performance};
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
        let cells = Cells { header: &header, record };
        match record_of(&cells, file, accounts, findings) {
            Some(performance) => records.push(performance),
            None => findings.refuse_lines(1),
        }
    }
    Ok(records)
}

/// The record of a row; `None` where one of its cells is wrong.
fn record_of(cells: &Cells<'_>, file: &Listed, accounts: &Accounts, findings: &mut Findings) -> Option<Performance> {
    let (id, title) = cells.name([0, 1, 2], findings)?;
    Some(Performance {
        id: id.text.trim().to_owned(),
        title,
        item: cells.owned(3),
        program: cells.owned(4),
        reported_cost: cells.cost(5, file.unit, findings)?,
        cost_kind: cells.one_of(6, "cost_kind", &COST_KINDS, findings, CostKind::parse)?.unwrap_or_default(),
        account: cells.account(7, accounts, findings)?,
        funding: cells.one_of(8, "funding", &plan::FUNDINGS, findings, Funding::parse)?.unwrap_or_default(),
        funding_note: cells.text(9),
        occasion: Occasion {
            starts: cells.date(10, findings)?,
            ends: cells.date(11, findings)?,
            place: cells.text(12),
            partners: Vec::new(),
            participants: cells.owned(13),
        },
        what: cells.text(14),
        document: file.document.clone(),
        span: id.span,
    })
}
