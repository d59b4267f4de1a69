//! What a year says of its findings: how bad they are, and which are known and explained.
//!
//! WL212 is an acceptance that matches nothing; WL213 is the name of a rule that there is not, or of one that no year may
//! grade.

use super::{Looks, Rule, pages, rule, rules};
use crate::finding::{Code, Finding, Findings, Grade, Severity, Waited};
use crate::ledger::{Accepted, Books};
use crate::source::{Place, SourceId};
use crate::words::{Text, nearest};
use std::io;

pub(super) const UNUSED: Rule = Rule {
    code: Code::new("WL212", "unused-acceptance", Severity::Warning),
    page: pages!("unused_acceptance"),
    looks: Looks::AtTheEnd,
};

pub(super) const UNKNOWN: Rule = Rule {
    code: Code::new("WL213", "unknown-rule", Severity::Error),
    page: pages!("unknown_rule"),
    looks: Looks::AtBooks(unknown),
};

/// Whether the year before was there to be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// It was.
    TheYearBefore,
    /// It was not: rules between years had nothing to look at.
    Nothing,
}

/// Grades findings as the year says, and marks those that it accepts. An acceptance is unused only where its rule looked.
///
/// # Errors
/// A source that cannot be read again to tell the lines of places.
pub fn settle(books: &Books, findings: &mut Findings, waited: &[Waited], beside: Beside) -> io::Result<()> {
    let looked = |rule: &Rule| {
        let alone = beside == Beside::Nothing && matches!(rule.looks, Looks::BetweenYears(_));
        !alone && !waited.iter().any(|waited| waited.code == rule.code)
    };
    // What is accepted is what is kept, whoever found it.
    findings.sort();
    for accepted in accept(books, findings)? {
        // A name that is no rule, or one of a rule that nobody may accept, is told for itself.
        if rule(&accepted.rule).is_some_and(|rule| rule.code.grade != Grade::Fixed && looked(rule)) {
            findings.push(unused(accepted));
        }
    }
    findings.regrade(&books.year.severities);
    Ok(())
}

/// Marks the findings that a year accepts; gives the acceptances that none was found for.
fn accept<'b>(books: &'b Books, findings: &mut Findings) -> io::Result<Vec<&'b Accepted>> {
    let accepted = &books.year.accepted;
    if accepted.is_empty() {
        return Ok(Vec::new());
    }
    let spans: Vec<_> = findings.iter().map(|finding| finding.span).collect();
    let places = books.sources.places(&spans)?;
    let mut used = vec![false; accepted.len()];
    // Of what is only counted nobody can say which one an acceptance means, unless it means all of a rule, or of a file.
    findings.accept_counted(|code, source| accepted.iter().any(|accepted| means_all(books, accepted, code, source)));
    let mut places = places.iter();
    findings.accept(|finding| {
        let place = places.next()?;
        // Several may mean one finding: each of them is used, and the first gives the reason.
        let meant = (0..accepted.len()).filter(|n| matches(&accepted[*n], finding, place));
        let meant: Vec<usize> = meant.inspect(|n| used[*n] = true).collect();
        meant.first().map(|n| accepted[*n].reason.clone())
    });
    let counted = |accepted: &Accepted| findings.more().any(|more| more.code.is(&accepted.rule));
    let unused = accepted.iter().zip(used).filter(|(accepted, used)| !used && !counted(accepted));
    Ok(unused.map(|(accepted, _)| accepted).collect())
}

/// Whether a year may accept what is found of a rule: what was not read is wrong, whoever knows of it; and no acceptance
/// accepts another.
fn is_acceptable(accepted: &Accepted, code: Code) -> bool {
    code.is(&accepted.rule) && code.grade != Grade::Fixed && code.id != UNUSED.code.id
}

/// Whether an acceptance means all that a rule finds in a source.
fn means_all(books: &Books, accepted: &Accepted, code: Code, source: SourceId) -> bool {
    let of = |at: &str| is_file(at, &books.sources.get(source).name);
    is_acceptable(accepted, code) && accepted.at.as_deref().map(str::trim).is_none_or(of)
}

/// Whether `at` is the name of a file, or its path.
fn is_file(at: &str, path: &str) -> bool {
    path == at || path.strip_suffix(at).is_some_and(|before| before.ends_with(['/', '\\']))
}

/// Whether an acceptance means a finding: its rule, and what it is about, or its place.
fn matches(accepted: &Accepted, finding: &Finding, place: &Place) -> bool {
    if !is_acceptable(accepted, finding.code) {
        return false;
    }
    let Some(at) = accepted.at.as_deref().map(str::trim) else { return true };
    let about = finding.about.as_deref().unwrap_or_default();
    let last = about.rsplit('/').next().unwrap_or_default();
    let lined = format!("{}:{}", place.path, place.line);
    at == about || at == last || is_file(at, &place.path) || is_file(at, &lined)
}

fn unused(accepted: &Accepted) -> Finding {
    let at = accepted.at.as_deref().unwrap_or_default();
    let of = if at.is_empty() { accepted.rule.clone() } else { format!("{}, {at}", accepted.rule) };
    Finding::new(
        UNUSED.code,
        accepted.span,
        (format!("맞는 지적이 없는 `[[accept]]`: `{of}`"), format!("this `[[accept]]` matches no finding: `{of}`")),
        (
            "고쳐져서 없어졌으면 지우고, 아니면 `rule`과 `at`(과목·번호·`파일:줄`)이 지적의 것과 같은지 볼 것",
            "delete it if what it accepted is mended; else see whether `rule` and `at` (account, id, `file:line`) are the finding's",
        ),
    )
    .about(accepted.rule.clone())
}

/// Names of rules that there are not, and of rules that no year may grade.
fn unknown(books: &Books, findings: &mut Findings) {
    let names: Vec<&str> = rules().flat_map(|rule| [rule.code.name, rule.code.id]).collect();
    let did_you_mean = |text: &str| match nearest(text, names.iter().copied()) {
        Some(name) => Text::new(format!("혹시 `{name}`?"), format!("did you mean `{name}`?")),
        None => Text::new("모든 규칙: `wego-ledger check --rules`", "all rules: `wego-ledger check --rules`"),
    };
    let named = books.year.graded.iter().map(|named| (named.id.as_str(), named.span, Graded::Yes));
    let accepted = books.year.accepted.iter().map(|accepted| (accepted.rule.as_str(), accepted.span, Graded::No));
    for (text, span, graded) in named.chain(accepted) {
        match rule(text) {
            None => findings.push(
                Finding::new(
                    UNKNOWN.code,
                    span,
                    (format!("그런 규칙이 없음: `{text}`"), format!("there is no such rule: `{text}`")),
                    did_you_mean(text),
                )
                .about(text),
            ),
            Some(rule) if rule.code.grade == Grade::Fixed => {
                let (ko, en) = match graded {
                    Graded::Yes => ("등급을 바꿀 수 없는 규칙", "no year may grade this rule"),
                    Graded::No => ("받아들일 수 없는 지적", "this is not to be accepted"),
                };
                findings.push(
                    Finding::new(
                        UNKNOWN.code,
                        span,
                        (
                            format!("{ko}(읽지 못한 줄은 합계에서 빠짐): `{text}`"),
                            format!("{en}, as what it finds is missing from every sum: `{text}`"),
                        ),
                        ("여기서 빼고, 지적된 줄을 고칠 것", "take it out, and mend the lines that it finds"),
                    )
                    .about(text),
                );
            }
            Some(_) => {}
        }
    }
}

/// Whether a rule is named to be graded or to be accepted.
#[derive(Clone, Copy)]
enum Graded {
    Yes,
    No,
}
