//! Runs every console block of the README, of the command pages and of the rule pages: the manual is true or the tests fail.

use std::path::Path;

#[test]
fn every_console_block_prints_what_the_manual_says() {
    let pages = trycmd::TestCases::new();
    pages
        .env("LC_ALL", "C.UTF-8")
        .case("README.md")
        .case("src/cli/*.md")
        .case("src/check/*.md")
        .case("src/check/reading/*.md");
}

/// A page without a block would pass by running nothing.
#[test]
fn every_page_has_a_block_that_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = Vec::new();
    for (folder, least) in [("src/cli", 4), ("src/check", 40), ("src/check/reading", 80)] {
        let found = root.join(folder).read_dir().expect("the pages are there");
        let found = found.map(|entry| entry.expect("a folder can be read").path());
        let found: Vec<_> = found.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
        assert!(found.len() >= least, "{folder}: {found:?}");
        pages.extend(found);
    }
    for page in pages.iter().chain([&root.join("README.md")]) {
        let text = std::fs::read_to_string(page).expect("a page can be read");
        assert!(text.contains("```console\n$ wego-ledger "), "{} runs nothing", page.display());
    }
}
