//! `diff --from`: what changed in a book since a git revision, or against a copy of it.

mod support;

use std::path::Path;
use std::process::{Command, Output};
use std::time::SystemTime;
use support::{Book, CHART, files};

const LINES: &str = "date,account,kind,amount,ref,memo\n\
    2025-01-10,여비,budget,500000,B-1,\n\
    2025-01-12,여비,grant,400000,G-1,\n\
    2025-02-03,여비,disbursement,120000,V-1,회의 참석\n\
    2025-03-04,여비,disbursement,30000,,택시\n\
    2025-03-05,여비,disbursement,45000,,기차\n";

/// The same with a line changed, one gone, one come, and one moved.
const LATER: &str = "date,account,kind,amount,ref,memo\n\
    2025-01-12,여비,grant,400000,G-1,\n\
    2025-01-10,여비,budget,500000,B-1,\n\
    2025-02-03,여비,disbursement,125000,V-1,회의 참석\n\
    2025-03-04,여비,disbursement,30000,,택시\n\
    2025-04-01,인건비,disbursement,900000,V-2,4월 급여\n";

fn program(book: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wego-ledger"));
    command.args(arguments).arg("--book").arg(book).env("LC_ALL", "C.UTF-8").env_remove("WEGO_LEDGER_BOOK");
    command.output().expect("the program can be run")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// What has to be told, whichever way the earlier state was kept.
fn holds(output: &Output, earlier: &str) {
    let text = said(output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("줄: 추가 1개, 삭제 1개, 변경 1개."), "{text}");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    let has = |wanted: &[&str]| {
        let found = |row: &&Vec<&str>| wanted.iter().all(|word| row.iter().any(|cell| cell.ends_with(word)));
        assert!(rows.iter().any(|row| found(&row)), "{wanted:?} in\n{text}");
    };
    has(&["2025/lines.csv:4", "변경", "2025-02-03", "집행", "여비", "V-1", "120,000", "125,000", "금액"]);
    has(&[&format!("{earlier}2025/lines.csv:6"), "삭제", "2025-03-05", "45,000", "-"]);
    has(&["2025/lines.csv:6", "추가", "2025-04-01", "인건비", "V-2", "900,000"]);
    has(&["계", "집행액", "195,000", "1,055,000", "860,000"]);
    has(&["여비", "집행액", "195,000", "155,000", "△40,000"]);
    has(&["인건비", "집행액", "-", "900,000"]);
    has(&["여비", "집행잔액", "205,000", "245,000", "40,000"]);
    assert!(!rows.iter().any(|row| row.contains(&"G-1")), "what moved is no change:\n{text}");
}

#[test]
fn a_copy_of_the_book_is_an_earlier_state() {
    let (earlier, later) = (Book::of(&CHART, LINES), Book::of(&CHART, LATER));
    let from = earlier.path().to_str().expect("a path");
    holds(&program(later.path(), &["diff", "--from", from, "2025"]), &format!("{from}/"));
    let same = program(later.path(), &["diff", "--from", later.path().to_str().expect("a path"), "2025"]);
    assert!(said(&same).contains("바뀐 줄도, 움직인 값도 없음"), "{}", said(&same));
}

#[test]
fn lines_that_stand_twice_are_counted() {
    let twice = format!("{LINES}2025-03-05,여비,disbursement,45000,,기차\n");
    let (earlier, later) = (Book::of(&CHART, LINES), Book::of(&CHART, twice));
    let from = earlier.path().to_str().expect("a path");
    let text = said(&program(later.path(), &["diff", "--from", from, "2025"]));
    assert!(text.contains("줄: 추가 1개, 삭제 0개, 변경 0개."), "{text}");
    assert!(text.contains("2025/lines.csv:7"), "the later of the two is the one more: {text}");
}

#[test]
fn manifests_that_changed_are_named() {
    let (earlier, later) = (Book::of(&CHART, LINES), Book::of(&CHART, LINES));
    let mut year = std::fs::read_to_string(later.path().join("2025/year.toml")).expect("it is there");
    year.push_str("[presentation]\nunit = \"천원\"\n");
    later.put("2025/year.toml", year.as_bytes());
    let text = said(&program(later.path(), &["diff", "--from", earlier.path().to_str().expect("a path"), "2025"]));
    assert!(text.contains("줄 말고 바뀐 파일: 2025/year.toml\n"), "{text}");
}

#[test]
fn a_revision_that_is_none_is_said_so() {
    let book = Book::of(&CHART, LINES);
    for wrong in ["--help=x", "no-such-thing"] {
        let output = program(book.path(), &["diff", &format!("--from={wrong}"), "2025", "--lang", "en"]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(wrong) && said(&output).contains("  = "), "{}", said(&output));
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let who = ["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "init.defaultBranch=main"];
    let output =
        Command::new("git").arg("-C").arg(folder).args(who).args(arguments).output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every file below a folder, with when it was written last.
fn untouched(folder: &Path) -> Vec<(std::path::PathBuf, SystemTime)> {
    let changed = |path: &Path| path.metadata().and_then(|about| about.modified()).expect("a file has a time");
    files(folder, &["csv", "toml"]).into_iter().map(|path| (path.clone(), changed(&path))).collect()
}

#[test]
#[ignore = "needs git"]
fn a_git_revision_is_an_earlier_state() {
    // At the top of a repository, in a folder of it, and in one whose name has spaces and Hangul.
    for below in ["", "books", "장부 폴더/안"] {
        let book = Book::of(&CHART, LINES);
        let top = tempfile::tempdir().expect("a temporary folder");
        let folder = top.path().join(below);
        copy(book.path(), &folder);
        git(top.path(), &["init", "-q"]);
        git(top.path(), &["add", "-A"]);
        git(top.path(), &["commit", "-qm", "first"]);
        std::fs::write(folder.join("2025/lines.csv"), LATER).expect("it can be written");
        // Files that git does not know, and an index that is not what is on disk.
        std::fs::write(folder.join("notes.toml"), "x = 1\n").expect("it can be written");
        let before = (git(top.path(), &["status", "--porcelain"]), untouched(&folder));
        let index = std::fs::read(top.path().join(".git/index")).expect("there is an index");
        holds(&program(&folder, &["diff", "--from", "HEAD", "2025"]), "HEAD:");
        assert_eq!(std::fs::read(top.path().join(".git/index")).expect("there is an index"), index);
        assert_eq!((git(top.path(), &["status", "--porcelain"]), untouched(&folder)), before);
        git(top.path(), &["commit", "-qam", "second"]);
        git(top.path(), &["tag", "handed-in"]);
        let same = program(&folder, &["diff", "--from", "handed-in", "2025"]);
        assert!(said(&same).contains("바뀐 줄도, 움직인 값도 없음"), "{}", said(&same));
        holds(&program(&folder, &["diff", "--from", "handed-in~1", "2025"]), "handed-in~1:");
    }
}

/// A revision in which the book's files are found by a glob and through a link, and lines end as on Windows.
#[test]
#[ignore = "needs git"]
fn globs_links_and_line_ends_of_a_revision() {
    let accounts: String = CHART.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
    let year = format!("[files]\naccount_lines = [\"parts/*.csv\", \"link.csv\"]\n{accounts}");
    let more = "date,account,kind,amount\n2025-05-01,여비,disbursement,7\n";
    let crlf = LINES.replace('\n', "\r\n");
    let book = Book::with(&year, &[("2025/parts/a.csv", crlf.as_bytes()), ("2025/elsewhere/b.csv", more.as_bytes())]);
    std::os::unix::fs::symlink("elsewhere/b.csv", book.path().join("2025/link.csv")).expect("a link can be made");
    git(book.path(), &["init", "-q"]);
    git(book.path(), &["add", "-A"]);
    git(book.path(), &["commit", "-qm", "first"]);
    let same = said(&program(book.path(), &["diff", "--from", "HEAD", "2025"]));
    assert!(same.contains("바뀐 줄도, 움직인 값도 없음"), "{same}");
    book.put("2025/parts/a.csv", LINES.as_bytes());
    let ends = said(&program(book.path(), &["diff", "--from", "HEAD", "2025"]));
    assert!(ends.contains("바뀐 줄도, 움직인 값도 없음"), "line ends are no change: {ends}");
    book.put("2025/elsewhere/b.csv", more.replace(",7", ",8").as_bytes());
    let moved = said(&program(book.path(), &["diff", "--from", "HEAD", "2025"]));
    assert!(moved.contains("변경 1개"), "{moved}");
}

#[test]
#[ignore = "needs git"]
fn a_revision_without_the_book_or_the_year() {
    let top = tempfile::tempdir().expect("a temporary folder");
    git(top.path(), &["init", "-q"]);
    git(top.path(), &["commit", "-q", "--allow-empty", "-m", "nothing yet"]);
    let book = Book::of(&CHART, LINES);
    copy(book.path(), &top.path().join("book"));
    let output = program(&top.path().join("book"), &["diff", "--from", "HEAD", "2025"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("그 판에는 이 장부가 없음"), "{}", said(&output));
    git(top.path(), &["add", "book/book.toml"]);
    git(top.path(), &["commit", "-qm", "a book without years"]);
    let output = program(&top.path().join("book"), &["diff", "--from", "HEAD", "2025", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("the book has no year 2025 in the revision `HEAD`"), "{}", said(&output));
}

fn copy(from: &Path, to: &Path) {
    for path in files(from, &["toml", "csv"]) {
        let target = to.join(path.strip_prefix(from).expect("it is below"));
        std::fs::create_dir_all(target.parent().expect("a file has a folder")).expect("folders can be made");
        std::fs::copy(&path, &target).expect("files can be copied");
    }
}

/// A hook runs with the repository of the hook in its environment, which need not be the book's.
#[test]
#[ignore = "needs git"]
fn the_environment_of_a_hook_names_no_other_book() {
    let top = tempfile::tempdir().expect("a temporary folder");
    copy(Book::of(&CHART, LINES).path(), top.path());
    copy(Book::of(&CHART, LINES).path(), &top.path().join("sub"));
    git(top.path(), &["init", "-q"]);
    git(top.path(), &["add", "-A"]);
    git(top.path(), &["commit", "-qm", "first"]);
    let sub = top.path().join("sub");
    std::fs::write(top.path().join("2025/lines.csv"), LATER).expect("it can be written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_wego-ledger"));
    command.args(["diff", "--from", "HEAD", "2025", "--book"]).arg(&sub);
    let output = command.env("GIT_DIR", top.path().join(".git")).env("GIT_INDEX_FILE", "nowhere").output();
    let text = said(&output.expect("the program can be run"));
    assert!(text.contains("바뀐 줄도, 움직인 값도 없음"), "{text}");
}

/// A plan that is a link out of the book has one name, here and there, and how a checkout ends lines is no change.
#[test]
#[ignore = "needs git"]
fn what_a_checkout_does_to_files_is_no_change() {
    let top = tempfile::tempdir().expect("a temporary folder");
    let accounts: String = CHART.iter().map(|path| format!("[[account]]\npath = \"{path}\"\n")).collect();
    let year = format!(
        "[files]\naccount_lines = [\"lines.csv\"]\nplan_items = [\"link.toml\", \"../../shared/more.toml\"]\n{accounts}"
    );
    let lines = "date,account,kind,amount,memo\n2025-02-03,여비,disbursement,100,\"첫 줄\n둘째 줄\"\n";
    let book = Book::with(&year, &[("2025/lines.csv", lines.as_bytes())]);
    let folder = top.path().join("book");
    copy(book.path(), &folder);
    std::fs::create_dir_all(top.path().join("shared")).expect("folders can be made");
    std::fs::write(top.path().join("shared/plan.toml"), "[[item]]\nid = \"1\"\n").expect("it can be written");
    std::fs::write(top.path().join("shared/more.toml"), "[[item]]\nid = \"2\"\n").expect("it can be written");
    std::os::unix::fs::symlink("../../shared/plan.toml", folder.join("2025/link.toml")).expect("a link can be made");
    git(top.path(), &["init", "-q"]);
    git(top.path(), &["add", "-A"]);
    git(top.path(), &["commit", "-qm", "first"]);
    std::fs::write(folder.join("2025/lines.csv"), lines.replace('\n', "\r\n")).expect("it can be written");
    let text = said(&program(&folder, &["diff", "--from", "HEAD", "2025"]));
    assert!(text.contains("바뀐 줄도, 움직인 값도 없음"), "{text}");
    assert!(!text.contains("줄 말고 바뀐 파일"), "{text}");
    std::fs::write(top.path().join("shared/plan.toml"), "[[item]]\nid = \"3\"\n").expect("it can be written");
    let text = said(&program(&folder, &["diff", "--from", "HEAD", "2025"]));
    assert!(text.contains("줄 말고 바뀐 파일: 2025/link.toml\n"), "{text}");
}
