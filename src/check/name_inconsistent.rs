//! WL211: documents call it by another name, too.

use super::{Looks, Rule, pages};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::Books;
use crate::source::Span;
use crate::words::Text;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL211", "name-inconsistent", Severity::Info),
    page: pages!("name_inconsistent"),
    looks: Looks::AtBooks(run),
};

fn run(books: &Books, findings: &mut Findings) {
    for item in &books.items {
        look(&item.id, &item.title, &item.aliases, item.span, findings);
    }
    for done in &books.performances {
        look(&done.id, &done.title, &done.aliases, done.span, findings);
    }
}

fn look(id: &str, title: &Text, aliases: &[String], span: Span, findings: &mut Findings) {
    let others: Vec<&str> = aliases.iter().map(String::as_str).filter(|alias| *alias != title.ko).collect();
    if others.is_empty() {
        return;
    }
    let others = others.join("`, `");
    let message = (
        format!("문서마다 이름이 다름(`{id}` {}): `{others}`", title.ko),
        format!("documents call it by another name (`{id}` {}): `{others}`", title.en),
    );
    let way_out = (
        "다음 문서부터 한 이름으로 쓰고 `aliases`를 지울 것. 이미 낸 문서면 `[[accept]]`로 받아들일 것",
        "use one name in the next document and delete it from `aliases`; of documents that stay as they are, `[[accept]]` it",
    );
    findings.push(Finding::new(RULE.code, span, message, way_out).about(id));
}
