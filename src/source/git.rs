//! The files of a git revision, read through git itself: no checkout, and nothing in the work tree is touched.
//!
//! # Why
//!
//! **The program, not a library.** Whoever has a book in git has `git`, with its own settings for hashes, packs, partial
//! clones and owners; a library would bring a second opinion of each, and minutes of building.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// Why the files of a revision cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no `git` to ask.
    #[error("git cannot be run: {0}")]
    NoGit(io::Error),
    /// The folder is in no repository, or git will not read it.
    #[error("{0}")]
    NotARepository(String),
    /// There is no such revision.
    #[error("no such revision: {0}")]
    NoRevision(String),
    /// The folder is not in that revision.
    #[error("the folder is not in this revision: {0}")]
    NotThere(String),
}

/// The files of a folder as a revision has them.
#[derive(Clone, Debug)]
pub struct Revision {
    /// As it was named.
    name: String,
    /// The folder, as whoever asks for files names it.
    folder: PathBuf,
    /// The same, from the top of the repository.
    prefix: PathBuf,
    /// The top of the work tree.
    top: PathBuf,
    /// Every file of the revision by its path from the top.
    files: BTreeMap<PathBuf, Blob>,
    /// The git that is asked for what is in them, once it is.
    batch: Arc<Mutex<Option<Batch>>>,
}

#[derive(Clone, Debug)]
struct Blob {
    id: String,
    is_link: bool,
}

impl Revision {
    /// The files of a folder at a revision.
    ///
    /// # Errors
    /// Where git cannot be run, or knows no such repository or revision.
    pub fn of(folder: &Path, name: &str) -> Result<Revision, GitError> {
        // What begins so would be read as an option.
        if name.is_empty() || name.starts_with('-') {
            return Err(GitError::NoRevision(name.to_owned()));
        }
        let top = asked(folder, &["rev-parse", "--show-toplevel"])?.map_err(GitError::NotARepository)?;
        let prefix = asked(folder, &["rev-parse", "--show-prefix"])?.map_err(GitError::NotARepository)?;
        let commit = format!("{name}^{{commit}}");
        let commit = asked(folder, &["rev-parse", "--verify", "--quiet", commit.as_str()])?;
        let commit = commit.map_err(|_| GitError::NoRevision(name.to_owned()))?;
        let (top, prefix) = (PathBuf::from(top), PathBuf::from(prefix.trim_end_matches('/')));
        let listed = run(&top, &["ls-tree", "-r", "-z", "--full-tree", commit.as_str()])?;
        let mut files = BTreeMap::new();
        for entry in listed.stdout.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
            // `100644 blob <id>\t<path>`
            let entry = String::from_utf8_lossy(entry);
            let Some((about, path)) = entry.split_once('\t') else { continue };
            let mut words = about.split(' ');
            if let (Some(mode), Some("blob"), Some(id)) = (words.next(), words.next(), words.next()) {
                files.insert(PathBuf::from(path), Blob { id: id.to_owned(), is_link: mode == "120000" });
            }
        }
        let batch = Arc::default();
        let revision = Revision { name: name.to_owned(), folder: folder.to_owned(), prefix, top, files, batch };
        if revision
            .files
            .range(revision.prefix.clone()..)
            .next()
            .is_none_or(|(path, _)| !path.starts_with(&revision.prefix))
        {
            return Err(GitError::NotThere(folder.display().to_string()));
        }
        Ok(revision)
    }

    /// A path below the folder, from the top of the repository; nothing where it leads out of it.
    fn top_path(&self, path: &Path) -> Option<PathBuf> {
        let below = path.strip_prefix(&self.folder).ok()?;
        plainly(&self.prefix.join(below))
    }

    /// Follows links as a file system does.
    fn blob(&self, path: &Path) -> io::Result<Option<(PathBuf, &Blob)>> {
        const MOST_LINKS: usize = 8;
        let Some(mut at) = self.top_path(path) else { return Ok(None) };
        for _ in 0..MOST_LINKS {
            let Some(blob) = self.files.get(&at) else { return Ok(None) };
            if !blob.is_link {
                return Ok(Some((at, blob)));
            }
            let target = String::from_utf8_lossy(&self.bytes(&blob.id)?).into_owned();
            let Some(next) = plainly(&at.parent().unwrap_or(Path::new("")).join(target)) else { return Ok(None) };
            at = next;
        }
        Ok(None)
    }

    pub(super) fn is_file(&self, path: &Path) -> bool {
        self.blob(path).is_ok_and(|found| found.is_some())
    }

    /// The file that a path leads to, the same for all that lead to it.
    pub(super) fn identity(&self, path: &Path) -> io::Result<PathBuf> {
        self.blob(path)?.map(|(path, _)| path).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// The bytes of a file, and what to call it: `HEAD~1:2015/year.toml`.
    pub(super) fn read(&self, path: &Path) -> io::Result<(String, Arc<[u8]>)> {
        let (_, blob) = self.blob(path)?.ok_or(io::ErrorKind::NotFound)?;
        // As it was asked for, so that a link has the same name here and on disk.
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        Ok((format!("{}:{}", self.name, below.display()), self.bytes(&blob.id)?.into()))
    }

    /// Every file below a folder.
    pub(super) fn below(&self, folder: &Path) -> Vec<PathBuf> {
        let Some(top) = self.top_path(folder) else { return Vec::new() };
        let found = self.files.keys().filter_map(|path| path.strip_prefix(&top).ok());
        found.map(|below| folder.join(below)).collect()
    }

    fn bytes(&self, id: &str) -> io::Result<Vec<u8>> {
        let mut asking = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        if asking.is_none() {
            *asking = Some(Batch::start(&self.top)?);
        }
        match asking.as_mut() {
            Some(batch) => batch.read(id),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

/// One `git cat-file` that is asked for blob after blob.
#[derive(Debug)]
struct Batch {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Batch {
    fn start(top: &Path) -> io::Result<Batch> {
        let mut command = git(top, &["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(asks), Some(answers)) => Ok(Batch { child, asks, answers: BufReader::new(answers) }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// `<id> blob <size>`, the bytes, and a line end.
    fn read(&mut self, id: &str) -> io::Result<Vec<u8>> {
        writeln!(self.asks, "{id}")?;
        self.asks.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(head.trim_end().to_owned()))?;
        let mut bytes = Vec::new();
        (&mut self.answers).take(size).read_to_end(&mut bytes)?;
        self.answers.read_exact(&mut [0])?;
        Ok(bytes)
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // It ends with what it is asked through; one that does not is not waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Without `.` and `..`; nothing where these lead above the top.
fn plainly(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => plain.push(name),
            Component::CurDir => {}
            Component::ParentDir => plain = plain.pop().then_some(plain)?,
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(plain)
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments.iter().map(OsStr::new));
    // Hooks run with these set to the repository of the hook, which need not be the book's.
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE",
    ] {
        command.env_remove(name);
    }
    // Git refreshes its index in passing unless it is told not to.
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output, GitError> {
    git(folder, arguments).output().map_err(GitError::NoGit)
}

/// What git says on one line, or why it does not.
fn asked(folder: &Path, arguments: &[&str]) -> Result<Result<String, String>, GitError> {
    let output = run(folder, arguments)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned();
    Ok(if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_plain_and_stay_below_the_top() {
        assert_eq!(plainly(Path::new("a/./b/../c")), Some(PathBuf::from("a/c")));
        assert_eq!(plainly(Path::new("a/../../b")), None);
        assert_eq!(plainly(Path::new("/etc/passwd")), None);
    }

    #[test]
    fn an_option_is_no_revision() {
        assert!(matches!(Revision::of(Path::new("."), "--help"), Err(GitError::NoRevision(_))));
    }
}
