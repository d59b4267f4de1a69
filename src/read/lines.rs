//! The one loop over account lines: files to workers, rows to lines, lines to sinks.
//!
//! # Why
//!
//! **One file goes to several workers in pieces** that end where rows do ([`super::pieces`]); small files go to one worker
//! each. Sums do not depend on order, so what is printed is the same for one worker or many, and every worker meets the
//! places of a file in their order.
//!
//! **Plain rows go the quick way** ([`super::quick`]), all others the plain one: the same text, cut by the same rules, read
//! by the same [`Reader`].

use super::Error;
use super::column::{self, Columns as _, Header};
use super::corrections::{self, Held};
use super::csv::{self, Lexer};
use super::marks::Marks;
use super::pieces::{Decoded, Offsets, PIECE, Piece, Pieces};
use super::quick::Quick;
use super::row::{Fields, LineColumn, Reader};
use super::split::Cuts;
use super::toml::{Document, Wanted};
use crate::finding::Findings;
use crate::ledger::{Books, Layout, Line, LineFile, Sink};
use crate::source::Origin;
use std::io;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};

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

    /// Takes the rows of a text, which may be known to be one: plain ones the quick way, all others one by one. How many there
    /// were.
    fn rows(&mut self, desk: &mut Desk<'_>, mut cuts: Cuts<'_>, known: Option<&str>, at: u64) -> u64 {
        let Desk { sheet, quick, lexer, marks } = desk;
        let mut rows = 0;
        // What is not UTF-8 somewhere is told row by row. The standard library's check makes a settlement 1.6 times as long.
        let Some(text) = known.or_else(|| simdutf8::basic::from_utf8(&cuts.text[..cuts.end]).ok()) else {
            while self.plain_row(sheet, lexer, &mut cuts, at) {
                rows += 1;
            }
            return rows;
        };
        let mut ahead = marks.find(text.as_bytes(), cuts.start);
        loop {
            let mut sink = |line: &Line<'_>| self.sink.line(line);
            let origin = |start| Origin { source: sheet.file.source, at: at + start as u64 };
            while let Some(taken) = quick.line(text, cuts.start, &ahead, origin(cuts.start), &mut sink) {
                ahead.pass(taken.marks);
                cuts.start = taken.next;
                rows += 1;
            }
            if !self.plain_row(sheet, lexer, &mut cuts, at) {
                return rows;
            }
            rows += 1;
            if !ahead.pass_to(cuts.start) {
                ahead = marks.find(text.as_bytes(), cuts.start);
            }
        }
    }

    /// Takes the next row, whatever it is; `false` where there is none.
    fn plain_row(&mut self, sheet: &Sheet<'_>, lexer: &mut Lexer, cuts: &mut Cuts<'_>, at: u64) -> bool {
        let Some((row, cut)) = cuts.next() else { return false };
        let at = at + row as u64;
        let Some(range) = lexer.whole(at, cut, &mut self.findings) else { return true };
        let bytes = &cuts.text[range];
        if lexer.takes(at, bytes, &mut self.findings) {
            let record = lexer.record(at);
            let fields = Fields {
                origin: Origin { source: sheet.file.source, at },
                span: record.span(),
                spots: std::array::from_fn(|place| sheet.header.at(&record, place)),
            };
            self.row(&sheet.reader, &fields);
        }
        true
    }
}

/// A table of lines whose header was read.
struct Sheet<'b> {
    reader: Reader<'b>,
    file: LineFile,
    columns: usize,
    header: Header<LineColumn>,
    offsets: Offsets,
}

/// What a worker has at hand for the table that it reads.
struct Desk<'b> {
    sheet: Arc<Sheet<'b>>,
    quick: Quick<'b>,
    lexer: Lexer,
    marks: Marks,
}

impl<'b> Desk<'b> {
    fn new(sheet: Arc<Sheet<'b>>) -> Desk<'b> {
        let encoding = sheet.reader.books.sources.get(sheet.file.source).encoding;
        Desk {
            quick: Quick::new(sheet.reader, sheet.columns, &sheet.header),
            lexer: Lexer::below(sheet.file.source, encoding, sheet.columns),
            sheet,
            marks: Marks::default(),
        }
    }
}

/// A table that is being read.
struct Open<'b> {
    sheet: Arc<Sheet<'b>>,
    pieces: Pieces,
}

/// Rows that were cut for a worker: a piece, or what the header left of the first.
struct Batch<'b> {
    sheet: Arc<Sheet<'b>>,
    /// Where the rows begin in the text of the piece, and where that begins in the file, where that is known already.
    begins: Option<(usize, u64)>,
}

impl<'b> Open<'b> {
    /// Opens a table and reads its header; what is left of its first piece is the first batch.
    fn new(
        books: &'b Books,
        file: LineFile,
        piece: &mut Piece,
        findings: &mut Findings,
    ) -> io::Result<Option<(Open<'b>, Batch<'b>)>> {
        let source = books.sources.get(file.source);
        let mut pieces = Pieces::open(source)?;
        let offsets = Offsets::default();
        let mut lexer = Lexer::new(file.source, source.encoding);
        let mut decoded = Decoded::default();
        let before = findings.refused_lines();
        while pieces.next(piece)? {
            let mut cuts = piece.rows(&mut decoded);
            let at = offsets.place(piece, &cuts);
            while let Some((row, cut)) = cuts.next() {
                let row = at + row as u64;
                let Some(range) = lexer.whole(row, cut, findings) else { continue };
                if !lexer.takes(row, &cuts.text[range], findings) {
                    continue;
                }
                let record = lexer.record(row);
                let unread = findings.refused_lines() > before;
                findings.refuse_lines(u64::from(unread));
                let header = if unread { None } else { column::header::<LineColumn>(&record, findings) };
                let Some(header) = header else {
                    findings.refuse_lines(csv::lines_left(&mut cuts));
                    while pieces.next(piece)? {
                        findings.refuse_lines(csv::lines_left(&mut piece.rows(&mut decoded)));
                    }
                    return Ok(None);
                };
                let reader = Reader { books, unit: file.unit };
                let sheet = Arc::new(Sheet { reader, file, columns: record.len(), header, offsets });
                let first = Batch { sheet: Arc::clone(&sheet), begins: Some((cuts.start, at)) };
                return Ok(Some((Open { sheet, pieces }, first)));
            }
        }
        if findings.refused_lines() == before {
            findings.push(csv::empty(file.source));
        }
        Ok(None)
    }

    fn next(&mut self, piece: &mut Piece) -> io::Result<Option<Batch<'b>>> {
        let cut = self.pieces.next(piece)?;
        Ok(cut.then(|| Batch { sheet: Arc::clone(&self.sheet), begins: None }))
    }
}

/// What is still to be read, in the order of the files, so that every worker meets places in their order.
struct Queue<'b> {
    books: &'b Books,
    next: usize,
    open: Option<Open<'b>>,
}

/// What a worker is to do.
enum Task<'b> {
    /// Read the rows of a batch.
    Rows(Batch<'b>),
    /// Read a whole file by itself, that of this number.
    File(usize),
    /// Nothing any more.
    Nothing,
}

impl<'b> Queue<'b> {
    /// Gives out what comes next; of a batch, the piece is cut. A file that cannot be read is told with its number.
    fn next(&mut self, piece: &mut Piece, findings: &mut Findings) -> Result<Task<'b>, (usize, Error)> {
        loop {
            if let Some(open) = &mut self.open {
                match open.next(piece) {
                    Ok(Some(batch)) => return Ok(Task::Rows(batch)),
                    Ok(None) => self.open = None,
                    Err(error) => {
                        self.open = None;
                        return Err((
                            self.next - 1,
                            unreadable(self.books, self.books.line_files[self.next - 1], error),
                        ));
                    }
                }
            }
            let Some(file) = self.books.line_files.get(self.next).copied() else { return Ok(Task::Nothing) };
            self.next += 1;
            let number = self.next - 1;
            let failed = |error| (number, unreadable(self.books, file, error));
            let source = self.books.sources.get(file.source);
            if file.layout == Layout::Toml || source.size().map_err(failed)? <= PIECE as u64 {
                return Ok(Task::File(number));
            }
            if let Some((open, first)) = Open::new(self.books, file, piece, findings).map_err(failed)? {
                self.open = Some(open);
                return Ok(Task::Rows(first));
            }
        }
    }
}

fn unreadable(books: &Books, file: LineFile, error: io::Error) -> Error {
    Error::unreadable(books.sources.get(file.source).name.as_ref(), error)
}

/// How many workers there are at most, however many are asked for: more than any machine has a use for.
pub const MOST_WORKERS: usize = 256;

/// Reads every line once.
fn pass<S: Sink>(books: &Books, jobs: NonZeroUsize, sink: impl Fn() -> S + Sync) -> Result<Worker<S>, Error> {
    let queue = Mutex::new(Queue { books, next: 0, open: None });
    let sizes = books.line_files.iter().filter_map(|file| books.sources.get(file.source).size().ok());
    // What one piece holds is read before another worker has begun, and each has sums of its own.
    let pieces = usize::try_from(sizes.sum::<u64>().div_ceil(PIECE as u64)).unwrap_or(usize::MAX);
    let workers = jobs.get().min(pieces).clamp(1, MOST_WORKERS);
    if workers == 1 {
        return work(books, &queue, sink()).map_err(|(_, error)| error);
    }
    let done = std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|_| scope.spawn(|| work(books, &queue, sink()))).collect();
        let ended = started.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ended.collect::<Vec<_>>()
    });
    // Of several files that cannot be read the first is told, whichever worker met its own first.
    let (mut read, mut failed) = (Vec::new(), Vec::new());
    done.into_iter().for_each(|outcome| match outcome {
        Ok(worker) => read.push(worker),
        Err(error) => failed.push(error),
    });
    if let Some((_, error)) = failed.into_iter().min_by_key(|(file, _)| *file) {
        return Err(error);
    }
    let all = read.into_iter().reduce(|mut all, worker| {
        all.merge(worker);
        all
    });
    Ok(all.expect("there is a worker at least"))
}

/// What one worker does from beginning to end.
fn work<S: Sink>(books: &Books, queue: &Mutex<Queue<'_>>, sink: S) -> Result<Worker<S>, (usize, Error)> {
    let mut own = Worker::new(sink);
    let (mut piece, mut decoded, mut desk) = (Piece::default(), Decoded::default(), None::<Desk<'_>>);
    loop {
        let task = queue.lock().unwrap_or_else(PoisonError::into_inner).next(&mut piece, &mut own.findings)?;
        match task {
            Task::Nothing => return Ok(own),
            Task::Rows(batch) => {
                if desk.as_ref().is_none_or(|desk| !Arc::ptr_eq(&desk.sheet, &batch.sheet)) {
                    desk = Some(Desk::new(Arc::clone(&batch.sheet)));
                }
                if let Some(desk) = &mut desk {
                    batch_rows(&batch, &piece, &mut decoded, desk, &mut own);
                }
            }
            Task::File(number) => {
                let file = books.line_files[number];
                let read = match file.layout {
                    Layout::Toml => toml_lines(books, file, &mut own),
                    Layout::Csv => csv_lines(books, file, &mut piece, &mut decoded, &mut own),
                };
                read.map_err(|error| (number, unreadable(books, file, error)))?;
            }
        }
    }
}

fn batch_rows<S: Sink>(
    batch: &Batch<'_>,
    piece: &Piece,
    decoded: &mut Decoded,
    desk: &mut Desk<'_>,
    worker: &mut Worker<S>,
) {
    let (rows, text) = piece.rows_and_text(decoded);
    let (start, at) = batch.begins.unwrap_or_else(|| (0, batch.sheet.offsets.place(piece, &rows)));
    let read = worker.rows(desk, Cuts { start, ..rows }, text, at);
    batch.sheet.reader.books.sources.meter().add_lines(read);
}

/// The lines of a table that one worker reads alone.
fn csv_lines<S: Sink>(
    books: &Books,
    file: LineFile,
    piece: &mut Piece,
    decoded: &mut Decoded,
    worker: &mut Worker<S>,
) -> io::Result<()> {
    let Some((mut open, first)) = Open::new(books, file, piece, &mut worker.findings)? else { return Ok(()) };
    let mut desk = Desk::new(Arc::clone(&open.sheet));
    let mut batch = Some(first);
    while let Some(rows) = batch {
        batch_rows(&rows, piece, decoded, &mut desk, worker);
        batch = open.next(piece)?;
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
