//! A row of text to a [`Line`]: the only step from text to type.
//!
//! # Why
//!
//! **What makes a sum wrong is refused here, what makes an auditor ask is left to the checks.** A refund without the
//! number of its payment (`of`) still adds up, so it is read; a disbursement on an account that has accounts below it
//! would be counted beside its own parts, so it is not.

use super::chart;
use super::column::{Columns as _, columns};
use super::plan::unknown_item;
use super::total;
use super::value::{self, Of, Spot, unknown};
use crate::finding::{self, Finding, Findings};
use crate::ledger::{AccountId, Books, Found, Kind, Level, Line, Said, Subtype, Texts};
use crate::money::Unit;
use crate::source::{Origin, Span};
use crate::words::{self, Text};

columns! {
    /// The columns of account lines.
    LineColumn {
        Date: Needed "date" ["일자"];
        Account: Needed "account" ["예산과목"];
        Kind: Needed "kind" ["구분"];
        Amount: Needed "amount" ["금액"];
        To: Optional "to" ["전입과목"];
        Item: Optional "item" ["사업"];
        Fund: Optional "fund" ["재원"];
        Ref: Optional "ref" ["증빙번호", "voucher", "문서번호"];
        Of: Optional "of" ["원증빙"];
        Subtype: Optional "subtype" ["세부구분"];
        Payee: Optional "payee" ["거래처"];
        Memo: Optional "memo" ["적요"];
    }
}

/// How findings name a column.
fn name(column: LineColumn) -> Text {
    let column = column.column();
    Text::new(format!("{}(`{}`)", column.korean(), column.id), format!("`{}`", column.id))
}

/// A row's fields by their columns, from whichever layout.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    /// Where the row begins.
    pub(super) origin: Origin,
    /// The whole row.
    pub(super) span: Span,
    /// Its fields; absent where the table has no such column.
    pub(super) spots: [Option<Spot<'a>>; LineColumn::ALL.len()],
}

impl<'a> Fields<'a> {
    /// A field that has text in it.
    fn filled(&self, column: LineColumn) -> Option<Spot<'a>> {
        self.spots[column.place()].filter(|spot| !spot.is_blank())
    }

    /// Where the number is written that the line goes back to.
    pub(super) fn of_span(&self) -> Span {
        self.spots[LineColumn::Of.place()].map_or(self.span, |spot| spot.span)
    }

    /// A field that has to have text in it, or else a finding.
    fn required(&self, column: LineColumn, way_out: (&str, &str), findings: &mut Findings) -> Option<Spot<'a>> {
        let filled = self.filled(column);
        if filled.is_none() {
            let name = name(column);
            findings.push(Finding::new(
                finding::MISSING_FIELD,
                self.spots[column.place()].map_or(self.span, |spot| spot.span),
                (format!("비어 있으면 안 되는 칸: {}", name.ko), format!("this field must not be blank: {}", name.en)),
                way_out,
            ));
        }
        filled
    }
}

impl Texts for Fields<'_> {
    fn text(&self, which: Said) -> &str {
        self.spots[LineColumn::of(which).place()].map_or("", |spot| spot.trimmed())
    }
}

impl LineColumn {
    /// The column that a text of a line stands in.
    pub(super) fn of(which: Said) -> LineColumn {
        match which {
            Said::Written => LineColumn::Amount,
            Said::Reference => LineColumn::Ref,
            Said::Of => LineColumn::Of,
            Said::Payee => LineColumn::Payee,
            Said::Memo => LineColumn::Memo,
        }
    }
}

/// The accounts that a line touches.
struct Touched {
    account: AccountId,
    /// Where it moves money to, or the reserve that it draws on.
    other: Option<AccountId>,
}

/// Reads rows of one file.
#[derive(Clone, Copy)]
pub(super) struct Reader<'b> {
    pub(super) books: &'b Books,
    pub(super) unit: Unit,
}

impl Reader<'_> {
    /// The line that a row is; `None`, with the findings that say why, where it is none.
    pub(super) fn line<'a>(&self, fields: &'a Fields<'_>, findings: &mut Findings) -> Option<Line<'a>> {
        if let Some(total) = self.total_row(fields) {
            findings.push(total);
            return None;
        }
        let date = fields.required(LineColumn::Date, ("일자를 쓸 것", "write the date"), findings);
        let date = date.and_then(|spot| value::date(spot, findings));
        let kind = self.kind(fields, findings);
        let corrects = kind.and_then(|kind| self.corrects(kind, fields, findings));
        let level = corrects.flatten().or(kind).filter(|kind| *kind != Kind::Correction).map(Kind::level);
        let account = self.account(fields, kind, level, findings);
        let written = fields.required(
            LineColumn::Amount,
            ("금액을 쓸 것. 빈 칸은 0이 아님", "write the amount; blank is not zero"),
            findings,
        );
        let amount = written.and_then(|spot| value::amount(spot, self.unit, Of::Line(kind), findings));
        let touched = kind.and_then(|kind| self.touched(kind, fields, account, findings));
        let item = self.item(fields, findings);
        let fund = self.fund(fields, findings);
        let kind = kind?;
        let subtype = subtype(kind, fields, findings)?;
        let Touched { account, other } = touched?;
        Some(Line {
            origin: fields.origin,
            date: date?,
            account,
            other,
            kind,
            corrects: corrects?,
            amount: amount?,
            item: item?,
            fund: fund?,
            subtype,
            texts: fields,
        })
    }

    /// A total among the lines: its name stands in one of the first columns, or anywhere where these are blank, and is
    /// not an account of this chart.
    fn total_row(&self, fields: &Fields<'_>) -> Option<Finding> {
        let head = [LineColumn::Date, LineColumn::Account, LineColumn::Kind];
        let known = |text: &str| self.books.accounts.find(text).is_some();
        let in_head = head.iter().filter_map(|column| fields.filled(*column).map(|spot| (*column, spot)));
        let found = in_head.clone().find(|(column, spot)| match column {
            LineColumn::Account => total::is_total(spot.text) && !known(spot.text),
            _ => total::is_total(spot.text) || chart::is_root(spot.text),
        });
        let headless = in_head.count() == 0;
        let mut anywhere = fields.spots.iter().flatten().filter(|_| headless);
        let total = found
            .map(|(_, spot)| spot)
            .or_else(|| anywhere.find(|spot| total::is_total(spot.text) || chart::is_root(spot.text)).copied());
        total.map(total::total_row)
    }

    fn kind(&self, fields: &Fields<'_>, findings: &mut Findings) -> Option<Kind> {
        let way_out = ("`집행`, `교부` 같은 구분을 쓸 것", "write a kind such as `disbursement` or `grant`");
        let spot = fields.required(LineColumn::Kind, way_out, findings)?;
        let kind = Kind::parse(spot.trimmed());
        if kind.is_none() {
            let known = Kind::ALL.map(|kind| (kind.word().ko, kind.word().id));
            let near = || words::did_you_mean_either(spot.trimmed(), &known);
            unknown(finding::UNKNOWN_KIND, spot, near, ("모르는 구분", "an unknown kind"), way_out, findings);
        }
        kind
    }

    /// What a correction corrects, where its subtype says so; the outer `None` is a finding.
    fn corrects(&self, kind: Kind, fields: &Fields<'_>, findings: &mut Findings) -> Option<Option<Kind>> {
        if kind != Kind::Correction {
            return Some(None);
        }
        let Some(spot) = fields.filled(LineColumn::Subtype) else {
            let way_out = (
                "고칠 줄의 증빙번호를 쓰거나, 고칠 구분을 세부구분(`subtype`)에 쓸 것",
                "write the `ref` of the line it corrects into `of`, or the kind that it corrects into `subtype`",
            );
            return fields.required(LineColumn::Of, way_out, findings).map(|_| None);
        };
        match Kind::parse(spot.trimmed()).filter(|kind| kind.effects(None).len() == 1) {
            Some(corrected) => Some(Some(corrected)),
            None => {
                findings.push(Finding::new(
                    finding::UNKNOWN_SUBTYPE,
                    spot.span,
                    (
                        format!("정정할 수 있는 구분이 아님: `{}`", spot.text),
                        format!("not a kind that a correction can correct: `{}`", spot.text),
                    ),
                    (
                        "`집행`처럼 한 과목에만 닿는 구분을 쓸 것. 전용과 과목경정은 거꾸로 한 번 더 쓸 것",
                        "name a kind that touches one account, such as `disbursement`; enter a transfer back instead",
                    ),
                ));
                None
            }
        }
    }

    fn account(
        &self,
        fields: &Fields<'_>,
        kind: Option<Kind>,
        level: Option<Level>,
        findings: &mut Findings,
    ) -> Option<AccountId> {
        let way_out = (
            "과목을 쓸 것. 병합된 칸이었으면 아래 칸까지 모두 채울 것",
            "write the account; if it was a merged cell, fill it down",
        );
        let spot = fields.required(LineColumn::Account, way_out, findings)?;
        if self.books.accounts.find(spot.text).is_none() && chart::is_root(spot.text) {
            if level == Some(Level::Leaf) {
                findings.push(total::total_row(spot));
                return None;
            }
            return Some(AccountId::ROOT);
        }
        let id = chart::account(&self.books.accounts, spot, findings)?;
        self.leaf(id, spot, kind, level, findings)
    }

    /// The account, unless money of this kind may not stand so high.
    fn leaf(
        &self,
        id: AccountId,
        spot: Spot<'_>,
        kind: Option<Kind>,
        level: Option<Level>,
        findings: &mut Findings,
    ) -> Option<AccountId> {
        if level != Some(Level::Leaf) || !self.books.accounts.has_children(id) {
            return Some(id);
        }
        let (ko, en) = kind.map_or(("", ""), |kind| (kind.word().ko, kind.word().id));
        findings.push(Finding::new(
            finding::MONEY_ON_PARENT,
            spot.span,
            (
                format!("하위 과목이 있는 과목의 `{ko}` 줄(소계로 보임): `{}`", spot.text),
                format!(
                    "a line of kind `{en}` on an account that has accounts below it (a subtotal?): `{}`",
                    spot.text
                ),
            ),
            ("하위 과목에 쓰고, 소계 줄이면 지울 것", "write it on an account below; delete it if it is a subtotal"),
        ));
        None
    }

    /// The accounts that a line touches; `None` is a finding.
    fn touched(
        &self,
        kind: Kind,
        fields: &Fields<'_>,
        account: Option<AccountId>,
        findings: &mut Findings,
    ) -> Option<Touched> {
        match kind {
            Kind::Transfer | Kind::Reclassification => {
                let way_out = ("받는 과목을 쓸 것", "write the receiving account");
                let spot = fields.required(LineColumn::To, way_out, findings)?;
                let to = self.receiver(spot, kind, account, findings);
                Some(Touched { account: account?, other: Some(to?) })
            }
            // Either the reserve gives `to` an account, or `account` draws on the only reserve of the chart.
            Kind::ReserveUse => match fields.filled(LineColumn::To) {
                Some(spot) => {
                    let to = self.receiver(spot, kind, account, findings);
                    Some(Touched { account: to?, other: Some(account?) })
                }
                None => {
                    let reserve = self.only_reserve(fields, account, findings)?;
                    Some(Touched { account: account?, other: reserve })
                }
            },
            _ => match fields.filled(LineColumn::To) {
                None => Some(Touched { account: account?, other: None }),
                Some(spot) => {
                    findings.push(not_taken(LineColumn::To, kind, spot));
                    None
                }
            },
        }
    }

    /// The account that a line moves money to, which is another than it comes from.
    fn receiver(
        &self,
        spot: Spot<'_>,
        kind: Kind,
        account: Option<AccountId>,
        findings: &mut Findings,
    ) -> Option<AccountId> {
        let id = chart::account(&self.books.accounts, spot, findings)?;
        let id = self.leaf(id, spot, Some(kind), Some(Level::Leaf), findings)?;
        if Some(id) == account {
            findings.push(Finding::new(
                finding::BAD_VALUE,
                spot.span,
                (
                    format!("보내는 과목과 받는 과목이 같음: `{}`", spot.text),
                    format!("it moves to where it comes from: `{}`", spot.text),
                ),
                ("받는 과목을 쓸 것", "write the receiving account"),
            ));
            return None;
        }
        Some(id)
    }

    /// The reserve that a line draws on which names none: the chart's only one, or none where it is not in the chart.
    /// The outer `None` is a finding.
    fn only_reserve(
        &self,
        fields: &Fields<'_>,
        account: Option<AccountId>,
        findings: &mut Findings,
    ) -> Option<Option<AccountId>> {
        match self.books.accounts.reserves() {
            [] => Some(None),
            [only] if Some(*only) != account => Some(Some(*only)),
            _ => {
                let way_out = (
                    "예비비를 받는 과목을 쓸 것. 예산과목은 내주는 예비비 과목",
                    "write the account that receives it; `account` is the reserve that gives",
                );
                fields.required(LineColumn::To, way_out, findings).map(|_| None)
            }
        }
    }

    fn item(&self, fields: &Fields<'_>, findings: &mut Findings) -> Option<Option<crate::ledger::ItemId>> {
        let Some(spot) = fields.filled(LineColumn::Item) else { return Some(None) };
        match self.books.item_names.find(spot.text) {
            Some(Found::Exactly(id)) => Some(Some(id)),
            Some(Found::ButForSpelling(id)) => {
                findings.push(chart::other_spelling(spot, &self.books.items[id.0 as usize].id));
                Some(Some(id))
            }
            None => {
                unknown_item(spot, &self.books.items, findings);
                None
            }
        }
    }

    fn fund(&self, fields: &Fields<'_>, findings: &mut Findings) -> Option<Option<crate::ledger::FundId>> {
        let Some(spot) = fields.filled(LineColumn::Fund) else { return Some(None) };
        match self.books.fund_names.find(spot.text) {
            Some(Found::Exactly(id)) => Some(Some(id)),
            Some(Found::ButForSpelling(id)) => {
                findings.push(chart::other_spelling(spot, &self.books.year.funds[id.0 as usize].id));
                Some(Some(id))
            }
            None => {
                let known = || self.books.year.funds.iter().map(|fund| fund.id.as_str()).collect::<Vec<_>>();
                let near = || words::did_you_mean(spot.text, &known());
                let message = ("year.toml에 없는 재원", "year.toml has no such fund");
                let way_out = ("year.toml에 있는 재원으로 고칠 것", "write a fund of year.toml");
                unknown(finding::UNKNOWN_FUND, spot, near, message, way_out, findings);
                None
            }
        }
    }
}

/// The subtype, where the kind takes it; the outer `None` is a finding.
fn subtype(kind: Kind, fields: &Fields<'_>, findings: &mut Findings) -> Option<Option<Subtype>> {
    let filled = fields.filled(LineColumn::Subtype).filter(|_| kind != Kind::Correction);
    let Some(spot) = filled else { return Some(None) };
    let known = kind.subtypes();
    if known.is_empty() {
        findings.push(not_taken(LineColumn::Subtype, kind, spot));
        return None;
    }
    let parsed = known.iter().copied().find(|subtype| subtype.word().is(spot.trimmed()));
    if parsed.is_none() {
        let names: Vec<(&str, &str)> = known.iter().map(|subtype| (subtype.word().ko, subtype.word().id)).collect();
        findings.push(Finding::new(
            finding::UNKNOWN_SUBTYPE,
            spot.span,
            (format!("모르는 세부구분: `{}`", spot.text), format!("an unknown subtype: `{}`", spot.text)),
            words::did_you_mean_either(spot.trimmed(), &names),
        ));
    }
    parsed.map(Some)
}

fn not_taken(column: LineColumn, kind: Kind, spot: Spot<'_>) -> Finding {
    let (name, word) = (name(column), kind.word());
    Finding::new(
        finding::FIELD_NOT_TAKEN,
        spot.span,
        (
            format!("`{}` 줄에는 쓰지 않는 칸 {}: `{}`", word.ko, name.ko, spot.text),
            format!("a line of kind `{}` takes no {}: `{}`", word.id, name.en, spot.text),
        ),
        ("칸을 비우거나, 구분이 맞는지 볼 것", "leave it blank, or see whether the kind is right"),
    )
}
