//! Corrections that name only the line they go back to (`of`).
//!
//! What a correction changes is what that line changed, and that line may stand anywhere. So corrections are held while
//! the lines are read, and a second reading looks for the numbers they name. Only the corrections themselves and those
//! numbers are kept, not the lines.

use crate::finding::{self, Finding, Findings};
use crate::ledger::{AccountId, Books, Date, FundId, ItemId, Kind, Level, Line, Sink};
use crate::money::Money;
use crate::source::{Origin, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// Passes lines on, but for the corrections whose kind is still to be looked up.
pub(super) struct Holding<S> {
    sink: S,
    held: Held,
}

/// Corrections that were held back.
#[derive(Default)]
pub(super) struct Held {
    pub(super) all: Vec<Correction>,
}

/// A correction, owned until it can be settled.
pub(super) struct Correction {
    origin: Origin,
    date: Date,
    account: AccountId,
    amount: Money,
    item: Option<ItemId>,
    fund: Option<FundId>,
    of: String,
    reference: Option<String>,
    payee: Option<String>,
    memo: Option<String>,
}

impl<S> Holding<S> {
    pub(super) fn new(sink: S) -> Holding<S> {
        Holding { sink, held: Held::default() }
    }

    pub(super) fn into_parts(self) -> (S, Held) {
        let Holding { sink, mut held } = self;
        held.all.sort_by_key(|correction| correction.origin);
        (sink, held)
    }
}

impl<S: Sink> Sink for Holding<S> {
    fn line(&mut self, line: &Line<'_>) {
        match (line.kind, line.corrects, line.of) {
            (Kind::Correction, None, Some(of)) => self.held.all.push(Correction {
                origin: line.origin,
                date: line.date,
                account: line.account,
                amount: line.amount,
                item: line.item,
                fund: line.fund,
                of: of.to_owned(),
                reference: line.reference.map(str::to_owned),
                payee: line.payee.map(str::to_owned),
                memo: line.memo.map(str::to_owned),
            }),
            _ => self.sink.line(line),
        }
    }

    fn merge(&mut self, other: Holding<S>) {
        self.sink.merge(other.sink);
        self.held.all.extend(other.held.all);
    }
}

/// For each number that a correction names, the kinds and accounts of the lines that bear it.
pub(super) struct Lookup {
    wanted: Arc<HashMap<String, usize>>,
    found: Vec<Vec<(Kind, AccountId)>>,
}

impl Held {
    /// A sink that looks for the lines these corrections go back to.
    pub(super) fn lookup(&self) -> Lookup {
        let mut wanted = HashMap::new();
        for correction in &self.all {
            let next = wanted.len();
            wanted.entry(correction.of.clone()).or_insert(next);
        }
        let found = vec![Vec::new(); wanted.len()];
        Lookup { wanted: Arc::new(wanted), found }
    }
}

impl Sink for Lookup {
    fn line(&mut self, line: &Line<'_>) {
        let Some(&n) = line.reference.and_then(|reference| self.wanted.get(reference)) else { return };
        let known = (line.corrects.unwrap_or(line.kind), line.account);
        if line.kind != Kind::Correction && !self.found[n].contains(&known) {
            self.found[n].push(known);
        }
    }

    fn merge(&mut self, other: Lookup) {
        // Every lookup is made from the same corrections, so the same number stands at the same place.
        for (mine, theirs) in self.found.iter_mut().zip(other.found) {
            for known in theirs {
                if !mine.contains(&known) {
                    mine.push(known);
                }
            }
        }
    }
}

impl Lookup {
    /// The kind of the line that bears a number: at the same account if there is one, else anywhere, if it is only one.
    fn kind(&self, of: &str, account: AccountId) -> Option<Kind> {
        let found = &self.found[*self.wanted.get(of)?];
        let only = |kinds: Vec<Kind>| {
            let first = *kinds.first()?;
            kinds.iter().all(|kind| *kind == first).then_some(first)
        };
        let here: Vec<Kind> = found.iter().filter(|(_, at)| *at == account).map(|(kind, _)| *kind).collect();
        if here.is_empty() { only(found.iter().map(|(kind, _)| *kind).collect()) } else { only(here) }
    }
}

impl Correction {
    /// Pushes the correction with what it corrects, or says why that is not known.
    pub(super) fn settle<S: Sink>(&self, found: &Lookup, books: &Books, sink: &mut S, findings: &mut Findings) {
        let refuse = |ko: &str, en: &str, findings: &mut Findings| {
            findings.push(Finding::new(
                finding::CORRECTION_OF_NOTHING,
                Span::new(self.origin.source, self.origin.at, 1),
                (format!("{ko}: `{}`", self.of), format!("{en}: `{}`", self.of)),
                (
                    "고칠 줄의 증빙번호를 `of`에 쓰거나, 고칠 구분을 `subtype`에 쓸 것",
                    "write the `ref` of the line it corrects into `of`, or the kind that it corrects into `subtype`",
                ),
            ));
            findings.refuse_lines(1);
        };
        let Some(kind) = found.kind(&self.of, self.account) else {
            return refuse("정정할 줄을 하나로 찾을 수 없음", "no one line that this corrects can be found", findings);
        };
        if kind.effects().len() != 1 {
            let (ko, en) = (
                "두 과목에 걸친 줄은 정정으로 고칠 수 없음",
                "a line that moves money is not set right by a correction",
            );
            return refuse(ko, en, findings);
        }
        let parent = books.accounts.get(self.account).has_children || self.account == AccountId::ROOT;
        if kind.level() == Level::Leaf && parent {
            let (ko, en) = ("하위 과목에 써야 하는 정정임", "this correction belongs on an account below");
            return refuse(ko, en, findings);
        }
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
            reference: self.reference.as_deref(),
            of: Some(&self.of),
            subtype: None,
            payee: self.payee.as_deref(),
            memo: self.memo.as_deref(),
        });
    }
}
