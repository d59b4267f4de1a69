//! Header spellings, Korean and English, to columns.

use super::csv::Record;
use super::toml::bad_value;
use super::value::Spot;
use crate::finding::{self, Finding, Findings};
use crate::ledger::{Term, loosely};
use crate::words;
use std::marker::PhantomData;

/// A column that a kind of table may have.
pub(super) struct Column {
    /// The name in the format, which findings use.
    pub(super) id: &'static str,
    /// Other spellings.
    pub(super) also: &'static [&'static str],
    /// Whether a table without it can be read.
    pub(super) need: Need,
}

/// Whether a table needs a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// It cannot be read without.
    Needed,
    /// It may be left out.
    Optional,
}

impl Column {
    /// Its Korean name, or the one of the format where it has none.
    pub(super) fn korean(&self) -> &'static str {
        self.also.first().copied().unwrap_or(self.id)
    }
}

/// The columns of one kind of table, as an enum whose variants are their places in a row of cells.
pub(super) trait Columns: Copy + 'static {
    /// Each column, in the order of the variants.
    const ALL: &'static [Column];
    /// The variant's place.
    fn place(self) -> usize;
    /// What the format says of the column.
    fn column(self) -> &'static Column {
        &Self::ALL[self.place()]
    }
}

/// Makes an enum of columns together with what the format says of each, so that neither can lack a line of the other.
macro_rules! columns {
    ($(#[$doc:meta])* $name:ident { $($variant:ident: $need:ident $id:literal $also:expr;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $name { $($variant),+ }

        impl $crate::read::column::Columns for $name {
            const ALL: &'static [$crate::read::column::Column] = &[
                $($crate::read::column::Column {
                    id: $id,
                    also: &$also,
                    need: $crate::read::column::Need::$need,
                }),+
            ];
            fn place(self) -> usize {
                self as usize
            }
        }
    };
}
pub(super) use columns;

/// Which field of a row each column is.
pub(super) struct Header<C> {
    fields: Vec<Option<usize>>,
    columns: PhantomData<C>,
}

impl<C: Columns> Header<C> {
    /// The field of a column.
    #[inline]
    pub(super) fn of<'a>(&self, record: &Record<'a>, column: C) -> Option<Spot<'a>> {
        self.at(record, column.place())
    }

    /// Which field the column at a place is.
    pub(super) fn field(&self, place: usize) -> Option<usize> {
        self.fields[place]
    }

    /// The field of the column at a place.
    #[inline]
    pub(super) fn at<'a>(&self, record: &Record<'a>, place: usize) -> Option<Spot<'a>> {
        self.fields[place].map(|field| record.field(field))
    }
}

/// Reads a header against the columns a table may have; `None` where the table cannot be read.
pub(super) fn header<C: Columns>(record: &Record<'_>, findings: &mut Findings) -> Option<Header<C>> {
    let columns = C::ALL;
    let names: Vec<Spot<'_>> = (0..record.len()).map(|n| record.field(n)).collect();
    let known = |name: &str| {
        let loose = loosely(name);
        columns
            .iter()
            .position(|column| loosely(column.id) == loose || column.also.iter().any(|also| loosely(also) == loose))
    };
    if names.iter().all(|name| known(name.text).is_none()) {
        let needed: Vec<&str> =
            columns.iter().filter(|column| column.need == Need::Needed).map(|column| column.id).collect();
        findings.push(not_a_header(record, &needed.join(",")));
        return None;
    }
    let mut fields = vec![None; columns.len()];
    for (field, name) in names.iter().enumerate() {
        match known(name.text) {
            Some(column) if fields[column].is_some() => findings.push(repeated_column(*name)),
            Some(column) => fields[column] = Some(field),
            None if name.text.trim_start().starts_with("x_") => {}
            None => {
                let known: Vec<(&str, &str)> = columns.iter().map(|column| (column.korean(), column.id)).collect();
                findings.push(unknown_column(*name, &known));
            }
        }
    }
    let missing: Vec<&Column> = columns
        .iter()
        .zip(&fields)
        .filter(|(column, field)| column.need == Need::Needed && field.is_none())
        .map(|(c, _)| c)
        .collect();
    for column in &missing {
        let korean = column.korean();
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
    missing.is_empty().then_some(Header { fields, columns: PhantomData })
}

/// A column that is there twice.
pub(super) fn repeated_column(name: Spot<'_>) -> Finding {
    Finding::new(
        finding::REPEATED_COLUMN,
        name.span,
        (format!("같은 열이 두 번 있음: `{}`", name.text), format!("this column is there twice: `{}`", name.text)),
        ("하나만 남기거나, 읽지 않을 열이면 이름 앞에 `x_`를 붙일 것", "keep one, or begin the other's name with `x_`"),
    )
}

/// A header that is not one of the columns that are known by their Korean and English names.
pub(super) fn unknown_column(name: Spot<'_>, known: &[(&str, &str)]) -> Finding {
    if name.is_blank() {
        return Finding::new(
            finding::UNKNOWN_COLUMN,
            name.span,
            ("이름이 없는 열", "a column without a name"),
            (
                "쉼표가 남은 것이면 지우고, 읽지 않을 열이면 `x_1`처럼 이름을 줄 것",
                "delete a comma that is left over; name a column that is not to be read like `x_1`",
            ),
        );
    }
    let mut way_out = words::did_you_mean_either(name.trimmed(), known);
    way_out.ko.push_str(". 읽지 않을 열이면 이름 앞에 `x_`를 붙일 것");
    way_out.en.push_str("; begin its name with `x_` if it is not to be read");
    let message = (format!("모르는 열: `{}`", name.text), format!("an unknown column: `{}`", name.text));
    Finding::new(finding::UNKNOWN_COLUMN, name.span, message, way_out)
}

/// A rate of which nothing says what it is a rate of.
pub(super) fn no_basis(name: Spot<'_>) -> Finding {
    let message = (
        format!("무엇에 대한 비율인지 알 수 없음: `{}`", name.text),
        format!("nothing says what this is a rate of: `{}`", name.text),
    );
    Finding::new(finding::RATE_BASIS_MISSING, name.span, message, Term::way_out(name.trimmed()))
}

/// A value of a key that names no term, or a rate without its basis.
pub(super) fn not_a_term(key: &str, spot: Spot<'_>) -> Finding {
    if Term::lacks_basis(spot.text) { no_basis(spot) } else { bad_value(key, spot, Term::way_out(spot.text)) }
}

/// What the first line looks like that is no header.
pub(super) fn not_a_header(record: &Record<'_>, example: &str) -> Finding {
    let text: Vec<&str> = (0..record.len()).map(|n| record.field(n).text).collect();
    let text = text.join(",");
    let first =
        (format!("첫 줄이 머리글이어야 함: `{example}`"), format!("the first line must be the header: `{example}`"));
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
