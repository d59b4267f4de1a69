//! The rules of sums (`WL4nn`) and between years (`WL6nn`): where equal ends and one won more begins, and what they leave
//! alone. Books are of 2025 with the chart of the tests, in won.

mod support;

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use support::{Book, CHART, Everything, SOUND, root};
use wego_ledger::check;
use wego_ledger::finding::Finding;
use wego_ledger::ledger::{AccountId, Books, Control, Date, Day, GrantMode, Measure, Term};
use wego_ledger::money::Money;
use wego_ledger::read;
use wego_ledger::settled::Dues;
use wego_ledger::table::{Division, Why};

/// The rules that this file is about.
const OURS: [&str; 13] = [
    "WL402", "WL405", "WL408", "WL409", "WL410", "WL411", "WL412", "WL413", "WL414", "WL415", "WL416", "WL601", "WL602",
];

/// What our rules find in some years of a book, as of a day.
fn check(book: &Path, years: &[i32], as_of: Option<Day>) -> Vec<Finding> {
    let mut ran: Vec<check::Ran<'static>> = Vec::new();
    for year in years {
        let (books, findings) = read::open(book, *year).expect("the book can be opened");
        let books: &'static Books = Box::leak(Box::new(books));
        let mut one = check::check(books, findings, NonZeroUsize::MIN, as_of).expect("its lines can be read");
        // A return that cannot be divided waits; all the rest has something to go by.
        let mut waited =
            one.waited.iter().filter(|waited| !waited.reason.en.starts_with("what is due cannot be divided"));
        assert!(waited.all(|waited| !OURS.contains(&waited.code.id)), "everything could be read");
        if let Some(earlier) = ran.last() {
            check::between(earlier, &mut one);
        }
        ran.push(one);
    }
    let all = ran.iter().flat_map(|one| one.findings.iter().cloned());
    all.filter(|finding| OURS.contains(&finding.code.id)).collect()
}

/// Findings as `code severity about`.
fn said(findings: &[Finding]) -> Vec<String> {
    let line = |one: &Finding| {
        format!("{} {} {}", one.code.id, one.severity.word().id, one.about.as_deref().unwrap_or_default())
    };
    findings.iter().map(line).collect()
}

/// A book of lines `date,account,kind,amount` and more columns where the header says so.
fn lines(rows: &[&str]) -> String {
    let rows: Vec<String> =
        rows.iter().map(|row| format!("{row}{}\n", ",".repeat(8 - row.split(',').count()))).collect();
    format!("date,account,kind,amount,to,fund,subtype,ref\n{}", rows.concat())
}

fn book(year: &str, rows: &[&str]) -> Book {
    let accounts: String = CHART.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
    let year = match year.split_once("[[") {
        Some((keys, tables)) => format!("{keys}[files]\naccount_lines = [\"lines.csv\"]\n{accounts}[[{tables}"),
        None => format!("{year}[files]\naccount_lines = [\"lines.csv\"]\n{accounts}"),
    };
    Book::with(&year, &[("2025/lines.csv", lines(rows).as_bytes())])
}

/// What one rule says of a book.
fn of(rule: &str, year: &str, rows: &[&str]) -> Vec<String> {
    as_of(rule, year, rows, "")
}

fn as_of(rule: &str, year: &str, rows: &[&str], day: &str) -> Vec<String> {
    let day = (!day.is_empty()).then(|| Date::parse(day).expect("a date").date.last());
    let found = check(book(year, rows).path(), &[2025], day);
    said(&found.into_iter().filter(|finding| finding.code.id == rule).collect::<Vec<_>>())
}

const NOTHING: [&str; 0] = [];

/// The kept books raise what is true of them, and nothing else.
#[test]
fn kept_books_raise_what_is_true_of_them() {
    let found = |book: &str, year: i32| said(&check(&root().join(book), &[year], None));
    assert_eq!(found("data", 2015), ["WL405 info 인건비", "WL410 warning 계"]);
    assert_eq!(found("data", 2016), ["WL415 info 계"]);
    assert_eq!(found("fixtures/small", 2025), NOTHING);
    assert_eq!(found("fixtures/won", 2024), ["WL405 info 마을학교/교재비", "WL410 warning 계"]);
    assert_eq!(found("fixtures/deposit", 2024), ["WL410 warning 계"]);
    assert_eq!(
        found("fixtures/funds", 2022),
        ["WL405 info 계", "WL410 warning state", "WL410 warning province", "WL415 info 계"]
    );
    assert_eq!(
        found("fixtures/funds", 2023),
        ["WL410 warning state", "WL410 warning province", "WL414 error 사업비/문화예술교육/강사비", "WL415 info 계"]
    );
    assert_eq!(said(&check(&root().join("fixtures/funds"), &[2022, 2023], None)).len(), 8, "nothing between the years");
}

#[test]
fn the_figures_of_2015_and_2016_stand_in_the_messages() {
    let messages = |year: i32| check(&root().join("data"), &[year], None).into_iter().map(|one| one.message.en);
    let both: Vec<_> = messages(2015).chain(messages(2016)).collect();
    for (message, figures) in both.iter().zip([
        &["269,520,000 won", "262,320,000 won", "7,200,000 won (2.7%)"][..],
        &["due 1,259,550 won", "returned 0 won"],
        &["780,987,000 won", "199,500,000 won", "581,487,000 won (74.5%)"],
    ]) {
        assert!(figures.iter().all(|figure| message.contains(figure)), "{message}");
    }
}

/// Each broken book raises its rule alone, its twin nothing, and both halves of a page show it.
#[test]
fn each_broken_book_raises_its_rule_and_its_twin_nothing() {
    for code in OURS {
        let years: &[i32] = if code.starts_with("WL6") { &[2024, 2025] } else { &[2025] };
        let found = said(&check(&root().join("fixtures/broken").join(code), years, None));
        assert!(found.len() == 1 && found[0].starts_with(code), "{code}: {found:?}");
        assert_eq!(said(&check(&root().join("fixtures/mended").join(code), years, None)), NOTHING, "{code}");
    }
}

#[test]
fn budget_may_come_by_any_line_that_gives_it() {
    let spent = "2025-03-01,여비,disbursement,5";
    let elsewhere = "2025-01-01,인건비,budget,9";
    assert_eq!(of("WL402", "", &[elsewhere, spent]), ["WL402 error 여비"]);
    for given in [
        "2025-01-01,여비,budget,1",
        "2025-01-01,여비,supplement,1",
        "2025-01-01,여비,carry_in,1",
        "2025-01-01,인건비,transfer,1,여비",
    ] {
        assert_eq!(of("WL402", "", &[elsewhere, given, spent]), NOTHING, "{given}");
    }
    // What came back leaves nothing spent.
    assert_eq!(of("WL402", "", &[elsewhere, spent, "2025-04-01,여비,refund,5"]), NOTHING);
    // Where no line gives any budget, that is asked once.
    assert_eq!(of("WL402", "", &[spent, "2025-03-01,인건비,disbursement,5"]), ["WL402 warning 계"]);
    assert_eq!(of("WL402", "", &["2025-03-01,계,grant,5"]), NOTHING);
}

#[test]
fn a_missing_budget_is_looked_for_where_the_budget_binds() {
    let rows = [
        "2025-01-01,사무관리비/사업비,budget,9",
        "2025-03-01,사무관리비/임차료·일반수용비,disbursement,5",
        "2025-03-01,여비,disbursement,5",
    ];
    let at = |control: &str| of("WL402", &format!("budget_control = \"{control}\"\n"), &rows);
    assert_eq!(at("leaf"), ["WL402 error 사무관리비/임차료·일반수용비", "WL402 error 여비"]);
    assert_eq!(at("root"), NOTHING);
    assert_eq!(at("사무관리비"), NOTHING);
    assert_eq!(at("여비"), ["WL402 error 여비"]);
}

#[test]
fn ungranted_is_told_where_it_can_be_once_the_year_is_over() {
    let end = "2025-12-31,계,interest,1";
    let budget = ["2025-01-01,여비,budget,10", "2025-01-01,사무관리비/사업비,budget,10"];
    let with = |rows: &[&str]| of("WL405", "", &[&budget, rows].concat());
    assert_eq!(with(&["2025-02-01,여비,grant,10", "2025-02-01,사무관리비/사업비,grant,10", end]), NOTHING);
    assert_eq!(with(&["2025-02-01,여비,grant,9", "2025-02-01,사무관리비/사업비,grant,10", end]), ["WL405 info 여비"]);
    // Pooled at the root or at a parent, nobody knows whose is missing.
    assert_eq!(with(&["2025-02-01,계,grant,19", end]), ["WL405 info 계"]);
    assert_eq!(with(&["2025-02-01,계,grant,11", "2025-02-01,여비,grant,9", end]), NOTHING);
    assert_eq!(
        with(&["2025-02-01,사무관리비,grant,9", "2025-02-01,여비,grant,9", end]),
        ["WL405 info 사무관리비", "WL405 info 여비"]
    );
    // A grant that was cut, own funds that bear a part, what was carried in.
    let whole = "2025-02-01,계,grant,20";
    assert_eq!(with(&[whole, "2025-02-02,계,grant_cut,1", end]), ["WL405 info 계"]);
    assert_eq!(with(&["2025-02-01,계,grant,15", "2025-02-01,계,own_funds,5", end]), NOTHING);
    assert_eq!(with(&["2025-02-01,계,grant,15", "2025-02-01,계,own_funds,4", end]), ["WL405 info 계"]);
    assert_eq!(with(&[whole, "2025-01-01,여비,carry_in,3", end]), NOTHING);
    // The year goes on; nothing was ever granted; money is drawn.
    assert_eq!(with(&["2025-02-01,계,grant,19"]), NOTHING);
    assert_eq!(as_of("WL405", "", &[budget[0], "2025-02-01,계,grant,9"], "2025-12-30"), NOTHING);
    assert_eq!(as_of("WL405", "", &[budget[0], "2025-02-01,계,grant,9"], "2025-12-31"), ["WL405 info 계"]);
    assert_eq!(with(&[end]), NOTHING);
    assert_eq!(of("WL405", "grant_mode = \"deposit\"\n", &[budget[0], "2025-02-01,계,grant,9", end]), NOTHING);
}

#[test]
fn what_was_paid_is_held_against_commitments_where_there_are_any() {
    let with = |rows: &[&str]| of("WL408", "", &[&["2025-01-01,여비,budget,99"], rows].concat());
    let committed = "2025-02-01,여비,commitment,10";
    assert_eq!(with(&[committed, "2025-03-01,여비,disbursement,10"]), NOTHING);
    assert_eq!(with(&[committed, "2025-03-01,여비,disbursement,11"]), ["WL408 error 여비"]);
    assert_eq!(
        with(&[committed, "2025-02-02,여비,commitment_release,1", "2025-03-01,여비,disbursement,10"]),
        ["WL408 error 여비"]
    );
    assert_eq!(
        with(&[committed, "2025-02-02,여비,correction,-1,,,commitment", "2025-03-01,여비,disbursement,10"]),
        ["WL408 error 여비"]
    );
    assert_eq!(
        with(&[committed, "2025-03-01,여비,disbursement,11", "2025-03-02,여비,correction,-1,,,disbursement"]),
        NOTHING
    );
    assert_eq!(with(&["2025-03-01,여비,disbursement,11"]), NOTHING);
}

#[test]
fn no_more_is_carried_over_than_is_left() {
    let with = |rows: &[&str]| {
        let base = ["2025-01-01,여비,budget,100", "2025-03-01,여비,disbursement,40"];
        of("WL409", "", &[&base, rows].concat())
    };
    assert_eq!(with(&["2025-12-31,여비,carry_out,60"]), NOTHING);
    assert_eq!(with(&["2025-12-31,여비,carry_out,61"]), ["WL409 error 여비"]);
    // A year that keeps no commitment does not tell what is still owed.
    assert_eq!(with(&["2025-12-31,여비,carry_out,60,,,committed"]), NOTHING);
    let owed = "2025-02-01,여비,commitment,70";
    assert_eq!(with(&[owed, "2025-12-31,여비,carry_out,30,,,committed"]), NOTHING);
    assert_eq!(with(&[owed, "2025-12-31,여비,carry_out,31,,,committed"]), ["WL409 error 여비"]);
    assert_eq!(with(&[owed, "2025-12-31,여비,carry_out,31,,,voted"]), NOTHING);
    let twice = with(&[owed, "2025-12-31,여비,carry_out,61,,,committed"]);
    assert_eq!(twice, ["WL409 error 여비", "WL409 error 여비"], "both of what is left and of what is owed");
}

#[test]
fn what_went_back_is_what_was_due() {
    let base = ["2025-01-01,여비,budget,100", "2025-02-01,계,grant,100", "2025-03-01,여비,disbursement,40"];
    let end = "2025-12-20,계,interest,7";
    let with = |rows: &[&str]| of("WL410", "settlement_due = 2026-02-28\n", &[&base, rows].concat());
    assert_eq!(with(&[end, "2025-12-31,계,return,67"]), NOTHING);
    assert_eq!(with(&[end, "2025-12-31,계,return,66"]), ["WL410 warning 계"]);
    assert_eq!(with(&[end, "2025-12-31,계,return,68"]), ["WL410 error 계"]);
    assert_eq!(with(&[end]), ["WL410 warning 계"]);
    // The year goes on: what is left is there to be spent. What was sent too much was, all the same.
    assert_eq!(with(&[]), NOTHING);
    assert_eq!(with(&["2025-06-30,계,return,61"]), ["WL410 error 계"]);
    let by = |day: &str| as_of("WL410", "settlement_due = 2026-02-28\n", &base, day);
    assert_eq!((by("2025-11-30"), by("2025-12-31")), (vec![], vec!["WL410 warning 계".to_owned()]));
    assert_eq!(
        (by("2026-02-28"), by("2026-03-01")),
        (vec!["WL410 warning 계".to_owned()], vec!["WL410 error 계".to_owned()])
    );
    // No day is declared by which it would be late.
    assert_eq!(as_of("WL410", "", &base, "2030-01-01"), ["WL410 warning 계"]);
    // More was spent than granted; more was taken back than granted; nothing was granted.
    assert_eq!(of("WL410", "", &[base[1], "2025-12-01,여비,disbursement,101"]), NOTHING);
    assert_eq!(of("WL410", "", &[base[1], "2025-12-01,계,grant_cut,101"]), NOTHING);
    assert_eq!(of("WL410", "", &[base[0], "2025-12-01,여비,disbursement,40"]), NOTHING);
}

#[test]
fn what_is_drawn_leaves_interest_and_what_is_not_accepted() {
    let base = ["2025-02-01,계,grant,100", "2025-03-01,여비,disbursement,40"];
    let with = |rows: &[&str]| of("WL410", "grant_mode = \"deposit\"\n", &[&base, rows].concat());
    assert_eq!(with(&["2025-12-31,여비,disbursement,1"]), NOTHING, "what was not drawn stays with the grantor");
    assert_eq!(with(&["2025-12-20,계,interest,7"]), ["WL410 warning 계"]);
    assert_eq!(with(&["2025-12-20,계,interest,7", "2025-12-31,계,return,7"]), NOTHING);
    assert_eq!(with(&["2025-12-20,여비,disallowance,7", "2025-12-31,계,return,6"]), ["WL410 warning 계"]);
}

const FUNDS: &str = "[[fund]]\nid = \"state\"\nname = \"국비\"\nshare = \"60%\"\nreturn_rounding = \"floor-10-won\"\n\
    [[fund]]\nid = \"city\"\nname = \"시비\"\nshare = \"40%\"\n";

/// Granted 600 and 400, of 355 spent 213 and 142 are theirs: 387 and 258 are due, of which 7 won may be dropped.
#[test]
fn a_fund_may_drop_what_is_below_ten_won_and_no_more() {
    let base = ["2025-02-01,계,grant,600,,state", "2025-02-01,계,grant,400,,city", "2025-12-01,여비,disbursement,355"];
    let with = |rows: &[&str]| of("WL410", FUNDS, &[&base, rows].concat());
    let (state, city) = ("2025-12-31,계,return,380,,state", "2025-12-31,계,return,258,,city");
    assert_eq!(with(&[state, city]), NOTHING);
    assert_eq!(with(&["2025-12-31,계,return,387,,state", city]), NOTHING, "all of it may be sent");
    assert_eq!(with(&["2025-12-31,계,return,377,,state", city]), ["WL410 warning state"]);
    assert_eq!(with(&["2025-12-31,계,return,388,,state", city]), ["WL410 error state"]);
    assert_eq!(with(&[state, "2025-12-31,계,return,257,,city"]), ["WL410 warning city"]);
    // One of them got what is the other's.
    assert_eq!(
        with(&["2025-12-31,계,return,370,,state", "2025-12-31,계,return,268,,city"]),
        ["WL410 warning state", "WL410 error city"]
    );
    // A return that names no fund is held against the whole: 638 to 645 won.
    let sent = |won: u32| with(&[&format!("2025-12-31,계,return,{won}")]);
    assert_eq!((sent(638), sent(640), sent(645)), (vec![], vec![], vec![]));
    assert_eq!((sent(628), sent(646)), (vec!["WL410 warning 계".to_owned()], vec!["WL410 error 계".to_owned()]));
}

#[test]
fn interest_is_missed_where_grants_lay_for_a_year() {
    let base = ["2025-02-01,계,grant,100", "2025-12-01,여비,disbursement,100"];
    let with = |rows: &[&str]| of("WL411", "", &[&base, rows].concat());
    assert_eq!(with(&[]), ["WL411 warning 계"]);
    assert_eq!(with(&["2025-12-20,계,interest,1"]), NOTHING);
    assert_eq!(with(&["2025-12-20,여비,interest,1"]), NOTHING);
    assert_eq!(of("WL411", "", &base[..1]), NOTHING, "the year goes on");
    assert_eq!(of("WL411", "", &["2025,계,grant,100", "2025,여비,disbursement,100"]), ["WL411 warning 계"]);
    assert_eq!(of("WL411", "", &["2025,계,grant,100", "2025-03-01,여비,disbursement,100"]), NOTHING);
    assert_eq!(of("WL411", "grant_mode = \"deposit\"\n", &base), NOTHING);
    assert_eq!(of("WL411", "", &base[1..]), NOTHING, "nothing was granted");
    assert_eq!(with(&["2025-12-20,계,interest,1", "2025-12-20,여비,interest,1"]), ["WL411 warning 여비"]);
}

#[test]
fn a_return_is_late_by_its_day_and_never_by_a_coarse_date() {
    let on = |date: &str| of("WL412", "settlement_due = 2026-02-28\n", &[&format!("{date},계,return,5,,,,RT-1")]);
    assert_eq!(on("2026-02-28"), NOTHING);
    assert_eq!(on("2026-03-01"), ["WL412 warning RT-1"]);
    assert_eq!((on("2026-02"), on("2026")), (vec![], vec![]));
    assert_eq!(on("2026-03"), ["WL412 warning RT-1"]);
    assert_eq!(of("WL412", "", &["2030-01-01,계,return,5"]), NOTHING);
    assert_eq!(of("WL412", "settlement_due = 2026-02-28\n", &["2026-03-01,계,interest,5"]), NOTHING);
}

#[test]
fn own_funds_carry_what_the_funds_leave_of_what_is_confirmed() {
    let fund = "[[fund]]\nid = \"city\"\nname = \"시비\"\nshare = \"66.6%\"\n";
    let with = |own: u32, more: &[&str]| {
        let own = format!("2025-02-01,계,own_funds,{own}");
        let base = ["2025-02-01,계,grant,900", "2025-12-01,여비,disbursement,1000", own.as_str()];
        of("WL413", fund, &[&base, more].concat())
    };
    assert_eq!(with(334, &[]), NOTHING);
    assert_eq!(with(333, &[]), ["WL413 warning 계"]);
    // 33.4 % of 999 won are 333.67: what does not fill a won is nobody's.
    let disallowed = ["2025-12-02,여비,disallowance,1"];
    assert_eq!(with(333, &disallowed), NOTHING);
    assert_eq!(with(332, &disallowed), ["WL413 warning 계"]);
    // What names the fund is that fund's alone.
    assert_eq!(with(334, &["2025-12-02,여비,disbursement,500,,city"]), NOTHING);
    let two = FUNDS.replace("40%", "30%");
    let spent = ["2025-12-01,여비,disbursement,1000", "2025-02-01,계,own_funds,99"];
    assert_eq!(of("WL413", &two, &spent), ["WL413 warning 계"]);
    assert_eq!(of("WL413", &two, &spent[..1]), ["WL413 warning 계"], "none at all");
    assert_eq!(of("WL413", &format!("grant_mode = \"deposit\"\n{two}"), &spent), ["WL413 warning 계"], "drawn or not");
    assert_eq!(of("WL413", FUNDS, &spent), NOTHING, "the funds leave nothing");
    assert_eq!(of("WL413", &two.replace("share = \"30%\"\n", ""), &spent), NOTHING, "a share is not declared");
    assert_eq!(of("WL413", &two, &["2025-03-01,여비,disbursement,1000"]), NOTHING, "the year goes on");
}

/// What the rules of plans say of items `id,cost,account,funding`.
fn plan(rule: &str, rows: &[&str], items: &str) -> Vec<String> {
    let book = book("", rows);
    let year = std::fs::read_to_string(book.path().join("2025/year.toml")).expect("it is there");
    book.put("2025/year.toml", year.replace("[files]\n", "[files]\nplan_items = [\"plan.toml\"]\n").as_bytes());
    book.put("2025/plan.toml", items.as_bytes());
    let found = check(book.path(), &[2025], None);
    said(&found.into_iter().filter(|finding| finding.code.id == rule).collect::<Vec<_>>())
}

fn item(id: &str, cost: u32, rest: &str) -> String {
    format!("[[item]]\nid = \"{id}\"\ntitle = \"{id}\"\nplanned_cost = {cost}\n{rest}\n")
}

#[test]
fn a_plan_stays_within_the_budget_of_each_account_and_of_the_whole() {
    let rows = ["2025-01-01,사무관리비/사업비,budget,100", "2025-01-01,여비,budget,100"];
    let over = |items: &[String]| plan("WL414", &rows, &items.concat());
    let at = |account: &str| format!("account = \"{account}\"");
    assert_eq!(over(&[item("1", 100, &at("여비")), item("2", 100, "")]), NOTHING);
    assert_eq!(over(&[item("1", 101, &at("여비"))]), ["WL414 error 여비"]);
    assert_eq!(over(&[item("1", 101, &at("여비")), item("2", 100, "")]), ["WL414 error 여비"], "said once");
    assert_eq!(over(&[item("1", 100, &at("여비")), item("2", 101, "")]), ["WL414 error 계"]);
    assert_eq!(over(&[item("1", 101, &at("여비")), item("2", 101, "")]), ["WL414 error 계", "WL414 error 여비"]);
    // Charged to a parent it is held against all below; an account without budget has none.
    assert_eq!(over(&[item("1", 101, &at("사무관리비"))]), ["WL414 error 사무관리비"]);
    assert_eq!(over(&[item("1", 1, &at("인건비"))]), ["WL414 error 인건비"]);
    // What others pay is no part of it; of a mixed item its own parts are.
    assert_eq!(over(&[item("1", 101, "account = \"여비\"\nfunding = \"external\"")]), NOTHING);
    let mixed = |own: u32| {
        format!(
            "{}[[item.part]]\ntitle = \"a\"\nfunding = \"external\"\nplanned_cost = 500\n\
             [[item.part]]\ntitle = \"b\"\nfunding = \"own\"\nplanned_cost = {own}\n",
            item("1", 600, "account = \"여비\"\nfunding = \"mixed\"")
        )
    };
    assert_eq!(over(&[mixed(100)]), NOTHING);
    assert_eq!(over(&[mixed(101)]), ["WL414 error 여비"]);
    // A year without any budget is asked by another rule.
    assert_eq!(plan("WL414", &["2025-01-01,계,grant,1"], &item("1", 5, "")), NOTHING);
}

#[test]
fn what_the_plan_does_not_speak_of_is_told_to_the_won() {
    let rows = ["2025-01-01,여비,budget,100"];
    assert_eq!(plan("WL415", &rows, &item("1", 100, "")), NOTHING);
    assert_eq!(plan("WL415", &rows, &item("1", 99, "")), ["WL415 info 계"]);
    assert_eq!(
        plan("WL415", &rows, &item("1", 100, "funding = \"external\"")),
        NOTHING,
        "no item of ours states a cost"
    );
    assert_eq!(of("WL415", "", &rows), NOTHING, "there is no plan");
}

#[test]
fn the_last_month_is_a_rush_above_the_share_that_is_declared() {
    let with = |year: &str, rows: &[&str]| of("WL416", year, rows);
    let share = "december_share = \"30%\"\n";
    let (early, late) = ("2025-03-01,여비,disbursement,70", "2025-12-31,여비,disbursement,30");
    assert_eq!(with(share, &[early, late]), NOTHING);
    assert_eq!(with(share, &[early, late, "2025-12-01,여비,disbursement,1"]), ["WL416 info 계"]);
    assert_eq!(with(share, &[early, late, "2025-12,여비,disbursement,1"]), ["WL416 info 계"]);
    assert_eq!(with(share, &[early, late, "2025,여비,disbursement,1"]), NOTHING, "it need not be of December");
    assert_eq!(with(share, &[early, late, "2025-12-02,여비,disbursement,5", "2025-12-03,여비,refund,5"]), NOTHING);
    assert_eq!(with("", &[late]), NOTHING);
}

/// A book of two years.
fn years(before: &str, earlier: &[&str], after: &str, later: &[&str]) -> Vec<String> {
    let book = book(after, later);
    let year = std::fs::read_to_string(book.path().join("2025/year.toml")).expect("it is there");
    let head = year.split("[files]").next().expect("it has files").len();
    let accounts = year[head..].split("[[printed]]").next().unwrap_or_default();
    book.put(
        "2024/year.toml",
        format!("[year]\nfiscal_year = 2024\nrate_basis = \"granted\"\n{accounts}{before}").as_bytes(),
    );
    book.put("2024/lines.csv", lines(earlier).as_bytes());
    let found = check(book.path(), &[2024, 2025], None);
    said(&found.into_iter().filter(|finding| finding.code.id.starts_with("WL6")).collect::<Vec<_>>())
}

#[test]
fn what_is_carried_out_is_carried_in() {
    let between = |out: &[&str], came: &[&str]| years("", out, "", came);
    assert_eq!(between(&["2024-12-31,여비,carry_out,5"], &["2025-01-01,여비,carry_in,5"]), NOTHING);
    assert_eq!(between(&["2024-12-31,여비,carry_out,5"], &["2025-01-01,여비,carry_in,4"]), ["WL602 warning 여비"]);
    assert_eq!(between(&["2024-12-31,여비,carry_out,5"], &["2025-01-01,여비,budget,4"]), ["WL602 warning 여비"]);
    assert_eq!(
        between(&["2024-12-31,여비,carry_out,5"], &["2025-01-01,인건비,carry_in,5"]),
        ["WL602 warning 인건비", "WL602 warning 여비"]
    );
    // One year tells apart what the other keeps as one; an account has another name.
    let apart = &["2025-01-01,사무관리비/사업비,carry_in,3", "2025-01-01,사무관리비/임차료·일반수용비,carry_in,2"];
    let charted = |out: &str, came: &[&str]| {
        let book = book("", came);
        let chart = "[[account]]\npath = \"사무관리비\"\n[[account]]\npath = \"출장비\"\n";
        let year = format!(
            "[year]\nfiscal_year = 2024\nrate_basis = \"granted\"\n[files]\naccount_lines = [\"lines.csv\"]\n{chart}"
        );
        book.put("2024/year.toml", year.as_bytes());
        book.put("2024/lines.csv", lines(&[out]).as_bytes());
        said(
            &check(book.path(), &[2024, 2025], None)
                .into_iter()
                .filter(|one| one.code.id == "WL602")
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(charted("2024-12-31,사무관리비,carry_out,5", apart), NOTHING);
    assert_eq!(charted("2024-12-31,사무관리비,carry_out,6", apart), ["WL602 warning 사무관리비"]);
    assert_eq!(charted("2024-12-31,출장비,carry_out,5", &["2025-01-01,여비,carry_in,5"]), NOTHING);
    assert_eq!(charted("2024-12-31,출장비,carry_out,5", &["2025-01-01,여비,carry_in,4"]), ["WL602 warning 계"]);
    assert_eq!(
        between(&["2024-12-31,여비,carry_out,5,,,voted"], &["2025-01-01,여비,carry_in,5,,,committed"]),
        NOTHING,
        "the sorts are compared together"
    );
}

#[test]
fn budgets_are_compared_where_their_basis_is_known() {
    let printed = |gross: u32, office: u32| {
        let one = |measure: &str, won: u32| {
            format!("[[printed]]\naccount = \"계\"\nmeasure = \"{measure}\"\ntext = \"{won}\"\nunit = \"원\"\n")
        };
        format!("{}{}", one("gross_budget", gross), one("grantor_spent", office))
    };
    let year = |before: &str, after: &str| {
        years(before, &["2024-01-01,여비,budget,100"], after, &["2025-01-01,여비,budget,100"])
    };
    assert_eq!(year(&printed(100, 10), &printed(110, 10)), ["WL601 warning 계"]);
    assert_eq!(year(&printed(110, 10), &printed(100, 10)), ["WL601 warning 계"]);
    assert_eq!(year(&printed(100, 10), &printed(100, 20)), NOTHING, "both gross");
    assert_eq!(year(&printed(110, 10), &printed(120, 20)), NOTHING, "both net");
    assert_eq!(year(&printed(100, 10), ""), NOTHING, "nothing is printed of one");
    assert_eq!(year(&printed(100, 0), &printed(110, 10)), NOTHING, "gross and net are the same");
    assert_eq!(year(&printed(300, 10), &printed(110, 10)), NOTHING, "the ledger is neither");
}

/// What a rule is asked of in the property tests: kinds, accounts and small amounts that often meet.
fn rows() -> impl Strategy<Value = Vec<(usize, usize, u32)>> {
    prop::collection::vec((0..7_usize, 0..4_usize, 0..6_u32), 0..24)
}

const KINDS: [&str; 7] = ["budget", "grant", "grant", "disbursement", "commitment", "return", "interest"];
const LEAVES: [&str; 4] = ["인건비", "사무관리비/임차료·일반수용비", "사무관리비/사업비", "여비"];

fn made(rows: &[(usize, usize, u32)]) -> Vec<String> {
    let line = |&(kind, leaf, won): &(usize, usize, u32)| {
        // Of grants and what goes back some are pooled.
        let account = match (KINDS[kind], won % 3) {
            ("grant" | "return" | "interest", 0) => "계",
            ("grant", 1) if leaf == 1 => "사무관리비",
            _ => LEAVES[leaf],
        };
        format!("2025-{:02}-01,{account},{},{won}", 1 + (kind + leaf) % 12, KINDS[kind])
    };
    rows.iter().map(line).chain(["2025-12-31,계,interest,0".to_owned()]).collect()
}

/// The amount behind a label of an English message.
fn amount(message: &str, label: &str) -> i64 {
    let text = message.split(&format!("{label} ")).nth(1).unwrap_or_else(|| panic!("{message} has no {label}"));
    text.split(" won").next().expect("an amount").replace(',', "").parse().expect("won")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Every finding of sums is what a plain look at the sums gives, and nothing else is.
    #[test]
    fn rules_of_sums_agree_with_a_plain_look(rows in rows(), control in 0..3_usize) {
        let made = made(&rows);
        let made: Vec<&str> = made.iter().map(String::as_str).collect();
        let control = ["root", "leaf", "사무관리비"][control];
        let book = book(&format!("budget_control = \"{control}\"\n"), &made);
        let read = book.read();
        let found = check(book.path(), &[2025], None);
        let of = |rule: &str| -> Vec<String> {
            said(&found.iter().filter(|finding| finding.code.id == rule).cloned().collect::<Vec<_>>())
        };
        let accounts = &read.books.accounts;
        let name = |id: AccountId| if id == AccountId::ROOT { "계".to_owned() } else { accounts.get(id).path.to_string() };
        // What the rows of a kind say of an account and those below it, added up as on paper.
        let sum = |id: AccountId, kind: &str| -> Option<i64> {
            let (path, below) = (name(id), format!("{}/", name(id)));
            let of = |row: &&&str| {
                let fields: Vec<&str> = row.split(',').collect();
                fields[2] == kind && (id == AccountId::ROOT || fields[1] == path || fields[1].starts_with(&below))
            };
            let won = |row: &&str| row.split(',').nth(3).expect("an amount").parse::<i64>().expect("won");
            made.iter().filter(of).map(won).reduce(|a, b| a + b)
        };
        let leaves = || accounts.parents_first().map(|(id, _)| id).filter(|id| !accounts.has_children(*id));
        // WL402: spent on without budget, where the budget binds.
        let controlled: Vec<AccountId> = match read.books.year.budget_control {
            Control::Root => vec![AccountId::ROOT],
            Control::Leaf => leaves().collect(),
            Control::At(id) => vec![id],
        };
        let any_budget = sum(AccountId::ROOT, "budget").is_some();
        let spent = |id: AccountId| sum(id, "disbursement").unwrap_or(0);
        let missing: Vec<String> = match any_budget {
            true => controlled
                .into_iter()
                .filter(|id| spent(*id) != 0 && sum(*id, "budget").is_none())
                .map(|id| format!("WL402 error {}", name(id)))
                .collect(),
            false if spent(AccountId::ROOT) != 0 => vec!["WL402 warning 계".to_owned()],
            false => Vec::new(),
        };
        prop_assert_eq!(of("WL402"), missing);
        // WL408: paid beyond what was committed.
        let exceeded: Vec<String> = leaves()
            .filter(|id| sum(*id, "commitment").is_some_and(|committed| spent(*id) > committed))
            .map(|id| format!("WL408 error {}", name(id)))
            .collect();
        prop_assert_eq!(of("WL408"), exceeded);
        // WL410: what is left to be returned.
        let dues = Dues::of(read.books, &read.tally);
        let left = dues.total(|due| &due.payable).money().unwrap_or_default();
        let sent = sum(AccountId::ROOT, "return").unwrap_or(0);
        let mismatch = !left.is_zero() && (left > Money::ZERO || sent > 0);
        prop_assert_eq!(of("WL410").len(), usize::from(mismatch));
    }

    /// Where nowhere more was granted than budgeted, what is told is all that was not granted.
    #[test]
    fn ungranted_amounts_come_to_the_whole(rows in rows()) {
        let made = made(&rows);
        let made: Vec<&str> = made.iter().map(String::as_str).collect();
        let book = book("", &made);
        let read = book.read();
        let found = check(book.path(), &[2025], None);
        let told: Vec<i64> = found
            .iter()
            .filter(|finding| finding.code.id == "WL405")
            .map(|finding| amount(&finding.message.en, "ungranted"))
            .collect();
        let rolled = read.tally.rolled_up();
        let ungranted = Term::Ungranted.formula(GrantMode::Advance);
        let whole = rolled.worked(AccountId::ROOT, ungranted).amount().unwrap_or_default();
        let has_grants = rolled.has(AccountId::ROOT, Measure::Granted);
        let over = read.books.accounts.parents_first().any(|(id, _)| {
            !rolled.is_pooled(id, ungranted) && rolled.worked(id, ungranted).amount().is_some_and(Money::is_negative)
        });
        prop_assert!(told.iter().all(|won| *won > 0));
        if has_grants && !over {
            prop_assert_eq!(Money::from_won(told.iter().sum()), whole);
        }
        if !has_grants {
            prop_assert!(told.is_empty());
        }
    }

    /// The report and the rule never differ on whether something is left to be returned.
    #[test]
    fn what_is_returned_as_the_report_says_is_no_mismatch(
        grants in prop::array::uniform2(0..5_000_i64),
        spent in 0..6_000_i64,
        interest in 0..90_i64,
        named in any::<bool>(),
    ) {
        let rows = [
            format!("2025-02-01,계,grant,{},,state", grants[0]),
            format!("2025-02-01,계,grant,{},,city", grants[1]),
            format!("2025-12-01,여비,disbursement,{spent}"),
            format!("2025-12-20,계,interest,{interest}"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let before = book(FUNDS, &rows).read();
        let dues = Dues::of(before.books, &before.tally);
        let pay: Vec<(String, Money)> = dues
            .grantors()
            .filter_map(|(party, due)| Some((party.key.clone(), due.payable.money()?)))
            .filter(|(_, won)| *won > Money::ZERO)
            .collect();
        let sent: Vec<String> = match named {
            true => pay.iter().map(|(fund, won)| format!("2025-12-31,계,return,{won},,{fund}")).collect(),
            false => {
                let whole: Money = pay.iter().map(|(_, won)| *won).sum();
                vec![format!("2025-12-31,계,return,{whole}")]
            }
        };
        let rows: Vec<&str> = rows.iter().copied().chain(sent.iter().map(String::as_str)).collect();
        prop_assert_eq!(of("WL410", FUNDS, &rows), NOTHING);
    }
}

/// Every sound book is one that this file speaks of.
#[test]
fn no_sound_book_is_left_out() {
    assert_eq!(SOUND.len(), 7);
    for (book, year) in SOUND {
        assert!(Everything::of(&root().join(book), year, 1).findings.is_empty(), "{book} {year}");
    }
}

/// Each amount is divided once, and all its parts share one list of weights: with a list of their own for each, a year of some
/// hundred funds would not fit into memory.
#[test]
fn the_parts_of_an_amount_share_one_list_of_weights() {
    let funds = |share: &str| {
        (0..40).map(|n| format!("[[fund]]\nid = \"f{n}\"\nname = \"재원 {n}\"\n{share}")).collect::<String>()
    };
    let mut rows: Vec<String> = (0..40).map(|n| format!("2025-01-02,계,교부,{},,f{n}", 100 + n)).collect();
    rows.extend(
        ["집행,777", "이자,55", "불인정,44", "과년도여입,33", "반납,22"].map(|said| format!("2025-02-01,여비,{said}")),
    );
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    for (mode, share) in [("advance", ""), ("advance", "share = \"2.5%\"\n"), ("deposit", "")] {
        let read = book(&format!("grant_mode = \"{mode}\"\n{}", funds(share)), &rows).read();
        assert_eq!(read.codes(), [] as [&str; 0]);
        let dues = Dues::of(read.books, &read.tally);
        let mut parts: BTreeMap<String, Vec<Division>> = BTreeMap::new();
        for due in &dues.each {
            for (n, cell) in due.cells().into_iter().enumerate() {
                divisions(&cell.why, &mut |division| {
                    parts.entry(format!("{n} {}", division.whole.name.en)).or_default().push(division.clone());
                });
            }
        }
        assert_eq!(dues.each.len(), 40);
        for word in ["Disbursed", "Interest"] {
            assert!(parts.keys().any(|key| key.ends_with(word)), "{word} is divided: {:?}", parts.keys());
        }
        for (of, parts) in parts {
            let is_one_list = parts.iter().all(|part| Arc::ptr_eq(&part.weights, &parts[0].weights));
            assert!(parts.len() >= 40 && is_one_list, "{mode} {share} {of}");
        }
    }
}

/// Shows every division that a reason goes back to.
fn divisions(why: &Why, see: &mut impl FnMut(&Division)) {
    match why {
        Why::Divided(division) => see(division),
        Why::Worked(steps) => steps.iter().for_each(|(_, step)| divisions(&step.why, see)),
        Why::Rounded(rounded) => divisions(&rounded.0.why, see),
        _ => {}
    }
}
