//! The terms that offices head the columns of their tables with.

use crate::ledger::loosely;

/// What columns of published tables are called, as far as one follows from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Budget,
    Granted,
    OwnFunds,
    Disbursed,
    CarriedIn,
    CarriedOut,
    Left,
    Rate,
    /// What a change is of what was there before, in per cent.
    ChangeRate,
    /// What a row is of the total, in per cent.
    Share,
    Change,
    Interest,
    Recovered,
    ReturnDue,
    Total,
    /// A number that nothing adds up: a serial number, a year, a price.
    NoAmount,
}

/// Terms by their names, the more telling first.
const TERMS: &[(Term, &[&str])] = &[
    (
        Term::NoAmount,
        &[
            "연번",
            "번호",
            "순번",
            "순위",
            "연도",
            "년도",
            "no",
            "no.",
            "#",
            "year",
            "rank",
            "단가",
            "수량",
            "unitprice",
            "quantity",
            "평균",
            "average",
            "code",
            "코드",
            "비고",
            "사유",
            "note",
            "notes",
            "remarks",
            "ref",
            "reference",
            "page",
            "쪽",
            "1인당",
            "percapita",
        ],
    ),
    (
        Term::ChangeRate,
        &[
            "증감률",
            "증감율",
            "증가율",
            "증가률",
            "전년대비증감률",
            "성장률",
            "growth",
            "changerate",
            "percentchange",
            "%change",
        ],
    ),
    (Term::Share, &["구성비", "구성비율", "비중", "점유율", "share", "oftotal", "%oftotal", "shareoftotal"]),
    (Term::Rate, &["률", "율", "비율", "rate", "percent", "%", "ratio", "utilisation", "utilization", "%used"]),
    (
        Term::Change,
        &[
            "증감",
            "증감액",
            "비교증감",
            "증△감",
            "증감(△)",
            "전년대비",
            "증가액",
            "change",
            "increase",
            "decrease",
            "movement",
        ],
    ),
    (
        Term::Left,
        &[
            "집행잔액",
            "잔액",
            "불용액",
            "미집행액",
            "차액",
            "차인잔액",
            "balance",
            "remaining",
            "unspent",
            "unobligated",
            "variance",
            "difference",
            "underspend",
            "overspend",
            "surplus",
            "underspending",
        ],
    ),
    (Term::ReturnDue, &["반납예정액", "반납액", "반환액", "반납금", "returndue", "tobereturned", "refunddue"]),
    (
        Term::CarriedIn,
        &["전년도이월액", "전년이월액", "전년도이월", "전년이월", "broughtforward", "carriedin", "전년도이월금"],
    ),
    (
        Term::CarriedOut,
        &[
            "다음연도이월액",
            "이월액",
            "이월",
            "명시이월",
            "사고이월",
            "계속비이월",
            "carriedover",
            "carryover",
            "carriedforward",
            "carryforward",
        ],
    ),
    (Term::Interest, &["발생이자", "이자", "이자액", "interest"]),
    (Term::Recovered, &["취소입금액", "취소입금", "과년도여입", "recovered", "recoveries"]),
    (Term::OwnFunds, &["자부담", "ownfunds", "owncontribution"]),
    (
        Term::Disbursed,
        &[
            "집행액",
            "지출액",
            "집행",
            "지출",
            "결산액",
            "결산",
            "사용액",
            "actual",
            "actuals",
            "expenditure",
            "expenditures",
            "spent",
            "disbursed",
            "disbursement",
            "disbursements",
            "outturn",
            "executed",
            "execution",
        ],
    ),
    (Term::Granted, &["교부액", "교부", "granted", "received", "grant"]),
    (
        Term::Budget,
        &[
            "예산현액",
            "예산액",
            "예산",
            "본예산",
            "당초예산",
            "최종예산",
            "budget",
            "appropriation",
            "appropriations",
            "approved",
            "budgeted",
            "allocation",
            "plan",
            "planned",
        ],
    ),
    (Term::Total, &["계", "합계", "총계", "소계", "총액", "total", "sum"]),
];

/// The term that a name is, by its whole or by its end: `2015 예산`, `지출액 누계`, `Final budget`.
pub(super) fn term(name: &str) -> Option<Term> {
    let folded = loosely(name);
    let bare = folded.trim_end_matches("누계").trim_matches(|c: char| c.is_ascii_digit() || "'’년도.".contains(c));
    let plain = folded.trim_start_matches("누적");
    let find = |is: &dyn Fn(&str) -> bool| {
        TERMS.iter().find(|(_, names)| names.iter().any(|known| is(known))).map(|(term, _)| *term)
    };
    let whole = || find(&|known| known == bare || known == folded || known == plain);
    // What is numbered, noted or priced is so by its whole name: a prior year is an amount.
    let amount = |term: &Term| *term != Term::NoAmount;
    let ends = || find(&|known| !known.is_ascii() && known.chars().count() > 1 && bare.ends_with(known)).filter(amount);
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let in_words = || {
        find(&|known| {
            known.is_ascii()
                && words.iter().any(|word| word == known)
                && !matches!(known, "no" | "year" | "code" | "page" | "note" | "notes" | "ref" | "rank" | "share")
        })
    };
    // 집행률 and 집행율 end in one syllable.
    let rate = || {
        let is = bare.ends_with('률') || bare.ends_with('율') || bare.ends_with("비중") || bare.ends_with("구성비");
        let term = |words: &[&str]| words.iter().any(|word| bare.contains(word));
        is.then_some(match () {
            () if term(&["증감", "증가", "성장"]) => Term::ChangeRate,
            () if term(&["구성", "비중", "점유"]) => Term::Share,
            () => Term::Rate,
        })
    };
    whole().or_else(rate).or_else(ends).or_else(in_words)
}
