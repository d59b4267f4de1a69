//! Where a column of a line stands: worked out late, for what is shown.

use super::Error;
use super::column;
use super::csv::Csv;
use super::row::LineColumn;
use super::toml::Document;
use crate::finding::{Finding, Findings};
use crate::ledger::{Books, Layout, LineFile};
use crate::read::column::Columns as _;
use crate::source::{Origin, SourceId, Span};
use std::collections::BTreeMap;
use std::io;

/// The fields that are asked for in a file: the byte that a line begins at, and a column.
type Asked = BTreeMap<(u64, &'static str), Option<Span>>;

/// Points findings that name a column of a line at its bytes, by reading the files that they are in once more: those that
/// are shown where so many of a rule are at most, and all where the year accepts some, as they may be told by their place.
/// A column that the file does not have leaves its finding at the line.
///
/// # Errors
/// A file that cannot be read.
pub fn locate(books: &Books, findings: &mut Findings, most: u64) -> Result<(), Error> {
    let most = if books.year.accepted.is_empty() { most } else { u64::MAX };
    let is_shown = first_of_each(findings, most);
    let mut asked: BTreeMap<SourceId, Asked> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| is_shown(finding)) {
        if let Some(field) = finding.field {
            asked.entry(finding.span.source).or_default().insert((finding.span.at, field), None);
        }
    }
    for file in &books.line_files {
        let Some(asked) = asked.get_mut(&file.source) else { continue };
        let read = match file.layout {
            Layout::Csv => csv(books, *file, asked),
            Layout::Toml => toml(books, *file, asked),
        };
        read.map_err(|error| Error::unreadable(books.sources.get(file.source).name.as_ref(), error))?;
    }
    findings
        .point(|finding| asked.get(&finding.span.source)?.get(&(finding.span.at, finding.field?)).copied().flatten());
    Ok(())
}

/// Tells which findings may be among the first so many of their rule, wherever in its line each will be found to be.
fn first_of_each(findings: &Findings, most: u64) -> impl Fn(&Finding) -> bool + use<> {
    let place = |finding: &Finding| Origin { source: finding.span.source, at: finding.span.at };
    let mut of_rule: BTreeMap<&'static str, Vec<Origin>> = BTreeMap::new();
    for finding in findings.iter() {
        of_rule.entry(finding.code.id).or_default().push(place(finding));
    }
    // Of rules that have more, the place of the last of the first. What is found beyond those that are kept of a source comes
    // from another worker, and will not be kept.
    let last = of_rule.into_iter().filter_map(|(rule, mut places)| {
        let [most, kept] = [most, Findings::KEPT].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
        places.sort_unstable();
        let of_sources = places.chunk_by(|one, other| one.source == other.source);
        let kept: Vec<Origin> = of_sources.flat_map(|places| places.iter().take(kept)).copied().collect();
        (kept.len() > most).then(|| (rule, most.checked_sub(1).map(|last| kept[last])))
    });
    let last: BTreeMap<&'static str, Option<Origin>> = last.collect();
    move |finding| last.get(finding.code.id).is_none_or(|last| Some(place(finding)) <= *last)
}

fn csv(books: &Books, file: LineFile, asked: &mut Asked) -> io::Result<()> {
    // What is wrong with the file was found before.
    let mut found = Findings::default();
    let mut csv = Csv::open(file.source, books.sources.get(file.source))?;
    let Some(first) = csv.header(&mut found)? else { return Ok(()) };
    let Some(header) = column::header::<LineColumn>(&first, &mut found) else { return Ok(()) };
    for ((at, field), span) in asked {
        let Some(record) = csv.row(*at, &mut found)? else { continue };
        let place = LineColumn::ALL.iter().position(|column| column.id == *field);
        let spot = place.and_then(|place| header.at(&record, place));
        *span = Some(spot.map_or(record.span(), |spot| spot.span));
    }
    Ok(())
}

fn toml(books: &Books, file: LineFile, asked: &mut Asked) -> io::Result<()> {
    let mut found = Findings::default();
    let Some(document) = Document::read(&books.sources, file.source, &mut found)? else { return Ok(()) };
    let Some(table) = document.parse(&mut found) else { return Ok(()) };
    for mut keys in document.keys(&table).tables("line", &mut found) {
        let own = keys.span();
        for ((_, field), span) in asked.range_mut((own.at, "")..(own.at + 1, "")) {
            *span = Some(keys.value(field).map_or(own, |value| value.span));
        }
    }
    Ok(())
}
