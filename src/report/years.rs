//! A year against another: by account and by program, what changed, what began and what ended.
//!
//! Law: accounts are matched by their paths and undertakings by their programs, never by titles. Where nothing proves
//! that the two years were budgeted on one basis, the page says so before anybody reads a change off it (IPSAS 24).

use super::Paper;
use super::charts::{self, Chosen, Rows};
use super::costs::{carried_out, own_costs, reported};
use super::settlement::Settlement;
use crate::ledger::{
    AccountId, Accounts, Books, Claim, Funding, GrantMode, ItemId, Measure, Performance, Scope, Sign, Term,
};
use crate::money::Money;
use crate::settled::{DISBURSED, everywhere, summed};
use crate::table::{Block, Cell, Chart, Column, Note, Page, Piece, Role, Row, RowClass, Scale, Sentence, Table, Why};
use crate::tally::{Axis, Sums, Tally};
use crate::words::{self, Text};
use std::collections::{HashMap, HashSet};

/// One of the two years.
#[derive(Clone, Copy)]
pub struct Side<'b, 't> {
    /// Its books.
    pub books: &'b Books,
    /// Its sums, along items.
    pub tally: &'t Tally<'b>,
}

/// The page of one year against another. It is made from the later books first, and the earlier second.
pub fn years(earlier: Side<'_, '_>, later: Side<'_, '_>, term: Term, paper: Paper) -> Page {
    let (before, now) = (earlier.books.year.fiscal_year, later.books.year.fiscal_year);
    let entity = &later.books.year.entity;
    let title = Text::new(
        format!("{} {before}년도와 {now}년도 비교", entity.ko),
        format!("{}: {now} against {before}", entity.en),
    );
    let scale = paper.scale(later.books);
    let mut accounts = by_account(earlier, later, term, paper);
    let programs = by_program(earlier, later, paper);
    // No book can prove it, so it is said of every two years; what speaks against it follows.
    let doubts = doubts(earlier, later, &scale, &programs.mixed);
    let lead = (
        "두 해가 같은 기준이라는 근거가 없음: 증감을 성과로 읽지 말 것(IPSAS 24, 비교 가능 기준)",
        "nothing proves that the two years are on a comparable basis: read no change as a result (IPSAS 24)",
    );
    accounts.notes.insert(0, Note { items: doubts, ..Note::caution(Sentence::plain(lead)) });
    let accounts = accounts.scaled(&scale);
    let chart = chart(&accounts, term);
    let mut blocks = vec![Block::Table(accounts)];
    blocks.extend(chart.map(Block::Chart));
    if !programs.table.rows.is_empty() {
        blocks.push(Block::Table(programs.table.scaled(&scale)));
    }
    Page { report: "years", title, blocks }
}

fn is_pooled(cell: &Cell) -> bool {
    match &cell.why {
        Why::Elsewhere(_, why) => **why == Why::NotAttributed,
        why => *why == Why::NotAttributed,
    }
}

/// Both years' amounts of accounts beside one another.
fn chart(accounts: &Table, term: Term) -> Option<Chart> {
    let [earlier, later] = [1, 2];
    let amount = |row: usize, column: usize| accounts.rows[row].cells[column].money();
    let largest = |row: usize| amount(row, earlier).max(amount(row, later));
    // What stands with the account above, here or in the other year, weighs nothing known.
    let is_known = |row: &usize| !accounts.rows[*row].cells.iter().any(is_pooled);
    let weigh = |row: usize| Some(row).filter(is_known).and_then(largest);
    let chosen = Chosen::of(accounts, Rows::OfATree, |_| true, weigh).only(|row| largest(row).is_some());
    let word = term.word();
    let title =
        Text::new(format!("과목별 {}: 두 해 비교", word.ko), format!("{} by account, year against year", word.en));
    charts::amounts(accounts, &chosen, title, word, &[earlier, later], "by-account")
}

/// The columns after the key: both amounts, change, per cent, and what became of it.
fn columns(earlier: Side<'_, '_>, later: Side<'_, '_>, first: usize, of: &Text) -> Vec<Column> {
    let heading = |books: &Books| {
        let year = books.year.fiscal_year;
        Text::new(format!("{year} {}", of.ko), format!("{year} {}", of.en)).trimmed()
    };
    vec![
        Column::new(words::EARLIER, Role::Amount).headed(heading(earlier.books)),
        Column::new(words::LATER, Role::Amount).headed(heading(later.books)),
        Column::new(words::CHANGE, Role::Amount).from(&[(Sign::Plus, first + 1), (Sign::Minus, first)]),
        Column::new(words::CHANGE_RATE, Role::Rate),
    ]
}

/// Change and its rate; neither where one of the two is absent.
fn change(before: &Cell, now: &Cell) -> [Cell; 2] {
    let (Some(old), Some(new)) = (before.step(words::EARLIER.text()), now.step(words::LATER.text())) else {
        return [Cell::blank(Why::NotDerivable), Cell::blank(Why::NotDerivable)];
    };
    let change = Cell::worked(vec![(Sign::Plus, new), (Sign::Minus, old.clone())]);
    let rate = change.step(words::CHANGE.text()).map_or(Cell::blank(Why::NoBasis), |part| Cell::rate(part, old));
    [change, rate]
}

/// The earlier year is the second of the page's books.
const EARLIER: usize = 1;

fn began_or_ended<T>(was: Option<&T>, is: Option<&T>) -> Cell {
    Cell::label(match (was, is) {
        (None, Some(_)) => Text::new("신설", "new"),
        (Some(_), None) => Text::new("종료", "ended"),
        _ => Text::same(""),
    })
}

fn by_account(earlier: Side<'_, '_>, later: Side<'_, '_>, term: Term, paper: Paper) -> Table {
    let mut merged = Accounts::default();
    for books in [later.books, earlier.books] {
        for (_, account) in books.accounts.parents_first().skip(1) {
            // One that is there already is the same account.
            let _ = merged.enter(&account.path, Some(&account.name.en));
        }
    }
    let sides = [Settlement::of(earlier.books, earlier.tally), Settlement::of(later.books, later.tally)];
    let shown = &later.books.year.presentation;
    let rows = super::tree_rows(&merged, &shown.total_label, shown.total, None, |id| {
        let path = &merged.get(id).path;
        let (was, is) = (earlier.books.accounts.at(path), later.books.accounts.at(path));
        let cell =
            |id: Option<AccountId>, side: usize| id.map_or(Cell::blank(Why::NoLines), |id| sides[side].cell(id, term));
        let (before, now) = (cell(was, 0).elsewhere(EARLIER), cell(is, 1));
        let pooled = |id: Option<AccountId>, side: usize| id.is_some_and(|id| sides[side].is_pooled(id, term));
        let [change, rate] = match pooled(was, 0) || pooled(is, 1) {
            true => [Cell::blank(Why::NotAttributed), Cell::blank(Why::NotAttributed)],
            false => change(&before, &now),
        };
        vec![before, now, change, rate, began_or_ended(was.as_ref(), is.as_ref())]
    });
    let mut all = vec![Column::new(words::ACCOUNT, Role::Key)];
    all.extend(columns(earlier, later, 1, &term.word().text()));
    all.push(Column::new(words::REMARK, Role::Text));
    let caption = Some(Text::new("과목별", "By account"));
    Table { id: "accounts".to_owned(), caption, unit: paper.unit, columns: all, rows, notes: Vec::new() }
}

/// What a program came to in a year, and what sort of figure that is.
struct Figure {
    title: Text,
    cell: Cell,
    sort: Sort,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Disbursed,
    /// Some of its items by lines, others by records alone, which are not in the figure.
    Both,
    Reported,
    Planned,
    External,
    None,
}

impl Sort {
    fn text(self) -> Text {
        match self {
            Sort::Disbursed => words::DISBURSED.text(),
            Sort::Both => Text::new("집행액(일부는 실적뿐)", "Disbursed (some only reported)"),
            Sort::Reported => Text::new("실적", "Reported"),
            Sort::Planned => Text::new("계획", "Planned"),
            Sort::External => Text::new("외부재원", "External"),
            Sort::None => Text::same(""),
        }
    }
}

/// The table of programs, and those of them whose two figures are of different sorts.
struct Programs {
    table: Table,
    mixed: Vec<Text>,
}

fn by_program(earlier: Side<'_, '_>, later: Side<'_, '_>, paper: Paper) -> Programs {
    let (mut before, mut now) = (programs(earlier), programs(later));
    let mut names: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for (name, _) in now.1.iter().chain(&before.1) {
        if seen.insert(name.clone()) {
            names.push(name.clone());
        }
    }
    let mut mixed = Vec::new();
    let rows = names.into_iter().map(|name| {
        let (was, is) = (before.0.remove(&name), now.0.remove(&name));
        let marks = began_or_ended(was.as_ref(), is.as_ref());
        let title = is.as_ref().or(was.as_ref()).map(|figure| figure.title.clone()).unwrap_or_default();
        let nothing = || Figure { title: Text::same(""), cell: Cell::blank(Why::NoLines), sort: Sort::None };
        let (was, is) = (was.unwrap_or_else(nothing), is.unwrap_or_else(nothing));
        let both = was.cell.money().is_some() && is.cell.money().is_some();
        if both && was.sort != is.sort {
            let (old, new) = (was.sort.text(), is.sort.text());
            mixed.push(Text::new(
                format!("{name}({}↔{})", old.ko, new.ko),
                format!("{name} ({}↔{})", old.en.to_lowercase(), new.en.to_lowercase()),
            ));
        }
        let before = was.cell.elsewhere(EARLIER);
        let [change, rate] = change(&before, &is.cell);
        let sorts = [was.sort, is.sort].map(|sort| Cell::label(sort.text()));
        let [old_sort, new_sort] = sorts;
        let cells = vec![
            Cell::label(Text::same(name.as_str())),
            Cell::label(title),
            before,
            is.cell,
            change,
            rate,
            old_sort,
            new_sort,
            marks,
        ];
        Row { class: RowClass::Body, key: name.into(), depth: 0, parent: None, complete: false, cells }
    });
    let rows: Vec<Row> = rows.collect();
    let mut all = vec![Column::new(words::PROGRAM, Role::Key), Column::new(words::TITLE, Role::Text)];
    all.extend(columns(earlier, later, 2, &Text::same("")));
    let source = |books: &Books| {
        let year = books.year.fiscal_year;
        Text::new(format!("{year} {}", words::SOURCE.ko), format!("{year} {}", words::SOURCE.en.to_lowercase()))
    };
    all.push(Column::new(words::EARLIER_SOURCE, Role::Text).headed(source(earlier.books)));
    all.push(Column::new(words::LATER_SOURCE, Role::Text).headed(source(later.books)));
    all.push(Column::new(words::REMARK, Role::Text));
    let caption = Some(Text::new("프로그램별", "By programme"));
    let table = Table { id: "programs".to_owned(), caption, unit: paper.unit, columns: all, rows, notes: Vec::new() };
    Programs { table, mixed }
}

/// The programs of a year: what each came to, and their order with the items of each.
type Undertakings = (HashMap<String, Figure>, Vec<(String, Vec<ItemId>)>);

/// The programs of a year.
fn programs(side: Side<'_, '_>) -> Undertakings {
    let books = side.books;
    let mut order: Vec<(String, Vec<ItemId>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut place = |program: &str, order: &mut Vec<(String, Vec<ItemId>)>| {
        *known.entry(program.to_owned()).or_insert_with(|| {
            order.push((program.to_owned(), Vec::new()));
            order.len() - 1
        })
    };
    for (id, item) in books.items() {
        if let Some(program) = &item.program {
            let n = place(program, &mut order);
            order[n].1.push(id);
        }
    }
    let mut records: HashMap<String, Vec<&Performance>> = HashMap::new();
    let mut told = HashSet::new();
    for (record, item) in books.performances.iter().zip(carried_out(books)) {
        told.extend(item.filter(|_| reported([record]).money().is_some()));
        let program = item.and_then(|id| books.item(id).program.as_deref()).or(record.program.as_deref());
        if let Some(program) = program {
            place(program, &mut order);
            records.entry(program.to_owned()).or_default().push(record);
        }
    }
    let figures = order.iter().map(|(program, items)| {
        let records = records.get(program).map(Vec::as_slice).unwrap_or_default();
        (program.clone(), figure(side, items, records, &told))
    });
    (figures.collect(), order)
}

/// What lines that name its items add up to; else what was reported; else what was planned. Of the items that are `told`
/// records give the cost.
fn figure(side: Side<'_, '_>, items: &[ItemId], records: &[&Performance], told: &HashSet<ItemId>) -> Figure {
    let books = side.books;
    let mut sums = Sums::NOTHING;
    for id in items {
        sums.merge(&side.tally.along(Axis::Item).item(Some(*id)));
    }
    let title = match (items.first(), records.first()) {
        (Some(id), _) => books.item(*id).title.clone(),
        (None, Some(record)) => record.title.clone(),
        (None, None) => Text::default(),
    };
    let disbursed = items.first().map_or(Cell::blank(Why::NoLines), |first| {
        summed(&sums, everywhere(side.tally, DISBURSED, Scope::ProgramOf(*first)))
    });
    let reported = reported(records.iter().copied());
    let planned = own_costs(items.iter().map(|id| books.item(*id)));
    let external = items.iter().map(|id| books.item(*id).funding).chain(records.iter().map(|record| record.funding));
    let spent = |id: ItemId| side.tally.along(Axis::Item).item(Some(id)).get(Measure::Disbursed).is_some();
    let (cell, sort) = match disbursed.money() {
        Some(_) if items.iter().any(|id| told.contains(id) && !spent(*id)) => (disbursed, Sort::Both),
        Some(_) => (disbursed, Sort::Disbursed),
        None if reported.money().is_some() => (reported, Sort::Reported),
        None if planned.money().is_some() => (planned, Sort::Planned),
        None if external.clone().all(|funding| funding == Funding::External) => {
            (Cell::blank(Why::NotDerivable), Sort::External)
        }
        None => (Cell::blank(Why::NoLines), Sort::None),
    };
    Figure { title, cell, sort }
}

/// Why nothing proves that the two years are on one basis.
fn doubts(earlier: Side<'_, '_>, later: Side<'_, '_>, scale: &Scale<'_>, mixed: &[Text]) -> Vec<Sentence> {
    let mut doubts = Vec::new();
    let (old, new) = (earlier.books, later.books);
    for (one, other) in [(earlier, later), (later, earlier)] {
        doubts.extend(gross_and_net(one, other, scale));
    }
    let ways = |books: &Books| (books.year.grant_mode, books.year.rate_basis);
    let ((old_mode, old_basis), (new_mode, new_basis)) = (ways(old), ways(new));
    if old_mode != new_mode {
        let name = |mode: GrantMode| match mode {
            GrantMode::Advance => Text::new("선교부", "advance"),
            GrantMode::Deposit => Text::new("예치형", "deposit"),
        };
        doubts.push(Sentence::with(
            ("교부 방식이 다름: {0} → {1}", "grants are given in another way: {0} → {1}"),
            vec![Piece::Text(name(old_mode)), Piece::Text(name(new_mode))],
        ));
    }
    if let (Some(old_basis), Some(new_basis), true) = (old_basis, new_basis, old_basis != new_basis) {
        let name = |basis: crate::ledger::Basis| Piece::Text(basis.term().word().text());
        doubts.push(Sentence::with(
            ("집행률의 기준이 다름: {0} → {1}", "the execution rate is on another basis: {0} → {1}"),
            vec![name(old_basis), name(new_basis)],
        ));
    }
    let only = |one: &Books, other: &Books| {
        let paths = one.accounts.parents_first().skip(1).map(|(_, account)| account.path.as_str());
        paths.filter(|path| other.accounts.at(path).is_none()).count()
    };
    let (began, ended) = (only(new, old), only(old, new));
    if began + ended > 0 {
        doubts.push(Sentence::with(
            (
                "과목표가 다름: 새 과목 {0}개, 없어진 과목 {1}개. 나뉘거나 합쳐진 것인지는 장부로 알 수 없음",
                "the charts differ: new accounts {0}, accounts gone {1}; whether some were split or merged the books do not say",
            ),
            vec![Piece::Count(began as u64), Piece::Count(ended as u64)],
        ));
    }
    if !mixed.is_empty() {
        let names = |label: fn(&Text) -> &str| super::some_of(&mixed.iter().map(label).collect::<Vec<_>>());
        doubts.push(Sentence::with(
            ("성격이 다른 금액을 견준 프로그램: {0}", "programmes whose two figures are of different sorts: {0}"),
            vec![Piece::Text(Text::new(names(|text| &text.ko), names(|text| &text.en)))],
        ));
    }
    doubts
}

/// One year tells gross from net, the other does not.
fn gross_and_net(one: Side<'_, '_>, other: Side<'_, '_>, scale: &Scale<'_>) -> Option<Sentence> {
    let gross = |books: &Books| {
        let printed = books.printed.iter().find(|printed| printed.claim == Claim::GrossBudget)?;
        Some((printed.figure?, printed.unit))
    };
    let (figure, unit) = gross(one.books)?;
    if gross(other.books).is_some() {
        return None;
    }
    let budget =
        |side: Side<'_, '_>| Settlement::of(side.books, side.tally).cell(AccountId::ROOT, Term::Budget).money();
    let (own, others) = (budget(one)?, budget(other)?);
    let shown =
        |money: Money| Piece::Figure(scale.amount(Some(Term::Budget), RowClass::Total, money), Some(scale.unit));
    let year = |side: Side<'_, '_>| Piece::Text(Text::same(side.books.year.fiscal_year.to_string()));
    Some(Sentence::with(
        (
            "{0}년은 순액 {1}과 총액 {2}(인쇄값)을 가르고, {3}년의 {4}은 어느 쪽인지 적혀 있지 않음",
            "{0} tells net {1} from gross {2} (as printed); which of the two the {4} of {3} is, is not stated",
        ),
        vec![year(one), shown(own), Piece::Figure(figure, unit), year(other), shown(others)],
    ))
}
