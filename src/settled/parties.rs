//! Who paid, and what falls to each: what lines name a fund for is that fund's, the rest is divided.
//!
//! * What was spent, and what of it is not accepted, is divided by the declared shares, own funds carrying what is
//!   missing to the whole; where no share is declared, by what each paid in.
//! * Interest and what came back after its year had closed go back to the grantors alone, by what each granted.

use super::summed::{GRANTS, OWN_FUNDS, everywhere, summed};
use crate::ledger::{Books, Formula, Fund, FundId, GrantMode, Measure, ReturnRounding, Scope, Sign, Term};
use crate::money::{Money, Share};
use crate::table::{Cell, Division, Piece, Proportion, Sentence, Step, Why};
use crate::tally::{Sums, Tally};
use crate::words::{self, Text};
use std::sync::Arc;

/// One that paid in.
pub struct Party {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: Text,
    /// What lines say that it paid in.
    pub paid: Cell,
    /// What sort it is.
    pub kind: PartyKind,
    /// How what goes back to it is rounded.
    pub rounding: ReturnRounding,
    share: Option<Share>,
}

/// What sort of party it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    /// A fund of the year.
    Fund(FundId),
    /// Grants of no named fund.
    Unnamed,
    /// The only grantor there is, and its fund, if it is declared as one.
    Only(Option<FundId>),
    /// The grantee itself, with its own funds; nothing goes back to it.
    Own,
}

/// All that paid in, and how to divide what names none of them.
pub struct Parties<'b, 't> {
    books: &'b Books,
    tally: &'t Tally<'b>,
    /// Grantors first, own funds last.
    pub all: Vec<Party>,
    /// By what spending is divided.
    pub spending: Result<Weights, Undivided>,
    /// By what interest and recoveries are divided.
    grants: Weights,
}

/// By what something is divided among all parties.
pub struct Weights {
    each: Vec<Parts>,
    /// The same as people read it: one list, however many parts come of it.
    named: Arc<Vec<(Text, Proportion)>>,
}

/// How many of all the parts that something is divided into fall to a party, and by what that is.
#[derive(Clone, Copy)]
struct Parts {
    number: i128,
    by: Proportion,
}

impl Weights {
    fn of(parties: &[Party], each: Vec<Parts>) -> Weights {
        let named = parties.iter().zip(&each).map(|(party, parts)| (party.name.clone(), parts.by));
        Weights { named: Arc::new(named.collect()), each }
    }

    /// What of an amount falls to each party; nothing where all weights are nothing.
    fn divided(&self, whole: &Step) -> Option<Vec<Cell>> {
        let numbers: Vec<i128> = self.each.iter().map(|parts| parts.number).collect();
        let cell = |(place, amount)| {
            let division = Division { whole: whole.clone(), weights: Arc::clone(&self.named), place };
            Cell::amount(amount, Why::Divided(Box::new(division)))
        };
        Some(whole.amount.divided(&numbers)?.into_iter().enumerate().map(cell).collect())
    }
}

impl Parts {
    const NONE: Parts = Parts { number: 0, by: Proportion::Amount(Money::ZERO) };
}

/// Why spending cannot be divided.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Undivided {
    /// Some funds declare a share and others do not.
    SharesMissing,
    /// The declared shares come to more than the whole.
    SharesOver,
    /// They come to less, and there are no own funds to carry the rest.
    SharesUnder,
    /// Every fund declares a share, and some grants name none.
    GrantsUnnamed,
    /// Money is drawn, and own funds were paid in before as much was spent.
    NotDrawn,
    /// Nobody paid anything in.
    NothingPaid,
}

impl<'b, 't> Parties<'b, 't> {
    /// Those of a year, from a tally along the funds.
    pub fn of(books: &'b Books, tally: &'t Tally<'b>) -> Parties<'b, 't> {
        let whole = |formula: Formula| summed(&tally.whole(), everywhere(tally, formula, Scope::All));
        let own = whole(OWN_FUNDS);
        let has_own = own.money().is_some_and(|money| !money.is_zero());
        let mut all: Vec<Party> = Vec::new();
        let funds: Vec<(FundId, &Fund)> = books.funds().collect();
        let granted = |id: Option<FundId>| {
            summed(&tally.fund(id), everywhere(tally, GRANTS, id.map_or(Scope::NoFund, Scope::Fund)))
        };
        if let [] | [_] = funds.as_slice() {
            // One grantor: every line is its own, whether it says so or not.
            let fund = funds.first().map(|(_, fund)| *fund);
            let grantor = || books.year.grantor.clone().unwrap_or_else(|| Text::new("교부기관", "Grantor"));
            all.push(Party {
                key: fund.map_or("(grantor)".to_owned(), |fund| fund.id.clone()),
                name: fund.map_or_else(grantor, |fund| fund.name.clone()),
                paid: whole(GRANTS),
                kind: PartyKind::Only(funds.first().map(|(id, _)| *id)),
                rounding: fund.map(|fund| fund.return_rounding).unwrap_or_default(),
                share: fund.and_then(|fund| fund.share),
            });
        } else {
            all.extend(funds.iter().map(|(id, fund)| Party {
                key: fund.id.clone(),
                name: fund.name.clone(),
                paid: granted(Some(*id)),
                kind: PartyKind::Fund(*id),
                rounding: fund.return_rounding,
                share: fund.share,
            }));
            let unnamed = granted(None);
            if unnamed.money().is_some_and(|money| !money.is_zero()) {
                all.push(Party {
                    key: "(no-fund)".to_owned(),
                    name: Text::new("재원 없음", "No fund"),
                    paid: unnamed,
                    kind: PartyKind::Unnamed,
                    rounding: ReturnRounding::default(),
                    share: None,
                });
            }
        }
        if has_own {
            all.push(Party {
                key: "(own)".to_owned(),
                name: words::OWN_FUNDS.text(),
                paid: own.clone(),
                kind: PartyKind::Own,
                rounding: ReturnRounding::default(),
                share: None,
            });
        }
        let spending = match books.year.grant_mode {
            GrantMode::Advance => spending(&all, OwnFunds::Share),
            // Own funds are spent as they are paid in; what else was spent was drawn, and is the grantors'.
            GrantMode::Deposit => {
                // What lines name a fund for was drawn from it: own funds have no part in that.
                let spent = tally.fund(None).get(Measure::Disbursed).unwrap_or_default();
                let paid_in = own.money().unwrap_or_default();
                if has_own && spent < paid_in { Err(Undivided::NotDrawn) } else { spending(&all, OwnFunds::Apart) }
            }
        };
        let grants = grants(&all);
        Parties { books, tally, all, spending, grants }
    }

    /// Whether there is but one, so that nothing needs to be divided.
    pub fn is_one(&self) -> bool {
        self.all.len() == 1
    }

    /// What a term comes to for each party: what lines say that name it, and its part of what names none.
    pub fn parts(&self, term: Term) -> Vec<Cell> {
        let formula = term.formula(self.books.year.grant_mode);
        let summed = |sums: &Sums, scope: Scope| summed(sums, everywhere(self.tally, formula, scope));
        if self.is_one() {
            return vec![summed(&self.tally.whole(), Scope::All)];
        }
        // Of what is drawn against evidence own funds are spent as they are paid in, and the rest is the funds'.
        let paid_in = self.all.iter().find(|one| one.kind == PartyKind::Own).map(|one| &one.paid);
        let paid_in = paid_in.filter(|_| self.is_deposit() && term == Term::Disbursed);
        if paid_in.is_some() && self.spending.is_err() {
            return vec![Cell::blank(Why::NotDerivable); self.all.len()];
        }
        // What names no fund is everybody's.
        let (rest, scope) = match self.all.first().map(|first| first.kind) {
            Some(PartyKind::Only(None)) => (self.tally.whole(), Scope::All),
            _ => (self.tally.fund(None), Scope::NoFund),
        };
        let mut rest = summed(&rest, scope);
        if let Some(paid) = paid_in {
            let less = paid.step(words::OWN_FUNDS.text()).map(|step| (Sign::Minus, step));
            let all = rest.step(term.word().text()).map(|step| (Sign::Plus, step));
            rest = Cell::worked(all.into_iter().chain(less).collect());
        }
        let divided = match rest.step(term.word().text()) {
            None => vec![Cell::blank(Why::NoLines); self.all.len()],
            Some(whole) => match self.divided(&whole, term) {
                Some(parts) => parts,
                None => vec![Cell::blank(Why::NotDerivable); self.all.len()],
            },
        };
        let parts = self.all.iter().zip(divided).map(|(party, part)| {
            if let (Some(paid), PartyKind::Own) = (paid_in, party.kind) {
                return paid.clone();
            }
            if part.why == Why::NotDerivable {
                return part;
            }
            let own = match party.kind {
                PartyKind::Fund(id) | PartyKind::Only(Some(id)) => summed(&self.tally.fund(Some(id)), Scope::Fund(id)),
                PartyKind::Unnamed | PartyKind::Only(None) | PartyKind::Own => Cell::blank(Why::NoLines),
            };
            let named = Text::new(format!("{} 이름으로", party.name.ko), format!("named {}", party.name.en));
            let shared = Text::new("나눈 몫", "part of the rest");
            let steps = [own.step(named), part.step(shared)].into_iter().flatten();
            Cell::worked(steps.map(|step| (Sign::Plus, step)).collect())
        });
        parts.collect()
    }

    /// What of an amount of a term that names nobody falls to each.
    fn divided(&self, whole: &Step, term: Term) -> Option<Vec<Cell>> {
        match (term, &self.spending) {
            // What is not accepted falls to each by what was spent of its money.
            (Term::Disallowed, Ok(_)) if self.is_deposit() => self.spent().divided(whole),
            (Term::Interest | Term::Recovered | Term::Returned, _) => self.grants.divided(whole),
            (_, Ok(weights)) => weights.divided(whole),
            (_, Err(_)) => None,
        }
    }

    /// What was spent of each party's money, as weights.
    fn spent(&self) -> Weights {
        let spent = self.parts(Term::Disbursed).into_iter().map(|cell| parts(cell.money().unwrap_or_default()));
        Weights::of(&self.all, spent.collect())
    }

    /// By what a party has its part of spending: a declared share, or what it paid in.
    pub fn share(&self, place: usize) -> Option<Sentence> {
        let weights = self.spending.as_ref().ok()?;
        let label = |ko, en| Sentence::plain((ko, en));
        Some(match (self.all[place].kind, weights.each[place].by) {
            (_, Proportion::Share(share)) => Sentence::with(("{0}", "{0}"), vec![Piece::Percent(share.percent())]),
            (PartyKind::Own, _) if self.is_deposit() => label("낸 만큼", "as paid in"),
            (_, Proportion::Amount(_) | Proportion::All) => label("낸 금액 비례", "by amount"),
        })
    }

    /// To whom interest and recoveries go, and how they are divided.
    pub fn interest(&self) -> Text {
        let grantors = || self.all.iter().filter(|party| party.kind != PartyKind::Own);
        let granted = grantors().any(|party| paid(party).number > 0);
        match (grantors().count(), granted) {
            (1, _) => Text::new("하나뿐인 교부기관에 모두 돌림", "go to the only grantor"),
            (_, true) if self.is_deposit() => {
                Text::new("예치액대로 교부기관끼리만 나눔", "among grantors by what each deposited")
            }
            (_, true) => Text::new("교부액대로 교부기관끼리만 나눔", "among grantors by what each granted"),
            (_, false) => Text::new("분담률대로 교부기관끼리만 나눔", "among grantors by their shares"),
        }
    }

    /// Whether spending is divided by declared shares.
    pub fn has_shares(&self) -> bool {
        self.spending
            .as_ref()
            .is_ok_and(|weights| weights.each.iter().any(|parts| matches!(parts.by, Proportion::Share(_))))
    }

    /// Whether what is drawn is what is granted.
    pub fn is_deposit(&self) -> bool {
        self.books.year.grant_mode == GrantMode::Deposit
    }
}

fn paid(party: &Party) -> Parts {
    parts(party.paid.money().unwrap_or_default())
}

fn parts(amount: Money) -> Parts {
    // Money that was taken back gives no share.
    let amount = if amount.is_negative() { Money::ZERO } else { amount };
    Parts { number: amount.as_weight(), by: Proportion::Amount(amount) }
}

/// By what goes back to the grantors alone is divided: by what each granted; before any of them did, by their shares; and
/// all of it to the only one that there is.
fn grants(all: &[Party]) -> Weights {
    let grantors = || all.iter().filter(|party| party.kind != PartyKind::Own);
    let only = grantors().count() == 1;
    let granted = grantors().any(|party| paid(party).number > 0);
    let shares: Option<Vec<Share>> = grantors().map(|party| party.share).collect();
    let mut shares = shares.map(|shares| (Share::weights(&shares).0, shares)).map(|(weights, shares)| {
        weights.into_iter().zip(shares).map(|(number, share)| Parts { number, by: Proportion::Share(share) })
    });
    let weights = all.iter().map(|party| match party.kind {
        PartyKind::Own => Parts::NONE,
        _ if only => Parts { number: 1, by: Proportion::All },
        _ if granted => paid(party),
        _ => shares.as_mut().and_then(Iterator::next).unwrap_or(Parts::NONE),
    });
    Weights::of(all, weights.collect())
}

/// Which share is missing: that of a fund, or that of grants which name none.
fn missing_share(all: &[Party]) -> Undivided {
    let funds = all.iter().filter(|party| matches!(party.kind, PartyKind::Fund(_) | PartyKind::Only(_)));
    if funds.clone().all(|party| party.share.is_some()) { Undivided::GrantsUnnamed } else { Undivided::SharesMissing }
}

/// What falls to own funds of spending that names no fund.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OwnFunds {
    /// What is missing to the whole where shares are declared, else by what was paid in.
    Share,
    /// Nothing, as they are taken off before the rest is divided.
    Apart,
}

/// By what spending is divided: by declared shares, or by what each paid in.
fn spending(all: &[Party], own: OwnFunds) -> Result<Weights, Undivided> {
    let grantors = || all.iter().filter(|party| party.kind != PartyKind::Own);
    let declared: Vec<Share> = grantors().filter_map(|party| party.share).collect();
    if !declared.is_empty() && declared.len() < grantors().count() {
        return Err(missing_share(all));
    }
    let shares = if declared.is_empty() { None } else { Some(shares(&declared, grantors().count() < all.len())?) };
    let (mut shares, rest) = shares.map_or((None, Parts::NONE), |(parts, rest)| (Some(parts.into_iter()), rest));
    let weights = all.iter().map(|party| match (party.kind, own, &mut shares) {
        (PartyKind::Own, OwnFunds::Apart, _) => Parts::NONE,
        (PartyKind::Own, OwnFunds::Share, Some(_)) => rest,
        (_, _, Some(shares)) => shares.next().unwrap_or(Parts::NONE),
        (_, _, None) => paid(party),
    });
    let weights: Vec<Parts> = weights.collect();
    let nothing = weights.iter().all(|parts| parts.number == 0);
    if nothing { Err(Undivided::NothingPaid) } else { Ok(Weights::of(all, weights)) }
}

/// Declared shares as parts, and the part that is missing to the whole, which own funds carry where there are any.
fn shares(declared: &[Share], has_own: bool) -> Result<(Vec<Parts>, Parts), Undivided> {
    let (weights, missing) = Share::weights(declared);
    let missing = missing.ok_or(Undivided::SharesOver)?;
    if missing > 0 && !has_own {
        return Err(Undivided::SharesUnder);
    }
    let parts = |(number, share)| Parts { number, by: Proportion::Share(share) };
    let (first, others) = (declared.first().and_then(|first| first.rest()), declared.get(1..).unwrap_or_default());
    let rest = others.iter().fold(first, |rest, share| rest?.less(*share));
    let rest = rest.map_or(Parts::NONE, |rest| parts((missing, rest)));
    Ok((weights.into_iter().zip(declared.iter().copied()).map(parts).collect(), rest))
}
