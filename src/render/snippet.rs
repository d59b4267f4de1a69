//! Findings as people read them: code, place, the quoted line, a caret under the right characters.
//!
//! # Why
//!
//! **Our own hundred lines.** The crates that draw such snippets cannot name a severity in Korean, and print a row of
//! ten thousand characters whole. The caret counts display columns, so it stands under Hangul where it should.

use super::{Colour, Style};
use crate::finding::{Finding, Findings, More, Severity};
use crate::source::{Place, Sources};
use crate::words::{self, Lang, Text};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The most display columns of a line that are quoted.
const QUOTED: usize = 100;

/// Writes every finding, in order, then how many there are.
///
/// # Errors
/// Whatever writing, or reading the sources again, fails with.
pub fn snippets(findings: &Findings, sources: &Sources, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let spans: Vec<_> = findings
        .iter()
        .flat_map(|finding| [finding.span].into_iter().chain(finding.also.iter().map(|(span, _)| *span)))
        .collect();
    // Places come in the order of the spans.
    let mut places = sources.places(&spans)?.into_iter();
    for finding in findings.iter() {
        let Some(place) = places.next() else { break };
        let also: Vec<_> = finding.also.iter().map_while(|(_, text)| Some((places.next()?, text))).collect();
        self::finding(finding, &place, &also, style, out)?;
    }
    for More { code, count, .. } in findings.more() {
        match style.lang {
            Lang::Ko => writeln!(out, "{}({}) 지적이 {count}건 더 있음\n", code.id, code.name)?,
            Lang::En => writeln!(out, "{count} more findings of {} ({})\n", code.id, code.name)?,
        }
    }
    Ok(())
}

/// Writes one finding: its place, other places, and the way out, or why it is accepted.
pub(super) fn finding(
    finding: &Finding,
    place: &Place,
    also: &[(Place, &Text)],
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let word = finding.severity.word().label(style.lang);
    let head = format!("{word}[{}]", finding.code.id);
    let message = super::printable(finding.message.label(style.lang));
    writeln!(out, "{}: {message}", painted(&head, finding.severity, style))?;
    write_place(place, finding.severity, style, out)?;
    let margin = " ".repeat(place.line.to_string().len());
    for (place, text) in also {
        let (path, text) = (super::printable(&place.path), super::printable(text.label(style.lang)));
        writeln!(out, "{margin}::: {path}:{}:{}: {text}", place.line, place.column)?;
    }
    match &finding.accepted {
        Some(reason) => {
            let word = words::ACCEPTED.label(style.lang);
            writeln!(out, "{margin} = {word}: {}\n", super::printable(reason.label(style.lang)))
        }
        None => writeln!(out, "{margin} = {}\n", super::printable(finding.way_out.label(style.lang))),
    }
}

/// The place and the quoted line.
fn write_place(place: &Place, severity: Severity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    writeln!(out, "{margin}--> {}:{}:{}", super::printable(&place.path), place.line, place.column)?;
    // A finding about a file as a whole points at nothing in it.
    if place.text.is_empty() || ((place.line, place.column) == (1, 1) && place.marked.is_empty()) {
        return Ok(());
    }
    let (text, before, marked) = window(place);
    let caret = "^".repeat(marked.max(1));
    writeln!(out, "{margin} |")?;
    writeln!(out, "{number} | {text}")?;
    writeln!(out, "{margin} | {}{}", " ".repeat(before), painted(&caret, severity, style))
}

/// The part of the line around the mark, how many display columns stand before the mark, and how wide the mark is.
fn window(place: &Place) -> (String, usize, usize) {
    let before = super::printable(&place.text[..place.marked.start]);
    let marked = super::printable(&place.text[place.marked.clone()]);
    let after = super::printable(&place.text[place.marked.end..]);
    if before.width() + marked.width() + after.width() <= QUOTED {
        return (format!("{before}{marked}{after}"), before.width(), marked.width());
    }
    let room = QUOTED.saturating_sub(marked.width().min(QUOTED / 2));
    let (before, cut_before) = last_columns(&before, room / 2);
    let (marked, cut_marked) = first_columns(&marked, QUOTED);
    let (after, cut_after) = first_columns(&after, (room - before.width().min(room)).max(10));
    let lead = if cut_before { "…" } else { "" };
    let tail = if cut_after || cut_marked { "…" } else { "" };
    let text = format!("{lead}{before}{marked}{after}{tail}");
    (text, lead.width() + before.width(), marked.width())
}

fn first_columns(text: &str, most: usize) -> (String, bool) {
    let mut width = 0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            width += c.width().unwrap_or(0);
            width <= most
        })
        .collect();
    let cut = kept.len() < text.len();
    (kept, cut)
}

fn last_columns(text: &str, most: usize) -> (String, bool) {
    let mut skip = text.width().saturating_sub(most);
    let mut rest = text;
    let cut = skip > 0;
    while skip > 0 {
        let Some(c) = rest.chars().next() else { break };
        skip = skip.saturating_sub(c.width().unwrap_or(0));
        rest = &rest[c.len_utf8()..];
    }
    (rest.to_owned(), cut)
}

fn painted(text: &str, severity: Severity, style: &Style<'_>) -> String {
    let colour = match severity {
        Severity::Error => "31",
        Severity::Warning => "33",
        Severity::Info => "36",
    };
    match style.colour {
        Colour::Off => text.to_owned(),
        Colour::On => format!("\u{1b}[1;{colour}m{text}\u{1b}[0m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, marked: &str) -> Place {
        let start = text.find(marked).expect("it is there");
        Place {
            path: "t.csv".to_owned(),
            line: 1,
            column: 1,
            text: text.to_owned(),
            marked: start..start + marked.len(),
        }
    }

    #[test]
    fn the_caret_stands_under_hangul() {
        let (text, before, marked) = window(&place("2015,여비,집행,12만", "만"));
        assert_eq!((text.as_str(), before, marked), ("2015,여비,집행,12만", 17, 2));
    }

    #[test]
    fn a_long_line_is_quoted_around_its_mark() {
        let long = format!("{}X{}", "가".repeat(400), "나".repeat(400));
        let (text, before, marked) = window(&place(&long, "X"));
        assert!(text.starts_with('…') && text.ends_with('…') && text.width() <= QUOTED + 4, "{}", text.width());
        assert_eq!(text.chars().nth(1 + (before - 1) / 2), Some('X'));
        assert_eq!(marked, 1);
    }
}
