//! What an audit says of rates.

use super::{amount, both, money, unit_of};
use crate::audit::against;
use crate::audit::book::Audit;
use crate::audit::sheet::{CellId, Sheet};
use crate::audit::tie::Rate as RateTie;
use crate::ledger::{AccountId, Basis, Sign, Term};
use crate::money::{Figure, Money, Rate, Reading, Rounding};
use crate::words::Text;

/// What rate the printed figures have: `26,532.56 ÷ 28,882.33 = 91.86%`.
pub(in crate::audit) fn rate(sheet: &Sheet, n: usize, reading: Reading) -> Option<Text> {
    let rate = &sheet.rates[n];
    let rule = if let Reading::By(rule) = reading { rule } else { Rounding::HalfUp };
    let right = rate.of_printed(sheet, rule, sheet.figure(rate.target)?.decimals())?;
    let heading = |cell: CellId| &sheet.columns[sheet.place(cell).1].heading;
    let value = |cell: CellId| sheet.marks[cell].text.trim();
    let mut parts = Text::default();
    for (n, (sign, cell)) in rate.parts.iter().enumerate() {
        let mark = match (sign, n) {
            (Sign::Plus, 0) => "",
            (Sign::Plus, _) => " + ",
            (Sign::Minus, _) => " − ",
        };
        parts.ko.push_str(&format!("{mark}{} {}", heading(*cell).ko, value(*cell)));
        parts.en.push_str(&format!("{mark}{} {}", heading(*cell).en, value(*cell)));
    }
    let (of, sign) = (value(rate.whole), if rate.scale == 100 { "%" } else { "" });
    let right = right.grouped();
    Some(Text::new(
        format!("{} ÷ {} {of} = {right}{sign}", parts.ko, heading(rate.whole).ko),
        format!("{} ÷ {} {of} = {right}{sign}", parts.en, heading(rate.whole).en),
    ))
}

/// The ledger's rate: `장부 99.820…%`.
pub(in crate::audit) fn ledger_rate(rate: Rate, decimals: u32) -> Text {
    let shown = Figure::ratio(rate.part().as_weight(), rate.whole().as_weight(), 100, decimals, Rounding::HalfUp);
    let shown = shown.map(Figure::grouped).unwrap_or_default();
    Text::new(format!("장부 {shown}%"), format!("ledger {shown}%"))
}

/// Why a rate that is printed as the whole, or as nothing, is not; nothing where it is.
pub(in crate::audit) fn saturated_rate(figure: Figure, rate: Rate) -> Option<Text> {
    let left = rate.whole() - rate.part();
    if figure == Figure::whole(100) && left > Money::ZERO {
        let left = amount(left);
        return Some(Text::new(format!("{}이 남아 있음", left.ko), format!("{} is left", left.en)));
    }
    if figure.is_zero() && rate.part() > Money::ZERO {
        let part = amount(rate.part());
        return Some(Text::new(format!("{}이 쓰였음", part.ko), format!("{} was spent", part.en)));
    }
    None
}

/// The same of a rate in a published table, by the figures beside it.
pub(in crate::audit) fn saturated(sheet: &Sheet, rate: &RateTie) -> Option<Text> {
    let figure = sheet.figure(rate.target)?;
    let part: i128 = rate
        .parts
        .iter()
        .map(|(sign, cell)| if *sign == Sign::Plus { sheet.value(*cell) } else { -sheet.value(*cell) })
        .sum();
    let whole = sheet.value(rate.whole);
    // What rounding may have made of the figures beside it is no proof.
    let slack: i128 = rate.cells().filter(|cell| *cell != rate.target).map(|cell| sheet.step(cell)).sum::<i128>();
    let scale = Figure::whole(i128::from(rate.scale));
    if figure == scale && whole - part >= slack.max(1) {
        let left = money(sheet, sheet.money(whole - part), unit_of(sheet));
        return Some(Text::new(format!("{}이 남아 있음", left.ko), format!("{} is left", left.en)));
    }
    if figure.is_zero() && part >= slack.max(1) {
        let part = money(sheet, sheet.money(part), unit_of(sheet));
        return Some(Text::new(format!("{}이 쓰였음", part.ko), format!("{} was spent", part.en)));
    }
    None
}

/// That a printed rate is right on its basis, and what it is on the other one.
pub(in crate::audit) fn right_rate(
    audit: &Audit<'_>,
    account: AccountId,
    term: Term,
    rate: Rate,
    decimals: u32,
) -> (Text, Text) {
    let (part, whole) = (amount(rate.part()), amount(rate.whole()));
    let against = Text::new(format!("장부 {} ÷ {}", part.ko, whole.ko), format!("ledger {} ÷ {}", part.en, whole.en));
    let shown = |rate: Rate| {
        Figure::ratio(rate.part().as_weight(), rate.whole().as_weight(), 100, decimals, Rounding::HalfUp)
            .map(Figure::grouped)
            .unwrap_or_default()
    };
    let named = |basis: Basis| match basis {
        Basis::Granted => both("교부액 기준", "on granted"),
        Basis::CurrentBudget => both("예산현액 기준", "on the current budget"),
    };
    let own = if let Term::ExecutionRate(basis) = term { Some(basis) } else { None };
    let Some(basis) = own else { return (against, both("맞음", "right")) };
    let other = if basis == Basis::Granted { Basis::CurrentBudget } else { Basis::Granted };
    let of_other = against::rate(audit.books, &audit.rolled, account, Term::ExecutionRate(other));
    let mut why = Text::new(format!("{}으로 맞음", named(basis).ko), format!("right {}", named(basis).en));
    if let Some(rate) = of_other {
        why.ko.push_str(&format!("({}은 {}%)", named(other).ko, shown(rate)));
        why.en.push_str(&format!(" ({} it is {}%)", named(other).en, shown(rate)));
    }
    (against, why)
}
