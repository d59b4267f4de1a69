//! How rules say amounts, accounts and days in their messages.

use crate::ledger::{AccountId, Books};
use crate::money::{Money, Rate, Rounding, Unit};
use crate::words::{EcoString, Text};

/// An amount in won with its digits in groups: `1,259,550원`, `1,259,550 won`.
pub(super) fn won(amount: Money) -> Text {
    let text = amount.exactly(Unit::Won).grouped();
    let with = |unit: &str| {
        let mut said = EcoString::with_capacity(text.len() + unit.len());
        said.push_str(&text);
        said.push_str(unit);
        said
    };
    Text::new(with("원"), with(" won"))
}

/// An account as messages name it: its path, the root by its label.
pub(super) fn called(books: &Books, account: AccountId) -> Text {
    match account {
        AccountId::ROOT => books.year.presentation.total_label.clone(),
        _ => Text::same(books.accounts.get(account).path.clone()),
    }
}

/// An account as `[[accept]]` names it.
pub(super) fn key(books: &Books, account: AccountId) -> String {
    if account == AccountId::ROOT { "계".to_owned() } else { books.accounts.get(account).path.to_string() }
}

/// How large a part is in a whole, in per cent with one decimal: ` (2.7%)`; nothing where the whole is nothing.
pub(super) fn percent(part: Money, whole: Money) -> String {
    let rate = Rate::of(part, whole).map(|rate| rate.shown(1, Rounding::HalfUp).percent);
    rate.map(|percent| format!(" ({percent}%)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped() {
        assert_eq!(won(Money::from_won(1_259_550)).en, "1,259,550 won");
        assert_eq!(won(Money::from_won(-950)).ko, "-950원");
    }
}
