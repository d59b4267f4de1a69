//! What is planned: tasks, and the projects (사업계획) below them.

use super::account::AccountId;
use super::date::Date;
use super::outline::Passage;
use super::rare::{Nothing, Rare};
use crate::money::Money;
use crate::source::Span;
use crate::words::{EcoString, Text, Word};

/// Which item: an index into a year's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// Which task: an index into a year's tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u32);

/// An amount that a plan or a report states, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// In won.
    pub amount: Money,
    /// What one of its last digit is worth, as it is written: 1,000 won for `130,200` in 천원. What is finer is not said.
    pub grain: Money,
    /// Where it is written.
    pub span: Span,
}

/// The id of something else, and where it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The id as it is written.
    pub id: String,
    /// Where.
    pub span: Span,
}

/// A heading that items stand under (과제).
#[derive(Clone, Debug)]
pub struct Task {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Where it is written.
    pub span: Span,
}

/// Whose money pays for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Funding {
    /// The money that this book keeps.
    #[default]
    Own,
    /// Somebody else's: its cost enters no sum.
    External,
    /// Both; the parts say which.
    Mixed,
}

impl Funding {
    /// What it is called.
    pub const fn word(self) -> Word {
        match self {
            Funding::Own => Word::new("own", "자체", "own"),
            Funding::External => Word::new("external", "외부", "external"),
            Funding::Mixed => Word::new("mixed", "혼합", "mixed"),
        }
    }

    /// Reads `own`, `external` or `mixed`.
    pub fn parse(text: &str) -> Option<Funding> {
        match text {
            "own" => Some(Funding::Own),
            "external" => Some(Funding::External),
            "mixed" => Some(Funding::Mixed),
            _ => None,
        }
    }
}

/// When and where something is held, and who takes part. What is absent was not written.
#[derive(Clone, Debug, Default)]
pub struct Occasion {
    /// Its first day, or month, or year.
    pub starts: Option<Date>,
    /// Its last.
    pub ends: Option<Date>,
    /// Where.
    pub place: Option<Text>,
    /// With whom.
    pub partners: Vec<Text>,
    /// Who and how many, as it was written.
    pub participants: Option<Text>,
}

impl Nothing for Occasion {
    const NOTHING: &'static Occasion =
        &Occasion { starts: None, ends: None, place: None, partners: Vec::new(), participants: None };

    fn is_nothing(&self) -> bool {
        let Occasion { starts, ends, place, partners, participants } = self;
        starts.is_none() && ends.is_none() && place.is_none() && partners.is_empty() && participants.is_none()
    }
}

/// One planned project. Its id is the key; titles are only labels.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its key.
    pub id: EcoString,
    /// The task it stands under.
    pub task: Option<TaskId>,
    /// What it is called.
    pub title: Text,
    /// What else it has been called.
    pub aliases: Rare<Vec<String>>,
    /// The undertaking that it continues, across years.
    pub program: Option<EcoString>,
    /// What it is planned to cost; absent is not zero.
    pub planned_cost: Option<Cost>,
    /// The account that it is charged to.
    pub account: Option<AccountId>,
    /// Whose money.
    pub funding: Funding,
    /// What was written of it.
    pub funding_note: Rare<Option<Text>>,
    /// When, where, with whom.
    pub occasion: Rare<Occasion>,
    /// What is told of it besides.
    pub texts: Rare<Vec<Passage>>,
    /// Its schedule.
    pub steps: Rare<Vec<Step>>,
    /// Its parts, where they have a funding of their own.
    pub parts: Rare<Vec<Part>>,
    /// Where it is written.
    pub span: Span,
}

/// One step of an item's schedule.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub what: Text,
    /// From when.
    pub starts: Option<Date>,
    /// Until when.
    pub ends: Option<Date>,
}

/// A part of an item with a funding of its own.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is called.
    pub title: Text,
    /// What it is planned to cost; absent is not zero.
    pub planned_cost: Option<Cost>,
    /// Whose money.
    pub funding: Funding,
    /// What was written of it.
    pub funding_note: Option<Text>,
    /// When, where, with whom.
    pub occasion: Occasion,
}

/// What an item is to cost, as it is written: its own figure, or those of some of its parts.
#[derive(Clone, Debug)]
pub enum Planned<'i> {
    /// The item's figure.
    Whole(Cost),
    /// Those of parts that state one; there is one at least.
    Parts(Vec<(&'i Part, Cost)>),
}

impl Planned<'_> {
    /// How much that comes to.
    pub fn amount(&self) -> Money {
        match self {
            Planned::Whole(cost) => cost.amount,
            Planned::Parts(parts) => parts.iter().map(|(_, cost)| cost.amount).sum(),
        }
    }
}

impl Item {
    /// What it is to cost those who keep the book: of a mixed one its own parts, where these state a cost; else its own
    /// figure, unless a part of others states one, which that figure may include. What others pay (외부재원) is no part of it.
    pub fn own_cost(&self) -> Option<Planned<'_>> {
        let parts = || self.stated(|funding| funding != Funding::External);
        let whole = || self.planned_cost.map(Planned::Whole);
        match self.funding {
            Funding::External => None,
            Funding::Own => whole().or_else(parts),
            Funding::Mixed if self.stated(|funding| funding == Funding::External).is_some() => parts(),
            Funding::Mixed => parts().or_else(whole),
        }
    }

    /// What others pay for it, where that is stated.
    pub fn external_cost(&self) -> Option<Planned<'_>> {
        let parts = || self.stated(|funding| funding == Funding::External);
        match self.funding {
            Funding::External => self.planned_cost.map(Planned::Whole).or_else(parts),
            Funding::Mixed | Funding::Own => parts(),
        }
    }

    fn stated(&self, wanted: impl Fn(Funding) -> bool) -> Option<Planned<'_>> {
        let parts = self.parts.iter().filter(|part| wanted(part.funding));
        let parts: Vec<(&Part, Cost)> = parts.filter_map(|part| Some((part, part.planned_cost?))).collect();
        (!parts.is_empty()).then_some(Planned::Parts(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plan may have them by the hundred thousand, and is held whole.
    #[test]
    fn an_item_that_says_little_is_small() {
        assert!(size_of::<Item>() <= 224);
    }

    #[test]
    fn an_occasion_that_says_nothing_says_so() {
        assert!(Occasion::NOTHING.is_nothing());
        assert!(!Occasion { partners: vec![Text::default()], ..Occasion::default() }.is_nothing());
    }
}
