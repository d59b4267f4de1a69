//! WL304: budget is moved out of an account that gives none, or into one that takes none.

use super::{Looks, Rule, Which, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Account, AccountId, Books, Kind, Line};
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL304", "transfer-forbidden", Severity::Error),
    page: pages!("transfer_forbidden"),
    looks: Looks::AtLines(Which::Of(&[Kind::Transfer]), run),
};

fn run(books: &Books, line: &Line<'_>, findings: &mut Findings) {
    let Some(to) = line.other else { return };
    let from = line.account;
    if let Some(forbids) = forbids(books, from, to, |account| !account.transfer_out) {
        let name = called(books, from, forbids);
        let message = (
            format!("전용해 내보낼 수 없는 과목(`transfer_out = false`)에서 내보냄: {}", name.ko),
            format!("budget is moved out of an account with `transfer_out = false`: {}", name.en),
        );
        let way_out = (
            "줄 수 있는 과목에서 전용하거나 추경으로 바꿀 것. 교부기관이 승인했으면 그 문서를 까닭으로 `[[accept]]`할 것",
            "take it from an account that may give it, or have the budget changed by a supplement; if the grantor agreed, `[[accept]]` it with the document as the reason",
        );
        let about = &books.accounts.get(from).path;
        findings.push(Finding::on_line(RULE.code, line.origin, "account", message, way_out).about(about));
    }
    if let Some(forbids) = forbids(books, to, from, |account| !account.transfer_in) {
        let name = called(books, to, forbids);
        let message = (
            format!("전용해 받을 수 없는 과목(`transfer_in = false`)으로 보냄: {}", name.ko),
            format!("budget is moved into an account with `transfer_in = false`: {}", name.en),
        );
        let way_out = (
            "받을 수 있는 과목으로 전용하거나 추경으로 바꿀 것. 교부기관이 승인했으면 그 문서를 까닭으로 `[[accept]]`할 것",
            "move it to an account that may take it, or have the budget changed by a supplement; if the grantor agreed, `[[accept]]` it with the document as the reason",
        );
        let about = &books.accounts.get(to).path;
        findings.push(Finding::on_line(RULE.code, line.origin, "to", message, way_out).about(about));
    }
}

/// The account at or above one end that forbids it. What stays below that account neither leaves nor enters it.
fn forbids(books: &Books, end: AccountId, other: AccountId, bars: fn(&Account) -> bool) -> Option<AccountId> {
    let mut at = end;
    while at != AccountId::ROOT {
        let account = books.accounts.get(at);
        if bars(account) && !books.accounts.is_within(other, at) {
            return Some(at);
        }
        at = account.parent;
    }
    None
}

/// The account, and the one above it that forbids it.
fn called(books: &Books, account: AccountId, forbids: AccountId) -> Text {
    let path = |id| books.accounts.get(id).path.as_str();
    if account == forbids {
        return Text::same(format!("`{}`", path(account)));
    }
    Text::new(
        format!("`{}`(상위 과목 `{}`)", path(account), path(forbids)),
        format!("`{}`, below `{}`", path(account), path(forbids)),
    )
}
