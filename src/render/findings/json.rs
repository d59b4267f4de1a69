//! Findings as JSON, both languages beside each other: the schema is `fixtures/schema/check.json`.

use super::{Placed, Year, codes, end_column, quoted};
use crate::finding::{About, Checked, Code, Counts, Grade, RuleCount, Waited};
use crate::source::Place;
use crate::words::Text;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    threshold: &'static str,
    max_findings: u64,
    failed: bool,
    counts: JsonCounts,
    rules: Vec<JsonRule>,
    years: Vec<JsonYear<'a>>,
}

#[derive(Serialize)]
struct JsonRule {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    family: &'static str,
    graded_by: &'static str,
}

#[derive(Serialize)]
struct JsonYear<'a> {
    fiscal_year: i32,
    entity: Both<'a>,
    counts: JsonCounts,
    rules: Vec<JsonCount>,
    waited: Vec<JsonWaited<'a>>,
    coarse_lines: u64,
    refused_lines: u64,
    refused_files: u64,
    findings: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonCounts {
    error: u64,
    warning: u64,
    info: u64,
    accepted: u64,
    not_shown: u64,
}

#[derive(Serialize)]
struct JsonCount {
    code: &'static str,
    name: &'static str,
    #[serde(flatten)]
    counts: JsonCounts,
}

#[derive(Serialize)]
struct JsonWaited<'a> {
    code: &'static str,
    name: &'static str,
    reason: Both<'a>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: Both<'a>,
    way_out: Both<'a>,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    field: Option<&'static str>,
    about: Option<&'a str>,
    also: Vec<JsonAlso<'a>>,
    accepted: Option<Both<'a>>,
}

#[derive(Serialize)]
struct JsonAlso<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    text: Both<'a>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    path: &'a str,
    line: u64,
    column: u64,
    end_column: u64,
    quoted: Quoted,
}

#[derive(Serialize)]
struct Quoted {
    text: String,
    column: u64,
}

#[derive(Serialize)]
struct Both<'a> {
    ko: &'a str,
    en: &'a str,
}

pub(super) fn write(years: &[Year<'_>], about: &[About], report: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let counts = years.iter().fold(Counts::default(), |sum, year| sum.and(year.checked.counts()));
    let document = Document {
        schema: "wego-ledger/check@1",
        version: report.version,
        threshold: report.threshold.word().id,
        max_findings: report.most,
        failed: counts.from(report.threshold) > 0,
        counts: json_counts(counts, years.iter().map(|year| year.checked.beyond()).sum()),
        rules: codes(years, about).into_iter().map(json_rule).collect(),
        years: years.iter().map(json_year).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn json_rule(code: Code) -> JsonRule {
    JsonRule {
        code: code.id,
        name: code.name,
        severity: code.severity.word().id,
        family: code.family().id,
        graded_by: match code.grade {
            Grade::Fixed => "nobody",
            Grade::ByYear => "year",
        },
    }
}

fn json_year<'a>(year: &'a Year<'_>) -> JsonYear<'a> {
    let count = |rule: &RuleCount| JsonCount {
        code: rule.code.id,
        name: rule.code.name,
        counts: json_counts(rule.counts, rule.beyond),
    };
    let waited =
        |waited: &'a Waited| JsonWaited { code: waited.code.id, name: waited.code.name, reason: both(&waited.reason) };
    JsonYear {
        fiscal_year: year.number(),
        entity: both(&year.books.year.entity),
        counts: json_counts(year.checked.counts(), year.checked.beyond()),
        rules: year.checked.rules.iter().map(count).collect(),
        waited: year.checked.waited.iter().map(waited).collect(),
        coarse_lines: year.checked.coarse,
        refused_lines: year.findings.refused_lines(),
        refused_files: year.findings.refused_files(),
        findings: year.placed.iter().map(json_finding).collect(),
    }
}

fn json_counts(counts: Counts, not_shown: u64) -> JsonCounts {
    let Counts { error, warning, info, accepted } = counts;
    JsonCounts { error, warning, info, accepted, not_shown }
}

fn json_finding<'a>(placed: &'a Placed<'_>) -> JsonFinding<'a> {
    let finding = placed.finding;
    JsonFinding {
        code: finding.code.id,
        name: finding.code.name,
        severity: finding.severity.word().id,
        message: both(&finding.message),
        way_out: both(&finding.way_out),
        place: json_place(&placed.place),
        field: finding.field,
        about: finding.about.as_deref(),
        also: placed.also.iter().map(|(place, text)| JsonAlso { place: json_place(place), text: both(text) }).collect(),
        accepted: finding.accepted.as_ref().map(both),
    }
}

fn json_place(place: &Place) -> JsonPlace<'_> {
    let (text, skipped) = quoted(place);
    JsonPlace {
        path: &place.path,
        line: place.line,
        column: place.column,
        end_column: end_column(place),
        quoted: Quoted { text, column: skipped + 1 },
    }
}

fn both(text: &Text) -> Both<'_> {
    Both { ko: &text.ko, en: &text.en }
}
