//! The one loop over account lines: files to workers, rows to lines, lines to sinks.
//!
//! # Why
//!
//! **Whole files go to workers.** Cutting a file at true row ends for several workers is a step of its own; sums do not
//! depend on order, so what is printed is the same for one worker or many.

use super::Error;
use super::column;
use super::corrections::{Held, Holding};
use super::csv::Csv;
use super::row::{self, Fields, Reader};
use super::toml::Document;
use crate::finding::Findings;
use crate::ledger::{Books, Layout, LineFile, Sink};
use crate::source::Origin;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Reads every account line of the books and pushes it to a sink; one sink is made for each worker, and all are merged.
///
/// Corrections that name only the line they go back to are held until that line is known, which takes a second reading
/// when there are any.
///
/// # Errors
/// A file that cannot be read. What is wrong with a line is a finding, and the line is refused.
pub fn lines<S: Sink>(books: &Books, jobs: NonZeroUsize, sink: impl Fn() -> S + Sync) -> Result<(S, Findings), Error> {
    let (holding, mut findings) = pass(books, jobs, || Holding::new(sink()))?;
    let (mut sink, held) = holding.into_parts();
    if !held.is_empty() {
        // What is wrong with a line was found the first time.
        let (found, _) = pass(books, jobs, || held.lookup())?;
        for correction in &held.all {
            correction.settle(&found, books, &mut sink, &mut findings);
        }
    }
    findings.sort();
    Ok((sink, findings))
}

/// Reads every line once.
fn pass<S: Sink>(books: &Books, jobs: NonZeroUsize, sink: impl Fn() -> S + Sync) -> Result<(S, Findings), Error> {
    let files = &books.line_files;
    let workers = jobs.get().min(files.len());
    if workers <= 1 {
        let (mut sink, mut findings) = (sink(), Findings::default());
        for file in files {
            one_file(books, *file, &mut sink, &mut findings)?;
        }
        return Ok((sink, findings));
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Result<(S, Findings), Error>>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let (mut own, mut findings) = (sink(), Findings::default());
                let mut outcome = Ok(());
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    outcome = one_file(books, *file, &mut own, &mut findings);
                    if outcome.is_err() {
                        break;
                    }
                }
                let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                done.push(outcome.map(|()| (own, findings)));
            });
        }
    });
    let (mut all, mut findings) = (sink(), Findings::default());
    for outcome in done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        let (own, found) = outcome?;
        all.merge(own);
        findings.merge(found);
    }
    Ok((all, findings))
}

fn one_file<S: Sink>(books: &Books, file: LineFile, sink: &mut S, findings: &mut Findings) -> Result<(), Error> {
    let source = books.sources.get(file.source);
    let read = match file.layout {
        Layout::Csv => csv_lines(books, file, sink, findings),
        Layout::Toml => toml_lines(books, file, sink, findings),
    };
    read.map_err(|error| Error::unreadable(source.name.as_ref(), error))
}

fn csv_lines<S: Sink>(books: &Books, file: LineFile, sink: &mut S, findings: &mut Findings) -> std::io::Result<()> {
    let reader = Reader { books, unit: file.unit };
    let mut csv = Csv::open(file.source, books.sources.get(file.source))?;
    let Some(first) = csv.header(findings)? else { return Ok(()) };
    let Some(header) = column::header(&first, &row::COLUMNS, findings) else {
        return csv.refuse_rest(findings);
    };
    while let Some(record) = csv.next(findings)? {
        let fields = Fields {
            origin: Origin { source: file.source, at: record.at() },
            span: record.span(),
            spots: std::array::from_fn(|column| header.of(&record, column)),
        };
        match reader.line(&fields, findings) {
            Some(line) => sink.line(&line),
            None => findings.refuse_lines(1),
        }
    }
    Ok(())
}

/// Lines of a TOML document, which is held whole: it is for the few lines that people write by hand.
fn toml_lines<S: Sink>(books: &Books, file: LineFile, sink: &mut S, findings: &mut Findings) -> std::io::Result<()> {
    let reader = Reader { books, unit: file.unit };
    let Some(document) = Document::read(&books.sources, file.source, findings)? else { return Ok(()) };
    let Some(table) = document.parse(findings) else { return Ok(()) };
    let mut keys = document.keys(&table);
    for mut keys in keys.tables("line", findings) {
        let span = keys.span();
        let before = findings.iter().count();
        let spots = std::array::from_fn(|column| {
            let id = row::COLUMNS[column].id;
            let found = keys.value(id)?;
            keys.written(id, &found, ("글(문자열)", "a string"), findings)
        });
        // A value of the wrong type must not read as one that is absent.
        let sound = findings.iter().count() == before;
        let fields = Fields { origin: Origin { source: file.source, at: span.at }, span, spots };
        keys.finish_free(findings);
        match sound.then(|| reader.line(&fields, findings)).flatten() {
            Some(line) => sink.line(&line),
            None => findings.refuse_lines(1),
        }
    }
    keys.finish(findings);
    Ok(())
}

impl Held {
    /// Whether nothing was held back.
    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
