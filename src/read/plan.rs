//! Plan items and tasks, from TOML or CSV.

use super::cells::{self, Cells};
use super::chart;
use super::column::columns;
use super::files::Listed;
use super::passage;
use super::toml::{Document, Keys};
use super::value::{Spot, unknown};
use crate::finding::{self, Findings};
use crate::ledger::{
    AccountId, Accounts, Funding, Item, ItemId, Layout, Names, Occasion, Part, Rare, Reference, Standing, Step, Task,
    TaskId,
};
use crate::money::Unit;
use crate::source::Sources;
use crate::words::{self, Text};
use std::collections::{HashMap, HashSet};
use std::io;

/// What a year plans.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) tasks: Vec<Task>,
    pub(super) items: Vec<Item>,
    pub(super) names: Names<ItemId>,
    /// The ids of the tasks.
    task_names: HashSet<String>,
    /// The tasks that items say they stand under, in their order.
    named_tasks: Vec<(ItemId, Reference)>,
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

    /// Puts items below their tasks, once all of the plan is known.
    pub(super) fn check(&mut self, findings: &mut Findings) {
        // A plan that is only a table has nowhere to title its tasks: they are what its items name.
        let titled = !self.tasks.is_empty();
        let mut names: HashMap<String, TaskId> = HashMap::new();
        for (task, number) in self.tasks.iter().zip(0..) {
            names.insert(task.id.clone(), TaskId(number));
        }
        for (id, named) in &self.named_tasks {
            let item = &mut self.items[id.0 as usize];
            item.task = names.get(&named.id).copied();
            if item.task.is_some() {
                continue;
            }
            if titled {
                let known = || self.tasks.iter().map(|task| task.id.as_str()).collect::<Vec<_>>();
                let near = || words::did_you_mean(&named.id, &known());
                let spot = Spot { text: &named.id, span: named.span };
                let message = ("`[[task]]`에 없는 과제", "no `[[task]]` has this id");
                let way_out = ("`[[task]]`에 있는 id로 고칠 것", "write the id of a `[[task]]`");
                unknown(finding::UNKNOWN_REFERENCE, spot, near, message, way_out, findings);
            } else {
                let number = TaskId(u32::try_from(self.tasks.len()).unwrap_or(u32::MAX));
                self.tasks.push(Task { id: named.id.clone(), title: Text::same(named.id.as_str()), span: named.span });
                names.insert(named.id.clone(), number);
                item.task = Some(number);
            }
        }
    }

    fn toml(&mut self, mut keys: Keys<'_>, unit: Unit, accounts: &Accounts, findings: &mut Findings) {
        for mut keys in keys.tables("task", findings) {
            let id = keys.string("id", findings);
            let title = keys.text("title", findings);
            match id {
                None => keys.missing("id", findings),
                Some(id) if !self.task_names.insert(id.text.to_owned()) => findings.push(chart::repeated_id(id)),
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

    fn add(&mut self, id: Spot<'_>, (task, item): (Option<Reference>, Item), findings: &mut Findings) {
        let number = ItemId(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        if self.names.add(id.trimmed(), number) {
            self.items.push(item);
            self.named_tasks.extend(task.map(|task| (number, task)));
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
        cells::rows::<ItemColumn>(sources, file, findings, |row, findings| {
            if let Some((id, item)) = item_of(row, file.unit, accounts, findings) {
                self.add(id, item, findings);
            }
        })
    }
}

/// Reads the keys that say when, where and with whom.
pub(super) fn occasion(keys: &mut Keys<'_>, findings: &mut Findings) -> Occasion {
    Occasion {
        starts: keys.date("starts", findings),
        ends: keys.date("ends", findings),
        place: keys.text("place", findings),
        partners: passage::texts(keys, "partners", findings),
        participants: keys.text("participants", findings),
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

/// The task that an item names, and the item.
type Named = (Option<Reference>, Item);

fn item<'d>(mut keys: Keys<'d>, unit: Unit, accounts: &Accounts, findings: &mut Findings) -> Option<(Spot<'d>, Named)> {
    let id = keys.string("id", findings);
    if id.is_none() {
        keys.missing("id", findings);
    }
    let title = keys.text("title", findings);
    let name = id.map_or("", |id| id.trimmed());
    let task = keys.string("task", findings).map(|spot| spot.reference());
    let item = Item {
        id: name.into(),
        task: None,
        title: title.unwrap_or_else(|| Text::same(name)),
        aliases: keys.strings("aliases", findings).into_iter().map(|spot| spot.text.to_owned()).collect(),
        program: keys.string("program", findings).map(|spot| spot.text.into()),
        planned_cost: keys.amount("planned_cost", unit, findings),
        account: account(&mut keys, accounts, findings),
        funding: funding(&mut keys, findings),
        funding_note: Rare::from(keys.text("funding_note", findings)),
        occasion: Rare::from(occasion(&mut keys, findings)),
        texts: Rare::from(passage::of(&mut keys, &Standing::ALL, findings)),
        steps: keys.tables("step", findings).into_iter().map(|step_keys| step(step_keys, findings)).collect(),
        parts: keys.tables("part", findings).into_iter().map(|part_keys| part(part_keys, unit, findings)).collect(),
        span: id.map_or(keys.span(), |id| id.span),
    };
    keys.finish(findings);
    Some((id?, (task, item)))
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

columns! {
    /// The columns of plan items.
    ItemColumn {
        Id: Needed "id" ["번호", "사업번호"];
        Task: Optional "task" ["과제"];
        Title: Needed "title" ["사업명", "제목"];
        TitleEn: Optional "title_en" ["영문명"];
        Program: Optional "program" ["프로그램"];
        PlannedCost: Optional "planned_cost" ["소요예산", "소요액"];
        Account: Optional "account" ["예산과목"];
        Funding: Optional "funding" ["재원구분"];
        FundingNote: Optional "funding_note" ["재원설명"];
        Starts: Optional "starts" ["시작일"];
        Ends: Optional "ends" ["종료일"];
        Place: Optional "place" ["장소"];
        Partners: Optional "partners" ["협력기관"];
        Participants: Optional "participants" ["참가대상"];
    }
}

/// The item of a row; `None` where one of its cells is wrong. All of them are looked at first.
fn item_of<'a>(
    cells: &Cells<'a, ItemColumn>,
    unit: Unit,
    accounts: &Accounts,
    findings: &mut Findings,
) -> Option<(Spot<'a>, Named)> {
    use ItemColumn as C;
    let name = cells.name([C::Id, C::Title, C::TitleEn], findings);
    let cost = cells.cost(C::PlannedCost, unit, findings);
    let account = cells.account(C::Account, accounts, findings);
    let funding = cells.one_of(C::Funding, &FUNDINGS, findings, Funding::parse);
    let occasion = item_occasion(cells, findings);
    let (id, title) = name?;
    let item = Item {
        id: id.trimmed().into(),
        task: None,
        title,
        aliases: Rare::default(),
        program: cells.owned(C::Program),
        planned_cost: cost?,
        account: account?,
        funding: funding?.unwrap_or_default(),
        funding_note: Rare::from(cells.text(C::FundingNote)),
        occasion: occasion?,
        texts: Rare::default(),
        steps: Rare::default(),
        parts: Rare::default(),
        span: id.span,
    };
    Some((id, (cells.reference(C::Task), item)))
}

/// When, where and with whom an item is. Most items do not say, which is quicker to see than to put together.
fn item_occasion(cells: &Cells<'_, ItemColumn>, findings: &mut Findings) -> Option<Rare<Occasion>> {
    use ItemColumn as C;
    if !cells.any(&[C::Starts, C::Ends, C::Place, C::Participants, C::Partners]) {
        return Some(Rare::default());
    }
    let occasion = cells.occasion([C::Starts, C::Ends, C::Place, C::Participants], findings);
    let partners = cells.filled(C::Partners).map_or_else(Vec::new, |spot| {
        spot.text.split(';').map(str::trim).filter(|one| !one.is_empty()).map(Text::same).collect()
    });
    Some(Rare::from(Occasion { partners, ..occasion? }))
}

/// Says that the plan has no item that is named so.
pub(super) fn unknown_item(spot: Spot<'_>, items: &[Item], findings: &mut Findings) {
    let known = || items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>();
    let near = || words::did_you_mean(spot.text, &known());
    let message = ("사업계획에 없는 사업", "the plan has no such item");
    let way_out = ("사업계획에 있는 id로 고칠 것", "write an id of the plan");
    unknown(finding::UNKNOWN_ITEM, spot, near, message, way_out, findings);
}
