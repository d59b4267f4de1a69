//! The years of `fixtures/funds` against the paper that they were worked out on: `PAPER.md`, table by table, to the won.

mod support;

use support::{Everything, root};
use wego_ledger::ledger::Term;
use wego_ledger::money::Figure;
use wego_ledger::report::{self, Layout, Paper, Settlement, Side};
use wego_ledger::table::{Page, Shown, Table, Value};

/// The tables of the paper below a heading, each row as its cells.
fn paper(heading: &str) -> Vec<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(root().join("fixtures/funds/PAPER.md")).expect("the paper is there");
    let from = text.find(&format!("\n{heading}")).unwrap_or_else(|| panic!("the paper has no `{heading}`")) + 1;
    let level = heading.split(' ').next().expect("a heading");
    let body = &text[from + heading.len()..];
    // Up to the next heading of this level, or of one above it.
    let ends = (1..=level.len()).filter_map(|hashes| body.find(&format!("\n{} ", "#".repeat(hashes))));
    let body = &body[..ends.min().unwrap_or(body.len())];
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut inside = false;
    for line in body.lines() {
        let Some(row) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) else {
            inside = false;
            continue;
        };
        if !inside {
            tables.push(Vec::new());
            inside = true;
        }
        let cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
        let rule = cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')) && cell.contains("--"));
        if !rule {
            tables.last_mut().expect("one was begun").push(cells);
        }
    }
    tables
}

/// What a cell of the paper says: nothing, or a figure.
fn figure(text: &str) -> Option<Figure> {
    Figure::parse(text).unwrap_or_else(|error| panic!("`{text}` at byte {}", error.at))
}

fn of(year: i32) -> Everything {
    let read = Everything::of(&root().join("fixtures/funds"), year, 2);
    assert_eq!(read.codes(), [] as [&str; 0], "{year} reads without a finding");
    read
}

/// A page of a report of 2023 by its name.
fn page(report: &str) -> Page {
    let read = of(2023);
    let (_, page) = report::ALL.iter().find(|(name, _)| *name == report).expect("a report");
    page(read.books, &read.tally)
}

fn table(page: &Page, id: &str) -> Table {
    page.tables().find(|table| table.id == id).unwrap_or_else(|| panic!("no table `{id}`")).clone()
}

/// What a table shows in a row and a column; absent where it shows nothing.
fn shown(table: &Table, row: &str, column: &str) -> Option<Figure> {
    let n =
        table.columns.iter().position(|one| one.word.id == column).unwrap_or_else(|| panic!("no column `{column}`"));
    let found = table.rows.iter().find(|one| one.key == row).unwrap_or_else(|| panic!("no row `{row}`"));
    match &found.cells[n].value {
        Value::Money { shown, .. } | Value::Rate { shown, .. } => *shown,
        _ => None,
    }
}

/// Holds rows of the paper against rows of a table: `columns` names those of the paper's columns that the table has.
fn hold(paper: &[Vec<String>], table: &Table, columns: &[(usize, &str)], key: impl Fn(&str) -> String) -> usize {
    let mut held = 0;
    for row in paper.iter().skip(1) {
        let name = key(&row[0]);
        for (n, column) in columns {
            assert_eq!(shown(table, &name, column), figure(&row[*n]), "{name} {column}, on paper `{}`", row[*n]);
            held += 1;
        }
    }
    held
}

fn plain(name: &str) -> String {
    name.to_owned()
}

/// The settlement with every column, to the won.
fn settlement() -> Table {
    let read = of(2023);
    let columns = Term::ALL.map(|term| (term, None)).to_vec();
    let layout = Layout { columns, shown: Shown::Exactly, ..Layout::of(&read.books.year.presentation) };
    let page = Settlement::of(read.books, &read.tally).page(&layout);
    page.tables().next().expect("a table").clone()
}

#[test]
fn every_column_of_every_account() {
    let table = settlement();
    let mut held = 0;
    let mut check = |heading: &str, nth: usize, columns: &[(usize, &str)]| {
        let tables = paper(heading);
        assert_eq!(tables[nth].len(), 14, "{heading}: 13 accounts and the headings");
        held += hold(&tables[nth], &table, columns, plain);
    };
    check(
        "### 1.1",
        0,
        &[
            (1, "original_budget"),
            (2, "supplement"),
            (3, "voted_budget"),
            (4, "carried_in"),
            (5, "reserve_used"),
            (6, "transferred"),
            (7, "current_budget"),
            (7, "budget"),
        ],
    );
    check(
        "### 1.2",
        0,
        &[
            (1, "carried_in"),
            (2, "carried_in(voted)"),
            (3, "carried_in(committed)"),
            (4, "carried_in(continuing)"),
            (5, "carried_out"),
            (6, "carried_out(voted)"),
            (7, "carried_out(committed)"),
            (8, "carried_out(continuing)"),
        ],
    );
    check(
        "### 1.3",
        1,
        &[
            (1, "transferred"),
            (2, "transferred(cross_program)"),
            (3, "transferred(within_program)"),
            (4, "transferred(reorganisation)"),
        ],
    );
    check(
        "### 1.4",
        0,
        &[(1, "allotted"), (2, "committed"), (3, "disbursed"), (4, "budget_left"), (5, "carried_out"), (6, "lapsed")],
    );
    check("### 1.5", 0, &[(1, "disbursed"), (2, "disallowed"), (3, "confirmed")]);
    assert_eq!(held, 13 * 29);
}

#[test]
fn the_totals_of_the_year() {
    let table = settlement();
    let rows = paper("## 2.");
    let mut held = 0;
    for row in rows[0].iter().skip(1) {
        let measure = row[0].split(' ').next().expect("a name");
        let won = row[2].trim_end_matches('%').trim();
        assert_eq!(shown(&table, "계", measure), figure(won), "{measure}");
        held += 1;
    }
    assert_eq!(held, 9);
}

#[test]
fn the_return_by_fund() {
    let funds = table(&page("return"), "funds");
    let tables = paper("### 4.4");
    let rows = &tables[0];
    let row = |name: &str| rows.iter().find(|row| row[1].starts_with(name)).unwrap_or_else(|| panic!("no `{name}`"));
    let mut held = 0;
    for (step, column) in [
        ("granted", "granted"),
        ("disbursed", "disbursed"),
        ("unspent", "unspent"),
        ("interest 발생이자", "interest"),
        ("recovered 과년도여입", "recovered"),
        ("disallowed", "disallowed"),
        ("returned", "returned"),
        ("A + B", "return_due"),
        ("rounded", "payable"),
    ] {
        for (n, fund) in [(2, "state"), (3, "province"), (4, "(own)"), (5, "계")] {
            // `7,945,000 (floor-10-won)`, `not returned`
            let text = row(step)[n].split(" (").next().expect("a cell").replace("not returned", "");
            // The paper gives the sum of what is due only as it is rounded.
            if !(text.is_empty() && fund == "계") {
                assert_eq!(shown(&funds, fund, column), figure(&text), "{fund} {column}");
                held += 1;
            }
        }
    }
    assert_eq!(held, 35);
    let steps = table(&page("return"), "steps");
    assert_eq!(shown(&steps, "payable", "amount"), figure("12,745,009"));
    assert_eq!(shown(&steps, "dropped", "amount"), figure("6"));
}

#[test]
fn the_year_by_month_and_by_quarter() {
    let tables = paper("## 5.");
    let columns = [(1, "granted"), (2, "committed"), (3, "disbursed"), (4, "disbursed(cumulative)")];
    let key = |name: &str| match name {
        "2023, no month 월 없음" => "undated".to_owned(),
        "year" => "계".to_owned(),
        quarter if quarter.contains('Q') => quarter.replace(' ', "-"),
        month => month.to_owned(),
    };
    let rows = |n: usize| tables[n].iter().filter(|row| row[0] != "dated, sum").cloned().collect::<Vec<_>>();
    let months = table(&page("status"), "course");
    let quarters = table(&page("status-by-quarter"), "course");
    assert_eq!(hold(&rows(0), &months, &columns, key), 14 * 4);
    assert_eq!(hold(&rows(1), &quarters, &columns, key), 6 * 4);
    // 48,207,556 of 464,693,009.
    let read = of(2023);
    let text = support::rendered(&page("status"), read.books, wego_ledger::render::Format::Table);
    assert!(text.contains("마지막 달(2023-12) 집행 비중 10.4%(집행액 기준): 기준 20%을 넘지 않음"), "{text}");
}

#[test]
fn plan_against_execution() {
    let columns = [(3, "planned_cost"), (4, "disbursed"), (5, "reported_cost"), (6, "difference")];
    let key = |name: &str| match name {
        "items, sum" | "tasks, sum" => "(items)".to_owned(),
        "no item 사업 없음" => "(no-item)".to_owned(),
        "no account 과목 없음" => "(no-account)".to_owned(),
        name => name.to_owned(),
    };
    // The paper leaves the difference of the year to the accounts.
    let items: Vec<_> = paper("### 6.1")[0].iter().filter(|row| row[0] != "year").cloned().collect();
    assert_eq!(hold(&items, &table(&page("diff"), "item"), &columns, key), 11 * 4);
    let columns = [(2, "planned_cost"), (3, "disbursed"), (4, "reported_cost"), (5, "difference")];
    assert_eq!(hold(&paper("### 6.2")[0], &table(&page("diff-by-task"), "task"), &columns, key), 4 * 4);
    let columns = [(2, "planned_cost"), (3, "disbursed"), (6, "difference")];
    assert_eq!(hold(&paper("### 6.3")[0], &table(&page("diff-by-account"), "account"), &columns, key), 14 * 3);
    let left = table(&page("plan"), "unitemised");
    assert_eq!(shown(&left, "unitemised", "amount"), figure("208,934,800"));
    assert_eq!(shown(&left, "unitemised", "share(current_budget)"), figure("39.8"));
    assert_eq!(shown(&table(&page("plan"), "items"), "2-4", "external_cost"), figure("30,000,000"));
}

#[test]
fn the_year_against_the_one_before() {
    let (old, new) = (of(2022), of(2023));
    let side = |read: &'static Everything| Side { books: read.books, tally: &read.tally };
    let (old, new): (&'static Everything, &'static Everything) = (Box::leak(Box::new(old)), Box::leak(Box::new(new)));
    let page = report::years(side(old), side(new), Term::CurrentBudget, Paper::of(&new.books.year.presentation));
    let columns = [(1, "earlier"), (2, "later"), (3, "change"), (4, "change_rate(earlier)")];
    assert_eq!(hold(&paper("### 7.1")[0], &table(&page, "accounts"), &columns, plain), 14 * 4);
    let programs: Vec<_> = paper("### 7.2")[0]
        .iter()
        .map(|row| {
            let mut row = row.clone();
            // `external (2-4): no figure`
            row[3] = row[3].replace("ended with 2022", "-");
            row
        })
        .collect();
    let columns = [(1, "earlier"), (3, "later"), (5, "change"), (6, "change_rate(earlier)")];
    assert_eq!(hold(&programs, &table(&page, "programs"), &columns, plain), 10 * 4);
}
