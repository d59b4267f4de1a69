//! Performance records (추진실적), from TOML or CSV.

use super::cells::{self, Cells};
use super::chart;
use super::column::columns;
use super::document::Documents;
use super::files::Listed;
use super::passage;
use super::plan::{self, Plan};
use super::toml::{Document, Keys};
use super::value::Spot;
use crate::finding::Findings;
use crate::ledger::{Accounts, CostKind, Found, Funding, ItemId, Layout, Performance, Reference, Standing};
use crate::source::Sources;
use crate::words::Text;
use std::collections::HashSet;
use std::io;

const COST_KINDS: [&str; 5] = ["settled", "budget", "contract", "estimate", "unknown"];

/// The records of a year.
#[derive(Default)]
pub(super) struct Records {
    pub(super) all: Vec<Performance>,
    ids: HashSet<String>,
}

impl Records {
    /// Reads one file.
    pub(super) fn read(
        &mut self,
        sources: &Sources,
        file: &Listed,
        accounts: &Accounts,
        documents: &Documents<'_>,
        plan: &Plan,
        findings: &mut Findings,
    ) -> io::Result<()> {
        let records = match file.layout {
            Layout::Csv => csv(sources, file, accounts, plan, findings)?,
            Layout::Toml => {
                let Some(document) = Document::read(sources, file.source, findings)? else { return Ok(()) };
                let Some(table) = document.parse(findings) else { return Ok(()) };
                toml(document.keys(&table), file, accounts, documents, plan, findings)
            }
        };
        for record in records {
            if self.ids.insert(record.id.clone()) {
                self.all.push(record);
            } else {
                findings.push(chart::repeated_id(Spot { text: &record.id, span: record.span }));
            }
        }
        Ok(())
    }
}

/// The planned item that a record names.
fn planned(named: Option<Reference>, plan: &Plan, findings: &mut Findings) -> Option<ItemId> {
    let named = named?;
    let spot = Spot { text: &named.id, span: named.span };
    match plan.names.find(&named.id) {
        Some(Found::Exactly(id)) => Some(id),
        Some(Found::ButForSpelling(id)) => {
            findings.push(chart::other_spelling(spot, &plan.items[id.0 as usize].id));
            Some(id)
        }
        None => {
            plan::unknown_item(spot, &plan.items, findings);
            None
        }
    }
}

fn toml(
    mut keys: Keys<'_>,
    file: &Listed,
    accounts: &Accounts,
    documents: &Documents<'_>,
    plan: &Plan,
    findings: &mut Findings,
) -> Vec<Performance> {
    let mut records = Vec::new();
    for mut keys in keys.tables("performance", findings) {
        let id = keys.string("id", findings);
        if id.is_none() {
            keys.missing("id", findings);
        }
        let document = keys.string("source", findings);
        documents.check(document, findings);
        let title = keys.text("title", findings);
        let name = id.map_or("", |id| id.trimmed());
        let record = Performance {
            id: name.to_owned(),
            title: title.unwrap_or_else(|| Text::same(name)),
            aliases: keys.strings("aliases", findings).iter().map(|spot| spot.text.to_owned()).collect(),
            item: planned(keys.string("item", findings).map(|spot| spot.reference()), plan, findings),
            program: keys.string("program", findings).map(|spot| spot.text.into()),
            reported_cost: keys.amount("reported_cost", file.unit, findings),
            cost_kind: keys.one_of("cost_kind", &COST_KINDS, findings, CostKind::parse).unwrap_or_default(),
            account: plan::account(&mut keys, accounts, findings),
            funding: plan::funding(&mut keys, findings),
            funding_note: keys.text("funding_note", findings),
            occasion: plan::occasion(&mut keys, findings),
            what: keys.text("what", findings),
            texts: passage::of(&mut keys, &Standing::ALL, findings),
            document: document.map(|spot| spot.text.to_owned()).or_else(|| file.document.clone()),
            span: id.map_or(keys.span(), |id| id.span),
        };
        records.extend(id.map(|_| record));
        keys.finish(findings);
    }
    keys.finish(findings);
    records
}

columns! {
    /// The columns of performance records.
    RecordColumn {
        Id: Needed "id" ["번호"];
        Title: Needed "title" ["사업명", "제목"];
        TitleEn: Optional "title_en" ["영문명"];
        Item: Optional "item" ["사업"];
        Program: Optional "program" ["프로그램"];
        ReportedCost: Optional "reported_cost" ["소요액"];
        CostKind: Optional "cost_kind" ["금액성격"];
        Account: Optional "account" ["예산과목"];
        Funding: Optional "funding" ["재원구분"];
        FundingNote: Optional "funding_note" ["재원설명"];
        Starts: Optional "starts" ["시작일"];
        Ends: Optional "ends" ["종료일"];
        Place: Optional "place" ["장소"];
        Participants: Optional "participants" ["인원"];
        What: Optional "what" ["내용"];
    }
}

fn csv(
    sources: &Sources,
    file: &Listed,
    accounts: &Accounts,
    plan: &Plan,
    findings: &mut Findings,
) -> io::Result<Vec<Performance>> {
    let mut records = Vec::new();
    cells::rows::<RecordColumn>(sources, file, findings, |row, findings| {
        records.extend(record_of(row, file, accounts, plan, findings));
    })?;
    Ok(records)
}

/// The record of a row; `None` where one of its cells is wrong. All of them are looked at first.
fn record_of(
    cells: &Cells<'_, RecordColumn>,
    file: &Listed,
    accounts: &Accounts,
    plan: &Plan,
    findings: &mut Findings,
) -> Option<Performance> {
    use RecordColumn as C;
    let name = cells.name([C::Id, C::Title, C::TitleEn], findings);
    let cost = cells.cost(C::ReportedCost, file.unit, findings);
    let cost_kind = cells.one_of(C::CostKind, &COST_KINDS, findings, CostKind::parse);
    let account = cells.account(C::Account, accounts, findings);
    let funding = cells.one_of(C::Funding, &plan::FUNDINGS, findings, Funding::parse);
    let occasion = cells.occasion([C::Starts, C::Ends, C::Place, C::Participants], findings);
    let item = planned(cells.reference(C::Item), plan, findings);
    let (id, title) = name?;
    Some(Performance {
        id: id.trimmed().to_owned(),
        title,
        aliases: Vec::new(),
        item,
        program: cells.owned(C::Program),
        reported_cost: cost?,
        cost_kind: cost_kind?.unwrap_or_default(),
        account: account?,
        funding: funding?.unwrap_or_default(),
        funding_note: cells.text(C::FundingNote),
        occasion: occasion?,
        what: cells.text(C::What),
        texts: Vec::new(),
        document: file.document.clone(),
        span: id.span,
    })
}
