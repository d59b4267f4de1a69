//! Which lines a sum has, in words.

use crate::ledger::{Books, GrantMode, Kind, Measure, Precision, Scope, Sign, Slice, Term};
use crate::table::Kept;
use crate::words::{self, Text};

/// What a measure is called: as the term that it alone makes.
pub(super) fn measure_name(measure: Measure) -> Text {
    let alone = |term: &&Term| term.formula(GrantMode::Advance) == [(Sign::Plus, measure)];
    // The last such, as 예치액 stands before 교부액.
    if let Some(term) = Term::ALL.iter().rev().find(alone) {
        return term.word().text();
    }
    let plain = match measure {
        Measure::Transferred => words::TRANSFERRED,
        Measure::CarriedIn => words::CARRIED_IN,
        _ => words::CARRIED_OUT,
    };
    Text::new(format!("{}(세부구분 없음)", plain.ko), format!("{} (no subtype)", plain.en))
}

/// The account of a line, and where it moves money to: `여비`, `여비 → 인건비`.
pub(super) fn accounts(line: &Kept, books: &Books) -> Text {
    let path = |id| books.account_path(id);
    let between =
        |from: Text, to: Text| Text::new(format!("{} → {}", from.ko, to.ko), format!("{} → {}", from.en, to.en));
    match line.other {
        None => path(line.account),
        // The reserve gives to the account, not the account to the reserve.
        Some(other) if line.kind == Kind::ReserveUse => between(path(other), path(line.account)),
        Some(other) => between(path(line.account), path(other)),
    }
}

/// `집행`, `정정(집행)`, `전용(이용)`.
pub(super) fn kind(line: &Kept) -> Text {
    let word = line.kind.word();
    let within = match (line.kind, line.corrects, line.subtype) {
        (Kind::Correction, Some(corrected), _) => corrected.word(),
        (_, _, Some(subtype)) => subtype.word(),
        _ => return word.text(),
    };
    Text::new(format!("{}({})", word.ko, within.ko), format!("{} ({})", word.en, within.en))
}

/// Which lines of its account a sum has, where it does not have all; each bound for itself.
pub(super) fn bounds(slice: &Slice, books: &Books) -> Vec<Text> {
    let mut bounds: Vec<Text> = scope(slice.scope, books).into_iter().collect();
    let day = |day: Option<crate::ledger::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    match (slice.when.from, slice.when.to) {
        (None, None) => {}
        (None, to) => bounds.push(Text::new(format!("{}까지", day(to)), format!("by {}", day(to)))),
        (from, to) => bounds.push(Text::same(format!("{} ~ {}", day(from), day(to)).trim().to_owned())),
    }
    match slice.when.precision {
        Precision::Any => {}
        Precision::Month => bounds.push(Text::new("월까지 적힌 줄", "lines that know their month")),
        Precision::YearOnly => bounds.push(Text::new("연도만 적힌 줄", "lines that know their year only")),
    }
    bounds
}

fn scope(scope: Scope, books: &Books) -> Option<Text> {
    let named = |word: words::Word, name: &str| Text::new(format!("{} {name}", word.ko), format!("{} {name}", word.en));
    let none = |word: words::Word| {
        Text::new(format!("{} 적지 않은 줄", object(word.ko)), format!("lines that name no {}", word.en.to_lowercase()))
    };
    let any = |word: words::Word| {
        Text::new(format!("{} 적은 줄", object(word.ko)), format!("lines that name an {}", word.en.to_lowercase()))
    };
    match scope {
        Scope::All => None,
        Scope::Item(id) => Some(named(words::PLANNED_ITEM, &books.item(id).id)),
        Scope::AnyItem => Some(any(words::PLANNED_ITEM)),
        Scope::NoItem => Some(none(words::PLANNED_ITEM)),
        Scope::Task(id) => books.tasks.get(id.0 as usize).map(|task| named(words::TASK, &task.id)),
        Scope::NoTask => Some(none(words::TASK)),
        Scope::ProgramOf(id) => Some(named(words::PROGRAM, books.item(id).program.as_deref().unwrap_or_default())),
        Scope::NoProgram => Some(none(words::PROGRAM)),
        Scope::Fund(id) => books.year.funds.get(id.0 as usize).map(|fund| named(words::FUND, &fund.id)),
        Scope::NoFund => Some(none(words::FUND)),
    }
}

/// A noun as an object: `사업을`, `과제를`.
fn object(noun: &str) -> String {
    let closed =
        noun.chars().last().is_some_and(|c| ('가'..='힣').contains(&c) && !(c as u32 - '가' as u32).is_multiple_of(28));
    format!("{noun}{}", if closed { "을" } else { "를" })
}
