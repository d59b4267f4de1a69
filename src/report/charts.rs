//! Charts of tables: the figures of some rows and columns, to look at.
//!
//! Law: what a chart shows stands in its page's table, with the same reason and the same digits, or is a rate of what
//! stands there. A chart that cannot show every row says in its title how many it shows, and which.

use crate::ledger::Term;
use crate::money::Money;
use crate::table::{Cell, Chart, Mark, Row, RowClass, Scale, Shape, Table, Value};
use crate::words::{Text, Word};

/// The most points that can be told apart at a glance.
pub(super) const MOST: usize = 15;

/// Which rows of a table are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Those without parts, where they are few and hold all that the rows below the total do; else those.
    OfATree,
    /// Those without parts.
    WithoutParts,
}

/// The rows of a chart, in the order of their table.
pub(super) struct Chosen {
    rows: Vec<usize>,
    /// How many there would be if there were room.
    all: usize,
}

impl Chosen {
    /// Of the rows of a table that count: the largest by what each weighs. Those that weigh nothing known come last.
    pub(super) fn of(
        table: &Table,
        rows: Rows,
        counts: impl Fn(&Row) -> bool,
        weigh: impl Fn(usize) -> Option<Money>,
    ) -> Chosen {
        let counted =
            |rows: Vec<usize>| -> Vec<usize> { rows.into_iter().filter(|row| counts(&table.rows[*row])).collect() };
        let (ends, tops) = (counted(without_parts(table)), counted(below_total(table)));
        let sum = |rows: &[usize]| rows.iter().filter_map(|row| weigh(*row)).sum::<Money>();
        let whole = ends.len() <= MOST && sum(&ends) == sum(&tops);
        let mut rows = if rows == Rows::WithoutParts || whole { ends } else { tops };
        let all = rows.len();
        rows.sort_by_key(|row| std::cmp::Reverse(weigh(*row)));
        rows.truncate(MOST);
        rows.sort_unstable();
        Chosen { rows, all }
    }

    /// Only those that a test holds for.
    pub(super) fn only(mut self, holds: impl Fn(usize) -> bool) -> Chosen {
        self.rows.retain(|row| holds(*row));
        self
    }

    /// A title that says how many of them are shown, and by which figure they are the largest.
    fn titled(&self, title: Text, by: Word) -> Text {
        let (shown, all) = (self.rows.len(), self.all);
        if shown == all {
            return title;
        }
        Text::new(
            format!("{} — {} 큰 순으로 {all}개 가운데 {shown}개", title.ko, by.ko),
            format!("{} — {shown} of {all}, the largest by {}", title.en, by.en.to_lowercase()),
        )
    }
}

/// Rates of some rows, on a basis that the title names. The rates need not be a column of the table.
pub(super) fn rates(
    table: &Table,
    chosen: &Chosen,
    title: Text,
    by: Word,
    term: Term,
    scale: &Scale<'_>,
    rate: impl Fn(usize) -> Cell,
) -> Option<Chart> {
    let points: Vec<Mark> =
        chosen.rows.iter().map(|row| Mark { name: name(table, *row), cells: vec![rate(*row)] }).collect();
    let any = points.iter().flat_map(|mark| &mark.cells).any(|cell| matches!(cell.value, Value::Rate { .. }));
    any.then(|| {
        Chart {
            id: "rates".to_owned(),
            title: chosen.titled(title, by),
            shape: Shape::Parts,
            unit: table.unit,
            series: vec![term.word().text()],
            points,
        }
        .scaled_as(&[term], scale)
    })
}

/// Amounts of some rows of a scaled table, columns beside one another; those without a figure are left out. Nothing where
/// there are fewer than two points, or than two columns to hold against each other.
pub(super) fn amounts(
    table: &Table,
    chosen: &Chosen,
    title: Text,
    by: Word,
    columns: &[usize],
    id: &str,
) -> Option<Chart> {
    let cell = |row: usize, column: usize| &table.rows[row].cells[column];
    let has_figures = |column: &usize| chosen.rows.iter().any(|row| cell(*row, *column).money().is_some());
    let columns: Vec<usize> = columns.iter().copied().filter(has_figures).collect();
    let points = chosen.rows.iter().map(|row| Mark {
        name: name(table, *row),
        cells: columns.iter().map(|column| cell(*row, *column).clone()).collect(),
    });
    let points: Vec<Mark> = points.collect();
    (points.len() >= 2 && columns.len() >= 2).then(|| Chart {
        id: id.to_owned(),
        title: chosen.titled(title, by),
        shape: Shape::Amounts,
        unit: table.unit,
        series: columns.iter().map(|column| table.columns[*column].heading.clone()).collect(),
        points,
    })
}

/// Rows that are not the total and have no parts in the table.
fn without_parts(table: &Table) -> Vec<usize> {
    let mut has_parts = vec![false; table.rows.len()];
    for parent in table.rows.iter().filter_map(|row| row.parent) {
        has_parts[parent] = true;
    }
    (0..table.rows.len()).filter(|row| !has_parts[*row] && table.rows[*row].class != RowClass::Total).collect()
}

/// Rows that stand right below the total, or below nothing.
fn below_total(table: &Table) -> Vec<usize> {
    let is_total = |row: usize| table.rows[row].class == RowClass::Total;
    (0..table.rows.len()).filter(|row| !is_total(*row) && table.rows[*row].parent.is_none_or(is_total)).collect()
}

/// What a row is called: by the rows that it is part of, too, where another of the table is called the same; and by its
/// title, where it has a number and a title.
fn name(table: &Table, row: usize) -> Text {
    let own = table.rows[row].name();
    let titled = table.columns.get(1).is_some_and(|column| column.word == crate::words::TITLE);
    if let (true, Some(Value::Text(title))) = (titled, table.rows[row].cells.get(1).map(|cell| &cell.value)) {
        return Text::new(format!("{} {}", own.ko, title.ko), format!("{} {}", own.en, title.en)).trimmed();
    }
    let twice = table.rows.iter().filter(|other| other.is_called(&own)).count() > 1;
    let above = table.rows[row].parent.filter(|above| table.rows[*above].class != RowClass::Total);
    match above {
        Some(above) if twice => {
            let over = name(table, above);
            Text::new(format!("{}/{}", over.ko, own.ko), format!("{}/{}", over.en, own.en))
        }
        _ => own,
    }
}
