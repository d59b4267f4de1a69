//! A page as one file for browsers: its figures lead to the lines that they come from.
//!
//! Law: everything can be read without a script, and nothing is asked of the network. The script of the page sorts and
//! filters; it does not make anything that is there. The same page is the same bytes.
//!
//! # Why
//!
//! **A policy that allows the page's own style and script and nothing else.** The page is made of texts of the books; it is
//! passed on by mail and opened from wherever it was saved. Were one of those texts markup after all, it still could not
//! run or send anything.

mod behind;
mod charts;
mod figures;
mod said;
mod seal;
mod table;
mod writer;

use super::{Made, Style};
use crate::ledger::Books;
use crate::table::{Block, Page, Point};
use behind::Behind;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::io::{self, Write};
use writer::Writer;

/// How the page looks.
const STYLE: &str = include_str!("style.css");
/// What sorts and filters its tables.
const SCRIPT: &str = include_str!("script.js");
/// So many places a page has before a list of them is worth its room.
const WORTH_A_LIST: usize = 3;

/// So many stand in columns, fewer beside one another.
const LONG_LIST: usize = 9;

/// More are not listed, unless all of them are parts of the highest level.
const LONGEST_LIST: usize = 40;

pub(super) fn write(made: &Made<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let writer = Writer { style };
    let behind = Behind::of(made)?;
    let page = document(made, &behind, &writer).into_string();
    out.write_all(page.as_bytes())?;
    out.write_all(b"\n")
}

fn document(made: &Made<'_>, behind: &Behind<'_>, writer: &Writer<'_>) -> Markup {
    let page = made.page;
    let title = writer.text(&page.title);
    let basis = behind::section(behind, writer);
    let places = places(page, basis.is_some(), writer);
    html! {
        (DOCTYPE)
        html lang=(writer.lang()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="wego-ledger";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body.wide[lies(page, writer)] {
                a.skip href="#content" { (writer.word(said::SKIP)) }
                header { h1 { (title) } }
                @if places.len() >= WORTH_A_LIST { (contents(&places, writer)) }
                main #content tabindex="-1" {
                    (blocks(page, behind, writer))
                    @if let Some(basis) = basis { (basis) }
                }
                @if let Some(books) = made.books.first() { (footer(books, writer)) }
                script data-filter=(writer.word(said::FILTER)) data-reset=(writer.word(said::RESET)) data-shown=(writer.word(said::ROWS_SHOWN)) {
                    (PreEscaped(SCRIPT))
                }
            }
        }
    }
}

/// Whether the whole page is printed on paper that lies: where it has no parts, one sheet that stands before one that
/// lies would be next to empty.
fn lies(page: &Page, writer: &Writer<'_>) -> bool {
    !has_parts(page) && page.tables().any(|one| table::is_wide(one, writer))
}

fn has_parts(page: &Page) -> bool {
    page.blocks.iter().any(|block| matches!(block, Block::Heading(_)))
}

/// What a browser may do with the page: show it in its own style, run its own script.
fn policy() -> String {
    let (style, script) = (seal::fingerprint(STYLE), seal::fingerprint(SCRIPT));
    format!("default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'")
}

/// The blocks in order. The figures stand below what the page says first.
fn blocks(page: &Page, behind: &Behind<'_>, writer: &Writer<'_>) -> Markup {
    let lead = page.blocks.iter().take_while(|block| matches!(block, Block::Paragraph(_))).count();
    let (first, rest) = page.blocks.split_at(lead);
    let title = writer.text(&page.title);
    let (mut tables, mut charts, mut headings, mut level) = (0, 0, 0, 1);
    let rest: Vec<Markup> = rest
        .iter()
        .map(|block| match block {
            Block::Heading(found) => {
                headings += 1;
                // No level is left out, whatever the page does.
                level = found.level.saturating_add(1).clamp(2, 5).min(level + 1);
                heading(level, Some(&format!("h{headings}")), &writer.text(&found.text))
            }
            Block::Paragraph(sentence) => html! { p { (writer.sentence(sentence)) } },
            Block::List(points) => list(points, writer),
            Block::Note(note) => html! { div.note { (writer.note(note)) } },
            Block::Table(table) => {
                tables += 1;
                table::table(table, tables - 1, level + 1, &title, behind, writer)
            }
            Block::Chart(chart) => {
                charts += 1;
                charts::chart(chart, charts - 1, level + 1, writer)
            }
            Block::PageBreak => html! { div.sheet-ends {} },
        })
        .collect();
    html! {
        @if !first.is_empty() {
            div.lead { @for block in first { @if let Block::Paragraph(sentence) = block { p { (writer.sentence(sentence)) } } } }
        }
        // A document of several parts says itself what comes first.
        @if !has_parts(page) { @if let Some(cards) = figures::cards(page, behind, writer) { (cards) } }
        @for block in &rest { (block) }
    }
}

/// A heading of a level, from 2.
fn heading(level: u8, id: Option<&str>, text: &str) -> Markup {
    match level {
        ..=2 => html! { h2 id=[id] { (text) } },
        3 => html! { h3 id=[id] { (text) } },
        4 => html! { h4 id=[id] { (text) } },
        5 => html! { h5 id=[id] { (text) } },
        6.. => html! { h6 id=[id] { (text) } },
    }
}

/// A list of points; what stands deeper is a list within the point above it.
fn list(points: &[Point], writer: &Writer<'_>) -> Markup {
    let mut items = Vec::new();
    let mut rest = points;
    while let Some((first, behind)) = rest.split_first() {
        let below = behind.iter().take_while(|point| point.depth > first.depth).count();
        let (own, others) = behind.split_at(below);
        items.push(html! {
            li {
                @if let Some(label) = &first.label { strong { (writer.text(label)) } ": " }
                (writer.sentence(&first.text))
                @if !own.is_empty() { (list(own, writer)) }
            }
        });
        rest = others;
    }
    html! { ul.points { @for item in &items { (item) } } }
}

/// A place of the page that one may want to go to.
struct Goal {
    id: String,
    name: String,
    depth: u8,
}

fn places(page: &Page, basis: bool, writer: &Writer<'_>) -> Vec<Goal> {
    let (mut tables, mut charts, mut headings, mut depth) = (0, 0, 0, 0);
    let mut goals = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Heading(found) => {
                headings += 1;
                depth = found.level.clamp(1, 3);
                goals.push(Goal { id: format!("h{headings}"), name: writer.text(&found.text), depth: depth - 1 });
            }
            Block::Table(table) => {
                tables += 1;
                let named = table.caption.as_ref().map(|caption| writer.text(caption));
                goals.extend(named.map(|name| Goal { id: format!("t{tables}"), name, depth }));
            }
            Block::Chart(chart) => {
                charts += 1;
                goals.push(Goal { id: format!("k{charts}"), name: writer.text(&chart.title), depth });
            }
            Block::Paragraph(_) | Block::List(_) | Block::Note(_) | Block::PageBreak => {}
        }
    }
    if basis {
        goals.push(Goal { id: "basis".to_owned(), name: writer.word(said::BASIS).to_owned(), depth: 0 });
    }
    // A long document names its larger parts only.
    let deepest =
        (1..=4).rev().find(|deepest| goals.iter().filter(|goal| goal.depth < *deepest).count() <= LONGEST_LIST);
    goals.retain(|goal| goal.depth < deepest.unwrap_or(1));
    goals
}

fn contents(goals: &[Goal], writer: &Writer<'_>) -> Markup {
    html! {
        nav aria-label=(writer.word(said::CONTENTS)) {
            ol.short[goals.len() < LONG_LIST] { @for goal in goals { li class={ "l" (goal.depth) } { a href={ "#" (goal.id) } { (goal.name) } } } }
        }
    }
}

/// What the books were taken from, and what made the page.
fn footer(books: &Books, writer: &Writer<'_>) -> Markup {
    let documents = &books.year.documents;
    html! {
        footer {
            @if !documents.is_empty() {
                p { (writer.word(said::SOURCES)) ": " }
                ul {
                    @for document in documents {
                        li { (writer.text(&document.title)) @if let Some(date) = document.date { " (" (date) ")" } }
                    }
                }
            }
            p { (writer.word(said::MADE_BY)) " · wego-ledger" }
        }
    }
}
