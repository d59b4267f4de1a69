//! Pages on paper: what a PDF holds, and what other people's readers find in it.

mod support;

use std::path::Path;
use std::process::Command;
use support::documents::{every_hard_page, every_page, written};
use support::{Book, CHART, Everything, root};
use wego_ledger::ledger::{Books, Presentation};
use wego_ledger::money::{Money, Unit};
use wego_ledger::render::{self, Format, Made, Style};
use wego_ledger::table::{
    Block, Cell, Chart, Column, Heading, Mark, Note, Page, Point, Role, Row, RowClass, Scale, Sentence, Shape, Shown,
    Step, Table, Why,
};
use wego_ledger::words::{self, Lang, Text};

/// Has a folder of pages read back, with the Python that `.ci/run` fills.
fn read_back(folder: &Path) {
    let ours = root().join("target/ci/bin/python3");
    let python = if ours.exists() { ours } else { "python3".into() };
    let output = Command::new(python).arg(root().join("tests/pdf/read_back.py")).arg(folder).output();
    let output = output.expect("python3 is installed");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && said.ends_with(" sheets\n"), "{said}");
}

/// Writes a page for the script: as PDF, and as what it is compared with.
fn put(folder: &Path, name: &str, page: &Page, books: &Books) {
    for (lang, language) in [(Lang::Ko, "ko"), (Lang::En, "en")] {
        for (format, ending) in [(Format::Pdf, "pdf"), (Format::Markdown, "md"), (Format::Csv, "csv")] {
            let (bytes, _) = written(page, books, format, lang);
            std::fs::write(folder.join(format!("{name}-{language}.{ending}")), bytes).expect("it can be written");
        }
    }
}

#[test]
#[ignore = "needs poppler and python3 with pypdf"]
fn every_page_reads_back_cell_by_cell() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("PDF_FOLDER").map(std::path::PathBuf::from);
    let path = kept.as_deref().unwrap_or(folder.path());
    every_page(|name, page, books| put(path, name, page, books));
    read_back(path);
}

#[test]
#[ignore = "needs poppler and python3 with pypdf"]
fn every_hard_page_reads_back_cell_by_cell() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("PDF_FOLDER").map(std::path::PathBuf::from);
    let path = kept.as_deref().unwrap_or(folder.path());
    every_hard_page(|name, page, books| put(path, name, page, books));
    read_back(path);
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let read = Everything::of(&root().join("data"), 2015, 1);
    let once = || written(&read.page(), read.books, Format::Pdf, Lang::Ko);
    let (bytes, warnings) = once();
    assert_eq!(warnings, []);
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(bytes == once().0);
}

/// A page of everything that is hard to set: many columns, long texts, deep lists, charts of each shape.
fn hard_page() -> (Page, Books) {
    let books = Book::of(&CHART, "date,account,kind,amount\n").read().books.clone();
    let long = "집행 기준을 정하고 그 결과를 시의회에 보고한다(지방재정법 제32조의2 제1항), 1,234,567원. ";
    let solid = "가나다라마바사아자차".repeat(30);
    let latin = "W".repeat(400);
    let heading = |level, text: &str| Block::Heading(Heading { level, text: Text::same(text) });
    let said = |text: &str| Sentence::plain(Text::same(text));
    let point = |depth, text: &str| Point { depth, label: None, text: said(text) };
    let mut blocks = vec![
        Block::Paragraph(said(&long.repeat(30))),
        heading(1, "Ⅰ. 첫 장"),
        heading(3, "건너뛴 제목"),
        heading(2, &solid),
        Block::Paragraph(said(&latin)),
        Block::List((0..14).map(|depth| point(depth, &format!("{depth} {long}"))).collect()),
        Block::List(vec![point(0, "=1+1"), point(2, &solid), point(1, "<script>&"), point(0, &latin)]),
        Block::Note(Note { items: vec![said(&solid), said(long)], ..Note::caution(said(&long.repeat(5))) }),
        heading(1, "Ⅱ. 표"),
        wide_table("wide", 30, Some("서른 칸")),
        wide_table("narrow", 1, None),
        long_cells(),
        heading(1, "Ⅲ. 그림"),
    ];
    for (shape, name) in [(Shape::Parts, "비율"), (Shape::Amounts, "금액"), (Shape::Course, "누계")] {
        for count in [1, 12, 70] {
            blocks.push(chart(shape, name, count));
        }
    }
    blocks.push(Block::PageBreak);
    blocks.push(heading(1, "끝"));
    (Page { report: "made-up", title: Text::same(format!("제목 {}", long.repeat(3))), blocks }, books)
}

fn amount(won: i64) -> Cell {
    Cell::amount(Money::from_won(won), Why::NoLines)
}

fn plain_row(class: RowClass, name: &str, depth: u32, cells: Vec<Cell>) -> Row {
    let cells = [Cell::label(Text::same(name))].into_iter().chain(cells).collect();
    Row { class, key: name.into(), depth, parent: None, complete: true, cells }
}

fn scaled(table: Table) -> Block {
    let presentation = Presentation::default();
    Block::Table(table.scaled(&Scale { unit: Unit::Won, shown: Shown::Rounded, presentation: &presentation }))
}

fn wide_table(id: &str, columns: usize, caption: Option<&str>) -> Block {
    let mut all = vec![Column::new(words::ACCOUNT, Role::Key)];
    all.extend(
        (0..columns).map(|n| Column::new(words::AMOUNT, Role::Amount).headed(Text::same(format!("{n}월 집행액")))),
    );
    let row = |n: usize| {
        let cells = (0..columns).map(|column| amount(-1_000_000_000_000_000 + (n * 31 + column) as i64)).collect();
        plain_row(RowClass::Body, &format!("{n} 과목 이름이 조금 긴 것"), 1, cells)
    };
    scaled(Table {
        id: id.to_owned(),
        caption: caption.map(Text::same),
        unit: Unit::Won,
        columns: all,
        rows: (0..60).map(row).collect(),
        notes: Vec::new(),
    })
}

/// A table with a cell of 5,000 characters, and one of a single word as long.
fn long_cells() -> Block {
    let texts = ["한 줄 글이 길다. ".repeat(500), "끊을데없는글".repeat(830), "1".repeat(5_000), String::new()];
    let rows = texts.iter().enumerate().map(|(n, text)| {
        let cells = vec![Cell::label(Text::same(text.clone())), amount(n as i64 * 1_000)];
        plain_row(RowClass::Body, &format!("{n}"), 1, cells)
    });
    scaled(Table {
        id: "long".to_owned(),
        caption: Some(Text::same("긴 칸")),
        unit: Unit::Won,
        columns: vec![
            Column::new(words::ITEM, Role::Key),
            Column::new(words::MEMO, Role::Text),
            Column::new(words::AMOUNT, Role::Amount),
        ],
        rows: rows.collect(),
        notes: vec![Note::remark(Sentence::plain(Text::same("긴 칸은 여러 쪽에 걸침")))],
    })
}

fn chart(shape: Shape, name: &str, count: usize) -> Block {
    let step = |won: i64| Step { name: Text::same("x"), amount: Money::from_won(won), why: Why::NoLines };
    let cell = |n: usize, series: usize| match (shape, n % 7) {
        (_, 5) => Cell::blank(Why::NoLines),
        (Shape::Parts, _) => Cell::rate(step((n as i64 * 17 + series as i64 * 9) % 130), step(100)),
        _ => amount((n as i64 - 3) * 1_234_567 * (series as i64 + 1)),
    };
    let series = if count == 12 { 2 } else { 1 };
    let mark = |n: usize| Mark {
        name: Text::same(format!(
            "2025-{:02}{}",
            n + 1,
            if count == 1 { "긴 이름 ".repeat(40) } else { String::new() }
        )),
        cells: (0..series).map(|series| cell(n, series)).collect(),
    };
    let presentation = Presentation::default();
    let scale = Scale { unit: Unit::Won, shown: Shown::Rounded, presentation: &presentation };
    let chart = Chart {
        id: format!("{name}-{count}"),
        title: Text::same(format!("{name} {count}")),
        shape,
        unit: Unit::Won,
        series: (0..series).map(|n| Text::same(format!("갈래 {n}"))).collect(),
        points: (0..count).map(mark).collect(),
    };
    Block::Chart(chart.scaled(&scale))
}

#[test]
#[ignore = "needs poppler and python3 with pypdf"]
fn whatever_is_hard_to_set_reads_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("PDF_FOLDER").map(std::path::PathBuf::from);
    let path = kept.as_deref().unwrap_or(folder.path());
    let (page, books) = hard_page();
    put(path, "everything", &page, &books);
    // Cells that go on over several sheets are several cells to whoever looks at rules alone.
    for language in ["ko", "en"] {
        std::fs::write(path.join(format!("everything-{language}.torn")), "").expect("it can be written");
    }
    read_back(path);
}

/// A page on which one character stands in a heading, a name and the last cell of the table.
fn page_of(text: &str) -> (Page, Books) {
    let books = Book::of(&CHART, "date,account,kind,amount\n").read().books.clone();
    let cells = vec![Cell::label(Text::same(format!("뜻 {text}"))), amount(1)];
    let table = scaled(Table {
        id: "one".to_owned(),
        caption: None,
        unit: Unit::Won,
        columns: vec![
            Column::new(words::ACCOUNT, Role::Key),
            Column::new(words::MEMO, Role::Text),
            Column::new(words::AMOUNT, Role::Amount),
        ],
        rows: vec![plain_row(RowClass::Total, "합계", 0, cells)],
        notes: Vec::new(),
    });
    let heading = Block::Heading(Heading { level: 1, text: Text::same(format!("머리 {text}")) });
    (Page { report: "made-up", title: Text::same("제목"), blocks: vec![heading, table] }, books)
}

fn with_fonts(page: &Page, books: &Books, fonts: &[Vec<u8>]) -> Result<(Vec<u8>, Vec<Text>), render::Error> {
    let made = Made { page, books: &[books], lines: &[] };
    let style = Style { fonts, ..Style::plain(&books.year.presentation) };
    let mut bytes = Vec::new();
    let unshown = render::write(&made, Format::Pdf, &style, &mut bytes)?;
    Ok((bytes, unshown))
}

#[test]
fn what_no_font_has_is_told_with_its_places() {
    let (page, books) = page_of("計 😀");
    let (_, told) = with_fonts(&page, &books, &[]).expect("it is written all the same");
    let told: Vec<(&str, &str)> = told.iter().map(|text| (text.ko.as_str(), text.en.as_str())).collect();
    assert_eq!(
        told,
        [
            (
                "글꼴에 없는 한자 1자를 ⌧로 그림: 計(U+8A08). 자리: 제목 / 머리 計 😀; 합계 / 적요. `--font 파일`로 글꼴을 더할 것",
                "no font has these Hanja, which are drawn as ⌧: 計(U+8A08); in 제목 / 머리 計 😀; 합계 / 적요; add a font with `--font FILE`",
            ),
            (
                "글꼴에 없는 글자 1자를 ⌧로 그림: 😀(U+1F600). 자리: 제목 / 머리 計 😀; 합계 / 적요. `--font 파일`로 글꼴을 더할 것",
                "no font has these characters, which are drawn as ⌧: 😀(U+1F600); in 제목 / 머리 計 😀; 합계 / 적요; add a font with `--font FILE`",
            ),
        ]
    );
}

#[test]
fn every_syllable_and_mark_of_korean_papers_is_there() {
    let all: String =
        ('가'..='힣').chain("·△▲▽▼□■○●◇◆※「」『』〈〉《》【】㎡㎢₩￦→←↔①②⑳ⅠⅡⅢⅳ㈜％～‰℃½§†…—–“”‘’éü".chars()).collect();
    let (page, books) = page_of(&all);
    let (_, told) = with_fonts(&page, &books, &[]).expect("it is written");
    assert_eq!(told, []);
}

#[test]
fn what_cannot_be_seen_is_neither_drawn_nor_missed() {
    let (page, books) = page_of("가\u{200b}나\u{feff}다\u{ad}라\u{fe0f}\t\n마\u{202e}");
    let (_, told) = with_fonts(&page, &books, &[]).expect("it is written");
    assert_eq!(told, []);
}

#[test]
fn a_font_that_is_none_is_told_by_its_number() {
    let (page, books) = page_of("計");
    let bold = include_bytes!("../src/render/pdf/fonts/Pretendard-Bold.otf").to_vec();
    for (fonts, wrong) in
        [(vec![b"no font".to_vec()], 0), (vec![Vec::new()], 0), (vec![bold.clone(), bold[..400].to_vec()], 1)]
    {
        match with_fonts(&page, &books, &fonts) {
            Err(render::Error::Font(n)) => assert_eq!(n, wrong),
            other => panic!("{:?}", other.map(|(bytes, told)| (bytes.len(), told))),
        }
    }
}

#[test]
#[ignore = "needs fonts-nanum, poppler and python3 with pypdf"]
fn a_font_that_is_given_draws_what_the_others_lack() {
    let nanum = std::fs::read("/usr/share/fonts/truetype/nanum/NanumGothic.ttf").expect("fonts-nanum is installed");
    let (page, books) = page_of("計 年");
    let (bytes, told) = with_fonts(&page, &books, &[nanum]).expect("it is written");
    assert_eq!(told, []);
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), "hanja", &page, &books);
    std::fs::write(folder.path().join("hanja-ko.pdf"), bytes).expect("it can be written");
    read_back(folder.path());
    let fonts =
        Command::new("pdffonts").arg(folder.path().join("hanja-ko.pdf")).output().expect("poppler is installed");
    assert!(String::from_utf8_lossy(&fonts.stdout).contains("NanumGothic"));
}

#[test]
fn the_file_promises_to_be_kept_and_read_out() {
    let (page, books) = page_of("計");
    let (bytes, _) = with_fonts(&page, &books, &[]).expect("it is written");
    let text = String::from_utf8_lossy(&bytes);
    for part in
        ["<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1", "/Lang(ko)", "/StructTreeRoot", "/Outlines"]
    {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn the_fonts_stand_whole_beside_their_licence() {
    let folder = root().join("src/render/pdf/fonts");
    let size = |name: &str| std::fs::metadata(folder.join(name)).map(|file| file.len()).unwrap_or_default();
    // As they are in `pretendard` 1.3.9: a font that is changed may not bear its name.
    assert_eq!((size("Pretendard-Regular.otf"), size("Pretendard-Bold.otf")), (1_574_352, 1_576_660));
    let licence = std::fs::read_to_string(folder.join("LICENSE.txt")).expect("the licence is there");
    assert!(licence.contains("Reserved Font Name Pretendard") && licence.contains("SIL OPEN FONT LICENSE Version 1.1"));
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest can be read");
    let left_out = manifest.lines().find(|line| line.starts_with("exclude")).expect("it leaves something out");
    assert!(!left_out.contains("src") && !left_out.contains("otf") && !left_out.contains("txt"));
}
