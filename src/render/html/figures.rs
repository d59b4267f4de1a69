//! The headline figures, as cards: what the total row of the first table that has one says.

use super::super::number;
use super::Writer;
use super::behind::{At, Behind};
use crate::money::{Rate, Unit};
use crate::table::{Cell, Column, Page, Role, Row, RowClass, Table, Value};
use crate::words;
use maud::{Markup, html};

/// One figure.
struct Card<'a> {
    label: String,
    cell: &'a Cell,
    at: At,
    is_part: bool,
}

/// The cards of a page; nothing where no table has a total.
pub(super) fn cards(page: &Page, behind: &Behind<'_>, writer: &Writer<'_>) -> Option<Markup> {
    let totals = page.tables().enumerate().filter_map(|(n, table)| {
        let row = table.rows.iter().position(|row| row.class == RowClass::Total)?;
        Some((n, table, row))
    });
    let (n, table, at) = totals.into_iter().next()?;
    let cards = figures(table, n, at, writer);
    if cards.is_empty() {
        return None;
    }
    Some(html! {
        ul.cards.alone[cards.len() == 1] aria-label=(writer.word(super::said::AT_A_GLANCE)) {
            @for card in &cards { (card_of(card, table.unit, behind, writer)) }
        }
    })
}

fn figures<'a>(table: &'a Table, n: usize, at: usize, writer: &Writer<'_>) -> Vec<Card<'a>> {
    let row: &Row = &table.rows[at];
    let is_figure = |(column, cell): (&Column, &Cell)| {
        matches!(column.role, Role::Amount | Role::Rate)
            && matches!(cell.value, Value::Money { .. } | Value::Rate { .. })
    };
    let found = table.columns.iter().zip(&row.cells).enumerate().filter(|(_, pair)| is_figure(*pair));
    let found: Vec<_> = found.collect();
    let card = |(column, (heading, cell)): (usize, (&Column, &'a Cell))| Card {
        // A column that says no more than that it holds amounts leaves it to the row to say of what.
        label: writer.text(&if heading.word == words::AMOUNT { row.name() } else { heading.heading.clone() }),
        // A change is no part of a whole that a bar could be filled with.
        is_part: heading.word != words::CHANGE_RATE,
        cell,
        at: At { table: n, row: at, column },
    };
    found.into_iter().map(card).collect()
}

fn card_of(card: &Card<'_>, unit: Unit, behind: &Behind<'_>, writer: &Writer<'_>) -> Markup {
    let text = number::cell(card.cell, writer.style);
    let (negative, rate) = match &card.cell.value {
        Value::Money { exact, .. } => (exact.is_negative(), None),
        Value::Rate { exact, .. } => (exact.part().is_negative(), Some(*exact)),
        _ => (false, None),
    };
    let number = html! {
        span.number.neg[negative] { (text) }
        @if rate.is_none() { span.unit { (writer.gap()) (writer.word(unit.word())) } }
    };
    html! {
        li {
            span.label { (card.label) }
            @match behind.link(card.at) {
                Some(link) => a href={ "#" (link) } { (number) },
                None => (number),
            }
            @if let Some(rate) = rate.filter(|_| card.is_part) { (gauge(rate)) }
        }
    }
}

/// How much of its whole a rate is, as a thin bar; the number beside it says it.
fn gauge(rate: Rate) -> Markup {
    let width = rate.of_length(1_000);
    html! {
        svg.gauge aria-hidden="true" viewBox="0 0 1000 16" preserveAspectRatio="none" {
            rect.track width="1000" height="16" {}
            rect.bar width=(width) height="16" {}
        }
    }
}
