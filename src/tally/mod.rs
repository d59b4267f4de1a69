//! Lines to sums.
//!
//! Law: a tally is a monoid. Tallies of pieces merge in any order to the same sums, and a sum that no line touched is
//! absent, which is not zero.

mod axis;
mod sums;

pub use axis::{Along, Axis, Months};
use sums::Columns;
pub use sums::Sums;

use crate::ledger::{AccountId, Accounts, Books, Day, Formula, FundId, Line, Measure, Reached, Scope, Sink};
use crate::money::Money;
use std::sync::Arc;

/// Sums of lines by account, and along other axes where those are asked for: a [`Sink`].
#[derive(Clone, Debug)]
pub struct Tally<'b> {
    books: &'b Books,
    /// What the lines of each account itself add up to.
    own: Columns,
    along: Vec<Along>,
    as_of: Option<Day>,
    /// Which lines.
    scope: Scope,
    /// Which accounts count along other axes; all, where absent.
    inside: Option<Arc<[bool]>>,
    asks: Asks,
    lines: u64,
    /// Lines left out because `as_of` falls within their coarse dates.
    undatable: u64,
}

/// What a tally has to ask a line before it adds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// Nothing: all lines count, and by account alone.
    Nothing,
    /// Where it stands along other axes; all lines count.
    ForItsPlace,
    /// Whether it counts at all, too.
    WhetherItCounts,
}

/// Two tallies are equal where their sums are, whichever books they were made of.
impl PartialEq for Tally<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.own == other.own && self.along == other.along && self.lines == other.lines
    }
}

impl<'b> Tally<'b> {
    /// An empty tally of all lines, by account.
    pub fn new(books: &'b Books) -> Tally<'b> {
        Tally {
            books,
            own: Columns::new(books.accounts.len()),
            along: Vec::new(),
            as_of: None,
            scope: Scope::All,
            inside: None,
            asks: Asks::Nothing,
            lines: 0,
            undatable: 0,
        }
    }

    /// Along every axis.
    pub fn of_everything(books: &'b Books) -> Tally<'b> {
        Axis::ALL.into_iter().fold(Tally::new(books), Tally::by)
    }

    /// Only of what had come by the end of a day.
    pub fn as_of(self, day: Option<Day>) -> Tally<'b> {
        Tally { as_of: day, ..self }.told()
    }

    /// Along one more axis. Where the books have no funds, no line names one, and there is nothing to be told apart by them.
    pub fn by(mut self, axis: Axis) -> Tally<'b> {
        if axis == Axis::Fund && self.books.year.funds.is_empty() {
            return self;
        }
        if !self.along.iter().any(|along| along.axis() == axis) {
            self.along.push(Along::new(self.books, axis));
        }
        self.told()
    }

    /// Only of lines that a scope has; along other axes than accounts, only of an account and those below it.
    pub fn within(mut self, account: AccountId, scope: Scope) -> Tally<'b> {
        let accounts = &self.books.accounts;
        let inside = || accounts.parents_first().map(|(id, _)| accounts.is_within(id, account)).collect();
        self.inside = (account != AccountId::ROOT).then(inside);
        self.scope = scope;
        self.told()
    }

    /// The same, once it was told what it is of.
    fn told(self) -> Tally<'b> {
        let all_count = self.as_of.is_none() && self.inside.is_none() && self.scope == Scope::All;
        let asks = match all_count {
            true if self.along.is_empty() => Asks::Nothing,
            true => Asks::ForItsPlace,
            false => Asks::WhetherItCounts,
        };
        Tally { asks, ..self }
    }

    /// The day up to which lines were added.
    pub fn day(&self) -> Option<Day> {
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

    /// The sums of an account's own lines, nothing from below it.
    pub fn own(&self, account: AccountId) -> Sums {
        self.own.at(account.index())
    }

    /// The sums of lines that name a fund, or none, of a tally along the funds.
    pub fn fund(&self, id: Option<FundId>) -> Sums {
        if !self.books.year.funds.is_empty() {
            return self.along(Axis::Fund).fund(id);
        }
        if id.is_none() { self.own.together(|place| self.is_inside(place)) } else { Sums::NOTHING }
    }

    /// Whether an account counts along other axes.
    fn is_inside(&self, place: usize) -> bool {
        self.inside.as_ref().is_none_or(|inside| inside[place])
    }

    /// The sums of all lines, whichever account they are of.
    pub fn whole(&self) -> Sums {
        self.own.together(|_| true)
    }

    /// The sums along an axis that the tally was made with.
    pub fn along(&self, axis: Axis) -> &Along {
        let found = self.along.iter().find(|along| along.axis() == axis);
        found.expect("a report is given a tally along the axes that it needs")
    }

    /// Adds every account to those above it: one walk backwards, as parents come before their children.
    pub fn rolled_up(&self) -> Rolled {
        let accounts: &Accounts = &self.books.accounts;
        let mut all = self.own.all();
        let mut above = vec![0; all.len()];
        for (id, account) in accounts.parents_first().skip(1) {
            let parent = account.parent.index();
            above[id.index()] = above[parent] | all[parent].touched();
        }
        for (id, account) in accounts.parents_first().skip(1).rev() {
            let below = all[id.index()];
            all[account.parent.index()].merge(&below);
        }
        Rolled { all, above }
    }
}

impl Sink for Tally<'_> {
    /// Where nothing else is asked, lines only add up (10 % of the time).
    #[inline(always)]
    fn line(&mut self, line: &Line<'_>) {
        if self.asks == Asks::Nothing && line.is_plain() {
            self.lines += 1;
            self.own.add_plain(line.account.index(), line.kind, line.amount);
        } else {
            // A line of its own: then this one is never put together, and what of it nobody asks for is not worked out.
            self.take(&Line { ..*line });
        }
    }

    fn merge(&mut self, other: Self) {
        self.own.merge(other.own);
        // Every tally of one making has the same axes in the same order.
        for (mine, theirs) in self.along.iter_mut().zip(other.along) {
            mine.merge(theirs);
        }
        self.lines += other.lines;
        self.undatable += other.undatable;
    }
}

impl Tally<'_> {
    /// Adds a line where it has come, is one of those that are asked for, and along every axis. [`Sink::line`] does the same,
    /// but copies the line for it, so that a reader which does nothing else need not put it together. Who has the line
    /// anyway takes this one (a copy is 5 % of the time of a check).
    pub fn take(&mut self, line: &Line<'_>) {
        if self.asks == Asks::WhetherItCounts || !line.is_plain() {
            return self.take_what_counts(line);
        }
        self.lines += 1;
        self.own.add_plain(line.account.index(), line.kind, line.amount);
        self.along.iter_mut().for_each(|along| along.add_plain(line));
    }

    fn take_what_counts(&mut self, line: &Line<'_>) {
        match self.as_of.map_or(Reached::Yes, |day| line.date.by(day)) {
            Reached::No => return,
            Reached::Yes | Reached::Unknown if !self.scope.has(self.books, line) => return,
            Reached::Unknown => {
                self.undatable += u64::from(line.parts().any(|(account, ..)| self.is_inside(account.index())));
                return;
            }
            Reached::Yes => self.lines += 1,
        }
        if line.is_plain() {
            self.own.add_plain(line.account.index(), line.kind, line.amount);
            if self.is_inside(line.account.index()) {
                self.along.iter_mut().for_each(|along| along.add_plain(line));
            }
            return;
        }
        for (account, measure, amount) in line.parts() {
            self.own.add(account.index(), measure, amount);
            if self.is_inside(account.index()) {
                for along in &mut self.along {
                    along.add(line, measure, amount);
                }
            }
        }
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

    /// Whether lines of an account above have to do with a formula, and do not say which part of them is this one's.
    pub fn is_pooled(&self, account: AccountId, formula: Formula) -> bool {
        let above = self.above[account.index()];
        formula.iter().any(|(_, measure)| above & 1 << measure.index() != 0)
    }

    /// Works out a signed sum. A measure that no line touched adds nothing, unless it was booked for an account above:
    /// then what it comes to here is not known.
    pub fn worked(&self, account: AccountId, formula: Formula) -> Worked {
        let sums = &self.all[account.index()];
        let above = self.above[account.index()];
        // What a single measure comes to by lines of its own is a sum of those; what is worked out from several is not
        // known where one of them is pooled above.
        let alone = formula.windows(2).all(|pair| pair[0].1 == pair[1].1);
        let own = |measure: Measure| alone && sums.get(measure).is_some();
        let unattributed = formula.iter().any(|(_, measure)| above & 1 << measure.index() != 0 && !own(*measure));
        match sums.worked(formula) {
            _ if unattributed => Worked::NotAttributed,
            Some(amount) => Worked::Amount(amount),
            None => Worked::NoLines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::GrantMode;
    use crate::ledger::{Date, Fund, Kind, ReturnRounding, Term};
    use crate::source::{Origin, Source, Sources};
    use crate::words::Text;

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
            subtype: None,
            texts: &(),
        }
    }

    fn books(accounts: Accounts) -> Books {
        Books { accounts, ..Books::empty(2015, Sources::default()) }
    }

    fn formula(term: Term) -> Formula {
        term.formula(GrantMode::Advance)
    }

    #[test]
    fn parents_are_the_sums_of_what_is_below_and_of_their_own() {
        let mut chart = Accounts::default();
        let office = chart.enter("사무관리비", None).expect("new");
        let rent = chart.enter("사무관리비/임차료", None).expect("new");
        let work = chart.enter("사무관리비/사업비", None).expect("new");
        let books = books(chart);
        let mut tally = Tally::new(&books);
        tally.line(&line(rent, Kind::Grant, 5));
        tally.line(&line(work, Kind::Grant, 7));
        tally.line(&line(office, Kind::Grant, 1));
        tally.line(&line(rent, Kind::Refund, 2));
        let rolled = tally.rolled_up();
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
        let books = books(chart);
        let mut tally = Tally::new(&books);
        tally.line(&line(AccountId::ROOT, Kind::Grant, 100));
        tally.line(&line(AccountId::ROOT, Kind::Interest, 1));
        tally.line(&line(travel, Kind::Disbursement, 40));
        let rolled = tally.rolled_up();
        assert_eq!(rolled.worked(travel, formula(Term::Interest)), Worked::NotAttributed);
        assert_eq!(rolled.worked(travel, formula(Term::Unspent)), Worked::NotAttributed);
        assert_eq!(rolled.worked(AccountId::ROOT, formula(Term::Unspent)), Worked::Amount(Money::from_won(60)));
    }

    /// Whatever else is asked, all lines add up to the same by account.
    #[test]
    fn what_only_adds_up_is_what_adds_up_along_axes() {
        let mut chart = Accounts::default();
        let (one, other) = (chart.enter("여비", None).expect("new"), chart.enter("예비비", None).expect("new"));
        let books = books(chart);
        let (mut plain, mut along) = (Tally::new(&books), Tally::of_everything(&books));
        let mut late = Tally::new(&books).as_of(chrono_day(2015, 12, 31));
        let mut within = Tally::new(&books).within(AccountId::ROOT, Scope::All);
        for (kind, won) in Kind::ALL.into_iter().zip(1..) {
            let line = Line { other: Some(other), ..line(one, kind, won) };
            [&mut plain, &mut along, &mut late, &mut within].into_iter().for_each(|tally| tally.line(&line));
        }
        assert_eq!([plain.asks, within.asks], [Asks::Nothing; 2]);
        assert_eq!((along.asks, late.asks), (Asks::ForItsPlace, Asks::WhetherItCounts));
        assert_eq!(plain.own, along.own);
        assert_eq!(plain, late);
        assert_eq!(plain, within);
        assert_eq!((plain.lines(), along.lines()), (21, 21));
        // And only what is asked where something is.
        let mut below = Tally::new(&books).within(one, Scope::NoFund);
        below.line(&Line { fund: Some(FundId(0)), ..line(one, Kind::Grant, 5) });
        assert_eq!(below.lines(), 0);
    }

    /// What names no fund is the same whether the books have funds or not, and of an account alone, too.
    #[test]
    fn lines_that_name_no_fund_are_told_apart_only_where_there_are_funds() {
        let mut chart = Accounts::default();
        let (one, other) = (chart.enter("여비", None).expect("new"), chart.enter("예비비", None).expect("new"));
        let without = books(chart);
        let mut with = without.clone();
        let fund =
            Fund {
                id: "국비".to_owned(), name: Text::same("국비"), share: None, return_rounding: ReturnRounding::Won
            };
        with.year.funds.push(fund);
        for within in [AccountId::ROOT, one] {
            let sums = [&without, &with].map(|books| {
                let mut tally = Tally::new(books).within(within, Scope::All).by(Axis::Fund);
                tally.line(&line(one, Kind::Grant, 5));
                tally.line(&line(other, Kind::Grant, 7));
                assert_eq!(tally.fund(Some(FundId(0))), Sums::NOTHING);
                tally.fund(None)
            });
            assert_eq!(sums[0], sums[1]);
            let won = if within == one { 5 } else { 12 };
            assert_eq!(sums[0].get(Measure::Granted), Some(Money::from_won(won)));
        }
    }

    #[test]
    fn a_day_divides_lines_and_coarse_dates_are_counted_apart() {
        let books = books(Accounts::default());
        let mut tally = Tally::new(&books).as_of(chrono_day(2015, 6, 30));
        for date in [Date::Year(2015), Date::Month(2015, 6), Date::Month(2015, 7)] {
            tally.line(&Line { date, ..line(AccountId::ROOT, Kind::Grant, 1) });
        }
        assert_eq!((tally.lines(), tally.undatable()), (1, 1));
    }

    fn chrono_day(year: i32, month: u32, day: u32) -> Option<Day> {
        Date::day(year, month, day).map(Date::last)
    }
}
