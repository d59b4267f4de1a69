//! Which rows of a published table are parts of which: by indents, by what totals are called, and, where neither tells, by
//! the figures themselves.

use crate::ledger::loosely;
use crate::money::Figure;

/// A row as it was published: its name and its figures of the columns that add up.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// The name, with what stands before it.
    pub(super) name: String,
    /// What it is called, as far as sums go.
    pub(super) called: Called,
    /// Its figures; absent where there is none.
    pub(super) figures: Vec<Option<Figure>>,
    /// How deep the names of several columns put it, where there are several.
    pub(super) level: Option<usize>,
}

/// What a row is called, as far as sums go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// The sum of all, totals of parts included.
    Grand,
    /// The sum of all.
    Total,
    /// The sum of some.
    Subtotal,
    /// One of many.
    Part,
    /// Some of what the row above has: `of which`, `(내역)`.
    Share,
    /// No part of a sum: a rate, a running total.
    Apart,
}

/// How rows hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// For each row, the row that it is a part of.
    pub(super) parents: Vec<Option<usize>>,
    /// Rows of which only some parts are listed.
    pub(super) partial: Vec<usize>,
}

/// What a name says of sums.
pub(super) fn called(name: &str) -> Called {
    let folded = loosely(name);
    let outside: String = folded.split(['(', '[']).next().unwrap_or_default().to_owned();
    let whole = if outside.is_empty() { &folded } else { &outside };
    let plain: String = whole.chars().filter(|c| c.is_alphanumeric()).collect();
    if ["ofwhich", "o/w", "중:", "(내역", "(중", "※", "includedabove", "memo"]
        .iter()
        .any(|start| folded.starts_with(start))
    {
        return Called::Share;
    }
    match plain.as_str() {
        "총계" | "총합계" | "grandtotal" | "overalltotal" => Called::Grand,
        "계" | "합계" | "total" | "totals" | "sum" | "전체" | "총괄" | "누계" | "all" => Called::Total,
        "소계" | "subtotal" | "중계" => Called::Subtotal,
        other
            if other.starts_with("total")
                || other.starts_with("subtotal")
                || other.ends_with("total")
                || other.ends_with("totals")
                || other.ends_with("합계")
                || other.ends_with("소계") =>
        {
            Called::Subtotal
        }
        _ => Called::Part,
    }
}

/// A figure of a row in the finest digits of its column, and what its own last digit is worth in them.
#[derive(Clone, Copy)]
struct Fine {
    value: i128,
    step: i128,
}

/// Rows with their figures made comparable.
struct Rows<'r> {
    listed: &'r [Listed],
    fine: Vec<Vec<Option<Fine>>>,
    width: usize,
}

/// How rows hang together, as far as their names, indents and figures tell.
pub(super) fn shape(listed: &[Listed]) -> Shape {
    let rows = Rows::of(listed);
    let depths: Vec<usize> = listed.iter().map(depth).collect();
    let told = depths.iter().any(|depth| *depth != depths[0]) && listed.len() > 1;
    let none = vec![None; listed.len()];
    let finished = |mut parents: Vec<Option<usize>>| {
        rows.subtotals(&mut parents);
        rows.totals(parents)
    };
    let flat = finished(none.clone());
    let mut found: Vec<(i64, Vec<Option<usize>>)> = Vec::new();
    if told {
        let deep = finished(rows.by_depth(&depths));
        // What indents say is believed before what figures say.
        found.push((rows.score(&deep) + 1, deep));
    }
    found.push((rows.score(&flat), flat.clone()));
    // Where the rows as they stand do not come to the total, some of them may be parts of others.
    let mut nested = none;
    rows.subtotals(&mut nested);
    let nested = rows.totals(rows.by_figures(nested));
    if nested != flat {
        found.push((rows.score(&nested), nested));
    }
    let best = found.iter().map(|(score, _)| *score).max().unwrap_or_default();
    let parents = found.into_iter().find(|(score, _)| *score == best).map(|(_, parents)| parents);
    let mut parents = parents.unwrap_or(flat);
    let mut partial = Vec::new();
    for row in 1..listed.len() {
        if listed[row].called != Called::Share {
            continue;
        }
        let above = (0..row).rev().find(|above| listed[*above].called != Called::Share);
        parents[row] = above;
        // What stands below it by other signs is all there, and more.
        partial.extend(above.filter(|above| {
            !parents.iter().enumerate().any(|(n, parent)| *parent == Some(*above) && listed[n].called != Called::Share)
        }));
    }
    partial.dedup();
    for row in 0..listed.len() {
        let shared = parents[row].is_some_and(|parent| !partial.contains(&parent));
        if listed[row].called == Called::Apart || (listed[row].called == Called::Share && shared) {
            parents[row] = None;
        }
    }
    Shape { parents, partial }
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
            '└' | '├' | 'ㄴ' | '-' | '·' | 'ㆍ' | '•' | '▸' | '>' | '–' | '∟' | '┗' => {
                return depth + 1;
            }
            _ => break,
        }
    }
    depth
}

impl Rows<'_> {
    fn of(listed: &[Listed]) -> Rows<'_> {
        let width = listed.first().map_or(0, |row| row.figures.len());
        let finest = |column: usize| listed.iter().filter_map(|row| row.figures[column]).map(Figure::decimals).max();
        let finest: Vec<u32> = (0..width).map(|column| finest(column).unwrap_or(0)).collect();
        let fine = |figure: Figure, decimals: u32| {
            let step = 10_i128.pow(decimals - figure.decimals());
            Fine { value: figure.digits().saturating_mul(step), step }
        };
        let row = |row: &Listed| row.figures.iter().zip(&finest).map(|(one, n)| one.map(|one| fine(one, *n))).collect();
        Rows { listed, fine: listed.iter().map(row).collect(), width }
    }

    fn is(&self, row: usize, what: Called) -> bool {
        self.listed[row].called == what
    }

    fn is_total(&self, row: usize) -> bool {
        matches!(self.listed[row].called, Called::Total | Called::Grand)
    }

    fn is_loose(&self, row: usize) -> bool {
        matches!(self.listed[row].called, Called::Share | Called::Apart)
    }

    fn by_depth(&self, depths: &[usize]) -> Vec<Option<usize>> {
        let mut parents = vec![None; depths.len()];
        let mut open: Vec<usize> = Vec::new();
        for row in 0..depths.len() {
            if self.is_loose(row) {
                continue;
            }
            while open.last().is_some_and(|above| depths[*above] >= depths[row]) {
                open.pop();
            }
            // A total stands beside its parts, whatever its indent; what stands below it is seen to later.
            let above = open.last().copied().filter(|above| !self.is_total(*above) && !self.is_total(row));
            // A subtotal within its parts is the row above them said again, or has them: names tell, not indents.
            parents[row] = above.filter(|_| !self.is(row, Called::Subtotal));
            open.push(row);
        }
        parents
    }

    /// Puts rows below the subtotal right behind them, or right before them where that is what adds up.
    fn subtotals(&self, parents: &mut [Option<usize>]) {
        let marks: Vec<usize> = (0..parents.len())
            .filter(|row| self.is(*row, Called::Subtotal) && parents[*row].is_none())
            .filter(|row| !parents.contains(&Some(*row)))
            .collect();
        for mark in marks {
            let stops = |row: &usize| !self.is(*row, Called::Subtotal) && !self.is_total(*row);
            let free = |row: &usize| parents[*row].is_none() && !self.is_loose(*row);
            let before: Vec<usize> = (0..mark).rev().take_while(stops).filter(free).collect();
            let after: Vec<usize> = (mark + 1..parents.len()).take_while(stops).filter(free).collect();
            let (before, below) = self.nearest(mark, &before);
            let (after, above) = self.nearest(mark, &after);
            // Most tables put a subtotal behind its parts.
            let parts = if !after.is_empty() && (before.is_empty() || above < below) { after } else { before };
            for row in parts {
                parents[row] = Some(mark);
            }
        }
    }

    /// Of the rows beside a subtotal, nearest first, those that come to it in most columns; of equals, the most. With the
    /// columns in which they miss it.
    fn nearest(&self, mark: usize, beside: &[usize]) -> (Vec<usize>, usize) {
        let mut sum = Running::new(self.width);
        let mut best = (usize::MAX, 0);
        for (n, row) in beside.iter().enumerate() {
            sum.add(&self.fine[*row]);
            let misses = sum.misses(&self.fine[mark]);
            if misses <= best.0 {
                best = (misses, n + 1);
            }
        }
        // Where nothing comes near it, all of them were meant.
        let many = if best.0.saturating_mul(2) > self.width.max(1) { beside.len() } else { best.1 };
        (beside[..many].to_vec(), best.0)
    }

    /// Puts what stands below nothing below the total: the only one, or the nearest of several.
    fn totals(&self, mut parents: Vec<Option<usize>>) -> Vec<Option<usize>> {
        let all: Vec<usize> = (0..parents.len()).filter(|row| self.is_total(*row) && parents[*row].is_none()).collect();
        let grand: Vec<usize> = all.iter().copied().filter(|row| self.is(*row, Called::Grand)).collect();
        let (&[top], false) = (grand.as_slice(), all.len() == 1) else {
            self.blocks(&all, &mut parents);
            return parents;
        };
        // One above the others: each of these has its own rows, and all of them stand below it.
        let below: Vec<usize> = all.iter().copied().filter(|row| *row != top).collect();
        let mut within = parents.clone();
        within[top] = Some(top);
        self.blocks(&below, &mut within);
        within[top] = None;
        self.blocks(&[top], &mut within);
        within
    }

    /// Gives each of some totals the rows on its side, up to the next total.
    fn blocks(&self, totals: &[usize], parents: &mut [Option<usize>]) {
        let Some(&first) = totals.first() else { return };
        let free: Vec<usize> = (0..parents.len())
            .filter(|row| parents[*row].is_none() && !totals.contains(row) && !self.is_loose(*row))
            .collect();
        if let [only] = totals {
            let (before, after): (Vec<usize>, Vec<usize>) = free.iter().partition(|row| *row < only);
            let sides = [before, after, free];
            let misses = |side: &Vec<usize>| self.misses(*only, side);
            let best = sides.iter().filter(|side| !side.is_empty()).map(misses).min().unwrap_or(0);
            // Most often the one side that is there; of equals what stands before it, as below a line.
            let side = sides.iter().find(|side| !side.is_empty() && misses(side) == best);
            for row in side.into_iter().flatten() {
                parents[*row] = Some(*only);
            }
            return;
        }
        // Several: each has the rows up to the next one, on the side where the first of them has its own.
        let leads = free.first().is_none_or(|row| first < *row);
        for (n, total) in totals.iter().enumerate() {
            let range = if leads {
                *total + 1..totals.get(n + 1).copied().unwrap_or(parents.len())
            } else {
                n.checked_sub(1).map_or(0, |before| totals[before] + 1)..*total
            };
            for row in free.iter().filter(|row| range.contains(row)) {
                parents[*row] = Some(*total);
            }
        }
    }

    /// Finds rows that are the sums of those right below them, from the figures alone.
    fn by_figures(&self, mut parents: Vec<Option<usize>>) -> Vec<Option<usize>> {
        const MOST: usize = 60;
        const FAR: usize = 400;
        for row in (0..parents.len()).rev() {
            if !self.is(row, Called::Part) || parents[row].is_some() {
                continue;
            }
            let below = (row + 1..parents.len()).take(FAR).filter(|other| parents[*other].is_none());
            let below: Vec<usize> = below.take_while(|other| self.is(*other, Called::Part)).take(MOST).collect();
            let columns = self.fine[row].iter().flatten().filter(|figure| figure.value != 0).count();
            // One column may add up by chance.
            let allowed = usize::from(columns > 2);
            // One part alone that says the same is the row again; unless the rows below are in groups, each under the name
            // that heads it, as accounts of a city are.
            let name = |row: usize| loosely(&self.listed[row].name);
            let is_grouped = parents[row..].iter().any(Option::is_some);
            let bears_its_name = is_grouped && below.first().is_some_and(|first| name(*first) == name(row));
            let from = if bears_its_name { 1 } else { 2 };
            let mut sum = Running::new(self.width);
            let found = below.iter().enumerate().find_map(|(n, part)| {
                sum.add(&self.fine[*part]);
                (n + 1 >= from && columns > 1 && sum.misses(&self.fine[row]) <= allowed).then_some(n + 1)
            });
            for part in found.map_or(&[][..], |many| &below[..many]) {
                parents[*part] = Some(row);
            }
        }
        parents
    }

    /// In how many columns some rows do not come to another.
    fn misses(&self, whole: usize, parts: &[usize]) -> usize {
        let mut sum = Running::new(self.width);
        parts.iter().for_each(|part| sum.add(&self.fine[*part]));
        sum.misses(&self.fine[whole])
    }

    /// How well a shape suits the figures: the columns in which parts come to their whole, less those in which they do not.
    fn score(&self, parents: &[Option<usize>]) -> i64 {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
        for (row, parent) in parents.iter().enumerate().filter_map(|(row, parent)| Some((row, (*parent)?))) {
            children[parent].push(row);
        }
        let one = |whole: usize| {
            let parts = &children[whole];
            if parts.is_empty() {
                return 0;
            }
            let told = |column: &usize| {
                self.fine[whole][*column].is_some() && parts.iter().any(|part| self.fine[*part][*column].is_some())
            };
            let all = (0..self.width).filter(told).count() as i64;
            // By any rule: cut, the parts of a long list come to much less than their total.
            let mut sum = Running::new(self.width);
            parts.iter().for_each(|part| sum.add(&self.fine[*part]));
            all - 2 * sum.missed(&self.fine[whole], 2) as i64
        };
        (0..parents.len()).map(one).sum()
    }
}

/// A sum of rows, column by column.
struct Running {
    columns: Vec<(i128, usize, i128)>,
}

impl Running {
    fn new(width: usize) -> Running {
        Running { columns: vec![(0, 0, 0); width] }
    }

    fn add(&mut self, row: &[Option<Fine>]) {
        for ((sum, many, coarsest), figure) in self.columns.iter_mut().zip(row) {
            if let Some(Fine { value, step }) = figure {
                *sum = sum.saturating_add(*value);
                *many += 1;
                *coarsest = (*coarsest).max(*step);
            }
        }
    }

    /// In how many columns it is not what a row says, beyond half a unit for each.
    fn misses(&self, whole: &[Option<Fine>]) -> usize {
        self.missed(whole, 1)
    }

    /// The same, beyond so many halves of a unit for each.
    fn missed(&self, whole: &[Option<Fine>], halves: i128) -> usize {
        let missed = |((sum, many, coarsest), whole): (&(i128, usize, i128), &Option<Fine>)| {
            let Some(whole) = whole.filter(|_| *many > 0) else { return false };
            (sum.saturating_sub(whole.value)).saturating_abs().saturating_mul(2)
                > (*many as i128 + 1).saturating_mul((*coarsest).max(whole.step)).saturating_mul(halves)
        };
        self.columns.iter().zip(whole).filter(|pair| missed((pair.0, pair.1))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parents(rows: &[(&str, &[&str])]) -> Vec<Option<usize>> {
        let figure = |text: &&str| Figure::parse(text).ok().flatten();
        let listed = |(name, cells): &(&str, &[&str])| Listed {
            name: (*name).to_owned(),
            called: called(name),
            figures: cells.iter().map(figure).collect(),
            level: None,
        };
        shape(&rows.iter().map(listed).collect::<Vec<_>>()).parents
    }

    /// The source report as text keeps no indents: that the last two rows are parts of 사무관리비 is in the figures.
    /// A page of a city's accounts: a group of one account has the account's name and figures.
    #[test]
    fn a_group_of_one_is_no_row_that_stands_twice() {
        let rows: [(&str, &[&str]); 6] = [
            ("합계", &["1,600", "800"]),
            ("일반회계", &["1,000", "500"]),
            ("일반회계", &["1,000", "500"]),
            ("특별회계", &["600", "300"]),
            ("하수도", &["400", "250"]),
            ("주차장", &["200", "50"]),
        ];
        assert_eq!(parents(&rows), [None, Some(0), Some(1), Some(0), Some(3), Some(3)]);
    }

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
        assert_eq!(parents(&rows), [None, Some(0), Some(0), Some(0), Some(0), Some(4), Some(4)]);
    }

    #[test]
    fn indents_marks_and_subtotals() {
        let rows: [(&str, &[&str]); 5] =
            [("합계", &["6"]), ("A", &["3"]), ("  a1", &["1"]), ("  a2", &["2"]), ("B", &["3"])];
        assert_eq!(parents(&rows), [None, Some(0), Some(1), Some(1), Some(0)]);
        let rows: [(&str, &[&str]); 4] = [("A", &["3"]), ("└ a1", &["1"]), ("└ a2", &["2"]), ("합계", &["3"])];
        assert_eq!(parents(&rows), [Some(3), Some(0), Some(0), None]);
        let rows: [(&str, &[&str]); 7] = [
            ("a", &["10"]),
            ("b", &["20"]),
            ("소계", &["30"]),
            ("c", &["1"]),
            ("d", &["2"]),
            ("소계", &["3"]),
            ("총계", &["33"]),
        ];
        assert_eq!(parents(&rows), [Some(2), Some(2), Some(6), Some(5), Some(5), Some(6), None]);
        let rows: [(&str, &[&str]); 5] =
            [("계", &["33"]), ("소계", &["30"]), ("a", &["10"]), ("b", &["20"]), ("c", &["3"])];
        assert_eq!(parents(&rows), [None, Some(0), Some(1), Some(1), Some(0)]);
        // Parts put in below a total, with subtotals among them.
        let rows: [(&str, &[&str]); 6] = [
            ("합계", &["33"]),
            (" 소계", &["30"]),
            (" a", &["10"]),
            (" b", &["20"]),
            (" 소계", &["3"]),
            (" c", &["3"]),
        ];
        assert_eq!(parents(&rows), [None, Some(0), Some(1), Some(1), Some(0), Some(4)]);
    }

    #[test]
    fn totals_of_totals_and_what_stands_behind_them() {
        let rows: [(&str, &[&str]); 7] = [
            ("a", &["10"]),
            ("b", &["20"]),
            ("계", &["30"]),
            ("c", &["1"]),
            ("d", &["2"]),
            ("계", &["3"]),
            ("총계", &["33"]),
        ];
        assert_eq!(parents(&rows), [Some(2), Some(2), Some(6), Some(5), Some(5), Some(6), None]);
        let rows: [(&str, &[&str]); 4] = [("a", &["10"]), ("b", &["20"]), ("Total", &["30"]), ("Surplus", &["7"])];
        assert_eq!(parents(&rows), [Some(2), Some(2), None, None]);
        let rows: [(&str, &[&str]); 4] = [("a", &["10"]), ("of which x", &["4"]), ("b", &["20"]), ("Total", &["30"])];
        assert_eq!(parents(&rows), [Some(3), Some(0), Some(3), None]);
    }

    #[test]
    fn a_table_without_totals_stays_flat() {
        let rows: [(&str, &[&str]); 3] = [("a", &["10", "1"]), ("b", &["20", "2"]), ("c", &["31", "4"])];
        assert_eq!(parents(&rows), [None, None, None]);
    }
}
