//! The tables of a page exact in won, cell by cell: which formula each is.
//!
//! Law: what a cell is worked out from is what its [`Why`] says, and cells are told by that and not by where they stand:
//! a formula names a cell only where the cell says the same for the same reason.
//!
//! # Why
//!
//! **Difference before sum, sum before lines.** A column that a term can be worked out from others (`집행잔액` from
//! `교부액` and `집행액`) is their difference, a row that others are parts of is their sum and its own lines, and only
//! what is neither asks the lines. So a change of one line is seen to travel the way that the table says.
//!
//! **No circle.** A cell refers to reasons that are a part of its own, to rows below it, or to columns that are not
//! worked out from its column.

use super::effects::{Effects, counted};
use super::formula::{self, Atom, Fixed, Part};
use super::sumifs::{self, Ranges};
use super::{exact, names};
use crate::ledger::{Measure, Sign, Slice};
use crate::money::{Money, Rate};
use crate::table::{Cell, Step, Table, Value, Why};
use std::collections::HashMap;

/// Where a cell of a table stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

/// A cell of the sheet in won.
#[derive(Clone, Debug)]
pub(super) enum WonCell {
    /// No figure.
    Empty,
    /// An amount: its formula, or why it has none.
    Amount(Result<String, Fixed>),
    /// A rate: its formula, and the addresses of part and whole where those are cells.
    Rate { formula: Result<String, Fixed>, of: Option<(String, String)> },
}

/// The lines of a book as formulas can ask for them.
pub(super) struct Asked<'a> {
    pub(super) effects: Effects<'a>,
    pub(super) ranges: Ranges,
}

/// The tables of a page in won.
pub(super) struct Won<'a> {
    /// The tables, in order.
    pub(super) tables: Vec<&'a Table>,
    /// Each one's first row of cells on the sheet.
    pub(super) tops: Vec<u32>,
    /// By table, row, column.
    pub(super) cells: Vec<Vec<Vec<WonCell>>>,
}

/// How many rows stand above the first table: the name of the sheet, what it is, a free one.
const ABOVE: u32 = 3;

/// How many rows a table has besides its own: its name, its headings, a free one.
const AROUND: u32 = 3;

impl<'a> Won<'a> {
    pub(super) fn of(tables: Vec<&'a Table>, asked: &[Option<Asked<'a>>]) -> Won<'a> {
        let mut tops = Vec::new();
        let mut next = ABOVE;
        for table in &tables {
            tops.push(next + 2);
            next = next.saturating_add(AROUND).saturating_add(u32::try_from(table.rows.len()).unwrap_or(u32::MAX));
        }
        let weaver = Weaver::of(&tables, &tops, asked);
        let cells = (0..tables.len()).map(|table| weaver.table(table)).collect();
        Won { tables, tops, cells }
    }

    /// The cells that are figures and no formulas.
    pub(super) fn values(&self) -> impl Iterator<Item = (Place, &'a Cell)> {
        let rows = self
            .tables
            .iter()
            .enumerate()
            .flat_map(|(t, table)| table.rows.iter().enumerate().map(move |(r, row)| (t, r, &row.cells)));
        let cells = rows.flat_map(|(table, row, cells)| {
            cells.iter().enumerate().map(move |(column, cell)| (Place { table, row, column }, cell))
        });
        cells.filter(|(at, _)| {
            let cell = &self.cells[at.table][at.row][at.column];
            matches!(cell, WonCell::Amount(Err(_)) | WonCell::Rate { formula: Err(_), .. })
        })
    }

    /// The address of a cell on the sheet.
    pub(super) fn address(&self, at: Place) -> String {
        let (row, column) = position(&self.tops, at);
        names::address(row, column)
    }
}

fn position(tops: &[u32], at: Place) -> (u32, u16) {
    let row = tops[at.table].saturating_add(u32::try_from(at.row).unwrap_or(u32::MAX));
    (row, u16::try_from(at.column).unwrap_or(u16::MAX))
}

/// Finds the formula of every cell.
struct Weaver<'w, 'a> {
    tables: &'w [&'a Table],
    tops: &'w [u32],
    asked: &'w [Option<Asked<'a>>],
    /// The rows that are parts of each row.
    parts: Vec<Vec<Vec<usize>>>,
    /// The cells that say each amount for each reason, of each of the books.
    saying: HashMap<(Money, &'w Why, usize), Vec<Place>>,
}

/// A slice, and which of the books it is of.
#[derive(Clone, Copy)]
pub(super) struct Of<'w> {
    pub(super) book: usize,
    pub(super) slice: &'w Slice,
}

/// The slice that a reason is.
pub(super) fn summed(why: &Why, book: usize) -> Option<Of<'_>> {
    match why {
        Why::Summed(slice) => Some(Of { book, slice }),
        Why::Elsewhere(book, why) => summed(why, *book),
        _ => None,
    }
}

/// A reason without the mark of another book, and the book that it is of.
fn within(why: &Why, book: usize) -> (&Why, usize) {
    match why {
        Why::Elsewhere(book, why) => within(why, *book),
        why => (why, book),
    }
}

impl<'w, 'a> Weaver<'w, 'a> {
    fn of(tables: &'w [&'a Table], tops: &'w [u32], asked: &'w [Option<Asked<'a>>]) -> Weaver<'w, 'a> {
        let mut saying: HashMap<(Money, &Why, usize), Vec<Place>> = HashMap::new();
        let mut parts = Vec::new();
        for (t, table) in tables.iter().enumerate() {
            let mut below = vec![Vec::new(); table.rows.len()];
            for (r, row) in table.rows.iter().enumerate() {
                if let Some(above) = row.parent {
                    below[above].push(r);
                }
                for (c, cell) in row.cells.iter().enumerate() {
                    if let Some(money) = cell.money().filter(|money| exact::holds_won(*money)) {
                        let (why, book) = within(&cell.why, 0);
                        saying.entry((money, why, book)).or_default().push(Place { table: t, row: r, column: c });
                    }
                }
            }
            parts.push(below);
        }
        Weaver { tables, tops, asked, parts, saying }
    }

    fn table(&self, table: usize) -> Vec<Vec<WonCell>> {
        let row = |row: usize| {
            (0..self.tables[table].columns.len()).map(|column| self.cell(Place { table, row, column })).collect()
        };
        (0..self.tables[table].rows.len()).map(row).collect()
    }

    fn cell(&self, at: Place) -> WonCell {
        let cell = &self.tables[at.table].rows[at.row].cells[at.column];
        match &cell.value {
            Value::Money { exact, .. } => WonCell::Amount(self.amount(at, &cell.why, *exact)),
            Value::Rate { exact, .. } => self.rate(at, &cell.why, *exact),
            Value::Blank | Value::Text(_) | Value::Said(_) | Value::Count(_) | Value::Dates(..) => WonCell::Empty,
        }
    }

    fn amount(&self, at: Place, why: &Why, exact: Money) -> Result<String, Fixed> {
        let of = summed(why, 0);
        let ways = [of.and_then(|of| self.across(at, of)), of.and_then(|of| self.down(at, of))];
        for parts in ways.into_iter().flatten() {
            if let Ok(text) = formula::written(&parts, exact) {
                return Ok(text);
            }
        }
        if let (Why::Rounded(rounded), book) = within(why, 0) {
            return self.rounded(at, book, (&rounded.0, &rounded.1.ko), exact);
        }
        let parts = self.parts_of(at, why, 0)?;
        // One figure of a file, under whatever name, is that figure.
        if let [Part { atom: Atom::Number, sign: Sign::Plus, .. }] = parts.as_slice() {
            return Err(Fixed::Read);
        }
        formula::written(&parts, exact)
    }

    /// From other columns of its row, where these count the same lines.
    fn across(&self, at: Place, of: Of<'_>) -> Option<Vec<Part>> {
        let table = self.tables[at.table];
        table.columns[at.column].ways.iter().find_map(|way| self.way(at, of, way))
    }

    fn way(&self, at: Place, of: Of<'_>, way: &[(Sign, usize)]) -> Option<Vec<Part>> {
        let table = self.tables[at.table];
        let mut rest = counted(of.slice);
        let mut parts = Vec::new();
        for (sign, column) in way {
            if leads_to(table, *column, at.column) {
                return None;
            }
            let cell = &table.rows[at.row].cells[*column];
            let Some(amount) = cell.money() else {
                // Nothing where there is no line is nothing to add.
                if cell.why == Why::NoLines {
                    continue;
                }
                return None;
            };
            let part = summed(&cell.why, 0).filter(|part| part.book == of.book && same_lines(part.slice, of.slice))?;
            for (times, measure) in counted(part.slice) {
                take(&mut rest, if *sign == Sign::Plus { times } else { -times }, measure);
            }
            parts.push(self.part(*sign, Place { column: *column, ..at }, amount));
        }
        rest.retain(|(times, _)| *times != 0);
        // What no column has must be what no line has, now and after a change.
        let nothing = match self.asked.get(of.book).and_then(Option::as_ref) {
            Some(asked) => asked.effects.total(&rest, asked.effects.cut(of.slice)).count == 0,
            None => true,
        };
        (nothing && !parts.is_empty()).then_some(parts)
    }

    /// From the rows that are its parts, and its own lines.
    fn down(&self, at: Place, of: Of<'_>) -> Option<Vec<Part>> {
        let table = self.tables[at.table];
        if !table.rows[at.row].complete {
            return None;
        }
        let mut parts = Vec::new();
        let (mut accounts, mut others) = (0, 0);
        for row in &self.parts[at.table][at.row] {
            let cell = &table.rows[*row].cells[at.column];
            let Some(amount) = cell.money() else { continue };
            let part = summed(&cell.why, 0).filter(|part| part.book == of.book)?;
            if counted(part.slice) != counted(of.slice) {
                return None;
            }
            if part.slice.account == of.slice.account {
                others += 1
            } else {
                accounts += 1
            }
            parts.push(self.part(Sign::Plus, Place { row: *row, ..at }, amount));
        }
        match (accounts, others) {
            (0, 0) => None,
            (_, 0) => {
                if let Some(asked) = self.asked.get(of.book).and_then(Option::as_ref) {
                    let own = asked.effects.own(of.slice);
                    parts.extend(lines(asked, of.slice, own));
                }
                Some(parts)
            }
            (0, _) => Some(parts),
            _ => None,
        }
    }

    /// An amount of which what does not fill a unit was dropped. The rule is said in words, whose first number is it.
    fn rounded(&self, at: Place, book: usize, (of, rule): (&Step, &str), exact: Money) -> Result<String, Fixed> {
        let whole = formula::written(&self.step(at, book, Sign::Plus, of)?, of.amount)?;
        if !exact::holds_won(exact) {
            return Err(Fixed::TooLarge);
        }
        let digits: String = rule.chars().take_while(char::is_ascii_digit).collect();
        match digits.parse::<u32>() {
            Ok(unit) if unit.to_string().trim_end_matches('0') == "1" && of.amount.cut_to(i64::from(unit)) == exact => {
                // What was returned too much is not cut.
                let places = digits.len() - 1;
                let minus = if places > 0 { "-" } else { "" };
                Ok(format!("IF({whole}<0,{whole},ROUNDDOWN({whole},{minus}{places}))"))
            }
            Err(_) if exact.is_zero() && of.amount.is_negative() => Ok(format!("MAX({whole},0)")),
            _ => Err(Fixed::Untold),
        }
    }

    /// A rate of two amounts; none of nothing.
    fn rate(&self, at: Place, why: &Why, exact: Rate) -> WonCell {
        let (Why::PartOf(both), book) = within(why, 0) else {
            return WonCell::Rate { formula: Err(Fixed::Untold), of: None };
        };
        let one = |step: &Step| {
            let parts = match self.located(at, book, step) {
                Some(place) => vec![self.part(Sign::Plus, place, step.amount)],
                None => self.parts_of(at, &step.why, book)?,
            };
            let is_cell = matches!(parts.as_slice(), [Part { sign: Sign::Plus, atom: Atom::Cell(..), .. }]);
            formula::written(&parts, step.amount).map(|text| (text, is_cell))
        };
        let none = |fixed| WonCell::Rate { formula: Err(fixed), of: None };
        // Nothing of something is a part that no line has to do with.
        let part = match one(&both.0) {
            Err(_) if exact.part().is_zero() => Ok(("0".to_owned(), false)),
            part => part,
        };
        match (part, one(&both.1)) {
            (Ok((part, part_is_cell)), Ok((whole, whole_is_cell))) => {
                let bracketed = |text: &str, is_cell: bool| if is_cell { text.to_owned() } else { format!("({text})") };
                let (part, whole) = (bracketed(&part, part_is_cell), bracketed(&whole, whole_is_cell));
                let formula = Ok(format!("IF({whole}>0,{part}/{whole},\"-\")"));
                WonCell::Rate { formula, of: (part_is_cell && whole_is_cell).then_some((part, whole)) }
            }
            (Err(fixed), _) | (_, Err(fixed)) => none(fixed),
        }
    }

    /// What a reason is worked out from.
    fn parts_of(&self, at: Place, why: &Why, book: usize) -> Result<Vec<Part>, Fixed> {
        match why {
            Why::Summed(slice) => match self.asked.get(book).and_then(Option::as_ref) {
                Some(asked) => {
                    let all = asked.effects.cut(slice);
                    lines(asked, slice, all).map(|part| vec![part]).ok_or(Fixed::Untold)
                }
                None => Err(Fixed::LinesLeftOut),
            },
            Why::Elsewhere(book, why) => self.parts_of(at, why, *book),
            Why::Worked(steps) => {
                let step = |(sign, step): &(Sign, Step)| self.step(at, book, *sign, step);
                let steps: Result<Vec<_>, _> = steps.iter().map(step).collect();
                steps.map(|parts| parts.into_iter().flatten().collect())
            }
            Why::Read(_) => Err(Fixed::Read),
            Why::Divided(_) => Err(Fixed::Divided),
            Why::Rounded(_) | Why::PartOf(_) | Why::Label => Err(Fixed::Untold),
            Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => Err(Fixed::Untold),
        }
    }

    /// A step: the cell that says it, or else what it is worked out from.
    fn step(&self, at: Place, book: usize, sign: Sign, step: &Step) -> Result<Vec<Part>, Fixed> {
        if let Some(place) = self.located(at, book, step) {
            return Ok(vec![self.part(sign, place, step.amount)]);
        }
        match self.parts_of(at, &step.why, book) {
            Ok(mut parts) => {
                if sign == Sign::Minus {
                    parts.iter_mut().for_each(|part| part.sign = formula::against(part.sign));
                }
                Ok(parts)
            }
            Err(Fixed::Read) => Ok(vec![Part { sign, atom: Atom::Number, amount: step.amount }]),
            // Nothing, as no line has to do with it.
            Err(_) if step.amount.is_zero() && step.why == Why::NoLines => Ok(Vec::new()),
            Err(fixed) => Err(fixed),
        }
    }

    /// The cell that says the same for the same reason of the same book: of the same row, or else column, or else table.
    fn located(&self, at: Place, book: usize, step: &Step) -> Option<Place> {
        let (why, book) = within(&step.why, book);
        let same = self.saying.get(&(step.amount, why, book))?.iter().filter(|place| **place != at);
        let far = |place: &&Place| {
            let away = (place.table != at.table, place.row != at.row, place.column != at.column);
            match away {
                (false, false, _) => 0,
                (false, _, false) => 1,
                (false, ..) => 2,
                (true, ..) => 3,
            }
        };
        same.min_by_key(far).copied()
    }

    fn part(&self, sign: Sign, at: Place, amount: Money) -> Part {
        let (row, column) = position(self.tops, at);
        Part { sign, atom: Atom::Cell(row, column), amount }
    }
}

/// The lines of a slice within a cut, as a part of a sum.
fn lines(asked: &Asked<'_>, slice: &Slice, cut: super::effects::Cut) -> Option<Part> {
    let lined = sumifs::lined(&asked.effects, &asked.ranges, slice, cut)?;
    let amount = lined.sum.total;
    Some(Part { sign: Sign::Plus, atom: Atom::Lines(lined.terms, lined.sum), amount })
}

/// Whether two slices are bounded alike, whatever they count.
fn same_lines(one: &Slice, other: &Slice) -> bool {
    (one.account, one.scope, one.when) == (other.account, other.scope, other.when)
}

fn take(rest: &mut Vec<(i32, Measure)>, times: i32, measure: Measure) {
    match rest.iter_mut().find(|(_, known)| *known == measure) {
        Some((left, _)) => *left -= times,
        None => rest.push((-times, measure)),
    }
}

/// Whether a column is worked out, by whatever way, from another or is it.
fn leads_to(table: &Table, from: usize, to: usize) -> bool {
    let mut seen = vec![false; table.columns.len()];
    let mut open = vec![from];
    while let Some(column) = open.pop() {
        if column == to {
            return true;
        }
        if !std::mem::replace(&mut seen[column], true) {
            open.extend(table.columns[column].ways.iter().flatten().map(|(_, next)| *next));
        }
    }
    false
}

/// Shows every slice that a reason goes back to, and which of the books it is of.
pub(super) fn slices(why: &Why, book: usize, see: &mut impl FnMut(usize, &Slice)) {
    match why {
        Why::Summed(slice) => see(book, slice),
        Why::Worked(steps) => steps.iter().for_each(|(_, step)| slices(&step.why, book, see)),
        Why::PartOf(both) => [&both.0, &both.1].into_iter().for_each(|step| slices(&step.why, book, see)),
        Why::Divided(division) => slices(&division.whole.why, book, see),
        Why::Rounded(rounded) => slices(&rounded.0.why, book, see),
        Why::Elsewhere(book, why) => slices(why, *book, see),
        Why::Label | Why::Read(_) => {}
        Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => {}
    }
}
