//! The chart of accounts: a tree, parents before children.

use super::names::{Found, Names};
use crate::source::Span;
use crate::words::{EcoString, Text};

/// Which account: an index into [`Accounts`], where parents come before their children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(u32);

impl AccountId {
    /// The root: every account together, printed as the total.
    pub const ROOT: AccountId = AccountId(0);

    /// Its place in chart order; the root is 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One account (예산과목) of a year's chart.
#[derive(Clone, Debug)]
pub struct Account {
    /// The full path, `/` between levels; empty for the root.
    pub path: EcoString,
    /// The last part of the path, and its name in English (the same where the chart gives none).
    pub name: Text,
    /// The account above; the root is its own.
    pub parent: AccountId,
    /// 0 for the root, 1 for those right below it.
    pub depth: u32,
    /// Whether budget may be transferred out of it; staff costs, for one, often may not.
    pub transfer_out: bool,
    /// Whether budget may be transferred into it.
    pub transfer_in: bool,
    /// Where the chart has it; the root stands nowhere.
    pub span: Option<Span>,
}

/// The chart of a year, in printing order.
#[derive(Clone, Debug)]
pub struct Accounts {
    all: Vec<Account>,
    /// Whether accounts stand below each: asked for every line, so they lie close together (3 % of the time).
    has_children: Vec<bool>,
    names: Names<AccountId>,
    reserves: Vec<AccountId>,
}

/// Why an account cannot be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEntered {
    /// Its path is in the chart already.
    Repeated,
    /// Its parent is not in the chart, or comes after it.
    Orphan,
}

impl Default for Accounts {
    fn default() -> Accounts {
        let root = Account {
            path: EcoString::new(),
            name: Text::new("계", "Total"),
            parent: AccountId::ROOT,
            depth: 0,
            transfer_out: true,
            transfer_in: true,
            span: None,
        };
        Accounts { all: vec![root], has_children: vec![false], names: Names::default(), reserves: Vec::new() }
    }
}

impl Accounts {
    /// Enters an account below its parent, which has to be there. `en` names it in English.
    ///
    /// # Errors
    /// Why it cannot be entered.
    pub fn enter(&mut self, path: &str, en: Option<&str>) -> Result<AccountId, NotEntered> {
        let (parent, name) = match path.rsplit_once('/') {
            None => (AccountId::ROOT, path),
            Some((above, name)) => match self.names.find(above) {
                Some(Found::Exactly(parent)) => (parent, name),
                _ => return Err(NotEntered::Orphan),
            },
        };
        self.enter_below(parent, path, name, en).ok_or(NotEntered::Repeated)
    }

    /// Enters an account whose parent is missing right below the root, so that what names it is found.
    pub fn enter_at_root(&mut self, path: &str, en: Option<&str>) -> Option<AccountId> {
        self.enter_below(AccountId::ROOT, path, path, en)
    }

    fn enter_below(&mut self, parent: AccountId, path: &str, name: &str, en: Option<&str>) -> Option<AccountId> {
        let id = AccountId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        if !self.names.add(path, id) {
            return None;
        }
        self.has_children[parent.index()] = true;
        self.has_children.push(false);
        self.all.push(Account {
            path: path.into(),
            name: en.map_or_else(|| Text::same(name), |en| Text::new(name, en)),
            parent,
            depth: self.get(parent).depth + 1,
            transfer_out: true,
            transfer_in: true,
            span: None,
        });
        Some(id)
    }

    /// The account of an id that this chart gave.
    #[inline]
    pub fn get(&self, id: AccountId) -> &Account {
        &self.all[id.index()]
    }

    /// Whether accounts stand below an account.
    #[inline]
    pub fn has_children(&self, id: AccountId) -> bool {
        self.has_children[id.index()]
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, id: AccountId) -> &mut Account {
        &mut self.all[id.index()]
    }

    /// Makes an account a reserve (예비비) that `reserve_use` draws on.
    pub fn make_reserve(&mut self, id: AccountId) {
        self.reserves.push(id);
    }

    /// The reserves, in the order of the chart.
    pub fn reserves(&self) -> &[AccountId] {
        &self.reserves
    }

    /// Looks up a path. The root is not in here: which names stand for it depends on who asks.
    pub fn find(&self, path: &str) -> Option<Found<AccountId>> {
        self.names.find(path)
    }

    /// The account whose path stands in a text from one byte to before another, written as the chart does.
    #[inline(always)]
    pub fn within(&self, text: &str, place: (usize, usize)) -> Option<AccountId> {
        self.names.within(text, place)
    }

    /// The account of exactly this path; the empty path is the root's.
    pub fn at(&self, path: &str) -> Option<AccountId> {
        match self.names.find(path) {
            _ if path.is_empty() => Some(AccountId::ROOT),
            Some(Found::Exactly(id)) => Some(id),
            Some(Found::ButForSpelling(_)) | None => None,
        }
    }

    /// How many there are, the root included.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether the chart has nothing but the root.
    pub fn is_empty(&self) -> bool {
        self.all.len() == 1
    }

    /// Every account with its id, the root first, parents before their children.
    pub fn parents_first(&self) -> impl DoubleEndedIterator<Item = (AccountId, &Account)> + ExactSizeIterator {
        self.all.iter().enumerate().map(|(n, account)| (AccountId(u32::try_from(n).unwrap_or(u32::MAX)), account))
    }

    /// Those right below each account, in the order of the chart.
    pub fn children(&self) -> Vec<Vec<AccountId>> {
        let mut children = vec![Vec::new(); self.all.len()];
        for (id, account) in self.parents_first().skip(1) {
            children[account.parent.index()].push(id);
        }
        children
    }

    /// Every account in printing order: each one's children right below it, however the chart lists them.
    pub fn in_order(&self) -> Vec<AccountId> {
        let children = self.children();
        let mut order = Vec::with_capacity(self.all.len());
        let mut open = vec![AccountId::ROOT];
        while let Some(id) = open.pop() {
            order.push(id);
            open.extend(children[id.index()].iter().rev());
        }
        order
    }

    /// Whether `account` is `above` or stands somewhere below it.
    pub fn is_within(&self, account: AccountId, above: AccountId) -> bool {
        let mut at = account;
        loop {
            if at == above {
                return true;
            }
            if at == AccountId::ROOT {
                return false;
            }
            at = self.get(at).parent;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_a_tree_in_printing_order() {
        let mut chart = Accounts::default();
        let office = chart.enter("사무관리비", None).expect("new");
        let travel = chart.enter("여비", Some("Travel")).expect("new");
        let rent = chart.enter("사무관리비/임차료", None).expect("new");
        assert_eq!(chart.enter("여비", None), Err(NotEntered::Repeated));
        assert_eq!(chart.enter("없음/아래", None), Err(NotEntered::Orphan));
        assert_eq!(chart.in_order(), [AccountId::ROOT, office, rent, travel]);
        assert!(chart.is_within(rent, office) && chart.is_within(rent, AccountId::ROOT));
        assert!(!chart.is_within(travel, office));
        assert_eq!(chart.get(travel).name, Text::new("여비", "Travel"));
    }
}
