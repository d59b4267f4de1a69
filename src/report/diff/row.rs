//! One row of plan against execution, and where its figures come from.

use crate::ledger::Sign;
use crate::money::Money;
use crate::table::{Cell, Row, RowClass, Step, Why};
use crate::words::{self, EcoString, Text};

/// Where the figure for execution comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Lines,
    /// Lines of some of its items, and records of others or charged elsewhere: no one figure stands against the plan.
    Both,
    Records,
    /// Lines name items, and none names this one.
    Nothing,
    /// Nobody says.
    Unknown,
    /// Others pay for it.
    External,
}

impl Source {
    fn text(self) -> Text {
        match self {
            Source::Lines => Text::new("집행 내역", "lines"),
            Source::Both => Text::new("집행 내역·추진실적 섞임", "lines and records mixed"),
            Source::Records => Text::new("추진실적", "records"),
            Source::Nothing => Text::new("집행 없음", "no spending"),
            Source::Unknown => Text::new("집행 자료 없음", "no data on execution"),
            Source::External => Text::new("외부재원", "external"),
        }
    }
}

/// One row before it is a row.
pub(super) struct Compared {
    pub(super) key: EcoString,
    pub(super) name: Text,
    pub(super) title: Option<Text>,
    pub(super) class: RowClass,
    pub(super) depth: u32,
    pub(super) parent: Option<usize>,
    pub(super) planned: Cell,
    pub(super) disbursed: Cell,
    pub(super) reported: Cell,
    pub(super) source: Source,
    pub(super) plan: Plan,
}

/// Whether a row is planned, which it may be without a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// Items of the plan are behind it, or a budget is.
    Known,
    /// Nothing is.
    None,
}

impl Plan {
    /// What is said where there is no planned cost.
    fn without_cost(self) -> Text {
        match self {
            Plan::Known => Text::new("소요예산 없음", "no cost stated"),
            Plan::None => Text::new("계획 없음", "unplanned"),
        }
    }
}

impl Compared {
    /// What is held against the plan: what lines say, else what records do, else nothing where lines would have said.
    fn executed(&self) -> Option<Step> {
        match self.source {
            Source::Lines => self.disbursed.step(words::DISBURSED.text()),
            Source::Records => self.reported.step(words::REPORTED_COST.text()),
            Source::Nothing => Some(Step { name: words::DISBURSED.text(), amount: Money::ZERO, why: Why::NoLines }),
            Source::Both | Source::Unknown | Source::External => None,
        }
    }

    pub(super) fn spent(&self) -> Option<Money> {
        self.executed().map(|step| step.amount)
    }

    pub(super) fn difference(&self) -> Cell {
        match (self.planned.step(words::PLANNED_COST.text()), self.executed()) {
            (Some(planned), Some(executed)) => Cell::worked(vec![(Sign::Plus, planned), (Sign::Minus, executed)]),
            _ => Cell::blank(Why::NotDerivable),
        }
    }

    pub(super) fn rate(&self) -> Cell {
        match (self.executed(), self.planned.step(words::PLANNED_COST.text())) {
            (Some(executed), Some(planned)) => Cell::rate(executed, planned),
            (_, None) => Cell::blank(Why::NoBasis),
            (None, _) => Cell::blank(Why::NotDerivable),
        }
    }

    pub(super) fn row(self) -> Row {
        let (difference, rate) = (self.difference(), self.rate());
        let source = match (self.planned.money(), self.source) {
            (None, source @ (Source::Lines | Source::Both | Source::Records)) => {
                let (Text { ko, en }, without) = (source.text(), self.plan.without_cost());
                Text::new(format!("{ko}, {}", without.ko), format!("{en}, {}", without.en))
            }
            (_, source) => source.text(),
        };
        let mut cells = vec![Cell::label(self.name)];
        cells.extend(self.title.map(Cell::label));
        cells.extend([self.planned, self.disbursed, self.reported, difference, rate, Cell::label(source)]);
        Row { class: self.class, key: self.key, depth: self.depth, parent: self.parent, complete: true, cells }
    }
}
