//! The points of an audit as findings: each rule of printed figures takes those of its sorts.

use super::said::key;
use super::{Rule, Year};
use crate::audit::{Matter, MatterSort};
use crate::finding::{Finding, Findings, Severity};
use crate::words::Text;

/// Tells the points of some sorts as findings of a rule, each with the severity that the rule gives it.
pub(super) fn tell(
    year: &Year<'_>,
    rule: &Rule,
    sorts: &[MatterSort],
    severity: impl Fn(&Matter) -> Severity,
    wanted: impl Fn(&Matter) -> bool,
    way_out: (&str, &str),
    findings: &mut Findings,
) {
    for matter in year.printed.iter().filter(|matter| sorts.contains(&matter.sort) && wanted(matter)) {
        let found = Finding::new(rule.code, matter.span, message(matter), with_guesses(matter, way_out));
        let account = matter.account.map(|account| key(year.books, account));
        findings.push(Finding { about: account, ..found }.graded(severity(matter)));
    }
}

/// `계 집행액: 반올림으로 설명됨: 절사. 인쇄값 636,311천원 ↔ 아래 줄의 합 636,311.4천원`. What amounts of a list come to is
/// worked out, and printed nowhere.
fn message(matter: &Matter) -> Text {
    let Matter { about, printed, against, why, .. } = matter;
    let (ko, en) = match matter.sort {
        MatterSort::TooMuch | MatterSort::Plug => ("", ""),
        _ => ("인쇄값 ", "printed "),
    };
    Text::new(
        format!("{}: {}. {ko}{} ↔ {}", about.ko, why.ko, printed.ko, against.ko),
        format!("{}: {}; {en}{}, {}", about.en, why.en, printed.en, against.en),
    )
}

/// The way out, with guesses where there are any.
fn with_guesses(matter: &Matter, (ko, en): (&str, &str)) -> Text {
    let guesses = |label: fn(&Text) -> &str| matter.guesses.iter().take(3).map(label).collect::<Vec<_>>().join(", ");
    if matter.guesses.is_empty() {
        return Text::new(ko, en);
    }
    Text::new(
        format!("추측: {}. {ko}", guesses(|text| &text.ko)),
        format!("a guess: {}; {en}", guesses(|text| &text.en)),
    )
}
