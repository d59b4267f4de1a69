//! A published table, of which nothing is known but its text: its heading, its rows, and how its columns follow from one
//! another.

use super::columns;
use super::heading::{Heading, Percent, Term};
use super::layout::{self, Laid, LeftOut};
use super::shape::{self, Called, Listed};
use super::sheet::{Column, Currency, Mark, Row, Says, Sheet, Sort};
use super::written::{Said, figure, said};
use crate::ledger::{Published, Written, loosely};
use crate::money::Unit;
use crate::source::Span;
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
    /// What of the file is no row of it, though it stands in it or below it.
    pub left_out: Vec<LeftOut>,
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

/// Makes sheets of the tables of a published file; `unit` is what was given.
///
/// # Errors
/// Why there is no table in it.
pub fn understood(published: &Published, unit: Option<Unit>) -> Result<Vec<Understood>, NoTable> {
    let records = &published.records;
    if records.iter().flatten().all(|cell| cell.text.trim().is_empty()) {
        return Err(NoTable::Empty);
    }
    let laid = layout::laid(records);
    if laid.is_empty() {
        return Err(NoTable::NoFigures);
    }
    laid.into_iter().map(|laid| one(laid, unit)).collect()
}

/// A column or a row as it is headed.
struct Headed {
    lines: Vec<String>,
    span: Option<Span>,
}

/// A table as headings and rows of cells.
struct Grid {
    headings: Vec<Headed>,
    names: Vec<Named>,
    cells: Vec<Vec<Option<Written>>>,
}

/// The names of a row, one for each column of names.
#[derive(Clone)]
struct Named {
    names: Vec<String>,
    span: Span,
}

fn one(laid: Laid<'_>, unit: Option<Unit>) -> Result<Understood, NoTable> {
    if laid.lines.is_empty() {
        return Err(NoTable::NoHeading);
    }
    let printed = printed_unit(&laid.titles);
    let currency = currency(&laid);
    let grid = grid(&laid);
    let grid = if is_turned(&grid) { turned(grid) } else { grid };
    let parsed: Vec<Heading> = grid.headings.iter().map(|headed| Heading::of(&headed.lines)).collect();
    let printed = printed.or_else(|| parsed.iter().find_map(|heading| heading.unit));
    let (unit, unit_from) = match (unit, printed) {
        (Some(given), Some(printed)) if printed != given => (given, UnitFrom::GivenAgainst(printed)),
        (Some(given), _) => (given, UnitFrom::Given),
        (None, Some(printed)) => (printed, UnitFrom::Printed),
        (None, None) => (Unit::Won, UnitFrom::Nowhere),
    };
    let columns: Vec<Column> = (0..parsed.len())
        .map(|n| {
            let own = parsed[n].unit.filter(|_| !matches!(unit_from, UnitFrom::Given | UnitFrom::GivenAgainst(_)));
            let heading = Text::same(grid.headings[n].lines.join(" "));
            let sort = sort(&parsed[n], &grid, n, own.unwrap_or(unit));
            Column { heading, claim: None, sort, span: grid.headings[n].span }
        })
        .collect();
    let rows = rows(&grid, &columns);
    let marks: Vec<Mark> = grid
        .cells
        .iter()
        .zip(&grid.names)
        .flat_map(|(row, name)| row.iter().map(|cell| mark(cell.as_ref(), name.span)))
        .collect();
    let mut sheet = Sheet::new(Text::default(), columns, rows, marks);
    sheet.currency = currency;
    if (0..sheet.marks.len()).any(|cell| sheet.unit(cell).is_some_and(|unit| too_fine(&sheet, cell, unit))) {
        return Err(NoTable::TooFine);
    }
    let unread = |cell: &usize| {
        let mark = &sheet.marks[*cell];
        let is_other = sheet.columns[sheet.place(*cell).1].sort == Sort::Other;
        mark.says == Says::Nothing && !mark.text.trim().is_empty() && !is_other
    };
    let unread = (0..sheet.marks.len()).filter(unread).collect();
    let identities = columns::identities(&mut sheet, &parsed);
    Ok(Understood { sheet: sheet.tied(identities), unit, unit_from, unread, left_out: laid.left_out })
}

fn too_fine(sheet: &Sheet, cell: usize, unit: Unit) -> bool {
    // A ten-thousandth of a won is the smallest part there is.
    sheet
        .figure(cell)
        .is_some_and(|figure| figure.decimals() > unit.power() + 4 || figure.digits().abs() >= 10_i128.pow(20))
}

/// What a table's amounts are money of: won where anything is written in Hangul or names it.
fn currency(laid: &Laid<'_>) -> Currency {
    let cells = || laid.titles.iter().copied().chain(laid.body.iter().flat_map(|record| record.iter()));
    let foreign = |cell: &Written| {
        let lower = cell.text.to_lowercase();
        let names = ["달러", "유로", "엔화", "usd", "eur", "dollar", "euro", "pound", "미화"];
        lower.contains(['$', '£', '€', '¥']) || names.iter().any(|name| lower.contains(name))
    };
    let own = |cell: &Written| {
        let lower = cell.text.to_lowercase();
        let is_hangul = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c) || ('\u{1100}'..='\u{11ff}').contains(&c);
        lower.contains(is_hangul)
            || lower.contains(['￦', '₩'])
            || lower.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "won" | "krw"))
    };
    if !cells().any(foreign) && cells().any(own) { Currency::Won } else { Currency::Other }
}

fn grid(laid: &Laid<'_>) -> Grid {
    let body: Vec<&Vec<Written>> =
        laid.body.iter().copied().filter(|record| record.iter().any(|cell| !cell.text.trim().is_empty())).collect();
    let width = body.iter().chain(&laid.lines).map(|record| record.len()).max().unwrap_or(0);
    let sure: Vec<usize> = (1..width).filter(|n| holds_figures(&body, *n)).collect();
    let first = sure.first().copied().unwrap_or(1);
    // A column of nil is one of figures that are all nothing, where figures stand before it.
    let is_nil = |n: usize| body.iter().any(|record| record.get(n).is_some_and(|cell| said(&cell.text) == Said::Nil));
    let no_words =
        |n: usize| body.iter().all(|record| record.get(n).is_none_or(|cell| said(&cell.text) != Said::Words));
    let figures: Vec<usize> = (first..width).filter(|n| sure.contains(n) || (is_nil(*n) && no_words(*n))).collect();
    let names: Vec<usize> = (0..first).collect();
    let text = |record: &Vec<Written>, n: usize| record.get(n).map(|cell| cell.text.clone()).unwrap_or_default();
    let named = |record: &Vec<Written>| {
        let span = record.iter().find(|cell| !cell.text.trim().is_empty()).map_or(record[0].span, |cell| cell.span);
        Named { names: names.iter().map(|n| text(record, *n)).collect(), span }
    };
    Grid {
        headings: figures.iter().map(|n| heading(&laid.lines, *n)).collect(),
        names: body.iter().map(|record| named(record)).collect(),
        cells: body.iter().map(|record| figures.iter().map(|n| record.get(*n).cloned()).collect()).collect(),
    }
}

/// Whether a table has its formulas in the names of its rows: then its rows are what the columns of others are.
fn is_turned(grid: &Grid) -> bool {
    let has_formula = |lines: &[String]| Heading::of(lines).formula.is_some();
    let row = |named: &Named| {
        Heading::of(
            &named.names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect::<Vec<_>>(),
        )
    };
    let columns = grid.headings.iter().filter(|headed| has_formula(&headed.lines)).count();
    let parsed: Vec<Heading> = grid.names.iter().map(row).collect();
    let letters = parsed.iter().filter(|heading| heading.letter.is_some()).count();
    columns == 0 && letters > 1 && parsed.iter().any(|heading| heading.formula.is_some()) && grid.names.len() <= 60
}

/// The table with its rows as columns.
fn turned(grid: Grid) -> Grid {
    let headings = grid.names.iter().map(|named| {
        let lines = named.names.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
        Headed { lines: lines.filter(|name| !name.is_empty()).collect(), span: Some(named.span) }
    });
    let start = grid.names.first().map(|named| named.span);
    let names = grid
        .headings
        .iter()
        .filter_map(|headed| Some(Named { names: vec![headed.lines.join(" ")], span: headed.span.or(start)? }));
    let cells = (0..grid.headings.len()).map(|n| grid.cells.iter().map(|row| row[n].clone()).collect()).collect();
    Grid { headings: headings.collect(), names: names.collect(), cells }
}

/// Whether a column holds figures.
fn holds_figures(body: &[&Vec<Written>], n: usize) -> bool {
    let texts = || {
        body.iter().filter_map(|record| record.get(n)).map(|cell| said(&cell.text)).filter(|said| *said != Said::Blank)
    };
    let (all, figures) = (texts().count(), texts().filter(|said| *said != Said::Words).count());
    texts().any(|said| matches!(said, Said::Figure(_))) && figures * 2 > all
}

/// A column's heading, line by line: what stands above it, a merged cell of an upper line also above those behind it.
fn heading(lines: &[&Vec<Written>], n: usize) -> Headed {
    let (mut texts, mut span) = (Vec::new(), None);
    let filled = |line: &Vec<Written>, n: usize| line.get(n).is_some_and(|cell| !cell.text.trim().is_empty());
    for (depth, line) in lines.iter().enumerate() {
        let is_lowest = depth + 1 == lines.len();
        let own = line.get(n).filter(|_| filled(line, n));
        // A merged cell reaches as far as the lines below it have headings and nothing in between was headed further up.
        let lower = lines[depth + 1..].iter().any(|line| filled(line, n));
        let merged = || {
            let from = (0..n.min(line.len())).rev().find(|at| filled(line, *at))?;
            let reaches = (from + 1..=n).all(|at| {
                !lines[..depth].iter().any(|upper| filled(upper, at))
                    && lines[depth + 1..].iter().any(|line| filled(line, at))
            });
            (from > 0 && reaches && lines[depth + 1..].iter().any(|line| filled(line, from))).then(|| &line[from])
        };
        let cell = own.or_else(|| if !is_lowest && lower { merged() } else { None });
        if let Some(cell) = cell {
            let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            // A cell merged downwards may be copied into each of its lines.
            if texts.last() != Some(&text) {
                texts.push(text);
            }
            span = Some(cell.span);
        }
    }
    Headed { lines: texts, span }
}

/// The unit that stands above a table: `(단위: 천원)`, `(unit: thousand won)`, `in millions`, `£ million`, `세출결산(천원)`.
fn printed_unit(titles: &[&Written]) -> Option<Unit> {
    titles.iter().find_map(|cell| unit_in(&cell.text))
}

fn unit_in(text: &str) -> Option<Unit> {
    let lower = text.to_lowercase().replace('\u{a0}', " ");
    let behind = ["단위", "unit"].iter().find_map(|word| lower.split_once(word).map(|(_, behind)| behind.to_owned()));
    if let Some(behind) = behind {
        let plain = behind.trim_start_matches([':', '：', ' ', 's']);
        let end = plain.find([')', ',', '）', ']', '/']).unwrap_or(plain.len());
        return Unit::parse(&plain[..end].replace(' ', "")).or_else(|| Unit::parse(plain[..end].trim()));
    }
    let is_title = |word: &str| {
        lower.contains(&format!("in {word}")) || signs(&lower).contains(&word) || lower.contains(&format!("({word}"))
    };
    let words = [("thousand", Unit::Thousand), ("million", Unit::Million), ("billion", Unit::Billion)];
    let found = words.iter().find(|(word, _)| is_title(word)).map(|(_, unit)| *unit);
    let short = || {
        let plain: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
        let is = |ends: &[&str]| ends.iter().any(|end| plain.contains(end));
        match () {
            () if is(&["£m)", "(£m", "$m)", "($m", "€m)", "(€m"]) || is_whole(&plain, 'm') => Some(Unit::Million),
            () if is(&["'000", "’000", "$000", "£000", "€000"]) => Some(Unit::Thousand),
            () if is(&["£bn", "$bn", "€bn"]) => Some(Unit::Billion),
            () => None,
        }
    };
    found.or_else(short).or_else(|| {
        let inside = lower
            .rsplit_once('(')
            .and_then(|(_, rest)| rest.split_once(')'))
            .map(|(inside, _)| inside.trim().to_owned())?;
        Unit::parse(&inside).filter(|_| !inside.is_empty())
    })
}

fn is_whole(plain: &str, unit: char) -> bool {
    let mut chars = plain.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some('£' | '$' | '€'), Some(c), None) if c == unit)
}

/// The words behind a sign of money: `£ million`, `$ thousands`.
fn signs(lower: &str) -> Vec<&str> {
    let rest = lower.split(['£', '$', '€', '¥']).skip(1);
    rest.filter_map(|rest| rest.trim_start().split(|c: char| !c.is_alphabetic()).next())
        .map(|word| word.trim_end_matches('s'))
        .collect()
}

fn sort(heading: &Heading, grid: &Grid, n: usize, unit: Unit) -> Sort {
    let cells = || grid.cells.iter().filter_map(|row| row[n].as_ref()).map(|cell| cell.text.trim());
    let marked = cells().any(|text| text.ends_with(['%', '％']) || text.ends_with("%)"));
    if heading.term == Some(Term::NoAmount) {
        return Sort::Other;
    }
    let is_rate =
        marked || heading.percent == Percent::Yes || matches!(heading.term, Some(Term::Rate | Term::ChangeRate));
    let is_share = heading.term == Some(Term::Share) && !heading.name.is_ascii();
    let is_rate = is_rate || is_share || heading.formula.as_ref().is_some_and(|formula| formula.whole.is_some());
    if is_rate { Sort::Rate(100) } else { Sort::Amount(unit) }
}

fn mark(cell: Option<&Written>, row: Span) -> Mark {
    let Some(cell) = cell else { return Mark { text: String::new(), says: Says::Nothing, span: row } };
    let says = match said(&cell.text) {
        Said::Blank | Said::Words => Says::Nothing,
        Said::Nil => Says::Nil,
        Said::Figure(figure) => Says::Figure(figure),
    };
    Mark { text: cell.text.clone(), says, span: cell.span }
}

/// The rows with their names and what each is a part of.
fn rows(grid: &Grid, columns: &[Column]) -> Vec<Row> {
    let adding: Vec<usize> = (0..columns.len()).filter(|n| matches!(columns[*n].sort, Sort::Amount(_))).collect();
    let several = grid.names.first().is_some_and(|named| named.names.len() > 1);
    let mut outer_above = String::new();
    let mut listed: Vec<Listed> = Vec::with_capacity(grid.names.len());
    for (named, cells) in grid.names.iter().zip(&grid.cells) {
        let texts = |n: &usize| !named.names[*n].trim().is_empty();
        // Of several columns of names the innermost that is filled names the row, and says how deep it stands.
        let innermost = (0..named.names.len()).rev().find(texts).unwrap_or(0);
        let outermost = (0..named.names.len()).find(texts).unwrap_or(0);
        let (inner, outer) = (named.names[innermost].clone(), named.names[outermost].trim().to_owned());
        if outermost == 0 && texts(&0) {
            outer_above = outer.clone();
        }
        let mut called = shape::called(&inner);
        let mut name = inner.clone();
        let is_sum = matches!(called, Called::Total | Called::Subtotal | Called::Grand);
        // `사무관리비 | 계` is the total of that, and no total of all; a serial number names nothing.
        let above = if outermost < innermost { &outer } else { &outer_above };
        let names_group = is_sum
            && innermost > 0
            && !above.is_empty()
            && figure(above).is_none()
            && loosely(above) != loosely(&inner);
        if names_group {
            let outer_sum = matches!(shape::called(above), Called::Total | Called::Grand);
            called = if outer_sum { shape::called(above) } else { Called::Subtotal };
            name = if outer_sum { above.clone() } else { format!("{above} {}", inner.trim()) };
        }
        let said: Vec<&Written> = cells.iter().flatten().filter(|cell| !cell.text.trim().is_empty()).collect();
        let heading = Heading::parse(inner.trim());
        let marked = said.iter().all(|cell| cell.text.trim().ends_with(['%', '％']) || figure(&cell.text).is_none());
        let is_rate = heading.percent == Percent::Yes
            || matches!(heading.term, Some(Term::Rate | Term::ChangeRate | Term::Share));
        if called == Called::Part
            && !said.is_empty()
            && (is_rate || marked && said.iter().any(|cell| cell.text.contains('%')))
        {
            called = Called::Apart;
        }
        let figures = adding.iter().map(|n| cells[*n].as_ref().and_then(|cell| figure(&cell.text))).collect();
        let level = several.then_some(innermost);
        listed.push(Listed { name, called, figures, level });
    }
    // A running total said again and again is the sum of no rows beside it.
    let running: Vec<usize> = (0..listed.len()).filter(|n| loosely(&listed[*n].name) == "누계").collect();
    if running.len() > 1 {
        running.into_iter().for_each(|n| listed[n].called = Called::Apart);
    }
    // Columns of names that are all filled in every row, as a serial number beside a name is, say nothing of depth.
    let level = listed.first().and_then(|row| row.level);
    if listed.iter().all(|row| row.level == level) {
        listed.iter_mut().for_each(|row| row.level = None);
    }
    let shape = shape::shape(&listed);
    let row = |(n, (row, named)): (usize, (&Listed, &Named))| {
        let name = row.name.trim().to_owned();
        let complete = !shape.partial.contains(&n);
        Row {
            path: name.clone(),
            name: Text::same(name),
            account: None,
            parent: shape.parents[n],
            complete,
            span: named.span,
        }
    };
    listed.iter().zip(&grid.names).enumerate().map(row).collect()
}
