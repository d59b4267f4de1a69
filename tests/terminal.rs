//! The settlement in a real terminal: what a person sees, at the width that a person has.

mod support;

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::{Book, CHART, root};
use unicode_width::UnicodeWidthStr;

/// Runs a command in a terminal of so many columns, and gives the screen.
fn screen(columns: u32, command: &str) -> String {
    capture(columns, command, &["capture-pane", "-p", "-t", "main"])
}

/// The same, with what has scrolled off its top.
fn scrolled(columns: u32, command: &str) -> String {
    capture(columns, command, &["capture-pane", "-p", "-S", "-", "-t", "main"])
}

/// The same, with the escapes that colour it.
fn screen_with_escapes(command: &str) -> String {
    capture(80, command, &["capture-pane", "-p", "-e", "-t", "main"])
}

fn capture(columns: u32, command: &str, how: &[&str]) -> String {
    static SCREENS: AtomicUsize = AtomicUsize::new(0);
    let number = SCREENS.fetch_add(1, Ordering::Relaxed);
    let session = format!("wego-ledger-{}-{number}", std::process::id());
    let tmux = |args: &[&str]| {
        let output = Command::new("tmux").args(["-L", &session]).args(args).env("LC_ALL", "C.UTF-8").output();
        let output = output.expect("tmux is installed");
        assert!(output.status.success(), "tmux {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a screen is UTF-8")
    };
    let run = format!("{command}; tmux -L {session} wait-for -S done; sleep 60");
    let size = columns.to_string();
    tmux(&["-u", "new-session", "-d", "-x", &size, "-y", "60", "-s", "main", &run]);
    tmux(&["wait-for", "done"]);
    let text = tmux(how);
    tmux(&["kill-server"]);
    text
}

fn settle(columns: u32, more: &str) -> String {
    let binary = env!("CARGO_BIN_EXE_wego-ledger");
    screen(columns, &format!("{binary} settle 2015 --book {}/data {more}", root().display()))
}

/// The display column at which each row's last figure ends.
fn right_edges(text: &str, figures: &[&str]) -> Vec<usize> {
    figures
        .iter()
        .map(|figure| {
            let line = text.lines().find(|line| line.contains(figure)).unwrap_or_else(|| panic!("{figure} in\n{text}"));
            let end = line.find(figure).expect("it is there") + figure.len();
            line[..end].width()
        })
        .collect()
}

#[test]
#[ignore = "needs tmux"]
fn columns_line_up_under_hangul_in_a_terminal() {
    for columns in [80, 200] {
        for lang in ["ko", "en"] {
            let text = settle(columns, &format!("--lang {lang}"));
            let edges = right_edges(&text, &["644,658", "269,520", "126,938", "232,200"]);
            assert!(edges.iter().all(|edge| *edge == edges[0]), "{edges:?}\n{text}");
        }
    }
}

#[test]
#[ignore = "needs tmux"]
fn a_narrow_terminal_keeps_every_number_whole() {
    for (columns, more) in [(80, "--columns budget,granted,disbursed,unspent,interest,execution_rate"), (60, "")] {
        let text = settle(columns, &format!("--lang en {more}"));
        for number in ["644,658", "9,999.9", "0.05", "1,147", "126,938"] {
            assert!(text.lines().any(|line| line.split_whitespace().any(|word| word == number)), "{number}\n{text}");
        }
        // The rule is as wide as the table, and stays on one line.
        assert_eq!(text.lines().filter(|line| line.starts_with('─')).count(), 3, "{text}");
    }
}

#[test]
#[ignore = "needs tmux"]
fn colour_is_for_terminals() {
    let binary = env!("CARGO_BIN_EXE_wego-ledger");
    let show = format!("{binary} settle 2015 --lang en --book {}/data", root().display());
    // `script` would do as well: what is asked is what the program writes when its output is a terminal.
    let bold = |environment: &str, more: &str| {
        screen_with_escapes(&format!("{environment} {show} {more}")).contains("\u{1b}[1m")
    };
    assert!(bold("", ""), "on a terminal");
    assert!(!bold("NO_COLOR=1", ""), "where it is not wanted");
    assert!(!bold("", "--color never"), "where it is forbidden");
    assert!(!bold("", "| cat"), "in a pipe");
    assert!(bold("NO_COLOR=1", "--color always | cat"), "where it is asked for");
}

/// The curve of spending is for whoever looks; a file or a pipe has its figures in the table.
#[test]
#[ignore = "needs tmux"]
fn a_chart_is_for_terminals() {
    let binary = env!("CARGO_BIN_EXE_wego-ledger");
    let show = format!("{binary} status 2023 --quarter --depth 0 --book {}/fixtures/funds", root().display());
    let text = screen(100, &show);
    let bars: Vec<(usize, &str)> = text
        .lines()
        .filter(|line| line.contains('█'))
        .map(|line| (line.chars().filter(|c| *c == '█').count(), line.split_whitespace().last().unwrap_or_default()))
        .collect();
    let percents: Vec<&str> = bars.iter().map(|(_, percent)| *percent).collect();
    assert_eq!(percents, ["14.8%", "37.6%", "59.9%", "88.4%"], "{text}");
    assert!(bars.windows(2).all(|pair| pair[0].0 < pair[1].0), "bars grow as spending does:\n{text}");
    assert!(!screen(100, &format!("{show} | cat")).contains('█'), "in a pipe");
    assert!(!screen(100, &format!("{show} --format markdown")).contains('█'), "in a document");
    // Where there is no room for bars the table has to do.
    assert!(!screen(30, &show).contains('█'), "in thirty columns");
}

/// Plan beside execution, and year beside year, for whoever looks; a settlement is its table.
#[test]
#[ignore = "needs tmux"]
fn what_is_held_against_each_other_is_drawn_and_a_settlement_is_not() {
    let binary = env!("CARGO_BIN_EXE_wego-ledger");
    let root = root().display();
    let bars = |text: &str| text.lines().filter(|line| line.contains(['█', '▒'])).count();
    for lang in ["ko", "en"] {
        let plan = format!("{binary} diff 2025 --lang {lang} --book {root}/fixtures/small");
        let years = format!("{binary} diff 2022 2023 --lang {lang} --book {root}/fixtures/funds");
        for columns in [80, 120] {
            let text = screen(columns, &plan);
            assert!(bars(&text) == 11, "five items, two bars each, and which is which:\n{text}");
            assert!(text.lines().all(|line| line.width() <= columns as usize), "{text}");
            assert!(bars(&scrolled(columns, &format!("{years} | cat"))) == 0, "in a pipe");
            assert!(bars(&scrolled(columns, &years)) > 4, "{years}");
        }
        assert_eq!(bars(&screen(100, &format!("{plan} | cat"))), 0, "in a pipe");
        assert_eq!(bars(&settle(100, &format!("--lang {lang}"))), 0, "a settlement is its table");
    }
    let coloured = screen_with_escapes(&format!("{binary} diff 2025 --book {root}/fixtures/small"));
    assert!(coloured.contains("\u{1b}[34m") && coloured.contains("\u{1b}[33m"), "{coloured}");
    let plain = screen_with_escapes(&format!("{binary} diff 2025 --color never --book {root}/fixtures/small"));
    assert!(!plain.contains("\u{1b}[34m"), "{plain}");
}

/// A book of one year whose lines take a while to read.
fn long_book() -> Book {
    let mut count = 50_000;
    loop {
        let mut lines = "date,account,kind,amount\n".to_owned();
        for n in 0..count {
            let day = n % 28 + 1;
            lines.push_str(&format!("2025-03-{day:02},여비,disbursement,{n}\n"));
        }
        let book = Book::of(&CHART, &lines);
        let begun = Instant::now();
        let settled = Command::new(env!("CARGO_BIN_EXE_wego-ledger"))
            .args(["settle", "2025", "--book"])
            .arg(book.path())
            .output()
            .expect("the program runs");
        assert!(settled.status.success() && settled.stderr.is_empty(), "nothing is told where nobody looks");
        if begun.elapsed() > Duration::from_millis(2_500) {
            return book;
        }
        count *= 2;
    }
}

/// Runs a command in a terminal; gives every screen that was seen, and the last.
fn watched(command: &str) -> (Vec<String>, String) {
    static WATCHES: AtomicUsize = AtomicUsize::new(0);
    let number = WATCHES.fetch_add(1, Ordering::Relaxed);
    let session = format!("wego-ledger-watched-{}-{number}", std::process::id());
    let tmux = |args: &[&str]| {
        let output = Command::new("tmux").args(["-L", &session]).args(args).env("LC_ALL", "C.UTF-8").output();
        let output = output.expect("tmux is installed");
        assert!(output.status.success(), "tmux {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a screen is UTF-8")
    };
    let run = format!("{command}; echo the-end; sleep 60");
    tmux(&["-u", "new-session", "-d", "-x", "100", "-y", "30", "-s", "main", &run]);
    let mut screens = Vec::new();
    let end = loop {
        let screen = tmux(&["capture-pane", "-p", "-t", "main"]);
        if screen.contains("the-end") {
            break screen;
        }
        screens.push(screen);
        std::thread::sleep(Duration::from_millis(30));
    };
    tmux(&["kill-server"]);
    (screens, end)
}

/// Whoever waits sees how far it is; when it is done nothing of that is left, and nothing of it is in the document.
#[test]
#[ignore = "needs tmux"]
fn long_work_shows_how_far_it_is_and_leaves_no_trace() {
    let book = long_book();
    let binary = env!("CARGO_BIN_EXE_wego-ledger");
    let folder = book.path().display();
    let (screens, end) = watched(&format!("{binary} settle 2025 --lang en --book {folder}"));
    let told: Vec<&String> = screens.iter().filter(|screen| screen.contains("reading lines")).collect();
    let percents: Vec<u32> = told
        .iter()
        .filter_map(|screen| screen.split('%').next()?.split_whitespace().next_back()?.parse().ok())
        .collect();
    assert!(percents.len() > 3 && percents.is_sorted(), "{percents:?}\n{screens:?}");
    assert!(percents.first() < percents.last() && percents.iter().all(|percent| *percent <= 100), "{percents:?}");
    assert!(told.iter().any(|screen| screen.contains(" lines/s") && screen.contains("left 0:0")), "{told:?}");
    assert!(!end.contains("reading") && !end.contains('%') && end.contains("Total"), "{end}");
    // The document is what it is where nobody looks, byte by byte, and what is piped is not written to.
    let piped = Command::new(binary).args(["settle", "2025", "--lang", "en", "--book"]).arg(book.path()).output();
    let piped = piped.expect("the program runs").stdout;
    let (screens, end) = watched(&format!("{binary} settle 2025 --book {folder} --lang en > {folder}/out.txt"));
    assert!(screens.iter().any(|screen| screen.contains("reading lines")), "{screens:?}");
    assert_eq!(end.trim(), "the-end", "no trace");
    assert_eq!(std::fs::read(book.path().join("out.txt")).expect("it was written"), piped);
    let (screens, _) = watched(&format!("{binary} settle 2025 --book {folder} 2> {folder}/err.txt"));
    assert!(screens.iter().all(|screen| !screen.contains('%')), "stderr goes elsewhere");
    assert_eq!(std::fs::read(book.path().join("err.txt")).expect("it was made"), b"", "nothing is told there");
    // Rules read some lines again, and say so.
    let (screens, end) = watched(&format!("{binary} check 2025 --lang ko --book {folder} --fail-on error"));
    assert!(screens.iter().any(|screen| screen.contains("내역 읽는 중")), "{screens:?}");
    assert!(!end.contains("읽는 중"), "{end}");
}
