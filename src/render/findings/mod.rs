//! What a check found, for people and for services: text, JSON, JUnit, SARIF, annotations of GitHub.
//!
//! Law: every format tells of the same findings, at the same places; what a format cannot hold is counted in it.
//! `FORMATS.md` says what each holds.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

use super::Style;
use crate::finding::{About, Checked, CheckedYear, Code, Counts, Finding, Findings, Severity, Waited};
use crate::ledger::Books;
use crate::source::Place;
use crate::words::{self, Lang, Text, counted};
use std::borrow::Cow;
use std::io::{self, Write};

/// A format that findings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingFormat {
    /// Quoted lines with carets, for people.
    Text,
    /// JSON: everything, in both languages.
    Json,
    /// JUnit XML: a rule is a test case.
    Junit,
    /// SARIF 2.1.0, as code scanning services read it.
    Sarif,
    /// Workflow commands of GitHub Actions, which become annotations of files.
    Github,
}

impl FindingFormat {
    /// Every format.
    pub const ALL: [FindingFormat; 5] =
        [FindingFormat::Text, FindingFormat::Json, FindingFormat::Junit, FindingFormat::Sarif, FindingFormat::Github];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            FindingFormat::Text => "text",
            FindingFormat::Json => "json",
            FindingFormat::Junit => "junit",
            FindingFormat::Sarif => "sarif",
            FindingFormat::Github => "github",
        }
    }

    /// The format of a file, by the ending of its name; annotations are read from a log and have none.
    pub fn of_ending(ending: &str) -> Option<FindingFormat> {
        match ending.to_ascii_lowercase().as_str() {
            "txt" => Some(FindingFormat::Text),
            "json" => Some(FindingFormat::Json),
            "xml" => Some(FindingFormat::Junit),
            "sarif" => Some(FindingFormat::Sarif),
            _ => None,
        }
    }
}

/// Writes what was found in some years, in the order in which it is given. Findings point at what they are about
/// already: a `field` is told and not looked for. `about` is every rule there is, `report` what there is to say besides.
///
/// # Errors
/// Whatever writing, or reading the sources again, fails with.
pub fn findings(
    years: &[(&Books, &Findings)],
    about: &[About],
    report: &Checked,
    format: FindingFormat,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let years =
        years.iter().map(|(books, findings)| Year::of(books, findings, report)).collect::<io::Result<Vec<_>>>()?;
    match format {
        FindingFormat::Text => text::write(&years, report, style, out),
        FindingFormat::Json => json::write(&years, about, report, out),
        FindingFormat::Junit => junit::write(&years, about, report, style.lang, out),
        FindingFormat::Sarif => sarif::write(&years, about, report, style.lang, out),
        FindingFormat::Github => github::write(&years, report, style.lang, out),
    }
}

/// A year with its findings where people find them.
struct Year<'a> {
    books: &'a Books,
    findings: &'a Findings,
    checked: Cow<'a, CheckedYear>,
    placed: Vec<Placed<'a>>,
}

/// A finding and its places.
struct Placed<'a> {
    finding: &'a Finding,
    place: Place,
    also: Vec<(Place, &'a Text)>,
}

impl<'a> Year<'a> {
    fn of(books: &'a Books, findings: &'a Findings, report: &'a Checked) -> io::Result<Year<'a>> {
        let number = books.year.fiscal_year;
        let own =
            |finding: &Finding| [finding.span].into_iter().chain(finding.also.iter().map(|(span, _)| *span)).collect();
        let spans: Vec<_> = findings.iter().flat_map::<Vec<_>, _>(own).collect();
        // Places come in the order of the spans, one for each.
        let mut places = books.sources.places(&spans)?.into_iter();
        let mut placed = Vec::new();
        for finding in findings.iter() {
            let Some(place) = places.next() else { break };
            let also = finding.also.iter().map_while(|(_, text)| Some((places.next()?, text))).collect();
            placed.push(Placed { finding, place, also });
        }
        let checked = match report.year(number) {
            Some(year) => Cow::Borrowed(year),
            None => Cow::Owned(CheckedYear::of(number, findings)),
        };
        Ok(Year { books, findings, checked, placed })
    }

    fn number(&self) -> i32 {
        self.books.year.fiscal_year
    }
}

/// The column after the last character that a place marks.
fn end_column(place: &Place) -> u64 {
    place.column + place.text[place.marked.clone()].chars().count() as u64
}

/// The most characters of a line that are quoted to machines.
const QUOTED: usize = 400;

/// The quoted line, or the stretch of it that begins `.1` characters into it where it is very long.
fn quoted(place: &Place) -> (String, u64) {
    if place.text.chars().count() <= QUOTED {
        return (place.text.clone(), 0);
    }
    let before = place.text[..place.marked.start].chars().count();
    let skipped = before.saturating_sub(QUOTED / 4);
    (place.text.chars().skip(skipped).take(QUOTED).collect(), skipped as u64)
}

/// Whether a finding fails the check.
fn fails(finding: &Finding, threshold: Severity) -> bool {
    finding.accepted.is_none() && finding.severity >= threshold
}

/// Every rule that there is, and after them codes that were found and are no rule of theirs.
fn codes(years: &[Year<'_>], about: &[About]) -> Vec<Code> {
    let mut codes: Vec<Code> = about.iter().map(|rule| rule.code).collect();
    let found = years.iter().flat_map(|year| {
        let waited = year.checked.waited.iter().map(|waited| waited.code);
        let counted = year.checked.rules.iter().map(|rule| rule.code);
        year.placed.iter().map(|placed| placed.finding.code).chain(counted).chain(waited)
    });
    for code in found {
        if !codes.iter().any(|known| known.id == code.id) {
            codes.push(code);
        }
    }
    codes
}

/// Rules that waited, by the reason they share.
fn by_reason(waited: &[Waited]) -> Vec<(&Text, Vec<Code>)> {
    let mut groups: Vec<(&Text, Vec<Code>)> = Vec::new();
    for Waited { code, reason } in waited {
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, codes)) => codes.push(*code),
            None => groups.push((reason, vec![*code])),
        }
    }
    groups
}

/// What there is to say of a year besides its findings, a sentence each: what waited and why, coarse dates, the bound.
fn remarks(year: &Year<'_>, report: &Checked) -> Vec<Text> {
    const NAMED: usize = 6;
    let number = year.number();
    let mut said = Vec::new();
    for (reason, codes) in by_reason(&year.checked.waited) {
        let named = codes.iter().take(NAMED).map(|code| code.id).collect::<Vec<_>>().join(", ");
        let dots = if codes.len() > NAMED { ", …" } else { "" };
        let count = codes.len() as u64;
        said.push(Text::new(
            format!("{number}: 살피지 않은 규칙 {count}개({named}{dots}): {}", reason.ko),
            format!("{number}: {} did not look ({named}{dots}): {}", counted(count, "rule"), reason.en),
        ));
    }
    said.extend(coarse(year));
    said.extend(
        year.checked
            .rules
            .iter()
            .filter(|rule| rule.beyond > 0)
            .map(|rule| beyond(number, rule.code, rule.beyond, report.most)),
    );
    said
}

/// How many lines have no day.
fn coarse(year: &Year<'_>) -> Option<Text> {
    let (number, count) = (year.number(), year.checked.coarse);
    let lines = counted(count, "line");
    (count > 0).then(|| {
        Text::new(
            format!("{number}: 날짜가 달이나 해까지만 적힌 내역 {count}줄은 날짜를 보는 규칙이 문제 삼지 않음"),
            format!("{number}: {lines} dated by month or year only, never held against the books by rules of date"),
        )
    })
}

/// How many more findings there are of a rule than are shown.
fn beyond(year: i32, code: Code, count: u64, most: u64) -> Text {
    let Code { id, name, .. } = code;
    Text::new(
        format!("{year}: {id}({name}) 지적이 {count}건 더 있음(규칙마다 {most}건까지 보임)"),
        format!("{year}: {} of {id} ({name}); of one rule {most} at most are shown", counted(count, "more finding")),
    )
}

/// How many there are of what, in one line.
fn summary(years: &[Year<'_>]) -> Text {
    let counts = years.iter().fold(Counts::default(), |sum, year| sum.and(year.checked.counts()));
    let numbers = years.iter().map(|year| year.number().to_string()).collect::<Vec<_>>().join(", ");
    let sum = |count: fn(&Year<'_>) -> u64| years.iter().map(count).sum::<u64>();
    let (beyond, waited) = (sum(|year| year.checked.beyond()), sum(|year| year.checked.waited.len() as u64));
    let mut ko = vec![
        format!("오류 {}건", counts.error),
        format!("주의 {}건", counts.warning),
        format!("참고 {}건", counts.info),
    ];
    let mut en = vec![counted(counts.error, "error"), counted(counts.warning, "warning"), counted(counts.info, "info")];
    if counts.accepted > 0 {
        ko.push(format!("수용 {}건", counts.accepted));
        en.push(format!("{} accepted", counts.accepted));
    }
    if beyond > 0 {
        ko.push(format!("그중 {beyond}건은 보이지 않음"));
        en.push(format!("{beyond} of them not shown"));
    }
    if waited > 0 {
        ko.push(format!("살피지 않은 규칙 {waited}개"));
        en.push(format!("{} did not look", counted(waited, "rule")));
    }
    Text::new(format!("{numbers}: {}", ko.join(", ")), format!("{numbers}: {}", en.join(", ")))
}

/// What to do about a finding, in one language, or why nothing is to be done: `accepted: why`.
fn way_out(finding: &Finding, lang: Lang) -> Option<String> {
    match &finding.accepted {
        Some(reason) => Some(format!("{}: {}", words::ACCEPTED.label(lang), reason.label(lang))),
        None => Some(finding.way_out.label(lang).to_owned()).filter(|text| !text.is_empty()),
    }
}
