//! Cases: each a page that says what it sets out to show, the command, and what it prints.

#[test]
fn every_case_prints_what_its_page_says() {
    trycmd::TestCases::new().env("LC_ALL", "C.UTF-8").case("tests/cases/*/*.md");
}

/// A folder that matches nothing would pass by running nothing.
#[test]
fn there_are_cases() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/settle");
    assert!(folder.read_dir().expect("the cases are there").count() >= 8);
}
