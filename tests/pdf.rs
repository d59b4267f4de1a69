//! Pages on paper: what a PDF holds, and what other people's readers find in it.

mod support;

use std::path::Path;
use std::process::Command;
use support::documents::{every_hard_page, every_page, written};
use support::{Everything, root};
use wego_ledger::ledger::Books;
use wego_ledger::render::Format;
use wego_ledger::table::Page;
use wego_ledger::words::Lang;

/// Runs a script of `tests/pdf` with the Python that `.ci/run` fills; gives what it says.
fn script(name: &str, folder: &Path) -> String {
    let ours = root().join("target/ci/bin/python3");
    let python = if ours.exists() { ours } else { "python3".into() };
    let output = Command::new(python).arg(root().join("tests/pdf").join(name)).arg(folder).output();
    let output = output.expect("python3 is installed");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// Writes a page for the script: as PDF, and as what it is compared with.
fn put(folder: &Path, name: &str, page: &Page, books: &Books) {
    for (lang, language) in [(Lang::Ko, "ko"), (Lang::En, "en")] {
        for (format, ending) in [(Format::Pdf, "pdf"), (Format::Markdown, "md"), (Format::Csv, "csv")] {
            let (bytes, _) = written(page, books, format, lang);
            std::fs::write(folder.join(format!("{name}-{language}.{ending}")), bytes).expect("it can be written");
        }
    }
}

#[test]
#[ignore = "needs poppler and python3 with pypdf"]
fn every_page_reads_back_cell_by_cell() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("PDF_FOLDER").map(std::path::PathBuf::from);
    let path = kept.as_deref().unwrap_or(folder.path());
    every_page(|name, page, books| put(path, name, page, books));
    println!("{}", script("read_back.py", path));
}

#[test]
#[ignore = "needs poppler and python3 with pypdf"]
fn every_hard_page_reads_back_cell_by_cell() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("PDF_FOLDER").map(std::path::PathBuf::from);
    let path = kept.as_deref().unwrap_or(folder.path());
    every_hard_page(|name, page, books| put(path, name, page, books));
    println!("{}", script("read_back.py", path));
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let read = Everything::of(&root().join("data"), 2015, 1);
    let once = || written(&read.page(), read.books, Format::Pdf, Lang::Ko);
    let (bytes, warnings) = once();
    assert_eq!(warnings, []);
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(bytes == once().0);
}
