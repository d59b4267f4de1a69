//! How wide text is, without a font to ask: no text is wider than what is said here.
//!
//! # Why
//!
//! A document of Hangul names its fonts and does not bring them, so what draws it may have others. Widths are those of
//! the widest of the usual ones (맑은 고딕, 함초롬, 나눔고딕), by classes of characters.

/// A length in HWPUNIT: 7,200 to the inch, so that a point is 100 of them.
pub(super) type Length = u32;

/// A thousandth of the height of the type.
pub(super) type Mille = u32;

/// The height of the type, as a width.
pub(super) const EM: Mille = 1_000;

/// The width of a text.
pub(super) fn width(text: &str) -> Mille {
    text.chars().map(advance).sum()
}

/// The width of a text in bold.
pub(super) fn bold_width(text: &str) -> Mille {
    width(text) * 107 / 100
}

/// A width at a height of type.
pub(super) fn at(width: Mille, size: Length) -> Length {
    (width * size).div_ceil(EM)
}

const fn advance(c: char) -> Mille {
    match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'I' => 350,
        '(' | ')' | '[' | ']' | '-' | 'f' | 't' | 'r' | '/' | '"' => 450,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '&' => 930,
        'A'..='Z' => 740,
        '\u{0}'..='\u{7f}' => 610,
        '\u{80}'..='\u{10ff}' => 800,
        _ => EM,
    }
}

/// The widest part of a text that does not break: words, and of those with Hangul no more than `bound`, as they break
/// between syllables where they have to.
pub(super) fn unbroken(text: &str, bound: Mille) -> Mille {
    let hangul = |word: &str| word.chars().any(|c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}'));
    let word = |word: &str| if hangul(word) { width(word).min(bound) } else { width(word) };
    text.split(' ').map(word).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_narrower_than_a_word_of_as_many_syllables() {
        assert!(width("1,234,500") < width("집행잔액을다시적음"));
        assert_eq!(at(width("가나"), 1_000), 2_000);
        assert!(bold_width("계") > width("계"));
        assert_eq!(
            (unbroken("집행률(교부액 기준)", 4_000), unbroken("a disbursed", 1_000)),
            (4_000, width("disbursed"))
        );
    }
}
