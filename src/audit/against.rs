//! One printed figure against what the ledger has.

use super::guess::{self, Guess};
use crate::ledger::{AccountId, Books, Claim, Printed, Term, Worth};
use crate::money::{Figure, Money, Range, Rate, Reading, Rounding, Unit};
use crate::tally::{Rolled, Worked};

/// How a printed figure stands to the ledger.
#[derive(Clone, Debug, PartialEq)]
pub enum Stand {
    /// It is what the ledger has, to the last digit.
    Exact,
    /// It is what the ledger has, rounded by any of these rules.
    Rounded(Vec<Rounding>),
    /// No rule prints so what the ledger has: by how much it is off, and guesses why.
    Unexplained {
        /// Printed less what the ledger has, in won; of a rate, in its printed digits.
        by: Off,
        /// What may have happened.
        guesses: Vec<Wrong>,
    },
    /// Nil, and the ledger does not say which part is this row's.
    NotAttributed,
    /// Nil, and no line of the ledger has to do with it.
    Nil,
    /// A figure, where the ledger does not say which part is this row's.
    Untold,
    /// A figure of what no ledger keeps.
    NotKept,
}

/// By how much a figure is off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Off {
    /// An amount.
    Amount(Money),
    /// Percentage points.
    Points(Figure),
}

/// A guess about a figure, with the ledger beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Wrong {
    /// A slip of hand.
    Slip(Guess),
    /// It is another amount of the same account: another column, or another version of the budget.
    Other(Term),
}

/// A printed figure and what the ledger has.
#[derive(Clone, Debug)]
pub struct Against {
    /// Which: an index into [`Books::printed`].
    pub printed: usize,
    /// The ledger's amount, if it has one.
    pub amount: Option<Money>,
    /// The ledger's rate, if it is one.
    pub rate: Option<Rate>,
    /// How the figure stands to it.
    pub stand: Stand,
}

impl Stand {
    /// Whether the ledger bears the figure out.
    pub fn is_borne_out(&self) -> bool {
        matches!(self, Stand::Exact | Stand::Rounded(_) | Stand::Nil)
    }
}

/// What the ledger has of a term at an account.
pub(super) fn worked(books: &Books, rolled: &Rolled, account: AccountId, term: Term) -> Worked {
    rolled.worked(account, term.formula(books.year.grant_mode))
}

/// The rate that the ledger has, if it has one.
pub(super) fn rate(books: &Books, rolled: &Rolled, account: AccountId, term: Term) -> Option<Rate> {
    let Worth::Part(part, whole) = term.worth(books.year.grant_mode) else { return None };
    let amount = |term| worked(books, rolled, account, term).amount();
    Rate::of(amount(part)?, amount(whole)?)
}

/// Holds a printed figure against the ledger.
pub(super) fn against(books: &Books, rolled: &Rolled, n: usize) -> Against {
    let printed = &books.printed[n];
    let of = |amount: Option<Money>, rate: Option<Rate>, stand: Stand| Against { printed: n, amount, rate, stand };
    let Claim::Term(term) = printed.claim else { return of(None, None, Stand::NotKept) };
    if term.is_rate() {
        let rate = rate(books, rolled, printed.account, term);
        return of(None, rate, rate_stand(printed, rate));
    }
    match worked(books, rolled, printed.account, term) {
        Worked::Amount(amount) => {
            let stand = match (printed.figure, printed.unit) {
                (None, _) if amount.is_zero() => Stand::Exact,
                (Some(figure), Some(unit)) => amount_stand(figure, unit, amount),
                _ => Stand::Unexplained { by: Off::Amount(-amount), guesses: Vec::new() },
            };
            of(Some(amount), None, guessed(books, rolled, printed, term, amount, stand))
        }
        Worked::NotAttributed => {
            of(None, None, if printed.figure.is_some() { Stand::Untold } else { Stand::NotAttributed })
        }
        Worked::NoLines => match (printed.figure, printed.unit) {
            (Some(figure), Some(unit)) if !figure.is_zero() => {
                let by = Off::Amount(Money::grain(figure.decimals(), unit).times(figure.digits()));
                of(None, None, Stand::Unexplained { by, guesses: Vec::new() })
            }
            _ => of(None, None, Stand::Nil),
        },
    }
}

/// The rules by which an amount is printed as a figure.
pub fn rules(figure: Figure, unit: Unit, amount: Money) -> Vec<Rounding> {
    let prints = |rule: &Rounding| {
        let shown = amount.rounded(unit, figure.decimals(), *rule);
        shown.digits() == figure.digits()
    };
    Rounding::ALL.into_iter().filter(prints).collect()
}

fn amount_stand(figure: Figure, unit: Unit, amount: Money) -> Stand {
    let printed = Money::grain(figure.decimals(), unit).times(figure.digits());
    if printed == amount {
        return Stand::Exact;
    }
    match rules(figure, unit, amount) {
        rules if rules.is_empty() => Stand::Unexplained { by: Off::Amount(printed - amount), guesses: Vec::new() },
        rules => Stand::Rounded(rules),
    }
}

/// Adds guesses to a figure that is not explained.
fn guessed(books: &Books, rolled: &Rolled, printed: &Printed, term: Term, amount: Money, stand: Stand) -> Stand {
    let (Stand::Unexplained { by, .. }, Some(figure), Some(unit)) = (&stand, printed.figure, printed.unit) else {
        return stand;
    };
    let mut found: Vec<Wrong> = Vec::new();
    // The same digits as another amount of the row: what was meant is another column, or another version of the budget.
    let is_other = |other: &Term| {
        *other != term
            && !other.is_rate()
            && worked(books, rolled, printed.account, *other).amount().is_some_and(|other| {
                other != amount && !other.is_zero() && matches!(amount_stand(figure, unit, other), Stand::Exact)
            })
    };
    let other = Term::ALL.into_iter().find(is_other);
    let mut slips: Vec<Guess> = Vec::new();
    for rule in Rounding::ALL {
        let right = amount.rounded(unit, figure.decimals(), rule);
        slips.extend(guess::between(figure, right));
    }
    slips.dedup();
    let (strong, weak): (Vec<Guess>, Vec<Guess>) =
        slips.into_iter().partition(|guess| matches!(guess, Guess::Swapped(_) | Guess::Sign(_) | Guess::Unit { .. }));
    found.extend(strong.into_iter().map(Wrong::Slip));
    found.extend(other.map(Wrong::Other));
    found.extend(weak.into_iter().map(Wrong::Slip));
    let mut once: Vec<Wrong> = Vec::new();
    for guess in found {
        if !once.contains(&guess) {
            once.push(guess);
        }
    }
    Stand::Unexplained { by: *by, guesses: once }
}

fn rate_stand(printed: &Printed, rate: Option<Rate>) -> Stand {
    let (Some(figure), Some(rate)) = (printed.figure, rate) else {
        return match (printed.figure, rate) {
            (None, None) => Stand::Nil,
            (None, Some(rate)) if rate.part().is_zero() => Stand::Exact,
            (None, Some(_)) => Stand::NotAttributed,
            (Some(_), _) => Stand::Untold,
        };
    };
    let by = |rule: Rounding, decimals: u32| {
        Figure::ratio(rate.part().as_weight(), rate.whole().as_weight(), 100, decimals, rule)
    };
    let prints = |rule: &Rounding| by(*rule, figure.decimals()).is_some_and(|shown| shown.digits() == figure.digits());
    let rules: Vec<Rounding> = Rounding::ALL.into_iter().filter(prints).collect();
    let exact = rules.len() == Rounding::ALL.len();
    match by(Rounding::HalfUp, figure.decimals()) {
        _ if exact => Stand::Exact,
        _ if !rules.is_empty() => Stand::Rounded(rules),
        Some(right) => {
            let guesses = guess::between(figure, right).into_iter().map(Wrong::Slip).collect();
            Stand::Unexplained { by: Off::Points(figure - right), guesses }
        }
        None => Stand::Untold,
    }
}

/// What an amount may have been that is printed as a figure by a rule: the least and the most.
pub fn possible(figure: Figure, unit: Unit, rule: Rounding) -> (Money, Money) {
    let step = Money::grain(figure.decimals(), unit);
    let grain = step.min(Money::from_won(1));
    let Range { low, high } = Reading::By(rule).range(figure.digits(), step.as_weight() / grain.as_weight());
    (grain.times(low), grain.times(high))
}
