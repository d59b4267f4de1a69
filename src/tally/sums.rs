//! Sums of every measure, of which any may be absent.

use crate::ledger::{Formula, Kind, Measure, Side, Sign};
use crate::money::Money;

/// What some lines add up to, measure by measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    amounts: [Money; Measure::ALL.len()],
    /// One bit for each measure that a line touched.
    touched: u32,
}

impl Sums {
    /// Of no lines.
    pub const NOTHING: Sums = Sums { amounts: [Money::ZERO; Measure::ALL.len()], touched: 0 };

    fn add(&mut self, measure: Measure, amount: Money) {
        self.amounts[measure.index()] += amount;
        self.touched |= 1 << measure.index();
    }

    /// Adds the sums of other lines.
    pub fn merge(&mut self, other: &Sums) {
        for (mine, theirs) in self.amounts.iter_mut().zip(other.amounts) {
            *mine += theirs;
        }
        self.touched |= other.touched;
    }

    pub(super) fn touched(&self) -> u32 {
        self.touched
    }

    /// The sum of a measure, if a line touched it.
    pub fn get(&self, measure: Measure) -> Option<Money> {
        (self.touched & 1 << measure.index() != 0).then(|| self.amounts[measure.index()])
    }

    /// A signed sum; absent where no line touched any of its measures.
    pub fn worked(&self, formula: Formula) -> Option<Money> {
        let parts = formula.iter().filter_map(|(sign, measure)| {
            let amount = self.get(*measure)?;
            Some(if *sign == Sign::Plus { amount } else { -amount })
        });
        parts.reduce(|a, b| a + b)
    }
}

/// Sums at several places.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Of lines that say nothing but their kind, as most do: what a kind does is asked when sums are, and not for every line
    /// (5 % of all instructions).
    kinds: Table<{ Kind::ALL.len() }>,
    /// Of what other lines do.
    measures: Table<{ Measure::ALL.len() }>,
}

/// Two are equal where their sums are.
impl PartialEq for Columns {
    fn eq(&self, other: &Columns) -> bool {
        self.places() == other.places() && (0..self.places()).all(|place| self.at(place) == other.at(place))
    }
}

impl Eq for Columns {}

impl Columns {
    /// Of no lines.
    pub(super) fn new(places: usize) -> Columns {
        Columns { kinds: Table::new(places), measures: Table::new(places) }
    }

    fn places(&self) -> usize {
        self.kinds.touched.len()
    }

    /// Adds a line that says nothing but its kind.
    #[inline(always)]
    pub(super) fn add_plain(&mut self, place: usize, kind: Kind, amount: Money) {
        self.kinds.add(place, kind as usize, amount);
    }

    /// Adds what a line does.
    pub(super) fn add(&mut self, place: usize, measure: Measure, amount: Money) {
        self.measures.add(place, measure.index(), amount);
    }

    /// Adds the sums of other lines at the same places.
    pub(super) fn merge(&mut self, other: Columns) {
        self.kinds.merge(other.kinds);
        self.measures.merge(other.measures);
    }

    /// The sums at a place.
    pub(super) fn at(&self, place: usize) -> Sums {
        let mut sums = Sums::NOTHING;
        self.add_to(&mut sums, place);
        sums
    }

    /// The sums of several places.
    pub(super) fn together(&self, counts: impl Fn(usize) -> bool) -> Sums {
        let mut sums = Sums::NOTHING;
        (0..self.places()).filter(|place| counts(*place)).for_each(|place| self.add_to(&mut sums, place));
        sums
    }

    fn add_to(&self, sums: &mut Sums, place: usize) {
        for (measure, amount) in self.measures.at(place) {
            sums.add(Measure::ALL[measure], amount);
        }
        for (kind, amount) in self.kinds.at(place) {
            for effect in Kind::ALL[kind].effects(None).iter().filter(|effect| effect.on == Side::Account) {
                sums.add(effect.measure, effect.of(amount));
            }
        }
    }

    /// The sums at all places.
    pub(super) fn all(&self) -> Vec<Sums> {
        (0..self.places()).map(|place| self.at(place)).collect()
    }
}

/// Amounts at several places, column by column: what lines add to lies close together, as they touch few columns, and a
/// column that none touches takes no room.
#[derive(Clone, Debug)]
struct Table<const COLUMNS: usize> {
    /// Of each column, its amounts at all places; nothing where no line touched it.
    amounts: [Vec<Money>; COLUMNS],
    /// One bit for each column that a line touched, of each place.
    touched: Vec<u32>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    fn new(places: usize) -> Table<COLUMNS> {
        Table { amounts: std::array::from_fn(|_| Vec::new()), touched: vec![0; places] }
    }

    #[inline(always)]
    fn add(&mut self, place: usize, column: usize, amount: Money) {
        self.touched[place] |= 1 << column;
        let amounts = &mut self.amounts[column];
        if amounts.is_empty() {
            amounts.resize(self.touched.len(), Money::ZERO);
        }
        amounts[place] += amount;
    }

    fn merge(&mut self, other: Table<COLUMNS>) {
        for (mine, theirs) in self.amounts.iter_mut().zip(other.amounts) {
            if mine.is_empty() {
                *mine = theirs;
            } else {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
            }
        }
        self.touched.iter_mut().zip(other.touched).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// The columns that a line touched at a place, each with its amount.
    fn at(&self, place: usize) -> impl Iterator<Item = (usize, Money)> + '_ {
        let mut left = self.touched[place];
        std::iter::from_fn(move || {
            let column = left.checked_ilog2()? as usize;
            left &= !(1 << column);
            Some((column, self.amounts[column][place]))
        })
    }
}
