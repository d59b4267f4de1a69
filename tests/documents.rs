//! What holds for every format of documents: hard books, and the same bytes each time.

mod support;

use support::documents::{Hard, every_hard_page, lines_of, long};
use wego_ledger::table::Lines;

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
    assert!(Lines::MOST >= 200_000);
}
