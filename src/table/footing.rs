//! Whether the figures that a table shows add up, and the notes where they do not.
//!
//! A table that rounds its cells cannot add up everywhere. Whoever checks it by hand is told where, by how much, and
//! what the exact amounts are.

use super::scale::Scale;
use super::{Cell, Down, Note, Piece, Role, RowClass, Sentence, Shown, Table, Why};
use crate::ledger::Sign;
use crate::money::{Figure, Money};
use crate::words::Text;

/// The most notes of one kind; what is more is counted.
const MOST: usize = 12;

/// The notes of a scaled table.
pub(super) fn notes(table: &Table, scale: &Scale<'_>) -> Vec<Note> {
    let mut rounding = Vec::new();
    let mut unattributed = Vec::new();
    for (parent, parts) in parts(table) {
        for (n, column) in table.columns.iter().enumerate() {
            if column.role == Role::Amount && column.down == Down::Adds {
                let cells = parts.iter().map(|&row| &table.rows[row].cells[n]);
                match column_gap(&table.rows[parent].cells[n], cells) {
                    Gap::None => {}
                    Gap::Rounding { whole, sum } => rounding.push(column_note(table, parent, n, whole, sum, scale)),
                    // What is worked out from other columns of its row has their gaps.
                    Gap::Unattributed { .. } if column.term.is_none() && !column.ways.is_empty() => {}
                    Gap::Unattributed { rest, whole, sum } => {
                        let rest = rest.exactly(scale.unit);
                        unattributed.push(unattributed_note(table, parent, n, rest, whole, sum));
                    }
                }
            }
        }
    }
    for (row, found) in table.rows.iter().enumerate() {
        for (n, column) in table.columns.iter().enumerate() {
            if let Some(way) = column.ways.iter().find(|way| row_differs(&found.cells, n, way)) {
                rounding.push(row_note(table, row, n, way, scale));
            }
        }
    }
    let unattributed_lead = ("아래 줄에 나누지 않은 금액:", "amounts that are not attributed to the rows below:");
    let rounding_lead = (
        "단위 미만을 정리해 합이 맞지 않는 곳(금액 자체는 맞음):",
        "figures that do not add up because they are rounded (the amounts themselves do):",
    );
    [(unattributed_lead, unattributed), (rounding_lead, rounding)]
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(lead, items)| Note { items: bounded(items), ..Note::remark(Sentence::plain(lead)) })
        .collect()
}

fn bounded(mut items: Vec<Sentence>) -> Vec<Sentence> {
    let more = items.len().saturating_sub(MOST);
    if more > 0 {
        items.truncate(MOST);
        items.push(Sentence::with(("그 밖에 {0}곳", "and {0} more"), vec![Piece::Count(more as u64)]));
    }
    items
}

/// Rows whose parts are all in the table, with the rows that those are.
fn parts(table: &Table) -> Vec<(usize, Vec<usize>)> {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); table.rows.len()];
    for (n, row) in table.rows.iter().enumerate() {
        if let Some(parent) = row.parent {
            parts[parent].push(n);
        }
    }
    let whole = |parent: &usize| table.rows[*parent].complete;
    (0..table.rows.len()).zip(parts).filter(|(parent, parts)| !parts.is_empty() && whole(parent)).collect()
}

enum Gap {
    None,
    /// The exact amounts add up, the shown figures do not.
    Rounding {
        whole: Figure,
        sum: Figure,
    },
    /// The whole holds money that no part does; the shown figures may not add up besides.
    Unattributed {
        rest: Money,
        whole: Figure,
        sum: Figure,
    },
}

fn column_gap<'a>(whole: &Cell, parts: impl Iterator<Item = &'a Cell>) -> Gap {
    let (Some(exact), Some(shown)) = (whole.money(), whole.shown()) else { return Gap::None };
    let (mut exact_sum, mut shown_sum, mut any) = (Money::ZERO, Figure::whole(0), false);
    for part in parts {
        // Where a part is not known nothing is to be said of the rest.
        if part.why == Why::NotDerivable {
            return Gap::None;
        }
        if let (Some(exact), Some(shown)) = (part.money(), part.shown()) {
            exact_sum += exact;
            shown_sum = shown_sum + shown;
            any = true;
        }
    }
    if !any {
        Gap::None
    } else if exact_sum != exact {
        Gap::Unattributed { rest: exact - exact_sum, whole: shown, sum: shown_sum }
    } else if shown_sum != shown {
        Gap::Rounding { whole: shown, sum: shown_sum }
    } else {
        Gap::None
    }
}

/// Whether the columns that a cell is worked out from come, as shown, to something else than the cell shows.
fn row_differs(cells: &[Cell], n: usize, from: &[(Sign, usize)]) -> bool {
    let (Some(exact), Some(shown)) = (cells[n].money(), cells[n].shown()) else { return false };
    let mut sums = (Money::ZERO, Figure::whole(0));
    for (sign, column) in from {
        let (Some(e), Some(s)) = (cells[*column].money(), cells[*column].shown()) else { continue };
        sums = match sign {
            Sign::Plus => (sums.0 + e, sums.1 + s),
            Sign::Minus => (sums.0 - e, sums.1 - s),
        };
    }
    // Where the exact amounts differ, something that is not shown has a part in it.
    !from.is_empty() && sums.0 == exact && sums.1 != shown
}

/// A row by its name and those of the rows it is a part of, as one name may stand below several others.
fn name(table: &Table, row: usize) -> Piece {
    let mut name = table.rows[row].name();
    let mut at = row;
    while let Some(above) = table.rows[at].parent.filter(|above| table.rows[*above].class != RowClass::Total) {
        let over = table.rows[above].name();
        name = Text::new(format!("{}/{}", over.ko, name.ko), format!("{}/{}", over.en, name.en));
        at = above;
    }
    Piece::Text(name)
}

fn heading(table: &Table, column: usize) -> Piece {
    Piece::Text(table.columns[column].heading.clone())
}

fn figure(figure: Figure) -> Piece {
    Piece::Figure(figure, None)
}

fn exactly(cell: &Cell, scale: &Scale<'_>) -> Piece {
    figure(cell.money().unwrap_or_default().exactly(scale.unit))
}

/// `계 집행액: 표시 636,311, 아래 줄을 더하면 636,311.4, 차이 △0.4 (정확한 금액 636,311.45)`
fn column_note(table: &Table, row: usize, column: usize, whole: Figure, sum: Figure, scale: &Scale<'_>) -> Sentence {
    debug_assert!(scale.shown != Shown::Exactly, "exact amounts add up");
    Sentence::with(
        (
            "{0} {1}: 표시 {2}, 아래 줄을 더하면 {3}, 차이 {4} (정확한 금액 {5})",
            "{0}, {1}: shown {2}, its rows add up to {3}, difference {4} (exactly {5})",
        ),
        vec![
            name(table, row),
            heading(table, column),
            figure(whole),
            figure(sum.trimmed()),
            figure((whole - sum).trimmed()),
            exactly(&table.rows[row].cells[column], scale),
        ],
    )
}

/// `여비 집행액 9,999.9 + 집행잔액 0.05 = 9,999.95 ↔ 교부액 10,000, 차이 △0.05 (정확한 집행액 9,999.95)`
fn row_note(table: &Table, row: usize, derived: usize, from: &[(Sign, usize)], scale: &Scale<'_>) -> Sentence {
    let cells = &table.rows[row].cells;
    let shown = |column: &usize| cells[*column].shown();
    let side = |side: Sign| from.iter().filter(move |(sign, _)| *sign == side).map(|(_, column)| *column);
    // What was taken away stands with what was left, as a reader adds them up.
    let left: Vec<usize> = side(Sign::Minus).chain([derived]).filter(|column| shown(column).is_some()).collect();
    let right: Vec<usize> = side(Sign::Plus).filter(|column| shown(column).is_some()).collect();
    let sum = |columns: &[usize]| columns.iter().filter_map(shown).fold(Figure::whole(0), |a, b| a + b);
    let is_cut = |column: &&usize| shown(column) != cells[**column].money().map(|money| money.exactly(scale.unit));
    let cut: Vec<usize> = left.iter().chain(&right).filter(is_cut).copied().collect();

    let mut note = Growing::begin("{} ", "{}, ", vec![name(table, row)]);
    let add = |note: &mut Growing, columns: &[usize]| {
        for (n, column) in columns.iter().enumerate() {
            let plus = if n == 0 { "" } else { " + " };
            let figures = vec![heading(table, *column), figure(shown(column).unwrap_or(Figure::whole(0)))];
            note.add(&format!("{plus}{{}} {{}}"), &format!("{plus}{{}} {{}}"), figures);
        }
    };
    add(&mut note, &left);
    if left.len() > 1 {
        note.add(" = {}", " = {}", vec![figure(sum(&left).trimmed())]);
    }
    note.add(" ↔ ", " against ", Vec::new());
    add(&mut note, &right);
    let difference = (sum(&left) - sum(&right)).trimmed();
    note.add(", 차이 {}", ", difference {}", vec![figure(difference)]);
    for (n, column) in cut.iter().enumerate() {
        let (ko, en) = if n == 0 { (" (정확한 {} {}", " (exactly {} {}") } else { (", {} {}", ", {} {}") };
        note.add(ko, en, vec![heading(table, *column), exactly(&cells[*column], scale)]);
    }
    if !cut.is_empty() {
        note.add(")", ")", Vec::new());
    }
    note.sentence
}

/// A sentence that grows; each `{}` takes the next value.
struct Growing {
    sentence: Sentence,
}

impl Growing {
    fn begin(ko: &str, en: &str, values: Vec<Piece>) -> Growing {
        let mut note = Growing { sentence: Sentence::plain(("", "")) };
        note.add(ko, en, values);
        note
    }

    fn add(&mut self, ko: &str, en: &str, values: Vec<Piece>) {
        let Sentence { text, values: all } = &mut self.sentence;
        for (whole, part) in [(&mut text.ko, ko), (&mut text.en, en)] {
            let mut pieces = part.split("{}");
            whole.push_str(pieces.next().unwrap_or_default());
            for (number, piece) in (all.len()..).zip(pieces) {
                whole.push_str(&format!("{{{number}}}{piece}"));
            }
        }
        all.extend(values);
    }
}

/// `계 교부액 중 113`
fn unattributed_note(table: &Table, row: usize, column: usize, rest: Figure, whole: Figure, sum: Figure) -> Sentence {
    let mut note =
        Growing::begin("{} {} 중 {}", "{}, {}: {}", vec![name(table, row), heading(table, column), figure(rest)]);
    if sum + rest != whole {
        note.add(
            " (표시 {}, 아래 줄을 더하면 {})",
            " (shown {}, its rows add up to {})",
            vec![figure(whole), figure(sum.trimmed())],
        );
    }
    note.sentence
}

/// Says which rates were kept from being rounded to 100 %.
pub(super) fn held_back(rows: &[Text]) -> Option<Note> {
    const NAMED: usize = 8;
    if rows.is_empty() {
        return None;
    }
    let list = |label: fn(&Text) -> &str| rows.iter().take(NAMED).map(label).collect::<Vec<_>>().join(", ");
    let mut note = Growing::begin(
        "정확히 100%가 아니어서 100%로 반올림하지 않은 비율(100% 미만은 절사, 초과는 절상): {}",
        "rates that are not exactly 100% and were not rounded to it (cut below, raised above): {}",
        vec![Piece::Text(Text::new(list(|name| &name.ko), list(|name| &name.en)))],
    );
    if rows.len() > NAMED {
        note.add(" 외 {}곳", " and {} more", vec![Piece::Count((rows.len() - NAMED) as u64)]);
    }
    Some(Note::remark(note.sentence))
}
