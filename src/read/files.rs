//! The files that a year lists: paths and globs, their units and encodings.

use super::Error;
use super::document::Documents;
use super::toml::{Keys, Wanted, bad_value, wrong_type};
use super::value::Spot;
use crate::finding::{self, Finding, Findings};
use crate::ledger::Layout;
use crate::money::Unit;
use crate::source::{Detected, Encoding, Lookalike, SourceId, Sources, Span, Tree};
use crate::words::{self, Text};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use toml::de::DeValue;

/// The most paths that a glob may match: links that go in a circle match without end.
const MOST_MATCHES: usize = 20_000;

/// A file that a year lists.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) source: SourceId,
    pub(super) layout: Layout,
    /// The unit of its amounts.
    pub(super) unit: Unit,
    /// The document that it was taken from.
    pub(super) document: Option<String>,
}

/// One entry of a list in `[files]`: a path or a glob, alone or in a table.
struct Entry<'d> {
    path: Spot<'d>,
    unit: Unit,
    encoding: Option<Encoding>,
    document: Option<Spot<'d>>,
}

/// Reads one list of `[files]`, and opens what it names.
pub(super) struct Files<'a> {
    pub(super) tree: &'a Tree,
    pub(super) folder: &'a Path,
    pub(super) sources: &'a mut Sources,
    /// Files that were listed before, so that no line is counted twice.
    pub(super) seen: HashSet<PathBuf>,
    /// The documents that a file may be taken from.
    pub(super) documents: &'a Documents<'a>,
}

impl Files<'_> {
    pub(super) fn list(
        &mut self,
        files: &mut Keys<'_>,
        key: &'static str,
        findings: &mut Findings,
    ) -> Result<Vec<Listed>, Error> {
        let mut listed = Vec::new();
        for found in files.list(key, findings) {
            let entry = match found.value {
                DeValue::Table(table) => table_entry(files.inside(table, found.span), findings),
                DeValue::String(path) => Some(Entry {
                    path: Spot { text: path, span: found.span },
                    unit: Unit::Won,
                    encoding: None,
                    document: None,
                }),
                _ => wrong_type(key, &found, Wanted::File, findings),
            };
            let Some(entry) = entry else { continue };
            self.documents.check(entry.document, findings);
            for path in self.paths(&entry, findings)? {
                if let Some(file) = self.open(&entry, &path, findings)? {
                    listed.push(file);
                }
            }
        }
        Ok(listed)
    }

    /// The files that an entry stands for, in the order of their names.
    fn paths(&self, entry: &Entry<'_>, findings: &mut Findings) -> Result<Vec<PathBuf>, Error> {
        let text = entry.path.text;
        let path = self.folder.join(text);
        let is_glob = text.contains(['*', '?', '[']);
        // A file that is called with brackets, as browsers call a second copy, is meant itself.
        if self.tree.is_file(&path) && !text.contains(['*', '?']) {
            return Ok(vec![path]);
        }
        if !is_glob {
            let source = entry.path.span.source;
            findings.push_if_kept(finding::MISSING_FILE, source, || missing(self.tree, &path, entry.path));
            findings.refuse_file();
            return Ok(Vec::new());
        }
        let matching = match self.tree.kept_below(self.folder) {
            Some(kept) => self.kept(entry, kept, findings)?,
            None => self.on_disk(entry, findings)?,
        };
        let Some(mut paths) = matching else {
            findings.refuse_file();
            return Ok(Vec::new());
        };
        paths.sort();
        if paths.is_empty() {
            findings.push(Finding::new(
                finding::MISSING_FILE,
                entry.path.span,
                (format!("맞는 파일이 없음: `{text}`"), format!("no file matches: `{text}`")),
                (
                    format!("파일을 `{}` 아래에 두거나 글롭을 고칠 것", self.folder.display()),
                    format!("put the files below `{}`, or mend the glob", self.folder.display()),
                ),
            ));
            findings.refuse_file();
        }
        Ok(paths)
    }

    /// The files on disk that match a glob; nothing, with a finding, where it is none.
    fn on_disk(&self, entry: &Entry<'_>, findings: &mut Findings) -> Result<Option<Vec<PathBuf>>, Error> {
        let text = entry.path.text;
        let folder = glob::Pattern::escape(&self.folder.display().to_string());
        let pattern = if Path::new(text).is_absolute() { text.to_owned() } else { format!("{folder}/{text}") };
        // Files that systems keep beside others and hide, such as `._lines.csv`, are nobody's lines.
        let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
        let matches = match glob::glob_with(&pattern, options) {
            Ok(matches) => matches,
            Err(error) => {
                findings.push(bad_glob(entry.path, &error));
                return Ok(None);
            }
        };
        let mut paths = Vec::new();
        let mut met = HashSet::new();
        for (n, found) in matches.enumerate() {
            if n == MOST_MATCHES {
                let way_out = (
                    "글롭을 좁힐 것. 폴더를 가리키는 링크가 고리를 이루는지도 볼 것",
                    "narrow the glob, and see whether links to folders go in a circle",
                );
                findings.push(bad_value("path", entry.path, way_out.into()));
                return Ok(None);
            }
            // A folder that may not be read may hold files that match.
            let found = found.map_err(|error| {
                let path = error.path().to_path_buf();
                Error::unreadable(&path, error.into())
            })?;
            // One glob may reach one file by several links; that is not listing it twice.
            let real = found.canonicalize().map_err(|error| Error::unreadable(&found, error))?;
            paths.extend(Some(found).filter(|path| path.is_file() && met.insert(real)));
        }
        Ok(Some(paths))
    }

    /// The files of a revision that match a glob.
    fn kept(
        &self,
        entry: &Entry<'_>,
        kept: Vec<PathBuf>,
        findings: &mut Findings,
    ) -> Result<Option<Vec<PathBuf>>, Error> {
        let pattern = match glob::Pattern::new(entry.path.text) {
            Ok(pattern) => pattern,
            Err(error) => {
                findings.push(bad_glob(entry.path, &error));
                return Ok(None);
            }
        };
        let options = glob::MatchOptions {
            require_literal_separator: true,
            require_literal_leading_dot: true,
            ..glob::MatchOptions::new()
        };
        let mut met = HashSet::new();
        let mut paths = Vec::new();
        for path in kept {
            let below = path.strip_prefix(self.folder).unwrap_or(&path);
            if pattern.matches_path_with(below, options) && self.tree.is_file(&path) {
                let real = self.tree.identity(&path).map_err(|error| Error::unreadable(&path, error))?;
                paths.extend(Some(path).filter(|_| met.insert(real)));
            }
        }
        Ok(Some(paths))
    }

    /// Registers a file once, and tells its encoding.
    fn open(&mut self, entry: &Entry<'_>, path: &Path, findings: &mut Findings) -> Result<Option<Listed>, Error> {
        let failed = |error| Error::unreadable(path, error);
        if !self.seen.insert(self.tree.identity(path).map_err(failed)?) {
            findings.push(Finding::new(
                finding::FILE_LISTED_TWICE,
                entry.path.span,
                (
                    format!("이미 적힌 파일임: `{}`", path.display()),
                    format!("this file is listed already: `{}`", path.display()),
                ),
                (
                    "한 번만 적을 것. 그 줄이 두 번 더해지지 않도록 한 번만 읽음",
                    "list it once; it was read once, so that no line counts twice",
                ),
            ));
            return Ok(None);
        }
        let mut source = self.tree.source(path).map_err(failed)?;
        let detected = source.detect(entry.encoding).map_err(failed)?;
        source.encoding = entry.encoding.unwrap_or(match detected {
            Detected::Known(encoding) => encoding,
            Detected::GuessedCp949 => Encoding::Cp949,
            Detected::Unlike(_) => Encoding::Utf8,
        });
        let id = self.sources.add(source);
        match detected {
            // UTF-16 that was declared needs no BOM.
            Detected::Unlike(Lookalike::Utf16WithoutBom(_)) if entry.encoding.is_some() => {}
            Detected::Unlike(lookalike) => {
                findings.push(unlike(lookalike, Span::new(id, 0, 0)));
                findings.refuse_file();
                return Ok(None);
            }
            Detected::GuessedCp949 => findings.push(guessed(entry.path, path)),
            _ => {}
        }
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        Ok(Some(Listed {
            source: id,
            layout: if is_toml { Layout::Toml } else { Layout::Csv },
            unit: entry.unit,
            document: entry.document.map(|spot| spot.text.to_owned()),
        }))
    }
}

fn table_entry<'d>(mut keys: Keys<'d>, findings: &mut Findings) -> Option<Entry<'d>> {
    let path = keys.string("path", findings);
    if path.is_none() {
        keys.missing("path", findings);
    }
    let unit = keys.one_of("unit", &Unit::NAMES, findings, Unit::parse);
    let encodings = ["utf-8", "cp949", "utf-16le", "utf-16be"];
    let encoding = keys.one_of("encoding", &encodings, findings, Encoding::parse);
    let document = keys.string("source", findings);
    keys.finish(findings);
    Some(Entry { path: path?, unit: unit.unwrap_or_default(), encoding, document })
}

fn bad_glob(path: Spot<'_>, error: &glob::PatternError) -> Finding {
    let way_out = (format!("글롭을 고칠 것: {}", error.msg), format!("mend the glob: {}", error.msg));
    bad_value("path", path, way_out.into())
}

/// A listed file that is not there.
fn missing(tree: &Tree, path: &Path, spot: Spot<'_>) -> Finding {
    let (ko, en) = if tree.is_folder(path) {
        ("파일이 아니라 폴더임", "this is a folder, not a file")
    } else {
        ("파일이 없음", "there is no such file")
    };
    let folder = path.parent().unwrap_or(path);
    let wanted = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let way_out = match nearest(tree, folder, &wanted) {
        Some(name) => Text::new(format!("혹시 `{name}`?"), format!("did you mean `{name}`?")),
        None => Text::new(
            format!("파일을 둘 곳: `{}`", folder.display()),
            format!("put the file into `{}`", folder.display()),
        ),
    };
    let message = (format!("{ko}: `{}`", spot.text), format!("{en}: `{}`", spot.text));
    Finding::new(finding::MISSING_FILE, spot.span, message, way_out)
}

/// The file of a folder whose name is nearest. Of thousands only those that are near at all are asked whether they are files.
fn nearest(tree: &Tree, folder: &Path, wanted: &str) -> Option<String> {
    let is_near = |name: &String| name != "year.toml" && words::nearest(wanted, [name.as_str()]).is_some();
    let near = tree.names(folder).unwrap_or_default().into_iter().filter(is_near);
    let files: Vec<String> = near.filter(|name| tree.is_file(&folder.join(name))).collect();
    words::nearest(wanted, files.iter().map(String::as_str)).map(str::to_owned)
}

fn guessed(spot: Spot<'_>, path: &Path) -> Finding {
    Finding::new(
        finding::GUESSED_ENCODING,
        spot.span,
        (
            format!("UTF-8이 아니어서 CP949로 보고 읽음: `{}`", path.display()),
            format!("not UTF-8, so it was read as CP949: `{}`", path.display()),
        ),
        (
            "맞으면 `{ path = \"…\", encoding = \"cp949\" }`처럼 적고, 아니면 UTF-8로 저장할 것",
            "declare `{ path = \"…\", encoding = \"cp949\" }` if that is right, else save it as UTF-8",
        ),
    )
}

pub(super) fn unlike(lookalike: Lookalike, span: Span) -> Finding {
    let save = Text::new("`CSV UTF-8(쉼표로 분리)`로 저장할 것", "save it as `CSV UTF-8 (comma delimited)`");
    let copy = Text::new("표를 CSV 파일로 옮겨 적을 것", "copy its table into a CSV file");
    let (ko, en, way_out) = match lookalike {
        Lookalike::Package => ("XLSX나 다른 압축 문서로 보임", "this looks like XLSX or another zipped document", save),
        Lookalike::OldOffice => ("XLS나 HWP로 보임", "this looks like XLS or HWP", copy),
        Lookalike::Pdf => ("PDF로 보임", "this looks like PDF", copy),
        Lookalike::Utf16WithoutBom(encoding) => (
            "BOM이 없는 UTF-16으로 보임",
            "this looks like UTF-16 without a BOM",
            Text::new(
                format!("year.toml에서 그 파일에 `encoding = \"{}\"`을 적거나 UTF-8로 저장할 것", encoding.name()),
                format!("declare `encoding = \"{}\"` for it in year.toml, or save it as UTF-8", encoding.name()),
            ),
        ),
    };
    Finding::new(finding::NOT_A_TABLE, span, (ko, en), way_out)
}
