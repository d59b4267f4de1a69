//! The command that shows all that stands behind a figure.

use super::{At, Behind, Entry, How};
use crate::ledger::{AccountId, Books, Precision, Scope, Slice, Term};

impl Behind<'_> {
    /// The command for one figure.
    pub(super) fn command(&self, entry: &Entry<'_>) -> String {
        let of_account = match &entry.how {
            How::Lines(slice, _) => self.books(entry.book).and_then(|books| account_command(slice, books)),
            _ => None,
        };
        of_account.unwrap_or_else(|| self.figure_command(entry.first))
    }

    /// The command for the figure at a place of this page.
    fn figure_command(&self, at: At) -> String {
        let table = self.tables[at.table];
        let (row, column) = (&table.rows[at.row].key, table.columns[at.column].word.id);
        let year = |book: usize| self.books(book).map(|books| books.year.fiscal_year.to_string()).unwrap_or_default();
        let with = if self.made.books.len() > 1 { format!(" --with {}", year(1)) } else { String::new() };
        let report = self.made.page.report;
        format!("wego-ledger explain {} {} {} --report {report}{with} --lines 0", year(0), quoted(row), quoted(column))
    }
}

/// The command for a sum of an account, where a term of a settlement is that sum.
fn account_command(slice: &Slice, books: &Books) -> Option<String> {
    let plain = slice.scope == Scope::All && slice.when.from.is_none() && slice.when.precision == Precision::Any;
    let term = Term::ALL.into_iter().find(|term| term.formula(books.year.grant_mode) == slice.formula);
    let term = term.filter(|_| plain)?;
    let account = match slice.account {
        AccountId::ROOT => "계",
        id => books.accounts.get(id).path.as_str(),
    };
    let day = slice.when.to.map(|day| format!(" --as-of {day}")).unwrap_or_default();
    let year = books.year.fiscal_year;
    Some(format!("wego-ledger explain {year} {} {}{day} --lines 0", quoted(account), quoted(term.word().id)))
}

/// A name as a shell takes it for one.
fn quoted(name: &str) -> String {
    let name = crate::render::printable(name);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | ':' | '·');
    let simple = !name.is_empty() && name.chars().all(|c| plain(c) || c == '-') && !name.starts_with('-');
    if simple { name } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_a_name_for_one_word() {
        assert_eq!(quoted("사무관리비/임차료·일반수용비"), "사무관리비/임차료·일반수용비");
        assert_eq!(quoted("R&D 'x' $y"), "'R&D '\\''x'\\'' $y'");
        assert_eq!(quoted("-1"), "'-1'");
    }
}
