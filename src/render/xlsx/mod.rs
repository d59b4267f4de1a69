//! A page as a workbook that recalculates.

use super::{Error, Made, Style};
use crate::words::Text;
use std::io::{self, Write};

pub(super) fn write(_made: &Made<'_>, _style: &Style<'_>, _out: &mut dyn Write) -> Result<Vec<Text>, Error> {
    Err(io::Error::other("not yet").into())
}
