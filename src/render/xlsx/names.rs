//! Names of sheets, and addresses of cells.
//!
//! Law: no two sheets have one name, and a name says nothing but itself: what Excel forbids in one is left out.

use super::super::printable;

/// The most units of UTF-16 that Excel allows in a sheet's name.
const LONGEST: usize = 31;

/// The names that sheets have so far.
#[derive(Default)]
pub(super) struct Names {
    taken: Vec<String>,
}

impl Names {
    /// A name of its own for a sheet, as near to the wanted one as there can be.
    pub(super) fn take(&mut self, wanted: &str, otherwise: &str) -> String {
        let allowed = |c: char| if "[]:*?/\\".contains(c) { ' ' } else { c };
        let clean: String = printable(wanted).chars().map(allowed).collect();
        let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean = clean.trim_matches(['\'', ' ']);
        // Excel keeps `History` for itself.
        let clean = if clean.is_empty() || clean.eq_ignore_ascii_case("history") { otherwise } else { clean };
        for number in 1_u32.. {
            let ending = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = format!("{}{ending}", cut(clean, LONGEST - ending.len()).trim_end_matches(['\'', ' ']));
            if !self.taken.contains(&name.to_lowercase()) {
                self.taken.push(name.to_lowercase());
                return name;
            }
        }
        unreachable!("numbers do not end")
    }
}

/// As much of the beginning of a text as fits into so many units of UTF-16.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut length = 0;
    let end = text.char_indices().find(|(_, c)| {
        length += c.len_utf16();
        length > most
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// A sheet's name as formulas have it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// The letters of a column, from 0.
pub(super) fn letters(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The address of a cell of the same sheet, row and column from 0.
pub(super) fn address(row: u32, column: u16) -> String {
    format!("{}{}", letters(column), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_allowed_and_differ() {
        let mut names = Names::default();
        assert_eq!(names.take("[a]:*?/\\b", "x"), "a b");
        assert_eq!(names.take("A  B", "x"), "A B (2)");
        assert_eq!(names.take("", "표"), "표");
        assert_eq!(names.take("'인용'", "x"), "인용");
        assert_eq!(names.take("History", "표"), "표 (2)");
        let long = names.take(&"가".repeat(40), "x");
        assert_eq!(long.chars().count(), 31);
        let again = names.take(&"가".repeat(40), "x");
        assert_eq!((again.chars().count(), again.ends_with(" (2)")), (31, true));
        assert_eq!(names.take(&"😀".repeat(20), "x").encode_utf16().count(), 30);
    }

    #[test]
    fn columns_have_letters() {
        let all: Vec<String> = [0, 25, 26, 701, 702, 16_383].into_iter().map(letters).collect();
        assert_eq!(all, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
        assert_eq!((address(0, 0), quoted("a'b")), ("A1".to_owned(), "'a''b'".to_owned()));
    }
}
