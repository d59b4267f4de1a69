//! What falls to one party, step by step: A + B + C + D − E, and what of it is to be paid.

use super::parties::{Parties, Party, PartyKind};
use crate::ledger::{ReturnRounding, Sign, Term};
use crate::money::Money;
use crate::table::{Cell, Why};
use crate::words::{self, Text, Word};

/// What falls to one party, step by step.
#[derive(Clone, Debug)]
pub struct Due {
    /// What it paid in; of what is drawn from a deposit, what was drawn.
    pub paid: Cell,
    /// What was spent of its money.
    pub disbursed: Cell,
    /// A: what was not.
    pub unspent: Cell,
    /// B.
    pub interest: Cell,
    /// C.
    pub recovered: Cell,
    /// D: what is not accepted.
    pub disallowed: Cell,
    /// E: what it has back already.
    pub returned: Cell,
    /// A + B + C + D − E.
    pub due: Cell,
    /// The same, cut as the fund says.
    pub payable: Cell,
}

impl Due {
    /// Each step, in order.
    pub fn cells(&self) -> [&Cell; 9] {
        [
            &self.paid,
            &self.disbursed,
            &self.unspent,
            &self.interest,
            &self.recovered,
            &self.disallowed,
            &self.returned,
            &self.due,
            &self.payable,
        ]
    }
}

/// What falls to each party, in their order. Each amount is divided once, for all of them.
pub(super) fn dues(parties: &Parties<'_, '_>) -> Vec<Due> {
    let terms = [Term::Disbursed, Term::Disallowed, Term::Interest, Term::Recovered, Term::Returned];
    let mut parts = terms.map(|term| parties.parts(term).into_iter());
    let due = |party| {
        let parts = parts.each_mut().map(|parts| parts.next().expect("there is one for each party"));
        due(parties, party, parts)
    };
    parties.all.iter().map(due).collect()
}

/// What falls to one party of each term.
fn due(parties: &Parties<'_, '_>, party: &Party, parts: [Cell; 5]) -> Due {
    let [disbursed, disallowed, interest, recovered, returned] = parts;
    let grantor = |part: Cell| if party.kind == PartyKind::Own { Cell::blank(Why::Label) } else { part };
    let [interest, recovered, returned] = [interest, recovered, returned].map(grantor);
    let mut paid = party.paid.clone();
    let of_spending = [&disbursed, &disallowed].iter().all(|cell| cell.why != Why::NotDerivable);
    let derivable = of_spending && [&interest, &recovered, &returned].iter().all(|cell| cell.why != Why::NotDerivable);
    if parties.is_deposit() && party.kind != PartyKind::Own {
        // What is drawn is what is granted.
        paid = disbursed
            .step(words::DISBURSED.text())
            .map_or(Cell::blank(Why::NoLines), |step| Cell::worked(vec![(Sign::Plus, step)]));
    }
    let unspent = match (of_spending, paid.money().is_some() || disbursed.money().is_some()) {
        (false, _) => Cell::blank(Why::NotDerivable),
        (true, false) => Cell::blank(Why::NoLines),
        (true, true) => signed(&[(Sign::Plus, &paid, words::GRANTED), (Sign::Minus, &disbursed, words::DISBURSED)]),
    };
    let is_spent = disbursed.money().is_some_and(|money| money > Money::ZERO);
    let (unspent, disallowed) = if is_spent { capped(party, unspent, disallowed) } else { (unspent, disallowed) };
    let due = if party.kind == PartyKind::Own {
        Cell::blank(Why::Label)
    } else if !derivable {
        Cell::blank(Why::NotDerivable)
    } else {
        signed(&[
            (Sign::Plus, &unspent, words::UNSPENT),
            (Sign::Plus, &interest, words::INTEREST),
            (Sign::Plus, &recovered, words::RECOVERED),
            (Sign::Plus, &disallowed, words::DISALLOWED),
            (Sign::Minus, &returned, words::RETURNED),
        ])
    };
    let payable = cut(party, &due);
    Due { paid, disbursed, unspent, interest, recovered, disallowed, returned, due, payable }
}

/// A signed sum of cells, each under its word.
pub fn signed(parts: &[(Sign, &Cell, Word)]) -> Cell {
    Cell::worked(parts.iter().filter_map(|(sign, cell, word)| Some((*sign, cell.step(word.text())?))).collect())
}

/// Where more was spent than a grantor gave, nothing of its grant is left, and what is not accepted is first what went
/// beyond it: no more is confirmed than was granted (지방보조금법 §19).
fn capped(party: &Party, unspent: Cell, disallowed: Cell) -> (Cell, Cell) {
    let over = match (party.kind, unspent.money()) {
        (PartyKind::Own, _) | (_, None) => return (unspent, disallowed),
        (_, Some(left)) if !left.is_negative() => return (unspent, disallowed),
        (_, Some(left)) => -left,
    };
    let rule = Text::new("교부액을 넘는 집행은 확정하지 않음", "no more is confirmed than was granted");
    let cut = |cell: &Cell, word: Word, amount: Money| match cell.step(word.text()) {
        Some(step) => Cell::amount(amount, Why::Rounded(Box::new((step, rule.clone())))),
        None => cell.clone(),
    };
    let still = disallowed.money().map_or(Money::ZERO, |money| (money - over).max(Money::ZERO));
    (cut(&unspent, words::UNSPENT, Money::ZERO), cut(&disallowed, words::DISALLOWED, still))
}

/// The amount to be paid: cut as the fund declares.
fn cut(party: &Party, due: &Cell) -> Cell {
    let (won, rule) = match party.rounding {
        ReturnRounding::Won => (1, Text::new("1원 미만 절사", "below one won is dropped")),
        ReturnRounding::FloorTenWon => (10, Text::new("10원 미만 절사", "below ten won is dropped")),
    };
    match due.step(words::RETURN_DUE.text()) {
        // What was returned too much is not made less by a rule for what is to be paid.
        Some(step) if !step.amount.is_negative() => {
            Cell::amount(step.amount.cut_to(won), Why::Rounded(Box::new((step, rule))))
        }
        _ => due.clone(),
    }
}
