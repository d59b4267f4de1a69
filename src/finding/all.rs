//! All that was found: kept to a bound, counted, put in order.

use super::{Code, Finding, Grade, Severity};
use crate::source::{SourceId, Span};
use crate::words::Text;
use std::collections::BTreeMap;

/// Whether a nearest name is to be searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// The finding is one of the first of its kind.
    Worthwhile,
    /// There were many before it, which were given suggestions.
    Spared,
}

/// What findings are counted by that are not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Beyond {
    rule: &'static str,
    severity: Severity,
    source: SourceId,
    standing: Standing,
}

/// Whether a finding fails a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It may.
    Open,
    /// The year accepts it: it does not.
    Accepted,
}

/// Findings of a rule that are counted and not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct More {
    /// The rule, with the severity of these findings.
    pub code: Code,
    /// Whether they may fail a check.
    pub standing: Standing,
    /// How many there are.
    pub count: u64,
}

/// Every finding of a run, and how many lines were refused.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    /// How many were found, by source and rule.
    counts: BTreeMap<(SourceId, &'static str), u64>,
    /// How many are kept of a rule.
    of_rule: BTreeMap<&'static str, u64>,
    more: BTreeMap<Beyond, (Code, u64)>,
    /// What is said instead of a suggestion by those for which one was searched, should others turn out to come first.
    spared: BTreeMap<(Span, &'static str), Text>,
    refused: u64,
    refused_files: u64,
}

impl Findings {
    /// For how many findings of one rule a nearest name is searched among thousands, in all sources: there may be thousands
    /// of these, too.
    pub const SEARCHED: u64 = 50;

    /// How many findings of one rule in one source are kept whole.
    pub const KEPT: u64 = 500;

    /// How many findings of one rule in all sources are kept whole.
    pub const KEPT_OF_RULE: u64 = 2_000;

    /// Takes a finding, or counts it where enough of its kind are kept.
    pub fn push(&mut self, finding: Finding) {
        let count = self.counts.entry((finding.span.source, finding.code.id)).or_default();
        *count += 1;
        if *count > Self::KEPT {
            return count_one(&mut self.more, finding.code, finding.severity, finding.span.source);
        }
        let rule = finding.code.id;
        self.kept.push(finding);
        let kept = self.of_rule.entry(rule).or_default();
        *kept += 1;
        // Now and then, so that the cost of putting them in order is small for each.
        if *kept >= 2 * Self::KEPT_OF_RULE {
            self.thin();
        }
    }

    /// The same of a finding of a rule, which lends it its severity, in a source: it is made only where it is kept. Of a
    /// rule that a million lines break few are, and to put each into words takes longer than to read its line.
    pub fn push_if_kept(&mut self, code: Code, source: SourceId, make: impl FnOnce() -> Finding) {
        let count = self.counts.entry((source, code.id)).or_default();
        if *count < Self::KEPT {
            let made = make();
            debug_assert_eq!((made.code.id, made.span.source), (code.id, source));
            return self.push(made.graded(code.severity));
        }
        *count += 1;
        count_one(&mut self.more, code, code.severity, source);
    }

    /// The same for a finding whose way out is dear to work out, a suggestion among thousands of names: it is made only
    /// where it is kept, and told whether it is one of the first, which alone deserve the search.
    pub fn push_lazily(&mut self, code: Code, source: SourceId, make: impl Fn(Search) -> Finding) {
        // Of the first of a rule all are kept.
        if self.of_rule.get(code.id).copied().unwrap_or(0) < Self::SEARCHED {
            let found = make(Search::Worthwhile);
            self.spared.insert((found.span, code.id), make(Search::Spared).way_out);
            self.push(found);
        } else {
            self.push_if_kept(code, source, || make(Search::Spared));
        }
    }

    /// Keeps the findings that a closure wants; the rest are counted.
    fn keep_or_count(&mut self, mut wanted: impl FnMut(&Finding) -> bool) {
        self.kept.retain(|finding| {
            let keeps = wanted(finding);
            if !keeps {
                count_one(&mut self.more, finding.code, finding.severity, finding.span.source);
            }
            keeps
        });
    }

    /// Puts them in the order of their places, and keeps of each rule those of the first; the rest are counted. What is in
    /// order, and not too many, is left where it is: findings are large.
    fn thin(&mut self) {
        let place = |finding: &Finding| (finding.span, finding.code.id);
        if !self.kept.is_sorted_by_key(place) {
            self.kept.sort_by_cached_key(place);
        }
        if self.counts.values().any(|count| *count > Self::KEPT) {
            let mut of_source: BTreeMap<(SourceId, &'static str), u64> = BTreeMap::new();
            self.keep_or_count(|finding| {
                let count = of_source.entry((finding.span.source, finding.code.id)).or_default();
                *count += 1;
                *count <= Self::KEPT
            });
        }
        self.shorten(Self::KEPT_OF_RULE);
        // In the order of their places, as they were sorted.
        self.spared.retain(|key, _| self.kept.binary_search_by_key(key, place).is_ok());
    }

    /// Notes that so many lines were not read, because of what was found in them.
    pub fn refuse_lines(&mut self, lines: u64) {
        self.refused += lines;
    }

    /// Notes that a whole file was not read, so that nobody knows how many lines it has.
    pub fn refuse_file(&mut self) {
        self.refused_files += 1;
    }

    /// How many files were not read at all.
    pub fn refused_files(&self) -> u64 {
        self.refused_files
    }

    /// How many lines were not read.
    pub fn refused_lines(&self) -> u64 {
        self.refused
    }

    /// Takes everything that others found, each of whom read a source in the order of its places.
    pub fn merge(&mut self, other: Findings) {
        self.kept.extend(other.kept);
        self.refused += other.refused;
        self.refused_files += other.refused_files;
        let mut too_many = false;
        for (key, count) in other.counts {
            *self.counts.entry(key).or_default() += count;
        }
        for (beyond, (code, count)) in other.more {
            self.more.entry(beyond).or_insert((code, 0)).1 += count;
        }
        for (rule, kept) in other.of_rule {
            let all = self.of_rule.entry(rule).or_default();
            *all += kept;
            too_many |= *all >= 2 * Self::KEPT_OF_RULE;
        }
        self.spared.extend(other.spared);
        if too_many {
            self.thin();
        }
    }

    /// Gives findings the severities that a year sets, by rule name or code. What was not read stays an error.
    pub fn regrade(&mut self, severities: &[(String, Severity)]) {
        let set = |code: Code| {
            let named = severities.iter().rev().find(|(rule, _)| rule == code.id || rule == code.name);
            named.map(|(_, severity)| *severity).filter(|_| code.grade == Grade::ByYear)
        };
        for finding in &mut self.kept {
            finding.severity = set(finding.code).unwrap_or(finding.severity);
        }
        for (beyond, (code, count)) in std::mem::take(&mut self.more) {
            let severity = set(code).unwrap_or(beyond.severity);
            self.more.entry(Beyond { severity, ..beyond }).or_insert((code.graded(severity), 0)).1 += count;
        }
    }

    /// Points findings that name a field at it, where a closure knows its place.
    pub fn point(&mut self, place: impl Fn(&Finding) -> Option<Span>) {
        for finding in &mut self.kept {
            if let Some(span) = place(finding) {
                (finding.span, finding.field) = (span, None);
            }
        }
    }

    /// Accepts findings, in their order, for which a closure gives a reason.
    pub fn accept(&mut self, mut reason: impl FnMut(&Finding) -> Option<Text>) {
        for finding in &mut self.kept {
            finding.accepted = reason(finding);
        }
    }

    /// Accepts the findings of a rule in a source that are only counted, where a closure says so.
    pub fn accept_counted(&mut self, accepted: impl Fn(Code, SourceId) -> bool) {
        for (beyond, (code, count)) in std::mem::take(&mut self.more) {
            let standing = if accepted(code, beyond.source) { Standing::Accepted } else { beyond.standing };
            self.more.entry(Beyond { standing, ..beyond }).or_insert((code, 0)).1 += count;
        }
    }

    /// Keeps the findings that a closure wants.
    pub fn keep(&mut self, wanted: impl FnMut(&Finding) -> bool) {
        self.kept.retain(wanted);
    }

    /// Keeps no more than the first so many findings of a rule; the rest are counted.
    pub fn shorten(&mut self, most: u64) {
        let mut of_rule: BTreeMap<&'static str, u64> = BTreeMap::new();
        self.keep_or_count(|finding| {
            let count = of_rule.entry(finding.code.id).or_default();
            let keeps = *count < most || finding.accepted.is_some();
            *count += u64::from(keeps);
            keeps
        });
        self.of_rule = of_rule;
    }

    /// Puts them in the order of their places, once all are there. Which are kept, and which are the first of their kind
    /// and deserve a search, is told by that order and not by who found them.
    pub fn sort(&mut self) {
        self.thin();
        let mut of_rule: BTreeMap<&'static str, u64> = BTreeMap::new();
        for finding in &mut self.kept {
            let count = of_rule.entry(finding.code.id).or_default();
            *count += 1;
            if *count > Self::SEARCHED
                && let Some(spared) = self.spared.remove(&(finding.span, finding.code.id))
            {
                finding.way_out = spared;
            }
        }
    }

    /// The findings that are kept.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.kept.iter()
    }

    /// Rules of which more was found than is kept, with how many more, in the order of their codes: of each severity and
    /// standing for itself.
    pub fn more(&self) -> impl Iterator<Item = More> {
        let mut all: BTreeMap<(&'static str, Severity, Standing), More> = BTreeMap::new();
        for (beyond, (code, count)) in &self.more {
            let none = More { code: *code, standing: beyond.standing, count: 0 };
            all.entry((beyond.rule, beyond.severity, beyond.standing)).or_insert(none).count += count;
        }
        all.into_values()
    }

    /// How many there are of a severity, kept or only counted, that are not accepted.
    pub fn count(&self, severity: Severity) -> u64 {
        let open = self.kept.iter().filter(|finding| finding.accepted.is_none());
        let kept = open.filter(|finding| finding.severity == severity).count() as u64;
        let more = self.more().filter(|more| more.standing == Standing::Open && more.code.severity == severity);
        kept + more.map(|more| more.count).sum::<u64>()
    }

    /// How many there are in all, kept or only counted.
    pub fn found(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Forgets what was found of a kind that does not matter where it was read.
    pub fn forget(&mut self, code: Code) {
        self.kept.retain(|finding| finding.code != code);
        self.counts.retain(|(_, id), _| *id != code.id);
        self.more.retain(|beyond, _| beyond.rule != code.id);
        self.of_rule.remove(code.id);
    }

    /// Forgets how many rows were refused: those of plans and other tables are no lines.
    pub fn forget_refused_rows(&mut self) {
        self.refused = 0;
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

/// Counts a finding that is not kept.
fn count_one(more: &mut BTreeMap<Beyond, (Code, u64)>, code: Code, severity: Severity, source: SourceId) {
    let beyond = Beyond { rule: code.id, severity, source, standing: Standing::Open };
    more.entry(beyond).or_insert((code.graded(severity), 0)).1 += 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{BAD_AMOUNT, GUESSED_ENCODING};
    use crate::source::{Source, Sources};

    #[test]
    fn a_year_may_regrade_warnings_but_not_what_was_not_read() {
        let mut sources = Sources::default();
        let source = sources.add(Source::file(std::path::Path::new("x.csv")));
        let mut findings = Findings::default();
        for code in [BAD_AMOUNT, GUESSED_ENCODING] {
            findings.push(Finding::new(code, Span::new(source, 0, 1), ("", ""), ("", "")));
        }
        let set = [("bad-amount".to_owned(), Severity::Info), ("WL109".to_owned(), Severity::Error)];
        findings.regrade(&set);
        assert_eq!(findings.count(Severity::Error), 2);
    }

    #[test]
    fn a_million_findings_are_counted_and_few_are_kept() {
        let mut sources = Sources::default();
        let source = sources.add(Source::file(std::path::Path::new("x.csv")));
        let mut findings = Findings::default();
        for at in 0..1_000_000 {
            findings.push(Finding::new(BAD_AMOUNT, Span::new(source, at, 1), ("", ""), ("", "")));
        }
        assert_eq!(findings.iter().count() as u64, Findings::KEPT);
        assert_eq!(findings.count(Severity::Error), 1_000_000);
        let more: Vec<More> = findings.more().collect();
        let count = 1_000_000 - Findings::KEPT;
        assert_eq!(more, [More { code: BAD_AMOUNT, standing: Standing::Open, count }]);
    }

    #[test]
    fn what_is_kept_does_not_depend_on_who_found_it() {
        let mut sources = Sources::default();
        let all: Vec<SourceId> = (0..40).map(|_| sources.add(Source::file(std::path::Path::new("x.csv")))).collect();
        let found_in = |sources: &[SourceId]| {
            let mut findings = Findings::default();
            for source in sources {
                for at in 0..300 {
                    findings.push(Finding::new(BAD_AMOUNT, Span::new(*source, at, 1), ("", ""), ("", "")));
                }
            }
            findings
        };
        let kept = |parts: &[&[SourceId]]| {
            let mut findings = Findings::default();
            parts.iter().for_each(|part| findings.merge(found_in(part)));
            findings.sort();
            let spans: Vec<Span> = findings.iter().map(|finding| finding.span).collect();
            (spans, findings.count(Severity::Error))
        };
        let alone = kept(&[&all]);
        assert_eq!((alone.0.len() as u64, alone.1), (Findings::KEPT_OF_RULE, 40 * 300));
        assert_eq!(kept(&[&all[20..], &all[..20]]), alone);
        assert_eq!(kept(&[&all[..1], &all[39..], &all[1..39]]), alone);
    }

    /// What was found before, of another rule, too: some of it may be more than is kept, and nobody has looked yet.
    #[test]
    fn what_is_kept_of_one_rule_does_not_depend_on_who_found_others() {
        let mut sources = Sources::default();
        let all: Vec<SourceId> = (0..12).map(|_| sources.add(Source::file(std::path::Path::new("x.csv")))).collect();
        let found_in = |code: Code, sources: &[SourceId], each: u64| {
            let mut findings = Findings::default();
            for source in sources {
                for at in 0..each {
                    findings.push(Finding::new(code, Span::new(*source, at, 1), ("", ""), ("", "")));
                }
            }
            findings
        };
        let (plans, lines) = all.split_at(6);
        for each in [450, 600] {
            let kept = |workers: usize| {
                let mut findings = found_in(GUESSED_ENCODING, plans, 480);
                let parts = lines.chunks(lines.len() / workers).map(|part| found_in(BAD_AMOUNT, part, each));
                let found = parts.reduce(|mut all, part| {
                    all.merge(part);
                    all
                });
                findings.merge(found.expect("some"));
                findings.sort();
                let kept: Vec<(&str, Span)> = findings.iter().map(|found| (found.code.id, found.span)).collect();
                (kept, findings.more().collect::<Vec<_>>(), findings.found())
            };
            let alone = kept(1);
            let of = |code: Code| alone.0.iter().filter(|(id, _)| *id == code.id).count() as u64;
            assert_eq!([of(GUESSED_ENCODING), of(BAD_AMOUNT)], [Findings::KEPT_OF_RULE; 2]);
            assert_eq!(alone.2, 6 * (480 + each));
            for workers in [2, 3, 6] {
                assert_eq!(kept(workers), alone, "{workers} workers");
            }
        }
    }

    /// Made or only counted, of whichever severity, all is told as if each had been made.
    #[test]
    fn what_is_made_only_where_it_is_kept_is_counted_the_same() {
        let mut sources = Sources::default();
        let all: Vec<SourceId> = (0..8).map(|_| sources.add(Source::file(std::path::Path::new("x.csv")))).collect();
        let rules = [Code::new("WL303", "outside-year", Severity::Error), GUESSED_ENCODING];
        let (mut pushed, mut if_kept, mut made) = (Findings::default(), Findings::default(), 0);
        for n in 0..30_000_u64 {
            let (code, source) = (rules[(n / 3 % 2) as usize], all[(n * n % 29 % 8) as usize]);
            let severity = if n % 7 < 3 { Severity::Warning } else { code.severity };
            let found = Finding::new(code, Span::new(source, n, 1), ("", ""), ("", ""));
            pushed.push(found.clone().graded(severity));
            if_kept.push_if_kept(code.graded(severity), source, || {
                made += 1;
                found
            });
        }
        for findings in [&mut pushed, &mut if_kept] {
            findings.sort();
        }
        let told = |findings: &Findings| {
            let counts = [Severity::Error, Severity::Warning].map(|severity| findings.count(severity));
            (findings.iter().cloned().collect::<Vec<_>>(), findings.more().collect::<Vec<_>>(), counts)
        };
        assert_eq!(told(&pushed), told(&if_kept));
        assert_eq!((pushed.found(), if_kept.found()), (30_000, 30_000));
        assert!(made <= 2 * 8 * Findings::KEPT && made > 2 * Findings::KEPT_OF_RULE, "{made}");
    }

    /// Names are searched for the first of a rule, however many sources there are and whoever reads them.
    #[test]
    fn few_names_are_searched_in_many_sources() {
        let mut sources = Sources::default();
        let all: Vec<SourceId> = (0..200).map(|_| sources.add(Source::file(std::path::Path::new("x.csv")))).collect();
        let searched = std::cell::Cell::new(0);
        let found_in = |sources: &[SourceId]| {
            let mut findings = Findings::default();
            for source in sources {
                for at in 0..3 {
                    findings.push_lazily(BAD_AMOUNT, *source, |search| {
                        let near = search == Search::Worthwhile;
                        searched.set(searched.get() + u64::from(near));
                        let way_out = if near { "near" } else { "far" };
                        Finding::new(BAD_AMOUNT, Span::new(*source, at, 1), ("", ""), (way_out, way_out))
                    });
                }
            }
            findings
        };
        let near = |findings: Findings| -> Vec<bool> {
            findings.iter().map(|finding| finding.way_out == Text::new("near", "near")).collect()
        };
        let alone = near(found_in(&all));
        assert_eq!(searched.get(), Findings::SEARCHED);
        let mut together = found_in(&all[100..]);
        together.merge(found_in(&all[..100]));
        together.sort();
        assert_eq!((near(together), alone.len()), (alone.clone(), 600));
        assert!(alone.iter().enumerate().all(|(n, near)| *near == ((n as u64) < Findings::SEARCHED)));
    }

    #[test]
    fn what_is_only_counted_keeps_the_severity_that_it_was_found_with() {
        let mut sources = Sources::default();
        let source = sources.add(Source::file(std::path::Path::new("x.csv")));
        let mut findings = Findings::default();
        let code = Code::new("WL303", "outside-year", Severity::Error);
        for at in 0..Findings::KEPT + 9 {
            let found = Finding::new(code, Span::new(source, at, 1), ("", ""), ("", ""));
            findings.push(found.graded(Severity::Warning));
        }
        assert_eq!((findings.count(Severity::Error), findings.count(Severity::Warning)), (0, Findings::KEPT + 9));
        findings.accept_counted(|code, its| code.is("outside-year") && its == source);
        assert_eq!(findings.count(Severity::Warning), Findings::KEPT, "those that are kept are accepted one by one");
    }
}
