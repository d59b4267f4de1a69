//! Findings for people: each with its quoted line, then what there is to say besides, then one line that counts.

use super::{Year, remarks, summary};
use crate::finding::Checked;
use crate::render::{Style, printable, snippet};
use std::io::{self, Write};

pub(super) fn write(years: &[Year<'_>], report: &Checked, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for placed in years.iter().flat_map(|year| &year.placed) {
        snippet::finding(placed.finding, &placed.place, &placed.also, style, out)?;
    }
    for remark in years.iter().flat_map(|year| remarks(year, report)) {
        writeln!(out, "{}", printable(remark.label(style.lang)))?;
    }
    writeln!(out, "{}", summary(years).label(style.lang))
}
