//! Printed figures held to account: published tables with misprints that were put there by hand, and properties of the
//! engine against an oracle that tries every amount.

mod support;

use proptest::prelude::*;
use support::{Everything, root};
use wego_ledger::audit::{
    Agrees, Audit, Audited, Base, Cause, Column, Currency, Identity, Known, Left, ListStand, Mark, NoTable, Possible,
    Row, Says, Sheet, Sort, Stand, Understood, under, understood,
};
use wego_ledger::ledger::Sign;
use wego_ledger::money::{Figure, Money, Reading, Rounding, Unit};
use wego_ledger::read;
use wego_ledger::source::{Source, Sources, Span};
use wego_ledger::words::Text;

/// Every table of `fixtures/published`, with the cells that were misprinted by hand; nothing else is wrong in them.
const PUBLISHED: &[(&str, &[&str])] = &[
    // 세출결산: 예산현액, 지출액, 이월액, 집행잔액(A-B-C).
    ("sechul", &["문화관광국 지출액(B)", "도시안전국 집행잔액(A-B-C)"]),
    // An execution page with per cents of one, two and three decimals.
    ("jiphaeng", &["세무과 집행률(B/A)", "보건행정과 예산현액(A)"]),
    // 결산 총괄 with circled letters and headings of two lines.
    ("chonggwal", &["공기업특별회계 잉여금㉰=㉮-㉯", "합계 이월금 명시"]),
    // Formulas in the names of the rows.
    ("yoyak", &["일반회계 순세계잉여금(F=C-D-E)"]),
    // 정산서 in won: 보조금, 자부담, 계 below each amount; with a mark of UTF-8 and Windows line ends.
    ("jeongsan", &["재료비 집행액 보조금", "합 계 교부(예산)액 계"]),
    // The same by who pays, in CP949.
    ("jaewon", &["운영비 계 집행"]),
    // 교부, 집행, 잔액, 이자, 반납(A+B+C), with serial numbers and remarks.
    ("bannap", &["도시정책 포럼 반납예정액(A+B+C)", "국제교류 지원 집행률"]),
    // 추경 with △, subtotals behind their blocks, in UTF-16.
    ("chugyeong", &["청사관리 증감액", "소계 추경예산액"]),
    // └ marks and decimals.
    ("gwamok", &["└ 일반수용비 집행액"]),
    // Two columns of names.
    ("semok", &["인건비 소계 집행액", "공공요금 잔액"]),
    // A city's original, final and actual, in dollars.
    ("city-budget", &["Health Actual", "Total % Used"]),
    // IPSAS 24, in thousands of dollars.
    ("ipsas24", &["Contractual services Difference: final budget and actual"]),
    // GASB: positive is good, which is the other way round for income and for spending.
    (
        "gasb",
        &[
            "Sales taxes Variance with Final Budget Positive (Negative)",
            "General government Actual Amounts (Budgetary Basis)",
        ],
    ),
    // £ million with one decimal, year against year.
    ("uk-outturn", &["Transport 2022-23 Outturn"]),
    // Shares of the total, change and change in per cent.
    ("gineung", &["문화및관광 2023년도 결산 구성비", "사회복지 증감 금액"]),
    // Cut to million won everywhere: nothing adds up, and nothing is wrong.
    ("jeolsa", &[]),
];

fn tables(path: &std::path::Path, unit: Option<Unit>) -> Result<Vec<(Understood, Audited)>, NoTable> {
    let (published, _, _) = read::published(path, None).expect("it can be read");
    let tables = understood(&published, unit)?;
    let audited = tables.into_iter().map(|understood| {
        let exact = vec![false; understood.sheet.columns.len()];
        let table = Audited::of(understood.sheet.clone(), exact);
        (understood, table)
    });
    Ok(audited.collect())
}

fn written(text: &str) -> Result<Vec<(Understood, Audited)>, NoTable> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("table.csv");
    std::fs::write(&path, text).expect("it can be written");
    tables(&path, None)
}

fn named(table: &Audited) -> Vec<String> {
    let name = |cause: &Cause| match cause {
        Cause::Cells(suspects) => {
            suspects.first().map_or("?".to_owned(), |first| table.sheet.name(first.cell).ko.into())
        }
        Cause::Rows { whole, twice, .. } => {
            let twice = twice.map(|row| table.sheet.rows[row].name.ko.as_str());
            format!("rows of {}: {}", table.sheet.rows[*whole].name.ko, twice.unwrap_or("missing"))
        }
    };
    table.misprints.iter().map(|misprint| name(&misprint.cause)).collect()
}

#[test]
fn the_planted_misprints_of_published_tables_are_found_and_no_others() {
    for (name, planted) in PUBLISHED {
        let path = root().join("fixtures/published").join(format!("{name}.csv"));
        let tables = tables(&path, None).expect("it is a table");
        let mut found: Vec<String> = tables.iter().flat_map(|(_, table)| named(table)).collect();
        let mut planted: Vec<&str> = planted.to_vec();
        found.sort_unstable();
        planted.sort_unstable();
        assert_eq!(found, planted, "{name}");
    }
}

/// The same table as Windows saves it, in UTF-16 with a mark at its head, says the same.
#[test]
fn a_table_in_utf_16_is_read_as_its_twin() {
    let path = root().join("fixtures/published/chugyeong.csv");
    let text = std::fs::read_to_string(&path).expect("a table can be read");
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let other = folder.path().join("wide.csv");
    std::fs::write(&other, wide).expect("files can be written");
    let names = |path: &std::path::Path| -> Vec<String> {
        let tables = tables(path, None).expect("it is a table");
        tables.iter().flat_map(|(_, table)| named(table)).collect()
    };
    assert!(!names(&path).is_empty());
    assert_eq!(names(&path), names(&other));
}

#[test]
fn two_tables_in_a_file_are_two_and_notes_are_told() {
    let text = "(단위: 원)\n구분,예산,집행액,집행잔액\nA,10,7,3\nB,20,15,5\n계,30,22,8\n※ 단위 미만 반올림\n\n2. 수입\n구분,교부액,이자\nC,5,1\nD,6,1\n합계,12,2\n";
    let found = written(text).expect("tables");
    assert_eq!(found.len(), 2);
    assert_eq!(named(&found[0].1), [] as [String; 0]);
    // One column alone does not say which of its cells is wrong: the total is off, and the first cell is named.
    assert_eq!(found[1].1.misprints.len(), 1);
    let left: Vec<(Left, &str)> = found[0].0.left_out.iter().map(|left| (left.what, left.text.as_str())).collect();
    assert_eq!(left, [(Left::Note, "※ 단위 미만 반올림")]);
}

#[test]
fn rows_that_are_missing_or_stand_twice_are_told_as_rows() {
    let head = "구분,예산,집행액,집행잔액\n";
    let found = |text: &str| named(&written(&format!("{head}{text}")).expect("a table")[0].1);
    assert_eq!(found("A,100,70,30\nB,200,150,50\nC,300,200,100\n계,600,420,180\n"), [] as [String; 0]);
    assert_eq!(found("A,100,70,30\nC,300,200,100\n계,600,420,180\n"), ["rows of 계: missing"]);
    assert_eq!(found("A,100,70,30\nB,200,150,50\nB,200,150,50\nC,300,200,100\n계,600,420,180\n"), ["rows of 계: B"]);
    // Two misprints in different rows.
    assert_eq!(found("A,100,70,30\nB,210,150,50\nC,300,200,110\n계,600,420,180\n"), ["B 예산", "C 집행잔액"]);
}

#[test]
fn what_is_no_table_says_so() {
    assert_eq!(written("").err(), Some(NoTable::Empty));
    assert_eq!(written(",,\n,,\n").err(), Some(NoTable::Empty));
    assert_eq!(written("구분,예산\nA,많음\n").err(), Some(NoTable::NoFigures));
    assert_eq!(written("A,1,2\nB,3,4\n").err(), Some(NoTable::NoHeading));
}

/// What domain.md says of the source report's figures.
#[test]
fn the_real_books_say_what_is_there() {
    let read = Everything::of(&root().join("data"), 2015, 1);
    let audit = Audit::of(read.books, &read.tally);
    let table = &audit.tables[0];
    assert_eq!(table.verdict.possible, Possible::Yes);
    assert_eq!(table.misprints.len(), 0);
    let mut residuals: Vec<i128> = table.rounded().map(|(_, residual)| residual).collect();
    residuals.sort_unstable();
    assert_eq!(residuals, [-450, 50, 400], "F02, F03 and F01: what the parts come to, less what is printed, in won");
    let travel = table.sheet.rows.iter().position(|row| row.name.ko == "여비").expect("여비 is printed");
    let left =
        table.sheet.columns.iter().position(|column| column.heading.ko == "집행잔액").expect("집행잔액 is printed");
    let cell = table.sheet.cell(travel, left);
    let range = |reading: Reading| {
        let tried =
            &table.verdict.everywhere[Reading::ALL.iter().position(|known| *known == reading).expect("a reading")];
        tried.outcome.ranges().map(|ranges| (ranges[cell].low, ranges[cell].high))
    };
    assert_eq!(range(Reading::By(Rounding::HalfUp)), Some((51, 54)));
    assert_eq!(range(Reading::By(Rounding::HalfEven)), Some((51, 54)));
    assert_eq!(range(Reading::By(Rounding::HalfDown)), Some((50, 55)));
    for refuted in [Reading::By(Rounding::Floor), Reading::By(Rounding::Ceil), Reading::Exactly] {
        assert_eq!(range(refuted), None, "{refuted:?}");
    }
    let mixed = table
        .verdict
        .mixed
        .iter()
        .filter_map(|tried| tried.outcome.ranges())
        .any(|ranges| (ranges[cell].low, ranges[cell].high) == (45, 54));
    assert!(mixed, "집행액 cut and 집행잔액 half-up leave 45 to 54 won");
    // F04: the gap is one won. F05: a partial list.
    let gap = audit
        .lists
        .iter()
        .find_map(|list| if let ListStand::TooMuch { gap, .. } = list.stand { Some(gap) } else { None });
    assert_eq!(gap.map(Money::abs), Some(Money::from_won(1)));
    assert_eq!(audit.lists.iter().filter(|list| list.stand == ListStand::Partial).count(), 1);
    // F07: interest is the account's, no row's.
    assert_eq!(table.sheet.unattributed.len(), 1);
    assert!(audit.figures.iter().all(|figure| !matches!(figure.stand, Stand::Unexplained { .. })));
}

/// A printed table may have the accounts of a large chart, and each of its figures may be printed again in the text: one look
/// at each is enough.
#[test]
fn tables_of_many_accounts_are_held_to_account() {
    let (groups, below) = (2_000, 9);
    let (mut chart, mut lines) = (String::new(), "date,account,kind,amount\n".to_owned());
    let mut table = format!("account,budget,disbursed\n계,{},{}\n", 10 * groups * below, 7 * groups * below);
    for group in 0..groups {
        chart += &format!("[[account]]\npath = \"가{group}\"\n");
        // The table leaves out one account whose parts it has, and one that is a part.
        if group != 7 {
            table += &format!("가{group},{},{}\n", 10 * below, 7 * below);
        }
        for n in 0..below {
            let path = format!("가{group}/나{n}");
            chart += &format!("[[account]]\npath = \"{path}\"\n");
            lines += &format!("2025-01-02,{path},budget,10\n2025-02-03,{path},disbursement,7\n");
            // One is printed otherwise than it is, and than the text says.
            let disbursed = if (group, n) == (1_234, 5) { 8 } else { 7 };
            if (group, n) != (8, 3) {
                table += &format!("{path},10,{disbursed}\n");
            }
        }
        // Each but the first is said to be the one before it.
        let equals = if group == 0 { String::new() } else { format!("equals = [\"p{}\"]\n", group - 1) };
        let printed =
            format!("id = \"p{group}\"\n{equals}account = \"가{group}/나5\"\nmeasure = \"disbursed\"\ntext = \"7\"");
        chart += &format!("[[printed]]\n{printed}\nunit = \"원\"\n");
    }
    let files = "[files]\naccount_lines = [\"lines.csv\"]\nprinted = [\"printed.csv\"]\n";
    let book = support::Book::with(
        &format!("{files}{chart}"),
        &[("2025/lines.csv", lines.as_bytes()), ("2025/printed.csv", table.as_bytes())],
    );
    let read = book.read();
    assert_eq!(read.codes(), [] as [&str; 0]);
    let audit = Audit::of(read.books, &read.tally);
    let audited = &audit.tables[0];
    let has_all_parts = |path: &str| !path.contains('/') && path != "가8";
    assert!(audited.sheet.rows.iter().all(|row| row.complete == has_all_parts(&row.path)));
    let wrong = "가1234/나5:disbursed";
    let suspects: Vec<String> = audited
        .misprints
        .iter()
        .flat_map(|misprint| match &misprint.cause {
            Cause::Cells(suspects) => suspects.iter().map(|suspect| audited.sheet.key(suspect.cell)).collect(),
            Cause::Rows { .. } => Vec::new(),
        })
        .collect();
    assert!(suspects.contains(&wrong.to_owned()), "{suspects:?}");
    let suspect = |(n, _): &(usize, &_)| audit.is_suspect(*n);
    let told: Vec<usize> = audit.figures.iter().enumerate().filter(suspect).map(|(n, _)| n).collect();
    assert_eq!(told.len(), suspects.len());
    assert_eq!((audit.twice.len(), audit.equalities.len()), (groups, groups - 1));
    assert!(audit.equalities.iter().all(|equality| equality.residual.is_zero() && equality.parts.len() == 1));
    let apart: Vec<&[usize]> =
        audit.twice.iter().filter(|twice| twice.agrees == Agrees::No).map(|twice| twice.printed.as_slice()).collect();
    let [[first, second]] = apart.as_slice() else { panic!("{apart:?}") };
    let text = |n: &usize| read.books.printed[*n].text.as_str();
    let mut texts = [text(first), text(second)];
    texts.sort_unstable();
    assert_eq!(texts, ["7", "8"]);
}

/// A tree of rows with one column, or with three of which the first is the sum of the others.
#[derive(Clone, Debug)]
struct Made {
    parents: Vec<Option<usize>>,
    exact: Vec<Vec<i128>>,
}

/// Amounts of the leaves at random, and of all others as what is below them.
fn made(columns: usize, most: i128) -> impl Strategy<Value = Made> {
    let shapes = prop_oneof![
        Just(vec![None, Some(0), Some(0)]),
        Just(vec![None, Some(0), Some(0), Some(0)]),
        Just(vec![None, Some(0), Some(1), Some(1), Some(0)]),
    ];
    let own = columns.min(2);
    (shapes, prop::collection::vec(prop::collection::vec(-most / 4..most, own), 5)).prop_map(
        move |(parents, random)| {
            let mut exact: Vec<Vec<i128>> = random.into_iter().take(parents.len()).collect();
            for row in (0..parents.len()).rev() {
                let below: Vec<usize> = (0..parents.len()).filter(|below| parents[*below] == Some(row)).collect();
                if !below.is_empty() {
                    exact[row] = (0..own).map(|n| below.iter().map(|below| exact[*below][n]).sum()).collect();
                }
            }
            if columns == 3 {
                exact.iter_mut().for_each(|row| row.insert(0, row[0] + row[1]));
            }
            Made { parents, exact }
        },
    )
}

const STEP: i128 = 10;

/// A sheet of figures that are each worth ten won.
fn sheet(parents: &[Option<usize>], digits: &[Vec<i128>]) -> Sheet {
    let source = Sources::default().add(Source::file("t.csv".as_ref()));
    let span = Span::new(source, 0, 0);
    let width = digits[0].len();
    let column = |n: usize| Column {
        heading: Text::same(n.to_string()),
        claim: None,
        sort: Sort::Amount(Unit::Thousand),
        span: None,
    };
    let row = |(n, parent): (usize, &Option<usize>)| Row {
        name: Text::same(n.to_string()),
        path: n.to_string(),
        account: None,
        parent: *parent,
        complete: true,
        span,
    };
    // In thousands with two decimals the last digit is worth ten won.
    let zero = Figure::parse("0.00").expect("a figure").expect("not nil");
    let mark = |digits: &i128| Mark { text: digits.to_string(), says: Says::Figure(zero.with_digits(*digits)), span };
    let marks = digits.iter().flatten().map(mark).collect();
    let sheet = Sheet::new(
        Text::same("t"),
        (0..width).map(column).collect(),
        parents.iter().enumerate().map(row).collect(),
        marks,
    );
    let identity = Identity {
        target: 0,
        parts: vec![(Sign::Plus, 1), (Sign::Plus, 2)],
        whole: None,
        base: Base::Row,
        rows: None,
        source: Known::Heading,
    };
    assert_eq!(sheet.currency, Currency::Won);
    sheet.tied(if width == 3 { vec![identity] } else { Vec::new() })
}

/// How a rule prints an amount, worked out here and not by the program.
fn printed(reading: Reading, exact: i128) -> i128 {
    let (whole, rest) = (exact.abs() / STEP, exact.abs() % STEP);
    let up = match reading {
        Reading::Exactly | Reading::By(Rounding::Floor) => false,
        Reading::By(Rounding::HalfUp) => rest * 2 >= STEP,
        Reading::By(Rounding::HalfDown) => rest * 2 > STEP,
        Reading::By(Rounding::HalfEven) => rest * 2 > STEP || (rest * 2 == STEP && whole % 2 == 1),
        Reading::By(Rounding::Ceil) => rest > 0,
    };
    (whole + i128::from(up)) * exact.signum()
}

/// The amounts that the leaves of a column may have been, tried one by one: what each row may be, or none.
fn oracle(parents: &[Option<usize>], digits: &[i128], reading: Reading) -> Option<Vec<(i128, i128)>> {
    let leaves: Vec<usize> = (0..parents.len()).filter(|row| !parents.contains(&Some(*row))).collect();
    let of = |row: usize| {
        let near = (digits[row] - 1) * STEP..=(digits[row] + 1) * STEP;
        near.filter(|amount| reading.range(digits[row], STEP).has(*amount)).collect::<Vec<i128>>()
    };
    let choices: Vec<Vec<i128>> = leaves.iter().map(|leaf| of(*leaf)).collect();
    let mut found: Option<Vec<(i128, i128)>> = None;
    let mut at = vec![0; leaves.len()];
    loop {
        let mut amounts = vec![0; parents.len()];
        for (n, leaf) in leaves.iter().enumerate() {
            amounts[*leaf] = choices[n][at[n]];
        }
        for row in (0..parents.len()).rev().filter(|row| parents.contains(&Some(*row))) {
            amounts[row] =
                (0..parents.len()).filter(|below| parents[*below] == Some(row)).map(|below| amounts[below]).sum();
        }
        if (0..parents.len()).all(|row| reading.range(digits[row], STEP).has(amounts[row])) {
            let known = found.get_or_insert_with(|| amounts.iter().map(|amount| (*amount, *amount)).collect());
            for (range, amount) in known.iter_mut().zip(&amounts) {
                *range = (range.0.min(*amount), range.1.max(*amount));
            }
        }
        let Some(next) = (0..at.len()).find(|n| at[*n] + 1 < choices[*n].len()) else { return found };
        at[next] += 1;
        at[..next].fill(0);
    }
}

fn reading() -> impl Strategy<Value = Reading> {
    (0..Reading::ALL.len()).prop_map(|n| Reading::ALL[n])
}

fn rule() -> impl Strategy<Value = Reading> {
    (0..Rounding::ALL.len()).prop_map(|n| Reading::By(Rounding::ALL[n]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    /// On a tree the engine says what an oracle says that tries every amount: whether the figures are possible, and what
    /// each may have been.
    #[test]
    fn on_a_tree_the_engine_is_the_oracle(made in made(1, 300), off in -1_i128..=1, at in 0_usize..5, by in rule(), under_ in reading()) {
        let mut digits: Vec<i128> = made.exact.iter().map(|row| printed(by, row[0])).collect();
        let many = digits.len();
        digits[at % many] += off;
        let columns: Vec<Vec<i128>> = digits.iter().map(|one| vec![*one]).collect();
        let outcome = under(&sheet(&made.parents, &columns), &[Some(under_)]);
        let told = outcome.ranges().map(|ranges| ranges.iter().map(|range| (range.low, range.high)).collect::<Vec<_>>());
        prop_assert_eq!(told, oracle(&made.parents, &digits, under_));
    }

    /// A table that was made by rounding, by one rule everywhere or a rule for each column, is never called impossible.
    #[test]
    fn what_was_rounded_is_never_wrong(made in made(3, 90_000), rules in prop::collection::vec(rule(), 3)) {
        let digits: Vec<Vec<i128>> = made.exact.iter().map(|row| row.iter().zip(&rules).map(|(amount, rule)| printed(*rule, *amount)).collect()).collect();
        let sheet = sheet(&made.parents, &digits);
        let own: Vec<Option<Reading>> = rules.iter().copied().map(Some).collect();
        let outcome = under(&sheet, &own);
        let ranges = outcome.ranges().expect("it was made so");
        for (row, amounts) in made.exact.iter().enumerate() {
            for (column, amount) in amounts.iter().enumerate() {
                prop_assert!(ranges[sheet.cell(row, column)].has(*amount));
            }
        }
        let audited = Audited::of(sheet, vec![false; 3]);
        prop_assert!(audited.verdict.possible != Possible::No);
        prop_assert!(audited.misprints.is_empty(), "{:?}", audited.misprints);
    }

    /// In a table of whole won any digit that is changed is found, and where two ties tell of it the cell is named first.
    #[test]
    fn a_changed_digit_is_found(made in made(3, 90_000), row in 0_usize..5, column in 0_usize..3, by in 1_i128..9, place in 0_u32..4) {
        let row = row % made.parents.len();
        let mut digits = made.exact.clone();
        digits[row][column] += by * 10_i128.pow(place);
        let mut sheet = sheet(&made.parents, &digits);
        // To the won, nothing can have been rounded.
        let zero = Figure::parse("0.000").expect("a figure").expect("not nil");
        for (mark, digits) in sheet.marks.iter_mut().zip(digits.iter().flatten()) {
            mark.says = Says::Figure(zero.with_digits(*digits));
        }
        let cell = sheet.cell(row, column);
        let ties = sheet.sums.iter().filter(|sum| sum.terms.iter().any(|(_, at)| *at == cell)).count();
        let audited = Audited::of(sheet, vec![false; 3]);
        prop_assert_eq!(audited.verdict.possible, Possible::No);
        let first = audited.misprints.first().and_then(|misprint| if let Cause::Cells(suspects) = &misprint.cause { suspects.first().map(|first| first.cell) } else { None });
        prop_assert_eq!(audited.misprints.len(), 1, "{:?}", audited.misprints);
        if ties > 1 {
            prop_assert_eq!(first, Some(cell));
        }
    }
}
