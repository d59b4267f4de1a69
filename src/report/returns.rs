//! The return statement (반납 정산): what is to be sent back, to whom, by when, and what each step rests on.
//!
//! What was not spent (A), interest (B), what came back after its year had closed (C) and what is not accepted (D), less
//! what was returned (E). No law is cited that the year does not declare: which one binds depends on the grant.
//!
//! How it is worked out, and why so: [`settled`](crate::settled).

use super::Paper;
use crate::ledger::{Books, Clause, Date, Sign, Term};
use crate::money::Money;
use crate::settled::{Due, Dues, PartyKind, Undivided, signed};
use crate::table::{Block, Cell, Column, Note, Page, Piece, Role, Row, RowClass, Sentence, Table, Value, Why};
use crate::tally::Tally;
use crate::words::{self, Text, Word};

/// Whether the amount is spelled out besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Spelled {
    /// In digits alone.
    #[default]
    No,
    /// In Hangul, too: 금…원정.
    InHangul,
}

/// The page of a year's return.
pub fn returns(books: &Books, tally: &Tally<'_>, paper: Paper, spelled: Spelled) -> Page {
    let title = super::title(books, &words::RETURN.text());
    let dues = Dues::of(books, tally);
    let scale = paper.scale(books);
    let payable = dues.total(|due| &due.payable);
    let mut blocks = vec![Block::Paragraph(headline(books, &payable, &dues.total(|due| &due.returned), paper))];
    if let (Spelled::InHangul, Some(amount)) = (spelled, payable.money()) {
        blocks.push(Block::Paragraph(in_hangul(amount)));
    }
    if let Some(day) = tally.day() {
        let text = ("{0} 현재", "As of {0}");
        blocks.push(Block::Paragraph(Sentence::with(text, vec![Piece::Date(Date::Day(day))])));
    }
    let mut steps = steps(books, &dues, paper);
    steps.notes.extend(notes(books, tally, &dues));
    blocks.push(Block::Table(steps.scaled(&scale)));
    if !dues.parties.is_one() {
        blocks.push(Block::Table(by_party(books, &dues, paper).scaled(&scale)));
    }
    Page { report: "return", title, blocks }
}

/// `반납할 금액 1,259.55천원, 기한 2016-02-29`
fn headline(books: &Books, payable: &Cell, returned: &Cell, paper: Paper) -> Sentence {
    let is_returned = returned.money().is_some_and(|money| money > Money::ZERO);
    let Some(amount) = payable.money() else {
        if payable.why == Why::NoLines {
            return Sentence::plain((
                "교부도 집행도 이자도 적혀 있지 않음",
                "the books have no grant, no spending and no interest",
            ));
        }
        return Sentence::plain(("반납할 금액을 계산할 수 없음", "what is to be returned cannot be worked out"));
    };
    let scale = paper.scale(books);
    let figure =
        |amount: Money| Piece::Figure(scale.amount(Some(Term::ReturnDue), RowClass::Total, amount), Some(scale.unit));
    let due = books.year.settlement_due.map(Piece::Date);
    match (amount.is_negative(), amount.is_zero(), due) {
        (true, ..) if !is_returned => Sentence::with(
            (
                "교부된 것보다 많이 빠져 반납할 금액이 없음(모자라는 금액 {0})",
                "more was taken back than granted, so nothing is to be returned; short by {0}",
            ),
            vec![figure(-amount)],
        ),
        (true, ..) => Sentence::with(
            ("반납할 금액보다 {0} 더 반납함", "more was returned than was due, by {0}"),
            vec![figure(-amount)],
        ),
        (false, true, _) => Sentence::plain(("더 반납할 금액 없음", "nothing is left to return")),
        (false, false, Some(due)) => {
            Sentence::with(("반납할 금액 {0}, 기한 {1}", "To return: {0}, by {1}"), vec![figure(amount), due])
        }
        (false, false, None) => Sentence::with(
            (
                "반납할 금액 {0}, 기한은 year.toml에 적혀 있지 않음(`settlement_due`)",
                "To return: {0}; no day is declared by when (`settlement_due` in year.toml)",
            ),
            vec![figure(amount)],
        ),
    }
}

/// `금1,259,550원(금일백이십오만구천오백오십원정)`
fn in_hangul(amount: Money) -> Sentence {
    match amount.in_hangul() {
        Some(spelled) => Sentence::with(
            ("금{0}원(금{1}원정)", "금{0}원(금{1}원정)"),
            vec![Piece::Figure(amount.exactly(crate::money::Unit::Won), None), Piece::Text(Text::same(spelled))],
        ),
        None => Sentence::plain((
            "한글로는 0 이상의 원 단위 금액만 적음",
            "only whole won, not below nothing, are spelled out in Hangul",
        )),
    }
}

/// The statement: each step, its amount, how it is worked out, and what it rests on.
fn steps(books: &Books, dues: &Dues<'_, '_>, paper: Paper) -> Table {
    let columns = vec![
        Column::new(words::ENTRY, Role::Key),
        Column::new(words::AMOUNT, Role::Amount),
        Column::new(words::FORMULA, Role::Text),
        Column::new(words::CLAUSE, Role::Text),
    ];
    let clause = |step: Option<Clause>| match step.map(|step| books.year.clause(step)) {
        None => Cell::blank(Why::Label),
        Some(Some(text)) => Cell::label(text.clone()),
        Some(None) => Cell::blank(Why::NoLines),
    };
    let row = |key: &str, name: Text, class: RowClass, amount: Cell, formula: &str, step: Option<Clause>| Row {
        class,
        key: key.into(),
        depth: 1,
        parent: None,
        complete: false,
        cells: vec![Cell::label(name), amount, Cell::label(Text::same(formula)), clause(step)],
    };
    let sum = |of: fn(&Due) -> &Cell| dues.total(of);
    let word = |word: Word| word.text();
    let spent = match dues.iter().any(|(party, _)| party.kind == PartyKind::Own) {
        true => Text::new("집행액(자부담 몫 제외)", "Disbursed (but for own funds)"),
        false => word(words::DISBURSED),
    };
    use RowClass::{Body, Subtotal, Total};
    let mut rows = vec![
        row("granted", word(words::GRANTED), Body, sum(|due| &due.paid), "", None),
        row("disbursed", spent, Body, sum(|due| &due.disbursed), "", None),
        row("unspent", lettered(words::UNSPENT, "A"), Body, sum(|due| &due.unspent), "", Some(Clause::Unspent)),
        row("interest", lettered(words::INTEREST, "B"), Body, sum(|due| &due.interest), "", Some(Clause::Interest)),
        row("recovered", lettered(words::RECOVERED, "C"), Body, sum(|due| &due.recovered), "", Some(Clause::Recovered)),
        row(
            "disallowed",
            lettered(words::DISALLOWED, "D"),
            Body,
            sum(|due| &due.disallowed),
            "",
            Some(Clause::Disallowed),
        ),
        row("returned", lettered(words::RETURNED, "E"), Body, sum(|due| &due.returned), "", None),
        row("return_due", word(words::RETURN_DUE), Subtotal, sum(|due| &due.due), "A + B + C + D − E", None),
    ];
    let is_capped = dues.each.iter().any(|due| matches!(due.unspent.why, Why::Rounded(_)));
    rows[2].cells[2] = Cell::label(match is_capped {
        false => Text::new("교부액 − 집행액", "granted − disbursed"),
        true => Text::new("교부액 − 집행액, 넘게 쓴 재원은 0", "granted − disbursed, of a fund overspent 0"),
    });
    let payable = sum(|due| &due.payable);
    let dropped =
        signed(&[(Sign::Plus, &sum(|due| &due.due), words::RETURN_DUE), (Sign::Minus, &payable, words::PAYABLE)]);
    if dropped.money().is_some_and(|money| !money.is_zero()) {
        rows.push(row("dropped", Text::new("단수 절사", "Dropped"), Body, dropped, "", Some(Clause::Rounding)));
    }
    rows.push(row("payable", word(words::PAYABLE), Total, payable, "", None));
    if let Some(due) = books.year.settlement_due {
        let date = Cell { value: Value::Dates(Some(due), Some(due)), why: Why::Label };
        rows.push(row("due", Text::new("반납 기한", "Due by"), Body, date, "", Some(Clause::Due)));
    }
    Table { id: "steps".to_owned(), caption: None, unit: paper.unit, columns, rows, notes: Vec::new() }
}

/// `집행잔액(A)`
fn lettered(word: Word, letter: &str) -> Text {
    Text::new(format!("{}({letter})", word.ko), format!("{} ({letter})", word.en))
}

/// The same for each that paid in, own funds too.
fn by_party(books: &Books, dues: &Dues<'_, '_>, paper: Paper) -> Table {
    let amount = |word: Word| Column::new(word, Role::Amount);
    let columns = vec![
        Column::new(words::FUND, Role::Key),
        Column::new(words::TITLE, Role::Text).headed(words::NAME.text()),
        Column::new(words::SHARE, Role::Text),
        amount(words::GRANTED).headed(("교부액·자부담", "Paid in")),
        amount(words::DISBURSED),
        amount(words::UNSPENT).headed(lettered(words::UNSPENT, "A")).from(&[(Sign::Plus, 3), (Sign::Minus, 4)]),
        amount(words::INTEREST).headed(lettered(words::INTEREST, "B")),
        amount(words::RECOVERED).headed(lettered(words::RECOVERED, "C")),
        amount(words::DISALLOWED).headed(lettered(words::DISALLOWED, "D")),
        amount(words::RETURNED).headed(lettered(words::RETURNED, "E")),
        amount(words::RETURN_DUE).headed(("A+B+C+D−E", "A+B+C+D−E")),
        amount(words::PAYABLE),
    ];
    let rows = dues.iter().enumerate().map(|(place, (party, due))| {
        let share = dues
            .parties
            .share(place)
            .map_or(Cell::blank(Why::NotDerivable), |share| Cell { value: Value::Said(share), why: Why::Label });
        let head = [Cell::label(Text::same(party.key.as_str())), Cell::label(party.name.clone()), share];
        let cells = head.into_iter().chain(due.cells().map(Clone::clone)).collect();
        Row { class: RowClass::Body, key: party.key.as_str().into(), depth: 1, parent: Some(0), complete: true, cells }
    });
    let column = |n: usize| {
        let cells = || dues.iter().map(|(party, due)| (party.name.clone(), due.cells()[n].clone()));
        match cells().any(|(_, cell)| cell.why == Why::NotDerivable) {
            true => Cell::blank(Why::NotDerivable),
            false => Cell::sum(cells()),
        }
    };
    let head =
        [Cell::label(books.year.presentation.total_label.clone()), Cell::blank(Why::Label), Cell::blank(Why::Label)];
    let total = Row {
        class: RowClass::Total,
        key: super::ROOT_KEY.into(),
        depth: 0,
        parent: None,
        complete: true,
        cells: head.into_iter().chain((0..9).map(column)).collect(),
    };
    let rows = std::iter::once(total).chain(rows).collect();
    let caption = Some(Text::new("재원별", "By fund"));
    Table { id: "funds".to_owned(), caption, unit: paper.unit, columns, rows, notes: Vec::new() }
}

/// What has to be said of the statement.
fn notes(books: &Books, tally: &Tally<'_>, dues: &Dues<'_, '_>) -> Vec<Note> {
    let parties = &dues.parties;
    let mut notes = Vec::new();
    let mut caution = |text: (&str, &str)| notes.push(Note::caution(Sentence::plain(text)));
    if !parties.is_one() {
        match parties.spending {
            Ok(_) => {}
            Err(Undivided::SharesMissing) => caution((
                "분담률을 적은 재원과 적지 않은 재원이 섞여 나눌 수 없음: `[[fund]]`마다 `share`를 적거나 모두 지울 것",
                "some funds declare a share and others do not: give every `[[fund]]` a `share`, or none",
            )),
            Err(Undivided::SharesOver) => caution((
                "분담률의 합이 100%를 넘어 나눌 수 없음: `[[fund]]`의 `share`를 고칠 것",
                "the shares come to more than 100%: mend `share` of `[[fund]]`",
            )),
            Err(Undivided::SharesUnder) => caution((
                "분담률의 합이 100%에 못 미치는데 자부담이 없어 나눌 수 없음: `[[fund]]`의 `share`를 고칠 것",
                "the shares come to less than 100%, and there are no own funds to carry the rest: mend `share` of `[[fund]]`",
            )),
            Err(Undivided::GrantsUnnamed) => caution((
                "분담률은 재원마다 있으나 재원을 적지 않은 교부가 있어 나눌 수 없음: 교부 줄에 `fund`를 적을 것",
                "every fund declares a share, and some grants name no fund: name the `fund` of those grants",
            )),
            Err(Undivided::NotDrawn) => caution((
                "자부담이 집행보다 먼저 들어와 인출한 금액을 알 수 없음",
                "own funds were paid in before as much was spent: what was drawn is not known",
            )),
            Err(Undivided::NothingPaid) => caution((
                "교부액도 자부담도 없어 나눌 수 없음",
                "nothing was granted or paid in, so there is nothing to divide by",
            )),
        }
    }
    if dues
        .each
        .iter()
        .any(|due| [&due.interest, &due.recovered, &due.returned].iter().any(|cell| cell.why == Why::NotDerivable))
    {
        notes.push(Note::caution(Sentence::plain((
            "교부액도 분담률도 없어 재원을 적지 않은 이자·과년도여입·반납액을 나눌 수 없음: 줄에 `fund`를 적을 것",
            "nothing was granted and no share is declared, so interest, recoveries and returns that name no fund cannot be divided: name the `fund` of those lines",
        ))));
    }
    notes.extend(super::undatable(tally.undatable()));
    if !parties.is_one() && parties.spending.is_ok() {
        let own = parties.all.iter().any(|party| party.kind == PartyKind::Own);
        let basis = match (parties.has_shares(), parties.is_deposit() && own) {
            (true, false) => Text::new("선언한 분담률(나머지는 자부담)", "declared shares, the rest being own funds"),
            (true, true) => Text::new("자부담을 뺀 뒤 선언한 분담률", "declared shares, own funds taken off first"),
            (false, false) => Text::new("낸 금액", "what each paid in"),
            (false, true) => Text::new("자부담을 뺀 뒤 예치한 금액", "what each deposited, own funds taken off first"),
        };
        notes.push(Note::remark(Sentence::with(
            (
                "재원을 적지 않은 집행액과 불인정액은 {0}대로 나누고, 이자와 과년도여입은 {1}. 원 단위로 끊고 모자라는 1원씩은 잘린 끝수가 큰 재원부터 줌(같으면 먼저 적힌 재원)",
                "spending and disallowances that name no fund are divided by {0}; interest and recoveries {1}; cut to the won, and the won that are missing go to the largest remainders (of equal ones the first listed)",
            ),
            vec![Piece::Text(basis), Piece::Text(parties.interest())],
        )));
    }
    let over = dues.iter().filter(|(_, due)| matches!(due.unspent.why, Why::Rounded(_)));
    let names: Vec<Text> = over.map(|(party, _)| party.name.clone()).collect();
    if !names.is_empty() {
        notes.push(Note::remark(Sentence::with(
            (
                "교부액보다 많이 집행되어 남은 금액이 없는 재원(넘는 만큼은 확정되지 않음): {0}",
                "funds of which more was spent than granted, so nothing is left (what goes beyond is not confirmed): {0}",
            ),
            vec![Piece::Text(Text::joined(&names))],
        )));
    }
    if parties.all.iter().any(|party| party.kind == PartyKind::Own) {
        notes.push(Note::remark(Sentence::plain((
            "자부담의 잔액은 반납하지 않음",
            "what is left of own funds is not returned",
        ))));
    }
    if parties.is_deposit() {
        notes.push(Note::remark(Sentence::plain((
            "예치형이므로 교부액은 인출한 금액이고, 인출하지 않은 금액은 교부기관에 남아 있어 반납하지 않음",
            "the grant is drawn from a deposit: granted is what was drawn; what was not is still with the grantor and not returned",
        ))));
    }
    if books.year.legal_basis.is_none() && books.year.clauses.is_empty() {
        notes.push(Note::remark(Sentence::plain((
            "근거가 year.toml에 적혀 있지 않음(`legal_basis`, `[clauses]`)",
            "what it rests on is not declared in year.toml (`legal_basis`, `[clauses]`)",
        ))));
    }
    notes
}
