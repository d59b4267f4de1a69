//! The terms that tables have columns for, and how each is worked out.
//!
//! Law: a term that is an amount is one signed sum of [`Measure`](super::Measure)s, written down once here; whoever
//! explains a figure reads the same formula as whoever computed it.
//!
//! # Why
//!
//! **`granted` has two formulas.** Where the grantor keeps the money and pays it out against evidence (예치형, 지방보조금법
//! §10의2), what is drawn is what is granted: nothing of it is left with the grantee. The `grant` lines of such a year are
//! what was deposited, and own funds are what is not drawn.

use super::measure::Measure as M;
use super::measure::Sign::{Minus, Plus};
use super::names::loosely;
use super::slice::Formula;
use super::year::GrantMode;
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

/// A signed sum of measures: `sum!(+Granted -Disbursed)`.
macro_rules! sum {
    (@ +) => { Plus };
    (@ -) => { Minus };
    ($($sign:tt $measure:ident)+) => { &[$((sum!(@ $sign), M::$measure)),+] };
}

/// The current budget (예산현액), and what else is added or taken.
macro_rules! budget {
    ($($rest:tt)*) => {
        sum!(
            +Original +Supplement
            +CarriedIn +CarriedInVoted +CarriedInCommitted +CarriedInContinuing
            +ReserveUsed
            +Transferred +TransferredAcross +TransferredWithin +TransferredByLaw
            $($rest)*
        )
    };
}

/// Makes the terms together with their words and formulas, so that none can be left out of the list of all.
macro_rules! terms {
    ($($(#[$doc:meta])+ $name:ident: $word:ident = $formula:expr $(, deposit $deposit:expr)?;)+) => {
        /// A term of a settlement: what a column shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Term {
            $($(#[$doc])+ $name,)+
            /// 집행률, on a basis.
            ExecutionRate(Basis),
            /// 불용률, on the current budget.
            LapseRate,
        }

        impl Term {
            /// Every term, in the order in which tables usually have them.
            pub const ALL: [Term; [$(words::$word),+].len() + 3] = [
                $(Term::$name,)+
                Term::ExecutionRate(Basis::Granted),
                Term::ExecutionRate(Basis::CurrentBudget),
                Term::LapseRate,
            ];

            /// What it is called.
            pub const fn word(self) -> Word {
                match self {
                    $(Term::$name => words::$word,)+
                    Term::ExecutionRate(Basis::Granted) => words::RATE_ON_GRANTED,
                    Term::ExecutionRate(Basis::CurrentBudget) => words::RATE_ON_BUDGET,
                    Term::LapseRate => words::LAPSE_RATE,
                }
            }

            /// How it is worked out, after domain custom and law:
            ///
            /// * `current_budget` (예산현액) = original + supplements + carried in + from the reserve ± transfers;
            /// * `unspent` (집행잔액) is on the grant basis, granted + own funds − disbursed; on the budget basis it is
            ///   `lapsed` (불용액), current budget − disbursed − carried out (지방회계법 시행령 §12);
            /// * `return_due` (반납예정액) = granted − confirmed + interest + recovered − returned, `confirmed` being
            ///   disbursed − disallowed (지방보조금법 §31).
            pub const fn worth(self, mode: GrantMode) -> Worth {
                match (self, mode) {
                    $($((Term::$name, GrantMode::Deposit) => Worth::Sum($deposit),)?)+
                    $((Term::$name, _) => Worth::Sum($formula),)+
                    (Term::ExecutionRate(basis), _) => Worth::Part(Term::Disbursed, basis.term()),
                    (Term::LapseRate, _) => Worth::Part(Term::Lapsed, Term::CurrentBudget),
                }
            }
        }
    };
}

terms! {
    /// 예산: the budget in force.
    Budget: BUDGET = budget!();
    /// 본예산.
    OriginalBudget: ORIGINAL_BUDGET = sum!(+Original);
    /// 추경.
    Supplement: SUPPLEMENT = sum!(+Supplement);
    /// 예산액: the original budget and what was voted since (세출예산액 of 지방회계법 시행령 §12).
    VotedBudget: VOTED_BUDGET = sum!(+Original +Supplement);
    /// 이용·전용·이체, net.
    Transferred: TRANSFERRED = sum!(+Transferred +TransferredAcross +TransferredWithin +TransferredByLaw);
    /// 이용.
    TransferredAcross: TRANSFERRED_ACROSS = sum!(+TransferredAcross);
    /// 전용.
    TransferredWithin: TRANSFERRED_WITHIN = sum!(+TransferredWithin);
    /// 이체.
    TransferredByLaw: TRANSFERRED_BY_LAW = sum!(+TransferredByLaw);
    /// 예비비.
    ReserveUsed: RESERVE_USED = sum!(+ReserveUsed);
    /// 전년도이월액.
    CarriedIn: CARRIED_IN = sum!(+CarriedIn +CarriedInVoted +CarriedInCommitted +CarriedInContinuing);
    /// 전년도 명시이월.
    CarriedInVoted: CARRIED_IN_VOTED = sum!(+CarriedInVoted);
    /// 전년도 사고이월.
    CarriedInCommitted: CARRIED_IN_COMMITTED = sum!(+CarriedInCommitted);
    /// 전년도 계속비이월.
    CarriedInContinuing: CARRIED_IN_CONTINUING = sum!(+CarriedInContinuing);
    /// 예산현액: the same as [`Term::Budget`], under its statutory name.
    CurrentBudget: CURRENT_BUDGET = budget!();
    /// 배정액.
    Allotted: ALLOTTED = sum!(+Allotted);
    /// 교부결정액.
    Promised: PROMISED = sum!(+Promised);
    /// 예치액: what the grantor keeps for drawing; where grants are paid out, the same as granted.
    Deposited: DEPOSITED = sum!(+Granted);
    /// 교부액.
    Granted: GRANTED = sum!(+Granted), deposit sum!(+Disbursed -OwnFunds);
    /// 미교부액.
    Ungranted: UNGRANTED = budget!(-Granted), deposit budget!(-Disbursed +OwnFunds);
    /// 미인출액: what was deposited and not drawn; it stays with the grantor. There is none where grants are paid out.
    Undrawn: UNDRAWN = &[], deposit sum!(+Granted -Disbursed +OwnFunds);
    /// 자부담.
    OwnFunds: OWN_FUNDS = sum!(+OwnFunds);
    /// 지출원인행위액.
    Committed: COMMITTED = sum!(+Committed);
    /// 집행액.
    Disbursed: DISBURSED = sum!(+Disbursed);
    /// 집행잔액, on the grant basis.
    Unspent: UNSPENT = sum!(+Granted +OwnFunds -Disbursed), deposit sum!(+Disbursed -OwnFunds +OwnFunds -Disbursed);
    /// 예산잔액: what the current budget still allows to be spent.
    BudgetLeft: BUDGET_LEFT = budget!(-Disbursed);
    /// 다음연도이월액.
    CarriedOut: CARRIED_OUT = sum!(+CarriedOut +CarriedOutVoted +CarriedOutCommitted +CarriedOutContinuing);
    /// 다음연도 명시이월.
    CarriedOutVoted: CARRIED_OUT_VOTED = sum!(+CarriedOutVoted);
    /// 다음연도 사고이월.
    CarriedOutCommitted: CARRIED_OUT_COMMITTED = sum!(+CarriedOutCommitted);
    /// 다음연도 계속비이월.
    CarriedOutContinuing: CARRIED_OUT_CONTINUING = sum!(+CarriedOutContinuing);
    /// 불용액, on the budget basis.
    Lapsed: LAPSED = budget!(-Disbursed -CarriedOut -CarriedOutVoted -CarriedOutCommitted -CarriedOutContinuing);
    /// 발생이자.
    Interest: INTEREST = sum!(+Interest);
    /// 과년도여입.
    Recovered: RECOVERED = sum!(+Recovered);
    /// 불인정액.
    Disallowed: DISALLOWED = sum!(+Disallowed);
    /// 확정액.
    Confirmed: CONFIRMED = sum!(+Disbursed -Disallowed);
    /// 반납액.
    Returned: RETURNED = sum!(+Returned);
    /// 반납예정액.
    ReturnDue: RETURN_DUE = sum!(+Granted -Disbursed +Disallowed +Interest +Recovered -Returned),
        deposit sum!(+Disbursed -OwnFunds -Disbursed +Disallowed +Interest +Recovered -Returned);
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
    /// Those that lines alone add up to, of which each has measures of its own: together they tell every line once.
    pub fn plain() -> Vec<Term> {
        let name = |measure: M| measure.id().split('(').next().unwrap_or_default();
        let mut names: Vec<&str> = M::ALL.into_iter().map(name).collect();
        names.dedup();
        let of = |wanted: &str| {
            let plain = |term: &Term| {
                let formula = term.formula(GrantMode::Advance);
                !formula.is_empty() && formula.iter().all(|(sign, measure)| *sign == Plus && name(*measure) == wanted)
            };
            // The one that has most of them; of equal ones the last, as 예치액 stands before 교부액.
            Term::ALL.into_iter().filter(plain).max_by_key(|term| term.formula(GrantMode::Advance).len())
        };
        names.into_iter().filter_map(of).collect()
    }

    /// Whether it is a part of a whole, and no amount.
    pub const fn is_rate(self) -> bool {
        matches!(self, Term::ExecutionRate(_) | Term::LapseRate)
    }

    /// The signed sum that it is; nothing for a rate.
    pub const fn formula(self, mode: GrantMode) -> Formula {
        match self.worth(mode) {
            Worth::Sum(formula) => formula,
            Worth::Part(..) => &[],
        }
    }

    /// The other terms that it can be worked out from, each way a signed sum: what a row's shown figures can be held
    /// against. None for a plain sum.
    pub const fn ways(self) -> &'static [Way] {
        match self {
            Term::VotedBudget => &[&[(Plus, Term::OriginalBudget), (Plus, Term::Supplement)]],
            Term::Budget | Term::CurrentBudget => &[
                &[
                    (Plus, Term::OriginalBudget),
                    (Plus, Term::Supplement),
                    (Plus, Term::CarriedIn),
                    (Plus, Term::ReserveUsed),
                    (Plus, Term::Transferred),
                ],
                &[
                    (Plus, Term::VotedBudget),
                    (Plus, Term::CarriedIn),
                    (Plus, Term::ReserveUsed),
                    (Plus, Term::Transferred),
                ],
            ],
            Term::BudgetLeft => &[
                &[(Plus, Term::Budget), (Minus, Term::Disbursed)],
                &[(Plus, Term::CurrentBudget), (Minus, Term::Disbursed)],
            ],
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
        if Term::lacks_basis(text) {
            return rate_basis.map(Term::ExecutionRate);
        }
        Term::ALL.into_iter().find(|term| bare(term.word()))
    }

    /// Whether a text names a rate and does not say of what: it is no term until a basis is declared.
    pub fn lacks_basis(text: &str) -> bool {
        text == words::EXECUTION_RATE.id || loosely(text) == loosely(words::EXECUTION_RATE.ko)
    }

    /// The way out where a text names no term.
    pub fn way_out(text: &str) -> Text {
        if Term::lacks_basis(text) {
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

    #[test]
    fn the_plain_terms_tell_every_measure_once() {
        let mut told = [0; M::ALL.len()];
        for term in Term::plain() {
            term.formula(GrantMode::Advance).iter().for_each(|(_, measure)| told[measure.index()] += 1);
        }
        assert_eq!(told, [1; M::ALL.len()], "{:?}", Term::plain());
    }

    /// Each way that a term says it can be worked out comes to the same measures as its formula.
    #[test]
    fn a_term_and_its_ways_agree() {
        const MODES: [GrantMode; 2] = [GrantMode::Advance, GrantMode::Deposit];
        let mut seen = 0;
        for term in Term::ALL {
            for (way, mode) in term.ways().iter().flat_map(|way| MODES.map(|mode| (way, mode))) {
                let mut sums = [0_i32; M::ALL.len()];
                for (sign, part) in *way {
                    assert!(!part.is_rate(), "{part:?} is no sum");
                    for (inner, measure) in part.formula(mode) {
                        sums[measure.index()] += if sign == inner { 1 } else { -1 };
                    }
                }
                for (sign, measure) in term.formula(mode) {
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
        assert_eq!(seen, 32);
    }
}
