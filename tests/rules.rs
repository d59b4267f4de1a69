//! Each broken book raises exactly its code under every rule, shown with its caret, in both languages; its mended twin and
//! sound books raise nothing.
//!
//! `UPDATE=1 cargo test --test rules` writes what is shown anew; read the difference before you keep it.

mod support;

use std::collections::BTreeSet;
use support::{Checked, Everything, SOUND, check_years, root};
use wego_ledger::check;
use wego_ledger::finding::{READING, Severity};
use wego_ledger::render::{self, Style};
use wego_ledger::words::Lang;

#[test]
fn each_broken_book_raises_exactly_its_code() {
    for rule in check::rules() {
        let folder = root().join("fixtures/broken").join(rule.code.id);
        let years = check_years(&folder, 1);
        let codes: BTreeSet<_> = years.iter().flat_map(Checked::codes).collect();
        assert_eq!(codes, BTreeSet::from([rule.code.id]), "{}", rule.code.name);
        for (lang, name) in [(Lang::Ko, "shown.ko.txt"), (Lang::En, "shown.en.txt")] {
            let mut shown = Vec::new();
            for year in &years {
                let style = Style { lang, ..Style::plain(&year.books.year.presentation) };
                render::snippets(&year.findings, &year.books.sources, &style, &mut shown)
                    .expect("memory can be written");
            }
            let above = format!("{}/", root().display());
            let shown = String::from_utf8(shown).expect("findings are UTF-8").replace(&above, "");
            let file = folder.join(name);
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&file, &shown).expect("it can be written");
            }
            let expected = std::fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(shown, expected, "{} in {lang:?}", rule.code.id);
        }
    }
}

#[test]
fn each_mended_book_raises_nothing() {
    for rule in check::rules() {
        let years = check_years(&root().join("fixtures/mended").join(rule.code.id), 1);
        assert!(!years.is_empty(), "{} has no mended book", rule.code.id);
        for year in years {
            assert_eq!(year.said(), [] as [&str; 0], "{}", rule.code.name);
        }
    }
}

/// A rule that can only be seen at its own severity is graded by its book: reading codes have no other.
#[test]
fn what_reading_finds_has_the_severity_of_its_code() {
    for code in READING {
        let read = Everything::of(&root().join("fixtures/broken").join(code.id), 2025, 1);
        let codes: BTreeSet<_> = read.codes().into_iter().collect();
        assert_eq!(codes, BTreeSet::from([code.id]), "{}", code.name);
        assert!(read.findings.iter().all(|finding| finding.severity == code.severity));
    }
}

/// What is refused is a line less in the sums, and is counted; a warning refuses nothing.
#[test]
fn errors_in_lines_refuse_them_and_warnings_do_not() {
    for code in READING.iter().filter(|code| code.severity == Severity::Warning) {
        let read = Everything::of(&root().join("fixtures/broken").join(code.id), 2025, 1);
        assert_eq!(read.findings.refused_lines(), 0, "{}", code.name);
        assert!(read.tally.lines() > 0, "{}", code.name);
    }
}

#[test]
fn sound_books_raise_nothing_while_they_are_read() {
    for (book, year) in SOUND {
        let read = Everything::of(&root().join(book), year, 1);
        assert_eq!(read.codes(), [] as [&str; 0], "{book} {year}");
        assert!(read.tally.lines() > 0, "{book} {year}");
    }
}

/// Sound books raise nothing but what they accept, and what is due, ungranted or planned in them: that is what they are made
/// to show, and `sums.rs` tells it one by one.
#[test]
fn sound_books_raise_nothing_that_they_do_not_accept() {
    let shown = ["WL405", "WL410", "WL414", "WL415"];
    for book in ["fixtures/small", "fixtures/won", "fixtures/funds", "fixtures/deposit"] {
        for year in check_years(&root().join(book), 1) {
            let found: Vec<_> = year.codes().into_iter().filter(|code| !shown.contains(code)).collect();
            assert_eq!(found, [] as [&str; 0], "{book} {}: {:#?}", year.books.year.fiscal_year, year.said());
        }
    }
}

#[test]
fn the_real_plan_has_three_overlaps_a_schedule_too_long_and_six_names_in_two_forms() {
    let years = check_years(&root().join("data"), 1);
    let about = |code: &str| -> Vec<String> {
        let found = years.iter().flat_map(|year| year.findings.iter()).filter(|finding| finding.code.id == code);
        found.filter_map(|finding| finding.about.clone()).collect()
    };
    assert_eq!(about("WL208"), ["4-1"]);
    assert_eq!(about("WL209"), ["3-1", "3-1", "3-1"]);
    assert_eq!(about("WL211"), ["P4", "2-1", "2-2", "3-1", "3-2", "4-1"]);
    let errors: Vec<_> = years.iter().flat_map(Checked::said).filter(|said| said.contains(" error ")).collect();
    assert_eq!(errors, [] as [&str; 0]);
}
