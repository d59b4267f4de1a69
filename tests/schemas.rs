//! The JSON of every report and its schema: each has one, and documents of every book are what theirs says.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use support::{Book, Everything, SOUND, root};
use wego_ledger::report;

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wego-ledger"));
    command.args(args).current_dir(root()).env("LC_ALL", "C.UTF-8").env_remove("WEGO_LEDGER_BOOK");
    command.output().expect("the program runs")
}

fn names() -> BTreeSet<String> {
    let listed = String::from_utf8(run(&["schema"]).stdout).expect("it is UTF-8");
    listed.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_report_has_a_schema_that_is_printed() {
    let names = names();
    let read = Everything::of(&root().join("data"), 2015, 1);
    for (report, page) in report::ALL {
        let page = page(read.books, &read.tally);
        assert!(names.contains(page.report), "{report} is a page of `{}`, which has no schema", page.report);
    }
    let kept: BTreeSet<String> = root()
        .join("fixtures/schema")
        .read_dir()
        .expect("they are there")
        .map(|file| {
            file.expect("a folder can be read").path().file_stem().expect("a name").to_string_lossy().into_owned()
        })
        .collect();
    assert_eq!(names, kept, "what is listed is what is kept");
    for name in names {
        let printed = run(&["schema", &name]);
        let file = std::fs::read(root().join(format!("fixtures/schema/{name}.json"))).expect("it is kept");
        assert_eq!(printed.stdout, file, "{name}");
        let schema: serde_json::Value = serde_json::from_slice(&file).expect("it is JSON");
        let id = format!("wego-ledger/{name}@1");
        assert_eq!(
            (&schema["$id"], &schema["properties"]["schema"]["const"]),
            (&id.as_str().into(), &id.as_str().into())
        );
        assert_eq!(run(&["schema", &id]).stdout, file, "by the name that documents have");
        // The title tells the command, and that is one.
        let title = schema["title"].as_str().expect("a title");
        let command = title.split_whitespace().nth(2).expect("a command").trim_end_matches('`');
        let known = run(&[command, "--help"]).status.success();
        assert!(known, "`{command}` of {name} is no command");
    }
}

/// The JSON of every report of a book, each with the name of its schema.
fn written(book: &str, year: i32, lang: &str, folder: &Path) {
    let year = year.to_string();
    let base = ["--book", book, "--lang", lang, "--format", "json"];
    let asked: [(&str, &[&str]); 16] = [
        ("settlement", &["settle", &year]),
        ("settlement", &["settle", &year, "--layout", "closing", "--exact"]),
        ("settlement", &["settle", &year, "--layout", "ipsas24", "--depth", "0"]),
        ("plan", &["plan", &year]),
        ("diff", &["diff", &year]),
        ("diff", &["diff", &year, "--by", "account"]),
        ("diff", &["diff", &year, "--by", "fund"]),
        ("changes", &["diff", &year, "--from", book]),
        ("status", &["status", &year]),
        ("status", &["status", &year, "--quarter", "--by", "item"]),
        ("return", &["return", &year]),
        ("audit", &["audit", &year, "--verbose"]),
        ("explain", &["explain", &year, "계"]),
        ("explain", &["explain", &year, "계", "execution_rate"]),
        ("report", &["report", &year]),
        ("check", &["check", &year]),
    ];
    for (n, (name, args)) in asked.into_iter().enumerate() {
        let output = run(&[args, &base].concat());
        // A book without what a report is of has no such report; that each has one is asked at the end.
        if !output.stdout.is_empty() {
            std::fs::write(folder.join(format!("{name}.{n}.json")), &output.stdout).expect("it can be written");
        } else {
            assert!(!output.stderr.is_empty(), "{args:?}");
        }
    }
}

fn python(script: &str, args: &[&str]) -> Output {
    // Where `.ci/run` puts the packages that these scripts import.
    let ours = root().join("target/ci/bin/python3");
    let python = if ours.exists() { ours } else { "python3".into() };
    let script = root().join("tests/schemas").join(script);
    Command::new(python).arg(script).args(args).current_dir(root()).output().expect("python3 is installed")
}

#[test]
#[ignore = "needs python3 with jsonschema"]
fn documents_of_every_book_are_what_their_schemas_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str| {
        let own = folder.path().join(name);
        std::fs::create_dir_all(&own).expect("a folder can be made");
        own
    };
    for lang in ["ko", "en"] {
        for (n, (book, year)) in SOUND.into_iter().enumerate() {
            written(book, year, lang, &put(&format!("{lang}-{n}")));
        }
        let two = put(&format!("{lang}-years"));
        let output = run(&["diff", "2022", "2023", "--book", "fixtures/funds", "--lang", lang, "--format", "json"]);
        std::fs::write(two.join("years.json"), output.stdout).expect("it can be written");
        // One book against another, with lines that came and went; a published table; a book with findings.
        let own =
            Book::of(&support::CHART, "date,account,kind,amount\n2025-01-02,여비,grant,10\n2025,인건비,grant,7\n");
        let other = Book::of(&support::CHART, "date,account,kind,amount\n2025-01-02,여비,grant,12.5\n");
        let path = |book: &Book| book.path().display().to_string();
        let changed =
            run(&["diff", "2025", "--from", &path(&other), "--book", &path(&own), "--lang", lang, "-f", "json"]);
        std::fs::write(two.join("changes.json"), changed.stdout).expect("it can be written");
        let table = "fixtures/published";
        let tables = support::files(&root().join(table), &["csv"]);
        assert!(!tables.is_empty());
        for (n, file) in tables.iter().enumerate() {
            let output = run(&["audit", &file.display().to_string(), "--lang", lang, "-f", "json"]);
            std::fs::write(two.join(format!("audit.{n}.json")), output.stdout).expect("it can be written");
        }
        let broken = run(&["check", "--book", "fixtures/broken/WL401", "--lang", lang, "-f", "json"]);
        std::fs::write(two.join("check.json"), broken.stdout).expect("it can be written");
    }
    let output = python("valid.py", &[&folder.path().display().to_string()]);
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    for name in names() {
        assert!(said.contains(&format!("{name}: ")), "no document of {name} was looked at:\n{said}");
    }
}
