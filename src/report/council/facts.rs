//! General facts (일반 현황): what the book and the year say of whose money it is, in what way given, and on what it rests.
//!
//! Law: nothing is told that is not declared.

use super::sheet::{Sheet, point, said};
use crate::ledger::{AccountId, Books, Claim, Date, GrantMode, Printed, Term};
use crate::report::Paper;
use crate::report::settlement::Settlement;
use crate::table::{Piece, Point, RowClass, Sentence};
use crate::tally::Tally;
use crate::words::Text;

/// Writes two lists: whose year it is, and what it has; texts of the book come between them.
pub(super) fn write(books: &Books, tally: &Tally<'_>, paper: Paper, level: u8, sheet: &mut Sheet) {
    sheet.list(whose(books));
    sheet.marked(level, &Text::new("예산과 기준", "Budget and basis"));
    sheet.list(budget(books, tally, paper).into_iter().chain(ways(books)).collect());
}

fn fact(ko: &str, en: &str, text: Sentence) -> Point {
    point(0, Some(&Text::new(ko, en)), text)
}

/// The body, its year, who grants.
fn whose(books: &Books) -> Vec<Point> {
    let year = &books.year;
    let mut points = vec![fact("명칭", "Name", said(&year.entity))];
    let number = Piece::Text(Text::same(year.fiscal_year.to_string()));
    let calendar = crate::ledger::Year::calendar(year.fiscal_year);
    points.push(fact(
        "회계연도",
        "Fiscal year",
        match (year.starts, year.ends) == (calendar.starts, calendar.ends) {
            true => Sentence::with(("{0}", "{0}"), vec![number]),
            false => {
                let values = vec![number, Piece::Date(year.starts), Piece::Date(year.ends)];
                Sentence::with(("{0} ({1} ~ {2})", "{0} ({1} ~ {2})"), values)
            }
        },
    ));
    points.extend(year.grantor.as_ref().map(|grantor| fact("교부기관", "Grantor", said(grantor))));
    points
}

/// The budget, with the name of the only account that it has; and what documents print of its gross.
fn budget(books: &Books, tally: &Tally<'_>, paper: Paper) -> Vec<Point> {
    let scale = paper.scale(books);
    let budget = Settlement::of(books, tally).amount(AccountId::ROOT, Term::Budget);
    let mut points = Vec::new();
    points.extend(budget.map(|amount| {
        let figure = Piece::Figure(scale.amount(Some(Term::Budget), RowClass::Total, amount), Some(scale.unit));
        let tops = books.accounts.parents_first().skip(1).filter(|(_, account)| account.depth == 1);
        let tops: Vec<&Text> = tops.map(|(_, account)| &account.name).collect();
        fact(
            "예산",
            "Budget",
            match tops.as_slice() {
                [only] => Sentence::with(("{0} ({1})", "{0} ({1})"), vec![figure, Piece::Text((*only).clone())]),
                _ => Sentence::with(("{0}", "{0}"), vec![figure]),
            },
        )
    }));
    let printed = |claim: Claim| {
        let found: Option<&Printed> = books.printed.iter().find(|printed| printed.claim == claim);
        found.and_then(|printed| Some(Piece::Figure(printed.figure?, printed.unit)))
    };
    if let (Some(gross), Some(own)) = (printed(Claim::GrossBudget), printed(Claim::GrantorSpent)) {
        let text = (
            "총예산 {0} 가운데 교부기관이 직접 집행하는 {1} 제외(인쇄값)",
            "without {1} that the grantor spends itself, of a gross budget of {0} (as printed)",
        );
        points.push(point(1, None, Sentence::with(text, vec![gross, own])));
    }
    points
}

/// How the money is given, by whom, and on what its settlement rests.
fn ways(books: &Books) -> Vec<Point> {
    let year = &books.year;
    let mut points = Vec::new();
    if !year.funds.is_empty() {
        points.push(fact(
            "재원",
            "Funds",
            Sentence::with(("{0}건", "{0}"), vec![Piece::Count(year.funds.len() as u64)]),
        ));
        points.extend(year.funds.iter().map(|fund| {
            let name = Piece::Text(fund.name.clone());
            point(
                1,
                None,
                match fund.share {
                    Some(share) => {
                        Sentence::with(("{0}: 분담 {1}", "{0}: share {1}"), vec![name, Piece::Percent(share.percent())])
                    }
                    None => Sentence::with(("{0}", "{0}"), vec![name]),
                },
            )
        }));
    }
    if year.grant_mode == GrantMode::Deposit {
        let text = ("예치형: 증빙에 따라 인출함", "kept on deposit, drawn against evidence");
        points.push(fact("교부 방식", "Way of granting", Sentence::plain(text)));
    }
    if let Some(basis) = year.rate_basis {
        points.push(fact("집행률 기준", "Execution rate on", said(&basis.term().word().text())));
    }
    points.extend(year.legal_basis.as_ref().map(|basis| fact("정산 근거", "Settlement rests on", said(basis))));
    let due = |date: Date| Sentence::with(("{0}", "{0}"), vec![Piece::Date(date)]);
    points.extend(year.settlement_due.map(|date| fact("반납 기한", "Return due by", due(date))));
    points.extend(year.documents.iter().map(|document| {
        let title = Piece::Text(document.title.clone());
        fact(
            "출처 문서",
            "Taken from",
            match document.date {
                Some(date) => Sentence::with(("{0} ({1})", "{0} ({1})"), vec![title, Piece::Date(date)]),
                None => Sentence::with(("{0}", "{0}"), vec![title]),
            },
        )
    }));
    points
}
