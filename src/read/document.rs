//! The documents that files, records and figures say that they were taken from.

use super::value::Spot;
use crate::finding::{self, Finding, Findings};
use crate::ledger::Document;
use crate::words;
use std::collections::HashSet;

/// The documents of a year, by their ids.
pub(super) struct Documents<'b> {
    all: &'b [Document],
    ids: HashSet<&'b str>,
}

impl<'b> Documents<'b> {
    pub(super) fn of(all: &'b [Document]) -> Documents<'b> {
        Documents { all, ids: all.iter().map(|document| document.id.as_str()).collect() }
    }

    /// Finds a name that `[[source]]` does not have; the nearest one is searched only where the finding is kept.
    pub(super) fn check(&self, named: Option<Spot<'_>>, findings: &mut Findings) {
        let Some(named) = named.filter(|named| !self.ids.contains(named.text)) else { return };
        findings.push_if_kept(finding::UNKNOWN_REFERENCE, named.span.source, || {
            let known: Vec<&str> = self.all.iter().map(|document| document.id.as_str()).collect();
            Finding::new(
                finding::UNKNOWN_REFERENCE,
                named.span,
                (
                    format!("`[[source]]`에 없는 문서: `{}`", named.text),
                    format!("no `[[source]]` has this id: `{}`", named.text),
                ),
                words::did_you_mean(named.text, &known),
            )
        });
    }
}
