//! The pages of the rules and their books: each rule says what it finds, why and what to do, in both languages, over an
//! example that runs on its own broken book; that book raises the rule and nothing else, and its mended twin nothing.

mod support;

use std::collections::BTreeSet;
use std::process::Command;
use support::{files, root};
use wego_ledger::check;
use wego_ledger::finding::About;

const HEADINGS: [(&str, [&str; 3]); 2] =
    [("ko", ["## 왜\n", "## 보기\n", "## 고치는 법\n"]), ("en", ["## Why\n", "## Example\n", "## Way out\n"])];

#[test]
fn every_rule_has_its_page_in_both_languages() {
    for About { code, page } in check::about() {
        for (text, (lang, headings)) in page.iter().zip(HEADINGS) {
            let title = text.lines().next().unwrap_or_default();
            let name = format!("# {} {}", code.id, code.name);
            let korean = title.strip_prefix(&format!("{name} · "));
            assert!(if lang == "ko" { korean.is_some() } else { title == name }, "{title}");
            let places: Vec<_> = headings.iter().filter_map(|heading| text.find(heading)).collect();
            assert!(places.len() == headings.len() && places.is_sorted(), "{} in {lang}: {headings:?}", code.id);
            let block = format!("```console\n$ wego-ledger check --book fixtures/broken/{} --lang {lang}", code.id);
            assert!(text.contains(&block), "{} in {lang} runs another book", code.id);
            assert!(text.contains(&format!("[{}]", code.id)), "{} in {lang} shows no finding of its own", code.id);
        }
    }
}

#[test]
fn every_page_is_of_a_rule() {
    let pages: BTreeSet<_> = check::about().into_iter().flat_map(|about| about.page).collect();
    for path in files(&root().join("src/check"), &["md"]) {
        let text = std::fs::read_to_string(&path).expect("a page can be read");
        assert!(pages.contains(text.as_str()), "no rule has the page {}", path.display());
    }
}

#[test]
fn every_rule_has_a_broken_book_that_raises_it_alone_and_a_mended_one_that_raises_nothing() {
    for About { code, .. } in check::about() {
        for (kind, expected) in [("broken", BTreeSet::from([code.id.to_owned()])), ("mended", BTreeSet::new())] {
            let book = format!("fixtures/{kind}/{}", code.id);
            assert!(root().join(&book).join("book.toml").is_file(), "there is no {book}");
            assert_eq!(raised(&book), expected, "{book}");
        }
    }
}

/// A book says itself what is wrong with it, or what was mended.
#[test]
fn every_book_says_what_it_is_for() {
    for About { code, .. } in check::about() {
        for kind in ["broken", "mended"] {
            let book = root().join("fixtures").join(kind).join(code.id);
            let mut texts = files(&book, &["toml", "csv"]).into_iter().map(|path| std::fs::read(path).unwrap_or_default());
            assert!(texts.any(|text| text.starts_with(b"# ")), "{kind} {} does not say what it is for", code.id);
        }
    }
}

/// The codes of what the whole check finds in a book.
fn raised(book: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_wego-ledger"))
        .args(["check", "--book", book, "--format", "json"])
        .current_dir(root())
        .output()
        .expect("the program runs");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("stdout is JSON and nothing else");
    let years = json["years"].as_array().expect("it has years");
    let findings = years.iter().filter_map(|year| year["findings"].as_array()).flatten();
    findings.filter_map(|finding| finding["code"].as_str()).map(str::to_owned).collect()
}
