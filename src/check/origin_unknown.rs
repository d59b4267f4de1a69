//! WL309: a line goes back to a number that no such line bears.

use super::recall::GOES_BACK;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL309", "origin-unknown", Severity::Warning),
    page: pages!("origin_unknown"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    for (number, named, borne) in &year.recalled.numbers {
        for (kind, origin) in GOES_BACK.map(|(kind, origin)| (kind.word(), origin.word())) {
            let Some(lines) = named.by.get(kind.id).filter(|_| !borne.by.contains_key(origin.id)) else { continue };
            // Once the number is right all of them are; where it is not, all of them have to be seen.
            let more = match lines.count - 1 {
                0 => Text::default(),
                more => Text::new(format!("(이 줄과 뒤의 {more}줄)"), format!(" (this line and {more} more)")),
            };
            let message = (
                format!("`{}`의 원증빙이 어느 `{}` 줄의 번호도 아님{}: `{number}`", kind.ko, origin.ko, more.ko),
                format!("a `{}` goes back to a number that no `{}` has{}: `{number}`", kind.id, origin.id, more.en),
            );
            let way_out = (
                "번호를 고치거나 빠진 줄을 적을 것. 지난 연도의 지출이면 `과년도여입`임",
                "mend the number or enter the line that is missing; money from a payment of a year that has closed is a `recovery`",
            );
            findings.push(Finding::on_line(RULE.code, lines.first, "of", message, way_out).about(number.clone()));
        }
    }
}
