//! Which ways of rounding make a table possible.

use super::{LEDGER, LEFT, RULE, VERDICT, row, scaled, table};
use crate::audit::{self, Audit, Audited, CellId, Hypothesis, SumPlace};
use crate::ledger::Books;
use crate::money::Reading;
use crate::table::{Cell, Column, Note, Role, Sentence, Table};
use crate::words::Text;

/// The ways of rounding that were tried: one for all columns, then the commonest mixtures that are possible.
pub(super) fn ways(books: &Books, audited: &Audited, audit: Option<&Audit<'_>>, n: usize) -> Table {
    const MIXED: usize = 4;
    let mut rows = Vec::new();
    let all = audited.verdict.everywhere.iter().map(|tried| (tried, Breadth::Everywhere));
    let mut mixed: Vec<&Hypothesis> = audited.verdict.mixed.iter().collect();
    if let Some(audit) = audit {
        mixed.sort_by_key(|tried| !audit::prints_ledger(audited, tried, audit));
    }
    for (tried, everywhere) in all.chain(mixed.into_iter().take(MIXED).map(|tried| (tried, Breadth::Mixed))) {
        let name = way(audited, tried, everywhere);
        let possible = match &tried.outcome {
            audit::Outcome::Possible(_) => Text::new("가능", "possible"),
            audit::Outcome::Refuted(_) => Text::new("불가능", "impossible"),
        };
        let mut cells = vec![Cell::label(name), Cell::label(possible), Cell::label(outcome(audited, tried))];
        if let Some(audit) = audit {
            let prints = tried.outcome.ranges().is_some() && audit::prints_ledger(audited, tried, audit);
            cells.push(Cell::label(if prints {
                Text::new("장부대로 인쇄됨", "prints the ledger")
            } else {
                Text::default()
            }));
        }
        rows.push(row(key(audited, tried, everywhere), cells));
    }
    let mut columns =
        vec![Column::new(RULE, Role::Key), Column::new(VERDICT, Role::Text), Column::new(LEFT, Role::Text)];
    if audit.is_some() {
        columns.push(Column::new(LEDGER, Role::Text));
    }
    let id = if n == 0 { "ways".to_owned() } else { format!("ways:{}", n + 1) };
    let exact: Vec<&Text> = audited
        .sheet
        .columns
        .iter()
        .zip(&audited.exact)
        .filter(|(_, exact)| **exact)
        .map(|(column, _)| &column.heading)
        .collect();
    let mut made = table(
        &id,
        ("어떤 정리 방법이면 표가 성립하는가", "Which ways of rounding make the table possible"),
        columns,
        rows,
    );
    if !exact.is_empty() {
        let names = |label: fn(&Text) -> &str| exact.iter().map(|text| label(text)).collect::<Vec<_>>().join(", ");
        made.notes.push(Note::remark(Sentence::plain(Text::new(
            format!("장부와 끝자리까지 같아 정리하지 않은 것으로 본 열: {}", names(|text| &text.ko)),
            format!(
                "columns that equal the ledger to the last digit, taken as printed in full: {}",
                names(|text| &text.en)
            ),
        ))));
    }
    scaled(books, made)
}

/// Whether a way of rounding is one rule for all columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breadth {
    Everywhere,
    Mixed,
}

/// The same for machines: `everywhere:half-up`, `disbursed=floor;unspent=half-up`.
fn key(audited: &Audited, tried: &Hypothesis, breadth: Breadth) -> String {
    let id = |reading: Reading| match reading {
        Reading::Exactly => "exact",
        Reading::By(rule) => rule.name(),
    };
    let open = (0..tried.readings.len()).filter(|column| !audited.exact[*column]);
    let open = open.filter(|column| matches!(audited.sheet.columns[*column].sort, audit::Sort::Amount(_)));
    match breadth {
        Breadth::Everywhere => {
            let mut open = open;
            format!("everywhere:{}", open.next().map_or("exact", |column| id(tried.readings[column])))
        }
        Breadth::Mixed => {
            let named =
                open.map(|column| format!("{}={}", audited.sheet.columns[column].id(), id(tried.readings[column])));
            named.collect::<Vec<_>>().join(";")
        }
    }
}

/// What a way of rounding is called.
pub(super) fn way(audited: &Audited, tried: &Hypothesis, breadth: Breadth) -> Text {
    match breadth {
        Breadth::Everywhere => {
            let open = tried.readings.iter().zip(&audited.exact).find(|(_, exact)| !**exact);
            let reading = audit::reading(open.map_or(Reading::Exactly, |(reading, _)| *reading));
            Text::new(format!("모두 {}", reading.ko), format!("everywhere: {}", reading.en))
        }
        Breadth::Mixed => audit::mixture(audited, tried),
    }
}

/// What a way of rounding leaves to the cells that do not come out, or where it fails.
fn outcome(audited: &Audited, tried: &Hypothesis) -> Text {
    const NAMED: usize = 2;
    let sheet = &audited.sheet;
    match &tried.outcome {
        audit::Outcome::Refuted(sum) => {
            let name = sheet.name(sheet.sums[*sum].target());
            Text::new(format!("{}에서 막힘", name.ko), format!("fails at {}", name.en))
        }
        audit::Outcome::Possible(ranges) => {
            let across = audited.rounded().filter(|(sum, _)| matches!(sheet.sums[*sum].place, SumPlace::Across { .. }));
            let cells: Vec<CellId> = across.map(|(sum, _)| sheet.sums[sum].target()).take(NAMED).collect();
            let said = cells.iter().map(|cell| {
                let (name, range) = (sheet.name(*cell), audit::won_range(sheet, ranges[*cell]));
                Text::new(format!("{} {}", name.ko, range.ko), format!("{}: {}", name.en, range.en))
            });
            Text::joined(&said.collect::<Vec<_>>())
        }
    }
}
