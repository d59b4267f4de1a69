//! What was done with the money (추진실적): each record as the report has it, and a table of what they say that they cost.

use super::occasion::{self, Pays};
use super::sheet::{Of, Sheet, point, said};
use crate::ledger::{Books, CostKind, Funding, Performance, Standing, TotalAt};
use crate::report::costs::{reported, stated};
use crate::report::{Paper, ROOT_KEY};
use crate::table::{Block, Cell, Column, Note, Page, Role, Row, RowClass, Scale, Sentence, Table, Why};
use crate::words::{self, Text, Word};

const CONTENT: Word = Word::new("what", "내용", "Content");
const COST: Word = Word::new("cost", "소요액", "Cost");

/// Writes the records, then the table.
pub(super) fn write(books: &Books, id: &str, of: Of, paper: Paper, level: u8, sheet: &mut Sheet) {
    let scale = paper.scale(books);
    for record in &books.performances {
        sheet.marked(level, &record.title);
        sheet.texts(&record.texts, Standing::Before, level + 1);
        let mut points = occasion::points(&record.occasion, 0);
        points.extend(record.what.as_ref().map(|what| point(0, Some(&CONTENT.text()), said(what))));
        points.extend(occasion::within(&record.texts));
        points.push(point(0, Some(&COST.text()), cost(books, record, &scale)));
        sheet.list(points);
        sheet.texts(&record.texts, Standing::After, level + 1);
    }
    let table = table(books, paper).scaled(&scale);
    sheet.take(id, Page { report: "performance", title: Text::default(), blocks: vec![Block::Table(table)] }, of);
}

fn cost(books: &Books, record: &Performance, scale: &Scale<'_>) -> Sentence {
    let amount = record.reported_cost.map(|cost| cost.amount);
    let account = record.account.map(|id| books.accounts.get(id).name.clone());
    let kind = match record.cost_kind {
        CostKind::Settled => Some(Text::new("정산액", "as settled")),
        CostKind::Budget => Some(Text::new("예산액", "as budgeted")),
        CostKind::Contract => Some(Text::new("계약액", "by contract")),
        CostKind::Estimate => Some(Text::new("추정액", "as estimated")),
        CostKind::Unknown => None,
    };
    let is_external = record.funding == Funding::External;
    let pays = Pays {
        funding: record.funding,
        note: record.funding_note.as_ref(),
        own: amount.filter(|_| !is_external),
        external: amount.filter(|_| is_external),
        remarks: account.into_iter().chain(kind).collect(),
    };
    pays.sentence(|amount| super::figure(scale, amount))
}

/// What each record says that it cost, and all of them together.
fn table(books: &Books, paper: Paper) -> Table {
    let others = |record: &Performance| record.funding == Funding::External && record.reported_cost.is_some();
    let has_others = books.performances.iter().any(others);
    let mut columns = vec![
        Column::new(words::ITEM, Role::Key),
        Column::new(words::TITLE, Role::Text),
        Column::new(words::ACCOUNT, Role::Text),
        Column::new(words::REPORTED_COST, Role::Amount),
    ];
    columns.extend(has_others.then(|| Column::new(words::EXTERNAL_COST, Role::Amount).standing()));
    columns.push(Column::new(words::FUNDING, Role::Text));
    let blank = || Cell::blank(Why::NoLines);
    let total_at = books.year.presentation.total;
    let last = books.performances.len();
    let mut rows: Vec<Row> = Vec::new();
    let total = || {
        let name = Cell::label(books.year.presentation.total_label.clone());
        let mut cells = vec![name, Cell::blank(Why::Label), Cell::blank(Why::Label), reported(&books.performances)];
        cells.resize(columns.len(), Cell::blank(Why::Label));
        Row { class: RowClass::Total, key: ROOT_KEY.into(), depth: 0, parent: None, complete: true, cells }
    };
    if total_at == TotalAt::Top {
        rows.push(total());
    }
    for record in &books.performances {
        let cost = stated(record.reported_cost).unwrap_or_else(blank);
        let (own, external) = if others(record) { (blank(), cost) } else { (cost, blank()) };
        let funding = record.funding.word();
        let funding = match &record.funding_note {
            None => funding.text(),
            Some(note) => Text::new(format!("{} ({})", funding.ko, note.ko), format!("{} ({})", funding.en, note.en)),
        };
        let mut cells = vec![
            Cell::label(Text::same(record.id.as_str())),
            Cell::label(record.title.clone()),
            record.account.map_or_else(blank, |id| Cell::label(books.account_path(id))),
            own,
        ];
        cells.extend(has_others.then_some(external));
        cells.push(Cell::label(funding));
        let parent = match total_at {
            TotalAt::Top => Some(0),
            TotalAt::Bottom => Some(last),
            TotalAt::Nowhere => None,
        };
        let depth = u32::from(parent.is_some());
        rows.push(Row { class: RowClass::Body, key: record.id.as_str().into(), depth, parent, complete: true, cells });
    }
    if total_at == TotalAt::Bottom {
        rows.push(total());
    }
    let notes = vec![Note::remark(Sentence::plain((
        "실적 소요액은 추진실적에 보고된 금액이고, 집행액은 장부의 집행 내역을 더한 것임",
        "reported costs are what the records say; what was disbursed is the sum of the lines of the ledger",
    )))];
    let caption = Some(Text::new("추진실적 소요액", "Reported costs"));
    Table { id: "costs".to_owned(), caption, unit: paper.unit, columns, rows, notes }
}
