//! Findings as SARIF 2.1.0: one run, its rules with their pages, and a result for each finding.
//!
//! # Why
//!
//! **One run for all years.** A service takes one run of a tool for an upload; the year of a result is a property of it.
//! **Fingerprints of what stands there.** A result is known again by its rule, its year, its file, what it is about and
//! the text of its line, not by the number of the line: lines that are put in above it change nothing.

mod model;
mod rule;

use super::{Placed, Year, codes, end_column, quoted};
use crate::finding::{About, Checked, Code, Severity};
use crate::source::Place;
use crate::words::{Lang, Text};
use model::*;
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) fn write(
    years: &[Year<'_>],
    about: &[About],
    report: &Checked,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let codes = codes(years, about);
    let from = Rendering { codes: &codes, report, lang };
    let mut seen = BTreeMap::new();
    let results = years
        .iter()
        .flat_map(|year| year.placed.iter().map(move |placed| (year.number(), placed)))
        .map(|(year, placed)| from.result(year, placed, &mut seen))
        .collect();
    let page = |code: &Code| about.iter().find(|rule| rule.code.id == code.id).map_or("", |rule| in_lang(rule, lang));
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "wego-ledger",
                    semantic_version: report.version,
                    language: language(lang),
                    rules: codes.iter().map(|code| rule::of(*code, page(code))).collect(),
                },
            },
            language: language(lang),
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: Bases {
                root: Base { description: Plain { text: "the root of the repository".to_owned() } },
            },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: years.iter().flat_map(|year| from.notifications(year)).collect(),
            }],
            results,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// What every part of a log is made with.
struct Rendering<'a> {
    codes: &'a [Code],
    report: &'a Checked,
    lang: Lang,
}

/// What results before are known by, and how many of them by the same.
type Known = BTreeMap<u128, u64>;

impl Rendering<'_> {
    fn result<'a>(&self, year: i32, placed: &Placed<'a>, seen: &mut Known) -> SarifResult<'a> {
        let finding = placed.finding;
        let also = placed.also.iter().enumerate().map(|(n, (place, text))| Location {
            id: Some(n as u64 + 1),
            physical_location: self.physical(place),
            message: Some(Plain { text: message(text.label(self.lang)) }),
        });
        // Why it is accepted stands with its suppression.
        let said = [finding.message.label(self.lang), finding.way_out.label(self.lang)].join("\n");
        SarifResult {
            rule_id: finding.code.id,
            rule_index: self.index(finding.code),
            level: level(finding.severity),
            message: Plain { text: message(said.trim_end_matches('\n')) },
            locations: [Location { id: None, physical_location: self.physical(&placed.place), message: None }],
            related_locations: also.collect(),
            partial_fingerprints: Fingerprints { finding: self.fingerprint(year, placed, seen) },
            suppressions: finding
                .accepted
                .iter()
                .map(|reason| Suppression {
                    kind: "external",
                    status: "accepted",
                    justification: reason.label(self.lang).to_owned(),
                })
                .collect(),
            properties: ResultProperties { fiscal_year: year, about: finding.about.as_deref(), field: finding.field },
        }
    }

    fn index(&self, code: Code) -> Option<usize> {
        self.codes.iter().position(|known| known.id == code.id)
    }

    fn artifact(&self, path: &str) -> Artifact {
        let seen = self.report.roots.seen(path);
        let uri = seen.parts.iter().map(|part| percent_encoded(part)).collect::<Vec<_>>().join("/");
        match (seen.inside, uri.starts_with('/')) {
            (true, false) => Artifact { uri, uri_base_id: Some("SRCROOT") },
            (_, true) => Artifact { uri: format!("file://{uri}"), uri_base_id: None },
            (false, false) => Artifact { uri: format!("file:///{uri}"), uri_base_id: None },
        }
    }

    fn physical(&self, place: &Place) -> Physical {
        let marked = &place.text[place.marked.clone()];
        let (line, _) = quoted(place);
        let whole = marked.len() == place.text.len();
        // What is cut is no quotation of the region, and an empty one says nothing.
        let snippet = (!marked.is_empty() && marked.len() <= line.len()).then(|| Snippet { text: marked.to_owned() });
        let context = (snippet.is_some() && !whole && line == place.text)
            .then_some(Context { start_line: place.line, snippet: Snippet { text: line } });
        Physical {
            artifact_location: self.artifact(&place.path),
            region: Region {
                start_line: place.line,
                start_column: place.column,
                end_column: end_column(place),
                snippet,
            },
            context_region: context,
        }
    }

    /// What a finding is known by, whatever is put in above it; the second of two that are alike is another.
    fn fingerprint(&self, year: i32, placed: &Placed<'_>, seen: &mut Known) -> String {
        let finding = placed.finding;
        let year = year.to_string();
        let uri = self.artifact(&placed.place.path).uri;
        let about = finding.about.as_deref().unwrap_or_default();
        let (line, _) = quoted(&placed.place);
        let parts = [finding.code.id, &year, &uri, about, line.trim(), &placed.place.text[placed.place.marked.clone()]];
        let hash = fnv(&parts);
        let times = seen.entry(hash).or_default();
        *times += 1;
        format!("{hash:032x}:{times}")
    }

    fn notifications(&self, year: &Year<'_>) -> Vec<Notification> {
        let waited = year.checked.waited.iter().map(|waited| {
            let text = Text::new(
                format!("{}: 살피지 않음: {}", year.number(), waited.reason.ko),
                format!("{}: did not look: {}", year.number(), waited.reason.en),
            );
            self.notification("warning", "waited", &text, Some(waited.code))
        });
        let over = year.checked.rules.iter().filter(|rule| rule.beyond > 0).map(|rule| {
            let text = super::beyond(year.number(), rule.code, rule.beyond, self.report.most);
            self.notification("warning", "not-shown", &text, Some(rule.code))
        });
        let coarse = super::coarse(year).into_iter().map(|text| self.notification("note", "coarse-dates", &text, None));
        waited.chain(over).chain(coarse).collect()
    }

    fn notification(&self, level: &'static str, id: &'static str, text: &Text, code: Option<Code>) -> Notification {
        Notification {
            level,
            descriptor: Descriptor { id },
            message: Plain { text: message(text.label(self.lang)) },
            associated_rule: code.map(|code| Reference { id: code.id, index: self.index(code) }),
        }
    }
}

fn in_lang(rule: &About, lang: Lang) -> &'static str {
    let [ko, en] = rule.page;
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "ko",
        Lang::En => "en",
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A message as SARIF has it: braces are doubled, as single ones would hold a placeholder (§3.11.5).
fn message(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A part of a path in a URI: all but what RFC 3986 reserves nowhere is written as its bytes.
fn percent_encoded(part: &str) -> String {
    let mut encoded = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The FNV-1a hash of some texts, 128 bits: it is the same on every machine and in every release.
fn fnv(parts: &[&str]) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    // The byte FF, which no text has, stands between two.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri_reference_whatever_its_name_holds() {
        assert_eq!(percent_encoded("가 a\\b:%"), "%EA%B0%80%20a%5Cb%3A%25");
    }

    #[test]
    fn the_hash_is_the_one_that_is_published() {
        // Of the empty text it is the offset basis.
        assert_eq!(fnv(&[]), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_ne!(fnv(&["ab", "c"]), fnv(&["a", "bc"]));
    }
}
