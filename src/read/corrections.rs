//! Corrections that name the line they go back to (`of`).
//!
//! What a correction changes is what that line changed, and that line may stand anywhere. So corrections are held while
//! the lines are read, and a second reading looks for the numbers they name. Only the corrections themselves and those
//! numbers are kept, not the lines.

use crate::finding::{self, Finding, Findings};
use crate::ledger::{AccountId, Books, Date, FundId, ItemId, Kind, Level, Line, Reference, Said, Sink, Subtype, Texts};
use crate::money::Money;
use crate::source::{Origin, Span};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Corrections that were held back.
#[derive(Default)]
pub(super) struct Held {
    all: Vec<Correction>,
}

/// A correction, owned until it can be settled.
#[derive(Debug)]
pub(super) struct Correction {
    origin: Origin,
    date: Date,
    account: AccountId,
    amount: Money,
    written: String,
    item: Option<ItemId>,
    fund: Option<FundId>,
    /// What it says that it corrects, where it says so.
    corrects: Option<Kind>,
    /// The line it goes back to.
    of: Reference,
    reference: Option<String>,
    payee: Option<String>,
    memo: Option<String>,
}

impl Texts for Correction {
    fn text(&self, which: Said) -> &str {
        match which {
            Said::Written => &self.written,
            Said::Reference => self.reference.as_deref().unwrap_or_default(),
            Said::Of => &self.of.id,
            Said::Payee => self.payee.as_deref().unwrap_or_default(),
            Said::Memo => self.memo.as_deref().unwrap_or_default(),
        }
    }
}

impl Held {
    /// Holds a line back if it is a correction that names the line it goes back to.
    pub(super) fn hold(&mut self, line: &Line<'_>, of_span: Span) -> bool {
        let (Kind::Correction, Some(of)) = (line.kind, line.of()) else { return false };
        self.all.push(Correction {
            origin: line.origin,
            date: line.date,
            account: line.account,
            amount: line.amount,
            written: line.written().to_owned(),
            item: line.item,
            fund: line.fund,
            corrects: line.corrects,
            of: Reference { id: of.to_owned(), span: of_span },
            reference: line.reference().map(str::to_owned),
            payee: line.payee().map(str::to_owned),
            memo: line.memo().map(str::to_owned),
        });
        true
    }

    /// Takes what another worker held back.
    pub(super) fn merge(&mut self, other: Held) {
        self.all.extend(other.all);
    }

    /// The corrections in the order of their places.
    pub(super) fn sorted(mut self) -> Vec<Correction> {
        self.all.sort_by_key(|correction| correction.origin);
        self.all
    }
}

/// What a line does: its kind, and which sort of it.
type Sort = (Kind, Option<Subtype>);

/// For each number that a correction names, what the lines that bear it do, and to which accounts.
pub(super) struct Lookup {
    wanted: Arc<HashMap<String, usize>>,
    /// Of each number, by account: one number may stand on lines of every account there is.
    found: Vec<BTreeMap<AccountId, Vec<Sort>>>,
}

/// A sink that looks for the lines these corrections go back to.
pub(super) fn lookup(held: &[Correction]) -> Lookup {
    let mut wanted = HashMap::new();
    for correction in held {
        let next = wanted.len();
        wanted.entry(correction.of.id.clone()).or_insert(next);
    }
    let found = vec![BTreeMap::new(); wanted.len()];
    Lookup { wanted: Arc::new(wanted), found }
}

impl Sink for Lookup {
    fn line(&mut self, line: &Line<'_>) {
        let Some(&n) = line.reference().and_then(|reference| self.wanted.get(reference)) else { return };
        for account in [Some(line.account), line.other].into_iter().flatten() {
            note(self.found[n].entry(account).or_default(), (line.kind, line.subtype));
        }
    }

    fn merge(&mut self, other: Lookup) {
        // Every lookup is made from the same corrections, so the same number stands at the same place.
        for (mine, theirs) in self.found.iter_mut().zip(other.found) {
            for (account, sorts) in theirs {
                let mine = mine.entry(account).or_default();
                sorts.into_iter().for_each(|sort| note(mine, sort));
            }
        }
    }
}

/// Takes a sort once: there are few.
fn note(sorts: &mut Vec<Sort>, sort: Sort) {
    if !sorts.contains(&sort) {
        sorts.push(sort);
    }
}

/// What bears the number that a correction names.
enum Named {
    One(Sort),
    Nothing,
    Elsewhere,
    Several(Vec<Sort>),
}

impl Lookup {
    /// What the line that bears a number does at the same account, if it is only one thing.
    fn sort(&self, of: &str, account: AccountId) -> Named {
        let Some(found) = self.wanted.get(of).map(|n| &self.found[*n]).filter(|found| !found.is_empty()) else {
            return Named::Nothing;
        };
        match found.get(&account).map(Vec::as_slice) {
            None | Some([]) => Named::Elsewhere,
            Some([sort]) => Named::One(*sort),
            Some(sorts) => Named::Several(sorts.to_vec()),
        }
    }
}

impl Correction {
    /// Pushes the correction with what it corrects, or says why that is not known.
    pub(super) fn settle<S: Sink>(&self, found: &Lookup, books: &Books, sink: &mut S, findings: &mut Findings) {
        let parent = books.accounts.has_children(self.account) || self.account == AccountId::ROOT;
        let (kind, subtype) = match (found.sort(&self.of.id, self.account), self.corrects) {
            (Named::One((Kind::Correction, _)), _) => {
                let message = ("정정 줄은 다시 정정하지 않음", "a correction is not itself corrected");
                let way_out = ("원래 줄의 증빙번호를 쓸 것", "write the number of the line that was wrong first");
                return self.refuse(message, way_out, findings);
            }
            (Named::One((kind, _)), _) if kind.effects(None).len() != 1 => {
                let message =
                    ("두 과목에 걸친 줄은 정정으로 고칠 수 없음", "a line that moves money takes no correction");
                return self.refuse(
                    message,
                    ("거꾸로 옮기는 줄을 한 번 더 쓸 것", "enter the same line back"),
                    findings,
                );
            }
            (Named::One((kind, _)), Some(said)) if kind != said => {
                let message =
                    ("세부구분이 말하는 구분의 줄이 아님", "this line is not of the kind that `subtype` says");
                return self.refuse(message, ("둘 중 하나를 고칠 것", "mend one of the two"), findings);
            }
            (Named::One((kind, _)), _) if kind.level() == Level::Leaf && parent => {
                let message =
                    ("이 줄의 정정은 하위 과목에 써야 함", "the correction of this line belongs on an account below");
                return self.refuse(message, ("하위 과목에 쓸 것", "write it on the account of that line"), findings);
            }
            (Named::One(sort), _) => sort,
            (Named::Nothing, _) => {
                let message = ("이 증빙번호를 가진 줄이 없음", "no line has this number");
                let way_out = (
                    "고칠 줄의 증빙번호를 쓸 것. 이 장부에 없는 줄이면 비우고, 고칠 구분을 세부구분(`subtype`)에 쓸 것",
                    "write the `ref` of the line it corrects; leave it blank for a line of another book, and write the kind into `subtype`",
                );
                return self.refuse(message, way_out, findings);
            }
            (Named::Elsewhere, _) => {
                let message = ("이 번호의 줄은 다른 과목에 있음", "the line with this number is on another account");
                let way_out = ("고칠 줄의 과목을 쓸 것", "write the account of the line it corrects");
                return self.refuse(message, way_out, findings);
            }
            (Named::Several(sorts), Some(said)) if sorts.iter().any(|(kind, _)| *kind == said) => {
                let mut subtypes = sorts.iter().filter(|(kind, _)| *kind == said).map(|(_, subtype)| *subtype);
                let first = subtypes.next().flatten();
                (said, first.filter(|_| subtypes.all(|subtype| subtype == first)))
            }
            (Named::Several(_), _) => {
                let message = ("구분이 다른 여러 줄이 이 번호를 가짐", "lines of several kinds have this number");
                let way_out =
                    ("고칠 구분을 세부구분(`subtype`)에 쓸 것", "write the kind that it corrects into `subtype`");
                return self.refuse(message, way_out, findings);
            }
        };
        sink.line(&Line {
            origin: self.origin,
            date: self.date,
            account: self.account,
            other: None,
            kind: Kind::Correction,
            corrects: Some(kind),
            amount: self.amount,
            item: self.item,
            fund: self.fund,
            subtype,
            texts: self,
        });
    }

    fn refuse(&self, message: (&str, &str), way_out: (&str, &str), findings: &mut Findings) {
        let message = (format!("{}: `{}`", message.0, self.of.id), format!("{}: `{}`", message.1, self.of.id));
        findings.push(Finding::new(finding::CORRECTION_OF_NOTHING, self.of.span, message, way_out));
        findings.refuse_lines(1);
    }
}
