//! `book.toml` and `year.toml` to a [`Year`], with a place for every key.

use super::chart;
use super::outline;
use super::presentation;
use super::toml::{Keys, Wanted, bad_value};
use super::value::Spot;
use crate::finding::{Findings, Severity};
use crate::ledger::{
    Accepted, Accounts, Basis, Clause, Control, Date, Document, Fund, FundId, GrantMode, Names, Reference,
    ReturnRounding, Year,
};
use crate::words::{Lang, Text};
use std::collections::HashSet;

/// What the manifests say before the files they list are opened.
pub(super) struct Manifest {
    pub(super) year: Year,
    pub(super) accounts: Accounts,
    pub(super) fund_names: Names<FundId>,
}

/// Reads `book.toml`, and the parts of `year.toml` that need no other file. The keys of the year are left open for
/// those that do.
pub(super) fn read(mut book: Keys<'_>, keys: &mut Keys<'_>, number: i32, findings: &mut Findings) -> Manifest {
    let accounts = chart::accounts(keys, findings);
    let mut year = Year::calendar(number);
    match book.table("book", findings) {
        None => book.missing_table("book", findings),
        Some(about) => about_book(about, &mut year, findings),
    }
    match keys.table("year", findings) {
        None => keys.missing_table("year", findings),
        Some(about) => about_year(about, &mut year, &accounts, number, findings),
    }
    // Both after the year's basis is known, which a bare `execution_rate` takes.
    for shown in [book.table("presentation", findings), keys.table("presentation", findings)].into_iter().flatten() {
        presentation::read(shown, &mut year.presentation, year.rate_basis, findings);
    }
    for said in [book.table("report", findings), keys.table("report", findings)].into_iter().flatten() {
        outline::read(said, &mut year.outline, findings);
    }
    outline::check(&mut year.outline, &year.presentation, findings);
    book.finish(findings);
    let mut fund_names = Names::default();
    year.funds = funds(keys, &mut fund_names, findings);
    year.documents = documents(keys, findings);
    if let Some(table) = keys.table("severity", findings) {
        year.severities = severities(&table, findings);
        year.graded = table.names().map(|(rule, span)| Reference { id: rule.to_owned(), span }).collect();
    }
    year.accepted = accepted(keys, findings);
    if let Some(table) = keys.table("clauses", findings) {
        year.clauses = clauses(table, findings);
    }
    Manifest { year, accounts, fund_names }
}

fn about_book(mut about: Keys<'_>, year: &mut Year, findings: &mut Findings) {
    match about.text("entity", findings) {
        Some(entity) => year.entity = entity,
        None => about.missing("entity", findings),
    }
    about.one_of("currency", &["KRW"], findings, |text| (text == "KRW").then_some(()));
    if let Some(language) = about.one_of("language", &["ko", "en"], findings, Lang::parse) {
        year.presentation.language = language;
    }
    about.finish(findings);
}

fn about_year(mut about: Keys<'_>, year: &mut Year, accounts: &Accounts, number: i32, findings: &mut Findings) {
    match about.whole("fiscal_year", i64::from(super::YEARS.start)..i64::from(super::YEARS.end), findings) {
        None => about.missing("fiscal_year", findings),
        Some(written) if written == i64::from(number) => {}
        Some(written) => {
            if let Some(found) = about.value("fiscal_year") {
                let text = written.to_string();
                let way_out = (
                    format!("폴더 이름이 {number}이므로 `fiscal_year = {number}`이어야 함"),
                    format!("the folder is called {number}, so it has to be `fiscal_year = {number}`"),
                );
                findings.push(bad_value("fiscal_year", Spot { text: &text, span: found.span }, way_out.into()));
            }
        }
    }
    bounds(&mut about, year, findings);
    year.grantor = about.text("grantor", findings);
    year.legal_basis = about.text("legal_basis", findings);
    year.settlement_due = about.date("settlement_due", findings);
    year.rate_basis = about.one_of("rate_basis", &Basis::NAMES, findings, Basis::parse);
    let modes = ["advance", "deposit"];
    year.grant_mode = about
        .one_of("grant_mode", &modes, findings, |text| match text {
            "advance" => Some(GrantMode::Advance),
            "deposit" => Some(GrantMode::Deposit),
            _ => None,
        })
        .unwrap_or_default();
    let control = |text: &str| match text {
        "root" => Some(Control::Root),
        "leaf" => Some(Control::Leaf),
        path => chart::exactly(accounts, path).map(Control::At),
    };
    let places: Vec<&str> = ["root", "leaf"]
        .into_iter()
        .chain(accounts.parents_first().skip(1).map(|(_, account)| account.path.as_str()))
        .collect();
    year.cash_control = about.one_of("cash_control", &places, findings, control).unwrap_or(year.cash_control);
    year.budget_control = about.one_of("budget_control", &places, findings, control).unwrap_or(year.budget_control);
    year.december_share = about.share("december_share", findings);
    about.finish(findings);
}

/// Reads the first and the last day, where it is not the calendar year.
fn bounds(about: &mut Keys<'_>, year: &mut Year, findings: &mut Findings) {
    let (starts, ends) = (about.date("starts", findings), about.date("ends", findings));
    match (starts, ends) {
        (Some(starts), Some(ends)) if starts.first() <= ends.last() => (year.starts, year.ends) = (starts, ends),
        (Some(_), Some(ends)) => {
            if let Some(found) = about.value("ends") {
                let way_out = ("`starts`보다 뒤여야 함", "it has to be after `starts`");
                findings.push(bad_value("ends", Spot { text: &ends.to_string(), span: found.span }, way_out.into()));
            }
        }
        (Some(_), None) => about.missing("ends", findings),
        (None, Some(_)) => about.missing("starts", findings),
        (None, None) => {}
    }
}

fn funds(keys: &mut Keys<'_>, names: &mut Names<FundId>, findings: &mut Findings) -> Vec<Fund> {
    let mut funds = Vec::new();
    for mut keys in keys.tables("fund", findings) {
        let id = keys.string("id", findings);
        let name = keys.text("name", findings);
        let share = keys.share("share", findings);
        let rounding = keys.one_of("return_rounding", &["won", "floor-10-won"], findings, |text| match text {
            "won" => Some(ReturnRounding::Won),
            "floor-10-won" => Some(ReturnRounding::FloorTenWon),
            _ => None,
        });
        match id {
            None => keys.missing("id", findings),
            Some(id) => {
                let number = FundId(u32::try_from(funds.len()).unwrap_or(u32::MAX));
                if names.add(id.text, number) {
                    let name = name.unwrap_or_else(|| Text::same(id.text));
                    let return_rounding = rounding.unwrap_or_default();
                    funds.push(Fund { id: id.text.to_owned(), name, share, return_rounding });
                } else {
                    findings.push(chart::repeated_id(id));
                }
            }
        }
        keys.finish(findings);
    }
    funds
}

fn documents(keys: &mut Keys<'_>, findings: &mut Findings) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut ids: HashSet<&str> = HashSet::new();
    for mut keys in keys.tables("source", findings) {
        let id = keys.string("id", findings);
        let title = keys.text("title", findings);
        let date: Option<Date> = keys.date("date", findings);
        let hex = |text: &str| {
            let hex = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
            hex.then(|| text.to_ascii_lowercase())
        };
        let sha256 = keys.one_of("sha256", &["64 hexadecimal digits"], findings, hex);
        match id {
            None => keys.missing("id", findings),
            Some(id) if !ids.insert(id.text) => findings.push(chart::repeated_id(id)),
            Some(id) => documents.push(Document {
                id: id.text.to_owned(),
                title: title.unwrap_or_else(|| Text::same(id.text)),
                date,
                sha256,
            }),
        }
        keys.finish(findings);
    }
    documents
}

fn severities(table: &Keys<'_>, findings: &mut Findings) -> Vec<(String, Severity)> {
    let mut severities = Vec::new();
    for (rule, found) in table.entries() {
        let known = ["error", "warning", "info"];
        if let Some(spot) = table.written(rule, &found, Wanted::String, findings) {
            match Severity::parse(spot.text) {
                Some(severity) => severities.push((rule.to_owned(), severity)),
                None => findings.push(bad_value(rule, spot, crate::words::did_you_mean(spot.text, &known))),
            }
        }
    }
    severities
}

/// Reads what single steps of the return rest on.
fn clauses(mut keys: Keys<'_>, findings: &mut Findings) -> Vec<(Clause, Text)> {
    let mut clauses = Vec::new();
    for (clause, key) in Clause::ALL {
        clauses.extend(keys.text(key, findings).map(|text| (clause, text)));
    }
    keys.finish(findings);
    clauses
}

fn accepted(keys: &mut Keys<'_>, findings: &mut Findings) -> Vec<Accepted> {
    let mut accepted = Vec::new();
    for mut keys in keys.tables("accept", findings) {
        let rule = keys.string("rule", findings);
        let at = keys.string("at", findings).map(|spot| spot.text.to_owned());
        let reason = keys.text("reason", findings);
        if rule.is_none() {
            keys.missing("rule", findings);
        }
        if reason.is_none() {
            keys.missing("reason", findings);
        }
        if let (Some(rule), Some(reason)) = (rule, reason) {
            accepted.push(Accepted { rule: rule.text.to_owned(), at, reason, span: keys.span() });
        }
        keys.finish(findings);
    }
    accepted
}
