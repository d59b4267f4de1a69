//! TOML documents with a place for every key.
//!
//! Law: every key of a document is asked for or found. [`Keys::finish`] reports those that nobody asked for, with the
//! nearest that somebody did.

use super::value::{self, Spot};
use crate::finding::{self, Finding, Findings};
use crate::ledger::Date;
use crate::money::{Money, Signs, Unit};
use crate::source::{SourceId, Sources, Span};
use crate::words::{self, Text};
use std::io;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text of a document; its values borrow from it.
pub(super) struct Document {
    source: SourceId,
    text: String,
}

impl Document {
    /// Reads the whole text; what cannot be decoded is a finding and leaves no document.
    pub(super) fn read(sources: &Sources, id: SourceId, findings: &mut Findings) -> io::Result<Option<Document>> {
        let source = sources.get(id);
        match String::from_utf8(source.whole()?) {
            Ok(text) => Ok(Some(Document { source: id, text })),
            Err(error) => {
                let at = error.utf8_error().valid_up_to() as u64;
                findings.push(Finding::new(
                    finding::UNDECODABLE,
                    Span::new(id, at, 1),
                    (
                        format!("{}로 읽을 수 없는 바이트", source.encoding.name()),
                        format!("a byte that {} cannot have", source.encoding.name()),
                    ),
                    ("파일을 UTF-8로 다시 저장할 것", "save the file as UTF-8"),
                ));
                Ok(None)
            }
        }
    }

    /// Parses it; each thing wrong with its syntax is a finding, and leaves nothing to read.
    pub(super) fn parse(&self, findings: &mut Findings) -> Option<Spanned<DeTable<'_>>> {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        for error in &errors {
            let range = error.span().unwrap_or(0..0);
            findings.push(Finding::new(
                finding::BAD_TOML,
                span(self.source, &range),
                (
                    format!("TOML 문법에 맞지 않음: {}", error.message()),
                    format!("not the syntax of TOML: {}", error.message()),
                ),
                (
                    "글은 따옴표로 묶고, 같은 키를 한 번만 쓰고, 괄호를 닫을 것",
                    "quote texts, write each key once, close brackets",
                ),
            ));
        }
        errors.is_empty().then_some(table)
    }

    /// The keys of the parsed document.
    pub(super) fn keys<'d>(&'d self, table: &'d Spanned<DeTable<'d>>) -> Keys<'d> {
        Keys::of(self.source, &self.text, table.get_ref(), 0..0)
    }
}

fn span(source: SourceId, range: &Range<usize>) -> Span {
    Span::new(source, range.start as u64, range.len())
}

/// A table whose keys are asked for one after another.
pub(super) struct Keys<'d> {
    source: SourceId,
    text: &'d str,
    table: &'d DeTable<'d>,
    range: Range<usize>,
    known: Vec<&'static str>,
}

/// A value and the place where it stands.
pub(super) struct Located<'d> {
    pub(super) value: &'d DeValue<'d>,
    pub(super) span: Span,
}

impl<'d> Keys<'d> {
    fn of(source: SourceId, text: &'d str, table: &'d DeTable<'d>, range: Range<usize>) -> Keys<'d> {
        Keys { source, text, table, range, known: Vec::new() }
    }

    /// The place of the table itself.
    pub(super) fn span(&self) -> Span {
        span(self.source, &self.range)
    }

    /// The value of a key, of whichever type.
    pub(super) fn value(&mut self, key: &'static str) -> Option<Located<'d>> {
        self.known.push(key);
        let value = self.table.get(key)?;
        Some(Located { value: value.get_ref(), span: span(self.source, &value.span()) })
    }

    /// Every key with its value, for tables whose keys are data.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'d str, Located<'d>)> {
        let source = self.source;
        self.table.iter().map(move |(key, value)| {
            (key.get_ref().as_ref(), Located { value: value.get_ref(), span: span(source, &value.span()) })
        })
    }

    /// A text that is one string.
    pub(super) fn string(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spot<'d>> {
        let found = self.value(key)?;
        match found.value {
            DeValue::String(text) => Some(Spot { text, span: found.span }),
            _ => wrong_type(key, &found, ("글(문자열)", "a string"), findings),
        }
    }

    /// A text in both languages: `"…"`, or `{ ko = "…", en = "…" }` of which one may be left out.
    pub(super) fn text(&mut self, key: &'static str, findings: &mut Findings) -> Option<Text> {
        let found = self.value(key)?;
        match found.value {
            DeValue::String(text) => Some(Text::same(text.as_ref())),
            DeValue::Table(table) => {
                let mut keys = self.inside(table, found.span);
                let ko = keys.string("ko", findings).map(|spot| spot.text);
                let en = keys.string("en", findings).map(|spot| spot.text);
                keys.finish(findings);
                let either = ko.or(en)?;
                Some(Text::new(ko.unwrap_or(either), en.unwrap_or(either)))
            }
            _ => wrong_type(key, &found, ("글이나 { ko, en } 표", "a string or a table { ko, en }"), findings),
        }
    }

    /// Whatever `parse` makes of a string; `known` is what it could have been.
    pub(super) fn one_of<T>(
        &mut self,
        key: &'static str,
        known: &[&str],
        findings: &mut Findings,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let spot = self.string(key, findings)?;
        let parsed = parse(spot.text);
        if parsed.is_none() {
            findings.push(bad_value(key, spot, words::did_you_mean(spot.text, known)));
        }
        parsed
    }

    /// A whole number between two bounds.
    pub(super) fn whole(&mut self, key: &'static str, bounds: Range<i64>, findings: &mut Findings) -> Option<i64> {
        let found = self.value(key)?;
        let DeValue::Integer(number) = found.value else {
            return wrong_type(key, &found, ("정수", "a whole number"), findings);
        };
        let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok().filter(|n| bounds.contains(n));
        if parsed.is_none() {
            let spot = Spot { text: number.as_str(), span: found.span };
            let (first, last) = (bounds.start, bounds.end - 1);
            findings.push(bad_value(key, spot, Text::same(format!("{first}…{last}"))));
        }
        parsed
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, key: &'static str, findings: &mut Findings) -> Option<bool> {
        let found = self.value(key)?;
        match found.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => wrong_type(key, &found, ("true나 false", "true or false"), findings),
        }
    }

    /// A date, as TOML writes it or as a string.
    pub(super) fn date(&mut self, key: &'static str, findings: &mut Findings) -> Option<Date> {
        let found = self.value(key)?;
        let spot = self.written(key, &found, ("날짜", "a date"), findings)?;
        value::date(spot, findings)
    }

    /// An amount, as a whole number or a string, never a float.
    pub(super) fn amount(&mut self, key: &'static str, unit: Unit, findings: &mut Findings) -> Option<Money> {
        let found = self.value(key)?;
        let spot = self.written(key, &found, ("금액", "an amount"), findings)?;
        value::amount(spot, unit, Signs::Refused, findings)
    }

    /// A declared share: `"60%"`, or a TOML number taken as it is written.
    pub(super) fn share(&mut self, key: &'static str, findings: &mut Findings) -> Option<crate::money::Share> {
        let found = self.value(key)?;
        let spot = match found.value {
            DeValue::Float(number) => Spot { text: number.as_str(), span: found.span },
            _ => self.written(key, &found, ("비율", "a share"), findings)?,
        };
        let share = crate::money::Share::parse(spot.text);
        if share.is_none() {
            findings.push(bad_value(key, spot, Text::same("0…1, \"0%\"…\"100%\"")));
        }
        share
    }

    /// What a scalar that is no float was written as.
    pub(super) fn written(
        &self,
        key: &str,
        found: &Located<'d>,
        wanted: (&str, &str),
        findings: &mut Findings,
    ) -> Option<Spot<'d>> {
        let text = match found.value {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Datetime(_) => self.slice(found.span),
            _ => return wrong_type(key, found, wanted, findings),
        };
        Some(Spot { text, span: found.span })
    }

    fn slice(&self, span: Span) -> &'d str {
        let start = usize::try_from(span.at).unwrap_or(usize::MAX);
        self.text.get(start..start.saturating_add(span.length as usize)).unwrap_or_default()
    }

    /// A list of strings.
    pub(super) fn strings(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Spot<'d>> {
        let mut strings = Vec::new();
        for found in self.list(key, findings) {
            match found.value {
                DeValue::String(text) => strings.push(Spot { text, span: found.span }),
                _ => wrong_type(key, &found, ("글(문자열)", "a string"), findings).unwrap_or(()),
            }
        }
        strings
    }

    /// The elements of a list; nothing where the key is not there.
    pub(super) fn list(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Located<'d>> {
        let Some(found) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = found.value else {
            return wrong_type(key, &found, ("목록 [ … ]", "a list [ … ]"), findings).unwrap_or_default();
        };
        array.iter().map(|value| Located { value: value.get_ref(), span: span(self.source, &value.span()) }).collect()
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Keys<'d>> {
        let mut tables = Vec::new();
        for found in self.list(key, findings) {
            match found.value {
                DeValue::Table(table) => tables.push(self.inside(table, found.span)),
                _ => wrong_type(key, &found, ("표", "a table"), findings).unwrap_or(()),
            }
        }
        tables
    }

    /// The table of `[key]`.
    pub(super) fn table(&mut self, key: &'static str, findings: &mut Findings) -> Option<Keys<'d>> {
        let found = self.value(key)?;
        match found.value {
            DeValue::Table(table) => Some(self.inside(table, found.span)),
            _ => wrong_type(key, &found, ("표", "a table"), findings),
        }
    }

    /// The keys of a table found somewhere in this one.
    pub(super) fn inside(&self, table: &'d DeTable<'d>, at: Span) -> Keys<'d> {
        let start = usize::try_from(at.at).unwrap_or(usize::MAX);
        Keys::of(self.source, self.text, table, start..start.saturating_add(at.length as usize))
    }

    /// Says that a key has to be there.
    pub(super) fn missing(&self, key: &str, findings: &mut Findings) {
        findings.push(Finding::new(
            finding::MISSING_KEY,
            self.span(),
            (format!("꼭 있어야 할 키가 없음: `{key}`"), format!("a key is missing: `{key}`")),
            (format!("`{key} = …`를 넣을 것"), format!("add `{key} = …`")),
        ));
    }

    /// The same, but for free keys that begin with `x_`.
    pub(super) fn finish_free(self, findings: &mut Findings) {
        self.unknown(Some("x_"), findings);
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(self, findings: &mut Findings) {
        self.unknown(None, findings);
    }

    fn unknown(&self, free: Option<&str>, findings: &mut Findings) {
        for key in self.table.keys() {
            let name: &str = key.get_ref().as_ref();
            if !self.known.contains(&name) && !free.is_some_and(|prefix| name.starts_with(prefix)) {
                findings.push(Finding::new(
                    finding::UNKNOWN_KEY,
                    span(self.source, &key.span()),
                    (format!("모르는 키: `{name}`"), format!("an unknown key: `{name}`")),
                    words::did_you_mean(name, &self.known),
                ));
            }
        }
    }
}

/// A value that its key cannot have.
pub(super) fn bad_value(key: &str, spot: Spot<'_>, way_out: Text) -> Finding {
    Finding::new(
        finding::BAD_VALUE,
        spot.span,
        (format!("`{key}`에 쓸 수 없는 값: `{}`", spot.text), format!("`{key}` cannot be: `{}`", spot.text)),
        way_out,
    )
}

fn wrong_type<T>(key: &str, found: &Located<'_>, wanted: (&str, &str), findings: &mut Findings) -> Option<T> {
    let (ko, en) = match found.value {
        DeValue::String(_) => ("글", "a string"),
        DeValue::Integer(_) => ("정수", "a whole number"),
        DeValue::Float(_) => ("부동소수점 수", "a float"),
        DeValue::Boolean(_) => ("true/false", "true or false"),
        DeValue::Datetime(_) => ("날짜", "a date"),
        DeValue::Array(_) => ("목록", "a list"),
        DeValue::Table(_) => ("표", "a table"),
    };
    let way_out = match found.value {
        DeValue::Float(_) => Text::new(
            "따옴표로 묶어 글로 쓸 것. 부동소수점은 금액을 정확히 담지 못함",
            "quote it: a float cannot hold an amount exactly",
        ),
        _ => Text::new(format!("{}로 쓸 것", wanted.0), format!("write {}", wanted.1)),
    };
    findings.push(Finding::new(
        finding::WRONG_TYPE,
        found.span,
        (
            format!("`{key}`의 값은 {}이어야 하는데 {ko}임", wanted.0),
            format!("`{key}` takes {}, and this is {en}", wanted.1),
        ),
        way_out,
    ));
    None
}
