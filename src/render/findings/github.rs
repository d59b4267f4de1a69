//! Findings as workflow commands of GitHub Actions, which shows them at the lines of a change.
//!
//! # Why
//!
//! **The worst first.** GitHub keeps ten annotations of a type for each step, the first ten; the log shows all. So
//! errors come first, then warnings, then notices, and what is accepted after those; within each, by place.
//! **Paths from the root of the repository.** GitHub finds no file by another name: [`Checked::roots`] says where it is.

use super::{Placed, Year, end_column, remarks, summary, way_out};
use crate::finding::{Checked, Severity};
use crate::render::turns_text;
use crate::words::{Lang, Text};
use std::io::{self, Write};

pub(super) fn write(years: &[Year<'_>], report: &Checked, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut all: Vec<&Placed<'_>> = years.iter().flat_map(|year| &year.placed).collect();
    // The sort keeps the order of places among equals.
    all.sort_by_key(|placed| (placed.finding.accepted.is_some(), std::cmp::Reverse(placed.finding.severity)));
    for placed in all {
        write_annotation(placed, report, lang, out)?;
    }
    let besides = years.iter().flat_map(|year| remarks(year, report)).map(|text: Text| text.label(lang).to_owned());
    let said: Vec<String> = [summary(years).label(lang).to_owned()].into_iter().chain(besides).collect();
    writeln!(out, "::notice title=wego-ledger check::{}", data(&said.join("\n")))
}

fn write_annotation(placed: &Placed<'_>, report: &Checked, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let (finding, place) = (placed.finding, &placed.place);
    // What is accepted stays visible and raises no alarm.
    let command = match finding.severity {
        _ if finding.accepted.is_some() => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut said = vec![finding.message.label(lang).to_owned()];
    for (place, text) in &placed.also {
        said.push(format!("{}:{}:{}: {}", place.path, place.line, place.column, text.label(lang)));
    }
    said.extend(way_out(finding, lang));
    writeln!(
        out,
        "::{command} file={},line={},col={},endColumn={},title={}::{}",
        property(&report.roots.seen(&place.path).parts.join("/")),
        place.line,
        place.column,
        end_column(place),
        property(&format!("{} {}", finding.code.id, finding.code.name)),
        data(&said.join("\n")),
    )
}

/// The message of a command. Line ends are kept, other controls would only paint the log.
fn data(text: &str) -> String {
    escaped(text, "%\r\n")
}

/// A property of a command, which ends at a comma or a colon.
fn property(text: &str) -> String {
    escaped(text, "%\r\n:,")
}

fn escaped(text: &str, special: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if special.contains(c) => escaped.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_control() || turns_text(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ends_a_command_is_escaped() {
        assert_eq!(data("100%: a,b\r\n둘\u{1b}[31m"), "100%25: a,b%0D%0A둘 [31m");
        assert_eq!(property("C:\\가 나,%\n"), "C%3A\\가 나%2C%25%0A");
    }
}
