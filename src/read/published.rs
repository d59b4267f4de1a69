//! A published table as it was copied into a CSV file: its text and places, and nothing made of them.

use super::Error;
use super::csv::Csv;
use crate::finding::{self, Finding, Findings};
use crate::ledger::{Published, Written};
use crate::source::{Detected, Encoding, Source, Sources, Span};
use std::path::Path;

/// Reads every row of a published table, whatever stands in it: titles and units above the heading, rows of any length.
/// The file is the first of the sources.
///
/// # Errors
/// A file that cannot be read. What is wrong with its text is a finding.
pub fn published(path: &Path, encoding: Option<Encoding>) -> Result<(Published, Sources, Findings), Error> {
    let failed = |error| Error::unreadable(path, error);
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let source = sources.add(Source::file(path));
    let start = Span::new(source, 0, 0);
    let mut published = Published { source, records: Vec::new() };
    let detected = sources.get(source).detect(encoding).map_err(failed)?;
    match (encoding, detected) {
        (Some(encoding), _) => sources.get_mut(source).encoding = encoding,
        (None, Detected::Known(found)) => sources.get_mut(source).encoding = found,
        (None, Detected::GuessedCp949) => {
            sources.get_mut(source).encoding = Encoding::Cp949;
            findings.push(Finding::new(
                finding::GUESSED_ENCODING,
                start,
                ("UTF-8이 아니어서 CP949로 보고 읽음", "not UTF-8, so it was read as CP949"),
                ("아니면 `--encoding`으로 알려 줄 것", "name it with `--encoding` if that is wrong"),
            ));
        }
        (None, Detected::Unlike(lookalike)) => {
            findings.push(super::files::unlike(lookalike, start));
            return Ok((published, sources, findings));
        }
    }
    let mut csv = Csv::open(source, sources.get(source)).map_err(failed)?;
    while let Some(record) = csv.next(&mut findings).map_err(failed)? {
        let written = |n: usize| {
            let spot = record.field(n);
            Written { text: spot.text.to_owned(), span: spot.span }
        };
        published.records.push((0..record.len()).map(written).collect());
    }
    // Rows of nothing but commas divide many a published table; they say nothing and are nothing wrong.
    findings.forget(finding::BLANK_ROW);
    Ok((published, sources, findings))
}
