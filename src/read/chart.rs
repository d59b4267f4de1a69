//! `[[account]]` to the chart, and names to accounts.

use super::toml::Keys;
use super::value::{Spot, unknown};
use crate::finding::{self, Finding, Findings};
use crate::ledger::{AccountId, Accounts, Found, NotEntered};
use crate::words::{self, Text};

/// Reads the chart, in printing order.
pub(super) fn accounts(keys: &mut Keys<'_>, findings: &mut Findings) -> Accounts {
    let mut accounts = Accounts::default();
    let mut reserves = Vec::new();
    for mut keys in keys.tables("account", findings) {
        let path = keys.string("path", findings);
        let en = keys.string("en", findings).map(|spot| spot.text);
        let transfer_out = keys.flag("transfer_out", findings);
        let transfer_in = keys.flag("transfer_in", findings);
        let reserve = keys.flag("reserve", findings);
        match path {
            None => keys.missing("path", findings),
            Some(path) if path.text.split('/').any(|level| level.trim().is_empty()) => {
                let way_out = ("`사무관리비/사업비`처럼 쓸 것", "write it like `사무관리비/사업비`");
                findings.push(super::toml::bad_value("path", path, way_out.into()));
            }
            Some(path) if is_root(path.text) => {
                let way_out = (
                    "모든 과목의 합계를 뜻하는 이름임. 다른 이름을 줄 것",
                    "this name stands for all accounts; choose another",
                );
                findings.push(super::toml::bad_value("path", path, way_out.into()));
            }
            Some(path) => match accounts.enter(path.text, en) {
                Ok(id) => {
                    reserves.extend(reserve.filter(|reserve| *reserve).map(|_| (id, path)));
                    let account = accounts.get_mut(id);
                    account.transfer_out = transfer_out.unwrap_or(true);
                    account.transfer_in = transfer_in.unwrap_or(true);
                    account.span = Some(path.span);
                    if reserve == Some(true) {
                        accounts.make_reserve(id);
                    }
                }
                Err(NotEntered::Repeated) => findings.push(Finding::new(
                    finding::REPEATED_ACCOUNT,
                    path.span,
                    (
                        format!("과목표에 이미 있는 과목: `{}`", path.text),
                        format!("this account is in the chart already: `{}`", path.text),
                    ),
                    ("하나를 지우거나 이름을 달리할 것", "delete one, or name it otherwise"),
                )),
                Err(NotEntered::Orphan) => {
                    findings.push(orphan(path));
                    // Lines on it are not at fault, so they find it.
                    accounts.enter_at_root(path.text, en);
                }
            },
        }
        keys.finish(findings);
    }
    for (_, path) in reserves.iter().filter(|(id, _)| accounts.has_children(*id)) {
        let way_out =
            ("하위 과목이 없는 과목을 예비비로 할 것", "let an account that has none below it be the reserve");
        findings.push(super::toml::bad_value("reserve", *path, way_out.into()));
    }
    accounts
}

fn orphan(path: Spot<'_>) -> Finding {
    let above = path.text.rsplit_once('/').map_or("", |(above, _)| above);
    Finding::new(
        finding::ORPHAN_ACCOUNT,
        path.span,
        (
            format!("상위 과목이 앞에 없음: `{}`", path.text),
            format!("the account above it does not come before it: `{}`", path.text),
        ),
        (
            format!("앞에 둘 것: `[[account]]` `path = \"{above}\"`"),
            format!("put an `[[account]]` with `path = \"{above}\"` before it"),
        ),
    )
}

/// The account of a path as it is written, and no other.
pub(super) fn exactly(accounts: &Accounts, path: &str) -> Option<AccountId> {
    match accounts.find(path) {
        Some(Found::Exactly(id)) => Some(id),
        _ => None,
    }
}

/// Whether a name stands for the root.
pub(super) fn is_root(name: &str) -> bool {
    matches!(name.trim(), "계" | "/")
}

/// Finds an account by its path, but for its spelling with a warning, else with a finding.
pub(super) fn account(accounts: &Accounts, spot: Spot<'_>, findings: &mut Findings) -> Option<AccountId> {
    match accounts.find(spot.text).or_else(|| accounts.find(spot.trimmed())) {
        Some(Found::Exactly(id)) => Some(id),
        Some(Found::ButForSpelling(id)) => {
            findings.push(other_spelling(spot, &accounts.get(id).path));
            Some(id)
        }
        None => {
            let near = || nearest(accounts, spot.text);
            let message = ("과목표에 없는 과목", "the chart has no such account");
            let way_out = ("과목표에 있는 이름으로 고칠 것", "write it as the chart does");
            unknown(finding::UNKNOWN_ACCOUNT, spot, near, message, way_out, findings);
            None
        }
    }
}

/// The account that a name may be meant for; those known, where none is near.
fn nearest(accounts: &Accounts, text: &str) -> Text {
    let paths: Vec<&str> = accounts.parents_first().skip(1).map(|(_, account)| account.path.as_str()).collect();
    // Written without what stands above it: the commonest slip, and further away than a typing error.
    let last = |path: &str| -> usize { path.rfind('/').map_or(0, |slash| slash + 1) };
    let named = text[last(text)..].trim();
    match paths.iter().find(|path| path[last(path)..].trim() == named) {
        Some(path) => Text::new(format!("혹시 `{path}`?"), format!("did you mean `{path}`?")),
        None => words::did_you_mean(text, &paths),
    }
}

/// A name that is right but for its spelling.
pub(super) fn other_spelling(spot: Spot<'_>, right: &str) -> Finding {
    Finding::new(
        finding::OTHER_SPELLING,
        spot.span,
        (
            format!("표기(띄어쓰기, 가운뎃점, 자모)만 다른 `{right}`의 뜻으로 읽음: `{}`", spot.text),
            format!("read as `{right}`, which is spelt otherwise (spaces, middle dots, jamo): `{}`", spot.text),
        ),
        (format!("이렇게 쓸 것: `{right}`"), format!("write `{right}`")),
    )
}

/// An id that is given twice.
pub(super) fn repeated_id(id: Spot<'_>) -> Finding {
    Finding::new(
        finding::REPEATED_ID,
        id.span,
        (format!("이미 있는 id: `{}`", id.text), format!("this id is taken: `{}`", id.text)),
        ("id는 겹칠 수 없음. 다른 id를 줄 것", "give it an id of its own"),
    )
}
