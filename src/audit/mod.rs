//! Printed figures held to account: against one another, and against the ledger.
//!
//! Law: a printed figure is a range of amounts, never an amount with a tolerance. Nothing is repaired; what is said to be
//! impossible is so under every rule of rounding, and what is guessed is called a guess.
//!
//! # Why
//!
//! **A layer of its own.** The same answers make a page for a council (`report`) and findings for a check (`check`); they
//! stand above `tally`, whose sums printed figures are held against, and below both.
//!
//! **Ranges of whole grains.** Half-open bounds become closed ones, and no bound is ever a fraction. A grain is a won,
//! since what is paid is paid to the won, or the last digit of a table that prints less.

mod against;
mod book;
mod columns;
mod guess;
mod heading;
mod layout;
mod likeliest;
mod lists;
#[cfg(test)]
mod made_up;
mod matter;
mod misprint;
mod published;
mod readings;
mod say;
mod shape;
mod sheet;
mod steps;
mod terms;
mod tie;
mod written;

pub use against::{Against, Off, Stand, Wrong, possible, rules};
pub use book::{Agrees, Audit, Audited, Equality, ListStand, Listed, Twice, What};
pub use guess::{Guess, between, guesses};
pub use layout::{Left, LeftOut};
pub use likeliest::likeliest;
pub use matter::{Matter, Sort as MatterSort, matters, of_table};
pub use misprint::{Cause, Misprint, Suspect, misprints};
pub use published::{NoTable, Understood, UnitFrom, understood};
pub use readings::{Hypothesis, Outcome, Possible, Verdict, narrow, start, under, verdict};
pub use say::{mixture, prints_ledger, reading, unit_of, won_range};
pub use sheet::{Base, CellId, Column, Currency, Identity, Known, Mark, Row, Says, Sheet, Sort};
pub use steps::residual;
pub use tie::{Impossible, Narrowed, Rate, Sum, SumPlace};
