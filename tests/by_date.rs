//! Rules by date accuse where every choice of days is broken and nowhere else: a little model that knows nothing of the
//! program tries them all. And very many bad lines give a bounded report.

mod support;

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use support::Book;
use wego_ledger::check::{self, Beside};
use wego_ledger::finding::{Findings, Severity};
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
    read::locate(books, &mut findings).expect("they were read before");
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
        let over = |sums: &Sums| sums[account][GRANTED] > sums[account][BUDGET];
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
