//! How the columns of a published table follow from one another: by the formulas of their headings, by what their terms
//! mean, by their figures.
//!
//! What a heading prints as a formula holds; what terms mean holds where most rows bear it out; and where neither says
//! anything, what holds in nearly every row is taken to hold in all. Each identity says which of these it is.

use super::heading::{Heading, SignOf, Term};
use super::sheet::{Base, Identity, Known, Says, Sheet, Sort};
use crate::ledger::Sign;
use crate::money::{Figure, Range, Reading, Rounding};

/// How columns follow from one another.
pub(super) fn identities(sheet: &mut Sheet, headings: &[Heading]) -> Vec<Identity> {
    let mut found = by_formula(headings);
    // What is a difference or a rate is told before what may be a sum: of three columns one follows from the others, once.
    let is_sum = |n: &usize| matches!(headings[*n].term, Some(Term::Total | Term::Budget) | None);
    let (sums, others): (Vec<usize>, Vec<usize>) = (0..headings.len()).partition(is_sum);
    for target in others.into_iter().chain(sums) {
        if found.iter().any(|known| known.target == target) {
            continue;
        }
        let mates = ways(sheet, headings, target, Among::Mates);
        let ways = if mates.iter().any(|way| borne_out(sheet, &headings[target], way)) {
            mates
        } else {
            ways(sheet, headings, target, Among::All)
        };
        // What most rows bear out; of equals what takes fewer columns, and then the first way.
        let new = ways.into_iter().filter(|way| !found.iter().any(|known| same_columns(known, way)));
        let supported = new.map(|way| (support_either(sheet, &headings[target], &way), way));
        let best = supported.reduce(|best, other| {
            let key = |one: &((usize, usize), Identity)| (one.0.0, std::cmp::Reverse(one.1.parts.len()));
            if key(&other) > key(&best) { other } else { best }
        });
        if let Some(((holds, of), way)) = best
            && holds > 0
            && holds * 2 >= of
        {
            found.push(way);
        }
    }
    by_figures(sheet, headings, &mut found);
    let scales: Vec<(usize, u32)> =
        found.iter().filter_map(|known| Some((known.target, scale(sheet, known)?))).collect();
    for (column, scale) in scales {
        sheet.columns[column].sort = Sort::Rate(scale);
    }
    found.into_iter().flat_map(|known| by_nature(sheet, headings, known)).collect()
}

/// Whether two identities are of the same columns.
fn same_columns(a: &Identity, b: &Identity) -> bool {
    let columns = |one: &Identity| -> std::collections::BTreeSet<usize> {
        one.parts.iter().map(|(_, part)| *part).chain([one.target]).chain(one.whole).collect()
    };
    a.whole.is_none() == b.whole.is_none() && columns(a) == columns(b)
}

fn borne_out(sheet: &Sheet, heading: &Heading, way: &Identity) -> bool {
    let (holds, of) = support_either(sheet, heading, way);
    holds > 0 && holds * 2 >= of
}

fn by_formula(headings: &[Heading]) -> Vec<Identity> {
    // A letter above several columns, in a merged cell, stands for all of them; of a letter said again, the nearest before.
    let columns = |target: usize, letter: &String| -> Option<Vec<usize>> {
        let found: Vec<usize> = (0..headings.len()).filter(|n| headings[*n].letter.as_ref() == Some(letter)).collect();
        let mates: Vec<usize> =
            found.iter().copied().filter(|n| headings[*n].beside == headings[target].beside).collect();
        let found = if mates.is_empty() { found } else { mates };
        // Of the parts of a merged column and their total, the total stands for all.
        let total: Vec<usize> = found.iter().copied().filter(|n| headings[*n].term == Some(Term::Total)).collect();
        let found = if total.len() == 1 && found.len() > 1 { total } else { found };
        (!found.is_empty()).then_some(found)
    };
    let of = |(target, heading): (usize, &Heading)| {
        let formula = heading.formula.as_ref()?;
        // A letter that no column has leaves nothing to hold the column against.
        let mut parts = Vec::new();
        for (sign, letter) in &formula.parts {
            parts.extend(columns(target, letter)?.into_iter().map(|column| (*sign, column)));
        }
        let whole = match &formula.whole {
            None => None,
            Some(letter) => Some(*columns(target, letter)?.first()?),
        };
        Some(Identity { target, parts, whole, base: Base::Row, rows: None, source: Known::Heading })
    };
    headings
        .iter()
        .enumerate()
        .filter_map(of)
        .filter(|identity| identity.parts.iter().all(|(_, part)| *part != identity.target))
        .collect()
}

/// Which columns another may follow from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Among {
    /// Those of its group: with the same words beside their terms.
    Mates,
    /// All.
    All,
}

fn of(target: usize, parts: Vec<(Sign, usize)>, whole: Option<usize>) -> Identity {
    Identity { target, parts, whole, base: Base::Row, rows: None, source: Known::Term }
}

fn plus(n: usize) -> (Sign, usize) {
    (Sign::Plus, n)
}

fn minus(n: usize) -> (Sign, usize) {
    (Sign::Minus, n)
}

/// The ways that a column may follow from others, by what they are called.
fn ways(sheet: &Sheet, headings: &[Heading], target: usize, among: Among) -> Vec<Identity> {
    let is_mate = |n: &usize| among == Among::All || headings[*n].beside == headings[target].beside;
    let is_amount = |n: &usize| matches!(sheet.columns[*n].sort, Sort::Amount(_));
    let all = |term: Term| -> Vec<usize> {
        let own = (0..headings.len()).filter(|n| headings[*n].term == Some(term) && *n != target);
        own.filter(is_mate).filter(is_amount).collect()
    };
    let sources = || all(Term::Granted).into_iter().chain(all(Term::Budget)).collect::<Vec<_>>();
    let mut ways = Vec::new();
    match (headings[target].term, sheet.columns[target].sort) {
        (_, Sort::Other) => {}
        (term, Sort::Rate(_)) => {
            if term == Some(Term::Share) || term == Some(Term::Total) {
                let shared = (0..headings.len()).filter(is_amount);
                ways.extend(shared.map(|n| Identity { base: Base::Total, ..of(target, vec![plus(n)], Some(n)) }));
                return ways;
            }
            if matches!(term, Some(Term::Change | Term::ChangeRate)) {
                let amounts: Vec<usize> =
                    (0..headings.len()).filter(is_amount).filter(|n| headings[*n].term != Some(Term::Change)).collect();
                for change in all(Term::Change) {
                    ways.extend(amounts.iter().rev().map(|base| of(target, vec![plus(change)], Some(*base))));
                }
                for (n, a) in amounts.iter().enumerate() {
                    for b in &amounts[n + 1..] {
                        ways.push(of(target, vec![plus(*b), minus(*a)], Some(*a)));
                        ways.push(of(target, vec![plus(*a), minus(*b)], Some(*b)));
                    }
                }
                return ways;
            }
            let parts = [Term::Disbursed, Term::Granted, Term::Left, Term::CarriedOut, Term::Change];
            let wholes = || sources().into_iter().chain(all(Term::Disbursed));
            for part in parts.into_iter().flat_map(all) {
                ways.extend(
                    wholes().filter(|whole| *whole != part).map(|whole| of(target, vec![plus(part)], Some(whole))),
                );
            }
        }
        (Some(Term::Left), _) => {
            let spent = all(Term::Disbursed);
            let pairs = sources().into_iter().flat_map(|source| spent.iter().map(move |spent| (source, *spent)));
            for (source, spent) in pairs {
                ways.push(of(target, vec![plus(source), minus(spent)], None));
                let carried = all(Term::CarriedOut);
                ways.extend(
                    carried.iter().map(|carried| of(target, vec![plus(source), minus(spent), minus(*carried)], None)),
                );
                if carried.len() > 1 {
                    let parts =
                        [plus(source), minus(spent)].into_iter().chain(carried.iter().map(|carried| minus(*carried)));
                    ways.push(of(target, parts.collect(), None));
                }
                ways.extend(
                    all(Term::OwnFunds)
                        .into_iter()
                        .map(|own| of(target, vec![plus(source), plus(own), minus(spent)], None)),
                );
                // Over is negative, or under is: reports have both.
                ways.push(of(target, vec![plus(spent), minus(source)], None));
            }
            // The difference of two columns of one nature stands behind them.
            ways.extend(differences(target, (0..target).filter(is_amount).collect()));
        }
        (Some(Term::Change), _) => ways.extend(differences(target, (0..target).filter(is_amount).collect())),
        (Some(Term::ReturnDue), _) => {
            for left in all(Term::Left) {
                let more = all(Term::Interest).into_iter().chain(all(Term::Recovered));
                let parts: Vec<(Sign, usize)> = std::iter::once(left).chain(more).map(plus).collect();
                if parts.len() > 1 {
                    ways.push(of(target, parts, None));
                }
            }
        }
        (Some(Term::Total | Term::Budget), _) => ways.extend(totals(sheet, headings, target)),
        _ if headings[target].name.starts_with('총') || headings[target].name.to_lowercase().contains("total") => {
            ways.extend(totals(sheet, headings, target));
        }
        _ => {}
    }
    ways
}

fn differences(target: usize, before: Vec<usize>) -> Vec<Identity> {
    match before.as_slice() {
        [.., a, b] => vec![of(target, vec![plus(*b), minus(*a)], None), of(target, vec![plus(*a), minus(*b)], None)],
        _ => Vec::new(),
    }
}

/// A column as the sum of some: of those beside it on one side, or of those of the same nature in other groups.
fn totals(sheet: &Sheet, headings: &[Heading], target: usize) -> Vec<Identity> {
    const MOST: usize = 40;
    let is_amount = |n: &usize| matches!(sheet.columns[*n].sort, Sort::Amount(_));
    let mut ways = Vec::new();
    let own = |n: &usize| *n != target && is_amount(n) && headings[*n].term != Some(Term::Total);
    let same: Vec<(Sign, usize)> = (0..headings.len())
        .filter(own)
        .filter(|n| headings[*n].term == headings[target].term && headings[*n].beside != headings[target].beside)
        .filter(|_| headings[target].term != Some(Term::Total) && is_total_word(&headings[target].beside))
        .map(plus)
        .collect();
    if same.len() > 1 {
        ways.push(of(target, same, None));
    }
    let near = |range: std::ops::Range<usize>| -> Vec<(Sign, usize)> { range.filter(is_amount).map(plus).collect() };
    let before = (target.saturating_sub(MOST)..target).map(|from| (from, target));
    let behind = (target + 2..=headings.len().min(target + MOST)).map(|to| (target + 1, to));
    ways.extend(
        before
            .chain(behind)
            .map(|(from, to)| near(from..to))
            .filter(|parts| parts.len() > 1)
            .map(|parts| of(target, parts, None)),
    );
    // Totals of groups among them are not added twice.
    let groups: Vec<(Sign, usize)> = (0..headings.len())
        .filter(|n| *n != target && is_amount(n) && headings[*n].term == Some(Term::Total))
        .map(plus)
        .collect();
    if groups.len() > 1 && headings[target].term == Some(Term::Total) {
        ways.push(of(target, groups, None));
    }
    ways
}

fn is_total_word(text: &str) -> bool {
    matches!(text, "계" | "합계" | "총계" | "total" | "소계" | "전체")
}

/// What a whole is printed as by the rates of a column, where that has to be found out.
fn scale(sheet: &Sheet, identity: &Identity) -> Option<u32> {
    let Sort::Rate(known) = sheet.columns[identity.target].sort else { return None };
    identity.whole?;
    let marked =
        (0..sheet.rows.len()).any(|row| sheet.marks[sheet.cell(row, identity.target)].text.contains(['%', '％']));
    let of = |scale: u32| supported(sheet, identity, scale).0;
    Some(if !marked && of(1) > of(100) { 1 } else { known })
}

/// The same, where a sign that is good may be either in a row.
fn support_either(sheet: &Sheet, heading: &Heading, identity: &Identity) -> (usize, usize) {
    let ([(first, a), (second, b)], SignOf::Good, None) = (identity.parts.as_slice(), heading.sign, identity.whole)
    else {
        return support(sheet, identity);
    };
    let mirrored = Identity { parts: vec![(*second, *a), (*first, *b)], ..identity.clone() };
    let rows = (0..sheet.rows.len())
        .filter_map(|row| Some(holds(sheet, identity, row, 100)? || holds(sheet, &mirrored, row, 100)?));
    rows.fold((0, 0), |(many, of), holds| (many + usize::from(holds), of + 1))
}

/// In how many rows an identity holds, and in how many it could.
fn support(sheet: &Sheet, identity: &Identity) -> (usize, usize) {
    let scales: &[u32] = if identity.whole.is_some() { &[100, 1] } else { &[100] };
    scales.iter().map(|scale| supported(sheet, identity, *scale)).max().unwrap_or_default()
}

fn supported(sheet: &Sheet, identity: &Identity, scale: u32) -> (usize, usize) {
    let mut found = (0, 0);
    for holds in (0..sheet.rows.len()).filter_map(|row| holds(sheet, identity, row, scale)) {
        found.0 += usize::from(holds);
        found.1 += 1;
    }
    found
}

/// Whether an identity holds in a row, by half-up or, of rates, by cutting; nothing where the row says nothing of it.
fn holds(sheet: &Sheet, identity: &Identity, row: usize, scale: u32) -> Option<bool> {
    let target = sheet.cell(row, identity.target);
    let figure = sheet.figure(target)?;
    let parts: Vec<(Sign, usize)> =
        identity.parts.iter().map(|(sign, column)| (*sign, sheet.cell(row, *column))).collect();
    if parts.iter().any(|(_, cell)| sheet.marks[*cell].says == Says::Nothing)
        || parts.iter().all(|(_, cell)| sheet.figure(*cell).is_none())
    {
        return None;
    }
    let range = |cell: usize| sheet.range(cell, Some(Reading::By(Rounding::HalfUp)));
    let signed = |(sign, cell): &(Sign, usize)| if *sign == Sign::Plus { range(*cell) } else { range(*cell).negated() };
    let sum = parts.iter().map(signed).fold(Range::only(0), Range::plus);
    let Some(whole) = identity.whole else {
        // Rounded anyhow: a unit of each more.
        let slack: i128 =
            parts.iter().map(|(_, cell)| sheet.step(*cell)).chain([sheet.step(target)]).filter(|step| *step > 1).sum();
        let meets = sum.gap_to(range(target)) == 0;
        let near = sum.gap_to(range(target)).abs() * 2 <= slack;
        return Some(meets || near);
    };
    let whole = match identity.base {
        Base::Row => sheet.cell(row, whole),
        Base::Total => sheet.cell(sheet.top()?, whole),
    };
    if sheet.figure(whole).is_none_or(Figure::is_zero) {
        return None;
    }
    let rate = super::tie::Rate { target, parts, whole, scale };
    let ranges = |cell: usize| range(cell);
    let by = |rule: Rounding| rate.holds_with(figure, Reading::By(rule), &ranges);
    Some(by(Rounding::HalfUp) || by(Rounding::Floor))
}

/// What holds in nearly every row, though no name says so.
fn by_figures(sheet: &Sheet, headings: &[Heading], found: &mut Vec<Identity>) {
    const ROWS: usize = 4;
    const COLUMNS: usize = 14;
    let amounts: Vec<usize> =
        (0..headings.len()).filter(|n| matches!(sheet.columns[*n].sort, Sort::Amount(_))).collect();
    if sheet.rows.len() < ROWS || amounts.len() > COLUMNS {
        return;
    }
    let told = |found: &[Identity], columns: &[usize]| {
        found.iter().any(|known| {
            let mut own: Vec<usize> =
                known.parts.iter().map(|(_, part)| *part).chain([known.target]).chain(known.whole).collect();
            own.sort_unstable();
            own == columns
        })
    };
    // A misprint or two must not hide what holds everywhere else; chance must not make it up.
    let enough = |identity: &Identity| {
        let sample = (0..sheet.rows.len())
            .take(12)
            .filter_map(|row| holds(sheet, identity, row, 100).or(holds(sheet, identity, row, 1)));
        let sample: Vec<bool> = sample.collect();
        let early = sample.iter().filter(|holds| **holds).count() * 2 >= sample.len() || identity.whole.is_some();
        if !early {
            return false;
        }
        let (holds, of) = support(sheet, identity);
        holds >= ROWS && holds * 5 >= of * 4 && of - holds <= 2 && varied(sheet, identity) >= ROWS - 1
    };
    let known = |target: usize, parts: Vec<(Sign, usize)>, whole: Option<usize>| Identity {
        source: Known::Figures,
        ..of(target, parts, whole)
    };
    for (x, a) in amounts.iter().enumerate() {
        for (y, b) in amounts.iter().enumerate().skip(x + 1) {
            for c in amounts.iter().skip(y + 1) {
                if told(found, &[*a, *b, *c]) {
                    continue;
                }
                // The last of three follows from the two before it, as tables are written; or the first from those behind.
                let ways = [
                    (*c, vec![plus(*a), minus(*b)]),
                    (*c, vec![plus(*a), plus(*b)]),
                    (*c, vec![plus(*b), minus(*a)]),
                    (*a, vec![plus(*b), plus(*c)]),
                ];
                // A column of which something is known follows by chance from others.
                let is_known = |column: usize| {
                    found
                        .iter()
                        .any(|known| known.target == column || known.parts.iter().any(|(_, part)| *part == column))
                };
                let ways = ways.into_iter().filter(|(target, _)| !is_known(*target));
                let way = ways.map(|(target, parts)| known(target, parts, None)).find(|way| enough(way));
                found.extend(way);
            }
        }
    }
    // A longer row of columns and their sum behind or before it.
    for target in amounts.iter().copied() {
        if found.iter().any(|known| known.target == target) {
            continue;
        }
        let ways = totals(sheet, headings, target).into_iter().filter(|way| way.parts.len() > 2);
        let way = ways.map(|way| Identity { source: Known::Figures, ..way }).find(|way| enough(way));
        found.extend(way);
    }
    for target in (0..headings.len()).filter(|n| matches!(sheet.columns[*n].sort, Sort::Rate(_))) {
        if found.iter().any(|known| known.target == target) {
            continue;
        }
        let pairs = amounts.iter().flat_map(|part| amounts.iter().map(move |whole| (*part, *whole)));
        let mut ways = pairs
            .filter(|(part, whole)| part != whole)
            .map(|(part, whole)| known(target, vec![plus(part)], Some(whole)));
        found.extend(ways.find(|way| enough(way)));
    }
}

/// In how many rows an identity says something: all its parts are there and are not nothing.
fn varied(sheet: &Sheet, identity: &Identity) -> usize {
    let columns: Vec<usize> =
        identity.parts.iter().map(|(_, part)| *part).chain([identity.target]).chain(identity.whole).collect();
    let says = |row: &usize| {
        let figures: Vec<Figure> =
            columns.iter().filter_map(|column| sheet.figure(sheet.cell(*row, *column))).collect();
        figures.len() == columns.len() && figures.iter().all(|figure| !figure.is_zero())
    };
    (0..sheet.rows.len()).filter(says).count()
}

/// A difference of which the sign says whether it is good is one way round in rows of income and the other in rows of
/// spending: two identities, each of its own rows. Rows hang together as parts of one total do.
fn by_nature(sheet: &Sheet, headings: &[Heading], identity: Identity) -> Vec<Identity> {
    let [(first, a), (second, b)] = identity.parts.as_slice() else { return vec![identity] };
    let is_left = headings[identity.target].term == Some(Term::Left);
    if identity.whole.is_some() || identity.source == Known::Heading || first == second || !is_left {
        return vec![identity];
    }
    let mirrored = Identity { parts: vec![(*second, *a), (*first, *b)], ..identity.clone() };
    let mut groups: std::collections::BTreeMap<Option<usize>, Vec<usize>> = Default::default();
    let has_parts: std::collections::BTreeSet<usize> = sheet.rows.iter().filter_map(|row| row.parent).collect();
    for (row, known) in sheet.rows.iter().enumerate() {
        let group = if has_parts.contains(&row) { Some(row) } else { known.parent };
        groups.entry(group.or(Some(row))).or_default().push(row);
    }
    let good = headings[identity.target].sign == SignOf::Good;
    let (mut direct, mut other) = (Vec::new(), Vec::new());
    for rows in groups.into_values() {
        let many =
            |identity: &Identity| rows.iter().filter(|row| holds(sheet, identity, **row, 100) == Some(true)).count();
        let (straight, turned) = (many(&identity), many(&mirrored));
        // One row alone is of the other nature only where the heading says that signs are good or bad.
        let is_other = turned > straight && (good || turned > 1);
        if is_other { other.extend(rows) } else { direct.extend(rows) }
    }
    if other.is_empty() {
        return vec![identity];
    }
    direct.sort_unstable();
    other.sort_unstable();
    [(identity, direct), (mirrored, other)]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(identity, rows)| Identity { rows: Some(rows), ..identity })
        .collect()
}
