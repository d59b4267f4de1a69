//! What an audit has to say, point by point, in words: what a page shows a council and a check tells of.
//!
//! Law: a point is made once, here. A page and a finding differ in what they leave out, never in what they say.

use super::against::{Off, Stand, Wrong};
use super::book::{Agrees, Audit, Audited, ListStand, Listed, What};
use super::guess::Guess;
use super::misprint::{Cause, Misprint, Suspect};
use super::say::{self, both, in_books, in_unit, rules};
use super::sheet::{CellId, Row, Sheet};
use super::steps;
use super::tie::SumPlace;
use crate::ledger::{AccountId, Books, Claim, Sign, Term};
use crate::money::Reading;
use crate::source::Span;
use crate::table::Step;
use crate::words::{self, Text, Word};

/// One point that an audit makes.
#[derive(Clone, Debug)]
pub struct Matter {
    /// What sort of point.
    pub sort: Sort,
    /// Where the figure stands that it is about.
    pub span: Span,
    /// The account that it is about, if it is one's.
    pub account: Option<AccountId>,
    /// What it is about.
    pub about: Text,
    /// As it is printed.
    pub printed: Text,
    /// What it is held against.
    pub against: Text,
    /// What the difference is worked out from, if that is an amount.
    pub difference: Vec<(Sign, Step)>,
    /// What is to be said of it.
    pub why: Text,
    /// What may have happened, the likeliest first. Guesses.
    pub guesses: Vec<Text>,
}

/// What sort of point an audit makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A figure is not what the ledger has, and no rule prints the ledger's so.
    Claim,
    /// A total is not the sum of its rows by any rounding.
    Total,
    /// A subtotal is not the sum of its rows.
    Subtotal,
    /// A column does not follow from the others of its row.
    Across,
    /// A rate is not that of the figures beside it.
    Rate,
    /// Rows are missing below a total, or stand there twice.
    Rows,
    /// One quantity is printed with different values.
    Twice,
    /// A figure is not the sum that its document says it is.
    Equality,
    /// Listed amounts come to more than what they are part of.
    TooMuch,
    /// They come to the budget to the last digit, though something else was spent.
    Plug,
    /// A rate is printed as the whole, or as nothing, which it is not.
    Saturated,
    /// Figures do not add up, and rounding explains it.
    Rounding,
    /// Listed amounts are a part of what they are held against.
    Partial,
    /// A total is not attributed to rows.
    NotAttributed,
    /// The ledger does not tell what is printed.
    Untold,
    /// A rate is right, on its basis; what it would be on the other.
    RightRate,
}

impl Sort {
    /// The verdict in a word.
    pub const fn word(self) -> Word {
        match self {
            Sort::Claim
            | Sort::Total
            | Sort::Subtotal
            | Sort::Across
            | Sort::Rate
            | Sort::Rows
            | Sort::Equality
            | Sort::TooMuch => words::UNEXPLAINED,
            Sort::Twice => words::DIFFERS,
            Sort::Plug | Sort::Saturated => words::DOUBTFUL,
            Sort::Rounding => words::BY_ROUNDING,
            Sort::Partial => words::PARTIAL_LIST,
            Sort::NotAttributed => words::NOT_ATTRIBUTED,
            Sort::Untold => words::UNTOLD,
            Sort::RightRate => words::RIGHT,
        }
    }

    /// Whether it is wrong, whatever rounding is allowed.
    pub const fn is_wrong(self) -> bool {
        matches!(
            self,
            Sort::Claim
                | Sort::Total
                | Sort::Subtotal
                | Sort::Across
                | Sort::Rate
                | Sort::Rows
                | Sort::Twice
                | Sort::Equality
                | Sort::TooMuch
        )
    }
}

/// All that an audit of a year has to say: what is wrong first, then in the order of the documents.
pub fn matters(audit: &Audit<'_>) -> Vec<Matter> {
    let mut found: Vec<Matter> = audit.tables.iter().flat_map(|table| of_table(table, Some(audit))).collect();
    let figures: Vec<Matter> = audit.figures.iter().filter_map(|figure| of_figure(audit, figure.printed)).collect();
    // What the ledger tells of a rate to the won, its table tells only nearly.
    let told =
        |matter: &Matter| figures.iter().any(|figure| (figure.sort, figure.span) == (Sort::Saturated, matter.span));
    found.retain(|matter| matter.sort != Sort::Saturated || !told(matter));
    found.extend(figures);
    found.extend(
        audit
            .twice
            .iter()
            .filter(|twice| twice.agrees == Agrees::No)
            .map(|twice| of_twice(audit.books, &twice.printed)),
    );
    found.extend(audit.equalities.iter().filter_map(|equality| super::say::of_equality(audit.books, equality)));
    for list in &audit.lists {
        found.extend(of_list(audit, list));
    }
    found.sort_by_key(|matter| (!matter.sort.is_wrong(), matter.sort, matter.span));
    found
}

/// All that an audit of one table has to say.
pub fn of_table(table: &Audited, audit: Option<&Audit<'_>>) -> Vec<Matter> {
    let sheet = &table.sheet;
    let mut found: Vec<Matter> = table.misprints.iter().map(|misprint| of_misprint(table, misprint)).collect();
    for (sum, _) in table.rounded() {
        let target = sheet.sums[sum].target();
        let (row, _) = sheet.place(target);
        let explains = say::explains(table, sum, audit);
        let left = match sheet.sums[sum].place {
            SumPlace::Across { .. } => say::left(table, target, audit),
            SumPlace::Down { .. } => None,
        };
        let why = both("반올림으로 설명됨", "rounding explains it");
        let why = if explains.is_empty() {
            why
        } else {
            Text::new(format!("{}: {}", why.ko, rules(&explains).ko), format!("{}: {}", why.en, rules(&explains).en))
        };
        let why = left.map_or(why.clone(), |left| {
            Text::new(format!("{}; {}", why.ko, left.ko), format!("{}; {}", why.en, left.en))
        });
        found.push(Matter {
            sort: Sort::Rounding,
            span: sheet.marks[target].span,
            account: sheet.rows[row].account,
            about: sheet.name(target),
            printed: printed(sheet, target),
            against: say::parts(sheet, sum, target),
            difference: steps::residual(sheet, sum),
            why,
            guesses: Vec::new(),
        });
    }
    for cell in &sheet.unattributed {
        let (row, _) = sheet.place(*cell);
        found.push(Matter {
            sort: Sort::NotAttributed,
            span: sheet.marks[*cell].span,
            account: sheet.rows[row].account,
            about: sheet.name(*cell),
            printed: printed(sheet, *cell),
            against: both("아래 줄에 없음", "no row below has a part of it"),
            difference: Vec::new(),
            why: both(
                "줄에 나누지 않은 금액이라 합을 볼 수 없음",
                "it is not attributed to the rows, so there is no sum to hold it to",
            ),
            guesses: Vec::new(),
        });
    }
    for rate in &sheet.rates {
        let cell = rate.target;
        let wrong =
            table.misprints.iter().any(|misprint| misprint.rates.iter().any(|n| sheet.rates[*n].target == cell));
        if let (false, Some(saturated)) = (wrong, say::saturated(sheet, rate)) {
            let (row, _) = sheet.place(cell);
            found.push(Matter {
                sort: Sort::Saturated,
                span: sheet.marks[cell].span,
                account: sheet.rows[row].account,
                about: sheet.name(cell),
                printed: printed(sheet, cell),
                against: saturated,
                difference: Vec::new(),
                why: both("반올림하여 100%나 0%인 것처럼 보임", "rounding makes it look like all or nothing"),
                guesses: Vec::new(),
            });
        }
    }
    found
}

/// A cell as it is printed, with its unit.
fn printed(sheet: &Sheet, cell: CellId) -> Text {
    let text = sheet.marks[cell].text.trim();
    match sheet.unit(cell) {
        Some(unit) => say::in_unit_of(sheet, text, unit),
        None => Text::same(if text.ends_with('%') { text.to_owned() } else { format!("{text}%") }),
    }
}

/// What sort of point a misprint is: where the likeliest cell is itself a sum of rows, that of this sum; else that of the
/// highest that it breaks.
fn sort(sheet: &Sheet, misprint: &Misprint) -> Sort {
    let suspect = match &misprint.cause {
        Cause::Rows { .. } => return Sort::Rows,
        Cause::Cells(suspects) => suspects.first().map(|suspect| sheet.place(suspect.cell).0),
    };
    let places = misprint.sums.iter().map(|sum| sheet.sums[*sum].place);
    let downs: Vec<usize> =
        places.filter_map(|place| if let SumPlace::Down { row, .. } = place { Some(row) } else { None }).collect();
    // An account of the chart is no total, though its table begins with it.
    let is_total = |row: &usize| {
        let Row { parent, account, .. } = &sheet.rows[*row];
        parent.is_none() && account.is_none_or(|account| account == AccountId::ROOT)
    };
    match (misprint.sums.as_slice(), downs.as_slice(), suspect.filter(|row| downs.contains(row))) {
        ([], ..) => Sort::Rate,
        (_, [], _) => Sort::Across,
        (.., Some(row)) if is_total(&row) => Sort::Total,
        (.., Some(_)) => Sort::Subtotal,
        (_, rows, None) if rows.iter().any(is_total) => Sort::Total,
        _ => Sort::Subtotal,
    }
}

fn of_misprint(table: &Audited, misprint: &Misprint) -> Matter {
    let sheet = &table.sheet;
    let first = misprint.sums.first().map(|sum| &sheet.sums[*sum]);
    let sort = sort(sheet, misprint);
    let difference = misprint.sums.first().map(|sum| steps::residual(sheet, *sum)).unwrap_or_default();
    match &misprint.cause {
        Cause::Cells(suspects) => match suspects.as_slice() {
            [] => {
                let target = first.map_or_else(|| sheet.rates[misprint.rates[0]].target, |sum| sum.target());
                let why = both("어떤 반올림으로도 맞지 않음", "no rounding makes it so");
                matter_at(table, target, misprint, sort, difference, why, Vec::new())
            }
            [suspect, others @ ..] => {
                let why = say::suspect(table, suspect, others);
                matter_at(table, suspect.cell, misprint, sort, difference, why, slips(table, suspect))
            }
        },
        Cause::Rows { whole, missing, twice } => {
            let cell = missing.first().map_or(0, |(column, _)| sheet.cell(*whole, *column));
            let why = say::rows(sheet, missing, *twice);
            let about = sheet.rows[*whole].name.clone();
            Matter { about, ..matter_at(table, cell, misprint, sort, Vec::new(), why, Vec::new()) }
        }
    }
}

fn matter_at(
    table: &Audited,
    cell: CellId,
    misprint: &Misprint,
    sort: Sort,
    difference: Vec<(Sign, Step)>,
    why: Text,
    guesses: Vec<Text>,
) -> Matter {
    let sheet = &table.sheet;
    let (row, _) = sheet.place(cell);
    let sums = misprint.sums.iter().map(|sum| say::parts(sheet, *sum, cell));
    let rates = misprint
        .rates
        .iter()
        .filter_map(|rate| say::rate(sheet, *rate, table.readings[sheet.place(sheet.rates[*rate].target).1]));
    let against: Vec<Text> = sums.chain(rates).collect();
    Matter {
        sort,
        span: sheet.marks[cell].span,
        account: sheet.rows[row].account,
        about: sheet.name(cell),
        printed: printed(sheet, cell),
        against: say::joined(&against),
        difference,
        why,
        guesses,
    }
}

/// Guesses about a cell that may be wrong.
fn slips(table: &Audited, suspect: &Suspect) -> Vec<Text> {
    let (sheet, cell) = (&table.sheet, suspect.cell);
    let reading = table.readings[sheet.place(cell).1];
    let found: Vec<Guess> = match suspect.would {
        Some(would) => super::guess::guesses(sheet, cell, would, reading),
        None => {
            let rate = sheet.rates.iter().find(|rate| rate.target == cell);
            let right = rate.and_then(|rate| {
                let Reading::By(rule) = reading else { return None };
                rate.of_printed(sheet, rule, sheet.figure(cell)?.decimals())
            });
            match (sheet.figure(cell), right) {
                (Some(figure), Some(right)) => super::guess::between(figure, right),
                _ => Vec::new(),
            }
        }
    };
    found.iter().map(|guess| say::guess(guess, Some(sheet))).collect()
}

/// A printed figure against the ledger, where there is something to say.
fn of_figure(audit: &Audit<'_>, n: usize) -> Option<Matter> {
    let (books, figure) = (audit.books, &audit.figures[n]);
    let printed = &books.printed[n];
    let about = say::figure_name(books, printed);
    let unit_text = |text: &str| printed.unit.map_or(Text::same(text), |unit| in_unit(text, unit));
    let matter = |sort: Sort, against: Text, difference: Vec<(Sign, Step)>, why: Text| Matter {
        sort,
        span: printed.span,
        account: Some(printed.account),
        about: about.clone(),
        printed: unit_text(printed.text.trim()),
        against,
        difference,
        why,
        guesses: Vec::new(),
    };
    match &figure.stand {
        Stand::Unexplained { by, guesses } if !audit.is_suspect(n) => {
            let ledger = match (figure.amount, figure.rate) {
                (Some(amount_), _) => {
                    let text = in_books(amount_, books.year.presentation.unit);
                    Text::new(format!("장부 {}", text.ko), format!("ledger {}", text.en))
                }
                (None, Some(rate)) => say::ledger_rate(rate, printed.figure.map_or(1, |figure| figure.decimals())),
                (None, None) => both("장부에 줄이 없음", "the ledger has no line of it"),
            };
            let difference =
                if let Off::Amount(_) = by { steps::from_ledger(audit, printed, figure.amount) } else { Vec::new() };
            let why =
                both("어떤 반올림으로도 장부의 금액이 이렇게 인쇄되지 않음", "no rule prints the ledger's amount so");
            let guesses = guesses.iter().map(|wrong| match wrong {
                Wrong::Slip(guess) => say::guess(guess, None),
                Wrong::Other(term) => say::other_term(*term),
            });
            Some(Matter { guesses: guesses.collect(), ..matter(Sort::Claim, ledger, difference, why) })
        }
        Stand::Untold => Some(matter(
            Sort::Untold,
            both("장부가 이 줄에 나누지 않음", "the ledger does not say which part is this row's"),
            Vec::new(),
            both("견줄 금액이 없음", "there is nothing to hold it against"),
        )),
        Stand::Exact | Stand::Rounded(_) => {
            let (Claim::Term(term), Some(rate)) = (printed.claim, figure.rate) else { return None };
            if let Some(saturated) = say::saturated_rate(printed.figure?, rate) {
                let why = both("반올림하여 100%나 0%인 것처럼 보임", "rounding makes it look like all or nothing");
                return Some(matter(Sort::Saturated, saturated, Vec::new(), why));
            }
            let (against, why) = say::right_rate(audit, printed.account, term, rate, printed.figure?.decimals());
            Some(matter(Sort::RightRate, against, Vec::new(), why))
        }
        _ => None,
    }
}

fn of_twice(books: &Books, printed: &[usize]) -> Matter {
    let first = &books.printed[printed[0]];
    let texts: Vec<Text> = printed.iter().map(|n| say::figure_at(books, *n)).collect();
    let step = |n: usize| steps::printed_step(books, &books.printed[n]);
    let difference = match (step(printed[0]), step(printed[printed.len() - 1])) {
        (Some(a), Some(b)) => vec![(Sign::Plus, a), (Sign::Minus, b)],
        _ => Vec::new(),
    };
    Matter {
        sort: Sort::Twice,
        span: first.span,
        account: Some(first.account),
        about: say::figure_name(books, first),
        printed: texts[0].clone(),
        against: say::joined(&texts[1..]),
        difference,
        why: both("같은 수량이 서로 다른 값으로 인쇄됨", "the same quantity is printed with different values"),
        guesses: Vec::new(),
    }
}

fn of_list(audit: &Audit<'_>, list: &Listed) -> Vec<Matter> {
    let books = audit.books;
    let span = match list.what {
        What::Costs => books
            .performances
            .iter()
            .find(|record| record.account == Some(list.account) && record.reported_cost.is_some()),
        What::Plan => None,
    };
    let span = span.and_then(|record| record.reported_cost.map(|cost| cost.span));
    let span = span.or_else(|| books.items.iter().find_map(|item| item.planned_cost.map(|cost| cost.span)));
    let unit = books.year.presentation.unit;
    let (sum, whole) = (in_books(list.sum, unit), in_books(list.whole, unit));
    let name = say::account_name(books, list.account);
    let (about, whole_of) = match list.what {
        What::Costs => (
            Text::new(
                format!("{} 소요액 {}건의 합", name.ko, list.count),
                format!("{}, {} together", name.en, words::counted(list.count as u64, "reported cost")),
            ),
            Term::Disbursed,
        ),
        What::Plan => (
            Text::new(
                format!("사업계획 {}건의 소요예산", list.count),
                format!("planned cost of {} together", words::counted(list.count as u64, "item")),
            ),
            Term::Budget,
        ),
    };
    let whole_name = whole_of.word();
    let matter = |sort: Sort, why: Text| Matter {
        sort,
        span: span.unwrap_or_else(|| books.place_of(list.account)),
        account: Some(list.account),
        about: about.clone(),
        printed: sum.clone(),
        against: Text::new(
            format!("{} {}", whole_name.ko, whole.ko),
            format!("{} {}", whole_name.en.to_lowercase(), whole.en),
        ),
        difference: steps::listed(audit, list, whole_of),
        why,
        guesses: Vec::new(),
    };
    let mut found = Vec::new();
    match &list.stand {
        ListStand::Whole => {}
        ListStand::Rounded(explains) => {
            let why = Text::new(
                format!("반올림으로 설명됨: {}", rules(explains).ko),
                format!("rounding explains it: {}", rules(explains).en),
            );
            found.push(matter(Sort::Rounding, why));
        }
        ListStand::Partial => found.push(matter(Sort::Partial, say::partial(list.sum, list.whole))),
        ListStand::TooMuch { gap, only } => found.push(matter(Sort::TooMuch, say::too_much(*gap, *only))),
    }
    if list.is_budget {
        let why = both(
            "집행액과 다른데 예산과는 끝자리까지 같음: 정산액이 아니라 예산·계약액이거나, 나머지를 채워 넣은 항목이 있을 수 있음",
            "it is not what was spent, and equals the budget to the last digit: budget or contract amounts rather than settled ones, or an item that fills the rest",
        );
        let budget = Text::new(
            format!("예산 {}; {} {}", sum.ko, whole_name.ko, whole.ko),
            format!("budget {}; {} {}", sum.en, whole_name.en.to_lowercase(), whole.en),
        );
        let difference = steps::listed(audit, list, Term::Budget);
        found.push(Matter { against: budget, difference, ..matter(Sort::Plug, why) });
    }
    found
}
