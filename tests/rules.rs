//! Each broken book raises exactly its code, shown with its caret, in both languages; sound books raise nothing.
//!
//! `UPDATE=1 cargo test --test rules` writes what is shown anew; read the difference before you keep it.

mod support;

use std::collections::BTreeSet;
use support::{Everything, SOUND, root};
use wego_ledger::finding::{READING, Severity};
use wego_ledger::render::{self, Style};
use wego_ledger::words::Lang;

#[test]
fn each_broken_book_raises_exactly_its_code() {
    for code in READING {
        let folder = root().join("fixtures/broken").join(code.id);
        let read = Everything::of(&folder, 2025, 1);
        let codes: BTreeSet<_> = read.codes().into_iter().collect();
        assert_eq!(codes, BTreeSet::from([code.id]), "{}", code.name);
        assert!(read.findings.iter().all(|finding| finding.severity == code.severity));
        for (lang, name) in [(Lang::Ko, "shown.ko.txt"), (Lang::En, "shown.en.txt")] {
            let style = Style { lang, ..Style::plain(&read.books.year.presentation) };
            let mut shown = Vec::new();
            render::snippets(&read.findings, &read.books.sources, &style, &mut shown).expect("memory can be written");
            let above = format!("{}/", root().display());
            let shown = String::from_utf8(shown).expect("findings are UTF-8").replace(&above, "");
            let file = folder.join(name);
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&file, &shown).expect("it can be written");
            }
            let expected = std::fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(shown, expected, "{} in {lang:?}", code.id);
        }
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
fn sound_books_raise_nothing() {
    for (book, year) in SOUND {
        let read = Everything::of(&root().join(book), year, 1);
        assert_eq!(read.codes(), [] as [&str; 0], "{book} {year}");
        assert!(read.tally.lines() > 0, "{book} {year}");
    }
}
