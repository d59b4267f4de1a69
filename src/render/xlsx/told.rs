//! What a workbook cannot hold, and where: told once for each sort.

use super::super::printable;
use super::names;
use crate::words::{Text, counted};

/// The most units of UTF-16 that a cell holds.
const LONGEST: usize = 32_767;

/// Counts what could not be held.
#[derive(Default)]
pub(super) struct Told {
    /// Texts that were cut.
    cut: u64,
    /// Amounts of more digits than a number has.
    as_text: u64,
    /// Books whose lines were left out, and how many lines those have.
    left_out: Vec<(i32, u64)>,
}

impl Told {
    /// A text as a cell holds it.
    pub(super) fn text(&mut self, text: &str) -> String {
        let clean = printable(text);
        let kept = names::cut(&clean, LONGEST);
        if kept.len() == clean.len() {
            return clean;
        }
        self.cut += 1;
        format!("{}…", names::cut(&clean, LONGEST - 1))
    }

    /// An amount was written as text.
    pub(super) const fn amount_as_text(&mut self) {
        self.as_text += 1;
    }

    /// The lines of a year were left out.
    pub(super) fn lines_left_out(&mut self, year: i32, count: u64) {
        self.left_out.push((year, count));
    }

    /// What has to be said on the first sheet: which lines were left out.
    pub(super) fn left_out(&self) -> Vec<Text> {
        let said = |(year, count): &(i32, u64)| {
            Text::new(
                format!("{year}년도 내역이 {count}줄이어서 내역 시트를 넣지 않음: 내역의 합은 수식이 아니라 값임"),
                format!("the lines of {year} are {count} and were left out: their sums are values and no formulas"),
            )
        };
        self.left_out.iter().map(said).collect()
    }

    /// All of it, as warnings.
    pub(super) fn warnings(&self) -> Vec<Text> {
        let mut warnings = self.left_out();
        if self.cut > 0 {
            warnings.push(Text::new(
                format!("칸에 넣을 수 있는 32,767자를 넘어 자른 글 {}개", self.cut),
                format!("{} cut to the 32,767 characters that a cell holds", counted(self.cut, "text")),
            ));
        }
        if self.as_text > 0 {
            warnings.push(Text::new(
                format!("엑셀 숫자의 15자리를 넘어 글로 적은 금액 {}개(수식으로 셈하지 않음)", self.as_text),
                format!(
                    "{} of more than the 15 digits of a number written as text, and in no formula",
                    counted(self.as_text, "amount")
                ),
            ));
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_cut_and_told() {
        let mut told = Told::default();
        assert_eq!(told.text("a\u{1b}b"), "a b");
        assert!(told.warnings().is_empty());
        let cut = told.text(&"😀".repeat(20_000));
        assert!(cut.encode_utf16().count() <= LONGEST && cut.ends_with('…'));
        assert_eq!(told.warnings().len(), 1);
    }
}
