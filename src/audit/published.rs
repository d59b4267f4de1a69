//! A published table, of which nothing is known but its text: its heading, its rows, and how its columns follow from one
//! another.
//!
//! What a heading prints as a formula holds; what terms mean holds where most rows bear it out; and where neither says
//! anything, what holds in nearly every row is taken to hold in all. Each identity says which of these it is.

use super::heading::{Heading, Percent, Term};
use super::shape::{self, Listed};
use super::sheet::{Column, Identity, Known, Mark, Row, Says, Sheet, Sort};
use crate::ledger::{Published, Sign, Written};
use crate::money::{Figure, Range, Reading, Rounding, Unit};
use crate::words::Text;

/// Why a published table cannot be held to account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTable {
    /// There is nothing in it.
    Empty,
    /// No row has a name and a figure beside it.
    NoFigures,
    /// No heading stands above the figures.
    NoHeading,
    /// Its figures are finer than what is told apart.
    TooFine,
}

/// A published table as a sheet, and what was made of it.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The sheet.
    pub sheet: Sheet,
    /// The unit of its amounts.
    pub unit: Unit,
    /// Where the unit is from.
    pub unit_from: UnitFrom,
    /// Cells that are no figures, where figures stand: they are left out of every sum.
    pub unread: Vec<usize>,
}

/// Where a unit is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitFrom {
    /// It was given.
    Given,
    /// It was given, and the table prints another one.
    GivenAgainst(Unit),
    /// The table prints it.
    Printed,
    /// Nothing says it.
    Nowhere,
}

/// Makes a sheet of a published table; `unit` is what was given.
///
/// # Errors
/// Why it is no table.
pub fn understood(published: &Published, unit: Option<Unit>) -> Result<Understood, NoTable> {
    let records = &published.records;
    if records.is_empty() {
        return Err(NoTable::Empty);
    }
    let first = records.iter().position(|record| has_figures(record)).ok_or(NoTable::NoFigures)?;
    let lines: Vec<&Vec<Written>> = records[..first].iter().filter(|record| filled(record) > 1).collect();
    if lines.is_empty() {
        return Err(NoTable::NoHeading);
    }
    let width = records[first..].iter().chain(lines.iter().copied()).map(Vec::len).max().unwrap_or(0);
    let headings: Vec<(String, Option<&Written>)> = (0..width).map(|n| heading(&lines, n)).collect();
    let parsed: Vec<Heading> = headings.iter().map(|(text, _)| Heading::parse(text)).collect();
    let body: Vec<&Vec<Written>> = records[first..].iter().filter(|record| filled(record) > 0).collect();
    let figures: Vec<usize> = (1..width).filter(|n| holds_figures(&body, *n)).collect();
    let names: Vec<usize> = (0..figures.first().copied().unwrap_or(1)).collect();

    let printed = records[..first].iter().flatten().find_map(|cell| unit_in(&cell.text));
    let printed = printed.or_else(|| parsed.iter().find_map(|heading| heading.unit));
    let (unit, unit_from) = match (unit, printed) {
        (Some(given), Some(printed)) if printed != given => (given, UnitFrom::GivenAgainst(printed)),
        (Some(given), _) => (given, UnitFrom::Given),
        (None, Some(printed)) => (printed, UnitFrom::Printed),
        (None, None) => (Unit::Won, UnitFrom::Nowhere),
    };
    let columns: Vec<Column> = figures
        .iter()
        .map(|n| {
            let own = parsed[*n].unit.filter(|_| !matches!(unit_from, UnitFrom::Given | UnitFrom::GivenAgainst(_)));
            Column {
                heading: Text::same(headings[*n].0.clone()),
                claim: None,
                sort: sort(&parsed[*n], &body, *n, own.unwrap_or(unit)),
                span: headings[*n].1.map(|written| written.span),
            }
        })
        .collect();
    // A row of names alone heads the rows below it and says nothing itself.
    let body: Vec<&Vec<Written>> = body
        .into_iter()
        .filter(|record| figures.iter().any(|n| record.get(*n).is_some_and(|cell| !cell.text.trim().is_empty())))
        .collect();
    let rows = rows(&body, &names, &figures, &columns);
    let marks: Vec<Mark> = body.iter().flat_map(|record| figures.iter().map(|n| mark(record, *n))).collect();
    let sheet = Sheet::new(Text::default(), columns, rows, marks);
    if (0..sheet.marks.len()).any(|cell| sheet.unit(cell).is_some_and(|unit| too_fine(&sheet, cell, unit))) {
        return Err(NoTable::TooFine);
    }
    let unread = (0..sheet.marks.len()).filter(|cell| {
        let mark = &sheet.marks[*cell];
        mark.says == Says::Nothing
            && !mark.text.trim().is_empty()
            && sheet.columns[sheet.place(*cell).1].sort != Sort::Other
    });
    let unread = unread.collect();
    let own: Vec<&Heading> = figures.iter().map(|n| &parsed[*n]).collect();
    let identities = identities(&sheet, &own);
    Ok(Understood { sheet: sheet.tied(identities), unit, unit_from, unread })
}

fn too_fine(sheet: &Sheet, cell: usize, unit: Unit) -> bool {
    // A ten-thousandth of a won is the smallest part there is.
    sheet
        .figure(cell)
        .is_some_and(|figure| figure.decimals() > unit.power() + 4 || figure.digits().abs() >= 10_i128.pow(20))
}

fn filled(record: &[Written]) -> usize {
    record.iter().filter(|cell| !cell.text.trim().is_empty()).count()
}

/// A figure, with or without a per cent sign; the outer `None` is none.
fn figure(text: &str) -> Option<Option<Figure>> {
    let plain = text.trim().trim_end_matches(['%', '％', '원']).trim_end();
    let plain: String = plain.chars().filter(|c| !matches!(c, '\u{a0}' | '￦' | '₩')).collect();
    Figure::parse(&plain.replace("△ ", "△")).ok()
}

/// Whether a row is one of figures: most of what stands beside its names is, and not all of that is years.
fn has_figures(record: &[Written]) -> bool {
    let beside: Vec<&str> =
        record.iter().skip(1).map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
    let count = beside.iter().filter(|text| figure(text).is_some()).count();
    let is_year = |text: &&str| text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year));
    let some = beside.iter().any(|text| figure(text).flatten().is_some());
    some && count * 2 >= beside.len() && !beside.iter().all(is_year)
}

/// Whether a column holds figures.
fn holds_figures(body: &[&Vec<Written>], n: usize) -> bool {
    let texts =
        || body.iter().filter_map(|record| record.get(n)).map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    let all = texts().count();
    let figures = texts().filter(|text| figure(text).is_some()).count();
    texts().any(|text| figure(text).flatten().is_some()) && figures * 2 > all
}

/// A column's heading: what stands above it in each line of the heading, a merged cell of an upper line also above those
/// behind it.
fn heading<'p>(lines: &[&'p Vec<Written>], n: usize) -> (String, Option<&'p Written>) {
    let (mut text, mut last) = (String::new(), None);
    for (depth, line) in lines.iter().enumerate() {
        let is_lowest = depth + 1 == lines.len();
        let own = line.get(n).filter(|cell| !cell.text.trim().is_empty());
        let merged = || line[..n.min(line.len())].iter().rev().find(|cell| !cell.text.trim().is_empty());
        // Below a merged cell, too, only where the column has a heading of its own further down.
        let lower = lines[depth + 1..].iter().any(|line| line.get(n).is_some_and(|cell| !cell.text.trim().is_empty()));
        let cell = own.or_else(|| if !is_lowest && lower && n > 0 { merged() } else { None });
        if let Some(cell) = cell {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&cell.text.split_whitespace().collect::<Vec<_>>().join(" "));
            last = Some(cell);
        }
    }
    (text, last)
}

/// `(단위: 천원)`, `(unit: thousand won)`, `in millions`.
fn unit_in(text: &str) -> Option<Unit> {
    let lower = text.to_lowercase();
    let behind = ["단위", "unit"].iter().find_map(|word| lower.split_once(word).map(|(_, behind)| behind.to_owned()));
    if let Some(behind) = behind {
        let plain = behind.trim_start_matches([':', '：', ' ', 's', '\u{a0}']);
        let end = plain.find([')', ',', '）', ']']).unwrap_or(plain.len());
        return Unit::parse(plain[..end].trim());
    }
    let words = [("in thousands", Unit::Thousand), ("in millions", Unit::Million), ("in billions", Unit::Billion)];
    words.iter().find(|(word, _)| lower.contains(word)).map(|(_, unit)| *unit)
}

fn sort(heading: &Heading, body: &[&Vec<Written>], n: usize, unit: Unit) -> Sort {
    let cells = || body.iter().filter_map(|record| record.get(n)).map(|cell| cell.text.trim());
    let marked = cells().any(|text| text.ends_with(['%', '％']));
    if heading.term == Some(Term::NoAmount) {
        return Sort::Other;
    }
    let is_rate = marked || heading.percent == Percent::Yes || heading.term == Some(Term::Rate);
    let is_rate = is_rate || heading.formula.as_ref().is_some_and(|formula| formula.whole.is_some());
    if !is_rate {
        return Sort::Amount(unit);
    }
    // 0.918 is a plain ratio, 91.8 is per cent; a column has one of them throughout.
    let two = Figure::whole(2);
    let all_small = cells().filter_map(|text| figure(text).flatten()).all(|figure| figure.abs() < two);
    Sort::Rate(if all_small && !marked && heading.percent == Percent::No { 1 } else { 100 })
}

fn mark(record: &[Written], n: usize) -> Mark {
    let Some(cell) = record.get(n) else {
        let span = record.last().map(|cell| cell.span);
        let span = span.unwrap_or(record[0].span);
        return Mark { text: String::new(), says: Says::Nothing, span };
    };
    let text = cell.text.trim();
    let says = match figure(text) {
        _ if text.is_empty() => Says::Nothing,
        Some(Some(figure)) => Says::Figure(figure),
        Some(None) => Says::Nil,
        None => Says::Nothing,
    };
    Mark { text: cell.text.clone(), says, span: cell.span }
}

/// The rows with their names and what each is a part of.
fn rows(body: &[&Vec<Written>], names: &[usize], figures: &[usize], columns: &[Column]) -> Vec<Row> {
    let adding: Vec<usize> = figures
        .iter()
        .zip(columns)
        .filter(|(_, column)| matches!(column.sort, Sort::Amount(_)))
        .map(|(n, _)| *n)
        .collect();
    let text = |record: &Vec<Written>, n: usize| record.get(n).map(|cell| cell.text.clone()).unwrap_or_default();
    let several = names.len() > 1;
    let listed = |record: &&Vec<Written>| {
        // Of several columns of names the innermost that is filled names the row, and says how deep it stands.
        let innermost = names.iter().rev().find(|n| !text(record, **n).trim().is_empty()).copied().unwrap_or(0);
        let outer = names.iter().find(|n| !text(record, **n).trim().is_empty()).copied().unwrap_or(0);
        let level = several.then_some(if innermost == outer { outer } else { innermost });
        Listed {
            name: text(record, innermost),
            figures: adding.iter().map(|n| figure(text(record, *n).trim()).flatten()).collect(),
            level,
        }
    };
    let listed: Vec<Listed> = body.iter().map(listed).collect();
    let numbered = several && serial(&listed);
    let listed: Vec<Listed> =
        listed.into_iter().map(|row| if numbered { Listed { level: None, ..row } } else { row }).collect();
    let parents = shape::parents(&listed);
    let mut rows: Vec<Row> = Vec::with_capacity(body.len());
    for (n, (record, row)) in body.iter().zip(&listed).enumerate() {
        let name = row.name.trim().to_owned();
        let span = record.iter().find(|cell| !cell.text.trim().is_empty()).map_or(record[0].span, |cell| cell.span);
        rows.push(Row {
            path: name.clone(),
            name: Text::same(name),
            account: None,
            parent: parents[n],
            complete: true,
            span,
        });
    }
    rows
}

/// Whether several columns of names are all filled in every row, as a serial number beside a name is: then they say
/// nothing of depth.
fn serial(rows: &[Listed]) -> bool {
    rows.iter().all(|row| row.level == rows[0].level)
}

/// How columns follow from one another: by the formulas of their headings, by what their terms mean, by their figures.
fn identities(sheet: &Sheet, headings: &[&Heading]) -> Vec<Identity> {
    let mut found = by_formula(headings);
    for target in 0..headings.len() {
        if found.iter().any(|known| known.target == target) {
            continue;
        }
        let ways = ways(sheet, headings, target);
        // What most rows bear out; of equals the first way.
        let best = ways
            .into_iter()
            .map(|way| (support(sheet, &way), way))
            .max_by_key(|((holds, _), way)| (*holds, std::cmp::Reverse(way.parts.len())));
        if let Some(((holds, of), way)) = best
            && holds * 2 > of
        {
            found.push(way);
        }
    }
    by_figures(sheet, headings, &mut found);
    found
}

fn by_formula(headings: &[&Heading]) -> Vec<Identity> {
    // A letter above several columns, in a merged cell, stands for all of them.
    let columns = |letter: &String| -> Option<Vec<usize>> {
        let found: Vec<usize> = (0..headings.len()).filter(|n| headings[*n].letter.as_ref() == Some(letter)).collect();
        (!found.is_empty()).then_some(found)
    };
    let of = |(target, heading): (usize, &&Heading)| {
        let formula = heading.formula.as_ref()?;
        // A letter that no column has leaves nothing to hold the column against.
        let mut parts = Vec::new();
        for (sign, letter) in &formula.parts {
            parts.extend(columns(letter)?.into_iter().map(|column| (*sign, column)));
        }
        let whole = match &formula.whole {
            None => None,
            Some(letter) => Some(*columns(letter)?.first()?),
        };
        Some(Identity { target, parts, whole, source: Known::Heading })
    };
    headings
        .iter()
        .enumerate()
        .filter_map(of)
        .filter(|identity| identity.parts.iter().all(|(_, part)| *part != identity.target))
        .collect()
}

/// The ways that a column may follow from others, by what they are called.
fn ways(sheet: &Sheet, headings: &[&Heading], target: usize) -> Vec<Identity> {
    let all =
        |term: Term| (0..headings.len()).filter(move |n| headings[*n].term == Some(term)).filter(|n| *n != target);
    let of = |parts: Vec<(Sign, usize)>, whole: Option<usize>| Identity { target, parts, whole, source: Known::Term };
    let (plus, minus) = (|n: usize| (Sign::Plus, n), |n: usize| (Sign::Minus, n));
    let sources = || all(Term::Granted).chain(all(Term::Budget)).collect::<Vec<_>>();
    let mut ways = Vec::new();
    match (headings[target].term, sheet.columns[target].sort) {
        (_, Sort::Other) => {}
        (_, Sort::Rate(_)) => {
            for part in all(Term::Disbursed).chain(all(Term::Granted)).collect::<Vec<_>>() {
                ways.extend(
                    sources().into_iter().filter(|whole| *whole != part).map(|whole| of(vec![plus(part)], Some(whole))),
                );
            }
        }
        (Some(Term::Left), _) => {
            for (source, spent) in
                sources().into_iter().flat_map(|source| all(Term::Disbursed).map(move |spent| (source, spent)))
            {
                ways.push(of(vec![plus(source), minus(spent)], None));
                ways.extend(
                    all(Term::CarriedOut).map(|carried| of(vec![plus(source), minus(spent), minus(carried)], None)),
                );
                ways.extend(all(Term::OwnFunds).map(|own| of(vec![plus(source), plus(own), minus(spent)], None)));
                // Over is negative, or under is: reports have both.
                ways.push(of(vec![plus(spent), minus(source)], None));
            }
        }
        (Some(Term::Change), _) => {
            let amounts: Vec<usize> =
                (0..target).filter(|n| matches!(sheet.columns[*n].sort, Sort::Amount(_))).collect();
            if let [.., a, b] = amounts.as_slice() {
                ways.push(of(vec![plus(*b), minus(*a)], None));
                ways.push(of(vec![plus(*a), minus(*b)], None));
            }
        }
        (Some(Term::ReturnDue), _) => {
            for left in all(Term::Left).collect::<Vec<_>>() {
                let more: Vec<(Sign, usize)> = all(Term::Interest).chain(all(Term::Recovered)).map(plus).collect();
                let mut parts = vec![plus(left)];
                parts.extend(&more);
                if parts.len() > 1 {
                    ways.push(of(parts, None));
                }
            }
        }
        (Some(Term::Total), _) => {
            let amounts = |range: std::ops::Range<usize>| -> Vec<(Sign, usize)> {
                range.filter(|n| matches!(sheet.columns[*n].sort, Sort::Amount(_))).map(plus).collect()
            };
            for (from, to) in
                (0..target).map(|from| (from, target)).chain((target + 2..=headings.len()).map(|to| (target + 1, to)))
            {
                let parts = amounts(from..to);
                if parts.len() > 1 {
                    ways.push(of(parts, None));
                }
            }
        }
        _ => {}
    }
    ways
}

/// In how many rows an identity holds, and in how many it could.
fn support(sheet: &Sheet, identity: &Identity) -> (usize, usize) {
    let trial = Sheet { sums: Vec::new(), rates: Vec::new(), unattributed: Vec::new(), ..sheet.clone() };
    let mut trial = trial;
    // Across alone: what adds up down the rows says nothing of it.
    trial.rows.iter_mut().for_each(|row| (row.parent, row.complete) = (None, false));
    let trial = trial.tied(vec![identity.clone()]);
    let reading = Reading::By(Rounding::HalfUp);
    let ranges: Vec<Range> = (0..trial.marks.len()).map(|cell| trial.range(cell, Some(reading))).collect();
    let sums = trial.sums.iter().filter(|sum| sum.gap(&ranges) == 0).count();
    let loose = [Rounding::HalfUp, Rounding::Floor];
    let rates = trial
        .rates
        .iter()
        .filter(|rate| loose.iter().any(|rule| rate.holds(&trial, Reading::By(*rule), &ranges)))
        .count();
    (sums + rates, trial.sums.len() + trial.rates.len())
}

/// What holds in nearly every row, though no name says so.
fn by_figures(sheet: &Sheet, headings: &[&Heading], found: &mut Vec<Identity>) {
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
    let enough = |sheet: &Sheet, identity: &Identity| {
        let (holds, of) = support(sheet, identity);
        holds >= ROWS && holds * 5 >= of * 4 && varied(sheet, identity) >= ROWS - 1
    };
    for (x, a) in amounts.iter().enumerate() {
        for (y, b) in amounts.iter().enumerate().skip(x + 1) {
            for c in amounts.iter().skip(y + 1) {
                // The last of three follows from the two before it, as tables are written; or the first from those behind.
                let ways = [
                    (*c, [(Sign::Plus, *a), (Sign::Minus, *b)]),
                    (*c, [(Sign::Plus, *a), (Sign::Plus, *b)]),
                    (*c, [(Sign::Plus, *b), (Sign::Minus, *a)]),
                    (*a, [(Sign::Plus, *b), (Sign::Plus, *c)]),
                ];
                if told(found, &[*a, *b, *c]) {
                    continue;
                }
                let way = ways.into_iter().map(|(target, parts)| Identity {
                    target,
                    parts: parts.to_vec(),
                    whole: None,
                    source: Known::Figures,
                });
                if let Some(way) = way.into_iter().find(|way| enough(sheet, way)) {
                    found.push(way);
                }
            }
        }
    }
    for target in (0..headings.len()).filter(|n| matches!(sheet.columns[*n].sort, Sort::Rate(_))) {
        if found.iter().any(|known| known.target == target) {
            continue;
        }
        let pairs = amounts.iter().flat_map(|part| amounts.iter().map(move |whole| (*part, *whole)));
        let mut ways = pairs.filter(|(part, whole)| part != whole).map(|(part, whole)| Identity {
            target,
            parts: vec![(Sign::Plus, part)],
            whole: Some(whole),
            source: Known::Figures,
        });
        found.extend(ways.find(|way| enough(sheet, way)));
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
