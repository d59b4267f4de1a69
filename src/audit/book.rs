//! All that a year's documents print, held to account.

use super::against::{self, Against, Stand};
use super::likeliest::likeliest;
use super::misprint::{Cause, Misprint, misprints};
use super::readings::{Possible, Verdict, verdict};
use super::sheet::{Base, Column, Identity, Known, Mark, Row, Says, Sheet, Sort};
use crate::ledger::{AccountId, Books, Claim, Measure, Printed, Sign, Term, When, Worth};
use crate::money::{Money, Range, Reading, Rounding, Unit};
use crate::source::{SourceId, Span};
use crate::tally::{Rolled, Tally};
use crate::words::{self, Text};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A printed table and what became of it.
#[derive(Clone, Debug)]
pub struct Audited {
    /// The table.
    pub sheet: Sheet,
    /// The columns of which it is known that no digit was given up.
    pub exact: Vec<bool>,
    /// Which ways of rounding make it possible.
    pub verdict: Verdict,
    /// The reading of each column by which it is judged.
    pub readings: Vec<Reading>,
    /// What no rounding explains.
    pub misprints: Vec<Misprint>,
}

impl Audited {
    /// Holds the figures of a table against one another.
    pub fn of(sheet: Sheet, exact: Vec<bool>) -> Audited {
        let verdict = verdict(&sheet, &exact);
        let likeliest = likeliest(&sheet, &exact);
        let (readings, ranges) = match (verdict.best(), verdict.possible) {
            // Rates keep the reading that suits most of them.
            (Some(best), _) => {
                let amounts = best.readings.iter().zip(&likeliest).enumerate();
                let readings = amounts.map(|(n, (best, rate))| match sheet.columns[n].sort {
                    Sort::Rate(_) => *rate,
                    Sort::Amount(_) | Sort::Other => *best,
                });
                (readings.collect(), best.outcome.ranges())
            }
            (None, Possible::Untold) => (likeliest, None),
            (None, _) => (likeliest, None),
        };
        let mut misprints = misprints(&sheet, &readings, ranges);
        // What could not be tried to the end is not called impossible: a rate may be wrong all the same.
        if verdict.possible == Possible::Untold {
            misprints.retain(|misprint| misprint.sums.is_empty());
        }
        Audited { readings, misprints, sheet, exact, verdict }
    }

    /// The sums whose printed figures do not come to what is printed, with the difference in grains, that a rounding explains.
    pub fn rounded(&self) -> impl Iterator<Item = (usize, i128)> + '_ {
        let wrong: HashSet<usize> = self.misprints.iter().flat_map(|misprint| misprint.sums.iter().copied()).collect();
        let sums = self.sheet.sums.iter().enumerate().map(|(n, sum)| (n, sum.residual(&self.sheet)));
        sums.filter(move |(n, residual)| *residual != 0 && !wrong.contains(n))
    }

    /// Whether digits may have been given up in any of its sums, so that it matters by which rule.
    pub fn gives_up_digits(&self) -> bool {
        let cells = self.sheet.sums.iter().flat_map(|sum| sum.terms.iter().map(|(_, cell)| *cell));
        cells.into_iter().any(|cell| !self.exact[self.sheet.place(cell).1] && self.sheet.step(cell) > 1)
    }

    /// The ranges that are left to its cells, where it is possible.
    pub fn ranges(&self) -> Option<&[Range]> {
        self.verdict.best()?.outcome.ranges()
    }
}

/// One quantity that is printed in several places.
#[derive(Clone, Debug)]
pub struct Twice {
    /// Where, as places in [`Books::printed`].
    pub printed: Vec<usize>,
    /// Whether some amount is printed so in all of them.
    pub agrees: Agrees,
}

/// Whether figures of one quantity agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agrees {
    /// They are the same, or one is the other in fewer digits.
    Yes,
    /// No amount is printed so in both.
    No,
}

/// A printed figure that a document says is a sum of others.
#[derive(Clone, Debug)]
pub struct Equality {
    /// Which, as a place in [`Books::printed`].
    pub printed: usize,
    /// Of which.
    pub parts: Vec<(Sign, usize)>,
    /// The parts less the whole, as printed.
    pub residual: Money,
    /// The rules that explain the difference, where there is one.
    pub rules: Vec<Rounding>,
}

/// Amounts that documents list one by one, against the amount that they are part of.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What is listed.
    pub what: What,
    /// Of which account.
    pub account: AccountId,
    /// How many amounts.
    pub count: usize,
    /// What they come to.
    pub sum: Money,
    /// The amount that the ledger has.
    pub whole: Money,
    /// How they stand to it.
    pub stand: ListStand,
    /// Whether they come to the budget of the account to the last digit, though something else was spent.
    pub is_budget: bool,
}

/// What is listed one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The reported costs of what was done, against what was disbursed.
    Costs,
    /// The planned costs of items, against the budget.
    Plan,
}

/// How a list stands to the amount that it is part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListStand {
    /// It comes to it.
    Whole,
    /// It comes to it by these rules.
    Rounded(Vec<Rounding>),
    /// It is less: the rest is not listed.
    Partial,
    /// It is more than any customary rule explains.
    TooMuch {
        /// By how much at least, beyond all that such a rule allows.
        gap: Money,
        /// What would explain it all the same: every amount raised.
        only: Option<Rounding>,
    },
}

/// All that a year's documents print, held to account.
pub struct Audit<'b> {
    /// The books.
    pub books: &'b Books,
    /// What its lines add up to.
    pub rolled: Rolled,
    /// Which lines, by their dates.
    pub when: When,
    /// Every printed table.
    pub tables: Vec<Audited>,
    /// Every printed figure against the ledger, in the order of [`Books::printed`].
    pub figures: Vec<Against>,
    /// Quantities that are printed more than once.
    pub twice: Vec<Twice>,
    /// Figures that are said to be sums of others.
    pub equalities: Vec<Equality>,
    /// Lists against what they are part of.
    pub lists: Vec<Listed>,
    /// Where the cells stand that are called misprints of their tables.
    suspects: HashSet<Span>,
}

impl<'b> Audit<'b> {
    /// Holds everything to account.
    pub fn of(books: &'b Books, tally: &Tally<'_>) -> Audit<'b> {
        let rolled = tally.rolled_up();
        let figures: Vec<Against> = (0..books.printed.len()).map(|n| against::against(books, &rolled, n)).collect();
        let tables: Vec<Audited> = sheets(books, &rolled)
            .into_iter()
            .map(|(sheet, cells)| {
                let exact = exact_columns(&sheet, &cells, &figures);
                Audited::of(sheet, exact)
            })
            .collect();
        let lists = super::lists::lists(books, &rolled, &tables);
        let when = When::by(tally.day());
        let suspects = tables.iter().flat_map(suspected).collect();
        let (twice, equalities) = (twice(books), equalities(books));
        Audit { books, rolled, when, tables, figures, twice, equalities, lists, suspects }
    }

    /// Whether nothing is printed and nothing listed.
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.lists.is_empty()
    }

    /// Whether a printed figure stands in what is already called a misprint of its table.
    pub fn is_suspect(&self, printed: usize) -> bool {
        self.suspects.contains(&self.books.printed[printed].span)
    }
}

/// Where the cells of a table stand that its misprints suspect.
fn suspected(table: &Audited) -> impl Iterator<Item = Span> + '_ {
    let cells = table.misprints.iter().flat_map(|misprint| match &misprint.cause {
        Cause::Cells(suspects) => suspects.as_slice(),
        Cause::Rows { .. } => &[],
    });
    cells.map(|suspect| table.sheet.marks[suspect.cell].span)
}

/// The printed tables of a year; for each cell, which of the printed figures it is.
fn sheets(books: &Books, rolled: &Rolled) -> Vec<(Sheet, Vec<Option<usize>>)> {
    let mut by_source: BTreeMap<SourceId, Vec<usize>> = BTreeMap::new();
    for (n, printed) in books.printed.iter().enumerate() {
        if Some(printed.span.source) != books.manifest {
            by_source.entry(printed.span.source).or_default().push(n);
        }
    }
    let children = books.accounts.children();
    by_source.into_iter().map(|(source, printed)| sheet(books, rolled, &children, source, &printed)).collect()
}

fn sheet(
    books: &Books,
    rolled: &Rolled,
    children: &[Vec<AccountId>],
    source: SourceId,
    printed: &[usize],
) -> (Sheet, Vec<Option<usize>>) {
    let figure = |n: &usize| -> &Printed { &books.printed[*n] };
    let mut claims: Vec<Claim> = Vec::new();
    // Each row where its account is named first.
    let mut accounts: Vec<(AccountId, Span)> = Vec::new();
    let mut place: HashMap<AccountId, usize> = HashMap::new();
    for one in printed.iter().map(figure) {
        if !claims.contains(&one.claim) {
            claims.push(one.claim);
        }
        place.entry(one.account).or_insert_with(|| {
            accounts.push((one.account, one.span));
            accounts.len() - 1
        });
    }
    let unit = printed.iter().map(figure).find_map(|one| one.unit).unwrap_or_default();
    let columns: Vec<Column> = claims.iter().map(|claim| column(*claim, unit)).collect();
    let rows = accounts.iter().map(|(account, span)| row(books, *account, &place, children, *span)).collect();
    let width = claims.len();
    let mut cells: Vec<Option<usize>> = vec![None; accounts.len() * width];
    for n in printed {
        let one = figure(n);
        let column = claims.iter().position(|claim| *claim == one.claim).unwrap_or_default();
        cells[place[&one.account] * width + column] = Some(*n);
    }
    let nowhere = books.place_of_year();
    let mark = |cell: &Option<usize>| match cell.map(|n| &books.printed[n]) {
        None => Mark { text: String::new(), says: Says::Nothing, span: nowhere },
        Some(one) => Mark { text: one.text.clone(), says: one.figure.map_or(Says::Nil, Says::Figure), span: one.span },
    };
    let marks = cells.iter().map(mark).collect();
    let title = printed.first().and_then(|n| books.printed[*n].document.as_ref());
    let title = title.and_then(|id| books.year.documents.iter().find(|document| &document.id == id));
    let name = books.sources.get(source).name.clone();
    let title = title.map_or_else(|| Text::same(name), |document| document.title.clone());
    (Sheet::new(title, columns, rows, marks).tied(identities(books, rolled, &claims)), cells)
}

fn column(claim: Claim, unit: Unit) -> Column {
    let (heading, sort) = match claim {
        Claim::Term(term) if term.is_rate() => (term.word().text(), Sort::Rate(100)),
        Claim::Term(term) => (term.word().text(), Sort::Amount(unit)),
        Claim::GrossBudget => (words::GROSS_BUDGET.text(), Sort::Amount(unit)),
        Claim::GrantorSpent => (words::GRANTOR_SPENT.text(), Sort::Amount(unit)),
    };
    Column { heading, claim: Some(claim), sort, span: None }
}

fn row(
    books: &Books,
    account: AccountId,
    place: &HashMap<AccountId, usize>,
    children: &[Vec<AccountId>],
    span: Span,
) -> Row {
    let known = books.accounts.get(account);
    let is_root = account == AccountId::ROOT;
    let mut above = known.parent;
    let parent = loop {
        match place.get(&above) {
            _ if is_root => break None,
            Some(row) => break Some(*row),
            None if above == AccountId::ROOT => break None,
            None => above = books.accounts.get(above).parent,
        }
    };
    Row {
        name: if is_root { books.year.presentation.total_label.clone() } else { known.name.clone() },
        path: if is_root { "계".to_owned() } else { known.path.to_string() },
        account: Some(account),
        parent,
        complete: covered_below(account, place, children),
        span,
    }
}

/// Whether the table has every account right below one, or all that stands below those it leaves out.
fn covered_below(account: AccountId, place: &HashMap<AccountId, usize>, children: &[Vec<AccountId>]) -> bool {
    let below = &children[account.index()];
    let covered = |id: &AccountId| place.contains_key(id) || covered_below(*id, place, children);
    !below.is_empty() && below.iter().all(covered)
}

/// How the columns of a table follow from one another, by what their terms mean. A part that the table leaves out has to
/// be nothing in the ledger.
fn identities(books: &Books, rolled: &Rolled, claims: &[Claim]) -> Vec<Identity> {
    let mode = books.year.grant_mode;
    let column = |term: Term| claims.iter().position(|claim| *claim == Claim::Term(term));
    let nothing = |term: Term| {
        let formula = term.formula(mode);
        formula.iter().all(|(_, measure): &(Sign, Measure)| !rolled.has(AccountId::ROOT, *measure))
    };
    let mut found = Vec::new();
    for (target, claim) in claims.iter().enumerate() {
        let Claim::Term(term) = claim else { continue };
        let known =
            |target, parts, whole| Identity { target, parts, whole, base: Base::Row, rows: None, source: Known::Term };
        if let Worth::Part(part, whole) = term.worth(mode) {
            // What a settlement calls its budget is the current one.
            let at = |term: Term| column(term).or_else(|| column(Term::Budget).filter(|_| term == Term::CurrentBudget));
            if let (Some(part), Some(whole)) = (at(part), at(whole)) {
                found.push(known(target, vec![(Sign::Plus, part)], Some(whole)));
            }
            continue;
        }
        let way = term.ways().iter().find_map(|way| {
            let there = way.iter().filter_map(|(sign, part)| Some((*sign, column(*part)?))).collect::<Vec<_>>();
            let left_out = way.iter().filter(|(_, part)| column(*part).is_none());
            (there.len() > 1 && left_out.clone().all(|(_, part)| nothing(*part))).then_some(there)
        });
        found.extend(way.map(|parts| known(target, parts, None)));
    }
    found
}

/// The columns of which every printed figure is the ledger's to the last digit: no digit was given up in them.
fn exact_columns(sheet: &Sheet, cells: &[Option<usize>], figures: &[Against]) -> Vec<bool> {
    let column = |n: usize| {
        let own = (0..sheet.rows.len()).filter_map(|row| cells[sheet.cell(row, n)]);
        let mut stands = own
            .map(|printed| &figures[printed].stand)
            .filter(|stand| !matches!(stand, Stand::NotAttributed | Stand::Nil))
            .peekable();
        stands.peek().is_some() && stands.all(|stand| *stand == Stand::Exact)
    };
    (0..sheet.columns.len()).map(column).collect()
}

/// Figures of one quantity, where it is printed more than once.
fn twice(books: &Books) -> Vec<Twice> {
    // In the order in which they are printed first.
    let mut all: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<(AccountId, Claim), usize> = HashMap::new();
    for (n, printed) in books.printed.iter().enumerate().filter(|(_, printed)| printed.figure.is_some()) {
        let key = (printed.account, printed.claim);
        let group = *known.entry(key).or_insert(all.len());
        if group == all.len() {
            all.push(Vec::new());
        }
        all[group].push(n);
    }
    let several = all.into_iter().filter(|all| all.len() > 1);
    let range = |n: usize| {
        let one = &books.printed[n];
        let figure = one.figure?;
        // A rate has its own digits as its unit.
        let step = one
            .unit
            .map_or(Money::grain(figure.decimals(), Default::default()), |unit| Money::grain(figure.decimals(), unit));
        let Range { low, high } = Reading::any(figure.digits() * step.as_weight(), 1);
        let within = step.as_weight() - 1;
        Some(Range { low: low - within, high: high + within })
    };
    several
        .map(|printed| {
            let ranges: Vec<Range> = printed.iter().filter_map(|n| range(*n)).collect();
            // As many digits in both leave nothing to be rounded: then only the same figure is the same.
            let mut of_grain: HashMap<(Option<Unit>, u32), i128> = HashMap::new();
            let mut figures = printed.iter().filter_map(|n| Some((books.printed[*n].unit, books.printed[*n].figure?)));
            let differ = figures.any(|(unit, figure)| {
                *of_grain.entry((unit, figure.decimals())).or_insert(figure.digits()) != figure.digits()
            });
            let apart = ranges.iter().fold(Range::ANYTHING, |all, range| all.meet(*range)).is_empty();
            Twice { printed, agrees: if differ || apart { Agrees::No } else { Agrees::Yes } }
        })
        .collect()
}

/// Figures that a document says are sums of others.
fn equalities(books: &Books) -> Vec<Equality> {
    // The first of an id counts.
    let ids = books.printed.iter().enumerate().rev().filter_map(|(n, printed)| Some((printed.id.as_deref()?, n)));
    let ids: HashMap<&str, usize> = ids.collect();
    let mut found = Vec::new();
    for (n, printed) in books.printed.iter().enumerate().filter(|(_, printed)| !printed.equals.is_empty()) {
        let parts: Vec<(Sign, usize)> =
            printed.equals.iter().filter_map(|(sign, id)| Some((*sign, *ids.get(id.as_str())?))).collect();
        let step = |n: usize| {
            let one = &books.printed[n];
            Some((one.figure?, Money::grain(one.figure?.decimals(), one.unit?)))
        };
        let terms: Option<Vec<(Sign, crate::money::Figure, Money)>> = std::iter::once((Sign::Minus, n))
            .chain(parts.iter().copied())
            .map(|(sign, n)| step(n).map(|(figure, grain)| (sign, figure, grain)))
            .collect();
        let Some(terms) = terms else { continue };
        let signed = |sign: Sign, amount: Money| if sign == Sign::Plus { amount } else { -amount };
        let residual: Money =
            terms.iter().map(|(sign, figure, grain)| signed(*sign, grain.times(figure.digits()))).sum();
        let finest = terms.iter().map(|(_, _, grain)| *grain).chain([Money::from_won(1)]).min().unwrap_or_default();
        let meets = |rule: &Rounding| {
            let ranges = terms.iter().map(|(sign, figure, grain)| {
                let range = Reading::By(*rule).range(figure.digits(), grain.as_weight() / finest.as_weight());
                if *sign == Sign::Plus { range } else { range.negated() }
            });
            ranges.fold(Range::only(0), Range::plus).has(0)
        };
        let rules = if residual.is_zero() { Vec::new() } else { Rounding::ALL.into_iter().filter(meets).collect() };
        found.push(Equality { printed: n, parts, residual, rules });
    }
    found
}
