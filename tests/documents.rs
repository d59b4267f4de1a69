//! What holds for every format of documents: every report can be written, and comes out the same each time.

mod support;

use std::collections::BTreeMap;
use support::Book;
use support::documents::{Hard, every_hard_page, every_page, lines_of, long, written};
use wego_ledger::render::Format;
use wego_ledger::table::Lines;
use wego_ledger::words::Lang;

#[test]
fn every_report_is_written_in_every_format_the_same_each_time() {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    every_page(|name, page, books| {
        for format in Format::ALL {
            // What is the same in both languages is none: a page in the wrong one would not be noticed.
            let [ko, en] = [Lang::Ko, Lang::En].map(|lang| written(page, books, format, lang).0);
            assert!(!ko.is_empty() && (ko != en || matches!(format, Format::Csv | Format::Json)), "{name} {format:?}");
            assert!(ko == written(page, books, format, Lang::Ko).0, "{name} {format:?} comes out another time");
            *seen.entry(format.name()).or_default() += 1;
        }
    });
    assert_eq!(seen.len(), Format::ALL.len());
    assert!(seen.values().all(|count| *count > 100), "{seen:?}");
}

#[test]
fn the_hard_books_can_be_read_and_reported() {
    let mut names = Vec::new();
    every_hard_page(|name, page, _| {
        assert!(!page.blocks.is_empty(), "{name}");
        names.push(name.to_owned());
    });
    assert_eq!(names.len(), 25, "{names:?}");
}

#[test]
fn a_page_carries_every_line_along_until_there_are_too_many() {
    let Hard { read, book: _book, .. } = long(100);
    let lines = lines_of(read.books);
    assert!(lines.is_whole());
    assert_eq!((lines.count, lines.kept.len()), (300, 300));
    assert!(lines.kept.windows(2).all(|two| two[0].origin < two[1].origin && two[0].line < two[1].line));
    assert_eq!(lines.kept[0].line, 2);
    assert_eq!(lines.counts.iter().sum::<u64>(), 300);
}

#[test]
fn of_too_many_lines_the_first_of_each_account_are_carried_and_all_are_counted() {
    let mut text = "date,account,kind,amount\n".to_owned();
    for _ in 0..=Lines::MOST {
        text.push_str("2025-01-05,인건비,budget,1\n");
    }
    text.push_str("2025-01-06,여비,budget,7\n");
    let book = Book::of(&["인건비", "여비"], text);
    let lines = lines_of(book.read().books);
    assert!(!lines.is_whole());
    assert_eq!(lines.count, Lines::MOST as u64 + 2);
    assert_eq!(lines.counts, [0, Lines::MOST as u64 + 1, 1]);
    assert_eq!(lines.kept.len(), Lines::FEW + 1);
    let places: Vec<u64> = lines.kept.iter().map(|line| line.line).collect();
    let first: Vec<u64> = (2..22).chain([Lines::MOST as u64 + 3]).collect();
    assert_eq!(places, first);
}
