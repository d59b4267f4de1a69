//! Findings as JUnit XML: a year is a suite, a rule a case, and a case fails where its rule found what fails the check.
//!
//! # Why
//!
//! **One failure a case.** Many readers look at the first failure of a case and count cases; so all findings of a rule
//! stand in one, and the counts of a suite are right for whoever counts.
//! **Twenty lines of escaping** are less than a crate that writes XML, and a parser of somebody else's reads the result.

use super::{Placed, Year, beyond, codes, fails, quoted, remarks, summary, way_out};
use crate::finding::{About, Checked, Code, RuleCount};
use crate::words::{Lang, Text, counted};
use std::io::{self, Write};

pub(super) fn write(
    years: &[Year<'_>],
    about: &[About],
    report: &Checked,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let codes = codes(years, about);
    let suites: Vec<Vec<Case<'_>>> =
        years.iter().map(|year| codes.iter().map(|code| Case::of(*code, year, report)).collect()).collect();
    let all = Totals::of(suites.iter().flatten());
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="wego-ledger check" tests="{}" failures="{}" errors="0" time="0">"#,
        all.cases, all.failed
    )?;
    for (year, cases) in years.iter().zip(&suites) {
        let Totals { cases: count, failed, skipped } = Totals::of(cases);
        let name = year.number();
        writeln!(
            out,
            r#"  <testsuite name="{name}" tests="{count}" failures="{failed}" errors="0" skipped="{skipped}" time="0">"#
        )?;
        for case in cases {
            case.write(year, report, lang, out)?;
        }
        let mut said: Vec<String> = remarks(year, report).iter().map(|text| text.label(lang).to_owned()).collect();
        said.push(summary(std::slice::from_ref(year)).label(lang).to_owned());
        writeln!(out, "    <system-out>{}</system-out>\n  </testsuite>", text(&said.join("\n")))?;
    }
    writeln!(out, "</testsuites>")
}

struct Totals {
    cases: usize,
    failed: usize,
    skipped: usize,
}

impl Totals {
    fn of<'a>(cases: impl IntoIterator<Item = &'a Case<'a>>) -> Totals {
        let mut totals = Totals { cases: 0, failed: 0, skipped: 0 };
        for case in cases {
            totals.cases += 1;
            match case.verdict {
                Verdict::Fails(_) => totals.failed += 1,
                Verdict::Waited(_) => totals.skipped += 1,
                Verdict::Passes => {}
            }
        }
        totals
    }
}

/// A rule in a year.
struct Case<'a> {
    code: Code,
    verdict: Verdict<'a>,
    failing: Vec<&'a Placed<'a>>,
    other: Vec<&'a Placed<'a>>,
    count: Option<&'a RuleCount>,
}

enum Verdict<'a> {
    Passes,
    /// So many findings fail the check.
    Fails(u64),
    /// It did not look.
    Waited(&'a Text),
}

impl<'a> Case<'a> {
    fn of(code: Code, year: &'a Year<'a>, report: &Checked) -> Case<'a> {
        let own = year.placed.iter().filter(|placed| placed.finding.code.id == code.id);
        let (failing, other): (Vec<_>, Vec<_>) = own.partition(|placed| fails(placed.finding, report.threshold));
        let count = year.checked.rules.iter().find(|rule| rule.code.id == code.id);
        let failed = count.map_or(0, |rule| rule.counts.from(report.threshold)).max(failing.len() as u64);
        let waited = year.checked.waited.iter().find(|waited| waited.code.id == code.id);
        let verdict = match waited {
            _ if failed > 0 => Verdict::Fails(failed),
            Some(waited) => Verdict::Waited(&waited.reason),
            None => Verdict::Passes,
        };
        Case { code, verdict, failing, other, count }
    }

    fn write(&self, year: &Year<'_>, report: &Checked, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let Code { id, name, .. } = self.code;
        let family = self.code.family().id;
        write!(out, r#"    <testcase classname="{family}" name="{id} {name}" time="0""#)?;
        let passes = matches!(self.verdict, Verdict::Passes);
        if passes && self.other.is_empty() {
            return writeln!(out, "/>");
        }
        writeln!(out, ">")?;
        let mut texts: Vec<String> = self.failing.iter().map(|placed| told(placed, lang)).collect();
        if let Some(rule) = self.count.filter(|rule| rule.beyond > 0) {
            texts.push(beyond(year.number(), rule.code, rule.beyond, report.most).label(lang).to_owned());
        }
        match &self.verdict {
            Verdict::Passes => {}
            Verdict::Fails(count) => {
                let first = self.failing.first();
                let severity = first.map_or(self.code.severity, |placed| placed.finding.severity).word().id;
                let first = first.map_or("", |placed| placed.finding.message.label(lang));
                let message = match lang {
                    Lang::Ko => format!("지적 {count}건: {first}"),
                    Lang::En => format!("{}: {first}", counted(*count, "finding")),
                };
                let (message, body) = (attribute(&message), text(&texts.join("\n\n")));
                writeln!(out, r#"      <failure type="{severity}" message="{message}">{body}</failure>"#)?;
            }
            Verdict::Waited(reason) => {
                writeln!(out, r#"      <skipped message="{}"/>"#, attribute(reason.label(lang)))?;
            }
        }
        if !self.other.is_empty() {
            let texts: Vec<String> = self.other.iter().map(|placed| told(placed, lang)).collect();
            writeln!(out, "      <system-out>{}</system-out>", text(&texts.join("\n\n")))?;
        }
        writeln!(out, "    </testcase>")
    }
}

/// A finding in lines: place, severity and message, the quoted line, other places, the way out or why it is accepted.
fn told(placed: &Placed<'_>, lang: Lang) -> String {
    let (finding, place) = (placed.finding, &placed.place);
    let word = finding.severity.word().label(lang);
    let mut lines = vec![format!(
        "{}:{}:{}: {word}[{}]: {}",
        place.path,
        place.line,
        place.column,
        finding.code.id,
        finding.message.label(lang)
    )];
    let (line, _) = quoted(place);
    if !line.is_empty() {
        lines.push(format!("  | {line}"));
    }
    for (place, also) in &placed.also {
        lines.push(format!("  ::: {}:{}:{}: {}", place.path, place.line, place.column, also.label(lang)));
    }
    lines.extend(way_out(finding, lang).map(|text| format!("  = {text}")));
    lines.join("\n")
}

/// A text between quotes, where a reader would make spaces of tabs and line ends that are written as they are.
fn attribute(value: &str) -> String {
    text(value).replace('\t', "&#9;").replace('\n', "&#10;")
}

/// A text between tags. What XML 1.0 cannot have, however it is written, becomes U+FFFD.
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(c),
            // A reader would make a line feed of it.
            '\r' => escaped.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_have_is_replaced() {
        assert_eq!(text("a<b>&\"가\" ]]>\n"), "a&lt;b&gt;&amp;&quot;가&quot; ]]&gt;\n");
        assert_eq!(text("\u{1b}\0\u{ffff}\r"), "\u{fffd}\u{fffd}\u{fffd}&#13;");
    }

    #[test]
    fn line_ends_of_an_attribute_are_no_spaces() {
        assert_eq!(attribute("a\r\n\tb"), "a&#13;&#10;&#9;b");
    }
}
