//! The filled cells of a row, for tables whose rows may leave most of them blank.
//!
//! Each reading returns `None` where a cell is wrong, which then has its finding, and `Some(None)` where it is blank.

use super::chart;
use super::column::{self, Columns, Header};
use super::csv::{Csv, Record};
use super::files::Listed;
use super::toml::bad_value;
use super::total;
use super::value::{self, Spot};
use crate::finding::{self, Finding, Findings};
use crate::ledger::{AccountId, Accounts, Cost, Date, Occasion, Reference};
use crate::money::Unit;
use crate::source::Sources;
use crate::words::{self, EcoString, Text};
use std::io;

/// A row by the columns of its header.
pub(super) struct Cells<'a, C> {
    pub(super) header: &'a Header<C>,
    pub(super) record: Record<'a>,
}

/// Gives every sound row of a table to `take`; the others have their findings.
pub(super) fn rows<C: Columns>(
    sources: &Sources,
    file: &Listed,
    findings: &mut Findings,
    mut take: impl FnMut(&Cells<'_, C>, &mut Findings),
) -> io::Result<()> {
    let mut csv = Csv::open(file.source, sources.get(file.source))?;
    let Some(first) = csv.header(findings)? else { return Ok(()) };
    let Some(header) = column::header::<C>(&first, findings) else { return csv.refuse_rest(findings) };
    while let Some(record) = csv.next(findings)? {
        take(&Cells { header: &header, record }, findings);
    }
    Ok(())
}

impl<'a, C: Columns> Cells<'a, C> {
    /// A cell that has text in it. Most of the columns that a table may have it has not.
    #[inline]
    pub(super) fn filled(&self, column: C) -> Option<Spot<'a>> {
        self.header.of(&self.record, column).filter(|spot| !spot.is_blank())
    }

    /// Whether one of some cells has text in it.
    pub(super) fn any(&self, columns: &[C]) -> bool {
        columns.iter().any(|column| self.filled(*column).is_some())
    }

    /// Its text.
    pub(super) fn owned(&self, column: C) -> Option<EcoString> {
        self.filled(column).map(|spot| spot.trimmed().into())
    }

    /// Its text as the id of something else.
    pub(super) fn reference(&self, column: C) -> Option<Reference> {
        self.filled(column).map(|spot| spot.reference())
    }

    /// Its text, the same in both languages.
    pub(super) fn text(&self, column: C) -> Option<Text> {
        self.owned(column).map(Text::same)
    }

    /// The id of the row, and its title in both languages; no total stands there.
    pub(super) fn name(&self, [id, title, en]: [C; 3], findings: &mut Findings) -> Option<(Spot<'a>, Text)> {
        let Some(spot) = self.filled(id) else {
            findings.push(Finding::new(
                finding::MISSING_FIELD,
                self.record.span(),
                ("비어 있으면 안 되는 칸: 번호(`id`)", "this field must not be blank: `id`"),
                ("줄마다 id를 줄 것", "give each row an id"),
            ));
            return None;
        };
        let mut names = [Some(spot), self.filled(title)].into_iter().flatten();
        if let Some(total) = names.find(|spot| total::is_total(spot.text)) {
            findings.push(total::total_row(total));
            return None;
        }
        let ko = self.owned(title).unwrap_or_else(|| spot.trimmed().into());
        let en = self.owned(en).unwrap_or_else(|| ko.clone());
        Some((spot, Text::new(ko, en)))
    }

    /// A cost.
    pub(super) fn cost(&self, column: C, unit: Unit, findings: &mut Findings) -> Option<Option<Cost>> {
        match self.filled(column) {
            None => Some(None),
            Some(spot) => value::cost(spot, unit, findings).map(Some),
        }
    }

    /// An account.
    pub(super) fn account(&self, column: C, accounts: &Accounts, findings: &mut Findings) -> Option<Option<AccountId>> {
        match self.filled(column) {
            None => Some(None),
            Some(spot) if chart::is_root(spot.text) => Some(Some(AccountId::ROOT)),
            Some(spot) => chart::account(accounts, spot, findings).map(Some),
        }
    }

    /// A date.
    pub(super) fn date(&self, column: C, findings: &mut Findings) -> Option<Option<Date>> {
        match self.filled(column) {
            None => Some(None),
            Some(spot) => value::date(spot, findings).map(Some),
        }
    }

    /// When and where something is, and who takes part.
    pub(super) fn occasion(
        &self,
        [starts, ends, place, participants]: [C; 4],
        findings: &mut Findings,
    ) -> Option<Occasion> {
        let (starts, ends) = (self.date(starts, findings), self.date(ends, findings));
        Some(Occasion {
            starts: starts?,
            ends: ends?,
            place: self.text(place),
            partners: Vec::new(),
            participants: self.text(participants),
        })
    }

    /// One of several names.
    pub(super) fn one_of<T>(
        &self,
        column: C,
        known: &[&str],
        findings: &mut Findings,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let Some(spot) = self.filled(column) else { return Some(None) };
        let parsed = parse(spot.trimmed());
        if parsed.is_none() {
            findings.push(bad_value(column.column().id, spot, words::did_you_mean(spot.trimmed(), known)));
        }
        parsed.map(Some)
    }
}
