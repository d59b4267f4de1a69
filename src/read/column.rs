//! Header spellings, Korean and English, to columns.

use super::csv::Record;
use super::value::Spot;
use crate::finding::{self, Finding, Findings};
use crate::ledger::loosely;
use crate::words;

/// A column that a kind of table may have.
pub(super) struct Column {
    /// The name in the format, which findings use.
    pub(super) id: &'static str,
    /// Other spellings.
    pub(super) also: &'static [&'static str],
    /// Whether a table without it cannot be read.
    pub(super) required: bool,
}

/// A column that has to be there.
pub(super) const fn needed(id: &'static str, also: &'static [&'static str]) -> Column {
    Column { id, also, required: true }
}

/// A column that may be left out.
pub(super) const fn optional(id: &'static str, also: &'static [&'static str]) -> Column {
    Column { id, also, required: false }
}

/// Which field of a row each column is.
pub(super) struct Header {
    fields: Vec<Option<usize>>,
}

impl Header {
    /// The field of a column, by the column's place in the list the header was read with.
    pub(super) fn of<'a>(&self, record: &Record<'a>, column: usize) -> Option<Spot<'a>> {
        self.fields[column].map(|field| record.field(field))
    }
}

/// Reads a header against the columns a table may have; `None` where the table cannot be read.
pub(super) fn header(record: &Record<'_>, columns: &[Column], findings: &mut Findings) -> Option<Header> {
    let names: Vec<Spot<'_>> = (0..record.len()).map(|n| record.field(n)).collect();
    let known = |name: &str| {
        let loose = loosely(name);
        columns
            .iter()
            .position(|column| loosely(column.id) == loose || column.also.iter().any(|also| loosely(also) == loose))
    };
    if names.iter().all(|name| known(name.text).is_none()) {
        findings.push(not_a_header(record, columns));
        return None;
    }
    let mut fields = vec![None; columns.len()];
    for (field, name) in names.iter().enumerate() {
        match known(name.text) {
            Some(column) if fields[column].is_some() => findings.push(Finding::new(
                finding::REPEATED_COLUMN,
                name.span,
                (
                    format!("같은 열이 두 번 있음: `{}`", name.text),
                    format!("this column is there twice: `{}`", name.text),
                ),
                (
                    "하나만 남기거나, 읽지 않을 열이면 이름 앞에 `x_`를 붙일 것",
                    "keep one, or begin the other's name with `x_`",
                ),
            )),
            Some(column) => fields[column] = Some(field),
            None if name.text.trim_start().starts_with("x_") => {}
            None => findings.push(unknown(*name, columns)),
        }
    }
    let missing: Vec<&Column> = columns
        .iter()
        .zip(&fields)
        .filter(|(column, field)| column.required && field.is_none())
        .map(|(c, _)| c)
        .collect();
    for column in &missing {
        let korean = column.also.first().copied().unwrap_or(column.id);
        findings.push(Finding::new(
            finding::MISSING_COLUMN,
            record.span(),
            (
                format!("꼭 있어야 할 열이 없어 이 파일을 읽지 못함: `{}` ({korean})", column.id),
                format!("a column is missing and this file cannot be read: `{}` ({korean})", column.id),
            ),
            ("머리글에 열을 넣을 것", "add it to the header"),
        ));
    }
    missing.is_empty().then_some(Header { fields })
}

fn unknown(name: Spot<'_>, columns: &[Column]) -> Finding {
    let all: Vec<&str> = columns.iter().flat_map(|c| c.also.iter().copied().chain([c.id])).collect();
    let (message, mut way_out) = if name.is_blank() {
        let ids: Vec<String> = columns.iter().map(|c| format!("`{}`", c.id)).collect();
        let list = ids.join(", ");
        (
            ("머리글이 빈 열".to_owned(), "a column without a name".to_owned()),
            words::Text::new(format!("쓸 수 있는 것: {list}"), format!("known: {list}")),
        )
    } else {
        (
            (format!("모르는 열: `{}`", name.text), format!("an unknown column: `{}`", name.text)),
            words::did_you_mean(name.text.trim(), &all),
        )
    };
    way_out.ko.push_str(". 읽지 않을 열이면 이름 앞에 `x_`를 붙일 것");
    way_out.en.push_str("; begin its name with `x_` if it is not to be read");
    Finding::new(finding::UNKNOWN_COLUMN, name.span, message, way_out)
}

/// What the first line looks like that is no header.
fn not_a_header(record: &Record<'_>, columns: &[Column]) -> Finding {
    let text: Vec<&str> = (0..record.len()).map(|n| record.field(n).text).collect();
    let text = text.join(",");
    let ids: Vec<&str> = columns.iter().filter(|c| c.required).map(|c| c.id).collect();
    let ids = ids.join(",");
    let first = (format!("첫 줄이 머리글이어야 함: `{ids}`"), format!("the first line must be the header: `{ids}`"));
    let ((ko, en), way_out) = if text.contains("단위") {
        (
            ("머리글 위에 단위 줄이 있음", "a line with the unit stands above the header"),
            (
                "이 줄을 지우고 단위는 year.toml의 `unit`에 적을 것".to_owned(),
                "delete it and declare the `unit` in year.toml".to_owned(),
            ),
        )
    } else if text.contains('\t') {
        (
            ("탭으로 나눈 표임", "a table separated by tabs"),
            ("쉼표로 나눈 CSV로 저장할 것".to_owned(), "save it separated by commas".to_owned()),
        )
    } else if text.contains(';') {
        (
            ("쌍반점으로 나눈 표임", "a table separated by semicolons"),
            ("쉼표로 나눈 CSV로 저장할 것".to_owned(), "save it separated by commas".to_owned()),
        )
    } else {
        (("머리글이 아님", "not a header"), first)
    };
    let shown: String = text.chars().take(60).collect();
    Finding::new(finding::BAD_HEADER, record.span(), (format!("{ko}: `{shown}`"), format!("{en}: `{shown}`")), way_out)
}
