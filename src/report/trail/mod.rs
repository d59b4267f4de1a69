//! What a figure rests on (근거): every line behind it with its place, what is written there, and what that gives.
//!
//! Law: the effects of the lines add up to the figure. The page is worked out from the lines that were read again, not
//! from the figure, so the two can be held against each other.

mod lines;
mod tree;

pub use lines::Trail;

use crate::ledger::{Basis, Books, Kind, Sign, Slice, Term};
use crate::money::{Money, Unit};
use crate::source::{Origin, Place, Span};
use crate::table::{
    Block, Cell, Column, Note, Page, Piece, Role, Row, RowClass, Scale, Sentence, Shown, Step, Table, Value, Why,
};
use crate::words::{self, EcoString, Text};
use lines::{Found, Kept};
use std::collections::HashMap;
use std::io;
use tree::{How, Node};

/// A figure that is to be explained: a cell of a report's page.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What its row and its column are called.
    pub name: Text,
    /// The cell.
    pub cell: Cell,
    nodes: Vec<Node>,
}

impl Asked {
    /// A cell of a page that was made from these books.
    pub fn of(name: Text, cell: Cell, books: &[&Books]) -> Asked {
        let nodes = tree::tree(name.clone(), &cell, books);
        Asked { name, cell, nodes }
    }

    fn slices(&self) -> impl Iterator<Item = (usize, &Slice)> {
        self.nodes.iter().filter_map(|node| match &node.how {
            How::Lines(slice, _) => Some((node.book, slice)),
            _ => None,
        })
    }
}

/// The slices of one of the books whose lines have to be read, each once.
pub fn slices(asked: &[Asked], book: usize) -> Vec<Slice> {
    let mut slices: Vec<Slice> = Vec::new();
    for (_, slice) in asked.iter().flat_map(Asked::slices).filter(|(of, _)| *of == book) {
        if !slices.contains(slice) {
            slices.push(*slice);
        }
    }
    slices
}

/// The cell of a page at a row and a column, by their stable names or labels; without a column, every figure of the row.
///
/// # Errors
/// What the page has instead, rows first.
pub fn find(page: &Page, row: &str, column: Option<&str>, basis: Option<Basis>) -> Result<Vec<(Text, Cell)>, NotThere> {
    let all = || page.tables().flat_map(|table| &table.rows);
    let Some(key) = key_of(all, row) else {
        return Err(NotThere::Row(all().map(|one| one.key.to_string()).collect()));
    };
    let mut columns_known = Vec::new();
    let mut cells = Vec::new();
    for table in page.tables() {
        let Some(found) = table.rows.iter().find(|one| one.key == key) else { continue };
        let figures = table.columns.iter().enumerate().filter(|(_, one)| matches!(one.role, Role::Amount | Role::Rate));
        for (n, one) in figures {
            columns_known.push((one.word.ko, one.word.id));
            // Of a whole row what rests on other columns of it is left out: it would tell the same lines again.
            let wanted = match column {
                Some(column) => is_column(one, column, basis),
                None => one.ways.is_empty() && one.role == Role::Amount,
            };
            let says = column.is_some() || matches!(found.cells[n].value, Value::Money { .. } | Value::Rate { .. });
            if wanted && says {
                let name = found.name();
                let name = if name.ko.is_empty() { Text::same(found.key.as_str()) } else { name };
                let heading = &one.heading;
                let name = Text::new(format!("{} {}", name.ko, heading.ko), format!("{}, {}", name.en, heading.en));
                cells.push((name, found.cells[n].clone()));
            }
        }
        if column.is_some() && !cells.is_empty() {
            break;
        }
    }
    if cells.is_empty() { Err(NotThere::Column(columns_known)) } else { Ok(cells) }
}

/// What a page does not have.
#[derive(Clone, Debug)]
pub enum NotThere {
    /// The row; these are there.
    Row(Vec<String>),
    /// The column; these are there.
    Column(Vec<(&'static str, &'static str)>),
}

/// The key that a name stands for: the key itself, else a task's, else the only one that is the same but for spelling.
fn key_of<'p, R: Iterator<Item = &'p Row>>(rows: impl Fn() -> R, name: &str) -> Option<String> {
    let task = format!("task:{name}");
    for exact in [name, &task] {
        if rows().any(|row| row.key == exact) {
            return Some(exact.to_owned());
        }
    }
    let loosely = crate::ledger::loosely;
    let same = |row: &&Row| loosely(&row.key) == loosely(name) || (row.class == RowClass::Total && name == "/");
    let mut keys: Vec<&EcoString> = rows().filter(same).map(|row| &row.key).collect();
    keys.sort();
    keys.dedup();
    match keys.as_slice() {
        [only] => Some(only.to_string()),
        _ => None,
    }
}

fn is_column(column: &Column, name: &str, basis: Option<Basis>) -> bool {
    let loosely = crate::ledger::loosely;
    let word = column.word;
    let of_term = column.term.is_some_and(|term| Term::parse(name, basis) == Some(term));
    of_term
        || word.id == name
        || [word.ko, column.heading.ko.as_str(), column.heading.en.as_str()]
            .into_iter()
            .any(|label| loosely(label) == loosely(name))
}

/// The page of some figures: for each the tree of amounts, and the lines behind each of them.
///
/// # Errors
/// Whatever reading the files again for the places fails with.
pub fn trail(asked: Vec<Asked>, trails: Vec<Trail<'_>>, books: &[&Books], paper: super::Paper) -> io::Result<Page> {
    let Some(first) = books.first() else { return Ok(empty()) };
    let wanted: Vec<Vec<Slice>> = (0..books.len()).map(|book| slices(&asked, book)).collect();
    let place = |book: usize, slice: &Slice| wanted[book].iter().position(|one| one == slice);
    let found = |book: usize, slice: &Slice| trails.get(book)?.found.get(place(book, slice)?);
    // Which table holds the lines of a sum: what rests on the same lines again refers to it.
    let mut told: HashMap<(usize, usize), String> = HashMap::new();
    let single = asked.len() == 1;
    let names =
        |label: fn(&Text) -> &str| asked.iter().take(3).map(|one| label(&one.name)).collect::<Vec<_>>().join(", ");
    let number = first.year.fiscal_year;
    let title = Text::new(
        format!("{} {number}년도 {}: {}", first.year.entity.ko, names(|name| &name.ko), words::TRAIL.ko),
        format!("{}: {} of {number}, {}", first.year.entity.en, names(|name| &name.en), words::TRAIL.en),
    );
    let mut blocks = Vec::new();
    for (n, one) in asked.into_iter().enumerate() {
        blocks.push(Block::Paragraph(verdict(&one, first, paper)));
        let nodes = tree::settled(one.nodes, |book, slice| found(book, slice).and_then(Found::sum));
        let numbers = numbers(&nodes);
        let plain = matches!(nodes.as_slice(), [Node { how: How::Lines(..), .. }]);
        let mut lists = Vec::new();
        let mut refer = Vec::new();
        for (node, number) in nodes.iter().zip(&numbers) {
            let How::Lines(slice, sign) = &node.how else {
                refer.push(None);
                continue;
            };
            let key = place(node.book, slice).map(|place| (node.book, place));
            let before = key.and_then(|key| told.get(&key).cloned());
            if let (None, Some(key), Some(lines)) = (&before, key, found(node.book, slice)) {
                let name = if single { number.clone() } else { format!("{}.{number}", n + 1) };
                told.insert(key, name.clone());
                let caption = (!(plain && single)).then(|| {
                    let Text { ko, en } = &node.name;
                    Text::new(format!("{name} {ko}: 내역"), format!("{name} {en}: lines"))
                });
                let id = format!("lines-{}.{number}", n + 1);
                lists.push(Block::Table(lines_table(id, caption, lines, (slice, *sign), node.book, books)?));
            }
            refer.push(before);
        }
        // One sum of lines needs no tree, unless its lines stand above already.
        if !nodes.is_empty() && (!plain || lists.is_empty()) {
            blocks.push(Block::Table(tree_table(n, &nodes, (&numbers, &refer), books)?));
        }
        blocks.extend(lists);
    }
    Ok(Page { report: "explain", title, blocks })
}

fn empty() -> Page {
    Page { report: "explain", title: Text::default(), blocks: Vec::new() }
}

/// `여비 집행액 = 9,999,950원 (표에는 9,999.9천원)`, or why there is no figure.
fn verdict(asked: &Asked, books: &Books, paper: super::Paper) -> Sentence {
    let name = Piece::Text(asked.name.clone());
    let scale = paper.scale(books);
    match (&asked.cell.value, &asked.cell.why) {
        (Value::Money { exact, .. }, _) => Sentence::with(
            ("{0} = {1}", "{0} = {1}"),
            vec![name, Piece::Figure(exact.exactly(Unit::Won), Some(Unit::Won))],
        ),
        (Value::Rate { exact, .. }, _) => {
            let won = |money: Money| Piece::Figure(money.exactly(Unit::Won), Some(Unit::Won));
            let percent = Piece::Percent(scale.rate(None, RowClass::Total, *exact).0);
            Sentence::with(
                ("{0} = {1} ÷ {2} = {3}", "{0} = {1} ÷ {2} = {3}"),
                vec![name, won(exact.part()), won(exact.whole()), percent],
            )
        }
        (_, Why::NotAttributed) => Sentence::with(
            (
                "{0}: 상위 과목에 적힌 줄이 이 과목의 몫을 가르지 않아 값이 없음",
                "{0}: no figure, as lines of an account above do not say which part is this one's",
            ),
            vec![name],
        ),
        (_, Why::NoBasis) => Sentence::with(
            (
                "{0}: 기준이 되는 금액이 없어 비율이 없음",
                "{0}: no rate, as there is nothing that it would be a part of",
            ),
            vec![name],
        ),
        (_, Why::NotDerivable) => Sentence::with(
            (
                "{0}: 장부의 자료로는 계산할 수 없음(해당 보고서의 참고 참조)",
                "{0}: the data cannot give it; see the notes of its report",
            ),
            vec![name],
        ),
        _ => Sentence::with(
            ("{0}: 해당하는 줄이 없음(0이 아님)", "{0}: no line has to do with it, which is not zero"),
            vec![name],
        ),
    }
}

/// `1`, `1.2`, `1.2.1` …
fn numbers(nodes: &[Node]) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    let mut children = vec![0_u32; nodes.len()];
    for node in nodes {
        let number = match node.parent {
            None => "1".to_owned(),
            Some(parent) => {
                children[parent] += 1;
                format!("{}.{}", numbers[parent], children[parent])
            }
        };
        numbers.push(number);
    }
    numbers
}

/// The amounts that the figure rests on, each with the place where it is written, if it is.
fn tree_table(
    n: usize,
    nodes: &[Node],
    (numbers, refer): (&[String], &[Option<String>]),
    books: &[&Books],
) -> io::Result<Table> {
    let columns = vec![
        Column::new(words::PART, Role::Key),
        Column::new(words::NAME, Role::Text),
        Column::new(words::AMOUNT, Role::Amount),
        Column::new(words::HOW, Role::Text),
    ];
    let mut rows = Vec::new();
    let mut written = written_at(nodes, books)?.into_iter();
    for ((node, number), refer) in nodes.iter().zip(numbers).zip(refer) {
        let how = match &node.how {
            How::Sum => Cell::label(("아래 금액의 합", "sum of those below")),
            How::Ratio => Cell::label(("첫째 ÷ 둘째", "the first ÷ the second")),
            How::Rule(rule) => Cell { value: Value::Said(rule.clone()), why: Why::Label },
            How::Lines(..) => match refer {
                None => Cell::label(("내역의 합(아래 표)", "sum of lines, below")),
                Some(table) => Cell::label((format!("내역의 합({table} 표)"), format!("sum of the lines of {table}"))),
            },
            How::Place(_) => Cell::label(Text::same(written.next().unwrap_or_default())),
            How::Nothing => Cell::label(("적힌 것이 없음", "nothing is written of it")),
        };
        let sums = matches!(node.how, How::Sum);
        let why = match &node.how {
            How::Lines(slice, _) if node.book == 0 => Why::Summed(*slice),
            How::Place(span) if node.book == 0 => Why::Read(*span),
            _ => Why::Label,
        };
        // A sum that stands here the other way round is not what its lines add up to.
        let why = match (&node.how, why) {
            (How::Lines(_, Sign::Minus), Why::Summed(slice)) => Why::Worked(vec![(
                Sign::Minus,
                Step { name: node.name.clone(), amount: -node.amount, why: Why::Summed(slice) },
            )]),
            (_, why) => why,
        };
        let amount = match node.how {
            How::Ratio => Cell::blank(Why::Label),
            _ => Cell::amount(node.amount, why),
        };
        let cells = vec![Cell::label(Text::same(number.as_str())), Cell::label(node.name.clone()), amount, how];
        let class = if node.parent.is_none() { RowClass::Total } else { RowClass::Body };
        let key = number.clone();
        rows.push(Row { class, key: key.into(), depth: 0, parent: node.parent, complete: sums, cells });
    }
    let id = format!("parts-{}", n + 1);
    let table = Table { id, caption: None, unit: Unit::Won, columns, rows, notes: Vec::new() };
    Ok(table.scaled(&exactly(books[0])))
}

/// What is written of the nodes that stand in a file, in their order, every file being read once:
/// `data/2016/plan-items.toml:34: 10,000`.
fn written_at(nodes: &[Node], books: &[&Books]) -> io::Result<Vec<String>> {
    let spans = |book: usize| {
        nodes.iter().filter_map(move |node| match node.how {
            How::Place(span) if node.book == book => Some(span),
            _ => None,
        })
    };
    let mut places = Vec::new();
    for (n, one) in books.iter().enumerate() {
        places.push(one.sources.places(&spans(n).collect::<Vec<_>>())?.into_iter());
    }
    let written = nodes.iter().filter(|node| matches!(node.how, How::Place(_))).map(|node| {
        let place: Option<Place> = places.get_mut(node.book).and_then(Iterator::next);
        place.map(|place| format!("{}:{}: {}", place.path, place.line, &place.text[place.marked.clone()]))
    });
    Ok(written.map(Option::unwrap_or_default).collect())
}

/// Every digit, in won: an auditor's table.
fn exactly(books: &Books) -> Scale<'_> {
    super::Paper { unit: Unit::Won, shown: Shown::Exactly }.scale(books)
}

/// The lines behind one sum, in the order of files.
fn lines_table(
    id: String,
    caption: Option<Text>,
    found: &Found,
    (slice, sign): (&Slice, Sign),
    book: usize,
    books: &[&Books],
) -> io::Result<Table> {
    let own = books[book];
    let spans: Vec<Span> = found.lines.keys().map(|origin| Span::new(origin.source, origin.at, 0)).collect();
    let places = own.sources.places(&spans)?;
    let units: HashMap<_, Unit> = own.line_files.iter().map(|file| (file.source, file.unit)).collect();
    let signed = |money: Money| if sign == Sign::Plus { money } else { -money };
    // A place is one of a book's own files, and a sum one of its lines.
    let of_book = |cell: Cell| if book > 0 { cell.elsewhere(book) } else { cell };
    let with_item = found.lines.values().any(|kept| kept.item.is_some());
    let with_fund = found.lines.values().any(|kept| kept.fund.is_some());
    let mut columns = vec![
        Column::new(words::WHERE, Role::Key),
        Column::new(words::DATE, Role::Text),
        Column::new(words::KIND, Role::Text),
        Column::new(words::ACCOUNT, Role::Text),
        Column::new(words::REF, Role::Text),
    ];
    columns.extend(with_item.then(|| Column::new(words::PLANNED_ITEM, Role::Text)));
    columns.extend(with_fund.then(|| Column::new(words::FUND, Role::Text)));
    columns.extend([
        Column::new(words::MEMO, Role::Text),
        Column::new(words::WRITTEN, Role::Text),
        Column::new(words::UNIT, Role::Text),
        Column::new(words::EFFECT, Role::Amount),
    ]);
    let total = found.lines.len() + usize::from(found.more > 0);
    let mut rows: Vec<Row> = found
        .lines
        .iter()
        .zip(places)
        .map(|((origin, kept), place)| {
            let key = format!("{}:{}", place.path, place.line);
            let mut cells = vec![
                Cell::label(Text::same(key.as_str())),
                Cell { value: Value::Dates(Some(kept.date), Some(kept.date)), why: Why::Label },
                Cell::label(kind(kept)),
                Cell::label(accounts(kept, own)),
                text(kept.reference.as_deref()),
            ];
            cells.extend(with_item.then(|| text(kept.item.map(|id| own.item(id).id.as_str()))));
            cells.extend(with_fund.then(|| {
                text(kept.fund.and_then(|id| own.year.funds.get(id.0 as usize)).map(|fund| fund.id.as_str()))
            }));
            let unit = units.get(&origin.source).copied().unwrap_or_default();
            cells.extend([
                text(kept.memo.as_deref()),
                Cell::label(Text::same(kept.written.as_str())),
                Cell::label(unit.word().text()),
                of_book(Cell::amount(signed(kept.effect), Why::Read(row_of(*origin)))),
            ]);
            Row { class: RowClass::Body, key: key.into(), depth: 1, parent: Some(total), complete: true, cells }
        })
        .collect();
    let width = columns.len();
    let row = |key: &str, name: Text, class: RowClass, amount: Option<Cell>, parent: Option<usize>| {
        let mut cells = vec![Cell::label(name)];
        cells.resize(width - 1, Cell::blank(Why::Label));
        cells.push(amount.unwrap_or(Cell::blank(Why::NoLines)));
        Row { class, key: key.into(), depth: u32::from(parent.is_some()), parent, complete: true, cells }
    };
    let mut notes = Vec::new();
    if found.more > 0 {
        let name = Text::new(format!("그 밖의 줄 {}개", found.more), format!("other lines: {}", found.more));
        let rest = found.more_effect.map(|money| Cell::amount(signed(money), Why::Label));
        rows.push(row("more", name, RowClass::Body, rest, Some(total)));
        notes.push(Note::remark(Sentence::plain((
            "모든 줄을 보려면 `--lines 0`을 붙일 것",
            "add `--lines 0` to see every line",
        ))));
    }
    let why = |money: Money| match sign {
        Sign::Plus => Why::Summed(*slice),
        Sign::Minus => {
            Why::Worked(vec![(sign, Step { name: words::EFFECT.text(), amount: money, why: Why::Summed(*slice) })])
        }
    };
    let sum = found.sum().map(|money| of_book(Cell::amount(signed(money), why(money))));
    rows.push(row(super::ROOT_KEY, Text::new("합", "Sum"), RowClass::Total, sum, None));
    let table = Table { id, caption, unit: Unit::Won, columns, rows, notes };
    Ok(table.scaled(&exactly(books[0])))
}

/// The row that a line stands in.
fn row_of(origin: Origin) -> Span {
    Span::new(origin.source, origin.at, 0)
}

fn text(text: Option<&str>) -> Cell {
    Cell::label(Text::same(text.unwrap_or_default()))
}

/// `집행`, `정정(집행)`
fn kind(kept: &Kept) -> Text {
    let word = kept.kind.word();
    match kept.corrects.filter(|_| kept.kind == Kind::Correction) {
        None => word.text(),
        Some(corrected) => {
            let of = corrected.word();
            Text::new(format!("{}({})", word.ko, of.ko), format!("{} ({})", word.en, of.en))
        }
    }
}

/// The account of a line, and where it moves money to: `여비`, `여비 → 인건비`.
fn accounts(kept: &Kept, books: &Books) -> Text {
    let path = |id| books.account_path(id);
    let between =
        |from: Text, to: Text| Text::new(format!("{} → {}", from.ko, to.ko), format!("{} → {}", from.en, to.en));
    match kept.other {
        None => path(kept.account),
        // The reserve gives to the account, not the account to the reserve.
        Some(other) if kept.kind == Kind::ReserveUse => between(path(other), path(kept.account)),
        Some(other) => between(path(kept.account), path(other)),
    }
}
