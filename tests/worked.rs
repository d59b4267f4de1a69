//! Books whose sums were worked out on paper; the paper is the head comment of their account lines.

mod support;

use support::{Everything, root, table};
use wego_ledger::ledger::{AccountId, Basis, Measure, Sign, Term};
use wego_ledger::money::{Money, Rounding};
use wego_ledger::render::Format;
use wego_ledger::report::Settlement;

/// Current budget, granted, disbursed, unspent, in won; `None` where the paper has none.
type Sums = (&'static str, [Option<i64>; 4]);

fn hold(read: &Everything, rows: &[Sums]) {
    let settlement = Settlement::of(read.books, &read.tally);
    let accounts: Vec<_> = read.books.accounts.parents_first().collect();
    assert_eq!(rows.len(), accounts.len(), "every account and the total is on paper");
    for (path, expected) in rows {
        let id = accounts.iter().find(|(_, account)| account.path == *path).expect("it is in the chart").0;
        for (term, won) in [Term::Budget, Term::Granted, Term::Disbursed, Term::Unspent].into_iter().zip(expected) {
            assert_eq!(settlement.amount(id, term), won.map(Money::from_won), "{path} {term:?}");
        }
    }
}

#[test]
fn the_small_year_comes_to_what_paper_says() {
    let read = Everything::of(&root().join("fixtures/small"), 2025, 1);
    let all = |a, b, c, d| [Some(a), Some(b), Some(c), Some(d)];
    hold(
        &read,
        &[
            ("", all(120_000_000, 120_000_000, 113_067_480, 6_932_520)),
            ("인건비", all(42_000_000, 42_000_000, 41_487_500, 512_500)),
            ("사업비", all(57_400_000, 57_400_000, 53_010_000, 4_390_000)),
            ("사업비/공연", all(45_400_000, 45_400_000, 41_640_000, 3_760_000)),
            ("사업비/공연/출연료", all(28_500_000, 28_500_000, 25_650_000, 2_850_000)),
            ("사업비/공연/무대", all(16_900_000, 16_900_000, 15_990_000, 910_000)),
            ("사업비/교육", all(12_000_000, 12_000_000, 11_370_000, 630_000)),
            ("운영비", all(14_400_000, 14_400_000, 13_767_380, 632_620)),
            ("운영비/임차료", all(11_100_000, 11_100_000, 10_775_000, 325_000)),
            ("운영비/공공요금", all(3_300_000, 3_300_000, 2_992_380, 307_620)),
            ("여비", all(3_600_000, 3_600_000, 2_909_100, 690_900)),
            ("업무추진비", all(2_600_000, 2_600_000, 1_893_500, 706_500)),
        ],
    );
    let settlement = Settlement::of(read.books, &read.tally);
    let total = |term| settlement.amount(AccountId::ROOT, term).map(|money| money.to_string());
    assert_eq!(total(Term::Interest).as_deref(), Some("266355"));
    assert_eq!(total(Term::Returned).as_deref(), Some("7198875"));
    assert_eq!(total(Term::ReturnDue).as_deref(), Some("0"));
    assert_eq!(total(Term::OriginalBudget).as_deref(), Some("120000000"));
    assert_eq!(total(Term::Transferred).as_deref(), Some("0"), "what moves does not change the total");
    let rate = settlement.rate(AccountId::ROOT, Term::ExecutionRate(Basis::Granted)).expect("it has a basis");
    assert_eq!(rate.shown(6, Rounding::HalfUp).percent.to_string(), "94.222900");
    assert_eq!(read.tally.lines(), 72, "69 rows and 3 tables");
}

/// Before the return of December, all that is unspent and the interest are due.
#[test]
fn the_small_year_before_its_return() {
    let (books, _) = wego_ledger::read::open(&root().join("fixtures/small"), 2025).expect("it can be opened");
    let day = wego_ledger::ledger::Date::day(2025, 12, 29).expect("a day").last();
    let tally = || wego_ledger::tally::Tally::new(&books).as_of(Some(day));
    let (tally, _) = wego_ledger::read::lines(&books, std::num::NonZeroUsize::MIN, tally).expect("it can be read");
    let rolled = tally.rolled_up();
    assert_eq!(rolled.worked(AccountId::ROOT, &[(Sign::Plus, Measure::Returned)]).amount(), None);
    let due = Settlement::of(&books, &tally).amount(AccountId::ROOT, Term::ReturnDue);
    assert_eq!(due, Some(Money::from_won(7_198_875)));
}

/// Another organisation: won, total at the bottom called 합계, no budget column, a rate column, other accounts.
#[test]
fn the_won_year_comes_to_what_paper_says() {
    let read = Everything::of(&root().join("fixtures/won"), 2024, 1);
    let row = |budget, granted, disbursed, unspent| [Some(budget), Some(granted), disbursed, Some(unspent)];
    hold(
        &read,
        &[
            ("", row(38_900_000, 38_700_000, Some(36_845_900), 1_854_100)),
            ("활동수당", row(25_000_000, 25_000_000, Some(24_999_000), 1_000)),
            ("마을학교", row(11_200_000, 11_000_000, Some(10_646_900), 353_100)),
            ("마을학교/강사료", row(8_000_000, 8_000_000, Some(7_634_500), 365_500)),
            ("마을학교/교재비", row(3_200_000, 3_000_000, Some(3_012_400), -12_400)),
            ("홍보인쇄비", row(1_800_000, 1_800_000, Some(1_200_000), 600_000)),
            ("회의비", row(900_000, 900_000, None, 900_000)),
            ("시설보수비", [None; 4]),
        ],
    );
    let text = read.rendered(Format::Table);
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    for row in [
        &["예산과목", "교부액", "집행액", "집행잔액", "발생이자", "집행률(교부액", "기준)"][..],
        &["활동수당", "25,000,000", "24,999,000", "1,000", "18,420", "99.99%"],
        &["교재비", "3,000,000", "3,012,400", "-12,400", "1,970", "100.41%"],
        &["회의비", "900,000", "-", "900,000", "640", "0.00%"],
        &["시설보수비", "-", "-", "-", "-", "-"],
        &["합계", "38,700,000", "36,845,900", "1,854,100", "27,370", "95.21%"],
    ] {
        assert!(rows.iter().any(|found| found == row), "{row:?} in\n{text}");
    }
    assert!(text.contains("초과는 절상): 활동수당"), "{text}");
    let page = read.page();
    let last = table(&page).rows.last().expect("the total is last");
    assert_eq!(last.key, "계");
}

/// A grant that is drawn from a deposit: what is drawn is what is granted.
#[test]
fn the_deposit_year_comes_to_what_paper_says() {
    let read = Everything::of(&root().join("fixtures/deposit"), 2024, 1);
    assert_eq!(read.codes(), [] as [&str; 0]);
    let settlement = Settlement::of(read.books, &read.tally);
    let total = |term| settlement.amount(AccountId::ROOT, term).map(|money| money.to_string());
    for (term, won) in [
        (Term::Deposited, "12000000"),
        (Term::Granted, "8800000"),
        (Term::Undrawn, "3200000"),
        (Term::Disbursed, "9800000"),
        (Term::Unspent, "0"),
        (Term::Ungranted, "4200000"),
    ] {
        assert_eq!(total(term).as_deref(), Some(won), "{term:?}");
    }
    // What stands at the total alone, own funds here, says nothing of what was drawn for each account.
    let carers = read.books.accounts.parents_first().nth(1).expect("the first account").0;
    assert_eq!(settlement.amount(carers, Term::Granted), None);
    let (_, page) = wego_ledger::report::ALL.iter().find(|(name, _)| *name == "return").expect("a report");
    let page = page(read.books, &read.tally);
    let funds = page.tables().find(|table| table.id == "funds").expect("own funds make a table by fund");
    let cell = |row: &str, column: &str| {
        let n = funds.columns.iter().position(|one| one.word.id == column).expect("a column");
        let row = funds.rows.iter().find(|one| one.key == row).expect("a row");
        row.cells[n].money().map(|money| money.to_string())
    };
    for (row, column, won) in [
        ("(grantor)", "disbursed", Some("8800000")),
        ("(grantor)", "unspent", Some("0")),
        ("(grantor)", "disallowed", Some("116735")),
        ("(grantor)", "payable", Some("120005")),
        ("(own)", "disallowed", Some("13265")),
        ("(own)", "payable", None),
        ("계", "payable", Some("120005")),
    ] {
        assert_eq!(cell(row, column).as_deref(), won, "{row} {column}");
    }
}
