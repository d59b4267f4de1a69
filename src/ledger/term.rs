//! The terms that tables have columns for, and how each is worked out.
//!
//! Law: a term that is an amount is one signed sum of [`Measure`]s, written down once here; whoever explains a figure
//! reads the same formula as whoever computed it.

use super::measure::Measure as M;
use super::measure::Sign::{Minus, Plus};
use super::names::loosely;
use super::slice::Formula;
use crate::words::{self, Text, Word};

/// What a rate is a part of. No rate is printed without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// 교부액 기준.
    Granted,
    /// 예산현액 기준.
    CurrentBudget,
}

impl Basis {
    /// The names that files use.
    pub const NAMES: [&str; 2] = ["granted", "current_budget"];

    /// The term that it is.
    pub const fn term(self) -> Term {
        match self {
            Basis::Granted => Term::Granted,
            Basis::CurrentBudget => Term::CurrentBudget,
        }
    }

    /// Reads `granted` or `current_budget` (also `budget`).
    pub fn parse(text: &str) -> Option<Basis> {
        match text {
            "granted" => Some(Basis::Granted),
            "current_budget" | "budget" => Some(Basis::CurrentBudget),
            _ => None,
        }
    }
}

/// A term of a settlement: what a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// 예산: the budget in force.
    Budget,
    /// 본예산.
    OriginalBudget,
    /// 추경.
    Supplement,
    /// 이용·전용·이체, net.
    Transferred,
    /// 예비비.
    ReserveUsed,
    /// 전년도이월액.
    CarriedIn,
    /// 예산현액: the same as [`Term::Budget`], under its statutory name.
    CurrentBudget,
    /// 배정액.
    Allotted,
    /// 교부결정액.
    Promised,
    /// 교부액.
    Granted,
    /// 미교부액.
    Ungranted,
    /// 자부담.
    OwnFunds,
    /// 지출원인행위액.
    Committed,
    /// 집행액.
    Disbursed,
    /// 집행잔액, on the grant basis.
    Unspent,
    /// 다음연도이월액.
    CarriedOut,
    /// 불용액, on the budget basis.
    Lapsed,
    /// 발생이자.
    Interest,
    /// 과년도여입.
    Recovered,
    /// 불인정액.
    Disallowed,
    /// 확정액.
    Confirmed,
    /// 반납액.
    Returned,
    /// 반납예정액.
    ReturnDue,
    /// 집행률, on a basis.
    ExecutionRate(Basis),
    /// 불용률, on the current budget.
    LapseRate,
}

/// A signed sum of terms.
pub type Way = &'static [(super::measure::Sign, Term)];

/// How a term is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// A signed sum of measures.
    Sum(Formula),
    /// The first term as a part of the second.
    Part(Term, Term),
}

impl Term {
    /// Every term, in the order in which tables usually have them.
    pub const ALL: [Term; 26] = [
        Term::Budget,
        Term::OriginalBudget,
        Term::Supplement,
        Term::Transferred,
        Term::ReserveUsed,
        Term::CarriedIn,
        Term::CurrentBudget,
        Term::Allotted,
        Term::Promised,
        Term::Granted,
        Term::Ungranted,
        Term::OwnFunds,
        Term::Committed,
        Term::Disbursed,
        Term::Unspent,
        Term::CarriedOut,
        Term::Lapsed,
        Term::Interest,
        Term::Recovered,
        Term::Disallowed,
        Term::Confirmed,
        Term::Returned,
        Term::ReturnDue,
        Term::ExecutionRate(Basis::Granted),
        Term::ExecutionRate(Basis::CurrentBudget),
        Term::LapseRate,
    ];

    /// What it is called.
    pub const fn word(self) -> Word {
        match self {
            Term::Budget => words::BUDGET,
            Term::OriginalBudget => words::ORIGINAL_BUDGET,
            Term::Supplement => words::SUPPLEMENT,
            Term::Transferred => words::TRANSFERRED,
            Term::ReserveUsed => words::RESERVE_USED,
            Term::CarriedIn => words::CARRIED_IN,
            Term::CurrentBudget => words::CURRENT_BUDGET,
            Term::Allotted => words::ALLOTTED,
            Term::Promised => words::PROMISED,
            Term::Granted => words::GRANTED,
            Term::Ungranted => words::UNGRANTED,
            Term::OwnFunds => words::OWN_FUNDS,
            Term::Committed => words::COMMITTED,
            Term::Disbursed => words::DISBURSED,
            Term::Unspent => words::UNSPENT,
            Term::CarriedOut => words::CARRIED_OUT,
            Term::Lapsed => words::LAPSED,
            Term::Interest => words::INTEREST,
            Term::Recovered => words::RECOVERED,
            Term::Disallowed => words::DISALLOWED,
            Term::Confirmed => words::CONFIRMED,
            Term::Returned => words::RETURNED,
            Term::ReturnDue => words::RETURN_DUE,
            Term::ExecutionRate(Basis::Granted) => words::RATE_ON_GRANTED,
            Term::ExecutionRate(Basis::CurrentBudget) => words::RATE_ON_BUDGET,
            Term::LapseRate => words::LAPSE_RATE,
        }
    }

    /// How it is worked out, after domain custom and law:
    ///
    /// * `current_budget` (예산현액) = original + supplements + carried in + from the reserve ± transfers;
    /// * `unspent` (집행잔액) is on the grant basis, granted + own funds − disbursed; on the budget basis it is `lapsed`
    ///   (불용액), current budget − disbursed − carried out (지방회계법 시행령 §12);
    /// * `return_due` (반납예정액) = granted − confirmed + interest + recovered − returned, `confirmed` being disbursed −
    ///   disallowed (지방보조금법 §31).
    pub const fn worth(self) -> Worth {
        const BUDGET: Formula = &[
            (Plus, M::Original),
            (Plus, M::Supplement),
            (Plus, M::CarriedIn),
            (Plus, M::ReserveUsed),
            (Plus, M::Transferred),
        ];
        match self {
            Term::Budget | Term::CurrentBudget => Worth::Sum(BUDGET),
            Term::OriginalBudget => Worth::Sum(&[(Plus, M::Original)]),
            Term::Supplement => Worth::Sum(&[(Plus, M::Supplement)]),
            Term::Transferred => Worth::Sum(&[(Plus, M::Transferred)]),
            Term::ReserveUsed => Worth::Sum(&[(Plus, M::ReserveUsed)]),
            Term::CarriedIn => Worth::Sum(&[(Plus, M::CarriedIn)]),
            Term::Allotted => Worth::Sum(&[(Plus, M::Allotted)]),
            Term::Promised => Worth::Sum(&[(Plus, M::Promised)]),
            Term::Granted => Worth::Sum(&[(Plus, M::Granted)]),
            Term::Ungranted => Worth::Sum(&[
                (Plus, M::Original),
                (Plus, M::Supplement),
                (Plus, M::CarriedIn),
                (Plus, M::ReserveUsed),
                (Plus, M::Transferred),
                (Minus, M::Granted),
            ]),
            Term::OwnFunds => Worth::Sum(&[(Plus, M::OwnFunds)]),
            Term::Committed => Worth::Sum(&[(Plus, M::Committed)]),
            Term::Disbursed => Worth::Sum(&[(Plus, M::Disbursed)]),
            Term::Unspent => Worth::Sum(&[(Plus, M::Granted), (Plus, M::OwnFunds), (Minus, M::Disbursed)]),
            Term::CarriedOut => Worth::Sum(&[(Plus, M::CarriedOut)]),
            Term::Lapsed => Worth::Sum(&[
                (Plus, M::Original),
                (Plus, M::Supplement),
                (Plus, M::CarriedIn),
                (Plus, M::ReserveUsed),
                (Plus, M::Transferred),
                (Minus, M::Disbursed),
                (Minus, M::CarriedOut),
            ]),
            Term::Interest => Worth::Sum(&[(Plus, M::Interest)]),
            Term::Recovered => Worth::Sum(&[(Plus, M::Recovered)]),
            Term::Disallowed => Worth::Sum(&[(Plus, M::Disallowed)]),
            Term::Confirmed => Worth::Sum(&[(Plus, M::Disbursed), (Minus, M::Disallowed)]),
            Term::Returned => Worth::Sum(&[(Plus, M::Returned)]),
            Term::ReturnDue => Worth::Sum(&[
                (Plus, M::Granted),
                (Minus, M::Disbursed),
                (Plus, M::Disallowed),
                (Plus, M::Interest),
                (Plus, M::Recovered),
                (Minus, M::Returned),
            ]),
            Term::ExecutionRate(basis) => Worth::Part(Term::Disbursed, basis.term()),
            Term::LapseRate => Worth::Part(Term::Lapsed, Term::CurrentBudget),
        }
    }

    /// The other terms that it can be worked out from, each way a signed sum: what a row's shown figures can be held
    /// against. None for a plain sum.
    pub const fn ways(self) -> &'static [Way] {
        match self {
            Term::Budget | Term::CurrentBudget => &[&[
                (Plus, Term::OriginalBudget),
                (Plus, Term::Supplement),
                (Plus, Term::CarriedIn),
                (Plus, Term::ReserveUsed),
                (Plus, Term::Transferred),
            ]],
            Term::Ungranted => &[
                &[(Plus, Term::Budget), (Minus, Term::Granted)],
                &[(Plus, Term::CurrentBudget), (Minus, Term::Granted)],
            ],
            Term::Unspent => &[&[(Plus, Term::Granted), (Plus, Term::OwnFunds), (Minus, Term::Disbursed)]],
            Term::Lapsed => &[
                &[(Plus, Term::Budget), (Minus, Term::Disbursed), (Minus, Term::CarriedOut)],
                &[(Plus, Term::CurrentBudget), (Minus, Term::Disbursed), (Minus, Term::CarriedOut)],
            ],
            Term::Confirmed => &[&[(Plus, Term::Disbursed), (Minus, Term::Disallowed)]],
            Term::ReturnDue => &[
                &[
                    (Plus, Term::Unspent),
                    (Plus, Term::Disallowed),
                    (Plus, Term::Interest),
                    (Plus, Term::Recovered),
                    (Minus, Term::Returned),
                ],
                &[
                    (Plus, Term::Granted),
                    (Minus, Term::Disbursed),
                    (Plus, Term::Disallowed),
                    (Plus, Term::Interest),
                    (Plus, Term::Recovered),
                    (Minus, Term::Returned),
                ],
                &[
                    (Plus, Term::Granted),
                    (Minus, Term::Confirmed),
                    (Plus, Term::Interest),
                    (Plus, Term::Recovered),
                    (Minus, Term::Returned),
                ],
            ],
            _ => &[],
        }
    }

    /// Reads an id or a Korean label. `execution_rate` (집행률) alone takes the basis that the year declares.
    pub fn parse(text: &str, rate_basis: Option<Basis>) -> Option<Term> {
        let bare = |word: Word| text == word.id || loosely(text) == loosely(word.ko);
        if bare(words::EXECUTION_RATE) {
            return rate_basis.map(Term::ExecutionRate);
        }
        Term::ALL.into_iter().find(|term| bare(term.word()))
    }

    /// The way out where a text names no term.
    pub fn way_out(text: &str) -> Text {
        if text == words::EXECUTION_RATE.id || loosely(text) == loosely(words::EXECUTION_RATE.ko) {
            return Text::new(
                "비율에는 기준이 있어야 함: `execution_rate(granted)`나 `execution_rate(current_budget)`로 쓰거나 year.toml에 `rate_basis`를 적을 것",
                "a rate needs its basis: write `execution_rate(granted)` or `execution_rate(current_budget)`, or declare `rate_basis` in year.toml",
            );
        }
        words::did_you_mean_either(text, &Term::ALL.map(|term| (term.word().ko, term.word().id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Sign;

    #[test]
    fn every_term_reads_back_from_both_its_names() {
        for term in Term::ALL {
            assert_eq!(Term::parse(term.word().id, None), Some(term));
            assert_eq!(Term::parse(term.word().ko, None), Some(term));
        }
        assert_eq!(Term::parse("집행률", Some(Basis::Granted)), Some(Term::ExecutionRate(Basis::Granted)));
        assert_eq!(Term::parse("execution_rate", None), None, "a rate without a basis");
    }

    /// Each way that a term says it can be worked out comes to the same measures as its formula.
    #[test]
    fn a_term_and_its_ways_agree() {
        let mut seen = 0;
        for term in Term::ALL {
            let Worth::Sum(formula) = term.worth() else { continue };
            for way in term.ways() {
                let mut sums = [0_i32; M::ALL.len()];
                for (sign, part) in *way {
                    let Worth::Sum(of_part) = part.worth() else { panic!("{part:?} is no sum") };
                    for (inner, measure) in of_part {
                        sums[measure.index()] += if sign == inner { 1 } else { -1 };
                    }
                }
                for (sign, measure) in formula {
                    sums[measure.index()] -= if *sign == Sign::Plus { 1 } else { -1 };
                }
                // What is due to be returned leaves own funds out: they are the grantee's.
                if term == Term::ReturnDue {
                    sums[M::OwnFunds.index()] = 0;
                }
                assert_eq!(sums, [0; M::ALL.len()], "{term:?} as {way:?}");
                seen += 1;
            }
        }
        assert_eq!(seen, 11);
    }
}
