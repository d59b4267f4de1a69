//! Workbooks, as an auditor uses them: recalculated from nothing, changed by one won, read by another program.

mod support;

use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::documents::{every_hard_page, every_page, hard, written};
use support::{Book, CHART, Everything, root};
use wego_ledger::ledger::Books;
use wego_ledger::money::Unit;
use wego_ledger::render::Format;
use wego_ledger::report::{self, Layout, Settlement};
use wego_ledger::table::{Lines, Page};
use wego_ledger::words::Lang;

/// The Python that CI has put there, with openpyxl.
fn python(script: &str, arguments: &[&Path]) -> String {
    let python = root().join("target/ci/bin/python");
    let output = Command::new(&python)
        .arg(root().join("tests/workbook").join(script))
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{} runs: {error}", python.display()));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{script}: {said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// Writes a page as a workbook and as JSON, under a name, into a folder.
fn both(folder: &Path, name: &str, page: &Page, books: &Books, lang: Lang) {
    let (workbook, _) = written(page, books, Format::Xlsx, lang);
    let (json, _) = written(page, books, Format::Json, lang);
    std::fs::write(folder.join(format!("{name}.xlsx")), workbook).expect("files can be written");
    std::fs::write(folder.join(format!("{name}.json")), json).expect("files can be written");
}

#[test]
fn the_same_page_is_the_same_bytes() {
    for hard in hard().into_iter().filter(|hard| hard.name != "long") {
        let page = hard.read.page();
        let [one, other] = [(); 2].map(|()| written(&page, hard.read.books, Format::Xlsx, Lang::Ko).0);
        assert!(one.starts_with(b"PK") && one == other, "{}", hard.name);
    }
}

#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn every_page_recalculates_to_its_figures() {
    for (lang, name) in [(Lang::Ko, "ko"), (Lang::En, "en")] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        every_page(|report, page, books| both(folder.path(), &format!("{report}-{name}"), page, books, lang));
        python("agrees.py", &[folder.path()]);
    }
}

#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn every_hard_page_recalculates_to_its_figures() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    every_hard_page(|report, page, books| both(folder.path(), report, page, books, Lang::Ko));
    python("agrees.py", &[folder.path()]);
}

/// Pages that have figures of another year, which are of other lines and another chart.
#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn every_page_of_two_years_recalculates_to_its_figures() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (book, words) in [
        ("data", "report 2015"),
        ("data", "report 2016"),
        ("data", "diff 2015 2016"),
        ("fixtures/funds", "report 2022"),
        ("fixtures/funds", "report 2023"),
        ("fixtures/funds", "diff 2022 2023"),
    ] {
        for (lang, ending) in ["ko", "en"].into_iter().flat_map(|lang| ["xlsx", "json"].map(|ending| (lang, ending))) {
            let name = format!("{} {words} {lang}.{ending}", book.replace('/', "-"));
            let output = Command::new(env!("CARGO_BIN_EXE_wego-ledger"))
                .args(words.split(' '))
                .args(["--lang", lang, "--format", ending, "--book"])
                .arg(root().join(book))
                .arg("--output")
                .arg(folder.path().join(&name))
                .output()
                .expect("the program runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(folder.path().join(&name).exists() && !said.contains("panicked"), "{name}: {said}");
        }
    }
    python("agrees.py", &[folder.path()]);
}

/// The settlement of 2015 as a workbook in a folder.
fn settlement_of_2015(folder: &Path) -> PathBuf {
    let read = Everything::of(&root().join("data"), 2015, 1);
    let (workbook, warnings) = written(&read.page(), read.books, Format::Xlsx, Lang::Ko);
    assert_eq!(warnings, []);
    let path = folder.join("정산.xlsx");
    std::fs::write(&path, workbook).expect("files can be written");
    path
}

/// Runs `reads.py` over a workbook, with what it is to hold.
fn reads(folder: &Path, workbook: &Path, says: &serde_json::Value) {
    let path = folder.join("says.json");
    std::fs::write(&path, says.to_string()).expect("files can be written");
    python("reads.py", &[workbook, &path]);
}

#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn other_programs_read_what_the_council_is_shown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workbook = settlement_of_2015(folder.path());
    let says = json!({
        "sheets": ["표", "원", "검산", "내역", "과목"],
        "formulas": 29 * 2 + 16,
        "cells": {
            "표": { "D5": 636_311, "D7": 9_999.9, "E7": 0.05, "F7": "-", "A11": "사업비" },
            "원": { "D8": 9_999_950, "E6": 1_146_550, "J8": 9_999_950 },
            "내역": { "A7": format!("{}/data/2015/account-lines.csv:13", root().display()), "F7": "disbursed", "H7": 9_999_950 },
            "과목": { "A6": 4, "B6": "사무관리비", "D6": 6 },
        },
        "panes": { "표": ["B5", "$4:$4"], "내역": ["B2", "$1:$1"] },
        "notes": { "표": { "D7": "data/2015/account-lines.csv:13", "D5": "account-lines.csv:10" } },
        "shown": {
            "표": ["9,999.9", "0.05", "5,999.5", "644,658", "검산: 일치", "(단위: 천원)"],
            "원": ["636,311,450"],
            "검산": ["검산: 일치"],
        },
    });
    reads(folder.path(), &workbook, &says);
}

/// What changed where, after one won more on a line.
fn changed(workbook: &Path, line: &str) -> Vec<String> {
    python("changed.py", &[workbook, Path::new(line)]).lines().map(str::to_owned).collect()
}

#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn one_won_on_a_line_goes_all_the_way_to_the_table() {
    let book = Book::of(
        &CHART,
        "date,account,kind,amount,to\n2025-01-05,사무관리비/사업비,budget,5000,\n2025-01-05,여비,budget,1000,\n\
         2025-01-06,사무관리비/사업비,grant,4000,\n2025-02-01,사무관리비/사업비,disbursement,3499,\n\
         2025-03-01,사무관리비/사업비,transfer,10,여비\n",
    );
    let read = book.read();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workbook = folder.path().join("정산.xlsx");
    let write = |unit: Unit| {
        let mut layout = Layout::of(&read.books.year.presentation);
        layout.unit = unit;
        let page = Settlement::of(read.books, &read.tally).page(&layout);
        std::fs::write(&workbook, written(&page, read.books, Format::Xlsx, Lang::Ko).0).expect("files can be written");
    };
    // In won the disbursed amount, what is left, their totals, the subtotals, and the checks follow.
    write(Unit::Won);
    let seen = changed(&workbook, "3");
    for wanted in [
        "표!D5: 3499 -> 3500",
        "표!D7: 3499 -> 3500",
        "표!D9: 3499 -> 3500",
        "표!E5: 501 -> 500",
        "표!E9: 501 -> 500",
        "표!A3: 검산: 일치 -> 검산: 다름 6곳",
        "원!D6: 3499 -> 3500",
        "원!E10: 501 -> 500",
        "검산!A2: 검산: 일치 -> 검산: 다름 6곳",
        "검산!D6: 0 -> 6",
    ] {
        assert!(seen.iter().any(|line| line == wanted), "{wanted} in\n{}", seen.join("\n"));
    }
    assert!(!seen.iter().any(|line| line.starts_with("표!B")), "the budget stays as it is: {seen:?}");
    // In 천원 it is the won that rounds.
    write(Unit::Thousand);
    let seen = changed(&workbook, "3");
    assert!(seen.iter().any(|line| line == "표!D5: 3 -> 4"), "{seen:?}");
    assert!(!seen.iter().any(|line| line.starts_with("표!E")), "501 and 500 round alike: {seen:?}");
    // What moves between two accounts stands once, and changes both.
    let seen = changed(&workbook, "4");
    for wanted in ["내역!H6: 10 -> 11", "내역!H7: 10 -> 11", "원!B10: 4990 -> 4989", "원!B11: 1010 -> 1011"] {
        assert!(seen.iter().any(|line| line.contains(wanted)), "{wanted} in\n{}", seen.join("\n"));
    }
    assert!(!seen.iter().any(|line| line.starts_with("원!B6")), "nothing comes of nothing: {seen:?}");
}

/// What was divided to the last won is a value, and some tables ask for few of the lines: neither goes unnoticed.
#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn one_won_on_any_line_is_noticed_or_said_to_be_of_no_use() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let read = Everything::of(&root().join("fixtures/funds"), 2023, 1);
    let wanted = ["return", "diff", "closing"].map(|name| {
        let (_, make) = report::ALL.iter().find(|(known, _)| *known == name).expect("a report");
        let workbook = folder.path().join(format!("{name}.xlsx"));
        let (bytes, _) = written(&make(read.books, &read.tally), read.books, Format::Xlsx, Lang::Ko);
        std::fs::write(&workbook, bytes).expect("files can be written");
        workbook
    });
    python("follows.py", &wanted.each_ref().map(PathBuf::as_path));
}

#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn no_text_is_a_formula_and_no_name_is_a_pattern() {
    let hard = support::documents::names();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workbook = folder.path().join("names.xlsx");
    let (bytes, warnings) = written(&hard.read.page(), hard.read.books, Format::Xlsx, Lang::Ko);
    assert_eq!(warnings, []);
    std::fs::write(&workbook, bytes).expect("files can be written");
    let names = support::documents::HARD_NAMES;
    let mut cells = serde_json::Map::new();
    // Below the total each account's own budget, whatever its name makes of a pattern.
    for (n, name) in names.iter().enumerate() {
        let row = n + 6;
        cells.insert(format!("A{row}"), json!(name));
        cells.insert(format!("B{row}"), json!(1_000_000 + n));
        cells.insert(format!("D{row}"), json!(450_001 * (n + 1)));
    }
    let says = json!({ "sheets": ["표", "원", "검산", "내역", "과목"], "cells": { "표": cells } });
    reads(folder.path(), &workbook, &says);
}

#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn too_many_lines_are_left_out_and_said_so() {
    let mut lines = String::from("date,account,kind,amount\n2025-01-05,여비,budget,300000\n");
    for n in 0..Lines::MOST {
        lines.push_str(&format!("2025-02-05,여비,disbursement,{}\n", 1 + n % 2));
    }
    let book = Book::of(&["여비"], lines);
    let read = book.read();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workbook = folder.path().join("many.xlsx");
    let (bytes, warnings) = written(&read.page(), read.books, Format::Xlsx, Lang::Ko);
    let said = "2025년도 내역이 200001줄이어서 내역 시트를 넣지 않음: 내역의 합은 수식이 아니라 값임";
    assert_eq!(warnings.iter().map(|text| text.ko.as_str()).collect::<Vec<_>>(), [said]);
    std::fs::write(&workbook, bytes).expect("files can be written");
    let says = json!({
        "sheets": ["표", "원", "검산"],
        "cells": { "표": { "A3": format!("※ {said}") }, "원": { "D7": 300_000 } },
        "shown": { "표": ["300,000", format!("※ {said}")] },
    });
    reads(folder.path(), &workbook, &says);
}

#[test]
fn amounts_that_no_number_holds_are_told() {
    let huge = support::documents::huge();
    let (_, warnings) = written(&huge.read.page(), huge.read.books, Format::Xlsx, Lang::En);
    let said: Vec<&str> = warnings.iter().map(|text| text.en.as_str()).collect();
    assert!(matches!(said.as_slice(), [one] if one.contains("more than the 15 digits")), "{said:?}");
}
