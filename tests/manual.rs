//! Runs every console block of the README and of the pages of commands and rules: the manual is true or the tests fail.

use std::path::Path;

#[test]
fn every_console_block_prints_what_the_manual_says() {
    let pages = trycmd::TestCases::new();
    pages.env("LC_ALL", "C.UTF-8").case("README.md").case("src/cli/*.md");
    pages.case("src/check/*.md").case("src/check/reading/*.md");
}

/// A page without a block would pass by running nothing.
#[test]
fn every_page_has_a_block_that_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let commands = root.join("src/cli").read_dir().expect("the commands are there");
    let pages = commands.map(|entry| entry.expect("a folder can be read").path());
    let pages: Vec<_> = pages.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    assert!(pages.len() >= 4, "{pages:?}");
    for page in pages.iter().chain([&root.join("README.md")]) {
        let text = std::fs::read_to_string(page).expect("a page can be read");
        assert!(text.contains("```console\n$ wego-ledger "), "{} runs nothing", page.display());
    }
}
