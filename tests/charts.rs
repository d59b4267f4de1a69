//! Charts of reports: what they show stands in their pages' tables or is a rate of lines, and what they leave out is said.

mod support;

use std::num::NonZeroUsize;
use std::sync::Mutex;
use support::{Book, Each, Everything, SOUND, root};
use wego_ledger::ledger::{Books, Line, Term};
use wego_ledger::money::Money;
use wego_ledger::report::{self, By, Choice, Order, Paper, Side};
use wego_ledger::table::{Block, Cell, Chart, Page, Shape, Step, Value, Why};

fn charts(page: &Page) -> Vec<&Chart> {
    let blocks = page.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        })
        .collect()
}

fn only(page: &Page) -> &Chart {
    let [chart] = charts(page)[..] else { panic!("{} charts", charts(page).len()) };
    chart
}

fn names(chart: &Chart) -> Vec<&str> {
    chart.points.iter().map(|mark| mark.name.ko.as_str()).collect()
}

fn shown(chart: &Chart, series: usize) -> Vec<String> {
    let text = |cell: &Cell| cell.shown().map_or("-".to_owned(), |shown| shown.to_string());
    chart.points.iter().map(|mark| text(&mark.cells[series])).collect()
}

fn read(book: &str, year: i32) -> Everything {
    Everything::of(&root().join(book), year, 2)
}

fn page(read: &Everything, name: &str) -> Page {
    let (_, page) = report::ALL.iter().find(|(known, _)| *known == name).expect("a report");
    page(read.books, &read.tally)
}

fn years(earlier: &Everything, later: &Everything) -> Page {
    let side = |read: &Everything| (read.books, Paper::of(&read.books.year.presentation));
    let (before, (now, paper)) = (side(earlier).0, side(later));
    report::years(
        Side { books: before, tally: &earlier.tally },
        Side { books: now, tally: &later.tally },
        Term::Budget,
        paper,
    )
}

fn by(read: &Everything, by: By) -> Page {
    let choice = Choice { by, ..Choice::default() };
    report::diff(read.books, &read.tally, choice, Paper::of(&read.books.year.presentation))
}

/// Whether a rate is of amounts that the books' lines, read again, come to.
fn is_of_lines(cell: &Cell, books: &Books) -> bool {
    let comes_to = |step: &Step| match &step.why {
        Why::Summed(slice) => {
            let sum = Mutex::new(Money::ZERO);
            let add =
                |line: &Line<'_>| *sum.lock().expect("one worker") += slice.share(books, line).unwrap_or_default();
            wego_ledger::read::lines(books, NonZeroUsize::MIN, || Each(add)).expect("they were read before");
            sum.into_inner().expect("one worker") == step.amount
        }
        Why::NoLines => step.amount.is_zero(),
        _ => false,
    };
    match (&cell.value, &cell.why) {
        (Value::Rate { exact, .. }, Why::PartOf(steps)) => {
            let (part, whole) = &**steps;
            exact.part() == part.amount && exact.whole() == whole.amount && comes_to(part) && comes_to(whole)
        }
        _ => false,
    }
}

#[test]
fn what_a_chart_shows_stands_in_a_table_or_is_a_rate_of_lines() {
    let mut seen = [0; 3];
    let mut check = |page: &Page, read: &Everything, what: &str| {
        let cells: Vec<&Cell> = page.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells).collect();
        let charts = charts(page);
        let ids: Vec<&str> = charts.iter().map(|chart| chart.id.as_str()).collect();
        assert!(ids.iter().all(|id| ids.iter().filter(|other| other == &id).count() == 1), "{what}: {ids:?}");
        for chart in charts {
            let figures = chart.points.iter().flat_map(|mark| &mark.cells);
            let figures: Vec<&Cell> = figures.filter(|cell| cell.value != Value::Blank).collect();
            assert!(chart.points.len() >= 2 || !figures.is_empty(), "{what}: nothing to see in {}", chart.id);
            for cell in figures {
                assert!(cells.contains(&cell) || is_of_lines(cell, read.books), "{what}: {} {cell:?}", chart.id);
                assert!(cell.shown().is_some(), "{what}: {}", chart.id);
            }
            assert!(chart.points.iter().all(|mark| mark.cells.len() == chart.series.len()), "{what}");
            seen[chart.shape as usize] += 1;
        }
    };
    for (book, year) in SOUND {
        let read = read(book, year);
        for (name, page) in report::ALL {
            check(&page(read.books, &read.tally), &read, &format!("{name} {book} {year}"));
        }
    }
    let (earlier, later) = (read("fixtures/funds", 2022), read("fixtures/funds", 2023));
    check(&years(&earlier, &later), &later, "years");
    assert!(seen.iter().all(|count| *count > 4), "{seen:?}");
}

#[test]
fn a_settlement_shows_the_rates_of_its_accounts_on_the_basis_of_the_year() {
    let real = page(&read("data", 2015), "settlement");
    let chart = only(&real);
    assert_eq!((chart.title.ko.as_str(), chart.shape), ("과목별 집행률(교부액 기준)", Shape::Parts));
    assert_eq!(names(chart), ["인건비", "여비", "업무추진비", "임차료·일반수용비", "사업비"]);
    // 261,500 of 262,320; 9,999.95 of 10,000 is not all; 126,615 of 126,938.
    assert_eq!(shown(chart, 0), ["99.7", "99.9", "99.9", "99.7", "99.9"]);
    let on_budget = page(&read("fixtures/funds", 2023), "settlement");
    assert_eq!(only(&on_budget).title.en, "Execution rate by account (on current budget)");
    assert_eq!(charts(&page(&read("data", 2015), "return")).len(), 0, "a return has no chart");
}

#[test]
fn two_years_stand_beside_each_other() {
    let page = years(&read("data", 2015), &read("data", 2016));
    let chart = only(&page);
    assert_eq!(chart.title.ko, "과목별 예산: 두 해 비교");
    assert_eq!(chart.series.iter().map(|series| series.ko.as_str()).collect::<Vec<_>>(), ["2015 예산", "2016 예산"]);
    assert_eq!(names(chart), ["국제부담금", "인건비", "여비", "업무추진비", "임차료·일반수용비", "사업비"]);
    assert_eq!(shown(chart, 0), ["-", "269520", "10000", "6000", "126938", "232200"]);
    assert_eq!(shown(chart, 1), ["780987", "-", "-", "-", "-", "-"]);
    assert!(
        chart.points[1].cells[0].why != Why::NoLines && matches!(chart.points[1].cells[0].why, Why::Elsewhere(1, _))
    );
}

#[test]
fn plan_and_execution_stand_beside_each_other_where_there_are_both() {
    let small = read("fixtures/small", 2025);
    let page = by(&small, By::Item);
    let chart = only(&page);
    assert_eq!(chart.title.ko, "사업별 계획과 집행");
    assert_eq!(chart.series.iter().map(|series| series.en.as_str()).collect::<Vec<_>>(), ["Planned cost", "Disbursed"]);
    assert_eq!(names(chart)[..2], ["1-1 봄 정기공연", "1-2 찾아가는 공연"]);
    assert_eq!(shown(chart, 1), ["23200000", "14240000", "6610000", "4760000", "41487500"]);
    // Items of which others pay, or without a cost, have no figure of a plan; the title counts them.
    let funds = by(&read("fixtures/funds", 2023), By::Item);
    assert_eq!(only(&funds).title.ko, "사업별 계획과 집행 — 소요예산 큰 순으로 9개 가운데 7개");
    // A plan that nothing was spent on is nothing to hold against anything.
    assert_eq!(charts(&by(&read("data", 2016), By::Item)).len(), 0);
    assert_eq!(charts(&by(&read("data", 2015), By::Item)).len(), 0);
}

#[test]
fn the_largest_of_many_are_shown_in_the_order_of_the_chart() {
    let accounts: Vec<String> = (1..=20).map(|n| format!("과목{n:02}")).collect();
    let paths: Vec<&str> = accounts.iter().map(String::as_str).collect();
    let mut lines = "date,account,kind,amount\n".to_owned();
    for (n, account) in accounts.iter().enumerate() {
        let budget = if n % 4 == 0 { n + 1 } else { 1000 + n };
        lines.push_str(&format!("2025-01-02,{account},budget,{budget}\n2025-01-03,{account},grant,{budget}\n"));
        lines.push_str(&format!("2025-02-03,{account},disbursement,{}\n", budget / 2));
    }
    let read = Book::of(&paths, &lines).read();
    assert_eq!(read.codes(), [] as [&str; 0]);
    let page = page(&read, "settlement");
    let chart = only(&page);
    assert_eq!(chart.title.ko, "과목별 집행률(교부액 기준) — 교부액 큰 순으로 20개 가운데 15개");
    let wanted: Vec<&str> = (0..20).filter(|n| n % 4 != 0).map(|n| paths[n]).collect();
    assert_eq!(names(chart), wanted);
    assert!(chart.title.en.ends_with("15 of 20, the largest by granted"), "{}", chart.title.en);
}

#[test]
fn accounts_that_share_their_money_are_looked_at_together() {
    // What was granted to 사무관리비 is not divided: its two accounts have no rates, it has one.
    let lines = "date,account,kind,amount\n2025-01-02,사무관리비,grant,100\n2025-01-02,여비,grant,100\n\
                 2025-02-03,사무관리비/임차료,disbursement,30\n2025-02-03,여비,disbursement,50\n";
    let read = Book::of(&["사무관리비", "사무관리비/임차료", "사무관리비/사업비", "여비"], lines).read();
    let settled = page(&read, "settlement");
    assert_eq!(names(only(&settled)), ["사무관리비", "여비"], "{:?}", read.codes());
    assert_eq!(shown(only(&settled), 0), ["30.0", "50.0"]);
}

#[test]
fn of_two_accounts_of_one_name_each_says_what_it_is_part_of() {
    let paths = ["공연", "공연/출연료", "교육", "교육/출연료"];
    let lines = "date,account,kind,amount\n2025-01-02,공연/출연료,grant,100\n2025-01-02,교육/출연료,grant,100\n\
                 2025-01-02,공연/출연료,budget,100\n2025-01-02,교육/출연료,budget,100\n";
    let read = Book::of(&paths, lines).read();
    assert_eq!(names(only(&page(&read, "settlement"))), ["공연/출연료", "교육/출연료"]);
}

#[test]
fn where_rows_are_put_in_order_the_chart_is_in_that_order() {
    let small = read("fixtures/small", 2025);
    let choice = Choice { order: Some(Order::Planned), ..Choice::default() };
    let page = report::diff(small.books, &small.tally, choice, Paper::of(&small.books.year.presentation));
    let planned: Vec<String> = shown(only(&page), 0);
    assert_eq!(planned, ["66000000", "27000000", "15000000", "7000000", "5000000"]);
}
