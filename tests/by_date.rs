//! Rules by date accuse where every choice of days is broken and nowhere else: a little model that knows nothing of the
//! program tries them all. And very many bad lines give a bounded report.

mod support;

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use support::Book;
use wego_ledger::check::{self, Beside};
use wego_ledger::finding::{Finding, Findings, Severity};
use wego_ledger::ledger::Books;
use wego_ledger::read;

const HEADER: &str = "date,account,kind,amount,to,ref,of\n";

/// Everything that a check finds in the year 2025 of a book.
fn found(book: &Path, jobs: usize) -> (&'static Books, Findings) {
    let (books, findings) = read::open(book, 2025).expect("the book can be opened");
    let books: &'static Books = Box::leak(Box::new(books));
    let jobs = NonZeroUsize::new(jobs).expect("one at least");
    let check::Ran { mut findings, waited, .. } =
        check::check(books, findings, jobs, None).expect("its lines can be read");
    read::locate(books, &mut findings, u64::MAX).expect("they were read before");
    check::settle(books, &mut findings, &waited, Beside::Nothing).expect("they were read before");
    findings.sort();
    (books, findings)
}

/// The two leaves of the little chart, and the whole.
const ACCOUNTS: [&str; 3] = ["인건비", "여비", "계"];
const WHOLE: usize = 2;

/// Where the budget binds.
#[derive(Clone, Copy, Debug)]
enum Binds {
    Leaf,
    Root,
}

fn book_of(binds: Binds, rows: &[String]) -> Book {
    let control = match binds {
        Binds::Leaf => "leaf",
        Binds::Root => "root",
    };
    let year = format!(
        "budget_control = \"{control}\"\n[files]\naccount_lines = [\"lines.csv\"]\n[[account]]\npath = \"인건비\"\n[[account]]\npath = \"여비\"\n"
    );
    Book::with(&year, &[("2025/lines.csv", format!("{HEADER}{}", rows.concat()).as_bytes())])
}

/// When a line is dated, of a year in which everything happens in February.
#[derive(Clone, Copy, Debug)]
enum When {
    Day(u32),
    Month,
    Year,
}

impl When {
    /// All the days that it may mean; days before February are as good as one, and so are those after it.
    fn days(self) -> Vec<u32> {
        match self {
            When::Day(day) => vec![day],
            When::Month => (1..=28).collect(),
            When::Year => (0..=29).collect(),
        }
    }

    fn text(self) -> String {
        match self {
            When::Day(day) => format!("2025-02-{day:02}"),
            When::Month => "2025-02".to_owned(),
            When::Year => "2025".to_owned(),
        }
    }
}

/// A line of the little model, which knows nothing of the program.
#[derive(Clone, Debug)]
struct Made {
    when: When,
    kind: &'static str,
    account: usize,
    won: i64,
}

impl Made {
    fn row(&self, n: usize) -> String {
        let to = if self.moves() { ACCOUNTS[1 - self.account] } else { "" };
        let sign = if self.won < 0 { "△" } else { "" };
        format!("{},{},{},{sign}{},{to},N-{n},\n", self.when.text(), ACCOUNTS[self.account], self.kind, self.won.abs())
    }

    fn moves(&self) -> bool {
        matches!(self.kind, "transfer" | "reclassification")
    }

    /// What the line does to each sum of each account: budget, granted, received, paid.
    fn does(&self) -> Vec<(usize, usize, i64)> {
        let (here, there, won) = (self.account, 1 - self.account.min(1), self.won);
        match self.kind {
            "budget" | "supplement" => vec![(here, BUDGET, won)],
            "transfer" => vec![(here, BUDGET, -won), (there, BUDGET, won)],
            "carry_in" => vec![(here, BUDGET, won), (here, RECEIVED, won)],
            "grant" => vec![(here, GRANTED, won), (here, RECEIVED, won)],
            "grant_cut" => vec![(here, GRANTED, -won), (here, RECEIVED, -won)],
            "own_funds" => vec![(here, RECEIVED, won)],
            "disbursement" => vec![(here, PAID, won)],
            "refund" => vec![(here, PAID, -won)],
            "reclassification" => vec![(here, PAID, -won), (there, PAID, won)],
            kind => panic!("{kind}"),
        }
    }
}

const BUDGET: usize = 0;
const GRANTED: usize = 1;
const RECEIVED: usize = 2;
const PAID: usize = 3;

type Sums = [[i64; 4]; 3];

/// The sums of each account by the end of each day on which something happens, the whole with everything below it.
fn course(lines: &[Made], days: &[u32]) -> Vec<Sums> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|n| days[*n]);
    let mut sums = Sums::default();
    let mut ends = Vec::new();
    for (at, n) in order.iter().enumerate() {
        for (account, sum, won) in lines[*n].does() {
            sums[account][sum] += won;
            if account != WHOLE {
                sums[WHOLE][sum] += won;
            }
        }
        if order.get(at + 1).is_none_or(|next| days[*next] != days[*n]) {
            ends.push(sums);
        }
    }
    ends
}

/// Every choice of days for the lines, one after another.
fn choices(lines: &[Made]) -> Vec<Vec<u32>> {
    lines.iter().fold(vec![Vec::new()], |all, line| {
        let days = line.when.days();
        all.iter().flat_map(|chosen| days.iter().map(|day| [chosen.as_slice(), &[*day]].concat())).collect()
    })
}

/// What ought to be found: rules by their accounts, with the severity.
fn ought(binds: Binds, lines: &[Made]) -> BTreeMap<(&'static str, &'static str), Severity> {
    let courses: Vec<Vec<Sums>> = choices(lines).iter().map(|days| course(lines, days)).collect();
    let always = |broken: &dyn Fn(&Sums) -> bool| courses.iter().all(|course| course.iter().any(broken));
    let end = courses[0].last().copied().unwrap_or_default();
    let touches = |account: usize, sum: usize| {
        lines.iter().any(|line| line.does().iter().any(|(a, s, _)| (*a, *s) == (account, sum)))
    };
    let anywhere = |sum: usize| (0..3).any(|account| touches(account, sum));
    let cut = |account: usize| {
        let own: i64 = lines
            .iter()
            .flat_map(Made::does)
            .filter(|(a, s, _)| (*a, *s) == (account, GRANTED))
            .map(|(.., won)| won)
            .sum();
        own < 0
    };
    let mut ought = BTreeMap::new();
    for leaf in 0..2 {
        if always(&|sums| sums[leaf][BUDGET] < 0) {
            ought.insert(("WL403", ACCOUNTS[leaf]), Severity::Error);
        }
        if anywhere(RECEIVED) && !touches(WHOLE, RECEIVED) && always(&|sums| sums[leaf][PAID] > sums[leaf][RECEIVED]) {
            ought.insert(("WL407", ACCOUNTS[leaf]), Severity::Warning);
        }
    }
    if anywhere(RECEIVED) && always(&|sums| sums[WHOLE][PAID] > sums[WHOLE][RECEIVED]) {
        ought.insert(("WL406", ACCOUNTS[WHOLE]), Severity::Error);
    }
    for account in 0..3 {
        let held = match (binds, account) {
            (Binds::Root, WHOLE) => true,
            (Binds::Leaf, 0 | 1) => !touches(WHOLE, GRANTED),
            _ => false,
        };
        let own = touches(account, GRANTED);
        let looked = (held || own) && (account == WHOLE || !cut(WHOLE));
        if !looked || !anywhere(BUDGET) {
            continue;
        }
        let over = |sums: &Sums| sums[account][GRANTED] > sums[account][BUDGET].max(0);
        if over(&end) {
            ought.insert(("WL404", ACCOUNTS[account]), Severity::Error);
        } else if always(&over) {
            ought.insert(("WL404", ACCOUNTS[account]), Severity::Warning);
        }
    }
    ought
}

fn made() -> impl Strategy<Value = Made> {
    let when = prop_oneof![3 => (1_u32..5).prop_map(When::Day), 1 => Just(When::Month), 1 => Just(When::Year)];
    let kind = prop_oneof![
        3 => Just("budget"), 1 => Just("supplement"), 3 => Just("transfer"), 1 => Just("carry_in"),
        3 => Just("grant"), 1 => Just("grant_cut"), 1 => Just("own_funds"),
        3 => Just("disbursement"), 1 => Just("refund"), 2 => Just("reclassification"),
    ];
    (when, kind, 0_usize..3, -4_i64..6).prop_map(|(when, kind, account, won)| {
        let pooled = matches!(kind, "grant" | "grant_cut" | "own_funds");
        let account = if pooled { account } else { account % 2 };
        let won = if kind == "supplement" { won } else { won.abs() };
        Made { when, kind, account, won }
    })
}

/// Few enough coarse dates that every choice of days can be tried.
fn little_year() -> impl Strategy<Value = Vec<Made>> {
    let coarse = |line: &&Made| !matches!(line.when, When::Day(_));
    proptest::collection::vec(made(), 1..8)
        .prop_filter("too many choices of days", move |lines| lines.iter().filter(coarse).count() <= 2)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn rules_by_date_find_what_every_choice_of_days_breaks(lines in little_year(), root in any::<bool>()) {
        let binds = if root { Binds::Root } else { Binds::Leaf };
        let rows: Vec<String> = lines.iter().enumerate().map(|(n, line)| line.row(n)).collect();
        let book = book_of(binds, &rows);
        let (_, findings) = found(book.path(), 1);
        let ours = findings.iter().filter(|finding| ["WL403", "WL404", "WL406", "WL407"].contains(&finding.code.id));
        let found: BTreeMap<(&str, &str), Severity> =
            ours.map(|finding| ((finding.code.id, finding.about.as_deref().unwrap_or_default()), finding.severity)).collect();
        let ought = ought(binds, &lines);
        prop_assert_eq!(found, ought, "{:?} {:?}", binds, rows);
    }
}

/// Two hundred thousand lines of which each is wrong in a way of its own: few are kept, all are counted.
#[test]
fn very_many_bad_lines_give_a_bounded_report() {
    let bad = [
        "2025-13-01,여비,집행,1,,,\n",
        "2025-01-01,여비,집핸,1,,,\n",
        "2025-01-01,여비,집행,1x,,,\n",
        "2025-01-01,여피,집행,1,,,\n",
    ];
    let rows: String = bad.concat().repeat(50_000);
    let year = "[files]\naccount_lines = [\"lines.csv\"]\n[[account]]\npath = \"여비\"\n";
    let book = Book::with(year, &[("2025/lines.csv", format!("{HEADER}{rows}").as_bytes())]);
    let (_, mut findings) = found(book.path(), 1);
    findings.shorten(100);
    assert_eq!(findings.count(Severity::Error), 200_000);
    assert!(findings.iter().count() <= 400, "{}", findings.iter().count());
    assert_eq!(findings.refused_lines(), 200_000);
}

/// A year of two accounts with a thousand won each, and these lines.
fn with_lines(year: &str, rows: &str) -> Book {
    let budget = "2025-01-02,인건비,예산,1000,,B1,\n2025-01-02,여비,예산,1000,,B2,\n2025-01-02,계,교부,2000,,G1,\n";
    let chart = "[[account]]\npath = \"인건비\"\n[[account]]\npath = \"여비\"\n";
    let year = format!("[files]\naccount_lines = [\"lines.csv\"]\n{chart}{year}");
    Book::with(&year, &[("2025/lines.csv", format!("{HEADER}{budget}{rows}").as_bytes())])
}

/// What is found by each rule, as code and message.
fn messages(year: &str, rows: &str) -> Vec<(&'static str, String)> {
    let (_, findings) = found(with_lines(year, rows).path(), 1);
    findings.iter().map(|finding| (finding.code.id, finding.message.en.to_string())).collect()
}

#[test]
fn what_is_accepted_everywhere_or_in_a_file_is_accepted_however_often_it_was_found() {
    let copies = "2025-02-01,여비,집행,1,,D1,\n".repeat(700);
    let accepted = |at: &str| {
        let year = format!("[[accept]]\nrule = \"duplicate-row\"\n{at}reason = \"they were seven hundred tickets\"\n");
        let (_, findings) = found(with_lines(&year, &copies).path(), 1);
        findings.count(Severity::Warning)
    };
    assert_eq!(accepted(""), 0);
    assert_eq!(accepted("at = \"lines.csv\"\n"), 0);
    assert_eq!(accepted("at = \"2025/lines.csv\"\n"), 0);
    // A single line beyond those that are kept cannot be told; nobody says that its acceptance is of no use.
    assert_eq!(accepted("at = \"lines.csv:650\"\n"), 699);
}

/// Nobody knows of a finding that is only counted whether it is one of those that are accepted.
#[test]
fn what_is_accepted_one_by_one_is_what_is_kept() {
    let (files, items) = (0..6, 0..480);
    let mut year = "[files]\naccount_lines = [\"lines.csv\"]\nplan_items = [\"p*.csv\"]\n".to_owned();
    let mut plans = vec![("2025/lines.csv".to_owned(), HEADER.to_owned())];
    for file in files {
        let ids: Vec<String> = items.clone().map(|item| format!("{file}-{item}")).collect();
        let rows: String = ids.iter().map(|id| format!("{id},사업 {id},2024-01-01\n")).collect();
        plans.push((format!("2025/p{file}.csv"), format!("id,title,starts\n{rows}")));
        let accepted =
            |id: &String| format!("[[accept]]\nrule = \"WL208\"\nat = \"{id}\"\nreason = \"begun before\"\n");
        year.extend(ids.iter().map(accepted));
    }
    let plans: Vec<(&str, &[u8])> = plans.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let book = Book::with(&format!("{year}[[account]]\npath = \"여비\"\n"), &plans);
    let (_, findings) = found(book.path(), 1);
    let of = |id: &str| id == "WL208";
    let accepted = findings.iter().filter(|finding| of(finding.code.id) && finding.accepted.is_some()).count();
    let counted: u64 = findings.more().filter(|more| of(more.code.id)).map(|more| more.count).sum();
    assert_eq!((accepted as u64, counted), (Findings::KEPT_OF_RULE, 6 * 480 - Findings::KEPT_OF_RULE));
}

#[test]
fn lines_of_the_late_window_are_warnings_however_many_they_are() {
    let rows: String = (0..700).map(|n| format!("2026-01-15,여비,집행,1,,D{n},\n")).collect();
    let (_, findings) = found(with_lines("", &rows).path(), 1);
    assert_eq!(findings.count(Severity::Error), 0);
}

#[test]
fn a_correction_of_a_refund_changes_what_came_back() {
    let paid = "2025-02-01,여비,집행,100,,V1,\n";
    let over = "more came back to `V1` than was paid: disbursed 100 won, refunded";
    let refunds = |rows: &str| messages("", &format!("{paid}{rows}"));
    assert_eq!(refunds("2025-03-01,여비,여입,100,,R1,V1\n"), []);
    assert_eq!(refunds("2025-03-01,여비,여입,150,,R1,V1\n2025-03-02,여비,정정,-50,,C1,R1\n"), []);
    let found = refunds("2025-03-02,여비,정정,11,,C1,R1\n2025-03-01,여비,여입,90,,R1,V1\n");
    assert_eq!(found, [("WL310", format!("{over} 101 won, over by 1 won"))]);
}

#[test]
fn one_slip_that_refunds_two_payments_is_no_copy() {
    let paid = "2025-02-01,여비,집행,100,,V1,\n2025-02-01,여비,집행,100,,V2,\n";
    let back = "2025-03-01,여비,여입,10,,R1,V1\n2025-03-01,여비,여입,10,,R1,V2\n";
    assert_eq!(messages("", &format!("{paid}{back}")), []);
    let found = messages("", &format!("{paid}{back}2025-03-01,여비,여입,10,,R1,V2\n"));
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["WL301"]);
}

#[test]
fn every_line_that_names_an_unknown_number_is_counted() {
    let rows = "2025-03-01,여비,여입,1,,R1,X\n2025-03-02,여비,여입,2,,R2,X\n2025-03-03,여비,여입,3,,R3,X\n";
    let found = messages("", &format!("2025-02-01,여비,집행,100,,V1,\n{rows}"));
    let said = "a `refund` goes back to a number that no `disbursement` has (this line and 2 more): `X`";
    assert_eq!(found, [("WL309", said.to_owned())]);
}

#[test]
fn a_budget_below_zero_is_told_once_and_accuses_no_plan_and_no_grant() {
    // What is granted for the whole is within the budget of the whole.
    let rows = "2025-02-01,여비,추경,-1001,,S1,\n2025-02-01,인건비,추경,1001,,S2,\n";
    let found = messages("", rows);
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["WL403"]);
    // The same where each account is granted its own, and this one nothing.
    let budget = "2025-01-02,여비,예산,10,,B1,\n2025-01-03,여비,추경,-11,,S1,\n";
    let (_, findings) = found_in(budget);
    assert_eq!(findings.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["WL403"]);
}

fn found_in(rows: &str) -> (&'static Books, Findings) {
    found(Book::of(&["인건비", "여비"], format!("{HEADER}{rows}")).path(), 1)
}

#[test]
fn a_return_that_cannot_be_divided_is_not_passed_over_in_silence() {
    let funds =
        "[[fund]]\nid = \"a\"\nname = \"A\"\nshare = \"60%\"\n[[fund]]\nid = \"b\"\nname = \"B\"\nshare = \"60%\"\n";
    let book = with_lines(funds, "2025-12-01,여비,집행,100,,V1,\n2025-12-31,계,이자,1,,I1,\n");
    let (books, findings) = read::open(book.path(), 2025).expect("the book can be opened");
    let ran = check::check(&books, findings, NonZeroUsize::MIN, None).expect("its lines can be read");
    assert_eq!(ran.waited.iter().map(|waited| waited.code.id).collect::<Vec<_>>(), ["WL410"]);
}

/// Only what is shown is looked for in its line, and what is shown is the same as if all had been; where a year accepts
/// some, all are, as they may be told by their places.
#[test]
fn only_findings_that_are_shown_are_looked_for() {
    let row = |n: u32| format!("2024-{:02}-03,인건비,집행,1,,D{n},\n2025-03-03,여비,여입,1,,R{n},\n", n % 12 + 1);
    let rows: String = (0..60).map(row).collect();
    for (year, accepts) in
        [("", false), ("[[accept]]\nrule = \"outside-year\"\nat = \"lines.csv:9\"\nreason = \"앎\"\n", true)]
    {
        let book = with_lines(year, &rows);
        let (books, findings) = read::open(book.path(), 2025).expect("the book can be opened");
        let check::Ran { findings, waited, .. } =
            check::check(&books, findings, NonZeroUsize::MIN, None).expect("its lines can be read");
        let in_lines = |findings: &Findings| findings.iter().filter(|finding| finding.field.is_some()).count();
        let mut of_rule: BTreeMap<&str, u64> = BTreeMap::new();
        findings.iter().for_each(|finding| *of_rule.entry(finding.code.id).or_default() += 1);
        assert_eq!((of_rule["WL303"], of_rule["WL308"]), (60, 60), "{of_rule:?}");
        let all_in_lines = in_lines(&findings) as u64;
        for most in [0, 1, 7, 59, 60, 1_000] {
            let shown = |located: u64| {
                let mut findings = findings.clone();
                read::locate(&books, &mut findings, located).expect("they were read before");
                let left = in_lines(&findings);
                check::settle(&books, &mut findings, &waited, Beside::Nothing).expect("they were read before");
                findings.sort();
                findings.shorten(most);
                (findings.iter().cloned().collect::<Vec<_>>(), left)
            };
            let (all, none_left) = shown(u64::MAX);
            let (first, left) = shown(most);
            assert_eq!((first, none_left), (all, 0), "{most}");
            let looked_for = if accepts { all_in_lines } else { of_rule.values().map(|count| most.min(*count)).sum() };
            assert_eq!(left as u64, all_in_lines - looked_for, "{most}");
        }
    }
}

/// However many workers found it: more may be found of a file than is kept, and what is shown is of another.
#[test]
fn what_is_shown_is_looked_for_whoever_found_it() {
    let rows = |count: usize| {
        (0..count).map(|n| format!("2024-02-03,여비,집행,1,,D{n},{}\n", "x".repeat(400))).collect::<String>()
    };
    let header = HEADER.trim_end();
    let files =
        [("2025/a.csv", rows(900)), ("2025/b.csv", rows(120))].map(|(name, rows)| (name, format!("{header}\n{rows}")));
    let year = "[files]\naccount_lines = [\"a.csv\", \"b.csv\"]\n[[account]]\npath = \"여비\"\n";
    let book = Book::with(year, &files.each_ref().map(|(name, text)| (*name, text.as_bytes())));
    let (books, findings) = read::open(book.path(), 2025).expect("the book can be opened");
    for (jobs, most) in [(1, 600), (2, 600), (7, 600), (3, 501), (3, 500), (3, 5_000)] {
        let jobs = NonZeroUsize::new(jobs).expect("some");
        let ran = check::check(&books, findings.clone(), jobs, None).expect("its lines can be read");
        let mut findings = ran.findings;
        read::locate(&books, &mut findings, most).expect("they were read before");
        findings.sort();
        findings.shorten(most);
        let outside: Vec<&Finding> = findings.iter().filter(|finding| finding.code.id == "WL303").collect();
        assert_eq!(outside.len() as u64, most.min(620), "{jobs} {most}");
        assert!(outside.iter().all(|finding| finding.field.is_none() && finding.span.length == 10), "{jobs} {most}");
    }
}
