//! Which rows of a published table are parts of which: by indents, by what totals are called, and, where neither tells, by
//! the figures themselves.

use crate::ledger::loosely;
use crate::money::Figure;

/// A row as it was published: its names, from the outermost, and its figures of the columns that add up.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// The name, with what stands before it.
    pub(super) name: String,
    /// Its figures; absent where there is none.
    pub(super) figures: Vec<Option<Figure>>,
    /// How deep the names of several columns put it, where there are several.
    pub(super) level: Option<usize>,
}

/// What a row is called, as far as sums go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Called {
    /// The sum of all.
    Total,
    /// The sum of some.
    Subtotal,
    /// One of many.
    Part,
}

fn called(name: &str) -> Called {
    let plain: String = loosely(name).chars().filter(|c| c.is_alphanumeric()).collect();
    match plain.as_str() {
        "계" | "합계" | "총계" | "누계" | "total" | "grandtotal" | "totals" | "sum" | "전체" => Called::Total,
        "소계" | "subtotal" => Called::Subtotal,
        other
            if other.starts_with("total")
                || other.ends_with("total")
                || other.ends_with("합계")
                || other.ends_with("소계") =>
        {
            Called::Subtotal
        }
        _ => Called::Part,
    }
}

/// For each row, the row that it is a part of.
pub(super) fn parents(rows: &[Listed]) -> Vec<Option<usize>> {
    let depths: Vec<usize> = rows.iter().map(depth).collect();
    let told = depths.iter().any(|depth| *depth != depths[0]) && rows.len() > 1;
    let mut parents = if told { by_depth(rows, &depths) } else { vec![None; rows.len()] };
    subtotals(rows, &mut parents);
    let flat = totals(rows, parents.clone());
    if told {
        return flat;
    }
    // Where the rows as they stand do not come to the total, some of them may be parts of others.
    let nested = totals(rows, by_figures(rows, parents));
    if broken(rows, &nested) < broken(rows, &flat) || (!has_total(rows) && nested != flat) { nested } else { flat }
}

fn has_total(rows: &[Listed]) -> bool {
    rows.iter().any(|row| called(&row.name) == Called::Total)
}

/// How far a name is put in: by spaces before it, or a mark that says that it stands below.
fn depth(row: &Listed) -> usize {
    if let Some(level) = row.level {
        return level;
    }
    let mut depth = 0;
    for c in row.name.chars() {
        match c {
            ' ' | '\u{a0}' => depth += 1,
            '\u{3000}' | '\t' => depth += 2,
            '└' | '├' | 'ㄴ' | '-' | '·' | 'ㆍ' | '•' | '▸' | '>' | '–' => return depth + 1,
            _ => break,
        }
    }
    depth
}

fn by_depth(rows: &[Listed], depths: &[usize]) -> Vec<Option<usize>> {
    let mut parents = vec![None; rows.len()];
    let mut open: Vec<usize> = Vec::new();
    for row in 0..rows.len() {
        while open.last().is_some_and(|above| depths[*above] >= depths[row]) {
            open.pop();
        }
        // A total stands beside its parts, whatever its indent.
        parents[row] = open.last().copied().filter(|_| called(&rows[row].name) != Called::Total);
        open.push(row);
    }
    parents
}

/// Puts rows below the subtotal right behind them, or right before them where that is what adds up.
fn subtotals(rows: &[Listed], parents: &mut [Option<usize>]) {
    let is = |row: usize, what: Called| called(&rows[row].name) == what;
    let marks: Vec<usize> =
        (0..rows.len()).filter(|row| is(*row, Called::Subtotal) && parents[*row].is_none()).collect();
    if marks.is_empty() {
        return;
    }
    for mark in marks {
        let behind = |row: &usize| parents[*row].is_none() && !is(*row, Called::Subtotal) && !is(*row, Called::Total);
        let before: Vec<usize> = (0..mark)
            .rev()
            .take_while(|row| !is(*row, Called::Subtotal) && !is(*row, Called::Total))
            .filter(behind)
            .collect();
        let after: Vec<usize> = (mark + 1..rows.len())
            .take_while(|row| !is(*row, Called::Subtotal) && !is(*row, Called::Total))
            .filter(behind)
            .collect();
        let (before, after) = (nearest(rows, mark, before), nearest(rows, mark, after));
        let (below, above) = (misses(rows, mark, &after), misses(rows, mark, &before));
        // Most tables put a subtotal behind its parts.
        let parts = if !after.is_empty() && (before.is_empty() || below < above) { after } else { before };
        for row in parts {
            parents[row] = Some(mark);
        }
    }
}

/// Of the rows beside a subtotal, nearest first, those that come to it: all of them, unless fewer do and all do not.
fn nearest(rows: &[Listed], mark: usize, beside: Vec<usize>) -> Vec<usize> {
    let exact = |many: &usize| misses(rows, mark, &beside[..*many]) == 0;
    match (1..=beside.len()).rev().find(exact) {
        Some(many) => beside[..many].to_vec(),
        None => beside,
    }
}

/// Puts what stands below nothing below the total: the only one, or the nearest of several.
fn totals(rows: &[Listed], mut parents: Vec<Option<usize>>) -> Vec<Option<usize>> {
    let all: Vec<usize> =
        (0..rows.len()).filter(|row| called(&rows[*row].name) == Called::Total && parents[*row].is_none()).collect();
    let Some(&first) = all.first() else { return parents };
    if all.len() == 1 {
        for row in (0..rows.len()).filter(|row| *row != first) {
            parents[row] = parents[row].or(Some(first));
        }
        return parents;
    }
    // Several: each has the rows up to the next one, on the side where the first of them has its own.
    let leads = first == 0;
    for (n, total) in all.iter().enumerate() {
        let range = if leads {
            *total + 1..all.get(n + 1).copied().unwrap_or(rows.len())
        } else {
            n.checked_sub(1).map_or(0, |before| all[before] + 1)..*total
        };
        for row in range {
            parents[row] = parents[row].or(Some(*total));
        }
    }
    parents
}

/// Finds rows that are the sums of those right below them, from the figures alone.
fn by_figures(rows: &[Listed], mut parents: Vec<Option<usize>>) -> Vec<Option<usize>> {
    const MOST: usize = 60;
    for row in (0..rows.len()).rev() {
        if called(&rows[row].name) != Called::Part || parents[row].is_some() {
            continue;
        }
        let below = (row + 1..rows.len()).filter(|other| parents[*other].is_none());
        let below: Vec<usize> =
            below.take_while(|other| called(&rows[*other].name) == Called::Part).take(MOST).collect();
        let columns = rows[row].figures.iter().flatten().filter(|figure| !figure.is_zero()).count();
        // One column may add up by chance.
        let allowed = usize::from(columns > 2);
        // One part alone bears the name of its whole, and its figures.
        let is_same = |other: &usize| loosely(&rows[*other].name) == loosely(&rows[row].name);
        let from = if below.first().is_some_and(is_same) { 1 } else { 2 };
        let found = (from..=below.len()).find(|many| columns > 1 && misses(rows, row, &below[..*many]) <= allowed);
        for part in found.map_or(&[][..], |many| &below[..many]) {
            parents[*part] = Some(row);
        }
    }
    parents
}

/// In how many columns some rows do not come to another, beyond half a unit for each.
fn misses(rows: &[Listed], whole: usize, parts: &[usize]) -> usize {
    if parts.is_empty() {
        return usize::MAX;
    }
    let misses = |column: usize| {
        let Some(printed) = rows[whole].figures[column] else { return false };
        let figures: Vec<Figure> = parts.iter().filter_map(|row| rows[*row].figures[column]).collect();
        if figures.is_empty() {
            return false;
        }
        let sum = figures.iter().fold(Figure::whole(0), |sum, figure| sum + *figure);
        let off = (sum - printed).abs();
        // Half of the last digit of each, as a whole number of halves.
        let decimals = figures.iter().map(|figure| figure.decimals()).chain([printed.decimals()]).max().unwrap_or(0);
        let halves = off.at_least(decimals).digits() * 2;
        let coarsest = figures.iter().map(|figure| figure.decimals()).chain([printed.decimals()]).min().unwrap_or(0);
        let grain = 10_i128.pow(decimals - coarsest);
        halves > (figures.len() as i128 + 1) * grain
    };
    (0..rows[whole].figures.len()).filter(|column| misses(*column)).count()
}

/// In how many columns totals are missed in all.
fn broken(rows: &[Listed], parents: &[Option<usize>]) -> usize {
    let missed = |whole: usize| {
        let parts: Vec<usize> = (0..rows.len()).filter(|row| parents[*row] == Some(whole)).collect();
        if parts.is_empty() { 0 } else { misses(rows, whole, &parts) }
    };
    (0..rows.len()).map(missed).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(rows: &[(&str, &[&str])]) -> Vec<Option<usize>> {
        let figure = |text: &&str| Figure::parse(text).ok().flatten();
        let listed = |(name, cells): &(&str, &[&str])| Listed {
            name: (*name).to_owned(),
            figures: cells.iter().map(figure).collect(),
            level: None,
        };
        parents(&rows.iter().map(listed).collect::<Vec<_>>())
    }

    /// The source report as text keeps no indents: that the last two rows are parts of 사무관리비 is in the figures.
    #[test]
    fn the_figures_tell_what_lost_its_indent() {
        let rows: [(&str, &[&str]); 7] = [
            ("계", &["644,658", "637,458", "636,311", "1,147"]),
            ("인건비", &["269,520", "262,320", "261,500", "820"]),
            ("여비", &["10,000", "10,000", "9,999.9", "0.05"]),
            ("업무추진비", &["6,000", "6,000", "5,999.5", "0.5"]),
            ("사무관리비", &["359,138", "359,138", "358,812", "326"]),
            ("임차료·일반수용비", &["126,938", "126,938", "126,615", "323"]),
            ("사업비", &["232,200", "232,200", "232,197", "3"]),
        ];
        assert_eq!(shape(&rows), [None, Some(0), Some(0), Some(0), Some(0), Some(4), Some(4)]);
    }

    #[test]
    fn indents_marks_and_subtotals() {
        let rows: [(&str, &[&str]); 5] =
            [("합계", &["6"]), ("A", &["3"]), ("  a1", &["1"]), ("  a2", &["2"]), ("B", &["3"])];
        assert_eq!(shape(&rows), [None, Some(0), Some(1), Some(1), Some(0)]);
        let rows: [(&str, &[&str]); 4] = [("A", &["3"]), ("└ a1", &["1"]), ("└ a2", &["2"]), ("합계", &["3"])];
        assert_eq!(shape(&rows), [Some(3), Some(0), Some(0), None]);
        let rows: [(&str, &[&str]); 7] = [
            ("a", &["10"]),
            ("b", &["20"]),
            ("소계", &["30"]),
            ("c", &["1"]),
            ("d", &["2"]),
            ("소계", &["3"]),
            ("총계", &["33"]),
        ];
        assert_eq!(shape(&rows), [Some(2), Some(2), Some(6), Some(5), Some(5), Some(6), None]);
        let rows: [(&str, &[&str]); 5] =
            [("계", &["33"]), ("소계", &["30"]), ("a", &["10"]), ("b", &["20"]), ("c", &["3"])];
        assert_eq!(shape(&rows), [None, Some(0), Some(1), Some(1), Some(0)]);
    }

    #[test]
    fn a_table_without_totals_stays_flat() {
        let rows: [(&str, &[&str]); 3] = [("a", &["10", "1"]), ("b", &["20", "2"]), ("c", &["31", "4"])];
        assert_eq!(shape(&rows), [None, None, None]);
    }
}
