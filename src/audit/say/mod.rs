//! The words of an audit, Korean beside English.

mod rates;

pub(super) use rates::{ledger_rate, rate, right_rate, saturated, saturated_rate};

use super::against::Stand;
use super::book::{Audit, Audited, Equality};
use super::guess::Guess;
use super::matter::{Matter, Sort};
use super::misprint::Suspect;
use super::readings::Hypothesis;
use super::sheet::{CellId, Currency, Sheet};
use super::tie::SumPlace;
use crate::ledger::{AccountId, Books, Claim, Printed, Sign, Term};
use crate::money::{Figure, Money, Range, Rate, Reading, Rounding, Unit};
use crate::words::Text;

pub(super) fn both(ko: &str, en: &str) -> Text {
    Text::new(ko, en)
}

/// Several, one after the other.
pub(super) fn joined(texts: &[Text]) -> Text {
    let join = |label: fn(&Text) -> &str| texts.iter().map(label).collect::<Vec<_>>().join("; ");
    Text::new(join(|text| &text.ko), join(|text| &text.en))
}

/// An amount in won: `1,259,550원`.
pub(super) fn amount(amount: Money) -> Text {
    let text = amount.exactly(Unit::Won).grouped();
    Text::new(format!("{text}원"), format!("{text} won"))
}

/// An amount in the unit of the books, with every digit: `9,999.95천원`.
pub(super) fn in_books(amount: Money, unit: Unit) -> Text {
    in_unit(&amount.exactly(unit).grouped(), unit)
}

/// A printed text with its unit: `636,311천원`.
pub(super) fn in_unit(text: &str, unit: Unit) -> Text {
    if Figure::parse(text).ok().flatten().is_none() {
        return Text::same(text);
    }
    let word = unit.word();
    Text::new(format!("{text}{}", word.ko), format!("{text} {}", word.en))
}

/// An amount of a table in the money that it is of.
fn money(sheet: &Sheet, amount_: Money, unit: Unit) -> Text {
    match sheet.currency {
        Currency::Won => amount(amount_),
        Currency::Other => Text::same(amount_.exactly(unit).grouped()),
    }
}

/// A printed text of a table with its unit; as it stands where the table is not of won.
pub(super) fn in_unit_of(sheet: &Sheet, text: &str, unit: Unit) -> Text {
    match sheet.currency {
        Currency::Won => in_unit(text, unit),
        Currency::Other => Text::same(text),
    }
}

/// The unit that most of a table is in.
pub fn unit_of(sheet: &Sheet) -> Unit {
    let unit = |column: &super::sheet::Column| {
        if let super::sheet::Sort::Amount(unit) = column.sort { Some(unit) } else { None }
    };
    sheet.columns.iter().find_map(unit).unwrap_or_default()
}

/// Rules by their names.
pub(super) fn rules(rules: &[Rounding]) -> Text {
    let join = |label: fn(&Rounding) -> &'static str| rules.iter().map(label).collect::<Vec<_>>().join("·");
    Text::new(join(|rule| rule.word().ko), rules.iter().map(|rule| rule.word().en).collect::<Vec<_>>().join(", "))
}

/// A reading by its name.
pub fn reading(reading: Reading) -> Text {
    match reading {
        Reading::Exactly => both("끝자리까지 그대로", "no digit given up"),
        Reading::By(rule) => rule.word().text(),
    }
}

/// So many grains in the unit of a cell: `636,311.4`.
fn grains(sheet: &Sheet, cell: CellId, grains: i128) -> String {
    sheet.money(grains).exactly(sheet.unit(cell).unwrap_or_default()).grouped()
}

/// What the cells of a sum come to that its target follows from: `아래 줄의 합 636,311.4천원`, `교부액 10,000 − 집행액 9,999.9 = 0.1천원`.
/// Where it is told beside another cell than its target, the target is named, and what is printed there.
pub(super) fn parts(sheet: &Sheet, sum: usize, beside: CellId) -> Text {
    let others = sheet.value(sheet.sums[sum].target()) + sheet.sums[sum].residual(sheet);
    let sum = &sheet.sums[sum];
    let target = sum.target();
    let name = (target != beside).then(|| sheet.name(target));
    let printed = name.as_ref().map(|_| sheet.marks[target].text.trim());
    let tail = |ko: String, en: String| match printed {
        Some(printed) => Text::new(format!("{ko}(인쇄값 {printed})"), format!("{en} (printed {printed})")),
        None => Text::new(ko, en),
    };
    let total = in_unit_of(sheet, &grains(sheet, target, others), sheet.unit(target).unwrap_or_default());
    match sum.place {
        SumPlace::Down { .. } => match name {
            Some(name) => tail(
                format!("{}의 아래 줄 합 {}", name.ko, total.ko),
                format!("the rows of {} come to {}", name.en, total.en),
            ),
            None => Text::new(format!("아래 줄의 합 {}", total.ko), format!("the sum of its rows {}", total.en)),
        },
        SumPlace::Across { .. } => {
            let mut text = Text::default();
            for (n, (sign, cell)) in sum.terms[1..].iter().enumerate() {
                let mark = match (sign, n) {
                    (Sign::Plus, 0) => "",
                    (Sign::Plus, _) => " + ",
                    (Sign::Minus, 0) => "−",
                    (Sign::Minus, _) => " − ",
                };
                let (_, column) = sheet.place(*cell);
                let heading = &sheet.columns[column].heading;
                let value = sheet.marks[*cell].text.trim();
                text.ko.push_str(&format!("{mark}{} {value}", heading.ko));
                text.en.push_str(&format!("{mark}{} {value}", heading.en));
            }
            tail(format!("{} = {}", text.ko, total.ko), format!("{} = {}", text.en, total.en))
        }
    }
}

/// The rules that explain a sum that does not come out: where the ledger is known, those that print its amount in the
/// target; else those that, in all its cells, let it hold.
pub(super) fn explains(table: &Audited, sum: usize, audit: Option<&Audit<'_>>) -> Vec<Rounding> {
    let (sheet, sum) = (&table.sheet, &table.sheet.sums[sum]);
    let span = sheet.marks[sum.target()].span;
    let known =
        audit.and_then(|audit| audit.figures.iter().find(|figure| audit.books.printed[figure.printed].span == span));
    if let (Some(Stand::Rounded(rules)), SumPlace::Down { .. }) = (known.map(|figure| &figure.stand), sum.place) {
        return rules.clone();
    }
    // Tried once for the whole table: a table of thousands of rows has thousands of such sums.
    let tried = Reading::ALL.into_iter().zip(&table.verdict.everywhere);
    let possible: Vec<Reading> = tried.filter(|(_, one)| one.outcome.ranges().is_some()).map(|(one, _)| one).collect();
    Rounding::ALL.into_iter().filter(|rule| possible.contains(&Reading::By(*rule))).collect()
}

/// What a cell may have been under the ways that make the table possible: `모두 반올림이면 51~54원; 집행액 절사·집행잔액 반올림이면 45~54원(10원 단위면 50원)`.
pub(super) fn left(table: &Audited, cell: CellId, audit: Option<&Audit<'_>>) -> Option<Text> {
    let mut texts = Vec::new();
    let everywhere = table.verdict.everywhere.iter().take(1);
    let mixed =
        table.verdict.mixed.iter().filter(|tried| audit.is_none_or(|audit| prints_ledger(table, tried, audit))).take(1);
    for (tried, all) in everywhere.map(|tried| (tried, true)).chain(mixed.map(|tried| (tried, false))) {
        let Some(ranges) = tried.outcome.ranges() else { continue };
        let name = if all { everywhere_name(tried) } else { mixture(table, tried) };
        let range = won_range(&table.sheet, ranges[cell]);
        texts.push(Text::new(format!("{}이면 {}", name.ko, range.ko), format!("{} if {}", range.en, name.en)));
    }
    (!texts.is_empty()).then(|| joined(&texts))
}

fn everywhere_name(tried: &Hypothesis) -> Text {
    let open = tried.readings.iter().find(|reading| **reading != Reading::Exactly).copied().unwrap_or(Reading::Exactly);
    let name = reading(open);
    Text::new(format!("모두 {}", name.ko), format!("{} everywhere", name.en))
}

/// A rule for each column: `집행액 절사·집행잔액 반올림`.
pub fn mixture(table: &Audited, tried: &Hypothesis) -> Text {
    let sheet = &table.sheet;
    let open = (0..sheet.columns.len()).filter(|column| {
        !table.exact[*column]
            && sheet
                .sums
                .iter()
                .any(|sum| sum.terms.iter().any(|(_, cell)| sheet.place(*cell).1 == *column && sheet.step(*cell) > 1))
    });
    let names: Vec<Text> = open
        .map(|column| {
            let (heading, rule) = (&sheet.columns[column].heading, reading(tried.readings[column]));
            Text::new(format!("{} {}", heading.ko, rule.ko), format!("{} {}", heading.en, rule.en))
        })
        .collect();
    let join = |label: fn(&Text) -> &str, with: &str| names.iter().map(label).collect::<Vec<_>>().join(with);
    Text::new(join(|text| &text.ko, "·"), join(|text| &text.en, " and "))
}

/// Whether a way of rounding prints what the ledger has in every cell of the table.
pub fn prints_ledger(table: &Audited, tried: &Hypothesis, audit: &Audit<'_>) -> bool {
    let sheet = &table.sheet;
    (0..sheet.marks.len()).all(|cell| {
        let span = sheet.marks[cell].span;
        let figure = audit.figures.iter().find(|figure| audit.books.printed[figure.printed].span == span);
        match figure.map(|figure| &figure.stand) {
            Some(Stand::Rounded(rules)) if sheet.unit(cell).is_some() => {
                matches!(tried.readings[sheet.place(cell).1], Reading::By(rule) if rules.contains(&rule))
            }
            _ => true,
        }
    })
}

/// A range of grains in won: `51~54원`, and what of it is in tens of won.
pub fn won_range(sheet: &Sheet, range: Range) -> Text {
    if sheet.currency == Currency::Other {
        let text = |grains: i128| sheet.money(grains).exactly(unit_of(sheet)).grouped();
        let (low, high) = (text(range.low), text(range.high));
        return if low == high {
            Text::same(low)
        } else {
            Text::new(format!("{low}~{high}"), format!("{low} to {high}"))
        };
    }
    let text = |grains: i128| sheet.money(grains).exactly(Unit::Won).grouped();
    let (low, high) = (text(range.low), text(range.high));
    let won = Money::from_won(1).as_weight() / sheet.grain.as_weight();
    let tens = range.in_multiples(10 * won);
    let mut ko = if low == high { format!("{low}원") } else { format!("{low}~{high}원") };
    let mut en = if low == high { format!("{low} won") } else { format!("{low} to {high} won") };
    let ten = |tens: i128| Money::from_won(10).times(tens).exactly(Unit::Won).grouped();
    if low != high && tens.is_empty() {
        ko.push_str("(10원 단위로는 없음)");
        en.push_str(" (none in tens of won)");
    } else if low != high && tens.low == tens.high {
        ko.push_str(&format!("(10원 단위로는 {}원)", ten(tens.low)));
        en.push_str(&format!(" (in tens of won only {})", ten(tens.low)));
    }
    Text::new(ko, en)
}

/// What would let all ties hold: `28,200이면 모두 맞음`, and which other cells could be wrong instead.
pub(super) fn suspect(table: &Audited, suspect: &Suspect, others: &[Suspect]) -> Text {
    let sheet = &table.sheet;
    let mut text = match suspect.would {
        Some(would) => {
            let (step, unit) = (sheet.step(suspect.cell), sheet.unit(suspect.cell).unwrap_or_default());
            let reading = table.readings[sheet.place(suspect.cell).1];
            // The figures that may stand there, of as many decimals as the one that does.
            let from = would.low.div_euclid(step) - 1;
            let fits = |digits: &i128| !reading.range(*digits, step).meet(would).is_empty();
            let first = (from..=from + 3).find(fits);
            let to = would.high.div_euclid(step) + 1;
            let last = (to - 3..=to).rev().find(fits);
            let decimals = sheet.figure(suspect.cell).map_or(0, |figure| figure.decimals());
            let show = |digits: i128| sheet.money(digits * step).rounded(unit, decimals, Rounding::Floor).grouped();
            match (first, last) {
                (Some(first), Some(last)) if first == last => Text::new(
                    format!("{}이면 모두 맞음", show(first)),
                    format!("with {} everything holds", show(first)),
                ),
                (Some(first), Some(last)) => Text::new(
                    format!("{}~{} 사이면 모두 맞음", show(first), show(last)),
                    format!("with {} to {} everything holds", show(first), show(last)),
                ),
                _ => both("어떤 반올림으로도 맞지 않음", "no rounding makes it so"),
            }
        }
        None => both("인쇄된 금액의 비율이 아님", "it is not the rate of the amounts beside it"),
    };
    if !others.is_empty() {
        let names: Vec<Text> = others.iter().take(4).map(|other| sheet.name(other.cell)).collect();
        let join = |label: fn(&Text) -> &str, with: &str| names.iter().map(label).collect::<Vec<_>>().join(with);
        text.ko.push_str(&format!("; 틀린 것이 이 칸이 아니라 {}일 수도 있음", join(|name| &name.ko, ", ")));
        text.en.push_str(&format!("; it may also be {} that is wrong", join(|name| &name.en, " or ")));
    }
    text
}

/// What is missing below a total, column by column.
pub(super) fn rows(sheet: &Sheet, missing: &[(usize, i128)], twice: Option<usize>) -> Text {
    let figures: Vec<Text> = missing
        .iter()
        .map(|(column, by)| {
            let (heading, cell) = (&sheet.columns[*column].heading, sheet.cell(0, *column));
            let value = grains(sheet, cell, by.abs());
            Text::new(format!("{} {value}", heading.ko), format!("{} {value}", heading.en))
        })
        .collect();
    let join = |label: fn(&Text) -> &str| figures.iter().map(label).collect::<Vec<_>>().join(", ");
    let (ko, en) = (join(|text| &text.ko), join(|text| &text.en));
    match twice {
        Some(row) => {
            let name = &sheet.rows[row].name;
            Text::new(
                format!("`{}` 줄이 두 번 들어간 것으로 보임: {ko}", name.ko),
                format!("the row `{}` seems to stand twice: {en}", name.en),
            )
        }
        None => Text::new(format!("줄이 빠진 것으로 보임: {ko}"), format!("a row seems to be missing: {en}")),
    }
}

/// A guess in words.
pub(super) fn guess(guess: &Guess, sheet: Option<&Sheet>) -> Text {
    match guess {
        Guess::Swapped(figure) => {
            let figure = figure.grouped();
            Text::new(format!("이웃한 두 숫자가 바뀜({figure})"), format!("two digits changed places ({figure})"))
        }
        Guess::Sign(figure) => {
            let figure = figure.grouped();
            Text::new(
                format!("부호가 빠지거나 더 붙음({figure})"),
                format!("the sign was left out or put in ({figure})"),
            )
        }
        Guess::Unit { power, figure } => {
            let times = Figure::whole(10_i128.pow(power.unsigned_abs())).grouped();
            let figure = figure.grouped();
            if *power > 0 {
                Text::new(
                    format!("단위가 달라 {times}배로 적힘({figure})"),
                    format!("another unit: {times} times too large ({figure})"),
                )
            } else {
                Text::new(
                    format!("단위가 달라 {times}분의 1로 적힘({figure})"),
                    format!("another unit: {times} times too small ({figure})"),
                )
            }
        }
        Guess::Copied(cell) => {
            let name = sheet.map(|sheet| sheet.name(*cell)).unwrap_or_default();
            Text::new(format!("{}의 숫자가 옮겨 적힘", name.ko), format!("the figure of {} was copied", name.en))
        }
        Guess::Misread(figure) => {
            let figure = figure.grouped();
            Text::new(format!("숫자 하나가 다름({figure})"), format!("one digit is another ({figure})"))
        }
        Guess::Missing(figure) => {
            let figure = figure.grouped();
            Text::new(format!("숫자 하나가 빠짐({figure})"), format!("a digit was left out ({figure})"))
        }
        Guess::Extra(figure) => {
            let figure = figure.grouped();
            Text::new(format!("숫자 하나가 더 들어감({figure})"), format!("there is a digit too many ({figure})"))
        }
    }
}

/// The guess that a figure is that of another term.
pub(super) fn other_term(term: Term) -> Text {
    let word = term.word();
    Text::new(format!("{}의 숫자가 옮겨 적힘", word.ko), format!("the figure of {} was copied", word.en))
}

/// An account by its name.
pub(super) fn account_name(books: &Books, account: AccountId) -> Text {
    match account {
        AccountId::ROOT => books.year.presentation.total_label.clone(),
        _ => books.accounts.get(account).name.clone(),
    }
}

/// What a printed figure is called: `계 집행액`.
pub(super) fn figure_name(books: &Books, printed: &Printed) -> Text {
    let name = account_name(books, printed.account);
    let word = match printed.claim {
        Claim::Term(term) => term.word(),
        Claim::GrossBudget => crate::words::GROSS_BUDGET,
        Claim::GrantorSpent => crate::words::GRANTOR_SPENT,
    };
    Text::new(format!("{} {}", name.ko, word.ko), format!("{}, {}", name.en, word.en))
}

/// A printed figure with where its document has it.
pub(super) fn figure_at(books: &Books, n: usize) -> Text {
    let printed = &books.printed[n];
    let text = printed.unit.map_or(Text::same(printed.text.trim()), |unit| in_unit(printed.text.trim(), unit));
    match &printed.at {
        Some(at) => Text::new(format!("{} ({at})", text.ko), format!("{} ({at})", text.en)),
        None => Text::new(format!("{} (표)", text.ko), format!("{} (table)", text.en)),
    }
}

/// How large a part of the whole is listed.
pub(super) fn partial(sum: Money, whole: Money) -> Text {
    let share = Rate::of(sum, whole).map(|rate| rate.shown(1, Rounding::HalfUp).percent.grouped()).unwrap_or_default();
    let rest = amount(whole - sum);
    Text::new(
        format!("일부만 적힌 목록: {share}%가 항목으로 적혔고 나머지 {}은 적히지 않음", rest.ko),
        format!("a partial list: {share}% of it is itemised, {} is not", rest.en),
    )
}

/// That listed amounts come to too much, and by how much no rounding reaches.
pub(super) fn too_much(gap: Money, only: Option<Rounding>) -> Text {
    let gap = amount(gap.abs());
    let mut text = Text::new(
        format!("반올림이 아님: 반올림·오사오입·오사육입·절사가 허용하는 범위를 {} 벗어남", gap.ko),
        format!("not by rounding: {} beyond all that half-up, half-even, half-down or cutting allows", gap.en),
    );
    if only.is_some() {
        text.ko.push_str("; 모든 금액을 절상했을 때만 가능함");
        text.en.push_str("; possible only if every amount was raised");
    }
    text
}

/// A figure that is not the sum that its document says, or is it but for rounding.
pub(super) fn of_equality(books: &Books, equality: &Equality) -> Option<Matter> {
    if equality.residual.is_zero() {
        return None;
    }
    let printed = &books.printed[equality.printed];
    let whole = super::steps::printed_step(books, printed).map(|step| (Sign::Minus, step));
    let of_parts = equality
        .parts
        .iter()
        .filter_map(|(sign, part)| Some((*sign, super::steps::printed_step(books, &books.printed[*part])?)));
    let difference = whole.into_iter().chain(of_parts).collect();
    let mut against = Text::default();
    for (n, (sign, part)) in equality.parts.iter().enumerate() {
        let mark = match (sign, n) {
            (Sign::Plus, 0) => "",
            (Sign::Plus, _) => " + ",
            (Sign::Minus, _) => " − ",
        };
        let (name, text) = (figure_name(books, &books.printed[*part]), books.printed[*part].text.trim());
        against.ko.push_str(&format!("{mark}{} {text}", name.ko));
        against.en.push_str(&format!("{mark}{} {text}", name.en));
    }
    let (sort, why) = if equality.rules.is_empty() {
        (
            Sort::Equality,
            both("어떤 반올림으로도 문서가 말하는 합이 아님", "no rounding makes it the sum that its document says"),
        )
    } else {
        let named = rules(&equality.rules);
        (
            Sort::Rounding,
            Text::new(format!("반올림으로 설명됨: {}", named.ko), format!("rounding explains it: {}", named.en)),
        )
    };
    Some(Matter {
        sort,
        span: printed.span,
        account: Some(printed.account),
        about: figure_name(books, printed),
        printed: printed.unit.map_or(Text::same(printed.text.trim()), |unit| in_unit(printed.text.trim(), unit)),
        against,
        difference,
        why,
        guesses: Vec::new(),
    })
}
