//! However many workers read, and however a file is cut among them: the same bytes come out.

mod support;

use encoding_rs::EUC_KR;
use std::fmt::Write as _;
use std::process::{Command, Output};
use support::Book;

const CHART: [&str; 4] = ["여비", "사무비", "사무비/임차료", "사무비/인쇄비"];
const YEAR: &str = "[[fund]]\nid = \"도\"\nname = { ko = \"도비\" }\n";

/// Lines for several pieces of a file, of every sort that a reader goes about in its own way, some of them wrong.
fn lines(wrong: bool) -> String {
    let mut text = "date,account,kind,amount,to,fund,ref,of,memo\n".to_owned();
    for n in 0..9_000_u32 {
        let (day, month) = (n % 28 + 1, n / 750 + 1);
        let account = ["여비", "사무비/임차료", "\"사무비/인쇄비\"", "여비"][n as usize % 4];
        let amount = [format!("{}", n * 37), "\"1,234,500\"".to_owned(), format!("{n}.25"), "12".to_owned()];
        let kind = ["집행", "disbursement", "교부", "예산", "집행"][n as usize % 5];
        let amount = &amount[(n / 7) as usize % 4];
        let memo = match n % 11 {
            0 => "\"회의, 그리고 \"\"식사\"\"\"".to_owned(),
            1 => format!("\"첫 줄 {n}\n둘째 줄\""),
            2 => "가".repeat(80),
            _ => format!("적요 {n}"),
        };
        // A payment of the first account.
        let before = (n / 20 * 20).saturating_sub(20);
        let end = if n % 13 == 0 { "\r\n" } else { "\n" };
        let line = match n % 997 {
            5 => format!("2025-{month:02}-{day:02},여비,전용,100,사무비/임차료,,T{n},,\"\"{end}"),
            6 => format!("2025-{month:02}-{day:02},여비,여입,1,,도,,V{},{end}", before),
            7 => format!("2025-{month:02}-{day:02},여비,정정,-3,,,,V{},{end}", before),
            8 if wrong => format!("2025-{month:02}-{day:02},없는 과목,집행,1,,,V{n},,{end}"),
            9 if wrong => format!("2025-02-30,여비,집행,\"1,23\",,,V{n},,{end}"),
            10 if wrong => format!("2025-{month:02}-{day:02},여비,집행,5,,,V{n},,\"열린 따옴표{end}"),
            _ => format!("2025-{month:02}-{day:02},{account},{kind},{amount},,도,V{n},,{memo}{end}"),
        };
        write!(text, "{line}").expect("memory");
    }
    text
}

fn book(text: &[u8], encoding: &str) -> Book {
    let accounts: String = CHART.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
    let listed = format!("[files]\naccount_lines = [{{ path = \"l.csv\", encoding = \"{encoding}\" }}]\n");
    Book::with(&format!("{listed}{accounts}{YEAR}"), &[("2025/l.csv", text)])
}

fn run(book: &Book, words: &str, jobs: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wego-ledger"));
    command.args(words.split(' ')).args(["--jobs", jobs, "--book"]).arg(book.path());
    command.env("LC_ALL", "C.UTF-8").output().expect("the program runs")
}

#[test]
fn any_number_of_workers_writes_the_same_bytes() {
    let commands = [
        "settle 2025 --format json",
        "settle 2025 --allow-findings --format csv",
        "status 2025 --allow-findings --format json",
        "diff 2025 --allow-findings --format csv",
        "check 2025 --format json",
        "check 2025",
        "explain 2025 여비 disbursed --allow-findings --lines 50",
        "return 2025 --allow-findings --format csv",
    ];
    for wrong in [false, true] {
        let text = lines(wrong);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cp949 = EUC_KR.encode(&text).0;
        let coded: [(&[u8], _, _); 3] = [
            (text.as_bytes(), "utf-8", &commands[..]),
            (&cp949, "cp949", &commands[4..5]),
            (&utf16, "utf-16le", &commands[4..5]),
        ];
        for (bytes, encoding, commands) in coded {
            assert!(bytes.len() > 2 * 256 * 1024, "several pieces");
            let book = book(bytes, encoding);
            for words in commands {
                let alone = run(&book, words, "1");
                assert!(!alone.stdout.is_empty() || wrong, "{words}: {alone:?}");
                for jobs in ["2", "5"] {
                    assert_eq!(run(&book, words, jobs), alone, "{words} of {encoding}, {jobs} workers");
                }
            }
        }
    }
}

/// Nobody begins who would have nothing to do.
#[test]
fn more_workers_than_there_is_work_for_do_no_harm() {
    let book = book(lines(true).as_bytes(), "utf-8");
    let alone = run(&book, "check 2025 --format json", "1");
    for jobs in ["40000", "18446744073709551615"] {
        assert_eq!(run(&book, "check 2025 --format json", jobs), alone, "{jobs} workers");
    }
}

#[test]
fn nobody_reads_with_no_workers() {
    let book = book(lines(false).as_bytes(), "utf-8");
    let output = run(&book, "settle 2025", "0");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--jobs"), "{output:?}");
}
