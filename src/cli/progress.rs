//! How far long work is, for whoever waits at a terminal.
//!
//! Law: it is shown on stderr alone, where that is a terminal, from half a second on, and is gone when the work is done.
//!
//! # Why
//!
//! **The readers do not know.** Sources count the bytes that are read of them, whoever reads; a thread that sleeps looks at
//! the count ten times a second. A run that nobody watches has no such thread.

use super::flags::Shared;
use crate::ledger::Books;
use crate::source::Meter;
use crate::words::{Lang, Word};
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What does not take longer is not worth a word.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often it is drawn.
const TICK: Duration = Duration::from_millis(100);

const OPENING: Word = Word::new("opening", "장부 여는 중", "opening the book");
const READING: Word = Word::new("reading", "내역 읽는 중", "reading lines");
const AGAIN: Word = Word::new("reading-again", "내역 다시 읽는 중", "reading lines again");
const AUDITING: Word = Word::new("auditing", "인쇄값 견주는 중", "auditing printed figures");
const WRITING: Word = Word::new("writing", "문서 만드는 중", "making the document");
const RATE: Word = Word::new("rate", "줄/초", " lines/s");
const LEFT: Word = Word::new("left", "남은 시간", "left");

/// Opens a book.
pub(super) fn opening<T>(shared: &Shared, work: impl FnOnce() -> T) -> T {
    doing(OPENING.label(shared.early_lang()), work)
}

/// Holds printed figures to account.
pub(super) fn auditing<T>(books: &Books, shared: &Shared, work: impl FnOnce() -> T) -> T {
    doing(AUDITING.label(spoken(books, shared)), work)
}

/// Makes a document.
pub(super) fn writing<T>(lang: Lang, work: impl FnOnce() -> T) -> T {
    doing(WRITING.label(lang), work)
}

/// Reads the lines of a book, once or several times.
pub(super) fn reading<T>(books: &Books, shared: &Shared, work: impl FnOnce() -> T) -> T {
    let lang = spoken(books, shared);
    let sizes = || books.line_files.iter().filter_map(|file| books.sources.get(file.source).size().ok());
    let (meter, all) = (books.sources.meter(), sizes().sum());
    let seen = Seen { meter, bytes: meter.bytes(), lines: meter.lines(), all, begun: Instant::now() };
    let bar = || {
        let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
        // What the template cannot say the bar has no use for.
        bar.with_style(
            ProgressStyle::with_template("{msg} {bar:24} {percent:>3}%  {prefix}").unwrap_or_else(|_| plain()),
        )
    };
    shown(bar, |bar| seen.tell(bar, lang), work)
}

/// In the book's language, unless another is asked for.
fn spoken(books: &Books, shared: &Shared) -> Lang {
    shared.lang.unwrap_or(books.year.presentation.language)
}

/// Work of which nobody knows how much there is.
fn doing<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let bar = || {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_message(what);
        bar.with_style(ProgressStyle::with_template("{spinner} {msg}  {prefix}").unwrap_or_else(|_| plain()))
    };
    let tell = |bar: &ProgressBar| {
        bar.set_prefix(minutes(begun.elapsed().as_secs()));
        bar.tick();
    };
    shown(bar, tell, work)
}

fn plain() -> ProgressStyle {
    ProgressStyle::default_bar()
}

/// Shows a bar while some work lasts, where somebody looks and it lasts long enough.
fn shown<T>(
    bar: impl FnOnce() -> ProgressBar + Send,
    tell: impl Fn(&ProgressBar) + Send,
    work: impl FnOnce() -> T,
) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (working, done) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if done.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = bar();
            tell(&bar);
            while done.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                tell(&bar);
            }
            bar.finish_and_clear();
        });
        // Dropped when the work is done, and when it fails: the watcher ends with it.
        let _working = working;
        work()
    })
}

/// What was read of some files since their reading began.
struct Seen<'a> {
    meter: &'a Meter,
    /// What was read before.
    bytes: u64,
    lines: u64,
    /// The bytes of all files.
    all: u64,
    begun: Instant,
}

impl Seen<'_> {
    fn tell(&self, bar: &ProgressBar, lang: Lang) {
        let (bytes, lines) = (self.meter.bytes() - self.bytes, self.meter.lines() - self.lines);
        let Far { round, place, rate, left } = Far::of(bytes, lines, self.all, self.begun.elapsed());
        let word = if round == 0 { READING } else { AGAIN };
        bar.set_message(word.label(lang));
        let rate = format!("{}{}", HumanCount(rate), RATE.label(lang));
        bar.set_prefix(format!("{rate}  {} {}", LEFT.label(lang), minutes(left)));
        bar.set_position(place);
    }
}

/// How far reading is.
#[derive(Debug, PartialEq, Eq)]
struct Far {
    /// How often everything was read before.
    round: u64,
    /// How many bytes of this time.
    place: u64,
    /// Lines in a second.
    rate: u64,
    /// Seconds to the end of this time.
    left: u64,
}

impl Far {
    fn of(bytes: u64, lines: u64, all: u64, elapsed: Duration) -> Far {
        let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
        let in_a_second = |count: u64| count.saturating_mul(1_000) / milliseconds;
        // The last byte of a round is of that round.
        let round = bytes.saturating_sub(1) / all.max(1);
        let place = bytes.saturating_sub(round.saturating_mul(all));
        let left = all.saturating_sub(place).div_ceil(in_a_second(bytes).max(1));
        Far { round, place, rate: in_a_second(lines), left }
    }
}

/// Seconds as minutes and seconds: `2:05`.
fn minutes(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_again_begins_again() {
        let second = Duration::from_secs(1);
        assert_eq!(Far::of(0, 0, 100, second), Far { round: 0, place: 0, rate: 0, left: 100 });
        assert_eq!(Far::of(25, 4, 100, second), Far { round: 0, place: 25, rate: 4, left: 3 });
        assert_eq!(Far::of(100, 9, 100, second), Far { round: 0, place: 100, rate: 9, left: 0 });
        assert_eq!(Far::of(150, 12, 100, 2 * second), Far { round: 1, place: 50, rate: 6, left: 1 });
        // Nothing to read, and no time to read it in.
        assert_eq!(Far::of(0, 0, 0, Duration::ZERO), Far { round: 0, place: 0, rate: 0, left: 0 });
    }

    #[test]
    fn time_is_told_in_minutes() {
        assert_eq!((minutes(5), minutes(65), minutes(3_600)), ("0:05".into(), "1:05".into(), "60:00".into()));
    }

    #[test]
    fn work_that_fails_ends_the_watcher() {
        let failed = std::panic::catch_unwind(|| {
            shown(ProgressBar::hidden, |_| {}, || std::panic::resume_unwind(Box::new("failed")))
        });
        assert!(failed.is_err());
    }
}
