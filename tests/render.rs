//! One page with every value, reason and row class, through every format.

mod support;

use support::{Book, CHART, rendered};
use wego_ledger::ledger::{AccountId, Books, Date, Measure, Negative, Presentation, Scope, Sign, Slice, Term, When};
use wego_ledger::money::{Money, Share, Unit};
use wego_ledger::render::{self, Bom, Colour, Format, Made, Style};
use wego_ledger::source::Span;
use wego_ledger::table::{
    Block, Cell, Chart, Column, Division, Heading, Mark, Note, Page, Piece, Point, Proportion, Role, Row, RowClass,
    Scale, Sentence, Shape, Shown, Step, Table, Value, Why,
};
use wego_ledger::words::{self, Lang, Text};

const NASTY: &str = "=1+1 | <script>&\"굵게\"*\n둘째 줄";

fn amount(won: i64) -> Cell {
    let slice = Slice {
        account: AccountId::ROOT,
        formula: &[(Sign::Plus, Measure::Granted)],
        scope: Scope::All,
        when: When::ALWAYS,
    };
    Cell { value: Value::Money { exact: Money::from_won(won), shown: None }, why: Why::Summed(slice) }
}

fn rate(part: i64, whole: i64) -> Cell {
    let step = |word: words::Word, won| Step { name: word.text(), amount: Money::from_won(won), why: Why::NoLines };
    Cell::rate(step(words::DISBURSED, part), step(words::GRANTED, whole))
}

fn blank(why: Why) -> Cell {
    Cell { value: Value::Blank, why }
}

/// The page, and a book for its slices to name accounts of.
fn page() -> (Page, Books) {
    let books = Book::of(&CHART, "date,account,kind,amount\n").read().books;
    let row = |class, key: &str, depth, parent, cells: [Cell; 3]| Row {
        class,
        key: key.into(),
        depth,
        parent,
        complete: true,
        cells: [Cell::label(Text::new(key, format!("{key} (en)")))].into_iter().chain(cells).collect(),
    };
    let no_rate = || blank(Why::NoBasis);
    let table = Table {
        id: "made-up".to_owned(),
        caption: None,
        unit: Unit::Won,
        columns: vec![
            Column::new(words::ACCOUNT, Role::Key),
            Column::of(Term::Granted),
            Column::of(Term::Unspent),
            Column::of(Term::LapseRate),
        ],
        rows: vec![
            row(RowClass::Total, "계", 0, None, [amount(1_234_500), amount(-326_400), rate(9_999_950, 10_000_000)]),
            row(RowClass::Subtotal, "여비", 1, Some(0), [amount(1_234_500), amount(-326_400), rate(3, 2)]),
            row(RowClass::Body, NASTY, 2, Some(1), [amount(1_234_100), blank(Why::NotAttributed), no_rate()]),
            row(RowClass::Body, "여비/국외", 2, Some(1), [amount(400), amount(0), blank(Why::NoLines)]),
        ],
        notes: vec![Note::caution(Sentence::plain(("한 줄 | 참고", "one | note")))],
    };
    let presentation = Presentation::default();
    let scale = Scale { unit: Unit::Thousand, shown: Shown::Rounded, presentation: &presentation };
    let headline = Sentence::with(
        ("집행액 {0} ({1})", "Disbursed {0} ({1})"),
        vec![Piece::Figure(Money::from_won(5_000).exactly(Unit::Thousand), Some(Unit::Thousand)), Piece::Count(1_000)],
    );
    let blocks = vec![Block::Paragraph(headline), Block::Table(table.scaled(&scale))];
    (Page { report: "made-up", title: Text::new("제목", "Title"), blocks }, books.clone())
}

fn styled(format: Format, style: impl Fn(Style<'static>) -> Style<'static>) -> String {
    let (page, books) = page();
    let plain = Style {
        lang: Lang::Ko,
        nil: "-",
        negative: Negative::Triangle,
        shown: Shown::Rounded,
        width: None,
        colour: Colour::Off,
        bom: Bom::Without,
        fonts: &[],
    };
    let mut bytes = Vec::new();
    let made = Made { page: &page, books: &[&books], lines: &[] };
    render::write(&made, format, &style(plain), &mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("pages are UTF-8")
}

#[test]
fn every_format_shows_every_value_in_both_languages() {
    for format in Format::ALL.into_iter().filter(|format| format.is_text() && *format != Format::Html) {
        for lang in [Lang::Ko, Lang::En] {
            let text = styled(format, |style| Style { lang, ..style });
            let grouped = matches!(format, Format::Table | Format::Markdown);
            let (granted, unspent) = if grouped { ("1,235", "△326") } else { ("1235", "-326") };
            for wanted in [granted, unspent, "99.9", "150.0"] {
                assert!(text.contains(wanted), "{wanted} in {format:?} {lang:?}:\n{text}");
            }
            assert!(!text.contains("100.0"), "{format:?}");
        }
    }
}

#[test]
fn zero_that_is_rounded_is_not_nil() {
    let text = styled(Format::Table, |style| style);
    let row: Vec<&str> =
        text.lines().find(|line| line.contains("여비/국외")).expect("a row").split_whitespace().collect();
    assert_eq!(row, ["여비/국외", "0", "-", "-"], "400 won are 0천원, nothing is nil");
    let exactly = styled(Format::Table, |style| Style { shown: Shown::Exactly, ..style });
    let row = exactly.lines().find(|line| line.contains("여비/국외")).expect("a row");
    assert_eq!(row.split_whitespace().nth(2), Some("0"), "every digit was asked for");
}

#[test]
fn markdown_keeps_its_columns_whatever_a_name_holds() {
    let text = styled(Format::Markdown, |style| style);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + 4, "{text}");
    for row in rows {
        let bars = row.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 5, "{row}");
    }
    assert!(!text.contains("<script>") && text.contains("**계**"));
}

#[test]
fn csv_reads_back_and_no_text_is_a_formula() {
    let text = styled(Format::Csv, |style| Style { bom: Bom::With, ..style });
    let body = text.strip_prefix('\u{feff}').expect("a byte-order mark was asked for");
    let body = body.strip_prefix("# 한 줄 | 참고\n").expect("a caution stays with the table");
    let mut csv = csv::Reader::from_reader(body.as_bytes());
    assert_eq!(csv.headers().expect("a header"), vec!["account", "granted", "unspent", "lapse_rate"]);
    let rows: Vec<Vec<String>> =
        csv.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows[0], ["계", "1235", "-326", "99.9"]);
    assert_eq!(rows[2], [format!("'{NASTY}").as_str(), "1234", "", ""]);
    assert_eq!(rows[3], ["여비/국외", "0", "0", ""]);
}

#[test]
fn json_has_exact_and_shown_amounts_as_strings_and_why() {
    let text = styled(Format::Json, |style| style);
    let json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(json["schema"], "wego-ledger/made-up@1");
    let rows = &json["tables"][0]["rows"];
    assert_eq!(json["tables"][0]["unit"], "thousand_won");
    let granted = &rows[0]["cells"]["granted"];
    assert_eq!((granted["exact"].as_str(), granted["shown"].as_str()), (Some("1234500"), Some("1235")));
    assert_eq!(granted["why"]["summed"]["account"], "계");
    assert_eq!(granted["why"]["summed"]["measures"][0], "+granted");
    let rate = &rows[0]["cells"]["lapse_rate"];
    assert_eq!((rate["exact"]["part"].as_str(), rate["exact"]["whole"].as_str()), (Some("9999950"), Some("10000000")));
    assert_eq!(rate["why"]["part-of"]["whole"]["name"]["en"], "Granted");
    let absent = &rows[2]["cells"]["unspent"];
    assert!(absent["exact"].is_null() && absent["shown"].is_null());
    assert_eq!(absent["why"], "not-attributed");
    assert_eq!(rows[2]["account"].as_str(), Some(NASTY));
}

#[test]
fn a_narrow_terminal_breaks_names_and_never_numbers() {
    for width in [30, 40, 60, 200] {
        let text = styled(Format::Table, |style| Style { width: Some(width), lang: Lang::En, ..style });
        for number in ["1,235", "△326", "99.9%", "150.0%"] {
            assert!(text.lines().any(|line| line.contains(number)), "{number} at {width}:\n{text}");
        }
    }
    let rule = |width| {
        let text = styled(Format::Table, |style| Style { width: Some(width), lang: Lang::En, ..style });
        text.lines().filter(|line| line.starts_with('─')).map(|line| line.chars().count()).max().expect("a rule")
    };
    assert!(rule(60) <= 60, "{}", rule(60));
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    assert!(!styled(Format::Table, |style| style).contains('\u{1b}'));
    let text = styled(Format::Table, |style| Style { colour: Colour::On, ..style });
    assert!(text.contains("\u{1b}["));
    for format in [Format::Markdown, Format::Csv, Format::Json] {
        assert!(!styled(format, |style| Style { colour: Colour::On, ..style }).contains('\u{1b}'), "{format:?}");
    }
}

/// The note about figures that do not add up says what is shown, not what is meant.
#[test]
fn a_table_that_does_not_add_up_says_so_in_every_format_that_has_notes() {
    let (page, books) = page();
    for format in [Format::Table, Format::Markdown, Format::Json] {
        let text = rendered(&page, &books, format);
        assert!(text.contains("여비 교부액: 표시 1,235, 아래 줄을 더하면 1,234"), "{format:?}\n{text}");
    }
}

/// A table of words, counts, dates and amounts for every other reason; its only place is the first `[[account]]`.
fn reasons() -> (Page, Books, Book) {
    let book = Book::of(&CHART, "date,account,kind,amount\n");
    let books = book.read().books;
    let manifest = books.sources.iter().nth(1).expect("the year's file").0;
    let span = Span::new(manifest, 0, "[year]".len());
    let summed =
        |won: i64| Step { name: Text::new("교부액", "Granted"), amount: Money::from_won(won), why: amount(won).why };
    let read = Step { name: Text::same("파일"), amount: Money::from_won(7), why: Why::Read(span) };
    let divided = Division {
        whole: summed(10),
        weights: vec![
            (Text::same("a"), Proportion::Share(Share::parse("60%").expect("a share"))),
            (Text::same("b"), Proportion::Amount(Money::from_won(4))),
            (Text::same("c"), Proportion::All),
        ]
        .into(),
        place: 1,
    };
    let rule = Text::new("10원 미만 절사", "below ten won is dropped");
    let reasons = [
        Cell::amount(Money::from_won(7), Why::Read(span)),
        Cell::worked(vec![(Sign::Plus, summed(10)), (Sign::Minus, read)]),
        Cell::amount(Money::from_won(4), Why::Divided(Box::new(divided))),
        Cell::amount(Money::from_won(10), Why::Rounded(Box::new((summed(16), rule)))),
        Cell::amount(Money::from_won(5), Why::Elsewhere(0, Box::new(amount(5).why))),
        Cell::blank(Why::NotDerivable),
    ];
    let said = Sentence::with(("{0}의 {1}", "{1} of {0}"), vec![Piece::Text(Text::same(NASTY)), Piece::Count(1_000)]);
    let (from, to) = (Date::day(2025, 3, 1), Some(Date::Month(2025, 4)));
    let rows = reasons.into_iter().enumerate().map(|(n, reason)| Row {
        class: RowClass::Body,
        key: format!("row-{n}").into(),
        depth: 0,
        parent: None,
        complete: false,
        cells: vec![
            Cell::label(Text::same(format!("row-{n}"))),
            Cell { value: Value::Said(said.clone()), why: Why::Label },
            Cell { value: Value::Count(12_345), why: Why::Label },
            Cell { value: Value::Dates(from, if n == 0 { from } else { to }), why: Why::Label },
            reason,
        ],
    });
    let table = Table {
        id: "reasons".to_owned(),
        caption: Some(Text::new("근거", "Reasons")),
        unit: Unit::Won,
        columns: vec![
            Column::new(words::ENTRY, Role::Key),
            Column::new(words::TITLE, Role::Text),
            Column::new(words::REF, Role::Count),
            Column::new(words::PERIOD, Role::Text),
            Column::new(words::AMOUNT, Role::Amount),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
    };
    let mark = |name: &str, cell| Mark { name: Text::same(name), cells: vec![cell] };
    let presentation = Presentation::default();
    let chart = Chart {
        id: "chart".to_owned(),
        title: Text::new("그림", "Chart"),
        shape: Shape::Course,
        unit: Unit::Won,
        series: vec![Text::default()],
        points: vec![mark("1월", rate(1, 2)), mark("2월", blank(Why::NoLines))],
    };
    let scale = Scale { unit: Unit::Won, shown: Shown::Rounded, presentation: &presentation };
    let blocks = vec![Block::Chart(chart.scaled(&scale)), Block::Table(table.scaled(&scale))];
    // Its files are read for the places.
    (Page { report: "reasons", title: Text::new("제목", "Title"), blocks }, books.clone(), book)
}

#[test]
fn words_counts_dates_and_every_other_reason_in_every_format() {
    let (page, books, _book) = reasons();
    let presentation = Presentation::default();
    let written = |format: Format, width: Option<u16>, lang: Lang| {
        let mut bytes = Vec::new();
        let style = Style { width, lang, ..Style::plain(&presentation) };
        let made = Made { page: &page, books: &[&books], lines: &[] };
        render::write(&made, format, &style, &mut bytes).expect("memory can be written");
        String::from_utf8(bytes).expect("pages are UTF-8")
    };
    let table = written(Format::Table, None, Lang::Ko);
    for text in ["근거", "12,345", "2025-03-01 ~ 2025-04", "의 1,000", "굵게"] {
        assert!(table.contains(text), "{text} in\n{table}");
    }
    assert!(!table.contains("그림"), "a chart is for terminals");
    assert!(written(Format::Table, Some(80), Lang::En).contains("Chart"));
    let markdown = written(Format::Markdown, None, Lang::En);
    assert!(markdown.contains("## Reasons") && markdown.contains("1,000 of =1+1 \\| &lt;script&gt;"), "{markdown}");
    let csv = written(Format::Csv, None, Lang::En);
    assert!(csv.starts_with("# reasons\n") && csv.contains("12345,2025-03-01,7\n"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&written(Format::Json, None, Lang::Ko)).expect("it is JSON");
    let cell = |row: usize, column: &str| json["tables"][0]["rows"][row]["cells"][column].clone();
    assert_eq!(json["tables"][0]["rows"][0]["entry"], "row-0");
    assert_eq!((cell(0, "ref")["count"].as_u64(), cell(1, "period")["to"].as_str()), (Some(12_345), Some("2025-04")));
    assert!(cell(0, "title")["text"]["en"].as_str().is_some_and(|text| text.starts_with("1,000 of")));
    let why = |row: usize| cell(row, "amount")["why"].clone();
    assert_eq!((why(0)["read"]["line"].as_u64(), why(0)["read"]["written"].as_str()), (Some(1), Some("[year]")));
    assert_eq!(why(1)["worked"][1]["sign"], "-");
    assert_eq!(why(1)["worked"][0]["why"]["summed"]["account"], "계");
    assert_eq!(why(2)["divided"]["weights"][0][1], "60%");
    assert_eq!(
        (why(2)["divided"]["weights"][1][1].as_str(), why(2)["divided"]["place"].as_u64()),
        (Some("4"), Some(1))
    );
    assert_eq!(why(3)["rounded"]["rule"]["en"], "below ten won is dropped");
    assert_eq!(why(4)["elsewhere"]["fiscal_year"], 2025);
    assert_eq!(why(5), "not-derivable");
}

/// A chart as it is drawn in a terminal of so many columns.
fn drawn(chart: Chart, width: u16, colour: Colour) -> String {
    let presentation = Presentation::default();
    let scale = Scale { unit: Unit::Thousand, shown: Shown::Rounded, presentation: &presentation };
    let books = Book::of(&CHART, "date,account,kind,amount\n").read().books;
    let page =
        Page {
            report: "made-up", title: Text::new("제목", "Title"), blocks: vec![Block::Chart(chart.scaled(&scale))]
        };
    let style = Style { width: Some(width), colour, ..Style::plain(&presentation) };
    let mut bytes = Vec::new();
    let made = Made { page: &page, books: &[books], lines: &[] };
    render::write(&made, Format::Table, &style, &mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("pages are UTF-8")
}

fn chart(shape: Shape, series: &[&str], points: &[(&str, &[Cell])]) -> Chart {
    Chart {
        id: "chart".to_owned(),
        title: Text::new("그림", "Chart"),
        shape,
        unit: Unit::Won,
        series: series.iter().map(|name| Text::same(*name)).collect(),
        points: points.iter().map(|(name, cells)| Mark { name: Text::same(*name), cells: cells.to_vec() }).collect(),
    }
}

/// The line of a point, and how many columns of it are of a fill.
fn line_of<'t>(text: &'t str, name: &str) -> &'t str {
    text.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_else(|| panic!("{name} in\n{text}"))
}

fn count(line: &str, fill: char) -> usize {
    line.chars().filter(|c| *c == fill).count()
}

#[test]
fn rates_are_drawn_to_their_whole_and_what_is_more_apart() {
    let points: [(&str, &[Cell]); 5] = [
        ("여비", &[rate(1, 2)]),
        ("사무관리비", &[rate(999_999, 1_000_000)]),
        ("예비비", &[blank(Why::NotAttributed)]),
        ("인건비", &[rate(-1, 4)]),
        ("사업비", &[rate(1, 1_000_000)]),
    ];
    let text = drawn(chart(Shape::Parts, &["집행률"], &points), 80, Colour::Off);
    let half = line_of(&text, "여비");
    assert_eq!((count(half, '█'), count(half, '·')), (30, 30), "{text}");
    assert!(half.ends_with(" 50.0%"), "{text}");
    assert_eq!(count(line_of(&text, "사무관리비"), '█') + 1, 60, "not all of it, though nearly:\n{text}");
    assert!(line_of(&text, "예비비").ends_with(" -") && count(line_of(&text, "예비비"), '·') == 0, "{text}");
    assert!(line_of(&text, "인건비").ends_with("△25.0%"), "{text}");
    assert_eq!(count(line_of(&text, "사업비"), '▏'), 1, "what is not nothing is seen:\n{text}");
    assert!(!text.contains("초과"), "{text}");
    let over: [(&str, &[Cell]); 3] = [("여비", &[rate(1, 2)]), ("업무", &[rate(6, 5)]), ("기타", &[rate(9, 2)])];
    let text = drawn(chart(Shape::Parts, &["집행률"], &over), 80, Colour::Off);
    assert!(text.contains("▒ 100% 초과"), "{text}");
    let (one, other) = (line_of(&text, "업무"), line_of(&text, "기타"));
    assert_eq!((count(one, '█'), count(one, '▒')), (30, 6), "{text}");
    assert_eq!((count(other, '█'), count(other, '▒'), count(other, '▶')), (30, 29, 1), "{text}");
    assert!(other.ends_with("450.0%"), "{text}");
}

#[test]
fn amounts_are_drawn_to_one_scale_and_to_the_left_below_nothing() {
    let points: [(&str, &[Cell]); 3] = [
        ("본예산 이월을 더한 사무관리비", &[amount(6_000_000), amount(3_000_000)]),
        ("여비", &[blank(Why::NoLines), amount(1)]),
        ("반환", &[amount(-1_500_000), amount(0)]),
    ];
    let text = drawn(chart(Shape::Amounts, &["계획", "집행"], &points), 78, Colour::Off);
    assert!(text.contains("(단위: 천원)") && text.contains("█ 계획  ▒ 집행"), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains("본예산")).expect("it is drawn");
    let (plan, spent) = (lines[at], lines[at + 1]);
    assert!(plan.ends_with(" 6,000") && spent.ends_with(" 3,000"), "{text}");
    assert!(count(plan, '█').abs_diff(2 * count(spent, '▒')) <= 1, "{text}");
    let back = line_of(&text, "반환");
    assert!(back.ends_with("△1,500") && back.find('█') < back.find('│'), "{text}");
    assert!(count(back, '█').abs_diff(count(plan, '█') / 4) <= 1, "one scale on both sides:\n{text}");
    assert_eq!(count(lines[at + 3], '▒'), 1, "a won is seen:\n{text}");
    // What is nothing has no bar, and its figure.
    assert!(lines[at + 5].ends_with(" -") && count(lines[at + 5], '▒') == 0, "{text}");
}

#[test]
fn charts_stay_within_the_terminal_and_line_up_under_hangul() {
    let long = "국제전기통신연합(ITU)과 스마트시티 지역포럼 공동 개최 및 후속 사업 준비 위원회 운영";
    for width in 60..=120 {
        for (shape, cells) in [
            (Shape::Parts, [rate(1, 3), rate(7, 2)]),
            (Shape::Amounts, [amount(123_456_789), amount(-12_345_678)]),
            (Shape::Course, [rate(1, 3), rate(1, 1)]),
        ] {
            let points: [(&str, &[Cell]); 3] = [(long, &cells), ("여비", &cells), ("a", &cells)];
            let text = drawn(chart(shape, &["첫째 계열 이름", "둘째"], &points), width, Colour::Off);
            let widths = text.lines().map(unicode_width::UnicodeWidthStr::width);
            assert!(widths.max() <= Some(usize::from(width)), "{width} columns:\n{text}");
            let figures: Vec<&str> = text.lines().filter(|line| line.contains(['█', '▒'])).skip(1).collect();
            let ends: Vec<usize> = figures.iter().map(|line| unicode_width::UnicodeWidthStr::width(*line)).collect();
            assert_eq!(figures.len(), 6, "{text}");
            assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "figures end in one column:\n{text}");
            let coloured = drawn(chart(shape, &["첫째 계열 이름", "둘째"], &points), width, Colour::On);
            let mut plain = String::new();
            let mut rest = coloured.as_str();
            while let Some((before, after)) = rest.split_once("\u{1b}[") {
                plain.push_str(before);
                rest = after.split_once('m').expect("an escape ends").1;
            }
            plain.push_str(rest);
            assert!(coloured.contains("\u{1b}[34m") && !text.contains('\u{1b}'));
            assert_eq!(plain, text, "colour changes nothing else");
        }
    }
}

/// A document: headings, sentences, lists, notes, tables and a chart.
fn document() -> (Page, Books) {
    let (page, books) = page();
    let Some(Block::Table(table)) = page.blocks.last().cloned() else { panic!("it ends with a table") };
    let under =
        |id: &str| Block::Table(Table { id: id.to_owned(), caption: Some(Text::new("표", "Table")), ..table.clone() });
    let heading = |level: u8, text: &str| Block::Heading(Heading { level, text: Text::same(text) });
    let point =
        |depth: u32, label: Option<Text>, ko: &str| Point { depth, label, text: Sentence::plain((ko, "point")) };
    let points = vec![
        point(1, Some(Text::new("장소", "Place")), "태국 푸켓"),
        point(3, None, "1. 참가 도시"),
        point(1, None, "- 끝"),
    ];
    let presentation = Presentation::default();
    let scale = Scale { unit: Unit::Thousand, shown: Shown::Rounded, presentation: &presentation };
    let cells = [amount(1_234_500), blank(Why::NotAttributed)];
    let chart = chart(Shape::Amounts, &["계획", "집행"], &[("여비", &cells), ("기타", &cells)]).scaled(&scale);
    let blocks = vec![
        under("first"),
        heading(1, "1. 개요"),
        Block::Paragraph(Sentence::plain(("2015. 1. 1. 시작", "It begins"))),
        heading(2, "가. 장소"),
        under("second"),
        Block::List(points),
        Block::PageBreak,
        Block::Note(Note {
            items: vec![Sentence::plain(("곳", "a place"))],
            ..Note::caution(Sentence::plain(("주의", "care")))
        }),
        Block::Chart(chart),
        heading(5, "깊은 곳"),
        Block::Table(table.clone()),
        under("last"),
    ];
    (Page { report: "document", title: Text::new("제목", "Title"), blocks }, books)
}

#[test]
fn json_has_all_of_a_document_in_order() {
    let (page, books) = document();
    let json: serde_json::Value = serde_json::from_str(&rendered(&page, &books, Format::Json)).expect("it is JSON");
    let contents = json["contents"].as_array().expect("an array");
    let kinds: Vec<&str> = contents.iter().map(|part| part["kind"].as_str().expect("a kind")).collect();
    assert_eq!(
        kinds,
        [
            "table",
            "heading",
            "paragraph",
            "heading",
            "table",
            "list",
            "page-break",
            "note",
            "chart",
            "heading",
            "table",
            "table"
        ]
    );
    assert_eq!((contents[1]["level"].as_u64(), contents[1]["text"]["ko"].as_str()), (Some(1), Some("1. 개요")));
    assert_eq!(contents[2]["text"], json["paragraphs"][0], "sentences stand in both places");
    let tables: Vec<&str> =
        json["tables"].as_array().expect("tables").iter().filter_map(|one| one["id"].as_str()).collect();
    let named: Vec<&str> =
        contents.iter().filter(|part| part["kind"] == "table").filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(named, tables);
    let points = &contents[5]["points"];
    assert_eq!((points[0]["depth"].as_u64(), points[0]["label"]["en"].as_str()), (Some(1), Some("Place")));
    assert_eq!((points[1]["label"].is_null(), points[1]["text"]["ko"].as_str()), (true, Some("1. 참가 도시")));
    assert_eq!(
        (contents[7]["weight"].as_str(), contents[7]["items"][0]["en"].as_str()),
        (Some("caution"), Some("a place"))
    );
    let chart = &contents[8];
    assert_eq!((chart["shape"].as_str(), chart["unit"].as_str()), (Some("amounts"), Some("thousand_won")));
    assert_eq!(
        (chart["series"][1]["ko"].as_str(), chart["points"][1]["name"]["ko"].as_str()),
        (Some("집행"), Some("기타"))
    );
    let cells = &chart["points"][0]["cells"];
    assert_eq!((cells[0]["exact"].as_str(), cells[0]["shown"].as_str()), (Some("1234500"), Some("1235")));
    assert_eq!(
        (cells[0]["why"]["summed"]["account"].as_str(), cells[1]["why"].as_str()),
        (Some("계"), Some("not-attributed"))
    );
}

/// A figure that stands in a file is told of with its place in a chart, too.
#[test]
fn a_chart_names_places_as_tables_do() {
    let (mut page, books, _book) = reasons();
    let Some(table) = page.tables().next().cloned() else { panic!("a table") };
    let read = table.rows[0].cells.last().cloned().expect("a cell");
    let chart = chart(Shape::Amounts, &["금액"], &[("파일", &[read])]);
    page.blocks = vec![Block::Chart(chart)];
    let json: serde_json::Value = serde_json::from_str(&rendered(&page, &books, Format::Json)).expect("it is JSON");
    let why = &json["contents"][0]["points"][0]["cells"][0]["why"]["read"];
    assert_eq!((why["line"].as_u64(), why["written"].as_str()), (Some(1), Some("[year]")), "{json}");
}

#[test]
fn headings_of_markdown_nest_and_captions_stand_one_deeper() {
    let (page, books) = document();
    let text = rendered(&page, &books, Format::Markdown);
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#') || *line == "**표**").collect();
    assert_eq!(
        headings,
        ["# 제목", "## 표", "## 1. 개요", "### 가. 장소", "#### 표", "###### 깊은 곳", "**표**"],
        "{text}"
    );
    assert!(text.contains("\n2015\\. 1. 1. 시작\n"), "a sentence is no list:\n{text}");
    assert!(text.contains("\n- 장소: 태국 푸켓\n  - 1\\. 참가 도시\n- \\- 끝\n"), "{text}");
    assert!(text.contains("\n- ※ 주의\n  - 곳\n"), "{text}");
    assert!(!text.contains("그림"), "charts are left to others");
}

#[test]
fn csv_names_each_table_of_a_document_and_keeps_cautions() {
    let (page, books) = document();
    let text = rendered(&page, &books, Format::Csv);
    let comments: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let own = "# 한 줄 | 참고";
    assert_eq!(comments, ["# first", own, "# second", own, "# 주의", "# made-up", own, "# last", own], "{text}");
    assert_eq!(text.split("\n\n").count(), 4, "a line stands between tables:\n{text}");
    let without = Page { blocks: page.blocks.into_iter().filter(|block| block.table().is_none()).collect(), ..page };
    let text = rendered(&without, &books, Format::Csv);
    let wanted = [
        "# 1. 개요",
        "# 2015. 1. 1. 시작",
        "# 가. 장소",
        "# 장소: 태국 푸켓",
        "# 1. 참가 도시",
        "# - 끝",
        "# 주의",
        "# 깊은 곳",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), wanted, "what has no table is told all the same");
}
