//! WL310: more came back than was paid.

use super::said::won;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::Kind;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL310", "refund-exceeds", Severity::Error),
    page: pages!("refund_exceeds"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    for (number, named, borne) in &year.recalled.numbers {
        let (refund, paid) = (named.by.get(Kind::Refund.word().id), borne.by.get(Kind::Disbursement.word().id));
        // Without any payment it is the number that is wrong.
        let (Some(refund), Some(paid)) = (refund, paid) else { continue };
        if named.refunded <= borne.disbursed {
            continue;
        }
        let [out, back, over] = [borne.disbursed, named.refunded, named.refunded - borne.disbursed].map(won);
        let message = (
            format!("`{number}`의 여입이 집행을 넘음: 집행 {}, 여입 {}, 초과 {}", out.ko, back.ko, over.ko),
            format!(
                "more came back to `{number}` than was paid: disbursed {}, refunded {}, over by {}",
                out.en, back.en, over.en
            ),
        );
        let way_out = (
            "두 번 적은 여입이면 지우고, 금액이나 원증빙(`of`)을 증빙과 같게 고칠 것",
            "delete a refund that is there twice, or mend the amount or the number (`of`) by the vouchers",
        );
        let there = Span { source: paid.source, at: paid.at, length: 0 };
        let found = Finding::on_line(RULE.code, refund.first, "of", message, way_out).about(number.clone());
        findings.push(found.also(there, ("집행한 줄", "the payment")));
    }
}
