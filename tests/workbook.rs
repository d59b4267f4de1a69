//! Workbooks, as an auditor uses them: recalculated from nothing, changed by one won, read by another program.

mod support;

use std::path::Path;
use std::process::Command;
use support::documents::{every_hard_page, every_page, hard, written};
use support::root;
use wego_ledger::ledger::Books;
use wego_ledger::render::Format;
use wego_ledger::table::Page;
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
        println!("{}", python("agrees.py", &[folder.path()]));
    }
}

#[test]
#[ignore = "needs LibreOffice and openpyxl"]
fn every_hard_page_recalculates_to_its_figures() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    every_hard_page(|report, page, books| both(folder.path(), report, page, books, Lang::Ko));
    println!("{}", python("agrees.py", &[folder.path()]));
}
