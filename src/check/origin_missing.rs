//! WL308: a line that undoes or moves another does not say which.

use super::recall::GOES_BACK;
use super::said::key;
use super::{Looks, Rule, Which, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::{Books, Kind, Line};
use crate::words::Word;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL308", "origin-missing", Severity::Warning),
    page: pages!("origin_missing"),
    looks: Looks::AtLines(Which::Of(&[Kind::Refund, Kind::Reclassification, Kind::CommitmentRelease]), run),
};

fn run(books: &Books, line: &Line<'_>, findings: &mut Findings) {
    let goes_back = GOES_BACK.iter().find(|(kind, _)| *kind == line.kind);
    let (Some((kind, origin)), None) = (goes_back, line.of()) else { return };
    findings.push_if_kept(RULE.code, line.origin.source, || found(books, line, kind.word(), origin.word()));
}

fn found(books: &Books, line: &Line<'_>, kind: Word, origin: Word) -> Finding {
    let message = (
        format!("되돌아갈 `{}` 줄의 번호(원증빙)가 없는 줄: `{}`", origin.ko, kind.ko),
        format!("a line without the number (`of`) of the `{}` that it goes back to: `{}`", origin.id, kind.id),
    );
    let way_out = (
        "그 줄의 증빙번호(`ref`)를 원증빙(`of`)에 적을 것. 번호가 없으면 먼저 번호를 줄 것",
        "write the `ref` of that line into `of`; if it has no number yet, give it one",
    );
    let about = key(books, line.account);
    Finding::on_line(RULE.code, line.origin, "of", message, way_out).about(about)
}
