//! Where a book's files are: on disk, or in a git revision.

use super::git::Revision;
use super::{Content, Encoding, Meter, Source};
use std::io;
use std::path::{Path, PathBuf};

/// Files by their paths.
#[derive(Clone, Debug)]
pub enum Tree {
    /// On disk.
    Disk,
    /// In a git revision.
    Revision(Revision),
}

impl Tree {
    /// Whether a file is there.
    pub fn is_file(&self, path: &Path) -> bool {
        match self {
            Tree::Disk => path.is_file(),
            Tree::Revision(revision) => revision.is_file(path),
        }
    }

    /// Whether a folder is there.
    pub fn is_folder(&self, path: &Path) -> bool {
        match self {
            Tree::Disk => path.is_dir(),
            Tree::Revision(revision) => !revision.is_file(path) && !revision.below(path).is_empty(),
        }
    }

    /// The names of what is in a folder.
    ///
    /// # Errors
    /// Whatever reading the folder fails with.
    pub fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names: Vec<String> = match self {
            Tree::Disk => {
                let entries = folder.read_dir()?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
                entries.collect::<io::Result<_>>()?
            }
            Tree::Revision(revision) => {
                let below = revision.below(folder);
                let names = below.iter().filter_map(|path| path.strip_prefix(folder).ok()?.iter().next());
                names.map(|name| name.to_string_lossy().into_owned()).collect()
            }
        };
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// The file that a path leads to, the same for all that lead to it.
    ///
    /// # Errors
    /// Where there is none.
    pub fn identity(&self, path: &Path) -> io::Result<PathBuf> {
        match self {
            Tree::Disk => path.canonicalize(),
            Tree::Revision(revision) => revision.identity(path),
        }
    }

    /// The file as a source, its encoding still to be looked at.
    ///
    /// # Errors
    /// Where a revision's file cannot be read; one on disk is opened when it is read.
    pub fn source(&self, path: &Path) -> io::Result<Source> {
        match self {
            Tree::Disk => Ok(Source::file(path)),
            Tree::Revision(revision) => {
                let (name, bytes) = revision.read(path)?;
                Ok(Source {
                    name,
                    content: Content::Bytes(bytes),
                    encoding: Encoding::default(),
                    meter: Meter::default(),
                })
            }
        }
    }

    /// Every file below a folder of a revision; what is on disk is looked for by those who know what they want.
    pub fn kept_below(&self, folder: &Path) -> Option<Vec<PathBuf>> {
        match self {
            Tree::Disk => None,
            Tree::Revision(revision) => Some(revision.below(folder)),
        }
    }
}
