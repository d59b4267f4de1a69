//! The one loop over account lines: files to workers, rows to lines, lines to sinks.
//!
//! # Why
//!
//! **Whole files go to workers.** Cutting a file at true row ends for several workers is a step of its own; sums do not
//! depend on order, so what is printed is the same for one worker or many.

use super::Error;
use super::column::{self, Columns as _};
use super::corrections::{self, Held};
use super::csv::Csv;
use super::row::{Fields, LineColumn, Reader};
use super::toml::{Document, Wanted};
use crate::finding::Findings;
use crate::ledger::{Books, Layout, LineFile, Sink};
use crate::source::Origin;
use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Reads every account line of the books and pushes it to a sink; one sink is made for each worker, and all are merged.
///
/// Corrections that name only the line they go back to are held until that line is known, which takes a second reading
/// when there are any.
///
/// # Errors
/// A file that cannot be read. What is wrong with a line is a finding, and the line is refused.
pub fn lines<S: Sink>(books: &Books, jobs: NonZeroUsize, sink: impl Fn() -> S + Sync) -> Result<(S, Findings), Error> {
    let mut done = pass(books, jobs, &sink)?;
    let held = std::mem::take(&mut done.held).sorted();
    if !held.is_empty() {
        // What is wrong with a line was found the first time.
        let found = pass(books, jobs, || corrections::lookup(&held))?.sink;
        for correction in &held {
            correction.settle(&found, books, &mut done.sink, &mut done.findings);
        }
    }
    done.findings.sort();
    Ok((done.sink, done.findings))
}

/// One worker, or all of them together: what it has read so far.
struct Worker<S> {
    sink: S,
    /// Corrections whose kind is still to be looked up.
    held: Held,
    findings: Findings,
}

impl<S: Sink> Worker<S> {
    fn new(sink: S) -> Worker<S> {
        Worker { sink, held: Held::default(), findings: Findings::default() }
    }

    fn merge(&mut self, other: Worker<S>) {
        self.sink.merge(other.sink);
        self.held.merge(other.held);
        self.findings.merge(other.findings);
    }

    /// Takes a row: the line it is, unless it is refused.
    fn row(&mut self, reader: &Reader<'_>, fields: &Fields<'_>) {
        match reader.line(fields, &mut self.findings) {
            None => self.findings.refuse_lines(1),
            Some(line) => {
                if !self.held.hold(&line, fields.of_span()) {
                    self.sink.line(&line);
                }
            }
        }
    }
}

/// Reads every line once.
fn pass<S: Sink>(books: &Books, jobs: NonZeroUsize, sink: impl Fn() -> S + Sync) -> Result<Worker<S>, Error> {
    let files = &books.line_files;
    let workers = jobs.get().min(files.len());
    let mut all = Worker::new(sink());
    if workers <= 1 {
        for file in files {
            one_file(books, *file, &mut all)?;
        }
        return Ok(all);
    }
    let next = AtomicUsize::new(0);
    // Which file each worker came to last, and what it has read or met.
    type Done<S> = Vec<(usize, Result<Worker<S>, Error>)>;
    let done: Mutex<Done<S>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let mut own = Worker::new(sink());
                let mut outcome = Ok(());
                let mut at = next.fetch_add(1, Ordering::Relaxed);
                while let (Some(file), true) = (files.get(at), outcome.is_ok()) {
                    outcome = one_file(books, *file, &mut own);
                    at = if outcome.is_ok() { next.fetch_add(1, Ordering::Relaxed) } else { at };
                }
                let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                done.push((at, outcome.map(|()| own)));
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Of several files that cannot be read the first is told, whichever worker met its own first.
    done.sort_by_key(|(at, _)| *at);
    for (_, outcome) in done {
        all.merge(outcome?);
    }
    Ok(all)
}

fn one_file<S: Sink>(books: &Books, file: LineFile, worker: &mut Worker<S>) -> Result<(), Error> {
    let read = match file.layout {
        Layout::Csv => csv_lines(books, file, worker),
        Layout::Toml => toml_lines(books, file, worker),
    };
    read.map_err(|error| Error::unreadable(books.sources.get(file.source).name.as_ref(), error))
}

fn csv_lines<S: Sink>(books: &Books, file: LineFile, worker: &mut Worker<S>) -> io::Result<()> {
    let reader = Reader { books, unit: file.unit };
    let mut csv = Csv::open(file.source, books.sources.get(file.source))?;
    let Some(first) = csv.header(&mut worker.findings)? else { return Ok(()) };
    let Some(header) = column::header::<LineColumn>(&first, &mut worker.findings) else {
        return csv.refuse_rest(&mut worker.findings);
    };
    while let Some(record) = csv.next(&mut worker.findings)? {
        let fields = Fields {
            origin: Origin { source: file.source, at: record.at() },
            span: record.span(),
            spots: std::array::from_fn(|place| header.at(&record, place)),
        };
        worker.row(&reader, &fields);
    }
    Ok(())
}

/// Lines of a TOML document, which is held whole: it is for the few lines that people write by hand.
fn toml_lines<S: Sink>(books: &Books, file: LineFile, worker: &mut Worker<S>) -> io::Result<()> {
    let reader = Reader { books, unit: file.unit };
    let Some(document) = Document::read(&books.sources, file.source, &mut worker.findings)? else { return Ok(()) };
    let Some(table) = document.parse(&mut worker.findings) else { return Ok(()) };
    let mut keys = document.keys(&table);
    let tables = keys.tables("line", &mut worker.findings);
    keys.none_of("line", &mut worker.findings);
    for mut keys in tables {
        let span = keys.span();
        let before = worker.findings.found();
        let spots = std::array::from_fn(|place| {
            let id = LineColumn::ALL[place].id;
            let found = keys.value(id)?;
            let wanted = if place == LineColumn::Amount.place() { Wanted::Amount } else { Wanted::String };
            keys.written(id, &found, wanted, &mut worker.findings)
        });
        // A value of the wrong type must not read as one that is absent.
        if worker.findings.found() == before {
            worker.row(&reader, &Fields { origin: Origin { source: file.source, at: span.at }, span, spots });
        } else {
            worker.findings.refuse_lines(1);
        }
        keys.finish_free(&mut worker.findings);
    }
    keys.finish(&mut worker.findings);
    Ok(())
}
