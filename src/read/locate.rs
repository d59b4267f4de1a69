//! Where a column of a line stands: worked out late, for what is shown.

use super::Error;
use super::column;
use super::csv::Csv;
use super::row::LineColumn;
use super::toml::Document;
use crate::finding::Findings;
use crate::ledger::{Books, Layout, LineFile};
use crate::read::column::Columns as _;
use crate::source::Span;
use std::collections::BTreeMap;
use std::io;

/// The fields that are asked for in a file: the byte that a line begins at, and a column.
type Asked = BTreeMap<(u64, &'static str), Option<Span>>;

/// Points findings that name a column of a line at its bytes, by reading the files that they are in once more. A column
/// that the file does not have leaves its finding at the line.
///
/// # Errors
/// A file that cannot be read.
pub fn locate(books: &Books, findings: &mut Findings) -> Result<(), Error> {
    for file in &books.line_files {
        let mut asked: Asked = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.span.source == file.source) {
            if let Some(field) = finding.field {
                asked.insert((finding.span.at, field), None);
            }
        }
        if asked.is_empty() {
            continue;
        }
        let read = match file.layout {
            Layout::Csv => csv(books, *file, &mut asked),
            Layout::Toml => toml(books, *file, &mut asked),
        };
        read.map_err(|error| Error::unreadable(books.sources.get(file.source).name.as_ref(), error))?;
        findings.point(|finding| {
            let field = finding.field.filter(|_| finding.span.source == file.source)?;
            asked.get(&(finding.span.at, field)).copied().flatten()
        });
    }
    Ok(())
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
