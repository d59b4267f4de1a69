//! What lines add up to, as cells that know which lines those are.

use crate::ledger::{AccountId, Formula, Measure, Scope, Sign, Slice, When};
use crate::table::{Cell, Why};
use crate::tally::{Sums, Tally};

/// 교부액.
pub const GRANTS: Formula = &[(Sign::Plus, Measure::Granted)];
/// 자부담.
pub const OWN_FUNDS: Formula = &[(Sign::Plus, Measure::OwnFunds)];
/// 지출원인행위액.
pub const COMMITTED: Formula = &[(Sign::Plus, Measure::Committed)];
/// 집행액.
pub const DISBURSED: Formula = &[(Sign::Plus, Measure::Disbursed)];

/// What these sums say of a slice, whose lines they are of.
pub fn summed(sums: &Sums, slice: Slice) -> Cell {
    sums.worked(slice.formula).map_or(Cell::blank(Why::NoLines), |amount| Cell::amount(amount, Why::Summed(slice)))
}

/// The lines of a scope, of all accounts, as far as the tally goes.
pub fn everywhere(tally: &Tally<'_>, formula: Formula, scope: Scope) -> Slice {
    Slice { account: AccountId::ROOT, formula, scope, when: When::by(tally.day()) }
}
