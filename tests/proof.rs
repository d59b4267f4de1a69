//! The proof that `explain --format json` gives, added up again from the files by somebody else's means.

mod support;

use std::io::Write as _;
use std::process::{Command, Stdio};
use support::root;

/// Figures of every sort: a row, a column, and the flags.
const FIGURES: [&[&str]; 13] = [
    &["2015", "계", "return_due", "--book", "data"],
    &["2015", "사무관리비", "unspent", "--book", "data"],
    &["2015", "계", "execution_rate(granted)", "--book", "data"],
    &["2016", "feasibility-studies", "change", "--report", "years", "--with", "2015", "--book", "data"],
    &["2016", "계", "change", "--report", "years", "--with", "2015", "--book", "data"],
    &["2023", "계", "lapsed", "--book", "fixtures/funds"],
    &["2023", "사업비", "--book", "fixtures/funds"],
    &["2023", "1-3", "--book", "fixtures/funds"],
    &["2023", "state", "payable", "--report", "return", "--book", "fixtures/funds"],
    &["2023", "2023-Q4", "remaining", "--report", "status-by-quarter", "--book", "fixtures/funds"],
    &["2023", "(items)", "difference", "--report", "diff", "--book", "fixtures/funds"],
    &["2025", "계", "unspent", "--book", "fixtures/small"],
    &["2024", "마을학교", "budget_left", "--book", "fixtures/won"],
];

fn explained(figure: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_wego-ledger"))
        .arg("explain")
        .args(figure)
        .args(["--format", "json"])
        .current_dir(root())
        .output()
        .expect("the program can be run");
    assert!(output.status.success(), "{figure:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("JSON is UTF-8")
}

#[test]
#[ignore = "needs python3"]
fn an_independent_script_adds_every_figure_up_again() {
    for figure in FIGURES {
        let (status, said) = readd(&explained(figure));
        assert!(status && said.contains("added up again"), "{figure:?}: {said}");
    }
}

/// A proof with one amount changed is none.
#[test]
#[ignore = "needs python3"]
fn the_script_finds_what_does_not_add_up() {
    let sound = explained(FIGURES[0]);
    for (was, is, why) in [
        ("\"exact\": \"9999950\"", "\"exact\": \"9999951\"", "is not"),
        ("account-lines.csv:13", "account-lines.csv:14", "does not stand there"),
        ("\"exact\": \"113000\"", "\"exact\": \"114000\"", ""),
    ] {
        // Effects of what was spent are negative in what is due.
        let (was, is) = if sound.contains(was) {
            (was.to_owned(), is.to_owned())
        } else {
            (was.replace(": \"", ": \"-"), is.replace(": \"", ": \"-"))
        };
        assert!(sound.contains(&was), "{was}");
        let (status, said) = readd(&sound.replacen(&was, &is, 1));
        assert!(!status && said.contains(why), "{was}: {said}");
    }
}

/// Whether the script is content, and what it says.
fn readd(json: &str) -> (bool, String) {
    let mut script = Command::new("python3")
        .arg(root().join("tests/proof/readd.py"))
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 is installed");
    script.stdin.take().expect("it is piped").write_all(json.as_bytes()).expect("it reads");
    let output = script.wait_with_output().expect("it ends");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// The script's twin, for machines without Python: the same sums, from the JSON alone.
#[test]
fn the_effects_of_all_lines_come_to_the_figure() {
    let (mut lines, mut taken_away) = (0, 0);
    for figure in FIGURES {
        let page: serde_json::Value = serde_json::from_str(&explained(figure)).expect("it is JSON");
        let exact = |cell: &serde_json::Value| -> Option<rust_decimal::Decimal> {
            cell["exact"].as_str().map(|text| text.parse().expect("a decimal"))
        };
        let zero = rust_decimal::Decimal::ZERO;
        let mut sums = std::collections::BTreeMap::new();
        let tables = page["tables"].as_array().expect("tables");
        for table in tables {
            let Some(part) = table["id"].as_str().and_then(|id| id.strip_prefix("lines-")) else { continue };
            let rows = table["rows"].as_array().expect("rows");
            let (total, rows) = rows.split_last().expect("a sum");
            let sum = rows.iter().filter_map(|row| exact(&row["cells"]["effect"])).fold(zero, |a, b| a + b);
            assert_eq!(exact(&total["cells"]["effect"]), Some(sum), "{figure:?} {part}");
            // What is taken away is told as such, of the year before, too.
            let elsewhere = &total["cells"]["effect"]["why"]["elsewhere"]["why"]["worked"][0];
            if elsewhere["sign"] == "-" {
                assert_eq!(exact(elsewhere), Some(-sum), "{figure:?} {part}");
                taken_away += 1;
            }
            for row in rows {
                let (path, line) = row["place"].as_str().and_then(|place| place.rsplit_once(':')).expect("a place");
                let written = row["cells"]["written"]["text"]["ko"].as_str().expect("an amount");
                let text = std::fs::read_to_string(root().join(path)).expect("the file is there");
                let at = line.parse::<usize>().expect("a number") - 1;
                let here = text.lines().skip(at).take(12).collect::<Vec<_>>().join("\n");
                assert!(here.contains(written), "{path}:{line} has no `{written}`");
                // The place is one of the files of the line's own year.
                let why = &row["cells"]["effect"]["why"];
                let read = why.get("elsewhere").map_or(why, |of| &of["why"])["read"].clone();
                assert_eq!(
                    (read["file"].as_str(), read["line"].to_string().as_str()),
                    (Some(path), line),
                    "{figure:?}"
                );
                lines += 1;
            }
            sums.insert(part.to_owned(), sum);
        }
        for table in tables {
            let Some(n) = table["id"].as_str().and_then(|id| id.strip_prefix("parts-")) else { continue };
            let rows = table["rows"].as_array().expect("rows");
            let key = |row: &serde_json::Value| row["part"].as_str().expect("a number").to_owned();
            for row in rows {
                let own = exact(&row["cells"]["amount"]);
                if let Some(sum) = sums.get(&format!("{n}.{}", key(row))) {
                    assert_eq!(own, Some(*sum), "{figure:?} {}", key(row));
                }
                if row["cells"]["how"]["text"]["en"] == "sum of those below" {
                    let below = rows
                        .iter()
                        .filter(|part| key(part).rsplit_once('.').is_some_and(|(above, _)| above == key(row)));
                    let sum = below.filter_map(|part| exact(&part["cells"]["amount"])).fold(zero, |a, b| a + b);
                    assert_eq!(own, Some(sum), "{figure:?} {}", key(row));
                }
            }
        }
    }
    assert!(lines > 150, "only {lines} lines were looked at");
    assert!(taken_away > 0, "a change takes away what the year before had");
}
