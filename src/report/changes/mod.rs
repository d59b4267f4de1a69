//! What changed in a book since an earlier state of it: which lines came, went or are others now, and which figures of
//! the settlement that moved.

mod lines;

pub use lines::{Prints, Wanted, unshared};

use super::Paper;
use super::layouts::Layout;
use super::settlement::Settlement;
use crate::ledger::{AccountId, Books, Sign};
use crate::source::{Source, Span};
use crate::table::{
    Block, Cell, Column, Note, Page, Piece, Role, Row, RowClass, Scale, Sentence, Shown, Table, Value, Why,
};
use crate::tally::Tally;
use crate::words::{self, Text};
use lines::{Change, Kept, paired};
use std::collections::BTreeMap;
use std::io;

/// One of the two states of a book.
pub struct State<'b, 't> {
    /// The books as they are in it.
    pub books: &'b Books,
    /// Their sums.
    pub tally: &'t Tally<'b>,
    /// The lines that only it has.
    pub own: Wanted<'b>,
}

/// The page of what changed. It is made from the later books first, and the earlier second; `since` names the earlier.
///
/// # Errors
/// Whatever reading the files again for the places fails with.
pub fn changes(earlier: State<'_, '_>, later: State<'_, '_>, since: &str, paper: Paper) -> io::Result<Page> {
    let number = later.books.year.fiscal_year;
    let entity = &later.books.year.entity;
    let title = Text::new(
        format!("{} {number}년도: `{since}` 이후 바뀐 것", entity.ko),
        format!("{}: what changed in {number} since `{since}`", entity.en),
    );
    let (old, new) = (earlier.books, later.books);
    let figures = figures((old, earlier.tally), (new, later.tally), paper);
    let files = other_files(old, new)?;
    let changes = paired(earlier.own.lines(), later.own.lines());
    let counts = counts(&changes, figures.rows.len());
    let lines = lines_table(&changes, old, new, paper)?;
    let scale = paper.scale(new);
    let mut blocks = vec![Block::Paragraph(counts)];
    if !files.is_empty() {
        blocks.push(Block::Paragraph(Sentence::with(
            ("줄 말고 바뀐 파일: {0}", "files changed besides: {0}"),
            vec![Piece::Text(Text::joined(&files))],
        )));
    }
    if !figures.rows.is_empty() {
        blocks.push(Block::Table(figures.scaled(&scale)));
    }
    if !lines.rows.is_empty() {
        // Lines are shown to the last digit: what changed may be the last.
        blocks.push(Block::Table(lines.scaled(&Scale { shown: Shown::Exactly, ..scale })));
    }
    Ok(Page { report: "changes", title, blocks })
}

/// `줄: 추가 2개, 삭제 1개, 변경 3개. 정산에서 움직인 값 5개`
fn counts(changes: &[Change], figures: usize) -> Sentence {
    let count = |is: fn(&Change) -> bool| Piece::Count(changes.iter().filter(|change| is(change)).count() as u64);
    if changes.is_empty() && figures == 0 {
        return Sentence::plain(("바뀐 줄도, 움직인 값도 없음", "no line changed and no figure moved"));
    }
    Sentence::with(
        (
            "줄: 추가 {0}개, 삭제 {1}개, 변경 {2}개. 정산에서 움직인 값 {3}개",
            "lines added: {0}, removed: {1}, changed: {2}; figures of the settlement that moved: {3}",
        ),
        vec![
            count(|change| matches!(change, Change::Added(_))),
            count(|change| matches!(change, Change::Removed(_))),
            count(|change| matches!(change, Change::Changed { .. })),
            Piece::Count(figures as u64),
        ],
    )
}

/// The cells of the settlement that say something else than they did.
fn figures((old, old_tally): (&Books, &Tally<'_>), (new, new_tally): (&Books, &Tally<'_>), paper: Paper) -> Table {
    let (before, now) = (Settlement::of(old, old_tally), Settlement::of(new, new_tally));
    let layout = Layout::of(&new.year.presentation);
    let columns = vec![
        Column::new(words::ACCOUNT, Role::Key),
        Column::new(words::FIGURE, Role::Text),
        Column::new(words::EARLIER, Role::Amount).standing(),
        Column::new(words::LATER, Role::Amount).standing(),
        Column::new(words::CHANGE, Role::Amount).standing().from(&[(Sign::Plus, 3), (Sign::Minus, 2)]),
    ];
    let mut paths: Vec<_> = new.accounts.in_order().into_iter().map(|id| new.accounts.get(id).path.clone()).collect();
    let gone = old.accounts.in_order().into_iter().map(|id| old.accounts.get(id).path.clone());
    let gone: Vec<_> = gone.filter(|path| !path.is_empty() && new.accounts.at(path).is_none()).collect();
    paths.extend(gone);
    let mut rows = Vec::new();
    for path in paths {
        let (was, is) = (old.accounts.at(&path), new.accounts.at(&path));
        for (term, _) in &layout.columns {
            let cell = |settlement: &Settlement<'_>, id: Option<AccountId>| {
                id.map_or(Cell::blank(Why::NoLines), |id| settlement.cell(id, *term))
            };
            let (before, now) = (cell(&before, was), cell(&now, is));
            if before.value == now.value {
                continue;
            }
            let before = before.elsewhere(1);
            let steps =
                [(Sign::Plus, now.step(words::LATER.text())), (Sign::Minus, before.step(words::EARLIER.text()))];
            let steps = steps.into_iter().filter_map(|(sign, step)| Some((sign, step?)));
            let change = match (before.money(), now.money()) {
                (None, None) => Cell::blank(Why::NotDerivable),
                // What was absent and is there now changed by all of it.
                _ => Cell::worked(steps.collect()),
            };
            let shown = if path.is_empty() { super::ROOT_KEY } else { path.as_str() };
            let name = match is.or(was) {
                Some(AccountId::ROOT) => new.year.presentation.total_label.clone(),
                _ => Text::same(shown),
            };
            let cells = vec![Cell::label(name), Cell::label(term.word().text()), before, now, change];
            let key = format!("{shown}#{}", term.word().id);
            let class = if path.is_empty() { RowClass::Total } else { RowClass::Body };
            rows.push(Row { class, key: key.into(), depth: 0, parent: None, complete: false, cells });
        }
    }
    let caption = Some(Text::new("정산에서 움직인 값", "Figures of the settlement that moved"));
    Table { id: "figures".to_owned(), caption, unit: paper.unit, columns, rows, notes: Vec::new() }
}

fn lines_table(changes: &[Change], old: &Books, new: &Books, paper: Paper) -> io::Result<Table> {
    let columns = vec![
        Column::new(words::WHERE, Role::Key),
        Column::new(words::WHAT_HAPPENED, Role::Text),
        Column::new(words::DATE, Role::Text),
        Column::new(words::KIND, Role::Text),
        Column::new(words::ACCOUNT, Role::Text),
        Column::new(words::REF, Role::Text),
        Column::new(words::EARLIER, Role::Amount).standing(),
        Column::new(words::LATER, Role::Amount).standing(),
        Column::new(words::FIELDS, Role::Text),
    ];
    // What is there is told by its place now; what is gone by the place where it was.
    let (mut now, mut was) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Added(kept) | Change::Changed { is: kept, .. } => now.push(at(kept)),
            Change::Removed(kept) => was.push(at(kept)),
        }
    }
    let mut now = new.sources.places(&now)?.into_iter();
    let mut was = old.sources.places(&was)?.into_iter();
    let mut rows: Vec<(String, u64, Row)> = Vec::new();
    for change in changes {
        let (place, kept, word, before, after, fields) = match change {
            Change::Added(kept) => (now.next(), kept, ("추가", "added"), None, Some(kept.amount), Text::default()),
            Change::Removed(kept) => (was.next(), kept, ("삭제", "removed"), Some(kept.amount), None, Text::default()),
            Change::Changed { was, is } => {
                (now.next(), is, ("변경", "changed"), Some(was.amount), Some(is.amount), fields(was, is))
            }
        };
        let Some(place) = place else { continue };
        let key = format!("{}:{}", place.path, place.line);
        // Each amount stands in its own state of the book.
        let (was_at, is_at) = match change {
            Change::Added(kept) => (None, Some(at(kept))),
            Change::Removed(kept) => (Some(at(kept)), None),
            Change::Changed { was, is } => (Some(at(was)), Some(at(is))),
        };
        let read = |(money, span)| Cell::amount(money, Why::Read(span));
        let before = before.zip(was_at).map_or(Cell::blank(Why::NoLines), |found| read(found).elsewhere(1));
        let after = after.zip(is_at).map_or(Cell::blank(Why::NoLines), read);
        let account = match &kept.to {
            Some(to) => format!("{} → {to}", kept.account),
            None => kept.account.clone(),
        };
        let cells = vec![
            Cell::label(Text::same(key.as_str())),
            Cell::label(word),
            Cell { value: Value::Dates(Some(kept.date), Some(kept.date)), why: Why::Label },
            Cell::label(kept.kind.word().text()),
            Cell::label(Text::same(account)),
            Cell::label(Text::same(kept.reference.clone().unwrap_or_default())),
            before,
            after,
            Cell::label(fields),
        ];
        let row = Row { class: RowClass::Body, key: key.into(), depth: 0, parent: None, complete: false, cells };
        rows.push((place.path, place.line, row));
    }
    rows.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let caption = Some(Text::new("바뀐 줄", "Lines that changed"));
    let rows = rows.into_iter().map(|(_, _, row)| row).collect();
    let mut notes = Vec::new();
    if changes.iter().any(|change| matches!(change, Change::Changed { .. })) {
        notes.push(Note::remark(Sentence::plain((
            "변경은 구분과 증빙번호가 같은 줄, 또는 구분·과목·일자(아니면 금액·적요)가 같은 줄이 앞뒤에 하나씩뿐일 때임. 그렇지 않으면 삭제와 추가로 적음",
            "changed: the only line before and the only one after of the same kind and voucher, or of the same kind, account and date (or amount and memo); else it stands as removed and added",
        ))));
    }
    Ok(Table { id: "lines".to_owned(), caption, unit: paper.unit, columns, rows, notes })
}

fn at(kept: &Kept) -> Span {
    Span::new(kept.origin.source, kept.origin.at, 0)
}

/// Which fields of a line are others than they were: `금액, 적요`.
fn fields(was: &Kept, is: &Kept) -> Text {
    let mut changed: Vec<words::Word> = Vec::new();
    let mut field = |differs: bool, word: words::Word| changed.extend(differs.then_some(word));
    field(was.amount != is.amount, words::AMOUNT);
    field(was.date != is.date, words::DATE);
    field(was.account != is.account || was.to != is.to, words::ACCOUNT);
    field(was.item != is.item, words::PLANNED_ITEM);
    field(was.fund != is.fund, words::FUND);
    field(was.reference != is.reference || was.of != is.of, words::REF);
    field(was.memo != is.memo || was.payee != is.payee, words::MEMO);
    if changed.is_empty() {
        return Text::new("세부구분", "subtype");
    }
    let Text { ko, en } = Text::joined(&changed.iter().map(words::Word::text).collect::<Vec<_>>());
    Text::new(ko, en.to_lowercase())
}

/// Files that hold no account lines and are others than they were: manifests, plans, records, printed figures.
fn other_files(old: &Books, new: &Books) -> io::Result<Vec<Text>> {
    let (was, is) = (files(old)?, files(new)?);
    let mut names: Vec<&String> = was.keys().chain(is.keys()).collect();
    names.sort();
    names.dedup();
    let told = names.into_iter().filter_map(|name| match (was.get(name), is.get(name)) {
        (Some(before), Some(after)) if before == after => None,
        (Some(_), Some(_)) => Some(Text::same(name.as_str())),
        (None, _) => Some(Text::new(format!("{name}(새 파일)"), format!("{name} (new)"))),
        (_, None) => Some(Text::new(format!("{name}(없어짐)"), format!("{name} (gone)"))),
    });
    Ok(told.collect())
}

/// Files by their names within the book, with what is in them but for line ends.
fn files(books: &Books) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let is_lines = |id| books.line_files.iter().any(|file| file.source == id);
    let mut files = BTreeMap::new();
    for (_, source) in books.sources.iter().filter(|(id, _)| !is_lines(*id)) {
        let bytes: Vec<u8> = source.whole()?.into_iter().filter(|byte| *byte != b'\r').collect();
        files.insert(within_book(source, books), bytes);
    }
    Ok(files)
}

/// `2015/year.toml` of `data/2015/year.toml`, or of `HEAD~1:2015/year.toml`.
fn within_book(source: &Source, books: &Books) -> String {
    let manifest = books.sources.iter().next().map(|(_, source)| source.name.clone()).unwrap_or_default();
    let folder = manifest.strip_suffix("book.toml").unwrap_or_default();
    source.name.strip_prefix(folder).unwrap_or(&source.name).replace('\\', "/")
}
