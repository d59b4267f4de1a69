//! What a check has to say besides the findings themselves: counts, what waited, and what is over the bound.
//!
//! # Why
//!
//! **Data, low down.** Whoever checks makes it, whoever renders shows it, and neither knows the other.

use super::{Code, Finding, Findings, More, Severity, Standing};
use crate::words::{self, Text, Word};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// What a check of some years has to say besides their findings.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The version of the program.
    pub version: &'static str,
    /// From which severity on a finding fails the check, unless it is accepted.
    pub threshold: Severity,
    /// The most findings of one rule that are shown; the rest are counted.
    pub most: u64,
    /// How files are named to services that know only a repository.
    pub roots: Roots,
    /// The years that were checked, each once.
    pub years: Vec<CheckedYear>,
}

impl Checked {
    /// What there is to say of a year; nothing was left out of one that is not here.
    pub fn year(&self, fiscal_year: i32) -> Option<&CheckedYear> {
        self.years.iter().find(|year| year.fiscal_year == fiscal_year)
    }

    /// How many findings there are in all years.
    pub fn counts(&self) -> Counts {
        self.years.iter().fold(Counts::default(), |sum, year| sum.and(year.counts()))
    }

    /// Whether any finding fails the check.
    pub fn fails(&self) -> bool {
        self.counts().from(self.threshold) > 0
    }
}

/// What a check has to say of one year.
#[derive(Clone, Debug)]
pub struct CheckedYear {
    /// The year's number.
    pub fiscal_year: i32,
    /// How many findings there are of each rule that found any, in the order of their codes.
    pub rules: Vec<RuleCount>,
    /// Rules that did not look, or had nothing to go by, and why.
    pub waited: Vec<Waited>,
    /// How many lines are dated by a month or a year only: rules by date accuse nobody because of them.
    pub coarse: u64,
}

impl CheckedYear {
    /// Counts what was found in a year, where nothing waited and every line has its day.
    pub fn of(fiscal_year: i32, findings: &Findings) -> CheckedYear {
        let mut rules: BTreeMap<&str, RuleCount> = BTreeMap::new();
        let none = |code| RuleCount { code, counts: Counts::default(), beyond: 0 };
        for finding in findings.iter() {
            rules.entry(finding.code.id).or_insert_with(|| none(finding.code)).counts.add(finding);
        }
        for More { code, standing, count } in findings.more() {
            let rule = rules.entry(code.id).or_insert_with(|| none(code));
            rule.beyond += count;
            match standing {
                Standing::Open => *rule.counts.at(code.severity) += count,
                Standing::Accepted => rule.counts.accepted += count,
            }
        }
        CheckedYear { fiscal_year, rules: rules.into_values().collect(), waited: Vec::new(), coarse: 0 }
    }

    /// How many findings there are.
    pub fn counts(&self) -> Counts {
        self.rules.iter().fold(Counts::default(), |sum, rule| sum.and(rule.counts))
    }

    /// How many of them are counted and not shown.
    pub fn beyond(&self) -> u64 {
        self.rules.iter().map(|rule| rule.beyond).sum()
    }
}

/// How many findings there are of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule.
    pub code: Code,
    /// All of them, whether shown or not.
    pub counts: Counts,
    /// How many of them are over the bound: counted, and not shown.
    pub beyond: u64,
}

/// How many findings there are of each severity, and how many are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors that are not accepted.
    pub error: u64,
    /// Warnings that are not accepted.
    pub warning: u64,
    /// Infos that are not accepted.
    pub info: u64,
    /// Those that are accepted, of any severity.
    pub accepted: u64,
}

impl Counts {
    /// Counts a finding.
    pub fn add(&mut self, finding: &Finding) {
        match finding.accepted {
            Some(_) => self.accepted += 1,
            None => *self.at(finding.severity) += 1,
        }
    }

    /// Where those of a severity are counted.
    pub fn at(&mut self, severity: Severity) -> &mut u64 {
        match severity {
            Severity::Error => &mut self.error,
            Severity::Warning => &mut self.warning,
            Severity::Info => &mut self.info,
        }
    }

    /// Both together.
    pub fn and(self, other: Counts) -> Counts {
        Counts {
            error: self.error + other.error,
            warning: self.warning + other.warning,
            info: self.info + other.info,
            accepted: self.accepted + other.accepted,
        }
    }

    /// How many are of a severity or worse; none of the accepted.
    pub fn from(self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.error + self.warning,
            Severity::Info => self.error + self.warning + self.info,
        }
    }
}

/// A rule that did not look, or had nothing to go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waited {
    /// The rule.
    pub code: Code,
    /// Why.
    pub reason: Text,
}

/// Whence files are named, and whence a service that knows only a repository is to be told of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roots {
    /// The folder that relative names start from, as an absolute path; empty where names are to stay as they are.
    pub from: PathBuf,
    /// The root of the repository, as an absolute path; empty where names are to stay as they are.
    pub root: PathBuf,
}

impl Roots {
    /// A file as seen from the root, its parts joined by `/`; a file outside keeps its whole path.
    pub fn seen(&self, name: &str) -> Seen {
        let whole = tidy(&self.from.join(name));
        let inside = whole.strip_prefix(&self.root).ok().filter(|rest| rest.is_relative()).map(Path::to_owned);
        let (path, inside) = inside.map_or((whole, false), |path| (path, true));
        let parts: Vec<_> = path
            .components()
            .filter_map(|part| match part {
                Component::RootDir => Some(String::new()),
                Component::CurDir => None,
                part => Some(part.as_os_str().to_string_lossy().into_owned()),
            })
            .collect();
        Seen { parts, inside }
    }
}

/// A file as seen from a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Folders and the file's name; the first is empty where the path is absolute.
    pub parts: Vec<String>,
    /// Whether it is below the root.
    pub inside: bool,
}

/// A path without `.`, and without `..` where something stands before it.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match (part, tidied.components().next_back()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir | Component::Prefix(_))) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                tidied.pop();
            }
            (part, _) => tidied.push(part),
        }
    }
    tidied
}

impl Code {
    /// What its rule looks at, by the first digit of its code.
    pub fn family(self) -> Word {
        match self.id.as_bytes().get(2) {
            Some(b'1') => words::FAMILY_READING,
            Some(b'2') => words::FAMILY_PLAN,
            Some(b'3') => words::FAMILY_LINES,
            Some(b'4') => words::FAMILY_SUMS,
            Some(b'5') => words::FAMILY_PRINTED,
            Some(b'6') => words::FAMILY_YEARS,
            _ => words::FAMILY_OTHER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{BAD_AMOUNT, BLANK_ROW, GUESSED_ENCODING};
    use crate::source::{Source, Sources, Span};

    #[test]
    fn what_is_over_the_bound_is_counted_with_its_severity_and_what_is_accepted_with_none() {
        let source = Sources::default().add(Source::file(Path::new("x.csv")));
        let mut findings = Findings::default();
        for at in 0..Findings::KEPT + 7 {
            findings.push(Finding::new(BLANK_ROW, Span::new(source, at, 0), ("", ""), ("", "")));
        }
        let accepted = Some(Text::same("known"));
        findings.push(Finding { accepted, ..Finding::new(BAD_AMOUNT, Span::new(source, 0, 0), ("", ""), ("", "")) });
        findings
            .push(Finding::new(GUESSED_ENCODING, Span::new(source, 0, 0), ("", ""), ("", "")).graded(Severity::Info));
        let year = CheckedYear::of(2025, &findings);
        assert_eq!(year.counts(), Counts { error: 0, warning: Findings::KEPT + 7, info: 1, accepted: 1 });
        assert_eq!(year.beyond(), 7);
        assert_eq!(year.rules.iter().map(|rule| rule.code.id).collect::<Vec<_>>(), ["WL109", "WL117", "WL121"]);
        assert_eq!(year.counts().from(Severity::Error), 0, "what is accepted fails nothing");
    }

    #[test]
    fn files_are_seen_from_the_root_of_the_repository() {
        let seen = |from: &str, root: &str, name: &str| {
            let seen = Roots { from: from.into(), root: root.into() }.seen(name);
            (seen.parts.join("/"), seen.inside)
        };
        assert_eq!(seen("", "", "./a b/../c.csv"), ("c.csv".to_owned(), true));
        assert_eq!(seen("/repo/books", "/repo", "2025/여비.csv"), ("books/2025/여비.csv".to_owned(), true));
        assert_eq!(seen("/repo/books", "/repo", "../x.csv"), ("x.csv".to_owned(), true));
        assert_eq!(seen("/repo", "/repo", "/repo/x.csv"), ("x.csv".to_owned(), true));
        assert_eq!(seen("/repo", "/repo", "/else/x.csv"), ("/else/x.csv".to_owned(), false));
    }
}
