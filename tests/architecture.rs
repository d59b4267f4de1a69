//! The order of the modules: layers, homes of crates, no floats, no forgotten files.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use support::{files, root};
use wego_ledger::check;
use wego_ledger::finding::READING;

/// Each module's layer. A module imports lower layers and itself, nothing else.
const LAYERS: [(&str, u32); 14] = [
    ("words", 0),
    ("money", 0),
    ("source", 0),
    ("finding", 1),
    ("ledger", 2),
    ("read", 3),
    ("tally", 3),
    ("table", 3),
    ("audit", 4),
    ("settled", 4),
    ("check", 5),
    ("report", 5),
    ("render", 5),
    ("cli", 6),
];

/// `words` is the vocabulary of its own layer: units and findings are printed by its words.
const VOCABULARY: &str = "words";

/// Where each dependency may be named, by file or folder below `src`.
const HOMES: [(&str, &[&str]); 31] = [
    ("rust_decimal", &["money/"]),
    ("chrono", &["ledger/date.rs"]),
    ("unicode_normalization", &["ledger/names.rs", "render/pdf/"]),
    ("strsim", &["words/"]),
    ("encoding_rs", &["source/encoding.rs"]),
    ("foldhash", &["ledger/names.rs", "check/recall.rs"]),
    ("hashbrown", &["ledger/names.rs"]),
    ("memchr", &["read/regular.rs", "read/divided.rs", "source/place.rs"]),
    ("simdutf8", &["read/lines.rs"]),
    ("fearless_simd", &["read/marks.rs", "read/places.rs"]),
    ("toml", &["read/"]),
    ("ecow", &["words/"]),
    ("glob", &["read/files.rs"]),
    ("thiserror", &["source/git.rs", "read/mod.rs", "render/mod.rs", "cli/mod.rs"]),
    ("csv", &["render/csv.rs", "read/csv.rs"]),
    ("serde", &["render/json/", "render/findings/"]),
    ("serde_json", &["render/json/", "render/findings/"]),
    ("comfy_table", &["render/terminal/"]),
    ("unicode_width", &["render/terminal/", "render/snippet.rs"]),
    ("clap", &["cli/"]),
    ("anyhow", &["cli/"]),
    ("tempfile", &["cli/output.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("signal_hook", &["cli/interrupted.rs"]),
    ("opener", &["cli/output.rs"]),
    ("maud", &["render/html/"]),
    ("rust_xlsxwriter", &["render/xlsx/"]),
    ("krilla", &["render/pdf/"]),
    ("rustybuzz", &["render/pdf/"]),
    ("zip", &["render/hwpx/"]),
    ("quick_xml", &["render/hwpx/"]),
];

fn sources() -> Vec<(String, String)> {
    let folder = root().join("src");
    let read = |path: &Path| std::fs::read_to_string(path).expect("a source can be read");
    files(&folder, &["rs"])
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&folder).expect("it is below").to_string_lossy().into_owned();
            (name, read(path))
        })
        .collect()
}

/// Source text without comments and doc comments, where names prove nothing.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The code of a file without its tests, which may look further.
fn product(text: &str) -> String {
    code(text.split("#[cfg(test)]").next().unwrap_or_default())
}

fn layer(module: &str) -> u32 {
    LAYERS.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("`{module}` has no layer")).1
}

fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

/// Every `crate::x` of a text, the `x`s of `crate::{x::…, y::…}` included.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for after in text.split("crate::").skip(1) {
        let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        assert!(!name.is_empty(), "import each module on a line of its own: crate::{}", &after[..after.len().min(40)]);
        found.insert(name);
    }
    found
}

#[test]
fn imports_go_down() {
    let mut seen = 0;
    for (file, text) in sources() {
        let own = module(&file);
        if matches!(own, "lib" | "main") {
            continue;
        }
        for name in imports(&product(&text)) {
            let lower = layer(&name) < layer(own) || (name == VOCABULARY && own != VOCABULARY);
            assert!(name == own || lower, "src/{file} of `{own}` imports `{name}`, which is not below it");
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} imports were looked at");
}

#[test]
fn every_crate_has_one_home() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest can be read");
    let dependencies = manifest.split("[dependencies]").nth(1).expect("it has some").split("\n[").next().unwrap_or("");
    let declared: Vec<String> = dependencies
        .lines()
        .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim().replace('-', "_")))
        .collect();
    let homes = |name: &str| match name {
        "clap_complete" | "clap_mangen" | "terminal_size" => Some(&["cli/"][..]),
        _ => HOMES.iter().find(|(known, _)| *known == name).map(|(_, homes)| *homes),
    };
    for name in &declared {
        let homes = homes(name).unwrap_or_else(|| panic!("`{name}` has no home"));
        let mut used = false;
        for (file, text) in sources() {
            let code = code(&text);
            let named = code.match_indices(&format!("{name}::")).any(|(at, _)| {
                // `::csv::` and `csv::` name the crate, `super::csv::` and `crate::read::csv` a module of ours.
                let before = code[..at].trim_end_matches("::");
                let inner = code[..at].ends_with("::") && before.ends_with(|c: char| c.is_alphanumeric());
                !inner && !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            });
            let at_home = homes.iter().any(|home| file.starts_with(home));
            // Away from the crate's home these are modules that bear its name.
            let ours =
                !at_home && matches!((name.as_str(), module(&file)), ("csv", "read" | "render") | ("toml", "read"));
            if named && !ours {
                assert!(at_home, "`{name}` is named in src/{file}");
                used = true;
            }
        }
        assert!(used, "`{name}` is declared and not used");
    }
}

/// Where threads may be started: lines are read, what is left to do of them is done, progress is shown.
const THREADS: [&str; 3] = ["read/lines.rs", "check/at_once.rs", "cli/progress.rs"];

#[test]
fn threads_are_started_at_home() {
    let starts = |text: &str| {
        ["thread::scope", "thread::spawn", "thread::Builder", "thread::{"].iter().any(|call| text.contains(call))
    };
    let mut found: Vec<String> =
        sources().into_iter().filter(|(_, text)| starts(&code(text))).map(|(file, _)| file).collect();
    let mut homes: Vec<String> = THREADS.map(str::to_owned).to_vec();
    homes.sort();
    found.sort();
    assert_eq!(found, homes);
}

/// Where floats may stand: positions on paper, and the numbers of a workbook, which has no others.
const FLOATS: [&str; 2] = ["render/pdf/", "render/xlsx/"];

#[test]
fn money_is_never_a_float() {
    for (file, text) in sources() {
        if FLOATS.iter().any(|home| file.starts_with(home)) {
            continue;
        }
        let code = code(&text);
        let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
        let float = words.into_iter().find(|word| matches!(*word, "f32" | "f64" | "to_f64" | "from_f64"));
        assert_eq!(float, None, "src/{file}");
    }
}

#[test]
fn no_file_is_forgotten() {
    for (file, _) in sources() {
        let name = Path::new(&file);
        let stem = name.file_stem().expect("it has a name").to_string_lossy();
        if matches!(stem.as_ref(), "mod" | "lib" | "main") {
            continue;
        }
        let folder = root().join("src").join(name.parent().expect("a file has a folder"));
        let parent = if folder.join("mod.rs").exists() { folder.join("mod.rs") } else { root().join("src/lib.rs") };
        let text = std::fs::read_to_string(parent).expect("the module can be read");
        assert!(text.contains(&format!("mod {stem};")), "src/{file} is not a module");
    }
}

#[test]
fn every_command_has_its_page() {
    let main = std::fs::read_to_string(root().join("src/cli/mod.rs")).expect("the commands can be read");
    let commands = main.split("enum Command {").nth(1).expect("it is there").split('}').next().unwrap_or_default();
    let arms = commands.lines().map(str::trim).filter(|line| line.ends_with("::Args),"));
    let names: Vec<String> =
        arms.filter_map(|line| line.split_once('(').map(|(name, _)| name.to_lowercase())).collect();
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        let page = std::fs::read_to_string(root().join(format!("src/cli/{name}.md"))).expect("a command has a page");
        assert!(page.contains("```console\n$ wego-ledger "), "src/cli/{name}.md runs nothing");
    }
}

#[test]
fn codes_are_unique_and_each_has_a_broken_book() {
    let rules: Vec<_> = check::rules().collect();
    let ids: BTreeSet<_> = rules.iter().map(|rule| rule.code.id).collect();
    let names: BTreeSet<_> = rules.iter().map(|rule| rule.code.name).collect();
    assert_eq!((ids.len(), names.len()), (rules.len(), rules.len()), "a code or a name is used twice");
    let wanted: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    for folder in ["fixtures/broken", "fixtures/mended"] {
        let folder = root().join(folder);
        let books: BTreeSet<String> = folder
            .read_dir()
            .expect("the books are there")
            .map(|entry| entry.expect("an entry can be read").file_name().to_string_lossy().into_owned())
            .collect();
        // Those of printed figures may still be awaited; a book of no rule never is.
        let missing: Vec<_> = wanted.difference(&books).filter(|id| !id.starts_with("WL5")).collect();
        assert!(missing.is_empty() && books.is_subset(&wanted), "{}: {missing:?}", folder.display());
    }
}

/// A rule has a file of its own, or its code is raised while reading; both of its pages are called like that file and begin
/// with its code and name.
#[test]
fn every_rule_has_its_file_and_its_pages() {
    let folder = root().join("src/check");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    for rule in check::rules() {
        let (code, name) = (rule.code, rule.code.name.replace('-', "_"));
        let pages = if READING.contains(&code) { folder.join("reading") } else { folder.clone() };
        let title = format!("# {} {}", code.id, code.name);
        for (n, ending) in [".ko.md", ".md"].into_iter().enumerate() {
            let page = read(&pages.join(format!("{name}{ending}")));
            assert_eq!(page, rule.page[n], "{} has another page than {name}{ending}", code.id);
            assert!(page.starts_with(&title), "{name}{ending} does not begin with `{title}`");
        }
        // Acceptance finds two things by one look.
        let own = if code.id == "WL212" || code.id == "WL213" { "accept".to_owned() } else { name };
        if !READING.contains(&code) {
            let text = read(&folder.join(format!("{own}.rs")));
            assert!(
                text.contains(&format!("\"{}\", \"{}\"", code.id, code.name)),
                "{own}.rs does not have {}",
                code.id
            );
        }
    }
}

#[test]
fn files_are_small_and_modules_say_what_they_are() {
    for (file, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 500, "src/{file} has {lines} lines: it holds two things");
        assert!(text.starts_with("//!"), "src/{file} does not say what it is");
    }
}
