//! What leaves the program: files whole or not at all, closed pipes, stdout that holds nothing but the document.

mod support;

use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use support::root;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wego-ledger"));
    command.args(arguments).current_dir(root()).env_remove("WEGO_LEDGER_BOOK").env("LC_ALL", "C.UTF-8");
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program runs")
}

fn settle_into(path: &Path) -> Output {
    run(&["settle", "2015", "--book", "data", "--output", path.to_str().expect("a plain name")])
}

#[test]
fn a_file_holds_what_stdout_would() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, format) in [("a.csv", "csv"), ("a.json", "json"), ("a.md", "markdown"), ("a.txt", "table")] {
        let path = folder.path().join(name);
        let output = settle_into(&path);
        assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
        let direct = run(&["settle", "2015", "--book", "data", "--format", format]);
        assert_eq!(std::fs::read(&path).expect("it was written"), direct.stdout, "{name}");
    }
    assert_eq!(folder.path().read_dir().expect("it is there").count(), 4, "nothing else is left behind");
}

#[test]
fn what_cannot_be_written_leaves_the_old_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = folder.path().join("no/such/folder.csv");
    let output = settle_into(&missing);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("folder.csv") && !said.contains(".wego-ledger-"), "{said}");

    // A refused settlement writes nothing at all.
    let old = folder.path().join("old.csv");
    std::fs::write(&old, "old").expect("it can be written");
    let refused =
        ["settle", "2025", "--book", "fixtures/broken/WL119", "--output", old.to_str().expect("a plain name")];
    assert_eq!(run(&refused).status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&old).expect("it is there"), "old");
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through_and_a_dangling_one_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
    std::fs::write(&file, "old").expect("it can be written");
    std::os::unix::fs::symlink(&file, &link).expect("links can be made");
    assert!(settle_into(&link).status.success());
    assert!(link.is_symlink() && std::fs::read_to_string(&file).expect("it is there").contains("여비"));
    std::fs::remove_file(&file).expect("it is there");
    assert_eq!(settle_into(&link).status.code(), Some(2));
    assert!(link.is_symlink() && !file.exists());
}

#[test]
fn the_book_is_never_overwritten() {
    let book = support::Book::of(&support::CHART, "date,account,kind,amount\n2025,여비,budget,5\n");
    let lines = book.path().join("2025/lines.csv");
    let before = std::fs::read(&lines).expect("it is there");
    let folder = book.path().to_str().expect("a plain name");
    let output = run(&["settle", "2025", "--book", folder, "-f", "csv", "-o", lines.to_str().expect("a plain name")]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(std::fs::read(&lines).expect("it is there"), before);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = command(&["settle", "2015", "--book", "data", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is UTF-8");
    assert_eq!((child.wait().expect("it ends").code(), said.as_str()), (Some(0), ""));
}

#[test]
fn nothing_but_the_document_goes_to_stdout() {
    let output = run(&["settle", "2025", "--book", "fixtures/broken/WL117", "--format", "json"]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("WL117"));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("stdout is JSON and nothing else");
    assert_eq!(json["schema"], "wego-ledger/settlement@1");
}

#[test]
fn a_byte_order_mark_is_for_csv_alone_and_where_it_is_asked_for() {
    let starts = |arguments: &[&str]| run(&[&["settle", "2015", "--book", "data"], arguments].concat()).stdout;
    assert!(starts(&["-f", "csv", "--bom"]).starts_with(b"\xef\xbb\xbf"));
    assert!(!starts(&["-f", "csv"]).starts_with(b"\xef\xbb\xbf"));
    assert!(!starts(&["-f", "json", "--bom"]).starts_with(b"\xef\xbb\xbf"));
}

#[test]
fn the_book_is_found_upwards_and_by_the_environment() {
    let inside = command(&["settle", "2015", "-f", "csv"]).current_dir(root().join("data/2015")).output();
    let inside = inside.expect("the program runs");
    let named = command(&["settle", "2015", "-f", "csv"])
        .current_dir(root().join("src"))
        .env("WEGO_LEDGER_BOOK", root().join("data"))
        .output()
        .expect("the program runs");
    let plain = run(&["settle", "2015", "-f", "csv"]);
    assert!(plain.status.success(), "{plain:?}");
    assert_eq!((&inside.stdout, &named.stdout), (&plain.stdout, &plain.stdout));
}

#[test]
fn a_new_book_settles_as_it_is_in_both_languages() {
    for lang in ["ko", "en"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let book = folder.path().join("book");
        let book = book.to_str().expect("a plain name");
        assert!(run(&["init", book, "--lang", lang, "--year", "2031"]).status.success());
        let output = run(&["settle", "2031", "--book", book]);
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("98.4%"), "{output:?}");
        assert_eq!(run(&["init", book, "--year", "2031"]).status.code(), Some(2), "nothing is overwritten");
    }
}

#[test]
fn completions_and_the_manual_name_every_command() {
    for arguments in [&["completions", "bash"][..], &["completions", "fish"], &["man"]] {
        let text = String::from_utf8(run(arguments).stdout).expect("it is UTF-8");
        for command in ["settle", "init", "completions", "man"] {
            assert!(text.contains(command), "{command} in {arguments:?}");
        }
    }
}

#[test]
fn what_may_only_be_read_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let old = folder.path().join("old.csv");
    std::fs::write(&old, "old").expect("it can be written");
    let mut permissions = old.metadata().expect("it is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&old, permissions).expect("they can be set");
    let output = settle_into(&old);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("it may only be read"), "{output:?}");
    assert_eq!(std::fs::read_to_string(&old).expect("it is there"), "old");
}

#[test]
fn a_command_that_writes_text_takes_nothing_of_a_document() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (pdf, book) = (path("a.pdf"), path("book"));
    for arguments in [
        &["schema", "settlement", "--output", &pdf][..],
        &["explain", "WL401", "--output", &pdf],
        &["explain", "WL401", "--format", "json"],
        &["check", "--rules", "--format", "json"],
        &["check", "--open", "--book", "data"],
        &["man", "--open"],
        &["init", &book, "--open"],
    ] {
        let output = run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("writes text and nothing else"), "{arguments:?}: {said}");
    }
    assert_eq!(folder.path().read_dir().expect("it is there").count(), 0, "nothing is written");
}

/// Whatever opens files may fail where nobody sees it: the file is named.
#[cfg(unix)]
#[test]
fn what_is_opened_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let opener = folder.path().join("xdg-open");
    std::fs::write(&opener, "#!/bin/sh\nexit 3\n").expect("it can be written");
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).expect("they can be set");
    let path = folder.path().join("정산.html");
    let mut command = command(&["settle", "2015", "--book", "data", "--lang", "ko", "--open", "--output"]);
    let output = command.arg(&path).env("PATH", folder.path()).output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains(&format!("여는 파일: `{}`", path.display())), "{said}");
    assert!(path.is_file());
}

#[test]
fn a_year_without_lines_names_one_basis() {
    let book = support::Book::of(&support::CHART, "date,account,kind,amount\n");
    let folder = book.path().display().to_string();
    let output = run(&["status", "2025", "--book", &folder, "--lang", "ko", "--format", "markdown"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("교부액 기준") && !said.contains("예산현액 기준"), "{said}");
}
