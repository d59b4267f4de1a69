//! The real books against the report that they were taken from.

mod support;

use support::{Everything, root, table};
use wego_ledger::ledger::{AccountId, Basis, Claim, Funding, Sign, Term};
use wego_ledger::money::{Figure, Money, Unit};
use wego_ledger::render::Format;
use wego_ledger::report::Settlement;
use wego_ledger::table::Value;
use wego_ledger::words::EcoString;

fn data(year: i32) -> Everything {
    Everything::of(&root().join("data"), year, 1)
}

fn thousand(text: &str) -> Money {
    let won = Figure::parse(text).expect("a figure").expect("not nil");
    Money::from_won(i64::try_from(won.digits()).expect("it fits") * 1_000)
}

/// The printed table, cell for cell: text against text.
#[test]
fn the_settlement_of_2015_is_the_printed_table() {
    let read = data(2015);
    let page = read.page();
    let table = table(&page);
    let paths: Vec<&str> = table.rows.iter().map(|row| row.key.as_str()).collect();
    let mut compared = 0;
    for printed in &read.books.printed {
        let Claim::Term(term) = printed.claim else { panic!("{printed:?}") };
        let path = read.books.accounts.get(printed.account).path.as_str();
        let path = if path.is_empty() { "계" } else { path };
        let row = paths.iter().position(|key| *key == path).expect("the account has a row");
        let Some(column) = table.column(term) else {
            assert_eq!(term, Term::ExecutionRate(Basis::Granted), "the headline's rate is no column");
            continue;
        };
        let cell = &table.rows[row].cells[column];
        match (&cell.value, printed.figure) {
            (Value::Blank, None) => {}
            (Value::Money { shown: Some(shown), .. }, Some(figure)) => {
                assert_eq!((shown.digits(), shown.decimals()), (figure.digits(), figure.decimals()), "{path} {term:?}");
            }
            other => panic!("{path} {term:?}: {other:?}"),
        }
        compared += 1;
    }
    assert_eq!(compared, 7 * 5 + 1, "seven rows of five columns, and the headline's 집행액");
}

#[test]
fn the_settlement_of_2015_reads_as_the_report_prints_it() {
    let text = data(2015).rendered(Format::Table);
    assert!(text.contains("집행액 636,311천원 (교부액 기준 집행률 99.8%)"), "{text}");
    assert!(text.contains("(단위: 천원)"));
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    for row in [
        &["계", "644,658", "637,458", "636,311", "1,147", "113"][..],
        &["인건비", "269,520", "262,320", "261,500", "820", "-"],
        &["여비", "10,000", "10,000", "9,999.9", "0.05", "-"],
        &["업무추진비", "6,000", "6,000", "5,999.5", "0.5", "-"],
        &["사무관리비", "359,138", "359,138", "358,812", "326", "-"],
        &["임차료·일반수용비", "126,938", "126,938", "126,615", "323", "-"],
        &["사업비", "232,200", "232,200", "232,197", "3", "-"],
    ] {
        assert!(rows.iter().any(|found| found == row), "{row:?}");
    }
}

/// F01, F02 and F03 of the report: each figure that does not add up is named, and nothing else is.
#[test]
fn the_notes_name_what_does_not_add_up() {
    let text = data(2015).rendered(Format::Table);
    let notes: Vec<&str> = text.lines().filter(|line| line.starts_with("  ·")).collect();
    assert_eq!(
        notes,
        [
            "  · 계 집행액: 표시 636,311, 아래 줄을 더하면 636,311.4, 차이 △0.4 (정확한 금액 636,311.45)",
            "  · 계 집행잔액: 표시 1,147, 아래 줄을 더하면 1,146.55, 차이 0.45 (정확한 금액 1,146.55)",
            "  · 여비 집행액 9,999.9 + 집행잔액 0.05 = 9,999.95 ↔ 교부액 10,000, 차이 △0.05 (정확한 집행액 9,999.95)",
        ]
    );
}

#[test]
fn what_2015_leaves_to_return() {
    let read = data(2015);
    let settlement = Settlement::of(read.books, &read.tally);
    let root = AccountId::ROOT;
    assert_eq!(settlement.amount(root, Term::Unspent), Some(Money::from_won(1_146_550)));
    assert_eq!(settlement.amount(root, Term::ReturnDue), Some(Money::from_won(1_259_550)));
    assert_eq!(settlement.amount(root, Term::Ungranted), Some(thousand("7200")));
    let rate = |basis| settlement.rate(root, Term::ExecutionRate(basis)).expect("it has a basis");
    let shown = |basis| rate(basis).shown(1, Default::default()).percent.to_string();
    assert_eq!((shown(Basis::Granted).as_str(), shown(Basis::CurrentBudget).as_str()), ("99.8", "98.7"));
}

#[test]
fn the_performance_of_2015() {
    let books = data(2015).books;
    let ids: Vec<&str> = books.performances.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"]);
    let of = |account: &str| -> Money {
        let records = books.performances.iter();
        let in_account =
            records.filter(|record| record.account.is_some_and(|id| books.accounts.get(id).path == account));
        in_account.filter_map(|record| record.reported_cost.map(|cost| cost.amount)).sum()
    };
    assert_eq!(of("사무관리비/사업비"), thousand("232,200"));
    assert_eq!(of("사무관리비/임차료·일반수용비"), thousand("31,957"));
    let external = &books.performances[1];
    assert_eq!((external.funding, external.reported_cost), (Funding::External, None), "absent is not zero");
}

#[test]
fn the_plan_of_2016() {
    let books = data(2016).books;
    assert_eq!((books.tasks.len(), books.items.len()), (4, 8));
    let planned: Money = books.items.iter().filter_map(|item| item.planned_cost.map(|cost| cost.amount)).sum();
    assert_eq!(planned, thousand("199,500"));
    let training = books.items.iter().find(|item| item.id == "3-1").expect("it is planned");
    let parts: Vec<_> =
        training.parts.iter().map(|part| (part.funding, part.planned_cost.map(|cost| cost.amount))).collect();
    assert_eq!(parts, [(Funding::External, None), (Funding::Own, Some(thousand("14,000")))]);
    let programs = |year: i32| -> Vec<EcoString> {
        let books = data(year).books;
        let done = books.performances.iter().filter_map(|record| record.program.clone());
        done.chain(books.items.iter().filter_map(|item| item.program.clone())).collect()
    };
    for goes_on in ["feasibility-studies", "hrd-training", "executive-committee", "ceds-platform"] {
        assert!(programs(2015).iter().any(|program| program == goes_on), "{goes_on} in 2015");
        assert!(programs(2016).iter().any(|program| program == goes_on), "{goes_on} in 2016");
    }
}

/// 837,987 less the 57,000 that the grantor's office spends itself is 780,987, and only that is in the ledger.
#[test]
fn the_printed_budget_of_2016_adds_up() {
    let read = data(2016);
    let printed = |id: &str| read.books.printed.iter().find(|p| p.id.as_deref() == Some(id)).expect("it is printed");
    let net = printed("net-budget");
    let mut sum = Figure::whole(0);
    for (sign, id) in &net.equals {
        let part = printed(id).figure.expect("not nil");
        assert_eq!(printed(id).unit, Some(Unit::Thousand));
        sum = if *sign == Sign::Plus { sum + part } else { sum - part };
    }
    assert_eq!(net.equals.len(), 2);
    assert_eq!(Some(sum), net.figure);
    let settlement = Settlement::of(read.books, &read.tally);
    assert_eq!(settlement.amount(AccountId::ROOT, Term::Budget), Some(thousand("780,987")));
    assert!(read.books.printed.iter().any(|p| p.claim == Claim::GrantorSpent));
}

fn named(report: &str, year: i32) -> wego_ledger::table::Page {
    let read = data(year);
    let (_, page) = wego_ledger::report::ALL.iter().find(|(name, _)| *name == report).expect("a report");
    page(read.books, &read.tally)
}

/// What a table of a page shows at a row and a column.
fn at(page: &wego_ledger::table::Page, row: &str, column: &str) -> Option<String> {
    let table = page.tables().find(|table| table.rows.iter().any(|one| one.key == row)).expect("a row");
    let n = table.columns.iter().position(|one| one.word.id == column).expect("a column");
    let row = table.rows.iter().find(|one| one.key == row).expect("a row");
    row.cells[n].shown().map(|figure| figure.to_string())
}

/// Lines 89 to 367 of the report: 199,500 of 780,987, and what the sums of its tasks come to.
#[test]
fn the_plan_of_2016_leaves_most_of_the_budget_unitemised() {
    let page = named("plan", 2016);
    for (row, cost) in [
        ("계", "199500"),
        ("task:1", "14000"),
        ("task:2", "86000"),
        ("task:3", "53000"),
        ("task:4", "46500"),
        ("3-1", "14000"),
        ("4-1", "14500"),
    ] {
        assert_eq!(at(&page, row, "planned_cost").as_deref(), Some(cost), "{row}");
    }
    // The institute pays for its part out of its own budget: the report prints no amount, which is not zero.
    assert_eq!((at(&page, "3-1#1", "planned_cost"), at(&page, "3-1#1", "external_cost")), (None, None));
    assert_eq!(at(&page, "unitemised", "amount").as_deref(), Some("581487"));
    assert_eq!(at(&page, "planned_cost", "share(current_budget)").as_deref(), Some("25.5"));
    assert_eq!(at(&page, "unitemised", "share(current_budget)").as_deref(), Some("74.5"));
}

#[test]
fn the_two_years_side_by_side_and_why_they_are_not_comparable() {
    let (old, new): (&'static Everything, &'static Everything) =
        (Box::leak(Box::new(data(2015))), Box::leak(Box::new(data(2016))));
    let side = |read: &'static Everything| wego_ledger::report::Side { books: read.books, tally: &read.tally };
    let paper = wego_ledger::report::Paper::of(&new.books.year.presentation);
    let page = wego_ledger::report::years(side(old), side(new), Term::Budget, paper);
    for (row, earlier, later, change, rate) in [
        ("계", Some("644658"), Some("780987"), Some("136329"), Some("21.1")),
        ("feasibility-studies", Some("130200"), Some("80000"), Some("-50200"), Some("-38.6")),
        ("executive-committee", Some("32000"), Some("32000"), Some("0"), Some("0.0")),
        ("ceds-platform", Some("20000"), Some("39000"), Some("19000"), Some("95.0")),
        ("jeju-forum", Some("40000"), None, None, None),
        ("adb-workshop", None, Some("4000"), None, None),
        // 2015 it was paid by the institute: there is no figure to set against 14,000.
        ("hrd-training", None, Some("14000"), None, None),
    ] {
        let found = ["earlier", "later", "change", "change_rate(earlier)"].map(|column| at(&page, row, column));
        let found = found.each_ref().map(|text| text.as_deref());
        assert_eq!(found, [earlier, later, change, rate], "{row}");
    }
    let text = support::rendered(&page, new.books, Format::Csv);
    assert!(text.starts_with("# 두 해가 같은 기준이라는 근거가 없음") || text.contains("\n# 두 해가 같은"), "{text}");
    let text = support::rendered(&page, new.books, Format::Table);
    for figure in ["644,658천원", "780,987천원", "837,987천원", "IPSAS 24"] {
        assert!(text.contains(figure), "{figure} in\n{text}");
    }
}

#[test]
fn the_return_of_2015() {
    let page = named("return", 2015);
    for (row, amount) in [("unspent", "1146.55"), ("interest", "113"), ("payable", "1259.55")] {
        let table = page.tables().next().expect("a table");
        let found = table.rows.iter().find(|one| one.key == row).expect("a row").cells[1].money().expect("an amount");
        assert_eq!(found.exactly(Unit::Thousand).to_string(), amount, "{row}");
    }
}
