//! A day, a month or a year, as the books write it.

use chrono::{Datelike, Days, NaiveDate};
use std::fmt;

/// A day of the calendar.
pub type Day = NaiveDate;

/// A date of the precision that is known. A coarse one is legal; checks by date pass it over, and say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// A year: `2015`.
    Year(i32),
    /// A month of a year: `2015-09`.
    Month(i32, u32),
    /// A day.
    Day(NaiveDate),
}

/// Whether a date has come by a certain day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It has, all of it.
    Yes,
    /// It lies wholly after.
    No,
    /// It is coarse, and the day falls within it.
    Unknown,
}

/// How much of its date a line has to know to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Precision {
    /// Anything.
    #[default]
    Any,
    /// The month at least.
    Month,
    /// No more than the year.
    YearOnly,
}

impl Precision {
    /// Whether a date is of it.
    pub const fn has(self, date: Date) -> bool {
        match self {
            Precision::Any => true,
            Precision::Month => !matches!(date, Date::Year(_)),
            Precision::YearOnly => matches!(date, Date::Year(_)),
        }
    }
}

/// A date that was read, and the weekday that stood beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedDate {
    /// The date.
    pub date: Date,
    /// A weekday was written, and this is the right one instead.
    pub wrong_weekday: Option<char>,
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateReason {
    /// Nothing is written.
    Empty,
    /// A number that a spreadsheet keeps for this day.
    Serial(Date),
    /// A two-digit year, or none.
    NoYear,
    /// A time of day behind the date.
    Time,
    /// A day that the calendar does not have.
    NoSuchDay,
    /// Anything else.
    NotADate,
}

/// The weekdays as Korean documents write them, from Monday.
const WEEKDAYS: [char; 7] = ['월', '화', '수', '목', '금', '토', '일'];

impl Date {
    /// A day of the calendar, if there is one.
    pub fn day(year: i32, month: u32, day: u32) -> Option<Date> {
        NaiveDate::from_ymd_opt(year, month, day).map(Date::Day)
    }

    /// Reads `2015`, `2015-09`, `2015-09-14`, `2015.9.14`, `2015.9.14.`, `2015. 9. 14.(월)` or `20150914`.
    ///
    /// # Errors
    /// Why it is not one of these.
    pub fn parse(text: &str) -> Result<ParsedDate, DateReason> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DateReason::Empty);
        }
        let (body, weekday) = split_weekday(text);
        let date = parse_plain(body)?;
        let wrong_weekday = match (date, weekday) {
            (_, None) => None,
            (Date::Day(day), Some(written)) => {
                let right = WEEKDAYS[day.weekday().num_days_from_monday() as usize];
                (right != written).then_some(right)
            }
            (_, Some(_)) => return Err(DateReason::NotADate),
        };
        Ok(ParsedDate { date, wrong_weekday })
    }

    /// Reads a day that is written `2015-09-14`; other spellings are left to [`Date::parse`].
    #[inline]
    pub fn plain(text: [u8; 10]) -> Option<Date> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
        let number = |digits: &[u8]| {
            let plain = digits.iter().all(u8::is_ascii_digit);
            plain.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
        };
        let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok().filter(|year| plausible(*year))?;
        Date::day(year, number(&[m1, m2])?, number(&[d1, d2])?)
    }

    /// Whether it is the same, which of days is seen at a glance: of most lines it is asked whether they are of the day that
    /// came last.
    #[inline]
    pub fn is(self, other: Date) -> bool {
        match (self, other) {
            (Date::Day(day), Date::Day(other)) => day == other,
            _ => self == other,
        }
    }

    /// The year it lies in.
    pub fn year(self) -> i32 {
        match self {
            Date::Year(year) | Date::Month(year, _) => year,
            Date::Day(day) => day.year(),
        }
    }

    /// The first day it may mean.
    #[inline]
    pub fn first(self) -> NaiveDate {
        let (year, month) = match self {
            Date::Day(day) => return day,
            Date::Month(year, month) => (year, month),
            Date::Year(year) => (year, 1),
        };
        // Months and years are checked where they are read.
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN)
    }

    /// The last day it may mean.
    #[inline]
    pub fn last(self) -> NaiveDate {
        let next = match self {
            Date::Day(day) => return day,
            Date::Month(year, 12) | Date::Year(year) => NaiveDate::from_ymd_opt(year + 1, 1, 1),
            Date::Month(year, month) => NaiveDate::from_ymd_opt(year, month + 1, 1),
        };
        next.and_then(|first| first.checked_sub_days(Days::new(1))).unwrap_or(NaiveDate::MAX)
    }

    /// The month that it lies in, counted from the year 0; nothing where only its year is known.
    pub fn month(self) -> Option<i32> {
        match self {
            Date::Year(_) => None,
            Date::Month(year, month) => i32::try_from(month).ok().map(|month| year * 12 + month - 1),
            Date::Day(day) => i32::try_from(day.month0()).ok().map(|month| day.year() * 12 + month),
        }
    }

    /// The month that was counted so.
    pub fn of_month(number: i32) -> Date {
        Date::Month(number.div_euclid(12), number.rem_euclid(12).unsigned_abs() + 1)
    }

    /// Whether it has come by the end of a day.
    pub fn by(self, day: NaiveDate) -> Reached {
        if self.last() <= day {
            Reached::Yes
        } else if self.first() > day {
            Reached::No
        } else {
            Reached::Unknown
        }
    }
}

/// As ISO 8601 writes it: `2015`, `2015-09`, `2015-09-14`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Date::Year(year) => write!(f, "{year:04}"),
            Date::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Date::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
        }
    }
}

/// Takes `(월)` from the end.
fn split_weekday(text: &str) -> (&str, Option<char>) {
    let inside = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let Some((body, day)) = inside else { return (text, None) };
    let mut chars = day.trim().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if WEEKDAYS.contains(&c) => (body.trim_end(), Some(c)),
        _ => (text, None),
    }
}

fn parse_plain(text: &str) -> Result<Date, DateReason> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return parse_digits(text);
    }
    if let Some((date, rest)) = text.split_once([' ', 'T'])
        && rest.contains(':')
        && parse_plain(date).is_ok()
    {
        return Err(DateReason::Time);
    }
    let separator = if text.contains('.') { Separator::Stop } else { Separator::Hyphen };
    let parts: Vec<&str> = match separator {
        // Spaces may follow the stops, and the last stop may be left out: `2015. 9. 14.`
        Separator::Stop => text.strip_suffix('.').unwrap_or(text).split('.').map(str::trim).collect(),
        Separator::Hyphen => text.split('-').collect(),
    };
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| number(part)).collect();
    let two_digits = parts[0].trim_start_matches(['\'', '’', '‘', '`']);
    match (parts.as_slice(), numbers.as_deref()) {
        ([year, month, day], Some([y, m, d])) if year.len() == 4 && separator.fits(month) && separator.fits(day) => {
            Date::day(i32::try_from(*y).unwrap_or(0), *m, *d)
                .ok_or(DateReason::NoSuchDay)
                .and_then(|date| if plausible(date.year()) { Ok(date) } else { Err(DateReason::NotADate) })
        }
        ([year, month], Some([y, m])) if year.len() == 4 && separator == Separator::Hyphen && month.len() == 2 => {
            month_of(i32::try_from(*y).unwrap_or(0), *m)
        }
        ([_, _] | [_, _, _], _) if two_digits.len() <= 2 && number(two_digits).is_some() => Err(DateReason::NoYear),
        _ if text.split(['/', '~', '월']).next().is_some_and(|head| number(head).is_some_and(|n| n <= 31)) => {
            Err(DateReason::NoYear)
        }
        _ => Err(DateReason::NotADate),
    }
}

/// What stands between the numbers of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    /// As Korean documents write it; spaces may follow.
    Stop,
    /// As ISO 8601 writes it.
    Hyphen,
}

impl Separator {
    /// Whether a month or a day has as many digits as it may.
    fn fits(self, text: &str) -> bool {
        match self {
            Separator::Stop => matches!(text.len(), 1 | 2),
            Separator::Hyphen => text.len() == 2,
        }
    }
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// `2015`, `20150914`, or what a spreadsheet keeps of a day.
fn parse_digits(text: &str) -> Result<Date, DateReason> {
    let value: u32 = text.parse().map_err(|_| DateReason::NotADate)?;
    match text.len() {
        4 => {
            let year = i32::try_from(value).unwrap_or(0);
            if plausible(year) { Ok(Date::Year(year)) } else { Err(DateReason::NotADate) }
        }
        8 => {
            let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
            Date::day(i32::try_from(year).unwrap_or(0), month, day)
                .filter(|date| plausible(date.year()))
                .ok_or(DateReason::NoSuchDay)
        }
        // Spreadsheets count days from 1899-12-30; 30,000 to 60,000 is 1982 to 2064.
        5 if (30_000..60_000).contains(&value) => {
            let zero = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or(NaiveDate::MIN);
            let day = zero.checked_add_days(Days::new(u64::from(value))).unwrap_or(zero);
            Err(DateReason::Serial(Date::Day(day)))
        }
        _ => Err(DateReason::NotADate),
    }
}

fn month_of(year: i32, month: u32) -> Result<Date, DateReason> {
    if plausible(year) && (1..=12).contains(&month) { Ok(Date::Month(year, month)) } else { Err(DateReason::NoSuchDay) }
}

/// A year that a book of ours may have; a voucher number or an amount hardly looks so.
fn plausible(year: i32) -> bool {
    (1900..=2199).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Date {
        Date::day(y, m, d).expect("a day of the calendar")
    }

    #[test]
    fn the_accepted_spellings() {
        for text in
            ["2015-09-14", "2015.9.14", "2015.9.14.", "2015. 9. 14.", "2015. 9. 14.(월)", "20150914", "2015.09.14"]
        {
            let parsed = Date::parse(text).expect(text);
            assert_eq!(parsed, ParsedDate { date: day(2015, 9, 14), wrong_weekday: None }, "{text}");
        }
        assert_eq!(Date::parse("2015").map(|p| p.date), Ok(Date::Year(2015)));
        assert_eq!(Date::parse(" 2015-09 ").map(|p| p.date), Ok(Date::Month(2015, 9)));
    }

    #[test]
    fn a_weekday_is_checked() {
        let parsed = Date::parse("2015. 9. 14.(화)").expect("a date");
        assert_eq!(parsed.wrong_weekday, Some('월'));
    }

    #[test]
    fn each_rejection_has_its_own_reason() {
        use DateReason as R;
        for (text, reason) in [
            ("", R::Empty),
            ("42261", R::Serial(day(2015, 9, 14))),
            ("'15. 9. 14", R::NoYear),
            ("’15.9.14", R::NoYear),
            ("15.9.14", R::NoYear),
            ("15-09-14", R::NoYear),
            ("9/14", R::NoYear),
            ("5.23~27", R::NoYear),
            ("9월", R::NoYear),
            ("2015-09-14 00:00:00", R::Time),
            ("2015-09-14T08:00", R::Time),
            ("2015-02-30", R::NoSuchDay),
            ("2015-13", R::NoSuchDay),
            ("20151301", R::NoSuchDay),
            ("2015-9-14", R::NotADate),
            ("2015/09/14", R::NotADate),
            ("Sep-15", R::NotADate),
            ("계", R::NotADate),
            ("0914", R::NotADate),
            ("2015(월)", R::NotADate),
            ("1234567", R::NotADate),
        ] {
            assert_eq!(Date::parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn a_coarse_date_is_reached_when_all_of_it_is() {
        let mid = NaiveDate::from_ymd_opt(2015, 6, 30).expect("a day");
        assert_eq!(Date::Year(2015).by(mid), Reached::Unknown);
        assert_eq!(Date::Month(2015, 6).by(mid), Reached::Yes);
        assert_eq!(Date::Month(2015, 7).by(mid), Reached::No);
        assert_eq!(Date::Year(2014).by(mid), Reached::Yes);
        assert_eq!(Date::Month(2015, 12).last(), NaiveDate::from_ymd_opt(2015, 12, 31).expect("a day"));
    }

    #[test]
    fn dates_read_back() {
        for date in [Date::Year(2015), Date::Month(2015, 9), day(2015, 9, 14)] {
            assert_eq!(Date::parse(&date.to_string()).map(|p| p.date), Ok(date));
        }
    }
}
