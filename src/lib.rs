//! `wego-ledger`: a plain-file budget-and-settlement ledger for public bodies and associations that live on grants.
//!
//! The modules stand in layers; each imports lower ones only (`tests/architecture.rs` holds them to it):
//!
//! | layer | modules | knows |
//! | --- | --- | --- |
//! | 0 | [`words`] [`money`] [`source`] | itself |
//! | 1 | [`finding`] | where things are written |
//! | 2 | [`ledger`] | what books are |
//! | 3 | [`read`] · [`tally`] · [`table`] | one job each, not one another |
//! | 4 | [`audit`] · [`settled`] | what is printed and checked: printed figures as ranges, what is due back |
//! | 5 | [`report`] · [`check`] · [`render`] | one job each, not one another |
//! | 6 | [`cli`] | everything |
//!
//! A book of files goes in, lines are pushed to a tally, a report makes a page of the sums, a renderer writes it:
//!
//! ```
//! use std::num::NonZeroUsize;
//! use wego_ledger::ledger::{AccountId, Term};
//! use wego_ledger::{money::Money, read, report::Settlement, tally::Tally};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (books, findings) = read::open("data".as_ref(), 2015)?;
//! assert!(findings.is_empty());
//! let (tally, findings) = read::lines(&books, NonZeroUsize::MIN, || Tally::new(&books))?;
//! assert!(findings.is_empty());
//! let settlement = Settlement::of(&books, &tally);
//! let due = settlement.amount(AccountId::ROOT, Term::ReturnDue);
//! assert_eq!(due, Some(Money::from_won(1_259_550)));
//! # Ok(())
//! # }
//! ```

pub mod audit;
pub mod check;
pub mod cli;
pub mod finding;
pub mod ledger;
pub mod money;
pub mod read;
pub mod render;
pub mod report;
pub mod settled;
pub mod source;
pub mod table;
pub mod tally;
pub mod words;
