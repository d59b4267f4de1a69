//! What is due to be returned (반납예정액), party by party: the working-out that the `return` report prints and that `check`
//! holds what was returned against.
//!
//! Law: here it is worked out and nowhere else. Whoever shows it and whoever checks it ask the same cells.
//!
//! # Why
//!
//! **A fund that was overspent has nothing left.** No more is confirmed than was granted (지방보조금법 §19): what went beyond
//! is not the fund's, and what is not accepted is first what went beyond.
//!
//! **Interest goes to grantors alone.** Interest on grant money is returned with it (지방보조금법 §31②); own funds bear no part
//! of it, though one account may hold both.
//!
//! **Own funds first, where money is drawn.** What is paid against evidence is drawn for each payment; what the grantee
//! pays itself is paid in and spent, and never stands in the grantor's account.
//!
//! **Each amount is divided once.** Dividing account by account would lose or make a won at every step.

mod due;
mod parties;
mod summed;

pub use due::{Due, signed};
pub use parties::{Parties, Party, PartyKind, Undivided, Weights};
pub use summed::{COMMITTED, DISBURSED, GRANTS, OWN_FUNDS, everywhere, summed};

use crate::ledger::Books;
use crate::table::{Cell, Why};
use crate::tally::Tally;

/// Everybody that paid in, and what falls to each.
pub struct Dues<'b, 't> {
    /// Who they are, and how what names none of them is divided.
    pub parties: Parties<'b, 't>,
    /// What falls to each, in their order.
    pub each: Vec<Due>,
}

impl<'b, 't> Dues<'b, 't> {
    /// Works out a year from a tally along the funds.
    pub fn of(books: &'b Books, tally: &'t Tally<'b>) -> Dues<'b, 't> {
        let parties = Parties::of(books, tally);
        let each = due::dues(&parties);
        Dues { parties, each }
    }

    /// Each party with what falls to it.
    pub fn iter(&self) -> impl Iterator<Item = (&Party, &Due)> {
        self.parties.all.iter().zip(&self.each)
    }

    /// Those to whom something may go back: all but the grantee itself.
    pub fn grantors(&self) -> impl Iterator<Item = (&Party, &Due)> {
        self.iter().filter(|(party, _)| party.kind != PartyKind::Own)
    }

    /// What the grantors get together.
    pub fn total(&self, of: impl Fn(&Due) -> &Cell) -> Cell {
        if self.grantors().any(|(_, due)| of(due).why == Why::NotDerivable) {
            return Cell::blank(Why::NotDerivable);
        }
        if let (Some((_, only)), 1) = (self.grantors().next(), self.grantors().count()) {
            return of(only).clone();
        }
        Cell::sum(self.grantors().map(|(party, due)| (party.name.clone(), of(due).clone())))
    }
}
