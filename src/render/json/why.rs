//! Why a cell says what it says, as JSON: down to the lines, or to the place in a file.

use super::both;
use super::model::Both;
use crate::ledger::{Books, Precision, Scope, Sign, Slice};
use crate::source::{Place, Span};
use crate::table::{Division, Page, Proportion, Step, Why};
use serde::Serialize;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

#[cfg(test)]
use super::schema::{DATE, EXACT};

/// Why a figure is what it is, or why there is none.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "why"))]
pub(super) enum JsonWhy<'a> {
    /// It is the sum of lines.
    Summed(Summed<'a>),
    /// It stands in a file.
    Read(Read),
    /// It is the signed sum of these amounts.
    Worked(Vec<JsonStep<'a>>),
    /// It is a part of a whole.
    PartOf {
        /// The part.
        part: Box<JsonStep<'a>>,
        /// The whole.
        whole: Box<JsonStep<'a>>,
    },
    /// It is what fell to one of several by weight.
    Divided(Divided<'a>),
    /// It is an amount that was cut to a unit.
    Rounded {
        /// The amount.
        of: Box<JsonStep<'a>>,
        /// By which rule.
        rule: Both<'a>,
    },
    /// It is a figure of another of the books that the page was made from.
    Elsewhere {
        /// The nth of them, from 0.
        book: usize,
        /// The fiscal year of that.
        fiscal_year: Option<i32>,
        /// Why it is that there.
        why: Box<JsonWhy<'a>>,
    },
    /// It is a heading, a name, or a word about its row.
    Label,
    /// No line has to do with it.
    NoLines,
    /// Lines of an account above have to do with it, and do not say which part is this one's.
    NotAttributed,
    /// It would be a part of nothing.
    NoBasis,
    /// The data cannot give it; a note says why.
    NotDerivable,
}

/// The lines of an account and all below it; each measure added or taken away.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "summed"))]
pub(super) struct Summed<'a> {
    /// The path of the account; `계` is all of them.
    account: &'a str,
    /// What is added up, each with its sign: `+disbursed`.
    measures: Vec<String>,
    /// What lines have to name, where not all count: `item`, `task`, `program` or `fund`, and which; `*` is any, null none.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<(&'static str, Option<&'a str>)>,
    /// The first day that counts; from the beginning, where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = DATE)))]
    from: Option<String>,
    /// The last day that counts; to the end, where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = DATE)))]
    to: Option<String>,
    /// How exactly lines have to be dated: by a month at least, or by the year alone; any way, where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("enum" = ["month", "year"])))]
    precision: Option<&'static str>,
}

/// A place in a file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "read"))]
pub(super) struct Read {
    /// The file, as the program names it.
    file: String,
    /// From 1.
    line: u64,
    /// From 1, in characters.
    column: u64,
    /// What is written there.
    written: String,
}

/// An amount that another was worked out from.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "step"))]
pub(super) struct JsonStep<'a> {
    /// Whether it is added or taken away.
    #[cfg_attr(test, schemars(extend("enum" = ["+", "-"])))]
    sign: &'static str,
    /// What it is called.
    name: Both<'a>,
    /// In won.
    #[cfg_attr(test, schemars(regex(pattern = EXACT)))]
    exact: String,
    /// Why it is that.
    why: JsonWhy<'a>,
}

/// How an amount was divided by weights, to the last won.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "divided"))]
pub(super) struct Divided<'a> {
    /// What was divided.
    whole: Box<JsonStep<'a>>,
    /// The names and weights of all, in order: a share (`60%`), an amount in won, or `1` for all of it.
    weights: Vec<(Both<'a>, String)>,
    /// Whose part this is, from 0.
    place: usize,
}

/// What it takes to tell why: the books, and the places of what stands in their files.
pub(super) struct Reasons<'a> {
    books: &'a [&'a Books],
    places: Rc<HashMap<(usize, Span), Place>>,
    /// Which of the books is spoken of.
    of: usize,
}

impl<'a> Reasons<'a> {
    /// For a page made from these books; every file that it names is read once.
    pub(super) fn of(page: &Page, books: &'a [&'a Books]) -> io::Result<Reasons<'a>> {
        let mut spans: Vec<Vec<Span>> = vec![Vec::new(); books.len()];
        for cell in page.cells() {
            read_spans(&cell.why, 0, &mut spans);
        }
        let mut places = HashMap::new();
        for (n, spans) in spans.iter().enumerate() {
            let found = books[n].sources.places(spans)?;
            places.extend(spans.iter().map(|span| (n, *span)).zip(found));
        }
        Ok(Reasons { books, places: Rc::new(places), of: 0 })
    }

    fn within(&self, of: usize) -> Reasons<'a> {
        Reasons { books: self.books, places: Rc::clone(&self.places), of }
    }

    pub(super) fn why(&self, why: &'a Why) -> JsonWhy<'a> {
        match why {
            Why::Label => JsonWhy::Label,
            Why::Read(span) => JsonWhy::Read(self.read(*span)),
            Why::Summed(slice) => JsonWhy::Summed(summed(slice, self.books[self.of])),
            Why::Worked(steps) => JsonWhy::Worked(steps.iter().map(|(sign, step)| self.step(*sign, step)).collect()),
            Why::PartOf(parts) => JsonWhy::PartOf {
                part: Box::new(self.step(Sign::Plus, &parts.0)),
                whole: Box::new(self.step(Sign::Plus, &parts.1)),
            },
            Why::Divided(division) => JsonWhy::Divided(self.divided(division)),
            Why::Rounded(rounded) => {
                JsonWhy::Rounded { of: Box::new(self.step(Sign::Plus, &rounded.0)), rule: both(&rounded.1) }
            }
            Why::Elsewhere(of, why) => {
                let why = self.within(*of).why(why);
                let fiscal_year = self.books.get(*of).map(|books| books.year.fiscal_year);
                JsonWhy::Elsewhere { book: *of, fiscal_year, why: Box::new(why) }
            }
            Why::NoLines => JsonWhy::NoLines,
            Why::NotAttributed => JsonWhy::NotAttributed,
            Why::NoBasis => JsonWhy::NoBasis,
            Why::NotDerivable => JsonWhy::NotDerivable,
        }
    }

    fn step(&self, sign: Sign, step: &'a Step) -> JsonStep<'a> {
        JsonStep {
            sign: if sign == Sign::Plus { "+" } else { "-" },
            name: both(&step.name),
            exact: step.amount.to_string(),
            why: self.why(&step.why),
        }
    }

    fn divided(&self, division: &'a Division) -> Divided<'a> {
        Divided {
            whole: Box::new(self.step(Sign::Plus, &division.whole)),
            weights: division.weights.iter().map(|(name, weight)| (both(name), written(*weight))).collect(),
            place: division.place,
        }
    }

    fn read(&self, span: Span) -> Read {
        let place = self.places.get(&(self.of, span));
        Read {
            file: place.map(|place| place.path.clone()).unwrap_or_default(),
            line: place.map_or(0, |place| place.line),
            column: place.map_or(0, |place| place.column),
            // Where a whole row is meant, its line.
            written: match place.map(|place| (&place.text, &place.text[place.marked.clone()])) {
                None => String::new(),
                Some((line, "")) => line.clone(),
                Some((_, marked)) => marked.to_owned(),
            },
        }
    }
}

/// A weight as its text reads back.
fn written(weight: Proportion) -> String {
    match weight {
        Proportion::Share(share) => share.to_string(),
        Proportion::Amount(money) => money.to_string(),
        Proportion::All => "1".to_owned(),
    }
}

/// The places in files that a reason goes back to, by the book that they are of.
fn read_spans(why: &Why, of: usize, spans: &mut [Vec<Span>]) {
    match why {
        Why::Read(span) => spans[of].push(*span),
        Why::Worked(steps) => steps.iter().for_each(|(_, step)| read_spans(&step.why, of, spans)),
        Why::PartOf(parts) => [&parts.0, &parts.1].into_iter().for_each(|step| read_spans(&step.why, of, spans)),
        Why::Divided(division) => read_spans(&division.whole.why, of, spans),
        Why::Rounded(rounded) => read_spans(&rounded.0.why, of, spans),
        Why::Elsewhere(of, why) => read_spans(why, *of, spans),
        Why::Label | Why::Summed(_) | Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => {}
    }
}

fn summed<'a>(slice: &Slice, books: &'a Books) -> Summed<'a> {
    let measures = slice.formula.iter().map(|(sign, measure)| {
        let mark = if *sign == Sign::Plus { '+' } else { '-' };
        format!("{mark}{}", measure.id())
    });
    let path = books.accounts.get(slice.account).path.as_str();
    Summed {
        account: if path.is_empty() { "계" } else { path },
        measures: measures.collect(),
        scope: scope(slice.scope, books),
        from: slice.when.from.map(|day| day.to_string()),
        to: slice.when.to.map(|day| day.to_string()),
        precision: match slice.when.precision {
            Precision::Any => None,
            Precision::Month => Some("month"),
            Precision::YearOnly => Some("year"),
        },
    }
}

fn scope(scope: Scope, books: &Books) -> Option<(&'static str, Option<&str>)> {
    let item = |id| books.item(id);
    match scope {
        Scope::All => None,
        Scope::Item(id) => Some(("item", Some(item(id).id.as_str()))),
        Scope::AnyItem => Some(("item", Some("*"))),
        Scope::NoItem => Some(("item", None)),
        Scope::Task(id) => Some(("task", books.tasks.get(id.0 as usize).map(|task| task.id.as_str()))),
        Scope::NoTask => Some(("task", None)),
        Scope::ProgramOf(id) => Some(("program", item(id).program.as_deref())),
        Scope::NoProgram => Some(("program", None)),
        Scope::Fund(id) => Some(("fund", books.year.funds.get(id.0 as usize).map(|fund| fund.id.as_str()))),
        Scope::NoFund => Some(("fund", None)),
    }
}
