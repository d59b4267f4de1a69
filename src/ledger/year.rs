//! A fiscal year: what its manifest means.

use super::account::AccountId;
use super::date::Date;
use super::item::Reference;
use super::outline::Outline;
use super::term::{Basis, Term};
use crate::finding::Severity;
use crate::money::{Rounding, Share, Unit};
use crate::source::Span;
use crate::words::{Lang, Text};

/// Which fund: an index into a year's funds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FundId(pub u32);

/// A fiscal year (회계연도) of a book.
#[derive(Clone, Debug)]
pub struct Year {
    /// Whose book it is.
    pub entity: Text,
    /// The year's number.
    pub fiscal_year: i32,
    /// Its first day, or the calendar year's.
    pub starts: Date,
    /// Its last day.
    pub ends: Date,
    /// Who grants.
    pub grantor: Option<Text>,
    /// What the settlement rests on; nothing is cited where it is absent.
    pub legal_basis: Option<Text>,
    /// What single steps of the return rest on, where that is declared.
    pub clauses: Vec<(Clause, Text)>,
    /// The day by which the settlement is due.
    pub settlement_due: Option<Date>,
    /// What the execution rate is a part of, where no other basis is asked for.
    pub rate_basis: Option<Basis>,
    /// Where payments must stay within money received.
    pub cash_control: Control,
    /// Where payments must stay within the current budget.
    pub budget_control: Control,
    /// The share of the last month above which spending is a rush.
    pub december_share: Option<Share>,
    /// How the money is given.
    pub grant_mode: GrantMode,
    /// Who funds it, where there is more than one.
    pub funds: Vec<Fund>,
    /// The documents that the books were taken from.
    pub documents: Vec<Document>,
    /// How it is printed.
    pub presentation: Presentation,
    /// Its whole report.
    pub outline: Outline,
    /// Severities that the year sets, by rule name or code.
    pub severities: Vec<(String, Severity)>,
    /// Where each of these names a rule.
    pub graded: Vec<Reference>,
    /// Findings that are known and explained.
    pub accepted: Vec<Accepted>,
}

/// A step of the return statement that may rest on a clause of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Sending back what was not spent.
    Unspent,
    /// Sending back interest.
    Interest,
    /// Sending back what came back after its year had closed.
    Recovered,
    /// Sending back what was not accepted.
    Disallowed,
    /// Dropping what is below a unit.
    Rounding,
    /// The day by which it is due.
    Due,
}

impl Clause {
    /// Every one with the name that files use.
    pub const ALL: [(Clause, &'static str); 6] = [
        (Clause::Unspent, "unspent"),
        (Clause::Interest, "interest"),
        (Clause::Recovered, "recovered"),
        (Clause::Disallowed, "disallowed"),
        (Clause::Rounding, "rounding"),
        (Clause::Due, "due"),
    ];
}

/// At which accounts a ceiling binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// At the root, where one bank account pools the money.
    Root,
    /// At each leaf.
    Leaf,
    /// At one account and what is below it.
    At(AccountId),
}

/// How the grantor gives the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum GrantMode {
    /// Paid out in tranches before it is spent.
    #[default]
    Advance,
    /// Kept by the grantor and drawn against evidence (예치형): what is drawn is what is granted.
    Deposit,
}

/// A funder's part.
#[derive(Clone, Debug)]
pub struct Fund {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its share of confirmed spending; absent, by what it granted.
    pub share: Option<Share>,
    /// How its return is rounded.
    pub return_rounding: ReturnRounding,
}

/// How an amount to be returned is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ReturnRounding {
    /// To the won.
    #[default]
    Won,
    /// Cut below ten won (국고금관리법 §47).
    FloorTenWon,
}

/// A document that figures were taken from.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Its date.
    pub date: Option<Date>,
    /// The hash of its bytes, in hexadecimal.
    pub sha256: Option<String>,
}

/// A finding that is known and explained.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// A rule's name or code.
    pub rule: String,
    /// Where, as the finding names it; absent, anywhere.
    pub at: Option<String>,
    /// Why it is accepted.
    pub reason: Text,
    /// Where it is written.
    pub span: Span,
}

/// How tables are printed.
#[derive(Clone, Debug)]
pub struct Presentation {
    /// The language, unless another is asked for.
    pub language: Lang,
    /// The unit.
    pub unit: Unit,
    /// How nil is printed.
    pub nil: String,
    /// How a negative is printed.
    pub negative: Negative,
    /// Where the total stands.
    pub total: TotalAt,
    /// What the total is called.
    pub total_label: Text,
    /// How many decimals a rate has.
    pub rate_decimals: u32,
    /// The settlement's columns.
    pub settlement: Vec<Term>,
    /// Layouts that the book declares, by their names.
    pub layouts: Vec<Declared>,
    /// What is said of single columns.
    pub columns: Vec<(Term, ColumnStyle)>,
}

/// A settlement's layout that a book declares.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// The name that `--layout` takes.
    pub name: String,
    /// What it is called.
    pub title: Option<Text>,
    /// Its columns, each with a heading where it has one of its own.
    pub columns: Vec<(Term, Option<Text>)>,
}

impl Declared {
    /// The names of the layouts that the program has itself.
    pub const BUILT_IN: [&str; 4] = ["grant", "closing", "return", "ipsas24"];
}

/// How a negative is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Negative {
    /// `△371`, as Korean budget documents do.
    #[default]
    Triangle,
    /// `-371`.
    Minus,
    /// `(371)`.
    Parentheses,
}

/// Where the total stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TotalAt {
    /// Above the rows.
    #[default]
    Top,
    /// Below the rows.
    Bottom,
    /// Nowhere.
    Nowhere,
}

impl TotalAt {
    /// Reads the name that files and options use.
    pub fn parse(text: &str) -> Option<TotalAt> {
        match text {
            "top" => Some(TotalAt::Top),
            "bottom" => Some(TotalAt::Bottom),
            "none" => Some(TotalAt::Nowhere),
            _ => None,
        }
    }
}

/// What a year file says of one column.
#[derive(Clone, Debug, Default)]
pub struct ColumnStyle {
    /// Its heading, instead of the term's own.
    pub label: Option<Text>,
    /// The digits of its rows.
    pub row: Option<Digits>,
    /// The digits of its total.
    pub total: Option<Digits>,
    /// Whether zeros at the end of decimals are printed.
    pub zeros: Option<Zeros>,
}

/// How many decimals, and how the rest is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Digits {
    /// In the presentation's unit.
    pub decimals: u32,
    /// The rule.
    pub rounding: Rounding,
}

/// What becomes of zeros at the end of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Zeros {
    /// They are left out: `5,999.5` beside `10,000`.
    #[default]
    Trimmed,
    /// They are printed: `10,000.0`.
    Kept,
}

impl Presentation {
    /// The columns of a settlement, where none are declared: as council reports have them.
    pub const SETTLEMENT: [Term; 5] = [Term::Budget, Term::Granted, Term::Disbursed, Term::Unspent, Term::Interest];

    /// What is said of a column.
    pub fn column(&self, term: Term) -> Option<&ColumnStyle> {
        self.columns.iter().find(|(named, _)| *named == term).map(|(_, style)| style)
    }
}

impl Default for Presentation {
    fn default() -> Presentation {
        Presentation {
            language: Lang::Ko,
            unit: Unit::Won,
            nil: "-".to_owned(),
            negative: Negative::default(),
            total: TotalAt::default(),
            total_label: Text::new("계", "Total"),
            rate_decimals: 1,
            settlement: Presentation::SETTLEMENT.to_vec(),
            layouts: Vec::new(),
            columns: Vec::new(),
        }
    }
}

impl Year {
    /// The clause that a step of the return rests on, else the basis of all of it.
    pub fn clause(&self, step: Clause) -> Option<&Text> {
        let own = self.clauses.iter().find(|(named, _)| *named == step).map(|(_, text)| text);
        own.or(self.legal_basis.as_ref())
    }

    /// A calendar year of which nothing else is known.
    pub fn calendar(fiscal_year: i32) -> Year {
        Year {
            entity: Text::default(),
            fiscal_year,
            starts: Date::day(fiscal_year, 1, 1).unwrap_or(Date::Year(fiscal_year)),
            ends: Date::day(fiscal_year, 12, 31).unwrap_or(Date::Year(fiscal_year)),
            grantor: None,
            legal_basis: None,
            clauses: Vec::new(),
            settlement_due: None,
            rate_basis: None,
            cash_control: Control::Root,
            budget_control: Control::Leaf,
            december_share: None,
            grant_mode: GrantMode::default(),
            funds: Vec::new(),
            documents: Vec::new(),
            presentation: Presentation::default(),
            outline: Outline::default(),
            severities: Vec::new(),
            graded: Vec::new(),
            accepted: Vec::new(),
        }
    }
}
