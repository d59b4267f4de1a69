//! WL301: a line that says the same as another.

use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::Kind;
use crate::source::{Origin, Span};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL301", "duplicate-row", Severity::Warning),
    page: pages!("duplicate_row"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    copies(year, findings, RULE.code, |kind| !matches!(kind, Kind::Budget | Kind::Supplement));
}

/// Each line that says the same as one before it, of the kinds that a rule looks at.
pub(super) fn copies(year: &Year<'_>, findings: &mut Findings, code: Code, wanted: fn(Kind) -> bool) {
    for (kind, lines) in year.recalled.same.iter().filter(|(kind, _)| wanted(*kind)) {
        let Some((first, copies)) = lines.split_first() else { continue };
        for copy in copies {
            findings.push(one(code, *kind, *first, *copy));
        }
    }
}

fn one(code: Code, kind: Kind, first: Origin, copy: Origin) -> Finding {
    let kind = kind.word();
    let message = (
        format!("앞의 줄과 같은 줄: `{}`", kind.ko),
        format!("this line says the same as one before it: `{}`", kind.id),
    );
    let way_out = (
        "두 번 적은 것이면 지우고, 따로 있었던 일이면 증빙번호(`ref`)를 저마다 적을 것",
        "delete it if it is a copy; if it is another one, give each the number of its own document (`ref`)",
    );
    let there = Span { source: first.source, at: first.at, length: 0 };
    Finding::on_line(code, copy, "amount", message, way_out).also(there, ("먼저 적은 줄", "the line before it"))
}
