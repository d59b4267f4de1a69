//! What the first reading cannot tell, and a second one is asked for: which lines are the same, and which lines bear the
//! numbers that others go back to.
//!
//! The first reading keeps eight bytes a line (a mark of what it says), and the numbers that refunds, releases and
//! reclassifications name. Lines whose marks are equal are read again and compared in full, so that no two
//! lines are called the same because their marks are. Where there is nothing to compare, nothing is read again.
//!
//! Marks lie in as many heaps as their first bits tell apart, so that each is put in order within the cache of a core, and
//! several at once.

use super::at_once::at_once;
use super::course::Dated;
use crate::ledger::{AccountId, Kind, Line, Sink};
use crate::money::Money;
use crate::source::Origin;
use foldhash::fast::FixedState;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};
use std::num::NonZeroUsize;
use std::sync::Arc;

/// What a line says that another of the same would say, too. What was paid for one item, or from one fund, is not what was
/// paid for another, though both stand on one voucher; nor is what came back of one payment what came back of another. A
/// line that bears a number is told by it; another by all that it says.
fn says(line: &Line<'_>) -> String {
    let ends = (line.account, line.other, line.item, line.fund, line.subtype, line.corrects, line.of());
    let common = format!("{}\u{1f}{}\u{1f}{ends:?}\u{1f}{:?}", line.date, line.kind.word().id, line.amount);
    match line.reference() {
        Some(number) => format!("{common}\u{1f}{number}"),
        None => {
            let rest = [line.payee(), line.memo()].map(Option::unwrap_or_default).join("\u{1f}");
            format!("{common}\u{1f}\u{1f}{rest}")
        }
    }
}

/// The same as a number, without building a text; the same for every worker.
fn mark(line: &Line<'_>, dated: &Dated) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    // As much at once as a hash takes: the fewer words, the quicker.
    let both = |one: u64, other: u64| u128::from(one) << 64 | u128::from(other);
    // What is blank is absent, and has no length; no text is longer than a row may be.
    let lengths = |one: &str, other: &str| (one.len() as u64) << 24 | other.len() as u64;
    let (number, of) = (line.reference().unwrap_or_default(), line.of().unwrap_or_default());
    hasher.write_u128(both(accounts(line), ids(line)));
    hasher.write_u128(both(dated.number(), what(line) << 48 | lengths(number, of)));
    line.amount.hash(&mut hasher);
    hasher.write(number.as_bytes());
    if !of.is_empty() {
        hasher.write(of.as_bytes());
    }
    if number.is_empty() {
        let (payee, memo) = (line.payee().unwrap_or_default(), line.memo().unwrap_or_default());
        hasher.write_u64(lengths(payee, memo));
        hasher.write(payee.as_bytes());
        hasher.write(memo.as_bytes());
    }
    hasher.finish()
}

/// The accounts of a line in one word.
#[inline]
fn accounts(line: &Line<'_>) -> u64 {
    let account = |account: AccountId| account.index() as u64;
    account(line.account) << 32 | line.other.map_or(0, |other| account(other) + 1)
}

/// What else of the books it names in one word.
#[inline]
fn ids(line: &Line<'_>) -> u64 {
    let id = |id: Option<u32>| id.map_or(0, |id| u64::from(id) + 1);
    id(line.item.map(|item| item.0)) << 32 | id(line.fund.map(|fund| fund.0))
}

/// What it does in fifteen bits.
#[inline]
fn what(line: &Line<'_>) -> u64 {
    let kind = |kind: Option<Kind>| kind.map_or(0, |kind| kind as u64 + 1);
    let subtype = line.subtype.map_or(0, |subtype| subtype as u64 + 1);
    kind(Some(line.kind)) << 10 | kind(line.corrects) << 5 | subtype
}

/// A mark of every line.
pub(super) struct Marks {
    heaps: [Heap; HEAPS],
}

/// Some of the marks, in pieces: what is there need not be moved when more comes.
type Heap = Vec<Vec<u64>>;

/// How many heaps of marks there are: enough that those of ten million lines fit a cache each.
const HEAPS: usize = 64;

/// How many marks a piece of a heap has: a page.
const PIECE: usize = 512;

impl Default for Marks {
    fn default() -> Marks {
        Marks { heaps: std::array::from_fn(|_| vec![Vec::new()]) }
    }
}

impl Marks {
    #[inline]
    pub(super) fn line(&mut self, line: &Line<'_>, dated: &Dated) {
        let mark = mark(line, dated);
        let heap = &mut self.heaps[(mark >> (u64::BITS - HEAPS.ilog2())) as usize];
        match heap.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(mark),
            _ => begin_a_piece(heap, mark),
        }
    }

    pub(super) fn merge(&mut self, other: Marks) {
        self.heaps.iter_mut().zip(other.heaps).for_each(|(mine, theirs)| mine.extend(theirs));
    }

    /// The marks that several lines have.
    fn several(self, jobs: NonZeroUsize) -> HashSet<u64> {
        let found = at_once(jobs, self.heaps.into(), |heap: Heap| several_of(&heap));
        found.into_iter().flatten().collect()
    }
}

#[cold]
fn begin_a_piece(heap: &mut Heap, mark: u64) {
    let mut piece = Vec::with_capacity(PIECE);
    piece.push(mark);
    heap.push(piece);
}

/// The marks that are there several times. To put all in order takes 4 % of the time of a check: first is seen which may be,
/// as another has the same bit of some, and then which of these few are.
fn several_of(heap: &[Vec<u64>]) -> Vec<u64> {
    let all = || heap.iter().flatten().copied();
    let marks = heap.iter().map(Vec::len).sum();
    let (mut met, mut met_again) = (Bits::of(marks), Bits::of(marks));
    for mark in all() {
        if met.set(mark) {
            met_again.set(mark);
        }
    }
    let mut maybe: Vec<u64> = all().filter(|mark| met_again.has(*mark)).collect();
    maybe.sort_unstable();
    maybe.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

/// A bit for each mark, which others may share.
struct Bits(Vec<u64>);

impl Bits {
    /// Eight bits for each of some marks at least.
    fn of(marks: usize) -> Bits {
        Bits(vec![0; (marks * 8).div_ceil(64).next_power_of_two()])
    }

    /// The word of a mark's bit, and the bit in it. The first bits of a mark tell in which heap it lies.
    fn place(&self, mark: u64) -> (usize, u64) {
        ((mark >> 6) as usize & (self.0.len() - 1), 1 << (mark & 63))
    }

    fn has(&self, mark: u64) -> bool {
        let (word, bit) = self.place(mark);
        self.0[word] & bit != 0
    }

    /// Sets the bit of a mark, and tells whether it was set.
    fn set(&mut self, mark: u64) -> bool {
        let (word, bit) = self.place(mark);
        let was = self.0[word] & bit != 0;
        self.0[word] |= bit;
        was
    }
}

/// The numbers that lines go back to, and how much goes back to each.
#[derive(Default)]
pub(super) struct Numbers {
    named: BTreeMap<String, Named>,
    /// What corrections of refunds come to, by the number that they go back to.
    mended: BTreeMap<String, Money>,
}

/// What goes back to a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// What refunds that name it come to.
    pub(super) refunded: Money,
    /// The lines that name it, of each kind.
    pub(super) by: BTreeMap<&'static str, Namers>,
}

/// Lines of one kind that name a number: the first by its place, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Namers {
    pub(super) first: Origin,
    pub(super) count: u64,
}

impl Namers {
    fn merge(&mut self, other: Namers) {
        *self = Namers { first: self.first.min(other.first), count: self.count + other.count };
    }
}

/// The kinds of line that go back to another, each with the kind that it goes back to.
pub(super) const GOES_BACK: [(Kind, Kind); 3] = [
    (Kind::Refund, Kind::Disbursement),
    (Kind::Reclassification, Kind::Disbursement),
    (Kind::CommitmentRelease, Kind::Commitment),
];

impl Numbers {
    #[inline]
    pub(super) fn line(&mut self, line: &Line<'_>) {
        let goes_back = GOES_BACK.iter().any(|(kind, _)| *kind == line.kind);
        let mends = line.corrects == Some(Kind::Refund);
        if goes_back || mends {
            self.names(line, goes_back, mends);
        }
    }

    /// Takes a line that names a number, if it does.
    #[cold]
    fn names(&mut self, line: &Line<'_>, goes_back: bool, mends: bool) {
        let Some(of) = line.of() else { return };
        if mends {
            *self.mended.entry(of.to_owned()).or_default() += line.amount;
        }
        if !goes_back {
            return;
        }
        if !self.named.contains_key(of) {
            self.named.insert(of.to_owned(), Named::default());
        }
        if let Some(named) = self.named.get_mut(of) {
            named.add(line.kind, line.amount, line.origin);
        }
    }

    pub(super) fn merge(&mut self, other: Numbers) {
        for (of, theirs) in other.named {
            let mine = self.named.entry(of).or_default();
            mine.refunded += theirs.refunded;
            for (kind, namers) in theirs.by {
                mine.name(kind, namers);
            }
        }
        for (of, amount) in other.mended {
            *self.mended.entry(of).or_default() += amount;
        }
    }
}

impl Named {
    fn add(&mut self, kind: Kind, amount: Money, origin: Origin) {
        if kind == Kind::Refund {
            self.refunded += amount;
        }
        self.name(kind.word().id, Namers { first: origin, count: 1 });
    }

    fn name(&mut self, kind: &'static str, namers: Namers) {
        self.by.entry(kind).and_modify(|known| known.merge(namers)).or_insert(namers);
    }
}

/// What a second reading looks for.
pub(super) struct Wanted {
    marks: HashSet<u64>,
    named: BTreeMap<String, Named>,
    mended: BTreeMap<String, Money>,
}

impl Wanted {
    /// What is still to be told after the first reading; nothing where all is.
    pub(super) fn of(marks: Marks, numbers: Numbers, jobs: NonZeroUsize) -> Option<Wanted> {
        let wanted = Wanted { marks: marks.several(jobs), named: numbers.named, mended: numbers.mended };
        (!wanted.marks.is_empty() || !wanted.named.is_empty()).then_some(wanted)
    }
}

/// Lines that say the same, in the order of their places, and what bears the numbers that lines go back to.
#[derive(Default)]
pub(super) struct Recalled {
    /// Each with its kind; the first is the one that the others are the same as.
    pub(super) same: Vec<(Kind, Vec<Origin>)>,
    /// Each number that is named, what goes back to it and what bears it.
    pub(super) numbers: Vec<(String, Named, Borne)>,
}

/// The lines that bear a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Borne {
    /// What disbursements that bear it come to, with what corrects them.
    pub(super) disbursed: Money,
    /// The first line of each kind that bears it.
    pub(super) by: BTreeMap<&'static str, Origin>,
}

/// The second reading: a sink.
pub(super) struct Recall {
    wanted: Arc<Wanted>,
    same: BTreeMap<String, (Kind, Vec<Origin>)>,
    borne: BTreeMap<String, Borne>,
    /// The payments that refunds go back to whose own numbers corrections name.
    refunds: BTreeMap<String, BTreeSet<String>>,
}

impl Recall {
    pub(super) fn new(wanted: &Arc<Wanted>) -> Recall {
        Recall { wanted: Arc::clone(wanted), same: BTreeMap::new(), borne: BTreeMap::new(), refunds: BTreeMap::new() }
    }

    /// What corrections of refunds change of what went back, by the number of the payment. They name the refund, or the
    /// payment itself; where refunds of several payments bear one number, what lowers a sum lowers each, and nobody is
    /// accused.
    fn mended(&self) -> BTreeMap<&str, Money> {
        let mut mended: BTreeMap<&str, Money> = BTreeMap::new();
        for (of, amount) in &self.wanted.mended {
            let payments = match self.refunds.get(of) {
                None => vec![of.as_str()],
                Some(payments) => payments.iter().map(String::as_str).collect(),
            };
            if payments.len() == 1 || amount.is_negative() {
                payments.into_iter().for_each(|payment| *mended.entry(payment).or_default() += *amount);
            }
        }
        mended
    }

    /// What was found.
    pub(super) fn recalled(mut self) -> Recalled {
        let same = std::mem::take(&mut self.same);
        let mut same: Vec<(Kind, Vec<Origin>)> = same.into_values().filter(|(_, all)| all.len() > 1).collect();
        same.iter_mut().for_each(|(_, all)| all.sort_unstable());
        same.sort_by_key(|(_, all)| all[0]);
        let mended = self.mended();
        let numbers = self.wanted.named.iter().map(|(number, named)| {
            let mended = mended.get(number.as_str()).copied().unwrap_or_default();
            let named = Named { refunded: named.refunded + mended, ..named.clone() };
            (number.clone(), named, self.borne.get(number).cloned().unwrap_or_default())
        });
        Recalled { same, numbers: numbers.collect() }
    }
}

impl Sink for Recall {
    fn line(&mut self, line: &Line<'_>) {
        if !self.wanted.marks.is_empty() && self.wanted.marks.contains(&mark(line, &Dated::of(line.date))) {
            self.same.entry(says(line)).or_insert((line.kind, Vec::new())).1.push(line.origin);
        }
        if let (Kind::Refund, Some(number), Some(of)) = (line.kind, line.reference(), line.of())
            && self.wanted.mended.contains_key(number)
        {
            self.refunds.entry(number.to_owned()).or_default().insert(of.to_owned());
        }
        // A correction of a payment changes what can be refunded of it.
        let number = match line.kind {
            Kind::Correction if line.corrects == Some(Kind::Disbursement) => line.of(),
            _ => line.reference(),
        };
        let Some(number) = number.filter(|number| self.wanted.named.contains_key(*number)) else { return };
        let borne = self.borne.entry(number.to_owned()).or_default();
        if line.corrects.unwrap_or(line.kind) == Kind::Disbursement {
            borne.disbursed += line.amount;
        }
        let first = borne.by.entry(line.kind.word().id).or_insert(line.origin);
        *first = (*first).min(line.origin);
    }

    fn merge(&mut self, other: Recall) {
        for (number, payments) in other.refunds {
            self.refunds.entry(number).or_default().extend(payments);
        }
        for (says, (kind, origins)) in other.same {
            self.same.entry(says).or_insert((kind, Vec::new())).1.extend(origins);
        }
        for (number, theirs) in other.borne {
            let mine = self.borne.entry(number).or_default();
            mine.disbursed += theirs.disbursed;
            for (kind, origin) in theirs.by {
                let first = mine.by.entry(kind).or_insert(origin);
                *first = (*first).min(origin);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Marks that share bits, and marks of which hardly any two do, in whichever heaps they came.
        #[test]
        fn marks_that_are_there_several_times_are_found(
            heap in proptest::collection::vec(
                proptest::collection::vec(prop_oneof![0..20_u64, (0..20_u64).prop_map(|n| n << 58 | 5), any::<u64>()], 0..40),
                0..4,
            ),
        ) {
            let mut times: BTreeMap<u64, usize> = BTreeMap::new();
            heap.iter().flatten().for_each(|mark| *times.entry(*mark).or_default() += 1);
            let several: Vec<u64> = times.into_iter().filter(|(_, times)| *times > 1).map(|(mark, _)| mark).collect();
            prop_assert_eq!(several_of(&heap), several);
        }
    }
}
