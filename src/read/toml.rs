//! TOML documents with a place for every key.
//!
//! Law: every key of a document is asked for or found. [`Keys::finish`] reports those that nobody asked for, with the
//! nearest that somebody did.

use super::value::{self, Spot};
use crate::finding::{self, Finding, Findings};
use crate::ledger::{Cost, Date};
use crate::money::Unit;
use crate::source::{Encoding, SourceId, Sources, Span};
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
                let bad = error.utf8_error().valid_up_to();
                let byte = (source.encoding == Encoding::Utf8).then(|| error.as_bytes()[bad]);
                findings.push(value::undecodable(source.encoding, byte, Span::new(id, bad as u64, 1)));
                findings.refuse_file();
                Ok(None)
            }
        }
    }

    /// Which file it is.
    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    /// Parses it. What is wrong with its syntax is a finding and leaves nothing to read; of several things the first is
    /// told, as the others may follow from it.
    pub(super) fn parse(&self, findings: &mut Findings) -> Option<Spanned<DeTable<'_>>> {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        let Some(first) = errors.first() else { return Some(table) };
        let range = first.span().unwrap_or(0..0);
        let (ko, way_out) = syntax_words(first.message(), &self.text[..range.start.min(self.text.len())]);
        let (more_ko, more_en) = match errors.len() - 1 {
            0 => Default::default(),
            more => (
                format!(" (이 뒤로 {more}곳이 더 걸림. 이것을 고치면 사라질 수 있음)"),
                format!(" (and {more} more after it, which may go with this one)"),
            ),
        };
        findings.push(Finding::new(
            finding::BAD_TOML,
            span(self.source, &range),
            (
                format!("TOML 문법에 맞지 않음, {ko}{more_ko}"),
                format!("not the syntax of TOML: {}{more_en}", first.message()),
            ),
            way_out,
        ));
        findings.refuse_file();
        None
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

/// How many keys are asked for of most tables.
const KEYS: usize = 8;

/// A value and the place where it stands.
pub(super) struct Located<'d> {
    pub(super) value: &'d DeValue<'d>,
    pub(super) span: Span,
}

impl<'d> Keys<'d> {
    fn of(source: SourceId, text: &'d str, table: &'d DeTable<'d>, range: Range<usize>) -> Keys<'d> {
        Keys { source, text, table, range, known: Vec::with_capacity(KEYS) }
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

    /// Every key with its place, for tables whose keys are data.
    pub(super) fn names(&self) -> impl Iterator<Item = (&'d str, Span)> {
        let source = self.source;
        self.table.iter().map(move |(key, _)| (key.get_ref().as_ref(), span(source, &key.span())))
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
            DeValue::String(text) => Some(Spot { text, span: self.inside_quotes(text, found.span) }),
            _ => wrong_type(key, &found, Wanted::String, findings),
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
            _ => wrong_type(key, &found, Wanted::Text, findings),
        }
    }

    /// A label that is there already: one string says it in Korean, a table in each language that it has.
    pub(super) fn label(&mut self, key: &'static str, label: &mut Text, findings: &mut Findings) {
        let Some(found) = self.value(key) else { return };
        match found.value {
            DeValue::String(text) => label.ko = text.as_ref().into(),
            DeValue::Table(table) => {
                let mut keys = self.inside(table, found.span);
                if let Some(ko) = keys.string("ko", findings) {
                    label.ko = ko.text.into();
                }
                if let Some(en) = keys.string("en", findings) {
                    label.en = en.text.into();
                }
                keys.finish(findings);
            }
            _ => wrong_type(key, &found, Wanted::Text, findings).unwrap_or(()),
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
            return wrong_type(key, &found, Wanted::Whole, findings);
        };
        let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok().filter(|n| bounds.contains(n));
        if parsed.is_none() {
            let spot = Spot { text: number.as_str(), span: found.span };
            let (first, last) = (bounds.start, bounds.end - 1);
            let way_out =
                (format!("{first}부터 {last}까지의 정수를 쓸 것"), format!("a whole number from {first} to {last}"));
            findings.push(bad_value(key, spot, way_out.into()));
        }
        parsed
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, key: &'static str, findings: &mut Findings) -> Option<bool> {
        let found = self.value(key)?;
        match found.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => wrong_type(key, &found, Wanted::Flag, findings),
        }
    }

    /// A date, as TOML writes it or as a string.
    pub(super) fn date(&mut self, key: &'static str, findings: &mut Findings) -> Option<Date> {
        let found = self.value(key)?;
        let spot = self.written(key, &found, Wanted::Date, findings)?;
        value::date(spot, findings)
    }

    /// An amount, as a whole number or a string, never a float.
    pub(super) fn amount(&mut self, key: &'static str, unit: Unit, findings: &mut Findings) -> Option<Cost> {
        let found = self.value(key)?;
        let spot = self.written(key, &found, Wanted::Amount, findings)?;
        value::cost(spot, unit, findings)
    }

    /// A declared share: `"60%"`, or a TOML number taken as it is written.
    pub(super) fn share(&mut self, key: &'static str, findings: &mut Findings) -> Option<crate::money::Share> {
        let found = self.value(key)?;
        let spot = match found.value {
            DeValue::Float(number) => Spot { text: number.as_str(), span: found.span },
            _ => self.written(key, &found, Wanted::Share, findings)?,
        };
        let share = crate::money::Share::parse(spot.text);
        if share.is_none() {
            let way_out =
                ("0에서 1, 또는 `\"0%\"`에서 `\"100%\"` 사이로 쓸 것", "from 0 to 1, or from `\"0%\"` to `\"100%\"`");
            findings.push(bad_value(key, spot, way_out.into()));
        }
        share
    }

    /// What a scalar that is no float was written as.
    pub(super) fn written(
        &self,
        key: &str,
        found: &Located<'d>,
        wanted: Wanted,
        findings: &mut Findings,
    ) -> Option<Spot<'d>> {
        let text = match found.value {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Datetime(_) => self.slice(found.span),
            _ => return wrong_type(key, found, wanted, findings),
        };
        Some(Spot { text, span: self.inside_quotes(text, found.span) })
    }

    /// The place of a string's text without the quotes around it; of the whole where it is written with escapes.
    fn inside_quotes(&self, text: &str, span: Span) -> Span {
        let written = self.slice(span);
        // Nearly all stand behind one quote, and to look for a text is dear.
        let behind_one = written.get(1..).is_some_and(|behind| behind.starts_with(text)).then_some(1);
        match behind_one.or_else(|| written.find(text)) {
            Some(before) if !text.is_empty() => Span::new(self.source, span.at + before as u64, text.len()),
            _ => span,
        }
    }

    /// The text of a span of this document.
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
                _ => wrong_type(key, &found, Wanted::String, findings).unwrap_or(()),
            }
        }
        strings
    }

    /// The elements of a list; nothing where the key is not there.
    pub(super) fn list(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Located<'d>> {
        let Some(found) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = found.value else {
            return wrong_type(key, &found, Wanted::List, findings).unwrap_or_default();
        };
        array.iter().map(|value| Located { value: value.get_ref(), span: span(self.source, &value.span()) }).collect()
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Keys<'d>> {
        let mut tables = Vec::new();
        for found in self.list(key, findings) {
            match found.value {
                DeValue::Table(table) => tables.push(self.inside(table, found.span)),
                _ => wrong_type(key, &found, Wanted::Table, findings).unwrap_or(()),
            }
        }
        tables
    }

    /// The table of `[key]`.
    pub(super) fn table(&mut self, key: &'static str, findings: &mut Findings) -> Option<Keys<'d>> {
        let found = self.value(key)?;
        match found.value {
            DeValue::Table(table) => Some(self.inside(table, found.span)),
            _ => wrong_type(key, &found, Wanted::Table, findings),
        }
    }

    /// The keys of a table found somewhere in this one.
    pub(super) fn inside(&self, table: &'d DeTable<'d>, at: Span) -> Keys<'d> {
        let start = usize::try_from(at.at).unwrap_or(usize::MAX);
        Keys::of(self.source, self.text, table, start..start.saturating_add(at.length as usize))
    }

    /// Says that a key has to be there, where it is not; one of a wrong value has its finding already.
    pub(super) fn missing(&self, key: &str, findings: &mut Findings) {
        let way_out = (format!("`{key} = …` 줄을 넣을 것"), format!("add `{key} = …`"));
        self.absent(key, way_out.into(), findings);
    }

    /// The same of a table.
    pub(super) fn missing_table(&self, key: &str, findings: &mut Findings) {
        let way_out = (format!("`[{key}]` 표를 넣을 것"), format!("add a table `[{key}]`"));
        self.absent(key, way_out.into(), findings);
    }

    fn absent(&self, key: &str, way_out: Text, findings: &mut Findings) {
        if self.table.get(key).is_none() {
            let message = (format!("꼭 있어야 할 키가 없음: `{key}`"), format!("a key is missing: `{key}`"));
            findings.push(Finding::new(finding::MISSING_KEY, self.span(), message, way_out));
        }
    }

    /// Says that a document of rows has none.
    pub(super) fn none_of(&self, key: &str, findings: &mut Findings) {
        let way_out = (
            format!("`[[{key}]]`을 쓰거나, year.toml의 목록에서 뺄 것"),
            format!("write a `[[{key}]]`, or take the file off the list in year.toml"),
        );
        self.absent(key, way_out.into(), findings);
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

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A string.
    String,
    /// A string, or both languages.
    Text,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// A date.
    Date,
    /// An amount.
    Amount,
    /// A share.
    Share,
    /// A list.
    List,
    /// A table.
    Table,
    /// A file, or a table about one.
    File,
}

impl Wanted {
    /// An example in each language.
    fn examples(self) -> (&'static str, &'static str) {
        match self {
            Wanted::String => ("`\"글\"`", "`\"text\"`"),
            Wanted::Text => {
                ("`\"글\"`, `{ ko = \"글\", en = \"text\" }`", "`\"text\"`, `{ ko = \"글\", en = \"text\" }`")
            }
            Wanted::Whole => ("`2025` 같은 정수", "a whole number such as `2025`"),
            Wanted::Flag => ("`true`, `false`", "`true`, `false`"),
            Wanted::Date => ("`2015-09-14`, `\"2015-09\"`", "`2015-09-14`, `\"2015-09\"`"),
            Wanted::Amount => ("`1234`, `\"1,234.5\"`", "`1234`, `\"1,234.5\"`"),
            Wanted::Share => ("`0.25`, `\"25%\"`", "`0.25`, `\"25%\"`"),
            Wanted::List => ("`[ … ]`", "`[ … ]`"),
            Wanted::Table => ("`{ … }`", "`{ … }`"),
            Wanted::File => (
                "`\"lines.csv\"`, `{ path = \"lines.csv\", unit = \"원\" }`",
                "`\"lines.csv\"`, `{ path = \"lines.csv\", unit = \"원\" }`",
            ),
        }
    }
}

/// Says what kind of syntax error it is in Korean, and the way out in both languages.
fn syntax_words(message: &str, before: &str) -> (&'static str, Text) {
    if before.ends_with(['“', '”']) || message.contains('“') {
        let way_out = Text::new("곧은 따옴표 `\"`로 바꿀 것", "use straight quotes `\"`");
        return ("둥근 따옴표", way_out);
    }
    if message.contains("duplicate key") {
        return ("같은 키가 두 번 있음", Text::new("하나를 지울 것", "delete one of the two"));
    }
    if message.contains("must be quoted") || message.contains("invalid unquoted") {
        return ("따옴표가 없는 글", Text::new("글은 `\"…\"`로 묶을 것", "quote texts: `\"…\"`"));
    }
    if message.contains("string") {
        return ("닫히지 않은 글", Text::new("글을 `\"`로 닫을 것", "close the text with `\"`"));
    }
    if message.contains("array") || message.contains(']') {
        return ("닫히지 않은 목록", Text::new("목록을 `]`로 닫을 것", "close the list with `]`"));
    }
    if message.contains("inline table") || message.contains('}') {
        return ("닫히지 않은 표", Text::new("표를 `}`로 닫을 것", "close the table with `}`"));
    }
    ("`키 = 값` 꼴이 아님", Text::new("`키 = 값`을 한 줄에 하나씩 쓸 것", "write `key = value`, one on each line"))
}

/// Says that a value is of a type its key does not take.
pub(super) fn wrong_type<T>(key: &str, found: &Located<'_>, wanted: Wanted, findings: &mut Findings) -> Option<T> {
    let (ko, en) = match found.value {
        DeValue::String(_) => ("글", "a string"),
        DeValue::Integer(_) => ("정수", "a whole number"),
        DeValue::Float(_) => ("부동소수점 수", "a float"),
        DeValue::Boolean(_) => ("true/false", "true or false"),
        DeValue::Datetime(_) => ("날짜", "a date"),
        DeValue::Array(_) => ("목록", "a list"),
        DeValue::Table(_) => ("표", "a table"),
    };
    let (ko_example, en_example) = wanted.examples();
    let way_out = match (found.value, wanted) {
        (DeValue::Float(_), Wanted::Amount) => Text::new(
            "따옴표로 묶어 글로 쓸 것. 부동소수점은 금액을 정확히 담지 못함",
            "quote it: a float cannot hold an amount exactly",
        ),
        _ => Text::new(format!("이렇게 쓸 것: {ko_example}"), format!("write it like {en_example}")),
    };
    findings.push(Finding::new(
        finding::WRONG_TYPE,
        found.span,
        (format!("`{key}`의 값으로 쓸 수 없는 형식: {ko}"), format!("a type that `{key}` does not take: {en}")),
        way_out,
    ));
    None
}
