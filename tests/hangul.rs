//! Documents of Hangul (HWPX): what is in the package, what its parts say, and what readers of others make of it.

mod support;

#[path = "hangul/expected.rs"]
mod expected;
#[path = "hangul/opened.rs"]
mod opened;

use expected::Said;
use opened::{Element, Opened};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use support::documents::{every_hard_page, every_page, written};
use support::{Book, CHART, root};
use wego_ledger::ledger::{Books, Date};
use wego_ledger::money::{Money, Unit};
use wego_ledger::render::{self, Format, Made, Style};
use wego_ledger::table::{
    Block, Cell, Chart, Column, Heading, Mark, Note, Page, Piece, Point, Role, Row, RowClass, Sentence, Shape, Table,
    Value, Why,
};
use wego_ledger::words::{self, Lang, Text};

const NASTY: &str = "=1+1 <script>&\"굵게\"'x'\u{0}\u{b}\u{202e}\u{ffff}\n둘째 줄  ]]> &amp;";

fn sentence(text: &str) -> Sentence {
    Sentence::with(
        Text::new(format!("{text}: {{0}} {{1}}"), format!("{text} in English: {{1}} {{0}}")),
        vec![
            Piece::Text(Text::same(NASTY)),
            Piece::Figure(Money::from_won(-1_234_500).exactly(Unit::Thousand), Some(Unit::Thousand)),
        ],
    )
}

fn table(id: &str, amounts: usize, rows: usize) -> Table {
    let key = Column::new(words::ACCOUNT, Role::Key);
    let period = Column::new(words::PERIOD, Role::Text);
    let amount = |n: usize| {
        Column::new(words::AMOUNT, Role::Amount).headed(Text::new(format!("금액 {n}"), format!("Amount {n}")))
    };
    let row = |n: usize| Row {
        class: if n == 0 { RowClass::Total } else { RowClass::Body },
        key: format!("row-{n}").into(),
        depth: u32::try_from(n % 14).expect("it is small"),
        parent: None,
        complete: false,
        cells: [
            Cell::label(Text::same(format!("{NASTY} {n}"))),
            Cell { value: Value::Dates(Date::day(2025, 3, 1), Date::day(2025, 12, 31)), why: Why::Label },
        ]
        .into_iter()
        .chain((0..amounts).map(|_| Cell::amount(Money::from_won(-999_999_999_999_999), Why::NoLines)))
        .collect(),
    };
    Table {
        id: id.to_owned(),
        caption: Some(Text::new(format!("표 {id}"), format!("Table {id}"))),
        unit: Unit::Won,
        columns: [key, period].into_iter().chain((1..=amounts).map(amount)).collect(),
        rows: (0..rows).map(row).collect(),
        notes: vec![Note { items: vec![sentence("항목")], ..Note::caution(sentence("참고")) }],
    }
}

/// A page of blocks of every kind, with tables for each sheet.
fn page(blocks: Vec<Block>) -> (Page, &'static Books) {
    let books = Book::of(&CHART, "date,account,kind,amount\n").read().books;
    let scale = wego_ledger::table::Scale {
        unit: Unit::Won,
        shown: wego_ledger::table::Shown::Rounded,
        presentation: &books.year.presentation,
    };
    let scaled = blocks.into_iter().map(|block| match block {
        Block::Table(table) => Block::Table(table.scaled(&scale)),
        other => other,
    });
    (Page { report: "made-up", title: Text::new(format!("제목 {NASTY}"), "Title"), blocks: scaled.collect() }, books)
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading(Heading { level, text: Text::new(text, format!("{text} (en)")) })
}

fn every_block() -> Vec<Block> {
    let point = |depth, label: Option<&str>| Point { depth, label: label.map(Text::same), text: sentence("점") };
    let chart = Chart {
        id: "chart".to_owned(),
        title: Text::same("그림"),
        shape: Shape::Amounts,
        unit: Unit::Won,
        series: vec![Text::default()],
        points: vec![Mark { name: Text::same("표에 있는 것"), cells: vec![Cell::blank(Why::NoLines)] }],
    };
    vec![
        Block::PageBreak,
        heading(1, "Ⅰ. 일반 현황"),
        heading(2, "1. 조직"),
        Block::Paragraph(sentence("문단")),
        Block::List(vec![point(0, Some("기간")), point(1, None), point(2, None), point(40, Some(NASTY))]),
        Block::Table(table("narrow", 1, 5)),
        Block::Chart(chart),
        Block::PageBreak,
        heading(1, "Ⅱ. 넓은 표"),
        heading(9, "깊은 제목"),
        Block::Table(table("wide", 4, 40)),
        Block::Note(Note::remark(sentence("따로"))),
        heading(1, "Ⅲ. 더 넓은 표"),
        Block::Table(table("wider", 9, 3)),
        heading(1, "Ⅳ. 가장 넓은 표"),
        Block::Table(table("widest", 12, 2)),
        Block::PageBreak,
        Block::Table(Table { columns: Vec::new(), rows: Vec::new(), ..table("columnless", 0, 0) }),
        Block::Table(table("rowless", 1, 0)),
        Block::PageBreak,
    ]
}

/// Everything there is to be tried: reports of every book, hard ones, and a page of every kind of block.
fn everything(mut see: impl FnMut(&str, &Page, &Books)) {
    every_page(&mut see);
    every_hard_page(&mut see);
    let (whole, books) = page(every_block());
    see("every-block", &whole, books);
    let (none, books) = page(Vec::new());
    see("no-block", &none, books);
}

fn style(books: &Books, lang: Lang) -> Style<'_> {
    Style { lang, ..Style::plain(&books.year.presentation) }
}

fn bytes(page: &Page, books: &Books, lang: Lang) -> Vec<u8> {
    written(page, books, Format::Hwpx, lang).0
}

/// The languages that a page is tried in; the longest pages, whose texts differ in headings alone, in one.
fn langs(name: &str) -> &'static [Lang] {
    if name.starts_with("long-") { &[Lang::Ko] } else { &[Lang::Ko, Lang::En] }
}

/// What an opened document says.
fn said(opened: &Opened) -> Said {
    let mut said = Said::default();
    for section in opened.sections() {
        for paragraph in section.children.iter().filter(|child| child.name == "hp:p") {
            said.paragraphs.push(paragraph.said());
            for table in paragraph.all("hp:tbl") {
                let rows = table.all("hp:tr").into_iter();
                said.tables.push(rows.map(|row| row.all("hp:tc").iter().map(|cell| cell.said()).collect()).collect());
            }
        }
    }
    said
}

#[test]
fn a_document_says_what_its_page_says_cell_by_cell() {
    everything(|name, page, books| {
        for &lang in langs(name) {
            let found = said(&Opened::of(&bytes(page, books, lang)));
            let wanted = expected::of(page, &style(books, lang));
            assert_eq!(found.paragraphs, wanted.paragraphs, "{name} {lang:?}");
            assert_eq!(found.tables.len(), wanted.tables.len(), "{name} {lang:?}");
            for (found, wanted) in found.tables.iter().zip(&wanted.tables) {
                assert!(found == wanted, "{name} {lang:?}");
            }
        }
    });
}

#[test]
fn the_package_begins_with_what_it_is_and_knows_its_parts() {
    let (page, books) = page(every_block());
    let opened = Opened::of(&bytes(&page, books, Lang::Ko));
    let names: Vec<&str> = opened.parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names[0], opened.parts[0].1.as_slice()), ("mimetype", &b"application/hwp+zip"[..]));
    assert_eq!(opened.stored, ["mimetype"]);
    let raw = bytes(&page, books, Lang::Ko);
    assert_eq!(&raw[30..57], b"mimetypeapplication/hwp+zip", "nothing stands between the name and the type");
    let contents = opened.part("Contents/content.hpf");
    let items: Vec<&str> = contents.all("opf:item").iter().map(|item| item.get("href")).collect();
    assert!(items.iter().all(|item| names.contains(item)), "{items:?}");
    let parts = |name: &&&str| name.starts_with("Contents/") && !name.ends_with(".hpf");
    for name in names.iter().filter(parts) {
        assert!(items.contains(name), "{name} is in the list of parts");
        assert!(
            opened
                .part("META-INF/container.rdf")
                .all("pkg:hasPart")
                .iter()
                .any(|part| part.get("rdf:resource") == *name)
        );
    }
    let ids: BTreeSet<&str> = contents.all("opf:item").iter().map(|item| item.get("id")).collect();
    assert!(contents.all("opf:itemref").iter().all(|item| ids.contains(item.get("idref"))));
    let paths = opened.part("META-INF/container.xml");
    assert!(paths.all("ocf:rootfile").iter().all(|file| names.contains(&file.get("full-path"))));
    assert!(contents.all("opf:title")[0].said().starts_with("제목 =1+1 <script>&\"굵게\""));
    assert_eq!(contents.all("opf:meta")[0].said(), "단체", "the body is the creator");
    assert!(opened.part("Contents/header.xml").number("secCnt") as usize == opened.sections().len());
    let preview = &opened.parts.iter().find(|(name, _)| name == "Preview/PrvText.txt").expect("a preview").1;
    let preview = std::str::from_utf8(preview).expect("it is UTF-8");
    assert!(preview.starts_with("제목 =1+1") && preview.contains("Ⅰ. 일반 현황"), "{preview}");
}

/// Which list an attribute names something of, and by what.
const REFERENCES: [(&str, &str); 6] = [
    ("charPrIDRef", "hh:charPr"),
    ("paraPrIDRef", "hh:paraPr"),
    ("styleIDRef", "hh:style"),
    ("nextStyleIDRef", "hh:style"),
    ("borderFillIDRef", "hh:borderFill"),
    ("tabPrIDRef", "hh:tabPr"),
];

#[test]
fn whatever_is_named_is_there_and_counts_are_right() {
    everything(|name, page, books| {
        let opened = Opened::of(&bytes(page, books, Lang::Ko));
        let header = opened.part("Contents/header.xml");
        header.walk(&mut |element| {
            for count in ["itemCnt", "fontCnt"] {
                if element.attributes.iter().any(|(known, _)| known == count) {
                    assert_eq!(element.number(count) as usize, element.children.len(), "{name}: {}", element.name);
                }
            }
        });
        let known: Vec<BTreeSet<&str>> =
            REFERENCES.iter().map(|(_, list)| header.all(list).iter().map(|one| one.get("id")).collect()).collect();
        let sections = opened.sections();
        for part in std::iter::once(&header).chain(&sections) {
            part.walk(&mut |element| {
                for ((reference, _), known) in REFERENCES.iter().zip(&known) {
                    let named = element.attributes.iter().find(|(name, _)| name == reference);
                    // The heads of an outline have no look of their own.
                    if let Some((_, id)) = named.filter(|(_, id)| *id != u32::MAX.to_string()) {
                        assert!(known.contains(id.as_str()), "{name}: {reference} {id} of {}", element.name);
                    }
                }
            });
        }
        let fonts = header.all("hh:fontface")[0].children.len() as u64;
        assert!(header.all("hh:fontRef").iter().all(|font| font.number("hangul") < fonts));
        let mut ids = BTreeSet::new();
        for element in sections.iter().flat_map(|section| [section.all("hp:p"), section.all("hp:tbl")].concat()) {
            assert!(ids.insert(element.number("id")), "{name}: {} is twice", element.number("id"));
        }
    });
}

/// The room for text on the sheets of a section.
fn room(section: &Element) -> (u64, bool) {
    let paper = section.all("hp:pagePr")[0];
    let margin = section.all("hp:margin")[0];
    let turned = paper.get("landscape") == "NARROWLY";
    let width = paper.number(if turned { "height" } else { "width" });
    (width - margin.number("left") - margin.number("right"), turned)
}

#[test]
fn tables_fill_the_sheet_and_no_figure_is_wider_than_its_column() {
    everything(|name, page, books| {
        for &lang in langs(name) {
            let opened = Opened::of(&bytes(page, books, lang));
            let header = opened.part("Contents/header.xml");
            let sizes: Vec<u64> = header.all("hh:charPr").iter().map(|look| look.number("height")).collect();
            let aligns: Vec<&str> = header.all("hh:align").iter().map(|align| align.get("horizontal")).collect();
            let lefts: Vec<u64> = header.all("hc:left").iter().step_by(2).map(|left| left.number("value")).collect();
            for section in opened.sections() {
                let (room, _) = room(&section);
                for table in section.all("hp:tbl") {
                    assert_eq!((table.get("repeatHeader"), table.get("pageBreak")), ("1", "CELL"));
                    let rows = table.all("hp:tr");
                    assert_eq!(rows.len() as u64, table.number("rowCnt"));
                    assert_eq!(table.all("hp:sz")[0].number("width"), room, "{name}");
                    let columns = table.number("colCnt");
                    for (n, row) in rows.iter().enumerate() {
                        let cells = row.all("hp:tc");
                        let widths = cells.iter().map(|cell| cell.all("hp:cellSz")[0].number("width"));
                        assert_eq!((cells.len() as u64, widths.sum::<u64>()), (columns, room), "{name}");
                        for (column, cell) in cells.iter().enumerate() {
                            assert_eq!(cell.get("header"), if n == 0 { "1" } else { "0" });
                            let place = cell.all("hp:cellAddr")[0];
                            assert_eq!((place.number("rowAddr"), place.number("colAddr")), (n as u64, column as u64));
                            let width = cell.all("hp:cellSz")[0].number("width");
                            let margin = cell.all("hp:cellMargin")[0];
                            let inner = width.saturating_sub(margin.number("left") + margin.number("right"));
                            let paragraph = cell.all("hp:p")[0].number("paraPrIDRef") as usize;
                            assert!(lefts[paragraph] * 2 <= inner, "{name}: the indent takes more than half");
                            let size = sizes[cell.all("hp:run")[0].number("charPrIDRef") as usize];
                            let figure = cell.said();
                            if aligns[paragraph] == "RIGHT" {
                                let wide = |c: char| if c == '△' { size } else { size * 3 / 5 };
                                let marks = |c: &char| matches!(c, ',' | '.');
                                let needed = figure.chars().filter(|c| !marks(c)).map(wide).sum::<u64>()
                                    + figure.chars().filter(marks).count() as u64 * size * 3 / 10;
                                assert!(needed <= inner, "{name}: {figure} in {inner}");
                                assert_eq!(cell.all("hp:subList")[0].get("lineWrap"), "SQUEEZE");
                            }
                        }
                    }
                }
            }
        }
    });
}

#[test]
fn wide_tables_turn_the_sheet_with_what_belongs_to_them_and_too_wide_ones_are_told() {
    let (page, books) = page(every_block());
    let (bytes, warnings) = written(&page, books, Format::Hwpx, Lang::Ko);
    let sections = Opened::of(&bytes).sections();
    let first = |section: &Element| section.all("hp:p")[0].said();
    let turned: Vec<(bool, u64, String)> = sections
        .iter()
        .map(|section| (room(section).1, section.all("hp:pagePr")[0].number("width"), first(section)))
        .collect();
    assert_eq!(turned.len(), 4, "{turned:?}");
    assert_eq!((turned[0].0, turned[0].1), (false, 59_528));
    assert_eq!((turned[1].0, turned[1].1, turned[1].2.as_str()), (true, 59_528, "Ⅱ. 넓은 표"));
    assert_eq!((turned[2].0, turned[2].1, turned[2].2.as_str()), (true, 84_188, "Ⅲ. 더 넓은 표"));
    assert_eq!((turned[3].0, turned[3].1, turned[3].2.as_str()), (false, 59_528, "표 columnless"));
    let notes: Vec<String> =
        sections[1].children.iter().map(Element::said).filter(|text| text.starts_with("※ 따로")).collect();
    assert_eq!(notes.len(), 1, "a note stays with the table before it");
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].ko.contains("`widest`") && warnings[0].en.contains("`widest`"), "{warnings:?}");
}

#[test]
fn a_table_wider_than_any_sheet_is_refused() {
    let (page, books) = page(vec![Block::Table(table("widest", 80, 2))]);
    let made = Made { page: &page, books: &[books], lines: &[] };
    let refused = render::write(&made, Format::Hwpx, &style(books, Lang::Ko), &mut Vec::new());
    let Err(render::Error::TooLarge(text)) = refused else { panic!("it was written") };
    assert!(text.ko.contains("`widest`의 열 82개") && text.en.contains("the 82 columns"), "{text}");
}

#[test]
fn a_page_break_begins_a_sheet_and_headings_are_of_the_outline() {
    let (page, books) = page(every_block());
    let opened = Opened::of(&bytes(&page, books, Lang::Ko));
    let header = opened.part("Contents/header.xml");
    let sections = opened.sections();
    let breaks: Vec<String> = sections
        .iter()
        .flat_map(|one| one.all("hp:p"))
        .filter(|p| p.get("pageBreak") == "1")
        .map(|p| p.said())
        .collect();
    // The others are where a section begins, or at the end.
    assert_eq!(breaks, ["Ⅰ. 일반 현황"]);
    let outline = |text: &str| {
        let paragraphs = sections.iter().flat_map(|one| one.all("hp:p"));
        let paragraph = paragraphs.into_iter().find(|p| p.said() == text).expect("it is there");
        let look = header.all("hh:paraPr")[paragraph.number("paraPrIDRef") as usize];
        let style = header.all("hh:style")[paragraph.number("styleIDRef") as usize];
        let heading = look.all("hh:heading")[0];
        (heading.get("type").to_owned(), heading.number("level"), style.get("name").to_owned())
    };
    assert_eq!(outline("Ⅰ. 일반 현황"), ("OUTLINE".to_owned(), 0, "개요 1".to_owned()));
    assert_eq!(outline("1. 조직"), ("OUTLINE".to_owned(), 1, "개요 2".to_owned()));
    assert_eq!(outline("깊은 제목"), ("OUTLINE".to_owned(), 6, "개요 7".to_owned()));
    assert_eq!(outline("표 narrow").0, "NONE");
}

#[test]
fn rules_are_thick_above_and_below_a_table_and_totals_are_bold() {
    let (page, books) = page(every_block());
    let opened = Opened::of(&bytes(&page, books, Lang::Ko));
    let header = opened.part("Contents/header.xml");
    let borders = header.all("hh:borderFill");
    let border = |cell: &Element, side: &str| {
        let border = borders.iter().find(|one| one.get("id") == cell.get("borderFillIDRef")).expect("it is there");
        border.all(side)[0].get("width").to_owned()
    };
    let grey = |cell: &Element| {
        let border = borders.iter().find(|one| one.get("id") == cell.get("borderFillIDRef")).expect("it is there");
        !border.all("hc:winBrush").is_empty()
    };
    let bold = |cell: &Element| {
        let look = header.all("hh:charPr")[cell.all("hp:run")[0].number("charPrIDRef") as usize];
        !look.all("hh:bold").is_empty()
    };
    for section in opened.sections() {
        for table in section.all("hp:tbl") {
            let rows = table.all("hp:tr");
            for (n, row) in rows.iter().enumerate() {
                for cell in row.all("hp:tc") {
                    assert_eq!(border(cell, "hh:topBorder") == "0.4 mm", n == 0);
                    assert_eq!(border(cell, "hh:bottomBorder") == "0.4 mm", n == rows.len() - 1);
                    assert_eq!(grey(cell), n == 0);
                    assert_eq!(bold(cell), n < 2, "headings and the total");
                }
            }
        }
    }
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let (page, books) = page(every_block());
    for lang in [Lang::Ko, Lang::En] {
        assert!(bytes(&page, books, lang) == bytes(&page, books, lang));
    }
    assert!(bytes(&page, books, Lang::Ko) != bytes(&page, books, Lang::En));
    let whole = String::from_utf8_lossy(&bytes(&page, books, Lang::Ko)).into_owned();
    assert!(!whole.contains("linesegarray"));
    for (name, part) in Opened::of(&bytes(&page, books, Lang::Ko)).parts {
        assert!(!String::from_utf8_lossy(&part).contains("linesegarray"), "{name} keeps a cache of lines");
    }
}

#[test]
fn more_rows_than_a_table_can_have_go_on_in_another() {
    let (page, books) = page(vec![Block::Table(table("long", 1, 30_001))]);
    let opened = Opened::of(&bytes(&page, books, Lang::Ko));
    let section = &opened.sections()[0];
    let rows: Vec<u64> = section.all("hp:tbl").iter().map(|table| table.number("rowCnt")).collect();
    assert_eq!(rows, [30_001, 2], "each has its headings");
}

/// Writes everything into two folders with what it has to say, and runs a script of another's reader over each.
fn read_by(program: &Path, script: &str, arguments: &[&Path]) {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a temporary folder"));
    let mut written = 0;
    everything(|name, page, books| {
        for &lang in langs(name) {
            let language = if lang == Lang::Ko { "ko" } else { "en" };
            let wanted = expected::of(page, &style(books, lang));
            let json = serde_json::to_string(&wanted).expect("it is text");
            let file = folders[written % 2].path().join(format!("{name}.{language}.hwpx"));
            std::fs::write(file.with_extension("json"), json).expect("it can be written");
            std::fs::write(file, bytes(page, books, lang)).expect("it can be written");
            written += 1;
        }
    });
    let script = root().join("tests/hangul").join(script);
    let readers = folders.each_ref().map(|folder| {
        let mut command = Command::new(program);
        command.arg(&script).arg(folder.path()).args(arguments).current_dir(root());
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        piped.unwrap_or_else(|error| panic!("{} is needed: {error}", program.display()))
    });
    for reader in readers {
        let output = reader.wait_with_output().expect("it was started");
        let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{told}");
    }
}

#[test]
#[ignore = "needs python3 with python-hwpx"]
fn schema_and_package_validators_are_content_and_another_reader_finds_every_cell() {
    read_by(&root().join("target/ci/bin/python3"), "valid.py", &[]);
}

#[test]
#[ignore = "needs node with @rhwp/core"]
fn another_program_lays_it_out_with_every_text() {
    read_by(Path::new("node"), "laid_out.mjs", &[&root().join("target/ci/node_modules")]);
}
