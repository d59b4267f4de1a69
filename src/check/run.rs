//! Runs every rule over a year, and says what could not be looked at.

use super::at_once::at_once;
use super::lines::Lines;
use super::recall::{Recall, Recalled, Wanted};
use super::{Looks, RULES, Rule, Year as Looked, cash_overdrawn, return_mismatch};
use crate::audit::{Audit, matters};
use crate::finding::{Findings, Grade, Severity, Waited};
use crate::ledger::{Books, Day};
use crate::read;
use crate::words::Text;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// A year that was checked.
pub struct Year<'b> {
    /// What rules looked at.
    pub looked: Looked<'b>,
    /// What was found, while reading and by the rules.
    pub findings: Findings,
    /// The rules that did not look, or had nothing to go by, and why.
    pub waited: Vec<Waited>,
    /// How many lines know no more than their month or year, so that rules by date take them on the day that suits best.
    pub coarse: u64,
}

/// Checks a year: reads its lines, a second time where something has to be compared in full, and runs every rule.
///
/// # Errors
/// A file that cannot be read.
pub fn check<'b>(
    books: &'b Books,
    mut findings: Findings,
    jobs: NonZeroUsize,
    as_of: Option<Day>,
) -> Result<Year<'b>, read::Error> {
    let (lines, found) = read::lines(books, jobs, || Lines::new(books))?;
    findings.merge(found);
    findings.merge(lines.findings);
    // Few lines are judged before another thread has begun.
    let judges = if lines.tally.lines() < 100_000 { NonZeroUsize::MIN } else { jobs };
    let recalled = match Wanted::of(lines.marks, lines.numbers, judges).map(Arc::new) {
        // What is wrong with a line was found the first time.
        Some(wanted) => read::lines(books, jobs, || Recall::new(&wanted))?.0.recalled(),
        None => Recalled::default(),
    };
    let (days, rolled, tally) = (lines.days.days(&books.accounts, judges), lines.tally.rolled_up(), lines.tally);
    let coarse = days.coarse();
    let mut waited = Vec::new();
    let refused = refused(&findings);
    // Worked out once for all rules of printed figures, and not at all where these wait.
    let printed = if refused.is_none() { matters(&Audit::of(books, &tally)) } else { Vec::new() };
    let looked = Looked { books, rolled, tally, as_of, days, recalled, printed };
    let mut asked = Vec::new();
    for rule in RULES {
        match (rule.looks, &refused) {
            (Looks::AtBooks(run), _) => run(books, &mut findings),
            (Looks::AtSums(_) | Looks::AtPrinted(_), Some(reason)) => {
                waited.push(Waited { code: rule.code, reason: reason.clone() });
            }
            (Looks::AtSums(run) | Looks::AtPrinted(run), None) => asked.push(run),
            (Looks::WhileReading | Looks::AtLines(..) | Looks::BetweenYears(_) | Looks::AtTheEnd, _) => {}
        }
    }
    let found = at_once(judges, asked, |run| {
        let mut found = Findings::default();
        run(&looked, &mut found);
        found
    });
    found.into_iter().for_each(|found| findings.merge(found));
    if refused.is_none() {
        for (codes, reason) in [cash_overdrawn::silent(&looked), return_mismatch::silent(&looked)].into_iter().flatten()
        {
            waited.extend(codes.iter().map(|code| Waited { code: *code, reason: reason.clone() }));
        }
    }
    Ok(Year { looked, findings, waited, coarse })
}

/// Runs the rules that look at a year beside the one before it.
pub fn between(earlier: &Year<'_>, later: &mut Year<'_>) {
    let refused = refused(&earlier.findings).or_else(|| refused(&later.findings));
    for Rule { code, looks, .. } in RULES {
        if let Looks::BetweenYears(run) = looks {
            match &refused {
                Some(reason) => later.waited.push(Waited { code: *code, reason: reason.clone() }),
                None => run(&earlier.looked, &later.looked, &mut later.findings),
            }
        }
    }
}

/// Why sums are not judged, where something was refused.
fn refused(findings: &Findings) -> Option<Text> {
    let (lines, files) = (findings.refused_lines(), findings.refused_files());
    // What is wrong with a manifest, too, leaves sums that are not those of the books.
    let broken = findings.iter().any(|found| found.code.grade == Grade::Fixed && found.severity == Severity::Error);
    let (ko, en) = match (lines, files) {
        (0, 0) => (String::new(), String::new()),
        _ => (format!("(줄 {lines}개, 파일 {files}개)"), format!(" (lines refused {lines}, files {files})")),
    };
    (broken || lines > 0 || files > 0).then(|| {
        Text::new(
            format!("읽지 못한 것이 있어 합계를 판단하지 않음{ko}"),
            format!("sums are not judged, as not everything could be read{en}"),
        )
    })
}
