//! A sheet of a workbook as paper: how wide columns are, how high rows, how it is printed.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// The height of a line of text of a size, in points.
const LINE: f64 = 1.5;

/// How wide the columns of a sheet may be together on paper that stands upright, in characters.
const UPRIGHT: usize = 96;

/// How many characters wide a text is; Hangul and its like are two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if u32::from(c) >= 0x1100 { 2 } else { 1 }).sum()
}

/// How many lines a text takes in a width. Letters are a tenth narrower than the digits that widths are told in.
pub(super) fn lines(text: &str, columns: usize) -> usize {
    (width(text) * 9 / 10).div_ceil(columns.max(4)).max(1)
}

/// The columns of a sheet, each so many characters wide.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<usize>);

impl Columns {
    /// As many as there are, none narrower or wider than told.
    pub(super) fn new(count: usize) -> Columns {
        Columns(vec![0; count])
    }

    /// Makes room for a text in a column, so far as is told.
    pub(super) fn make_room(&mut self, column: usize, wanted: usize, most: usize) {
        let wanted = wanted.min(most);
        self.0[column] = self.0[column].max(wanted);
    }

    pub(super) fn of(&self, column: usize) -> usize {
        self.0[column]
    }

    /// All together.
    pub(super) fn together(&self) -> usize {
        self.0.iter().sum()
    }

    /// Makes them no narrower together than told, by widening the first.
    pub(super) fn at_least(&mut self, all: usize) {
        let missing = all.saturating_sub(self.together());
        if let Some(first) = self.0.first_mut() {
            *first += missing;
        }
    }

    pub(super) fn set(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, wide) in (0_u16..).zip(&self.0) {
            let wide = u8::try_from((*wide).clamp(2, 250)).unwrap_or(u8::MAX);
            sheet.set_column_width(column, f64::from(wide))?;
        }
        Ok(())
    }
}

/// Makes a row as high as so many lines of a size need.
pub(super) fn high(sheet: &mut Worksheet, row: u32, lines: usize, size: u8) -> Result<(), XlsxError> {
    let lines = f64::from(u16::try_from(lines.max(1)).unwrap_or(u16::MAX));
    // Excel has no higher rows than 409 points.
    let height = (lines * f64::from(size) * LINE + 3.0).min(409.0);
    sheet.set_row_height(row, height)?;
    Ok(())
}

/// Writes a text over all columns of a row, and makes the row high enough.
pub(super) fn across(
    sheet: &mut Worksheet,
    row: u32,
    columns: &Columns,
    text: &str,
    size: u8,
    format: &Format,
) -> Result<(), XlsxError> {
    let last = u16::try_from(columns.0.len().saturating_sub(1)).unwrap_or(u16::MAX);
    if last == 0 {
        sheet.write_string_with_format(row, 0, text, format)?;
    } else {
        sheet.merge_range(row, 0, row, last, text, format)?;
    }
    // A larger size takes more of the width.
    let room = columns.together() * 10 / usize::from(size.max(1));
    high(sheet, row, lines(text, room), size)
}

/// How a sheet is printed: A4, as wide as the paper, with the numbers of pages.
pub(super) fn printed(sheet: &mut Worksheet, columns: &Columns, headings: Option<(u32, u32)>) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    if columns.together() > UPRIGHT {
        sheet.set_landscape();
    }
    sheet.set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.35).set_footer("&C&\"맑은 고딕,Regular\"&9&P / &N");
    if let Some((first, last)) = headings {
        sheet.set_repeat_rows(first, last)?;
    }
    sheet.set_screen_gridlines(false);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_is_two_wide() {
        assert_eq!((width("예산 a"), lines("예산", 4), lines(&"가".repeat(30), 40)), (6, 1, 2));
        let mut columns = Columns::new(2);
        columns.make_room(0, 50, 30);
        columns.make_room(1, 8, 30);
        columns.at_least(60);
        assert_eq!((columns.of(0), columns.together()), (52, 60));
    }
}
