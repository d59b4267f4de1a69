//! WL208: what is planned or was done lies before the year or after it.

use super::{Looks, Rule, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Date, Occasion, Year};
use crate::source::Span;
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL208", "schedule-outside-year", Severity::Warning),
    page: pages!("schedule_outside_year"),
    looks: Looks::AtBooks(run),
};

/// Something with dates, and what it is called.
struct Dated<'b> {
    what: &'b Text,
    starts: Option<Date>,
    ends: Option<Date>,
}

impl<'b> Dated<'b> {
    fn of(what: &'b Text, occasion: &Occasion) -> Dated<'b> {
        Dated { what, starts: occasion.starts, ends: occasion.ends }
    }

    /// Whether it begins before the year or ends after it, whichever of its days a coarse date means.
    fn is_outside(&self, year: &Year) -> bool {
        let outside = |date: Date| date.last() < year.starts.first() || date.first() > year.ends.last();
        [self.starts, self.ends].into_iter().flatten().any(outside)
    }

    fn when(&self) -> String {
        let said = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        if self.starts == self.ends { said(self.starts) } else { format!("{}~{}", said(self.starts), said(self.ends)) }
    }
}

fn run(books: &Books, findings: &mut Findings) {
    for item in &books.items {
        let steps = item.steps.iter().map(|step| Dated { what: &step.what, starts: step.starts, ends: step.ends });
        let parts = item.parts.iter().map(|part| Dated::of(&part.title, &part.occasion));
        let all = steps.chain([Dated::of(&item.title, &item.occasion)]).chain(parts);
        look(&books.year, &item.id, item.span, all, findings);
    }
    for done in &books.performances {
        let own = [Dated::of(&done.title, &done.occasion)];
        look(&books.year, &done.id, done.span, own.into_iter(), findings);
    }
}

/// One finding for all that lies outside.
fn look<'b>(year: &Year, id: &str, span: Span, all: impl Iterator<Item = Dated<'b>>, findings: &mut Findings) {
    let mut outside = all.filter(|dated| dated.is_outside(year));
    let Some(first) = outside.next() else { return };
    let more = match outside.count() {
        0 => Text::default(),
        more => Text::new(format!(" 외 {more}건"), format!(" and {more} more")),
    };
    let (from, to, when) = (year.starts.first(), year.ends.last(), first.when());
    let message = (
        format!("회계연도({from}~{to}) 밖의 일정(`{id}` {}){}: {when}", first.what.ko, more.ko),
        format!("a date outside the fiscal year, {from} to {to} (`{id}` {}){}: {when}", first.what.en, more.en),
    );
    let way_out = (
        "날짜를 고치거나, 다음 연도에 할 일은 그 연도의 사업으로 나눌 것. 이월하면 이월 줄을 적고 `[[accept]]`에 까닭을 적을 것",
        "mend the date, or split it and plan the rest in the year that pays for it; if the money is carried over, enter the carry-out and accept this with the reason",
    );
    findings.push(Finding::new(RULE.code, span, message, way_out).about(id));
}
