//! Reports of books that are awkward: nothing granted yet, names that differ in a space, dates that know no month.

mod support;

use std::num::NonZeroUsize;
use support::{Book, Everything, rendered};
use wego_ledger::ledger::{Basis, Term};
use wego_ledger::render::Format;
use wego_ledger::report::{self, NotThere, Settlement};
use wego_ledger::table::{Page, Value, Why};

const HEADER: &str = "date,account,kind,amount,to,fund,item\n";

/// A book of one account, 여비, with the rest of its year file, its lines and its plan.
fn book(year: &str, lines: &str, plan: &str) -> Book {
    let plans = if plan.is_empty() { "" } else { "plan_items = [\"plan.csv\"]\n" };
    let year = format!("{year}\n[files]\naccount_lines = [\"lines.csv\"]\n{plans}[[account]]\npath = \"여비\"\n");
    let lines = format!("{HEADER}{lines}");
    Book::with(&year, &[("2025/lines.csv", lines.as_bytes()), ("2025/plan.csv", plan.as_bytes())])
}

fn page(read: &Everything, name: &str) -> Page {
    assert_eq!(read.codes(), [] as [&str; 0]);
    let (_, page) = report::ALL.iter().find(|(known, _)| *known == name).expect("a report");
    page(read.books, &read.tally)
}

/// The exact amount in won of the first table that has the row and the column.
fn amount(page: &Page, row: &str, column: &str) -> Option<String> {
    let found = page.tables().find_map(|table| {
        let n = table.columns.iter().position(|one| one.word.id == column)?;
        table.rows.iter().find(|one| one.key == row).map(|row| row.cells[n].clone())
    });
    found.unwrap_or_else(|| panic!("no {row} {column}")).money().map(|money| money.to_string())
}

fn text(page: &Page, read: &Everything) -> String {
    rendered(page, read.books, Format::Table)
}

const TWO: &str = "[[fund]]\nid = \"a\"\nshare = \"60%\"\n[[fund]]\nid = \"b\"\nshare = \"40%\"\n";

/// Year files begin with keys of `[year]`: tables come after.
fn funded(keys: &str, funds: &str, lines: &str) -> Everything {
    let year = format!("{keys}\n[files]\naccount_lines = [\"lines.csv\"]\n[[account]]\npath = \"여비\"\n{funds}");
    let lines = format!("{HEADER}{lines}");
    Book::with(&year, &[("2025/lines.csv", lines.as_bytes())]).read()
}

#[test]
fn interest_is_due_though_nothing_was_granted_yet() {
    let lines = "2025-01-05,여비,disbursement,1000,,,\n2025-01-06,계,interest,50,,,\n";
    let read = funded("", TWO, lines);
    let due = page(&read, "return");
    assert_eq!(amount(&due, "payable", "amount").as_deref(), Some("50"), "{}", text(&due, &read));
    assert_eq!(amount(&due, "a", "interest").as_deref(), Some("30"));
    // Without shares nothing tells whose it is, which is said rather than left out of the sum.
    let read = funded("", "[[fund]]\nid = \"a\"\n[[fund]]\nid = \"b\"\n", lines);
    let due = page(&read, "return");
    assert_eq!(amount(&due, "payable", "amount"), None);
    assert!(text(&due, &read).contains("반납할 금액을 계산할 수 없음"), "{}", text(&due, &read));
    assert!(text(&due, &read).contains("나눌 수 없음"), "{}", text(&due, &read));
    // The only grantor gets all of it, whatever own funds there are.
    let read =
        funded("", "", "2025-01-02,계,own_funds,100,,,\n2025-01-06,계,interest,5,,,\n2025-01-07,계,recovery,7,,,\n");
    assert_eq!(amount(&page(&read, "return"), "payable", "amount").as_deref(), Some("12"));
}

#[test]
fn no_more_is_confirmed_than_was_granted() {
    let read = funded(
        "",
        "",
        "2025-01-02,계,grant,100,,,\n2025-01-05,여비,disbursement,120,,,\n2025-01-06,계,interest,5,,,\n2025-02-01,여비,disallowance,30,,,\n",
    );
    let due = page(&read, "return");
    // 20 of the 30 that are not accepted went beyond the grant, and were never the grantor's.
    assert_eq!(amount(&due, "unspent", "amount").as_deref(), Some("0"));
    assert_eq!(amount(&due, "disallowed", "amount").as_deref(), Some("10"));
    assert_eq!(amount(&due, "payable", "amount").as_deref(), Some("15"));
    assert!(text(&due, &read).contains("교부액보다 많이 집행되어"), "{}", text(&due, &read));
    // The settlement does not say another sum beside it.
    let settlement = Settlement::of(read.books, &read.tally);
    assert_eq!(settlement.amount(wego_ledger::ledger::AccountId::ROOT, Term::ReturnDue), None);
    assert!(text(&page(&read, "return-layout"), &read).contains("wego-ledger return"));
}

#[test]
fn shares_that_cannot_be_divided_by_are_said() {
    let lines = "2025-01-02,계,grant,100,,a,\n2025-01-02,계,grant,100,,b,\n2025-01-05,여비,disbursement,50,,,\n";
    for (a, b, why) in [
        ("share = \"60%\"", "", "섞여 나눌 수 없음"),
        ("share = \"60%\"", "share = \"50%\"", "100%를 넘어"),
        ("share = \"60%\"", "share = \"20%\"", "100%에 못 미치는데"),
    ] {
        let read = funded("", &format!("[[fund]]\nid = \"a\"\n{a}\n[[fund]]\nid = \"b\"\n{b}\n"), lines);
        let due = page(&read, "return");
        assert!(text(&due, &read).contains(why), "{why} in\n{}", text(&due, &read));
        assert_eq!(amount(&due, "payable", "amount"), None, "no sum is made up");
    }
}

#[test]
fn what_lines_name_a_fund_for_is_that_funds() {
    let lines = "2025-01-02,계,grant,100,,a,\n2025-01-02,계,grant,100,,b,\n2025-02-01,여비,disbursement,70,,a,\n2025-02-02,여비,disbursement,50,,,\n";
    let read = funded("", TWO, lines);
    let due = page(&read, "return");
    // 70 + 60 % of 50, and 40 % of 50.
    assert_eq!(amount(&due, "a", "disbursed").as_deref(), Some("100"));
    assert_eq!(amount(&due, "b", "disbursed").as_deref(), Some("20"));
    assert_eq!(
        (amount(&due, "a", "payable").as_deref(), amount(&due, "b", "payable").as_deref()),
        (Some("0"), Some("80"))
    );
}

#[test]
fn a_return_of_too_much_is_not_rounded_away() {
    let funds = "[[fund]]\nid = \"a\"\nreturn_rounding = \"floor-10-won\"\n";
    let read = funded("", funds, "2025-01-02,계,grant,100,,,\n2025-12-20,계,return,117,,,\n");
    let due = page(&read, "return");
    assert_eq!(amount(&due, "payable", "amount").as_deref(), Some("-17"));
    assert!(text(&due, &read).contains("17원 더 반납함"), "{}", text(&due, &read));
}

#[test]
fn an_exact_key_is_explained_before_a_similar_one() {
    let plan = "id,task,title,planned_cost\na1,T,one,1\nA1,T,two,2\nT,T,three,3\n";
    let read = book("", "2025-01-02,여비,disbursement,7,,,A1\n", plan).read();
    let found = |row: &str, report: &str| {
        let cells = report::find(&page(&read, report), row, Some("planned_cost"), None).map_err(|_| ())?;
        Ok::<_, ()>(cells[0].1.money().map(|money| money.to_string()))
    };
    assert_eq!(found("A1", "diff"), Ok(Some("2".to_owned())));
    assert_eq!(found("a1", "diff"), Ok(Some("1".to_owned())));
    // The item of the name before the task of the name.
    assert_eq!(found("T", "plan"), Ok(Some("3".to_owned())));
    assert_eq!(found("task:T", "plan"), Ok(Some("6".to_owned())));
    // A spelling that two keys share stands for neither.
    assert_eq!(found("Ａ１", "diff"), Err(()));
    let diff = page(&read, "diff");
    assert!(
        matches!(report::find(&diff, "a2", None, None), Err(NotThere::Row(known)) if known.contains(&"A1".to_owned()))
    );
    assert!(matches!(report::find(&diff, "a1", Some("granted"), None), Err(NotThere::Column(_))));
    let rate = report::find(&page(&read, "settlement"), "계", Some("집행률"), Some(Basis::Granted));
    assert!(matches!(rate, Err(NotThere::Column(_))), "the year's columns have no rate");
}

#[test]
fn spending_without_a_plan_stands_below_every_axis() {
    let read = book("", "2025-01-02,여비,disbursement,120,,,\n", "").read();
    for report in ["diff", "diff-by-task", "diff-by-program"] {
        assert_eq!(amount(&page(&read, report), "(no-item)", "disbursed").as_deref(), Some("120"), "{report}");
    }
}

#[test]
fn a_verdict_on_the_last_month_needs_months() {
    let verdict = |lines: &str| {
        let read = book("december_share = \"25%\"", lines, "").read();
        text(&page(&read, "status"), &read).lines().find(|line| line.contains("마지막 달")).map(str::to_owned)
    };
    let known = verdict("2025-01-02,여비,disbursement,90,,,\n2025-12-02,여비,disbursement,10,,,\n");
    assert!(known.expect("a sentence").contains("10.0%(집행액 기준): 기준 25%을 넘지 않음"));
    let over = verdict("2025-01-02,여비,disbursement,60,,,\n2025-12-02,여비,disbursement,40,,,\n");
    assert!(over.expect("a sentence").ends_with("넘음"));
    let unknown = verdict("2025-01-02,여비,disbursement,10,,,\n2025,여비,disbursement,90,,,\n");
    assert!(unknown.expect("a sentence").contains("알 수 없음"));
    assert_eq!(verdict("2025,여비,disbursement,90,,,\n"), None, "no line has a month");
}

/// A fiscal year from April to March, with lines outside it.
#[test]
fn a_year_that_is_no_calendar_year() {
    let lines = "2025-03-31,여비,disbursement,1,,,\n2025-04-01,여비,disbursement,2,,,\n2025-12-15,여비,disbursement,4,,,\n\
                 2026-03,여비,disbursement,8,,,\n2026-04-02,여비,disbursement,16,,,\n2026,여비,disbursement,32,,,\n";
    let read = book("starts = 2025-04-01\nends = 2026-03-31", lines, "").read();
    let months = page(&read, "status");
    let spent = |row: &str, column: &str| amount(&months, row, column);
    assert_eq!(spent("before", "disbursed").as_deref(), Some("1"));
    assert_eq!(spent("2025-04", "disbursed(cumulative)").as_deref(), Some("3"));
    assert_eq!(spent("2025-12", "disbursed").as_deref(), Some("4"));
    assert_eq!(spent("2026-03", "disbursed(cumulative)").as_deref(), Some("15"));
    assert_eq!(spent("after", "disbursed").as_deref(), Some("16"));
    assert_eq!(spent("undated", "disbursed").as_deref(), Some("32"));
    assert_eq!(spent("계", "disbursed").as_deref(), Some("63"));
    let quarters = page(&read, "status-by-quarter");
    assert_eq!(amount(&quarters, "2025-Q3", "disbursed").as_deref(), Some("4"), "October to December is its third");
    // One that begins within a month says what its months hold.
    let within = book("starts = 2025-03-15\nends = 2026-03-14", lines, "").read();
    assert!(text(&page(&within, "status"), &within).contains("달 가운데에서"));
}

#[test]
fn a_tally_of_one_account_or_one_item_has_its_lines_alone() {
    use wego_ledger::ledger::{AccountId, ItemId, Scope};
    use wego_ledger::tally::{Axis, Tally};
    let read = Everything::of(&support::root().join("fixtures/funds"), 2023, 1);
    let id = match read.books.accounts.find("사업비/창작지원") {
        Some(wego_ledger::ledger::Found::Exactly(id)) => id,
        other => panic!("{other:?}"),
    };
    let sum = |account: AccountId, scope: Scope| {
        let tally = || Tally::new(read.books).within(account, scope).by(Axis::Month);
        let (tally, _) = wego_ledger::read::lines(read.books, NonZeroUsize::MIN, tally).expect("it can be read");
        let months = tally.along(Axis::Month).months().to_vec();
        let sums = months.iter().filter_map(|sums| sums.worked(Term::Disbursed.formula(read.books.year.grant_mode)));
        sums.sum::<wego_ledger::money::Money>().to_string()
    };
    assert_eq!(sum(AccountId::ROOT, Scope::All), "464693009");
    assert_eq!(sum(id, Scope::All), "125414810");
    assert_eq!(sum(AccountId::ROOT, Scope::Item(ItemId(0))), "51921750");
    assert_eq!(sum(id, Scope::Item(ItemId(0))), "0");
}

/// A parent's plan, a record's account, and what nobody charges to an account.
#[test]
fn rates_of_nothing_and_amounts_of_nobody_are_blank() {
    let plan = "id,title,planned_cost,funding\n1,free,0,own\n2,theirs,500,external\n3,open,,own\n";
    let read = book("", "2025-01-02,여비,disbursement,7,,,1\n", plan).read();
    let diff = page(&read, "diff");
    let table = diff.tables().next().expect("a table");
    let cell = |row: &str, column: &str| {
        let n = table.columns.iter().position(|one| one.word.id == column).expect("a column");
        table.rows.iter().find(|one| one.key == row).expect("a row").cells[n].clone()
    };
    assert_eq!(cell("1", "execution_rate(planned_cost)").why, Why::NoBasis, "7 of 0 is no rate");
    assert_eq!(cell("1", "difference").money().map(|money| money.to_string()).as_deref(), Some("-7"));
    assert_eq!(cell("2", "planned_cost").value, Value::Blank, "what others pay is in no sum");
    assert_eq!(cell("3", "difference").value, Value::Blank, "nothing is planned, which is not zero");
    assert_eq!(amount(&diff, "계", "planned_cost").as_deref(), Some("0"), "the sum of what is stated");
}

fn keys(page: &Page) -> Vec<String> {
    page.tables().next().expect("a table").rows.iter().map(|row| row.key.to_string()).collect()
}

#[test]
fn rows_are_chosen_and_put_in_order() {
    use wego_ledger::report::{By, Choice, Only, Order, Paper};
    let plan = "id,title,planned_cost,funding\n1,over,100,own\n2,under,100,own\n3,idle,100,own\n4,open,,own\n";
    let lines = "2025-01-02,여비,disbursement,130,,,1\n2025-01-02,여비,disbursement,40,,,2\n2025-01-02,여비,disbursement,7,,,4\n\
                 2025-01-02,여비,disbursement,9,,,\n";
    let read = book("", lines, plan).read();
    let chosen = |order: Option<Order>, only: Option<Only>| {
        let choice = Choice { by: By::Item, order, only };
        let page = report::diff(read.books, &read.tally, choice, Paper::of(&read.books.year.presentation));
        keys(&page).into_iter().filter(|key| !key.starts_with('(') && key != "계").collect::<Vec<_>>()
    };
    assert_eq!(chosen(None, Some(Only::NoSpending)), ["3"]);
    assert_eq!(chosen(None, Some(Only::Over)), ["1"]);
    assert_eq!(chosen(None, Some(Only::Under)), ["2", "3"]);
    assert_eq!(chosen(None, Some(Only::Unplanned)), [] as [&str; 0], "what is planned without a cost is planned");
    assert_eq!(chosen(Some(Order::Disbursed), None), ["1", "2", "4", "3"]);
    assert_eq!(chosen(Some(Order::Rate), None), ["1", "2", "3", "4"], "without a rate comes last");
    assert_eq!(chosen(Some(Order::Difference), None), ["3", "2", "1", "4"]);
    assert_eq!(chosen(Some(Order::Planned), None)[3], "4");
    // Where no line tells of spending, none that is missing proves anything.
    let silent = book("", "", plan).read();
    let choice = Choice { only: Some(Only::NoSpending), ..Choice::default() };
    let page = report::diff(silent.books, &silent.tally, choice, Paper::of(&silent.books.year.presentation));
    assert_eq!(keys(&page), ["계"]);
}

#[test]
fn records_beside_lines_leave_no_difference() {
    let plan = "id,task,title,planned_cost\n1,A,one,100\n2,A,two,50\n";
    let year = "[files]\naccount_lines = [\"lines.csv\"]\nplan_items = [\"plan.csv\"]\nperformance = [\"done.csv\"]\n\
                [[account]]\npath = \"여비\"\n";
    let lines = format!("{HEADER}2025-01-02,여비,disbursement,100,,,1\n");
    let done = "id,title,item,reported_cost\nR,r,2,50\n";
    let files: [(&str, &[u8]); 3] =
        [("2025/lines.csv", lines.as_bytes()), ("2025/plan.csv", plan.as_bytes()), ("2025/done.csv", done.as_bytes())];
    let read = Book::with(year, &files).read();
    assert_eq!(amount(&page(&read, "diff"), "1", "difference").as_deref(), Some("0"));
    assert_eq!(amount(&page(&read, "diff"), "2", "difference").as_deref(), Some("0"), "by what was reported");
    let tasks = page(&read, "diff-by-task");
    assert_eq!(amount(&tasks, "A", "difference"), None, "100 of lines and 50 of a record are not one figure");
    assert!(text(&tasks, &read).contains("섞임"), "{}", text(&tasks, &read));
}

#[test]
fn what_is_pooled_above_makes_no_figure_below() {
    let chart = ["여비", "여비/국내", "여비/국외"];
    let lines = "date,account,kind,amount\n2025-01-02,계,grant,600\n2025-01-02,여비/국내,grant,100\n2025-02-02,여비/국내,disbursement,300\n";
    let read = Book::of(&chart, lines).read();
    let settlement = page(&read, "settlement");
    assert_eq!(amount(&settlement, "여비/국내", "granted").as_deref(), Some("100"), "what its own lines say");
    assert_eq!(amount(&settlement, "여비/국내", "unspent"), None, "the pool may have paid for it");
    assert_eq!(amount(&settlement, "계", "unspent").as_deref(), Some("400"));
    let rate = &page(&read, "return-layout");
    let table = rate.tables().next().expect("a table");
    let row = table.rows.iter().find(|row| row.key == "여비/국내").expect("a row");
    assert_eq!(row.cells.last().map(|cell| cell.why.clone()), Some(Why::NotAttributed), "300 of 100 is no rate");
}

#[test]
fn two_years_are_never_said_to_be_comparable() {
    let read = book("", "2025-01-02,여비,budget,100,,,\n", "").read();
    let side = report::Side { books: read.books, tally: &read.tally };
    let paper = report::Paper::of(&read.books.year.presentation);
    let same = report::years(side, side, Term::Budget, paper);
    assert!(text(&same, &read).contains("같은 기준이라는 근거가 없음"), "{}", text(&same, &read));
}

#[test]
fn own_funds_that_come_first_leave_drawings_unknown() {
    let lines = "2025-01-02,계,grant,100,,,\n2025-01-03,계,own_funds,50,,,\n2025-02-01,여비,disbursement,20,,,\n";
    let read = funded("grant_mode = \"deposit\"", "", lines);
    let settlement = Settlement::of(read.books, &read.tally);
    let root = wego_ledger::ledger::AccountId::ROOT;
    assert_eq!(settlement.amount(root, Term::Granted), None, "not less than nothing");
    assert_eq!(settlement.amount(root, Term::Deposited).map(|money| money.to_string()).as_deref(), Some("100"));
    assert_eq!(settlement.amount(root, Term::OwnFunds).map(|money| money.to_string()).as_deref(), Some("50"));
    let due = page(&read, "return");
    assert_eq!(amount(&due, "payable", "amount"), None);
    assert!(text(&due, &read).contains("인출한 금액을 알 수 없음"), "{}", text(&due, &read));
}

/// One fund and own funds: what lines name the fund for is the fund's, the rest is divided.
#[test]
fn the_only_fund_has_what_its_lines_name() {
    let lines = "2025-01-01,계,grant,1000,,s,\n2025-01-02,계,own_funds,1000,,,\n2025-02-01,여비,disbursement,400,,s,\n2025-03-01,여비,disbursement,100,,,\n";
    let read = funded("", "[[fund]]\nid = \"s\"\n", lines);
    let due = page(&read, "return");
    assert_eq!(amount(&due, "s", "disbursed").as_deref(), Some("450"));
    assert_eq!(amount(&due, "payable", "amount").as_deref(), Some("550"));
}

#[test]
fn what_a_deposit_cannot_tell_is_said() {
    // Lines name one fund, and own funds are more than what names none.
    let funds = "[[fund]]\nid = \"s\"\nshare = \"50%\"\n[[fund]]\nid = \"p\"\nshare = \"30%\"\n";
    let lines = "2025-01-01,계,grant,1000,,s,\n2025-01-01,계,grant,500,,p,\n2025-01-02,계,own_funds,300,,,\n\
                 2025-02-01,여비,disbursement,400,,s,\n2025-02-02,여비,disbursement,200,,,\n";
    let read = funded("grant_mode = \"deposit\"", funds, lines);
    let due = page(&read, "return");
    assert_eq!(amount(&due, "payable", "amount"), None);
    assert!(text(&due, &read).contains("인출한 금액을 알 수 없음"), "{}", text(&due, &read));
    // Shares that leave a rest nobody carries.
    let lines = "2025-01-01,계,grant,1000,,s,\n2025-01-01,계,grant,500,,p,\n2025-02-01,여비,disbursement,700,,,\n";
    let read = funded("grant_mode = \"deposit\"", funds, lines);
    assert!(text(&page(&read, "return"), &read).contains("100%에 못 미치는데"));
    // At one account own funds are ahead, in all they are not: no amount is called unattributed.
    let chart = ["여비", "인건비"];
    let accounts: String = chart.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
    let year = format!("grant_mode = \"deposit\"\n[files]\naccount_lines = [\"lines.csv\"]\n{accounts}");
    let lines = format!(
        "{HEADER}2025-01-01,계,grant,2000,,,\n2025-01-02,여비,own_funds,300,,,\n2025-02-01,여비,disbursement,200,,,\n2025-02-01,인건비,disbursement,500,,,\n"
    );
    let read = Book::with(&year, &[("2025/lines.csv", lines.as_bytes())]).read();
    let settlement = page(&read, "settlement");
    assert_eq!(amount(&settlement, "계", "granted").as_deref(), Some("400"));
    assert_eq!(
        (amount(&settlement, "여비", "granted"), amount(&settlement, "인건비", "granted").as_deref()),
        (None, Some("500"))
    );
    let shown = text(&settlement, &read);
    assert!(shown.contains("자부담이 집행보다 먼저") && !shown.contains("나누지 않은 금액"), "{shown}");
}

#[test]
fn a_mixture_has_no_difference_in_any_sum() {
    let plan = "id,title,planned_cost,account\n1,one,100,여비\n2,two,200,여비\n";
    let year = "[files]\naccount_lines = [\"lines.csv\"]\nplan_items = [\"plan.csv\"]\nperformance = [\"done.csv\"]\n\
                [[account]]\npath = \"여비\"\n";
    let lines = format!("{HEADER}2025-01-02,여비,disbursement,90,,,1\n2025-01-02,여비,disbursement,7,,,\n");
    let done = "id,title,item,reported_cost\nR,r,2,150\n";
    let files: [(&str, &[u8]); 3] =
        [("2025/lines.csv", lines.as_bytes()), ("2025/plan.csv", plan.as_bytes()), ("2025/done.csv", done.as_bytes())];
    let read = Book::with(year, &files).read();
    for (report, row) in [("diff", "계"), ("diff", "(items)"), ("diff-by-account", "여비"), ("diff-by-account", "계")]
    {
        assert_eq!(amount(&page(&read, report), row, "difference"), None, "{report} {row}");
    }
}

#[test]
fn a_change_of_a_part_that_is_pooled_is_no_change() {
    let chart = ["여비", "여비/국내"];
    let lines = |won: u32, pooled: &str| {
        format!(
            "date,account,kind,amount\n{pooled}2025-01-02,여비/국내,grant,{won}\n2025-02-02,여비/국내,disbursement,40\n"
        )
    };
    let old = Book::of(&chart, lines(10, "2025-01-02,여비,grant,100\n")).read();
    let new = Book::of(&chart, lines(100, "")).read();
    let side = |read: &Everything| report::Side { books: read.books, tally: Box::leak(Box::new(read.tally.clone())) };
    let paper = report::Paper::of(&new.books.year.presentation);
    let years = report::years(side(&old), side(&new), Term::Granted, paper);
    assert_eq!(amount(&years, "여비", "change").as_deref(), Some("-10"));
    assert_eq!(amount(&years, "여비/국내", "earlier").as_deref(), Some("10"));
    assert_eq!(amount(&years, "여비/국내", "change"), None, "part of the pool may have been its own");
}
