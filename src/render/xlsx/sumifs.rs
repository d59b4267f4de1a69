//! Sums of lines as formulas over the sheet of lines.
//!
//! Law: a formula names numbers and the program's own words, and no word of the books. Only measures that some line has
//! to do with are named; the sheet of checks tells where a line was given another.

use super::effects::{Cut, Effects, Sum, counted};
use super::exact::Grain;
use super::words;
use crate::ledger::{Date, Day, Measure, Precision, Scope, Sign, Slice, When};
use crate::words::{Lang, Word};
use std::collections::BTreeSet;

/// A column of numbers that the sheet of lines has only where a formula asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extra {
    Item,
    Task,
    Program,
    Fund,
    First,
    Last,
    Precision,
}

impl Extra {
    pub(super) const fn word(self) -> Word {
        match self {
            Extra::Item => words::IN_ITEM,
            Extra::Task => words::IN_TASK,
            Extra::Program => words::IN_PROGRAM,
            Extra::Fund => words::IN_FUND,
            Extra::First => words::IN_FIRST,
            Extra::Last => words::IN_LAST,
            Extra::Precision => words::IN_PRECISION,
        }
    }
}

/// The names of the ranges of a sheet of lines.
#[derive(Clone, Debug)]
pub(super) struct Ranges {
    /// What they begin with.
    pub(super) prefix: String,
    pub(super) lang: Lang,
}

impl Ranges {
    /// The name of one of them.
    pub(super) fn name(&self, word: Word) -> String {
        format!("{}_{}", self.prefix, word.label(self.lang))
    }
}

/// A sum of lines as a formula has it, and what it comes to.
pub(super) struct Lined {
    /// Its parts, each with its sign.
    pub(super) terms: Vec<(Sign, String)>,
    pub(super) sum: Sum,
}

/// The formula of a slice's lines within a cut; nothing where no line has to do with it.
pub(super) fn lined(effects: &Effects<'_>, ranges: &Ranges, slice: &Slice, cut: Cut) -> Option<Lined> {
    let counted: Vec<_> = counted(slice).into_iter().filter(|(_, measure)| effects.has(*measure)).collect();
    if counted.is_empty() {
        return None;
    }
    let sum = effects.total(&counted, cut);
    let criteria = criteria(effects, ranges, cut);
    let (amounts, measures) = (ranges.name(words::IN_AMOUNT), ranges.name(words::IN_MEASURE));
    let one = |measure: Measure| format!("SUMIFS({amounts},{measures},\"{}\"{criteria})", measure.id());
    let terms: Vec<(Sign, String)> = counted
        .iter()
        .map(|(times, measure)| {
            let sign = if *times < 0 { Sign::Minus } else { Sign::Plus };
            let text = match times.abs() {
                1 => one(*measure),
                more => format!("{more}*{}", one(*measure)),
            };
            (sign, text)
        })
        .collect();
    let terms = match effects.grain {
        Grain::Won => terms,
        // The counted amounts are ten-thousandths there: whole numbers, divided once.
        Grain::Parts => vec![(Sign::Plus, format!("({})/10000", joined(&terms)))],
    };
    Some(Lined { terms, sum })
}

/// Terms one after the other: `a-b+c`.
pub(super) fn joined(terms: &[(Sign, String)]) -> String {
    let mut text = String::new();
    for (sign, term) in terms {
        match sign {
            Sign::Minus => text.push('-'),
            Sign::Plus if text.is_empty() => {}
            Sign::Plus => text.push('+'),
        }
        text.push_str(term);
    }
    text
}

/// Which lines count, behind the measure: `,내역_과목,">=3",내역_과목,"<=5"`.
fn criteria(effects: &Effects<'_>, ranges: &Ranges, cut: Cut) -> String {
    let mut text = String::new();
    let mut add = |word: Word, condition: String| text.push_str(&format!(",{},{condition}", ranges.name(word)));
    let (first, last) = cut.span;
    let all = effects.chart.order.len() as u64;
    if first == last {
        add(words::IN_ACCOUNT, first.to_string());
    } else if first > 0 || u64::from(last) + 1 < all {
        add(words::IN_ACCOUNT, format!("\">={first}\""));
        add(words::IN_ACCOUNT, format!("\"<={last}\""));
    }
    for (extra, condition) in scoped(effects, cut.scope) {
        add(extra.word(), condition);
    }
    for (extra, condition) in dated(cut.when) {
        add(extra.word(), condition);
    }
    text
}

/// What a scope asks of the numbers of a line.
fn scoped(effects: &Effects<'_>, scope: Scope) -> Vec<(Extra, String)> {
    let named = || (Extra::Item, "\">0\"".to_owned());
    let none = |extra: Extra| (extra, "0".to_owned());
    let number = |n: u32| (u64::from(n) + 1).to_string();
    match scope {
        Scope::All => Vec::new(),
        Scope::Item(id) => vec![(Extra::Item, number(id.0))],
        Scope::AnyItem => vec![named()],
        Scope::NoItem => vec![none(Extra::Item)],
        Scope::Task(id) => vec![(Extra::Task, number(id.0))],
        Scope::NoTask => vec![named(), none(Extra::Task)],
        Scope::ProgramOf(id) => {
            // An item of no program has no other of the same: no line counts.
            let program = effects.program(id);
            vec![(Extra::Program, if program == 0 { "-1".to_owned() } else { program.to_string() })]
        }
        Scope::NoProgram => vec![named(), none(Extra::Program)],
        Scope::Fund(id) => vec![(Extra::Fund, number(id.0))],
        Scope::NoFund => vec![none(Extra::Fund)],
    }
}

/// What bounds in time ask of the numbers of a line.
fn dated(when: When) -> Vec<(Extra, String)> {
    let mut asked = Vec::new();
    asked.extend(when.from.map(|day| (Extra::First, format!("\">={}\"", serial(day)))));
    asked.extend(when.to.map(|day| (Extra::Last, format!("\"<={}\"", serial(day)))));
    match when.precision {
        Precision::Any => {}
        Precision::Month => asked.push((Extra::Precision, "\">=2\"".to_owned())),
        Precision::YearOnly => asked.push((Extra::Precision, "1".to_owned())),
    }
    asked
}

/// How much a date knows: 1 its year, 2 its month, 3 its day.
pub(super) const fn precision(date: Date) -> u32 {
    match date {
        Date::Year(_) => 1,
        Date::Month(..) => 2,
        Date::Day(_) => 3,
    }
}

/// The number that spreadsheets keep for a day: days since 1899-12-30.
pub(super) fn serial(day: Day) -> i64 {
    let zero = Date::day(1899, 12, 30).map_or(day, Date::first);
    day.signed_duration_since(zero).num_days()
}

/// The columns of numbers that a slice asks for.
pub(super) fn asked(effects: &Effects<'_>, slice: &Slice) -> BTreeSet<Extra> {
    let scoped = scoped(effects, slice.scope).into_iter();
    scoped.chain(dated(slice.when)).map(|(extra, _)| extra).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_the_numbers_of_spreadsheets() {
        let day = |y, m, d| Date::day(y, m, d).expect("a day").first();
        assert_eq!((serial(day(1900, 3, 1)), serial(day(2015, 9, 14))), (61, 42_261));
    }
}
