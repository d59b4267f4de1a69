//! What holds for every book: properties over made-up ones, and the bugs of other tools as laws of this one.

mod support;

use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use std::num::NonZeroUsize;
use support::{Book, CHART, Everything, rendered, table};
use unicode_width::UnicodeWidthStr;
use wego_ledger::ledger::{AccountId, Books, Slice, Term};
use wego_ledger::money::{self, Figure, Money, Rate, Rounding, Signs, Unit};
use wego_ledger::read;
use wego_ledger::render::Format;
use wego_ledger::report::{self, Layout, Settlement};
use wego_ledger::table::{Cell, Page, Shown, Value, Why};

const HEADER: &str = "date,account,kind,amount,to,subtype\n";
const LEAVES: [&str; 4] = ["인건비", "사무관리비/임차료·일반수용비", "사무관리비/사업비", "여비"];

/// One sound line.
fn line() -> impl Strategy<Value = String> {
    let leaf = (0..LEAVES.len(), 1..LEAVES.len());
    let kinds = prop_oneof![
        4 => prop_oneof!["budget", "grant", "disbursement", "refund", "commitment", "own_funds", "disallowance"],
        1 => prop_oneof!["transfer", "reclassification"],
        1 => prop_oneof!["interest", "grant", "return", "recovery"].prop_map(|kind| format!("{kind}@")),
        1 => Just("correction".to_owned()),
        1 => Just("supplement".to_owned()),
    ];
    (leaf, kinds, 0_i64..99_999_999, 0_u32..100, 1_u32..13).prop_map(|((from, step), kind, won, part, month)| {
        let account = LEAVES[from];
        let other = LEAVES[(from + step) % LEAVES.len()];
        let sign = if part % 3 == 0 { "△" } else { "" };
        let date = format!("2025-{month:02}");
        match kind.as_str() {
            "transfer" | "reclassification" => format!("{date},{account},{kind},{won}.{part:02},{other},"),
            "correction" => format!("{date},{account},{kind},{sign}{won},,집행"),
            "supplement" => format!("{date},{account},{kind},{sign}{won},,"),
            _ if kind.ends_with('@') => format!("{date},계,{},{won},,", kind.trim_end_matches('@')),
            _ => format!("{date},{account},{kind},{won}.{part:02},,"),
        }
    })
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(line(), 0..40)
}

fn book(lines: &[String]) -> Book {
    Book::of(&CHART, format!("{HEADER}{}\n", lines.join("\n")))
}

fn cells(page: &Page) -> impl Iterator<Item = &Cell> {
    page.tables().flat_map(|table| table.rows.iter().flat_map(|row| &row.cells))
}

/// The lines of a slice, read again and added up.
fn sum_of(books: &Books, slice: &Slice) -> Money {
    let mut sum = Money::ZERO;
    let jobs = NonZeroUsize::MIN;
    let (book_sum, _) =
        read::lines(books, jobs, || Shares { books, slice, sum: Money::ZERO }).expect("it was read before");
    sum += book_sum.sum;
    sum
}

struct Shares<'a> {
    books: &'a Books,
    slice: &'a Slice,
    sum: Money,
}

impl wego_ledger::ledger::Sink for Shares<'_> {
    fn line(&mut self, line: &wego_ledger::ledger::Line<'_>) {
        self.sum += self.slice.share(self.books, line).unwrap_or(Money::ZERO);
    }
    fn merge(&mut self, other: Self) {
        self.sum += other.sum;
    }
}

/// Every term as a column, in a unit that rounds.
fn wide(read: &Everything, unit: Unit, shown: Shown) -> Page {
    let layout = Layout {
        columns: Term::ALL.map(|term| (term, None)).to_vec(),
        unit,
        shown,
        ..Layout::of(&read.books.year.presentation)
    };
    Settlement::of(read.books, &read.tally).page(&layout)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_summed_cell_can_be_asked_again(lines in lines()) {
        let book = book(&lines);
        let read = book.read();
        prop_assert_eq!(read.codes(), [] as [&str; 0]);
        let pages = report::ALL.iter().map(|(_, page)| page(read.books, &read.tally));
        let mut asked = 0;
        for page in pages.chain([wide(&read, Unit::Won, Shown::Exactly)]) {
            for cell in cells(&page) {
                if let (Value::Money { exact, .. }, Why::Summed(slice)) = (&cell.value, &cell.why) {
                    prop_assert_eq!(*exact, sum_of(read.books, slice), "{:?}", slice);
                    asked += 1;
                }
            }
        }
        prop_assert!(asked > 0 || lines.is_empty());
    }

    #[test]
    fn one_worker_or_eight_print_the_same_bytes(lines in lines(), pieces in 1_usize..6) {
        let size = lines.len().div_ceil(pieces).max(1);
        let names: Vec<String> = (0..pieces).map(|n| format!("2025/part-{n}.csv")).collect();
        let texts: Vec<String> = (0..pieces)
            .map(|n| format!("{HEADER}{}\n", lines.iter().skip(n * size).take(size).cloned().collect::<Vec<_>>().join("\n")))
            .collect();
        let files: Vec<(&str, &[u8])> = names.iter().zip(&texts).map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
        let accounts: String = CHART.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
        let parts = Book::with(&format!("[files]\naccount_lines = [\"part-*.csv\"]\n{accounts}"), &files);
        let whole = book(&lines);
        prop_assert_eq!(whole.read().codes(), [] as [&str; 0]);
        for format in [Format::Table, Format::Csv, Format::Json] {
            let one = Everything::of(parts.path(), 2025, 1).rendered(format);
            prop_assert_eq!(&one, &Everything::of(parts.path(), 2025, 8).rendered(format));
            prop_assert_eq!(&one, &whole.read().rendered(format));
        }
    }

    #[test]
    fn rows_in_any_order_give_the_same_sums(
        (sorted, shuffled) in lines().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
    ) {
        prop_assert!(book(&sorted).read().tally == book(&shuffled).read().tally);
    }

    #[test]
    fn children_and_own_lines_make_the_parent(lines in lines()) {
        let book = book(&lines);
        let read = book.read();
        let settlement = Settlement::of(read.books, &read.tally);
        let nothing = Money::ZERO;
        let root_lines: Vec<&String> = lines.iter().filter(|line| line.contains(",계,")).collect();
        for term in [Term::Budget, Term::Granted, Term::Disbursed, Term::Interest, Term::Returned, Term::OwnFunds] {
            let own: Money = match term {
                Term::Granted => own(&root_lines, "grant"),
                Term::Interest => own(&root_lines, "interest"),
                Term::Returned => own(&root_lines, "return"),
                _ => nothing,
            };
            let accounts = &read.books.accounts;
            for (id, account) in accounts.parents_first().filter(|(id, _)| accounts.has_children(*id)) {
                let below = read.books.accounts.parents_first().skip(1);
                let children = below.filter(|(_, child)| child.parent == id);
                let parts: Money = children.filter_map(|(child, _)| settlement.amount(child, term)).sum();
                let own = if id == AccountId::ROOT { own } else { nothing };
                prop_assert_eq!(settlement.amount(id, term).unwrap_or(nothing), parts + own, "{:?} {}", term, account.path);
            }
        }
    }

    #[test]
    fn shown_parts_meet_the_shown_total_or_a_note_says_not(lines in lines(), unit in 1_usize..4) {
        let read = book(&lines).read();
        let layout = Layout { unit: Unit::ALL[unit], ..Layout::of(&read.books.year.presentation) };
        let page = Settlement::of(read.books, &read.tally).page(&layout);
        let table = table(&page);
        let mut gaps = 0;
        for (parent, row) in table.rows.iter().enumerate() {
            for column in 1..table.columns.len() {
                let parts: Vec<&Cell> = table.rows.iter().filter(|part| part.parent == Some(parent))
                    .map(|part| &part.cells[column]).filter(|cell| cell.shown().is_some()).collect();
                let shown = parts.iter().filter_map(|cell| cell.shown()).fold(Figure::whole(0), |a, b| a + b);
                let exact: Money = parts.iter().filter_map(|cell| cell.money()).sum();
                let whole = &row.cells[column];
                let adds_up = whole.shown().is_none_or(|w| w == shown) && whole.money().is_none_or(|w| w == exact);
                gaps += usize::from(!parts.is_empty() && !adds_up);
            }
            let shown = |term| table.column(term).and_then(|column| row.cells[column].shown());
            let money = |term| table.column(term).and_then(|column| row.cells[column].money()).unwrap_or_default();
            if let (Some(unspent), granted, disbursed) = (shown(Term::Unspent), shown(Term::Granted), shown(Term::Disbursed)) {
                let zero = Figure::whole(0);
                let worked = granted.unwrap_or(zero) - disbursed.unwrap_or(zero);
                let exactly = money(Term::Granted) - money(Term::Disbursed) == money(Term::Unspent);
                gaps += usize::from(exactly && worked != unspent);
            }
        }
        let text = rendered(&page, read.books, Format::Table);
        let more: usize = text.lines().filter_map(|l| l.strip_prefix("  · 그 밖에 ")?.strip_suffix("곳")?.parse::<usize>().ok()).sum();
        let notes = text.lines().filter(|line| line.starts_with("  · ") && !line.contains("그 밖에")).count() + more;
        prop_assert_eq!(notes, gaps, "{}", text);
    }

    #[test]
    fn exact_amounts_add_up_without_a_note(lines in lines()) {
        let read = book(&lines).read();
        let layout = Layout { shown: Shown::Exactly, unit: Unit::Thousand, ..Layout::of(&read.books.year.presentation) };
        let text = rendered(&Settlement::of(read.books, &read.tally).page(&layout), read.books, Format::Table);
        prop_assert!(!text.contains("합이 맞지 않는"), "{}", text);
    }

    #[test]
    fn an_amount_written_and_read_again_is_itself(parts in -10_i128.pow(19)..10_i128.pow(19), unit in 0_usize..4) {
        let decimal = Decimal::try_from_i128_with_scale(parts, 4).expect("it fits");
        let amount = Money::try_from(decimal).expect("four decimals");
        let unit = Unit::ALL[unit];
        let read = money::parse(&amount.exactly(unit).to_string(), unit, Signs::Allowed).expect("its own writing");
        prop_assert_eq!(read.money, amount);
    }

    /// The rounding of this program and that of its slow twin, a decimal library, agree.
    #[test]
    fn rounding_agrees_with_its_twin(parts in -10_i128.pow(19)..10_i128.pow(19), decimals in 0_u32..5, unit in 0_usize..4) {
        let decimal = Decimal::try_from_i128_with_scale(parts, 4).expect("it fits");
        let amount = Money::try_from(decimal).expect("four decimals");
        let unit = Unit::ALL[unit];
        let mut in_unit = decimal;
        in_unit.set_scale(4 + unit.power()).expect("a small scale");
        for (rule, strategy) in [
            (Rounding::HalfUp, RoundingStrategy::MidpointAwayFromZero),
            (Rounding::HalfEven, RoundingStrategy::MidpointNearestEven),
            (Rounding::HalfDown, RoundingStrategy::MidpointTowardZero),
            (Rounding::Floor, RoundingStrategy::ToZero),
            (Rounding::Ceil, RoundingStrategy::AwayFromZero),
        ] {
            let twin = in_unit.round_dp_with_strategy(decimals, strategy).normalize().to_string();
            prop_assert_eq!(amount.rounded(unit, decimals, rule).trimmed().to_string(), twin, "{:?}", rule);
        }
    }

    #[test]
    fn a_rate_is_never_a_hundred_while_something_is_left(whole in 1_i64..10_i64.pow(15), left in 1_i64..1_000, decimals in 0_u32..7) {
        prop_assume!(left < whole);
        let rate = Rate::of(Money::from_won(whole - left), Money::from_won(whole)).expect("whole is positive");
        for rule in Rounding::ALL {
            prop_assert!(rate.shown(decimals, rule).percent < Figure::whole(100));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let read = Book::of(&CHART, [HEADER.as_bytes(), &bytes].concat()).read();
        prop_assert!(!rendered(&read.page(), read.books, Format::Table).is_empty());
    }

    /// Sound lines among lines of anything: each is read, refused or blank, and nothing is counted twice.
    #[test]
    fn every_line_is_accounted_for(sound in lines(), other in proptest::collection::vec("[가a1,.#△ -]{0,20}", 0..20), end in 0_usize..3) {
        let mut all: Vec<&String> = sound.iter().chain(&other).collect();
        all.sort_by_key(|line| line.len());
        let end = ["\n", "\r\n", "\r"][end];
        let text: String = all.iter().map(|line| format!("{line}{end}")).collect();
        let read = Book::of(&CHART, format!("{}{end}{text}", HEADER.trim_end())).read();
        let blank = |line: &str| line.chars().all(|c| c == ',' || c == ' ');
        let written = all.iter().filter(|line| !blank(line)).count() as u64;
        prop_assert_eq!(read.tally.lines() + read.findings.refused_lines(), written, "{}", text);
        prop_assert!(read.tally.lines() >= sound.len() as u64);
    }

    #[test]
    fn no_manifest_makes_the_reader_panic(text in "[\\[\\]a-z=\"0-9.\\n {},가#-]{0,120}") {
        let book = Book::with("", &[("2025/year.toml", text.as_bytes())]);
        let read = book.read();
        prop_assert!(!read.findings.is_empty(), "such a year lacks its keys");
    }
}

fn own(lines: &[&String], kind: &str) -> Money {
    let fields = lines.iter().map(|line| line.split(',').collect::<Vec<_>>());
    let own = fields.filter(|fields| fields[2] == kind);
    own.map(|fields| money::parse(fields[3], Unit::Won, Signs::Refused).expect("a sound line").money).sum()
}

const SPLIT: &str = "date,account,kind,amount,memo\n\
    2025-01-02,사무관리비/사업비,예산,\"1,000\",\"첫 줄\n둘째 줄, \"\"따옴표\"\"\"\n\
    2025-02-03,사무관리비/사업비,교부,900,\n\
    2025-03-04,여비,집행,0.5,똠방각하\n\
    2025-12-31,계,이자,7,\n";

/// The same table in every encoding and with every line end gives the same bytes.
#[test]
fn an_encoding_is_not_a_difference() {
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let plain = Book::of(&CHART, SPLIT).read().rendered(Format::Json);
    for text in [SPLIT.to_owned(), SPLIT.replace('\n', "\r\n"), SPLIT.replace('\n', "\r")] {
        let (cp949, _, lossy) = encoding_rs::EUC_KR.encode(&text);
        assert!(!lossy);
        let files: [(&str, &str, Vec<u8>); 6] = [
            ("utf-8", "", text.clone().into_bytes()),
            ("utf-8 with BOM", "", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
            ("cp949 declared", "cp949", cp949.to_vec()),
            ("cp949 guessed", "", cp949.to_vec()),
            ("utf-16le", "", [vec![0xff, 0xfe], utf16(&text, u16::to_le_bytes)].concat()),
            ("utf-16be", "", [vec![0xfe, 0xff], utf16(&text, u16::to_be_bytes)].concat()),
        ];
        for (name, declared, bytes) in files {
            let encoding = if declared.is_empty() { String::new() } else { format!(", encoding = \"{declared}\"") };
            let accounts: String = CHART.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
            let year = format!("[files]\naccount_lines = [{{ path = \"lines.csv\"{encoding} }}]\n{accounts}");
            let read = Book::with(&year, &[("2025/lines.csv", &bytes)]).read();
            let guessed = name == "cp949 guessed";
            assert_eq!(read.codes(), if guessed { vec!["WL109"] } else { vec![] }, "{name}");
            assert_eq!(read.rendered(Format::Json), plain, "{name}");
        }
    }
}

// The bugs of other tools, each as a law.

#[test]
fn an_account_is_not_its_prefix() {
    let chart = ["Food", "FoodCourt"];
    let read = Book::of(&chart, format!("{HEADER}2025,Food,budget,5,,\n2025,FoodCourt,budget,7,,\n")).read();
    let settlement = Settlement::of(read.books, &read.tally);
    let food = read.books.accounts.parents_first().nth(1).expect("the first account").0;
    assert_eq!(settlement.amount(food, Term::Budget), Some(Money::from_won(5)));
}

#[test]
fn columns_line_up_by_display_width() {
    let read = Book::of(&CHART, SPLIT).read();
    let text = read.rendered(Format::Table);
    let rule = text.lines().find(|line| line.starts_with('─')).expect("a rule").width();
    let rows: Vec<&str> = text.lines().filter(|line| line.contains("사업비") || line.contains("인건비")).collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!(row.width() + 1, rule, "{row}");
    }
}

#[test]
fn a_rate_above_a_hundred_is_not_capped() {
    let text = format!("{HEADER}2025,여비,grant,100,,\n2025,여비,disbursement,130,,\n");
    let read = Book::of(&CHART, text).read();
    assert!(read.rendered(Format::Table).contains("130.0%"));
}

#[test]
fn every_format_has_the_rate_and_csv_has_no_thousands_marks() {
    let text = format!("{HEADER}2025,여비,grant,10000,,\n2025,여비,disbursement,9000,,\n");
    let read = Book::of(&CHART, text).read();
    let rate = Term::parse("집행률", read.books.year.rate_basis).expect("a term");
    let columns = [Term::Granted, Term::Disbursed, rate];
    // Filtering rows keeps the rate, too.
    for depth in [None, Some(1), Some(0)] {
        let layout = Layout {
            columns: columns.iter().map(|term| (*term, None)).collect(),
            depth,
            ..Layout::of(&read.books.year.presentation)
        };
        let page = Settlement::of(read.books, &read.tally).page(&layout);
        for (format, shown) in
            [(Format::Table, "90.0%"), (Format::Markdown, "90.0%"), (Format::Csv, ",90.0"), (Format::Json, "\"90.0\"")]
        {
            assert!(rendered(&page, read.books, format).contains(shown), "{format:?} {depth:?}");
        }
        assert!(rendered(&page, read.books, Format::Csv).contains("계,10000,9000,90.0"));
    }
}

#[test]
fn hidden_rows_do_not_change_totals() {
    let read = Book::of(&CHART, SPLIT).read();
    let settlement = Settlement::of(read.books, &read.tally);
    let total = |depth| {
        let layout = Layout { depth, ..Layout::of(&read.books.year.presentation) };
        table(&settlement.page(&layout)).rows[0].cells.clone()
    };
    assert_eq!(total(None), total(Some(0)));
    assert_eq!(total(None), total(Some(1)));
}

#[test]
fn a_difference_of_a_tenth_is_a_difference() {
    let text = format!("{HEADER}2025,여비,grant,100.1,,\n2025,여비,disbursement,100,,\n");
    let read = Book::of(&CHART, text).read();
    let settlement = Settlement::of(read.books, &read.tally);
    assert_eq!(settlement.amount(AccountId::ROOT, Term::Unspent).map(|m| m.to_string()).as_deref(), Some("0.1"));
}

#[test]
fn a_commitment_is_not_spent_twice() {
    let text = format!("{HEADER}2025,여비,grant,100,,\n2025,여비,commitment,60,,\n2025,여비,disbursement,60,,\n");
    let read = Book::of(&CHART, text).read();
    let settlement = Settlement::of(read.books, &read.tally);
    assert_eq!(settlement.amount(AccountId::ROOT, Term::Unspent), Some(Money::from_won(40)));
}

/// A correction does to a sum what the line it corrects did, wherever that line stands.
#[test]
fn a_correction_follows_the_line_it_goes_back_to() {
    let header = "date,account,kind,amount,ref,of\n";
    let lines = format!(
        "{header}2025-05-01,여비,정정,△30,C-1,V-1\n2025-05-02,여비,교부,500,G-1,\n2025-05-03,여비,집행,100,V-1,\n\
         2025-06-01,여비,정정,20,C-2,G-1\n"
    );
    let read = Book::of(&CHART, lines).read();
    assert_eq!(read.codes(), [] as [&str; 0]);
    let settlement = Settlement::of(read.books, &read.tally);
    assert_eq!(settlement.amount(AccountId::ROOT, Term::Disbursed), Some(Money::from_won(70)));
    assert_eq!(settlement.amount(AccountId::ROOT, Term::Granted), Some(Money::from_won(520)));
}

// What testing by force has found, each as a law.

#[test]
fn a_reserve_gives_what_another_receives() {
    let accounts = "[[account]]\npath = \"여비\"\n[[account]]\npath = \"예비비\"\nreserve = true\n";
    let year = format!("[files]\naccount_lines = [\"lines.csv\"]\n{accounts}");
    let book = |lines: &str, accounts: &str| {
        let year = format!("{year}{accounts}");
        Book::with(&year, &[("2025/lines.csv", format!("{HEADER}2025,예비비,budget,100,,\n{lines}").as_bytes())]).read()
    };
    for lines in ["2025,여비,reserve_use,30,,\n", "2025,예비비,reserve_use,30,여비,\n"] {
        let read = book(lines, "");
        assert_eq!(read.codes(), [] as [&str; 0], "{lines}");
        let settlement = Settlement::of(read.books, &read.tally);
        assert_eq!(settlement.amount(AccountId::ROOT, Term::Budget), Some(Money::from_won(100)), "{lines}");
    }
    // The reserve cannot draw on itself, and of two nobody knows which.
    assert_eq!(book("2025,예비비,reserve_use,30,,\n", "").codes(), ["WL131"]);
    let another = "[[account]]\npath = \"다른예비비\"\nreserve = true\n";
    assert_eq!(book("2025,여비,reserve_use,30,,\n", another).codes(), ["WL131"]);
}

#[test]
fn own_funds_pooled_above_leave_the_return_open_below() {
    let text = format!("{HEADER}2025,여비,grant,100,,\n2025,여비,disbursement,60,,\n2025,계,own_funds,50,,\n");
    let read = Book::of(&CHART, text).read();
    let settlement = Settlement::of(read.books, &read.tally);
    for (id, _) in read.books.accounts.parents_first() {
        assert_eq!(settlement.amount(id, Term::ReturnDue), None);
    }
}

#[test]
fn a_correction_stands_at_the_account_of_its_line() {
    let header = "date,account,kind,amount,ref,of\n";
    let lines = format!("{header}2025,여비,disbursement,10,V1,\n2025,인건비,correction,△3,,V1\n");
    let read = Book::of(&CHART, lines).read();
    assert_eq!((read.codes(), read.findings.refused_lines()), (vec!["WL133"], 1));
}

#[test]
fn every_line_is_refused_however_many_are() {
    let line = "[[line]]\ndate = 2025\naccount = \"여비\"\nkind = \"disbursement\"\namount = 1\nitem = true\n";
    let year = "[files]\naccount_lines = [\"lines.toml\"]\n[[account]]\npath = \"여비\"\n";
    let read = Book::with(year, &[("2025/lines.toml", line.repeat(700).as_bytes())]).read();
    assert_eq!((read.findings.refused_lines(), read.tally.lines()), (700, 0));
}

#[test]
fn a_list_of_files_takes_nothing_but_files() {
    for wrong in ["[\"lines.csv\", 7]", "[5]", "[2015-01-01]", "[true]", "\"lines.csv\""] {
        let year = format!("[files]\naccount_lines = {wrong}\n[[account]]\npath = \"여비\"\n");
        let read = Book::with(&year, &[("2025/lines.csv", HEADER.as_bytes())]).read();
        assert_eq!(read.codes(), ["WL103"], "{wrong}");
    }
}

#[test]
fn a_file_that_says_nothing_is_not_a_year_without_lines() {
    for text in ["", "\u{feff}", "\n\n", "# only this\n"] {
        assert_eq!(Book::of(&CHART, text).read().codes(), ["WL111"], "{text:?}");
    }
    assert_eq!(Book::of(&CHART, HEADER).read().codes(), [] as [&str; 0], "a header is a year without lines");
}

#[test]
fn comments_stand_above_the_header_with_blank_lines_between() {
    let text = format!("# one, \"two\n\n\"# three, four\",,,,,\n# five\n{HEADER}2025,여비,budget,5,,\n");
    let read = Book::of(&CHART, text).read();
    assert_eq!((read.codes(), read.tally.lines()), (vec![], 1));
}

#[test]
fn an_encoding_does_not_change_how_long_a_row_may_be() {
    let memo = "가".repeat(30_000);
    let text = format!("date,account,kind,amount,memo\n2025,여비,grant,5,{memo}\n2025,여비,grant,7,\n");
    let (cp949, ..) = encoding_rs::EUC_KR.encode(&text);
    for bytes in [text.as_bytes(), &cp949] {
        let accounts = "[[account]]\npath = \"여비\"\n";
        let encoding = if bytes == text.as_bytes() { "utf-8" } else { "cp949" };
        let year =
            format!("[files]\naccount_lines = [{{ path = \"lines.csv\", encoding = \"{encoding}\" }}]\n{accounts}");
        let read = Book::with(&year, &[("2025/lines.csv", bytes)]).read();
        assert_eq!((read.codes(), read.tally.lines()), (vec!["WL116"], 1), "{encoding}");
    }
}

#[test]
fn places_in_toml_point_into_the_text() {
    let line = "[[line]]\ndate = \"2025\"\naccount = \"여비\"\nkind = \"집행\"\namount = \"12만\"\n";
    let year = "[files]\naccount_lines = [\"lines.toml\"]\n[[account]]\npath = \"여비\"\n";
    let book = Book::with(year, &[("2025/lines.toml", line.as_bytes())]);
    let read = book.read();
    let spans: Vec<_> = read.findings.iter().map(|finding| finding.span).collect();
    let place = &read.books.sources.places(&spans).expect("it can be read again")[0];
    assert_eq!((place.line, place.column, &place.text[place.marked.clone()]), (5, 13, "만"));
}

#[test]
fn every_way_that_shown_figures_can_be_added_up_is_looked_at() {
    let note = |lines: &str, columns: &[Term]| {
        let read = Book::of(&CHART, format!("{HEADER}{lines}")).read();
        let layout = Layout {
            columns: columns.iter().map(|term| (*term, None)).collect(),
            unit: Unit::Thousand,
            ..Layout::of(&read.books.year.presentation)
        };
        rendered(&Settlement::of(read.books, &read.tally).page(&layout), read.books, Format::Table)
    };
    let text = note(
        "2025,여비,grant,10000400,,\n2025,여비,disbursement,5000800,,\n",
        &[Term::Granted, Term::Disbursed, Term::ReturnDue],
    );
    assert!(text.contains("집행액 5,001 + 반납예정액 5,000 = 10,001 ↔ 교부액 10,000"), "{text}");
    let text = note(
        "2025,여비,budget,20000400,,\n2025,여비,supplement,400,,\n",
        &[Term::OriginalBudget, Term::Supplement, Term::Budget],
    );
    assert!(text.contains("예산 20,001 ↔ 본예산 20,000 + 추경 0"), "{text}");
    let text =
        note("2025,여비,interest,1400,,\n2025,인건비,interest,1400,,\n2025,계,interest,400,,\n", &[Term::Interest]);
    assert!(text.contains("계 발생이자 중 0.4 (표시 3, 아래 줄을 더하면 2)"), "{text}");
}

#[test]
fn names_cannot_steer_a_terminal() {
    let read = Book::with(
        "[files]\naccount_lines = [\"lines.csv\"]\n[[account]]\npath = \"a\\u001B[31m\\nb\"\n",
        &[("2025/lines.csv", HEADER.as_bytes())],
    )
    .read();
    assert!(!read.rendered(Format::Table).contains('\u{1b}'));
}

/// What is wrong is said in the same words and the same order, however many workers met it.
#[test]
fn findings_and_held_corrections_do_not_depend_on_workers() {
    let header = "date,account,kind,amount,ref,of\n";
    let files: Vec<(String, String)> = (0..12)
        .map(|n| {
            let text =
                format!("{header}2025,여비,집행,1{n},V{n},\n2025,여비,정정,1,,V{}\n2025,없음,집행,{n}만,,\n", 11 - n);
            (format!("2025/part-{n:02}.csv"), text)
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let book = Book::with("[files]\naccount_lines = [\"part-*.csv\"]\n[[account]]\npath = \"여비\"\n", &files);
    let one = Everything::of(book.path(), 2025, 1);
    assert_eq!((one.findings.found(), one.findings.refused_lines(), one.tally.lines()), (24, 12, 24));
    for jobs in [2, 5, 16] {
        let many = Everything::of(book.path(), 2025, jobs);
        assert!(one.findings.iter().eq(many.findings.iter()), "{jobs}");
        assert!(one.tally == many.tally, "{jobs}");
    }
}

#[test]
fn a_line_with_a_wrong_account_moves_nothing() {
    let accounts = "[[account]]\npath = \"여비\"\n[[account]]\npath = \"예비비\"\nreserve = true\n";
    let year = format!("[files]\naccount_lines = [\"lines.csv\"]\n{accounts}");
    for line in
        ["예비,reserve_use,30,여비", "없음,transfer,30,여비", "여비,transfer,30,없음", "예비비,reserve_use,30,없음"]
    {
        let text = format!("{HEADER}2025,예비비,budget,100,,\n2025,{line},\n");
        let read = Book::with(&year, &[("2025/lines.csv", text.as_bytes())]).read();
        assert_eq!((read.codes(), read.findings.refused_lines(), read.tally.lines()), (vec!["WL127"], 1, 1), "{line}");
    }
}

#[test]
fn a_correction_must_agree_with_the_line_it_names() {
    let header = "date,account,kind,amount,ref,of,subtype\n2025,여비,grant,100,G1,,\n";
    for (line, codes) in [
        ("2025,여비,correction,△10,,G1,집행", vec!["WL133"]),
        ("2025,여비,correction,△10,,G1,교부", vec![]),
        ("2025,여비,correction,△10,,G1,", vec![]),
        ("2025,여비,correction,△10,,X9,교부", vec!["WL133"]),
        ("2025,여비,correction,△10,,,교부", vec![]),
        ("2025,여비,correction,△10,X9,X9,교부", vec!["WL133"]),
        ("2025,여비,disbursement,5,G1,,\n2025,여비,correction,△1,,G1,이자", vec!["WL133"]),
        ("2025,여비,disbursement,5,G1,,\n2025,여비,correction,△1,,G1,집행", vec![]),
        ("2025,여비,correction,△10,,X9,", vec!["WL133"]),
        ("2025,여비,correction,△10,C1,G1,\n2025,여비,correction,5,,C1,", vec!["WL133"]),
    ] {
        let read = Book::of(&CHART, format!("{header}{line}\n")).read();
        assert_eq!(read.codes(), codes, "{line}");
    }
}

#[test]
fn a_year_says_over_a_book_key_by_key() {
    let book =
        Book::with("[files]\n[presentation.columns.granted]\nlabel = \"교부\"\n[[account]]\npath = \"여비\"\n", &[]);
    let more =
        "[presentation]\ntotal_label = { en = \"Sum\" }\n[presentation.columns.granted]\nrow = { decimals = 1 }\n";
    book.put("book.toml", format!("[book]\nentity = \"단체\"\n{more}").as_bytes());
    let read = book.read();
    assert_eq!(read.codes(), [] as [&str; 0]);
    let shown = &read.books.year.presentation;
    let style = shown.column(Term::Granted).expect("both speak of it");
    assert_eq!(style.row.map(|digits| digits.decimals), Some(1));
    assert_eq!(style.label.as_ref().map(|label| label.ko.as_str()), Some("교부"));
    assert_eq!((shown.total_label.ko.as_str(), shown.total_label.en.as_str()), ("계", "Sum"));
}

#[test]
fn wrong_years_and_wrong_printed_figures_are_found() {
    for (year, codes) in [
        ("[files]\n[presentation]\nsettlement = []\n", vec!["WL104"]),
        ("[files]\n[presentation.columns.\"execution_rate(granted)\"]\nrow = { decimals = 7 }\n", vec!["WL104"]),
        ("[files]\n[[printed]]\nid = \"b\"\nmeasure = \"budget\"\ntext = \"5\"\nequals = [\"b\"]\n", vec!["WL104"]),
        ("[[printed]]\nmeasure = \"budget\"\ntext = \"5\"\n", vec!["WL105"]),
        ("starts = 2025-04-01\n[files]\n", vec!["WL105"]),
        ("starts = 2025-04-01\nends = 2025-03-31\n[files]\n", vec!["WL104"]),
        ("starts = 2025-04-01\nends = 2026-03-31\n[files]\n", vec![]),
    ] {
        assert_eq!(Book::with(year, &[]).read().codes(), codes, "{year}");
    }
}

#[test]
fn every_wrong_cell_of_a_plan_is_told() {
    let year = "[files]\nplan_items = [\"plan.csv\"]\n[[account]]\npath = \"여비\"\n";
    let plan = "id,title,planned_cost,funding,starts\n1,회의,12만,foo,바\n";
    let read = Book::with(year, &[("2025/plan.csv", plan.as_bytes())]).read();
    assert_eq!(read.codes(), ["WL121", "WL104", "WL119"]);
    assert_eq!(read.findings.refused_lines(), 0, "a row of a plan is no account line");
}

/// A code tree of five levels and some ten thousand accounts, with original, revised and executed amounts: every parent is
/// what its leaves come to, in every column of the layout that public accounts are published in.
#[test]
fn a_tree_of_ten_thousand_accounts_rolls_up() {
    use std::collections::BTreeMap;
    let (mut chart, mut lines) = (Vec::new(), HEADER.to_owned());
    // For each path: original, revised less original, executed; in won.
    let mut sums: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    let mut grow = vec![(String::new(), 0_i64)];
    while let Some((path, seed)) = grow.pop() {
        let depth = if path.is_empty() { 0 } else { path.split('/').count() };
        let children = if depth == 5 { 0 } else { 6 + i64::from(depth == 4) };
        if !path.is_empty() {
            chart.push(path.clone());
        }
        for n in 0..children {
            let code = if path.is_empty() { format!("{n:02}") } else { format!("{path}/{n:02}") };
            grow.push((code, seed * 7 + n + 1));
        }
        if depth == 5 {
            let amounts = [seed * 1_003 % 9_999_991, seed % 5 * 1_000 - 2_000, seed * 517 % 8_888_887];
            for (kind, amount) in ["budget", "supplement", "disbursement"].into_iter().zip(amounts) {
                lines.push_str(&format!("2025,{path},{kind},{amount},,\n"));
            }
            let mut above = path.as_str();
            loop {
                let sum = sums.entry(above.to_owned()).or_default();
                sum.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
                match above.rsplit_once('/') {
                    Some((parent, _)) => above = parent,
                    None if above.is_empty() => break,
                    None => above = "",
                }
            }
        }
    }
    chart.sort();
    let chart: Vec<&str> = chart.iter().map(String::as_str).collect();
    assert!(chart.len() > 10_000, "{}", chart.len());
    let read = Book::of(&chart, &lines).read();
    assert_eq!(read.codes(), [] as [&str; 0]);
    let (_, page) = report::ALL.iter().find(|(name, _)| *name == "ipsas24").expect("a layout");
    let page = page(read.books, &read.tally);
    let table = table(&page);
    assert_eq!(table.rows.len(), chart.len() + 1);
    for row in &table.rows {
        let path = if row.key == report::ROOT_KEY { "" } else { row.key.as_str() };
        let [original, supplement, executed] = sums[path];
        let cells: Vec<Option<Money>> = row.cells.iter().skip(1).map(Cell::money).collect();
        let expected = [original, original + supplement, executed, original + supplement - executed];
        assert_eq!(cells, expected.map(|won| Some(Money::from_won(won))), "{path}");
    }
}
