//! Rules on lines and plans against slow twins that try everything, in books made up, of a chart with levels.

mod support;

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use support::{Book, Checked, check_years};
use wego_ledger::finding::{Finding, Findings};
use wego_ledger::ledger::{Date, Day};

const HEADER: &str = "date,account,kind,amount,to,subtype,fund,ref,of,memo\n";
const CHART: [&str; 4] = ["나", "다", "다/1", "다/2"];
const LEAVES: [&str; 3] = ["나", "다/1", "다/2"];

/// A book of the chart above, with what its year says and files of lines.
fn book(year: &str, files: &[Vec<String>]) -> Book {
    let accounts: String = CHART.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
    let names: Vec<String> = (0..files.len()).map(|n| format!("2025/{n}.csv")).collect();
    let texts: Vec<String> = files.iter().map(|lines| format!("{HEADER}{}\n", lines.join("\n"))).collect();
    let listed: Vec<String> = (0..files.len()).map(|n| format!("\"{n}.csv\"")).collect();
    let funds = "[[fund]]\nid = \"p\"\nname = { ko = \"도\" }\n[[fund]]\nid = \"q\"\nname = { ko = \"시\" }\n";
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    Book::with(&format!("{year}\n[files]\naccount_lines = [{}]\n{accounts}{funds}", listed.join(", ")), &files)
}

fn checked(book: &Book, jobs: usize) -> Checked {
    check_years(book.path(), jobs).pop().expect("it has a year")
}

fn of<'f>(findings: &'f Findings, code: &'f str) -> impl Iterator<Item = &'f Finding> {
    findings.iter().filter(move |finding| finding.code.id == code)
}

/// What is found of some rules, by what it is about and how bad it is.
fn found(year: &Checked, codes: &[&'static str]) -> BTreeSet<(&'static str, String, &'static str)> {
    let wanted = year.findings.iter().filter(|finding| codes.contains(&finding.code.id));
    let key = |f: &Finding| (f.code.id, f.about.clone().unwrap_or_default(), f.severity.word().id);
    wanted.map(key).collect()
}

// --- by date -----------------------------------------------------------------------------------------------------

/// A line of money, as the oracle of days knows it.
#[derive(Clone, Debug)]
struct Money {
    date: String,
    account: &'static str,
    kind: &'static str,
    amount: i64,
    to: &'static str,
}

impl Money {
    fn row(&self) -> String {
        let Money { date, account, kind, amount, to } = self;
        format!("{date},{account},{kind},{amount},{to},,,,,")
    }

    fn date(&self) -> Date {
        Date::parse(&self.date).expect("a date").date
    }

    /// What it adds to a flow of an account with those below it.
    fn adds(&self, flow: &str, account: &str) -> i64 {
        let own = i64::from(within(self.account, account)) * self.amount;
        let moved = i64::from(within(self.to, account)) * self.amount - own;
        match (flow, self.kind) {
            ("received", "grant" | "own_funds" | "carry_in") => own,
            ("received", "grant_cut") => -own,
            ("granted", "grant") => own,
            ("granted", "grant_cut") => -own,
            ("paid", "disbursement") => own,
            ("paid", "refund") => -own,
            ("paid", "reclassification") => moved,
            ("budget", "budget" | "supplement" | "carry_in") => own,
            ("budget", "transfer") => moved,
            _ => 0,
        }
    }
}

fn within(account: &str, above: &str) -> bool {
    !account.is_empty() && (above == "계" || account == above || account.starts_with(&format!("{above}/")))
}

/// Days that lines may fall on without anything else coming between.
const DAYS: [&str; 9] = [
    "2025-01-01",
    "2025-01-10",
    "2025-01-31",
    "2025-02-01",
    "2025-02-10",
    "2025-02-20",
    "2025-02-28",
    "2025-12-01",
    "2025-12-31",
];

fn money() -> impl Strategy<Value = Money> {
    let kind = prop_oneof![
        4 => Just("budget"), 2 => Just("supplement"), 3 => Just("transfer"), 4 => Just("grant"), 1 => Just("grant_cut"),
        1 => Just("own_funds"), 1 => Just("carry_in"), 4 => Just("disbursement"), 2 => Just("refund"),
        2 => Just("reclassification"),
    ];
    let date = prop_oneof![
        4 => prop::sample::select(vec!["2025-01-10", "2025-02-10", "2025-02-20"]),
        1 => prop::sample::select(vec!["2025-01", "2025-02", "2025"]),
    ];
    (date, 0..LEAVES.len(), 1..LEAVES.len(), kind, -4_i64..8, 0..6).prop_map(|(date, from, step, kind, amount, at)| {
        let pooled = matches!(kind, "grant" | "grant_cut" | "own_funds");
        let account = match at {
            0 if pooled => "계",
            1 if pooled => "다",
            _ => LEAVES[from],
        };
        let moves = matches!(kind, "transfer" | "reclassification");
        let to = if moves { LEAVES[(from + step) % LEAVES.len()] } else { "" };
        let amount = if kind == "supplement" { amount } else { amount.abs() };
        Money { date: date.to_owned(), account, kind, amount, to }
    })
}

/// Some lines, no more than three of which do not know their day.
fn course() -> impl Strategy<Value = Vec<Money>> {
    prop::collection::vec(money(), 1..8).prop_map(|mut lines| {
        let coarse = lines.iter_mut().filter(|line| line.date.len() < 10);
        coarse.skip(3).for_each(|line| line.date = "2025-02-10".to_owned());
        lines
    })
}

/// How one way to give days to lines stands to a ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Kept,
    BrokenBefore,
    BrokenAtTheEnd,
}

/// How a ceiling stands at an account in the way that suits it best, all ways tried.
fn best(lines: &[Money], account: &str, had: &str, went: &str) -> Stands {
    let days: Vec<Day> = DAYS.iter().map(|day| Date::parse(day).expect("a day").date.first()).collect();
    let may: Vec<Vec<Day>> = lines
        .iter()
        .map(|line| {
            days.iter().copied().filter(|day| (line.date().first()..=line.date().last()).contains(day)).collect()
        })
        .collect();
    let ways: usize = may.iter().map(Vec::len).product();
    let stands = (0..ways).map(|mut way| {
        let given: Vec<Day> = may
            .iter()
            .map(|days| {
                let day = days[way % days.len()];
                way /= days.len();
                day
            })
            .collect();
        let short = |day: Day| -> i64 {
            let until = lines.iter().zip(&given).filter(|(_, on)| **on <= day);
            until.map(|(line, _)| line.adds(went, account) - line.adds(had, account)).sum()
        };
        match days.iter().map(|day| short(*day)).collect::<Vec<_>>().as_slice() {
            [.., last] if *last > 0 => Stands::BrokenAtTheEnd,
            all if all.iter().any(|short| *short > 0) => Stands::BrokenBefore,
            _ => Stands::Kept,
        }
    });
    stands.min().unwrap_or(Stands::Kept)
}

/// What the rules by date should find.
fn expected(lines: &[Money], control: &str) -> BTreeSet<(&'static str, String, &'static str)> {
    let mut all = BTreeSet::new();
    let touches = |flow: &str, account: &str| {
        let kinds: &[&str] = match flow {
            "received" => &["grant", "grant_cut", "own_funds", "carry_in"],
            "granted" => &["grant", "grant_cut"],
            _ => &["budget", "supplement", "carry_in", "transfer"],
        };
        lines
            .iter()
            .any(|line| kinds.contains(&line.kind) && (within(line.account, account) || within(line.to, account)))
    };
    let stands_at = |flow: &str, account: &str| {
        let kinds: &[&str] =
            if flow == "granted" { &["grant", "grant_cut"] } else { &["grant", "grant_cut", "own_funds", "carry_in"] };
        lines.iter().any(|line| kinds.contains(&line.kind) && line.account == account)
    };
    let pooled = |flow: &str, account: &str| {
        ["계", "다"].into_iter().any(|above| above != account && within(account, above) && stands_at(flow, above))
    };
    for leaf in LEAVES {
        if best(lines, leaf, "budget", "nothing") != Stands::Kept {
            all.insert(("WL403", leaf.to_owned(), "error"));
        }
    }
    if !touches("received", "계") {
        return all;
    }
    let bound: Vec<&str> = match control {
        "root" => vec!["계"],
        "leaf" => LEAVES.to_vec(),
        _ => vec!["다"],
    };
    let known = |account: &&str| !pooled("received", account);
    for account in bound.iter().copied().filter(known) {
        if best(lines, account, "received", "paid") != Stands::Kept {
            all.insert(("WL406", account.to_owned(), "error"));
        }
    }
    for leaf in LEAVES.into_iter().filter(|leaf| !bound.contains(leaf)).filter(known) {
        if best(lines, leaf, "received", "paid") != Stands::Kept {
            all.insert(("WL407", leaf.to_owned(), "warning"));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nobody is accused where some day of a coarse date would clear them, and everybody is where none would.
    #[test]
    fn rules_by_date_accuse_where_every_way_to_give_days_breaks(
        lines in course(),
        control in prop::sample::select(vec!["root", "leaf", "다"]),
    ) {
        let book = book(&format!("cash_control = \"{control}\""), &[lines.iter().map(Money::row).collect()]);
        let year = checked(&book, 1);
        prop_assert_eq!(found(&year, &["WL403", "WL406", "WL407"]), expected(&lines, control));
    }
}

#[test]
fn on_one_day_money_in_comes_before_money_out() {
    let rows = |rows: &[&str]| vec![rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>()];
    let kept = book("", &rows(&["2025-03-02,나,disbursement,5,,,,,,", "2025-03-02,계,grant,5,,,,,,"]));
    assert_eq!(found(&checked(&kept, 1), &["WL406"]), BTreeSet::new());
    let broken = book("", &rows(&["2025-03-01,나,disbursement,5,,,,,,", "2025-03-02,계,grant,5,,,,,,"]));
    assert_eq!(found(&checked(&broken, 1), &["WL406"]).len(), 1);
}

/// The first day is where somebody has to look; how bad it gets is said, too.
#[test]
fn the_first_day_is_told_and_the_worst() {
    let rows =
        ["2025-03-01,나,disbursement,5,,,,,,", "2025-03-03,나,disbursement,7,,,,,,", "2025-03-04,계,grant,12,,,,,,"];
    let year = checked(&book("", &[rows.map(str::to_owned).to_vec()]), 1);
    let all: Vec<_> = of(&year.findings, "WL406").collect();
    assert_eq!(all.len(), 1);
    let (en, ko) = (&all[0].message.en, &all[0].message.ko);
    assert!(en.ends_with("short by 5 won (at worst by 12 won, by the end of 2025-03-03)"), "{en}");
    assert!(ko.contains("2025-03-01") && ko.ends_with("5원(가장 클 때는 12원, 2025-03-03까지)"), "{ko}");
}

/// What a line takes from one account and gives to another changes nothing where both are within, whatever its day.
#[test]
fn what_stays_within_is_neither_early_nor_late() {
    let rows =
        ["2025-01-05,계,grant,10,,,,,,", "2025-02-05,나,disbursement,11,,,,,,", "2025,나,reclassification,9,다/1,,,,,"];
    let year = checked(&book("", &[rows.map(str::to_owned).to_vec()]), 1);
    assert_eq!(found(&year, &["WL406"]).len(), 1, "moving spending about pays for nothing");
}

// --- the same lines --------------------------------------------------------------------------------------------------

/// A line by its columns, of few values, so that many say the same.
fn twin() -> impl Strategy<Value = Vec<String>> {
    let pick = |all: &[&'static str]| prop::sample::select(all.to_vec());
    let kinds = pick(&["budget", "budget", "disbursement", "disbursement", "grant", "supplement", "correction"]);
    (
        pick(&["2025-03-01", "2025-03-02"]),
        pick(&["나", "다/1"]),
        kinds,
        pick(&["5", "7"]),
        pick(&["disbursement", "budget"]),
        pick(&["", "p", "q"]),
        pick(&["", "", "V-1"]),
        pick(&["", "m"]),
    )
        .prop_map(|(date, account, kind, amount, corrects, fund, number, memo)| {
            let subtype = if kind == "correction" { corrects } else { "" };
            [date, account, kind, amount, "", subtype, fund, number, "", memo].map(str::to_owned).to_vec()
        })
}

/// The lines that say the same as one before them, each compared with each.
fn copies(lines: &[Vec<String>], wanted: impl Fn(&str) -> bool) -> Vec<usize> {
    let same = |a: &[String], b: &[String]| {
        let told_by_number = !a[7].is_empty();
        a[..8] == b[..8] && (told_by_number || a[8..] == b[8..])
    };
    let is_copy = |n: &usize| wanted(&lines[*n][2]) && lines[..*n].iter().any(|before| same(before, &lines[*n]));
    (0..lines.len()).filter(is_copy).collect()
}

/// The lines, from 0 below the header, that findings of a code point at.
fn places(year: &Checked, code: &str) -> Vec<usize> {
    let spans: Vec<_> = of(&year.findings, code).map(|finding| finding.span).collect();
    let places = year.books.sources.places(&spans).expect("the files are there");
    places.iter().map(|place| usize::try_from(place.line).expect("a small number") - 2).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn copies_are_those_that_comparing_each_with_each_finds(lines in prop::collection::vec(twin(), 1..24)) {
        let book = book("", &[lines.iter().map(|line| line.join(",")).collect()]);
        let year = checked(&book, 2);
        let is_budget = |kind: &str| matches!(kind, "budget" | "supplement");
        prop_assert_eq!(places(&year, "WL301"), copies(&lines, |kind| !is_budget(kind)));
        prop_assert_eq!(places(&year, "WL302"), copies(&lines, is_budget));
    }

    /// Refunds, payments and what corrects either, each number asked by itself over all lines.
    #[test]
    fn refunds_exceed_what_adding_up_says(
        lines in prop::collection::vec(
            (
                prop::sample::select(vec!["disbursement", "disbursement", "refund", "refund", "correction"]),
                prop::sample::select(vec!["A", "B", "C"]),
                1_i64..9,
                any::<bool>(),
            ),
            1..12,
        ),
    ) {
        // Corrections go back to a line that is there: a payment's number, or the number of a refund.
        let refunds: BTreeSet<&str> = lines.iter().filter(|line| line.0 == "refund").map(|line| line.1).collect();
        let paid: BTreeSet<&str> = lines.iter().filter(|line| line.0 == "disbursement").map(|line| line.1).collect();
        let (mut rows, mut back, mut out) = (Vec::new(), BTreeMap::<&str, i64>::new(), BTreeMap::<&str, i64>::new());
        for (kind, number, amount, negative) in &lines {
            match *kind {
                "disbursement" => {
                    *out.entry(number).or_default() += amount;
                    rows.push(format!("2025-03-01,나,disbursement,{amount},,,,{number},,"));
                }
                "refund" => {
                    *back.entry(number).or_default() += amount;
                    rows.push(format!("2025-04-01,나,refund,{amount},,,,R{number},{number},"));
                }
                _ => {
                    let amount = if *negative { -amount } else { *amount };
                    let of_refund = refunds.contains(number) && !paid.contains(number) || *negative && refunds.contains(number);
                    if of_refund {
                        *back.entry(number).or_default() += amount;
                        rows.push(format!("2025-05-01,나,correction,{amount},,refund,,,R{number},"));
                    } else if paid.contains(number) {
                        *out.entry(number).or_default() += amount;
                        rows.push(format!("2025-05-01,나,correction,{amount},,disbursement,,,{number},"));
                    }
                }
            }
        }
        prop_assume!(!rows.is_empty());
        let year = checked(&book("", &[rows]), 1);
        let about = |code: &str| of(&year.findings, code).filter_map(|finding| finding.about.clone()).collect::<BTreeSet<_>>();
        let exceeds = refunds.iter().filter(|number| paid.contains(**number) && back[**number] > out[**number]);
        prop_assert_eq!(about("WL310"), exceeds.map(|number| (*number).to_owned()).collect());
        let unknown = refunds.difference(&paid).map(|number| (*number).to_owned());
        prop_assert_eq!(about("WL309"), unknown.collect());
    }

    /// Neither the order of rows, nor files, nor workers change what is found.
    #[test]
    fn order_files_and_workers_change_nothing(
        (lines, mixed) in prop::collection::vec(prop_oneof![money().prop_map(|line| line.row()), twin().prop_map(|line| line.join(","))], 1..30)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        cut in 0_usize..30,
        control in prop::sample::select(vec!["root", "leaf", "다"]),
    ) {
        let year = format!("cash_control = \"{control}\"");
        let said = |files: &[Vec<String>], jobs| {
            let book = book(&year, files);
            let mut said = checked(&book, jobs).said();
            said.sort();
            said
        };
        let once = said(&[lines], 1);
        let (a, b) = mixed.split_at(cut.min(mixed.len()));
        prop_assert_eq!(&said(&[a.to_vec(), b.to_vec()], 4), &once);
        prop_assert_eq!(&said(&[mixed], 3), &once);
    }
}

/// A correction names a refund by its number; where refunds of two payments bear it, nobody knows whose it lowers.
#[test]
fn what_may_lower_either_accuses_neither() {
    let rows = |amount: i64| {
        let rows = [
            "2025-03-01,나,disbursement,5,,,,A,,",
            "2025-03-01,나,disbursement,5,,,,B,,",
            "2025-04-01,나,refund,6,,,,R,A,",
            "2025-04-01,나,refund,6,,,,R,B,",
        ];
        let correction = format!("2025-05-01,나,correction,{amount},,refund,,,R,");
        vec![rows.map(str::to_owned).into_iter().chain([correction]).collect::<Vec<_>>()]
    };
    assert_eq!(found(&checked(&book("", &rows(-1)), 1), &["WL310"]), BTreeSet::new());
    let about = |code| (code, "A".to_owned(), "error");
    assert!(found(&checked(&book("", &rows(1)), 1), &["WL310"]).contains(&about("WL310")));
}

// --- rates -----------------------------------------------------------------------------------------------------------

/// Wherever a year may name a rate; with a basis, none of it is wrong.
#[test]
fn a_rate_without_a_basis_is_found_wherever_it_stands() {
    let rest = "[files]\naccount_lines = [\"l.csv\"]\nprinted = [\"p.csv\"]\n[[account]]\npath = \"나\"\n\
        [presentation]\nsettlement = [\"budget\", \"집행률\"]\n\
        [presentation.columns.execution_rate]\nlabel = \"비율\"\n\
        [[presentation.layout]]\nid = \"x\"\ncolumns = [\"execution_rate\"]\n\
        [[printed]]\naccount = \"계\"\nmeasure = \"execution_rate\"\ntext = \"99.8%\"\n";
    let lines = format!("{HEADER}2025-01-02,나,budget,5,,,,,,\n");
    let files = [("2025/l.csv", lines.as_bytes()), ("2025/p.csv", "과목,예산,집행률\n나,5,99.8\n".as_bytes())];
    let book = Book::with(rest, &files);
    let codes = |book: &Book| checked(book, 1).codes();
    assert!(!codes(&book).contains(&"WL206"), "{:?}", codes(&book));
    book.put("2025/year.toml", format!("[year]\nfiscal_year = 2025\n{rest}").as_bytes());
    assert_eq!(codes(&book), ["WL206"; 5]);
    let year = checked(&book, 1);
    assert!(of(&year.findings, "WL206").all(|finding| finding.way_out.en.contains("`rate_basis`")));
    assert_eq!(year.books.printed.len(), 1, "the other columns of a printed table are read");
}

// --- events ----------------------------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// The sweep names as many as comparing each event with each.
    #[test]
    fn overlaps_are_those_that_comparing_each_with_each_finds(days in prop::collection::vec((1_u32..28, 0_u32..6), 1..12)) {
        let row = |(n, (first, more)): (usize, &(u32, u32))| format!("I{n},일 {n},2025-05-{first:02},2025-05-{:02}\n", (first + more).min(31));
        let items: String = days.iter().enumerate().map(row).collect();
        let year = "[files]\naccount_lines = [\"l.csv\"]\nplan_items = [\"p.csv\"]\n[[account]]\npath = \"나\"\n";
        let items = format!("id,title,starts,ends\n{items}");
        let lines = format!("{HEADER}2025-01-02,나,budget,5,,,,,,\n");
        let book = Book::with(year, &[("2025/p.csv", items.as_bytes()), ("2025/l.csv", lines.as_bytes())]);
        let year = checked(&book, 1);
        let mut order: Vec<usize> = (0..days.len()).collect();
        order.sort_by_key(|n| days[*n].0);
        let mut expected = BTreeMap::new();
        for (at, n) in order.iter().enumerate() {
            let on = order[..at].iter().filter(|before| (days[**before].0 + days[**before].1).min(31) >= days[*n].0).count();
            if on > 0 {
                expected.insert(format!("I{n}"), on);
            }
        }
        let counted = |finding: &Finding| {
            let more = finding.message.en.split(" and ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok());
            (finding.about.clone().unwrap_or_default(), 1 + more.unwrap_or(0))
        };
        prop_assert_eq!(of(&year.findings, "WL209").map(counted).collect::<BTreeMap<_, _>>(), expected);
    }
}

// --- lines in TOML ---------------------------------------------------------------------------------------------------

/// A column that a line does not have leaves its finding at the line; one that it has is pointed at, in TOML, too.
#[test]
fn findings_point_at_the_keys_of_a_toml_line() {
    let year = "[files]\naccount_lines = [\"l.toml\"]\n[[account]]\npath = \"나\"\n[[account]]\npath = \"다\"\n";
    let lines = "[[line]]\ndate = 2026-03-01\naccount = \"나\"\nkind = \"transfer\"\nto = \"다\"\namount = \"5\"\n";
    let book = Book::with(year, &[("2025/l.toml", lines.as_bytes())]);
    let year = checked(&book, 1);
    let place = |code: &str| {
        let spans: Vec<_> = of(&year.findings, code).map(|finding| finding.span).collect();
        let place = year.books.sources.places(&spans).expect("the file is there").remove(0);
        (place.line, place.text[place.marked].to_owned())
    };
    assert_eq!(place("WL305"), (2, "2026-03-01".to_owned()));
    assert_eq!(place("WL306").0, 1);
}

// --- many ------------------------------------------------------------------------------------------------------------

/// Every line is wrong in several ways, and none of them is refused: what is kept stays small, what is counted is whole.
#[test]
fn many_bad_lines_stay_bounded() {
    const MANY: u64 = 50_000;
    let rows = (0..MANY).map(|n| {
        let account = LEAVES[usize::try_from(n % 3).expect("small")];
        match n % 2 {
            0 => format!("2026-05-01,{account},refund,{n},,,,,X-{n},"),
            _ => "2026-06-01,나,transfer,1,다/1,,,,,".to_owned(),
        }
    });
    let year = checked(&book("", &[rows.collect()]), 2);
    let kept = year.findings.iter().count() as u64;
    assert!(kept <= Findings::KEPT * 8, "{kept} findings are kept");
    let counts: BTreeMap<&str, u64> =
        year.findings.more().map(|more| (more.code.id, more.count + Findings::KEPT)).collect();
    // Half are refunds after the year whose numbers nothing bears, half are transfers after it, the same but the first.
    let half = MANY / 2;
    let expected = [("WL301", half - 1), ("WL305", half), ("WL306", half), ("WL307", half), ("WL309", half)];
    assert_eq!(counts, BTreeMap::from(expected));
}

#[test]
fn what_is_found_does_not_depend_on_how_many_read_a_file() {
    let line = |n: usize| match n {
        _ if n % 7 == 3 => format!("2025-01-02,다/{n},disbursement,{n},,,p,v{n},,모르는 과목"),
        _ if n.is_multiple_of(501) => format!("2025-01-02,나,disbursement,1.{n}.1,,,p,v{n},,틀린 금액"),
        _ if n.is_multiple_of(97) => format!("2025-01-02,나,disbursement,\"{n},000\",,,p,v{n},,\"두\n줄, 따옴표\""),
        _ if n.is_multiple_of(3_001) => format!("2025-01-02,나,disbursement,1,,,p,v{n},,\"열린 따옴표"),
        _ => format!("2025-{:02}-02,{},disbursement,{n},,,p,v{},,비고 {n}", n % 12 + 1, LEAVES[n % 3], n % 15_000),
    };
    let lines: Vec<String> = (1..30_000).map(line).collect();
    let book = book("", &[lines]);
    let told = |jobs: usize| {
        let year = checked(&book, jobs);
        let all: Vec<String> = year.findings.iter().map(|finding| format!("{finding:?}")).collect();
        let more: Vec<String> = year.findings.more().map(|more| format!("{more:?}")).collect();
        (all, more, year.findings.refused_lines())
    };
    let alone = told(1);
    assert!(alone.0.len() > 500 && alone.1.iter().any(|more| more.contains("WL127")), "{:?}", alone.1);
    assert!(alone.2 > 4_000, "{}", alone.2);
    for jobs in [2, 3, 8] {
        assert!(told(jobs) == alone, "{jobs} workers tell otherwise than one");
    }
}

/// An id is taken whichever file of records has it; and what is near a missing file's name is told where it is a file.
#[test]
fn ids_are_one_among_all_files_and_only_files_are_near() {
    let year = "[files]\naccount_lines = [\"lines.csv\", \"년-줄.csv\", \"지난해 이월-명세.csv\"]\nperformance = [\"a.csv\", \"b.csv\"]\n[[account]]\npath = \"나\"\n";
    let records = |ids: &[&str]| {
        let rows: String = ids.iter().map(|id| format!("{id},t,1\n")).collect();
        format!("id,title,reported_cost\n{rows}")
    };
    let (a, b) = (records(&["R1", "R2"]), records(&["R3", "R1"]));
    let files = [
        ("lines.csv", HEADER),
        ("년_줄.csv", HEADER),
        ("지난해 이월_명세.csv/x.csv", HEADER),
        ("a.csv", &a),
        ("b.csv", &b),
    ];
    let named = files.map(|(name, text)| (format!("2025/{name}"), text));
    let book = Book::with(year, &named.each_ref().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let read = book.read();
    let ways: Vec<&str> = of(&read.findings, "WL106").map(|finding| finding.way_out.en.as_str()).collect();
    let [near, far] = ways.as_slice() else { panic!("{ways:?}") };
    assert_eq!(*near, "did you mean `년_줄.csv`?");
    assert!(far.starts_with("put the file into `"), "{far}");
    let taken: Vec<&str> = of(&read.findings, "WL203").map(|finding| finding.message.en.as_str()).collect();
    assert_eq!(taken, ["this id is taken: `R1`"]);
    let kept: Vec<&str> = read.books.performances.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(kept, ["R1", "R2", "R3"]);
}
