//! Texts, figures and sentences as the page has them: in its language, cleaned, and set apart where they are negative.

use super::super::{Style, number, printable};
use crate::money::Figure;
use crate::table::{Note, Sentence};
use crate::words::{Lang, Text, Word};
use maud::{Markup, html};

/// Writes in the language and manner of a page.
pub(super) struct Writer<'s> {
    pub(super) style: &'s Style<'s>,
}

impl Writer<'_> {
    /// What its language is called, as a page says it.
    pub(super) const fn lang(&self) -> &'static str {
        match self.style.lang {
            Lang::Ko => "ko",
            Lang::En => "en",
        }
    }

    pub(super) const fn word(&self, word: Word) -> &'static str {
        word.label(self.style.lang)
    }

    pub(super) fn text(&self, text: &Text) -> String {
        printable(text.label(self.style.lang))
    }

    /// A text that is the same in both languages.
    pub(super) fn raw(&self, text: &str) -> String {
        printable(text)
    }

    pub(super) fn sentence(&self, sentence: &Sentence) -> String {
        number::sentence(sentence, self.style)
    }

    pub(super) fn count(&self, count: u64) -> String {
        Figure::whole(i128::from(count)).grouped()
    }

    pub(super) fn figure(&self, figure: Figure) -> String {
        number::figure(figure, self.style.negative)
    }

    /// A figure that is red where it is negative.
    pub(super) fn signed(&self, figure: Figure) -> Markup {
        let text = self.figure(figure);
        html! { @if figure.is_negative() { span.neg { (text) } } @else { (text) } }
    }

    /// What stands between a number and its unit.
    pub(super) const fn gap(&self) -> &'static str {
        match self.style.lang {
            Lang::Ko => "",
            Lang::En => " ",
        }
    }

    /// `※ …`, and the places that it names.
    pub(super) fn note(&self, note: &Note) -> Markup {
        html! {
            "※ " (self.sentence(&note.text))
            @if !note.items.is_empty() { ul { @for item in &note.items { li { (self.sentence(item)) } } } }
        }
    }
}

/// How wide a text is in characters of Latin print: Hangul and Hanja take two, whatever else there is too.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A text in lines of a width at most, broken at spaces where there are some; never without a line.
pub(super) fn broken(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split_inclusive(' ') {
        if length > 0 && length + width(word.trim_end()) > most {
            lines.push(String::new());
            length = 0;
        }
        for c in word.chars() {
            let own = if c.is_ascii() { 1 } else { 2 };
            if length + own > most && c != ' ' {
                lines.push(String::new());
                length = 0;
            }
            length += own;
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_broken_and_nothing_of_it_is_lost() {
        assert_eq!(broken("", 10), [""]);
        assert_eq!(broken("사무 관리비 등", 6), ["사무 ", "관리비 ", "등"]);
        assert_eq!(broken("xxxxxxxxxxxxx", 5), ["xxxxx", "xxxxx", "xxx"]);
        let long = "가나다 abc ".repeat(30);
        assert_eq!(broken(&long, 12).concat(), long);
        assert!(broken(&long, 12).iter().all(|line| width(line.trim_end()) <= 12));
    }
}
