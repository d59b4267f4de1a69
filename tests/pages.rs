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
    let mut wrong = Vec::new();
    for About { code, page } in check::about() {
        for (text, (lang, headings)) in page.iter().zip(HEADINGS) {
            let title = text.lines().next().unwrap_or_default();
            let name = format!("# {} {}", code.id, code.name);
            let titled = if lang == "ko" { title.starts_with(&format!("{name} · ")) } else { title == name };
            let places: Vec<_> = headings.iter().filter_map(|heading| text.find(heading)).collect();
            let headed = places.len() == headings.len() && places.is_sorted();
            let block = format!("```console\n$ wego-ledger check --book fixtures/broken/{} --lang {lang}", code.id);
            let shown = text.contains(&block) && text.contains(&format!("[{}]", code.id));
            for (holds, what) in [(titled, "its title"), (headed, "the headings"), (shown, "its own finding")] {
                wrong.extend((!holds).then(|| format!("the page of {} in {lang} lacks {what}", code.id)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_page_is_of_a_rule() {
    let pages: BTreeSet<_> = check::about().into_iter().flat_map(|about| about.page).collect();
    for path in files(&root().join("src/check"), &["md"]) {
        let text = std::fs::read_to_string(&path).expect("a page can be read");
        assert!(pages.contains(text.as_str()), "no rule has the page {}", path.display());
    }
}

/// Of both books the first words say what is wrong with it, or what was mended.
#[test]
fn every_rule_has_a_broken_book_that_raises_it_alone_and_a_mended_one_that_raises_nothing() {
    let mut wrong = Vec::new();
    for About { code, .. } in check::about() {
        for (kind, expected) in [("broken", BTreeSet::from([code.id.to_owned()])), ("mended", BTreeSet::new())] {
            let book = format!("fixtures/{kind}/{}", code.id);
            if !root().join(&book).join("book.toml").is_file() {
                wrong.push(format!("there is no {book}"));
                continue;
            }
            let mut texts = files(&root().join(&book), &["toml", "csv"]).into_iter().map(std::fs::read);
            if !texts.any(|text| text.is_ok_and(|text| text.starts_with(b"# "))) {
                wrong.push(format!("{book} does not say what it is for"));
            }
            let raised = raised(&book);
            wrong.extend((raised != expected).then(|| format!("{book} raises {raised:?}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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
