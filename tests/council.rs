//! The whole report: its sections and their order, its figures, the texts of the book, and what is wrong with an outline.

mod support;

use std::collections::HashSet;
use support::{Book, Everything, SOUND, rendered, root};
use wego_ledger::ledger::{Books, Section};
use wego_ledger::render::{self, Format, Made, Style};
use wego_ledger::report::{self, Checks, Contents, Layout, Paper, Reported, Settlement};
use wego_ledger::table::{Block, Page, Value, Why};
use wego_ledger::tally::Tally;

fn reported<'t>(read: &'t Everything, checks: Option<&'t Checks>) -> Reported<'static, 't> {
    Reported { books: read.books, tally: &read.tally, printed: &read.tally, checks }
}

/// The report of a year as its book has it, with the year before beside it.
fn whole(read: &Everything, before: Option<&Everything>) -> Page {
    of(read, before, &Contents::of(read.books))
}

fn of(read: &Everything, before: Option<&Everything>, contents: &Contents) -> Page {
    let paper = Paper::of(&read.books.year.presentation);
    report::council(reported(read, None), before.map(|one| reported(one, None)), contents, paper)
}

fn chosen(read: &Everything, names: &[&str]) -> Page {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    of(read, None, &Contents::named(read.books, &names).expect("sections"))
}

fn data(year: i32) -> Everything {
    Everything::of(&root().join("data"), year, 1)
}

/// The Korean headings down to a level.
fn headings(page: &Page, level: u8) -> Vec<&str> {
    let headings = page.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) if heading.level <= level => Some(heading.text.ko.as_str()),
        _ => None,
    });
    headings.collect()
}

fn text(page: &Page, read: &Everything) -> String {
    rendered(page, read.books, Format::Table)
}

/// The chapters of the source report in its order; what it has not stands behind.
#[test]
fn the_source_report_chapter_by_chapter() {
    let (before, now) = (data(2015), data(2016));
    let page = whole(&now, Some(&before));
    assert_eq!(page.title.ko, "WeGO '16년 사업계획 및 '15년 사업정산 보고");
    assert_eq!(
        headings(&page, 1),
        [
            "요약",
            "Ⅰ. 일반 현황",
            "Ⅱ. 정책비전 및 과제",
            "Ⅲ. '16년 사업계획",
            "Ⅳ. '15년 사업정산",
            "Ⅴ. 2015년도 반납 정산",
            "Ⅵ. 2015년도와 2016년도 비교",
            "부록: 점검과 인쇄값 검증",
        ]
    );
    let all = headings(&page, 9);
    for one in [
        "□ 창립배경",
        "□ 추진경위",
        "□ 조직 및 인력",
        "□ 중점과제",
        "1. 국제기구·유관기관과 협력체계 구축·강화",
        "1-1 국제전기통신연합(ITU)과 스마트시티 지역포럼 공동 개최",
        "4-2 2016 WeGO 집행위원회 개최",
        "□ 집행현황",
        "□ 추진실적",
        "○ 전자정부 사전타당성(Feasibility Study) 조사",
        "○ WeGO 사무국 홍보물 제작",
    ] {
        assert!(all.contains(&one), "{one} in {all:?}");
    }
    assert_eq!(all.iter().filter(|heading| **heading == "□ 추진배경").count(), 7, "4-2 has none");
    assert_eq!(all.iter().filter(|heading| **heading == "□ 기대효과").count(), 8);
    let shown = text(&page, &now);
    for line in [
        "- 예산: 780,987천원 (국제부담금)",
        "총예산 837,987천원 가운데 교부기관이 직접 집행하는 57,000천원 제외",
        "- 기간: 2016-07-05 ~ 2016-07-07",
        "- 참가: 아시아-태평양 지역 최소 5~10개 회원도시 참석",
        "  - 위고 회원도시 초대장 발부, 행사 홍보, 참가자 준비 등: 2016-06",
        "- 소요예산: 10,000천원",
        "  - 소요예산: 인재개발원 예산 활용",
        "집행액 636,311천원 (교부액 기준 집행률 99.8%)",
        "- 소요액: 130,200천원 (사업비)",
        "- 소요액: 인재개발원 자체예산 활용",
        "- 구축업체: (주)메칸더",
        "반납할 금액 1,259.55천원",
    ] {
        assert!(shown.contains(line), "{line} in\n{shown}");
    }
    for law in ["보조금법", "시행령", "조례"] {
        assert!(!shown.contains(law), "the book cites no {law}");
    }
}

/// Every text has both languages: nothing of the English report is Korean but what documents call things.
#[test]
fn the_report_of_2016_in_english() {
    let (before, now) = (data(2015), data(2016));
    let page = whole(&now, Some(&before));
    let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
    for block in &page.blocks {
        match block {
            Block::Heading(heading) => assert!(!hangul(&heading.text.en), "{}", heading.text.en),
            Block::List(points) => {
                for point in points {
                    let values = format!("{:?}", point.text.values.iter().map(english).collect::<Vec<_>>());
                    let label = point.label.as_ref().map_or("", |label| &label.en);
                    assert!(!hangul(&point.text.text.en) && !hangul(label), "{label}: {}", point.text.text.en);
                    assert!(!hangul(&values) || values.contains("(주)메칸더"), "{values}");
                }
            }
            _ => {}
        }
    }
}

fn english(piece: &wego_ledger::table::Piece) -> String {
    match piece {
        wego_ledger::table::Piece::Text(text) => text.en.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_settlement_of_a_report_is_that_of_settle() {
    let (before, now) = (data(2015), data(2016));
    let settled = Settlement::of(before.books, &before.tally).page(&Layout::of(&before.books.year.presentation));
    let settled = settled.tables().next().expect("a table").clone();
    let of = |page: &Page, id: &str| page.tables().find(|table| table.id == id).expect("a settlement").clone();
    let own = of(&whole(&before, None), "settlement-grant");
    assert_eq!((&own.rows, &own.notes, &own.columns), (&settled.rows, &settled.notes, &settled.columns));
    // The same figures in a report of the next year say that they are of another book.
    let other = of(&whole(&now, Some(&before)), "settlement-before-grant");
    let mut figures = 0;
    for (row, expected) in other.rows.iter().zip(&settled.rows) {
        for (cell, expected) in row.cells.iter().zip(&expected.cells) {
            assert_eq!(cell.value, expected.value);
            if matches!(cell.value, Value::Money { .. } | Value::Rate { .. }) {
                assert_eq!(cell.why, Why::Elsewhere(1, Box::new(expected.why.clone())));
                figures += 1;
            }
        }
    }
    assert_eq!(figures, 29, "5 columns of 7 rows, interest being attributed to none but the whole");
}

#[test]
fn the_first_page_says_what_is_left_and_what_goes_back() {
    let read = data(2015);
    let page = whole(&read, None);
    let table = page.tables().next().expect("a table");
    assert_eq!(table.id, "summary-figures");
    let shown = |key: &str, n: usize| {
        let row = table.rows.iter().find(|row| row.key == key).unwrap_or_else(|| panic!("{key}"));
        row.cells[n].shown().map(|figure| figure.to_string())
    };
    for (key, amount) in [
        ("current_budget", "644658"),
        ("granted", "637458"),
        ("disbursed", "636311"),
        ("unspent", "1147"),
        ("interest", "113"),
        ("payable", "1259.55"),
    ] {
        assert_eq!(shown(key, 1).as_deref(), Some(amount), "{key}");
    }
    assert_eq!(shown("disbursed", 2).as_deref(), Some("99.8"));
    let shown = text(&page, &read);
    for said in ["교부액 기준", "미교부액 7,200천원", "기한은 적혀 있지 않음", "인건비 820천원(71.5%)"]
    {
        assert!(shown.contains(said), "{said} in\n{shown}");
    }
    let due = Everything::of(&root().join("fixtures/funds"), 2023, 1);
    assert!(text(&whole(&due, None), &due).contains("기한 2024-02-29"));
}

/// Whatever a book has: every id once, every section, alone and beside the year before.
#[test]
fn ids_are_unique_on_every_page() {
    for (book, year) in SOUND {
        let read = Everything::of(&root().join(book), year, 1);
        let years = wego_ledger::read::years(&root().join(book)).expect("years");
        let before = years.contains(&(year - 1)).then(|| Everything::of(&root().join(book), year - 1, 1));
        let all: Vec<String> = Section::BUILT_IN.map(str::to_owned).to_vec();
        let every = Contents::named(read.books, &all).expect("sections");
        for page in [whole(&read, before.as_ref()), of(&read, before.as_ref(), &every)] {
            let mut ids = HashSet::new();
            for block in &page.blocks {
                let id = match block {
                    Block::Table(table) => &table.id,
                    Block::Chart(chart) => &chart.id,
                    _ => continue,
                };
                assert!(ids.insert(id.clone()), "{book} {year}: {id} twice");
            }
            assert!(ids.len() > 2, "{book} {year}: {ids:?}");
            assert!(page.tables().all(|table| table.caption.is_some()), "one of several tables has a name");
            // Every place that a cell names is one of its own book.
            let books: Vec<&Books> = std::iter::once(read.books).chain(before.as_ref().map(|one| one.books)).collect();
            let made = Made { page: &page, books: &books, lines: &[] };
            let style = Style::plain(&read.books.year.presentation);
            for format in [Format::Json, Format::Markdown, Format::Csv, Format::Table] {
                render::write(&made, format, &style, &mut Vec::new()).expect("memory can be written");
            }
        }
    }
}

#[test]
fn chapters_begin_new_sheets_but_for_the_first_page() {
    let page = whole(&data(2015), None);
    let at = |wanted: &str| {
        let place = page.blocks.iter().position(
            |block| matches!(block, Block::Heading(heading) if heading.level == 1 && heading.text.ko.contains(wanted)),
        );
        place.unwrap_or_else(|| panic!("{wanted}"))
    };
    assert_eq!(at("요약"), 0);
    assert_ne!(page.blocks[at("일반 현황") - 1], Block::PageBreak, "facts stand on the first page");
    for chapter in ["사업정산", "반납 정산", "부록"] {
        assert_eq!(page.blocks[at(chapter) - 1], Block::PageBreak, "{chapter}");
    }
}

const LINES: &[u8] =
    b"date,account,kind,amount\n2025-01-02,\xEC\x97\xAC\xEB\xB9\x84,budget,100\n2025-01-03,\xEA\xB3\x84,grant,80\n2025-02-01,\xEC\x97\xAC\xEB\xB9\x84,disbursement,70\n";

/// A book of one account with an outline.
fn outlined(outline: &str) -> Book {
    let year = format!("[files]\naccount_lines = [\"lines.csv\"]\n[[account]]\npath = \"여비\"\n{outline}");
    Book::with(&year, &[("2025/lines.csv", LINES)])
}

#[test]
fn sections_stand_as_the_year_names_them() {
    let read = outlined(
        "[report]\ntitle = \"보고\"\nfacts = [{ label = \"일자\", text = \"오늘\" }]\nsections = [\"return\", \"own\", \"settlement\"]\n\
         [[report.section]]\nid = \"own\"\ntitle = \"우리 장\"\n[[report.section.text]]\nheading = \"머리\"\ntext = \"글\"\n\
         points = [\"하나\", { ko = \"둘\", points = [\"둘의 하나\", { ko = \"둘의 둘\", points = [\"깊이\"] }] }]\nnote = \"덧붙임\"\n\
         [[report.section]]\nid = \"settlement\"\ntitle = \"집행현황\"\nlayout = \"closing\"\n\
         [[report.section.text]]\nat = \"after\"\nheading = \"사유\"\ntext = \"남은 까닭\"\n",
    )
    .read();
    assert_eq!(read.codes(), [] as [&str; 0]);
    let page = whole(&read, None);
    assert_eq!(page.title.ko, "보고");
    let expected = ["Ⅰ. 2025년도 반납 정산", "Ⅱ. 우리 장", "□ 머리", "Ⅲ. 집행현황", "□ 사유"];
    assert_eq!(headings(&page, 9), expected);
    assert!(page.tables().any(|table| table.id == "settlement-closing"));
    let shown = text(&page, &read);
    assert!(shown.starts_with("보고\n- 일자: 오늘\n"), "{shown}");
    assert!(shown.contains("글\n- 하나\n- 둘\n  - 둘의 하나\n  - 둘의 둘\n    - 깊이\n※ 덧붙임\n"), "{shown}");
    assert!(shown.contains("\n□ 사유\n남은 까닭\n"), "{shown}");
    // A section with nothing of its own is left out unless it is named.
    let names = |page: &Page| headings(page, 1).iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>();
    assert!(text(&chosen(&read, &["performance"]), &read).contains("적힌 것이 없음: 2025년도 추진실적"));
    let plain = outlined("").read();
    assert_eq!(
        names(&whole(&plain, None)),
        ["요약", "Ⅰ. 일반 현황", "Ⅱ. 2025년도 사업정산", "Ⅲ. 2025년도 반납 정산", "부록: 점검과 인쇄값 검증"]
    );
    assert_eq!(names(&chosen(&plain, &["plan", "facts"])), ["Ⅰ. 2025년도 사업계획", "Ⅱ. 일반 현황"]);
    assert!(text(&chosen(&plain, &["years", "settlement-before"]), &plain).contains("이 장부에 2024년도가 없음"));
}

/// What the book says is put over by the year, key by key.
#[test]
fn the_year_says_over_the_book() {
    let book = outlined("[report]\n[[report.section]]\nid = \"facts\"\ntitle = \"올해\"\n");
    book.put(
        "book.toml",
        "[book]\nentity = \"단체\"\n[report]\ntitle = \"책\"\nsections = [\"facts\"]\n\
         [[report.section]]\nid = \"facts\"\ntitle = \"책의 것\"\n[[report.section.text]]\ntext = \"책의 글\"\n"
            .as_bytes(),
    );
    let read = book.read();
    assert_eq!(read.codes(), [] as [&str; 0]);
    let page = whole(&read, None);
    assert_eq!((page.title.ko.as_str(), headings(&page, 1)), ("책", vec!["Ⅰ. 올해"]));
    assert!(text(&page, &read).contains("책의 글"));
}

/// Braces, control characters, HTML: texts of a book are printed and never read as anything else.
#[test]
fn texts_of_a_book_are_no_templates() {
    let nasty = "{0} {1} {} {{x}} <b>&amp;</b> | `code` \\u202Eabc";
    let read = outlined(&format!(
        "[report]\nsections = [\"own\"]\n[[report.section]]\nid = \"own\"\n[[report.section.text]]\nheading = \"{nasty}\"\n\
         text = \"{nasty}\"\npoints = [\"{nasty}\"]\nnote = \"{nasty}\"\nfacts = [{{ label = \"{nasty}\", text = \"{nasty}\" }}]\n"
    ))
    .read();
    assert_eq!(read.codes(), [] as [&str; 0]);
    let shown = text(&whole(&read, None), &read);
    let written = "{0} {1} {} {{x}} <b>&amp;</b> | `code`  abc";
    assert_eq!(shown.matches(written).count(), 6, "{shown}");
}

#[test]
fn what_is_wrong_with_an_outline_is_found_at_its_place() {
    let section = |rest: &str| format!("[report]\n[[report.section]]\nid = \"own\"\n{rest}");
    for (outline, en) in [
        ("[report]\nsections = [\"settlment\"]\n".to_owned(), "did you mean `settlement`?"),
        ("[report]\nsections = [\"facts\", \"facts\"]\n".to_owned(), "name it once"),
        ("[report]\nsections = []\n".to_owned(), "name a section at least"),
        ("[report]\ntitel = \"x\"\n".to_owned(), "did you mean `title`?"),
        (section("[[report.section]]\nid = \"own\"\n"), ""),
        (section("layout = \"closing\"\n"), "known"),
        (section("[[report.section.text]]\nat = \"within\"\ntext = \"x\"\n"), "`before`"),
        (section("[[report.section.text]]\n"), "add `text"),
        (section("[[report.section.text]]\npoints = [1]\n"), "write it like"),
        (section("[[report.section.text]]\npoints = [{ points = [\"x\"] }]\n"), "add `ko"),
        (section("[[report.section.text]]\nfacts = [{ label = \"x\" }]\n"), "add `text"),
        (section("[[report.section.text]]\ntext = \"x\"\nfigure = \"y\"\n"), "known"),
        (
            "[report]\n[[report.section]]\nid = \"settlement\"\nlayout = \"closed\"\n".to_owned(),
            "`closing`",
        ),
        (
            "[report]\n[[report.section]]\nid = \"a\"\nsections = [\"b\"]\n[[report.section]]\nid = \"b\"\nsections = [\"facts\"]\n"
                .to_owned(),
            "has none below it",
        ),
        ("[report]\n[[report.section]]\nid = \"facts\"\nsections = [\"years\"]\n".to_owned(), "does not have"),
        ("[report]\n[[report.section]]\nid = \"  \"\n".to_owned(), "write a name"),
        ("[report]\n[[report.section]]\ntitle = \"x\"\n".to_owned(), "add `id"),
    ] {
        let read = outlined(&outline).read();
        let found: Vec<_> = read.findings.iter().collect();
        assert_eq!(found.len(), 1, "{outline}: {found:?}");
        assert!(found[0].way_out.en.contains(en), "{outline}: {}", found[0].way_out.en);
        // What was refused is no section; the report is made without it.
        let _ = whole(&read, None);
    }
}

#[test]
fn sections_that_are_not_there_cannot_be_chosen() {
    let read = data(2015);
    let named = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Contents::named(read.books, &names).map(|_| ()).map_err(|(name, way_out)| (name, way_out.en.to_string()))
    };
    assert_eq!(named(&["settled", " return "]), Ok(()));
    assert_eq!(named(&["anual"]).expect_err("none").0, "anual");
    let below = named(&["settled", "settlement"]);
    assert_eq!(below, Err(("settlement".to_owned(), "name it once".to_owned())));
    assert_eq!(named(&["vision"]).expect_err("of 2016").0, "vision");
}

/// A day ends what is settled, not what was printed.
#[test]
fn printed_figures_are_held_against_the_whole_year() {
    use wego_ledger::ledger::Date;
    let read = data(2015);
    let day = Date::day(2014, 12, 31).map(Date::last);
    let early = Tally::of_everything(read.books).as_of(day);
    let year = Reported { books: read.books, tally: &early, printed: &read.tally, checks: None };
    let contents = Contents::named(read.books, &["appendix".to_owned(), "settlement".to_owned()]).expect("sections");
    let page = report::council(year, None, &contents, Paper::of(&read.books.year.presentation));
    let shown = text(&page, &read);
    assert!(shown.contains("장부와 견주면: 끝자리까지 같음 26"), "{shown}");
    assert!(shown.contains("2014-12-31 현재"), "{shown}");
}

/// Plans and years that nothing is written of are said to be so, and nothing is made up.
#[test]
fn a_book_of_nothing() {
    let read = Book::with("[files]\n[[account]]\npath = \"여비\"\n", &[]).read();
    let page = whole(&read, None);
    assert_eq!(headings(&page, 1), ["요약", "Ⅰ. 일반 현황", "부록: 점검과 인쇄값 검증"]);
    let all: Vec<String> = Section::BUILT_IN.map(str::to_owned).to_vec();
    let page = of(&read, None, &Contents::named(read.books, &all).expect("sections"));
    let figures = page.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let figures = figures.filter(|cell| matches!(cell.value, Value::Money { .. } | Value::Rate { .. }));
    assert_eq!(figures.count(), 0, "{}", text(&page, &read));
    for format in [Format::Table, Format::Markdown, Format::Csv, Format::Json] {
        let _ = rendered(&page, read.books, format);
    }
}

/// A document of two years' books, with the lines behind it, in every format there is.
#[test]
fn every_format_writes_a_report_of_two_years() {
    let folder = tempfile::tempdir().expect("a folder");
    for (book, year) in [("data", "2016"), ("fixtures/funds", "2023")] {
        for format in Format::ALL {
            let path = folder.path().join(format!("{year}.{}", format.ending()));
            let all = Section::BUILT_IN.join(",");
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wego-ledger"));
            command.args(["report", year, "--book", book, "--sections", &all, "--format", format.name(), "--output"]);
            let output = command.arg(&path).current_dir(root()).output().expect("it runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{book} {year} {}: {said}", format.name());
            assert!(path.metadata().expect("it is written").len() > 1000, "{}", path.display());
        }
    }
}
