//! What lines add up to, and what each kind of line does to it.

use super::line::{Kind, Subtype};
use crate::money::Money;

/// Makes the measures together with their names, so that none can be left out of the list of all.
macro_rules! measures {
    ($($(#[$doc:meta])+ $name:ident: $id:literal;)+) => {
        /// A sum that lines are added to, for each account. Everything else in a report is worked out from these.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure {
            $($(#[$doc])+ $name),+
        }

        impl Measure {
            /// Every measure, in order.
            pub const ALL: [Measure; [$($id),+].len()] = [$(Measure::$name),+];

            /// The stable name for machines.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Measure::$name => $id),+
                }
            }

            /// Its place in [`Measure::ALL`].
            pub const fn index(self) -> usize {
                self as usize
            }
        }
    };
}

measures! {
    /// 본예산: the first approved budget.
    Original: "original";
    /// 추경: signed changes by vote.
    Supplement: "supplement";
    /// A transfer that does not say which sort: what came in less what went out.
    Transferred: "transferred";
    /// 이용: the same between policy programmes.
    TransferredAcross: "transferred(cross_program)";
    /// 전용: the same within one.
    TransferredWithin: "transferred(within_program)";
    /// 이체: the same after a reorganisation.
    TransferredByLaw: "transferred(reorganisation)";
    /// 예비비 사용: what came from the reserve; negative at the reserve itself.
    ReserveUsed: "reserve_used";
    /// 전년도이월액 that does not say which sort.
    CarriedIn: "carried_in";
    /// 전년도 명시이월.
    CarriedInVoted: "carried_in(voted)";
    /// 전년도 사고이월.
    CarriedInCommitted: "carried_in(committed)";
    /// 전년도 계속비이월.
    CarriedInContinuing: "carried_in(continuing)";
    /// 다음연도이월액 that does not say which sort.
    CarriedOut: "carried_out";
    /// 다음연도 명시이월.
    CarriedOutVoted: "carried_out(voted)";
    /// 다음연도 사고이월.
    CarriedOutCommitted: "carried_out(committed)";
    /// 다음연도 계속비이월.
    CarriedOutContinuing: "carried_out(continuing)";
    /// 배정액.
    Allotted: "allotted";
    /// 교부결정액.
    Promised: "promised";
    /// 교부액: cash from the grantor, less cuts.
    Granted: "granted";
    /// 자부담.
    OwnFunds: "own_funds";
    /// 지출원인행위액, less what was released.
    Committed: "committed";
    /// 집행액: cash paid, less refunds.
    Disbursed: "disbursed";
    /// 발생이자.
    Interest: "interest";
    /// 과년도여입: money back after its year had closed.
    Recovered: "recovered";
    /// 불인정액.
    Disallowed: "disallowed";
    /// 반납액: cash sent back.
    Returned: "returned";
}

/// Which account of a line an effect falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The account that the line names.
    Account,
    /// The other one: where a transfer or a reclassification goes to, or the reserve that is drawn on.
    Other,
}

/// Which way an effect goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// It adds.
    Plus,
    /// It takes away.
    Minus,
}

/// What a line does to one sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Of which account.
    pub on: Side,
    /// Which sum.
    pub measure: Measure,
    /// Whether it adds or takes away.
    pub sign: Sign,
}

impl Effect {
    /// What it makes of the amount of a line.
    #[inline]
    pub fn of(&self, amount: Money) -> Money {
        match self.sign {
            Sign::Plus => amount,
            Sign::Minus => -amount,
        }
    }
}

const fn adds(measure: Measure) -> Effect {
    Effect { on: Side::Account, measure, sign: Sign::Plus }
}

const fn takes(measure: Measure) -> Effect {
    Effect { on: Side::Account, measure, sign: Sign::Minus }
}

const fn moves_out(measure: Measure) -> Effect {
    Effect { on: Side::Account, measure, sign: Sign::Minus }
}

const fn moves_in(measure: Measure) -> Effect {
    Effect { on: Side::Other, measure, sign: Sign::Plus }
}

const fn draws(measure: Measure) -> Effect {
    Effect { on: Side::Other, measure, sign: Sign::Minus }
}

impl Kind {
    /// What a line of this kind and subtype does. A correction does what the line it corrects does, with its own sign.
    #[inline]
    pub const fn effects(self, subtype: Option<Subtype>) -> &'static [Effect] {
        use Measure as M;
        use Subtype as S;
        match self {
            Kind::Budget => const { &[adds(M::Original)] },
            Kind::Supplement => const { &[adds(M::Supplement)] },
            Kind::Transfer => match subtype {
                Some(S::CrossProgram) => const { &[moves_out(M::TransferredAcross), moves_in(M::TransferredAcross)] },
                Some(S::WithinProgram) => const { &[moves_out(M::TransferredWithin), moves_in(M::TransferredWithin)] },
                Some(S::Reorganisation) => const { &[moves_out(M::TransferredByLaw), moves_in(M::TransferredByLaw)] },
                _ => const { &[moves_out(M::Transferred), moves_in(M::Transferred)] },
            },
            Kind::ReserveUse => const { &[adds(M::ReserveUsed), draws(M::ReserveUsed)] },
            Kind::CarryIn => match subtype {
                Some(S::Voted) => const { &[adds(M::CarriedInVoted)] },
                Some(S::Committed) => const { &[adds(M::CarriedInCommitted)] },
                Some(S::Continuing) => const { &[adds(M::CarriedInContinuing)] },
                _ => const { &[adds(M::CarriedIn)] },
            },
            Kind::CarryOut => match subtype {
                Some(S::Voted) => const { &[adds(M::CarriedOutVoted)] },
                Some(S::Committed) => const { &[adds(M::CarriedOutCommitted)] },
                Some(S::Continuing) => const { &[adds(M::CarriedOutContinuing)] },
                _ => const { &[adds(M::CarriedOut)] },
            },
            Kind::Allotment => const { &[adds(M::Allotted)] },
            Kind::GrantDecision => const { &[adds(M::Promised)] },
            Kind::Grant => const { &[adds(M::Granted)] },
            Kind::GrantCut => const { &[takes(M::Granted)] },
            Kind::OwnFunds => const { &[adds(M::OwnFunds)] },
            Kind::Commitment => const { &[adds(M::Committed)] },
            Kind::CommitmentRelease => const { &[takes(M::Committed)] },
            Kind::Disbursement => const { &[adds(M::Disbursed)] },
            // A refund lowers what was disbursed. As income, money that came back would be spent twice.
            Kind::Refund => const { &[takes(M::Disbursed)] },
            Kind::Reclassification => const { &[moves_out(M::Disbursed), moves_in(M::Disbursed)] },
            Kind::Interest => const { &[adds(M::Interest)] },
            // 지방회계법 §27: money that comes back after the books closed is not the old year's spending undone.
            Kind::Recovery => const { &[adds(M::Recovered)] },
            Kind::Disallowance => const { &[adds(M::Disallowed)] },
            Kind::Return => const { &[adds(M::Returned)] },
            Kind::Correction => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kind, worked out by hand from the definitions of the kinds and not from the code above.
    #[test]
    fn what_each_kind_does() {
        type Effects = &'static [(&'static str, &'static str, char)];
        let table: [(Kind, Effects); 21] = [
            (Kind::Budget, &[("account", "original", '+')]),
            (Kind::Supplement, &[("account", "supplement", '+')]),
            (Kind::Transfer, &[("account", "transferred", '-'), ("other", "transferred", '+')]),
            (Kind::ReserveUse, &[("account", "reserve_used", '+'), ("other", "reserve_used", '-')]),
            (Kind::CarryIn, &[("account", "carried_in", '+')]),
            (Kind::CarryOut, &[("account", "carried_out", '+')]),
            (Kind::Allotment, &[("account", "allotted", '+')]),
            (Kind::GrantDecision, &[("account", "promised", '+')]),
            (Kind::Grant, &[("account", "granted", '+')]),
            (Kind::GrantCut, &[("account", "granted", '-')]),
            (Kind::OwnFunds, &[("account", "own_funds", '+')]),
            (Kind::Commitment, &[("account", "committed", '+')]),
            (Kind::CommitmentRelease, &[("account", "committed", '-')]),
            (Kind::Disbursement, &[("account", "disbursed", '+')]),
            (Kind::Refund, &[("account", "disbursed", '-')]),
            (Kind::Reclassification, &[("account", "disbursed", '-'), ("other", "disbursed", '+')]),
            (Kind::Interest, &[("account", "interest", '+')]),
            (Kind::Recovery, &[("account", "recovered", '+')]),
            (Kind::Disallowance, &[("account", "disallowed", '+')]),
            (Kind::Return, &[("account", "returned", '+')]),
            (Kind::Correction, &[]),
        ];
        for (kind, effects) in table {
            let found: Vec<_> = kind
                .effects(None)
                .iter()
                .map(|effect| {
                    let on = if effect.on == Side::Account { "account" } else { "other" };
                    (on, effect.measure.id(), if effect.sign == Sign::Plus { '+' } else { '-' })
                })
                .collect();
            assert_eq!(found, effects, "{kind:?}");
        }
        assert_eq!(table.map(|(kind, _)| kind), Kind::ALL);
    }

    /// The same for the sorts that statutory tables tell apart.
    #[test]
    fn what_each_subtype_does() {
        let of = |kind: Kind, subtype: Subtype| {
            let ids: Vec<_> = kind.effects(Some(subtype)).iter().map(|effect| effect.measure.id()).collect();
            ids.join(" ")
        };
        assert_eq!(of(Kind::Transfer, Subtype::CrossProgram), "transferred(cross_program) transferred(cross_program)");
        assert_eq!(
            of(Kind::Transfer, Subtype::WithinProgram),
            "transferred(within_program) transferred(within_program)"
        );
        assert_eq!(
            of(Kind::Transfer, Subtype::Reorganisation),
            "transferred(reorganisation) transferred(reorganisation)"
        );
        assert_eq!(of(Kind::CarryIn, Subtype::Voted), "carried_in(voted)");
        assert_eq!(of(Kind::CarryIn, Subtype::Committed), "carried_in(committed)");
        assert_eq!(of(Kind::CarryIn, Subtype::Continuing), "carried_in(continuing)");
        assert_eq!(of(Kind::CarryOut, Subtype::Voted), "carried_out(voted)");
        assert_eq!(of(Kind::CarryOut, Subtype::Committed), "carried_out(committed)");
        assert_eq!(of(Kind::CarryOut, Subtype::Continuing), "carried_out(continuing)");
        for kind in Kind::ALL {
            for subtype in kind.subtypes() {
                let signs = |subtype| kind.effects(subtype).iter().map(|e| (e.on, e.sign)).collect::<Vec<_>>();
                assert_eq!(signs(Some(*subtype)), signs(None), "a sort of {kind:?} goes the way that it does");
            }
        }
    }

    #[test]
    fn measures_stand_at_their_index() {
        for (n, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(measure.index(), n);
        }
    }
}
