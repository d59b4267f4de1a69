//! Files as text.
//!
//! Law: bytes become UTF-8 once, here, and nothing decodes again; a file is streamed, never held whole by the lines.
//!
//! # Why
//!
//! **A byte that says nothing stays visible.** Bytes that an encoding cannot decode become the byte `FF`, which UTF-8
//! never has: the row that holds one fails its UTF-8 check at exactly that place and is refused with a finding. The
//! replacement character would have been text, and a lossy name might match something.

mod encoding;
mod git;
mod meter;
mod place;
mod tree;

pub use encoding::{Detected, Encoding, Lookalike};
pub use git::{GitError, Revision};
pub use meter::Meter;
pub use place::{Origin, Place, Span};
pub use tree::Tree;

use encoding::{Decoding, Spring};
use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which source: an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

impl SourceId {
    /// Its number, from 0.
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// Where a source's bytes are.
#[derive(Clone, Debug)]
pub enum Content {
    /// In a file.
    File(PathBuf),
    /// In memory.
    Bytes(Arc<[u8]>),
}

/// One file of a book.
#[derive(Clone, Debug)]
pub struct Source {
    /// As findings name it.
    pub name: String,
    /// Its bytes.
    pub content: Content,
    /// How its text is encoded; a BOM overrides it.
    pub encoding: Encoding,
    /// What counts the bytes that are read of it.
    pub meter: Meter,
}

/// Every file that a book consists of, in the order they were met.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
    meter: Meter,
}

impl Source {
    /// A file, its encoding still to be looked at.
    pub fn file(path: &Path) -> Source {
        Source {
            name: path.display().to_string(),
            content: Content::File(path.to_owned()),
            encoding: Encoding::default(),
            meter: Meter::default(),
        }
    }

    /// How many bytes it has.
    ///
    /// # Errors
    /// Whatever looking at the file fails with.
    pub fn size(&self) -> io::Result<u64> {
        match &self.content {
            Content::File(path) => Ok(path.metadata()?.len()),
            Content::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Looks at the bytes to tell their encoding; where one is declared, only whether they are text at all.
    ///
    /// # Errors
    /// Whatever opening or reading the file fails with.
    pub fn detect(&self, declared: Option<Encoding>) -> io::Result<Detected> {
        encoding::detect(declared, || self.bytes())
    }

    /// Opens the text for reading from its beginning.
    ///
    /// # Errors
    /// Whatever opening the file fails with.
    pub fn open(&self) -> io::Result<Stream> {
        Ok(Stream { decoding: Decoding::new(self.bytes()?, self.encoding) })
    }

    /// The whole text, for the small files that are documents; bytes that say nothing are the byte `FF`.
    ///
    /// # Errors
    /// Whatever opening or reading the file fails with.
    pub fn whole(&self) -> io::Result<Vec<u8>> {
        let mut stream = self.open()?;
        let mut text = Vec::new();
        while stream.more(&mut text)? {}
        Ok(text)
    }

    fn bytes(&self) -> io::Result<Bytes> {
        let from = match &self.content {
            Content::File(path) => Raw::File(File::open(path)?),
            Content::Bytes(bytes) => Raw::Memory(io::Cursor::new(Arc::clone(bytes))),
        };
        Ok(Bytes { from, meter: self.meter.clone() })
    }
}

impl Sources {
    /// Adds a source.
    pub fn add(&mut self, source: Source) -> SourceId {
        // A book of four billion files does not fit a file system that people use.
        let id = SourceId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.all.push(Source { meter: self.meter.clone(), ..source });
        id
    }

    /// The source of an id that these sources gave.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, id: SourceId) -> &mut Source {
        &mut self.all[id.0 as usize]
    }

    /// What counts the bytes that are read of all of them.
    pub const fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Every source with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.all.iter().enumerate().map(|(n, source)| (SourceId(u32::try_from(n).unwrap_or(u32::MAX)), source))
    }
}

/// Text that comes in pieces.
pub struct Stream {
    decoding: Decoding<Bytes>,
}

impl Stream {
    /// Appends the next piece of UTF-8 to `text`; `false` when there is no more.
    ///
    /// # Errors
    /// Whatever reading the file fails with.
    pub fn more(&mut self, text: &mut Vec<u8>) -> io::Result<bool> {
        self.decoding.more(text)
    }

    /// Appends the next bytes as they are in the file, so many of them, behind its BOM; `false` when there are no more.
    /// For whoever divides the decoding among several: [`Encoding::decode`].
    ///
    /// # Errors
    /// Whatever reading the file fails with.
    pub fn raw(&mut self, most: usize, bytes: &mut Vec<u8>) -> io::Result<bool> {
        self.decoding.raw(most, bytes)
    }

    /// Passes over so many bytes of the text without reading them, where the file holds them as they are; whether it could.
    ///
    /// # Errors
    /// Whatever seeking in the file fails with.
    pub fn skip(&mut self, bytes: u64) -> io::Result<bool> {
        match self.decoding.as_they_are() {
            Some(from) => from.skip(bytes).map(|()| true),
            None => Ok(false),
        }
    }

    /// Decodes bytes that [`Stream::raw`] gave, of which the last character may be cut; what comes after goes on there.
    pub fn decode(&mut self, bytes: &[u8], text: &mut Vec<u8>) {
        self.decoding.decode(bytes, text);
    }

    /// How the text is encoded; a BOM is known once the first bytes were read.
    pub fn encoding(&self) -> Encoding {
        self.decoding.encoding()
    }
}

/// The bytes of a source, counted as they are read.
struct Bytes {
    from: Raw,
    meter: Meter,
}

enum Raw {
    File(File),
    Memory(io::Cursor<Arc<[u8]>>),
}

impl Bytes {
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let by = SeekFrom::Current(i64::try_from(bytes).unwrap_or(i64::MAX));
        match &mut self.from {
            Raw::File(file) => file.seek(by),
            Raw::Memory(memory) => memory.seek(by),
        }?;
        self.meter.add(bytes);
        Ok(())
    }
}

impl Spring for Bytes {
    fn append(&mut self, most: usize, bytes: &mut Vec<u8>) -> io::Result<usize> {
        // Room that is there is filled as it is: a reader of ours would have to clear it first.
        bytes.reserve(most);
        let read = match &mut self.from {
            Raw::File(file) => file.take(most as u64).read_to_end(bytes),
            Raw::Memory(memory) => memory.take(most as u64).read_to_end(bytes),
        }?;
        self.meter.add(read as u64);
        Ok(read)
    }
}

impl Read for Bytes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.from {
            Raw::File(file) => file.read(into),
            Raw::Memory(bytes) => bytes.read(into),
        }?;
        self.meter.add(read as u64);
        Ok(read)
    }
}
