//! WL405: less was granted than was budgeted, once the year is over.

use super::said::{called, key, percent, won};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{AccountId, Books, GrantMode, Measure, Term};
use crate::money::Money;
use crate::settled::{GRANTS, OWN_FUNDS};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL405", "ungranted", Severity::Info),
    page: pages!("ungranted"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let books = year.books;
    // What is drawn against evidence is granted as it is spent: what was not drawn is no shortfall.
    let drawn = books.year.grant_mode == GrantMode::Deposit;
    if drawn || !year.rolled.has(AccountId::ROOT, Measure::Granted) || !year.is_over() {
        return;
    }
    for account in lowest(year) {
        let amount = |term| year.amount(account, term);
        let (budget, granted) = (amount(Term::CurrentBudget), amount(Term::Granted));
        // What was carried in was granted the year before, and nobody grants own funds.
        let wanted = budget - amount(Term::CarriedIn) - amount(Term::OwnFunds);
        if granted >= wanted {
            continue;
        }
        findings.push_if_kept(RULE.code, books.place_of(account).source, || {
            found(books, account, (wanted, granted), wanted == budget)
        });
    }
}

fn found(books: &Books, account: AccountId, (wanted, granted): (Money, Money), is_whole: bool) -> Finding {
    let label = match is_whole {
        true => ("예산현액", "current budget"),
        false => ("이월·자부담을 뺀 예산현액", "current budget less carry-in and own funds"),
    };
    let (name, share) = (called(books, account), percent(wanted - granted, wanted));
    let (missing, wanted, granted) = (won(wanted - granted), won(wanted), won(granted));
    let message = (
        format!(
            "`{}`의 교부액이 예산보다 적음: {} {}, 교부액 {}, 미교부액 {}{share}",
            name.ko, label.0, wanted.ko, granted.ko, missing.ko
        ),
        format!(
            "less was granted to `{}` than its budget: {} {}, granted {}, ungranted {}{share}",
            name.en, label.1, wanted.en, granted.en, missing.en
        ),
    );
    let way_out = (
        "교부 줄이 빠졌으면 적고, 덜 받기로 한 것이면 감액 추경을 적거나 까닭을 보고에 밝힐 것",
        "enter the grant that is missing; if less was to come, enter the supplement that cuts the budget, or say why in the report",
    );
    Finding::new(RULE.code, books.place_of(account), message, way_out).about(key(books, account))
}

/// The accounts where it can be told what was granted and paid in, and of which no account below it has that told.
fn lowest(year: &Year<'_>) -> Vec<AccountId> {
    let pooled = |account| [GRANTS, OWN_FUNDS].iter().any(|formula| year.rolled.is_pooled(account, formula));
    let accounts = &year.books.accounts;
    let mut lowest: Vec<bool> = accounts.parents_first().map(|(id, _)| !pooled(id)).collect();
    for (id, account) in accounts.parents_first().skip(1) {
        if !pooled(id) {
            lowest[account.parent.index()] = false;
        }
    }
    accounts.parents_first().map(|(id, _)| id).filter(|id| lowest[id.index()]).collect()
}
