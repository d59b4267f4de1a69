//! Pages for browsers: well-formed and closed in themselves, every figure leading to lines that come to it.
//!
//! What needs a browser is in `tests/web/browser.mjs`: it opens pages, clicks, sorts, filters, prints, and asks axe-core.

#[path = "web/reader.rs"]
mod reader;
mod support;

use reader::Element;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use support::documents::{Hard, every_hard_page, every_page, lines_of, long, names, written};
use support::{Book, Everything, root};
use wego_ledger::ledger::{Books, Term};
use wego_ledger::money::{Figure, Money, Unit};
use wego_ledger::render::{self, Format, Made, Style};
use wego_ledger::report::{self, Paper, Side};
use wego_ledger::table::{Block, Cell, Chart, Heading, Mark, Page, Scale, Shape, Shown, Step, Why};
use wego_ledger::words::{Lang, Text};

fn page_of(page: &Page, books: &Books, lang: Lang) -> (String, Element) {
    let (bytes, unshown) = written(page, books, Format::Html, lang);
    assert!(unshown.is_empty(), "{unshown:?}");
    let text = String::from_utf8(bytes).expect("pages are UTF-8");
    let page = Element::page(&text);
    (text, page)
}

/// The year before and a year, held against each other.
fn two_years(lang: Lang) -> (Page, String) {
    let [before, now] = [2015, 2016].map(|year| Everything::of(&root().join("data"), year, 1));
    let side = |one: &'_ Everything| one.books;
    let page = report::years(
        Side { books: side(&before), tally: &before.tally },
        Side { books: side(&now), tally: &now.tally },
        Term::Budget,
        Paper::of(&now.books.year.presentation),
    );
    let books = [now.books, before.books];
    let lines = books.map(lines_of);
    let style = Style { lang, ..Style::plain(&now.books.year.presentation) };
    let mut bytes = Vec::new();
    render::write(&Made { page: &page, books: &books, lines: &lines }, Format::Html, &style, &mut bytes)
        .expect("memory can be written");
    (page, String::from_utf8(bytes).expect("pages are UTF-8"))
}

/// Everything that has to hold for any page.
fn sound(name: &str, text: &str, page: &Element, lang: Lang) {
    let all = page.all();
    let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
    for id in all.iter().filter_map(|element| element.attribute("id")) {
        *ids.entry(id).or_default() += 1;
    }
    assert!(ids.values().all(|count| *count == 1), "{name}: {:?}", ids.iter().find(|(_, count)| **count > 1));
    for element in &all {
        for (attribute, value) in &element.attributes {
            assert!(
                !matches!(attribute.as_str(), "src" | "style" | "srcset" | "action") && !attribute.starts_with("on"),
                "{name}: {attribute}={value}"
            );
        }
        if let Some(goal) = element.attribute("href") {
            let id = goal.strip_prefix('#').unwrap_or_else(|| panic!("{name} leads away to {goal}"));
            assert!(ids.contains_key(id), "{name}: no place is called {id}");
        }
        for referred in ["aria-labelledby", "aria-describedby"] {
            let named = element.attribute(referred).into_iter().flat_map(|ids| ids.split(' '));
            named.for_each(|id| assert!(ids.contains_key(id), "{name}: {referred} names {id}"));
        }
        assert!(element.name != "link" && element.name != "img" && element.name != "iframe", "{name}");
    }
    for own in page.named("style").chain(page.named("script")) {
        let reader::Node::Text(own) = &own.inner[0] else { panic!("it is a text") };
        assert!(!own.contains("http") && !own.contains("url(") && !own.contains("@import"), "{name}");
    }
    assert_eq!(
        page.named("html").next().and_then(|html| html.attribute("lang")),
        Some(match lang {
            Lang::Ko => "ko",
            Lang::En => "en",
        })
    );
    for table in page.named("table") {
        assert_eq!(table.named("caption").count(), 1, "{name}: a table has a caption");
        assert!(table.named("th").all(|head| matches!(head.attribute("scope"), Some("col" | "row"))), "{name}");
    }
    let levels = all.iter().filter_map(|element| match element.name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    });
    let levels: Vec<u8> = levels.collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}: one title");
    assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{name}: a level of headings is left out: {levels:?}");
    assert_eq!(page.named("script").count(), 1, "{name}");
    assert!(text.ends_with("</html>\n"), "{name}");
}

#[test]
fn every_page_of_the_books_is_sound_in_both_languages() {
    let mut seen = 0;
    every_page(|name, page, books| {
        for lang in [Lang::Ko, Lang::En] {
            let (text, element) = page_of(page, books, lang);
            sound(name, &text, &element, lang);
            leads_to_its_lines(name, page, &element);
            seen += 1;
        }
    });
    assert!(seen > 100, "{seen}");
}

#[test]
fn every_hard_page_is_sound() {
    every_hard_page(|name, page, books| {
        let (text, element) = page_of(page, books, Lang::Ko);
        sound(name, &text, &element, Lang::Ko);
        leads_to_its_lines(name, page, &element);
    });
}

#[test]
fn a_page_of_two_years_reaches_the_lines_of_both() {
    for lang in [Lang::Ko, Lang::En] {
        let (page, text) = two_years(lang);
        let element = Element::page(&text);
        sound("years", &text, &element, lang);
        leads_to_its_lines("years", &page, &element);
        let before = entry(&element, "t1r1c2").expect("the budget of 2015 has lines");
        let places: Vec<String> = before.named("code").map(Element::text).collect();
        assert!(places.iter().any(|place| place.contains("data/2015/account-lines.csv:")), "{places:?}");
        assert!(!places.iter().any(|place| place.contains("data/2016")), "{places:?}");
        assert!(before.text().contains("(2015)"), "of which year is said");
    }
}

/// The entry that the figure at a place leads to.
fn entry<'e>(page: &'e Element, cell: &str) -> Option<&'e Element> {
    let cell = page.all().into_iter().find(|element| element.attribute("id") == Some(cell))?;
    let link = cell.named("a").next()?.attribute("href")?.strip_prefix('#')?;
    Some(page.by_id(link))
}

fn won(text: &str) -> Figure {
    Figure::parse(text.trim()).expect("a figure").unwrap_or(Figure::whole(0))
}

fn total(figures: impl Iterator<Item = Figure>) -> Figure {
    figures.fold(Figure::whole(0), |sum, one| sum + one)
}

/// Every amount has an entry whose rows come to it, exactly; every place that an entry names as its figure leads to it.
fn leads_to_its_lines(name: &str, page: &Page, element: &Element) {
    let by_id: BTreeMap<&str, &Element> =
        element.all().into_iter().filter_map(|one| Some((one.attribute("id")?, one))).collect();
    let left_out = element.classed("basis").flat_map(|basis| basis.classed("remark")).count();
    let mut seen = 0;
    for (t, table) in page.tables().enumerate() {
        for (r, row) in table.rows.iter().enumerate() {
            for (c, cell) in row.cells.iter().enumerate() {
                let id = format!("t{}r{}c{}", t + 1, r + 1, c + 1);
                let Some(found) = by_id.get(id.as_str()) else {
                    let explained = cell.money().is_some() && reaches_something(&cell.why);
                    assert!(!explained || left_out > 0, "{name}: {id} leads nowhere: {cell:?}");
                    continue;
                };
                let link = found.named("a").next().and_then(|a| a.attribute("href")).expect("it leads somewhere");
                let entry = by_id[&link[1..]];
                let back = entry.classed("back").flat_map(|back| back.named("a"));
                let backs: Vec<_> = back.filter_map(|a| a.attribute("href")).collect();
                assert!(backs.len() == 12 || backs.contains(&format!("#{id}").as_str()), "{name}: {id} {backs:?}");
                if let Some(exact) = cell.money() {
                    comes_to(name, &id, exact, entry, &cell.why);
                    seen += 1;
                }
            }
        }
    }
    assert!(
        seen > 0
            || !page
                .tables()
                .flat_map(|table| &table.rows)
                .flat_map(|row| &row.cells)
                .any(|cell| cell.money().is_some() && reaches_something(&cell.why)),
        "{name}"
    );
}

fn comes_to(name: &str, id: &str, exact: Money, entry: &Element, why: &Why) {
    let effects: Vec<&Element> = entry.classed("effect").collect();
    match why {
        Why::Elsewhere(_, why) => comes_to(name, id, exact, entry, why),
        Why::Summed(_) => {
            assert!(!effects.is_empty(), "{name}: {id} has no line");
            let sum = total(effects.iter().map(|effect| won(&effect.text())));
            assert_eq!(sum, exact.exactly(Unit::Won), "{name}: the lines of {id}");
        }
        Why::Worked(steps) => {
            let rows = entry.named("tr").filter(|row| row.classed("effect").count() == 1);
            let signed = rows.map(|row| {
                let amount = won(&row.classed("effect").next().expect("it has one").text());
                if row.named("th").next().expect("a name").text().starts_with('−') {
                    Figure::whole(0) - amount
                } else {
                    amount
                }
            });
            assert_eq!(total(signed), exact.exactly(Unit::Won), "{name}: the steps of {id}: {steps:?}");
        }
        _ => {}
    }
}

fn reaches_something(why: &Why) -> bool {
    match why {
        Why::Read(_) | Why::Summed(_) | Why::Worked(_) | Why::PartOf(_) | Why::Divided(_) | Why::Rounded(_) => true,
        Why::Elsewhere(_, inner) => reaches_something(inner),
        _ => false,
    }
}

#[test]
fn figures_of_2015_lead_to_lines_that_name_their_place() {
    let everything = Everything::of(&root().join("data"), 2015, 1);
    let (_, page) = page_of(&everything.page(), everything.books, Lang::Ko);
    // 여비 집행액, then 사무관리비 집행잔액.
    let travel = entry(&page, "t1r3c4").expect("it has lines").text();
    for wanted in
        ["9,999.95", "천원", "9,999,950", "data/2015/account-lines.csv:13", "집행", "printed 9,999.9 with 0.05 unspent"]
    {
        assert!(travel.contains(wanted), "{wanted} in {travel}");
    }
    let unspent = entry(&page, "t1r1c5").expect("it has lines").text();
    assert!(unspent.contains("교부액 637,458,000 − 집행액 636,311,450"), "{unspent}");
    let cards: Vec<String> = page.classed("cards").flat_map(|cards| cards.named("li")).map(Element::text).collect();
    assert_eq!(
        cards,
        ["2015 예산644,658천원", "교부액637,458천원", "집행액636,311천원", "집행잔액1,147천원", "발생이자113천원"]
    );
}

#[test]
fn hard_names_are_shown_as_they_are() {
    let Hard { read, book: _book, .. } = names();
    let (text, page) = page_of(&read.page(), read.books, Lang::Ko);
    let rows: Vec<String> = page.classed("data").flat_map(|table| table.named("th")).map(Element::text).collect();
    for name in support::documents::HARD_NAMES {
        let name: String = wego_ledger::ledger::loosely(name);
        assert!(rows.iter().any(|row| wego_ledger::ledger::loosely(row) == name), "{name} in {rows:?}");
    }
    assert!(!text.contains("<script>alert") && text.contains("&lt;script&gt;alert(1)&lt;b&gt;"));
    // Of a memo of two lines nothing is lost, and it stays in its cell.
    assert!(page.text().contains("=1+1 둘째 줄"), "memos are shown");
}

#[test]
fn a_name_cannot_turn_what_follows_or_ring_a_bell() {
    let lines = "date,account,kind,amount,memo\n2025-01-02,여비,grant,5,\"a\u{202e}b\u{7}c\"\n";
    let book = Book::of(&["여비"], lines);
    let read = book.read();
    let (bytes, _) = written(&read.page(), read.books, Format::Html, Lang::Ko);
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains("a b c") && !text.contains('\u{202e}') && !text.contains('\u{7}'));
}

/// A body without a word of Korean, and one without a word of English, have pages without one.
#[test]
fn no_label_of_the_other_language_strays_in() {
    let english = Book::of(&["Staff", "Travel"], LINES);
    let korean = Book::of(&["인건비", "여비"], LINES.replace("Staff", "인건비").replace("Travel", "여비"));
    for (name, make) in report::ALL {
        let read = english.read();
        let (_, page) = page_of(&make(read.books, &read.tally), read.books, Lang::En);
        let said = spoken(&page);
        assert!(!said.chars().any(|c| ('가'..='힣').contains(&c)), "{name}: {said}");
        let read = korean.read();
        let (_, page) = page_of(&make(read.books, &read.tally), read.books, Lang::Ko);
        let said = spoken(&page);
        let words = said.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2);
        let stray: Vec<&str> =
            words.filter(|word| !["wego", "ledger", "IPSAS", "year", "toml"].contains(word)).collect();
        let known = ["legal", "basis", "clauses", "settlement", "due", "printed", "rate", "return", "explain"];
        let stray: Vec<_> = stray.into_iter().filter(|word| !known.contains(word)).collect();
        assert!(stray.is_empty(), "{name}: {stray:?}");
    }
}

const LINES: &str = "date,account,kind,amount\n2025-01-02,Staff,budget,500\n2025-01-02,Staff,grant,400\n\
                     2025-03-02,Staff,disbursement,300\n2025-05-02,Travel,disbursement,20\n";

/// What a page says to anybody, attributes that are read out included; not where files are.
fn spoken(page: &Element) -> String {
    let mut said = String::new();
    for element in page.all() {
        if matches!(element.name.as_str(), "code" | "style" | "script") {
            continue;
        }
        for node in &element.inner {
            if let reader::Node::Text(text) = node {
                said.push_str(text);
                said.push('\n');
            }
        }
        for read_out in ["title", "aria-label", "data-filter", "data-reset", "data-shown"] {
            said.push_str(element.attribute(read_out).unwrap_or_default());
            said.push('\n');
        }
    }
    said
}

#[test]
fn a_page_without_lines_says_how_to_see_them() {
    let everything = Everything::of(&root().join("data"), 2015, 1);
    let text = support::rendered(&everything.page(), everything.books, Format::Html);
    let page = Element::page(&text);
    let entry = entry(&page, "t1r1c4").expect("it has an entry").text();
    assert!(entry.contains("wego-ledger explain 2015 계 disbursed --lines 0"), "{entry}");
}

/// A long page stays small enough to be opened, and counts what it leaves out.
#[test]
fn a_long_page_is_bounded() {
    let Hard { read, book, .. } = long(3_000);
    let page = read.page();
    let (text, element) = page_of(&page, read.books, Lang::Ko);
    assert!(text.len() < 8_000_000, "{} bytes", text.len());
    let rows = element.classed("lines").flat_map(|lines| lines.named("tr")).count();
    assert!(rows < 15_000, "{rows}");
    let entries = element.classed("entry").count();
    let figures = page.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let figures = figures.filter(|cell| cell.money().is_some() && reaches_something(&cell.why)).count();
    let linked = element.classed("data").flat_map(|table| table.named("a")).count();
    let grouped = Figure::whole((figures - linked) as i128).grouped();
    let remark =
        element.classed("basis").flat_map(|basis| basis.classed("remark")).map(Element::text).collect::<String>();
    assert!(remark.contains(&format!("{grouped}개")), "{grouped} in {remark}");
    assert!(entries > 1_000 && linked < figures, "{entries} {linked} {figures}");
    // The total has all 3,000 lines: 50 are listed, the others counted, and their command shows them.
    let total = entry(&element, "t1r1c4").expect("the total has an entry");
    assert_eq!(total.classed("effect").count(), 51);
    assert!(total.text().contains("그 밖의 2,950개"), "{}", total.text());
    let command =
        total.named("code").map(Element::text).find(|code| code.starts_with("wego-ledger ")).expect("a command");
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_wego-ledger")).args(&words).arg("--book").arg(book.path()).output();
    let output = output.expect("the program runs");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).lines().count() > 3_000, "{command}");
}

/// Past what is kept, sums are still right: what is not listed is what is missing to the figure.
#[test]
fn where_not_every_line_is_kept_the_rest_is_what_is_missing() {
    let Hard { read, book: _book, .. } = long(100);
    let mut lines = lines_of(read.books);
    lines.kept.truncate(30);
    let page = read.page();
    let style = Style::plain(&read.books.year.presentation);
    let mut bytes = Vec::new();
    let made = Made { page: &page, books: &[read.books], lines: &[lines] };
    render::write(&made, Format::Html, &style, &mut bytes).expect("memory can be written");
    let element = Element::page(&String::from_utf8(bytes).expect("UTF-8"));
    leads_to_its_lines("cut", &page, &element);
    let total = entry(&element, "t1r1c2").expect("an entry").text();
    assert!(total.contains("그 밖의 줄") && total.contains("wego-ledger explain 2025 계"), "{total}");
}

#[test]
fn the_same_page_is_the_same_bytes() {
    let everything = Everything::of(&root().join("fixtures/funds"), 2022, 1);
    let again = Everything::of(&root().join("fixtures/funds"), 2022, 2);
    let bytes = |one: &Everything| written(&one.page(), one.books, Format::Html, Lang::En).0;
    assert_eq!(bytes(&everything), bytes(&again));
}

/// Commands that pages name are commands of this program.
#[test]
fn the_command_for_a_figure_of_any_report_runs() {
    for (name, year, make) in [("return", "2022", "t1r8c2"), ("status", "2022", "t1r9c4"), ("plan", "2022", "t1r1c3")] {
        let everything = Everything::of(&root().join("fixtures/funds"), 2022, 1);
        let (_, report) = report::ALL.iter().find(|(known, _)| *known == name).expect("a report");
        let page = report(everything.books, &everything.tally);
        let text = support::rendered(&page, everything.books, Format::Html);
        let element = Element::page(&text);
        let Some(entry) = entry(&element, make) else { panic!("{name}: {make} has no entry") };
        let Some(command) = entry.named("code").map(Element::text).find(|code| code.starts_with("wego-ledger ")) else {
            continue;
        };
        assert!(command.starts_with(&format!("wego-ledger explain {year} ")), "{command}");
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let output = Command::new(env!("CARGO_BIN_EXE_wego-ledger"))
            .args(&words)
            .args(["--book", "fixtures/funds"])
            .current_dir(root())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

fn money(won: i64) -> Cell {
    Cell::amount(Money::from_won(won), Why::Label)
}

fn rate(part: i64, whole: i64) -> Cell {
    let step = |won| Step { name: Text::same("x"), amount: Money::from_won(won), why: Why::NoLines };
    Cell::rate(step(part), step(whole))
}

/// A page with every shape of chart, hard figures in each.
fn charts() -> (Page, &'static Books, Book) {
    let book = Book::of(&["여비"], LINES.lines().next().expect("a header"));
    let read = book.read();
    let presentation = read.books.year.presentation.clone();
    let scale = Scale { unit: Unit::Thousand, shown: Shown::Rounded, presentation: &presentation };
    let chart = |id: &str, shape, series: &[&str], points: Vec<(&str, Vec<Cell>)>| {
        let points = points.into_iter().map(|(name, cells)| Mark { name: Text::same(name), cells }).collect();
        let series = series.iter().map(|name| Text::same(*name)).collect();
        let title = Text::new(format!("그림 {id}"), format!("Chart {id}"));
        Block::Chart(Chart { id: id.to_owned(), title, shape, unit: Unit::Won, series, points }.scaled(&scale))
    };
    let parts = vec![
        ("다 쓴 과목", vec![rate(100, 100)]),
        ("넘친 과목", vec![rate(150, 100)]),
        ("한참 넘친 과목", vec![rate(1_234_567_890, 1_000)]),
        ("덜 쓴 과목", vec![rate(9_999_950, 10_000_000)]),
        ("되돌린 과목", vec![rate(-5, 100)]),
        ("기준이 없는 과목", vec![Cell::blank(Why::NoBasis)]),
        ("이름이 아주 길어서 한 줄에 다 들어가지 않으므로 몇 줄로 나누어 적어야 하는 과목의 이름", vec![rate(0, 100)]),
    ];
    let amounts = vec![
        ("<가>", vec![money(1_000_000), money(-400_000)]),
        ("나", vec![money(0), Cell::blank(Why::NoLines)]),
        ("다", vec![money(999_999_999_999_999), money(1)]),
    ];
    let months: Vec<String> = (1..=30).map(|month| format!("{month}월")).collect();
    let course = months.iter().enumerate().map(|(n, month)| (month.as_str(), vec![money(n as i64 * 1_000)])).collect();
    let over =
        vec![("1월", vec![rate(-10, 100)]), ("2월", vec![Cell::blank(Why::NoLines)]), ("3월", vec![rate(120, 100)])];
    let heading = |level, text: &str| Block::Heading(Heading { level, text: Text::same(text) });
    let blocks = vec![
        heading(2, "둘째 깊이부터"),
        chart("parts", Shape::Parts, &["비율"], parts),
        heading(4, "건너뛴 깊이"),
        chart("amounts", Shape::Amounts, &["예산", "집행"], amounts),
        chart("course", Shape::Course, &["누계"], course),
        chart("over", Shape::Course, &["누계"], over),
        chart("none", Shape::Amounts, &["하나"], Vec::new()),
        Block::PageBreak,
    ];
    (Page { report: "made-up", title: Text::new("그림", "Charts"), blocks }, read.books, book)
}

#[test]
fn charts_say_their_figures_and_stay_within_their_picture() {
    let (page, books, _book) = charts();
    let (text, element) = page_of(&page, books, Lang::Ko);
    sound("charts", &text, &element, Lang::Ko);
    let pictures: Vec<&Element> = element.named("svg").filter(|svg| svg.attribute("role") == Some("img")).collect();
    assert_eq!(pictures.len(), 5);
    let percent = |text: &str| -> i64 {
        let number = text.strip_suffix('%').unwrap_or_else(|| panic!("{text} is no part of the picture"));
        let (whole, rest) = number.split_once('.').unwrap_or((number, "00"));
        whole.parse::<i64>().expect("a number") * 100 + rest.parse::<i64>().expect("a number")
    };
    for picture in &pictures {
        assert!(picture.named("title").count() == 1 && picture.named("desc").count() == 1);
        let height: i64 = picture.attribute("height").expect("a height").parse().expect("a number");
        for rect in picture.named("rect") {
            let at = |name| rect.attribute(name).expect("it has one");
            let (x, width) = (if at("x") == "0" { 0 } else { percent(at("x")) }, percent(at("width")));
            assert!(x >= 0 && width >= 0 && x + width <= 10_000, "{rect:?}");
            let (y, tall): (i64, i64) = (at("y").parse().expect("a number"), at("height").parse().expect("a number"));
            assert!(y >= 0 && tall >= 0 && y + tall <= height, "{rect:?}");
        }
    }
    let figures = |n: usize| pictures[n].classed("figure").map(Element::text).collect::<Vec<_>>();
    assert_eq!(figures(0), ["100.0%", "150.0%", "123,456,789.0%", "99.9%", "△5.0%", "-", "0.0%"]);
    assert_eq!(pictures[0].classed("over").count(), 2, "what is more than the whole is marked");
    assert_eq!(figures(1), ["1,000", "△400", "-", "-", "1,000,000,000,000", "0"]);
    assert_eq!(pictures[1].classed("below").count(), 1, "a negative lies on the other side of nothing");
    assert!(pictures[0].text().contains("기준이 없는 과목: -"), "what is drawn is said, too");
    assert!(figures(2).len() <= 13 && figures(2).contains(&"29".to_owned()), "{:?}", figures(2));
    assert_eq!(figures(3), ["△10.0%", "120.0%"], "what is absent has no step");
    let name = "이름이 아주 길어서 한 줄에 다 들어가지 않으므로 몇 줄로 나누어 적어야 하는 과목의 이름";
    let drawn: String = pictures[0].named("text").filter(|text| !text.has_class("figure")).map(Element::text).collect();
    assert!(drawn.contains(name), "{drawn}");
}

/// Pages for the browser, each with a name.
fn for_the_browser(folder: &Path) {
    let put = |name: &str, text: &str| {
        std::fs::write(folder.join(format!("{name}.html")), text).expect("files can be written");
    };
    for (lang, code) in [(Lang::Ko, "ko"), (Lang::En, "en")] {
        for (book, year, wanted) in [
            ("data", 2015, &["settlement", "status", "return", "audit"][..]),
            ("data", 2016, &["plan"]),
            ("fixtures/funds", 2022, &["status", "return", "closing", "diff"]),
        ] {
            let everything = Everything::of(&root().join(book), year, 1);
            for name in wanted {
                let (_, make) = report::ALL.iter().find(|(known, _)| known == name).expect("a report");
                let (text, _) = page_of(&make(everything.books, &everything.tally), everything.books, lang);
                put(&format!("{name}-{year}.{code}"), &text);
            }
        }
        put(&format!("years-2016.{code}"), &two_years(lang).1);
    }
    let (page, books, _book) = charts();
    put("charts.ko", &page_of(&page, books, Lang::Ko).0);
    every_hard_page(|name, page, books| {
        // The longest is opened once.
        if !name.starts_with("long-") || name == "long-settlement" {
            put(&format!("hard-{name}.ko"), &page_of(page, books, Lang::Ko).0);
        }
    });
}

#[test]
#[ignore = "needs chromium and node with playwright-core and axe-core"]
fn a_browser_opens_clicks_sorts_filters_and_prints() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for_the_browser(folder.path());
    let output = Command::new("node")
        .arg(root().join("tests/web/browser.mjs"))
        .arg(folder.path())
        .arg(root().join("target/ci"))
        .output()
        .expect("node is installed");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
}
