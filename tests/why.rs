//! Why every cell of every report says what it says: down to the lines, or to the place in a file, and to the won.

mod support;

use proptest::prelude::*;
use rust_decimal::Decimal;
use std::num::NonZeroUsize;
use support::{Book, CHART, Everything, SOUND, root};
use wego_ledger::ledger::{Books, GrantMode, Line, Measure, Sign, Sink, Slice};
use wego_ledger::money::{self, Money, Signs, Unit};
use wego_ledger::read;
use wego_ledger::report::{self, Asked, Layout, Paper, Settlement, Side, Trail};
use wego_ledger::source::Span;
use wego_ledger::table::{Cell, Page, Proportion, Step, Table, Value, Why};

/// Reads the lines again for many slices at once.
struct Sums<'a> {
    books: &'a Books,
    slices: &'a [Slice],
    sums: Vec<Option<Money>>,
}

impl Sink for Sums<'_> {
    fn line(&mut self, line: &Line<'_>) {
        for (slice, sum) in self.slices.iter().zip(&mut self.sums) {
            if let Some(share) = slice.share(self.books, line) {
                *sum = Some(sum.unwrap_or_default() + share);
            }
        }
    }
    fn merge(&mut self, _: Self) {}
}

/// What a page claims: amounts that lines add up to, and amounts that stand in a file.
#[derive(Default)]
struct Claims {
    summed: Vec<(usize, Slice, Money)>,
    read: Vec<(usize, Span, Money)>,
}

impl Claims {
    /// Takes what a reason claims, and holds what it works out itself.
    fn take(&mut self, amount: Money, why: &Why, book: usize, at: &str) {
        match why {
            Why::Summed(slice) => self.summed.push((book, *slice, amount)),
            Why::Read(span) => self.read.push((book, *span, amount)),
            Why::Worked(steps) => {
                let signed = steps.iter().map(|(sign, step)| match sign {
                    Sign::Plus => step.amount,
                    Sign::Minus => -step.amount,
                });
                assert_eq!(amount, signed.sum(), "{at}: {why:?}");
                steps.iter().for_each(|(_, step)| self.step(step, book, at));
            }
            Why::Divided(division) => {
                self.step(&division.whole, book, at);
                let number = |money: Money| Decimal::try_from(money).expect("it fits");
                let weights: Vec<Decimal> = division
                    .weights
                    .iter()
                    .map(|(_, weight)| match weight {
                        Proportion::Share(share) => share.of_one(),
                        Proportion::Amount(money) => number(*money),
                        Proportion::All => Decimal::ONE,
                    })
                    .collect();
                // The part is within a won of its exact share; that all parts meet the whole is the columns' law.
                let all: Decimal = weights.iter().sum();
                let share = number(division.whole.amount) / all * weights[division.place];
                assert!((number(amount) - share).abs() < Decimal::new(101, 2), "{at}: {amount} is not {share}");
            }
            Why::Rounded(cut) => {
                assert!(amount <= cut.0.amount.max(Money::ZERO), "{at}: a rule only cuts");
                self.step(&cut.0, book, at);
            }
            Why::Elsewhere(other, why) => self.take(amount, why, *other, at),
            Why::NoLines => assert_eq!(amount, Money::ZERO, "{at}: an amount of no lines"),
            Why::Label | Why::PartOf(_) | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => {
                panic!("{at}: an amount has a reason, not {why:?}")
            }
        }
    }

    fn step(&mut self, step: &Step, book: usize, at: &str) {
        self.take(step.amount, &step.why, book, at);
    }

    fn cell(&mut self, cell: &Cell, at: &str) {
        match &cell.value {
            Value::Money { exact, .. } => self.take(*exact, &cell.why, 0, at),
            Value::Rate { exact, .. } => {
                let (parts, book) = match &cell.why {
                    Why::PartOf(parts) => (parts, 0),
                    Why::Elsewhere(book, why) => match why.as_ref() {
                        Why::PartOf(parts) => (parts, *book),
                        _ => panic!("{at}: {why:?}"),
                    },
                    why => panic!("{at}: {why:?}"),
                };
                assert_eq!((exact.part(), exact.whole()), (parts.0.amount, parts.1.amount), "{at}");
                self.step(&parts.0, book, at);
                self.step(&parts.1, book, at);
            }
            Value::Blank => {
                let said = matches!(
                    cell.why,
                    Why::Label | Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable
                );
                assert!(said, "{at}: nothing, because {:?}", cell.why);
            }
            Value::Text(_) | Value::Said(_) | Value::Count(_) | Value::Dates(..) => {}
        }
    }

    /// Reads lines and files again.
    fn hold(&self, books: &[&Books], name: &str) {
        for (n, one) in books.iter().enumerate() {
            let of = |book: usize| book == n;
            let claims: Vec<_> = self.summed.iter().filter(|(book, ..)| of(*book)).collect();
            let slices: Vec<Slice> = claims.iter().map(|(_, slice, _)| *slice).collect();
            let sink = || Sums { books: one, slices: &slices, sums: vec![None; slices.len()] };
            let (sums, _) = read::lines(one, NonZeroUsize::MIN, sink).expect("it was read before");
            for ((_, slice, amount), sum) in claims.iter().zip(sums.sums) {
                assert_eq!(Some(*amount), sum, "{name}: {slice:?}");
            }
            let claims: Vec<_> = self.read.iter().filter(|(book, ..)| of(*book)).collect();
            let spans: Vec<Span> = claims.iter().map(|(_, span, _)| *span).collect();
            let places = one.sources.places(&spans).expect("it was read before");
            // One unit for each file, in which all that is read from it is what it says.
            for path in places.iter().map(|place| place.path.as_str()).collect::<std::collections::BTreeSet<_>>() {
                let here: Vec<_> = claims.iter().zip(&places).filter(|(_, place)| place.path == path).collect();
                let means = |unit: &Unit| {
                    here.iter().all(|((_, _, amount), place)| {
                        let written = &place.text[place.marked.clone()];
                        money::parse(written, *unit, Signs::Allowed).is_ok_and(|read| read.money == *amount)
                    })
                };
                assert!(Unit::ALL.iter().any(means), "{name}: what is read from {path} is not what it says");
            }
        }
    }
}

/// Holds every cell of a page; gives how many figures there were.
fn hold(page: &Page, books: &[&Books], name: &str) -> usize {
    let mut claims = Claims::default();
    for table in page.tables() {
        for row in &table.rows {
            assert_eq!(row.cells.len(), table.columns.len(), "{name} {}", row.key);
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                claims.cell(cell, &format!("{name} {} {}", row.key, column.word.id));
            }
        }
        add_up(table, name);
    }
    claims.hold(books, name);
    claims.summed.len() + claims.read.len()
}

/// What lines may stand for at any account.
const POOLED: [Measure; 7] = [
    Measure::Promised,
    Measure::Granted,
    Measure::OwnFunds,
    Measure::Interest,
    Measure::Recovered,
    Measure::Disallowed,
    Measure::Returned,
];

/// Where the rows below another are all there, and all say an amount, it is their sum.
fn add_up(table: &Table, name: &str) {
    use wego_ledger::table::{Down, Role};
    for (parent, row) in table.rows.iter().enumerate().filter(|(_, row)| row.complete) {
        for (n, column) in table.columns.iter().enumerate() {
            let below: Vec<&Cell> =
                table.rows.iter().filter(|part| part.parent == Some(parent)).map(|part| &part.cells[n]).collect();
            let all = !below.is_empty() && below.iter().all(|cell| cell.money().is_some());
            if column.role == Role::Amount && column.down == Down::Adds && all {
                let sum: Money = below.iter().filter_map(|cell| cell.money()).sum();
                // What may be booked above a leaf is in the sum alone; nothing else is.
                let pooled = column.term.is_some_and(|term| {
                    [GrantMode::Advance, GrantMode::Deposit].into_iter().any(|mode| {
                        let formula = term.formula(mode);
                        formula.iter().any(|(_, measure)| POOLED.contains(measure))
                    })
                });
                // A sum that cannot be worked out is blank, and not another.
                let blank = row.cells[n].why == Why::NotDerivable;
                assert!(row.cells[n].money() == Some(sum) || pooled || blank, "{name} {} {}", row.key, column.word.id);
            }
        }
    }
}

fn hold_all(read: &Everything, name: &str) -> usize {
    let mut figures = 0;
    for (report, page) in report::ALL {
        figures += hold(&page(read.books, &read.tally), &[read.books], &format!("{name} {report}"));
    }
    figures
}

#[test]
fn every_cell_of_every_report_of_the_books_that_are_kept_here() {
    for (book, year) in SOUND {
        let read = Everything::of(&root().join(book), year, 1);
        assert!(hold_all(&read, &format!("{book} {year}")) > 100);
    }
}

#[test]
fn every_cell_of_one_year_against_another() {
    for (book, before, now) in [("data", 2015, 2016), ("fixtures/funds", 2022, 2023)] {
        let (old, new) = (Everything::of(&root().join(book), before, 1), Everything::of(&root().join(book), now, 1));
        let side = |read: &'static Everything| Side { books: read.books, tally: &read.tally };
        let (old, new): (&'static Everything, &'static Everything) =
            (Box::leak(Box::new(old)), Box::leak(Box::new(new)));
        for term in wego_ledger::ledger::Term::ALL.into_iter().filter(|term| !term.is_rate()) {
            let paper = Paper::of(&new.books.year.presentation);
            let page = report::years(side(old), side(new), term, paper);
            hold(&page, &[new.books, old.books], book);
        }
    }
}

/// The whole report of a year, with tables of the one before.
#[test]
fn every_cell_of_a_report_of_two_years() {
    use wego_ledger::ledger::Section;
    use wego_ledger::report::{Contents, Reported};
    for (book, before, now) in [("data", 2015, 2016), ("fixtures/funds", 2022, 2023)] {
        let (old, new) = (Everything::of(&root().join(book), before, 1), Everything::of(&root().join(book), now, 1));
        let one = |read: &'static Everything| Reported {
            books: read.books,
            tally: &read.tally,
            printed: &read.tally,
            checks: None,
        };
        let (old, new): (&'static Everything, &'static Everything) =
            (Box::leak(Box::new(old)), Box::leak(Box::new(new)));
        let names = Section::BUILT_IN.map(str::to_owned);
        let every = Contents::named(new.books, &names).expect("the program's own");
        for contents in [every, Contents::of(new.books)] {
            let page = report::council(one(new), Some(one(old)), &contents, Paper::of(&new.books.year.presentation));
            assert!(hold(&page, &[new.books, old.books], book) > 100);
        }
    }
}

const HEADER: &str = "date,account,kind,amount,to,subtype,item,fund\n";
const LEAVES: [&str; 4] = ["인건비", "사무관리비/임차료·일반수용비", "사무관리비/사업비", "여비"];

/// A sound line that may name an item and a fund, dated by day, month or year.
fn line() -> impl Strategy<Value = String> {
    let kinds = prop_oneof![
        6 => prop_oneof!["budget,", "disbursement,", "refund,", "commitment,", "commitment_release,", "disallowance,", "allotment,"],
        3 => prop_oneof!["grant@", "grant_cut@", "own_funds@", "interest@", "recovery@", "return@", "grant_decision@"],
        2 => prop_oneof!["carry_in,voted", "carry_in,", "carry_out,committed", "carry_out,continuing", "supplement,", "correction,집행"],
        1 => prop_oneof!["transfer>cross_program", "transfer>within_program", "transfer>reorganisation", "transfer>", "reclassification>"],
    ];
    let date = prop_oneof![
        4 => (1_u32..13, 1_u32..29).prop_map(|(month, day)| format!("2025-{month:02}-{day:02}")),
        2 => (1_u32..13).prop_map(|month| format!("2025-{month:02}")),
        1 => prop_oneof!["2025", "2024-12-30", "2026-01-05"].prop_map(String::from),
    ];
    let named = (prop_oneof!["", "", "1", "2", "3"], prop_oneof!["", "", "a", "b"]);
    ((0..LEAVES.len(), 1..LEAVES.len()), kinds, 1_i64..99_999_999, date, named).prop_map(
        |((from, step), kind, won, date, (item, fund))| {
            let (account, other) = (LEAVES[from], LEAVES[(from + step) % LEAVES.len()]);
            if let Some(kind) = kind.strip_suffix('@') {
                format!("{date},계,{kind},{won},,,{item},{fund}")
            } else if let Some((kind, subtype)) = kind.split_once('>') {
                format!("{date},{account},{kind},{won},{other},{subtype},{item},{fund}")
            } else {
                let (kind, subtype) = kind.split_once(',').expect("a literal");
                format!("{date},{account},{kind},{won},,{subtype},{item},{fund}")
            }
        },
    )
}

const PLAN: &[u8] = b"id,task,title,program,planned_cost,account,funding\n\
    1,A,one,p,1000,\xEC\x97\xAC\xEB\xB9\x84,own\n2,A,two,p,,,mixed\n3,,three,,777,,external\n";
const RECORDS: &[u8] = b"id,title,item,program,reported_cost\nR1,r,1,,900\nR2,s,,q,50\nR3,t,,,\n";

fn funded(lines: &[String], shares: &str, mode: &str) -> Book {
    let accounts: String = CHART.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
    let (a, b) = match shares {
        "declared" => ("share = \"60%\"\n", "share = \"25%\"\nreturn_rounding = \"floor-10-won\"\n"),
        "half" => ("share = \"60%\"\n", ""),
        _ => ("", ""),
    };
    let year = format!(
        "grant_mode = \"{mode}\"\n[files]\naccount_lines = [\"lines.csv\"]\nplan_items = [\"plan.csv\"]\nperformance = [\"done.csv\"]\n\
         {accounts}[[fund]]\nid = \"a\"\n{a}[[fund]]\nid = \"b\"\n{b}"
    );
    let text = format!("{HEADER}{}\n", lines.join("\n"));
    Book::with(&year, &[("2025/lines.csv", text.as_bytes()), ("2025/plan.csv", PLAN), ("2025/done.csv", RECORDS)])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_of_every_report_of_made_up_books(
        lines in proptest::collection::vec(line(), 0..40),
        shares in prop_oneof!["declared", "half", "none"],
        mode in prop_oneof!["advance", "deposit"],
    ) {
        let book = funded(&lines, &shares, &mode);
        let read = book.read();
        prop_assert_eq!(read.codes(), [] as [&str; 0]);
        hold_all(&read, "made up");
    }

    /// Whatever rows are made of, they come to the same.
    #[test]
    fn every_axis_comes_to_the_same_totals(lines in proptest::collection::vec(line(), 0..40)) {
        let book = funded(&lines, "none", "advance");
        let read = book.read();
        let total = |report: &str, column: &str| {
            let (_, page) = report::ALL.iter().find(|(name, _)| *name == report).expect("a report");
            let page = page(read.books, &read.tally);
            let table = page.tables().next().expect("a table").clone();
            let n = table.columns.iter().position(|one| one.word.id == column).expect("a column");
            let row = table.rows.iter().find(|row| row.key == report::ROOT_KEY).expect("a total");
            let parts: Money = {
                let root = table.rows.iter().position(|row| row.key == report::ROOT_KEY);
                table.rows.iter().filter(|row| row.parent == root).filter_map(|row| row.cells[n].money()).sum()
            };
            (row.cells[n].money(), parts)
        };
        let (whole, _) = total("settlement", "disbursed");
        for report in ["diff", "diff-by-account", "diff-by-task", "diff-by-program", "diff-by-fund", "status", "status-by-quarter"] {
            let (sum, parts) = total(report, "disbursed");
            prop_assert_eq!(sum, whole, "{}", report);
            prop_assert_eq!(parts, whole.unwrap_or_default(), "the rows of {}", report);
        }
        let (planned, _) = total("diff", "planned_cost");
        for report in ["diff-by-account", "diff-by-task", "diff-by-program", "plan"] {
            let (sum, parts) = total(report, "planned_cost");
            prop_assert_eq!((sum, Some(parts)), (planned, planned), "{}", report);
        }
    }

    /// What is divided among funds is neither lost nor made.
    #[test]
    fn what_falls_to_the_funds_is_all_there_is(lines in proptest::collection::vec(line(), 0..40), shares in prop_oneof!["declared", "none"]) {
        let book = funded(&lines, &shares, "advance");
        let read = book.read();
        let (_, page) = report::ALL.iter().find(|(name, _)| *name == "return").expect("a report");
        let page = page(read.books, &read.tally);
        let Some(funds) = page.tables().find(|table| table.id == "funds") else { return Ok(()) };
        let settlement = Settlement::of(read.books, &read.tally).page(&Layout {
            columns: wego_ledger::ledger::Term::ALL.map(|term| (term, None)).to_vec(),
            ..Layout::of(&read.books.year.presentation)
        });
        let settled = settlement.tables().next().expect("a table");
        let root = settled.rows.iter().find(|row| row.key == report::ROOT_KEY).expect("a total");
        for id in ["disbursed", "interest", "recovered", "returned"] {
            let at = |table: &Table| table.columns.iter().position(|column| column.word.id == id).expect("a column");
            let total = funds.rows.first().expect("a total").cells[at(funds)].clone();
            // Shares that cannot be divided by leave the cell blank, and say so.
            if total.why != Why::NotDerivable {
                let expected = root.cells[at(settled)].money();
                prop_assert_eq!(total.money().unwrap_or_default(), expected.unwrap_or_default(), "{}", id);
            }
        }
    }
}

/// Every figure of every report, explained: the lines that are listed add up to it.
#[test]
fn an_explanation_of_every_figure_adds_up_to_it() {
    let read = Everything::of(&root().join("fixtures/funds"), 2023, 1);
    let mut explained = 0;
    for (report, page) in report::ALL {
        let page = page(read.books, &read.tally);
        for table in page.tables() {
            for row in &table.rows {
                for (column, cell) in table.columns.iter().zip(&row.cells) {
                    let figure = match &cell.value {
                        Value::Money { exact, .. } => *exact,
                        Value::Rate { exact, .. } => exact.part(),
                        _ => continue,
                    };
                    let at = format!("{report} {} {}", row.key, column.word.id);
                    let asked = Asked::of(row.name(), cell.clone(), &[read.books]);
                    let slices = report::slices(std::slice::from_ref(&asked), 0);
                    let jobs = NonZeroUsize::new(2).expect("two");
                    let (trail, _) =
                        read::lines(read.books, jobs, || Trail::new(read.books, &slices, NonZeroUsize::new(2)))
                            .expect("it can be read");
                    let paper = Paper::of(&read.books.year.presentation);
                    let shown =
                        report::trail(vec![asked], vec![trail], &[read.books], paper).expect("places can be found");
                    let (mut tree, mut lists) = (None, Vec::new());
                    for table in shown.tables() {
                        match table.id.strip_prefix("lines-") {
                            Some(_) => lists.push(table),
                            None => tree = Some(table),
                        }
                    }
                    for list in &lists {
                        let effect = list.columns.len() - 1;
                        let (sum, lines) = list.rows.split_last().expect("a sum");
                        let lines: Money = lines.iter().filter_map(|row| row.cells[effect].money()).sum();
                        assert_eq!(sum.cells[effect].money(), Some(lines), "{at}");
                    }
                    match (tree, lists.as_slice()) {
                        (Some(tree), _) => {
                            let first = &tree.rows[0].cells[2];
                            // Of a rate the root is blank, and the part stands below it.
                            let root = first.money().or_else(|| tree.rows[1].cells[2].money());
                            assert_eq!(root, Some(figure), "{at}");
                            add_up(tree, &at);
                        }
                        (None, [only]) => {
                            let effect = only.columns.len() - 1;
                            let sum = only.rows.last().and_then(|row| row.cells[effect].money());
                            assert_eq!(sum, Some(figure), "{at}");
                        }
                        (None, lists) => panic!("{at}: {} lists and no tree", lists.len()),
                    }
                    explained += 1;
                }
            }
        }
    }
    assert!(explained > 600, "only {explained} figures were explained");
}

/// The same of parts of a year: as of a day, of one account, of one item.
#[test]
fn every_cell_of_a_part_of_a_year() {
    use wego_ledger::ledger::{AccountId, Date, Found, ItemId};
    use wego_ledger::report::{Columns, Period, Standing, View};
    use wego_ledger::tally::Tally;
    let read = Everything::of(&root().join("fixtures/funds"), 2023, 1);
    let books = read.books;
    let account = match books.accounts.find("사업비") {
        Some(Found::Exactly(id)) => id,
        other => panic!("{other:?}"),
    };
    let days = [None, Date::day(2023, 6, 15), Date::day(2022, 12, 31), Date::day(2023, 12, 31)];
    for day in days.map(|date| date.map(Date::last)) {
        let tally = || Tally::of_everything(books).as_of(day);
        let (tally, _) = read::lines(books, NonZeroUsize::MIN, tally).expect("it can be read");
        for (name, page) in report::ALL {
            hold(&page(books, &tally), &[books], &format!("{name} as of {day:?}"));
        }
        for (account, item, columns) in [
            (account, None, Columns::SoFar),
            (AccountId::ROOT, Some(ItemId(0)), Columns::Each),
            (AccountId::ROOT, None, Columns::SoFar),
        ] {
            let view =
                View { period: Period::Quarter, standing: Standing::Account, account, item, depth: Some(1), columns };
            let tally = || Tally::of_everything(books).as_of(day).within(view.account, view.scope());
            let (tally, _) = read::lines(books, NonZeroUsize::MIN, tally).expect("it can be read");
            let page = report::status(books, &tally, view, Paper::of(&books.year.presentation));
            hold(&page, &[books], &format!("status of {view:?} as of {day:?}"));
        }
    }
}

/// What the settlement says is due is what the return says, wherever the settlement says anything.
#[test]
fn the_settlement_and_the_return_say_one_figure() {
    let mut said = 0;
    for (book, year) in [
        ("data", 2015),
        ("fixtures/small", 2025),
        ("fixtures/won", 2024),
        ("fixtures/funds", 2023),
        ("fixtures/deposit", 2024),
    ] {
        let read = Everything::of(&root().join(book), year, 1);
        let settlement = Settlement::of(read.books, &read.tally);
        let due = settlement.amount(wego_ledger::ledger::AccountId::ROOT, wego_ledger::ledger::Term::ReturnDue);
        let (_, page) = report::ALL.iter().find(|(name, _)| *name == "return").expect("a report");
        let page = page(read.books, &read.tally);
        let steps = page.tables().next().expect("a table");
        let row = steps.rows.iter().find(|row| row.key == "return_due").expect("a row");
        if let Some(due) = due {
            assert_eq!(row.cells[1].money(), Some(due), "{book}");
            said += 1;
        }
    }
    assert_eq!(said, 3, "funds and own funds are left to the return");
}
