//! What is wrong with the books.
//!
//! Law: a finding is about the books, an error is about the world. A finding is born with its place, says why and what
//! to do, in both languages, and all of them are collected.
//!
//! # Why
//!
//! **Bounded.** A file of a million bad lines must not need a million findings in memory. Of one rule, the first
//! [`Findings::KEPT`] findings of each source are kept whole, and of all sources the first [`Findings::KEPT_OF_RULE`]; the
//! rest are counted, and the count is shown. The first are those of the first places, so that the same are kept however
//! many workers found them.

mod all;
mod checked;
mod reading;

pub use all::{Findings, More, Search, Standing};
pub use checked::{Checked, CheckedYear, Counts, Roots, RuleCount, Seen, Waited};
pub use reading::*;

use crate::source::{Origin, Span};
use crate::words::{self, Text, Word};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// What a council member would ask.
    Info,
    /// What an auditor would ask.
    Warning,
    /// What makes a printed total wrong, breaks a ceiling or loses money.
    Error,
}

impl Severity {
    /// How it is printed.
    pub const fn word(self) -> Word {
        match self {
            Severity::Info => words::INFO,
            Severity::Warning => words::WARNING,
            Severity::Error => words::ERROR,
        }
    }

    /// Reads `error`, `warning` or `info`.
    pub fn parse(text: &str) -> Option<Severity> {
        [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.word().id == text)
    }
}

/// Whether a year may grade a finding otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// It may not: something was not read, and no setting makes that whole.
    Fixed,
    /// It may.
    ByYear,
}

/// A kind of finding: a code that is never reused, and a name that people use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// `WL` and three digits, the first of which is its family.
    pub id: &'static str,
    /// In kebab-case.
    pub name: &'static str,
    /// Unless the year file says otherwise.
    pub severity: Severity,
    /// Whether it may.
    pub grade: Grade,
}

impl Code {
    /// A code whose severity a year may set.
    pub const fn new(id: &'static str, name: &'static str, severity: Severity) -> Code {
        Code { id, name, severity, grade: Grade::ByYear }
    }

    /// The same with another severity.
    pub const fn graded(self, severity: Severity) -> Code {
        Code { severity, ..self }
    }

    /// Whether a text is its code or its name.
    pub fn is(self, text: &str) -> bool {
        text == self.id || text == self.name
    }
}

/// A rule as people read of it: its code, and its page in both languages.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its code, its name and its severity.
    pub code: Code,
    /// What it finds, why, an example and the way out, as Markdown: Korean, then English.
    pub page: [&'static str; 2],
}

/// One thing that is wrong with the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// How bad it is in this book.
    pub severity: Severity,
    /// What is wrong; the value last.
    pub message: Text,
    /// The way out.
    pub way_out: Text,
    /// Where.
    pub span: Span,
    /// Which column of the line that begins there, by its id; its bytes are looked for when it is shown.
    pub field: Option<&'static str>,
    /// What of the books it is about, by its key: the path of an account, the id of an item or a record, a voucher.
    pub about: Option<String>,
    /// What else has to do with it, and where.
    pub also: Vec<(Span, Text)>,
    /// Why it is accepted, where the year says so; then it fails no check.
    pub accepted: Option<Text>,
}

impl Finding {
    /// A finding at a place.
    pub fn new(code: Code, span: Span, message: impl Into<Text>, way_out: impl Into<Text>) -> Finding {
        Finding {
            code,
            severity: code.severity,
            message: message.into(),
            way_out: way_out.into(),
            span,
            field: None,
            about: None,
            also: Vec::new(),
            accepted: None,
        }
    }

    /// A finding about a column of a line.
    pub fn on_line(
        code: Code,
        line: Origin,
        field: &'static str,
        message: impl Into<Text>,
        way_out: impl Into<Text>,
    ) -> Finding {
        let found = Finding::new(code, Span { source: line.source, at: line.at, length: 0 }, message, way_out);
        Finding { field: Some(field), ..found }
    }

    /// Of this severity instead of its code's own.
    pub fn graded(self, severity: Severity) -> Finding {
        Finding { severity, ..self }
    }

    /// About an account, an item, a record or a voucher, by its key.
    pub fn about(self, key: impl Into<String>) -> Finding {
        Finding { about: Some(key.into()), ..self }
    }

    /// Something else has to do with it, there.
    pub fn also(mut self, span: Span, text: impl Into<Text>) -> Finding {
        self.also.push((span, text.into()));
        self
    }
}
