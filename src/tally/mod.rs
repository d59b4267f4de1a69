//! Lines to sums.
//!
//! Law: a tally is a monoid. Tallies of pieces merge in any order to the same sums, and a sum that no line touched is
//! absent, which is not zero.

use crate::ledger::{AccountId, Accounts, Day, Formula, Line, Measure, Reached, Sign, Sink};
use crate::money::Money;

/// The sums of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sums {
    amounts: [Money; Measure::ALL.len()],
    /// One bit for each measure that a line touched.
    touched: u32,
}

impl Sums {
    const NOTHING: Sums = Sums { amounts: [Money::ZERO; Measure::ALL.len()], touched: 0 };

    fn add(&mut self, measure: Measure, amount: Money) {
        self.amounts[measure.index()] += amount;
        self.touched |= 1 << measure.index();
    }

    fn merge(&mut self, other: &Sums) {
        for (mine, theirs) in self.amounts.iter_mut().zip(other.amounts) {
            *mine += theirs;
        }
        self.touched |= other.touched;
    }

    fn get(&self, measure: Measure) -> Option<Money> {
        (self.touched & 1 << measure.index() != 0).then(|| self.amounts[measure.index()])
    }
}

/// Sums of lines by account: a [`Sink`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// What the lines of each account itself add up to.
    own: Vec<Sums>,
    as_of: Option<Day>,
    lines: u64,
    /// Lines left out because `as_of` falls within their coarse dates.
    undatable: u64,
}

impl Tally {
    /// An empty tally over so many accounts, of all lines or of those that had come by the end of a day.
    pub fn new(accounts: usize, as_of: Option<Day>) -> Tally {
        Tally { own: vec![Sums::NOTHING; accounts], as_of, lines: 0, undatable: 0 }
    }

    /// The day up to which lines were added.
    pub fn as_of(&self) -> Option<Day> {
        self.as_of
    }

    /// How many lines were added.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// How many lines were left out because their date is too coarse to tell whether it had come.
    pub fn undatable(&self) -> u64 {
        self.undatable
    }

    /// Adds every account to those above it: one walk backwards, as parents come before their children.
    pub fn rolled_up(&self, accounts: &Accounts) -> Rolled {
        let mut all = self.own.clone();
        let mut above = vec![0; all.len()];
        for (id, account) in accounts.parents_first().skip(1) {
            let parent = account.parent.index();
            above[id.index()] = above[parent] | self.own[parent].touched;
        }
        for (id, account) in accounts.parents_first().skip(1).rev() {
            let below = all[id.index()];
            all[account.parent.index()].merge(&below);
        }
        Rolled { all, above }
    }
}

impl Sink for Tally {
    fn line(&mut self, line: &Line<'_>) {
        match self.as_of.map_or(Reached::Yes, |day| line.date.by(day)) {
            Reached::Yes => self.lines += 1,
            Reached::No => return,
            Reached::Unknown => {
                self.undatable += 1;
                return;
            }
        }
        for (account, measure, amount) in line.parts() {
            self.own[account.index()].add(measure, amount);
        }
    }

    fn merge(&mut self, other: Tally) {
        for (mine, theirs) in self.own.iter_mut().zip(&other.own) {
            mine.merge(theirs);
        }
        self.lines += other.lines;
        self.undatable += other.undatable;
    }
}

/// Sums of each account with everything below it.
#[derive(Clone, Debug)]
pub struct Rolled {
    all: Vec<Sums>,
    /// For each account, the measures that lines of the accounts above it touched.
    above: Vec<u32>,
}

/// What a formula comes to at an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// An amount.
    Amount(Money),
    /// No line has to do with it.
    NoLines,
    /// Lines of an account above have to do with it and do not say which part is this one's.
    NotAttributed,
}

impl Worked {
    /// The amount, if it is one.
    pub fn amount(self) -> Option<Money> {
        match self {
            Worked::Amount(amount) => Some(amount),
            Worked::NoLines | Worked::NotAttributed => None,
        }
    }
}

impl Rolled {
    /// Whether any line at an account or below it touched a measure.
    pub fn has(&self, account: AccountId, measure: Measure) -> bool {
        self.all[account.index()].get(measure).is_some()
    }

    /// Works out a signed sum. A measure that no line touched adds nothing, unless it was booked for an account above:
    /// then what it comes to here is not known.
    pub fn worked(&self, account: AccountId, formula: Formula) -> Worked {
        let sums = &self.all[account.index()];
        let above = self.above[account.index()];
        let mut sum = None;
        let mut unattributed = false;
        for (sign, measure) in formula {
            match sums.get(*measure) {
                Some(amount) => {
                    let signed = if *sign == Sign::Plus { amount } else { -amount };
                    sum = Some(sum.unwrap_or(Money::ZERO) + signed);
                }
                None => unattributed |= above & 1 << measure.index() != 0,
            }
        }
        match sum {
            _ if unattributed => Worked::NotAttributed,
            Some(amount) => Worked::Amount(amount),
            None => Worked::NoLines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Date, Kind, Term, Worth};
    use crate::source::{Origin, Source, Sources};

    fn line(account: AccountId, kind: Kind, won: i64) -> Line<'static> {
        let source = Sources::default().add(Source::file("x.csv".as_ref()));
        Line {
            origin: Origin { source, at: 0 },
            date: Date::Year(2015),
            account,
            other: None,
            kind,
            corrects: None,
            amount: Money::from_won(won),
            item: None,
            fund: None,
            reference: None,
            of: None,
            subtype: None,
            payee: None,
            memo: None,
        }
    }

    fn formula(term: Term) -> Formula {
        match term.worth() {
            Worth::Sum(formula) => formula,
            Worth::Part(..) => panic!("{term:?} is a rate"),
        }
    }

    #[test]
    fn parents_are_the_sums_of_what_is_below_and_of_their_own() {
        let mut chart = Accounts::default();
        let office = chart.enter("사무관리비", None).expect("new");
        let rent = chart.enter("사무관리비/임차료", None).expect("new");
        let work = chart.enter("사무관리비/사업비", None).expect("new");
        let mut tally = Tally::new(chart.len(), None);
        tally.line(&line(rent, Kind::Grant, 5));
        tally.line(&line(work, Kind::Grant, 7));
        tally.line(&line(office, Kind::Grant, 1));
        tally.line(&line(rent, Kind::Refund, 2));
        let rolled = tally.rolled_up(&chart);
        let granted = |id| rolled.worked(id, formula(Term::Granted));
        assert_eq!(granted(office), Worked::Amount(Money::from_won(13)));
        assert_eq!(granted(AccountId::ROOT), Worked::Amount(Money::from_won(13)));
        assert_eq!(rolled.worked(rent, formula(Term::Disbursed)), Worked::Amount(Money::from_won(-2)));
        assert_eq!(rolled.worked(work, formula(Term::Disbursed)), Worked::NoLines);
    }

    #[test]
    fn what_is_pooled_above_is_not_attributed_below() {
        let mut chart = Accounts::default();
        let travel = chart.enter("여비", None).expect("new");
        let mut tally = Tally::new(chart.len(), None);
        tally.line(&line(AccountId::ROOT, Kind::Grant, 100));
        tally.line(&line(AccountId::ROOT, Kind::Interest, 1));
        tally.line(&line(travel, Kind::Disbursement, 40));
        let rolled = tally.rolled_up(&chart);
        assert_eq!(rolled.worked(travel, formula(Term::Interest)), Worked::NotAttributed);
        assert_eq!(rolled.worked(travel, formula(Term::Unspent)), Worked::NotAttributed);
        assert_eq!(rolled.worked(AccountId::ROOT, formula(Term::Unspent)), Worked::Amount(Money::from_won(60)));
    }

    #[test]
    fn a_day_divides_lines_and_coarse_dates_are_counted_apart() {
        let mut tally = Tally::new(1, chrono_day(2015, 6, 30));
        for date in [Date::Year(2015), Date::Month(2015, 6), Date::Month(2015, 7)] {
            tally.line(&Line { date, ..line(AccountId::ROOT, Kind::Grant, 1) });
        }
        assert_eq!((tally.lines(), tally.undatable()), (1, 1));
    }

    fn chrono_day(year: i32, month: u32, day: u32) -> Option<Day> {
        Date::day(year, month, day).map(Date::last)
    }
}
