//! Which columns a settlement has: those of a grant, of a government's closing, of a return, of IPSAS 24, or a book's own.

use crate::ledger::{Basis, Declared, Presentation, Term, TotalAt};
use crate::money::Unit;
use crate::table::{Note, Sentence, Shown};
use crate::words::{self, Text, did_you_mean};

/// What a settlement's page shows, and how.
#[derive(Clone, Debug)]
pub struct Layout<'p> {
    /// The name that `--layout` takes.
    pub name: String,
    /// What a settlement so laid out is called.
    pub title: Text,
    /// Its columns, each with a heading where it has one of its own.
    pub columns: Vec<(Term, Option<Text>)>,
    /// What has to be said of it.
    pub notes: Vec<Note>,
    /// How many levels of accounts; all, where absent.
    pub depth: Option<u32>,
    /// Where the total stands.
    pub total: TotalAt,
    /// The unit.
    pub unit: Unit,
    /// With how many digits.
    pub shown: Shown,
    /// How columns are printed.
    pub presentation: &'p Presentation,
}

impl<'p> Layout<'p> {
    /// As a year's presentation has it: the settlement of a grant.
    pub fn of(presentation: &'p Presentation) -> Layout<'p> {
        Layout {
            name: "grant".to_owned(),
            title: words::SETTLEMENT.text(),
            columns: presentation.settlement.iter().map(|term| (*term, None)).collect(),
            notes: Vec::new(),
            depth: None,
            total: presentation.total,
            unit: presentation.unit,
            shown: Shown::Rounded,
            presentation,
        }
    }

    /// The layout of a name: one of the program's, or one that the book declares.
    ///
    /// # Errors
    /// Which names there are, where it is none of them.
    pub fn named(name: &str, presentation: &'p Presentation) -> Result<Layout<'p>, Text> {
        let plain = Layout::of(presentation);
        let with = |title: (&str, &str), columns: &[(Term, Option<(&str, &str)>)], notes: Vec<Note>| Layout {
            name: name.to_owned(),
            title: title.into(),
            columns: columns.iter().map(|(term, label)| (*term, label.map(Text::from))).collect(),
            notes,
            ..plain.clone()
        };
        Ok(match name {
            "grant" => plain,
            "closing" => with(("세출결산", "closing account of expenditure"), CLOSING, Vec::new()),
            "return" => with(("정산(반납)", "settlement with the return"), RETURN, Vec::new()),
            "ipsas24" => {
                with(("예산·실적 비교(IPSAS 24)", "budget and actual, after IPSAS 24,"), IPSAS24, vec![comparable()])
            }
            _ => match presentation.layouts.iter().find(|declared| declared.name == name) {
                Some(declared) => Layout {
                    name: name.to_owned(),
                    title: declared.title.clone().unwrap_or_else(|| words::SETTLEMENT.text()),
                    columns: declared.columns.clone(),
                    ..plain
                },
                None => return Err(unknown(name, presentation)),
            },
        })
    }
}

/// 세출결산: 지방회계법 시행령 §12②2, with 지출원인행위액 as closings print it.
const CLOSING: &[(Term, Option<(&str, &str)>)] = &[
    (Term::VotedBudget, None),
    (Term::CarriedIn, None),
    (Term::ReserveUsed, None),
    (Term::Transferred, None),
    (Term::CurrentBudget, None),
    (Term::Committed, None),
    (Term::Disbursed, Some(("지출액", "Expenditure"))),
    (Term::CarriedOut, None),
    (Term::Lapsed, Some(("집행잔액", "Unused budget"))),
];

/// As settlements print it that end in a return.
const RETURN: &[(Term, Option<(&str, &str)>)] = &[
    (Term::Granted, None),
    (Term::Disbursed, None),
    (Term::Unspent, None),
    (Term::ReturnDue, None),
    (Term::ExecutionRate(Basis::Granted), None),
];

/// IPSAS 24: original and final budget, actual on a comparable basis, and the difference.
const IPSAS24: &[(Term, Option<(&str, &str)>)] = &[
    (Term::OriginalBudget, None),
    (Term::CurrentBudget, Some(("최종예산", "Final budget"))),
    (Term::Disbursed, Some(("실적(비교 가능 기준)", "Actual on comparable basis"))),
    (Term::BudgetLeft, Some(("최종예산과의 차이", "Difference from final budget"))),
];

fn comparable() -> Note {
    Note::remark(Sentence::plain((
        "실적은 예산과 같은 과목·기간의 현금 지출(집행액)임. 예산이 다른 기준으로 짜였으면 비교할 수 없음",
        "actual is cash spent on the accounts and in the period of the budget; a budget on another basis cannot be held against it",
    )))
}

fn unknown(name: &str, presentation: &Presentation) -> Text {
    let own = presentation.layouts.iter().map(|declared| declared.name.as_str());
    let known: Vec<&str> = Declared::BUILT_IN.into_iter().chain(own).collect();
    did_you_mean(name, &known)
}
