//! WL409: more is carried over than is left to be.

use super::said::{called, key, won};
use super::year::leaves;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Term};
use crate::money::Money;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL409", "carry-out-uncovered", Severity::Error),
    page: pages!("carry_out_uncovered"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    // Where nobody keeps commitments, nothing tells what is still owed.
    let commitments = year.keeps(Term::Committed);
    for account in leaves(year.books) {
        let amount = |term| year.amount(account, term);
        let spent = amount(Term::Disbursed);
        let left = |of: Money| (of - spent).max(Money::ZERO);
        let (carried, budget) = (amount(Term::CarriedOut), left(amount(Term::CurrentBudget)));
        if carried > budget {
            let labels = [
                "다음연도이월액이 남은 예산보다 많음: 다음연도이월액",
                "than is left of its budget: carried out",
                "예산현액 − 집행액",
                "current budget − disbursed",
            ];
            let way_out = (
                "이월액은 예산현액에서 집행액을 뺀 금액까지임: 이월 줄이나 예산 줄을 고칠 것",
                "no more can be carried over than current budget less disbursed: mend the carry-out, or the budget",
            );
            findings.push(found(year, account, (carried, budget), labels, way_out));
        }
        let (carried, owed) = (amount(Term::CarriedOutCommitted), left(amount(Term::Committed)));
        if commitments && carried > owed {
            let labels = [
                "사고이월액이 갚을 원인행위보다 많음: 사고이월액",
                "as committed than is still owed: carried out",
                "지출원인행위액 − 집행액",
                "committed − disbursed",
            ];
            let way_out = (
                "사고이월은 원인행위를 하고 지출하지 못한 금액만 할 수 있음: 빠진 원인행위를 적거나, 의결된 이월이면 `subtype`을 `voted`(명시)로 고칠 것",
                "only what was committed and could not be paid is carried over so: enter the commitment that is missing, or if it was voted, make its `subtype` `voted`",
            );
            findings.push(found(year, account, (carried, owed), labels, way_out));
        }
    }
}

fn found(
    year: &Year<'_>,
    account: AccountId,
    (carried, left): (Money, Money),
    [ko, en, left_ko, left_en]: [&str; 4],
    way_out: (&str, &str),
) -> Finding {
    let name = called(year.books, account);
    let (over, carried, left) = (won(carried - left), won(carried), won(left));
    let message = (
        format!("`{}`의 {ko} {}, {left_ko} {}, 차이 {}", name.ko, carried.ko, left.ko, over.ko),
        format!(
            "more of `{}` is carried over {en} {}, {left_en} {}, over by {}",
            name.en, carried.en, left.en, over.en
        ),
    );
    Finding::new(RULE.code, year.books.place_of(account), message, way_out).about(key(year.books, account))
}
