//! The entries of figures on the page.
//!
//! # Why
//!
//! **The place that a link leads to stands inside the `<details>`.** Browsers open what hides the place that is gone to,
//! so no script is needed; with the place on the `<details>` itself it would stay shut.

use super::formula;
use super::{At, Behind, Entry, How, Worth, id};
use crate::ledger::{Books, Sign, Slice};
use crate::money::{Money, Rate, Unit};
use crate::render::html::said;
use crate::render::html::writer::Writer;
use crate::source::Span;
use crate::table::{Division, Kept, Proportion, Step};
use crate::words::{self, Text};
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::index::Found;

/// The most figures that an entry names as those which rest on it.
const BACK_LINKS: usize = 12;

/// All of them, in the order of their figures; nothing where a page has none.
pub(in crate::render::html) fn section(behind: &Behind<'_>, writer: &Writer<'_>) -> Option<Markup> {
    if behind.entries.is_empty() && behind.left_out == 0 {
        return None;
    }
    let mut order: Vec<usize> = (0..behind.entries.len()).collect();
    order.sort_by_key(|n| (behind.entries[*n].first, *n));
    let shown = Shown { behind, writer };
    Some(html! {
        section.basis aria-labelledby="basis" {
            h2 #basis { (writer.word(said::BASIS)) }
            p.lead { (writer.word(said::BASIS_LEAD)) }
            @if !order.is_empty() {
                details.all {
                    summary { (shown.all(order.len())) }
                    @for n in order { (shown.entry(n)) }
                }
            }
            @if behind.left_out > 0 { p.remark { "※ " (shown.left_out()) } }
        }
    })
}

struct Shown<'a, 'w> {
    behind: &'a Behind<'a>,
    writer: &'w Writer<'w>,
}

impl Shown<'_, '_> {
    fn left_out(&self) -> String {
        let count = self.writer.count(self.behind.left_out);
        self.writer.text(&Text::new(
            format!("근거를 여기에 싣지 않은 숫자 {count}개. `wego-ledger explain 연도 줄 열`이 어느 숫자든 그 근거를 보여 줌"),
            format!("figures whose basis is not listed here: {count}. `wego-ledger explain YEAR ROW COLUMN` shows that of any figure"),
        ))
    }

    fn all(&self, count: usize) -> String {
        let count = self.writer.count(count as u64);
        self.writer.text(&Text::new(format!("모두 보기 ({count}개)"), format!("Show all ({count})")))
    }

    fn entry(&self, n: usize) -> Markup {
        let entry = &self.behind.entries[n];
        html! {
            details.entry {
                summary { span.what { (self.writer.text(&entry.name)) } " " span.worth { (self.worth(&entry.worth)) } }
                div.body #(id(n)) {
                    (self.how(entry))
                    (self.figures(entry))
                }
            }
        }
    }

    /// The exact amount in won, or the division that a rate is.
    fn worth(&self, worth: &Worth) -> Markup {
        match worth {
            Worth::Amount(amount) => self.won(*amount),
            Worth::Rate(rate, shown) => html! {
                (self.writer.figure(rate.part().exactly(Unit::Won))) " ÷ " (self.writer.figure(rate.whole().exactly(Unit::Won)))
                @if let Some(shown) = shown { " = " (self.writer.figure(*shown)) "%" }
            },
        }
    }

    fn won(&self, amount: Money) -> Markup {
        let unit = self.writer.word(Unit::Won.word());
        html! { (self.writer.signed(amount.exactly(Unit::Won))) span.unit { (self.writer.gap()) (unit) } }
    }

    fn how(&self, entry: &Entry<'_>) -> Markup {
        match &entry.how {
            How::Lines(slice, found) => self.lines(entry, slice, found.as_ref()),
            How::Read(span) => self.read(entry.book, *span),
            How::Steps(steps, most) => self.steps(entry, steps, *most),
            How::Part(parts) => self.part(entry, parts),
            How::Divided(division) => self.divided(entry, division),
            How::Rounded(rounded) => html! {
                p.how { (self.writer.text(&rounded.1)) }
                (self.one_step(entry.book, &rounded.0))
            },
        }
    }

    /// Where an entry's figures stand on the page.
    fn figures(&self, entry: &Entry<'_>) -> Markup {
        let figures = &entry.figures;
        let more = figures.len().saturating_sub(BACK_LINKS);
        html! {
            @if !figures.is_empty() {
                p.back {
                    span.label { (self.writer.word(said::BACK)) ": " }
                    @for (n, at) in figures.iter().take(BACK_LINKS).enumerate() {
                        @if n > 0 { ", " }
                        a href={ "#" (at.id()) } { "↑ " (self.name_of(*at)) }
                    }
                    @if more > 0 { " +" (self.writer.count(more as u64)) }
                }
            }
        }
    }

    fn name_of(&self, at: At) -> String {
        let table = self.behind.tables[at.table];
        let (row, column) = (super::path_of(table, &table.rows[at.row]), &table.columns[at.column].heading);
        self.writer.text(&Text::new(format!("{} {}", row.ko, column.ko), format!("{}, {}", row.en, column.en)))
    }

    fn read(&self, book: usize, span: Span) -> Markup {
        let Some(place) = self.behind.places.get(&(book, span)) else { return html! {} };
        // Where a whole row is meant, its line.
        let marked = &place.text[place.marked.clone()];
        let written = if marked.is_empty() { &place.text } else { marked };
        html! {
            dl.facts {
                dt { (self.writer.word(said::WRITTEN_AT)) } dd { code { (self.writer.raw(&place.path)) ":" (place.line) } }
                dt { (self.writer.word(said::WRITTEN_THERE)) } dd { code { (self.writer.raw(written)) } }
            }
        }
    }

    fn steps(&self, entry: &Entry<'_>, steps: &[(Sign, Step)], most: usize) -> Markup {
        let shown = &steps[..steps.len().min(most)];
        let rest = &steps[shown.len()..];
        let signed = |(sign, step): &(Sign, Step)| if *sign == Sign::Plus { step.amount } else { -step.amount };
        let all: Money = steps.iter().map(signed).sum();
        html! {
            (self.table(said::STEPS, html! {
                thead { tr {
                    th scope="col" { (self.writer.word(words::NAME)) }
                    th.n scope="col" { (self.writer.word(words::AMOUNT)) " (" (self.writer.word(Unit::Won.word())) ")" }
                } }
                tbody {
                    @for (sign, step) in shown {
                        tr {
                            th scope="row" { (self.step_name(entry.book, *sign, step)) }
                            td.n.effect { (self.writer.signed(step.amount.exactly(Unit::Won))) }
                        }
                    }
                    @if !rest.is_empty() {
                        tr {
                            th scope="row" { (self.others(Some(rest.len()))) }
                            td.n.effect { (self.writer.signed(rest.iter().map(signed).sum::<Money>().exactly(Unit::Won))) }
                        }
                    }
                    tr.total { th scope="row" { (self.writer.word(said::SUM)) } td.n { (self.writer.signed(all.exactly(Unit::Won))) } }
                }
            }))
            @if !rest.is_empty() { (self.command(entry)) }
        }
    }

    fn step_name(&self, book: usize, sign: Sign, step: &Step) -> Markup {
        let mark = if sign == Sign::Plus { "+ " } else { "− " };
        let name = self.writer.text(&step.name);
        html! {
            (mark)
            @match self.behind.step_link(book, step) {
                Some(id) => a href={ "#" (id) } { (name) },
                None => (name),
            }
        }
    }

    fn one_step(&self, book: usize, step: &Step) -> Markup {
        html! { p.how { (self.step_name(book, Sign::Plus, step)) " " (self.won(step.amount)) } }
    }

    fn part(&self, entry: &Entry<'_>, (part, whole): &(Step, Step)) -> Markup {
        let exact = Rate::of(part.amount, whole.amount);
        html! {
            (self.table(said::STEPS, html! {
                tbody {
                    tr { th scope="row" { (self.step_name(entry.book, Sign::Plus, part)) } td.n { (self.won(part.amount)) } }
                    tr { th scope="row" { "÷ " (self.plain_step(entry.book, whole)) } td.n { (self.won(whole.amount)) } }
                    @if let Some(rate) = exact {
                        tr.total {
                            th scope="row" { "=" }
                            td.n { (self.writer.figure(rate.shown(Rate::MOST_DECIMALS, crate::money::Rounding::HalfUp).percent.trimmed())) "%" }
                        }
                    }
                }
            }))
        }
    }

    fn plain_step(&self, book: usize, step: &Step) -> Markup {
        let name = self.writer.text(&step.name);
        html! {
            @match self.behind.step_link(book, step) {
                Some(id) => a href={ "#" (id) } { (name) },
                None => (name),
            }
        }
    }

    fn divided(&self, entry: &Entry<'_>, division: &Division) -> Markup {
        let weight = |weight: &Proportion| match weight {
            Proportion::Share(share) => format!("{}%", self.writer.figure(share.percent())),
            Proportion::Amount(money) => self.writer.figure(money.exactly(Unit::Won)),
            Proportion::All => "1".to_owned(),
        };
        html! {
            (self.one_step(entry.book, &division.whole))
            p.how {
                span.label { (self.writer.word(said::WEIGHTS)) ": " }
                @for (n, (name, proportion)) in division.weights.iter().enumerate() {
                    @if n > 0 { " : " }
                    @let text = format!("{} {}", self.writer.text(name), weight(proportion));
                    @if n == division.place { strong { (text) } } @else { (text) }
                }
            }
        }
    }

    /// A table within an entry, which is scrolled where it is wider than the page.
    fn table(&self, caption: words::Word, rows: Markup) -> Markup {
        let caption = self.writer.word(caption);
        html! { div.scroll tabindex="0" role="group" aria-label=(caption) { table.lines { caption.unseen { (caption) } (rows) } } }
    }

    fn others(&self, count: Option<usize>) -> String {
        self.writer.text(&match count {
            Some(count) => {
                let count = self.writer.count(count as u64);
                Text::new(format!("그 밖의 {count}개"), format!("{count} more"))
            }
            None => Text::new("그 밖의 줄", "other lines"),
        })
    }

    fn command(&self, entry: &Entry<'_>) -> Markup {
        let lead = self.writer.text(&Text::new("모두 보려면", "to see all of it"));
        html! { p.how { (lead) ": " code { (self.writer.raw(&self.behind.command(entry))) } } }
    }

    fn lines(&self, entry: &Entry<'_>, slice: &Slice, found: Option<&Found<'_>>) -> Markup {
        let Some(books) = self.behind.books(entry.book) else { return html! {} };
        let Worth::Amount(amount) = entry.worth else { return html! {} };
        let bounds = formula::bounds(slice, books);
        // Where not every line is kept, what is not shown is not counted.
        let rest = found.map_or(Some(Some(0)), |found| match found.more {
            Some(0) => None,
            more => Some(more),
        });
        let rest = rest.filter(|rest| rest.is_some() || found.is_some_and(|found| found.shown != amount));
        html! {
            dl.facts {
                dt { (self.writer.word(words::ACCOUNT)) }
                dd { (self.writer.text(&books.account_path(slice.account))) @if self.behind.made.books.len() > 1 { " (" (books.year.fiscal_year) ")" } }
                dt { (self.writer.word(said::FORMULA)) } dd { (self.formula(entry.book, slice)) }
                @if !bounds.is_empty() {
                    dt { (self.writer.word(said::SCOPE)) }
                    dd { @for (n, bound) in bounds.iter().enumerate() { @if n > 0 { ", " } (self.writer.text(bound)) } }
                }
            }
            @if let Some(found) = found { (self.lines_table(books, found, amount, rest)) }
            @if rest.is_some() || found.is_none() { (self.command(entry)) }
        }
    }

    /// `교부액 637,458,000 − 집행액 636,311,450`: the measures that any line touched, each with what it comes to.
    fn formula(&self, book: usize, slice: &Slice) -> Markup {
        let index = &self.behind.indexes[book];
        let sums = slice.formula.iter().map(|entry| {
            let sum = index.sum(&Slice { formula: std::slice::from_ref(entry), ..*slice });
            (entry.0, entry.1, sum.map(|sum| if entry.0 == Sign::Plus { sum } else { -sum }))
        });
        let sums: Vec<_> = sums.collect();
        let touched = sums.iter().any(|(_, _, sum)| sum.is_some());
        let single = slice.formula.len() == 1;
        let told = sums.iter().filter(|(_, _, sum)| !touched || sum.is_some()).enumerate();
        html! {
            @for (n, (sign, measure, sum)) in told {
                @match (n, sign) { (0, Sign::Plus) => {}, (_, Sign::Plus) => " + ", (_, Sign::Minus) => " − " }
                (self.writer.text(&formula::measure_name(*measure)))
                @if let (false, Some(sum)) = (single, sum) { " " (self.writer.signed(sum.exactly(Unit::Won))) }
            }
        }
    }

    fn lines_table(&self, books: &Books, found: &Found<'_>, amount: Money, rest: Option<Option<usize>>) -> Markup {
        let units: BTreeMap<_, Unit> = books.line_files.iter().map(|file| (file.source, file.unit)).collect();
        let unit = |line: &Kept| units.get(&line.origin.source).copied().unwrap_or_default();
        let any = |has: fn(&Kept) -> bool| found.lines.iter().any(|(line, _)| has(line));
        let several =
            found.lines.iter().any(|(line, _)| line.account != found.lines[0].0.account || line.other.is_some());
        let (reference, memo) = (any(|line| line.reference.is_some()), any(|line| line.memo.is_some()));
        let (payee, item) = (any(|line| line.payee.is_some()), any(|line| line.item.is_some()));
        let fund = any(|line| line.fund.is_some());
        let named = |id: Option<&str>| self.writer.raw(id.unwrap_or_default());
        let before = 3 + [several, reference, memo, payee, item, fund].into_iter().filter(|shown| *shown).count();
        let head = |word: words::Word| html! { th scope="col" { (self.writer.word(word)) } };
        self.table(said::LINES, html! {
            thead { tr {
                (head(words::DATE)) (head(words::KIND))
                @if several { (head(words::ACCOUNT)) }
                @if item { (head(words::PLANNED_ITEM)) }
                @if fund { (head(words::FUND)) }
                @if memo { (head(words::MEMO)) }
                @if payee { (head(said::PAYEE)) }
                @if reference { (head(words::REF)) }
                th.n scope="col" { (self.writer.word(words::WRITTEN)) }
                th.n scope="col" { (self.writer.word(words::EFFECT)) " (" (self.writer.word(Unit::Won.word())) ")" }
                (head(words::WHERE))
            } }
            tbody {
                @for (line, share) in &found.lines {
                    tr {
                        th scope="row" { (line.date) }
                        td { (self.writer.text(&formula::kind(line))) }
                        @if several { td.t { (self.writer.text(&formula::accounts(line, books))) } }
                        @if item { td { (named(line.item.map(|id| books.item(id).id.as_str()))) } }
                        @if fund { td { (named(line.fund.and_then(|id| books.year.funds.get(id.0 as usize)).map(|fund| fund.id.as_str()))) } }
                        @if memo { td.t { (named(line.memo.as_deref())) } }
                        @if payee { td.t { (named(line.payee.as_deref())) } }
                        @if reference { td { (named(line.reference.as_deref())) } }
                        td.n { (self.writer.raw(&line.written)) span.unit { (self.writer.gap()) (self.writer.word(unit(line).word())) } }
                        td.n.effect { (self.writer.signed(share.exactly(Unit::Won))) }
                        td { code { (self.writer.raw(&line.file)) ":" (line.line) } }
                    }
                }
                @if let Some(count) = rest {
                    tr { th scope="row" colspan=(before) { (self.others(count)) } td.n.effect { (self.writer.signed((amount - found.shown).exactly(Unit::Won))) } td {} }
                }
                tr.total { th scope="row" colspan=(before) { (self.writer.word(said::SUM)) } td.n { (self.writer.signed(amount.exactly(Unit::Won))) } td {} }
            }
        })
    }
}
