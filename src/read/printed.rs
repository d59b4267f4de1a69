//! Printed figures: a table as a document printed it, and single figures in running text.

use super::chart;
use super::column;
use super::csv::Csv;
use super::document::Documents;
use super::files::Listed;
use super::toml::{Keys, bad_value};
use super::value::Spot;
use crate::finding::{self, Finding, Findings};
use crate::ledger::{AccountId, Accounts, Basis, Claim, Layout, Printed, Sign, Term};
use crate::money::{Figure, Unit};
use crate::source::{Sources, Span};
use std::collections::HashSet;
use std::io;

/// Reads a printed table: the first column is the account, the others are measures.
pub(super) fn table(
    sources: &Sources,
    file: &Listed,
    accounts: &Accounts,
    basis: Option<Basis>,
    all: &mut Vec<Printed>,
    findings: &mut Findings,
) -> io::Result<()> {
    if file.layout == Layout::Toml {
        findings.push(Finding::new(
            finding::NOT_A_TABLE,
            Span::new(file.source, 0, 0),
            ("인쇄된 표는 CSV 파일이어야 함", "a printed table has to be a CSV file"),
            (
                "CSV로 옮겨 적거나, 본문의 숫자면 year.toml의 `[[printed]]`로 쓸 것",
                "copy it into a CSV file; figures in running text go into `[[printed]]` of year.toml",
            ),
        ));
        findings.refuse_file();
        return Ok(());
    }
    let mut csv = Csv::open(file.source, sources.get(file.source))?;
    let Some(first) = csv.header(findings)? else { return Ok(()) };
    let names: Vec<Spot<'_>> = (1..first.len()).map(|n| first.field(n)).collect();
    let claims: Vec<Option<Claim>> = names.iter().map(|name| Claim::parse(name.trimmed(), basis)).collect();
    if claims.iter().all(Option::is_none) && !names.iter().any(|name| Term::lacks_basis(name.trimmed())) {
        findings.push(column::not_a_header(&first, "account,budget,granted,disbursed,unspent"));
        return csv.refuse_rest(findings);
    }
    for (n, (name, claim)) in names.iter().zip(&claims).enumerate() {
        if claim.is_some() && claims[..n].contains(claim) {
            findings.push(column::repeated_column(*name));
        } else if claim.is_none() && Term::lacks_basis(name.trimmed()) {
            findings.push(column::no_basis(*name));
        } else if claim.is_none() && !name.text.trim_start().starts_with("x_") {
            let known: Vec<(&str, &str)> = Term::ALL.iter().map(|term| (term.word().ko, term.word().id)).collect();
            findings.push(column::unknown_column(*name, &known));
        }
    }
    while let Some(record) = csv.next(findings)? {
        let name = record.field(0);
        let Some(account) = place(accounts, name, findings) else { continue };
        for (n, claim) in claims.iter().enumerate() {
            let (Some(claim), spot) = (*claim, record.field(n + 1)) else { continue };
            if let Some(figure) = figure(spot, claim, findings) {
                all.push(Printed {
                    id: None,
                    account,
                    claim,
                    text: spot.text.to_owned(),
                    figure,
                    unit: (!is_rate(claim)).then_some(file.unit),
                    document: file.document.clone(),
                    at: None,
                    equals: Vec::new(),
                    span: spot.span,
                });
            }
        }
    }
    Ok(())
}

/// Reads `[[printed]]`: single figures in running text.
pub(super) fn figures(
    keys: &mut Keys<'_>,
    accounts: &Accounts,
    documents: &Documents<'_>,
    year_basis: Option<Basis>,
    all: &mut Vec<Printed>,
    findings: &mut Findings,
) {
    let mut ids: HashSet<String> = HashSet::new();
    for mut keys in keys.tables("printed", findings) {
        let id = keys.string("id", findings);
        let account = match keys.string("account", findings) {
            Some(spot) => place(accounts, spot, findings),
            None => Some(AccountId::ROOT),
        };
        let basis = keys.one_of("basis", &Basis::NAMES, findings, Basis::parse).or(year_basis);
        let claim = keys.string("measure", findings).and_then(|spot| {
            let claim = Claim::parse(spot.text, basis);
            if claim.is_none() {
                findings.push(column::not_a_term("measure", spot));
            }
            claim
        });
        let text = keys.string("text", findings);
        let unit = keys.one_of("unit", &Unit::NAMES, findings, Unit::parse);
        let document = keys.string("source", findings);
        let at = keys.string("where", findings).map(|spot| spot.text.to_owned());
        let equals = keys.strings("equals", findings);
        keys.missing("text", findings);
        keys.missing("measure", findings);
        documents.check(document, findings);
        if let Some(taken) = id.filter(|id| ids.contains(id.text)) {
            findings.push(chart::repeated_id(taken));
        }
        check_equals(&equals, &ids, findings);
        ids.extend(id.map(|id| id.text.to_owned()));
        if let (Some(account), Some(claim), Some(text)) = (account, claim, text)
            && let Some(figure) = figure(text, claim, findings)
        {
            all.push(Printed {
                id: id.map(|spot| spot.text.to_owned()),
                account,
                claim,
                text: text.text.to_owned(),
                figure,
                unit: (!is_rate(claim)).then(|| unit.unwrap_or_default()),
                document: document.map(|spot| spot.text.to_owned()),
                at,
                equals: equals.iter().map(|spot| signed(spot.text)).collect(),
                span: text.span,
            });
        }
        keys.finish(findings);
    }
}

/// `equals` names figures that are printed before.
fn check_equals(equals: &[Spot<'_>], ids: &HashSet<String>, findings: &mut Findings) {
    for spot in equals {
        let (_, id) = signed(spot.text);
        if !ids.contains(&id) {
            let way_out = (
                "앞에 있는 `[[printed]]`의 id를 쓸 것. 빼는 것은 `-id`",
                "write the id of a `[[printed]]` that stands before; `-id` takes it away",
            );
            findings.push(bad_value("equals", *spot, way_out.into()));
        }
    }
}

fn signed(text: &str) -> (Sign, String) {
    match text.strip_prefix('-') {
        Some(id) => (Sign::Minus, id.to_owned()),
        None => (Sign::Plus, text.to_owned()),
    }
}

fn place(accounts: &Accounts, spot: Spot<'_>, findings: &mut Findings) -> Option<AccountId> {
    if spot.is_blank() {
        findings.push(Finding::new(
            finding::MISSING_FIELD,
            spot.span,
            ("과목이 비어 있음", "the account is blank"),
            ("과목의 경로를 쓸 것. 합계는 `계`", "write the path of the account; the total is `계`"),
        ));
        return None;
    }
    let is_root = chart::is_root(spot.text) || matches!(spot.trimmed(), "합계" | "총계");
    if is_root && accounts.find(spot.text).is_none() {
        return Some(AccountId::ROOT);
    }
    chart::account(accounts, spot, findings)
}

fn is_rate(claim: Claim) -> bool {
    matches!(claim, Claim::Term(term) if term.is_rate())
}

/// A printed cell; the outer `None` is a finding.
fn figure(spot: Spot<'_>, claim: Claim, findings: &mut Findings) -> Option<Option<Figure>> {
    let number =
        if is_rate(claim) { spot.text.trim_end().trim_end_matches(['%', '％']).trim_end() } else { spot.text };
    match Figure::parse(number) {
        Ok(figure) => Some(figure),
        Err(error) => {
            findings.push(Finding::new(
                finding::BAD_PRINTED_FIGURE,
                spot.character(error.at),
                (
                    format!("인쇄된 숫자로 읽을 수 없음: `{}`", spot.text),
                    format!("not a printed figure: `{}`", spot.text),
                ),
                (
                    "`1,234`, `△1,234`, `(1,234)`, `9,999.9`, 없음은 `-`처럼 문서에 인쇄된 대로 쓸 것",
                    "write it as the document prints it: `1,234`, `△1,234`, `(1,234)`, `9,999.9`, `-` for nil",
                ),
            ));
            None
        }
    }
}
