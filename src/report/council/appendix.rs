//! The appendix: what a check found, finding by finding, and what an audit says of printed figures.
//!
//! # Why
//!
//! **Told by whoever checked.** Reports and checks stand beside one another; what was found comes here as data.

use super::Reported;
use super::sheet::{Of, Sheet};
use crate::audit::Audit;
use crate::finding::{CheckedYear, Findings, Severity};
use crate::report::Detail;
use crate::table::{Block, Cell, Column, Note, Page, Piece, Role, Row, RowClass, Sentence, Table};
use crate::words::{self, Text, Word};

const NUMBER: Word = Word::new("number", "번호", "No.");
const SEVERITY: Word = Word::new("severity", "정도", "Severity");
const RULE: Word = Word::new("rule", "규칙", "Rule");
const MESSAGE: Word = Word::new("message", "내용", "What was found");

/// What a check of a year says.
#[derive(Clone, Debug)]
pub struct Checks {
    /// How many of each rule, what waited, what is not dated by its day.
    pub year: CheckedYear,
    /// What was found, the worst first.
    pub said: Vec<Said>,
}

/// A finding as a document tells it.
#[derive(Clone, Debug)]
pub struct Said {
    /// How bad it is.
    pub severity: Severity,
    /// The rule's code and name.
    pub rule: String,
    /// What was found.
    pub message: Text,
    /// The file and the line.
    pub place: String,
    /// Why it is accepted, where it is.
    pub accepted: Option<Text>,
}

impl Checks {
    /// What was found, with the places of the findings in their order.
    pub fn of(year: CheckedYear, findings: &Findings, places: &[String]) -> Checks {
        let said = findings.iter().zip(places).map(|(finding, place)| Said {
            severity: finding.severity,
            rule: format!("{} {}", finding.code.id, finding.code.name),
            message: finding.message.clone(),
            place: place.clone(),
            accepted: finding.accepted.clone(),
        });
        let mut said: Vec<Said> = said.collect();
        // What matters most comes first; what is accepted last.
        said.sort_by_key(|found| (found.accepted.is_some(), std::cmp::Reverse(found.severity)));
        Checks { year, said }
    }
}

/// Writes what check and audit say of a year.
pub(super) fn write(one: Reported<'_, '_>, of: Of, several: bool, level: u8, sheet: &mut Sheet) {
    let year = one.books.year.fiscal_year;
    let titled = |ko: &str, en: &str| match several {
        true => Text::new(format!("{year}년도 {ko}"), format!("{en} of {year}")),
        false => Text::new(ko, en),
    };
    let section = match of {
        Of::TheYear => "appendix",
        Of::TheYearBefore => "appendix-before",
    };
    if let Some(checks) = one.checks {
        sheet.marked(level, &titled("점검", "Check"));
        let page = Page { report: "check", title: Text::default(), blocks: blocks(one, checks) };
        sheet.take(section, page, of);
    }
    sheet.marked(level, &titled("인쇄값 검증", "Audit of printed figures"));
    let audit = Audit::of(one.books, one.printed);
    sheet.take(section, crate::report::audit(one.books, &audit, Detail::Matters), of);
}

fn blocks(one: Reported<'_, '_>, checks: &Checks) -> Vec<Block> {
    let counts = checks.year.counts();
    let mut blocks = vec![Block::Paragraph(Sentence::with(
        ("오류 {0}건, 주의 {1}건, 참고 {2}건, 수용 {3}건", "errors {0}, warnings {1}, infos {2}, accepted {3}"),
        [counts.error, counts.warning, counts.info, counts.accepted].map(Piece::Count).to_vec(),
    ))];
    let mut notes = Vec::new();
    if checks.year.beyond() > 0 {
        notes.push(Note::caution(Sentence::with(
            ("세기만 하고 보이지 않은 것: {0}건", "counted, and not shown: {0}"),
            vec![Piece::Count(checks.year.beyond())],
        )));
    }
    if checks.year.coarse > 0 {
        notes.push(Note::remark(Sentence::with(
            (
                "날짜가 달이나 해까지만 적힌 내역 {0}줄은 날짜를 보는 규칙이 문제 삼지 않음",
                "lines dated by a month or a year only, which rules by date leave alone: {0}",
            ),
            vec![Piece::Count(checks.year.coarse)],
        )));
    }
    if !checks.year.waited.is_empty() {
        let items = checks.year.waited.iter().map(|waited| {
            let rule = Text::same(format!("{} {}", waited.code.id, waited.code.name));
            Sentence::with(("{0}: {1}", "{0}: {1}"), vec![Piece::Text(rule), Piece::Text(waited.reason.clone())])
        });
        let lead = Sentence::plain(("보지 못한 규칙:", "rules that could not look:"));
        notes.push(Note { items: items.collect(), ..Note::remark(lead) });
    }
    if checks.said.is_empty() {
        blocks.push(Block::Paragraph(Sentence::plain(("지적 없음", "nothing was found"))));
        blocks.extend(notes.into_iter().map(Block::Note));
    } else {
        blocks.push(Block::Table(table(one, checks, notes)));
    }
    blocks
}

fn table(one: Reported<'_, '_>, checks: &Checks, notes: Vec<Note>) -> Table {
    let columns = vec![
        Column::new(NUMBER, Role::Key),
        Column::new(SEVERITY, Role::Text),
        Column::new(RULE, Role::Text),
        Column::new(MESSAGE, Role::Text),
        Column::new(words::WHERE, Role::Text),
    ];
    let rows = checks.said.iter().zip(1_usize..).map(|(found, n)| {
        let severity = found.severity.word().text();
        let (severity, message) = match &found.accepted {
            None => (severity, found.message.clone()),
            Some(reason) => (
                words::ACCEPTED.text(),
                Text::new(
                    format!("{} (까닭: {})", found.message.ko, reason.ko),
                    format!("{} (because: {})", found.message.en, reason.en),
                ),
            ),
        };
        let cells = vec![
            Cell::label(Text::same(n.to_string())),
            Cell::label(severity),
            Cell::label(Text::same(found.rule.as_str())),
            Cell::label(message),
            Cell::label(Text::same(found.place.as_str())),
        ];
        let key = n.to_string();
        Row { class: RowClass::Body, key: key.into(), depth: 0, parent: None, complete: false, cells }
    });
    let unit = one.books.year.presentation.unit;
    let caption = Some(Text::new("점검 지적", "What check found"));
    Table { id: "check".to_owned(), caption, unit, columns, rows: rows.collect(), notes }
}
