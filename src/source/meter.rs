//! How much was read: for whoever shows how far reading is.
//!
//! Law: a reader never asks who looks. A piece of a file costs two additions, whether anybody does or not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A count of bytes, and of the lines of a table that they were; its clones count together.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    bytes: AtomicU64,
    lines: AtomicU64,
}

impl Meter {
    /// Counts so many bytes more.
    pub(super) fn add(&self, bytes: u64) {
        self.0.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts so many lines more.
    pub fn add_lines(&self, lines: u64) {
        self.0.lines.fetch_add(lines, Ordering::Relaxed);
    }

    /// How many bytes were read so far.
    pub fn bytes(&self) -> u64 {
        self.0.bytes.load(Ordering::Relaxed)
    }

    /// How many lines were read so far.
    pub fn lines(&self) -> u64 {
        self.0.lines.load(Ordering::Relaxed)
    }
}
