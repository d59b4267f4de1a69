//! Plan items and tasks, from TOML or CSV.

use super::cells::Cells;
use super::chart;
use super::column::{self, Column, needed, optional};
use super::csv::Csv;
use super::files::Listed;
use super::toml::{Document, Keys};
use super::value::Spot;
use crate::finding::{self, Finding, Findings};
use crate::ledger::{AccountId, Accounts, Funding, Item, ItemId, Layout, Names, Occasion, Part, Step, Task};
use crate::money::Unit;
use crate::source::Sources;
use crate::words::{self, Text};
use std::io;

/// What a year plans.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) tasks: Vec<Task>,
    pub(super) items: Vec<Item>,
    pub(super) names: Names<ItemId>,
}

/// Whose money it may be.
pub(super) const FUNDINGS: [&str; 3] = ["own", "external", "mixed"];

impl Plan {
    /// Reads one file.
    pub(super) fn read(
        &mut self,
        sources: &Sources,
        file: &Listed,
        accounts: &Accounts,
        findings: &mut Findings,
    ) -> io::Result<()> {
        match file.layout {
            Layout::Csv => self.csv(sources, file, accounts, findings),
            Layout::Toml => {
                let Some(document) = Document::read(sources, file.source, findings)? else { return Ok(()) };
                let Some(table) = document.parse(findings) else { return Ok(()) };
                self.toml(document.keys(&table), file.unit, accounts, findings);
                Ok(())
            }
        }
    }

    /// Checks what refers to something else in the plan, once all of it is known.
    pub(super) fn check(&self, findings: &mut Findings) {
        let known: Vec<&str> = self.tasks.iter().map(|task| task.id.as_str()).collect();
        for item in &self.items {
            let Some(task) = item.task.as_deref() else { continue };
            // A plan that is only a table has nowhere to title its tasks.
            if !known.is_empty() && !known.contains(&task) {
                findings.push(Finding::new(
                    finding::UNKNOWN_REFERENCE,
                    item.span,
                    (
                        format!("사업 `{}`의 과제가 없음: `{task}`", item.id),
                        format!("no `[[task]]` has the id that item `{}` names: `{task}`", item.id),
                    ),
                    words::did_you_mean(task, &known),
                ));
            }
        }
    }

    fn toml(&mut self, mut keys: Keys<'_>, unit: Unit, accounts: &Accounts, findings: &mut Findings) {
        for mut keys in keys.tables("task", findings) {
            let id = keys.string("id", findings);
            let title = keys.text("title", findings);
            match id {
                None => keys.missing("id", findings),
                Some(id) if self.tasks.iter().any(|task| task.id == id.text) => findings.push(chart::repeated_id(id)),
                Some(id) => self.tasks.push(Task {
                    id: id.text.to_owned(),
                    title: title.unwrap_or_else(|| Text::same(id.text)),
                    span: id.span,
                }),
            }
            keys.finish(findings);
        }
        for keys in keys.tables("item", findings) {
            if let Some((id, item)) = item(keys, unit, accounts, findings) {
                self.add(id, item, findings);
            }
        }
        keys.finish(findings);
    }

    fn add(&mut self, id: Spot<'_>, item: Item, findings: &mut Findings) {
        let number = ItemId(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        if self.names.add(id.text.trim(), number) {
            self.items.push(item);
        } else {
            findings.push(chart::repeated_id(id));
        }
    }

    fn csv(
        &mut self,
        sources: &Sources,
        file: &Listed,
        accounts: &Accounts,
        findings: &mut Findings,
    ) -> io::Result<()> {
        let mut csv = Csv::open(file.source, sources.get(file.source))?;
        let Some(first) = csv.header(findings)? else { return Ok(()) };
        let Some(header) = column::header(&first, &COLUMNS, findings) else { return csv.refuse_rest(findings) };
        while let Some(record) = csv.next(findings)? {
            let cells = Cells { header: &header, record };
            match item_of(&cells, file.unit, accounts, findings) {
                Some((id, item)) => self.add(id, item, findings),
                None => findings.refuse_lines(1),
            }
        }
        Ok(())
    }
}

/// Reads the keys that say when, where and with whom.
pub(super) fn occasion(keys: &mut Keys<'_>, findings: &mut Findings) -> Occasion {
    Occasion {
        starts: keys.date("starts", findings),
        ends: keys.date("ends", findings),
        place: keys.text("place", findings),
        partners: keys.strings("partners", findings).into_iter().map(|spot| spot.text.to_owned()).collect(),
        participants: keys.string("participants", findings).map(|spot| spot.text.to_owned()),
    }
}

/// Reads whose money it is.
pub(super) fn funding(keys: &mut Keys<'_>, findings: &mut Findings) -> Funding {
    keys.one_of("funding", &FUNDINGS, findings, Funding::parse).unwrap_or_default()
}

/// Reads the account of something that may have one.
pub(super) fn account(keys: &mut Keys<'_>, accounts: &Accounts, findings: &mut Findings) -> Option<AccountId> {
    let spot = keys.string("account", findings)?;
    if chart::is_root(spot.text) { Some(AccountId::ROOT) } else { chart::account(accounts, spot, findings) }
}

fn item<'d>(mut keys: Keys<'d>, unit: Unit, accounts: &Accounts, findings: &mut Findings) -> Option<(Spot<'d>, Item)> {
    let id = keys.string("id", findings);
    if id.is_none() {
        keys.missing("id", findings);
    }
    let title = keys.text("title", findings);
    let name = id.map_or("", |id| id.text.trim());
    let item = Item {
        id: name.to_owned(),
        task: keys.string("task", findings).map(|spot| spot.text.to_owned()),
        title: title.unwrap_or_else(|| Text::same(name)),
        aliases: keys.strings("aliases", findings).into_iter().map(|spot| spot.text.to_owned()).collect(),
        program: keys.string("program", findings).map(|spot| spot.text.to_owned()),
        planned_cost: keys.amount("planned_cost", unit, findings),
        account: account(&mut keys, accounts, findings),
        funding: funding(&mut keys, findings),
        funding_note: keys.text("funding_note", findings),
        occasion: occasion(&mut keys, findings),
        steps: keys.tables("step", findings).into_iter().map(|step_keys| step(step_keys, findings)).collect(),
        parts: keys.tables("part", findings).into_iter().map(|part_keys| part(part_keys, unit, findings)).collect(),
        span: id.map_or(keys.span(), |id| id.span),
    };
    keys.finish(findings);
    Some((id?, item))
}

fn step(mut keys: Keys<'_>, findings: &mut Findings) -> Step {
    let what = keys.text("what", findings);
    if what.is_none() {
        keys.missing("what", findings);
    }
    let step = Step {
        what: what.unwrap_or_default(),
        starts: keys.date("starts", findings),
        ends: keys.date("ends", findings),
    };
    keys.finish(findings);
    step
}

fn part(mut keys: Keys<'_>, unit: Unit, findings: &mut Findings) -> Part {
    let title = keys.text("title", findings);
    if title.is_none() {
        keys.missing("title", findings);
    }
    let part = Part {
        title: title.unwrap_or_default(),
        planned_cost: keys.amount("planned_cost", unit, findings),
        funding: funding(&mut keys, findings),
        funding_note: keys.text("funding_note", findings),
        occasion: occasion(&mut keys, findings),
    };
    keys.finish(findings);
    part
}

const COLUMNS: [Column; 14] = [
    needed("id", &["번호", "사업번호"]),
    optional("task", &["과제"]),
    needed("title", &["사업명", "제목"]),
    optional("title_en", &["영문명"]),
    optional("program", &["프로그램"]),
    optional("planned_cost", &["소요예산", "소요액"]),
    optional("account", &["예산과목"]),
    optional("funding", &["재원구분"]),
    optional("funding_note", &["재원설명"]),
    optional("starts", &["시작일"]),
    optional("ends", &["종료일"]),
    optional("place", &["장소"]),
    optional("partners", &["협력기관"]),
    optional("participants", &["참가대상"]),
];

/// The item of a row; `None` where one of its cells is wrong.
fn item_of<'a>(
    cells: &Cells<'a>,
    unit: Unit,
    accounts: &Accounts,
    findings: &mut Findings,
) -> Option<(Spot<'a>, Item)> {
    let (id, title) = cells.name([0, 2, 3], findings)?;
    let partners = cells.owned(12).unwrap_or_default();
    let item = Item {
        id: id.text.trim().to_owned(),
        task: cells.owned(1),
        title,
        aliases: Vec::new(),
        program: cells.owned(4),
        planned_cost: cells.cost(5, unit, findings)?,
        account: cells.account(6, accounts, findings)?,
        funding: cells.one_of(7, "funding", &FUNDINGS, findings, Funding::parse)?.unwrap_or_default(),
        funding_note: cells.text(8),
        occasion: Occasion {
            starts: cells.date(9, findings)?,
            ends: cells.date(10, findings)?,
            place: cells.text(11),
            partners: partners.split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect(),
            participants: cells.owned(13),
        },
        steps: Vec::new(),
        parts: Vec::new(),
        span: id.span,
    };
    Some((id, item))
}
