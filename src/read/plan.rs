//! Plan items and tasks, from TOML or CSV.

use super::chart;
use super::column::{self, Column, needed, optional};
use super::csv::{Csv, Record};
use super::files::Listed;
use super::toml::{Document, Keys, bad_value};
use super::total;
use super::value::{self, Of, Spot};
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

const FUNDINGS: [&str; 3] = ["own", "external", "mixed"];

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
            let row = ItemRow { header: &header, record };
            match row.item(file.unit, accounts, findings) {
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

/// One row of a table of items.
struct ItemRow<'a> {
    header: &'a column::Header,
    record: Record<'a>,
}

impl<'a> ItemRow<'a> {
    fn filled(&self, column: usize) -> Option<Spot<'a>> {
        self.header.of(&self.record, column).filter(|spot| !spot.is_blank())
    }

    fn owned(&self, column: usize) -> Option<String> {
        self.filled(column).map(|spot| spot.text.trim().to_owned())
    }

    /// The item; `None` where one of its fields is wrong.
    fn item(&self, unit: Unit, accounts: &Accounts, findings: &mut Findings) -> Option<(Spot<'a>, Item)> {
        let Some(id) = self.filled(0) else {
            findings.push(Finding::new(
                finding::MISSING_FIELD,
                self.record.span(),
                ("비어 있으면 안 되는 칸: `id`", "this field must not be blank: `id`"),
                ("사업마다 id를 줄 것", "give each item an id"),
            ));
            return None;
        };
        if let Some(total) = [Some(id), self.filled(2)].into_iter().flatten().find(|spot| total::is_total(spot.text)) {
            findings.push(total::total_row(total));
            return None;
        }
        let title = self.owned(2).unwrap_or_else(|| id.text.to_owned());
        let en = self.owned(3).unwrap_or_else(|| title.clone());
        let planned_cost = match self.filled(5) {
            None => None,
            Some(spot) => Some(value::amount(spot, unit, Of::Cost, findings)?),
        };
        let account = match self.filled(6) {
            None => None,
            Some(spot) if chart::is_root(spot.text) => Some(AccountId::ROOT),
            Some(spot) => Some(chart::account(accounts, spot, findings)?),
        };
        let funding = match self.filled(7) {
            None => Funding::default(),
            Some(spot) => match Funding::parse(spot.text.trim()) {
                Some(funding) => funding,
                None => {
                    findings.push(bad_value("funding", spot, words::did_you_mean(spot.text, &FUNDINGS)));
                    return None;
                }
            },
        };
        let date = |column: usize, findings: &mut Findings| match self.filled(column) {
            None => Some(None),
            Some(spot) => value::date(spot, findings).map(Some),
        };
        let (starts, ends) = (date(9, findings)?, date(10, findings)?);
        let item = Item {
            id: id.text.trim().to_owned(),
            task: self.owned(1),
            title: Text::new(title, en),
            aliases: Vec::new(),
            program: self.owned(4),
            planned_cost,
            account,
            funding,
            funding_note: self.owned(8).map(Text::same),
            occasion: Occasion {
                starts,
                ends,
                place: self.owned(11).map(Text::same),
                partners: self
                    .owned(12)
                    .map(|all| all.split(';').map(|one| one.trim().to_owned()).collect())
                    .unwrap_or_default(),
                participants: self.owned(13),
            },
            steps: Vec::new(),
            parts: Vec::new(),
            span: id.span,
        };
        Some((id, item))
    }
}
