//! Names looked up as they are written, or else but for their spelling.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Names that stand for something.
#[derive(Clone, Debug)]
pub struct Names<T> {
    /// Each line asks for two or three names, so the hash is one that is quick for short texts.
    exact: HashMap<String, T, RandomState>,
    /// By what is left of a name without its spelling; `None` where two names would be the same.
    loose: HashMap<String, Option<T>>,
}

/// What a name was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// It is written so.
    Exactly(T),
    /// It is written otherwise: spaces, middle dots, decomposed Hangul, width or case.
    ButForSpelling(T),
}

impl<T> Default for Names<T> {
    fn default() -> Names<T> {
        Names { exact: HashMap::default(), loose: HashMap::new() }
    }
}

impl<T: Copy> Names<T> {
    /// Takes a name; `false` where it was taken before, which then stays.
    pub fn add(&mut self, name: &str, stands_for: T) -> bool {
        if self.exact.contains_key(name) {
            return false;
        }
        self.exact.insert(name.to_owned(), stands_for);
        self.loose.entry(loosely(name)).and_modify(|same| *same = None).or_insert(Some(stands_for));
        true
    }

    /// Looks up a name that is written as it was taken.
    pub fn exactly(&self, name: &str) -> Option<T> {
        self.exact.get(name).copied()
    }

    /// Looks a name up.
    pub fn find(&self, name: &str) -> Option<Found<T>> {
        if let Some(thing) = self.exactly(name) {
            return Some(Found::Exactly(thing));
        }
        self.loose.get(&loosely(name)).copied().flatten().map(Found::ButForSpelling)
    }
}

/// A name without its spelling: composed Hangul, no spaces, one kind of middle dot, plain width, lower case.
pub fn loosely(name: &str) -> String {
    let plain = name.nfc().filter(|c| !c.is_whitespace() && *c != '\u{feff}' && *c != '\u{200b}');
    plain
        .map(|c| match c {
            'ㆍ' | '・' | '‧' | '•' | '∙' | '⋅' | 'ᆞ' | '･' => '·',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_but_for_their_spelling() {
        let mut names = Names::default();
        assert!(names.add("사무관리비/임차료·일반수용비", 1));
        assert!(!names.add("사무관리비/임차료·일반수용비", 2));
        assert_eq!(names.find("사무관리비/임차료·일반수용비"), Some(Found::Exactly(1)));
        for name in [
            "사무관리비/임차료ㆍ일반수용비",
            "사무관리비/임차료・일반수용비",
            "사무 관리비 / 임차료·일반수용비",
            "사무관리비/임차료\u{a0}·일반수용비",
            &"사무관리비/임차료·일반수용비".nfd().collect::<String>(),
        ] {
            assert_eq!(names.find(name), Some(Found::ButForSpelling(1)), "{name}");
        }
        assert_eq!(names.find("사무관리비/임차료"), None);
    }

    #[test]
    fn a_prefix_is_another_name() {
        let mut names = Names::default();
        names.add("Food", 1);
        assert_eq!(names.find("FoodCourt"), None);
    }

    #[test]
    fn two_names_of_one_spelling_are_found_only_exactly() {
        let mut names = Names::default();
        names.add("A B", 1);
        names.add("AB", 2);
        assert_eq!(names.find("AB"), Some(Found::Exactly(2)));
        assert_eq!(names.find("A  B"), None);
    }
}
