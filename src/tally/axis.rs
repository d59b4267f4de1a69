//! Axes other than accounts, along which lines are told apart.
//!
//! Law: along any axis every line has exactly one place, so the sums along each of them come to the same.

use super::sums::{Columns, Sums};
use crate::ledger::{Books, Date, Day, FundId, ItemId, Line, Measure, Precision, When};
use crate::money::Money;

/// What lines are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The planned project that they name.
    Item,
    /// The fund that they name.
    Fund,
    /// The month that they are dated in.
    Month,
}

impl Axis {
    /// Every axis.
    pub const ALL: [Axis; 3] = [Axis::Item, Axis::Fund, Axis::Month];
}

/// Sums along an axis.
#[derive(Clone, Debug)]
pub struct Along {
    axis: Axis,
    months: Months,
    /// The date that came last and the place of its month: lines mostly stand in the order of days.
    last: (Date, usize),
    sums: Columns,
}

/// Two are equal where their sums are.
impl PartialEq for Along {
    fn eq(&self, other: &Along) -> bool {
        self.axis == other.axis && self.months == other.months && self.sums == other.sums
    }
}

impl Along {
    pub(super) fn new(books: &Books, axis: Axis) -> Along {
        let months = Months::of(books);
        let places = match axis {
            Axis::Item => books.items.len() + 1,
            Axis::Fund => books.year.funds.len() + 1,
            Axis::Month => months.places(),
        };
        let date = books.year.starts;
        Along { axis, months, last: (date, months.place(date)), sums: Columns::new(places) }
    }

    pub(super) fn axis(&self) -> Axis {
        self.axis
    }

    /// Adds a line that says nothing but its kind.
    #[inline(always)]
    pub(super) fn add_plain(&mut self, line: &Line<'_>) {
        let place = self.place(line);
        self.sums.add_plain(place, line.kind, line.amount);
    }

    /// Adds what a line does.
    pub(super) fn add(&mut self, line: &Line<'_>, measure: Measure, amount: Money) {
        let place = self.place(line);
        self.sums.add(place, measure, amount);
    }

    #[inline(always)]
    fn place(&mut self, line: &Line<'_>) -> usize {
        // Lines that name nothing come first.
        match self.axis {
            Axis::Item => line.item.map_or(0, |id| id.0 as usize + 1),
            Axis::Fund => line.fund.map_or(0, |id| id.0 as usize + 1),
            Axis::Month => {
                if !line.date.is(self.last.0) {
                    self.begin_a_day(line.date);
                }
                self.last.1
            }
        }
    }

    #[cold]
    fn begin_a_day(&mut self, date: Date) {
        self.last = (date, self.months.place(date));
    }

    pub(super) fn merge(&mut self, other: Along) {
        self.sums.merge(other.sums);
    }

    /// The sums of lines that name an item, or none.
    pub fn item(&self, id: Option<ItemId>) -> Sums {
        debug_assert_eq!(self.axis, Axis::Item);
        self.sums.at(id.map_or(0, |id| id.0 as usize + 1))
    }

    /// The sums of lines that name a fund, or none.
    pub(super) fn fund(&self, id: Option<FundId>) -> Sums {
        debug_assert_eq!(self.axis, Axis::Fund);
        self.sums.at(id.map_or(0, |id| id.0 as usize + 1))
    }

    /// The sums by months, in the order of [`Months`].
    pub fn months(&self) -> Vec<Sums> {
        debug_assert_eq!(self.axis, Axis::Month);
        self.sums.all()
    }
}

/// The months of a fiscal year, with a place for what lies before it, after it, and what has no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Months {
    first: i32,
    count: usize,
}

impl Months {
    /// Those of a year.
    pub fn of(books: &Books) -> Months {
        let month = |date: Date, day: Day| date.month().or(Date::Day(day).month()).unwrap_or(0);
        let first = month(books.year.starts, books.year.starts.first());
        let last = month(books.year.ends, books.year.ends.last());
        Months { first, count: usize::try_from(last - first).unwrap_or(0) + 1 }
    }

    /// How many months the year has.
    pub fn count(self) -> usize {
        self.count
    }

    /// How many places there are: before, the months, after, and none.
    fn places(self) -> usize {
        self.count + 3
    }

    /// Before the year.
    pub const BEFORE: usize = 0;

    /// The place of the nth month, from 0.
    pub fn month(self, n: usize) -> usize {
        n + 1
    }

    /// After the year.
    pub fn after(self) -> usize {
        self.count + 1
    }

    /// Dated by the year alone.
    pub fn undated(self) -> usize {
        self.count + 2
    }

    fn place(self, date: Date) -> usize {
        match date.month().map(|month| month - self.first) {
            None => self.undated(),
            Some(before) if before < 0 => Months::BEFORE,
            Some(n) => usize::try_from(n).map_or(self.after(), |n| (n + 1).min(self.after())),
        }
    }

    /// The nth month as a date.
    pub fn date(self, n: usize) -> Date {
        Date::of_month(self.first + i32::try_from(n).unwrap_or(0))
    }

    /// The lines of some months in a row, by a day.
    pub fn within(self, from: usize, to: usize, as_of: Option<Day>) -> When {
        let last = self.date(to).last();
        let last = as_of.map_or(last, |day| day.min(last));
        When { from: Some(self.date(from).first()), to: Some(last), precision: Precision::Month }
    }

    /// All lines that have a month, by the end of the nth, or by a day.
    pub fn until(self, n: usize, as_of: Option<Day>) -> When {
        When { from: None, ..self.within(n, n, as_of) }
    }

    /// The lines before the year.
    pub fn before(self, as_of: Option<Day>) -> When {
        let last = self.date(0).first().pred_opt();
        let last = last.map(|last| as_of.map_or(last, |day| day.min(last)));
        When { from: None, to: last, precision: Precision::Month }
    }

    /// The lines after the year.
    pub fn later(self, as_of: Option<Day>) -> When {
        let first = self.date(self.count.saturating_sub(1)).last().succ_opt();
        When { from: first, to: as_of, precision: Precision::Month }
    }
}
