//! A page as one file for browsers.

use super::{Made, Style};
use std::io::{self, Write};

pub(super) fn write(_made: &Made<'_>, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Err(io::Error::other("not yet"))
}
