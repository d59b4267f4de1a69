//! One account line, borrowed from the row it was read from; lines pass through and are not kept.

use super::account::AccountId;
use super::date::Date;
use super::item::ItemId;
use super::measure::{Measure, Side};
use super::year::FundId;
use crate::money::{Money, Signs};
use crate::source::Origin;
use crate::words::Word;
use std::fmt::Debug;

/// Makes the kinds together with how files write them, so that none can be left out of the list of all.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident: $id:literal, $ko:literal, $en:literal;)+) => {
        /// What an account line does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $($(#[$doc])+ $name),+
        }

        impl Kind {
            /// Every kind, in the order of the format.
            pub const ALL: [Kind; [$($id),+].len()] = [$(Kind::$name),+];

            /// Reads the English word or the Korean label as the format spells them.
            #[inline]
            pub fn exactly(text: &str) -> Option<Kind> {
                match text {
                    $($id | $ko => Some(Kind::$name),)+
                    _ => None,
                }
            }

            /// How files write it, in both languages.
            pub const fn word(self) -> Word {
                match self {
                    $(Kind::$name => Word::new($id, $ko, $en)),+
                }
            }
        }
    };
}

kinds! {
    /// 예산: sets budget; several add up.
    Budget: "budget", "예산", "budget";
    /// 추경: changes budget by vote, up or down.
    Supplement: "supplement", "추경", "supplement";
    /// 전용: moves budget to another account.
    Transfer: "transfer", "전용", "transfer";
    /// 예비비: brings budget from the reserve.
    ReserveUse: "reserve_use", "예비비", "reserve use";
    /// 이월받음: brings budget from the year before.
    CarryIn: "carry_in", "이월받음", "carry-in";
    /// 이월: takes budget into the next year.
    CarryOut: "carry_out", "이월", "carry-out";
    /// 배정: releases budget to be spent.
    Allotment: "allotment", "배정", "allotment";
    /// 교부결정: the grantor's promise.
    GrantDecision: "grant_decision", "교부결정", "grant decision";
    /// 교부: cash from the grantor.
    Grant: "grant", "교부", "grant";
    /// 교부감액: takes a grant back.
    GrantCut: "grant_cut", "교부감액", "grant cut";
    /// 자부담: the grantee's own money.
    OwnFunds: "own_funds", "자부담", "own funds";
    /// 원인행위: a contract or act that obliges to pay.
    Commitment: "commitment", "원인행위", "commitment";
    /// 원인행위취소: undoes one.
    CommitmentRelease: "commitment_release", "원인행위취소", "commitment release";
    /// 집행: cash paid.
    Disbursement: "disbursement", "집행", "disbursement";
    /// 여입: money back into the same account, in the same year.
    Refund: "refund", "여입", "refund";
    /// 과목경정: moves a payment to another account.
    Reclassification: "reclassification", "과목경정", "reclassification";
    /// 이자: bank interest on grant money.
    Interest: "interest", "이자", "interest";
    /// 과년도여입: money back after its year had closed.
    Recovery: "recovery", "과년도여입", "recovery";
    /// 불인정: spending that the grantor does not accept.
    Disallowance: "disallowance", "불인정", "disallowance";
    /// 반납: cash sent back to the grantor.
    Return: "return", "반납", "return";
    /// 정정: sets an earlier line right, up or down.
    Correction: "correction", "정정", "correction";
}

/// At which accounts of the chart lines of a kind may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Only where nothing stands below: anything higher would be a subtotal, counted twice.
    Leaf,
    /// Anywhere up to the root: money that is pooled, as one bank account pools it.
    Any,
}

impl Kind {
    /// Reads the English word or the Korean label.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::exactly(text).or_else(|| Kind::ALL.into_iter().find(|kind| kind.word().is(text)))
    }

    /// Whether its amount may carry a sign.
    pub const fn signs(self) -> Signs {
        match self {
            Kind::Supplement | Kind::Correction => Signs::Allowed,
            _ => Signs::Refused,
        }
    }

    /// Where in the chart it may stand.
    #[inline]
    pub const fn level(self) -> Level {
        match self {
            Kind::GrantDecision
            | Kind::Grant
            | Kind::GrantCut
            | Kind::OwnFunds
            | Kind::Interest
            | Kind::Recovery
            | Kind::Disallowance
            | Kind::Return => Level::Any,
            Kind::Budget
            | Kind::Supplement
            | Kind::Transfer
            | Kind::ReserveUse
            | Kind::CarryIn
            | Kind::CarryOut
            | Kind::Allotment
            | Kind::Commitment
            | Kind::CommitmentRelease
            | Kind::Disbursement
            | Kind::Refund
            | Kind::Reclassification
            | Kind::Correction => Level::Leaf,
        }
    }

    /// The subtypes it may have; none where it takes none.
    pub const fn subtypes(self) -> &'static [Subtype] {
        match self {
            Kind::Transfer => &[Subtype::CrossProgram, Subtype::WithinProgram, Subtype::Reorganisation],
            Kind::CarryIn | Kind::CarryOut => &[Subtype::Voted, Subtype::Committed, Subtype::Continuing],
            _ => &[],
        }
    }
}

/// Which sort of transfer or carrying over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subtype {
    /// 이용: between policy programmes, by vote of the council (지방재정법 §47의2).
    CrossProgram,
    /// 전용: within one, by the head of the office (지방재정법 §49).
    WithinProgram,
    /// 이체: following a reorganisation (지방재정법 §47의2).
    Reorganisation,
    /// 명시이월: voted (지방재정법 §50).
    Voted,
    /// 사고이월: committed and unavoidable (지방재정법 §50).
    Committed,
    /// 계속비이월: of a continuing project (지방재정법 §50).
    Continuing,
}

impl Subtype {
    /// How files write it.
    pub const fn word(self) -> Word {
        match self {
            Subtype::CrossProgram => Word::new("cross_program", "이용", "between programmes"),
            Subtype::WithinProgram => Word::new("within_program", "전용", "within a programme"),
            Subtype::Reorganisation => Word::new("reorganisation", "이체", "reorganisation"),
            Subtype::Voted => Word::new("voted", "명시", "voted"),
            Subtype::Committed => Word::new("committed", "사고", "committed"),
            Subtype::Continuing => Word::new("continuing", "계속비", "continuing"),
        }
    }
}

/// One account line. What is absent was blank in the file.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The row it stands in.
    pub origin: Origin,
    /// When.
    pub date: Date,
    /// Which account.
    pub account: AccountId,
    /// The receiving account of a transfer or reclassification, or the reserve that is drawn on.
    pub other: Option<AccountId>,
    /// What it does.
    pub kind: Kind,
    /// What a correction corrects.
    pub corrects: Option<Kind>,
    /// How much, in won; negative only where the kind allows it.
    pub amount: Money,
    /// For which planned project.
    pub item: Option<ItemId>,
    /// From which fund.
    pub fund: Option<FundId>,
    /// Which sort of transfer or carrying over; of a correction, that of the line it goes back to.
    pub subtype: Option<Subtype>,
    /// What it says besides; asked for by [`Line::reference`] and its like.
    pub texts: &'a dyn Texts,
}

/// What a line says in words. They are taken from its row when somebody asks: what only adds lines up never does (7 % of
/// the time).
pub trait Texts: Debug {
    /// One of them, without space around it; empty where the row says nothing.
    fn text(&self, which: Said) -> &str;
}

/// Which of the texts of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The amount as its file writes it, in the file's unit.
    Written,
    /// Voucher or document number.
    Reference,
    /// The number that the line goes back to.
    Of,
    /// Who was paid.
    Payee,
    /// What for.
    Memo,
}

/// Says nothing.
impl Texts for () {
    fn text(&self, _: Said) -> &str {
        ""
    }
}

impl<'a> Line<'a> {
    /// The amount as its file writes it, in the file's unit.
    pub fn written(&self) -> &'a str {
        self.texts.text(Said::Written)
    }

    /// Voucher or document number.
    pub fn reference(&self) -> Option<&'a str> {
        self.said(Said::Reference)
    }

    /// The [`Line::reference`] that it goes back to.
    pub fn of(&self) -> Option<&'a str> {
        self.said(Said::Of)
    }

    /// Who was paid.
    pub fn payee(&self) -> Option<&'a str> {
        self.said(Said::Payee)
    }

    /// What for.
    pub fn memo(&self) -> Option<&'a str> {
        self.said(Said::Memo)
    }

    fn said(&self, which: Said) -> Option<&'a str> {
        Some(self.texts.text(which)).filter(|text| !text.is_empty())
    }

    /// Whether the line says of money nothing but its kind, so that it does what every line of the kind does, to its account
    /// alone.
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.other.is_none() && self.corrects.is_none() && self.subtype.is_none()
    }

    /// What the line adds to which sum of which account.
    #[inline]
    pub fn parts(&self) -> impl Iterator<Item = (AccountId, Measure, Money)> + '_ {
        let kind = self.corrects.unwrap_or(self.kind);
        kind.effects(self.subtype).iter().filter_map(|effect| {
            let account = match effect.on {
                Side::Account => self.account,
                Side::Other => self.other?,
            };
            Some((account, effect.measure, effect.of(self.amount)))
        })
    }
}

/// Where lines go. One is made for each worker; they are merged at the end.
pub trait Sink: Send {
    /// Takes a line.
    fn line(&mut self, line: &Line<'_>);
    /// Takes what another sink of the same making was given. The order of merging does not matter.
    fn merge(&mut self, other: Self);
}

/// Two sinks that take every line of one reading.
impl<A: Sink, B: Sink> Sink for (A, B) {
    fn line(&mut self, line: &Line<'_>) {
        self.0.line(line);
        self.1.line(line);
    }

    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
        self.1.merge(other.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_from_both_its_names() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.word().id), Some(kind));
            assert_eq!(Kind::parse(kind.word().ko), Some(kind));
        }
        assert_eq!(Kind::parse("지출"), None);
    }
}
