//! Small sheets for tests.

use super::sheet::{Base, Column, Identity, Known, Mark, Row, Says, Sheet, Sort};
use crate::ledger::Sign;
use crate::money::{Figure, Unit};
use crate::source::{Source, Sources, Span};
use crate::words::Text;

/// A sheet of rows, in 천원: each its name, the row that it is a part of, and its cells.
pub(super) fn sheet_of(rows: &[(&str, Option<usize>, &[&str])]) -> Sheet {
    let source = Sources::default().add(Source::file("t.csv".as_ref()));
    let span = Span::new(source, 0, 0);
    let width = rows.first().map_or(0, |(_, _, cells)| cells.len());
    let column = |n: usize| Column {
        heading: Text::same(n.to_string()),
        claim: None,
        sort: Sort::Amount(Unit::Thousand),
        span: None,
    };
    let row = |(name, parent, _): &(&str, Option<usize>, &[&str])| Row {
        name: Text::same(*name),
        path: (*name).to_owned(),
        account: None,
        parent: *parent,
        complete: true,
        span,
    };
    let mark = |text: &&str| Mark {
        text: (*text).to_owned(),
        says: match Figure::parse(text) {
            Ok(Some(figure)) => Says::Figure(figure),
            Ok(None) => Says::Nil,
            Err(_) => Says::Nothing,
        },
        span,
    };
    let marks = rows.iter().flat_map(|(_, _, cells)| cells.iter().map(mark)).collect();
    Sheet::new(Text::same("t"), (0..width).map(column).collect(), rows.iter().map(row).collect(), marks)
}

/// The same, tied: each formula names the column that follows, and what from.
pub(super) fn sheet(rows: &[(&str, Option<usize>, &[&str])], formulas: &[(usize, &[(char, usize)])]) -> Sheet {
    let identity = |(target, parts): &(usize, &[(char, usize)])| Identity {
        target: *target,
        parts: parts.iter().map(|(sign, n)| (if *sign == '+' { Sign::Plus } else { Sign::Minus }, *n)).collect(),
        whole: None,
        base: Base::Row,
        rows: None,
        source: Known::Heading,
    };
    sheet_of(rows).tied(formulas.iter().map(identity).collect())
}
